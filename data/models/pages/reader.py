"""Reads a maturity model from published Markdown pages."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import Fault, InvalidFile
from app.model.maturity_model import MaturityModel
from app.model.scale import HIGHEST_LEVEL, MAX_LEVEL_COUNT
from app.words.texts import N_
from data.models.builtin import builtin_model
from data.models.import_report import (
    BELOW_THE_FOLDER,
    EMPTY_PAGE,
    NO_LEVELS_INSIDE,
    NOT_A_PAGE,
    SEVERAL_LEVELS,
    UNCLOSED_CODE,
    UNCLOSED_COMMENT,
    UNKNOWN_LANGUAGE,
    ImportedModel,
    LeftOver,
    ReportDetails,
    report_on,
)
from data.models.languages import PageSigns, Recognised, recognised_language
from data.models.pages.alignment import heading_key, heading_keys
from data.models.pages.files import FoundPage, find_pages, folders_of, names_of
from data.models.pages.levels import find_label, phase_as_level, states_several
from data.models.pages.model import ModelBuilding
from data.models.pages.page_set import (
    PageSet,
    level_page,
    read_levels,
    set_of_divided_pages,
    set_of_level_pages,
)
from data.models.pages.placement import place_sections
from data.models.pages.text import (
    MAX_HEADINGS,
    PageText,
    read_page,
    with_phases_as_levels,
)
from data.models.text_files import is_folder, read_text, refusal

MAX_LINES = 20_000
"""Of one page; the parser takes some seconds for more, and a real page has a few hundred."""


def import_pages(
    paths: Sequence[Path],
    *,
    known: MaturityModel | None = None,
    language: str | None = None,
    model_id: str | None = None,
    with_optional: bool = False,
) -> ImportedModel:
    """One model from pages: files, folders of pages, or folders with ``level-1/index.md``.

    A page describes one level, stated in its title, else in its file name, or it has the levels
    inside. Headings of the ``known`` model (by default the built-in one) identify which sections
    are the same area; such an area takes its id, label, question and actions from there, and its
    texts from the pages. Other headings become areas of their own. The language is recognised
    (:mod:`data.models.languages`) unless it is given. Without ``model_id`` the id is made from the
    content, so that the same pages always give the same model. ``with_optional`` also makes areas
    of certifications and sample figures.

    Raises ``InvalidFile`` with every fault of every page, ``StorageUnavailable`` where a page
    cannot be read.
    """
    known = known or builtin_model()
    read = _read_pages(paths)
    page_set = read.page_set
    recognised = _recognised(read, paths[0], language)
    language = recognised.language
    placement = place_sections(page_set, known, with_optional=with_optional)
    building = ModelBuilding(language, known, page_set)
    model = building.model(placement.dimensions, model_id)
    details = ReportDetails(
        matches=building.matches,
        left_over=[*read.left_over, *page_set.left_over, *placement.left_over],
        page_levels=tuple(page.level for page in page_set.pages if page.chapters),
        language=language,
        in_other_languages=recognised.others,
    )
    return ImportedModel(model, report_on(model, details))


def _recognised(read: _ReadPages, place: Path, given: str | None) -> Recognised:
    """The language of the pages; raises ``InvalidFile`` where nothing tells it."""
    signs = [
        PageSigns(
            text.file,
            read.path_by_file[text.file],
            text.language,
            "\n".join((text.title, text.description, text.text(0, None))),
        )
        for text in read.texts
    ]
    recognised = recognised_language(signs, given)
    if recognised is None:
        raise refusal(place, Fault(UNKNOWN_LANGUAGE))
    return recognised


# ---- from files to a set of pages --------------------------------------------------------------


@dataclass(slots=True)
class _ReadPages:
    """The set of pages, the texts it is made of, and the files that are no part of it."""

    page_set: PageSet
    texts: list[PageText]
    left_over: list[LeftOver] = field(default_factory=list)
    path_by_file: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page as it was found and written.

    ``level`` is stated by its title, else by its name; one that states several has none.
    """

    found: FoundPage
    text: PageText
    level: int | None

    @property
    def states_several(self) -> bool:
        """True for a page on *Levels 1 to 2*."""
        return self.level is None and (
            states_several(self.text.title) or states_several(self.found.path.stem)
        )


