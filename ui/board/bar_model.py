"""Figures of the bar above the board, as frozen values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from app.planning.alerts import StepAlerts
from app.planning.plan import Plan
from app.planning.projection import means_from_now, target_mean
from app.session.plan_settings import DEFAULT_CAPACITY, PlanSettings
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import (
    days_in_words,
    period_in_words,
    status_explained,
)
from app.words.texts import Translator
from app.words.variant_words import alerts_in_words
from ui.roadmap.outcome import clash_of, status_of
from ui.roadmap.plan_source import CurrentPlan


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Contents of the bar: capacity, status, steps, and how the average grows.

    ``capacity`` is the usual figure in person-days; ``exceptions`` names quarters with another.
    ``alerts`` says how many steps are overdue or blocked.
    """

    capacity: int
    exceptions: str
    is_assumed: bool
    status: str
    explained: str
    steps: str
    averages: tuple[tuple[str, str], ...]
    target: str
    clash: str
    alerts: str = ""


def usual_capacity(capacity: Sequence[Fraction]) -> Fraction:
    """The figure that most quarters have, the later one of several; the default without any."""
    if not capacity:
        return DEFAULT_CAPACITY
    counts = Counter(capacity)
    most = max(counts.values())
    return next(figure for figure in reversed(capacity) if counts[figure] == most)


def with_usual_capacity(settings: PlanSettings, days: Fraction) -> tuple[Fraction, ...]:
    """The capacities after the usual one was changed; quarters with another figure keep it."""
    if not settings.capacity:
        return (days,)
    usual = usual_capacity(settings.capacity)
    return tuple(days if figure == usual else figure for figure in settings.capacity)


def figures_of(
    current: CurrentPlan, tr: Translator, alerts: StepAlerts | None = None
) -> PlanFigures:
    """The figures of a plan."""
    plan, settings = current.plan, current.session.plan
    placed = sum(start is not None for start in plan.starts.values())
    count = len(plan.starts) - placed
    explained = status_explained(plan, tr)
    if current.is_outdated:
        explained = tr.gettext("Shown until everything can hold again.")
    return PlanFigures(
        capacity=round(usual_capacity(settings.capacity)),
        exceptions=_exceptions(current, tr),
        is_assumed=not settings.capacity,
        status=status_of(current, tr),
        explained=explained,
        steps=tr.gettext("{placed} planned, {later} later", placed=placed, later=count),
        averages=tuple(_averages(plan, tr)),
        target=_target(plan, tr),
        clash=clash_of(current, tr),
        alerts="" if alerts is None else alerts_in_words(alerts, tr),
    )


def _exceptions(current: CurrentPlan, tr: Translator) -> str:
    """Quarters with another capacity than the usual one; the first of several."""
    settings, limits = current.session.plan, current.plan.problem.limits
    usual = usual_capacity(settings.capacity)
    found = [
        f"{period_in_words(limits, period, tr)}: {days_in_words(days, tr)}"
        for period, days in enumerate(limits.capacity, 1)
        if settings.capacity and days != usual
    ]
    return ", ".join([*found[:1], *(["…"] if len(found) > 1 else [])])


def _averages(plan: Plan, tr: Translator) -> list[tuple[str, str]]:
    """Average now, after the middle and after the last quarter that changes it, by quarter."""
    means = means_from_now(plan)
    if not means:
        return []
    changes = [n for n, (before, after) in enumerate(pairwise(means), 1) if before != after]
    shown = dict.fromkeys(changes[place] for place in (len(changes) // 2, -1)) if changes else {}
    limits = plan.problem.limits
    return [
        ("", tr.number(means[0], MEAN_PLACES)),
        *((period_in_words(limits, n, tr), tr.number(means[n], MEAN_PLACES)) for n in shown),
    ]


def _target(plan: Plan, tr: Translator) -> str:
    mean = target_mean(plan)
    return "" if mean is None else tr.number(mean, MEAN_PLACES)
