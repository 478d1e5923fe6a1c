"""Deleting for good in the window, on the real library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from conftest import built_window, leave
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import StorageUnavailable
from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.library.folders import data_folder
from data.library.library import SqliteLibrary
from data.models.builtin import builtin_model
from stufenplan.services import LocalServices
from ui.dialogs.archived import ArchivedDialog
from ui.dialogs.delete_dialog import DeleteDialog
from ui.dialogs.files import remember_reports_folder
from ui.shell.settings import Settings
from ui.shell.shell import Shell


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "work.stufenplan"


@pytest.fixture
def shell(qtbot: QtBot, place: Path, settings: Settings) -> Iterator[Shell]:
    """The window on a real library with three sessions of two clients."""
    services = LocalServices()
    library = services.open_library(place, create=True)
    for client, title, day in (
        ("Nordwerk", "First", 1),
        ("Nordwerk", "Later", 2),
        ("Other", "O", 3),
    ):
        new = NewSession(client, builtin_model(), title, "IT", date=date(2026, 11, day))
        Workshop(library.create_session(new), library).set_level("process.ci-cd", 3)
    library.close()
    window = built_window(services, settings)
    window.libraries.open_at_start(place)
    window.frame.show()
    qtbot.addWidget(window.frame)
    yield window
    leave(window)


def library_of(shell: Shell) -> SqliteLibrary:
    library = shell.state.library
    assert isinstance(library, SqliteLibrary)
    return library


def session_called(shell: Shell, title: str) -> Session:
    library = library_of(shell)
    ids = {each.title: each.id for each in library.session_summaries()}
    return library.load_session(ids[title])


def ask(shell: Shell, title: str) -> DeleteDialog:
    library = library_of(shell)
    (summary,) = [each for each in library.session_summaries() if each.title == title]
    shell.flows.deleting.ask(summary)
    return next(each for each in shell.frame.findChildren(DeleteDialog) if each.isVisible())


def titles(shell: Shell) -> set[str]:
    return {each.title for each in library_of(shell).session_summaries()}


def test_nothing_is_deleted_before_the_title_was_typed(qtbot: QtBot, shell: Shell) -> None:
    dialog = ask(shell, "First")
    assert not dialog.delete.isEnabled()
    assert not dialog.delete.isDefault()
    dialog.typed.setText("Firs")
    assert not dialog.delete.isEnabled()
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)  # the default button is Cancel
    assert not dialog.isVisible()
    assert titles(shell) == {"First", "Later", "O"}


def test_esc_cancels(qtbot: QtBot, shell: Shell) -> None:
    dialog = ask(shell, "First")
    dialog.typed.setText("First")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert titles(shell) == {"First", "Later", "O"}


def test_the_dialog_says_what_goes_and_the_choice_changes_it(shell: Shell) -> None:
    library_of(shell).back_up()
    dialog = ask(shell, "First")
    assert dialog.goes.text().startswith("•  The session “First” with its levels")
    assert dialog.backups.text().startswith("Also: 2 backups of the whole library that hold it")
    assert dialog.backup_list.topLevelItemCount() == 2
    dialog.typed.setText("First")
    for radio in dialog.targets.buttons():
        radio.click()
    assert "The organisation “Nordwerk”" in dialog.goes.text()
    assert "2 sessions, archived ones included: " in dialog.goes.text()
    assert dialog.typed.text() == ""
    assert not dialog.delete.isEnabled()
    dialog.typed.setText("nordwerk")
    assert dialog.delete.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_open_session_can_be_deleted(shell: Shell, language: str) -> None:
    session = session_called(shell, "First")
    shell.flows.sessions.open(session.id)
    shell.appearance.choose_language(language)
    shell.settings.set_user_name("Ana Köhler")
    remember_reports_folder(shell.settings, session.organisation.id, Path("/reports"))
    dialog = ask(shell, "First")
    dialog.typed.setText("First")
    dialog.delete.click()
    assert not dialog.isVisible()
    assert not shell.state.has_session
    assert shell.page_name == "library"
    assert titles(shell) == {"Later", "O"}
    notice = shell.notices.notice("deleted")
    said = {"en": "1 session was deleted for good.", "de": "1 Workshop wurde endgültig gelöscht."}
    assert notice.text == said[language]
    (record,) = library_of(shell).deletions.records()
    assert record.by == "Ana Köhler"
    assert library_of(shell).check() == ()
    shell.appearance.choose_language("en")


def test_with_a_client_goes_what_the_settings_know_of_it(shell: Shell) -> None:
    session, other = session_called(shell, "First"), session_called(shell, "O")
    for each in (session, other):
        remember_reports_folder(
            shell.settings, each.organisation.id, Path(f"/reports/{each.organisation.name}")
        )
    dialog = ask(shell, "First")
    dialog.targets.buttons()[-1].click()
    assert "the last export in /reports/Nordwerk" in dialog.stays.text()
    dialog.typed.setText("Nordwerk")
    dialog.backups.click()
    dialog.delete.click()
    content = shell.settings.path.read_text(encoding="utf-8")
    assert session.organisation.id not in content
    assert "Nordwerk" not in content
    assert shell.settings.text(f"reports/{other.organisation.id}") == "/reports/Other"
    assert shell.settings.text(f"reports/{session.organisation.id}") == ""
    shell.settings.put("view/theme", "dark")  # writing it does not bring anything back
    assert "Nordwerk" not in shell.settings.path.read_text(encoding="utf-8")
    for path in (each for each in data_folder().rglob("*") if each.is_file()):
        assert b"Nordwerk" not in path.read_bytes(), path


def test_a_session_that_is_not_saved_can_be_deleted(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_called(shell, "First")
    shell.flows.sessions.open(session.id)
    full = StorageUnavailable("The disk is full.")

    def refuse(_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(library_of(shell), "record", refuse)
        shell.workspace.workshop.set_note("process.ci-cd", "not saved yet")
    assert shell.notices.notice("not-saved") is not None
    unsaved = data_folder() / "unsaved"
    assert any(path.is_file() for path in unsaved.rglob("*"))
    dialog = ask(shell, "First")
    dialog.typed.setText("First")
    dialog.delete.click()
    assert shell.notices.notice("not-saved") is None
    assert not any(path.is_file() for path in unsaved.rglob("*"))
    assert shell.saving.is_saved
    shell.flows.sessions.open(session_called(shell, "Later").id)
    assert not any(path.is_file() for path in unsaved.rglob("*"))
    assert library_of(shell).check() == ()


def test_a_deletion_that_fails_says_why_and_leaves_the_session_open(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_called(shell, "First")
    shell.flows.sessions.open(session.id)
    full = StorageUnavailable("The disk is full.")

    def refuse(*_: object, **__: object) -> None:
        raise full

    dialog = ask(shell, "First")
    dialog.typed.setText("First")
    with monkeypatch.context() as patch:
        patch.setattr(library_of(shell).deletions, "delete", refuse)
        dialog.delete.click()
    assert dialog.isVisible()
    assert dialog.error.text() == "The disk is full."
    assert shell.state.session_id == session.id
    dialog.delete.click()
    assert not shell.state.has_session


def test_the_open_session_of_another_client_goes_on_with_its_history(shell: Shell) -> None:
    shell.flows.sessions.open(session_called(shell, "O").id)
    dialog = ask(shell, "First")
    dialog.targets.buttons()[-1].click()
    dialog.typed.setText("Nordwerk")
    dialog.delete.click()
    assert shell.workspace.session.title == "O"
    shell.actions_table.run("undo")
    assert shell.workspace.session.rating("process.ci-cd").level is None


def test_a_deleted_earlier_session_is_not_shown_beside_the_open_one(shell: Shell) -> None:
    shell.flows.sessions.open(session_called(shell, "Later").id)
    assert shell.workspace.earlier is not None
    dialog = ask(shell, "First")
    dialog.typed.setText("First")
    dialog.delete.click()
    assert shell.workspace.session.title == "Later"
    assert shell.workspace.earlier is None


def test_the_menu_deletes_the_selected_session(shell: Shell) -> None:
    shell.show_page("library")
    shell.actions_table.run("session.delete")
    dialog = shell.frame.findChild(DeleteDialog)
    selected = shell.library_page.sessions.summary(shell.library_page.list.currentIndex().row())
    assert f"“{selected.title}”" in dialog.goes.text()
    dialog.reject()


def test_the_context_menu_deletes_the_selected_session(qtbot: QtBot, shell: Shell) -> None:
    shell.show_page("library")
    page = shell.library_page
    page.list.customContextMenuRequested.emit(
        page.list.visualRect(page.list.currentIndex()).center()
    )
    menu = page.findChild(QMenu)
    (delete,) = [each for each in menu.actions() if each.text().startswith("Delete")]
    delete.trigger()
    menu.close()
    assert shell.frame.findChild(DeleteDialog).isVisible()
    shell.frame.findChild(DeleteDialog).reject()


def test_an_archived_session_can_be_deleted(shell: Shell) -> None:
    session = session_called(shell, "O")
    library_of(shell).archive_session(session.id)
    shell.flows.sessions.show_archived()
    archived = shell.frame.findChild(ArchivedDialog)
    archived.findChild(QPushButton, "delete").click()
    dialog = shell.frame.findChild(DeleteDialog)
    dialog.typed.setText("O")
    dialog.delete.click()
    assert library_of(shell).archived_sessions() == ()


def test_the_warm_up_after_the_start_does_not_hold_a_deletion_back(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = Event()
    monkeypatch.setattr(shell.context.services, "warm_up", lambda: goes_on.wait(10))
    shell.libraries._warm_up()
    (task,) = shell.tasks.running
    assert ask(shell, "O").isVisible()
    goes_on.set()
    qtbot.waitUntil(lambda: task not in shell.tasks.running)


def test_nothing_is_deleted_while_something_is_written(qtbot: QtBot, shell: Shell) -> None:
    (summary, *_) = library_of(shell).session_summaries()
    task = shell.tasks.start(lambda _progress: None)
    shell.flows.deleting.ask(summary)
    assert "still being read or written" in shell.notices.notice("deleted").text
    assert shell.frame.findChild(DeleteDialog) is None
    qtbot.waitUntil(lambda: task not in shell.tasks.running)
