"""Import of scores from CSV: reads in the background, shows the changes, makes them one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.errors import AppError, InvalidFile
from ui.flows.host import Host
from ui.services import ImportedScores

READING, IMPORTED = "score-import", "scores-imported"


class ScoreImport(QObject):
    """Asks for a file and shows what it changes, or the faults of the file."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    def ask(self) -> None:
        """Ask for the file."""
        from ui.dialogs.files import ask_open_file, reports_folder

        tr = self._host.context.texts
        ask_open_file(
            self._host.window,
            tr.gettext("Import scores from CSV"),
            reports_folder(self._host.settings),
            tr.gettext("Tables (*.csv *.txt *.tsv);;All files (*)"),
            self.read,
        )

    def read(self, path: Path) -> None:
        """Read the file in the background and show what it changes."""
        context = self._host.context
        context.flush_pending_edits()
        session = self._host.state.workspace.session
        said = context.texts.gettext("Reading {names} …", names=path.name)
        self._host.notices.show_notice(said, key=READING)
        task = self._host.tasks.start(lambda _progress: context.services.read_scores(path, session))
        task.finished.connect(lambda: self._host.notices.withdraw(READING))
        task.succeeded.connect(partial(self._show, path.name, session.id))
        task.failed.connect(self._refuse)

    def _show(self, name: str, session_id: str, read: ImportedScores) -> None:
        from ui.dialogs.score_import import ScoreImportDialog, changed_areas

        if not self._host.state.is_open(session_id):
            return
        tr, session = self._host.context.texts, self._host.state.workspace.session
        if not changed_areas(session, read):
            said = tr.gettext(
                "“{name}” changes nothing: the session says the same already.", name=name
            )
            self._host.notices.show_notice(said, key=IMPORTED)
            return
        dialog = ScoreImportDialog(tr, session, name, read, self._host.window)
        dialog.accepted_scores.connect(partial(self._import, session_id, read))
        dialog.open()

    def _import(self, session_id: str, read: ImportedScores) -> None:
        from ui.dialogs.score_import import changed_areas

        if not self._host.state.is_open(session_id):
            return
        context, workspace = self._host.context, self._host.state.workspace
        context.flush_pending_edits()
        count = len(changed_areas(workspace.session, read))
        try:
            workspace.workshop.change_all(read.wanted)
        except AppError as error:
            context.error_raised.emit(error)
            return
        said = context.texts.ngettext(
            "Scores of {n} area were imported.", "Scores of {n} areas were imported.", count
        )
        self._host.notices.show_notice(said, key=IMPORTED)

    def _refuse(self, error: Exception) -> None:
        from ui.dialogs.text_dialog import TextDialog

        if isinstance(error, InvalidFile) and error.faults:
            tr = self._host.context.texts
            title, faults = tr.gettext("Import scores from CSV"), "\n".join(error.lines(tr))
            TextDialog(tr, title, error.say(tr), faults, self._host.window).open()
        elif isinstance(error, AppError):
            self._host.context.error_raised.emit(error)
        else:
            raise error
