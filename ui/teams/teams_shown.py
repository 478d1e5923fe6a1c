"""Teams in view: those of a unit on one model, and all that is said about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from app.comparison.teams import (
    AreaAcross,
    Levels,
    RolledUp,
    Team,
    TeamGroup,
    mean_of,
    team_groups,
    team_marks,
)
from app.session.units import Unit
from app.words.texts import Translator
from ui.teams.latest_reader import ClientTeams

_MOST_NAMES = 12
ORGANISATION = ""
"""Id of the organisation itself, which is the top of the tree."""


@dataclass(frozen=True)
class Board:
    """The client with its teams on every model; ``marks`` and ``names`` by id of the unit."""

    client: ClientTeams
    groups: tuple[TeamGroup, ...]
    marks: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, client: ClientTeams) -> Board:
        """Set up everything that does not depend on the selection."""
        groups = team_groups(client.sessions, client.judge)
        teams = [team for group in groups for team in group.teams]
        marks = team_marks((team.unit for team in teams), client.organisation.name)
        return cls(client, groups, marks, _names(client))

    @cached_property
    def latest(self) -> Mapping[str, Team]:
        """The team of each unit that has a session."""
        return {team.id: team for group in self.groups for team in group.teams}

    @cached_property
    def group_of(self) -> Mapping[str, int]:
        """Place of the group of each team."""
        return {team.id: place for place, group in enumerate(self.groups) for team in group.teams}

    @cached_property
    def children(self) -> Mapping[str, Sequence[Unit]]:
        """The units right below each unit, in their order."""
        known = {unit.id for unit in self.client.units}
        found: dict[str, list[Unit]] = {}
        for unit in self.client.units:
            parent = unit.parent_id if unit.parent_id in known else None
            found.setdefault(parent or ORGANISATION, []).append(unit)
        return found

    def is_inner(self, unit_id: str) -> bool:
        """True if there are units below this one."""
        return unit_id == ORGANISATION or unit_id in self.children

    def below(self, unit_id: str) -> frozenset[str]:
        """Ids of a unit and of everything below it."""
        found, waiting = {unit_id}, [unit_id]
        while waiting:
            inner = {unit.id for unit in self.children.get(waiting.pop(), ())} - found
            found |= inner  # a circle would be a damaged tree
            waiting += inner
        return frozenset(found)


def _names(client: ClientTeams) -> dict[str, str]:
    """Short names where they are unique, else with those of the units above."""
    taken = Counter(unit.name for unit in client.units)
    names = {
        unit.id: unit.name if taken[unit.name] == 1 else unit.full_name for unit in client.units
    }
    return {ORGANISATION: client.organisation.name, **names}


@dataclass(frozen=True, eq=False)
class Scope:
    """The teams in and below a unit that are on one model."""

    board: Board
    unit_id: str
    group: TeamGroup

    @classmethod
    def of(cls, board: Board, group: TeamGroup, unit_id: str) -> Scope:
        """Those of a unit; for a single team all of the client, in which it is looked at."""
        top = unit_id if board.is_inner(unit_id) else ORGANISATION
        inside = group if top == ORGANISATION else group.within(board.below(top))
        return cls(board, top, inside)

    @cached_property
    def overall(self) -> RolledUp:
        """All areas of all teams."""
        return self.group.overall

    @cached_property
    def dimensions(self) -> tuple[tuple[str, Fraction | None], ...]:
        """The mean of all areas of each dimension in all teams."""
        return tuple(
            (each.id, self.group.dimension(each.id).mean) for each in self.group.model.dimensions
        )

    @cached_property
    def areas(self) -> tuple[AreaAcross, ...]:
        """Areas with a level, widest spread first, then in model order."""
        scored = [area for area in self.group.areas if area.levels]
        return tuple(sorted(scored, key=lambda area: -area.spread))

    @cached_property
    def left_out(self) -> int:
        """Levels that do not count, because other versions of the model ask something else."""
        return sum(
            sum(r.level is not None and r.is_applicable for r in team.session.ratings.values())
            - len(team.levels)
            for team in self.group.teams
        )

    def means(self, levels: Levels, *, by_area: bool) -> list[Fraction | None]:
        """A team's profile: a level per area, or a mean per dimension."""
        if by_area:
            return [levels.get(area.id) for area in self.group.model.areas]
        return [
            mean_of([levels[area.id] for area in dimension.areas if area.id in levels])
            for dimension in self.group.model.dimensions
        ]

    @cached_property
    def area_means(self) -> list[Fraction | None]:
        """The mean of each area in all teams."""
        return [area.mean for area in self.group.areas]

    def means_of_all(self, *, by_area: bool) -> list[Fraction | None]:
        """The profile of all areas of all teams."""
        return self.area_means if by_area else [mean for _, mean in self.dimensions]


def counted_teams(count: int, tr: Translator) -> str:
    """So many teams."""
    return tr.ngettext("{n} team", "{n} teams", count)


def named_teams(team_ids: Collection[str], names: Mapping[str, str], tr: Translator) -> str:
    """Names of some teams, the number of many."""
    if len(team_ids) > _MOST_NAMES:
        return counted_teams(len(team_ids), tr)
    return listed(names[each] for each in team_ids)


def listed(names: Iterable[str]) -> str:
    """Names one after the other."""
    return ", ".join(names)
