"""The plan of a session in words: steps, quarters, actions and prerequisites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from app.figures.scoring import Profile
from app.model.maturity_model import Action
from app.planning.efforts import days_by_class, step_actions
from app.planning.plan import Plan
from app.planning.problem import ImpliedTarget, StepKey
from app.planning.roadmap import Requirement, requirements
from app.session.step_details import APPROVAL_WORDS, STATUS_WORDS, PlannedAction, StepStatus
from app.words.plan_words import clash_in_words, reason_in_words
from app.words.texts import Translator
from exports.workbook.names import Names
from exports.workbook.planned import CLOSED, StepRow, periods_reached


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action in words; ``effort`` is the id of its class, empty where none is given.

    ``shared_with`` is the number of the step that pays for it, 0 where its own step does.
    """

    text: str
    effort: str
    effort_meaning: str
    role: str
    shared_with: int = 0


class PlanReport(Names):
    """Steps of a plan, and what is said of each."""

    figures: Profile
    plan: Plan
    steps: tuple[StepRow, ...]

    @cached_property
    def planned_steps(self) -> list[StepRow]:
        """The steps with a quarter."""
        return [step for step in self.steps if step.start is not None]

    @cached_property
    def later_steps(self) -> list[StepRow]:
        """The open steps without a quarter."""
        return [step for step in self.steps if step.start is None and step.is_open]

    def actions(self, step: StepRow) -> list[str]:
        """The actions of a step, each with its effort and role."""
        lines = []
        for words in self.action_words(step):
            effort = _before_colon(words.effort_meaning) or words.effort
            known = " · ".join(fact for fact in (effort, words.role) if fact)
            lines.append(f"{words.text} [{known}]" if known else words.text)
        return lines

    def action_words(self, step: StepRow) -> list[ActionWords]:
        """The actions of a step in words: those entered for it, else the model's proposals."""
        own = step.details.actions
        if own is None:
            proposed = self.model.area(step.area_id).actions_to(step.to_level)
            return [self._in_words(step, action, self.said(action.text)) for action in proposed]
        return [self._in_words(step, action, action.text) for action in own]

    def _in_words(self, step: StepRow, action: Action | PlannedAction, text: str) -> ActionWords:
        payer = self._payers[action.id]
        return ActionWords(
            text=text,
            effort=action.effort or "",
            effort_meaning=self._efforts.get(action.effort or "", ""),
            role=self._roles.get(action.role or "", action.role or ""),
            shared_with=0 if payer == step.number else payer,
        )

    @cached_property
    def _payers(self) -> dict[str, int]:
        """The step that pays for each action: the first planned one in model order."""
        payers: dict[str, int] = {}
        numbers = {step.key: step.number for step in self.steps}
        planned = [step.key for step in self.plan.problem.steps]
        others = [step.key for step in self.steps if step.priority is None]
        for key in (*planned, *others):
            for action in step_actions(self.session, key):
                payers.setdefault(action.id, numbers[key])
        return payers

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {entry.id: _before_colon(self._named(entry.text)) for entry in self.model.roles}

    @cached_property
    def _efforts(self) -> dict[str, str]:
        return {entry.id: self._named(entry.text) for entry in self.model.efforts}

    def days_of(self, effort: str) -> Fraction | None:
        """Person-days of an effort class; ``None`` where they are not known."""
        return days_by_class(self.session.plan).get(effort.upper())

    def needs(self, step: StepRow) -> list[str]:
        """The prerequisites of a step in other areas, with their state or why they are waived."""
        lines = [self._with_state(each) for each in self._requirements.get(step.key, ())]
        for each in self.session.plan.overruled:
            if (each.area_id, each.level) == step.key:
                place = self._level_of(each.required_area_id, each.required_level)
                lines.append(
                    self.tr.gettext("{what}: overruled, {reason}", what=place, reason=each.reason)
                )
        return lines

    @cached_property
    def _requirements(self) -> Mapping[StepKey, Sequence[Requirement]]:
        areas = {area.id: area for area in self.plan.problem.areas}
        return requirements(self.session, areas)

    def _level_of(self, area_id: str, level: int) -> str:
        name = self.area_names[area_id]
        return self.tr.gettext("{area} at level {level}", area=name, level=level)

    def _with_state(self, wanted: Requirement) -> str:
        place = self._level_of(wanted.area_id, wanted.level)
        if wanted.not_applicable:
            return self.tr.gettext("{what}: not applicable, so not needed", what=place)
        if wanted.needs_scoring:
            return self.tr.gettext("{what}: needs scoring", what=place)
        if wanted.is_met:
            return self.tr.gettext("{what}: in place", what=place)
        return self.tr.gettext("{what}: still open", what=place)

    @cached_property
    def implied(self) -> dict[str, ImpliedTarget]:
        """Targets that were not agreed but that planned steps require, by area."""
        return {each.area_id: each for each in self.plan.problem.implied}

    @cached_property
    def planned_targets(self) -> dict[str, int]:
        """The targets that the plan leads to, by area."""
        return {area.id: area.target for area in self.plan.problem.areas}

    def levels_of(self, step: StepRow) -> str:
        """From and to level of a step, ``2 → 3``."""
        return f"{self.tr.number(step.from_level)} → {step.to_level}"

    def first_action(self, step: StepRow) -> str:
        """The first line of the first action of a step, else its target state."""
        actions = self.actions(step)
        return actions[0].split("\n")[0] if actions else self.description(*step.key)

    def step_name(self, key: StepKey) -> str:
        """A step as it stands in a sentence, ``CI/CD 3``."""
        return f"{self.area_names[key[0]]} {key[1]}"

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The quarters of the plan, ``2027-Q1``: sorted as texts they stand in order."""
        limits = self.plan.problem.limits
        if limits.start is None:
            return tuple(f"{number:02}" for number in range(1, limits.periods + 1))
        return tuple(str(limits.start.plus(number)) for number in range(limits.periods))

    def why_later(self, step: StepRow) -> str:
        """Reason why a step has no quarter; empty where it has one or is closed."""
        if step.priority is None:
            if not step.is_open:
                return ""
            return self.tr.gettext("needs a step that was dropped")
        return reason_in_words(self.plan, step.key, self.step_name, self.tr)

    def quarter_of(self, step: StepRow) -> str:
        """The quarter in which a step begins, or the word for later; empty for a closed one."""
        if step.start is not None:
            return self.periods[step.start - 1]
        return self.later if step.is_open else ""

    @cached_property
    def reached(self) -> Mapping[StepKey, int | None]:
        """The quarter by whose end the level of each step is reached; ``None`` for never."""
        return periods_reached(self.steps)

    @property
    def no_step(self) -> str:
        """Reason why there is nothing to plan."""
        tr, overall = self.tr, self.figures.overall
        if not overall.applicable:
            return tr.gettext("No area is applicable.")
        if not overall.scored:
            return tr.gettext("Nothing is scored yet, so there is nothing to plan.")
        return tr.gettext("All targets reached: there is nothing to plan.")

    @property
    def clash(self) -> str:
        """Wishes that do not hold; empty where all do."""
        return clash_in_words(self.plan, self.step_name, self.tr)

    def approval(self, step: StepRow) -> str:
        """The word for what leadership says to a step."""
        return self.tr.gettext(APPROVAL_WORDS[step.details.approval])

    @property
    def later(self) -> str:
        """The word that stands instead of a quarter."""
        return self.tr.pgettext("instead of a quarter", "Later")


def _before_colon(text: str) -> str:
    """``Small: up to two weeks`` is long for a table; its first word says enough there."""
    return text.split(":", maxsplit=1)[0].strip()


def status_words(tr: Translator) -> tuple[str, ...]:
    """Choices for the status of a step; the first is the default."""
    return tuple(map(tr.gettext, STATUS_WORDS.values()))


def status_word(status: StepStatus, tr: Translator) -> str:
    """The word of a status."""
    return tr.gettext(STATUS_WORDS[status])


def closing_words(tr: Translator) -> tuple[str, ...]:
    """The words of a status that takes a step off the list: done and dropped."""
    return tuple(status_word(status, tr) for status in CLOSED)
