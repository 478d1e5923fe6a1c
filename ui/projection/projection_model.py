"""Contents of the sheet with the projected profile, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from app.figures.scoring import AreaFigures, GroupFigures, Profile, profile
from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.planning.projected_profile import Projected, projected, steps_ending_in
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import quarter_in_words, step_name
from app.words.texts import Translator
from exports.radar.data import moment_in_words
from ui.results.profile_table import TableRow

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Projection:
    """All that is shown for one period: today, then and target of every dimension and area.

    ``moment`` names the end of the period, ``averages`` compares, and ``reached`` names the steps
    that end in it. ``sentence`` says all three.
    """

    projected: Projected
    moment: str
    averages: str
    reached: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sentence: str


def projection_of(session: Session, plan: Plan, period: int, tr: Translator) -> Projection:
    """The contents for the end of a period, counted from 1; 0 is today."""
    now, then = profile(session), projected(session, plan, period)
    words = _Words(session, now, then, plan, tr)
    moment, averages, reached = moment_in_words(then, tr), words.averages(), words.reached()
    return Projection(
        projected=then,
        moment=moment,
        averages=averages,
        reached=reached,
        headings=words.headings(),
        rows=tuple(words.rows()),
        sentence=tr.gettext(
            "{moment}: {averages}. {reached}", moment=moment, averages=averages, reached=reached
        ),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Texts and rows for the figures of a session as they are now, and as they are then."""

    session: Session
    now: Profile
    then: Projected
    plan: Plan
    tr: Translator

    def headings(self) -> tuple[str, ...]:
        tr, then = self.tr, self.then
        column = moment_in_words(then, tr) if then.is_now else quarter_in_words(then.quarter)
        return tr.gettext("Area"), tr.gettext("Current"), column, tr.gettext("Target")

    def averages(self) -> str:
        now, then = self.now.overall, self.then.figures.overall
        return self.tr.gettext(
            "average {now} → {then}, target {target}",
            now=self._mean(now.mean),
            then=self._mean(then.mean),
            target=self._mean(then.target_mean),
        )

    def reached(self) -> str:
        """The steps that end in the quarter; before the first one, those that are done."""
        tr, named = self.tr, self._named(list(self._ending()))
        if self.then.is_now:
            done = tr.gettext("Done since the workshop: {steps}", steps=named)
            return done if named else tr.gettext("The levels are those of the workshop.")
        quarter = quarter_in_words(self.then.quarter)
        if not named:
            return tr.gettext("No step ends in {quarter}.", quarter=quarter)
        return tr.gettext("Reached in {quarter}: {steps}", quarter=quarter, steps=named)

    def _ending(self) -> Iterator[StepKey]:
        if not self.then.is_now:
            yield from steps_ending_in(self.plan, self.then.period)
            return
        for before, after in zip(self.now.areas, self.then.figures.areas, strict=True):
            if before.level is not None and after.level is not None and after.level > before.level:
                yield after.area_id, floor(after.level)

    def _named(self, steps: list[StepKey]) -> str:
        first = ", ".join(step_name(self.session, key) for key in steps[:_MOST_NAMED])
        left = len(steps) - _MOST_NAMED
        if left <= 0:
            return first
        return self.tr.ngettext("{areas} and {n} more", "{areas} and {n} more", left, areas=first)

    # ---- rows --------------------------------------------------------------------------------

    def rows(self) -> Iterator[TableRow]:
        """Dimensions in model order, each followed by its areas."""
        moved = {area_id for area_id, _ in self._ending()}
        now, then = self.now, self.then.figures
        for place, dimension in enumerate(self.session.model.dimensions):
            name = dimension.name.line_in(self.session.language)
            yield self._dimension(
                now.dimension(dimension.id), then.dimension(dimension.id), name, place
            )
            for area in dimension.areas:
                yield self._area(
                    now.area(area.id), then.area(area.id), place, has_moved=area.id in moved
                )

    def _dimension(self, now: GroupFigures, then: GroupFigures, name: str, place: int) -> TableRow:
        cells = self._mean(now.mean), self._mean(then.mean), self._mean(then.target_mean), ""
        return TableRow("", name, "", place, -1, "", cells)

    def _area(
        self, now: AreaFigures, then: AreaFigures, place: int, *, has_moved: bool
    ) -> TableRow:
        tr, model = self.tr, self.session.model
        label = self.session.label_of(now.area_id)
        number = str(model.position_of(now.area_id) + 1)
        if not now.is_applicable:
            cells = (tr.pgettext("short for not applicable", "n/a"), "", "", "")
            return TableRow(now.area_id, label, "", place, -1, number, cells)
        note = tr.gettext("new level") if has_moved else ""
        position = -1 if then.level is None else floor(then.level) - model.lowest_level
        cells = (tr.number(now.level), tr.number(then.level), tr.number(then.target), "")
        return TableRow(now.area_id, label, note, place, position, number, cells, note)

    def _mean(self, mean: Fraction | None) -> str:
        return self.tr.number(mean, MEAN_PLACES)
