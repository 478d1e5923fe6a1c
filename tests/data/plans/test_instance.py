"""Planning problems from JSON files: exact numbers, defaults, and every fault at its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Fault, InvalidFile
from app.planning.problem import Problem
from app.session.quarters import Quarter
from app.words.texts import translator_for
from data.plans.instance import Overrides, read_instance
from tests.app.planning.samples import r1

Read = Callable[..., Problem]
Refused = Callable[..., list[str]]

AS_WRITTEN = Overrides()
AREAS = [
    {"id": "A", "weight": 3, "current": 2, "target": 4},
    {"id": "B", "current": 1.5, "target": 3},
]


def document(**more: Any) -> dict[str, Any]:
    return {"areas": AREAS, "capacity": 40, "periods": 8, **more}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a document, or the text of a file."""

    def read(content: dict[str, Any] | str, overrides: Overrides = AS_WRITTEN) -> Problem:
        file = tmp_path / "problem.json"
        text = content if isinstance(content, str) else json.dumps(content)
        file.write_text(text, encoding="utf-8")
        return read_instance(file, overrides)

    return read


@pytest.fixture
def refused(read: Read) -> Refused:
    """The faults of a document."""

    def refused(content: dict[str, Any] | str, overrides: Overrides = AS_WRITTEN) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            read(content, overrides)
        return caught.value.lines(translator_for("en"))

    return refused


def named(area: str, level: int, **more: Any) -> dict[str, Any]:
    return {"area": area, "level": level, **more}


def test_vector_r1_is_read_from_the_documented_keys(read: Read) -> None:
    problem = read(
        {
            "areas": [
                {"id": "A", "weight": 3, "current": 2, "target": 4},
                {"id": "B", "weight": 2, "current": 1, "target": 3},
                {"id": "C", "weight": 1, "current": 3, "target": 5},
                {"id": "D", "weight": 3, "current": 2, "target": 3},
            ],
            "steps": [
                named("A", 3, benefit=5, effort=20, duration=1),
                named("A", 4, benefit=3, effort=30),
                named("B", 2, benefit=3, effort=10),
                named("B", 3, benefit=5, effort=20),
                named("C", 4, benefit=2, effort=15),
                named("C", 5, effort=25),
                named("D", 3, benefit=8, effort=40, duration=2),
            ],
            "prerequisites": [
                named("A", 4, requires=named("B", 2)),
                named("A", 4, requires=named("D", 3)),
                named("C", 5, requires=named("A", 4)),
            ],
            "capacity": 40,
            "periods": 8,
        }
    )
    assert problem == r1()


def test_what_is_left_out_or_null_takes_its_default(read: Read) -> None:
    problem = read(document(steps=[named("A", 3, effort=None)], parallel=None, start=None))
    step = problem.step(("A", 3))
    assert (step.benefit, step.effort, step.duration, step.cost, step.team) == (1, 1, 1, 0, "")
    assert problem.areas[1].weight == 1
    assert problem.step(("B", 2)).from_level == Fraction(3, 2)


def test_numbers_are_taken_exactly_as_they_are_written(read: Read) -> None:
    step = read(document(steps=[named("A", 3, effort=0.1, duration=2.0)])).step(("A", 3))
    assert (step.effort, step.duration) == (Fraction(1, 10), 2)


def test_every_limit_is_read(read: Read) -> None:
    limits = read(
        document(
            capacity=[40, 50],
            periods=3,
            teams=[{"id": "ops", "capacity": 12.5}],
            parallel=2,
            blocked=[3],
            budget=[{"year": 2027, "amount": 100}],
            start="2027-Q1",
            pins=[named("A", 3, start=2), named("A", 2, start=1)],
            due=[named("B", 3, by=99)],
            first_period_at_least=1,
        )
    ).limits
    assert limits.capacity == (40, 50, 0)
    assert limits.unblocked_capacity == (40, 50, 50)
    assert limits.teams == {"ops": (Fraction(25, 2),) * 3}
    assert (limits.parallel, limits.blocked, limits.budgets) == (2, {3}, {2027: 100})
    assert limits.start == Quarter(2027, 1)
    assert limits.pins == {("A", 3): 2}
    assert limits.due == {("B", 3): 99}
    assert limits.first_period_at_least == 1


