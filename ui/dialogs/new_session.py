"""New session dialog: client, unit, title, date and model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.session import NewSession
from app.words.texts import Translator
from ui.dialogs.base import Sheet
from ui.dialogs.session_form import SessionForm
from ui.shell.settings import Settings


class NewSessionDialog(Sheet):
    """The form. It stays open until the session has been stored; see :meth:`show_error`."""

    session_wanted = Signal(object)

    def __init__(
        self,
        tr: Translator,
        library: Library,
        models: Sequence[MaturityModel],
        settings: Settings,
        client_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Propose the client with ``client_id`` and name no other one unasked."""
        super().__init__("new-session-dialog", tr.gettext("New session"), "", parent)
        self._tr = tr
        self._models = {model.id: model for model in models}
        self._settings = settings
        self.form = SessionForm(tr, library, with_model=True)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self._cancel = self.add_button("cancel", tr.gettext("Cancel"))
        self._create = self.add_button(
            "create-session", tr.gettext("Create and score"), is_primary=True
        )
        self.want(560)
        self._connect()
        self.form.offer_client(client_id)
        self._fill()
        self.form.organisation.setFocus()

    def _connect(self) -> None:
        form = self.form
        self._cancel.clicked.connect(self.reject)
        self._create.clicked.connect(self._submit)
        form.model.currentIndexChanged.connect(self._fill_languages)

    def _fill(self) -> None:
        form, settings = self.form, self._settings
        form.date.setDate(QDate.currentDate())
        for model in self._models.values():
            form.model.addItem(model.name.line_in(self._tr.language) or model.id, model.id)
        self.choose_model(settings.text("new/model"))
        self._fill_languages()
        form.facilitator.setText(settings.user_name)
        form.half_levels.setChecked(settings.flag("new/half_levels"))
        form.propose_titles()

    def choose_model(self, model_id: str) -> None:
        """Choose a model; an unknown one leaves the first."""
        self.form.model.setCurrentIndex(max(0, self.form.model.findData(model_id)))

    def _fill_languages(self) -> None:
        model = self._models.get(self.form.model.currentData())
        remembered = self._settings.text("new/language")
        self.form.fill_languages(model, self._tr.language, remembered)

    # ---- what was entered --------------------------------------------------------------------

    def _submit(self) -> None:
        form = self.form
        if not form.is_complete():
            return
        new = NewSession(
            organisation=form.entered_organisation,
            model=self._models[form.model.currentData()],
            unit=form.entered_unit,
            **form.details(),
        )
        self._remember(new)
        self.session_wanted.emit(new)

    def _remember(self, new: NewSession) -> None:
        self._settings.put("new/model", new.model.id)
        self._settings.put("new/language", new.language)
        self._settings.put("new/half_levels", new.half_levels)
        if not self._settings.user_name:  # asked once; the settings dialog corrects it
            self._settings.set_user_name(new.facilitator)

    def show_error(self, error: AppError) -> None:
        """Show a storage error; the input is kept."""
        self.show_fault(error.say(self._tr))
