"""Restore dialog: the backups of a library, to restore one to a new file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ports import Backup
from app.words.texts import N_, Translator
from ui.dialogs.row_list import PickSheet, RowList

#: What a backup was made for.
BACKUP_REASONS = {
    "open": N_("when opened"),
    "close": N_("when closed"),
    "timer": N_("while working"),
    "manual": N_("by hand"),
    "migration": N_("before an upgrade"),
    "merge": N_("before a merge"),
    "import": N_("before an import"),
    "deletion": N_("after a deletion"),
}


class RestoreDialog(PickSheet):
    """A list with time, occasion and size; the newest is chosen."""

    #: The backup's file, and a name that is proposed for the new library.
    backup_chosen = Signal(Path, Path)

    def __init__(
        self,
        tr: Translator,
        library: Path,
        backups: Sequence[Backup],
        parent: QWidget | None = None,
    ) -> None:
        lead = tr.gettext(
            "A backup is always restored as a new file. “{name}” stays as it is.",
            name=library.name,
        )
        super().__init__("restore-dialog", tr.gettext("Restore a backup"), lead, parent)
        self._library = library
        self._backups = tuple(backups)
        self.build(
            RowList(
                "backup-list",
                tr.gettext("Backups, newest first"),
                (tr.gettext("Created"), tr.gettext("Occasion"), tr.gettext("Size")),
                numbers=(2,),
            ),
            [backup_row(backup, tr) for backup in self._backups],
            leave=("cancel", tr.gettext("Cancel")),
            pick=("restore", tr.gettext("Restore as a new library…")),
            nothing=tr.gettext("There is no backup of this library yet."),
        )

    def picked(self, row: int) -> None:
        backup = self._backups[row]
        name = f"{self._library.stem}-{backup.at:%Y-%m-%d-%H%M}{self._library.suffix}"
        self.backup_chosen.emit(backup.path, self._library.with_name(name))


def backup_row(backup: Backup, tr: Translator) -> tuple[str, str, str]:
    """When and why a backup was made, and its size."""
    reason = BACKUP_REASONS.get(backup.reason)
    return (
        f"{tr.long_date(backup.at.date())}, {backup.at:%H:%M:%S}",
        tr.gettext(reason) if reason else backup.reason,
        size_in_words(backup.size, tr.number),
    )


def size_in_words(size: int, number: Callable[[float, int], str]) -> str:
    """A file's size: ``84 kB`` or ``1.4 MB``."""
    if size < 1_000_000:
        return f"{number(max(1, size / 1000), 0)} kB"
    return f"{number(size / 1_000_000, 1)} MB"
