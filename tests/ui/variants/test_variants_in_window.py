"""Scenarios, comparison, versions and questions in the window."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from fakes import FakeLibrary
from heard import Text, tree
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTreeWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError, InvalidInput, ReadOnlyLibrary
from app.session.quarters import Quarter
from app.words.texts import translator_for
from tests.ui.board.planned import FIRST, SECOND
from ui.board.board_page import BoardPage
from ui.shell.shell import Shell
from ui.variants import ask_dialog
from ui.variants.answers import Answer
from ui.variants.ask_dialog import AskDialog
from ui.variants.compare_dialog import CompareDialog
from ui.variants.freeze_dialog import FreezeDialog
from ui.variants.keep_dialog import KeepDialog
from ui.variants.versions_dialog import VersionsDialog

EN = translator_for("en")


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
    """Entries of the menu of the button, opened by its key."""
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


# ---- side by side --------------------------------------------------------------------------------


@pytest.fixture
def compare(qtbot: QtBot, board: BoardPage, one_window: Shell) -> Callable[[], CompareDialog]:
    def opened() -> CompareDialog:
        qtbot.waitUntil(lambda: not board.current.is_solving)
        one_window.actions_table.run("plan.compare")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CompareDialog)
        qtbot.waitUntil(lambda: dialog.figures.topLevelItemCount() > 0)
        return dialog

    return opened


def texts(table: QTreeWidget) -> list[list[str]]:
    items = (table.topLevelItem(n) for n in range(table.topLevelItemCount()))
    return [[item.text(n) for n in range(table.columnCount())] for item in items if item]


def test_the_current_plan_is_compared_with_a_scenario_that_can_be_used(
    board: BoardPage, compare: Callable[[], CompareDialog], said: list[str]
) -> None:
    workshop = board.workspace.workshop
    workshop.keep_scenario("Early")
    workshop.pin_step(*FIRST, Quarter(2027, 2))
    dialog = compare()
    assert dialog.summary.text() == "From left to right: 2 steps move."
    assert texts(dialog.moves)[0] == ["Area 1 5", "Q2 2027", "Q1 2027"]
    assert said[-1] == dialog.summary.text()
    assert not dialog.curves.grab().isNull()
    heard = [each.text(Text.Name) for each in tree(dialog)]
    assert "Projected average by quarter" in heard
    assert {"Left", "Right", "Steps that move", "Figures of both plans"} <= set(heard)
    dialog.use.click()
    assert workshop.session.rating("d1.a").step(5).pin is None
    workshop.undo()
    assert workshop.session.rating("d1.a").step(5).pin == Quarter(2027, 2)


def test_another_side_is_planned_when_it_is_chosen(
    qtbot: QtBot, board: BoardPage, compare: Callable[[], CompareDialog]
) -> None:
    workshop = board.workspace.workshop
    workshop.keep_scenario("Early")
    workshop.change_plan(capacity=(Fraction(100),))
    workshop.keep_scenario("Much")
    dialog = compare()
    dialog.left.setCurrentText("Early")
    assert dialog.summary.text() == "Both sides are being planned …"
    dialog.right.setCurrentText("Much")
    qtbot.waitUntil(lambda: dialog.summary.text().startswith("From left"))
    assert texts(dialog.figures)[0] == ["Capacity a quarter", "40 d", "100 d"]
    dialog.right.setCurrentIndex(0)
    assert not dialog.use.isEnabled()  # the plan as it is now


def test_comparing_wants_a_scenario_first(board: BoardPage) -> None:
    with pytest.raises(AppError) as refused:
        board.variants.compare()
    assert isinstance(refused.value, InvalidInput)
    assert "keep the plan as a scenario first" in str(refused.value.say(EN))


# ---- versions -----------------------------------------------------------------------------


def freeze(shell: Shell, remark: str) -> None:
    shell.actions_table.run("plan.freeze")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FreezeDialog)
    dialog.remark.setText(remark)
    dialog.freeze.click()


def test_versions_are_frozen_with_number_remark_and_name(
    qtbot: QtBot, board: BoardPage, one_window: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board.context, "user_name", lambda: "Mia Kern")
    freeze(one_window, "first")
    board.workspace.workshop.pin_step(*SECOND, Quarter(2027, 1))
    qtbot.waitUntil(lambda: not board.current.is_solving)
    freeze(one_window, "second")
    one_window.actions_table.run("plan.versions")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, VersionsDialog)
    newest, oldest = (dialog.versions.topLevelItem(n) for n in range(2))
    assert (newest.text(0), newest.text(2)) == ("Version 2: second", "Mia Kern")
    assert "in another quarter now: 0" in dialog.now.text()
    dialog.versions.setCurrentItem(oldest)
    assert "in another quarter now: 2" in dialog.now.text()
    step = dialog.steps.topLevelItem(0)
    assert [step.text(n) for n in range(3)] == ["Area 1 5", "Q1 2027", "Q2 2027"]
    board.workspace.workshop.undo()
    assert [each.remark for each in board.workspace.session.plan_versions] == ["first"]


def test_a_plan_that_cannot_hold_is_not_frozen(qtbot: QtBot, board: BoardPage) -> None:
    for key in (FIRST, SECOND):
        board.workspace.workshop.pin_step(*key, Quarter(2027, 1))
    qtbot.waitUntil(lambda: not board.current.is_solving)
    with pytest.raises(AppError) as refused:
        board.variants.freeze()
    assert refused.value.say(EN).startswith("Not everything in the plan can hold.")


def test_a_wide_head_has_a_button_for_freezing(board: BoardPage) -> None:
    height = board.body.height()
    board.body.resize(1280, height)
    assert not board.body.freeze.isVisible()
    assert "Freeze version…" in menu(board)
    board.body.resize(1440, height)
    assert board.body.freeze.isVisible()
    board.body.freeze.click()
    assert isinstance(QApplication.activeModalWidget(), FreezeDialog)
    board.body.resize(1280, height)


def test_without_versions_their_list_says_how_to_make_one(board: BoardPage) -> None:
    with pytest.raises(AppError) as refused:
        board.variants.show_versions()
    assert "“Freeze version…” keeps the first one" in refused.value.say(EN)


# ---- questions --------------------------------------------------------------------------------


def test_an_answer_is_heard_and_its_capacity_taken_over(
    qtbot: QtBot,
    board: BoardPage,
    one_window: Shell,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = Answer("With 90 d.", (("Area 3 5", "Q1 2027", "90 d"),), Fraction(90))

    def question(*_values: object) -> Callable[[object], Answer]:
        return lambda _cancelled: answer

    monkeypatch.setattr(ask_dialog, "ask_capacity", question)
    one_window.actions_table.run("plan.ask")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AskDialog)
    assert dialog.dimension.isVisible()
    assert not dialog.take.isVisible()
    dialog.question.setCurrentIndex(1)
    assert dialog.capacity_by.isVisible()
    assert not dialog.dimension.isVisible()
    assert dialog.capacity_by.currentText() == "Q2 2027"
    dialog.ask.click()
    assert dialog.answer.text() == "Looking for an answer …"
    qtbot.waitUntil(lambda: dialog.answer.text() == "With 90 d.")
    assert said[-1] == "With 90 d."
    assert dialog.steps.topLevelItemCount() == 1
    dialog.take.click()
    assert board.workspace.session.plan.capacity == (Fraction(90),)
    board.workspace.workshop.undo()
    assert board.workspace.session.plan.capacity == (Fraction(40),)
