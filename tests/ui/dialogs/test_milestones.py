"""Milestones in the window: Ctrl+S names the moment, and leads back to one that has a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import DISK_FULL, FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.dialogs.milestones import MilestonesDialog
from ui.flows.sessions import MILESTONE
from ui.shell.window import MainWindow

Open = Callable[[], MilestonesDialog]


@pytest.fixture
def milestones(qtbot: QtBot, scoring: MainWindow) -> Open:
    def open_dialog() -> MilestonesDialog:
        scoring.activateWindow()
        qtbot.waitUntil(scoring.isActiveWindow)
        qtbot.keyClick(scoring, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        found = [each for each in scoring.findChildren(MilestonesDialog) if each.isVisible()]
        assert len(found) == 1
        qtbot.waitUntil(found[0].isActiveWindow)
        return found[0]

    return open_dialog


def first_area(window: MainWindow) -> str:
    return window.context.session.model.areas[0].id


def said(window: MainWindow) -> str:
    notice = window.notices.notice(MILESTONE)
    return "" if notice is None else notice.text


def names(window: MainWindow) -> list[str]:
    return [milestone.name for milestone in window.context.session.milestones]


def test_ctrl_s_says_that_everything_is_saved_and_asks_for_a_name(milestones: Open) -> None:
    dialog = milestones()
    assert dialog.lead.text().startswith("All changes are saved.")
    assert dialog.name.text() == "Milestone 1"
    assert dialog.name.selectedText() == "Milestone 1"
    assert not dialog.known.isVisible()
    dialog.reject()


def test_a_milestone_is_set_by_keyboard_alone(
    qtbot: QtBot, scoring: MainWindow, milestones: Open
) -> None:
    dialog = milestones()
    qtbot.keyClicks(dialog.focusWidget(), "Before lunch")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert names(scoring) == ["Before lunch"]
    assert said(scoring) == "The milestone “Before lunch” is set. Ctrl+S leads back to it."
    assert scoring.actions_table["undo"].text() == "Undo: Set milestone “Before lunch”"
    scoring.actions_table.run("undo")
    assert names(scoring) == []


def test_a_name_that_is_taken_is_said_at_the_field(scoring: MainWindow, milestones: Open) -> None:
    scoring.context.workshop.add_milestone("Lunch")
    dialog = milestones()
    assert dialog.name.text() == "Milestone 2"
    dialog.name.setText("Lunch")
    dialog.findChild(QPushButton, "set-milestone").click()
    assert dialog.form.fault_at(dialog.name) == "There is a milestone “Lunch” already."
    assert names(scoring) == ["Lunch"]
    dialog.name.setText("Dinner")
    assert dialog.form.fault_at(dialog.name) == ""
    dialog.reject()


def test_the_proposed_name_is_free(scoring: MainWindow, milestones: Open) -> None:
    scoring.context.workshop.add_milestone("Milestone 2")
    dialog = milestones()
    assert dialog.name.text() == "Milestone 3"
    dialog.reject()


def test_enter_in_the_list_returns_and_the_notice_takes_it_back(
    qtbot: QtBot, scoring: MainWindow, milestones: Open
) -> None:
    area, workshop = first_area(scoring), scoring.context.workshop
    workshop.set_level(area, 2)
    workshop.add_milestone("Lunch")
    workshop.set_level(area, 4)
    dialog = milestones()
    dialog.known.setFocus()
    qtbot.keyClick(dialog.known, Qt.Key.Key_Return)
    assert workshop.session.rating(area).level == 2
    assert said(scoring) == "1 area is as it was at the milestone “Lunch” again."
    buttons = scoring.notices.notice(MILESTONE).findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Undo").click()
    assert workshop.session.rating(area).level == 4
    assert said(scoring) == ""


def test_the_offer_to_undo_goes_once_something_else_was_done(
    scoring: MainWindow, milestones: Open
) -> None:
    area, workshop = first_area(scoring), scoring.context.workshop
    workshop.add_milestone("Lunch")
    workshop.set_level(area, 4)
    milestones().return_button.click()
    assert said(scoring)
    workshop.set_level(area, 5)
    assert said(scoring) == ""


def test_returning_to_where_one_is_says_so(scoring: MainWindow, milestones: Open) -> None:
    scoring.context.workshop.add_milestone("Lunch")
    milestones().return_button.click()
    assert said(scoring) == "Everything is as it was at the milestone “Lunch”."


def test_the_newest_milestone_is_first_and_delete_removes_it(
    qtbot: QtBot, scoring: MainWindow, milestones: Open
) -> None:
    for name in ("One", "Two", "Three"):
        scoring.context.workshop.add_milestone(name)
    dialog = milestones()
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
    scoring: MainWindow, library: FakeLibrary, milestones: Open
) -> None:
    dialog = milestones()
    library.failing = DISK_FULL
    dialog.findChild(QPushButton, "set-milestone").click()
    assert said(scoring) == ""
    assert scoring.header.saved.text() == "NOT SAVED"
    scoring.actions_table.run("milestones")
    assert not [each for each in scoring.findChildren(MilestonesDialog) if each.isVisible()]
    library.failing = None
    assert scoring.context.workshop.retry()
    assert names(scoring) == ["Milestone 1"]


def test_what_is_being_typed_belongs_to_the_milestone(
    qtbot: QtBot, scoring: MainWindow, milestones: Open
) -> None:
    area = first_area(scoring)
    scoring.actions_table.run("note")
    qtbot.keyClicks(scoring.focusWidget(), "Two teams")
    dialog = milestones()
    dialog.findChild(QPushButton, "set-milestone").click()
    scoring.context.workshop.set_note(area, "")
    milestones().return_button.click()
    assert scoring.context.session.rating(area).note == "Two teams"
