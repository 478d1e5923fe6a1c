"""Delegate for a row of the session list: profile, client and title, model, progress, date."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.session.session import SessionSummary
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from exports.radar.geometry import ring_share
from ui.library.session_list import SessionList
from ui.painting.bars import paint_bar
from ui.painting.radars import paint_mini_profile
from ui.painting.rows import LEFT, RIGHT, draw_shortened, paint_row_ground, sized
from ui.type_scale import scaled

ROW_HEIGHT = 68
_PROFILE = 48
_PAD = 16
_MODEL_WIDTH, SCORED_WIDTH, _OPENED_WIDTH = 220, 160, 170
_MODEL_FROM, _OPENED_FROM = 1040, 720


class SessionDelegate(QStyledItemDelegate):
    """Paints a :class:`SessionSummary`; nothing in it is ever read as markup."""

    #: Set by the page before the first paint, and with every change of the language.
    texts: Translator

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(400, scaled(ROW_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        summary = index.data(SessionList.RowRole)
        if not isinstance(summary, SessionSummary):
            return
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font: QFont = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        is_last = index.row() == index.model().rowCount() - 1
        self._paint_ground(painter, box, state, is_last=is_last)
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        side = scaled(_PROFILE)
        profile = QRectF(inner.left(), box.center().y() - side / 2 + 1, side, side)
        paint_mini_profile(painter, profile, profile_shares(summary), self.theme)
        inner.setLeft(inner.left() + side + _PAD)
        inner = self._paint_columns(painter, inner, summary, box.width())
        self._paint_words(painter, inner, summary)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, *, is_last: bool
    ) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        has_focus = is_selected and bool(state & QStyle.StateFlag.State_HasFocus)
        if is_selected or is_hovered:
            paint_row_ground(
                painter,
                QRectF(box).adjusted(4, 2, -4, -2),
                self.theme,
                opacity=1.0 if is_selected else 0.5,
                ring=1.5 if has_focus else 0,
                is_current=is_selected,
            )
        if not is_selected and not is_last:
            painter.setPen(QPen(QColor(self.theme.line), 1))
            left = box.left() + _PAD + scaled(_PROFILE) + _PAD
            y = box.bottom() + 0.5
            painter.drawLine(QPointF(left, y), QPointF(box.right() - _PAD, y))

    def _paint_columns(
        self, painter: QPainter, inner: QRect, summary: SessionSummary, width: int
    ) -> QRect:
        """Paint as many columns at the right as fit; returns the remaining space."""
        if width >= scaled(_OPENED_FROM):
            column = _at_right(inner, _OPENED_WIDTH)
            said = opened_in_words(summary.opened_at, self.texts)
            self._write(painter, column, said, self.theme.secondary, 12, align=RIGHT)
            inner.setRight(column.left() - _PAD)
        column = _at_right(inner, SCORED_WIDTH)
        self._paint_scored(painter, column, summary)
        inner.setRight(column.left() - _PAD)
        if width >= scaled(_MODEL_FROM):
            column = _at_right(inner, _MODEL_WIDTH)
            name = model_name(summary, self.texts.language)
            self._write(painter, column, name, self.theme.secondary, 12)
            inner.setRight(column.left() - _PAD)
        return inner

    def _paint_scored(self, painter: QPainter, column: QRect, summary: SessionSummary) -> None:
        said = scored_in_words(summary, self.texts)
        upper = QRect(column.left(), column.top() + scaled(14), column.width(), scaled(20))
        self._write(painter, upper, said, self.theme.text, 12)
        bar = QRectF(column.left(), column.top() + scaled(42), column.width(), scaled(4))
        share = summary.scored / summary.applicable if summary.applicable else 0
        paint_bar(painter, bar, share, self.theme.line, self.theme.accent)

    def _paint_words(self, painter: QPainter, inner: QRect, summary: SessionSummary) -> None:
        upper = QRect(inner.left(), inner.top() + scaled(12), inner.width(), scaled(22))
        used = self._write(
            painter,
            upper,
            summary.organisation.name,
            self.theme.text,
            14,
            weight=QFont.Weight.DemiBold,
        )
        if summary.unit is not None and used + 24 < upper.width():
            rest = upper.adjusted(used + 5, 0, 0, 0)
            self._write(painter, rest, f"· {summary.unit.full_name}", self.theme.text, 14)
        lower = QRect(inner.left(), inner.top() + scaled(36), inner.width(), scaled(20))
        said = f"{summary.title} · {self.texts.long_date(summary.date)}"
        self._write(painter, lower, said, self.theme.secondary, 12)

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        colour: str,
        size: int,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        align: Qt.AlignmentFlag = LEFT,
    ) -> int:
        """One line, shortened to the box; returns the width it took."""
        painter.save()
        painter.setFont(sized(painter.font(), size, weight))
        painter.setPen(QColor(colour))
        width = draw_shortened(painter, box, " ".join(text.split()), align)
        painter.restore()
        return width


def _at_right(inner: QRect, width: int) -> QRect:
    """A column of this width, as drawn, at the right of a row."""
    return QRect(inner.right() - scaled(width), inner.top(), scaled(width), scaled(ROW_HEIGHT))


def profile_shares(summary: SessionSummary) -> list[float | None]:
    """How far out the mean of each dimension lies on a radar."""
    return [
        None if mean is None else ring_share(mean, summary.lowest_level, summary.highest_level)
        for _, mean in summary.profile
    ]


def scored_in_words(summary: SessionSummary, tr: Translator) -> str:
    """Progress of a session."""
    if summary.applicable == 0:
        return tr.gettext("no area applies")
    return tr.gettext(
        "{scored} of {applicable} scored", scored=summary.scored, applicable=summary.applicable
    )


def opened_in_words(opened_at: str, tr: Translator, now: datetime | None = None) -> str:
    """When a session was last opened: the time for today, else the day; empty when unknown."""
    try:
        at = datetime.fromisoformat(opened_at).astimezone()
    except ValueError:
        return ""
    today = (now or datetime.now().astimezone()).date()
    if at.date() == today:
        return tr.gettext("opened today, {time}", time=f"{at:%H:%M}")
    return tr.gettext("opened {date}", date=tr.short_date(at.date()))


def model_name(summary: SessionSummary, language: str) -> str:
    """The model's name in this language, else in the first it has."""
    names = dict(summary.model_name)
    return names.get(language) or next((name for name in names.values() if name), summary.model_id)


def summary_in_words(summary: SessionSummary, tr: Translator) -> str:
    """A session in one sentence, for screen readers."""
    parts = [
        summary.organisation.name,
        "" if summary.unit is None else summary.unit.full_name,
        summary.title,
        tr.long_date(summary.date),
        model_name(summary, tr.language),
        scored_in_words(summary, tr),
        opened_in_words(summary.opened_at, tr),
    ]
    return ", ".join(part for part in parts if part)
