"""Teams of one client side by side: what they come to together, and who can ask whom.

Everything is counted from the areas themselves, each with weight 1, and never from averages of
averages. Nothing is ranked: a level says what a team needs, not how good it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from app.comparison.judging import Judge, nothing_judged
from app.comparison.relations import area_pairs
from app.figures.means import weighted_mean, weighted_sum
from app.model.comparability import have_same_scale, scope_digest
from app.model.maturity_model import MaturityModel
from app.session.session import DatedSession, Session, SessionSummary
from app.session.units import Unit
from app.words.sorting import SortKey, sort_key

ASK_FROM = 2
"""Levels between two teams from which one can ask the other: a step ahead is no experience yet."""


def is_ahead(level: Fraction, other: Fraction) -> bool:
    """True if a team at ``level`` can be asked by one at the other level."""
    return level - other >= ASK_FROM


Levels = Mapping[str, Fraction]
"""Scored, applicable areas by id."""


@dataclass(frozen=True, slots=True)
class Team:
    """A unit, or the organisation itself for ``None``, with its latest session.

    ``levels`` are those of areas that ask the same as in the model of the group.
    """

    unit: Unit | None
    session: Session
    levels: Levels

    @property
    def id(self) -> str:
        """Id of the unit; empty for the organisation itself."""
        return "" if self.unit is None else self.unit.id


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A unit with everything below it: mean of ``areas`` levels of ``teams`` sessions.

    ``mean`` is ``None`` while nothing is scored.
    """

    unit: Unit | None
    mean: Fraction | None
    areas: int
    teams: int


@dataclass(frozen=True, slots=True)
class LevelOfTeams:
    """The teams at one level, by id."""

    level: Fraction
    team_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Teams that can ask others about an area: all at one level, and those ahead by level."""

    asking: LevelOfTeams
    ahead: tuple[LevelOfTeams, ...]


@dataclass(frozen=True)
class AreaAcross:
    """An area in all teams: level by team id, of those that have one."""

    area_id: str
    dimension_id: str
    levels: Levels

    @property
    def spread(self) -> Fraction:
        """Levels between the lowest and the highest team; 0 for fewer than two."""
        found = self.by_level
        return found[-1].level - found[0].level if found else Fraction(0)

    @cached_property
    def mean(self) -> Fraction | None:
        """The mean of all teams, each with weight 1; ``None`` where none has a level."""
        return weighted_mean((Fraction(len(each.team_ids)), each.level) for each in self.by_level)

    @cached_property
    def by_level(self) -> tuple[LevelOfTeams, ...]:
        """The teams at each level that some have, lowest level first."""
        found: dict[Fraction, list[str]] = {}
        for team_id, level in self.levels.items():
            found.setdefault(level, []).append(team_id)
        return tuple(LevelOfTeams(level, tuple(found[level])) for level in sorted(found))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Who can ask whom, lowest level first: those that are two or more levels ahead."""
        by_level = self.by_level
        found = (
            Question(each, tuple(other for other in by_level if is_ahead(other.level, each.level)))
            for each in by_level
        )
        return tuple(question for question in found if question.ahead)

    def can_ask(self) -> dict[str, tuple[str, ...]]:
        """Teams that can ask others, each with those that are two or more levels ahead."""
        asked: dict[str, tuple[str, ...]] = {}
        for question in self.questions:
            level = question.asking.level
            others = tuple(
                other for other, reached in self.levels.items() if is_ahead(reached, level)
            )
            asked.update(dict.fromkeys(question.asking.team_ids, others))
        return {team_id: asked[team_id] for team_id in self.levels if team_id in asked}


@dataclass(frozen=True)
class TeamGroup:
    """Teams on one model, in alphabetical order; other models stand apart."""

    model: MaturityModel
    teams: tuple[Team, ...]

    @property
    def scopes_differ(self) -> bool:
        """True if totals of the teams must not be compared with one another."""
        scopes = {scope_digest(team.session.scope) for team in self.teams}
        return len(scopes) > 1

    @cached_property
    def areas(self) -> tuple[AreaAcross, ...]:
        """Every area of the model, in its order."""
        return tuple(
            AreaAcross(
                area.id,
                dimension.id,
                {team.id: team.levels[area.id] for team in self.teams if area.id in team.levels},
            )
            for dimension, area in self.model.entries()
        )

    @property
    def widest(self) -> tuple[AreaAcross, ...]:
        """Areas in which teams differ, widest spread first, then in model order."""
        return tuple(
            sorted((area for area in self.areas if area.spread), key=lambda area: -area.spread)
        )

    def nobody_above(self, level: int) -> tuple[AreaAcross, ...]:
        """Areas scored somewhere in which no team is above a level: nobody inside can be asked."""
        return tuple(
            area for area in self.areas if area.levels and area.by_level[-1].level <= level
        )

    @property
    def overall(self) -> RolledUp:
        """All areas of all teams."""
        return _rolled_up(None, self.teams)

    def dimension(self, dimension_id: str) -> RolledUp:
        """The areas of one dimension in all teams."""
        inside = [area for area in self.areas if area.dimension_id == dimension_id]
        mean = weighted_mean(
            (Fraction(len(each.team_ids)), each.level) for area in inside for each in area.by_level
        )
        return RolledUp(None, mean, sum(len(area.levels) for area in inside), len(self.teams))

    def within(self, unit_ids: Collection[str]) -> TeamGroup:
        """The same model with only the teams of these units."""
        return TeamGroup(self.model, tuple(team for team in self.teams if team.id in unit_ids))

    def roll_up(self, units: Sequence[Unit]) -> tuple[RolledUp, ...]:
        """Each unit with everything below it, units in the order given."""
        parent_of = {unit.id: unit.parent_id for unit in units}
        below: dict[str, list[Team]] = {unit.id: [] for unit in units}
        for team in self.teams:
            unit_id: str | None = team.id
            met: set[str] = set()
            while unit_id in below and unit_id not in met:  # a circle would be a damaged tree
                below[unit_id].append(team)
                met.add(unit_id)
                unit_id = parent_of[unit_id]
        return tuple(_rolled_up(unit, below[unit.id]) for unit in units)


