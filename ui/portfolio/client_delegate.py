"""Paints a row of the portfolio, and the heads of its columns."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.portfolio import Client, Due, DueState, Shape
from app.words.portfolio_words import (
    assessed_in_words,
    due_in_words,
    units_in_words,
)
from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.radars import paint_mini_profile, paint_no_profile, ring_shares
from ui.painting.rows import draw_shortened, sized
from ui.portfolio.client_columns import GAP, PAD, PROFILE, Columns, columns_in
from ui.portfolio.client_list import ClientList, ClientRow
from ui.type_scale import TYPE, scaled
from ui.widgets.list_delegate import ListDelegate
from ui.widgets.row_model import Index
from ui.widgets.themed import ThemedWidget

ROW_HEIGHT = 62
HEADS_HEIGHT = 32
_UPPER, _LOWER = (11, 22), (33, 18)
"""Top and height of the two lines of a row."""


class ClientDelegate(ListDelegate):
    """Paints a :class:`ClientRow`; nothing in it is ever read as markup."""

    height, inset = ROW_HEIGHT, 1

    def __init__(self, clients: ClientList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clients = clients

    def separator(self, box: QRect) -> tuple[int, int]:
        return box.left() + PAD + scaled(PROFILE) + GAP, box.right() - PAD

    def paint_row(self, painter: QPainter, box: QRect, index: Index) -> None:
        row: ClientRow = index.data(ClientList.RowRole)
        columns = columns_in(box)
        self._paint_profile(painter, columns.profile, self._clients.shape(index.row()))
        self._paint_name(painter, columns, row.client)
        others = columns.others
        if "model" in others:
            self._paint_models(painter, others["model"], row.client)
        if "tags" in others:
            tags = ", ".join(row.client.tags)
            self.write(painter, others["tags"], tags, self.theme.secondary, 12)
        self._paint_last(painter, others["last"], row.client)
        self._paint_due(painter, others["due"], row.due)

    def _paint_profile(self, painter: QPainter, box: QRect, shape: Shape | None) -> None:
        if shape is None:
            paint_no_profile(painter, QRectF(box), self.theme)
            return
        paint_mini_profile(
            painter,
            QRectF(box),
            _shares(shape, shape.latest),
            self.theme,
            _shares(shape, shape.earlier),
        )

    def _paint_name(self, painter: QPainter, columns: Columns, client: Client) -> None:
        tr, theme = self.texts, self.theme
        name = client.organisation.name
        upper, bold = _line(columns.name, _UPPER), QFont.Weight.DemiBold
        self.write(painter, upper, name, theme.text, 14, weight=bold)
        below = [units_in_words(client, tr)]
        if "tags" not in columns.others:
            below += client.tags
        said = " · ".join(part for part in below if part)
        self.write(painter, _line(columns.name, _LOWER), said, theme.secondary, 12)

    def _paint_models(self, painter: QPainter, box: QRect, client: Client) -> None:
        """The model in a frame; of several the latest one, and how many more there are."""
        if not client.models:
            return
        first, *others = (each.model_in(self.texts.language) for each in client.models)
        font = sized(painter.font(), 12)
        painter.save()
        painter.setFont(font)
        metrics = painter.fontMetrics()
        more = f"+{len(others)}" if others else ""
        room = box.width() - (metrics.horizontalAdvance(more) + scaled(8) if more else 0)
        said = " ".join(first.split())
        width = min(room, metrics.horizontalAdvance(said) + scaled(16) + 2)
        height = scaled(22)
        chip = QRectF(box.left(), box.center().y() - height / 2 + 1, width, height)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(self.theme.text))
        draw_shortened(painter, chip.toRect().adjusted(scaled(8), 0, -scaled(8), 0), said)
        painter.setPen(QColor(self.theme.secondary))
        rest = QRect(chip.toRect().right() + scaled(8), box.top(), room, box.height())
        draw_shortened(painter, rest, more)
        painter.restore()

    def _paint_last(self, painter: QPainter, box: QRect, client: Client) -> None:
        tr, theme, latest = self.texts, self.theme, client.latest
        day = "–" if latest is None else tr.short_date(latest.day)
        self.write(painter, _line(box, _UPPER), day, theme.text, 13)
        self.write(painter, _line(box, _LOWER), assessed_in_words(client, tr), theme.secondary, 12)

    def _paint_due(self, painter: QPainter, box: QRect, due: Due | None) -> None:
        tr, theme = self.texts, self.theme
        day = "–" if due is None else tr.short_date(due.day)
        self.write(painter, _line(box, _UPPER), day, theme.text, 13)
        said = tr.gettext("no date agreed") if due is None else due_in_words(due, tr)
        self.write(painter, _line(box, _LOWER), said, colour_of(due, theme), 12)


def colour_of(due: Due | None, theme: Palette) -> str:
    """Colour of the words about a next workshop; they say the same without it."""
    if due is None or due.state is DueState.LATER:
        return theme.secondary
    return theme.warning if due.state is DueState.OVERDUE else theme.notice


def _shares(shape: Shape, means: tuple[Fraction | None, ...]) -> list[float | None]:
    return ring_shares(means, shape.lowest_level, shape.highest_level)


def _line(box: QRect, place: tuple[int, int]) -> QRect:
    top, height = place
    return QRect(box.left(), box.top() + scaled(top), box.width(), scaled(height))


class ColumnHeads(ThemedWidget):
    """The names of the columns; every row says by itself what is in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: dict[str, str] = {}
        self._room = 0
        self._sorted = "name"
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(HEADS_HEIGHT))

    def set_room(self, room: int) -> None:
        """Stand above rows of this width, which a scroll bar makes narrower."""
        self._room = room
        self.update()

    def set_sorted(self, column: str) -> None:
        """Mark the column the rows are sorted by."""
        self._sorted = column
        self.update()

    def retranslate(self, tr: Translator) -> None:
        """Set every text."""
        self._words = {
            "name": tr.gettext("Organisation"),
            "model": tr.gettext("Model"),
            "tags": tr.gettext("Tags"),
            "last": tr.gettext("Last session"),
            "due": tr.gettext("Next workshop"),
        }
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(sized(self.font(), 12))
        painter.setPen(QColor(self.theme.secondary))
        columns = columns_in(QRect(0, 0, self._room or self.width(), self.height()))
        for name, box in {"name": columns.name, **columns.others}.items():
            mark = " ▴" if name == self._sorted else ""
            draw_shortened(painter, box, self._words.get(name, "") + mark)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        y = self.height() - 0.5
        painter.drawLine(QPointF(PAD / 2, y), QPointF(self.width() - PAD / 2, y))
