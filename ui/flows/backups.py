"""Backups of the open library while working, and restoring one as a new library."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

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

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Actions that need an open library."""
        return {"library.backup": self.back_up}

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
        )


class RestoreFlow(QObject):
    """Restores a backup as a new library; works without an open one."""

    #: A restored library is to be opened (its path).
    open_wanted = Signal(object)

    def __init__(self, host: Host, path: Callable[[], Path]) -> None:
        """``path`` returns the library whose backups are listed."""
        super().__init__(host.window)
        self._host = host
        self._path = path

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Actions that are always possible."""
        return {"library.restore": self.ask}

    def ask(self) -> None:
        """List the backups and ask for one."""
        from ui.dialogs.restore import RestoreDialog

        context, path = self._host.context, self._path()
        backups = context.services.backups_of(path)
        dialog = RestoreDialog(context.texts, path, backups, self._host.window)
        dialog.backup_chosen.connect(self._ask_where)
        dialog.open()

    def _ask_where(self, backup: Path, proposal: Path) -> None:
        from ui.dialogs.files import ask_save_file, library_filter

        tr = self._host.context.texts
        ask_save_file(
            self._host.window,
            tr.gettext("Restore the backup as a new library"),
            proposal,
            library_filter(tr),
            partial(self.restore_as, backup),
            replaces=False,
        )

    def restore_as(self, backup: Path, target: Path) -> None:
        """Write a backup to a new file; open it, or offer that where a library is open."""
        try:
            self._host.context.services.restore_backup(backup, target)
        except AppError as error:
            self._host.context.error_raised.emit(error)
            return
        if self._host.state.has_library:
            self._show_restored(target)
        else:
            self.open_wanted.emit(target)

    def _show_restored(self, target: Path) -> None:
        tr = self._host.context.texts
        open_it = partial(self._open_restored, target)
        self._host.notices.show_notice(
            tr.gettext("The backup was restored as {path}.", path=target),
            buttons=(NoticeButton(tr.gettext("Open it"), open_it, is_primary=True),),
            key="restored",
            again=partial(self._show_restored, target),
        )

    def _open_restored(self, target: Path) -> None:
        self._host.notices.withdraw("restored")
        self.open_wanted.emit(target)
