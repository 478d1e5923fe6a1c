"""Effects of moving a step, computed in the worker and said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.words.plan_words import (
    clash_in_words,
    moves_in_words,
    period_in_words,
    step_namer,
)
from app.words.texts import Translator
from ui.roadmap.plan_source import Cancelled, CurrentPlan

_MOST_SECONDS = 1.0


@dataclass(frozen=True)
class Moved:
    """The plan in which a step is pinned to a period."""

    key: StepKey
    period: int
    plan: Plan

    @property
    def holds(self) -> bool:
        """True if the step begins there and no wish is missed."""
        return self.plan.starts[self.key] == self.period and not self.plan.clash


def plan_with_pin(current: CurrentPlan, key: StepKey, period: int) -> Callable[[Cancelled], Moved]:
    """A question for the worker: the same plan with a step pinned to a period."""
    problem = current.problem
    pins = {**problem.limits.pins, key: period}
    pinned = replace(problem, limits=replace(problem.limits, pins=pins))
    order = current.session.plan.order

    def answer(cancelled: Cancelled) -> Moved:
        from app.planning.planning import make_plan  # with it comes the solver

        plan = make_plan(pinned, order, time_limit=_MOST_SECONDS, cancelled=cancelled)
        return Moved(key, period, plan)

    return answer


def moved_in_words(current: CurrentPlan, moved: Moved, key: str, tr: Translator) -> str:
    """Effect of a key that moves and pins the step: which other steps move with it."""
    name_of = step_namer(current.session)
    limits = current.plan.problem.limits
    quarter = period_in_words(limits, moved.period, tr)
    if not moved.holds:
        said = clash_in_words(moved.plan, name_of, tr)
        return tr.gettext(
            "{key} pins it to {quarter}. {clash}", key=key, quarter=quarter, clash=said
        )
    moves = moves_in_words(
        current.plan.starts, moved.plan.starts, limits, name_of, tr, but=(moved.key,)
    )
    if not moves:
        return tr.gettext(
            "{key} pins it to {quarter}; nothing else moves.", key=key, quarter=quarter
        )
    return tr.gettext(
        "{key} pins it to {quarter} and moves {moves}.", key=key, quarter=quarter, moves=moves
    )
