"""Edits of the current area's note and evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from app.errors import AppError, InvalidInput
from app.session.field_types.texts import MAX_NOTE_LENGTH
from ui.scoring.evidence_opener import open_evidence
from ui.scoring.reason_card import ReasonCard
from ui.scoring.scoring_state import ScoringState


class ReasonEdits(QObject):
    """Stores notes while they are typed, attaches, opens and removes evidence."""

    #: The user begins to edit note or evidence; target mode ends.
    started = Signal()
    #: An edit is finished; the page takes the focus.
    finished = Signal()

    def __init__(self, state: ScoringState, card: ReasonCard, page: QWidget) -> None:
        super().__init__(page)
        self._state = state
        self._card = card
        self._page = page
        card.note.note_typed.connect(self._on_note_typed)
        card.note.waiting_changed.connect(state.context.set_typed_text_waits)
        card.note.left.connect(self.finished)
        card.note.focus_left.connect(self._on_note_left)
        card.note.grew_too_long.connect(self._on_note_too_long)
        card.form_wanted.connect(self._add_evidence)
        card.focus_released.connect(self.finished)
        card.form.left.connect(self._close_form)
        card.form.link_entered.connect(self._on_link_entered)
        card.form.file_entered.connect(self._on_file_entered)
        card.file_dropped.connect(self._on_file_dropped)
        card.evidence_opened.connect(self._open_evidence)
        card.evidence_removed.connect(self._remove_evidence)
        state.context.flush_requested.connect(card.note.flush)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(card.note.flush)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Keys of note and evidence."""
        return {"evidence": self._add_evidence, "note": self._edit_note}

    # ---- note --------------------------------------------------------------------------------

    def _edit_note(self) -> None:
        self.started.emit()
        self._card.put_form_aside()
        self._card.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._card.note.moveCursor(QTextCursor.MoveOperation.End)

    def _on_note_typed(self, area_id: str, note: str) -> None:
        if not self._state.session.model.has_area(area_id):
            return
        context = self._state.context
        context.set_typed_text_waits(False)  # before it is stored: the header then says “Saved”
        try:
            self._state.workshop.set_note(area_id, note)
        except InvalidInput as fault:
            context.set_typed_text_waits(True)
            self._card.show_fault(fault.say(context.texts))
            return
        self._card.show_fault("")

    def _on_note_left(self) -> None:
        self._state.workshop.close_step()

    def _on_note_too_long(self) -> None:
        self._card.show_fault(
            self._state.context.texts.gettext(
                "A reason can have at most {most} characters. Attach longer texts as a file.",
                most=MAX_NOTE_LENGTH,
            )
        )

    # ---- evidence ----------------------------------------------------------------------------

    def _add_evidence(self) -> None:
        self._state.context.flush_pending_edits()
        self.started.emit()
        self._card.open_form(self._state.area_id)

    def _close_form(self) -> None:
        self._card.close_form()
        self.finished.emit()

    def _on_link_entered(self, address: str, title: str) -> None:
        workshop = self._state.workshop
        self._attach(lambda area_id: workshop.add_link(area_id, address, title))

    def _on_file_entered(self, path: Path) -> None:
        workshop = self._state.workshop
        self._attach(lambda area_id: workshop.add_file(area_id, path))

    def _on_file_dropped(self, path: Path) -> None:
        self._card.put_form_aside()
        self._on_file_entered(path)

    def _attach(self, add: Callable[[str], None]) -> None:
        self._state.context.flush_pending_edits()
        try:
            add(self._state.area_id)
        except AppError as fault:
            sentence = fault.say(self._state.context.texts)
            self._card.open_form_for_fault(self._state.area_id, sentence)
            return
        self._close_form()

    def _remove_evidence(self, evidence_id: str) -> None:
        self._state.context.flush_pending_edits()
        self._state.workshop.remove_evidence(self._state.area_id, evidence_id)
        self.finished.emit()

    def _open_evidence(self, evidence_id: str) -> None:
        evidence = self._state.rating.evidence
        entry = next((each for each in evidence if each.id == evidence_id), None)
        if entry is None:
            return
        try:
            content_of = self._state.workspace.library.file_content
            open_evidence(entry, content_of, self._state.context, self._page)
        except AppError as fault:
            self._state.context.error_raised.emit(fault)
