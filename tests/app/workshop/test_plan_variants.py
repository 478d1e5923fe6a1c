"""Scenarios and frozen versions of a plan: kept, used, measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, cast

import pytest

from app.errors import InvalidInput
from app.planning.by_priority import plan_by_priority
from app.planning.scenarios import Move, applied, current_scenario, moves
from app.planning.session_problem import session_problem
from app.planning.versions import Standing, VersionProgress, frozen, measured
from app.ports import SessionRepository
from app.session.plan_settings import Milestone
from app.session.quarters import Quarter
from app.session.scenarios import Pin, ScenarioArea
from app.session.step_details import StepStatus
from app.words.describe import describe_change
from app.words.texts import translator_for
from app.workshop.workshop import Workshop

AREA, OTHER = "Process.1", "People.0"
FIRST = Quarter(2027, 1)
AT = datetime(2026, 11, 12, 17, 5, tzinfo=UTC)


@pytest.fixture
def workshop(disk: Any) -> Workshop:
    """One area at level 2 of 4 and one at level 3 of 4, two steps of a day a quarter."""
    workshop = Workshop(disk.stored, cast("SessionRepository", disk))
    workshop.change_plan(start=FIRST, capacity=(Fraction(1),), periods=4)
    workshop.set_level(AREA, 2)
    workshop.set_level(OTHER, 3)
    workshop.set_target(AREA, 4)
    workshop.set_target(OTHER, 4)
    return workshop


def undoable(workshop: Workshop) -> str:
    assert workshop.undoable is not None
    return describe_change(workshop.undoable, workshop.session.model, "en", translator_for("en"))


def test_a_scenario_holds_settings_targets_weights_and_pins(workshop: Workshop) -> None:
    workshop.set_weight(AREA, Fraction(2))
    workshop.pin_step(AREA, 4, Quarter(2027, 3))
    scenario = workshop.keep_scenario(" Plan A ")
    assert undoable(workshop) == "Keep scenario “Plan A”"
    assert scenario.plan.capacity == (Fraction(1),)
    assert scenario.areas == (
        ScenarioArea(OTHER, 4),
        ScenarioArea(AREA, 4, Fraction(2), (Pin(4, Quarter(2027, 3)),)),
    )
    assert current_scenario(workshop.session) == scenario


def test_using_a_scenario_is_one_step_and_leaves_owners_and_milestones(workshop: Workshop) -> None:
    plan_a = workshop.keep_scenario("Plan A")
    workshop.change_step(AREA, 3, owner="Ana", pin=Quarter(2027, 2))
    workshop.change_plan(capacity=(Fraction(2),))
    workshop.change_plan(milestones=(Milestone(date(2027, 3, 31), "Budget"),))
    workshop.set_target(OTHER, 5)
    as_it_was = workshop.session
    assert current_scenario(as_it_was) is None
    workshop.use_scenario("Plan A")
    assert current_scenario(workshop.session) == plan_a
    assert applied(as_it_was, plan_a) == workshop.session
    step = workshop.session.rating(AREA).step(3)
    assert (step.owner, step.pin) == ("Ana", None)
    assert workshop.session.plan.milestones == as_it_was.plan.milestones
    workshop.undo()
    assert workshop.session == as_it_was


def test_a_kept_scenario_replaces_the_one_of_its_name_and_can_be_removed(
    workshop: Workshop,
) -> None:
    workshop.keep_scenario("Plan A")
    workshop.keep_scenario("Plan B")
    workshop.set_target(OTHER, 5)
    workshop.keep_scenario("plan a")
    assert [each.name for each in workshop.session.scenarios] == ["plan a", "Plan B"]
    workshop.remove_scenario("Plan B")
    assert undoable(workshop) == "Remove scenario “Plan B”"
    assert [each.name for each in workshop.session.scenarios] == ["plan a"]


@pytest.mark.parametrize("name", ["", "  "])
def test_a_scenario_needs_a_name(workshop: Workshop, name: str) -> None:
    with pytest.raises(InvalidInput, match="Please give the scenario a name"):
        workshop.keep_scenario(name)
    assert workshop.session.scenarios == ()


def test_an_unknown_scenario_is_refused(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput, match="no scenario"):
        workshop.use_scenario("Plan Z")


def test_moves_name_steps_that_start_elsewhere_come_or_go(workshop: Workshop) -> None:
    before = plan_by_priority(session_problem(workshop.session))
    workshop.pin_step(OTHER, 4, FIRST)
    workshop.set_target(AREA, 3)
    workshop.set_target(OTHER, 5)
    after = plan_by_priority(session_problem(workshop.session))
    assert moves(before, before) == ()
    assert set(moves(before, after)) == {
        Move((OTHER, 4), Quarter(2027, 2), FIRST),
        Move((OTHER, 5), None, Quarter(2027, 3), is_new=True),
        Move((AREA, 3), FIRST, Quarter(2027, 2)),
        Move((AREA, 4), Quarter(2027, 3), None, is_gone=True),
    }


def freeze(workshop: Workshop) -> None:
    plan = plan_by_priority(session_problem(workshop.session))
    workshop.freeze_plan(frozen(workshop.session, plan, at=AT, by="Ana", remark="Board"))


def measure(workshop: Workshop, day: date) -> VersionProgress:
    plan = plan_by_priority(session_problem(workshop.session))
    return measured(workshop.session.plan_versions[0], workshop.session, plan, day)


def test_versions_are_numbered_and_keep_steps_and_averages(workshop: Workshop) -> None:
    workshop.change_step(AREA, 3, owner="Ana", cost=Fraction(500))
    freeze(workshop)
    assert undoable(workshop) == "Freeze version 1 of the plan"
    workshop.set_target(OTHER, 5)
    freeze(workshop)
    one, two = workshop.session.plan_versions
    assert (one.number, two.number, one.start) == (1, 2, FIRST)
    assert [(s.area_id, s.level, str(s.start)) for s in one.steps] == [
        (OTHER, 4, "2027-Q2"),
        (AREA, 3, "2027-Q1"),
        (AREA, 4, "2027-Q3"),
    ]
    assert (one.steps[1].owner, one.steps[1].cost) == ("Ana", 500)
    assert one.means == (Fraction(5, 2), 3, Fraction(7, 2), 4, 4)
    assert len(two.steps) == 4


@pytest.mark.parametrize(
    ("day", "status", "standing"),
    [
        (date(2027, 1, 1), StepStatus.OPEN, Standing.RUNNING),
        (date(2026, 12, 31), StepStatus.OPEN, Standing.COMING),
        (date(2026, 12, 31), StepStatus.IN_PROGRESS, Standing.RUNNING),
        (date(2027, 3, 31), StepStatus.BLOCKED, Standing.BLOCKED),
        (date(2027, 4, 1), StepStatus.BLOCKED, Standing.OVERDUE),
        (date(2027, 4, 1), StepStatus.OPEN, Standing.OVERDUE),
        (date(2027, 4, 1), StepStatus.DONE, Standing.DONE),
        (date(2027, 4, 1), StepStatus.DROPPED, Standing.DROPPED),
    ],
)
def test_a_step_of_a_version_stands_by_its_status_and_quarter(
    workshop: Workshop, day: date, status: StepStatus, standing: Standing
) -> None:
    freeze(workshop)
    workshop.change_step(AREA, 3, status=status)
    step = next(each for each in measure(workshop, day).steps if each.key == (AREA, 3))
    assert step.standing is standing


def test_a_version_is_measured_by_what_should_be_done_and_is(workshop: Workshop) -> None:
    freeze(workshop)
    workshop.set_level(AREA, 3)
    progress = measure(workshop, date(2027, 7, 1))
    assert (progress.due, progress.done) == (2, 1)
    assert (progress.expected, progress.actual) == (Fraction(7, 2), 3)
    assert [(each.key, each.standing) for each in progress.steps] == [
        ((OTHER, 4), Standing.OVERDUE),
        ((AREA, 3), Standing.REACHED),
        ((AREA, 4), Standing.RUNNING),
    ]
    assert [str(each.now) for each in progress.steps] == ["2027-Q1", "None", "2027-Q2"]


def test_a_version_of_a_plan_without_areas_has_no_expectation(workshop: Workshop) -> None:
    session = replace(workshop.session, ratings={})
    plan = plan_by_priority(session_problem(session))
    version = frozen(session, plan, at=AT)
    progress = measured(version, session, plan, date(2027, 7, 1))
    assert (progress.expected, progress.actual, progress.steps) == (None, None, ())
