"""The four key figures of a session, each with an explanation."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.figures.earlier import EarlierFigures
from app.figures.scoring import Profile
from app.session.session import Session
from app.words.averages import average_in_words
from app.words.numbers import MEAN_PLACES, format_percent, rounded
from app.words.texts import Translator
from exports.palette import Palette
from ui.type_scale import scaled
from ui.widgets.basics import make_label, plain_tool_tip
from ui.widgets.controls import FittedName
from ui.widgets.readers import present_as
from ui.widgets.themed import ShareBar


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A heading, the figure, and a sentence that explains it.

    ``change`` is shown beside the figure, ``share`` (0 to 1) is drawn as a thin bar, ``more`` is
    the longer explanation for the tooltip. ``in_words`` says figure and change where they are
    written in signs.
    """

    heading: str
    figure: str
    meaning: str
    change: str = ""
    share: float | None = None
    more: str = ""
    in_words: str = ""

    @property
    def spoken(self) -> str:
        """Heading, figure and meaning as one sentence."""
        if self.in_words:
            return f"{self.heading}: {self.in_words}, {self.meaning}"
        return f"{self.heading}: {self.figure}, {self.meaning}"


def key_figures(
    figures: Profile, earlier: Session | None, before: EarlierFigures | None, tr: Translator
) -> tuple[KeyFigure, KeyFigure, KeyFigure, KeyFigure]:
    """Overall, gap to target, staged level and coverage of a session."""
    return (
        _overall(figures, earlier, before, tr),
        _gap(figures, tr),
        _staged(figures, tr),
        _coverage(figures, tr),
    )


def _overall(
    figures: Profile, earlier: Session | None, before: EarlierFigures | None, tr: Translator
) -> KeyFigure:
    overall = figures.overall
    heading = tr.gettext("Overall")
    if overall.mean is None or overall.floor is None:
        return KeyFigure(heading, tr.number(None), tr.gettext("nothing scored yet"))
    meaning = " · ".join(
        (
            average_in_words(figures, tr),
            tr.gettext("lowest {level}", level=tr.number(overall.floor)),
        )
    )
    change = None if before is None else before.change(figures)
    if earlier is None or change is None:
        return KeyFigure(heading, tr.number(overall.mean, MEAN_PLACES), meaning)
    when = tr.month(earlier.date)
    by = rounded(change.by, MEAN_PLACES)
    figure, difference = tr.number(overall.mean, MEAN_PLACES), tr.number(abs(by), MEAN_PLACES)
    if by > 0:
        arrow, in_words = "▲", tr.gettext("{figure}, up {by}", figure=figure, by=difference)
    elif by < 0:
        arrow, in_words = "▼", tr.gettext("{figure}, down {by}", figure=figure, by=difference)
    else:
        arrow, in_words = "=", tr.gettext("{figure}, unchanged", figure=figure)
    return KeyFigure(
        heading,
        figure,
        meaning,
        change=f"{arrow} {difference}",
        in_words=in_words,
        more=tr.ngettext(
            "Change since {month}, on {n} area scored both times with the same level texts.",
            "Change since {month}, on {n} areas scored both times with the same level texts.",
            change.areas,
            month=when,
        ),
    )


def _gap(figures: Profile, tr: Translator) -> KeyFigure:
    heading = tr.gettext("Gap to target")
    if figures.mean_gap is None:
        return KeyFigure(heading, tr.number(None), tr.gettext("nothing scored yet"))
    progress = figures.progress_to_target
    values = {
        "gap": tr.number(figures.total_gap),
        "percent": format_percent(progress, tr.language),
    }
    if figures.is_weighted:
        meaning = tr.gettext(
            "levels on weighted average · {gap} in total · weighted progress to target {percent}",
            **values,
        )
    else:
        meaning = tr.gettext(
            "levels on average · {gap} in total · progress to target {percent}", **values
        )
    return KeyFigure(
        heading,
        tr.number(figures.mean_gap, MEAN_PLACES),
        meaning,
        share=None if progress is None else float(progress),
        more=tr.gettext(
            "Target minus level, never below 0. The way goes from the lowest level to the targets."
        ),
    )


