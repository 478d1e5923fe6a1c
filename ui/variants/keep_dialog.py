"""Dialog that keeps the plan as a scenario under a name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.planning.scenarios import current_scenario
from app.session.names import MAX_NAME_LENGTH
from app.words.texts import Translator
from app.words.variant_words import proposed_scenario_name
from app.workshop.workshop import Workshop
from ui.dialogs.base import Form, Sheet
from ui.widgets.fields import make_line


class KeepDialog(Sheet):
    """Stays open until the scenario has been stored."""

    def __init__(self, tr: Translator, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(
            "keep-scenario-dialog",
            tr.gettext("Keep the plan as a scenario"),
            tr.gettext(
                "A scenario holds the settings of the plan, targets, weights and pins as they are"
                " now."
            ),
            parent,
        )
        self._tr, self._workshop = tr, workshop
        self.name = make_line("scenario-name", MAX_NAME_LENGTH)
        self.form = Form()
        self.form.add_field(tr.gettext("Name of the scenario"), self.name)
        self.body.addLayout(self.form)
        session = workshop.session
        same = current_scenario(session)
        self.name.setText(proposed_scenario_name(session, tr) if same is None else same.name)
        self.name.selectAll()
        self.name.textChanged.connect(self._show_if_replaced)
        self._show_if_replaced()
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        self.keep = self.add_button("keep-scenario", tr.gettext("Keep scenario"), is_primary=True)
        self.keep.clicked.connect(self._submit)
        self.want(520)
        self.name.setFocus()

    def _show_if_replaced(self) -> None:
        """Say before it happens that a scenario of this name is replaced."""
        name = self.name.text().strip().casefold()
        taken = {each.name.casefold() for each in self._workshop.session.scenarios}
        hint = self._tr.gettext("The scenario of this name will be replaced.")
        self.form.set_hint(self.name, hint if name in taken else "")

    def _submit(self) -> None:
        try:
            self._workshop.keep_scenario(self.name.text().strip())
        except AppError as error:
            self.form.show_fault(self.name, error.say(self._tr))
            self.name.setFocus()
            return
        self.accept()
