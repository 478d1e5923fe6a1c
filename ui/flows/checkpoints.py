"""Checkpoints of the open session: name the current state, or return to a named one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError, InvalidInput
from app.words.texts import N_
from ui.flows.host import Host
from ui.shell.actions import SPEC_BY_ID
from ui.shell.notice_bar import NoticeButton
from ui.shell.saving import MAY_NOT_LEAVE

if TYPE_CHECKING:
    from app.session.checkpoints import Checkpoint
    from app.workshop.history import Change
    from app.workshop.workshop import Workshop
    from ui.dialogs.checkpoints import CheckpointsDialog

CHECKPOINT = "checkpoint"


class CheckpointFlow(QObject):
    """Shows the checkpoint dialog and notices about its results.

    ``state_in_full`` words the saving state for the dialog, ``undo`` takes the last step back.
    """

    def __init__(
        self, host: Host, state_in_full: Callable[[], str], undo: Callable[[], None]
    ) -> None:
        super().__init__(host.window)
        self._host = host
        self._state_in_full = state_in_full
        self._undo = undo
        self._returned_by: Change | None = None
        host.state.areas_changed.connect(self._on_areas_changed)
        host.state.session_opened.connect(self._withdraw_undo)
        host.state.session_closed.connect(self._withdraw_undo)

    @property
    def _workshop(self) -> Workshop:
        return self._host.state.workspace.workshop

    def ask(self) -> None:
        """Open the dialog."""
        from ui.dialogs.checkpoints import CheckpointsDialog

        if not self._host.state.may_change():
            return
        tr = self._host.context.texts
        self._host.context.flush_pending_edits()
        if not self._host.state.is_saved:
            said = tr.gettext("A checkpoint can be saved once everything else is saved.")
            self._host.notices.show_notice(said, warning=True, key=MAY_NOT_LEAVE)
            return
        dialog = CheckpointsDialog(tr, self._state_in_full(), self._host.window)
        dialog.fill(self._workshop.session.milestones)
        dialog.name_given.connect(lambda name: self._set(name, dialog))
        dialog.return_wanted.connect(self._return_to)
        dialog.removal_wanted.connect(lambda checkpoint: self._remove(checkpoint, dialog))
        dialog.open()

    def _set(self, name: str, dialog: CheckpointsDialog) -> None:
        try:
            checkpoint = self._workshop.add_checkpoint(name)
        except InvalidInput as error:
            dialog.say_at_name(error.say(self._host.context.texts))
            return
        dialog.accept()
        if self._host.state.is_saved:
            self._show(N_("Checkpoint “{name}” saved. {keys} leads back to it."), checkpoint)

    def _remove(self, checkpoint: Checkpoint, dialog: CheckpointsDialog) -> None:
        self._workshop.remove_checkpoint(checkpoint)
        dialog.fill(self._workshop.session.milestones)

    def _return_to(self, checkpoint: Checkpoint) -> None:
        try:
            changed = self._workshop.return_to(checkpoint)
        except AppError as error:
            self._host.context.refused.emit(error, CHECKPOINT)
            return
        if not self._host.state.is_saved:
            return  # shown by the notice of unsaved changes
        if changed:
            self._returned_by = self._workshop.undoable
            self._show_returned(checkpoint, len(changed))
        else:
            self._show(N_("Everything already matches the checkpoint “{name}”."), checkpoint)

    def _show_returned(self, checkpoint: Checkpoint, count: int) -> None:
        tr = self._host.context.texts
        self._host.notices.show_notice(
            tr.ngettext(
                "{n} area was reset to the checkpoint “{name}”.",
                "{n} areas were reset to the checkpoint “{name}”.",
                count,
                name=checkpoint.name,
            ),
            buttons=(NoticeButton(tr.gettext("Undo"), self._undo),),
            key=CHECKPOINT,
            again=partial(self._show_returned, checkpoint, count),
        )

    def _on_areas_changed(self) -> None:
        """Withdraw the offer as soon as undo would do something else."""
        if self._workshop.undoable is not self._returned_by:
            self._withdraw_undo()

    def _withdraw_undo(self) -> None:
        """Withdraw the offer to undo the return. Idempotent."""
        if self._returned_by is not None:
            self._returned_by = None
            self._host.notices.withdraw(CHECKPOINT)

    def _show(self, template: str, checkpoint: Checkpoint) -> None:
        from ui.dialogs.key_sheet import key_in_words

        tr = self._host.context.texts
        keys = key_in_words(SPEC_BY_ID["checkpoints"].keys[0], tr)
        self._host.notices.show_notice(
            tr.gettext(template, name=checkpoint.name, keys=keys),
            key=CHECKPOINT,
            again=partial(self._show, template, checkpoint),
        )