def _staged(figures: Profile, tr: Translator) -> KeyFigure:
    heading = tr.gettext("Reached by all")
    more = tr.gettext("The lowest level of all areas, known once every area is scored.")
    if figures.staged_level is not None:
        level = tr.number(figures.staged_level)
        return KeyFigure(heading, level, tr.gettext("lowest level of all areas"), more=more)
    if not figures.overall.applicable:
        return KeyFigure(heading, tr.number(None), tr.gettext("no area is applicable"), more=more)
    n = figures.open_count
    said = tr.ngettext("open: {n} area", "open: {n} areas", n)
    return KeyFigure(heading, tr.number(None), said, more=more)


def _coverage(figures: Profile, tr: Translator) -> KeyFigure:
    overall = figures.overall
    n = figures.not_applicable_count
    left_out = tr.ngettext("{n} not applicable", "{n} not applicable", n)
    counted = tr.gettext("scored")
    return KeyFigure(
        tr.gettext("Areas scored"),
        f"{overall.scored}\N{THIN SPACE}/\N{THIN SPACE}{overall.applicable}",
        f"{counted} · {left_out}",
        share=overall.scored / overall.applicable if overall.applicable else None,
        in_words=tr.gettext(
            "{scored} of {applicable}", scored=overall.scored, applicable=overall.applicable
        ),
    )


class _FittedHeading(FittedName):
    """A section heading that fits its card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_sizes(12, 10)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), scaled(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, scaled(16))


class _FittedFigure(FittedName):
    """The figure, large; a little smaller where it would not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_sizes(28)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 2, scaled(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, scaled(34))


class FigureCard(QFrame):
    """One key figure; reached by Tab, and one thing for screen readers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present_as(self, QAccessible.Role.StaticText)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(4)
        self._heading = _FittedHeading()
        self._figure = _FittedFigure()
        self._figure.setObjectName(f"{name}-figure")
        self._change = make_label("strong")
        self._change.setObjectName(f"{name}-change")
        self._meaning = make_label("secondary", wrap=True)
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._bar = ShareBar(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._figure)
        line.addWidget(self._change)
        line.addStretch(1)
        self._layout.addWidget(self._heading)
        self._layout.addLayout(line)
        self._layout.addWidget(self._meaning)
        self._layout.addStretch(1)
        self._layout.addSpacing(2)
        self._layout.addWidget(self._bar)

    def fill(self, shown: KeyFigure, theme: Palette) -> None:
        """Show this figure."""
        self._heading.set_text(shown.heading)
        self._heading.set_colour(theme.secondary)
        self._figure.set_text(shown.figure)
        self._figure.set_colour(theme.text)
        self._change.setText(shown.change)
        self._change.setVisible(bool(shown.change))
        self._meaning.setText(shown.meaning)
        self._bar.apply_theme(theme)
        self._bar.set_share(shown.share)
        self.setToolTip(plain_tool_tip(shown.more))
        self.setAccessibleName(shown.spoken)
        self.setAccessibleDescription(shown.more)

    def set_low(self, low: bool) -> None:
        """Less white space, for low windows."""
        margin = 8 if low else 12
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(2 if low else 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(96), super().minimumSizeHint().height())


class KeyFigures(QWidget):
    """The four cards in a row, all of the same size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key-figures")
        self.cards = [
            FigureCard(name) for name in ("overall", "gap-to-target", "staged-level", "coverage")
        ]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._per_row = 0
        self.set_columns(4)
        self.set_low(False)

    def set_columns(self, per_row: int) -> None:
        """Put so many cards side by side."""
        if per_row == self._per_row:
            return
        self._per_row = per_row
        for place, card in enumerate(self.cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, *divmod(place, per_row))
            self._grid.setColumnStretch(place, int(place < per_row))

    def fill(self, shown: tuple[KeyFigure, ...], theme: Palette) -> None:
        """Show these figures."""
        for card, figure in zip(self.cards, shown, strict=True):
            card.fill(figure, theme)

    def set_low(self, low: bool) -> None:
        """Less white space, for low windows."""
        self._grid.setSpacing(8 if low else 12)
        for card in self.cards:
            card.set_low(low)
