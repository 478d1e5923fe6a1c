"""A set of pages, one for each level, however the files are divided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.model.scale import scale_of_pages
from data.models.import_report import (
    LEVELS_IN_GENERAL,
    TEXT_AROUND_LEVELS,
    TEXT_BEFORE_AREA,
    WITHOUT_LEVELS,
    LeftOver,
)
from data.models.pages.alignment import heading_key
from data.models.pages.inside import InnerArea, InnerPage, SplitPage, levels_inside, split_by_level
from data.models.pages.levels import find_label, name_before, name_beside, without_edges
from data.models.pages.marks import Cell
from data.models.pages.text import Chapter, PageText, Section


@dataclass(frozen=True, slots=True)
class Page:
    """Content of one level; ``file`` is its name in messages."""

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
    description: str = ""


_MOST_HEADINGS = 3
"""So many dimensions name a model without a title of its own."""
_OF_A_MODEL = re.compile(r"\d|model", re.IGNORECASE)  # "Cloud check 4 – Level 2"
_MODEL_AND_DIMENSION = re.compile(r"(?P<model>.+)\s+[-–—]\s+(?P<dimension>.+?)")


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
    repeated = {title for title, count in Counter(titles).items() if count > 1}
    names_the_model = len(titles) > 1 or _OF_A_MODEL.search(shared) is not None
    named = (  # what several pages have in their titles says nothing of their levels
        replace(page, name="")
        if title in repeated or (names_the_model and page.name == shared)
        else page
        for page, title in zip(pages, titles, strict=True)
    )
    return PageSet(tuple(named), files, scale, shared or _title_of(pages[0], titles[0]))


def _title_of(page: Page, title: str) -> str:
    """Name of a model by its first page: the title, unless that is only of a level."""
    if title and not find_label(title):
        return title
    headings = [chapter.heading for chapter in page.chapters]
    more = " …" if len(headings) > _MOST_HEADINGS else ""
    return ", ".join(headings[:_MOST_HEADINGS]) + more or title or page.file


# ---- files with the levels inside --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dimension:
    """A dimension with its areas, all levels in each."""

    heading: str
    line: int
    file: str
    intro: str
    areas: tuple[InnerArea, ...]


def read_levels(text: PageText) -> SplitPage | InnerPage | None:
    """The levels inside of a page: each with all areas, or each area with all levels."""
    return split_by_level(text) or levels_inside(text)


def set_of_divided_pages(pages: Sequence[SplitPage | InnerPage]) -> PageSet | None:
    """The set of files that describe the levels inside: a file is a dimension, or holds some.

    A file that only lists the levels gives them their names and descriptions; nothing where there
    are only such files.
    """
    overviews = [page for page in pages if isinstance(page, InnerPage) and page.is_overview]
    described = [page for page in pages if not (isinstance(page, InnerPage) and page.is_overview)]
    if not described:
        return None
    common, names = _names(described)
    files = [
        _InnerFile(page, tuple(_dimensions(page, name, is_one_of_several=len(described) > 1)))
        if isinstance(page, InnerPage)
        else _SplitFile(page, name)
        for page, name in zip(described, names, strict=True)
    ]
    in_general = {
        cell.level: cell for page in pages if isinstance(page, InnerPage) for cell in page.general
    }
    level_names = _level_names(files)
    level_names |= {level: cell.name for level, cell in in_general.items() if cell.name}
    levels = sorted({level for file in files for level in file.levels})
    split = [file for file in files if isinstance(file, _SplitFile)]
    leads = split[0].leads if len(files) == 1 and split else {}
    result = [
        Page(
            described[0].text.file,
            level,
            level_names.get(level, ""),
            in_general[level].text if level in in_general else leads.get(level, ""),
            Section("", 1, ""),
            tuple(
                chapter
                for file in files
                for chapter in file.chapters(level, level_names.get(level, ""))
            ),
        )
        for level in levels
    ]
    left_over = [part for page in described for part in _left_over(page)]
    if not leads:
        left_over += [part for file in split for part in file.left_over]
    left_over += [_level_list(page) for page in overviews]
    return PageSet(
        tuple(result),
        tuple(PageFile(page.text.file, page.text.title) for page in pages),
        range(min(1, *levels), max(levels) + 1),
        common or described[0].title or PurePosixPath(described[0].text.file).stem,
        tuple(left_over),
        has_positions=len(split) == len(files),
        description=described[0].text.description if len(described) == 1 else "",
    )


@dataclass(frozen=True, slots=True)
class _InnerFile:
    """A file with all levels of each area."""

    page: InnerPage
    dimensions: tuple[_Dimension, ...]

    @property
    def levels(self) -> set[int]:
        return {cell.level for area in self.page.areas for cell in area.cells}

    def names(self) -> Iterator[tuple[int, str]]:
        """Names of levels by area."""
        for area in self.page.areas:
            yield from ((cell.level, cell.name) for cell in area.cells)

    def chapters(self, level: int, level_name: str) -> Iterator[Chapter]:
        """The dimensions at a level."""
        for each in self.dimensions:
            sections = tuple(
                _section(area, cells, each.file, level_name)
                for area in each.areas
                if (cells := [cell for cell in area.cells if cell.level == level])
            )
            if sections:
                yield Chapter(each.heading, each.line, each.intro, sections, each.file)


@dataclass(frozen=True, slots=True)
class _SplitFile:
    """A file with all areas of each level; ``name`` is the dimension if it is only one."""

    page: SplitPage
    name: str

    @property
    def levels(self) -> set[int]:
        return {part.level for part in self.page.parts}

    @property
    def leads(self) -> dict[int, str]:
        """The text before the areas of each level, which describes the level."""
        return {part.level: part.text.preface.text for part in self.page.parts}

    @property
    def left_over(self) -> list[LeftOver]:
        """The same texts where they describe no level of the whole model."""
        return [
            LeftOver(part.text.file, part.heading.line, part.heading.heading, TEXT_BEFORE_AREA)
            for part in self.page.parts
            if part.text.preface.text
        ]

    def names(self) -> Iterator[tuple[int, str]]:
        """Names of levels in the headings."""
        return ((part.level, name_beside(part.heading.heading)) for part in self.page.parts)

    def chapters(self, level: int, _: str) -> Iterator[Chapter]:
        """The dimensions at a level."""
        for part in self.page.parts:
            if part.level != level:
                continue
            if part.holds_areas_only:
                sections = tuple(chapter.lead for chapter in part.text.chapters)
                yield Chapter(self.name, part.heading.line, "", sections, part.text.file)
            else:
                yield from part.text.chapters


def _names(pages: Sequence[SplitPage | InnerPage]) -> tuple[str, list[str]]:
    """The common beginning of all titles (the name of the model), and the rest of each."""
    titles = [page.title or PurePosixPath(page.text.file).stem for page in pages]
    if len(titles) == 1 and (parts := _MODEL_AND_DIMENSION.fullmatch(titles[0])):
        return parts["model"], [parts["dimension"]]
    words = [title.split() for title in titles]
    common = 0
    while len(pages) > 1 and all(len(each) > common + 1 for each in words):
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
        own = page.intro or (page.text.description if is_one_of_several else "")
        intro = page.introductions.get(heading_key(parent), "") if parent else own
        yield _Dimension(parent or name, areas[0].line, page.text.file, intro, areas)


def _level_names(files: Sequence[_InnerFile | _SplitFile]) -> dict[int, str]:
    """The name of each level that most of the areas agree on; other names are texts of areas."""
    counts: dict[int, Counter[str]] = {}
    first: dict[tuple[int, str], str] = {}
    for level, name in (each for file in files for each in file.names()):
        if key := heading_key(name):
            counts.setdefault(level, Counter())[key] += 1
            first.setdefault((level, key), name)
    chosen = {}
    for level, names in counts.items():
        key, most = names.most_common(1)[0]
        if most > 1 or names.total() == 1:
            chosen[level] = first[level, key]
    return chosen


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


def _left_over(page: SplitPage | InnerPage) -> Iterator[LeftOver]:
    """Everything on a page that describes no level."""
    if isinstance(page, InnerPage):
        for section in page.leads:
            yield LeftOver(section.file, section.line, section.heading, TEXT_AROUND_LEVELS)
        for rest in page.rests:
            yield LeftOver(page.text.file, rest.line, rest.words, rest.reason)
    for section in page.without_levels:
        yield LeftOver(section.file, section.line, section.heading, WITHOUT_LEVELS)


def _level_list(page: InnerPage) -> LeftOver:
    return LeftOver(page.text.file, 1, page.text.title, LEVELS_IN_GENERAL)
