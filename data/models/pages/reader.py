"""Reads a maturity model from published Markdown pages, one page per level."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.errors import Fault, InvalidFile
from app.model.maturity_model import MaturityModel
from app.model.scale import HIGHEST_LEVEL, MAX_LEVEL_COUNT, scale_of_pages
from app.words.texts import N_
from data.files import read_error
from data.models.builtin import builtin_model
from data.models.import_report import (
    NOT_A_PAGE,
    ImportedModel,
    LeftOver,
    ReportDetails,
    report_on,
)
from data.models.pages.model import ModelBuilding
from data.models.pages.placement import Page, place_sections
from data.models.pages.text import (
    MAX_HEADINGS,
    PageText,
    first_number,
    name_in_title,
    read_page,
)
from data.models.text_files import PAGE_ENDINGS, is_folder, read_text, refusal

MAX_LINES = 20_000
"""Of one page; the parser takes some seconds for more, and a real page has a few hundred."""

MAX_PAGES = 100
"""So many pages are looked at in a folder; a model has at most ten levels."""

_INDEX_NAMES = ("index", "_index")
_FREQUENT_WORDS = {
    "de": "und der die das nicht ist ein eine mit für von werden sie den zu auf",
    "en": "and the is are not a an with for of be you to in on that this your",
}


def import_pages(
    paths: Sequence[Path],
    *,
    known: MaturityModel | None = None,
    language: str | None = None,
    model_id: str | None = None,
) -> ImportedModel:
    """One model from pages: single files, folders of pages, or folders with ``level-1/index.md``.

    The level of a page is the first number in its title, else in its file name, else in its
    folder's name. The scale runs from 1 (or 0) to at least 5. Headings of the ``known`` model
    (by default the built-in one) identify which sections are the same area; such an area
    takes its id, label, question and actions from there, and its texts from the pages. The
    language is guessed unless it is given. Without ``model_id`` the id is made from the content,
    so that the same pages always give the same model.

    Raises ``InvalidFile`` with every fault of every page, ``StorageUnavailable`` where a page
    cannot be read.
    """
    known = known or builtin_model()
    pages, passed_over = _read_pages(paths)
    language = language or guessed_language(page.text for page in pages)
    placement = place_sections(pages, known)
    building = ModelBuilding(language, known, pages)
    model = building.model(placement.used(), model_id)
    details = ReportDetails(
        matches=building.matches,
        left_over=[*passed_over, *placement.left_over],
        page_levels=tuple(page.level for page in pages),
    )
    return ImportedModel(model, report_on(model, details))


def guessed_language(texts: Iterable[PageText]) -> str:
    """German or English, whichever has more of its frequent words in the texts."""
    count_by_language = dict.fromkeys(_FREQUENT_WORDS, 0)
    for text in texts:
        sections = (each.text for chapter in text.chapters for each in chapter.sections)
        whole = " ".join([text.description, *(each.text for each in text.chapters), *sections])
        words = re.findall(r"\w+", whole.casefold())
        for language, frequent in _FREQUENT_WORDS.items():
            wanted = frozenset(frequent.split())
            count_by_language[language] += sum(word in wanted for word in words)
    return max(("en", "de"), key=lambda language: count_by_language[language])


# Pages


def _read_pages(paths: Sequence[Path]) -> tuple[list[Page], list[LeftOver]]:
    pages: list[Page] = []
    passed_over: list[LeftOver] = []
    faults: list[Fault] = []
    for path, file, is_named in _page_files(paths):
        try:
            page = _read_page(path, file)
        except InvalidFile as error:
            faults += [dataclasses.replace(fault, path=file) for fault in error.faults]
            continue
        if page is not None:
            pages.append(page)
        elif is_named:
            faults.append(_no_level(file))
        else:
            passed_over.append(LeftOver(file, 1, "", NOT_A_PAGE))
    if not pages and not faults:
        faults = [_no_level(part.file) for part in passed_over]
    faults += _level_faults(pages)
    if faults:
        raise refusal(paths[0], *faults)
    return sorted(pages, key=lambda page: page.level), passed_over


def _page_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str, bool]]:
    """Each page, its name for messages, and True if it was named itself."""
    for path in paths:
        if not is_folder(path):
            yield path, path.name, True
            continue
        found = _pages_in_folder(path)
        if not found:
            raise refusal(path, Fault(N_("There is no Markdown page (.md) in this folder.")))
        if len(found) > MAX_PAGES:
            raise refusal(
                path,
                Fault(
                    N_("There are more than {limit} Markdown pages in this folder."),
                    values=(("limit", MAX_PAGES),),
                ),
            )
        for page in found:
            yield page, page.relative_to(path).as_posix(), False


def _pages_in_folder(folder: Path) -> list[Path]:
    try:
        children = sorted(folder.iterdir())
        inner = [page for child in children if child.is_dir() for page in sorted(child.iterdir())]
    except OSError as error:
        raise read_error(error, folder) from error
    indexes = [page for page in inner if page.stem.lower() in _INDEX_NAMES]
    return [
        page
        for page in [*children, *indexes]
        if page.suffix.lower() in PAGE_ENDINGS and not page.name.startswith(".") and page.is_file()
    ]


def _read_page(path: Path, file: str) -> Page | None:
    """The page; nothing where no level number can be found."""
    lines = read_text(path).split("\n")
    text = read_page("\n".join(lines[:MAX_LINES]))
    level = _level_of(path, text.title)
    if level is None:
        return None
    faults = list(_page_faults(text, level))
    if len(lines) > MAX_LINES and not faults:
        template = N_("The page has more than {limit} lines.")
        faults.append(Fault(template, values=(("limit", MAX_LINES),)))
    if faults:
        raise refusal(file, *faults)
    return Page(file, level, name_in_title(text.title), text)


def _level_of(path: Path, title: str) -> int | None:
    in_title = first_number(title)
    if in_title is not None:
        return in_title
    for name in (path.stem, path.absolute().parent.name):
        number = first_number(name)
        if number is not None and number <= HIGHEST_LEVEL:
            return number
    return None


def _page_faults(text: PageText, level: int) -> Iterator[Fault]:
    if not text.chapters:
        yield Fault(N_("There is no dimension: no heading that begins with ##."))
    if sum(1 + len(chapter.sections) for chapter in text.chapters) > MAX_HEADINGS:
        yield Fault(
            N_("There are more than {limit} headings on the page."),
            values=(("limit", MAX_HEADINGS),),
        )
    if level > HIGHEST_LEVEL:
        yield Fault(
            N_("{level} in the title is no level; levels go from 0 to {limit}."),
            values=(("level", level), ("limit", HIGHEST_LEVEL)),
        )


def _no_level(file: str) -> Fault:
    return Fault(
        N_("No level number was found, neither in the title nor in the name of file or folder."),
        path=file,
    )


def _level_faults(pages: Sequence[Page]) -> Iterator[Fault]:
    file_by_level: dict[int, str] = {}
    for page in pages:
        if page.level in file_by_level:
            yield Fault(
                N_("This is a second page for level {level}; the first one is {other}."),
                path=page.file,
                values=(("level", page.level), ("other", file_by_level[page.level])),
            )
        file_by_level.setdefault(page.level, page.file)
    if file_by_level and len(scale_of_pages(file_by_level)) > MAX_LEVEL_COUNT:
        yield Fault(
            N_("A scale has at most {limit} levels; there are pages from level 0 to level 10."),
            values=(("limit", MAX_LEVEL_COUNT),),
        )
