"""Checkpoints in the window: Ctrl+S names the current state or returns to a named one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import DISK_FULL, FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.dialogs.checkpoints import CheckpointsDialog
from ui.flows.checkpoints import CHECKPOINT
from ui.shell.shell import Shell

Open = Callable[[], CheckpointsDialog]


@pytest.fixture
def checkpoints(qtbot: QtBot, scoring: Shell) -> Open:
    def open_dialog() -> CheckpointsDialog:
        scoring.frame.activateWindow()
        qtbot.waitUntil(scoring.frame.isActiveWindow)
        qtbot.keyClick(scoring.frame, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        found = [each for each in scoring.frame.findChildren(CheckpointsDialog) if each.isVisible()]
        assert len(found) == 1
        qtbot.waitUntil(found[0].isActiveWindow)
        return found[0]

    return open_dialog


def first_area(window: Shell) -> str:
    return window.workspace.session.model.areas[0].id


def said(window: Shell) -> str:
    notice = window.notices.notice(CHECKPOINT)
    return "" if notice is None else notice.text


def names(window: Shell) -> list[str]:
    return [checkpoint.name for checkpoint in window.workspace.session.milestones]


def test_ctrl_s_says_that_everything_is_saved_and_asks_for_a_name(checkpoints: Open) -> None:
    dialog = checkpoints()
    assert dialog.lead.text().startswith("All changes are saved.")
    assert dialog.name.text() == "Checkpoint 1"
    assert dialog.name.selectedText() == "Checkpoint 1"
    assert not dialog.known.isVisible()
    dialog.reject()


def test_a_checkpoint_is_set_by_keyboard_alone(
    qtbot: QtBot, scoring: Shell, checkpoints: Open
) -> None:
    dialog = checkpoints()
    qtbot.keyClicks(dialog.focusWidget(), "Before lunch")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert names(scoring) == ["Before lunch"]
    assert said(scoring) == "Checkpoint “Before lunch” saved. Ctrl+S leads back to it."
    assert scoring.actions_table["undo"].text() == "Undo: Save checkpoint “Before lunch”"
    scoring.actions_table.run("undo")
    assert names(scoring) == []


def test_a_name_that_is_taken_is_said_at_the_field(scoring: Shell, checkpoints: Open) -> None:
    scoring.workspace.workshop.add_checkpoint("Lunch")
    dialog = checkpoints()
    assert dialog.name.text() == "Checkpoint 2"
    dialog.name.setText("Lunch")
    dialog.findChild(QPushButton, "set-checkpoint").click()
    assert (
        dialog.form.fault_at(dialog.name)
        == "There is a checkpoint “Lunch” already. Choose another name."
    )
    assert names(scoring) == ["Lunch"]
    dialog.name.setText("Dinner")
    assert dialog.form.fault_at(dialog.name) == ""
    dialog.reject()


def test_the_proposed_name_is_free(scoring: Shell, checkpoints: Open) -> None:
    scoring.workspace.workshop.add_checkpoint("Checkpoint 2")
    dialog = checkpoints()
    assert dialog.name.text() == "Checkpoint 3"
    dialog.reject()


def test_enter_in_the_list_returns_and_the_notice_takes_it_back(
    qtbot: QtBot, scoring: Shell, checkpoints: Open
) -> None:
    area, workshop = first_area(scoring), scoring.workspace.workshop
    workshop.set_level(area, 2)
    workshop.add_checkpoint("Lunch")
    workshop.set_level(area, 4)
    dialog = checkpoints()
    dialog.known.setFocus()
    qtbot.keyClick(dialog.known, Qt.Key.Key_Return)
    assert workshop.session.rating(area).level == 2
    assert said(scoring) == "1 area was reset to the checkpoint “Lunch”."
    buttons = scoring.notices.notice(CHECKPOINT).findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Undo").click()
    assert workshop.session.rating(area).level == 4
    assert said(scoring) == ""


def test_the_offer_to_undo_goes_once_something_else_was_done(
    scoring: Shell, checkpoints: Open
) -> None:
    area, workshop = first_area(scoring), scoring.workspace.workshop
    workshop.add_checkpoint("Lunch")
    workshop.set_level(area, 4)
    checkpoints().return_button.click()
    assert said(scoring)
    workshop.set_level(area, 5)
    assert said(scoring) == ""


def test_returning_to_where_one_is_says_so(scoring: Shell, checkpoints: Open) -> None:
    scoring.workspace.workshop.add_checkpoint("Lunch")
    checkpoints().return_button.click()
    assert said(scoring) == "Everything already matches the checkpoint “Lunch”."


def test_the_newest_checkpoint_is_first_and_delete_removes_it(
    qtbot: QtBot, scoring: Shell, checkpoints: Open
) -> None:
    for name in ("One", "Two", "Three"):
        scoring.workspace.workshop.add_checkpoint(name)
    dialog = checkpoints()
    assert dialog.known.topLevelItem(0).text(0) == "Three"
    qtbot.keyClick(dialog.known, Qt.Key.Key_Delete)
    assert names(scoring) == ["One", "Two"]
    assert dialog.known.currentItem().text(0) == "Two"
    for _ in range(2):
        dialog.remove_button.click()
    assert names(scoring) == []
    assert not dialog.known.isVisible()
    dialog.reject()


def test_on_a_full_disk_the_notice_that_counts_is_not_saved(
    scoring: Shell, library: FakeLibrary, checkpoints: Open
) -> None:
    dialog = checkpoints()
    library.failing = DISK_FULL
    dialog.findChild(QPushButton, "set-checkpoint").click()
    assert said(scoring) == ""
    assert scoring.header.saved.text() == "NOT SAVED"
    scoring.actions_table.run("checkpoints")
    assert not [each for each in scoring.frame.findChildren(CheckpointsDialog) if each.isVisible()]
    library.failing = None
    assert scoring.workspace.workshop.retry()
    assert names(scoring) == ["Checkpoint 1"]


def test_what_is_being_typed_belongs_to_the_checkpoint(
    qtbot: QtBot, scoring: Shell, checkpoints: Open
) -> None:
    area = first_area(scoring)
    scoring.actions_table.run("note")
    qtbot.keyClicks(scoring.frame.focusWidget(), "Two teams")
    dialog = checkpoints()
    dialog.findChild(QPushButton, "set-checkpoint").click()
    scoring.workspace.workshop.set_note(area, "")
    checkpoints().return_button.click()
    assert scoring.workspace.session.rating(area).note == "Two teams"
