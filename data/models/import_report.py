"""Report of an import: matched sections, leftover sections, empty cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from app.model.maturity_model import MaturityModel
from app.words.texts import N_, Translator

How = Literal["heading", "position", "new"]


@dataclass(frozen=True, slots=True)
class Match:
    """A heading of a page and the area its text went to.

    ``how``: ``heading`` = the heading is known for this area, ``position`` = by its place among
    the other areas of the dimension, ``new`` = the area was made from this heading.
    """

    area_id: str
    level: int
    heading: str
    file: str
    line: int
    how: How


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A part of a page that did not get into the model, and the reason as a template sentence."""

    file: str
    line: int
    heading: str
    template: str
    values: tuple[tuple[str, object], ...] = ()

    def reason(self, translator: Translator) -> str:
        """Why it was left over, as one sentence."""
        return translator.gettext(self.template, **dict(self.values))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts and details of one import.

    ``filled`` maps every level of the scale to the number of areas that have a text there;
    ``empty`` holds area id and level of every cell without one. ``page_levels`` are the levels
    for which there was a page (all levels for a model file).
    """

    dimensions: int
    areas: int
    filled: dict[int, int]
    empty: tuple[tuple[str, int], ...] = ()
    matches: tuple[Match, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    page_levels: tuple[int, ...] = ()

    def lines(self, translator: Translator) -> list[str]:
        """The report as sentences, the most important ones first."""
        return [
            *self._count_lines(translator),
            *self._match_lines(translator),
            *self._left_over_lines(translator),
            *self._empty_lines(translator),
        ]

    def _count_lines(self, tr: Translator) -> Iterator[str]:
        yield tr.gettext(
            "Dimensions: {dimensions}. Areas: {areas}.",
            dimensions=self.dimensions,
            areas=self.areas,
        )
        for level, count in sorted(self.filled.items()):
            if level in self.page_levels:
                yield tr.gettext(
                    "Level {level}: {filled} of {areas} areas have a text.",
                    level=level, filled=count, areas=self.areas,
                )  # fmt: skip
        for level in sorted(set(self.filled) - set(self.page_levels)):
            yield tr.gettext("Level {level}: there is no page, so it is empty.", level=level)

    def _match_lines(self, tr: Translator) -> Iterator[str]:
        known = sum(match.how == "heading" for match in self.matches)
        new = sum(match.how == "new" for match in self.matches)
        if known:
            yield tr.ngettext(
                "{n} section was matched by its heading.",
                "{n} sections were matched by their headings.",
                known,
            )
        if new:
            yield tr.ngettext(
                "{n} heading became a new area.", "{n} headings became new areas.", new
            )
        for match in self.matches:
            if match.how == "position":
                yield tr.gettext(
                    "{file}, line {line}: “{heading}” was matched to {area} by its position.",
                    file=match.file, line=match.line, heading=match.heading, area=match.area_id,
                )  # fmt: skip

    def _left_over_lines(self, tr: Translator) -> Iterator[str]:
        for part in self.left_over:
            yield tr.gettext(
                "{file}, line {line}: “{heading}” could not be matched. {reason}",
                file=part.file, line=part.line, heading=part.heading, reason=part.reason(tr),
            )  # fmt: skip

    def _empty_lines(self, tr: Translator) -> Iterator[str]:
        for area_id, level in self.empty:
            if level in self.page_levels:
                yield tr.gettext("{area} has no text at level {level}.", area=area_id, level=level)


@dataclass(frozen=True, slots=True)
class ImportedModel:
    """An imported model and its report."""

    model: MaturityModel
    report: ImportReport


@dataclass(slots=True)
class ReportDetails:
    """What the import of pages collects on its way."""

    matches: list[Match] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    page_levels: tuple[int, ...] = ()


def report_on(model: MaturityModel, details: ReportDetails | None = None) -> ImportReport:
    """Count what a model has; with details, say where it came from."""
    numbers = [level.number for level in model.levels]
    empty = tuple(
        (area.id, number)
        for area in model.areas
        for number in numbers
        if area.description_of(number).is_empty
    )
    filled = {
        number: len(model.areas) - sum(level == number for _, level in empty) for number in numbers
    }
    return ImportReport(
        dimensions=len(model.dimensions),
        areas=len(model.areas),
        filled=filled,
        empty=empty,
        matches=tuple(details.matches) if details else (),
        left_over=tuple(details.left_over) if details else (),
        page_levels=details.page_levels if details else tuple(numbers),
    )


UNKNOWN_AREA = N_("The model {model} has no free area with this heading in this dimension.")
UNKNOWN_DIMENSION = N_("The model {model} has no dimension with this heading.")
UNCLEAR_POSITION = N_(
    "Its place among the other headings is not clear: level {level} and level {other_level} have"
    " different numbers of headings here."
)
TEXT_BEFORE_DIMENSION = N_("The text stands before the first dimension (##) of the page.")
TEXT_BEFORE_AREA = N_("The text stands before the first area (###) of its dimension.")
NOT_A_PAGE = N_("The file has no level number in its title or name, so it was passed over.")
