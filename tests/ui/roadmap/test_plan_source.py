"""The current plan of the window: by priority at once, the best one from a worker thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from threading import Event

import pytest
from fakes import FakeLibrary, small_model
from pytestqt.qtbot import QtBot

from app.model.maturity_model import Prerequisite
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Clash, Plan, PlanStatus, Wish
from app.planning.problem import Problem
from app.session.plan_settings import PlanOrder
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.session import NewSession
from app.workshop.workshop import Workshop
from ui.roadmap import plan_source
from ui.roadmap.plan_source import Cancelled, PlanSource

MODEL = small_model()
A, B = ("d1.a", 5), ("d2.a", 5)


class Solver:
    """Stands in for the solver: proves the plan by priority, or that it cannot hold."""

    def __init__(self) -> None:
        self.solved: list[Problem] = []
        self.cancelled: list[Problem] = []
        self.begun, self.go_on = Event(), Event()
        self.go_on.set()
        self.clash: tuple[Clash, ...] = ()
        self.fails = False

    def solve(self, problem: Problem, cancelled: Cancelled) -> Plan:
        self.begun.set()
        assert self.go_on.wait(5)
        (self.cancelled if cancelled() else self.solved).append(problem)
        if self.fails:
            raise RuntimeError("no solver")
        plan = plan_by_priority(problem)
        status = PlanStatus.INFEASIBLE if self.clash else PlanStatus.PROVEN
        return replace(plan, status=status, clash=self.clash, best_bound=plan.value)


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Solver:
    solver = Solver()
    monkeypatch.setattr(plan_source, "_best_plan", solver.solve)
    return solver


@pytest.fixture
def workshop() -> Workshop:
    """Three areas at level 4 of 5, the first of them weighs most."""
    ratings = tuple(Rating(f"d{n}.a", level=Fraction(4), weight=Fraction(4 - n)) for n in (1, 2, 3))
    library = FakeLibrary()
    session = library.create_session(NewSession("Nordwerk AG", MODEL, "Workshop", ratings=ratings))
    return Workshop(session, library)


@pytest.fixture
def source(qtbot: QtBot, solver: Solver, workshop: Workshop) -> Iterator[PlanSource]:
    source = PlanSource(workshop)
    yield source
    solver.go_on.set()
    source.stop()


def wait_for_proof(qtbot: QtBot, source: PlanSource) -> None:
    assert source.current.is_solving
    qtbot.waitUntil(lambda: not source.current.is_solving)


def test_the_plan_by_priority_is_there_at_once_and_the_proof_replaces_it(
    qtbot: QtBot, source: PlanSource
) -> None:
    assert source.current.plan.status is PlanStatus.PRIORITY
    assert set(source.current.plan.starts) == {A, B, ("d3.a", 5)}
    with qtbot.waitSignal(source.changed):
        pass
    assert source.current.plan.status is PlanStatus.PROVEN
    assert not source.current.is_solving


def test_nothing_is_solved_before_the_plan_is_read(
    source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    workshop.set_weight("d1.a", Fraction(2))
    assert not solver.begun.is_set()


def test_a_change_cancels_the_search_and_begins_another(
    qtbot: QtBot, source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    solver.go_on.clear()
    assert source.current.is_solving
    assert solver.begun.wait(5)
    workshop.set_weight("d1.a", Fraction(9))
    assert source.current.is_solving
    solver.go_on.set()
    wait_for_proof(qtbot, source)
    assert [problem.areas[0].weight for problem in solver.cancelled] == [3]
    assert source.current.plan.problem.areas[0].weight == 9


def test_a_change_that_nobody_looks_at_stops_the_search(
    qtbot: QtBot, source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    solver.go_on.clear()
    assert source.current.is_solving
    assert solver.begun.wait(5)
    workshop.set_weight("d1.a", Fraction(9))
    solver.go_on.set()
    qtbot.waitUntil(lambda: bool(solver.cancelled))
    assert not solver.solved


def test_what_does_not_touch_the_plan_is_not_solved_again(
    qtbot: QtBot, source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    wait_for_proof(qtbot, source)
    workshop.set_note("d1.a", "Seen in the pipeline")
    workshop.change_step(*A, owner="Platform team")
    assert source.current.plan.status is PlanStatus.PROVEN
    assert source.current.session is workshop.session
    assert len(solver.solved) == 1


def test_undo_brings_the_proven_plan_back_without_solving(
    qtbot: QtBot, source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    wait_for_proof(qtbot, source)
    workshop.set_weight("d1.a", Fraction(9))
    wait_for_proof(qtbot, source)
    workshop.undo()
    assert source.current.plan.status is PlanStatus.PROVEN
    assert len(solver.solved) == 2


def test_a_plan_by_priority_needs_no_solver(
    source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    workshop.change_plan(order=PlanOrder.PRIORITY)
    assert source.current.plan.status is PlanStatus.PRIORITY
    assert not source.current.is_solving
    assert not solver.begun.is_set()


def test_while_wishes_clash_the_last_plan_that_held_is_shown_and_marked(
    qtbot: QtBot, source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    wait_for_proof(qtbot, source)
    held = source.current.plan
    solver.clash = (Clash(Wish.PIN, A, 3), Clash(Wish.CAPACITY))
    workshop.pin_step(*A, Quarter(2030, 1))
    wait_for_proof(qtbot, source)
    assert source.current.plan == held
    assert source.current.is_outdated
    assert source.current.clash == solver.clash
    assert source.current.is_clash_proven
    solver.clash = ()
    workshop.undo()
    assert not source.current.is_outdated
    assert source.current.clash == ()


def test_a_solver_that_fails_leaves_the_plan_by_priority(
    qtbot: QtBot, source: PlanSource, solver: Solver
) -> None:
    solver.fails = True
    wait_for_proof(qtbot, source)
    assert source.current.plan.status is PlanStatus.PRIORITY


def test_settings_are_tried_out_without_being_stored(
    qtbot: QtBot, source: PlanSource, workshop: Workshop
) -> None:
    stored = workshop.session.plan
    source.try_out(replace(stored, capacity=(Fraction(2),)))
    assert source.current.plan.problem.limits.capacity[0] == 2
    assert workshop.session.plan == stored
    source.try_out(None)
    assert source.current.plan.problem.limits.capacity[0] == 40


def test_an_answer_that_nobody_waits_for_any_more_is_dropped(
    qtbot: QtBot, source: PlanSource, solver: Solver, workshop: Workshop
) -> None:
    wait_for_proof(qtbot, source)
    answers: list[str] = []
    solver.go_on.clear()
    source.ask(lambda _cancelled: f"old {solver.go_on.wait(5)}", answers.append)
    workshop.set_weight("d1.a", Fraction(9))
    assert source.current.is_solving
    solver.go_on.set()
    wait_for_proof(qtbot, source)
    source.ask(lambda _cancelled: "new", answers.append)
    qtbot.waitUntil(lambda: answers == ["new"])


def test_prerequisites_in_a_circle_leave_a_sentence_and_no_steps(qtbot: QtBot) -> None:
    needs = (
        Prerequisite("p1", "d1.a", 5, "d2.a", 5),
        Prerequisite("p2", "d2.a", 5, "d1.a", 5),
    )
    library = FakeLibrary()
    ratings = tuple(Rating(f"d{n}.a", level=Fraction(4)) for n in (1, 2, 3))
    model = replace(MODEL, prerequisites=needs)
    new = NewSession("Nordwerk AG", model, "Workshop", ratings=ratings)
    source = PlanSource(Workshop(library.create_session(new), library))
    assert source.current.fault is not None
    assert "circle" in str(source.current.fault)
    assert not source.current.plan.starts
    source.stop()


def test_the_solver_proves_a_plan_of_the_session(qtbot: QtBot, workshop: Workshop) -> None:
    source = PlanSource(workshop)
    wait_for_proof(qtbot, source)
    assert source.current.plan.status is PlanStatus.PROVEN
    assert source.current.plan.best_bound == source.current.plan.value
    source.stop()