def _read_pages(paths: Sequence[Path]) -> _ReadPages:
    pages: list[_ReadPage] = []
    passed_over: list[FoundPage] = []
    faults: list[Fault] = []
    for found in find_pages(paths):
        if found.passed_over:
            passed_over.append(found)
            continue
        try:
            pages.append(_read_page(found))
        except InvalidFile as error:
            faults += [dataclasses.replace(fault, path=found.file) for fault in error.faults]
    pages = _without_shared_titles(pages)
    leveled = [page for page in pages if page.level is not None]
    reason = NOT_A_PAGE
    if leveled or faults:
        faults += _level_faults(leveled, all_are_empty=bool(faults))
        if faults:
            raise refusal(paths[0], *faults, *_unclosed_faults(pages))
        read = _one_level_each(leveled)
    elif divided := _levels_inside(pages):
        read, reason = divided, NO_LEVELS_INSIDE
    elif numbered := _by_number(pages):
        read = numbered
    elif phased := _by_phase(pages):
        read, reason = phased, NO_LEVELS_INSIDE
    else:
        below = _pages_below(passed_over, paths)
        raise refusal(paths[0], *map(_no_level, pages), *_unclosed_faults(pages), *below)
    faults = list(_scale_faults(read.page_set.scale))
    if faults:
        raise refusal(paths[0], *faults)
    read.path_by_file = {page.text.file: page.found.path for page in pages}
    used = {text.file for text in read.texts}
    left_over = [LeftOver(page.file, 1, "", page.passed_over) for page in passed_over]
    left_over += [
        LeftOver(page.text.file, 1, "", SEVERAL_LEVELS if page.states_several else reason)
        for page in pages
        if page.text.file not in used
    ]
    unclosed = [part for text in read.texts for part in _unclosed(text)]
    read.left_over = [*left_over, *read.left_over, *unclosed]
    return read


def _unclosed(text: PageText) -> Iterator[LeftOver]:
    """Faults that hide the rest of a page."""
    for index, reason in (
        (text.unclosed, UNCLOSED_COMMENT),
        (text.unclosed_code, UNCLOSED_CODE),
    ):
        if index is not None:
            yield LeftOver(text.file, text.line_number(index), "", reason)


def _read_page(found: FoundPage) -> _ReadPage:
    lines = read_text(found.path, may_be_empty=True).split("\n")
    text = read_page("\n".join(lines[:MAX_LINES]), found.file)
    stated = find_label(text.title)
    faults = list(_page_faults(text, stated.number if stated else None))
    if len(lines) > MAX_LINES and not faults:
        template = N_("The page has more than {limit} lines.")
        faults.append(Fault(template, values=(("limit", MAX_LINES),)))
    if faults:
        raise refusal(found.file, *faults)
    level = stated.number if stated else found.level
    is_usable = level is not None and level <= HIGHEST_LEVEL and not states_several(text.title)
    return _ReadPage(found, text, level if is_usable else None)


def _without_shared_titles(pages: Sequence[_ReadPage]) -> list[_ReadPage]:
    """Let the names decide where several pages bear the model's title, *The levels 1 to 5*."""
    titles = Counter(page.text.title for page in pages if page.states_several)
    return [
        dataclasses.replace(page, level=page.found.level)
        if page.states_several and titles[page.text.title] > 1
        else page
        for page in pages
    ]


def _with_titles_as_headings(pages: Sequence[_ReadPage]) -> list[_ReadPage]:
    """Let a first ``#`` heading be one of several areas if other pages have it, too.

    The name of a level stands on its page only; on a page alone nothing speaks for either.
    """
    several = [page.text for page in pages if len(page.text.tops) > 1]
    counts = Counter(key for text in several for key in heading_keys(_words(text)))
    return [
        dataclasses.replace(page, text=dataclasses.replace(page.text, is_title_heading=True))
        if page.text.may_title_be_heading
        and (len(several) == 1 or counts[heading_key(page.text.title)] > 1)
        else page
        for page in pages
    ]


def _words(text: PageText) -> list[str]:
    return [heading.words for heading in text.tops]


def _one_level_each(pages: Sequence[_ReadPage]) -> _ReadPages:
    """Pages for one level each; those that are still empty are reported."""
    pages = _with_titles_as_headings(sorted(pages, key=lambda page: page.level or 0))
    page_set = set_of_level_pages(
        [level_page(page.text, page.level) for page in pages if page.level is not None],
        [page.text.title for page in pages],
    )
    empty = [
        LeftOver(page.text.file, 1, page.text.title, EMPTY_PAGE)
        for page in pages
        if not page.text.chapters
    ]
    return _ReadPages(page_set, [page.text for page in pages], empty)


