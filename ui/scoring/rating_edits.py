"""Edits of the current area's rating: level, target, not applicable, confidence and weight."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.model.scale import key_of_level
from app.session.rating import Confidence
from ui.scoring.decision_card import parsed_weight
from ui.scoring.scoring_body import ScoringBody
from ui.scoring.scoring_state import ScoringState

_HALF = Fraction(1, 2)


class RatingEdits(QObject):
    """Turns keys, cards and fields into changes of the workshop."""

    #: The target mode was switched on or off.
    target_mode_changed = Signal()
    #: The weight was stored or corrected; its field must be filled again.
    weight_stored = Signal()
    #: A level was pressed on an area that is not applicable, or the question is answered.
    doubt_changed = Signal()
    #: A level or target was set to what it is already.
    nothing_changed = Signal()
    #: An edit is finished; the page takes the focus.
    finished = Signal()

    def __init__(self, state: ScoringState, body: ScoringBody, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._body = body
        body.levels.level_chosen.connect(self.choose)
        body.decision.target_chosen.connect(self._set_target)
        body.decision.confidence_chosen.connect(self._set_confidence)
        body.decision.weight_entered.connect(self._on_weight_entered)
        body.decision.weight_left.connect(self.finished)
        body.decision.half_pressed.connect(self._toggle_half)
        body.decision.not_applicable_pressed.connect(self._toggle_not_applicable)
        body.not_applicable.reason_entered.connect(self._on_reason_entered)
        body.not_applicable.made_applicable.connect(self._make_applicable)
        body.not_applicable.left.connect(self.finished)
        body.not_applicable.level_confirmed.connect(self.confirm_level)
        body.not_applicable.kept.connect(self.cancel)
        state.context.flush_requested.connect(self._store_weight)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Keys of a rating; levels and halves as the session has them."""
        own: dict[str, Callable[[], None]] = {
            "level.clear": self._clear,
            "not_applicable": self._toggle_not_applicable,
            "target": self._toggle_choosing_target,
            "weight": self._edit_weight,
            "confidence": self._choose_confidence,
        }
        for level in self._state.session.model.levels:
            own[f"level.{key_of_level(level.number)}"] = partial(self.choose, level.number)
        if self._state.session.half_levels:
            own["level.half"] = self._toggle_half
        return own

    def _flush(self) -> None:
        self._state.context.flush_pending_edits()

    # ---- level and target --------------------------------------------------------------------

    def choose(self, level: int) -> None:
        """Set the level, or the target in target mode.

        A level would discard the agreed reason of an area that is not applicable, so it is asked
        for again.
        """
        if self._state.is_choosing_target:
            self._set_target(level)
        elif self._state.rating.is_applicable or level == self._state.doubted_level:
            self._set_level(level)
        else:
            self._flush()
            self._set_doubt(level)

    def confirm_level(self) -> None:
        """Score the area that was not applicable with the level that was pressed."""
        level = self._state.doubted_level
        if level is not None:
            self._set_level(level)

    def cancel(self) -> None:
        """Leave target mode, or keep the area not applicable. Idempotent."""
        self.stop_choosing_target()
        self._set_doubt(None)

    def stop_doubting(self) -> None:
        """Drop the question: the rating has changed. Idempotent."""
        self._set_doubt(None)

    def _set_doubt(self, level: int | None) -> None:
        if level != self._state.doubted_level:
            self._state.doubted_level = level
            self.doubt_changed.emit()

    def _clear(self) -> None:
        if self._state.is_choosing_target:
            self._set_target(None)
        elif self._state.rating.is_applicable:
            self._set_level(None)

    def _set_level(self, level: Fraction | int | None) -> None:
        self._flush()
        self._remember_reason()
        self._set_doubt(None)
        self._decide(lambda: self._state.workshop.set_level(self._state.area_id, level))

    def _toggle_half(self) -> None:
        """Half a level more, or back to the whole one; there is none above the highest level."""
        rating = self._state.rating
        level = rating.level if rating.is_applicable else None
        if level is None:
            return
        if level.denominator != 1:
            self._set_level(level - _HALF)
        elif level < self._state.session.model.highest_level:
            self._set_level(level + _HALF)
        else:
            self._flush()

    def _toggle_choosing_target(self) -> None:
        self._set_doubt(None)
        if not self._state.is_choosing_target:
            self._flush()
        self._set_target_mode(not self._state.is_choosing_target)

    def stop_choosing_target(self) -> None:
        """Leave target mode. Idempotent."""
        self._set_target_mode(False)

    def _set_target_mode(self, is_choosing: bool) -> None:
        if is_choosing != self._state.is_choosing_target:
            self._state.is_choosing_target = is_choosing
            self.target_mode_changed.emit()

    def _set_target(self, target: int | None) -> None:
        self._flush()
        self.stop_choosing_target()
        self._decide(lambda: self._state.workshop.set_target(self._state.area_id, target))

    def _decide(self, change: Callable[[], None]) -> None:
        before = self._state.rating
        change()
        if self._state.rating == before and not self._state.workshop.unsaved:
            self.nothing_changed.emit()

    # ---- not applicable ----------------------------------------------------------------------

    def _toggle_not_applicable(self) -> None:
        self._flush()
        self.cancel()
        if self._state.rating.is_applicable:
            self._body.not_applicable.ask()
        else:
            self._make_applicable()

    def _make_applicable(self) -> None:
        self._flush()
        self._remember_reason()
        self._state.workshop.set_not_applicable(self._state.area_id, None)
        self.finished.emit()

    def _remember_reason(self) -> None:
        """Propose the agreed reason should the area be taken out again."""
        reason = self._state.rating.not_applicable
        if reason is not None:
            self._body.not_applicable.remember(self._state.area_id, reason)

    def _on_reason_entered(self, reason: str) -> None:
        try:
            self._state.workshop.set_not_applicable(self._state.area_id, reason)
        except AppError as fault:
            self._body.not_applicable.show_fault(fault.say(self._state.context.texts))
            return
        self._body.not_applicable.close_field()

    # ---- confidence and weight ---------------------------------------------------------------

    def _choose_confidence(self) -> None:
        self._flush()
        self._body.decision.offer_confidence()

    def _set_confidence(self, confidence: Confidence | None) -> None:
        self._flush()
        self._state.workshop.set_confidence(self._state.area_id, confidence)

    def _edit_weight(self) -> None:
        self._flush()
        self._body.decision.edit_weight()

    def _store_weight(self) -> None:
        """Store a weight that is being typed: it belongs to this area, not to the next one."""
        if self._state.area_id:
            self._body.decision.store_weight()

    def _on_weight_entered(self, text: str) -> None:
        try:
            self._state.workshop.set_weight(self._state.area_id, parsed_weight(text))
        except AppError as fault:
            self._body.decision.show_weight_fault(fault.say(self._state.context.texts))
            return
        self.weight_stored.emit()
