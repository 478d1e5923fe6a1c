"""A set of pages, one for each level, however the files are divided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.model.scale import scale_of_pages
from data.models.import_report import (
    LEVELS_IN_GENERAL,
    TEXT_AROUND_LEVELS,
    WITHOUT_LEVELS,
    LeftOver,
)
from data.models.pages.alignment import heading_key
from data.models.pages.inside import InnerArea, InnerPage, LevelPart, levels_inside, split_by_level
from data.models.pages.levels import name_before, name_beside, without_edges
from data.models.pages.marks import Cell
from data.models.pages.text import Chapter, PageText, Section


@dataclass(frozen=True, slots=True)
class Page:
    """What there is for one level; ``file`` is how messages call it."""

    file: str
    level: int
    name: str
    description: str
    preface: Section
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that was read, and its title."""

    file: str
    title: str


@dataclass(frozen=True, slots=True)
class PageSet:
    """The pages of a model by level, the files they come from, and the title of the whole.

    ``has_positions`` is false where all pages come from the same headings, so that the place of a
    heading says nothing.
    """

    pages: tuple[Page, ...]
    files: tuple[PageFile, ...]
    scale: range
    title: str
    left_over: tuple[LeftOver, ...] = ()
    has_positions: bool = True


# ---- one file for each level -------------------------------------------------------------------


def level_page(text: PageText, level: int) -> Page:
    """The page of a file that describes one level."""
    name = name_beside(text.own_title)
    return Page(text.file, level, name, text.description, text.preface, text.chapters)


def set_of_level_pages(pages: Sequence[Page], titles: Sequence[str]) -> PageSet:
    """The set of files for one level each; ``titles`` are theirs."""
    files = tuple(PageFile(page.file, title) for page, title in zip(pages, titles, strict=True))
    scale = scale_of_pages(page.level for page in pages)
    before = {name_before(title) for title in titles}
    shared = before.pop() if len(before) == 1 else ""
    return PageSet(tuple(pages), files, scale, shared or titles[0] or pages[0].file)


# ---- all levels in a file ----------------------------------------------------------------------


def set_of_parts(text: PageText, parts: Sequence[LevelPart]) -> PageSet:
    """The set of a file that holds all areas under each level."""
    pages = sorted((_page_of_part(text, part) for part in parts), key=lambda page: page.level)
    title = text.title or PurePosixPath(text.file).stem
    left_over = []
    if text.preface.text:
        left_over.append(LeftOver(text.file, text.first_line, "", TEXT_AROUND_LEVELS))
    return PageSet(
        tuple(pages), (PageFile(text.file, text.title),), _scale(pages), title, tuple(left_over)
    )


def _page_of_part(text: PageText, part: LevelPart) -> Page:
    chapters = part.text.chapters
    preface = replace(part.heading, text=part.text.preface.text)
    if part.holds_areas_only:
        sections = tuple(replace(each.lead, text=each.text) for each in chapters)
        name = text.title or PurePosixPath(text.file).stem
        chapters = (Chapter(name, part.heading.line, "", sections, text.file),)
    return Page(text.file, part.level, name_beside(part.heading.heading), "", preface, chapters)


# ---- levels inside of areas --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dimension:
    """A dimension with its areas, all levels in each."""

    heading: str
    line: int
    file: str
    intro: str
    areas: tuple[InnerArea, ...]


def set_of_inner_pages(pages: Sequence[InnerPage]) -> PageSet:
    """The set of files that describe the levels inside: a file is a dimension, or holds some.

    A file that only lists the levels gives them their names and descriptions.
    """
    overviews = [page for page in pages if page.is_overview]
    described = [page for page in pages if not page.is_overview]
    common, names = _names([page.text for page in described])
    several = len(described) > 1
    dimensions = [
        dimension
        for page, name in zip(described, names, strict=True)
        for dimension in _dimensions(page, name, is_one_of_several=several)
    ]
    cells = [cell for each in dimensions for area in each.areas for cell in area.cells]
    in_general = {cell.level: cell for page in overviews for cell in page.areas[0].cells}
    level_names = _level_names(dimensions) | {n: cell.name for n, cell in in_general.items()}
    levels = sorted({cell.level for cell in cells})
    result = [
        Page(
            described[0].text.file,
            level,
            level_names.get(level, ""),
            in_general[level].text if level in in_general else "",
            Section("", 1, ""),
            tuple(_chapters(dimensions, level, level_names.get(level, ""))),
        )
        for level in levels
    ]
    return PageSet(
        tuple(result),
        tuple(PageFile(page.text.file, page.text.title) for page in pages),
        _scale(result),
        common or described[0].text.title or described[0].text.file,
        tuple(_left_over(described, overviews)),
        has_positions=False,
    )


