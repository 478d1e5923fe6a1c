"""Contents of the timeline, as frozen values: rows with bars, arrows, milestones, the curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from app.planning.plan import Plan, Unscheduled
from app.planning.problem import PlannedStep, StepKey
from app.planning.projection import means_from_now, target_mean
from app.session.quarters import Quarter
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import days_in_words
from app.words.step_words import title_of, way_of
from app.words.texts import Translator
from ui.board.board_model import LATER, Card, Column, board_of
from ui.roadmap.plan_source import CurrentPlan


@dataclass(frozen=True, slots=True)
class Bar:
    """A step in its quarters: ``column`` from 0, ``span`` columns wide.

    ``sentence`` is all that is known of it, for screen readers and tool tips.
    """

    key: StepKey
    column: int
    span: int
    title: str
    is_pinned: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """A step without a quarter, in the row of its area; ``text`` says briefly why."""

    key: StepKey
    text: str
    sentence: str

    @property
    def column(self) -> int:
        """No column but *Later*."""
        return LATER


@dataclass(frozen=True, slots=True)
class Row:
    """An area with steps; ``way`` is from its level to its target."""

    area_id: str
    name: str
    way: str
    bars: tuple[Bar, ...]
    later: tuple[Postponed, ...]

    @property
    def steps(self) -> tuple[Bar | Postponed, ...]:
        """Its steps in the order they are taken."""
        return (*self.bars, *self.later)

    @property
    def keys(self) -> tuple[StepKey, ...]:
        """The keys of its steps, in the same order."""
        return tuple(step.key for step in self.steps)


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension with steps; ``place`` is its place in the model, for its colour."""

    name: str
    place: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step of one area that a step of another one waits for; both have quarters."""

    before: StepKey
    after: StepKey


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the timeline, ``at`` columns from the first day of the plan."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """The average ``at`` a number of columns from the first day; now for 0."""

    at: int
    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The projected average, beginning with the one of the session; empty without areas."""

    title: str = ""
    points: tuple[Point, ...] = ()
    target: Fraction | None = None
    target_text: str = ""
    origin: str = ""
    left: str = ""
    lowest: int = 1
    highest: int = 5
    sentence: str = ""


