"""Card beside the list: whose follow-up is overdue, and who is due soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.portfolio import Client, DueState, in_state
from app.words.portfolio_words import due_in_words, span_in_words
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.rows import RIGHT, draw_shortened
from ui.portfolio.client_delegate import colour_of
from ui.portfolio.client_list import ClientRow
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import discard, make_card, make_frame, make_label, plain_tool_tip
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.flow_layout import scroll_around

MOST = 8
"""Clients named in each part; the others are found by the filter."""
WIDTH = 268
_INSET = 6
"""Words stand where those of the rows do, which leave room for their frame."""


class TodoRow(PressButton):
    """A client and how long it is overdue, or until it is due; a click leads to its row."""

    def __init__(self, name: str, row: ClientRow, tr: Translator, theme: Palette) -> None:
        super().__init__(name, "quiet")
        assert row.due is not None
        self._words = " ".join(row.client.organisation.name.split())
        self._span = span_in_words(row.due.days, tr) if row.due.days else due_in_words(row.due, tr)
        self._due = row.due
        self.theme = theme
        spoken = f"{self._words}, {due_in_words(row.due, tr)}"
        self.setAccessibleName(spoken)
        self.setToolTip(plain_tool_tip(spoken))

    def sizeHint(self) -> QSize:
        """As wide as the card lets it be."""
        return QSize(scaled(120), scaled(28))

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(scaled(80), scaled(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint hover and focus like a quiet button, then the words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter = QPainter(self)
        room = self.rect().adjusted(_INSET, 0, -_INSET, 0)
        painter.setPen(QColor(colour_of(self._due, self.theme)))
        used = draw_shortened(painter, room, self._span, RIGHT)
        painter.setPen(QColor(self.theme.text))
        draw_shortened(painter, room.adjusted(0, 0, -used - scaled(12), 0), self._words)


class _Part(QWidget):
    """A figure with words, and the clients it counts."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.figure = make_label("figure")
        self.words = make_label("secondary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.setContentsMargins(_INSET, 0, 0, 0)
        head.addWidget(self.figure)
        head.addWidget(self.words, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._rows)
        self.rows: list[TodoRow] = []
        self.more = PressButton(f"{name}-more", "link")
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, rows: Sequence[ClientRow], tr: Translator, theme: Palette) -> None:
        """Name the first of them, and count the others."""
        for each in self.rows:
            discard(each)
        self.rows = [
            TodoRow(f"{self._name}-{place}", row, tr, theme)
            for place, row in enumerate(rows[:MOST])
        ]
        for each in self.rows:
            self._rows.addWidget(each)
        self.figure.setText(tr.number(len(rows)))
        others = len(rows) - len(self.rows)
        self.more.setVisible(others > 0)
        self.more.set_text(tr.ngettext("{n} more", "{n} more", others))


class TodoCard(QWidget):
    """Follow-ups that are overdue, then those due soon."""

    client_wanted = Signal(str)
    overdue_wanted = Signal()
    soon_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT
        card, inside = make_card()
        self._heading = make_label("heading", wrap=True)
        self._nothing = make_label("secondary", wrap=True)
        self.overdue, self.soon = _Part("overdue"), _Part("soon")
        self._rule = make_frame("rule")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for each in (self._heading, self._nothing, self.overdue, self._rule, self.soon):
            column.addWidget(each)
        for label in (self._heading, self._nothing):
            label.setContentsMargins(_INSET, 0, 0, 0)
        column.addStretch(1)
        inside.addWidget(scroll_around(content))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.overdue.more.clicked.connect(self.overdue_wanted)
        self.soon.more.clicked.connect(self.soon_wanted)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(scaled(WIDTH))

    def fill(self, clients: Sequence[Client], today: date, tr: Translator) -> None:
        """Show what is overdue and due soon among these clients."""
        set_heading(self._heading, tr.gettext("To do, {date}", date=tr.long_date(today)))
        overdue = in_state(clients, today, DueState.OVERDUE)
        soon = in_state(clients, today, DueState.SOON)
        self._nothing.setText(
            tr.gettext(
                "No workshop is overdue, and none is due in the next 4 weeks. Dates come from"
                " “Next workshop” in the details of a session."
            )
        )
        self._nothing.setVisible(not overdue and not soon)
        self._fill_part(self.overdue, overdue, today, tr)
        self._fill_part(self.soon, soon, today, tr)
        self.overdue.words.setText(
            tr.ngettext("follow-up workshop overdue", "follow-up workshops overdue", len(overdue))
        )
        self.soon.words.setText(
            tr.ngettext(
                "workshop due in the next 4 weeks", "workshops due in the next 4 weeks", len(soon)
            )
        )
        self._rule.setVisible(bool(overdue and soon))

    def _fill_part(
        self, part: _Part, clients: Sequence[Client], today: date, tr: Translator
    ) -> None:
        part.fill([ClientRow(each, each.due(today)) for each in clients], tr, self.theme)
        part.setVisible(bool(clients))
        for row, client in zip(part.rows, clients, strict=False):
            row.clicked.connect(
                lambda _checked=False, id_=client.organisation.id: self.client_wanted.emit(id_)
            )

    def apply_theme(self, theme: Palette) -> None:
        """Take these colours."""
        self.theme = theme
        for row in (*self.overdue.rows, *self.soon.rows):
            row.theme = theme
            row.update()
