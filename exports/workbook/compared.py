"""The sessions compared, ready to be written out: headings, names and states in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from app.comparison.comparison import AreaOverTime, Comparison
from app.comparison.relations import Relation
from app.session.rating import Rating
from app.words.comparison import area_name, session_name
from app.words.numbers import NO_NUMBER
from app.words.texts import Translator
from exports.workbook.book import literal
from exports.workbook.cell_text import line_text
from exports.workbook.report import Report

_LONGEST_HEAD = 60


AreaKey = tuple[str, bool]
"""Id of an area, and true if it is gone: its id may be that of another one today."""


def key_of(area: AreaOverTime) -> AreaKey:
    """The key that tells an area from all others."""
    return area.area_id, area.ratings[-1] is None


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area over time with its number, from 1, and its name in the report's language."""

    number: int
    name: str
    area: AreaOverTime


@dataclass(frozen=True)
class Compared:
    """A comparison in the report's language."""

    report: Report
    comparison: Comparison

    @property
    def tr(self) -> Translator:
        """Our own texts in the report's language."""
        return self.report.tr

    @property
    def follows_profile(self) -> bool:
        """True if the latest session is the one whose table is in this workbook."""
        return self.comparison.latest.id == self.report.session.id

    @property
    def has_totals(self) -> bool:
        """True if the grade allows averages and any area is scored every time."""
        return self.comparison.overall is not None

    # ---- sessions ------------------------------------------------------------------------------

    @cached_property
    def has_several_units(self) -> bool:
        """True if teams are compared, and not one team over time."""
        return len({session.unit and session.unit.id for session in self.comparison.sessions}) > 1

    @property
    def between(self) -> str:
        """The sign between two levels of an area: from team to team leads no arrow."""
        return " | " if self.has_several_units else " → "

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """A heading for each session: its date, and what else tells it from the others."""
        sessions = self.comparison.sessions
        heads: list[str] = []
        for session in sessions:
            head = line_text(session_name(session, sessions, self.tr), _LONGEST_HEAD)
            same = sum(each.casefold().startswith(head.casefold()) for each in heads)
            heads.append(f"{head} ({same + 1})" if same else head)
        return tuple(heads)

    # ---- areas and dimensions ------------------------------------------------------------------

    @cached_property
    def areas(self) -> tuple[NamedArea, ...]:
        """Every area with its number and one name; those of the latest model come first.

        The names are those of the other sheets. Of a name that is there twice, the areas carry
        their dimension in front.
        """
        names = [self._name(area) for area in self.comparison.areas]
        count = Counter(name.casefold() for name in names)
        return tuple(
            NamedArea(
                number,
                f"{self.dimension_names[area.dimension_id]}: {name}"
                if count[name.casefold()] > 1
                else name,
                area,
            )
            for number, (name, area) in enumerate(zip(names, self.comparison.areas, strict=True), 1)
        )

    def _name(self, area: AreaOverTime) -> str:
        if self.follows_profile and area.ratings[-1] is not None:
            return self.report.area_names[area.area_id]
        sessions = self.comparison.sessions
        if area.ratings[-1] is None:  # an id of a gone area may be that of another one today
            sessions = tuple(
                session
                for session, rating in zip(sessions, area.ratings, strict=True)
                if rating is not None
            )
        name = area_name(area.area_id, sessions, self.report.language)
        return line_text(name) or area.area_id

    @cached_property
    def names(self) -> dict[AreaKey, str]:
        """The name of every area."""
        return {key_of(each.area): each.name for each in self.areas}

    @cached_property
    def dimension_names(self) -> dict[str, str]:
        """The name of every dimension, in the latest model that has it."""
        return {
            dimension.id: line_text(dimension.name.line_in(self.report.language)) or dimension.id
            for session in self.comparison.sessions
            for dimension in session.model.dimensions
        }

    @cached_property
    def dimension_numbers(self) -> dict[str, int]:
        """The place of every dimension of the latest model in it, from 1."""
        dimensions = self.comparison.latest.model.dimensions
        return {dimension.id: number for number, dimension in enumerate(dimensions, 1)}

    # ---- states in words -----------------------------------------------------------------------

    @property
    def not_applicable(self) -> str:
        """The cell of an area that is not applicable."""
        return self.tr.pgettext("short for not applicable", "n/a")

    @property
    def open(self) -> str:
        """The cell of an area that is not scored."""
        return self.tr.pgettext("area without a level", "open")

    def state(self, rating: Rating | None) -> str:
        """The cell of a missing level; a dash where the model lacks the area."""
        if rating is None:
            return NO_NUMBER
        return self.open if rating.is_applicable else self.not_applicable

    def level_words(self, level: str, state: str) -> str:
        """Expression: the level of an area in the profile, or a word in its place."""
        out = literal(self.report.unscored_state(applicable=False))
        words = f"IF({state}={out},{literal(self.not_applicable)},{literal(self.open)})"
        return f"IF(ISNUMBER({level}),{level},{words})"

    def wording(self, area: AreaOverTime) -> str:
        """Relation of the texts of an area to those of the latest session."""
        tr, found = self.tr, set(area.relations)
        if Relation.EDITED in found:
            return tr.gettext("text changed")
        if Relation.GONE in found or area.ratings[-1] is None:
            return tr.gettext("no longer in the model")
        if Relation.NEW in found:
            return tr.gettext("new in the model")
        if Relation.EQUIVALENT in found:
            return tr.gettext("reworded, asks the same")
        return tr.gettext("the same")
