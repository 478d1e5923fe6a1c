"""Small planned sessions for the tests of the board, and a stand-in for the solver."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from fakes import FakeLibrary, small_model

from app.model.maturity_model import Action, LocalText, MaturityModel
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan, PlanStatus
from app.planning.problem import Problem, StepKey
from app.planning.session_problem import session_problem
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.session import NewSession, Session
from app.session.step_details import Effort, StepDetails
from ui.roadmap.plan_source import Cancelled, CurrentPlan

FIRST, SECOND, THIRD = ("d1.a", 5), ("d2.a", 5), ("d3.a", 5)


def proven(problem: Problem, cancelled: Cancelled) -> Plan:
    """The plan by priority, as if a solver had proven it."""
    plan = plan_by_priority(problem)
    status = PlanStatus.INFEASIBLE if plan.clash else PlanStatus.PROVEN
    return replace(plan, status=status, best_bound=plan.value, by_best=True)


def model_with_an_action() -> MaturityModel:
    """Three areas; the first has an action of class M for its highest level."""
    model = small_model()
    action = Action("act-1", 4, 5, LocalText.of(en="Check all policies in CI"), "M")
    first, *others = model.dimensions
    area = replace(first.areas[0], actions=(action,))
    return replace(model, dimensions=(replace(first, areas=(area,)), *others))


def planned(library: FakeLibrary) -> Session:
    """Three areas at level 4 of 5, weighing 3, 2 and 1: steps of 15, 30 and 90 days.

    There are two quarters of 40 days.
    """
    days = {"d2.a": 30, "d3.a": 90}
    ratings = tuple(
        Rating(
            area,
            level=Fraction(4),
            weight=Fraction(4 - n),
            steps=(StepDetails(5, effort=Effort(Fraction(days[area]))),) if area in days else (),
        )
        for n, area in enumerate(("d1.a", "d2.a", "d3.a"), start=1)
    )
    new = NewSession("Nordwerk AG", model_with_an_action(), "Workshop", ratings=ratings)
    session = with_plan(library.create_session(new), 40, 2)
    library.sessions[session.id] = session
    return session


def with_plan(session: Session, capacity: int, periods: int) -> Session:
    """The session with another capacity and horizon, from the first quarter of 2027."""
    plan = replace(
        session.plan, start=Quarter(2027, 1), capacity=(Fraction(capacity),), periods=periods
    )
    return replace(session, plan=plan)


def with_step(session: Session, key: StepKey, **values: object) -> Session:
    """The session with other details of a step."""
    rating = session.rating(key[0])
    details = replace(rating.step(key[1]), **values)  # type: ignore[arg-type]
    others = tuple(step for step in rating.steps if step.level != key[1])
    return session.with_rating(replace(rating, steps=(*others, details)))


def current_of(session: Session) -> CurrentPlan:
    """The plan by priority of a session, as pages get it."""
    problem = session_problem(session)
    return CurrentPlan(session, problem, plan_by_priority(problem))
