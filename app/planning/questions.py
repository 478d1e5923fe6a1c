"""Questions to a plan: least effort for a goal, smallest capacity, earliest end.

Every answer is exact, and says how far it is proven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from app.figures.scoring import profile
from app.planning.best import DEFAULT_TIME_LIMIT, best_plan
from app.planning.clashes import clashing_wishes
from app.planning.deriving import periodic, with_blocks
from app.planning.effects import with_targets
from app.planning.feasibility import Starts, last_period, used_days
from app.planning.feasible import Attempt, find_plan
from app.planning.plan import Clash, Plan, PlanStatus, Wish
from app.planning.problem import Problem, StepKey
from app.planning.projection import lower_bound
from app.planning.session_problem import session_problem
from app.planning.solver import Cancelled, Deadline
from app.planning.time_indexed import common_unit
from app.session.plan_settings import MAX_PERIODS
from app.session.session import Session

# ---- least effort ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """A level for every area of a dimension that applies.

    ``problem`` holds the steps that are needed for it, in the dimension and elsewhere, and
    nothing else. ``unscored`` areas have no level to start from; for those ``out_of_reach`` a step
    was dropped that is needed.
    """

    level: int
    problem: Problem
    unscored: tuple[str, ...] = ()
    out_of_reach: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeastEffort:
    """Steps, days and cost of reaching a goal by the end of a period.

    No choice is left in which steps are needed, so that ``days`` and ``cost`` are the least
    possible. ``plan`` is the best plan of these steps by then, ``None`` if none was found.
    ``is_impossible`` if they do not fit, because of ``clash``, or because chains of prerequisites
    are longer; the time did not suffice to decide whether ``undecided`` of ``clash`` are needed.
    """

    steps: tuple[StepKey, ...]
    days: Fraction
    cost: Fraction
    plan: Plan | None
    clash: tuple[Clash, ...] = ()
    undecided: int = 0
    is_impossible: bool = False


def goal_of(session: Session, dimension_id: str, level: int) -> Goal:
    """The goal that every area of a dimension is at a level; raises ``StepCircle``."""
    areas = [each for each in profile(session).areas if each.is_applicable]
    asked = [each for each in areas if each.dimension_id == dimension_id]
    lowest = session.model.lowest_level
    targets = {each.area_id: lowest for each in areas}
    targets.update((each.area_id, level) for each in asked)
    problem = session_problem(with_targets(session, targets))
    reached = {area.id: max(Fraction(area.target), area.current) for area in problem.areas}
    return Goal(
        level,
        replace(problem, limits=replace(problem.limits, first_period_at_least=0)),
        unscored=tuple(each.area_id for each in asked if each.level is None),
        out_of_reach=tuple(
            each.area_id
            for each in asked
            if each.level is not None and reached[each.area_id] < level
        ),
    )


def least_effort(
    problem: Problem,
    by: int,
    *,
    time_limit: float = DEFAULT_TIME_LIMIT,
    cancelled: Cancelled | None = None,
) -> LeastEffort:
    """Need of all steps of a problem, and if they fit up to a period within the horizon."""
    plan = best_plan(_all_done_by(problem, by), time_limit=time_limit, cancelled=cancelled)
    is_impossible = plan.status is PlanStatus.INFEASIBLE
    return LeastEffort(
        steps=tuple(step.key for step in problem.steps),
        days=sum((step.effort for step in problem.steps), Fraction(0)),
        cost=sum((step.cost for step in problem.steps), Fraction(0)),
        plan=None if plan.clash else plan,
        clash=_of_problem(problem, plan.clash) if is_impossible else (),
        undecided=plan.undecided,
        is_impossible=is_impossible,
    )


# ---- smallest capacity -------------------------------------------------------------------------


@dataclass(frozen=True)
class SmallestCapacity:
    """The smallest capacity, equal in all periods that are not blocked, for all steps in time.

    ``capacity`` in person-days per period; ``None`` if none was found. ``is_impossible`` if none
    suffices, because of ``clash`` (``undecided`` as in :class:`LeastEffort`), or because chains of
    prerequisites are longer. Any capacity below ``at_least`` is proven to be too small:
    ``is_proven`` if that is the same figure. ``starts`` is a plan with that capacity.
    """

    capacity: Fraction | None
    at_least: Fraction
    starts: Starts | None = None
    clash: tuple[Clash, ...] = ()
    undecided: int = 0
    is_impossible: bool = False

    @property
    def is_proven(self) -> bool:
        """True if no smaller capacity suffices."""
        return self.capacity == self.at_least


def smallest_capacity(
    problem: Problem,
    by: int,
    *,
    time_limit: float = DEFAULT_TIME_LIMIT,
    cancelled: Cancelled | None = None,
) -> SmallestCapacity:
    """The smallest capacity with which all steps are done by the end of a period."""
    deadline = Deadline(time_limit, cancelled)
    unit = common_unit([step.demand for step in problem.steps])
    total = sum((step.effort for step in problem.steps), Fraction(0))
    open_periods = sum(period not in problem.limits.blocked for period in range(1, by + 1))
    least = max(
        [total / max(1, open_periods), *(step.demand for step in problem.steps)], default=total
    )

    def with_capacity(amount: Fraction) -> Problem:
        return _all_done_by(_within(problem, (amount,), by), by)

    def attempt(units: int) -> Attempt:
        return find_plan(with_capacity(units * unit), deadline)

    def most_used(starts: Starts) -> int:
        return int(max(used_days(problem, starts).values(), default=Fraction(0)) / unit)

    found = _smallest(ceil(least / unit), int(total / unit), attempt, most_used)
    if found.is_impossible:
        clash = clashing_wishes(with_capacity(total), Deadline(time_limit, cancelled))
        wishes = _of_problem(problem, clash.wishes)
        return SmallestCapacity(
            None, least, clash=wishes, undecided=clash.undecided, is_impossible=True
        )
    capacity = None if found.figure is None else found.figure * unit
    return SmallestCapacity(capacity, found.at_least * unit, found.starts)


# ---- earliest end ------------------------------------------------------------------------------


@dataclass(frozen=True)
class EarliestEnd:
    """The first period by whose end all steps can be done; 0 without steps.

    ``period`` is ``None`` if none was found. ``is_impossible`` if there is none within
    ``MAX_PERIODS``, because of ``clash`` (``undecided`` as in :class:`LeastEffort`) or of the
    capacity alone. Ending before ``at_least`` is proven to be impossible; that is ``None`` where
    the capacity never suffices. ``starts`` is a plan that ends there.
    """

    period: int | None
    at_least: int | None
    starts: Starts | None = None
    clash: tuple[Clash, ...] = ()
    undecided: int = 0
    is_impossible: bool = False

    @property
    def is_proven(self) -> bool:
        """True if no plan ends earlier."""
        return self.period is not None and self.period == self.at_least


def earliest_end(
    problem: Problem,
    capacity: Fraction | None = None,
    *,
    time_limit: float = DEFAULT_TIME_LIMIT,
    cancelled: Cancelled | None = None,
) -> EarliestEnd:
    """The earliest end with a capacity per period, or with that of the problem going on."""
    deadline = Deadline(time_limit, cancelled)
    limits = problem.limits
    figures = (limits.unblocked_capacity or limits.capacity) if capacity is None else (capacity,)
    most = max(MAX_PERIODS, limits.periods)
    least = lower_bound(_within(problem, figures, most))
    if not problem.steps:
        return EarliestEnd(0, 0)
    if least is None or least > most:
        return EarliestEnd(None, least, is_impossible=True)

    def ending_by(period: int) -> Problem:
        return _all_done_by(_within(problem, figures, period), period)

    def attempt(period: int) -> Attempt:
        return find_plan(ending_by(period), deadline)

    def end_of(starts: Starts) -> int:
        return max(
            last_period(step, start)
            for step in problem.steps
            if (start := starts[step.key]) is not None
        )

    found = _smallest(least, most, attempt, end_of)
    if found.is_impossible:
        clash = clashing_wishes(ending_by(most), Deadline(time_limit, cancelled))
        wishes = _of_problem(problem, clash.wishes)
        return EarliestEnd(None, least, clash=wishes, undecided=clash.undecided, is_impossible=True)
    return EarliestEnd(found.figure, found.at_least, found.starts)


# ---- shared ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Smallest:
    """Smallest figure for which there is a plan; it cannot be below ``at_least``."""

    at_least: int
    figure: int | None = None
    starts: Starts | None = None
    is_impossible: bool = False


def _smallest(
    low: int, high: int, attempt: Callable[[int], Attempt], achieved: Callable[[Starts], int]
) -> _Smallest:
    """Search between ``low`` and ``high``; if a figure allows a plan, so do all larger ones.

    ``achieved`` is the figure that a plan really needs.
    """
    first = attempt(high)
    if first.starts is None:
        return _Smallest(low, is_impossible=first.is_impossible)
    best = first.starts
    high = achieved(best)
    trial = low  # often enough
    while low < high:
        tried = attempt(trial)
        if tried.starts is not None:
            best = tried.starts
            high = achieved(best)
        elif tried.is_impossible:
            low = trial + 1
        else:
            break  # out of time
        trial = (low + high) // 2
    return _Smallest(low, high, best)


def _within(problem: Problem, capacity: Sequence[Fraction], periods: int) -> Problem:
    """The problem with other figures of capacity and another horizon; the last figures go on."""
    limits = problem.limits
    unblocked = periodic(capacity, periods)
    blocked = frozenset(each for each in limits.blocked if each <= periods)
    return replace(
        problem,
        limits=replace(
            limits,
            capacity=with_blocks(unblocked, blocked),
            unblocked_capacity=unblocked,
            blocked=blocked,
            teams={team: periodic(amounts, periods) for team, amounts in limits.teams.items()},
        ),
    )


def _all_done_by(problem: Problem, period: int) -> Problem:
    """The problem with a fixed date for every step."""
    limits = problem.limits
    due = {step.key: min(period, limits.due.get(step.key, period)) for step in problem.steps}
    return replace(problem, limits=replace(limits, due=due))


def _of_problem(problem: Problem, wishes: Sequence[Clash]) -> tuple[Clash, ...]:
    """Wishes without the fixed dates that only the question asked for."""
    due = problem.limits.due
    return tuple(
        each
        for each in wishes
        if each.wish is not Wish.DUE or (each.step and due.get(each.step) == each.number)
    )
