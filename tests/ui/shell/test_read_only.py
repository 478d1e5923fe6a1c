"""A library that can only be viewed: the header says so, and every change is refused at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import built_window, leave
from fakes import builtin_model
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from app.workshop.workshop import Workshop
from data.library.library import open_library
from stufenplan.services import LocalServices
from ui.flows.libraries import READ_ONLY
from ui.shell.notice_bar import Notice
from ui.shell.saving import LEFT_OVER
from ui.shell.settings import Settings
from ui.shell.shell import Shell

Protect = Callable[[Path], None]


@pytest.fixture
def viewing(qtbot: QtBot, tmp_path: Path, settings: Settings, write_protected: Protect) -> Shell:
    """A window on the scoring page of a real library that may not be written to."""
    stick = tmp_path / "stick"
    stick.mkdir()
    path = stick / "client.stufenplan"
    library = open_library(path, create=True)
    session = library.create_session(NewSession("Nordwerk AG", builtin_model(), "Workshop"))
    Workshop(session, library).set_level(session.model.areas[0].id, 2)
    library.close()
    write_protected(stick)
    shell = built_window(LocalServices(), settings)
    shell.libraries.open_at_start(path)
    with qtbot.waitActive(shell.frame):
        shell.frame.show()
        shell.frame.activateWindow()
    shell.flows.sessions.open(session.id)
    yield shell
    leave(shell)


def notice(window: Shell) -> Notice:
    found = window.notices.notice(READ_ONLY)
    assert found is not None
    return found


def test_the_header_says_read_only_on_every_page(viewing: Shell) -> None:
    for page in ("library", "teams", "scoring", "results"):
        viewing.show_page(page)
        assert viewing.header.saved.text() == "Read only"
        assert viewing.header.saved.isVisible()
    viewing.appearance.choose_language("de")
    assert viewing.header.saved.text() == "Schreibgeschützt"
    assert "kann nur angesehen werden" in notice(viewing).text


def test_a_key_that_would_score_is_refused_in_a_sentence_and_nothing_waits(
    qtbot: QtBot, viewing: Shell
) -> None:
    area_id = viewing.workspace.area_id
    viewing.notices.withdraw(READ_ONLY)
    qtbot.keyClick(viewing.frame, Qt.Key.Key_4)
    assert "can only be viewed" in notice(viewing).text
    assert viewing.workspace.session.rating(area_id).level == 2
    assert viewing.state.is_saved
    assert viewing.header.saved.text() == "Read only"
    viewing.actions_table.run("undo")
    assert viewing.workspace.session.rating(area_id).level == 2
    assert len(viewing.notices.notices) == 1


def test_what_would_ask_for_something_to_store_is_refused_before_it_asks(viewing: Shell) -> None:
    viewing.show_page("library")
    for action in (
        "session.new", "library.merge", "session.import", "model.import", "sample",
        "checkpoints", "scores.import",
    ):  # fmt: skip
        viewing.notices.withdraw(READ_ONLY)
        viewing.actions_table.run(action)
        assert "can only be viewed" in notice(viewing).text, action
        assert not [dialog for dialog in viewing.frame.findChildren(QDialog) if dialog.isVisible()]
    (summary,) = viewing.state.library.session_summaries()
    viewing.flows.sessions.archive(summary)
    assert viewing.state.library.archived_sessions() == ()


def test_the_reason_can_be_read_but_not_typed(qtbot: QtBot, viewing: Shell) -> None:
    note = viewing.frame.findChild(QPlainTextEdit, "note-editor")
    assert note is not None
    qtbot.keyClicks(note, "because")
    assert note.toPlainText() == ""
    assert viewing.header.saved.text() == "Read only"


def test_moving_through_the_areas_raises_no_notice_and_makes_no_backup(viewing: Shell) -> None:
    viewing.notices.withdraw(READ_ONLY)
    for _ in range(3):
        viewing.actions_table.run("area.next")
    viewing.flows.backups._back_up_if_due()
    assert viewing.notices.notices == ()
    assert [backup.reason for backup in viewing.state.library.backups()] == ["close"]  # in time


def test_work_goes_on_in_a_copy_that_is_saved_elsewhere(viewing: Shell, tmp_path: Path) -> None:
    (button,) = notice(viewing).buttons
    assert button.text() == "Save a copy…"
    button.click()
    dialog = viewing.frame.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    session = viewing.workspace.session
    viewing.libraries.continue_in_copy(tmp_path / "mine.stufenplan")
    assert viewing.state.library.path == tmp_path / "mine.stufenplan"
    assert viewing.workspace.session == session
    assert viewing.notices.notice(READ_ONLY) is None
    viewing.actions_table.run("level.4")
    assert viewing.header.saved.text().startswith("Saved ")


@pytest.mark.slow
def test_changes_of_an_earlier_run_are_offered_in_the_copy(viewing: Shell, tmp_path: Path) -> None:
    from data.library.emergency import unsaved_file

    session, path = viewing.workspace.session, viewing.state.library.path
    kept = unsaved_file(path, session.id)
    kept.parent.mkdir(parents=True)
    edit = {"area_id": session.model.areas[1].id, "field": "level", "value": 5}
    kept.write_text(json.dumps({"wanted": [edit]}) + "\n", encoding="utf-8")
    viewing.state.close_session()
    viewing.flows.sessions.open(session.id)
    assert viewing.notices.notice(LEFT_OVER) is None
    viewing.libraries.continue_in_copy(tmp_path / "mine.stufenplan")
    assert viewing.notices.notice(LEFT_OVER) is not None
    assert kept.exists()
