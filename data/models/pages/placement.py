"""Assigns sections of pages to areas: by known headings, then by position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.model.maturity_model import Area, Dimension, MaturityModel
from data.models.import_report import (
    TEXT_BEFORE_AREA,
    TEXT_BEFORE_DIMENSION,
    UNCLEAR_POSITION,
    UNKNOWN_AREA,
    UNKNOWN_DIMENSION,
    How,
    LeftOver,
)
from data.models.pages.alignment import Found, align, heading_keys
from data.models.pages.text import Chapter, PageText, Section

_Part = TypeVar("_Part", Chapter, Section)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the level it describes; ``file`` is how messages call it."""

    file: str
    level: int
    name: str
    text: PageText


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section of a page that found its area."""

    page: Page
    section: Section
    how: How


@dataclass(slots=True)
class AreaDraft:
    """An area in the making; ``known`` is the same area in the known model."""

    known: Area | None = None
    placed: list[PlacedSection] = field(default_factory=list)


@dataclass(slots=True)
class DimensionDraft:
    """A dimension in the making; ``chapters`` are its places on the pages."""

    known: Dimension | None = None
    chapters: list[tuple[Page, Chapter]] = field(default_factory=list)
    areas: list[AreaDraft] = field(default_factory=list)


@dataclass(slots=True)
class Placement:
    """All dimensions and areas with their sections, and what found no place."""

    dimensions: list[DimensionDraft] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)

    def place(self, area: AreaDraft, page: Page, section: Section, how: How) -> None:
        """Give a section to an area."""
        area.placed.append(PlacedSection(page, section, how))

    def leave(self, page: Page, section: Section, template: str, **values: object) -> None:
        """Report a section that found no area."""
        self.left_over.append(
            LeftOver(page.file, section.line, section.heading, template, tuple(values.items()))
        )

    def used(self) -> list[DimensionDraft]:
        """Only dimensions and areas that are on one of the pages."""
        for dimension in self.dimensions:
            dimension.areas = [area for area in dimension.areas if area.placed]
        return [dimension for dimension in self.dimensions if dimension.areas]


def place_sections(pages: Sequence[Page], known: MaturityModel | None) -> Placement:
    """Find the area of every section.

    The known model leads if at least half of all sections stand under one of its headings, in the
    right dimension. Otherwise the pages are another model, and are compared with each other only.
    """
    placement = _placed_by_known_model(pages, known) if known else None
    if placement is None:
        placement = _placed_by_each_other(pages)
    _leave_texts_between(pages, placement)
    placement.left_over.sort(key=lambda part: (part.file, part.line))
    return placement


def sections_of(chapter: Chapter) -> tuple[Section, ...]:
    """Its areas; a dimension without area headings is one area itself."""
    if chapter.sections:
        return chapter.sections
    return (Section(chapter.heading, chapter.line, chapter.text),)


def _placed_by_known_model(pages: Sequence[Page], known: MaturityModel) -> Placement | None:
    placement = Placement(
        [
            DimensionDraft(dimension, areas=[AreaDraft(area) for area in dimension.areas])
            for dimension in known.dimensions
        ]
    )
    slots = [_keys_of(dimension) for dimension in known.dimensions]
    for page in pages:
        chapters = page.text.chapters
        found = align(
            slots, [each.heading for each in chapters], min_known=_half(len(slots)), in_order=True
        )
        for chapter, slot in zip(chapters, found, strict=True):
            if slot is None:
                heading = Section(chapter.heading, chapter.line, chapter.text)
                placement.leave(page, heading, UNKNOWN_DIMENSION, model=known.id)
            else:
                draft = placement.dimensions[slot[0]]
                draft.chapters.append((page, chapter))
                _place_known_areas(placement, draft, page, chapter, known.id)
    total = sum(len(sections_of(each)) for page in pages for each in page.text.chapters)
    return placement if _count_known(placement) >= _half(total) else None


def _place_known_areas(
    placement: Placement, draft: DimensionDraft, page: Page, chapter: Chapter, model_id: str
) -> None:
    sections = sections_of(chapter)
    found: list[Found | None]
    if len(draft.areas) == 1 and not chapter.sections:
        found = [(0, "heading")]
    else:
        slots = [_keys_of(area.known) for area in draft.areas if area.known]
        headings = [section.heading for section in sections]
        found = align(slots, headings, min_known=_half(len(slots)), in_order=True)
    for section, slot in zip(sections, found, strict=True):
        if slot is None:
            placement.leave(page, section, UNKNOWN_AREA, model=model_id)
        else:
            placement.place(draft.areas[slot[0]], page, section, slot[1])


def _count_known(placement: Placement) -> int:
    return sum(
        placed.how == "heading"
        for dimension in placement.dimensions
        for area in dimension.areas
        for placed in area.placed
    )


def _half(count: int) -> int:
    """At least half of a number, and never nothing."""
    return max(1, (count + 1) // 2)


def _keys_of(part: Dimension | Area) -> frozenset[str]:
    names = (text for _, text in part.name.by_language)
    return heading_keys([*part.headings, *names])


def _placed_by_each_other(pages: Sequence[Page]) -> Placement:
    placement = Placement()
    rows = [(page, [*page.text.chapters]) for page in pages]
    for column in _columns(rows, placement):
        draft = DimensionDraft(chapters=[(page, chapter) for page, chapter, _ in column])
        area_rows = [(page, [*sections_of(chapter)]) for page, chapter in draft.chapters]
        for area_column in _columns(area_rows, placement):
            area = AreaDraft()
            for page, section, how in area_column:
                placement.place(area, page, section, how)
            draft.areas.append(area)
        placement.dimensions.append(draft)
    return placement


def _columns(
    rows: Sequence[tuple[Page, Sequence[_Part]]], placement: Placement
) -> list[list[tuple[Page, _Part, How]]]:
    """What belongs together across pages, in the order of the page that has the most."""
    widest = max(rows, key=lambda row: (len(row[1]), -row[0].level))
    columns: list[list[tuple[Page, _Part, How]]] = [
        [(widest[0], part, "new")] for part in widest[1]
    ]
    slots = [heading_keys([part.heading]) for part in widest[1]]
    for page, parts in rows:
        if page is widest[0]:
            continue
        found = align(slots, [part.heading for part in parts])
        for part, slot in zip(parts, found, strict=True):
            if slot is None:
                section = Section(part.heading, part.line, part.text)
                values = {"level": page.level, "other_level": widest[0].level}
                placement.leave(page, section, UNCLEAR_POSITION, **values)
                continue
            columns[slot[0]].append((page, part, slot[1]))
            slots[slot[0]] |= heading_keys([part.heading])
    return columns


def _leave_texts_between(pages: Sequence[Page], placement: Placement) -> None:
    """Report texts that belong to no area, unless they can describe their dimension."""
    for page in pages:
        if page.text.preface.text:
            placement.leave(page, page.text.preface, TEXT_BEFORE_DIMENSION)
    for draft in placement.dimensions:
        for page, chapter in texts_before_areas(draft):
            if introduction_of(draft) != chapter.text:
                section = Section(chapter.heading, chapter.line, chapter.text)
                placement.leave(page, section, TEXT_BEFORE_AREA)


def texts_before_areas(draft: DimensionDraft) -> Iterator[tuple[Page, Chapter]]:
    """The places where a dimension with area headings has a text before the first one."""
    for page, chapter in draft.chapters:
        if chapter.sections and chapter.text:
            yield page, chapter


def introduction_of(draft: DimensionDraft) -> str:
    """The text before the first area, where all pages that have one have the same."""
    texts = {chapter.text for _, chapter in texts_before_areas(draft)}
    return texts.pop() if len(texts) == 1 else ""
