"""Restoring a backup as a new library."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

RESTORED = "restored"


class RestoreFlow(QObject):
    """Restores a backup as a new library; works without an open one."""

    #: A restored library is to be opened (its path).
    open_wanted = Signal(object)

    def __init__(self, host: Host, path: Callable[[], Path]) -> None:
        """``path`` returns the library whose backups are listed."""
        super().__init__(host.window)
        self._host = host
        self._path = path

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
            self._host.context.refused.emit(error, RESTORED)
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
            key=RESTORED,
            again=partial(self._show_restored, target),
        )

    def _open_restored(self, target: Path) -> None:
        self._host.notices.withdraw(RESTORED)
        self.open_wanted.emit(target)
