"""Form for the details of a session, shared by the dialogs that create and correct one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QLineEdit,
    QPushButton,
)

from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.names import MAX_NAME_LENGTH
from app.session.session import Session
from app.session.units import Organisation, affiliation_named
from app.words.describe import proposed_title
from app.words.texts import LANGUAGES, Translator, translator_for
from ui.dialogs.base import Form
from ui.dialogs.optional_day import OptionalDay, day_field, day_in, show_day
from ui.languages import language_name
from ui.widgets.fields import Choice, make_line


class SessionForm(Form):
    """Organisation, unit, title, date, model where there is a choice, language, and the rest.

    It is filled after it was added to a dialog.
    """

    def __init__(self, tr: Translator, library: Library, *, with_model: bool) -> None:
        super().__init__()
        self._library = library
        self._tr = tr
        self._organisations: dict[str, str] = {}
        self._proposed = ""
        self._scope = ("", "")
        self._build(tr, with_model=with_model)
        self._connect()

    # ---- building ----------------------------------------------------------------------------

    def _build(self, tr: Translator, *, with_model: bool) -> None:
        self.organisation = _known_names("organisation")
        self.all_clients = QPushButton(tr.gettext("Show all"))
        self.all_clients.setObjectName("show-all-organisations")
        self.all_clients.setAccessibleName(tr.pgettext("spoken", "Show all organisations"))
        self.unit = _known_names("unit")
        self.title = make_line("title", MAX_NAME_LENGTH)
        self.date = day_field("date", tr.language)
        self.model = Choice()
        self.model.setObjectName("model")
        self.language = Choice()
        self.language.setObjectName("language")
        self.scope = make_line("scope")
        self.facilitator = make_line("facilitator", MAX_NAME_LENGTH)
        self.tags = make_line("tags")
        # What is agreed in a new session is not known before it.
        self.next_workshop = None if with_model else NextWorkshop(tr)
        self.half_levels = QCheckBox(tr.gettext("Allow half levels, for example 2.5"))
        self.half_levels.setObjectName("half-levels")
        self.add_field(tr.gettext("Organisation"), self.organisation, beside=self.all_clients)
        self.add_field(
            tr.gettext("Unit"), self.unit, tr.gettext("A department or team; may be left out")
        )
        self.add_field(tr.gettext("Title"), self.title)
        self.add_field(tr.gettext("Date"), self.date)
        if with_model:
            self.add_field(tr.gettext("Maturity model"), self.model)
        self.add_field(tr.gettext("Language of the model"), self.language)
        self.add_field(
            tr.gettext("Scope"), self.scope, tr.gettext("What is looked at, and what is not")
        )
        self.add_field(
            tr.gettext("Facilitator"), self.facilitator, tr.gettext("Your name; may be left out")
        )
        self.add_field(
            tr.gettext("Tags"), self.tags, tr.gettext("Short words, with commas between them")
        )
        if (following := self.next_workshop) is not None:
            self.add_field(tr.gettext("Next workshop"), following.is_set, beside=following.day)
            following.name_fields(tr)
        self.add_field(tr.gettext("Levels"), self.half_levels)

    def _connect(self) -> None:
        self.organisation.editTextChanged.connect(self._on_organisation_changed)
        self.all_clients.clicked.connect(self._offer_all)
        self.unit.editTextChanged.connect(lambda: self.show_fault(self.unit, ""))
        self.title.textChanged.connect(lambda: self.show_fault(self.title, ""))
        self.half_levels.toggled.connect(lambda: self.show_fault(self.half_levels, ""))

    # ---- filling -----------------------------------------------------------------------------

    def fill_languages(self, model: MaturityModel | None, *wanted: str) -> None:
        """Offer the languages of a model and choose the first wanted one that it has."""
        self.language.clear()
        for code in model.languages if model else ():
            self.language.addItem(language_name(code), code)
        for code in wanted:
            if self.language.findData(code) >= 0:
                self.language.setCurrentIndex(self.language.findData(code))
                break

    def show_session(self, session: Session) -> None:
        """Show unit, language, scope, facilitator, tags, next date and half levels."""
        self.unit.setEditText("" if session.unit is None else session.unit.path)
        if self.language.findData(session.language) >= 0:
            self.language.setCurrentIndex(self.language.findData(session.language))
        self.scope.setText(session.scope)
        self._scope = (self.scope.text(), session.scope)
        self.facilitator.setText(session.facilitator)
        self.tags.setText(", ".join(session.tags))
        if self.next_workshop is not None:
            self.next_workshop.show_session(session)
        self.half_levels.setChecked(session.half_levels)
        for line in (self.scope, self.facilitator, self.tags, _line_of(self.unit)):
            line.setCursorPosition(0)

    def show_client_words(self, session: Session, *, is_shown: bool) -> None:
        """Show texts written for the client of a session, or clear those that were not edited.

        The language and half levels say nothing about the client.
        """
        unit = "" if session.unit is None else session.unit.path
        for line, text in (
            (_line_of(self.unit), unit),
            (self.scope, self._scope[0]),
            (self.facilitator, session.facilitator),
            (self.tags, ", ".join(session.tags)),
        ):
            if line.text() == ("" if is_shown else text):
                line.setText(text if is_shown else "")
                line.setCursorPosition(0)

    def is_of(self, organisation: Organisation) -> bool:
        """True if the name entered is that of this organisation, or none was entered yet."""
        name = self.entered_organisation
        if not name:
            return True
        named = self._library.located(affiliation_named(name, ""))
        return named.organisation.id == organisation.id

    def propose_titles(self) -> None:
        """Let the proposed title follow date and language until the user changes it."""
        self.date.dateChanged.connect(self._propose_title)
        self.language.currentIndexChanged.connect(self._propose_title)
        self._propose_title()

    def _propose_title(self) -> None:
        if self.title.text() == self._proposed:
            language = self.language.currentData()
            tr = translator_for(language) if language in LANGUAGES else self._tr
            self._proposed = proposed_title(self.day, tr)
            self.title.setText(self._proposed)

    def set_day(self, day: date) -> None:
        """Show a date."""
        show_day(self.date, day)

    def offer_client(self, client_id: str | None) -> None:
        """Offer one client and its units, the others on request; all of them for ``None``."""
        self._organisations = {each.name: each.id for each in self._library.organisations()}
        offered = [name for name, id_ in self._organisations.items() if client_id in (None, id_)]
        self.organisation.addItems(offered)
        self.organisation.setEditText("" if client_id is None else "".join(offered))
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

    def _on_organisation_changed(self, name: str) -> None:
        self.show_fault(self.organisation, "")
        known = self._organisations.get(name.strip())
        typed = self.unit.currentText()
        self.unit.clear()
        if known is not None:
            self.unit.addItems([unit.path for unit in self._library.units(known)])
        self.unit.setEditText(typed)

    # ---- what was entered --------------------------------------------------------------------

    @property
    def entered_organisation(self) -> str:
        """The name of the organisation on one line."""
        return " ".join(self.organisation.currentText().split())

    @property
    def entered_unit(self) -> str:
        """The path of the unit on one line."""
        return " ".join(self.unit.currentText().split())

    @property
    def entered_title(self) -> str:
        """The title on one line."""
        return " ".join(self.title.text().split())

    @property
    def day(self) -> date:
        """The date."""
        return day_in(self.date)

    def details(self) -> dict[str, Any]:
        """The fields of a session that were entered, but for organisation and unit."""
        shown, stored = self._scope
        scope = self.scope.text()
        return {
            "title": self.entered_title,
            "date": self.day,
            "language": self.language.currentData() or "en",
            # several lines are shown as one: untouched, they stay several
            "scope": stored if scope == shown else scope.strip(),
            "facilitator": self.facilitator.text(),
            "tags": tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip()),
            "next_date": None if self.next_workshop is None else self.next_workshop.chosen,
            "half_levels": self.half_levels.isChecked(),
        }

    def is_complete(self) -> bool:
        """True if nothing is missing; otherwise the first field to fill gets the focus."""
        tr, missing = self._tr, []
        for field, text, sentence in (
            (
                self.organisation,
                self.entered_organisation,
                tr.gettext("Please enter the name of the organisation."),
            ),
            (self.title, self.entered_title, tr.gettext("Please enter a title.")),
        ):
            self.show_fault(field, "" if text else sentence)
            if not text:
                missing.append(field)
        if missing:
            missing[0].setFocus()
        return not missing


class NextWorkshop(OptionalDay):
    """Fields for the day of the next session: agreed or not, and when."""

    def __init__(self, tr: Translator) -> None:
        super().__init__(
            "next-date", tr, tr.gettext("Agreed for"), tr.gettext("Date of the next workshop")
        )
        self.is_set.setObjectName("next-agreed")

    def name_fields(self, tr: Translator) -> None:
        """Name both fields for screen readers, after the form has named the first."""
        self.is_set.setAccessibleName(tr.gettext("Next workshop: agreed for"))

    def show_session(self, session: Session) -> None:
        """Show what a session says; half a year later is proposed."""
        later = session.date + min(timedelta(days=182), date.max - session.date)
        self.show(session.next_date, later)

    def begin(self) -> None:
        """Take the day as agreed, and put the focus on it."""
        self.is_set.setChecked(True)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)


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
