"""Finds the pages in files and folders, and what their names say of their levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Fault
from app.words.texts import N_
from data.files import read_error
from data.models.pages.levels import find_label, leading_number, level_in_name
from data.models.text_files import PAGE_ENDINGS, is_folder, refusal

MAX_PAGES = 100
"""So many pages are looked at in a folder; a model has at most ten levels."""

_INDEX_NAMES = ("index", "_index", "readme")
"""Pages that go by the name of their folder, the preferred one first."""

_LIST_PAGE = "_index"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page on disk; ``file`` is how messages call it.

    ``level`` is the one its name states, ``number`` the number its name is or begins with.
    ``is_spare`` is true beside an index page in the same folder. ``may_hold_levels`` is
    false for the list pages of a site, which repeat parts of other pages.
    """

    path: Path
    file: str
    level: int | None
    number: int | None = None
    is_spare: bool = False
    may_hold_levels: bool = True


def find_pages(paths: Sequence[Path]) -> Iterator[FoundPage]:
    """The pages among files and in folders: all in a folder itself, index pages one below.

    Raises ``InvalidFile`` for a folder without pages or with very many.
    """
    for path in paths:
        if is_folder(path):
            yield from _pages_in_folder(path)
        else:
            yield _named_page(path)


def _named_page(path: Path) -> FoundPage:
    if _is_index(path):
        label = find_label(path.absolute().parent.name.replace("_", " "))
        return FoundPage(path, path.name, label.number if label else None)
    return FoundPage(path, path.name, level_in_name(path.stem), leading_number(path.stem))


def _pages_in_folder(folder: Path) -> list[FoundPage]:
    try:
        children = sorted(folder.iterdir())
        inner = {child: sorted(child.iterdir()) for child in children if child.is_dir()}
    except OSError as error:
        raise read_error(error, folder) from error
    found = [_page_in_chosen_folder(path) for path in children if _is_page(path)]
    spare: list[FoundPage] = []
    for child, paths in inner.items():
        indexes = [path for path in paths if _is_page(path) and _is_index(path)]
        indexes.sort(key=lambda path: (_INDEX_NAMES.index(_base_name(path)), len(path.name)))
        others = [path for path in paths if indexes and _is_page(path) and not _is_index(path)]
        spare += [_index_page(path, child, is_spare=True) for path in [*indexes[1:], *others]]
        found += [_index_page(path, child, is_spare=False) for path in indexes[:1]]
    if not found:
        raise refusal(folder, Fault(N_("There is no Markdown page (.md) in this folder.")))
    if len(found) > MAX_PAGES:
        template = N_("There are more than {limit} Markdown pages in this folder.")
        raise refusal(folder, Fault(template, values=(("limit", MAX_PAGES),)))
    return [*found, *spare]


def _page_in_chosen_folder(path: Path) -> FoundPage:
    may_hold_levels = _base_name(path) != _LIST_PAGE
    level = None if _is_index(path) else level_in_name(path.stem)
    number = leading_number(path.stem)
    return FoundPage(path, path.name, level, number, may_hold_levels=may_hold_levels)


def _index_page(path: Path, folder: Path, *, is_spare: bool) -> FoundPage:
    file = f"{folder.name}/{path.name}"
    level, number = level_in_name(folder.name), leading_number(folder.name)
    may_hold_levels = _base_name(path) != _LIST_PAGE
    return FoundPage(path, file, level, number, is_spare, may_hold_levels)


def _is_page(path: Path) -> bool:
    has_ending = path.suffix.lower() in PAGE_ENDINGS
    return has_ending and not path.name.startswith(".") and path.is_file()


def _is_index(path: Path) -> bool:
    return _base_name(path) in _INDEX_NAMES


def _base_name(path: Path) -> str:
    """The name without any ending: ``index`` of ``index.fr.md``."""
    return path.name.split(".")[0].lower()
