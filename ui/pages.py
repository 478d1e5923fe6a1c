"""Table of the pages: which there are, and which belong together.

Pages of one family share a button in the header and lead to each other by tabs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.words.texts import N_


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page.

    ``tab`` is its name among the pages of its ``family``. One that ``names_all_clients`` is never
    the next tab: a slip of a key must not put other clients on the wall.
    """

    name: str
    family: str
    tab: str
    needs_session: bool = True
    names_all_clients: bool = False


PAGES: tuple[PageSpec, ...] = (
    PageSpec("library", "library", N_("Sessions"), needs_session=False),
    PageSpec("teams", "library", N_("Teams"), needs_session=False),
    PageSpec("portfolio", "library", N_("Portfolio"), needs_session=False, names_all_clients=True),
    PageSpec("scoring", "scoring", N_("Scoring")),
    PageSpec("results", "results", N_("Profile")),
    PageSpec("compare", "results", N_("Compare")),
    PageSpec("targets", "roadmap", N_("Targets")),
    PageSpec("priorities", "roadmap", N_("Priorities")),
    PageSpec("board", "roadmap", N_("Board")),
    PageSpec("timeline", "roadmap", N_("Timeline")),
    PageSpec("table", "roadmap", N_("Table")),
)

PAGE_BY_NAME = {spec.name: spec for spec in PAGES}

FIRST_PAGES: dict[str, PageSpec] = {spec.family: spec for spec in reversed(PAGES)}
"""By family the page that its button in the header leads to."""


def family(name: str) -> Iterator[PageSpec]:
    """The pages that belong to the same family as this one, itself included."""
    return (spec for spec in PAGES if spec.family == PAGE_BY_NAME[name].family)


def neighbour(name: str, step: int) -> str:
    """The page so many tabs further in its family, round the end; none that names all clients."""
    names = [spec.name for spec in family(name) if spec.name == name or not spec.names_all_clients]
    return names[(names.index(name) + step) % len(names)]
