"""Import of maturity models from files or published pages into the library, with a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.errors import AppError
from app.model.maturity_model import MaturityModel
from ui.flows.host import Host
from ui.flows.sessions import SessionFlow

ADDED = "model-added"


class ModelImport(QObject):
    """Reads a model, shows its report, and adds it to the library on request."""

    def __init__(self, host: Host, sessions: SessionFlow) -> None:
        super().__init__(host.window)
        self._host = host
        self._sessions = sessions

    def ask(self, files: Sequence[Path] = ()) -> None:
        """Open the dialog; ``files`` are read at once."""
        from ui.dialogs.model_import import ModelImportDialog

        if not self._host.state.may_change():
            return
        context = self._host.context
        dialog = ModelImportDialog(
            context.texts,
            context.services,
            self._host.tasks,
            self._host.settings,
            self._sessions.models(),
            self._host.state.client_id,
            self._host.window,
        )
        dialog.model_accepted.connect(self._add)
        dialog.open()
        if files:
            dialog.read(list(files))

    def _add(self, model: MaturityModel, begin: bool) -> None:
        tr = self._host.context.texts
        try:
            self._host.state.library.add_model(model)
        except AppError as error:
            self._host.context.refused.emit(error, ADDED)
            return
        name = model.name.line_in(tr.language)
        self._host.notices.show_notice(
            tr.gettext("The model “{name}” is in the library.", name=name), key=ADDED
        )
        if begin:
            self._sessions.begin(model.id)