def test_entries_of_levels_that_are_not_planned_are_ignored(read: Read) -> None:
    problem = read(
        document(
            steps=[named("A", 2, effort=9), named("A", 9)],
            prerequisites=[named("A", 9, requires=named("B", 9))],
        )
    )
    assert [step.key for step in problem.steps] == [("A", 3), ("A", 4), ("B", 2), ("B", 3)]
    assert problem.implied == ()


def test_capacity_periods_and_start_can_be_overridden(read: Read) -> None:
    given = Overrides((Fraction(1, 2),), 2, Quarter(2030, 4))
    limits = read({"areas": []}, given).limits
    assert (limits.capacity, limits.start) == ((Fraction(1, 2),) * 2, Quarter(2030, 4))


def test_every_value_of_the_wrong_kind_is_named_at_once(refused: Refused) -> None:
    faults = refused(
        document(
            areas=[{"id": "", "weight": 0, "current": 2.25, "target": "4"}, {"target": True}],
            steps=[named("A", 3, effort="20", duration=1.5, benefit=-1), 3],
            capacity=[40, -1],
            teams=[{"id": "ops", "capacity": "q"}],
            start="2027",
            stepz=[],
        )
    )
    assert [fault.split(": ")[0] for fault in faults] == [
        "areas.0.id",
        "areas.0.weight",
        "areas.0.current",
        "areas.0.target",
        "areas.1.id",
        "areas.1.current",
        "areas.1.target",
        "steps.0.benefit",
        "steps.0.effort",
        "steps.0.duration",
        "steps.1",
        "capacity.1",
        "teams.0.capacity",
        "start",
        "stepz",
    ]
    assert faults[-1].endswith("did you mean steps?")


def test_unknown_areas_duplicates_and_figures_beyond_the_horizon_are_named(
    refused: Refused,
) -> None:
    needs = named("A", 4, requires=named("Q", 3))
    faults = refused(
        document(
            areas=[*AREAS, AREAS[0]],
            steps=[named("B", 2), named("B", 2), named("Unknown", 3)],
            prerequisites=[needs],
            capacity=[40] * 9,
            blocked=[9],
            budget=[{"year": 2027, "amount": 1}],
        )
    )
    assert sorted(faults) == [
        "areas.2: “A” appears twice.",
        "blocked.0: Period 9 is after the last one, 8.",
        "budget: A budget of a calendar year needs the quarter of period 1: add the key start.",
        "capacity: There are 9 figures for 8 periods.",
        "prerequisites.0.requires.area: There is no area with the id Q.",
        "steps.1: “B 2” appears twice.",
        "steps.2.area: There is no area with the id Unknown.",
    ]


def test_a_prerequisite_or_a_block_that_is_there_twice_is_one(read: Read) -> None:
    needs = named("A", 3, requires=named("B", 2))
    once = read(document(prerequisites=[needs], blocked=[2]))
    assert read(document(prerequisites=[needs, needs], blocked=[2, 2])) == once


def test_more_areas_than_can_be_planned_are_refused(refused: Refused) -> None:
    assert refused(document(areas=[AREAS[0]] * 10_001)) == [
        "areas: There are too many entries: 10001; at most 10000 may be there."
    ]


def test_pins_and_dates_above_the_target_are_faults_unless_it_is_implied(
    read: Read, refused: Refused
) -> None:
    pins = {"pins": [named("B", 4, start=1)], "due": [named("A", 5, by=2)]}
    assert refused(document(**pins)) == [
        "pins.0: Level 4 of “B” is above its target 3.",
        "due.0: Level 5 of “A” is above its target 4.",
    ]
    needs = [named("A", 3, requires=named("B", 4))]
    problem = read(document(pins=pins["pins"], prerequisites=needs))
    assert problem.limits.pins == {("B", 4): 1}


