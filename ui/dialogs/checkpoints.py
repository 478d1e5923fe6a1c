"""Checkpoint dialog: name the current state, or return to a named one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.session.checkpoints import Checkpoint
from app.session.names import MAX_NAME_LENGTH
from app.words.texts import Translator
from ui.dialogs.base import Form, Sheet
from ui.dialogs.row_list import RowList, list_part


class CheckpointsDialog(Sheet):
    """A field for the name, and below it the checkpoints there are, newest first."""

    #: This moment shall have this name.
    name_given = Signal(str)
    #: The session shall be again as it was at this ``Checkpoint``.
    return_wanted = Signal(object)
    #: This ``Checkpoint`` shall go.
    removal_wanted = Signal(object)

    def __init__(self, tr: Translator, lead: str, parent: QWidget | None = None) -> None:
        super().__init__("checkpoints-dialog", tr.gettext("Checkpoints"), lead, parent)
        self._tr = tr
        self._checkpoints: tuple[Checkpoint, ...] = ()
        self.name = QLineEdit()
        self.name.setObjectName("checkpoint-name")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.form = Form()
        self.form.add_field(
            tr.gettext("Name of the checkpoint"),
            self.name,
            tr.gettext("You can come back to what is decided now at any time."),
        )
        self.body.addLayout(self.form)
        self.known = RowList(
            "checkpoint-list",
            tr.gettext("Checkpoints, newest first"),
            (tr.gettext("Checkpoint"), tr.gettext("Saved at")),
        )
        self.body.addWidget(self._known_part(), 1)
        close = self.add_button("close", tr.gettext("Close"))
        set_it = self.add_button("set-checkpoint", tr.gettext("Save checkpoint"), is_primary=True)
        close.clicked.connect(self.reject)
        set_it.clicked.connect(lambda: self.name_given.emit(self.name.text()))
        self.name.textChanged.connect(lambda: self.form.show_fault(self.name, ""))
        self.want(560)

    def _known_part(self) -> QWidget:
        tr = self._tr
        self.known.chosen.connect(self._return)
        self.known.removed.connect(self._remove)
        self.return_button = QPushButton(tr.gettext("Return to this checkpoint"))
        self.return_button.setObjectName("return-to-checkpoint")
        self.return_button.clicked.connect(self._return)
        self.remove_button = QPushButton(tr.gettext("Remove"))
        self.remove_button.setObjectName("remove-checkpoint")
        self.remove_button.clicked.connect(self._remove)
        self._part = list_part(self.known, self.return_button, self.remove_button)
        return self._part

    def fill(self, checkpoints: tuple[Checkpoint, ...]) -> None:
        """Show these checkpoints, and propose a name that none of them has."""
        self._checkpoints = tuple(reversed(checkpoints))
        self.known.fill(
            [(checkpoint.name, self._tr.moment(checkpoint.at)) for checkpoint in self._checkpoints]
        )
        self._part.setVisible(bool(checkpoints))
        names = {checkpoint.name for checkpoint in checkpoints}
        number = len(checkpoints) + 1
        while (proposal := self._tr.gettext("Checkpoint {n}", n=number)) in names:
            number += 1
        self.name.setText(proposal)
        self.name.selectAll()
        self.adjustSize()

    def say_at_name(self, sentence: str) -> None:
        """Say at the field why its name was not taken."""
        self.form.show_fault(self.name, sentence)
        self.name.setFocus()

    def _chosen(self) -> Checkpoint | None:
        row = self.known.row
        return self._checkpoints[row] if 0 <= row < len(self._checkpoints) else None

    def _return(self) -> None:
        checkpoint = self._chosen()
        if checkpoint is not None:
            self.accept()
            self.return_wanted.emit(checkpoint)

    def _remove(self) -> None:
        checkpoint = self._chosen()
        if checkpoint is not None:
            self.removal_wanted.emit(checkpoint)
