"""Commands ``unit``: the teams of one organisation side by side and together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from app.comparison.stored import stored_decisions
from app.comparison.teams import (
    AreaAcross,
    Levels,
    RolledUp,
    Team,
    TeamGroup,
    latest_of_each_unit,
    team_groups,
)
from app.session.units import Unit
from app.words.numbers import MEAN_PLACES, plain
from app.words.sorting import sort_key
from app.words.texts import N_, Translator
from stufenplan.commands.console import (
    TEXT,
    Console,
    Group,
    WholeNumber,
    json_option,
    option,
    pass_console,
    print_json,
    print_table,
    write,
)
from stufenplan.commands.opened import find_client, find_unit, opened
from stufenplan.commands.session_heads import session_head
from stufenplan.commands.session_text import LINE_WIDTH

if TYPE_CHECKING:
    from stufenplan.commands.answers import (
        AreaOfTeams,
        AskedTeam,
        RolledUpUnit,
        RollUp,
        TeamsOnModel,
    )


@click.group(cls=Group, help=N_("Units: departments and teams of an organisation."))
def unit() -> None:
    """Everything about units."""


@unit.command("rollup", help=N_("Set the latest sessions of all teams side by side."))
@click.argument("client", type=TEXT, metavar="CLIENT")
@option(
    "--unit",
    "path",
    type=TEXT,
    default=None,
    metavar="NAME",
    help=N_("Only this unit and those below it; a slash leads from one down to the next."),
)
@option(
    "--level",
    type=WholeNumber(0, 10),
    default=2,
    help=N_("Name areas in which no team is above this level. Otherwise 2."),
)
@json_option
@pass_console
def _roll_up(console: Console, client: str, path: str | None, level: int, as_json: bool) -> None:
    with opened(console) as library:
        organisation = find_client(library, client)
        top = None if path is None else find_unit(library, organisation, path)
        units = _units_in(library.units(organisation.id), top)
        ids = {each.id for each in units} | ({None} if top is None else set())
        inside = [
            dated
            for dated in library.dated_sessions(organisation.id)
            if (dated.unit and dated.unit.id) in ids
        ]
        sessions = [library.load_session(each.id) for each in latest_of_each_unit(inside)]
        groups = team_groups(sessions, stored_decisions(library, organisation.id))
    if as_json:
        answer: RollUp = {
            "organisation": organisation.name,
            "unit": None if top is None else top.full_name,
            "models": [_group_keys(group, units, level) for group in groups],
        }
        print_json(answer)
        return
    write(organisation.name if top is None else f"{organisation.name} · {top.full_name}")
    if not groups:
        console.say(N_("No unit has a session yet."))
    for group in groups:
        write()
        _Printed(group, units, console.translator).all(level)


def _units_in(units: Sequence[Unit], top: Unit | None) -> tuple[Unit, ...]:
    """The units of a tree, or those below one of them with itself, in alphabetical order."""
    inside = [each for each in units if top is None or each.names[: len(top.names)] == top.names]
    return tuple(sorted(inside, key=lambda each: [sort_key(name) for name in each.names]))


# ---- JSON --------------------------------------------------------------------------------------


def _group_keys(group: TeamGroup, units: Sequence[Unit], level: int) -> TeamsOnModel:
    return {
        "model": group.model.id,
        "scopes_differ": group.scopes_differ,
        "teams": [{**session_head(team.session), "unit_id": team.id} for team in group.teams],
        "overall": _plain_mean(group.overall),
        "areas_counted": group.overall.areas,
        "dimensions": [
            {"id": each.id, "mean": _plain_mean(group.dimension(each.id))}
            for each in group.model.dimensions
        ],
        "units": [_unit_keys(each) for each in group.roll_up(units)],
        "areas": [_area_keys(area) for area in group.areas],
        "widest": [area.area_id for area in group.widest],
        "can_ask": [asked for area in group.areas for asked in _asked_keys(area)],
        "nobody_above": {
            "level": level,
            "areas": [area.area_id for area in group.nobody_above(level)],
        },
    }


def _plain_mean(rolled: RolledUp) -> float | None:
    return None if rolled.mean is None else plain(rolled.mean)


def _unit_keys(rolled: RolledUp) -> RolledUpUnit:
    of = rolled.unit
    return {
        "id": "" if of is None else of.id,
        "name": "" if of is None else of.full_name,
        "parent": None if of is None else of.parent_id,
        "mean": _plain_mean(rolled),
        "areas": rolled.areas,
        "teams": rolled.teams,
    }


def _area_keys(area: AreaAcross) -> AreaOfTeams:
    return {
        "id": area.area_id,
        "dimension": area.dimension_id,
        "levels": [
            {"unit": unit_id, "level": plain(level)} for unit_id, level in area.levels.items()
        ],
        "spread": plain(area.spread),
    }


def _asked_keys(area: AreaAcross) -> list[AskedTeam]:
    return [
        {"area": area.area_id, "unit": unit_id, "ask": list(others)}
        for unit_id, others in area.can_ask().items()
    ]


# ---- text --------------------------------------------------------------------------------------


class _Printed:
    """Teams on one model, as text."""

    def __init__(self, group: TeamGroup, units: Sequence[Unit], tr: Translator) -> None:
        self._group = group
        self._units = units
        self._tr = tr
        self._names = {team.id: self._name_of(team) for team in group.teams}
        self._language = group.teams[0].session.language

    def _name_of(self, team: Team) -> str:
        return team.session.organisation.name if team.unit is None else team.unit.full_name

    def all(self, level: int) -> None:
        """Everything, from the whole to the single area."""
        tr, group = self._tr, self._group
        write(group.model.name.line_in(tr.language) or group.model.id)
        overall = group.overall
        write(
            tr.ngettext(
                "Average of {n} area of all teams, each with weight 1: {mean}",
                "Average of {n} areas of all teams, each with weight 1: {mean}",
                overall.areas,
                mean=tr.number(overall.mean, MEAN_PLACES),
            )
        )
        if group.scopes_differ:
            write(tr.gettext("The scopes differ, so totals of teams are not to be compared."))
        write()
        self._print_units()
        self._print_spread()
        self._print_who_can_ask()
        self._print_nobody(level)

    def _print_units(self) -> None:
        tr = self._tr
        rows = [
            [
                "" if rolled.unit is None else rolled.unit.full_name,
                str(rolled.teams),
                str(rolled.areas),
                tr.number(rolled.mean, MEAN_PLACES),
            ]
            for rolled in self._group.roll_up(self._units)
        ]
        head = [tr.gettext(word) for word in _UNIT_HEADS]
        if rows:
            print_table(head, rows, right=frozenset({1, 2, 3}))
            write()

    def _print_spread(self) -> None:
        tr = self._tr
        if not self._group.widest:
            return
        rows = [
            [self._area(area), tr.number(area.spread), self._levels(area.levels)]
            for area in self._group.widest
        ]
        print_table([tr.gettext(word) for word in _SPREAD_HEADS], rows, right=frozenset({1}))
        write()

    def _levels(self, levels: Levels) -> str:
        """Teams by level, lowest first: ``2 Data; 4 Payments, Platform``."""
        by_level: dict[str, list[str]] = {}
        for unit_id, level in sorted(levels.items(), key=lambda each: each[1]):
            by_level.setdefault(self._tr.number(level), []).append(self._names[unit_id])
        return "; ".join(f"{level} {', '.join(names)}" for level, names in by_level.items())

    def _print_who_can_ask(self) -> None:
        tr = self._tr
        for area in self._group.areas:
            for unit_id, others in area.can_ask().items():
                said = tr.gettext(
                    "{area}: {team} ({level}) can ask {others}.",
                    area=self._area(area),
                    team=self._names[unit_id],
                    level=tr.number(area.levels[unit_id]),
                    others=", ".join(
                        f"{self._names[other]} ({tr.number(area.levels[other])})"
                        for other in others
                    ),
                )
                write(click.wrap_text(said, LINE_WIDTH, "", "  "))

    def _print_nobody(self, level: int) -> None:
        names = ", ".join(self._area(area) for area in self._group.nobody_above(level))
        if names:
            tr = self._tr
            said = tr.gettext("No team is above {level}: {areas}", level=level, areas=names)
            write(click.wrap_text(said, LINE_WIDTH, "", "  "))

    def _area(self, area: AreaAcross) -> str:
        return self._group.model.area(area.area_id).label.line_in(self._language)


_UNIT_HEADS = (N_("Unit"), N_("Teams"), N_("Areas"), N_("Average"))
_SPREAD_HEADS = (N_("Area"), N_("Spread"), N_("Levels"))