@dataclass(frozen=True)
class Timeline:
    """Everything on the timeline."""

    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    marks: tuple[Mark, ...] = ()
    curve: Curve = Curve()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows, from top to bottom."""
        return tuple(row for group in self.groups for row in group.rows)

    @cached_property
    def steps(self) -> Mapping[StepKey, Bar | Postponed]:
        """All steps: as bars, or as what stands in *Later*."""
        return {each.key: each for row in self.rows for each in row.steps}

    def column_at(self, place: int) -> Column | None:
        """The column at a place from 0; ``None`` for ``LATER``."""
        return None if place == LATER else self.columns[place]

    def step(self, key: StepKey | None) -> Bar | Postponed | None:
        """A step, if it is on the timeline."""
        return None if key is None else self.steps.get(key)

    def sentence_of(self, key: StepKey | None) -> str:
        """All that is known of a step."""
        step = self.step(key)
        return "" if step is None else step.sentence


def timeline_of(current: CurrentPlan, tr: Translator) -> Timeline:
    """The timeline of a plan."""
    return _TimelineMaker(current, tr).timeline()


class _TimelineMaker:
    """Makes the parts of one timeline."""

    def __init__(self, current: CurrentPlan, tr: Translator) -> None:
        self._session = current.session
        self._plan: Plan = current.plan
        self._tr = tr
        self._board = board_of(current, tr)
        self._cards = {card.key: card for card in self._board.cards}
        self._steps: dict[str, list[PlannedStep]] = {}
        for step in self._plan.problem.steps:
            self._steps.setdefault(step.key[0], []).append(step)

    def timeline(self) -> Timeline:
        """All of it."""
        if not self._cards:
            return Timeline()
        return Timeline(
            self._board.columns,
            tuple(self._groups()),
            tuple(self._arrows()),
            tuple(sorted(self._marks(), key=lambda mark: mark.at)),
            self._curve(),
        )

    # ---- rows --------------------------------------------------------------------------------

    def _groups(self) -> Iterator[Group]:
        language = self._session.language
        for place, dimension in enumerate(self._session.model.dimensions):
            rows = tuple(self._rows(area.id for area in dimension.areas))
            if rows:
                yield Group(dimension.name.line_in(language), place, rows)

    def _rows(self, area_ids: Iterable[str]) -> Iterator[Row]:
        for area_id in area_ids:
            steps = self._steps.get(area_id, [])
            if steps:
                keys = [step.key for step in steps]
                yield Row(
                    area_id,
                    self._session.model.area(area_id).label.line_in(self._session.language),
                    f"{self._tr.number(steps[0].from_level)} → {keys[-1][1]}",
                    tuple(self._bar(key) for key in keys if self._plan.starts[key] is not None),
                    tuple(self._later(key) for key in keys if self._plan.starts[key] is None),
                )

    def _bar(self, key: StepKey) -> Bar:
        card: Card = self._cards[key]
        title = title_of(self._session, key)
        return Bar(key, card.column, card.span, title, card.is_pinned, card.sentence)

    def _later(self, key: StepKey) -> Postponed:
        tr, step = self._tr, self._plan.problem.step(key)
        reason = self._plan.reasons.get(key)
        days = days_in_words(step.effort, tr)
        if reason is not None and reason.kind is Unscheduled.TOO_LARGE:
            text = tr.gettext("split it: {days}", days=days)
        else:
            way = way_of(self._session, key, tr)
            text = tr.gettext("{way}, {days}", way=way, days=days)
        return Postponed(key, text, self._cards[key].sentence)

    def _arrows(self) -> Iterator[Arrow]:
        placed = {key for key, start in self._plan.starts.items() if start is not None}
        for after, needed in self._plan.problem.requires.items():
            for before in needed:
                if before[0] != after[0] and {before, after} <= placed:
                    yield Arrow(before, after)

    # ---- days and averages -------------------------------------------------------------------

    def _marks(self) -> Iterator[Mark]:
        names: dict[date, list[str]] = {}
        for milestone in self._session.plan.milestones:
            names.setdefault(milestone.day, []).append(milestone.name)
        following = self._session.next_date
        if following is not None:  # a milestone of that day names it
            names.setdefault(following, [self._tr.gettext("Next workshop")])
        for day, named in names.items():
            at = self._place_of(day)
            if at is not None:
                yield Mark(at, self._named(" · ".join(named), day))

    def _named(self, name: str, day: date) -> str:
        return self._tr.gettext("{name}, {date}", name=name, date=self._tr.short_date(day))

    def _place_of(self, day: date) -> float | None:
        """Columns from the first day of the plan; ``None`` outside of it."""
        first = self._plan.problem.limits.start
        if first is None:
            return None
        quarter = Quarter.of(day)
        column = first.until(quarter)
        if not 0 <= column < len(self._board.columns):
            return None
        length = (quarter.last_day - quarter.first_day).days + 1
        return column + ((day - quarter.first_day).days + 1) / length

    def _curve(self) -> Curve:
        tr, plan, areas = self._tr, self._plan, self._plan.problem.areas
        means, target = means_from_now(plan), target_mean(plan)
        if target is None:
            return Curve()
        points = [Point(at, each, tr.number(each, MEAN_PLACES)) for at, each in enumerate(means)]
        later = len(plan.later)
        left = tr.ngettext("{n} step left", "{n} steps left", later) if later else ""
        model = self._session.model
        return Curve(
            title=tr.ngettext("Average of {n} area", "Average of {n} areas", len(areas)),
            points=tuple(points),
            target=target,
            target_text=tr.gettext("target {mean}", mean=tr.number(target, MEAN_PLACES)),
            origin=self._named(tr.gettext("workshop"), self._session.date),
            left=left,
            lowest=model.lowest_level,
            highest=model.highest_level,
            sentence=self._spoken(points, target, left),
        )

    def _spoken(self, points: list[Point], target: Fraction, left: str) -> str:
        tr = self._tr
        averages = ", ".join(
            f"{column.title} {point.text}"
            for column, point in zip(self._board.columns, points[1:], strict=True)
        )
        said = tr.gettext(
            "Average today {now}; projected {averages}; target {target}",
            now=points[0].text, averages=averages, target=tr.number(target, MEAN_PLACES),
        )  # fmt: skip
        return f"{said}; {left}" if left else said
