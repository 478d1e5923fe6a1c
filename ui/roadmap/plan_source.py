"""The current plan of the open session, for all pages of the roadmap."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.planning.by_priority import plan_by_priority
from app.planning.efforts import StepEffort, step_efforts
from app.planning.plan import Clash, Plan, PlanStatus
from app.planning.problem import Limits, Problem, StepKey
from app.planning.session_problem import session_problem
from app.session.plan_settings import PlanOrder, PlanSettings
from app.session.session import Session
from app.workshop.workshop import Workshop
from ui.shell.tasks import TaskRunner

if TYPE_CHECKING:
    from app.jobs import Progress

Cancelled = Callable[[], bool]
Answer = TypeVar("Answer")
_KEPT = 8
"""So many proven plans are kept, for undo and for a slider that moves back."""


@dataclass(frozen=True)
class CurrentPlan:
    """Knowledge of the plan at this moment.

    ``plan`` is the one to show; while ``is_solving``, a better one is looked for. ``problem`` is
    that of the session as it is now. While its wishes contradict each other, ``clashing`` is its
    plan, and the one to show is the last that held. ``fault`` says why there is no problem: then
    the plan has no steps.
    """

    session: Session
    problem: Problem
    plan: Plan
    is_solving: bool = False
    clashing: Plan | None = None
    fault: AppError | None = None

    @cached_property
    def efforts(self) -> Mapping[StepKey, StepEffort]:
        """Effort of every step of the plan that is shown, with what it rests on."""
        return step_efforts(self.session, [step.key for step in self.plan.problem.steps])

    @property
    def is_outdated(self) -> bool:
        """True if the plan is the last one that held, not one of the session as it is now."""
        return self.clashing is not None

    @property
    def own(self) -> Plan:
        """The plan of the session as it is now, also while the last one that held is shown."""
        return self.clashing or self.plan

    @property
    def clash(self) -> tuple[Clash, ...]:
        """Wishes that are missed or cannot hold together."""
        return self.own.clash

    @property
    def is_clash_proven(self) -> bool:
        """True if no plan at all can hold what clashes."""
        return self.own.status is PlanStatus.INFEASIBLE


class Asked:
    """A question to the worker; what is answered after :meth:`cancel` is dropped."""

    def __init__(self) -> None:
        self._stop = Event()

    def cancel(self) -> None:
        """Drop the question."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """True once nobody waits for the answer."""
        return self._stop.is_set()


class PlanSource(QObject):
    """Keeps the current plan: by priority at once, the best one from a worker thread.

    Nothing is computed before :attr:`current` is read. A page reads it while it is visible, again
    after :attr:`changed`, and so nothing is computed while no page of the roadmap is visible.
    """

    #: The plan is another one, or will be when it is read.
    changed = Signal()

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._runner = TaskRunner(self)
        self._tried: PlanSettings | None = None
        self._current: CurrentPlan | None = None
        self._solving: Asked | None = None
        self._asked: list[Asked] = []
        self._solved: deque[Plan] = deque(maxlen=_KEPT)
        self._held: Plan | None = None
        self._is_stopped = False
        self._unsubscribe = workshop.subscribe(lambda _area_ids: self._on_session_changed())

    @property
    def current(self) -> CurrentPlan:
        """The plan as it is known now; looking for the best one begins with the first reading."""
        session = self._session()
        if self._current is None:
            self._current = self._begin(session, _problem_of(session))
        elif self._current.session != session:
            self._current = self._followed(self._current, session)
        return self._current

    def try_out(self, settings: PlanSettings | None) -> None:
        """Plan with these settings instead of the session's, without storing; ``None`` ends it."""
        if settings != self._tried:
            self._tried = settings
            self._on_session_changed()

    def ask(
        self, question: Callable[[Cancelled], Answer], take: Callable[[Answer], object]
    ) -> Asked:
        """Answer a question about the current plan in the worker thread.

        ``question`` gets a function that says if nobody waits any more. Questions are dropped as
        soon as the plan becomes another one; what fails is never answered.
        """
        asked = self._start(question, take)
        self._asked.append(asked)
        return asked

    def stop(self) -> None:
        """Stop all work for good, and wait for the worker thread."""
        self._is_stopped = True
        self._unsubscribe()
        self._cancel()
        self._runner.shut_down()

    # ---- following the session ---------------------------------------------------------------

    def _session(self) -> Session:
        session = self._workshop.session
        return session if self._tried is None else replace(session, plan=self._tried)

    def _on_session_changed(self) -> None:
        self.changed.emit()
        if self._current is not None and self._current.session != self._session():
            self._cancel()  # nobody has read the plan, so no page is visible
            self._current = None

    def _followed(self, current: CurrentPlan, session: Session) -> CurrentPlan:
        """Knowledge after a change; all of it where the change does not touch the plan."""
        fresh = _problem_of(session)
        is_same_order = session.plan.order is current.session.plan.order
        is_same = isinstance(fresh, Problem) and not current.fault and fresh == current.problem
        if is_same and is_same_order:
            return replace(current, session=session)
        return self._begin(session, fresh)

    def _begin(self, session: Session, problem: Problem | AppError) -> CurrentPlan:
        self._cancel()
        if not isinstance(problem, Problem):
            nothing = Problem((), (), {}, Limits((Fraction(0),)))
            return CurrentPlan(session, nothing, plan_by_priority(nothing), fault=problem)
        wants_best = session.plan.order is PlanOrder.BEST
        known = (
            next((p for p in self._solved if p.problem == problem), None) if wants_best else None
        )
        if known is not None:
            return self._shown(session, known)
        plan = plan_by_priority(problem)
        if not wants_best or not problem.steps or self._is_stopped:
            return self._shown(session, plan)
        self._solving = self._start(
            lambda cancelled: _best_plan(problem, cancelled), self._take_best, self._take_none
        )
        return CurrentPlan(session, problem, plan, is_solving=True)

    # ---- the worker --------------------------------------------------------------------------

    def _start(
        self,
        question: Callable[[Cancelled], Answer],
        take: Callable[[Answer], object],
        on_failure: Callable[[], object] = lambda: None,
    ) -> Asked:
        asked = Asked()

        def job(_progress: Progress) -> Answer:
            return question(lambda: asked.is_cancelled)

        task = self._runner.start(job, uses_files=False)
        task.succeeded.connect(lambda answer: None if asked.is_cancelled else take(answer))
        task.failed.connect(lambda _error: None if asked.is_cancelled else on_failure())
        return asked

    def _cancel(self) -> None:
        for asked in (self._solving, *self._asked):
            if asked is not None:
                asked.cancel()
        self._solving = None
        self._asked.clear()

    def _take_best(self, plan: Plan) -> None:
        self._solving = None
        if plan.status is not PlanStatus.PRIORITY:
            self._solved.append(plan)
        if self._current is not None:
            self._current = self._shown(self._current.session, plan)
            self.changed.emit()

    def adopt(self, plan: Plan) -> None:
        """Show a better plan that an answer has brought; ignored once the problem is another."""
        current = self._current
        if current is not None and plan.problem == current.problem and not current.is_solving:
            self._take_best(plan)

    def _take_none(self) -> None:
        """Keep the plan by priority: looking for the best one has failed."""
        self._solving = None
        if self._current is not None:
            self._current = replace(self._current, is_solving=False)
            self.changed.emit()

    def _shown(self, session: Session, plan: Plan) -> CurrentPlan:
        """The plan to show: this one, or the last one that held where it cannot hold."""
        if plan.status is not PlanStatus.INFEASIBLE:
            if not plan.clash:
                self._held = plan
            return CurrentPlan(session, plan.problem, plan)
        held = self._held
        if held is None or set(held.starts) != set(plan.starts):
            return CurrentPlan(session, plan.problem, plan)
        return CurrentPlan(session, plan.problem, held, clashing=plan)


def _problem_of(session: Session) -> Problem | AppError:
    """The planning problem of a session, or why there is none."""
    try:
        return session_problem(session)
    except AppError as error:
        return error


def _best_plan(problem: Problem, cancelled: Cancelled) -> Plan:
    from app.planning.best import best_plan  # with it comes the solver

    return best_plan(problem, cancelled=cancelled)
