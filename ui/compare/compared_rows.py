"""The rows of the compare page: areas with their levels in every session, and totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from app.comparison.comparison import AreaOverTime, Comparison, Hint, MeanOverTime
from app.comparison.relations import Relation
from app.session.rating import Rating
from app.session.session import Session
from app.words.comparison import (
    are_of_one_unit,
    area_name,
    remark_in_words,
    session_name,
    signed,
)
from app.words.numbers import MEAN_PLACES
from app.words.review_words import hint_in_words
from app.words.texts import Translator

MODEL_ORDER, BY_CHANGE, BY_FALL = "model-order", "by-change", "by-fall"


@dataclass(frozen=True, slots=True)
class LevelCell:
    """The level of an area in a session.

    ``position`` is its place on the scale of ``count`` levels, -1 for none; ``is_apart`` if the
    area asked something else than today.
    """

    text: str
    position: int
    count: int
    level: Fraction | None
    is_apart: bool
    said: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One area: its levels oldest first, the difference to the time before, and a remark.

    ``dimension`` is the place in the latest model, -1 for one that it lacks.
    """

    area_id: str
    label: str
    dimension: int
    cells: tuple[LevelCell, ...]
    difference: Fraction | None
    figure: str
    remark: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The average of the common areas of a dimension, or of all; ``area_id`` is empty."""

    label: str
    dimension: int
    means: tuple[str, ...]
    figure: str
    remark: str
    sentence: str
    area_id: str = ""


def compared_rows(
    compared: Comparison, language: str, tr: Translator, order: str = MODEL_ORDER
) -> tuple[ComparedRow, ...]:
    """All areas, those of earlier models last, or in another order."""
    filling = _Rows(compared, language, tr)
    rows = [filling.row(area) for area in compared.areas]
    return tuple(sorted(rows, key=_ORDERS[order]))


def total_rows(compared: Comparison, language: str, tr: Translator) -> tuple[TotalRow, ...]:
    """The dimensions and all areas together; none where no totals may be shown."""
    if compared.overall is None:
        return ()
    dimensions = compared.latest.model.dimensions
    places = {dimension.id: place for place, dimension in enumerate(dimensions)}
    rows = [
        _total(
            compared,
            mean,
            dimensions[places[mean.id]].name.line_in(language),
            places[mean.id],
            tr,
        )
        for mean in compared.dimensions
    ]
    if len(rows) > 1:
        rows.append(_total(compared, compared.overall, tr.gettext("Overall"), -1, tr))
    return tuple(rows)


def _total(
    compared: Comparison, mean: MeanOverTime, name: str, place: int, tr: Translator
) -> TotalRow:
    means = tuple(tr.number(each, MEAN_PLACES) for each in mean.means)
    common = tr.ngettext("{n} common area", "{n} common areas", mean.areas)
    figure = signed(mean.difference, tr, MEAN_PLACES)
    said = _in_sessions(compared.sessions, means, tr)
    levels = tr.gettext("{area}: {levels}", area=name, levels=said)
    moved = _difference_in_words(compared, figure, tr)
    return TotalRow(name, place, means, figure, common, f"{levels}. {moved}. {common}")


def _difference_in_words(compared: Comparison, figure: str, tr: Translator) -> str:
    """Only a unit can change from one session to the next."""
    if are_of_one_unit(compared.sessions[-2:]):
        return tr.gettext("Change: {change}", change=figure)
    return tr.gettext("Difference: {change}", change=figure)


def _in_sessions(sessions: Sequence[Session], values: Sequence[str], tr: Translator) -> str:
    return ", ".join(
        f"{session_name(session, sessions, tr)} {value}"
        for session, value in zip(sessions, values, strict=True)
    )


def _widest_first(row: ComparedRow) -> tuple[bool, Fraction]:
    return row.difference is None, -abs(row.difference or Fraction(0))


def _deepest_first(row: ComparedRow) -> tuple[bool, Fraction]:
    return row.difference is None, row.difference or Fraction(0)


_ORDERS: dict[str, Callable[[ComparedRow], tuple[bool, Fraction]]] = {
    MODEL_ORDER: lambda _row: (False, Fraction(0)),
    BY_CHANGE: _widest_first,
    BY_FALL: _deepest_first,
}


class _Rows:
    """Makes the rows of one comparison."""

    def __init__(self, compared: Comparison, language: str, tr: Translator) -> None:
        self._compared, self._language, self._tr = compared, language, tr
        dimensions = compared.latest.model.dimensions
        self._places = {dimension.id: place for place, dimension in enumerate(dimensions)}
        self._hints: dict[str, Hint] = {}
        for hint in compared.hints:  # the newest session tells most
            self._hints[hint.decision.area_now] = hint

    def row(self, area: AreaOverTime) -> ComparedRow:
        """The row of an area."""
        tr, compared = self._tr, self._compared
        label = area_name(area.area_id, compared.sessions, self._language)
        relations = (*area.relations, Relation.SAME)
        cells = tuple(
            self._cell(rating, relation, session)
            for rating, relation, session in zip(
                area.ratings, relations, compared.sessions, strict=True
            )
        )
        place = self._places.get(area.dimension_id, -1)
        name = label
        if place >= 0:
            dimension = compared.latest.model.dimensions[place].name.line_in(self._language)
            name = tr.gettext("{area} ({dimension})", area=label, dimension=dimension)
        figure = ""
        if compared.allows_differences:
            figure = signed(area.difference, tr)
        remark = "; ".join(filter(None, self._remarks(area)))
        said = _in_sessions(compared.sessions, [cell.said for cell in cells], tr)
        parts = [tr.gettext("{area}: {levels}", area=name, levels=said)]
        if area.difference is not None:
            parts.append(_difference_in_words(compared, figure, tr))
        if remark:
            parts.append(remark)
        return ComparedRow(
            area.area_id,
            label,
            place,
            cells,
            area.difference,
            figure,
            remark,
            ". ".join(parts),
        )

    def _cell(self, rating: Rating | None, relation: Relation, session: Session) -> LevelCell:
        tr, scale = self._tr, session.model.levels
        is_apart = relation is Relation.EDITED
        if rating is None:
            said = tr.gettext("not in the model")
            return LevelCell("", -1, len(scale), None, is_apart=False, said=said)
        if not rating.is_applicable:
            short = tr.pgettext("short for not applicable", "n/a")
            said = tr.gettext("not applicable")
            return LevelCell(short, -1, len(scale), None, is_apart, said)
        if rating.level is None:
            said = tr.gettext("not scored")
            short = tr.pgettext("short for not scored", "open")
            return LevelCell(short, -1, len(scale), None, is_apart, said)
        level = tr.number(rating.level)
        position = floor(rating.level) - session.model.lowest_level
        return LevelCell(level, position, len(scale), rating.level, is_apart, level)

    def _remarks(self, area: AreaOverTime) -> Iterator[str]:
        """Why an area has no difference, or what is special about it, and a hint."""
        yield remark_in_words(area, self._compared, self._tr)
        hint = self._hints.get(area.area_id)
        if hint is not None and area.difference is None:
            yield hint_in_words(hint, self._compared, self._tr)
