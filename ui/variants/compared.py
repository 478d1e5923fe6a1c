"""Two plans side by side as plain values: figures, curves, and the steps that move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from app.errors import AppError
from app.planning.plan import Plan
from app.planning.problem import Problem
from app.planning.projection import means_from_now
from app.planning.scenarios import Move, moves
from app.planning.session_problem import session_problem
from app.session.plan_settings import PlanOrder
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import (
    clash_in_words,
    days_in_words,
    quarter_in_words,
    quarters_in_words,
    status_in_words,
    step_namer,
)
from app.words.texts import Translator
from app.words.variant_words import end_in_words, place_then_in_words
from exports.comparison.trend import TrendData, TrendLine
from ui.board.bar_model import usual_capacity
from ui.roadmap.plan_source import Cancelled


@dataclass(frozen=True)
class Side:
    """A plan with its name; without a plan there is a ``fault`` that says why."""

    name: str
    session: Session
    plan: Plan | None
    fault: AppError | None = None

    @property
    def means(self) -> Mapping[Quarter, Fraction]:
        """Average at the end of every quarter, beginning with the one before the plan."""
        if self.plan is None or self.plan.problem.limits.start is None:
            return {}
        first = self.plan.problem.limits.start
        return {first.plus(n - 1): mean for n, mean in enumerate(means_from_now(self.plan))}


def side_by_side(
    wanted: tuple[tuple[str, Session], ...], known: Plan | None
) -> Callable[[Cancelled], tuple[Side, ...]]:
    """A question for the worker: plan these sessions; ``known`` is used where it fits."""

    def answer(cancelled: Cancelled) -> tuple[Side, ...]:
        return tuple(_side(name, session, known, cancelled) for name, session in wanted)

    return answer


def _side(name: str, session: Session, known: Plan | None, cancelled: Cancelled) -> Side:
    try:
        problem = session_problem(session)
    except AppError as error:
        return Side(name, session, None, error)
    is_best = session.plan.order is PlanOrder.BEST
    if known is not None and known.problem == problem and known.by_best is is_best:
        return Side(name, session, known)
    return Side(name, session, _plan_of(problem, session.plan.order, cancelled))


def _plan_of(problem: Problem, order: PlanOrder, cancelled: Cancelled) -> Plan:
    from app.planning.planning import make_plan  # with it comes the solver

    return make_plan(problem, order, cancelled=cancelled)


# ---- figures -----------------------------------------------------------------------------------


def figure_rows(sides: tuple[Side, ...], tr: Translator) -> list[tuple[str, ...]]:
    """Name of every figure with its value on each side; an average a row for each quarter."""
    heads = [dict(_figures(side, tr)) for side in sides]
    rows = [(name, *(each[name] for each in heads)) for name in heads[0]]
    averages = [side.means for side in sides]
    for quarter in _quarters(sides):
        values = (tr.number(each.get(quarter), MEAN_PLACES) for each in averages)
        name = tr.gettext("Average {quarter}", quarter=quarter_in_words(quarter))
        rows.append((name, *values))
    return rows


def _figures(side: Side, tr: Translator) -> Iterator[tuple[str, str]]:
    plan = side.plan
    if plan is None:
        said = ["–"] * 5
    else:
        placed = [step for step in plan.problem.steps if plan.starts[step.key] is not None]
        days = sum((step.effort for step in placed), Fraction(0))
        said = [
            status_in_words(plan, tr),
            tr.number(len(placed)),
            tr.number(len(plan.starts) - len(placed)),
            days_in_words(days, tr),
            end_in_words(plan, tr),
        ]
    settings = side.session.plan
    yield tr.gettext("Capacity a quarter"), days_in_words(usual_capacity(settings.capacity), tr)
    yield tr.gettext("Horizon"), quarters_in_words(settings.periods, tr)
    yield tr.gettext("How good the plan is"), said[0]
    yield tr.gettext("Steps planned"), said[1]
    yield tr.gettext("Steps in Later"), said[2]
    yield tr.gettext("Person-days planned"), said[3]
    yield tr.gettext("Everything done by"), said[4]


def faults_in_words(sides: tuple[Side, ...], tr: Translator) -> str:
    """Reason why a side has no plan, or what it cannot hold; empty if all is well."""
    found = []
    for side in sides:
        said = "" if side.fault is None else side.fault.say(tr)
        if side.plan is not None and side.plan.clash:
            said = clash_in_words(side.plan, step_namer(side.session), tr)
        if said:
            found.append(tr.gettext("{name}: {sentence}", name=side.name, sentence=said))
    return " ".join(found)


# ---- steps -------------------------------------------------------------------------------------


def moves_between(sides: tuple[Side, ...]) -> tuple[Move, ...]:
    """Steps that the second plan places differently; none where a plan is missing."""
    before, after = sides
    if before.plan is None or after.plan is None:
        return ()
    return moves(before.plan, after.plan)


def move_rows(sides: tuple[Side, ...], tr: Translator) -> list[tuple[str, str, str]]:
    """Step, its quarter in the first plan, and the one in the second."""
    name_of = step_namer(sides[0].session)
    return [
        (
            name_of(move.key),
            place_then_in_words(move.before, tr, is_planned=not move.is_new),
            place_then_in_words(move.after, tr, is_planned=not move.is_gone),
        )
        for move in moves_between(sides)
    ]


# ---- curves ------------------------------------------------------------------------------------


def curves_of(sides: tuple[Side, ...], tr: Translator) -> TrendData | None:
    """The averages as curves over the ends of quarters; ``None`` where there is nothing to show."""
    there = [(place, side) for place, side in enumerate(sides) if side.means]
    quarters = _quarters(sides)
    if not there or len(quarters) < 2:
        return None
    lines, written = [], []
    for place, side in there:
        means = side.means
        values = tuple(means.get(quarter) for quarter in quarters)
        latest = next(value for value in reversed(values) if value is not None)
        areas = 0 if side.plan is None else len(side.plan.problem.areas)
        lines.append(TrendLine(side.name, place - 1 if place else None, values, areas))
        figures = [tr.number(value, MEAN_PLACES) for value in values]
        written.append((*figures[:-1], tr.number(latest, MEAN_PLACES)))
    every = [value for line in lines for value in line.values if value is not None]
    lowest = floor(min(every))
    words = tuple(map(quarter_in_words, quarters))
    return TrendData(
        days=tuple(quarter.last_day for quarter in quarters),
        dates=words,
        names=words,
        lines=tuple(lines),
        written=tuple(written),
        lowest=lowest,
        highest=max(ceil(max(every)), lowest + 1),
        notes=(),
    )


def _quarters(sides: tuple[Side, ...]) -> list[Quarter]:
    return sorted({quarter for side in sides for quarter in side.means})
