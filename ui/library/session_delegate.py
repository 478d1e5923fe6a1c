"""Delegate for a row of the session list: profile, client and title, model, progress, date."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QPainter

from app.session.session import SessionSummary
from app.words.texts import Translator
from ui.library.session_list import SessionList
from ui.painting.bars import paint_bar
from ui.painting.radars import paint_mini_profile, ring_shares
from ui.painting.rows import RIGHT
from ui.type_scale import scaled
from ui.widgets.list_delegate import ListDelegate
from ui.widgets.row_model import Index

ROW_HEIGHT = 68
_PROFILE = 48
_PAD = 16
_MODEL_WIDTH, SCORED_WIDTH, _OPENED_WIDTH = 220, 160, 170
_MODEL_FROM, _OPENED_FROM = 1040, 720


class SessionDelegate(ListDelegate):
    """Paints a :class:`SessionSummary`; nothing in it is ever read as markup."""

    height, inset = ROW_HEIGHT, 2

    def separator(self, box: QRect) -> tuple[int, int]:
        return box.left() + _PAD + scaled(_PROFILE) + _PAD, box.right() - _PAD

    def paint_row(self, painter: QPainter, box: QRect, index: Index) -> None:
        summary: SessionSummary = index.data(SessionList.RowRole)
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        side = scaled(_PROFILE)
        profile = QRectF(inner.left(), box.center().y() - side / 2 + 1, side, side)
        paint_mini_profile(painter, profile, profile_shares(summary), self.theme)
        inner.setLeft(inner.left() + side + _PAD)
        inner = self._paint_columns(painter, inner, summary, box.width())
        self._paint_words(painter, inner, summary)

    def _paint_columns(
        self, painter: QPainter, inner: QRect, summary: SessionSummary, width: int
    ) -> QRect:
        """Paint as many columns at the right as fit; returns the remaining space."""
        if width >= scaled(_OPENED_FROM):
            column = _at_right(inner, _OPENED_WIDTH)
            said = opened_in_words(summary.opened_at, self.texts)
            self.write(painter, column, said, self.theme.secondary, 12, align=RIGHT)
            inner.setRight(column.left() - _PAD)
        column = _at_right(inner, SCORED_WIDTH)
        self._paint_scored(painter, column, summary)
        inner.setRight(column.left() - _PAD)
        if width >= scaled(_MODEL_FROM):
            column = _at_right(inner, _MODEL_WIDTH)
            name = model_name(summary, self.texts.language)
            self.write(painter, column, name, self.theme.secondary, 12)
            inner.setRight(column.left() - _PAD)
        return inner

    def _paint_scored(self, painter: QPainter, column: QRect, summary: SessionSummary) -> None:
        said = scored_in_words(summary, self.texts)
        upper = QRect(column.left(), column.top() + scaled(14), column.width(), scaled(20))
        self.write(painter, upper, said, self.theme.text, 12)
        bar = QRectF(column.left(), column.top() + scaled(42), column.width(), scaled(4))
        share = summary.scored / summary.applicable if summary.applicable else 0
        paint_bar(painter, bar, share, self.theme.line, self.theme.accent)

    def _paint_words(self, painter: QPainter, inner: QRect, summary: SessionSummary) -> None:
        upper = QRect(inner.left(), inner.top() + scaled(12), inner.width(), scaled(22))
        used = self.write(
            painter,
            upper,
            summary.organisation.name,
            self.theme.text,
            14,
            weight=QFont.Weight.DemiBold,
        )
        if summary.unit is not None and used + 24 < upper.width():
            rest = upper.adjusted(used + 5, 0, 0, 0)
            self.write(painter, rest, f"· {summary.unit.full_name}", self.theme.text, 14)
        lower = QRect(inner.left(), inner.top() + scaled(36), inner.width(), scaled(20))
        said = f"{summary.title} · {self.texts.long_date(summary.date)}"
        self.write(painter, lower, said, self.theme.secondary, 12)


def _at_right(inner: QRect, width: int) -> QRect:
    """A column of this width, as drawn, at the right of a row."""
    return QRect(inner.right() - scaled(width), inner.top(), scaled(width), scaled(ROW_HEIGHT))


def profile_shares(summary: SessionSummary) -> list[float | None]:
    """The mean of each dimension as its distance from the centre of a radar."""
    means = (mean for _, mean in summary.profile)
    return ring_shares(means, summary.lowest_level, summary.highest_level)


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
