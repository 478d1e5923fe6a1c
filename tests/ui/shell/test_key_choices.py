"""Keys of letters and digits can be switched off and changed, and stay so."""

from __future__ import annotations

import pytest
from fakes import FakeServices
from heard import description
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.key_choices_dialog import KeyChoicesDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.shell.actions import TABLE
from ui.shell.key_choices import KeyChoices, changeable, is_single
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.widgets.key_hints import KeyHint

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(scoring: Shell) -> KeyChoicesDialog:
    scoring.dialogs.open_key_choices()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, KeyChoicesDialog)
    return dialog


def level_of(shell: Shell) -> object:
    return shell.workspace.session.rating(shell.workspace.area_id).level


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def give(dialog: KeyChoicesDialog, action: str, key: str) -> str:
    """Choose an action, enter a key and use it; returns the fault."""
    rows = [spec.id for spec in changeable()]
    dialog.list.setCurrentItem(dialog.list.topLevelItem(rows.index(action)))
    dialog.key.setKeySequence(QKeySequence(key))
    press(dialog, "use-key")
    return dialog.form.fault_at(dialog.key)


def hints(shell: Shell) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [hint.accessibleName() for hint in shell.page.findChildren(KeyHint)]


def test_single_keys_are_letters_digits_and_signs_without_ctrl_or_alt() -> None:
    assert {"N", "Shift+C", ",", "?", "7"} <= {k for s in TABLE for k in s.keys if is_single(k)}
    assert not any(map(is_single, ("Space", "Del", "F1", "Ctrl+N", "PgDown", "Left")))


def test_switched_off_they_do_nothing_and_the_others_still_act(
    qtbot: QtBot, scoring: Shell
) -> None:
    scoring.context.keys.switch_single_keys(False)
    for key in (Qt.Key.Key_3, Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_G):
        qtbot.keyClick(scoring.page, key)
    assert level_of(scoring) is None
    assert scoring.page.hasFocus()
    first = scoring.workspace.area_id
    qtbot.keyClick(scoring.page, Qt.Key.Key_Space)
    assert scoring.workspace.area_id != first
    assert not any(hint.startswith(("1", "N:", "C:")) for hint in hints(scoring))
    assert "F1: all keys" in hints(scoring)


def test_the_switch_is_in_the_settings_and_stays(
    qtbot: QtBot, scoring: Shell, settings: Settings
) -> None:
    scoring.actions_table.run("settings")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    dialog.single_keys.click()
    dialog.accept()
    with qtbot.waitActive(scoring.frame):
        scoring.frame.activateWindow()
    qtbot.keyClick(scoring.page, Qt.Key.Key_3)
    assert level_of(scoring) is None
    later = KeyChoices()
    later.remember_in(settings)
    assert not later.are_single_keys_on


def test_a_changed_key_acts_is_shown_and_stays(
    qtbot: QtBot, scoring: Shell, dialog: KeyChoicesDialog, settings: Settings
) -> None:
    assert give(dialog, "level.3", "Ctrl+3") != ""  # that is a page
    assert give(dialog, "level.3", "Alt+3") == ""
    assert give(dialog, "not_applicable", "J") == ""
    dialog.accept()
    with qtbot.waitActive(scoring.frame):
        scoring.frame.activateWindow()
    qtbot.keyClick(scoring.page, Qt.Key.Key_3)
    assert level_of(scoring) is None
    qtbot.keyClick(scoring.page, Qt.Key.Key_3, ALT)
    assert level_of(scoring) == 3
    assert {"Alt+3: Level 3", "1: Level 1", "J: not applicable"} <= set(hints(scoring))
    scoring.actions_table.run("keys")
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    rows = {label.accessibleName() for label in sheet.findChildren(QLabel)}
    assert {"Alt+3: Level 3", "J: Not applicable, with reason"} <= rows
    later = KeyChoices()
    later.remember_in(settings)
    assert later.keys_of("level.3") == ("Alt+3",)


def test_a_changed_key_acts_even_when_single_ones_are_off(
    qtbot: QtBot, scoring: Shell, dialog: KeyChoicesDialog
) -> None:
    give(dialog, "level.3", "Alt+3")
    dialog.accept()
    with qtbot.waitActive(scoring.frame):
        scoring.frame.activateWindow()
    scoring.context.keys.switch_single_keys(False)
    qtbot.keyClick(scoring.page, Qt.Key.Key_3, ALT)
    assert level_of(scoring) == 3


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("C", "“C” already does “Reason”. Please choose another key."),
        ("Ctrl+Z", "“Ctrl+Z” already does “Undo”. Please choose another key."),
        ("Space", "“Space” already does “Next”. Please choose another key."),
        ("Esc", "“Esc” has the same meaning everywhere. Please choose another key."),
        ("", "Please press a key in the field first."),
    ],
)
def test_a_key_that_is_taken_is_refused_with_a_sentence(
    scoring: Shell, dialog: KeyChoicesDialog, key: str, fault: str
) -> None:
    assert give(dialog, "not_applicable", key) == fault
    assert description(dialog.key) == fault
    assert scoring.context.keys.keys_of("not_applicable") == ("N",)


def test_the_usual_key_of_another_action_stays_its_own(
    scoring: Shell, dialog: KeyChoicesDialog
) -> None:
    give(dialog, "note", "J")
    assert "Reason" in give(dialog, "not_applicable", "C")
    press_row = [spec.id for spec in changeable()].index("note")
    dialog.list.setCurrentItem(dialog.list.topLevelItem(press_row))
    press(dialog, "usual-key")
    assert scoring.context.keys.keys_of("note") == ("C",)


def test_settings_that_clash_are_ignored(settings: Settings) -> None:
    settings.put("keys/note", "Ctrl+Z")
    keys = KeyChoices()
    keys.remember_in(settings)
    assert keys.keys_of("note") == ("C",)


def test_the_digit_row_without_shift_follows_the_choice(scoring: Shell) -> None:
    scoring.frame.digit_pressed.emit("3")
    assert level_of(scoring) == 3
    scoring.context.keys.switch_single_keys(False)
    scoring.frame.digit_pressed.emit("4")
    assert level_of(scoring) == 3


def test_a_window_takes_the_keys_of_its_settings(
    qtbot: QtBot, services: FakeServices, settings: Settings, scoring: Shell
) -> None:
    scoring.context.keys.change("note", "Ctrl+R")
    assert settings.text("keys/note") == "Ctrl+R"
    assert [key.toString() for key in scoring.actions_table["note"].shortcuts()] == ["Ctrl+R"]
