"""Import of a session from exported JSON, by menu or drag and drop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import leave, shown_window
from fakes import DISK_FULL, FakeLibrary, FakeServices, small_model
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.deletions import DeletedSession
from app.errors import Fault, InvalidFile
from app.session.session import NewSession
from ui.dialogs.model_import import ModelImportDialog
from ui.flows.session_import import looks_like_session
from ui.shell.settings import Settings
from ui.shell.shell import Shell


@pytest.fixture
def session_id(library: FakeLibrary, services: FakeServices) -> str:
    """A session that the file everybody reads here holds."""
    session = library.create_session(NewSession("Nordwerk AG", small_model(), "Workshop"))
    services.session_file = session
    return session.id


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "session.json"
    path.write_text('{\n  "format": "stufenplan-session",\n  "format_version": 1\n}')
    return path


def test_the_session_of_a_chosen_file_is_opened(
    qtbot: QtBot, window: Shell, session_id: str, exported: Path
) -> None:
    window.actions_table.run("session.import")
    dialog = window.frame.findChild(QFileDialog)
    dialog.fileSelected.emit(str(exported))
    dialog.close()
    qtbot.waitUntil(lambda: window.page_name == "scoring")
    assert window.workspace.session.id == session_id
    assert window.notices.notices == ()


def test_a_session_dropped_on_the_window_is_not_taken_for_a_model(
    qtbot: QtBot, window: Shell, session_id: str, exported: Path
) -> None:
    window.take_files([exported])
    qtbot.waitUntil(lambda: window.page_name == "scoring")
    assert window.workspace.session.id == session_id
    assert window.frame.findChild(ModelImportDialog) is None


def test_a_session_that_was_deleted_here_is_taken_in_on_request_only(
    qtbot: QtBot, window: Shell, library: FakeLibrary, session_id: str, exported: Path
) -> None:
    library.deleted = DeletedSession("Workshop", date(2026, 11, 24))
    window.flows.imports.read(exported)
    qtbot.waitUntil(lambda: window.notices.notice("session-taken") is not None)
    notice = window.notices.notice("session-taken")
    assert "“Workshop” was deleted here for good on 24 Nov 2026" in notice.text
    assert not window.state.has_session
    (take_in,) = [b for b in notice.findChildren(QPushButton) if b.text().startswith("Take it")]
    take_in.click()
    assert window.workspace.session.id == session_id
    assert window.notices.notice("session-taken") is None


@pytest.mark.parametrize("name", ["session.json", "model.yaml"])
def test_only_a_library_can_be_dropped_where_none_is_open(
    qtbot: QtBot,
    services: FakeServices,
    library: FakeLibrary,
    settings: Settings,
    exported: Path,
    name: str,
) -> None:
    services.refusal = DISK_FULL
    shell = shown_window(qtbot, services, settings)
    shell.take_files([exported.with_name(name)])
    assert shell.tasks.running == ()
    assert shell.frame.findChild(ModelImportDialog) is None
    services.refusal = None
    shell.take_files([library.path])
    assert shell.state.library is library
    leave(shell)


def test_a_model_or_a_missing_file_is_no_session(tmp_path: Path) -> None:
    model = tmp_path / "model.json"
    model.write_text('{"format_version": 1, "id": "m"}')
    assert not looks_like_session(model)
    assert not looks_like_session(tmp_path / "gone.json")


def test_every_fault_of_a_file_is_shown_and_nothing_is_opened(
    qtbot: QtBot, window: Shell, services: FakeServices, exported: Path
) -> None:
    faults = [Fault("Fault {n}.", path=f"ratings.{n}", values=(("n", n),)) for n in (3, 9)]
    services.session_file = InvalidFile("“{name}” is no session.", faults, name="session.json")
    window.take_files([exported])
    qtbot.waitUntil(lambda: window.frame.findChild(QDialog, "text-dialog") is not None)
    dialog = window.frame.findChild(QDialog, "text-dialog")
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    assert shown == "ratings.3: Fault 3.\nratings.9: Fault 9."
    dialog.close()
    assert not window.state.has_session


def test_a_full_disk_is_said(
    qtbot: QtBot, window: Shell, library: FakeLibrary, session_id: str, exported: Path
) -> None:
    library.failing = DISK_FULL
    window.take_files([exported])
    said = DISK_FULL.say(window.texts)
    qtbot.waitUntil(lambda: said in [notice.text for notice in window.notices.notices])
    assert not window.state.has_session
