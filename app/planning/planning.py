"""Make a plan in the order that was asked for."""

from __future__ import annotations

from dataclasses import replace

from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan
from app.planning.problem import Problem
from app.session.plan_settings import PlanOrder

DEFAULT_TIME_LIMIT = 2.0
"""Seconds for the best plan."""


def make_plan(
    problem: Problem, order: PlanOrder, *, time_limit: float = DEFAULT_TIME_LIMIT
) -> Plan:
    """The best plan, or the one by priority; ``time_limit`` is in seconds, for the best one."""
    by_priority = plan_by_priority(problem)
    return replace(by_priority, by_best=order is PlanOrder.BEST)
