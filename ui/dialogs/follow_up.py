"""Dialog for a new session that follows an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.session import Session
from app.words.follow_up_words import left_behind
from app.words.texts import Translator
from app.workshop.follow_up import FollowUp, new_from, versions_for
from ui.dialogs.base import Sheet
from ui.dialogs.parts_choice import PartsChoice
from ui.dialogs.session_form import SessionForm
from ui.shell.settings import Settings
from ui.today import local_today


class FollowUpDialog(Sheet):
    """The form of a new session, filled from an earlier one, and what is taken along from it.

    It stays open until the session has been stored.
    """

    #: The session to create (``NewSession``) and what was left behind, in words.
    session_wanted = Signal(object, object)

    def __init__(
        self,
        tr: Translator,
        library: Library,
        models: Sequence[MaturityModel],
        settings: Settings,
        earlier: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "follow-up-dialog",
            tr.gettext("New session from this one"),
            tr.gettext(
                "From “{title}”, without its levels, reasons and evidence.", title=earlier.title
            ),
            parent,
        )
        self._tr = tr
        self._earlier = earlier
        self._versions = versions_for(earlier, models)
        self._settings = settings
        self._shows_words = True
        self.form = SessionForm(tr, library, with_model=True)
        self.body.addLayout(self.form)
        self.parts = PartsChoice(tr, settings)
        self.parts.changed.connect(self._show_left_behind)
        self.form.add_field(tr.gettext("Take along"), self.parts)
        self.body.addWidget(self.parts.remarks)
        self.body.addStretch(1)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        create = self.add_button("create-session", tr.gettext("Create and score"), is_primary=True)
        create.clicked.connect(self._submit)
        self.setMinimumWidth(560)
        self._fill()
        self.form.title.setFocus()

    def _fill(self) -> None:
        form, earlier = self.form, self._earlier
        form.offer_client(earlier.organisation.id)
        for model in self._versions:
            form.model.addItem(self._version_in_words(model), model)
        form.model.currentIndexChanged.connect(self._on_version_chosen)
        self._on_version_chosen()
        form.show_session(earlier)
        form.set_day(local_today())
        form.propose_titles()
        form.organisation.editTextChanged.connect(self._on_client_named)

    def _version_in_words(self, model: MaturityModel) -> str:
        tr, version = self._tr, model.content_version
        name = model.name.line_in(tr.language) or model.id
        if len(self._versions) == 1:
            return name
        if model is self._earlier.model:
            return tr.gettext("{name}, version {version} (as then)", name=name, version=version)
        return tr.gettext("{name}, version {version}", name=name, version=version)

    @property
    def _model(self) -> MaturityModel:
        return self._versions[max(0, self.form.model.currentIndex())]

    def _on_version_chosen(self) -> None:
        chosen = self.form.language.currentData() or self._earlier.language
        self.form.fill_languages(self._model, chosen, self._tr.language)
        self._show_left_behind()

    # ---- what is taken along -----------------------------------------------------------------

    @property
    def _is_same_client(self) -> bool:
        return self.form.is_of(self._earlier.organisation)

    def _on_client_named(self) -> None:
        """Take the words of one client out of the session of another, and bring them back."""
        is_same = self._is_same_client
        if is_same == self._shows_words:
            return
        self._shows_words = is_same
        self.form.show_client_words(self._earlier, is_shown=is_same)
        self.parts.offer_words(is_same)
        self._show_left_behind()

    def _found(self) -> FollowUp:
        return self.parts.found(
            self._earlier,
            self._model,
            self.form.language.currentData(),
            same_client=self._is_same_client,
        )

    def _show_left_behind(self) -> None:
        self.parts.show_left_behind(self._found())

    def _submit(self) -> None:
        form = self.form
        if not form.is_complete():
            return
        found = self._found()
        new = replace(
            new_from(self._earlier, self._model, found),
            organisation=form.entered_organisation,
            unit=form.entered_unit,
            **form.details(),
        )
        self.parts.remember()
        self.session_wanted.emit(new, left_behind(found, self._tr))

    def show_error(self, error: AppError) -> None:
        """Show a storage error; the input is kept."""
        self.show_fault(error.say(self._tr))
