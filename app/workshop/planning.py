"""Changes to what a plan is made of: targets, steps, and the settings of the plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.errors import InvalidInput
from app.planning.shared_actions import with_same_actions
from app.session.fields import NO_FIELD
from app.session.plan_settings import IntermediateTarget
from app.session.quarters import Quarter
from app.session.step_details import Approval, StepDetails
from app.words.texts import N_
from app.workshop.recording import Recording
from app.workshop.validation import Wanted

NO_DIMENSION = N_("The model has no dimension “{dimension}”.")


class Planning(Recording):
    """A running session in which targets are decided and steps are planned."""

    def set_target(self, area_id: str, target: int | None) -> None:
        """Agree a target level; ``None`` returns to the highest level."""
        self._change({(area_id, "target"): target})

    def set_dimension_targets(
        self, dimension_id: str, target: int | None, **details: object
    ) -> None:
        """Agree the same target for all areas of a dimension that apply, as one step."""
        found = [each for each in self._session.model.dimensions if each.id == dimension_id]
        if not found:
            raise InvalidInput(NO_DIMENSION, dimension=dimension_id)
        areas = (area.id for area in found[0].areas)
        applicable = [each for each in areas if self._latest(each, "not_applicable") is None]
        self.decide_targets(applicable, target=target, **details)

    def decide_targets(self, area_ids: Iterable[str], **details: object) -> None:
        """Set ``target``, ``date``, ``reason`` or ``sponsor`` of several targets as one step.

        Details that are not given stay as they are. Raises ``InvalidInput`` for another detail and
        for the first value that is not legal.
        """
        unknown = next((name for name in details if name not in _TARGET_FIELDS), None)
        if unknown is not None:
            raise InvalidInput(NO_FIELD, field=unknown)
        self._change(
            {
                (area_id, _TARGET_FIELDS[name]): value
                for area_id in area_ids
                for name, value in details.items()
            }
        )

    def set_target_date(self, area_id: str, day: date | None) -> None:
        """Set the day by which the target is to be reached."""
        self._change({(area_id, "target_date"): day})

    def set_target_reason(self, area_id: str, reason: str) -> None:
        """Set why this target; calls until :meth:`close_step` are one step for undo."""
        self._change(
            {(area_id, "target_reason"): reason}, self._merge_key(area_id, "target_reason")
        )

    def set_target_sponsor(self, area_id: str, sponsor: str) -> None:
        """Set who stands for the target; calls until :meth:`close_step` are one step for undo."""
        self._change(
            {(area_id, "target_sponsor"): sponsor}, self._merge_key(area_id, "target_sponsor")
        )

    def set_target_path(self, area_id: str, path: Iterable[IntermediateTarget]) -> None:
        """Set levels on the way to the target, each with its date."""
        self._change({(area_id, "target_path"): tuple(path)})

    def change_step(self, area_id: str, level: int, **values: object) -> None:
        """Set fields of :class:`StepDetails` for the step that leads to a level.

        A single text is typed: calls for it until :meth:`close_step` are one step for undo. Raises
        ``InvalidInput`` for an unknown field and the first value that is not legal.
        """
        step = _replaced(self._latest_step(area_id, level), values)
        typed = [name for name, value in values.items() if type(value) is str]
        is_typed = typed == [*values]
        key = self._merge_key(area_id, f"steps.{level}.{typed[0]}") if is_typed and typed else ""
        self._set_step(area_id, step, key)

    def pin_step(self, area_id: str, level: int, quarter: Quarter | None) -> None:
        """Fix the first quarter of a step; ``None`` unpins it."""
        self.change_step(area_id, level, pin=quarter)

    def approve_step(
        self, area_id: str, level: int, approval: Approval, by: str, on: date | None = None
    ) -> None:
        """Record what leadership says to a step: who says it, and when (today by default).

        *Proposed* takes name and day back.
        """
        day = on or datetime.now(UTC).astimezone().date()
        said: dict[str, object] = {"approved_by": by, "approved_on": day}
        if approval is Approval.PROPOSED:
            said = {"approved_by": "", "approved_on": None}
        self.change_step(area_id, level, approval=approval, **said)

    def change_plan(self, **values: object) -> None:
        """Set fields of :class:`PlanSettings` as one step.

        Raises ``InvalidInput`` for an unknown field and where the settings are not legal.
        """
        plan = self._latest(None, "plan")
        self._change({(None, "plan"): _replaced(plan, values)})

    def _latest_step(self, area_id: str, level: int) -> StepDetails:
        steps = self._latest_steps(area_id)
        return next((step for step in steps if step.level == level), StepDetails(level))

    def _latest_steps(self, area_id: str) -> tuple[StepDetails, ...]:
        steps = self._latest(area_id, "steps")
        return steps if isinstance(steps, tuple) else ()

    def _set_step(self, area_id: str, step: StepDetails, merge_key: str) -> None:
        """Set the details of a step; actions that it shares change in the other steps, too."""
        changed = {(area_id, step.level): step}
        if step.actions is not None:
            key = (area_id, step.level)
            shared = with_same_actions(self._session, key, step.actions)
            for other, actions in shared.items():
                changed[other] = replace(self._latest_step(*other), actions=actions)
        steps: dict[str, dict[int, StepDetails]] = {}
        for (other_id, level), details in changed.items():
            known = {each.level: each for each in self._latest_steps(other_id)}
            steps.setdefault(other_id, known)[level] = details
        wanted: Wanted = {(key, "steps"): tuple(each.values()) for key, each in steps.items()}
        self._change(wanted, merge_key)


_TARGET_FIELDS = {
    "target": "target",
    "date": "target_date",
    "reason": "target_reason",
    "sponsor": "target_sponsor",
}


def _replaced(holder: Any, values: dict[str, object]) -> Any:
    known = {field.name for field in dataclasses.fields(holder)} - {"level"}
    unknown = next((name for name in values if name not in known), None)
    if unknown is not None:
        raise InvalidInput(NO_FIELD, field=unknown)
    return dataclasses.replace(holder, **values)
