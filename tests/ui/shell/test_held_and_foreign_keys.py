"""Keys that are held, and keyboards whose digit row types other signs."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.shell import Shell

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
FRENCH = "&é\"'(-è_çà"
CZECH = "+ěščřžýáíé"
RUSSIAN_LETTERS = "йцукенгшщз"
FIRST_CODE = {"win32": 0x02}.get(sys.platform, 10)


def send(widget: QWidget, key: Qt.Key, text: str = "", *, held: bool = False) -> None:
    """A key as the system sends it: first to the shortcuts, then to the widget."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, NONE, text, held))


def hold(widget: QWidget, key: Qt.Key, text: str) -> None:
    for _ in range(4):
        focused = widget.window().focusWidget() or widget
        send(focused, key, text, held=True)


def press_place(shell: Shell, place: int, text: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """The key at a place of the digit row, from 0, that types another sign."""
    focused = shell.frame.focusWidget() or shell.frame
    key = ord(text.upper())
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, modifiers, FIRST_CODE + place, 0, 0, text)
        QApplication.sendEvent(focused, event)


def level_of(shell: Shell) -> object:
    return shell.workspace.session.rating(shell.workspace.area_id).level


not_on_a_mac = pytest.mark.skipif(sys.platform == "darwin", reason="has other key codes")


@not_on_a_mac
@pytest.mark.parametrize("row", [FRENCH, CZECH], ids=["French", "Czech"])
def test_the_digit_row_scores_without_shift(scoring: Shell, row: str) -> None:
    scored = []
    for place in range(5):
        press_place(scoring, place, row[place])
        scored.append(level_of(scoring))
    assert scored == [1, 2, 3, 4, 5]


@not_on_a_mac
def test_the_digit_row_scores_while_the_agenda_has_the_focus(scoring: Shell) -> None:
    scoring.page.body.agenda.view.setFocus()
    press_place(scoring, 2, '"')
    assert level_of(scoring) == 3


@not_on_a_mac
def test_the_digit_row_types_its_signs_into_a_text(scoring: Shell) -> None:
    scoring.actions_table.run("note")
    for place in range(5):
        press_place(scoring, place, FRENCH[place])
    note = scoring.frame.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    assert note.toPlainText() == FRENCH[:5]
    assert level_of(scoring) is None


@not_on_a_mac
def test_the_digit_row_with_shift_and_other_keys_score_nothing_by_place(scoring: Shell) -> None:
    press_place(scoring, 2, "#", SHIFT)
    for place, letter in enumerate(RUSSIAN_LETTERS):
        press_place(scoring, 14 + place, letter)
    assert level_of(scoring) is None


@not_on_a_mac
def test_the_digit_row_leads_to_the_pages_without_shift(scoring: Shell) -> None:
    control, seen = Qt.KeyboardModifier.ControlModifier, []
    for digit in (4, 1, 3):
        press_place(scoring, digit - 1, FRENCH[digit - 1], control)
        seen.append(scoring.page_name)
    assert seen == ["results", "library", "scoring"]
    scoring.actions_table.run("note")
    press_place(scoring, 3, FRENCH[3], control)
    assert scoring.page_name == "results"  # from a text, too, as on other keyboards


@not_on_a_mac
def test_the_digit_row_follows_the_choice_of_keys(scoring: Shell) -> None:
    scoring.context.keys.change("level.3", "7")
    press_place(scoring, 6, "è")
    assert level_of(scoring) == 3
    scoring.context.keys.switch_single_keys(False)
    press_place(scoring, 1, "é")
    assert level_of(scoring) == 3


def test_a_held_space_goes_on_once(qtbot: QtBot, scoring: Shell) -> None:
    areas = scoring.workspace.session.model.areas
    qtbot.keyClick(scoring.frame, Qt.Key.Key_Space)
    hold(scoring.page, Qt.Key.Key_Space, " ")
    assert scoring.workspace.area_id == areas[1].id
    assert not scoring.actions_table["go_on"].autoRepeat()


def test_a_space_held_on_the_last_area_stays_on_the_results(qtbot: QtBot, scoring: Shell) -> None:
    scoring.actions_table.run("level.2")
    scoring.workspace.go_to(scoring.workspace.session.model.areas[-1].id)
    qtbot.keyClick(scoring.frame, Qt.Key.Key_Space)
    hold(scoring.page, Qt.Key.Key_Space, " ")
    assert scoring.page_name == "results"


@pytest.mark.parametrize("key", ["C", "E", "N", "W"])
def test_a_held_key_does_not_type_into_the_field_it_opens(
    qtbot: QtBot, scoring: Shell, key: str
) -> None:
    code = Qt.Key[f"Key_{key}"]
    qtbot.keyClick(scoring.frame, code)
    field = scoring.frame.focusWidget()
    assert field is not None
    before = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    hold(scoring.page, code, key.lower())
    assert (field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()) == before
    qtbot.keyClick(field, Qt.Key.Key_A)
    hold(scoring.page, Qt.Key.Key_A, "a")
    shown = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    assert shown.endswith("aaaaa"), "a key held in the text repeats as usual"


def test_a_held_escape_closes_no_notice(qtbot: QtBot, scoring: Shell) -> None:
    scoring.notices.show_notice("The file could not be read.", warning=True)
    scoring.actions_table.run("note")
    qtbot.keyClick(scoring.frame.focusWidget(), Qt.Key.Key_Escape)
    hold(scoring.page, Qt.Key.Key_Escape, "")
    assert len(scoring.notices.notices) == 1


def test_a_held_enter_presses_a_button_once(qtbot: QtBot, scoring: Shell) -> None:
    button = scoring.page.body.keys.findChild(QWidget, "next-button")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    button.setFocus()
    for _ in range(4):
        send(button, Qt.Key.Key_Return, "\r", held=True)
    assert scoring.workspace.area_id == scoring.workspace.session.model.areas[1].id
