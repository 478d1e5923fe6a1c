"""Decisions on targets, steps and the plan: one undo step each, in words, merged while typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, cast

import pytest

from app.errors import InvalidInput
from app.ports import SessionRepository
from app.session.plan_settings import (
    DEFAULT_PLAN,
    AddedPrerequisite,
    Budget,
    IntermediateTarget,
    Milestone,
    Overruled,
    PlanOrder,
    TeamCapacity,
)
from app.session.quarters import Quarter
from app.session.step_details import (
    Approval,
    Certainty,
    Effort,
    PlannedAction,
    StepDetails,
    StepStatus,
)
from app.words.describe import describe_change
from app.words.texts import translator_for
from app.workshop.workshop import Workshop

AREA, OTHER = "Process.1", "People.0"
DAY = date(2027, 6, 30)


@pytest.fixture
def workshop(disk: Any) -> Workshop:
    return Workshop(disk.stored, cast("SessionRepository", disk))


def undoable(workshop: Workshop, language: str = "en") -> str:
    assert workshop.undoable is not None
    tr = translator_for(language)
    return describe_change(workshop.undoable, workshop.session.model, language, tr)


def test_a_target_is_decided_with_date_reason_and_sponsor_as_one_step(workshop: Workshop) -> None:
    workshop.decide_targets([AREA], target=4, date=DAY, reason="Enough", sponsor=" CISO ")
    rating = workshop.session.rating(AREA)
    assert (rating.target, rating.target_date) == (4, DAY)
    assert (rating.target_reason, rating.target_sponsor) == ("Enough", "CISO")
    assert undoable(workshop) == "Set target of Process.1 to 4"
    workshop.decide_targets([AREA], target=3)
    assert workshop.session.rating(AREA).target_date == DAY
    workshop.undo()
    workshop.undo()
    assert not workshop.session.ratings
    with pytest.raises(InvalidInput, match="no field “when”"):
        workshop.decide_targets([AREA], target=4, when=DAY)


def test_targets_of_a_dimension_are_one_step_and_leave_out_what_does_not_apply(
    workshop: Workshop,
) -> None:
    workshop.set_not_applicable(AREA, "Done elsewhere")
    workshop.set_dimension_targets("Process", 3, sponsor="CISO")
    assert [r.target for r in workshop.session.all_ratings()] == [None, None, 3, None, 3]
    assert undoable(workshop) == "Set targets of 2 areas"
    assert undoable(workshop, "de") == "Ziele von 2 Bereichen setzen"
    workshop.undo()
    assert {r.target for r in workshop.session.all_ratings()} == {None}
    with pytest.raises(InvalidInput, match="no dimension “Policy”"):
        workshop.set_dimension_targets("Policy", 3)


def test_typed_texts_are_one_step_until_it_is_closed(workshop: Workshop) -> None:
    for typed in ("C", "CI", "CISO"):
        workshop.set_target_sponsor(AREA, typed)
    for typed in ("E", "Enough"):
        workshop.set_target_reason(AREA, typed)
    for typed in ("A", "Ana"):
        workshop.change_step(AREA, 3, owner=typed)
    for typed in ("R", "Risk"):
        workshop.change_step(AREA, 3, risk=typed)
    workshop.close_step()
    workshop.change_step(AREA, 3, risk="Risky")
    left = []
    while workshop.undoable:
        left.append(undoable(workshop))
        workshop.undo()
    assert left == [
        "Edit risk of Process.1 → 3", "Edit risk of Process.1 → 3", "Set owner of Process.1 → 3",
        "Edit reason for the target of Process.1", "Set sponsor of the target of Process.1",
    ]  # fmt: skip
    assert not workshop.session.ratings


def test_details_of_a_step_leave_other_steps_alone_and_vanish_when_emptied(
    workshop: Workshop,
) -> None:
    workshop.change_step(AREA, 4, owner="Ben")
    workshop.change_step(AREA, 2, owner="Ana", team="SRE")
    assert workshop.session.rating(AREA).steps == (
        StepDetails(2, owner="Ana", team="SRE"), StepDetails(4, owner="Ben")
    )  # fmt: skip
    assert workshop.session.rating(AREA).step(3) == StepDetails(3)
    workshop.change_step(AREA, 4, owner="")
    workshop.change_step(AREA, 2, owner="", team="")
    assert not workshop.session.ratings
    with pytest.raises(InvalidInput, match="There is no field “mood”"):
        workshop.change_step(AREA, 2, mood="good")
    with pytest.raises(InvalidInput, match="from 2 to 5"):
        workshop.change_step(AREA, 1, owner="Ana")


def test_an_approval_records_who_and_when(workshop: Workshop) -> None:
    workshop.approve_step(AREA, 3, Approval.APPROVED, "Head of IT", DAY)
    step = workshop.session.rating(AREA).step(3)
    assert (step.approval, step.approved_by, step.approved_on) == (
        Approval.APPROVED, "Head of IT", DAY
    )  # fmt: skip
    workshop.approve_step(AREA, 3, Approval.REJECTED, "")
    assert workshop.session.rating(AREA).step(3).approved_on is not None
    workshop.approve_step(AREA, 3, Approval.PROPOSED, "Head of IT")
    assert workshop.session.rating(AREA).steps == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": "Portal"}, "Edit short title of People.0 → 3"),
        ({"actions": (PlannedAction("a", "Build"),)}, "Change actions of People.0 → 3"),
        ({"outcome": "Done"}, "Edit outcome of People.0 → 3"),
        ({"kpi_target": "40", "kpi": "Names"}, "Edit KPI of People.0 → 3"),
        ({"team": "SRE"}, "Set team of People.0 → 3"),
        ({"benefit": Fraction(5)}, "Set benefit of People.0 → 3"),
        ({"effort": Effort(Fraction(5)), "effort_class": "S"}, "Set effort of People.0 → 3"),
        ({"cost": Fraction(5)}, "Set cost of People.0 → 3"),
        ({"duration": 2}, "Set duration of People.0 → 3"),
        ({"confidence": Certainty.LOW}, "Set confidence of People.0 → 3"),
        ({"status": StepStatus.DONE}, "Set status of People.0 → 3"),
        ({"due": DAY}, "Set due date of People.0 → 3"),
        ({"pin": Quarter(2027, 1)}, "Pin People.0 → 3"),
        ({"owner": "Ana", "team": "SRE"}, "Change People.0 → 3"),
    ],
)
def test_every_change_to_a_step_is_named(
    workshop: Workshop, values: dict[str, Any], words: str
) -> None:
    workshop.change_step(OTHER, 3, **values)
    assert undoable(workshop) == words


def test_a_pin_is_set_and_lifted(workshop: Workshop) -> None:
    workshop.pin_step(OTHER, 3, Quarter(2027, 1))
    assert undoable(workshop, "de") == "People.0 → 3 festlegen"
    workshop.pin_step(OTHER, 3, None)
    assert undoable(workshop) == "Unpin People.0 → 3"
    assert not workshop.session.ratings


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start": Quarter(2027, 1)}, "Change start of the plan"),
        ({"periods": 6}, "Change number of quarters"),
        ({"capacity": (Fraction(80),)}, "Change capacity"),
        ({"teams": (TeamCapacity("SRE", (Fraction(1),)),)}, "Change capacity of teams"),
        ({"parallel": 3}, "Change limit of parallel steps"),
        ({"blocked": (Quarter(2027, 1),)}, "Change blocked quarters"),
        ({"budgets": (Budget(2027, Fraction(1)),)}, "Change budget"),
        ({"first_period_at_least": 1}, "Change number of steps in the first quarter"),
        ({"order": PlanOrder.PRIORITY}, "Change order of the plan"),
        ({"efforts": (("S", Fraction(1)),)}, "Change person-days of effort classes"),
        ({"milestones": (Milestone(DAY, "Audit"),)}, "Add milestone"),
        ({"prerequisites": (AddedPrerequisite(AREA, 3, OTHER, 2),)}, "Add prerequisite"),
        ({"overruled": (Overruled(AREA, 3, OTHER, 2, "bought"),)}, "Overrule prerequisite"),
        ({"periods": 6, "parallel": 3}, "Change the plan"),
    ],
)
def test_every_change_to_the_plan_is_named_and_undone(
    workshop: Workshop, values: dict[str, Any], words: str
) -> None:
    workshop.change_plan(**values)
    assert undoable(workshop) == words
    assert {name: getattr(workshop.session.plan, name) for name in values} == values
    workshop.undo()
    assert workshop.session.plan == DEFAULT_PLAN


def test_what_is_taken_off_a_list_is_named(workshop: Workshop) -> None:
    workshop.change_plan(milestones=(Milestone(DAY, "Audit"),))
    workshop.change_plan(milestones=(Milestone(DAY, "Board"),))
    assert undoable(workshop) == "Change milestones"
    workshop.change_plan(milestones=())
    assert undoable(workshop) == "Remove milestone"


def test_a_plan_that_makes_no_sense_changes_nothing(workshop: Workshop, disk: Any) -> None:
    with pytest.raises(InvalidInput, match="more figures"):
        workshop.change_plan(periods=1, capacity=(Fraction(1), Fraction(1)))
    with pytest.raises(InvalidInput, match="no field “horizon”"):
        workshop.change_plan(horizon=3)
    assert disk.log == []


def test_a_checkpoint_brings_targets_steps_and_plan_back(workshop: Workshop) -> None:
    workshop.decide_targets([AREA], target=4, date=DAY, sponsor="CISO")
    workshop.set_target_path(AREA, [IntermediateTarget(3, date(2027, 3, 31))])
    workshop.change_step(AREA, 4, owner="Ana")
    workshop.change_plan(capacity=(Fraction(80),))
    before = workshop.session
    checkpoint = workshop.add_checkpoint("Targets agreed")
    workshop.set_target_date(AREA, None)
    workshop.set_target_path(AREA, ())
    workshop.change_step(AREA, 4, owner="Ben")
    workshop.change_plan(capacity=(), parallel=2)
    assert workshop.return_to(checkpoint) == {AREA}
    assert workshop.session.ratings == before.ratings
    assert workshop.session.plan == before.plan


def test_what_could_not_be_stored_is_the_base_of_the_next_change(
    workshop: Workshop, disk: Any
) -> None:
    disk.is_full = True
    workshop.change_step(AREA, 3, owner="Ana")
    workshop.change_step(AREA, 4, owner="Ben")
    workshop.change_plan(periods=6)
    workshop.change_plan(parallel=2)
    disk.is_full = False
    assert workshop.retry()
    assert [step.owner for step in workshop.session.rating(AREA).steps] == ["Ana", "Ben"]
    assert (workshop.session.plan.periods, workshop.session.plan.parallel) == (6, 2)


def test_a_change_to_several_steps_of_an_area_has_words(workshop: Workshop) -> None:
    steps = (StepDetails(3, owner="Ana"), StepDetails(4, owner="Ben"))
    workshop.change_all({(AREA, "steps"): steps})
    assert undoable(workshop) == "Change steps of Process.1"


def test_an_action_of_two_steps_changes_in_both_as_one_step(workshop: Workshop) -> None:
    shared = PlannedAction("own-1", "Build the portal", "S")
    workshop.change_step(AREA, 3, actions=(shared, PlannedAction("own-2", "Train", "S")))
    workshop.change_step(OTHER, 4, actions=(shared,), owner="Ana")
    done = replace(shared, text="Run the portal", done=True)
    workshop.change_step(OTHER, 4, actions=(done,))
    assert workshop.session.rating(AREA).step(3).actions == (
        done, PlannedAction("own-2", "Train", "S"),
    )  # fmt: skip
    assert workshop.session.rating(OTHER).step(4) == StepDetails(4, actions=(done,), owner="Ana")
    workshop.undo()
    for area_id, level in ((AREA, 3), (OTHER, 4)):
        assert shared in (workshop.session.rating(area_id).step(level).actions or ())


def test_a_removed_action_stays_with_the_steps_that_share_it(workshop: Workshop) -> None:
    shared = PlannedAction("own-1", "Build the portal", "S")
    workshop.change_step(AREA, 3, actions=(shared,))
    workshop.change_step(OTHER, 4, actions=(shared,))
    workshop.change_step(OTHER, 4, actions=())
    assert workshop.session.rating(AREA).step(3).actions == (shared,)


def test_two_steps_of_one_area_share_an_action(workshop: Workshop) -> None:
    shared = PlannedAction("own-1", "Build the portal", "S")
    workshop.change_step(AREA, 3, actions=(shared,))
    workshop.change_step(AREA, 4, actions=(replace(shared, effort="M"),))
    steps = workshop.session.rating(AREA).steps
    assert [step.actions for step in steps] == [(replace(shared, effort="M"),)] * 2
