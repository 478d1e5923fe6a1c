"""New session dialog: client, unit, title, date and model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QCompleter,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.errors import AppError
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.names import MAX_NAME_LENGTH
from app.session.session import NewSession
from app.words.describe import proposed_title
from app.words.texts import LANGUAGES, Translator, translator_for
from ui.dialogs.base import Form, Sheet
from ui.languages import language_name
from ui.shell.settings import Settings
from ui.widgets.fields import Choice, DateField


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
        self._library = library
        self._models = {model.id: model for model in models}
        self._settings = settings
        self._client_id = client_id
        self._proposed = ""
        self._build()
        self._connect()
        self._fill()
        self.organisation.setFocus()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        tr = self._tr
        self.organisation = _known_names("organisation")
        self.all_clients = QPushButton(tr.gettext("Show all"))
        self.all_clients.setObjectName("show-all-organisations")
        self.all_clients.setAccessibleName(tr.gettext("Show all organisations"))
        self.unit = _known_names("unit")
        self.title = QLineEdit()
        self.title.setObjectName("title")
        self.title.setMaxLength(MAX_NAME_LENGTH)
        self.date = DateField()
        self.date.setObjectName("date")
        self.date.setDisplayFormat("dd.MM.yyyy" if tr.language == "de" else "d MMM yyyy")
        self.date.setLocale(QLocale(tr.language))
        _style_calendar(self.date.calendarWidget())
        self.model = Choice()
        self.model.setObjectName("model")
        self.language = Choice()
        self.language.setObjectName("language")
        self.scope = QLineEdit()
        self.scope.setObjectName("scope")
        self.facilitator = QLineEdit()
        self.facilitator.setObjectName("facilitator")
        self.facilitator.setMaxLength(MAX_NAME_LENGTH)
        self.half_levels = QCheckBox(tr.gettext("Allow half levels, for example 2.5"))
        self.half_levels.setObjectName("half-levels")
        self.form = Form()
        self.form.add_field(tr.gettext("Organisation"), self.organisation, beside=self.all_clients)
        for label, field, hint in (
            (tr.gettext("Unit"), self.unit, tr.gettext("A department or team; may be left out")),
            (tr.gettext("Title"), self.title, ""),
            (tr.gettext("Date"), self.date, ""),
            (tr.gettext("Maturity model"), self.model, ""),
            (tr.gettext("Language of the model"), self.language, ""),
            (tr.gettext("Scope"), self.scope, tr.gettext("What is looked at, and what is not")),
            (tr.gettext("Facilitator"), self.facilitator, tr.gettext("Your name; may be left out")),
            (tr.gettext("Levels"), self.half_levels, ""),
        ):
            self.form.add_field(label, field, hint)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self._cancel = self.add_button("cancel", tr.gettext("Cancel"))
        self._create = self.add_button(
            "create-session", tr.gettext("Create and score"), is_primary=True
        )
        self.setMinimumWidth(560)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self._create.clicked.connect(self._submit)
        self.organisation.editTextChanged.connect(self._on_organisation_changed)
        self.all_clients.clicked.connect(self._offer_all)
        self.title.textChanged.connect(lambda: self.form.show_fault(self.title, ""))
        self.model.currentIndexChanged.connect(self._fill_languages)
        self.date.dateChanged.connect(self._propose_title)
        self.language.currentIndexChanged.connect(self._propose_title)

    def _fill(self) -> None:
        settings = self._settings
        self._organisations = {each.name: each.id for each in self._library.organisations()}
        self._offer_one()
        self.date.setDate(QDate.currentDate())
        for model in self._models.values():
            self.model.addItem(model.name.line_in(self._tr.language) or model.id, model.id)
        self.choose_model(settings.text("new/model"))
        self._fill_languages()
        self.facilitator.setText(settings.user_name)
        self.half_levels.setChecked(settings.flag("new/half_levels"))
        self._propose_title()

    def _offer_one(self) -> None:
        """Offer the client on screen; the others only where none is chosen yet."""
        offered = [
            name for name, id_ in self._organisations.items() if self._client_id in (None, id_)
        ]
        self.organisation.addItems(offered)
        self.organisation.setEditText("" if self._client_id is None else "".join(offered))
        _line_of(self.organisation).selectAll()
        self.all_clients.setVisible(len(offered) < len(self._organisations))

    def _offer_all(self) -> None:
        typed = self.organisation.currentText()
        self.organisation.clear()
        self.organisation.addItems(list(self._organisations))
        self.organisation.setEditText(typed)
        self.all_clients.hide()
        self.organisation.setFocus()
        self.organisation.showPopup()

    def choose_model(self, model_id: str) -> None:
        """Choose a model; an unknown one leaves the first."""
        self.model.setCurrentIndex(max(0, self.model.findData(model_id)))

    def _fill_languages(self) -> None:
        model = self._models.get(self.model.currentData())
        wanted = (self._settings.text("new/language"), self._tr.language)
        self.language.clear()
        for code in model.languages if model else ():
            self.language.addItem(language_name(code), code)
        for code in wanted:
            if self.language.findData(code) >= 0:
                self.language.setCurrentIndex(self.language.findData(code))
                break

    def _propose_title(self) -> None:
        """Let the proposed title follow date and language until the user changes it."""
        if self.title.text() == self._proposed:
            language = self.language.currentData()
            tr = translator_for(language) if language in LANGUAGES else self._tr
            self._proposed = proposed_title(self._date(), tr)
            self.title.setText(self._proposed)

    def _on_organisation_changed(self, name: str) -> None:
        self.form.show_fault(self.organisation, "")
        known = self._organisations.get(name.strip())
        typed = self.unit.currentText()
        self.unit.clear()
        if known is not None:
            self.unit.addItems([unit.path for unit in self._library.units(known)])
        self.unit.setEditText(typed)

    # ---- what was entered --------------------------------------------------------------------

    def _submit(self) -> None:
        if not self._is_complete():
            return
        new = NewSession(
            organisation=" ".join(self.organisation.currentText().split()),
            model=self._models[self.model.currentData()],
            title=" ".join(self.title.text().split()),
            unit=" ".join(self.unit.currentText().split()),
            date=self._date(),
            language=self.language.currentData() or "en",
            scope=self.scope.text().strip(),
            half_levels=self.half_levels.isChecked(),
            facilitator=self.facilitator.text(),
        )
        self._remember(new)
        self.session_wanted.emit(new)

    def _is_complete(self) -> bool:
        """True if the form is complete; otherwise the first incomplete field gets the focus."""
        tr, missing = self._tr, []
        for field, text, sentence in (
            (
                self.organisation,
                self.organisation.currentText(),
                tr.gettext("Please enter the name of the organisation."),
            ),
            (self.title, self.title.text(), tr.gettext("Please enter a title.")),
        ):
            self.form.show_fault(field, "" if text.strip() else sentence)
            if not text.strip():
                missing.append(field)
        if missing:
            missing[0].setFocus()
        return not missing

    def _date(self) -> date:
        chosen = self.date.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _remember(self, new: NewSession) -> None:
        self._settings.put("new/model", new.model.id)
        self._settings.put("new/language", new.language)
        self._settings.put("new/half_levels", new.half_levels)
        if not self._settings.user_name:  # asked once; the settings dialog corrects it
            self._settings.set_user_name(new.facilitator)

    def show_error(self, error: AppError) -> None:
        """Show a storage error; the input is kept."""
        self.show_fault(error.say(self._tr))


def _style_calendar(calendar: QCalendarWidget) -> None:
    """Style the calendar: visible arrows, and no special colour for weekends."""
    for name, sign in (("qt_calendar_prevmonth", "←"), ("qt_calendar_nextmonth", "→")):
        button = calendar.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(QIcon())
            button.setText(sign)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))


def _known_names(name: str) -> Choice:
    """A field for a name, with those known already to choose from."""
    box = Choice()
    box.setObjectName(name)
    box.setEditable(True)
    box.setInsertPolicy(Choice.InsertPolicy.NoInsert)
    _line_of(box).setMaxLength(MAX_NAME_LENGTH)
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    return box


def _line_of(box: Choice) -> QLineEdit:
    line = box.lineEdit()
    if line is None:
        raise TypeError("only an editable box has a line")
    return line
