"""Input shared by all sheets: session, figures and translator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from app.comparison.comparison import Comparison
from app.figures.earlier import EarlierFigures, earlier_figures
from app.figures.scoring import AreaFigures, GroupFigures, Profile, profile
from app.model.maturity_model import Area, Dimension, LocalText, MaturityModel
from app.roadmap.steps import Requirement, Step, roadmap
from app.session.rating import CONFIDENCE_WORDS, Confidence, Rating
from app.session.session import Session
from app.session.step_details import STATUS_WORDS, StepStatus
from app.words.comparison import left_out_in_words
from app.words.plain_text import listed_text
from app.words.texts import Translator, translator_for
from exports.workbook.cell_text import line_text

FIRST_STEPS = 3
WIDEST_GAPS = 3
_MAX_DESCRIPTION = 600


@dataclass(frozen=True, slots=True)
class ActionWords:
    """A proposal in words; ``effort`` is the id of its class, empty where none is given."""

    text: str
    effort: str
    effort_meaning: str
    role: str


@dataclass(frozen=True)
class Report:
    """One session, ready to be written out in one language.

    ``comparison`` sets it beside others; the session is one of those compared.
    """

    session: Session
    language: str
    today: date
    comparison: Comparison | None = None
    figures: Profile = field(init=False)
    steps: tuple[Step, ...] = field(init=False)

    def __post_init__(self) -> None:
        figures = profile(self.session)
        object.__setattr__(self, "figures", figures)
        object.__setattr__(self, "steps", roadmap(self.session, figures))

    @property
    def tr(self) -> Translator:
        """Our own texts in the report's language."""
        return translator_for(self.language)

    @property
    def model(self) -> MaturityModel:
        """The session's frozen model."""
        return self.session.model

    def said(self, text: LocalText) -> str:
        """A text of the model in the report's language, without Markdown marks."""
        return listed_text(text.in_language(self.language))

    # ---- names --------------------------------------------------------------------------------

    @cached_property
    def area_names(self) -> dict[str, str]:
        """One name per area; names that occur twice carry their dimension in front."""
        names = {a.id: self._short_name(a) for a in self.model.areas}
        count = Counter(name.casefold() for name in names.values())
        return {
            area.id: f"{self.dimension_names[dimension.id]}: {names[area.id]}"
            if count[names[area.id].casefold()] > 1
            else names[area.id]
            for dimension, area in self.model.entries()
        }

    def _short_name(self, area: Area) -> str:
        return line_text(self._named(area.label) or self._named(area.name)) or area.id

    def _named(self, name: LocalText) -> str:
        return name.line_in(self.language)

    @cached_property
    def dimension_names(self) -> dict[str, str]:
        """The name of each dimension."""
        return {d.id: line_text(self._named(d.name)) or d.id for d in self.model.dimensions}

    @cached_property
    def dimension_numbers(self) -> dict[str, int]:
        """The place of each dimension in the model, from 0."""
        return {d.id: index for index, d in enumerate(self.model.dimensions)}

    def level_name(self, number: int) -> str:
        """The name of a level, such as ``Scale``; empty where the model gives none."""
        return line_text(self._named(self.model.level(number).name))

    def level_in_words(self, level: Fraction | int) -> str:
        """A level with its name: ``2 (Operate)``; half levels have no name."""
        number = self.tr.number(level)
        name = self.level_name(int(level)) if Fraction(level).denominator == 1 else ""
        return f"{number} ({name})" if name and name != number else number

    def description(self, area_id: str, level: int) -> str:
        """Description of an area at a level: its short sentence, summary or indicators.

        Where the area has no text, what the level means in general, marked as such.
        """
        found = self.model.area(area_id).description_of(level)
        indicators = " ".join(f"• {self.said(indicator.text)}" for indicator in found.indicators)
        own = self.said(found.short) or self.said(found.summary) or indicators
        general = self.said(self.model.general_text(area_id, level))
        if general:
            own = self.tr.gettext("In general: {text}", text=general)
        return line_text(own, _MAX_DESCRIPTION)

    # ---- who, when, what -----------------------------------------------------------------------

    @property
    def subject(self) -> str:
        """Unit and title in one line."""
        unit = self.session.unit
        parts = [] if unit is None else [unit.full_name]
        return " · ".join(part for part in (*parts, self.session.title) if part)

    @property
    def model_line(self) -> str:
        """Name and version of the model."""
        return f"{self._named(self.model.name)} {self.model.content_version}"

    # ---- figures beside the profile --------------------------------------------------------------

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
    def numbers(self) -> dict[str, int]:
        """The number of each area in model order, from 1: the key between the sheets."""
        return {area.id: number for number, area in enumerate(self.model.areas, 1)}

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

    # ---- states and steps in words ---------------------------------------------------------------

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

    def actions(self, step: Step) -> list[str]:
        """The proposals of a step, each with its effort and role."""
        lines = []
        for words in self.action_words(step):
            effort = _before_colon(words.effort_meaning) or words.effort
            known = " · ".join(fact for fact in (effort, words.role) if fact)
            lines.append(f"{words.text} [{known}]" if known else words.text)
        return lines

    def action_words(self, step: Step) -> list[ActionWords]:
        """The proposals of a step in words."""
        return [
            ActionWords(
                text=self.said(action.text),
                effort=action.effort or "",
                effort_meaning=self._efforts.get(action.effort or "", ""),
                role=self._roles.get(action.role or "", action.role or ""),
            )
            for action in step.actions
        ]

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {entry.id: _before_colon(self._named(entry.text)) for entry in self.model.roles}

    @cached_property
    def _efforts(self) -> dict[str, str]:
        return {entry.id: self._named(entry.text) for entry in self.model.efforts}

    def needs(self, requirement: Requirement) -> str:
        """A prerequisite in words, with its state."""
        wanted = requirement.prerequisite
        place = self.tr.gettext(
            "{area} at level {level}",
            area=self.area_names[wanted.required_area_id],
            level=wanted.required_level,
        )
        if requirement.not_applicable:
            return self.tr.gettext("{what}: not applicable, so not needed", what=place)
        if requirement.needs_scoring:
            return self.tr.gettext("{what}: needs scoring", what=place)
        if requirement.is_met:
            return self.tr.gettext("{what}: in place", what=place)
        return self.tr.gettext("{what}: still open", what=place)


def _before_colon(text: str) -> str:
    """``Small: up to two weeks`` is long for a table; its first word says enough there."""
    return text.split(":", maxsplit=1)[0].strip()


def status_words(tr: Translator) -> tuple[str, ...]:
    """Choices for the status of a step; the first is the default."""
    return tuple(map(tr.gettext, STATUS_WORDS.values()))


def closing_words(tr: Translator) -> tuple[str, str]:
    """The words of a status that takes a step off the list: done and dropped."""
    return (
        tr.gettext(STATUS_WORDS[StepStatus.DONE]),
        tr.gettext(STATUS_WORDS[StepStatus.DROPPED]),
    )
