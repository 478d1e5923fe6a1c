"""Sentences that answer questions to a plan: least effort, smallest capacity, earliest end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.planning.problem import Problem
from app.planning.questions import EarliestEnd, Goal, LeastEffort, SmallestCapacity
from app.session.plan_settings import MAX_PERIODS
from app.session.session import Session
from app.words.plan_words import (
    NameOf,
    contradiction_in_words,
    days_in_words,
    period_in_words,
    quarters_in_words,
)
from app.words.texts import N_, Translator

_NOT_DECIDED = N_("No answer was found in time.")
NOTHING_OPEN = N_("No step is open: every scored area has reached its target.")


def capacity_in_words(
    problem: Problem, by: int, answer: SmallestCapacity, name_of: NameOf, tr: Translator
) -> str:
    """The smallest capacity with which all steps are done by the end of a period."""
    if not problem.steps:
        return tr.gettext(NOTHING_OPEN)
    quarter = period_in_words(problem.limits, by, tr)
    if answer.is_impossible:
        said = tr.gettext(
            "No capacity suffices for all steps by the end of {quarter}.", quarter=quarter
        )
        return _with_clash(said, answer, problem, name_of, tr)
    if answer.capacity is None:
        return tr.gettext(_NOT_DECIDED)
    days = days_in_words(answer.capacity, tr)
    if answer.is_proven:
        return tr.gettext(
            "All steps by the end of {quarter} need {days} in each quarter; no less suffices.",
            quarter=quarter,
            days=days,
        )
    return tr.gettext(
        "{days} in each quarter suffice for all steps by the end of {quarter}; less than {least}"
        " does not.",
        quarter=quarter,
        days=days,
        least=days_in_words(answer.at_least, tr),
    )


def end_in_words(problem: Problem, answer: EarliestEnd, name_of: NameOf, tr: Translator) -> str:
    """The earliest end with the capacity of the problem."""
    if answer.is_impossible:
        said = tr.gettext(
            "The steps cannot all be done within {quarters}.",
            quarters=quarters_in_words(MAX_PERIODS, tr),
        )
        largest = max(problem.steps, key=lambda step: step.demand)
        if largest.demand > max(problem.limits.capacity):
            reason = tr.gettext(
                "{step} takes {days} in one quarter: split it or give it more quarters.",
                step=name_of(largest.key),
                days=days_in_words(largest.demand, tr),
            )
            return f"{said} {reason}"
        return _with_clash(said, answer, problem, name_of, tr)
    if answer.period == 0:
        return tr.gettext(NOTHING_OPEN)
    if answer.period is None:
        return tr.gettext(_NOT_DECIDED)
    quarter = period_in_words(problem.limits, answer.period, tr)
    if answer.is_proven:
        return tr.gettext(
            "All steps can be done by the end of {quarter}, and no earlier.", quarter=quarter
        )
    return tr.gettext("All steps can be done by the end of {quarter}.", quarter=quarter)


def effort_in_words(
    session: Session,
    dimension_id: str,
    goal: Goal,
    by: int,
    answer: LeastEffort,
    name_of: NameOf,
    tr: Translator,
) -> Iterator[str]:
    """Need of a goal, if that fits, and the areas it leaves out; one sentence each."""
    dimension = session.model.dimension(dimension_id)
    yield tr.ngettext(
        "Level {level} in all of {dimension} takes {n} step and {days}; no less suffices.",
        "Level {level} in all of {dimension} takes {n} steps and {days}; no less suffices.",
        len(answer.steps),
        level=goal.level,
        dimension=dimension.name.line_in(session.language),
        days=days_in_words(answer.days, tr),
    )
    quarter = period_in_words(goal.problem.limits, by, tr)
    if answer.is_impossible:
        said = tr.gettext("That does not fit by the end of {quarter}.", quarter=quarter)
        yield _with_clash(said, answer, goal.problem, name_of, tr)
    elif answer.plan is not None:
        yield tr.gettext("That fits by the end of {quarter}.", quarter=quarter)
    else:
        yield tr.gettext(_NOT_DECIDED)
    if goal.unscored:
        yield tr.gettext("Not scored yet: {areas}.", areas=_areas(session, goal.unscored))
    if goal.out_of_reach:
        yield tr.gettext(
            "Steps were dropped that are needed for: {areas}.",
            areas=_areas(session, goal.out_of_reach),
        )


def _areas(session: Session, ids: Sequence[str]) -> str:
    return ", ".join(map(session.label_of, ids))


def _with_clash(
    said: str,
    answer: LeastEffort | SmallestCapacity | EarliestEnd,
    problem: Problem,
    name_of: NameOf,
    tr: Translator,
) -> str:
    reason = contradiction_in_words(
        answer.clash, problem.limits, name_of, tr, undecided=answer.undecided
    )
    return f"{said} {reason}".rstrip()
