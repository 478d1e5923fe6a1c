"""Widgets and layout of the targets page, and their visibility."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.words.texts import Translator
from exports.palette import Palette
from ui.context import Context
from ui.targets.confirm_card import ConfirmCard
from ui.targets.effects_card import EffectsCard
from ui.targets.selected_card import SelectedCard
from ui.targets.target_table import TargetTable
from ui.targets.typed_field import TypedField
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_bar, make_card, make_label
from ui.widgets.controls import PressButton
from ui.widgets.flow_layout import ANY_SIZE, SideBySide, scroll_around, take_in
from ui.widgets.key_hints import KeyHints
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs

_TWO_COLUMNS, _RIGHT, _WIDEST_RIGHT = 1000, 300, 380
_TABLE_HEIGHT, _LEAST_TABLE, _BESIDE_BAR, _BARS = 420, 160, 6, 128
_LOW = 780
"""Below it the remarks on effects leave their room to the current area."""


class TargetsBody(QWidget):
    """The table at the left, effects, questions and the current area at the right."""

    #: The page where levels are entered is wanted.
    scoring_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs_of_pages = PageTabs(context, "targets")
        self._outer = QVBoxLayout()
        self._outer.addWidget(self._build_bar())
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._build_table(), 1)
        self._columns.addWidget(self._build_right())
        self._scroll = scroll_around(inside)
        self._outer.addWidget(self._scroll, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._outer, 1)
        whole.addWidget(self._build_footer())
        TYPE.changed.connect(self._fit)

    def _build_bar(self) -> QWidget:
        self.count = make_label("secondary")
        self.count.setObjectName("targets-count")
        self.defaults = PressButton("set-defaults")
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(self.tabs_of_pages)
        left.addStretch(1)
        right.addWidget(self.count)
        right.addStretch(1)
        right.addWidget(self.defaults)
        for row in (left, right):
            row.setSpacing(12)
        self._bar = SideBySide(left, right)
        return self._bar

    def show_count(self, words: str) -> None:
        """Show how far the targets are discussed."""
        self.count.setText(words)
        self._bar.refit()

    def offer_defaults(self, waiting: int, level: int, tr: Translator) -> None:
        """Offer a level for all targets that are not discussed, while there are some."""
        self.defaults.setVisible(waiting > 0)
        text = tr.gettext("Not discussed: all to {level}", level=level)
        self.defaults.set_text(text, f"{text}, {count_in_words(waiting, tr)}")
        self.defaults.setToolTip(count_in_words(waiting, tr))
        self._bar.refit()

    def _build_table(self) -> QFrame:
        card, layout = make_card()
        self._table_card = card
        card.setObjectName("targets-card")
        card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        self._nothing = make_label("lead", wrap=True)
        self._nothing.setObjectName("no-targets")
        self._nothing.hide()
        self.to_scoring = PressButton("go-scoring", "primary")
        self.to_scoring.clicked.connect(self.scoring_wanted)
        self.to_scoring.hide()
        remark = QHBoxLayout()
        remark.setContentsMargins(8, 0, 8, 0)
        remark.addWidget(self._nothing, 1)
        remark.addWidget(self.to_scoring)
        layout.addLayout(remark)
        self.table = TargetTable()
        layout.addWidget(self.table, 1)
        return card

    def _build_right(self) -> QWidget:
        self.effects = EffectsCard()
        self.confirm = ConfirmCard()
        self.selected = SelectedCard()
        self._cards = QWidget()
        self._right_layout = QVBoxLayout(self._cards)
        self._right_layout.setContentsMargins(0, 0, 0, 0)
        for card in (self.effects, self.confirm, self.selected):
            self._right_layout.addWidget(card)
        self._right_layout.addStretch(1)
        self._right = scroll_around(self._cards)
        self._right.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)
        return self._right

    def _make_room_for_bar(self, _least: int, most: int) -> None:
        """Keep the edges of the cards clear of the scroll bar."""
        self._right_layout.setContentsMargins(0, 0, scaled(_BESIDE_BAR) if most else 0, 0)

    def _build_footer(self) -> QFrame:
        bar, row = make_bar()
        self.back = PressButton("back-to-results")
        self.hints = KeyHints()
        self.next = PressButton("next-not-discussed", "primary")
        row.addWidget(self.back)
        row.addWidget(self.hints, 1)
        row.addWidget(self.next)
        return bar

    @property
    def fields(self) -> tuple[TypedField, ...]:
        """Everything that is typed into."""
        return (*self.table.fields, self.selected.path)

    def retranslate(self, tr: Translator) -> None:
        """Set every text that does not depend on the session."""
        self.table.retranslate(tr)
        self.selected.retranslate(tr)
        self.back.set_text(tr.gettext("← Results"), tr.gettext("Results"))
        self.next.set_text(tr.gettext("Next not discussed"))
        self.to_scoring.set_text(tr.gettext("To the scoring"))

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.table.apply_theme(theme)

    def show_remark(self, sentence: str, *, leads_to_scoring: bool = False) -> None:
        """Show a sentence above the table, or none."""
        self._nothing.setText(sentence)
        self._nothing.setVisible(bool(sentence))
        self.to_scoring.setVisible(leads_to_scoring)

    # ---- size --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit white space and columns to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        is_narrow = width < scaled(_TWO_COLUMNS)
        inner = (self._columns, self._right_layout)
        fit_space(self, self._outer, inner, is_narrow=is_narrow, above_footer=True)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._place_right(beside=not is_narrow)
        if is_narrow:
            # Never higher than what is in view, so that the current row is.
            height = min(scaled(_TABLE_HEIGHT), self.height() - scaled(_BARS))
            self._table_card.setFixedHeight(max(scaled(_LEAST_TABLE), height))
        else:
            least = self._right_layout.totalMinimumSize().width() + scaled(2 * _BESIDE_BAR)
            right = max(least, min(scaled(_WIDEST_RIGHT), max(scaled(_RIGHT), round(width * 0.27))))
            self._right.setFixedWidth(right)
            self._table_card.setMinimumHeight(scaled(_LEAST_TABLE))
            self._table_card.setMaximumHeight(ANY_SIZE)
        self.effects.set_low(self.height() < scaled(_LOW))

    def _place_right(self, *, beside: bool) -> None:
        """Let the cards scroll beside the table, or lie below it and scroll with the page."""
        is_beside = self._right.widget() is self._cards
        if beside and not is_beside:
            self._columns.removeWidget(self._cards)
            take_in(self._right, self._cards)
        elif not beside and is_beside:
            self._right.takeWidget()
            self._right_layout.setContentsMargins(0, 0, 0, 0)
            self._columns.addWidget(self._cards)
            self._cards.show()
        self._right.setVisible(beside)


def count_in_words(areas: int, tr: Translator) -> str:
    """A number of areas."""
    return tr.ngettext("{n} area", "{n} areas", areas)
