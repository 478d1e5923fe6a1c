"""Assigns sections of pages to areas: by known headings, by each other, then by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.model.maturity_model import Area, Dimension, MaturityModel
from data.models.import_report import (
    EMPTY_HEADING,
    OPTIONAL,
    TEXT_BEFORE_AREA,
    TEXT_BEFORE_DIMENSION,
    How,
    LeftOver,
)
from data.models.pages.alignment import (
    heading_key,
    heading_keys,
    match_headings,
    match_positions,
)
from data.models.pages.optional import optional_kind
from data.models.pages.page_set import Page, PageSet
from data.models.pages.text import Chapter, Section

_Part = TypeVar("_Part", Chapter, Section)


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
    """A dimension in the making.

    ``chapters`` are its places on the pages, ``leads`` the texts there before the first area.
    """

    known: Dimension | None = None
    chapters: list[tuple[Page, Chapter]] = field(default_factory=list)
    areas: list[AreaDraft] = field(default_factory=list)
    leads: list[Section] = field(default_factory=list)

    @property
    def introduction(self) -> str:
        """The text before the first area, where all pages that have one have the same."""
        texts = {lead.text for lead in self.leads}
        return texts.pop() if len(texts) == 1 else ""


@dataclass(slots=True)
class Placement:
    """All dimensions and areas with their sections, and what found no place."""

    dimensions: list[DimensionDraft] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)

    def leave(self, section: Section, template: str) -> None:
        """Report a section that became no part of an area."""
        self.left_over.append(LeftOver(section.file, section.line, section.heading, template))


def place_sections(
    page_set: PageSet, known: MaturityModel | None, *, with_optional: bool = False
) -> Placement:
    """Find the area of every section; a heading that no area knows becomes an area.

    The known model leads if at least half of all sections stand under one of its headings, in the
    right dimension. Otherwise the pages are another model, and are compared with each other only.
    Optional sections such as certifications are left over unless asked for.
    """
    pages, by_position = page_set.pages, page_set.has_positions
    leading = known if known and _is_known(pages, known) else None
    dimensions = leading.dimensions if leading else ()
    rows = [(page, page.chapters) for page in pages]
    placement = Placement()
    slots = [_keys_of(each) for each in dimensions]
    columns = _columns(rows, slots, _by_its_areas(dimensions), by_position=by_position)
    for column in columns:
        draft = DimensionDraft(
            known=dimensions[column.slot] if column.slot is not None else None,
            chapters=[(page, chapter) for page, chapter, _ in column.parts],
        )
        rows_of_areas = _area_rows(draft)
        for _, chapter in draft.chapters:
            if not chapter.sections and not chapter.text:
                placement.leave(chapter.lead, EMPTY_HEADING)
        optional = _optional_sections(
            draft, rows_of_areas, is_known=leading is not None, page_count=len(pages)
        )
        _place_areas(draft, rows_of_areas, optional, by_position=by_position)
        if with_optional:
            draft.areas += _optional_areas(optional)
        for _, section in () if with_optional else optional:
            placement.leave(section, OPTIONAL)
        if draft.areas:
            placement.dimensions.append(draft)
        else:
            for lead in draft.leads:
                placement.leave(lead, TEXT_BEFORE_AREA)
    _leave_texts_between(pages, placement)
    placement.left_over.sort(key=lambda part: (part.file, part.line))
    return placement


# ---- columns: what belongs together across pages -------------------------------------------------


@dataclass(slots=True)
class _Column(Generic[_Part]):
    """Parts of several pages that are the same thing; ``slot`` is its place in the known model."""

    keys: frozenset[str]
    slot: int | None = None
    parts: list[tuple[Page, _Part, How]] = field(default_factory=list)

    def add(self, page: Page, part: _Part, how: How) -> None:
        self.parts.append((page, part, how))
        self.keys |= heading_keys([part.heading])

    def is_on(self, page: Page) -> bool:
        return any(each is page for each, _, _ in self.parts)


_Recognise = Callable[[_Part, Sequence[int]], int | None]
"""Finds the slot of a part among the free ones by something else than its heading."""


def _columns(
    rows: Sequence[tuple[Page, Sequence[_Part]]],
    slots: Sequence[frozenset[str]],
    recognise: _Recognise[_Part] | None = None,
    *,
    by_position: bool,
) -> list[_Column[_Part]]:
    """Parts that belong together, in the order of the known model, else of the widest page.

    What is new stands behind the part before it on its page.
    """
    columns: list[_Column[_Part]] = [_Column(keys, slot) for slot, keys in enumerate(slots)]
    open_parts = {page.level: _take_known(columns, page, parts, recognise) for page, parts in rows}
    if not slots:
        rows = sorted(rows, key=lambda row: (-len(row[1]), row[0].level))
    levels_by_key = _levels_by_key(rows)
    established = list(columns)
    for page, parts in rows:
        open_indices = _take_same(columns, page, parts, open_parts[page.level])
        if established and by_position:
            open_indices = _take_by_position(established, page, parts, open_indices, levels_by_key)
        for index in open_indices:
            column: _Column[_Part] = _Column(frozenset())
            column.add(page, parts[index], "new")
            columns.insert(_place_after(columns, parts[:index]), column)
        established = established or list(columns)
    for column in columns:
        column.parts.sort(key=lambda each: each[0].level)
    if not slots and not by_position:
        columns.sort(key=lambda each: min((part.file, part.line) for _, part, _ in each.parts))
    return [column for column in columns if column.parts]


def _place_after(columns: Sequence[_Column[_Part]], parts: Sequence[_Part]) -> int:
    """Position of a new column: behind the part before it on its page."""
    if not parts:
        return 0
    holds = [any(part is parts[-1] for _, part, _ in column.parts) for column in columns]
    return holds.index(True) + 1 if True in holds else len(columns)


def _take_known(
    columns: Sequence[_Column[_Part]],
    page: Page,
    parts: Sequence[_Part],
    recognise: _Recognise[_Part] | None,
) -> list[int]:
    """Give parts to the slots that know their headings; returns the indices of the others."""
    found = match_headings([column.keys for column in columns], [each.heading for each in parts])
    for index, part in enumerate(parts):
        if index not in found and recognise:
            free = [slot for slot in range(len(columns)) if slot not in found.values()]
            slot = recognise(part, free)
            if slot is not None:
                found[index] = slot
    for index, slot in found.items():
        columns[slot].parts.append((page, parts[index], "heading"))
    return [index for index in range(len(parts)) if index not in found]


def _take_same(
    columns: Sequence[_Column[_Part]], page: Page, parts: Sequence[_Part], indices: Sequence[int]
) -> list[int]:
    """Give parts to columns of other pages with the same heading; returns the others."""
    free = [each for each in columns if each.slot is None and not each.is_on(page)]
    headings = [parts[index].heading for index in indices]
    found = match_headings([column.keys for column in free], headings)
    for at, slot in found.items():
        free[slot].add(page, parts[indices[at]], "heading")
    return [index for at, index in enumerate(indices) if at not in found]


def _take_by_position(
    columns: Sequence[_Column[_Part]],
    page: Page,
    parts: Sequence[_Part],
    indices: Sequence[int],
    levels_by_key: Mapping[str, set[int]],
) -> list[int]:
    """Give parts to columns that this page lacks and others have, by position; returns the rest.

    In the known model the order must be the same, with half of its headings on the page. A
    heading that stands beside the column's own on another page is something else.
    """
    in_order = columns[0].slot is not None
    found = {
        index: at
        for at, column in enumerate(columns)
        for index, part in enumerate(parts)
        if any(each is part for _, each, _ in column.parts)
    }
    free = [at for at, each in enumerate(columns) if each.parts and not each.is_on(page)]
    if in_order and len(found) < _half(len(columns)):
        return list(indices)
    matched = match_positions(indices, free, found, in_order=in_order)
    for index, at in matched.items():
        elsewhere = levels_by_key.get(heading_key(parts[index].heading), set())
        if any(other.level in elsewhere for other, _, _ in columns[at].parts):
            return list(indices)
    for index, at in matched.items():
        columns[at].add(page, parts[index], "position")
    return [index for index in indices if index not in matched]


def _levels_by_key(rows: Sequence[tuple[Page, Sequence[_Part]]]) -> dict[str, set[int]]:
    """The levels at which each heading stands on the page."""
    found: dict[str, set[int]] = {}
    for page, parts in rows:
        for part in parts:
            if key := heading_key(part.heading):
                found.setdefault(key, set()).add(page.level)
    return found


# ---- areas of a dimension ------------------------------------------------------------------------


def _place_areas(
    draft: DimensionDraft,
    rows: Sequence[tuple[Page, Sequence[Section]]],
    optional: Sequence[tuple[Page, Section]],
    *,
    by_position: bool,
) -> None:
    known = draft.known.areas if draft.known else ()
    left_out = {id(section) for _, section in optional}
    required = [
        (page, [each for each in sections if id(each) not in left_out]) for page, sections in rows
    ]
    for column in _columns(required, _area_slots(draft), by_position=by_position):
        area = AreaDraft(known[column.slot] if column.slot is not None else None)
        area.placed += [PlacedSection(*each) for each in column.parts]
        draft.areas.append(area)


def _area_rows(draft: DimensionDraft) -> list[tuple[Page, Sequence[Section]]]:
    """The areas on each page.

    A dimension without area headings is one area itself. So is the text before its first area
    where the dimension has an area of its own name, here or on another page.
    """
    names = _names_of_own_area(draft)
    leads = {page.level: each.lead for page, each in draft.chapters if each.sections and each.text}
    are_same = len(leads) > 1 and len({lead.text for lead in leads.values()}) == 1
    rows: list[tuple[Page, Sequence[Section]]] = []
    for page, chapter in draft.chapters:
        sections = chapter.sections or ((chapter.lead,) if chapter.text else ())
        lead = leads.get(page.level)
        if lead and (are_same or not names or _any_called(names, sections)):
            draft.leads.append(lead)
        elif lead:
            sections = (lead, *sections)
        rows.append((page, sections))
    return rows


def _names_of_own_area(draft: DimensionDraft) -> frozenset[str]:
    """All names of the area that is called like its dimension; none where there is no such area."""
    chapters = [chapter for _, chapter in draft.chapters]
    own = heading_keys(chapter.heading for chapter in chapters)
    known = [keys for keys in _area_slots(draft) if keys & own]
    if known:
        return own.union(*known)
    is_on_a_page = any(
        _any_called(own, each.sections) if each.sections else each.text for each in chapters
    )
    return own if is_on_a_page else frozenset()


def _any_called(names: frozenset[str], sections: Sequence[Section]) -> bool:
    return any(heading_key(section.heading) in names for section in sections)


def _area_slots(draft: DimensionDraft) -> list[frozenset[str]]:
    """Keys of the known areas; the only one of a dimension goes by the dimension's names, too."""
    if draft.known is None:
        return []
    keys = [_keys_of(area) for area in draft.known.areas]
    if len(keys) == 1:
        own = heading_keys(chapter.heading for _, chapter in draft.chapters)
        keys[0] |= own | _keys_of(draft.known)
    return keys