def _scale(pages: Sequence[Page]) -> range:
    numbers = [page.level for page in pages]
    return range(min(1, *numbers), max(numbers) + 1)


def _names(texts: Sequence[PageText]) -> tuple[str, list[str]]:
    """What all titles begin with, the name of the model, and the rest of each title."""
    titles = [text.title or PurePosixPath(text.file).stem for text in texts]
    words = [title.split() for title in titles]
    common = 0
    while len(texts) > 1 and all(len(each) > common + 1 for each in words):
        if len({heading_key(each[common]) for each in words}) > 1:
            break
        common += 1
    rest = [without_edges(" ".join(each[common:])) for each in words]
    shared = without_edges(" ".join(words[0][:common])) if common else ""
    return shared, [name or title for name, title in zip(rest, titles, strict=True)]


def _dimensions(page: InnerPage, name: str, *, is_one_of_several: bool) -> Iterator[_Dimension]:
    """The page itself, or the headings above its areas where these tell them apart."""
    parents = dict.fromkeys(area.parent for area in page.areas)
    one = next(iter(parents)) if len(parents) == 1 else ""
    is_divided = len(parents) > 1 or (one and not is_one_of_several and not page.has_tabs)
    for parent in parents if is_divided else [""]:
        areas = tuple(
            replace(area, heading=area.heading or parent or name)
            for area in page.areas
            if area.parent == parent or not is_divided
        )
        intro = page.introductions.get(heading_key(parent), "") if parent else page.intro
        yield _Dimension(parent or name, areas[0].line, page.text.file, intro, areas)


def _level_names(dimensions: Sequence[_Dimension]) -> dict[int, str]:
    """The name of each level that most of the areas agree on; other names are texts of areas."""
    names: dict[int, Counter[str]] = {}
    first: dict[tuple[int, str], str] = {}
    for dimension in dimensions:
        for area in dimension.areas:
            for cell in area.cells:
                if cell.name:
                    key = heading_key(cell.name)
                    names.setdefault(cell.level, Counter())[key] += 1
                    first.setdefault((cell.level, key), cell.name)
    chosen = {}
    for level, counts in names.items():
        key, most = counts.most_common(1)[0]
        if most * 2 > counts.total() or most > 1:
            chosen[level] = first[level, key]
    return chosen


def _chapters(dimensions: Sequence[_Dimension], level: int, level_name: str) -> Iterator[Chapter]:
    for dimension in dimensions:
        sections = tuple(
            _section(area, cells, dimension.file, level_name)
            for area in dimension.areas
            if (cells := [cell for cell in area.cells if cell.level == level])
        )
        if sections:
            heading = dimension.heading
            yield Chapter(heading, dimension.line, dimension.intro, sections, dimension.file)


def _section(area: InnerArea, cells: Sequence[Cell], file: str, level_name: str) -> Section:
    """The text of an area at one level; a name that is not the level's is its short text."""
    first = cells[0]
    is_own = first.name and heading_key(first.name) != heading_key(level_name)
    short = " — ".join(filter(None, (first.name if is_own else "", first.short)))
    text = "\n\n".join(filter(None, (cell.text for cell in cells)))
    if "\n- " in f"\n{text}" and all(cell.text.startswith("- ") for cell in cells):
        text = "\n".join(cell.text for cell in cells)
    text, short = (text, short) if text else (short, "")
    return Section(area.heading, first.line, text, file, short, area.question)


def _left_over(
    described: Sequence[InnerPage], overviews: Sequence[InnerPage]
) -> Iterator[LeftOver]:
    for page in described:
        for section in page.leads:
            yield LeftOver(section.file, section.line, section.heading, TEXT_AROUND_LEVELS)
        for section in page.without_levels:
            yield LeftOver(section.file, section.line, section.heading, WITHOUT_LEVELS)
    for page in overviews:
        yield LeftOver(page.text.file, page.areas[0].line, page.areas[0].heading, LEVELS_IN_GENERAL)


def read_levels(text: PageText) -> list[LevelPart] | InnerPage | None:
    """The levels inside of a page: each with all areas, or each area with all levels."""
    return split_by_level(text) or levels_inside(text)
