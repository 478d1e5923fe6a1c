"""Edits of targets: keys, fields, buttons and dialogs become changes of the workshop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import floor

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.model.scale import key_of_level
from app.planning.effects import defaults_at
from app.planning.target_state import TargetState, target_state
from app.session.rating import Rating
from app.words.target_days import typed_day, typed_path
from app.words.texts import N_
from app.workshop.validation import Wanted
from ui.context import Context
from ui.targets.edits import Edits
from ui.targets.target_dialogs import (
    DimensionDetails,
    DimensionDialog,
)
from ui.targets.targets_body import TargetsBody
from ui.targets.targets_filling import TargetsFilling, default_level, to_confirm
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage

_NOT_STORED = "target-field"


class TargetEdits(Edits):
    """Targets of the current area, of its dimension, and of all areas not discussed."""

    def __init__(
        self, context: Context, filling: TargetsFilling, body: TargetsBody, page: SessionPage
    ) -> None:
        super().__init__(context, filling, body, page)
        table = body.table
        table.by.store = self._store_day
        table.reason.store = self._store_reason
        table.sponsor.store = self._store_sponsor
        body.selected.path.store = self._store_path
        for field in body.fields:
            field.waiting_changed.connect(context.set_typed_text_waits)
            field.refused.connect(lambda error: context.refused.emit(error, _NOT_STORED))
            field.settled.connect(lambda: context.succeeded.emit(_NOT_STORED))
            field.left.connect(self.finished)
            field.focus_left.connect(self._close_step)
            context.flush_requested.connect(field.flush)
        table.level_chosen.connect(lambda *each: self.attempt(partial(self.set_dimension, *each)))
        table.details_wanted.connect(self.ask_details)
        body.selected.level_chosen.connect(
            lambda level: self.attempt(partial(self.set_target, level))
        )
        body.defaults.clicked.connect(lambda: self.attempt(self.set_defaults))

    @property
    def _rating(self) -> Rating:
        return self.session.rating(self.area_id)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Keys of the table."""
        own: dict[str, Callable[[], None]] = {
            "level.clear": lambda: self.set_target(None),
            "targets.against": self.decide_against,
            "targets.details": lambda: self.ask_details(self._dimension_id()),
            "targets.defaults": self.set_defaults,
            "note": lambda: self._edit(self.body.table.reason),
            "targets.sponsor": lambda: self._edit(self.body.table.sponsor),
            "targets.path": lambda: self._edit(self.body.selected.path),
        }
        for level in self.session.model.levels:
            key = key_of_level(level.number)
            own[f"level.{key}"] = partial(self.set_target, level.number)
            own[f"dimension.{key}"] = partial(self.set_dimension_here, level.number)
        return own

    # ---- targets -----------------------------------------------------------------------------

    def set_target(self, level: int | None) -> None:
        """Agree a target for the current area, or none: then the highest level counts."""
        if not self.area_id or not self._rating.is_applicable:
            return
        self.flush()
        before = len(self.filling.planned.implied)
        self.workshop.set_target(self.area_id, level)
        self._say_area(before)

    def decide_against(self) -> None:
        """Agree that the area stays where it is."""
        level = self._rating.level if self.area_id else None
        if level is None or not self._rating.is_applicable:
            self.say(N_("Decided against needs a level first: the area is not scored."))
            return
        self.set_target(floor(level))

    def set_dimension_here(self, level: int) -> None:
        """Agree this target for all areas of the current dimension."""
        if self.area_id:
            self.set_dimension(self._dimension_id(), level)

    def set_dimension(self, dimension_id: str, level: int) -> None:
        """Agree this target for all areas of a dimension that apply, as one step."""
        self.flush()
        self.workshop.set_dimension_targets(dimension_id, level)
        self.say(
            N_("{dimension}: all targets at {level}"),
            dimension=self._dimension_name(dimension_id),
            level=level,
        )

    def set_defaults(self) -> None:
        """Agree one level below the highest wherever the target is not discussed."""
        self.flush()
        level = default_level(self.session)
        wanted: Wanted = {
            (area_id, "target"): target
            for area_id, target in defaults_at(self.session, level).items()
        }
        if not wanted:
            return
        self.workshop.change_all(wanted)
        tr, count = self.context.texts, len(wanted)
        announce(
            self.page,
            tr.ngettext("{n} target at {level}", "{n} targets at {level}", count, level=level),
        )

    def _dimension_id(self) -> str:
        return self.session.model.dimension_of(self.area_id).id if self.area_id else ""

    def _dimension_name(self, dimension_id: str) -> str:
        session = self.session
        return session.model.dimension(dimension_id).name.line_in(session.language)

    # ---- typed -------------------------------------------------------------------------------

    def _store_day(self, area_id: str, text: str) -> None:
        self.workshop.set_target_date(area_id, typed_day(text))

    def _store_reason(self, area_id: str, text: str) -> None:
        self.workshop.set_target_reason(area_id, text)

    def _store_sponsor(self, area_id: str, text: str) -> None:
        self.workshop.set_target_sponsor(area_id, text)

    def _close_step(self) -> None:
        self.workshop.close_step()

    def _store_path(self, area_id: str, text: str) -> None:
        self.workshop.set_target_path(area_id, typed_path(text))

    def _edit(self, field: QWidget) -> None:
        if field.isVisible():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- whole dimensions --------------------------------------------------------------------

    def ask_details(self, dimension_id: str) -> None:
        """Ask for a date and a sponsor for all areas of a dimension."""
        if not dimension_id:
            return
        self.flush()
        dialog = DimensionDialog(
            self.context.texts, self._dimension_name(dimension_id), self.page.window()
        )
        dialog.entered.connect(
            lambda details: self.attempt_in(
                dialog, partial(self._set_details, dimension_id, details)
            )
        )
        dialog.open()

    def _set_details(self, dimension_id: str, details: DimensionDetails) -> None:
        session = self.session
        wanted: Wanted = {}
        for area in session.model.dimension(dimension_id).areas:
            rating = session.rating(area.id)
            is_against = target_state(session, area.id) is TargetState.DECIDED_AGAINST
            if not rating.is_applicable or is_against:
                continue
            if details.by and not (details.keeps_set and rating.target_date):
                wanted[area.id, "target_date"] = details.by
            if details.sponsor and not (details.keeps_set and rating.target_sponsor):
                wanted[area.id, "target_sponsor"] = details.sponsor
        if wanted:
            self.workshop.change_all(wanted)

    # ---- saying ------------------------------------------------------------------------------

    def _say_area(self, implied_before: int) -> None:
        """Announce the row, and that there is more to confirm than before."""
        row, implied = self.body.table.current, len(self.filling.planned.implied)
        if row is None:
            return
        more = to_confirm(implied, self.context.texts) if implied > implied_before else ""
        announce(self.page, " · ".join(filter(None, (row.sentence, more))))