def _optional_sections(
    draft: DimensionDraft,
    rows: Sequence[tuple[Page, Sequence[Section]]],
    *,
    is_known: bool,
    page_count: int,
) -> list[tuple[Page, Section]]:
    """Sections on certifications or sample figures, also those of a dimension for such.

    What every page of another model has is an area.
    """
    if any(optional_kind(chapter.heading) for _, chapter in draft.chapters):
        found = [(page, section) for page, sections in rows for section in sections]
        return [] if not is_known and page_count == len(rows) > 1 else found
    found = [
        (page, section)
        for page, sections in rows
        for section in sections
        if optional_kind(section.heading)
    ]
    if is_known or page_count == 1:
        return found
    counts = Counter(optional_kind(section.heading) for _, section in found)
    return [each for each in found if counts[optional_kind(each[1].heading)] < page_count]


def _optional_areas(sections: Sequence[tuple[Page, Section]]) -> list[AreaDraft]:
    """One area for each kind, whatever its headings on the pages."""
    areas: dict[tuple[object, int], AreaDraft] = {}
    seen: Counter[tuple[int, object]] = Counter()
    for page, section in sections:
        kind = optional_kind(section.heading) or heading_key(section.heading)
        area = areas.setdefault((kind, seen[page.level, kind]), AreaDraft())
        seen[page.level, kind] += 1
        area.placed.append(PlacedSection(page, section, "new" if not area.placed else "heading"))
    return list(areas.values())


