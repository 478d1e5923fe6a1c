"""Data of a radar: axes with values and states, scale, title and legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from app.figures.earlier import EarlierFigures, earlier_figures
from app.figures.means import weighted_mean
from app.figures.scoring import Profile, ScoringState
from app.planning.projected_profile import Projected
from app.session.session import Session
from app.words.characters import visible_text
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import quarter_in_words
from app.words.texts import Translator
from exports.radar.geometry import ring_share

By = Literal["area", "dimension"]
MAX_LABEL_LETTERS = 120
MAX_TITLE_LETTERS = 160


@dataclass(frozen=True, slots=True)
class Axis:
    """One area or dimension: its label and values; ``None`` where there is none to show.

    ``dimension`` is the place of its dimension in the model, from 0.
    """

    id: str
    label: str
    dimension: int
    state: ScoringState
    current: Fraction | None
    target: Fraction | None
    earlier: Fraction | None
    projected: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """Meaning of lines and marks, with their averages: ``Today 2.6``."""

    current: str
    target: str
    earlier: str
    unscored: str
    not_applicable: str
    projected: str = ""


@dataclass(frozen=True, slots=True)
class RadarData:
    """All that is drawn: axes in model order, a scale of whole levels, and the words around.

    ``language`` is that of the labels, ``dimensions`` are the names of all dimensions in model
    order. ``projected`` names the moment that projected values are for, and is empty without them.
    """

    by: By
    language: str
    axes: tuple[Axis, ...]
    lowest: int
    highest: int
    title: str
    subtitle: str
    legend: Legend
    dimensions: tuple[str, ...] = ()
    projected: str = ""

    @property
    def has_earlier(self) -> bool:
        """True if an earlier session is shown on any axis."""
        return any(axis.earlier is not None for axis in self.axes)

    def states(self) -> frozenset[ScoringState]:
        """The states that occur."""
        return frozenset(axis.state for axis in self.axes)

    def share(self, value: Fraction) -> float:
        """Distance of a value from the centre, from 0 to 1."""
        return ring_share(value, self.lowest, self.highest)


def radar_data(
    session: Session,
    figures: Profile,
    by: By = "area",
    *,
    translator: Translator,
    earlier: Session | None = None,
    before: EarlierFigures | None = None,
    projected: Projected | None = None,
    language: str = "",
) -> RadarData:
    """Collect what a radar shows.

    ``language`` is that of the model's texts, the session's own by default. Values of
    ``earlier`` appear only where the level texts are identical; ``before`` are its figures where
    they are known already. With ``projected``, targets are those of the plan.
    """
    language = language or session.language
    then = before
    if then is None and earlier is not None:
        then = earlier_figures(session.model, session.language, earlier)
    levels = {} if then is None else then.levels
    means = {} if then is None else then.means(figures)
    axes = (
        _area_axes(session, figures, levels, language)
        if by == "area"
        else _dimension_axes(session, figures, means, language)
    )
    if projected is not None:
        axes = _with_projected(axes, projected.figures, by)
    return RadarData(
        by=by,
        language=language,
        axes=axes,
        lowest=session.model.lowest_level,
        highest=session.model.highest_level,
        dimensions=tuple(
            chart_label(dimension.name.line_in(language)) or dimension.id
            for dimension in session.model.dimensions
        ),
        title=_title(session),
        subtitle=_subtitle(session, by, translator, language),
        legend=_legend(
            figures,
            earlier,
            None if then is None else then.overall(figures),
            projected,
            translator,
        ),
        projected="" if projected is None else moment_in_words(projected, translator),
    )


def moment_in_words(projected: Projected, tr: Translator) -> str:
    """The moment that projected values are for: ``End of Q4 2027``."""
    if projected.is_now:
        return tr.gettext("Now")
    return tr.gettext("End of {quarter}", quarter=quarter_in_words(projected.quarter))


def _with_projected(axes: tuple[Axis, ...], figures: Profile, by: By) -> tuple[Axis, ...]:
    """The axes with the values that a plan leads to, and the targets it aims at."""
    if by == "area":
        areas = zip(axes, figures.areas, strict=True)
        return tuple(
            replace(axis, projected=each.level, target=axis.target and Fraction(each.target))
            for axis, each in areas
        )
    dimensions = zip(axes, figures.dimensions, strict=True)
    return tuple(
        replace(axis, projected=each.mean, target=each.target_mean or axis.target)
        for axis, each in dimensions
    )


def _area_axes(
    session: Session, figures: Profile, earlier: Mapping[str, Fraction], language: str
) -> tuple[Axis, ...]:
    places = {d.id: place for place, d in enumerate(session.model.dimensions)}
    return tuple(
        Axis(
            id=area.id,
            label=chart_label(area.label.line_in(language) or area.name.line_in(language)),
            dimension=places[dimension.id],
            state=found.state,
            current=found.level,
            target=Fraction(found.target) if found.is_applicable else None,
            earlier=earlier.get(area.id),
        )
        for (dimension, area), found in zip(session.model.entries(), figures.areas, strict=True)
    )


def _dimension_axes(
    session: Session, figures: Profile, earlier: Mapping[str, Fraction], language: str
) -> tuple[Axis, ...]:
    targets: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for area in figures.areas:
        if area.is_applicable:
            targets.setdefault(area.dimension_id, []).append((area.weight, Fraction(area.target)))
    return tuple(
        Axis(
            id=dimension.id,
            label=chart_label(dimension.name.line_in(language)),
            dimension=place,
            state=found.state,
            current=found.mean,
            target=found.target_mean or weighted_mean(targets.get(dimension.id, ())),
            earlier=earlier.get(dimension.id),
        )
        for place, (dimension, found) in enumerate(
            zip(session.model.dimensions, figures.dimensions, strict=True)
        )
    )


def _title(session: Session) -> str:
    parts = (session.organisation.name, session.unit.full_name if session.unit else "")
    return chart_label(" · ".join(part for part in parts if part), MAX_TITLE_LETTERS)


def _subtitle(session: Session, by: By, tr: Translator, language: str) -> str:
    kind = tr.gettext("Profile by area") if by == "area" else tr.gettext("Profile by dimension")
    model = f"{session.model.name.line_in(language)} {session.model.content_version}"
    parts = (kind, session.title, tr.long_date(session.date), model)
    return chart_label(" · ".join(part for part in parts if part), MAX_TITLE_LETTERS)


def _legend(
    figures: Profile,
    earlier: Session | None,
    mean_then: Fraction | None,
    projected: Projected | None,
    tr: Translator,
) -> Legend:
    overall = figures.overall
    aimed_at, later = overall, ""
    if projected is not None:
        aimed_at = projected.figures.overall
        later = _with_mean(f"{moment_in_words(projected, tr)}:", aimed_at.mean, tr)
    return Legend(
        current=_with_mean(tr.gettext("Current"), overall.mean, tr),
        target=_with_mean(tr.gettext("Target"), aimed_at.target_mean, tr),
        earlier="" if earlier is None else _with_mean(tr.month(earlier.date), mean_then, tr),
        unscored=tr.gettext("not scored"),
        not_applicable=tr.gettext("not applicable"),
        projected=later,
    )


def _with_mean(word: str, mean: Fraction | None, tr: Translator) -> str:
    return word if mean is None else f"{word} {tr.number(mean, MEAN_PLACES)}"


@lru_cache(maxsize=2048)
def chart_label(text: str, most: int = MAX_LABEL_LETTERS) -> str:
    """A text fit for a chart: one line, no invisible characters, not endless.

    Longer texts than ``most`` letters end in …; drawing 20,000 letters would take seconds.
    """
    line = " ".join(visible_text(text[: most * 8]).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
