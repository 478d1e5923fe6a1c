"""Make a plan in the order that was asked for."""

from __future__ import annotations

from app.planning.best import DEFAULT_TIME_LIMIT, best_plan
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan
from app.planning.problem import Problem
from app.planning.solver import Cancelled
from app.session.plan_settings import PlanOrder


def make_plan(
    problem: Problem,
    order: PlanOrder,
    *,
    time_limit: float = DEFAULT_TIME_LIMIT,
    cancelled: Cancelled | None = None,
) -> Plan:
    """The best plan, or the one by priority; ``time_limit`` is in seconds, for the best one."""
    if order is PlanOrder.PRIORITY:
        return plan_by_priority(problem)
    return best_plan(problem, time_limit=time_limit, cancelled=cancelled)
