"""Edits of implied targets and of the prerequisites behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt

from app.errors import InvalidInput
from app.planning.deriving import Need
from app.planning.problem import ImpliedTarget
from app.planning.session_problem import need_of, session_problem
from app.session.plan_settings import AddedPrerequisite, Overruled
from app.words.texts import N_
from ui.context import Context
from ui.targets.edits import Edits
from ui.targets.prerequisites import reason_of, root_cause
from ui.targets.selected_card import PrerequisiteLine, Way
from ui.targets.target_dialogs import OverruleDialog, PrerequisiteDialog
from ui.targets.targets_body import TargetsBody
from ui.targets.targets_filling import TargetsFilling
from ui.widgets.page import SessionPage


class PrerequisiteEdits(Edits):
    """Three ways out of an implied target, and prerequisites added in the room."""

    def __init__(
        self, context: Context, filling: TargetsFilling, body: TargetsBody, page: SessionPage
    ) -> None:
        super().__init__(context, filling, body, page)
        body.selected.prerequisite_wanted.connect(self.ask_prerequisite)
        body.selected.way_wanted.connect(self._take_way)
        body.confirm.confirmed.connect(lambda: self.attempt(self.confirm))
        body.confirm.lowered.connect(lambda: self.attempt(self.lower))
        body.confirm.overruled.connect(self.ask_overruling)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Keys of implied targets and prerequisites."""
        return {
            "targets.confirm": self.confirm_or_edit,
            "targets.prerequisite": self.ask_prerequisite,
        }

    # ---- implied targets ---------------------------------------------------------------------

    @property
    def _asked(self) -> ImpliedTarget | None:
        return self.filling.planned.question_for(self.area_id)

    def confirm_or_edit(self) -> None:
        """Confirm the implied target that is asked about; without one, type the date."""
        if self._asked is not None:
            self.confirm()
        else:
            self.body.table.by.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def confirm(self) -> None:
        """Agree the implied target that is asked about."""
        asked = self._asked
        if asked is None:
            return
        self.flush()
        self.workshop.set_target(asked.area_id, asked.level)
        self.say(
            N_("{area}: target {level} confirmed"),
            area=self.session.label_of(asked.area_id),
            level=asked.level,
        )

    def lower(self) -> None:
        """Lower the target that implies the other one, to the level below the step that does."""
        asked, problem = self._asked, self.filling.planned.problem
        if asked is None or problem is None:
            return
        area_id, level = root_cause(problem, asked)
        self.flush()
        self.workshop.set_target(area_id, level - 1)
        self.say(
            N_("{area}: target lowered to {level}"),
            area=self.session.label_of(area_id),
            level=level - 1,
        )

    def ask_overruling(self) -> None:
        """Ask why the prerequisite behind the implied target does not hold here."""
        asked = self._asked
        if asked is not None:
            need = Need(asked.needed_by, (asked.area_id, asked.level))
            self._ask_overruling(need, reason_of(self.session, asked))

    def _ask_overruling(self, need: Need, reason: str) -> None:
        self.flush()
        tr, session = self.context.texts, self.session
        step, required = need.step, need.requires
        needs = tr.gettext(
            "{area} {level} needs {other} {required}.",
            area=session.label_of(step[0]),
            level=step[1],
            other=session.label_of(required[0]),
            required=required[1],
        )
        dialog = OverruleDialog(tr, f"{needs} {reason}".strip(), self.page.window())

        def overrule(why: str) -> None:
            overruled = (*self.session.plan.overruled, Overruled(*step, *required, why))
            self.attempt_in(dialog, lambda: self.workshop.change_plan(overruled=overruled))

        dialog.entered.connect(overrule)
        dialog.open()

    # ---- prerequisites -----------------------------------------------------------------------

    def ask_prerequisite(self) -> None:
        """Ask for a prerequisite of the current area."""
        session = self.session
        if not self.area_id or len(session.model.areas) < 2:
            return
        self.flush()
        dialog = PrerequisiteDialog(
            self.context.texts, session.model, session.language, self.area_id,
            session.target_of(self.area_id), self.page.window(),
        )  # fmt: skip
        dialog.entered.connect(
            lambda entry: self.attempt_in(dialog, partial(self._add_prerequisite, entry))
        )
        dialog.open()

    def _add_prerequisite(self, entry: AddedPrerequisite) -> None:
        session = self.session
        if entry.area_id == entry.required_area_id:
            raise InvalidInput(N_("An area needs its own lower levels anyway. Choose another one."))
        plan = session.plan
        if need_of(entry) in map(need_of, plan.prerequisites):
            raise InvalidInput(N_("This prerequisite is there already."))
        added = (*plan.prerequisites, entry)
        session_problem(replace(session, plan=replace(plan, prerequisites=added)))
        self.workshop.change_plan(prerequisites=added)

    def _take_way(self, line: PrerequisiteLine) -> None:
        plan = self.session.plan
        if line.way is Way.OVERRULE:
            self._ask_overruling(line.need, line.reason)
        elif line.way is Way.RESTORE:
            self._change(overruled=_without(plan.overruled, line.index))
        else:
            self._change(prerequisites=_without(plan.prerequisites, line.index))

    def _change(self, **values: object) -> None:
        self.flush()
        self.attempt(lambda: self.workshop.change_plan(**values))
        self.finished.emit()


def _without(entries: tuple[object, ...], index: int) -> tuple[object, ...]:
    return tuple(each for place, each in enumerate(entries) if place != index)
