"""Questions to the plan of a session: ``session plan SESSION --question …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidInput
from app.planning.problem import Problem, StepKey
from app.planning.questions import earliest_end, goal_of, least_effort, smallest_capacity
from app.planning.session_problem import session_problem
from app.session.session import Session
from app.words.numbers import plain
from app.words.plan_words import step_name
from app.words.question_words import capacity_in_words, effort_in_words, end_in_words
from app.words.texts import N_, Translator
from stufenplan.commands.plan_keys import level_keys
from stufenplan.commands.session_heads import session_head

if TYPE_CHECKING:
    from stufenplan.commands.answers import LevelEntry, SessionQuestion

CAPACITY = "capacity"
END = "end"

UNKNOWN = N_(
    "“{text}” is no question. Ask for capacity, for end, or for a level of a dimension such as"
    " {example}."
)


def answer_question(
    session: Session, question: str, tr: Translator, time_limit: float
) -> SessionQuestion:
    """The answer as JSON and in sentences; raises ``InvalidInput`` for no question."""
    answers = _Answers(session, tr, time_limit)
    if question == CAPACITY:
        return answers.capacity()
    if question == END:
        return answers.end()
    dimension_id, _, level = question.rpartition(":")
    scale = [str(each.number) for each in session.model.levels]
    dimensions = [each.id for each in session.model.dimensions]
    if dimension_id not in dimensions or level not in scale:
        raise InvalidInput(UNKNOWN, text=question, example=f"{dimensions[0]}:{scale[-1]}")
    return answers.effort(dimension_id, int(level))


class _Answers:
    """Asks about one session."""

    def __init__(self, session: Session, tr: Translator, time_limit: float) -> None:
        self._session = session
        self._tr = tr
        self._time_limit = time_limit

    def _name_of(self, key: StepKey) -> str:
        return step_name(self._session, key)

    def capacity(self) -> SessionQuestion:
        """The smallest capacity with which all steps are done within the periods."""
        problem = session_problem(self._session)
        by = problem.limits.periods
        answer = smallest_capacity(problem, by, time_limit=self._time_limit)
        return {
            **session_head(self._session),
            "question": CAPACITY,
            "found": None if answer.capacity is None else plain(answer.capacity),
            "at_least": plain(answer.at_least),
            "proven": answer.is_proven or answer.is_impossible,
            "cost": None,
            "fits": None,
            "steps": _levels(problem),
            "text": [capacity_in_words(problem, by, answer, self._name_of, self._tr)],
        }

    def end(self) -> SessionQuestion:
        """The earliest period by whose end all steps can be done."""
        problem = session_problem(self._session)
        answer = earliest_end(problem, time_limit=self._time_limit)
        return {
            **session_head(self._session),
            "question": END,
            "found": answer.period,
            "at_least": answer.at_least,
            "proven": answer.is_proven or answer.is_impossible,
            "cost": None,
            "fits": None,
            "steps": _levels(problem),
            "text": [end_in_words(problem, answer, self._name_of, self._tr)],
        }

    def effort(self, dimension_id: str, level: int) -> SessionQuestion:
        """The least person-days that bring a dimension to a level within the periods."""
        goal = goal_of(self._session, dimension_id, level)
        by = goal.problem.limits.periods
        answer = least_effort(goal.problem, by, time_limit=self._time_limit)
        fits = answer.plan is not None or (False if answer.is_impossible else None)
        return {
            **session_head(self._session),
            "question": f"{dimension_id}:{level}",
            "found": plain(answer.days),
            "at_least": plain(answer.days),
            "proven": True,
            "cost": plain(answer.cost),
            "fits": fits,
            "steps": _levels(goal.problem),
            "text": list(
                effort_in_words(
                    self._session, dimension_id, goal, by, answer, self._name_of, self._tr
                )
            ),
        }


def _levels(problem: Problem) -> list[LevelEntry]:
    return [level_keys(step.key) for step in problem.steps]
