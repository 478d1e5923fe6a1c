"""Read a planning problem from a JSON file; reports all faults at once."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.errors import Fault
from app.planning.deriving import (
    TOO_MANY_FIGURES,
    Need,
    StepAttributes,
    StepCircle,
    periodic,
    problem_of,
    with_blocks,
)
from app.planning.problem import Limits, PlannedArea, Problem, StepKey
from app.session.field_types.records import TWICE
from app.session.quarters import Quarter
from app.words.texts import N_
from data.fault_words import NO_AREA, NO_AREA_BUT, Place, closest, path_in_words, shortened
from data.files import decode_text, read_bytes, refusal
from data.plans.schema import SENTENCES, InstanceEntry, LevelOfArea
from data.pydantic_faults import faults_of
from data.strict_json import exact_number, parsed, refused_as

MAX_BYTES = 100_000_000
REFUSED = N_("“{file}” is not a valid planning problem; nothing was planned.")


@dataclass(frozen=True, slots=True)
class Overrides:
    """Values that replace those of the file, where given."""

    capacity: tuple[Fraction, ...] | None = None
    periods: int | None = None
    start: Quarter | None = None

    def applied_to(self, document: Any) -> Any:
        """The document with these values."""
        if not isinstance(document, dict):
            return document
        given = {
            "capacity": None if self.capacity is None else list(self.capacity),
            "periods": None if self.periods is None else Fraction(self.periods),
            "start": None if self.start is None else str(self.start),
        }
        return {**document, **{key: value for key, value in given.items() if value is not None}}


def read_instance(path: Path, overrides: Overrides = Overrides()) -> Problem:
    """Read the planning problem in a file.

    Raises ``InvalidFile`` with every fault, each with its place such as ``steps.3.effort``, and
    ``StorageUnavailable`` where the file cannot be read.
    """
    text = decode_text(read_bytes(path, REFUSED, MAX_BYTES), path, REFUSED)
    with refused_as(REFUSED, path, text):
        document = parsed(text, exact_number)
        json.dumps(document, ensure_ascii=False, default=str).encode("utf-8")
    document = overrides.applied_to(document)
    try:
        entry = InstanceEntry.model_validate(document)
    except ValidationError as error:
        wrong = faults_of(error, InstanceEntry, _FaultIn(document), SENTENCES)
        raise refusal(REFUSED, path, *wrong) from error
    if faults := [*_duplicates(entry), *_unknown_areas(entry), *_outside_the_horizon(entry)]:
        raise refusal(REFUSED, path, *faults)
    try:
        problem = _problem(entry)
    except StepCircle as circle:
        fault = Fault(circle.template, 0, "prerequisites", tuple(circle.values.items()))
        raise refusal(REFUSED, path, fault) from circle
    if faults := list(_not_planned(entry, problem)):
        raise refusal(REFUSED, path, *faults)
    return problem


def _fault(template: str, *place: str | int, **values: object) -> Fault:
    return Fault(template, 0, path_in_words(place), tuple(values.items()))


@dataclass(frozen=True, slots=True)
class _FaultIn:
    """Makes faults at places of a document."""

    document: Any

    def __call__(self, template: str, place: Place, /, **values: object) -> Fault:
        """The fault with this sentence; a number in place of a list has no position in it."""
        inner, real = self.document, []
        for part in place:
            if isinstance(part, int) and not isinstance(inner, list):
                continue
            real.append(part)
            try:
                inner = inner[part]
            except (LookupError, TypeError):
                inner = None
        return _fault(template, *real, **values)


# ---- faults between entries --------------------------------------------------------------------


def _duplicates(entry: InstanceEntry) -> Iterator[Fault]:
    """Entries that may contradict each other; a prerequisite or a block may be there twice."""
    areas: list[tuple[str, Hashable]] = [(area.id, area.id) for area in entry.areas]
    yield from _twice("areas", areas)
    yield from _twice("teams", [(team.id, team.id) for team in entry.teams])
    yield from _twice("budget", [(str(each.year), each.year) for each in entry.budget])
    for name, entries in (("steps", entry.steps), ("pins", entry.pins), ("due", entry.due)):
        yield from _twice(name, [(_named(each), _key(each)) for each in entries])


def _twice(where: str, entries: Iterable[tuple[str, Hashable]]) -> Iterator[Fault]:
    """A fault for every key that was there before; entries are names and keys."""
    seen: set[Hashable] = set()
    for index, (name, key) in enumerate(entries):
        if key in seen:
            yield _fault(TWICE, where, index, key=shortened(name))
        seen.add(key)


def _key(entry: LevelOfArea) -> StepKey:
    return entry.area, entry.level


def _named(entry: LevelOfArea) -> str:
    return f"{entry.area} {entry.level}"


def _unknown_areas(entry: InstanceEntry) -> Iterator[Fault]:
    known = [area.id for area in entry.areas]
    known_ids = set(known)
    for place, named in _places_with_areas(entry):
        if named.area in known_ids:
            continue
        suggestion = closest(named.area, known)
        where, id_ = (*place, "area"), shortened(named.area)
        if suggestion:
            yield _fault(NO_AREA_BUT, *where, id=id_, suggestion=suggestion)
        else:
            yield _fault(NO_AREA, *where, id=id_)


def _places_with_areas(entry: InstanceEntry) -> Iterator[tuple[Place, LevelOfArea]]:
    for name, entries in (
        ("steps", entry.steps),
        ("prerequisites", entry.prerequisites),
        ("pins", entry.pins),
        ("due", entry.due),
    ):
        for index, each in enumerate(entries):
            yield (name, index), each
    for index, prerequisite in enumerate(entry.prerequisites):
        yield ("prerequisites", index, "requires"), prerequisite.requires


def _outside_the_horizon(entry: InstanceEntry) -> Iterator[Fault]:
    capacities: list[tuple[Place, list[Fraction]]] = [
        (("capacity",), entry.capacity),
        *((("teams", i, "capacity"), team.capacity) for i, team in enumerate(entry.teams)),
    ]
    for place, figures in capacities:
        if len(figures) > entry.periods:
            yield _fault(
                TOO_MANY_FIGURES,
                *place,
                count=len(figures),
                periods=entry.periods,
            )
    periods = [(("blocked", index), period) for index, period in enumerate(entry.blocked)] + [
        (("pins", index, "start"), pin.start) for index, pin in enumerate(entry.pins)
    ]
    for place, period in periods:
        if period > entry.periods:
            yield _fault(
                N_("Period {period} is after the last one, {periods}."),
                *place,
                period=period,
                periods=entry.periods,
            )
    if entry.budget and entry.start is None:
        yield _fault(
            N_("A budget of a calendar year needs the quarter of period 1: add the key start."),
            "budget",
        )


def _not_planned(entry: InstanceEntry, problem: Problem) -> Iterator[Fault]:
    """Pins and fixed dates of levels above the target, or of areas without a current level.

    On levels that are reached they are void.
    """
    current = {area.id: area.current for area in entry.areas}
    targets = {area.id: area.target for area in problem.areas}
    for name, entries in (("pins", entry.pins), ("due", entry.due)):
        for index, each in enumerate(entries):
            reached = current[each.area]
            if reached is None:
                yield _fault(
                    N_("“{area}” has no current level, so none of its levels is planned."),
                    name, index, area=shortened(each.area),
                )  # fmt: skip
            elif each.level > max(targets[each.area], floor(reached)):
                yield _fault(
                    N_("Level {level} of “{area}” is above its target {target}."),
                    name, index,
                    level=each.level, area=shortened(each.area), target=targets[each.area],
                )  # fmt: skip


# ---- the problem -------------------------------------------------------------------------------


def _problem(entry: InstanceEntry) -> Problem:
    return problem_of(
        [
            PlannedArea(area.id, area.weight, area.current, area.target, area.target)
            for area in entry.areas
            if area.current is not None
        ],
        [Need(_key(each), _key(each.requires)) for each in entry.prerequisites],
        {
            _key(each): StepAttributes(
                each.benefit, each.effort, each.duration, each.cost, each.team
            )
            for each in entry.steps
        },
        _limits(entry),
    )


def _limits(entry: InstanceEntry) -> Limits:
    unblocked = periodic(entry.capacity, entry.periods)
    blocked = frozenset(entry.blocked)
    teams: Mapping[str, tuple[Fraction, ...]] = {
        team.id: periodic(team.capacity, entry.periods) for team in entry.teams
    }
    return Limits(
        capacity=with_blocks(unblocked, blocked),
        blocked=blocked,
        teams=teams,
        parallel=entry.parallel,
        budgets={each.year: each.amount for each in entry.budget},
        start=entry.start,
        pins={_key(each): each.start for each in entry.pins},
        due={_key(each): each.by for each in entry.due},
        first_period_at_least=entry.first_period_at_least,
        unblocked_capacity=unblocked,
    )
