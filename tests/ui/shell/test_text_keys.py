"""Keys in text fields: they belong to the text, and undo there stays in it."""

from __future__ import annotations

import pytest
from fakes import FakeLibrary, filled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

import ui.shell.text_undo
from ui.shell.shell import Shell

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Z, Y = Qt.Key.Key_Z, Qt.Key.Key_Y


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time for pauses, in seconds; it stands still while keys are pressed."""
    now = [100.0]
    monkeypatch.setattr(ui.shell.text_undo, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def note(scoring: Shell) -> QPlainTextEdit:
    scoring.actions_table.run("level.3")
    scoring.actions_table.run("note")
    field = scoring.frame.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    return field


def stored(shell: Shell) -> str:
    shell.context.flush_pending_edits()
    return shell.workspace.session.rating(shell.workspace.area_id).note


def test_undo_in_the_reason_takes_back_words_and_never_the_level(
    qtbot: QtBot, scoring: Shell, note: QPlainTextEdit
) -> None:
    qtbot.keyClicks(note, "Seen it live")
    seen = []
    for _ in range(5):
        qtbot.keyClick(note, Z, CONTROL)
        seen.append((note.toPlainText(), stored(scoring)))
    assert seen == [(text, text) for text in ("Seen it ", "Seen ", "", "", "")]
    assert scoring.workspace.session.rating(scoring.workspace.area_id).level == 3
    assert scoring.frame.focusWidget() is note


def test_three_sentences_with_pauses_are_three_steps(
    qtbot: QtBot, note: QPlainTextEdit, clock: list[float]
) -> None:
    for sentence in ("One.", "Two.", "Three."):
        qtbot.keyClicks(note, sentence)
        clock[0] += 3
    qtbot.keyClick(note, Z, CONTROL)
    assert note.toPlainText() == "One.Two."


def test_redo_in_the_reason_keeps_the_cursor_where_the_text_returns(
    qtbot: QtBot, scoring: Shell, note: QPlainTextEdit
) -> None:
    qtbot.keyClicks(note, "Seen it")
    qtbot.keyClick(note, Z, CONTROL)
    for key, modifiers in ((Z, CONTROL | SHIFT), (Y, CONTROL)):
        qtbot.keyClick(note, key, modifiers)
        assert note.toPlainText() == "Seen it"
        assert note.textCursor().position() == 7
    assert stored(scoring) == "Seen it"


def test_undo_puts_the_cursor_where_the_text_was(qtbot: QtBot, note: QPlainTextEdit) -> None:
    note.insertPlainText("😀 later words")
    note.moveCursor(note.textCursor().MoveOperation.Start)
    qtbot.keyClicks(note, "X")
    note.moveCursor(note.textCursor().MoveOperation.End)
    qtbot.keyClick(note, Z, CONTROL)
    assert note.toPlainText() == "😀 later words"
    assert note.textCursor().position() == 0


def test_undo_in_a_reason_is_over_when_it_is_left(
    qtbot: QtBot, scoring: Shell, note: QPlainTextEdit
) -> None:
    qtbot.keyClicks(note, "First visit")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    scoring.actions_table.run("note")
    qtbot.keyClick(note, Z, CONTROL)
    assert note.toPlainText() == "First visit"
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    qtbot.keyClick(scoring.frame.focusWidget(), Z, CONTROL)
    assert (note.toPlainText(), stored(scoring)) == ("", "")


def test_undo_never_brings_the_text_of_another_area(
    qtbot: QtBot, scoring: Shell, note: QPlainTextEdit
) -> None:
    qtbot.keyClicks(note, "Of the first area")
    scoring.workspace.go_to(scoring.workspace.session.model.areas[1].id)
    note.setFocus()
    qtbot.keyClick(note, Z, CONTROL)
    assert (note.toPlainText(), stored(scoring)) == ("", "")


@pytest.mark.parametrize("action_id", ["evidence", "not_applicable", "weight", "find_area"])
def test_undo_in_every_field_takes_back_words(
    qtbot: QtBot, looked_at: Shell, action_id: str
) -> None:
    looked_at.actions_table.run(action_id)
    field = looked_at.frame.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("")
    qtbot.keyClicks(field, "one two")
    seen = []
    for _ in range(3):
        qtbot.keyClick(field, Z, CONTROL)
        seen.append(field.text())
    assert seen[0] == "one "
    assert looked_at.frame.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_undo_in_a_dialog_takes_back_words(qtbot: QtBot, looked_at: Shell) -> None:
    looked_at.actions_table.run("session.new")
    dialog = looked_at.frame.findChild(QWidget, "new-session-dialog")
    organisation = dialog.form.organisation
    qtbot.waitUntil(lambda: QApplication.focusWidget() is organisation)
    qtbot.keyClicks(organisation, "Stadtwerke Nord")
    qtbot.keyClick(organisation, Z, CONTROL)
    assert organisation.currentText() == "Stadtwerke "


KEYS_OF_TEXTS = [
    (Qt.Key.Key_Delete, CONTROL), (Qt.Key.Key_Backspace, CONTROL), (Qt.Key.Key_Left, CONTROL),
    (Qt.Key.Key_Right, CONTROL), (Qt.Key.Key_Home, CONTROL), (Qt.Key.Key_End, CONTROL | SHIFT),
    (Qt.Key.Key_A, CONTROL), (Qt.Key.Key_C, CONTROL), (Qt.Key.Key_Z, CONTROL),
    (Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, CONTROL | SHIFT), (Qt.Key.Key_Delete, SHIFT),
]  # fmt: skip


def test_keys_of_a_text_do_nothing_to_the_library(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    filled(library, 3)
    window.show_page("library")
    window.actions_table.run("search")
    search = window.frame.findChild(QLineEdit, "session-search")
    run: list[str] = []
    for id_, action in window.actions_table.by_id.items():
        action.triggered.connect(lambda _=False, id_=id_: run.append(id_))
    for key, modifiers in KEYS_OF_TEXTS:
        search.setText("two words")
        qtbot.keyClick(search, key, modifiers)
    assert run == []


def test_control_delete_in_the_search_deletes_a_word(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    filled(library, 3)
    window.show_page("library")
    window.actions_table.run("search")
    search = window.frame.findChild(QLineEdit, "session-search")
    search.setText("two words")
    search.home(False)
    qtbot.keyClick(search, Qt.Key.Key_Delete, CONTROL)
    assert search.text() == "words"
    assert not library.archived
