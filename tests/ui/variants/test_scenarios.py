"""Scenarios in the window: keeping, using and removing them by keys, and what the button says."""

from __future__ import annotations

import pytest
from fakes import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.errors import AppError, ReadOnlyLibrary
from app.session.quarters import Quarter
from tests.ui.board.planned import FIRST
from ui.board.board_page import BoardPage
from ui.shell.shell import Shell
from ui.variants.keep_dialog import KeepDialog


def press(page: BoardPage, key: Qt.Key) -> None:
    QTest.keyClick(page.body.board, key)


def keep(shell: Shell, name: str = "") -> KeepDialog:
    """Keep the plan by the dialog, which stays open if something is wrong."""
    shell.actions_table.run("plan.keep")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, KeepDialog)
    if name:
        dialog.name.setText(name)
    dialog.keep.click()
    return dialog


def menu(page: BoardPage) -> list[str]:
    """What the menu of the button offers, opened by its key."""
    press(page, Qt.Key.Key_W)
    opened = page.body.scenario.menu()
    assert isinstance(opened, QMenu)
    assert opened.isVisible()
    words = [("✓ " if each.isChecked() else "") + each.text() for each in opened.actions()]
    opened.close()
    return [each for each in words if each]


def test_a_kept_plan_is_named_at_the_head_until_something_differs(
    board: BoardPage, one_window: Shell
) -> None:
    button = board.body.scenario
    assert button.text() == "Scenarios"
    keep(one_window)
    assert button.text() == "Scenario: Plan A"
    board.workspace.workshop.pin_step(*FIRST, Quarter(2027, 2))
    assert button.text() == "Scenario: (changed)"
    board.workspace.workshop.undo()
    assert button.accessibleName() == "Scenario: Plan A"


def test_the_menu_uses_a_scenario_as_one_step_for_undo(
    board: BoardPage, one_window: Shell, said: list[str]
) -> None:
    keep(one_window, "Fast")
    workshop = board.workspace.workshop
    workshop.pin_step(*FIRST, Quarter(2027, 2))
    workshop.set_target("d2.a", 4)
    keep(one_window, "Slow")
    assert menu(board)[:2] == ["Fast", "✓ Slow"]
    board.body.scenario.use_wanted.emit("Fast")
    assert workshop.session.rating("d2.a").target is None
    assert board.body.scenario.text() == "Scenario: Fast"
    assert "Planned as in “Fast” now." in said
    workshop.undo()
    assert workshop.session.rating("d2.a").target == 4
    assert board.body.scenario.text() == "Scenario: Slow"


def test_a_scenario_is_removed_from_the_menu(board: BoardPage, one_window: Shell) -> None:
    keep(one_window, "Fast")
    board.body.scenario.removal_wanted.emit("Fast")
    assert board.workspace.session.scenarios == ()
    assert "Remove a scenario" not in menu(board)


def test_the_dialog_says_that_a_scenario_will_be_replaced_and_wants_a_name(
    board: BoardPage, one_window: Shell
) -> None:
    keep(one_window, "Fast")
    board.workspace.workshop.pin_step(*FIRST, Quarter(2027, 2))
    dialog = keep(one_window, " ")
    assert dialog.form.fault_at(dialog.name) == "Please give the scenario a name."
    assert dialog.focusWidget() is dialog.name
    dialog.name.setText("fast")
    assert dialog.name.accessibleDescription() == "The scenario of this name will be replaced."
    dialog.keep.click()
    assert [each.name for each in board.workspace.session.scenarios] == ["fast"]


def test_a_library_that_cannot_be_written_asks_for_no_name(
    board: BoardPage, one_window: Shell
) -> None:
    library = one_window.state.library
    assert isinstance(library, FakeLibrary)
    library.read_only = ReadOnlyLibrary("x")
    with pytest.raises(AppError):
        board.variants.keep()
    assert not one_window.frame.findChildren(QLineEdit, "scenario-name")
