"""Backups of the open library while working."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from ui.flows.host import Host

BACKUP_EVERY_MS = 60_000


class BackupFlow(QObject):
    """Backs up on request and by a timer, the latter slice by slice."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host
        self._timer = QTimer(self)
        self._timer.setInterval(BACKUP_EVERY_MS)
        self._timer.timeout.connect(self._back_up_if_due)
        self._slices = QTimer(self)
        self._slices.setSingleShot(True)
        self._slices.timeout.connect(self._back_up_if_due)

    def start(self) -> None:
        """Start backing up the open library regularly."""
        self._timer.start()

    def stop(self) -> None:
        """Stop regular backups."""
        self._timer.stop()
        self._slices.stop()

    def back_up(self) -> None:
        """Make a backup now."""
        from ui.dialogs.restore import size_in_words

        tr = self._host.context.texts
        self._host.context.flush_pending_edits()
        backup = self._host.state.library.back_up("manual")
        self._host.notices.show_notice(
            tr.gettext(
                "Backed up and verified: {size}, in the data folder of the program.",
                size=size_in_words(backup.size, tr.number),
            ),
            key="backup",
        )

    def _back_up_if_due(self) -> None:
        if not self._host.state.is_saved:
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
