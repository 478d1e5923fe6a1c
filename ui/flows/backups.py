"""Backups of the open library while working."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from ui.flows.host import Host

if TYPE_CHECKING:
    from app.ports import Backup, BackupSchedule

BACKUP_EVERY_MS = 60_000


class BackupFlow(QObject):
    """Backs up on request and by a timer, slice by slice."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host
        self._timer = QTimer(self)
        self._timer.setInterval(BACKUP_EVERY_MS)
        self._timer.timeout.connect(self._back_up_if_due)
        self._slices = QTimer(self)
        self._slices.setSingleShot(True)
        self._slices.timeout.connect(self._go_on)
        self._by_hand: BackupSchedule | None = None

    def start(self) -> None:
        """Start backing up the open library regularly."""
        self._by_hand = None  # that of another library ended with it
        self._timer.start()

    def stop(self) -> None:
        """Stop regular backups."""
        self._timer.stop()
        self._slices.stop()

    def back_up(self) -> None:
        """Make a backup now; raises errors of ``app.errors`` as far as they come at once."""
        self._host.context.flush_pending_edits()
        schedule = self._host.state.library.backup_schedule
        schedule.begin("manual")
        self._go_on_by_hand(schedule)

    def _go_on(self) -> None:
        if self._by_hand is None:
            self._back_up_if_due()
            return
        try:
            self._go_on_by_hand(self._by_hand)
        except AppError as error:
            self._host.notices.withdraw("backup")
            self._host.context.error_raised.emit(error)

    def _go_on_by_hand(self, schedule: BackupSchedule) -> None:
        """One more slice of the backup that was asked for."""
        self._by_hand = None
        backup = schedule.next_slice()
        if backup is not None:
            self._show_made(backup)
        elif schedule.is_under_way:
            self._by_hand = schedule
            said = self._host.context.texts.gettext("Making a backup…")
            self._host.notices.show_notice(said, key="backup")
            self._slices.start(0)
        else:  # a merge or an import has made one instead
            self._host.notices.withdraw("backup")

    def _show_made(self, backup: Backup) -> None:
        from ui.dialogs.restore import size_in_words

        tr = self._host.context.texts
        self._host.notices.show_notice(
            tr.gettext(
                "Backed up and verified: {size}, in the data folder of the program.",
                size=size_in_words(backup.size, tr.number),
            ),
            key="backup",
        )

    def _back_up_if_due(self) -> None:
        if self._by_hand is not None or not self._host.state.is_saved:
            return  # the next tick continues
        try:
            if self._host.state.library.backup_schedule.next_slice_if_due():
                self._slices.start(0)
        except AppError as error:
            self._show_failed(error)

    def _show_failed(self, error: AppError) -> None:
        tr = self._host.context.texts
        self._host.notices.show_notice(
            tr.gettext("The backup failed. Your entries are saved; the cause is given below."),
            details=error.say(tr),
            warning=True,
            key="backup-failed",
            again=partial(self._show_failed, error),
            outlives_session=True,
        )
