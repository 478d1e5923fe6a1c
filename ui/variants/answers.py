"""The three questions to a plan for the worker, and their answers as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from app.errors import AppError
from app.planning.deriving import with_blocks
from app.planning.problem import Problem, StepKey
from app.session.session import Session
from app.words.plan_words import days_in_words, period_in_words, step_name, step_namer
from app.words.texts import Translator
from ui.roadmap.plan_source import Cancelled


@dataclass(frozen=True)
class Answer:
    """Contents of an answer: a sentence, steps with quarter and days, a capacity to take over."""

    sentence: str
    steps: tuple[tuple[str, str, str], ...] = ()
    capacity: Fraction | None = None


Question = Callable[[Cancelled], Answer]


def ask_effort(
    session: Session, dimension_id: str, level: int, by: int, tr: Translator
) -> Question:
    """The least effort that brings every area of a dimension to a level by a period."""

    def answer(cancelled: Cancelled) -> Answer:
        from app.planning.questions import goal_of, least_effort  # with it comes the solver
        from app.words.question_words import effort_in_words

        try:
            goal = goal_of(session, dimension_id, level)
        except AppError as error:
            return Answer(error.say(tr))
        found = least_effort(goal.problem, by, cancelled=cancelled)
        said = [
            *effort_in_words(session, dimension_id, goal, by, found, step_namer(session), tr),
            *([tr.gettext("It costs {cost}.", cost=tr.number(found.cost))] if found.cost else []),
        ]
        starts: Mapping[StepKey, int | None] = {}
        if found.plan is not None and found.steps:
            starts = found.plan.starts
            said.append(tr.gettext("Nothing but these steps is placed."))
        return Answer(" ".join(said), _rows(session, goal.problem, found.steps, starts, tr))

    return answer


def ask_capacity(session: Session, problem: Problem, by: int, tr: Translator) -> Question:
    """The smallest capacity that reaches all targets by a period."""

    def answer(cancelled: Cancelled) -> Answer:
        from app.planning.questions import smallest_capacity  # with it comes the solver
        from app.words.question_words import capacity_in_words

        found = smallest_capacity(problem, by, cancelled=cancelled)
        said = capacity_in_words(problem, by, found, step_namer(session), tr)
        return Answer(
            said, _planned_rows(session, problem, found.starts, tr), found.capacity or None
        )

    return answer


def ask_end(session: Session, problem: Problem, capacity: Fraction, tr: Translator) -> Question:
    """The earliest end with a capacity, the same in all quarters that are not blocked."""
    limits = problem.limits
    same = (capacity,) * limits.periods
    wanted = replace(
        problem,
        limits=replace(limits, capacity=with_blocks(same, limits.blocked), unblocked_capacity=same),
    )

    def answer(cancelled: Cancelled) -> Answer:
        from app.planning.questions import earliest_end  # with it comes the solver
        from app.words.question_words import end_in_words

        found = earliest_end(wanted, cancelled=cancelled)
        return Answer(
            end_in_words(wanted, found, step_namer(session), tr),
            _planned_rows(session, problem, found.starts, tr),
            None if found.starts is None else capacity,
        )

    return answer


def _planned_rows(
    session: Session,
    problem: Problem,
    starts: Mapping[StepKey, int | None] | None,
    tr: Translator,
) -> tuple[tuple[str, str, str], ...]:
    """Rows for all steps of a plan, if there is one."""
    keys = [] if starts is None else [step.key for step in problem.steps]
    return _rows(session, problem, keys, starts or {}, tr)


def _rows(
    session: Session,
    problem: Problem,
    keys: Sequence[StepKey],
    starts: Mapping[StepKey, int | None],
    tr: Translator,
) -> tuple[tuple[str, str, str], ...]:
    def row(key: StepKey) -> tuple[str, str, str]:
        start = starts.get(key)
        quarter = "–" if start is None else period_in_words(problem.limits, start, tr)
        return step_name(session, key), quarter, days_in_words(problem.step(key).effort, tr)

    return tuple(map(row, sorted(keys, key=lambda key: starts.get(key) or 0)))