def test_areas_without_a_level_are_not_planned_and_hold_nothing_back(
    read: Read, refused: Refused
) -> None:
    areas = [*AREAS, {"id": "C", "current": None, "target": 3}]
    problem = read(document(areas=areas, prerequisites=[named("A", 3, requires=named("C", 2))]))
    assert [area.id for area in problem.areas] == ["A", "B"]
    assert problem.requires["A", 3] == ()
    assert refused(document(areas=areas, pins=[named("C", 2, start=1)])) == [
        "pins.0: “C” has no current level, so none of its levels is planned."
    ]


def test_a_circle_is_refused_with_its_path(refused: Refused) -> None:
    needs = [
        named("A", 3, requires=named("B", 3)),
        named("B", 2, requires=named("A", 4)),
    ]
    assert refused(document(prerequisites=needs)) == [
        "prerequisites: These prerequisites form a circle, so none can be met:"
        " A 3 → B 3 → B 2 → A 4 → A 3"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1]",
        '{"areas": [',
        '{"areas": [], "areas": [], "capacity": 1, "periods": 1}',
        '{"areas": [], "capacity": NaN, "periods": 1}',
        '{"areas": [], "capacity": Infinity, "periods": 1}',
        '{"areas": [], "capacity": 1e999999999, "periods": 1}',
        '{"areas": [], "capacity": 1e-999999999, "periods": 1}',
        '{"areas": [], "capacity": 1e99999999999999999999, "periods": 1}',
        f'{{"areas": [], "capacity": {"9" * 5000}, "periods": 1}}',
        '{"areas": [], "capacity": 1, "periods": 100000}',
        '{"areas": [], "capacity": [], "periods": 1}',
        '{"areas": [], "capacity": null, "periods": 1}',
        '{"areas": [{"id": "\\ud800", "current": 1, "target": 2}], "capacity": 1, "periods": 1}',
        "[" * 100_000,
    ],
)
def test_what_is_no_planning_problem_is_refused_in_a_sentence(refused: Refused, text: str) -> None:
    (fault,) = refused(text)
    assert fault.endswith((".", "there."))


COMPLETE = document(
    steps=[named("A", 3, benefit=5, effort=20, duration=1, cost=5, team="ops")],
    prerequisites=[named("A", 4, requires=named("B", 2))],
    pins=[named("A", 3, start=2)],
    due=[named("B", 3, by=4)],
    teams=[{"id": "ops", "capacity": [10, 20]}],
    parallel=3,
    blocked=[5],
    budget=[{"year": 2027, "amount": 100}],
    start="2027-Q1",
    first_period_at_least=1,
)
JUNK = [0, -1, 1, 2.5, 99, "", "A", "2027-Q5", True, [], {}, [None], {"area": "A"}, "x" * 300]


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all values within a document."""
    entries: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    below = [found for key, each in entries for found in places(each, (*place, key))]
    return [place, *below] if place else below


@given(data=st.data())
def test_a_document_is_read_whole_or_refused_with_the_place_of_every_fault(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    changed = copy.deepcopy(COMPLETE)
    *above, last = data.draw(st.sampled_from(places(COMPLETE)))
    holder: Any = changed
    for key in above:
        holder = holder[key]
    holder[last] = data.draw(st.sampled_from(JUNK))
    file = tmp_path_factory.getbasetemp() / "changed.json"
    file.write_text(json.dumps(changed), encoding="utf-8")
    faults: Sequence[Fault] = ()
    try:
        read_instance(file)
    except InvalidFile as refused:
        faults = refused.faults
    assert all(fault.path for fault in faults)
