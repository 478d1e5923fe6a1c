"""Plain-text view of a plan for the console."""

from __future__ import annotations

from collections.abc import Iterator

from app.planning.plan import Plan
from app.planning.priorities import by_rank
from app.planning.projection import projected_means
from app.planning.roadmap import requirements
from app.planning.session_problem import PlannedSession
from app.planning.target_dates import late_targets
from app.session.plan_settings import DEFAULT_CAPACITY
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import (
    NameOf,
    clash_in_words,
    implied_in_words,
    period_in_words,
    place_in_plan,
    priority_in_words,
    reason_in_words,
    status_sentence,
    step_name,
)
from app.words.question_words import NOTHING_OPEN
from app.words.texts import N_, Translator
from stufenplan.commands.console import print_table, write

_STEP_HEADS = (N_("Step"), N_("Quarter"), N_("Person-days"), N_("Priority"), N_("Notes"))
_PERIOD_HEADS = (N_("Quarter"), N_("Used"), N_("Capacity"), N_("Average"))


def print_session_plan(
    session: Session, planned: PlannedSession, plan: Plan, tr: Translator
) -> None:
    """Print the plan of a session, and what is not planned or comes too late."""
    print_plan(plan, lambda key: step_name(session, key), tr)
    remarks = list(_remarks(session, planned, plan, tr))
    if remarks:
        write()
    for remark in remarks:
        write(remark)


def _remarks(
    session: Session, planned: PlannedSession, plan: Plan, tr: Translator
) -> Iterator[str]:
    """Assumptions, steps that are not planned, and those that come too late."""
    if plan.problem.steps and not session.plan.capacity:
        yield tr.gettext(
            "No capacity was agreed: {days} person-days per quarter are assumed.",
            days=tr.number(DEFAULT_CAPACITY),
        )
    for key in planned.done:
        yield tr.gettext("{step} is done and counts as reached.", step=step_name(session, key))
    for key in planned.left_out:
        yield tr.gettext(
            "{step} was dropped, or needs a step that was.", step=step_name(session, key)
        )
    yield from _needed_elsewhere(session, plan, tr)
    for late in late_targets(session, plan):
        yield tr.gettext(
            "{step} comes after its date, {date}.",
            step=step_name(session, (late.area_id, late.level)),
            date=tr.long_date(late.by),
        )


def _needed_elsewhere(session: Session, plan: Plan, tr: Translator) -> Iterator[str]:
    """Requirements in areas that are not planned, which hold nothing back."""
    needed = requirements(session, {area.id: area for area in plan.problem.areas})
    for step in plan.problem.steps:
        for each in needed.get(step.key, ()):
            names = {
                "step": step_name(session, step.key),
                "needed": step_name(session, (each.area_id, each.level)),
            }
            if each.not_applicable:
                yield tr.gettext(
                    "{step} needs {needed}, which is not applicable and counts as met.", **names
                )
            elif each.needs_scoring:
                yield tr.gettext(
                    "{step} needs {needed}, which is not scored yet and holds nothing back.",
                    **names,
                )


def print_plan(plan: Plan, name_of: NameOf, tr: Translator) -> None:
    """Print how good the plan is, steps by the quarter they begin in, and the quarters."""
    if plan.problem.steps:
        write(status_sentence(plan, tr))
    elif plan.problem.areas:
        write(tr.gettext(NOTHING_OPEN))
    else:
        write(tr.gettext("Nothing is scored yet, so there is nothing to plan."))
    clash = clash_in_words(plan, name_of, tr)
    if clash:
        write(clash)
    if not plan.problem.steps:
        return
    write()
    _print_steps(plan, name_of, tr)
    write()
    _print_periods(plan, tr)


def _print_steps(plan: Plan, name_of: NameOf, tr: Translator) -> None:
    after_all = plan.problem.limits.periods + 1
    order = by_rank(plan.problem.requires, lambda key: plan.priorities[key].rank)
    rows = [
        [
            name_of(key),
            place_in_plan(plan, key, tr),
            tr.number(plan.problem.step(key).effort),
            priority_in_words(plan.priorities[key].own, tr),
            reason_in_words(plan, key, name_of, tr)
            or implied_in_words(plan.problem, key, name_of, tr),
        ]
        for key in sorted(order, key=lambda key: plan.starts[key] or after_all)
    ]
    print_table([tr.gettext(head) for head in _STEP_HEADS], rows, right=frozenset({2, 3}))


def _print_periods(plan: Plan, tr: Translator) -> None:
    limits = plan.problem.limits
    rows = [
        [
            period_in_words(limits, period, tr),
            tr.number(used),
            tr.number(capacity),
            tr.number(mean, MEAN_PLACES),
        ]
        for period, (used, capacity, mean) in enumerate(
            zip(plan.used, limits.capacity, projected_means(plan), strict=True), start=1
        )
    ]
    print_table([tr.gettext(head) for head in _PERIOD_HEADS], rows, right=frozenset({1, 2, 3}))