def _levels_inside(pages: Sequence[_ReadPage]) -> _ReadPages | None:
    """Pages with the levels inside."""
    read = [read_levels(page.text) for page in pages if page.found.may_hold_levels]
    divided = [page for page in read if page is not None]
    page_set = set_of_divided_pages(divided)
    return _ReadPages(page_set, [page.text for page in divided]) if page_set else None


def _by_number(pages: Sequence[_ReadPage]) -> _ReadPages | None:
    """Pages with numbers as names, or before them as in ``03-scale``, where no page says more."""
    numbered = [
        dataclasses.replace(page, level=page.found.number)
        for page in pages
        if page.found.number is not None
        and page.found.number <= HIGHEST_LEVEL
        and not page.states_several
    ]
    is_usable = numbered and len({page.level for page in numbered}) == len(numbered)
    has_areas = any(page.text.chapters for page in numbered)
    return _one_level_each(numbered) if is_usable and has_areas else None


def _by_phase(pages: Sequence[_ReadPage]) -> _ReadPages | None:
    """Pages that only speak of phases, each of one in its title or of several in its headings."""
    labels = [find_label(phase_as_level(page.text.title)) for page in pages]
    leveled = [
        dataclasses.replace(page, level=label.number)
        for page, label in zip(pages, labels, strict=True)
        if label and label.number <= HIGHEST_LEVEL
    ]
    if len(leveled) > 1:
        is_usable = len({page.level for page in leveled}) == len(leveled)
        has_areas = any(page.text.chapters for page in leveled)
        return _one_level_each(leveled) if is_usable and has_areas else None
    phased = (dataclasses.replace(page, text=with_phases_as_levels(page.text)) for page in pages)
    return _levels_inside([*phased])


# ---- faults ------------------------------------------------------------------------------------


def _page_faults(text: PageText, level: int | None) -> Iterator[Fault]:
    if len(text.headings) > MAX_HEADINGS:
        yield Fault(
            N_("There are more than {limit} headings on the page."),
            values=(("limit", MAX_HEADINGS),),
        )
    if level is not None and level > HIGHEST_LEVEL:
        yield Fault(
            N_("{level} in the title is no level; levels go from 0 to {limit}."),
            values=(("level", level), ("limit", HIGHEST_LEVEL)),
        )


def _no_level(page: _ReadPage) -> Fault:
    if page.states_several:
        return Fault(SEVERAL_LEVELS, path=page.text.file)
    return Fault(
        N_(
            "No level was found in the title, in the file name or inside the page. Write it into"
            " the title, such as “Level 3”."
        ),
        path=page.text.file,
    )


def _unclosed_faults(pages: Sequence[_ReadPage]) -> Iterator[Fault]:
    """Faults that may hide levels or headings."""
    for part in (part for page in pages for part in _unclosed(page.text)):
        yield Fault(part.template, path=part.file, line=part.line)


def _pages_below(passed_over: Sequence[FoundPage], paths: Sequence[Path]) -> Iterator[Fault]:
    """Folders with further pages, in case the chosen folder was too high up."""
    for chosen in filter(is_folder, paths):
        below = [
            page.path
            for page in passed_over
            if page.passed_over == BELOW_THE_FOLDER and page.path.is_relative_to(chosen)
        ]
        if below:
            yield Fault(
                N_(
                    "Further pages are in {folders}. To import them, choose the folder they are in."
                ),
                values=(("folders", names_of(folders_of(below, chosen), chosen)),),
            )


def _level_faults(pages: Sequence[_ReadPage], *, all_are_empty: bool) -> Iterator[Fault]:
    """Faults of pages for one level each; empty pages are one only where nothing else is there."""
    if all_are_empty or not any(page.text.chapters for page in pages):
        for page in pages:
            if not page.text.chapters:
                yield Fault(
                    N_("There is no dimension: no heading that begins with ##."),
                    path=page.text.file,
                )
    file_by_level: dict[int, str] = {}
    for page in pages:
        if page.level is None:
            continue
        if page.level in file_by_level:
            yield Fault(
                N_("This is a second page for level {level}; the first one is {other}."),
                path=page.text.file,
                values=(("level", page.level), ("other", file_by_level[page.level])),
            )
        file_by_level.setdefault(page.level, page.text.file)


def _scale_faults(scale: range) -> Iterator[Fault]:
    if len(scale) > MAX_LEVEL_COUNT:
        yield Fault(
            N_("A scale has at most {limit} levels; there are pages from level 0 to level 10."),
            values=(("limit", MAX_LEVEL_COUNT),),
        )
