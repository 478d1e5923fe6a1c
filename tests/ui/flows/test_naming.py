"""Renaming and merging organisations and units in the window, on the real library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from conftest import built_window, leave
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from app.workshop.workshop import Workshop
from data.models.builtin import builtin_model
from stufenplan.services import LocalServices
from ui.dialogs.naming import MergeDialog, RenameDialog
from ui.shell.settings import Settings
from ui.shell.shell import Shell

Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, settings: Settings) -> Iterator[Shell]:
    """The window on a real library with four sessions of two clients."""
    services = LocalServices()
    library = services.open_library(tmp_path / "work.stufenplan", create=True)
    for client, unit, title in (
        ("Nordwerk", "IT", "A"),
        ("Other", "IT/Platform", "B"),
        ("Other", "Platform", "C"),
        ("Nordwerg", "IT/Platform", "D"),
    ):
        new = NewSession(client, builtin_model(), title, unit, date=date(2026, 11, 3))
        Workshop(library.create_session(new), library).set_level("process.ci-cd", 3)
    library.close()
    window = built_window(services, settings)
    window.libraries.open_at_start(tmp_path / "work.stufenplan")
    window.frame.show()
    qtbot.addWidget(window.frame)
    yield window
    leave(window)


def shown(shell: Shell, kind: type[Dialog]) -> Dialog:
    return next(each for each in shell.frame.findChildren(kind) if each.isVisible())


def rows(shell: Shell) -> set[str]:
    return {
        f"{each.organisation.name} · {each.unit.full_name if each.unit else ''} · {each.title}"
        for each in shell.state.library.session_summaries()
    }


def open_session(shell: Shell, title: str) -> None:
    library = shell.state.library
    (found,) = [each.id for each in library.session_summaries() if each.title == title]
    shell.flows.sessions.open(found)


def type_name(qtbot: QtBot, dialog: RenameDialog, name: str) -> None:
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


def test_a_rename_by_keyboard_shows_at_once_and_is_taken_back(qtbot: QtBot, shell: Shell) -> None:
    open_session(shell, "D")
    shell.workspace.workshop.set_level("process.ci-cd", 4)
    shell.actions_table.by_id["client.rename"].trigger()
    type_name(qtbot, shown(shell, RenameDialog), "Nordwerk AG")
    assert shell.header.title.text().startswith("Nordwerk AG · IT / Platform · D")
    notice = shell.notices.notice("renamed")
    assert notice.text == "“Nordwerg” is now “Nordwerk AG”."
    shell.workspace.workshop.undo()  # the level, not the name
    assert shell.workspace.session.rating("process.ci-cd").level == 3
    assert shell.workspace.session.organisation.name == "Nordwerk AG"
    notice.buttons[0].click()
    assert shell.header.title.text().startswith("Nordwerg · ")
    assert shell.state.library.check() == ()


def test_a_unit_is_renamed_from_the_list(qtbot: QtBot, shell: Shell) -> None:
    page = shell.library_page
    page.list.setCurrentIndex(page.sessions.index(0))
    summary = page.sessions.summary(0)
    shell.actions_table.by_id["client.rename"].trigger()
    dialog = shown(shell, RenameDialog)
    assert summary.unit is not None
    dialog.choice.setCurrentIndex(dialog.choice.findData(summary.unit.id))
    assert dialog.name.text() == summary.unit.name
    type_name(qtbot, dialog, "Core")
    assert page.sessions.summary(0).unit.name == "Core"


def test_a_name_that_is_taken_offers_to_merge_and_names_no_other_client(
    qtbot: QtBot, shell: Shell
) -> None:
    open_session(shell, "D")
    shell.actions_table.by_id["client.rename"].trigger()
    dialog = shown(shell, RenameDialog)
    type_name(qtbot, dialog, "Nordwerk")
    assert dialog.isVisible()
    dialog.merge.click()
    merge = shown(shell, MergeDialog)
    assert [merge.into.itemText(n) for n in range(merge.into.count())] == ["Nordwerk"]
    merge.merge.click()
    assert rows(shell) == {
        "Nordwerk · IT · A", "Nordwerk · IT / Platform · D",
        "Other · IT / Platform · B", "Other · Platform · C",
    }  # fmt: skip
    assert shell.header.title.text().startswith("Nordwerk · IT / Platform · D")
    notice = shell.notices.notice("joined")
    assert notice.text == "“Nordwerg” is part of “Nordwerk” now."
    assert str(shell.state.library.backups()[0].path) in notice.details
    assert shell.state.library.check() == ()


def test_units_are_merged_and_other_clients_are_listed_on_request_only(shell: Shell) -> None:
    open_session(shell, "C")
    shell.show_page("library")
    organisation = shell.workspace.session.organisation
    shell.flows.naming.ask_merge(organisation)
    dialog = shown(shell, MergeDialog)
    assert (dialog.into.count(), dialog.merge.isEnabled()) == (0, False)
    dialog.all_clients.click()
    dialog.into.hidePopup()
    assert {dialog.into.itemText(n) for n in range(dialog.into.count())} == {"Nordwerg", "Nordwerk"}
    for number in range(dialog.choice.count()):
        if dialog.choice.itemText(number) == "Unit “Platform”":
            dialog.choice.setCurrentIndex(number)
    offered = [dialog.into.itemText(n) for n in range(dialog.into.count())]
    assert offered == ["IT", "IT / Platform"]
    dialog.into.setCurrentIndex(1)
    dialog.merge.click()
    assert "Other · IT / Platform · C" in rows(shell)
    assert shell.page_name == "library"
    assert shell.state.library.check() == ()


def test_the_menu_of_a_session_renames_and_merges(shell: Shell) -> None:
    page = shell.library_page
    page.list.setCurrentIndex(page.sessions.index(0))
    page._show_menu(page.list.visualRect(page.list.currentIndex()).center())
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    entries = {action.text(): action for action in menu.actions()}
    menu.close()
    entries["Merge organisations or units…"].trigger()
    dialog = shown(shell, MergeDialog)
    dialog.reject()
    entries["Rename organisation or unit…"].trigger()
    assert (
        shown(shell, RenameDialog).choice.place.name == page.sessions.summary(0).organisation.name
    )
    shown(shell, RenameDialog).reject()