def _rolled_up(unit: Unit | None, teams: Sequence[Team]) -> RolledUp:
    levels = [level for team in teams for level in team.levels.values()]
    return RolledUp(unit, mean_of(levels), len(levels), len(teams))


def mean_of(levels: Sequence[Fraction]) -> Fraction | None:
    """The mean of levels, each with weight 1; ``None`` for none."""
    one = Fraction(1)
    return weighted_sum((one, level) for level in levels) / len(levels) if levels else None


Assessed = TypeVar("Assessed", Session, SessionSummary, DatedSession)


def latest_of_each_unit(sessions: Iterable[Assessed]) -> tuple[Assessed, ...]:
    """The newest session of each unit; of two on one day the one that comes first.

    One without any level counts only for a unit that has no other, because it may be a workshop
    that is still to come.
    """
    found: dict[str, Assessed] = {}
    for session in sessions:
        unit_id = "" if session.unit is None else session.unit.id
        known = found.get(unit_id)
        if known is None or (session.is_scored, session.date) > (known.is_scored, known.date):
            found[unit_id] = session
    return tuple(found.values())


def team_groups(latest: Iterable[Session], judge: Judge = nothing_judged) -> tuple[TeamGroup, ...]:
    """The :func:`latest_of_each_unit`, those on one model together, the largest group first.

    Sessions on several versions of a model belong together where the scale is the same; areas
    whose texts differ from the newest version do not count, unless ``judge`` tells that they are
    equal to one of it. Teams come in alphabetical order of their own names, wherever they are in
    the tree; the organisation itself comes first.
    """
    in_order = sorted(
        latest,
        key=lambda session: () if session.unit is None else _place(session.unit.names),
    )
    groups: list[list[Session]] = []
    for session in in_order:
        for group in groups:
            if _belong_together(group[0], session):
                group.append(session)
                break
        else:
            groups.append([session])
    made = (_group(group, judge) for group in groups)
    return tuple(sorted(made, key=lambda group: -len(group.teams)))


def _place(names: Sequence[str]) -> tuple[SortKey, ...]:
    """Key of the alphabetical order: the own name, then those of the units above it."""
    return tuple(sort_key(name) for name in (names[-1], *names))


def _belong_together(one: Session, other: Session) -> bool:
    return one.model.id == other.model.id and have_same_scale(one.model, other.model)


def _group(sessions: Sequence[Session], judge: Judge) -> TeamGroup:
    newest = max(sessions, key=lambda session: session.date)
    ids: dict[tuple[int, str], Mapping[str, str]] = {}  # many sessions share model and language
    teams = []
    for session in sessions:
        key = (id(session.model), session.language)
        if key not in ids:
            ids[key] = _ids_in(newest, session, judge)
        teams.append(Team(session.unit, session, _levels(session, ids[key])))
    return TeamGroup(newest.model, tuple(teams))


def _ids_in(newest: Session, session: Session, judge: Judge) -> Mapping[str, str]:
    """Areas of a session that ask the same in the newest one, with their ids there."""
    pairs = area_pairs(session, newest, judge(session, newest).equal)
    return {
        pair.area_then: pair.area_id
        for pair in pairs
        if pair.relation.is_comparable and pair.area_then
    }


def _levels(session: Session, ids: Mapping[str, str]) -> Levels:
    return {
        ids[rating.area_id]: rating.level
        for rating in session.all_ratings()
        if rating.level is not None and rating.is_applicable and rating.area_id in ids
    }


def team_marks(units: Iterable[Unit | None], organisation_name: str = "") -> dict[str, str]:
    """A short unique mark for each unit by id: letters of their names, or else numbers from 1.

    The organisation itself is ``None`` with the id ``""``. Letters and numbers are handed out in
    alphabetical order of the names; numbers go to all as soon as one finds no free letter,
    so that a number is always the place in that order.
    """
    names = {
        "" if unit is None else unit.id: (organisation_name,) if unit is None else unit.names
        for unit in units
    }
    ids = sorted(names, key=lambda each: (_place(names[each]), each))
    own_names = {each: names[each][-1].upper() for each in ids}
    frequency = Counter(word for name in own_names.values() for word in set(_WORDS.findall(name)))
    marks: dict[str, str] = {}
    for unit_id in ids:
        free = (x for x in _letters(own_names[unit_id], frequency) if x not in marks.values())
        letter = next(free, None)
        if letter is None:
            return {each: str(number) for number, each in enumerate(ids, start=1)}
        marks[unit_id] = letter
    return marks


_WORDS = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("AEIOUÄÖÜ")


def _letters(name: str, frequency: Mapping[str, int]) -> Iterator[str]:
    """The letters of a name, best first: first letters before consonants before vowels.

    Words that no other unit has come first: of *Data team* and *Payments team* D and P, not T.
    """
    for word in sorted(_WORDS.findall(name), key=lambda each: frequency[each]):
        yield word[0]
        yield from (letter for letter in word if letter not in _VOWELS)
        yield from word
