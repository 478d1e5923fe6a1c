"""The planning problem of a session: targets, steps that were entered, settings of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.model.maturity_model import Action, LocalText
from app.planning.by_priority import plan_by_priority
from app.planning.deriving import StepCircle
from app.planning.efforts import EffortSource, step_actions, step_efforts
from app.planning.session_problem import planned_session, session_problem
from app.session.plan_settings import (
    AddedPrerequisite,
    Budget,
    Overruled,
    PlanSettings,
    TeamCapacity,
)
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import Effort, PlannedAction, StepDetails, StepStatus
from tests.app.planning.samples import name
from tests.app.samples import Score, session_of

Needs = tuple[tuple[str, int, str, int], ...]


def a_session(
    areas: Mapping[str, tuple[Score, int | None]],
    steps: Mapping[str, StepDetails] | None = None,
    plan: PlanSettings | None = None,
    needs: Needs = (),
) -> Session:
    """Areas by name with level and target; what was entered for steps such as ``A3``."""
    session = session_of(
        {area: [level] for area, (level, _) in areas.items()},
        {area: [target] for area, (_, target) in areas.items()},
        prerequisites=needs,
    )
    ratings = dict(session.ratings)
    for step, details in (steps or {}).items():
        rating = ratings[step[:-1]]
        entered = replace(details, level=int(step[-1]))
        ratings[rating.area_id] = replace(rating, steps=(*rating.steps, entered))
    return replace(session, ratings=ratings, plan=plan or PlanSettings())


def entered(**values: Any) -> StepDetails:
    return StepDetails(0, **values)


def steps_of(session: Session) -> list[str]:
    return [name(step.key) for step in session_problem(session).steps]


def with_actions(session: Session, area_id: str, *actions: Action) -> Session:
    """The session on a model with these actions of an area."""
    dimensions = tuple(
        replace(
            each,
            areas=tuple(
                replace(area, actions=actions) if area.id == area_id else area
                for area in each.areas
            ),
        )
        for each in session.model.dimensions
    )
    return replace(session, model=replace(session.model, dimensions=dimensions))


def test_scored_areas_are_planned_from_their_level_to_their_target() -> None:
    areas = {"A": (Fraction(5, 2), 4), "B": (4, None), "C": (None, 4), "D": ("n/a", 4), "E": (3, 3)}
    session = a_session(areas)
    assert steps_of(session) == ["A3", "A4", "B5"]
    assert session_problem(session).step(("A", 3)).from_level == Fraction(5, 2)


def test_without_settings_a_plan_has_eight_quarters_of_forty_days_after_the_session() -> None:
    limits = session_problem(a_session({"A": (1, 2)})).limits
    assert limits.capacity == (40,) * 8
    assert limits.start == Quarter(2027, 1)  # the workshop was in November 2026


def test_what_was_entered_for_a_step_counts() -> None:
    details = entered(
        benefit=Fraction(5), effort=Effort(Fraction(12)), duration=2, cost=Fraction(9), team="ops"
    )
    step = session_problem(a_session({"A": (2, 3)}, {"A3": details})).step(("A", 3))
    assert (step.benefit, step.effort, step.duration, step.cost) == (5, 12, 2, 9)
    assert step.team == "ops"


def test_effort_comes_from_the_actions_unless_it_is_entered() -> None:
    session = with_actions(
        a_session({"A": (1, 5)}, {"A4": entered(effort_class="XL"), "A5": entered(actions=())}),
        "A",
        Action("a", 1, 2, LocalText.of(en="Do *a*"), "S", "Team"),
        Action("b", 1, 2, LocalText.of(en="Do b"), "m"),
        Action("c", 2, 3, LocalText.of(en="Do c")),
        Action("d", 3, 4, LocalText.of(en="Do d"), "S"),
        Action("e", 4, 5, LocalText.of(en="Do e"), "S"),
    )
    efforts = step_efforts(session, [("A", level) for level in (2, 3, 4, 5)])
    assert [(each.likely, each.source) for each in efforts.values()] == [
        (20, EffortSource.ACTIONS),
        (1, EffortSource.DEFAULT),
        (80, EffortSource.CLASS),
        (1, EffortSource.DEFAULT),
    ]
    assert step_actions(session, ("A", 2))[0] == PlannedAction("a", "Do a", "S", "Team")
    assert step_actions(session, ("A", 5)) == ()
    own = replace(session, plan=PlanSettings(efforts=(("s", Fraction(7)), ("M", Fraction(10)))))
    assert session_problem(own).step(("A", 2)).effort == 17


def test_an_action_of_several_steps_is_paid_by_the_first_that_is_planned() -> None:
    shared = PlannedAction("both", "Serves both", "L")
    alone = PlannedAction("alone", "Serves one", "S")
    session = a_session(
        {"A": (1, 2), "B": (1, 2)},
        {"A2": entered(actions=(shared,)), "B2": entered(actions=(shared, alone))},
    )
    efforts = step_efforts(session, [("A", 2), ("B", 2)])
    assert [(each.likely, each.shared) for each in efforts.values()] == [
        (40, frozenset()),
        (5, {"both"}),
    ]
    reached = replace(
        session, ratings={**session.ratings, "A": replace(session.rating("A"), level=Fraction(2))}
    )
    assert session_problem(reached).step(("B", 2)).effort == 45


def test_prerequisites_are_added_and_overruled_in_the_room() -> None:
    areas: dict[str, tuple[Score, int | None]] = {"A": (1, 2), "B": (1, 2), "C": (1, 1)}
    plan = PlanSettings(
        prerequisites=(AddedPrerequisite("B", 2, "C", 2),),
        overruled=(Overruled("A", 2, "B", 2, "not here"),),
    )
    problem = session_problem(a_session(areas, plan=plan, needs=(("A", 2, "B", 2),)))
    assert problem.requires["A", 2] == ()
    assert problem.requires["B", 2] == (("C", 2),)
    assert [(each.area_id, each.level) for each in problem.implied] == [("C", 2)]


def test_a_circle_is_named_by_the_labels_of_its_areas() -> None:
    session = a_session({"A": (1, 2), "B": (1, 2)}, needs=(("A", 2, "B", 2), ("B", 2, "A", 2)))
    with pytest.raises(StepCircle, match="A 2 → B 2 → A 2"):
        session_problem(session)


def test_quarters_and_days_become_periods() -> None:
    steps = {
        "A2": entered(pin=Quarter(2027, 2)),
        "A3": entered(due=date(2027, 6, 30)),
        "A4": entered(due=date(2027, 6, 29), pin=Quarter(2026, 4)),
        "B2": entered(due=date(2026, 12, 1), pin=Quarter(2030, 1)),
    }
    plan = PlanSettings(blocked=(Quarter(2026, 1), Quarter(2027, 3)), periods=4)
    limits = session_problem(a_session({"A": (1, 4), "B": (1, 2)}, steps, plan)).limits
    assert limits.pins == {("A", 2): 2, ("A", 4): 0, ("B", 2): 13}
    assert limits.due == {("A", 3): 2, ("A", 4): 1, ("B", 2): -1}
    assert limits.blocked == {3}
    assert limits.capacity == (40, 40, 0, 40)


def test_capacities_budgets_and_counts_are_taken_over() -> None:
    plan = PlanSettings(
        start=Quarter(2028, 1),
        periods=3,
        capacity=(Fraction(10), Fraction(20)),
        teams=(TeamCapacity("Ops", (Fraction(5),)),),
        parallel=2,
        budgets=(Budget(2028, Fraction(100)),),
        first_period_at_least=1,
    )
    problem = session_problem(a_session({"A": (1, 2)}, {"A2": entered(team=" ops ")}, plan))
    limits = problem.limits
    assert (limits.start, limits.capacity) == (Quarter(2028, 1), (10, 20, 20))
    assert (limits.teams, problem.steps[0].team) == ({"Ops": (5, 5, 5)}, "Ops")
    assert (limits.parallel, limits.budgets, limits.first_period_at_least) == (2, {2028: 100}, 1)


def test_done_steps_count_as_reached_one_after_the_other() -> None:
    done = entered(status=StepStatus.DONE)
    session = a_session(
        {"A": (1, 4), "B": (1, 4), "C": (1, 2)},
        {"A2": done, "A3": done, "B3": done},
        needs=(("C", 2, "A", 3),),
    )
    planned = planned_session(session)
    assert planned.done == (("A", 2), ("A", 3))
    assert steps_of(session) == ["A4", "B2", "B3", "B4", "C2"]
    assert planned.problem.areas[0].current == 3
    assert planned.problem.requires["C", 2] == ()


def test_dropped_steps_leave_the_plan_with_all_that_needs_them() -> None:
    session = a_session(
        {"A": (1, 4), "B": (1, 4), "C": (1, 1), "D": (2, 3)},
        {"A3": entered(status=StepStatus.DROPPED), "D2": entered(status=StepStatus.DROPPED)},
        needs=(("B", 3, "A", 4), ("B", 3, "C", 2), ("D", 3, "B", 4)),
    )
    planned = planned_session(session)
    assert steps_of(session) == ["A2", "B2"]
    assert planned.left_out == (("A", 3), ("A", 4), ("B", 3), ("B", 4), ("D", 3))
    assert planned.problem.implied == ()


def test_a_plan_of_a_session_needs_nothing_but_its_levels() -> None:
    plan = plan_by_priority(session_problem(a_session({"A": (2, None), "B": (1, 3)})))
    assert set(plan.starts.values()) <= set(range(1, 9))
