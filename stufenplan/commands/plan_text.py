"""Plain-text view of a plan for the console."""

from __future__ import annotations

from collections.abc import Callable

from app.planning.plan import Plan
from app.planning.priorities import by_rank
from app.planning.problem import StepKey
from app.planning.projection import projected_means
from app.planning.session_problem import PlannedSession
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.texts import N_, Translator
from stufenplan.commands.console import print_table, write

_STEP_HEADS = (N_("Step"), N_("Quarter"), N_("Person-days"), N_("Priority"))
_PERIOD_HEADS = (N_("Quarter"), N_("Used"), N_("Capacity"), N_("Average"))


def print_session_plan(
    session: Session, planned: PlannedSession, plan: Plan, tr: Translator
) -> None:
    """Print the plan of a session."""

    def name_of(key: StepKey) -> str:
        return f"{session.model.area(key[0]).label.line_in(session.language)} {key[1]}"

    print_plan(plan, name_of, tr)


def print_plan(plan: Plan, name_of: Callable[[StepKey], str], tr: Translator) -> None:
    """Print steps by the period they begin in, and the periods."""
    order = list(by_rank(plan.problem.requires, lambda key: plan.priorities[key].rank))
    after_all = plan.problem.limits.periods + 1
    order.sort(key=lambda key: plan.starts[key] or after_all)
    rows = [
        [
            name_of(key),
            _quarter(plan, plan.starts[key], tr),
            tr.number(plan.problem.step(key).effort),
            tr.number(plan.priorities[key].own),
        ]
        for key in order
    ]
    print_table([tr.gettext(head) for head in _STEP_HEADS], rows, right=frozenset({2, 3}))
    write()
    means = projected_means(plan) or (None,) * plan.problem.limits.periods
    capacity = plan.problem.limits.capacity
    figures = [
        [_quarter(plan, number, tr), tr.number(used), tr.number(most), tr.number(mean, MEAN_PLACES)]
        for number, (used, most, mean) in enumerate(
            zip(plan.used, capacity, means, strict=True), start=1
        )
    ]
    print_table([tr.gettext(head) for head in _PERIOD_HEADS], figures, right=frozenset({1, 2, 3}))


def _quarter(plan: Plan, period: int | None, tr: Translator) -> str:
    """The quarter of a period, or its number where no start is known; *Later* without one."""
    if period is None:
        return tr.gettext("Later")
    start = plan.problem.limits.start
    return str(period if start is None else start.plus(period - 1))
