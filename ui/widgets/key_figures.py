"""The four key figures of a session, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.comparability import comparable_area_ids
from app.numbers import MEAN_PLACES, format_percent
from app.scoring import Profile
from app.session import Session
from app.texts import Translator
from ui.theme import Theme
from ui.widgets.basics import make_frame, make_label
from ui.widgets.controls import set_heading


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A heading, the figure, and a sentence that says what it is."""

    heading: str
    figure: str
    meaning: str


def key_figures(
    session: Session, figures: Profile, earlier: Session | None, tr: Translator
) -> tuple[KeyFigure, KeyFigure, KeyFigure, KeyFigure]:
    """Overall, gap to target, staged level and coverage of a session."""
    return (
        _overall(session, figures, earlier, tr),
        _gap(figures, tr),
        _staged(figures, tr),
        _coverage(figures, tr),
    )


def _overall(
    session: Session, figures: Profile, earlier: Session | None, tr: Translator
) -> KeyFigure:
    overall = figures.overall
    n = overall.scored
    meaning = tr.ngettext("average of {n} area", "average of {n} areas", n)
    if overall.floor is not None:
        meaning += " · " + tr.gettext("lowest {level}", level=tr.number(overall.floor))
    if earlier is not None:
        meaning += " · " + _comparison(session, earlier, tr)
    return KeyFigure(tr.gettext("Overall"), tr.number(overall.mean, MEAN_PLACES), meaning)


def _comparison(session: Session, earlier: Session, tr: Translator) -> str:
    """How many areas went up or down; no difference of averages before comparisons are graded."""
    same = comparable_area_ids(session.model, earlier.model)
    pairs = [(session.rating(a), earlier.rating(a)) for a in same]
    both = [(now.level, then.level) for now, then in pairs if now.is_scored and then.is_scored]
    up = sum(now > then for now, then in both if now is not None and then is not None)
    down = sum(now < then for now, then in both if now is not None and then is not None)
    return tr.gettext("{up} up, {down} down of {n} comparable areas", up=up, down=down, n=len(both))


def _gap(figures: Profile, tr: Translator) -> KeyFigure:
    if figures.mean_gap is None:
        return KeyFigure(
            tr.gettext("Gap to target"), tr.number(None), tr.gettext("nothing scored yet")
        )
    meaning = tr.gettext(
        "levels on average · {gap} in all · {percent} of the way",
        gap=tr.number(figures.total_gap),
        percent=format_percent(figures.progress_to_target, tr.language),
    )
    return KeyFigure(tr.gettext("Gap to target"), tr.number(figures.mean_gap, MEAN_PLACES), meaning)


def _staged(figures: Profile, tr: Translator) -> KeyFigure:
    heading = tr.gettext("Staged level")
    if figures.staged_level is not None:
        return KeyFigure(
            heading, tr.number(figures.staged_level), tr.gettext("reached by every area")
        )
    if not figures.overall.applicable:
        return KeyFigure(heading, tr.number(None), tr.gettext("no area is applicable"))
    n = figures.open_count
    return KeyFigure(
        heading,
        tr.number(None),
        tr.ngettext("open: {n} area, then it is known", "open: {n} areas, then it is known", n),
    )


def _coverage(figures: Profile, tr: Translator) -> KeyFigure:
    overall = figures.overall
    n = figures.not_applicable_count
    return KeyFigure(
        tr.gettext("Coverage"),
        f"{overall.scored} / {overall.applicable}",
        tr.gettext("areas scored")
        + " · "
        + tr.ngettext("{n} not applicable", "{n} not applicable", n),
    )


class KeyFigures(QWidget):
    """Four cards in a row; two rows where it is narrow."""

    NARROW = 560

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key-figures")
        self._labels: list[tuple[QLabel, QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        for index in range(4):
            self._grid.addWidget(self._card(), 0, index)
            self._grid.setColumnStretch(index, 1)

    def _card(self) -> QWidget:
        card = make_frame("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(2)
        heading, figure = make_label("heading"), make_label("figure")
        meaning = make_label("secondary", wrap=True)
        meaning.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for label in (heading, figure, meaning):
            layout.addWidget(label)
        layout.addStretch(1)
        self._labels.append((heading, figure, meaning))
        return card

    def fill(self, shown: tuple[KeyFigure, ...]) -> None:
        """Show these figures."""
        for (heading, figure, meaning), item in zip(self._labels, shown, strict=True):
            set_heading(heading, item.heading)
            figure.setText(item.figure)
            figure.setAccessibleName(f"{item.heading}: {item.figure}, {item.meaning}")
            meaning.setText(item.meaning)


class Legend(QWidget):
    """What the lines of the radar stand for, in words and marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)

    def fill(self, entries: list[tuple[str, str]], theme: Theme) -> None:
        """Show marks of these kinds (``today``, ``target``, ``earlier``) with their words."""
        from ui.widgets.side_profile import LegendEntry

        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for kind, words in entries:
            entry = LegendEntry(kind)
            entry.apply_theme(theme)
            entry.set_text(words)
            self._layout.addWidget(entry)
        self._layout.addStretch(1)
