"""Import of scores from CSV: reads in the background, shows the changes, makes them one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.errors import AppError
from ui.flows.file_reading import ask_for_report, read_in_background, show_refusal
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
        if not self._host.state.may_change():
            return
        tr = self._host.context.texts
        ask_for_report(
            self._host,
            tr.gettext("Import scores from CSV"),
            tr.gettext("Tables (*.csv *.txt *.tsv);;All files (*)"),
            self.read,
        )

    def read(self, path: Path) -> None:
        """Read the file in the background and show what it changes."""
        context = self._host.context
        context.flush_pending_edits()
        session = self._host.state.workspace.session
        task = read_in_background(
            self._host, path, READING, lambda: context.services.read_scores(path, session)
        )
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
            context.refused.emit(error, IMPORTED)
            return
        said = context.texts.ngettext(
            "Scores of {n} area were imported.", "Scores of {n} areas were imported.", count
        )
        self._host.notices.show_notice(said, key=IMPORTED)

    def _refuse(self, error: Exception) -> None:
        title = self._host.context.texts.gettext("Import scores from CSV")
        show_refusal(self._host, title, error, IMPORTED)