# ---- the known model -----------------------------------------------------------------------------


def _is_known(pages: Sequence[Page], known: MaturityModel) -> bool:
    """True if half of the sections stand under its headings, in the right dimension."""
    slots = [_keys_of(dimension) for dimension in known.dimensions]
    hits = total = 0
    for page in pages:
        found = match_headings(slots, [chapter.heading for chapter in page.chapters])
        for index, chapter in enumerate(page.chapters):
            headings = [each.heading for each in chapter.sections or (chapter.lead,)]
            is_optional = optional_kind(chapter.heading)
            headings = [each for each in headings if not (is_optional or optional_kind(each))]
            total += len(headings)
            if index in found:
                dimension = known.dimensions[found[index]]
                draft = DimensionDraft(dimension, [(page, chapter)])
                hits += len(match_headings(_area_slots(draft), headings))
    return hits >= _half(total)


def _by_its_areas(dimensions: Sequence[Dimension]) -> _Recognise[Chapter]:
    """Recognises a dimension under another name if half of its areas are known ones."""
    areas = [[_keys_of(area) for area in dimension.areas] for dimension in dimensions]

    def recognise(chapter: Chapter, free: Sequence[int]) -> int | None:
        headings = [each.heading for each in chapter.sections if not optional_kind(each.heading)]
        hits = {slot: len(match_headings(areas[slot], headings)) for slot in free}
        best = max(hits, key=lambda slot: hits[slot], default=None)
        if best is None or hits[best] < max(2, _half(len(headings))):
            return None
        is_clear = sum(each == hits[best] for each in hits.values()) == 1
        return best if is_clear else None

    return recognise


def _half(count: int) -> int:
    """At least half of a number, and never nothing."""
    return max(1, (count + 1) // 2)


def _keys_of(part: Dimension | Area) -> frozenset[str]:
    names = (text for _, text in part.name.by_language)
    return heading_keys([*part.headings, *names])


def _leave_texts_between(pages: Sequence[Page], placement: Placement) -> None:
    """Report texts that belong to no area, unless they can describe their dimension."""
    for page in pages:
        if page.preface.text:
            placement.leave(page.preface, TEXT_BEFORE_DIMENSION)
    for draft in placement.dimensions:
        if not draft.introduction:
            for lead in draft.leads:
                placement.leave(lead, TEXT_BEFORE_AREA)
