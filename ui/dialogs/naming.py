"""Dialogs that rename and merge an organisation or one of its units."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.errors import AppError, NameTaken
from app.session.names import MAX_NAME_LENGTH
from app.session.units import Organisation, Unit
from app.words.texts import Translator
from ui.dialogs.base import Form, Sheet
from ui.widgets.fields import Choice

WIDTH, ROOM_FOR_A_FAULT = 560, 270
Place = Organisation | Unit


class PlaceChoice(Choice):
    """An organisation and all its units, by their full names."""

    def __init__(
        self, tr: Translator, organisation: Organisation, units: Sequence[Unit], chosen: str
    ) -> None:
        """``chosen`` is the id of the one that is chosen first."""
        super().__init__()
        self.setObjectName("place")
        self._places: tuple[Place, ...] = (organisation, *units)
        for place in self._places:
            self.addItem(place_in_words(place, tr), place.id)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    @property
    def place(self) -> Place:
        """The one that is chosen."""
        return self._places[self.currentIndex()]


def place_in_words(place: Place, tr: Translator) -> str:
    """An organisation as such, a unit with those above it."""
    if isinstance(place, Unit):
        return tr.gettext("Unit “{name}”", name=place.full_name)
    return tr.gettext("Organisation “{name}”", name=place.name)


class RenameDialog(Sheet):
    """Another name for an organisation or a unit. It stays open until that has been stored."""

    #: The organisation or unit, and its new name.
    rename_wanted = Signal(object, str)
    #: The organisation or unit, and the id of the one that has the name.
    merge_wanted = Signal(object, str)

    def __init__(
        self,
        tr: Translator,
        organisation: Organisation,
        units: Sequence[Unit],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "rename-dialog",
            tr.gettext("Rename organisation or unit"),
            tr.gettext("The name changes in all sessions, archived ones included."),
            parent,
        )
        self._tr = tr
        self._other_id = ""
        self.choice = PlaceChoice(tr, organisation, units, organisation.id)
        self.name = QLineEdit()
        self.name.setObjectName("new-name")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self._form = Form()
        self.body.addLayout(self._form)
        self._form.add_field(tr.gettext("Rename"), self.choice)
        self._form.add_field(tr.gettext("New name"), self.name)
        self.body.addStretch(1)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        self.merge = self.add_button("merge-the-two", tr.gettext("Merge the two…"))
        self.merge.clicked.connect(self._merge)
        self.merge.hide()
        rename = self.add_button("rename", tr.gettext("Rename"), is_primary=True)
        rename.clicked.connect(self._submit)
        self.choice.currentIndexChanged.connect(self._fill)
        self.name.textChanged.connect(self._on_typed)
        self.want(WIDTH, ROOM_FOR_A_FAULT)
        self._fill()
        self.name.setFocus()

    def _fill(self) -> None:
        self.name.setText(self.choice.place.name)
        self.name.selectAll()
        self._on_typed()

    def _on_typed(self) -> None:
        self._form.show_fault(self.name, "")
        self.show_fault("")
        self.merge.hide()

    def _submit(self) -> None:
        self.rename_wanted.emit(self.choice.place, self.name.text())

    def _merge(self) -> None:
        self.merge_wanted.emit(self.choice.place, self._other_id)

    def show_error(self, error: AppError) -> None:
        """Show why nothing was renamed; a name that is taken offers to merge the two."""
        self._form.show_fault(self.name, error.say(self._tr))
        if isinstance(error, NameTaken):
            self._other_id = error.other_id
            self.merge.show()
        self.name.setFocus()


class MergeDialog(Sheet):
    """Two organisations or two units that become one, after a backup."""

    #: The organisation or unit that goes, and the id of the one that stays.
    merge_wanted = Signal(object, str)

    def __init__(
        self,
        tr: Translator,
        organisation: Organisation,
        units: Sequence[Unit],
        others: Sequence[Organisation],
        chosen: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        """``others`` are named on request only; ``chosen`` are the ids of the two to begin with."""
        super().__init__(
            "merge-places-dialog",
            tr.gettext("Merge organisations or units"),
            tr.gettext(
                "All sessions and units move to the other one; units of the same name become one. A"
                " backup is made first: it is the way back."
            ),
            parent,
        )
        self._tr = tr
        self._units = tuple(units)
        self._others = tuple(others)
        self.choice = PlaceChoice(tr, organisation, units, chosen[0])
        self.into = Choice()
        self.into.setObjectName("merge-into")
        self.into.setPlaceholderText(tr.gettext("Please choose"))
        self.all_clients = QPushButton(tr.gettext("Show all"))
        self.all_clients.setObjectName("show-all-organisations")
        self.all_clients.setAccessibleName(tr.pgettext("spoken", "Show all organisations"))
        form = Form()
        self.body.addLayout(form)
        form.add_field(tr.gettext("Merge"), self.choice)
        form.add_field(
            tr.gettext("Into"),
            self.into,
            tr.gettext("This one stays, with its name"),
            beside=self.all_clients,
        )
        self.body.addStretch(1)
        self._add_buttons()
        self.choice.currentIndexChanged.connect(lambda: self._fill(""))
        self.into.currentIndexChanged.connect(self._on_chosen)
        self.all_clients.clicked.connect(self._show_all)
        self.want(WIDTH)
        self._fill(chosen[1])
        (self.into if chosen[0] else self.choice).setFocus()

    def _add_buttons(self) -> None:
        cancel = self.add_button("cancel", self._tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        self.merge = self.add_button("merge-places", self._tr.gettext("Merge"), is_primary=True)
        self.merge.clicked.connect(self._submit)

    def _fill(self, into_id: str) -> None:
        """Offer what the chosen one can become a part of; other organisations on request."""
        place = self.choice.place
        self.into.clear()
        if isinstance(place, Unit):
            for unit in self._units:
                if place.names != unit.names[: len(place.names)]:
                    self.into.addItem(unit.full_name, unit.id)
        else:
            for other in self._others:
                if other.id == into_id:
                    self.into.addItem(other.name, other.id)
        self.all_clients.setVisible(not isinstance(place, Unit) and bool(self._others))
        self.into.setCurrentIndex(self.into.findData(into_id) if into_id else -1)
        self._on_chosen()

    def _show_all(self) -> None:
        into_id = self.into.currentData()
        self.into.clear()
        for other in self._others:
            self.into.addItem(other.name, other.id)
        self.into.setCurrentIndex(self.into.findData(into_id) if into_id else -1)
        self.all_clients.hide()
        self.into.setFocus()
        self.into.showPopup()

    def _on_chosen(self) -> None:
        self.show_fault("")
        self.merge.setEnabled(self.into.currentIndex() >= 0)

    def _submit(self) -> None:
        self.merge_wanted.emit(self.choice.place, str(self.into.currentData()))

    def show_error(self, error: AppError) -> None:
        """Show why nothing was merged."""
        self.show_fault(error.say(self._tr))
