"""Steps of a plan that want attention: overdue on a day, or blocked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import StepStatus


@dataclass(frozen=True, slots=True)
class StepAlerts:
    """Steps whose last quarter or fixed date is over, and steps that are blocked.

    Steps that are done or dropped are not part of a plan, and so in neither of them.
    """

    overdue: frozenset[StepKey] = frozenset()
    blocked: frozenset[StepKey] = frozenset()

    def __contains__(self, key: StepKey) -> bool:
        return key in self.overdue or key in self.blocked


def step_alerts(session: Session, plan: Plan, today: date) -> StepAlerts:
    """Steps that want attention on a day in the plan of a session."""
    details = {key: session.step(*key) for key in plan.starts}
    return StepAlerts(
        overdue=frozenset(
            key
            for key, step in details.items()
            if _is_over(plan, key, today) or (step.due is not None and step.due < today)
        ),
        blocked=frozenset(
            key for key, step in details.items() if step.status is StepStatus.BLOCKED
        ),
    )


def _is_over(plan: Plan, key: StepKey, today: date) -> bool:
    """True if the quarter is over by whose end a step should be done."""
    last = plan.last_period(key)
    quarter = None if last is None else plan.problem.limits.quarter_of(last)
    return quarter is not None and quarter < Quarter.of(today)
