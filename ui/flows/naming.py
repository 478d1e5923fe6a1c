"""Renames and merges organisations and units, and takes renames back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.session.units import Organisation, Unit
from ui.flows.changing import may_change_library
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from app.naming import Joining, Renaming
    from ui.dialogs.naming import MergeDialog, RenameDialog

RENAMED, JOINED = "renamed", "joined"


class NamingFlow(QObject):
    """Asks for another name, or for what is to become one, and shows what was done."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    # ---- renaming ------------------------------------------------------------------------------

    def ask_rename(self, organisation: Organisation) -> None:
        """Ask for another name of an organisation or one of its units."""
        from ui.dialogs.naming import RenameDialog

        host = self._host
        if not (host.state.may_change() and may_change_library(host)):
            return
        units = host.state.library.units(organisation.id)
        dialog = RenameDialog(host.context.texts, organisation, units, host.window)
        dialog.rename_wanted.connect(lambda place, name: self._rename(place, name, dialog))
        dialog.merge_wanted.connect(
            lambda place, other_id: self._merge_instead(organisation, place, other_id, dialog)
        )
        dialog.open()

    def _rename(self, place: Organisation | Unit, name: str, dialog: RenameDialog) -> None:
        naming = self._host.state.library.naming
        rename = naming.rename_unit if isinstance(place, Unit) else naming.rename_organisation
        try:
            renaming = rename(place.id, name)
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        if renaming is not None:
            self._refresh()
            self._show_renamed(renaming)

    def _show_renamed(self, renaming: Renaming) -> None:
        tr = self._host.context.texts
        self._host.notices.show_notice(
            tr.gettext(
                "“{before}” is now “{name}”.", before=renaming.before, name=renaming.place.name
            ),
            buttons=(NoticeButton(tr.gettext("Take back"), partial(self._take_back, renaming)),),
            key=RENAMED,
            again=partial(self._show_renamed, renaming),
        )

    def _take_back(self, renaming: Renaming) -> None:
        if not may_change_library(self._host):
            return
        self._host.notices.withdraw(RENAMED)
        try:
            self._host.state.library.naming.take_back(renaming)
        except AppError as error:
            self._host.context.refused.emit(error, RENAMED)
            return
        self._refresh()

    # ---- merging -------------------------------------------------------------------------------

    def ask_merge(self, organisation: Organisation, chosen: tuple[str, str] = ("", "")) -> None:
        """Ask what is to become one; ``chosen`` are the ids of the two to begin with."""
        from ui.dialogs.naming import MergeDialog

        host = self._host
        if not (host.state.may_change() and may_change_library(host)):
            return
        library = host.state.library
        others = [each for each in library.organisations() if each.id != organisation.id]
        units = library.units(organisation.id)
        dialog = MergeDialog(
            host.context.texts, organisation, units, others, chosen, parent=host.window
        )
        dialog.merge_wanted.connect(lambda place, into_id: self._merge(place, into_id, dialog))
        dialog.open()

    def _merge_instead(
        self,
        organisation: Organisation,
        place: Organisation | Unit,
        other_id: str,
        dialog: RenameDialog,
    ) -> None:
        dialog.reject()
        self.ask_merge(organisation, (place.id, other_id))

    def _merge(self, place: Organisation | Unit, into_id: str, dialog: MergeDialog) -> None:
        naming = self._host.state.library.naming
        merge = naming.merge_units if isinstance(place, Unit) else naming.merge_organisations
        try:
            joining = merge(place.id, into_id)
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        self._host.state.follow_client(place.id, into_id)
        self._refresh()
        self._show_joined(joining)

    def _show_joined(self, joining: Joining) -> None:
        tr, into = self._host.context.texts, joining.into
        name = into.full_name if isinstance(into, Unit) else into.name
        self._host.notices.show_notice(
            tr.gettext("“{merged}” is part of “{into}” now.", merged=joining.name, into=name),
            details=tr.gettext("What was before is in the backup {path}.", path=joining.backup),
            key=JOINED,
            again=partial(self._show_joined, joining),
        )

    def _refresh(self) -> None:
        """Show the names of now everywhere."""
        state = self._host.state
        try:
            state.reload_session()
        except AppError as error:
            self._host.context.error_raised.emit(error)
        state.sessions_changed.emit()
