"""Report of an import: matched sections, leftover sections, empty cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """A part of a page that did not get into the model, and the reason as a sentence.

    Parts with the same reason are of one kind in the report.
    """

    file: str
    line: int
    heading: str
    template: str

    def reason(self, translator: Translator) -> str:
        """Reason for being left over, as one sentence."""
        return translator.gettext(self.template)

    @property
    def is_optional(self) -> bool:
        """True if it becomes an area on request."""
        return self.template == OPTIONAL


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts and details of one import.

    ``filled`` maps every level of the scale to the number of areas that have a text there;
    ``empty`` holds area id and level of every cell without one. ``page_levels`` are the levels
    for which there was a page (all levels for a model file). ``language`` is that of the pages,
    empty for a model file; ``in_other_languages`` are pages that seem to be in another one.
    """

    dimensions: int
    areas: int
    filled: dict[int, int]
    empty: tuple[tuple[str, int], ...] = ()
    matches: tuple[Match, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    page_levels: tuple[int, ...] = ()
    language: str = ""
    in_other_languages: tuple[tuple[str, str], ...] = ()

    def lines(self, translator: Translator) -> list[str]:
        """The report as sentences, one for each kind of remark, the most important ones first."""
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
        if self.language:
            yield tr.gettext("Language of the pages: {language}.", language=self.language)
        if self.in_other_languages:
            sentence = tr.ngettext(
                "{n} page seems to be in another language:",
                "{n} pages seem to be in other languages:",
                len(self.in_other_languages),
            )
            examples = [f"{file} ({language})" for file, language in self.in_other_languages]
            yield _with_examples(tr, sentence, examples)
        for level, count in sorted(self.filled.items()):
            if level in self.page_levels:
                yield tr.gettext(
                    "Areas with a text at level {level}: {filled} of {areas}.",
                    level=level, filled=count, areas=self.areas,
                )  # fmt: skip
        empty = sorted(set(self.filled) - set(self.page_levels))
        if empty:
            sentence = tr.ngettext("{n} level has no text:", "{n} levels have no text:", len(empty))
            yield _with_examples(tr, sentence, [str(level) for level in empty])

    def _match_lines(self, tr: Translator) -> Iterator[str]:
        known = sum(match.how == "heading" for match in self.matches)
        if known:
            yield tr.ngettext(
                "{n} section was matched by its heading.",
                "{n} sections were matched by their headings.",
                known,
            )
        new = [match for match in self.matches if match.how == "new"]
        if new:
            sentence = tr.ngettext(
                "{n} heading became a new area:", "{n} headings became new areas:", len(new)
            )
            yield _with_examples(tr, sentence, [_with_area(tr, each) for each in new])
        moved = [match for match in self.matches if match.how == "position"]
        if moved:
            sentence = tr.ngettext(
                "{n} section was matched by its position:",
                "{n} sections were matched by their positions:",
                len(moved),
            )
            yield _with_examples(tr, sentence, [_moved(tr, match) for match in moved])

    def _left_over_lines(self, tr: Translator) -> Iterator[str]:
        kinds: dict[str, list[LeftOver]] = {}
        for part in self.left_over:
            kinds.setdefault(part.template, []).append(part)
        for parts in kinds.values():
            sentence = tr.ngettext(
                "{n} part was left over. {reason}",
                "{n} parts were left over. {reason}",
                len(parts),
                reason=parts[0].reason(tr),
            )
            yield _with_examples(tr, sentence, [_place(tr, part) for part in parts])

    def _empty_lines(self, tr: Translator) -> Iterator[str]:
        empty = [(area, level) for area, level in self.empty if level in self.page_levels]
        if empty:
            sentence = tr.ngettext("{n} cell has no text:", "{n} cells have no text:", len(empty))
            examples = [
                tr.gettext("{area} (level {level})", area=area, level=level)
                for area, level in empty
            ]
            yield _with_examples(tr, sentence, examples)


MAX_EXAMPLES = 10


def _with_examples(tr: Translator, sentence: str, examples: Sequence[str]) -> str:
    """A sentence and at most ten examples, with how many more there are."""
    more = len(examples) - MAX_EXAMPLES
    shown = list(examples[:MAX_EXAMPLES])
    if more > 0:
        shown.append(tr.ngettext("{n} more", "{n} more", more))
    return f"{sentence} {'; '.join(shown)}"


def _with_area(tr: Translator, match: Match) -> str:
    heading = tr.gettext("“{text}”", text=match.heading)
    return f"{heading} → {match.area_id}"


def _moved(tr: Translator, match: Match) -> str:
    place = tr.gettext(
        "{file}, line {line}: “{heading}”",
        file=match.file, line=match.line, heading=match.heading,
    )  # fmt: skip
    return f"{place} → {match.area_id}"


def _place(tr: Translator, part: LeftOver) -> str:
    if not part.heading:
        return tr.gettext("{file}, line {line}", file=part.file, line=part.line)
    return tr.gettext(
        "{file}, line {line}: “{heading}”",
        file=part.file, line=part.line, heading=part.heading,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedModel:
    """An imported model and its report."""

    model: MaturityModel
    report: ImportReport


@dataclass(slots=True)
class ReportDetails:
    """Details collected while importing pages."""

    matches: list[Match] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    page_levels: tuple[int, ...] = ()
    language: str = ""
    in_other_languages: tuple[tuple[str, str], ...] = ()


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
        language=details.language if details else "",
        in_other_languages=details.in_other_languages if details else (),
    )


UNKNOWN_LANGUAGE = N_(
    "The language of the pages was not recognised; please choose it (on the command line with"
    " --language, such as --language fr)."
)
TEXT_BEFORE_DIMENSION = N_("The text stands before the first dimension of the page.")
TEXT_BEFORE_AREA = N_("The text stands before the first area of its dimension.")
TEXT_AROUND_LEVELS = N_("The text stands before or after the levels and belongs to none of them.")
COLUMN_WITHOUT_LEVEL = N_("The column stands beside the levels and describes none of them.")
ROW_WITHOUT_LEVEL = N_("The row describes no level.")
LONG_ROW = N_("The row has more cells than its table has columns; the last cells were left out.")
EMPTY_HEADING = N_("No text stands below the heading.")
WITHOUT_LEVELS = N_("The section describes no level.")
LEVELS_IN_GENERAL = N_(
    "The page describes the levels in general; only their names and descriptions come from it."
)
NOT_A_PAGE = N_("The file has no level number in its title or name, so it was passed over.")
SEVERAL_LEVELS = N_(
    "The title or name states several levels. Give each level a page of its own, or describe the"
    " levels under headings inside the page."
)
SEVERAL_LEVELS_IN_ITEM = N_("It states several levels; describe each level by itself.")
NO_LEVELS_INSIDE = N_("The file describes no levels, so it was passed over.")
SECOND_INDEX = N_("There is an index page in the same folder, which was read instead.")
BELOW_THE_FOLDER = N_("The page is in a subfolder that was not read; import that folder to use it.")
UNCLOSED_COMMENT = N_("A comment that begins here is never closed and hides the rest of the page.")
UNCLOSED_CODE = N_("A code block that begins here is not closed; what follows counts as code.")
EMPTY_PAGE = N_("The page has no dimension, so its level is empty.")
OPTIONAL = N_(
    "Certifications and sample key figures are left out, unless optional sections are asked for."
)
