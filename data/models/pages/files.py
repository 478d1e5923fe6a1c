"""Finds the pages in files and folders, and what their names say of their levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.errors import Fault
from app.words.texts import N_
from data.files import read_error
from data.models.import_report import BELOW_THE_FOLDER, MAX_EXAMPLES, SECOND_INDEX
from data.models.pages.levels import find_label, leading_number, level_in_name
from data.models.text_files import PAGE_ENDINGS, is_folder, refusal

MAX_PAGES = 100
"""So many pages are looked at in a folder; a model has at most ten levels."""

_INDEX_NAMES = ("index", "_index", "readme")
"""Pages that go by the name of their folder, the preferred one first."""

_LIST_PAGE = "_index"

MAX_DEPTH = 5
"""So many folders below the chosen one are searched for pages that are not read."""

MAX_ENTRIES = 5_000
"""Limit of files and folders in that search, in case a whole disk was chosen."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page on disk; ``file`` is how messages call it.

    ``level`` is the one its name states, ``number`` the number its name is or begins with.
    ``passed_over`` is why it is not read, empty for a page that is. ``may_hold_levels`` is
    false for the list pages of a site, which repeat parts of other pages.
    """

    path: Path
    file: str
    level: int | None = None
    number: int | None = None
    passed_over: str = ""
    may_hold_levels: bool = True


def find_pages(paths: Sequence[Path]) -> Iterator[FoundPage]:
    """The pages among files and in folders: all in a folder itself, index pages one below.

    Where a folder has none of them, the one folder further down that has some is read instead.
    Raises ``InvalidFile`` for a folder without pages or with very many.
    """
    for path in paths:
        if is_folder(path):
            yield from _pages_in_chosen_folder(path)
        else:
            yield _named_page(path)


def _named_page(path: Path) -> FoundPage:
    if _is_index(path):
        label = find_label(path.absolute().parent.name.replace("_", " "))
        return FoundPage(path, path.name, label.number if label else None)
    return FoundPage(path, path.name, level_in_name(path.stem), leading_number(path.stem))


def _pages_in_chosen_folder(folder: Path) -> list[FoundPage]:
    place, found = folder, _pages_in_folder(folder, folder)
    if not found:
        places = folders_of(_walk(folder), folder)
        if len(places) != 1:
            raise refusal(folder, _no_page(places, folder))
        place = places[0]
        found = _pages_in_folder(place, folder)
    if sum(not page.passed_over for page in found) > MAX_PAGES:
        template = N_("There are more than {limit} Markdown pages in this folder.")
        raise refusal(place, Fault(template, values=(("limit", MAX_PAGES),)))
    taken = {page.path for page in found}
    return [*found, *(_page_below(path, folder) for path in _walk(place) if path not in taken)]


def _pages_in_folder(folder: Path, chosen: Path) -> list[FoundPage]:
    """The pages in a folder and the index pages one below; none without one that can be read."""
    children = _entries(folder)
    pages = [_page_in_folder(path, chosen) for path in children if _is_page(path)]
    spare: list[FoundPage] = []
    for child in children:
        paths = [path for path in _entries(child) if _is_page(path)] if child.is_dir() else []
        indexes = [path for path in paths if _is_index(path)]
        indexes.sort(key=lambda path: (_INDEX_NAMES.index(_base_name(path)), len(path.name)))
        others = [path for path in paths if indexes and not _is_index(path)]
        spare += [
            _index_page(path, chosen, passed_over=SECOND_INDEX) for path in [*indexes[1:], *others]
        ]
        pages += [_index_page(path, chosen) for path in indexes[:1]]
    return [*pages, *spare]


def _page_in_folder(path: Path, chosen: Path) -> FoundPage:
    return FoundPage(
        path,
        _name_below(path, chosen),
        None if _is_index(path) else level_in_name(path.stem),
        leading_number(path.stem),
        may_hold_levels=_base_name(path) != _LIST_PAGE,
    )


def _index_page(path: Path, chosen: Path, *, passed_over: str = "") -> FoundPage:
    folder = path.parent.name
    return FoundPage(
        path,
        _name_below(path, chosen),
        level_in_name(folder),
        leading_number(folder),
        passed_over,
        may_hold_levels=_base_name(path) != _LIST_PAGE,
    )


def _page_below(path: Path, chosen: Path) -> FoundPage:
    return FoundPage(path, _name_below(path, chosen), passed_over=BELOW_THE_FOLDER)


def _name_below(path: Path, chosen: Path) -> str:
    return path.relative_to(chosen).as_posix()


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise read_error(error, folder) from error


# ---- pages further down ------------------------------------------------------------------------


def folders_of(pages: Iterable[Path], chosen: Path) -> list[Path]:
    """The topmost folders below the chosen one from which these pages would be read."""
    places = {_place_of(path, chosen) for path in pages}
    found: set[Path] = set()
    for place in sorted(places, key=lambda each: len(each.parts)):
        if found.isdisjoint(place.parents):
            found.add(place)
    return sorted(found)


def _place_of(path: Path, chosen: Path) -> Path:
    """The folder to choose for a page; an index page goes by the folder above its own."""
    folder = path.parent
    return folder.parent if _is_index(path) and folder.parent != chosen else folder


def names_of(places: Sequence[Path], chosen: Path) -> str:
    """Folders below the chosen one in a sentence, at most ten."""
    names = [_name_below(place, chosen) for place in places[:MAX_EXAMPLES]]
    return ", ".join([*names, "…"] if len(places) > MAX_EXAMPLES else names)


def _walk(folder: Path) -> Iterator[Path]:
    """The pages in all folders below, not in hidden or linked ones and those we may not read."""
    return (path for path in islice(_files(folder, MAX_DEPTH), MAX_ENTRIES) if _is_page(path))


def _files(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for path in entries:
        yield path
        if depth and path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _files(path, depth - 1)


def _no_page(places: Sequence[Path], chosen: Path) -> Fault:
    if not places:
        return Fault(N_("There is no Markdown page (.md) in this folder."))
    return Fault(
        N_(
            "There is no Markdown page (.md) in this folder itself, but there are some in"
            " {folders}. Choose one of these folders."
        ),
        values=(("folders", names_of(places, chosen)),),
    )


# ---- names -------------------------------------------------------------------------------------


def _is_page(path: Path) -> bool:
    has_ending = path.suffix.lower() in PAGE_ENDINGS
    return has_ending and not path.name.startswith(".") and path.is_file()


def _is_index(path: Path) -> bool:
    return _base_name(path) in _INDEX_NAMES


def _base_name(path: Path) -> str:
    """The name without any ending: ``index`` of ``index.fr.md``."""
    return path.name.split(".")[0].lower()
