"""Contents of the board, as frozen values: columns, cards, and what is left for later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.planning.alerts import StepAlerts
from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.planning.projection import lower_bound, projected_means
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import (
    days_in_words,
    implied_in_words,
    lower_bound_in_words,
    period_in_words,
    quarters_in_words,
    reason_in_words,
    step_name,
)
from app.words.step_words import details_of, state_in_words, title_of, way_of
from app.words.texts import Translator
from app.words.variant_words import alert_in_words
from ui.roadmap.plan_source import CurrentPlan

NO_ALERTS = StepAlerts()
LATER = -1
"""Column of the cards that have no quarter."""


@dataclass(frozen=True, slots=True)
class Card:
    """One step. ``column`` is its first one from 0, or ``LATER``; it is ``span`` columns wide.

    ``remark`` is a reason in *Later*. ``needs`` are the steps that it needs to end before. It
    ``wants_attention`` if it is overdue or blocked.
    """

    key: StepKey
    dimension: int
    area: str
    way: str
    title: str
    owner: str
    effort: str
    state: str
    is_pinned: bool
    column: int
    span: int
    remark: str
    needs: frozenset[StepKey]
    sentence: str
    wants_attention: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A quarter, or several: ``periods`` counted from 1. ``share`` of its capacity is used."""

    periods: range
    title: str
    figure: str
    share: float
    note: str
    average: str
    sentence: str

    @property
    def is_full(self) -> bool:
        """True if nothing of its capacity is free."""
        return self.share >= 1


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board; cards in the order they stand in. The last column is *Later*."""

    columns: tuple[Column, ...] = ()
    later: Column = Column(range(0), "", "", 0.0, "", "", "")
    cards: tuple[Card, ...] = ()

    def card(self, key: StepKey | None) -> Card | None:
        """The card of a step, if there is one."""
        return next((card for card in self.cards if card.key == key), None)

    def column_at(self, place: int) -> Column | None:
        """The column at a place from 0; ``None`` for ``LATER``."""
        return None if place == LATER else self.columns[place]

    def column_of(self, card: Card) -> Column:
        """The first column that a card stands in."""
        return self.later if card.column == LATER else self.columns[card.column]


def board_of(
    current: CurrentPlan,
    tr: Translator,
    *,
    by_quarter: bool = True,
    alerts: StepAlerts = NO_ALERTS,
) -> Board:
    """The board of a plan: a column for every quarter, or now, next and later."""
    return _BoardMaker(current, tr, by_quarter=by_quarter, alerts=alerts).board()


class _BoardMaker:
    """Makes the parts of one board."""

    def __init__(
        self, current: CurrentPlan, tr: Translator, *, by_quarter: bool, alerts: StepAlerts
    ) -> None:
        self._alerts = alerts
        self._session: Session = current.session
        self._plan: Plan = current.plan
        self._tr = tr
        self._by_quarter = by_quarter
        periods = self._plan.problem.limits.periods
        ends = [range(n, n + 1) for n in range(1, periods + 1)]
        if not by_quarter:
            ends = [each for each in (range(1, 2), range(2, min(4, periods + 1))) if each]
        self._ranges = ends
        dimensions = current.session.model.dimensions
        self._places: Mapping[str, int] = {
            area.id: place for place, each in enumerate(dimensions) for area in each.areas
        }

    def board(self) -> Board:
        """All of it."""
        if not self._plan.problem.steps:
            return Board()
        return Board(
            tuple(self._columns()), self._later(), tuple(map(self._card, self._plan.priorities))
        )

    def _name_of(self, key: StepKey) -> str:
        return step_name(self._session, key)

    # ---- columns -----------------------------------------------------------------------------

    def _columns(self) -> Iterator[Column]:
        used, means = self._plan.used, projected_means(self._plan)
        capacity = self._plan.problem.limits.capacity
        for place, periods in enumerate(self._ranges):
            yield self._column(
                place,
                periods,
                sum((used[n - 1] for n in periods), Fraction(0)),
                sum((capacity[n - 1] for n in periods), Fraction(0)),
                means[periods[-1] - 1] if means else None,
            )

    def _column(
        self, place: int, periods: range, used: Fraction, there: Fraction, mean: Fraction | None
    ) -> Column:
        tr, limits = self._tr, self._plan.problem.limits
        title = period_in_words(limits, periods[0], tr)
        if not self._by_quarter:
            title = (tr.gettext("Now"), tr.gettext("Next"))[place]
        days = days_in_words(there, tr)
        number = tr.number(round(used * 10) / Fraction(10))
        figure = tr.gettext("{used} / {days}", used=number, days=days)
        average = tr.number(mean, MEAN_PLACES)
        is_blocked = all(n in limits.blocked for n in periods)
        if is_blocked:
            note = tr.pgettext("quarter", "blocked")
        elif used >= there:
            note = tr.gettext("full")
        else:
            note = tr.gettext("{n} free", n=tr.number(round((there - used) * 10) / Fraction(10)))
        said = tr.gettext(
            "{quarter}: {used} of {days} used, {note}, average {average}",
            quarter=title, used=number, days=days, note=note, average=average,
        )  # fmt: skip
        share = min(1.0, float(used / there)) if there else 1.0
        if is_blocked:  # not the same as full
            share, figure = 0.0, ""
            said = tr.gettext(
                "{quarter}: blocked, average {average}", quarter=title, average=average
            )
        return Column(periods, title, figure, share, note, average, said)

    def _later(self) -> Column:
        tr, problem = self._tr, self._plan.problem
        left = [key for key in self._plan.priorities if self._column_of(key) == LATER]
        days = days_in_words(sum((problem.step(key).effort for key in left), Fraction(0)), tr)
        note = lower_bound_in_words(len(problem.steps), lower_bound(problem), tr)
        title = tr.gettext("Later")
        figure = f"{len(left)} · {days}"
        said = tr.ngettext(
            "{title}: {n} step, {days}; {note}", "{title}: {n} steps, {days}; {note}",
            len(left), title=title, days=days, note=note,
        )  # fmt: skip
        return Column(range(0), title, figure, 0.0, note, "", said)

    # ---- cards -------------------------------------------------------------------------------

    def _order(self, key: StepKey) -> tuple[int, int]:
        """By rank; where quarters stand together in one column, by quarter first."""
        start = self._plan.starts[key] or self._plan.problem.limits.periods + 1
        return 0 if self._by_quarter else start, self._plan.priorities[key].rank

    def _column_of(self, key: StepKey) -> int:
        start = self._plan.starts[key]
        if start is None:
            return LATER
        places = (place for place, periods in enumerate(self._ranges) if start in periods)
        return next(places, LATER)

    def _card(self, key: StepKey) -> Card:
        tr, session, plan = self._tr, self._session, self._plan
        step, details, column = (
            plan.problem.step(key),
            details_of(session, key),
            self._column_of(key),
        )
        area = session.label_of(key[0])
        way, title = way_of(session, key, tr), title_of(session, key)
        effort = days_in_words(step.effort, tr)
        if step.duration > 1:
            effort += f" · {quarters_in_words(step.duration, tr)}"
        state = state_in_words(details, tr)
        if key in self._alerts:
            state = alert_in_words(self._alerts, key, tr)
        remark = reason_in_words(plan, key, self._name_of, tr)
        implied = implied_in_words(plan.problem, key, self._name_of, tr)
        start = plan.starts[key]
        place = (
            tr.gettext("Later")
            if start is None
            else period_in_words(plan.problem.limits, start, tr)
        )
        if start is not None and not self._by_quarter:
            remark = place
        pinned = tr.gettext("pinned") if details.pin is not None else ""
        owner = details.owner or details.team
        if key in self._alerts and start is None:
            remark = f"{state}: {remark}"  # there is no other line for it
        said = (f"{area} {way}", title, place, effort, owner, pinned, state, remark, implied)
        return Card(
            key=key,
            dimension=self._places[key[0]],
            area=area,
            way=way,
            title=title or area,
            owner=owner or tr.gettext("no owner yet"),
            effort=effort,
            state=state,
            is_pinned=details.pin is not None,
            column=column,
            span=step.duration if self._by_quarter and column != LATER else 1,
            remark=remark,
            needs=frozenset(plan.problem.requires.get(key, ())),
            sentence=", ".join(part for part in said if part),
            wants_attention=key in self._alerts,
        )


def column_after_drag(begin: int, grabbed: int | None, released: int | None) -> int | None:
    """The column a step begins in after a drag, from 0 or ``LATER``; ``None`` if it stays.

    A step over several quarters moves by as many as the pointer, wherever it was grabbed.
    """
    if released is None:
        return None
    column = released
    if grabbed is not None and LATER not in (begin, released):
        column = max(0, begin + released - grabbed)
    return None if column == begin else column
