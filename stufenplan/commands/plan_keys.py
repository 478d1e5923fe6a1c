"""A plan as an answer in JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.planning.plan import Clash, Plan
from app.planning.priorities import by_rank
from app.planning.problem import StepKey
from app.planning.projection import lower_bound, projected_means
from app.planning.session_problem import PlannedSession
from app.planning.target_dates import late_targets
from app.session.session import Session
from app.words.numbers import plain
from app.words.plan_words import NameOf, step_name, wish_in_words
from app.words.texts import Translator
from stufenplan.commands.session_heads import session_head

if TYPE_CHECKING:
    from stufenplan.commands.answers import (
        ClashEntry,
        LevelEntry,
        PlanAnswer,
        PlannedPeriodEntry,
        PlannedStepEntry,
        SessionPlan,
    )


def plan_keys(
    plan: Plan,
    name_of: NameOf,
    tr: Translator,
    owner_of: Callable[[StepKey], str | None] = lambda _: None,
) -> PlanAnswer:
    """Every key of a plan; steps in the order of priority, each after all that it needs."""
    problem = plan.problem
    order = by_rank(problem.requires, lambda key: plan.priorities[key].rank)
    return {
        "status": plan.status.value,
        "value": plain(plan.value),
        "best_bound": None if plan.best_bound is None else plain(plan.best_bound),
        "lower_bound": lower_bound(problem),
        "steps": [_step(plan, key, owner_of(key)) for key in order],
        "periods": _periods(plan),
        "implied_targets": [
            {"area": each.area_id, "level": each.level, "needed_by": level_keys(each.needed_by)}
            for each in problem.implied
        ],
        "clash": [
            _clash(each, wish_in_words(each, problem.limits, name_of, tr)) for each in plan.clash
        ],
        "undecided": plan.undecided,
    }


def session_plan_keys(
    session: Session, planned: PlannedSession, plan: Plan, tr: Translator
) -> SessionPlan:
    """The plan of a session, with what is not planned and what comes too late."""

    def owner_of(key: StepKey) -> str | None:
        return session.step(*key).owner or None

    return {
        **session_head(session),
        **plan_keys(plan, lambda key: step_name(session, key), tr, owner_of),
        "done": [level_keys(key) for key in planned.done],
        "left_out": [level_keys(key) for key in planned.left_out],
        "late_targets": [
            {
                "area": late.area_id,
                "level": late.level,
                "by": late.by.isoformat(),
                "reached": late.period,
            }
            for late in late_targets(session, plan)
        ],
    }


def level_keys(key: StepKey) -> LevelEntry:
    """Area and level of a step."""
    return {"area": key[0], "level": key[1]}


def _step(plan: Plan, key: StepKey, owner: str | None) -> PlannedStepEntry:
    step, priority = plan.problem.step(key), plan.priorities[key]
    reason = plan.reasons.get(key)
    return {
        "area": key[0],
        "level": key[1],
        "order": priority.rank,
        "priority": plain(priority.own),
        "inherited_priority": plain(priority.inherited),
        "effort": plain(step.effort),
        "duration": step.duration,
        "start": plan.starts[key],
        "unscheduled_reason": None if reason is None else reason.kind.value,
        "requires": [level_keys(needed) for needed in plan.problem.requires[key]],
        "owner": owner,
    }


def _periods(plan: Plan) -> list[PlannedPeriodEntry]:
    limits = plan.problem.limits
    means = projected_means(plan) or (None,) * limits.periods
    quarters = (limits.quarter_of(period) for period in range(1, limits.periods + 1))
    return [
        {
            "quarter": None if quarter is None else str(quarter),
            "used": plain(used),
            "capacity": plain(capacity),
            "projected_mean": None if mean is None else plain(mean),
        }
        for quarter, used, capacity, mean in zip(
            quarters, plan.used, limits.capacity, means, strict=True
        )
    ]


def _clash(clash: Clash, text: str) -> ClashEntry:
    area, level = clash.step or (None, None)
    return {
        "wish": clash.wish.value,
        "area": area,
        "level": level,
        "number": clash.number,
        "team": clash.team or None,
        "text": text,
    }
