"""Fields of the plan: legal values, their form in documents and columns, words for faults."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.model.maturity_model import LocalText, MaturityModel
from app.session.fields import Field
from app.session.plan_settings import (
    DEFAULT_PLAN,
    AddedPrerequisite,
    Budget,
    IntermediateTarget,
    Milestone,
    Overruled,
    PlanOrder,
    PlanSettings,
    TeamCapacity,
)
from app.session.quarters import Quarter
from app.session.rating import RATING
from app.session.session import SESSION
from app.session.step_details import (
    STATUS_WORDS,
    Approval,
    Certainty,
    Effort,
    PlannedAction,
    StepDetails,
    StepStatus,
)
from app.words.texts import translator_for

PATH, STEPS, PLAN = RATING["target_path"], RATING["steps"], SESSION["plan"]
DAY = date(2027, 6, 30)
A, B = "People.0", "Process.0"

FULL_STEP = StepDetails(
    3, "Portal", (PlannedAction("a1", "Build it", "S", "dev", True), PlannedAction("a2", "Ship")),
    "Teams\nserve themselves", "Namespaces", "0", "40", "Ana", "Platform", Fraction(5),
    Effort(Fraction(15), Fraction(10), Fraction(51, 2)), "M", Fraction(1200), 2, "Two only",
    Certainty.MEDIUM, StepStatus.BLOCKED, DAY, Quarter(2027, 1), Approval.APPROVED, "Head of IT",
    DAY,
)  # fmt: skip
FULL_PLAN = PlanSettings(
    Quarter(2027, 1), 6, (Fraction(80), Fraction(161, 2)), (TeamCapacity("SRE", (Fraction(20),)),),
    4, (Quarter(2027, 3), Quarter(2028, 1)), (Budget(2027, Fraction(90_000)),), 2,
    PlanOrder.PRIORITY, (("S", Fraction(3)),), (Milestone(DAY, "Audit"),),
    (AddedPrerequisite(A, 3, B, 2, "because"),), (Overruled(A, 4, B, 3, "bought"),),
)  # fmt: skip


def legal(field: Field, value: Any, model: MaturityModel) -> Any:
    return field.type.typed(value, model)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (PATH, (IntermediateTarget(3, date(2027, 3, 31)), IntermediateTarget(4, DAY))),
        (STEPS, (FULL_STEP, StepDetails(4, owner="Ben"))),
        (PLAN, FULL_PLAN),
    ],
)
def test_every_value_survives_document_column_and_log(
    field: Field, value: Any, model: MaturityModel
) -> None:
    type_ = field.type
    assert legal(field, value, model) == value
    assert type_.of_edit(value, model) is value
    assert type_.from_json(json.loads(json.dumps(type_.to_json(value)))) == value
    assert type_.from_sql(type_.to_sql(value)) == value
    assert type_.from_log(json.loads(json.dumps(type_.to_log(value)))) == value


def test_what_has_its_default_takes_no_room() -> None:
    assert PLAN.type.to_sql(DEFAULT_PLAN) == PLAN.default_in_row == "{}"
    assert STEPS.type.to_sql(()) == PATH.type.to_sql(()) == "[]"
    assert STEPS.type.to_sql((StepDetails(3, owner="Ana"),)) == '[{"level":3,"owner":"Ana"}]'
    assert PLAN.type.to_sql(PlanSettings(capacity=(Fraction(80),))) == '{"capacity":[80]}'


def test_lists_are_kept_in_order_and_without_empty_steps(model: MaturityModel) -> None:
    given = (StepDetails(4, owner=" Ana \n B"), StepDetails(5), StepDetails(2, team="SRE"))
    assert legal(STEPS, given, model) == (StepDetails(2, team="SRE"), StepDetails(4, owner="Ana B"))
    plan = PlanSettings(blocked=(Quarter(2028, 1), Quarter(2027, 4)))
    assert legal(PLAN, plan, model).blocked == (Quarter(2027, 4), Quarter(2028, 1))


def step(**values: Any) -> tuple[StepDetails, ...]:
    return (StepDetails(3, **values),)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ((StepDetails(1, owner="Ana"),), "A whole level from 2 to 5 is needed here."),
        ((StepDetails(6, owner="Ana"),), "A whole level from 2 to 5 is needed here."),
        ((StepDetails(3, owner="A"), StepDetails(3, owner="B")), "“3” appears twice."),
        (step(title="x" * 25), "A text of one line and at most 24 characters is needed here."),
        (step(risk="x" * 20_001), "A text of at most 20000 characters is needed here."),
        (step(benefit=Fraction(0)), "A benefit greater than 0 and at most 100 is needed here."),
        (
            step(effort=Effort(Fraction(0))),
            "Person-days greater than 0 and at most 10000 are needed here.",
        ),
        (
            step(effort=Effort(Fraction(10_001))),
            "Person-days greater than 0 and at most 10000 are needed here.",
        ),
        (
            step(effort=Effort(Fraction(5), Fraction(6))),
            "The low effort must not exceed the likely one, and the likely one not the high one.",
        ),
        (
            step(effort=Effort(Fraction(5), None, Fraction(4))),
            "The low effort must not exceed the likely one, and the likely one not the high one.",
        ),
        (step(effort=5), "An object with keys and values is needed here."),
        (step(cost=Fraction(-1)), "An amount from 0 to 1000000000000 is needed here."),
        (step(duration=0), "A number of quarters from 1 to 40 is needed here."),
        (step(duration=41), "A number of quarters from 1 to 40 is needed here."),
        (step(duration=True), "A number of quarters from 1 to 40 is needed here."),
        (
            step(status="open"),
            "One of these is needed here: open, in_progress, blocked, done, dropped.",
        ),
        (step(pin="2027-Q1"), "A quarter such as 2027-Q1 is needed here."),
        (step(pin=Quarter(2027, 5)), "A quarter such as 2027-Q1 is needed here."),
        (step(due="2027-06-30"), "A date such as 2026-11-24, or null, is needed here."),
        (step(actions=(PlannedAction("a1", " "),)), "Please describe the action."),
        (
            step(actions=(PlannedAction("a1", "x"), PlannedAction("a1", "y"))),
            "“a1” appears twice.",
        ),
        (
            step(actions=(PlannedAction("a 1", "x"),)),
            "An id is needed here: letters, digits, dots, hyphens and underscores.",
        ),
        ([], "A list is needed here."),
        ((1,), "An object with keys and values is needed here."),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(value: Any, said: str, model: MaturityModel) -> None:
    with pytest.raises(InvalidInput) as refused:
        legal(STEPS, value, model)
    assert str(refused.value) == said


def needs(*ends: Any) -> PlanSettings:
    return PlanSettings(prerequisites=tuple(AddedPrerequisite(*end) for end in ends))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (PlanSettings(periods=0), "A number of quarters from 1 to 40 is needed here."),
        (PlanSettings(capacity=(Fraction(-1),)), "Person-days from 0 to 100000 are needed here."),
        (
            PlanSettings(periods=2, capacity=(Fraction(1),) * 3),
            "There are more figures (3) than quarters (2). Remove some, or plan more quarters.",
        ),
        (PlanSettings(teams=(TeamCapacity(" ", (Fraction(1),)),)), "Please name the team."),
        (PlanSettings(teams=(TeamCapacity("SRE", ()),)), "At least one figure is needed here."),
        (
            PlanSettings(teams=tuple(TeamCapacity(n, (Fraction(1),)) for n in ("SRE", "sre"))),
            "“sre” appears twice.",
        ),
        (PlanSettings(parallel=0), "A whole number from 1 to 10000 is needed here."),
        (PlanSettings(blocked=(Quarter(2027, 1),) * 2), "“2027-Q1” appears twice."),
        (
            PlanSettings(budgets=(Budget(2027, Fraction(1)), Budget(2027, Fraction(2)))),
            "“2027” appears twice.",
        ),
        (
            PlanSettings(budgets=(Budget(2027, Fraction(-1)),)),
            "An amount from 0 to 1000000000000 is needed here.",
        ),
        (PlanSettings(first_period_at_least=-1), "A whole number from 0 to 10000 is needed here."),
        (PlanSettings(order="best"), "One of these is needed here: best, priority."),  # type: ignore[arg-type]
        (PlanSettings(efforts=(("", Fraction(1)),)), "Please name the effort class."),
        (PlanSettings(efforts=(("S", Fraction(1)), ("s", Fraction(2)))), "“S” appears twice."),
        (PlanSettings(milestones=(Milestone(DAY, ""),)), "Please name the milestone."),
        (needs((A, 3, A, 2)), "An area cannot be a prerequisite of itself."),
        (needs((A, 3, "Gone.1", 2)), "The model has no area “Gone.1”."),
        (needs((A, 3, B, 6)), "A whole level from 2 to 5 is needed here."),
        (
            needs((A, 3, B, 3), (B, 2, A, 3)),
            "These prerequisites form a circle, so none can be met:"
            " People.0 3 → Process.0 3 → Process.0 2 → People.0 3",
        ),
        (needs((A, 3, B, 2), (A, 3, B, 2)), "“People.0 3 → Process.0 2” appears twice."),
        (
            PlanSettings(overruled=(Overruled(A, 3, B, 2, " "),)),
            "Please give a reason why the prerequisite is overruled.",
        ),
        ({}, "An object with keys and values is needed here."),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    value: Any, said: str, model: MaturityModel
) -> None:
    with pytest.raises(InvalidInput) as refused:
        legal(PLAN, value, model)
    assert str(refused.value) == said


def test_a_circle_with_the_model_is_refused_unless_the_prerequisite_is_waived(
    a_model: Any,
) -> None:
    model = a_model({"People": 1, "Process": 1}, prerequisites=((A, 3, B, 3),))
    with pytest.raises(InvalidInput, match="form a circle"):
        legal(PLAN, needs((B, 3, A, 3)), model)
    plan = PlanSettings(
        prerequisites=(AddedPrerequisite(B, 3, A, 3),), overruled=(Overruled(A, 3, B, 3, "bought"),)
    )
    assert legal(PLAN, plan, model) == plan


def test_a_circle_names_areas_in_the_language_of_the_reader(model: MaturityModel) -> None:
    people, process = model.dimensions
    labelled = replace(people.areas[0], label=LocalText.of(de="Leute", en="Staff"))
    people = replace(people, areas=(labelled, *people.areas[1:]))
    model = replace(model, dimensions=(people, process))
    with pytest.raises(InvalidInput) as refused:
        legal(PLAN, needs((A, 3, B, 3), (B, 3, A, 3)), model)
    for language, path in (("en", "Staff 3 → Process.0 3 → Staff 3"), ("de", "Leute 3 → ")):
        assert path in refused.value.say(translator_for(language))


def test_levels_on_the_way_need_dates_in_their_order(model: MaturityModel) -> None:
    for days in ((DAY, DAY), (DAY, date(2027, 1, 1))):
        path = tuple(
            IntermediateTarget(level, day) for level, day in zip((3, 4), days, strict=True)
        )
        with pytest.raises(InvalidInput, match="needs a later date"):
            legal(PATH, path, model)


numbers = st.fractions(min_value=0, max_value=10_000)


@given(numbers, numbers, st.text(max_size=30))
def test_what_is_legal_once_is_legal_again_and_survives(
    first: Fraction, second: Fraction, words: str
) -> None:
    try:
        found = STEPS.type.typed(
            (StepDetails(3, owner=words, cost=first, effort=Effort(second, high=first)),)
        )
    except InvalidInput:
        return
    assert STEPS.type.typed(found) == found
    assert STEPS.type.from_sql(STEPS.type.to_sql(found)) == found


def test_the_status_of_a_step_has_words_of_its_own_in_both_languages() -> None:
    english, german = (
        [translator_for(code).gettext(word) for word in STATUS_WORDS.values()]
        for code in ("en", "de")
    )
    assert english == ["open", "in progress", "blocked", "done", "dropped"]
    assert german == ["offen", "in Arbeit", "blockiert", "erledigt", "verworfen"]
