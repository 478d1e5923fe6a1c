"""Input shared by all sheets: session, figures and translator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from app.comparison.comparison import Comparison
from app.figures.earlier import EarlierFigures, earlier_figures
from app.figures.scoring import AreaFigures, GroupFigures, Profile, profile
from app.model.maturity_model import Area, Dimension
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan
from app.planning.session_problem import planned_session
from app.session.rating import CONFIDENCE_WORDS, Confidence, Rating
from app.session.session import Session
from app.words.comparison import left_out_in_words
from exports.workbook.plan_report import PlanReport
from exports.workbook.planned import StepRow, step_rows

FIRST_STEPS = 3
WIDEST_GAPS = 3


@dataclass(frozen=True)
class Report(PlanReport):
    """One session, ready to be written out in one language.

    ``comparison`` sets it beside others; the session is one of those compared. ``given_plan`` is
    the plan to show; without one it is made by priority.
    """

    session: Session
    language: str
    today: date
    comparison: Comparison | None = None
    given_plan: Plan | None = None
    figures: Profile = field(init=False)
    plan: Plan = field(init=False)
    steps: tuple[StepRow, ...] = field(init=False)

    def __post_init__(self) -> None:
        planned = planned_session(self.session)
        plan = self.given_plan or plan_by_priority(planned.problem)
        object.__setattr__(self, "figures", profile(self.session))
        object.__setattr__(self, "plan", plan)
        object.__setattr__(self, "steps", tuple(step_rows(self.session, planned, plan)))

    def rows(self) -> Iterator[tuple[int, Dimension, Area, AreaFigures, Rating]]:
        """One row per area in model order: number from 1, dimension, area, figures, rating."""
        entries = zip(self.model.entries(), self.figures.areas, strict=True)
        for number, ((dimension, area), figures) in enumerate(entries, 1):
            yield number, dimension, area, figures, self.session.rating(area.id)

    @property
    def has_evidence(self) -> bool:
        """True if any area has evidence."""
        return any(rating.evidence for rating in self.session.all_ratings())

    @cached_property
    def earlier(self) -> Session | None:
        """Of the sessions compared the one before this; shown where the level texts agree."""
        if self.comparison is None:
            return None
        others = [each for each in self.comparison.sessions if each.id != self.session.id]
        before = [each for each in others if each.date < self.session.date]
        same_day = [each for each in others if each.date == self.session.date]
        return next(reversed(before or same_day), None)

    @cached_property
    def earlier_levels(self) -> dict[str, Fraction]:
        """The earlier levels that may be shown, by area."""
        return {} if self._before is None else dict(self._before.levels)

    @cached_property
    def earlier_means(self) -> dict[str, Fraction]:
        """The earlier means that may be shown, by dimension."""
        if self._before is None or self.comparison is None:
            return {}
        is_allowed = self.comparison.allows_differences
        return self._before.means(self.figures) if is_allowed else {}

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Which earlier levels are not shown and why, a sentence for each reason."""
        if self.earlier is None or self._before is None:
            return ()
        return tuple(left_out_in_words(self._before, self.session, self.earlier, self.tr))

    @cached_property
    def _before(self) -> EarlierFigures | None:
        if self.earlier is None:
            return None
        return earlier_figures(self.model, self.session.language, self.earlier)

    def state(self, figures: AreaFigures | GroupFigures) -> str:
        """``scored``, ``not scored`` or ``not applicable``; a dimension counts as one area."""
        if isinstance(figures, AreaFigures):
            scored, applicable = figures.level is not None, figures.is_applicable
        else:
            scored, applicable = figures.scored > 0, figures.applicable > 0
        return self.tr.gettext("scored") if scored else self.unscored_state(applicable)

    def unscored_state(self, applicable: bool) -> str:
        """Reason for a missing level."""
        return self.tr.gettext("not scored") if applicable else self.tr.gettext("not applicable")

    def confidence(self, confidence: Confidence | None) -> str:
        """Confidence in a level; empty if not set."""
        return "" if confidence is None else self.tr.gettext(CONFIDENCE_WORDS[confidence])
