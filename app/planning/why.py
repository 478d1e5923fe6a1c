"""Reasons for the first period of a step, and the cost of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.planning.best import DEFAULT_TIME_LIMIT, best_plan
from app.planning.feasibility import earliest_by_prerequisites, last_period, violations
from app.planning.ledger import BindingLimits
from app.planning.plan import Clash, Plan, PlanStatus, Priority, Wish
from app.planning.priorities import successors
from app.planning.problem import Problem, StepKey
from app.planning.projection import earliest_starts
from app.planning.solver import Cancelled


@dataclass(frozen=True)
class WhyHere:
    """Reasons for the first period of a step.

    ``waits_for`` are the steps it needs, the one that ends last first; ``unlocks`` those that need
    it directly. ``full`` are the periods between its prerequisites and its start (up to the
    horizon for a step left for later) in which it could not begin with the other steps where they
    are, each with a kind of limit that forbids it. ``pinned`` if a pin holds it there.
    """

    priority: Priority
    waits_for: tuple[StepKey, ...]
    unlocks: tuple[StepKey, ...]
    full: Mapping[int, Wish]
    pinned: bool


def why_here(plan: Plan, key: StepKey) -> WhyHere:
    """Reasons for the first period of a step, or for leaving it for later."""
    problem = plan.problem
    beyond = problem.limits.periods + 1
    return WhyHere(
        priority=plan.priorities[key],
        waits_for=tuple(
            sorted(problem.requires[key], key=lambda each: -(plan.last_period(each) or beyond))
        ),
        unlocks=tuple(successors(problem.requires)[key]),
        full=_full_before(plan, key),
        pinned=problem.limits.pins.get(key) == plan.starts[key],
    )


def _full_before(plan: Plan, key: StepKey) -> dict[int, Wish]:
    problem, step, start = plan.problem, plan.problem.step(key), plan.starts[key]
    earliest = earliest_by_prerequisites(problem, plan.starts, key)
    if earliest is None:
        return {}
    end_of_search = problem.limits.periods - step.duration + 2 if start is None else start
    binding = BindingLimits(problem, {**plan.starts, key: None})
    limits = {
        period: binding.limit(step, period, last_period(step, period))
        for period in range(earliest, end_of_search)
    }
    return {period: wish for period, wish in limits.items() if wish is not None}


@dataclass(frozen=True, slots=True)
class Slip:
    """A step that begins later than before; ``to`` is ``None`` if it is left for later."""

    step: StepKey
    begins: int
    to: int | None


@dataclass(frozen=True)
class WhyNotEarlier:
    """Cost of having a step done by the end of an earlier period.

    ``by`` is that period, one before the present last one, or the horizon for a step left for
    later; ``None`` if the step begins in period 1 already. ``plan`` is the best plan with the step
    done by then and without its own pin; ``None`` if there is none or none was found. Then
    ``takes`` is how many periods it takes where there are not so many, ``waits_for`` are steps it
    needs that cannot end in time whatever the limits, or ``clash`` the wishes and limits that
    forbid it, none of them superfluous as far as the time sufficed to find out.

    ``loss`` is how much less that plan brings, ``slips`` what begins later in it. ``is_proven`` if
    no plan with the step done by then loses less. ``offer`` is the plan for the problem as it was
    if it brings more than the present one, which only one that is not proven best allows.
    """

    by: int | None
    plan: Plan | None = None
    takes: int | None = None
    waits_for: tuple[StepKey, ...] = ()
    clash: tuple[Clash, ...] = ()
    loss: Fraction = Fraction(0)
    slips: tuple[Slip, ...] = ()
    is_proven: bool = False
    offer: Plan | None = None


def why_not_earlier(
    plan: Plan,
    key: StepKey,
    *,
    time_limit: float = DEFAULT_TIME_LIMIT,
    cancelled: Cancelled | None = None,
) -> WhyNotEarlier:
    """Search for the best plan in which a step is done one period earlier."""
    by = _one_earlier(plan, key)
    if by is None:
        return WhyNotEarlier(None)
    duration = plan.problem.step(key).duration
    if duration > by:
        return WhyNotEarlier(by, takes=duration)
    waits_for = _cannot_end_in_time(plan.problem, key, by)
    if waits_for:
        return WhyNotEarlier(by, waits_for=waits_for)
    asked = Clash(Wish.DUE, key, by)
    other = best_plan(_done_by(plan.problem, key, by), time_limit=time_limit, cancelled=cancelled)
    if other.clash:
        is_known = other.status is PlanStatus.INFEASIBLE
        clash = tuple(each for each in other.clash if each != asked) if is_known else ()
        return WhyNotEarlier(by, clash=clash)
    loss = plan.value - other.value
    return WhyNotEarlier(
        by,
        other,
        loss=loss,
        slips=tuple(_slips(plan, other)),
        is_proven=other.status is PlanStatus.PROVEN,
        offer=_offer(plan, other) if loss < 0 else None,
    )


def _one_earlier(plan: Plan, key: StepKey) -> int | None:
    last = plan.last_period(key)
    if last is None:
        return plan.problem.limits.periods
    return None if plan.starts[key] == 1 else last - 1


def _cannot_end_in_time(problem: Problem, key: StepKey, by: int) -> tuple[StepKey, ...]:
    """Steps it needs that end too late even if prerequisites were the only limit."""
    earliest = earliest_starts(problem)
    latest_end = by - problem.step(key).duration
    return tuple(
        needed
        for needed in problem.requires[key]
        if last_period(problem.step(needed), earliest[needed]) > latest_end
    )


def _done_by(problem: Problem, key: StepKey, by: int) -> Problem:
    """The problem with a fixed date for a step instead of its pin."""
    limits = problem.limits
    pins = {each: period for each, period in limits.pins.items() if each != key}
    due = {**limits.due, key: min(by, limits.due.get(key, by))}
    return replace(problem, limits=replace(limits, pins=pins, due=due))


def _slips(before: Plan, after: Plan) -> Iterator[Slip]:
    for key, begins in before.starts.items():
        to = after.starts[key]
        if begins is not None and (to is None or to > begins):
            yield Slip(key, begins, to)


def _offer(plan: Plan, other: Plan) -> Plan | None:
    """A better plan for the problem of a present one that is not proven best.

    ``None`` if it breaks the pin of the step, or if the present one is by priority.
    """
    if plan.best_bound is None or violations(plan.problem, other.starts):
        return None
    return replace(
        other, problem=plan.problem, status=PlanStatus.WITHIN, best_bound=plan.best_bound
    )
