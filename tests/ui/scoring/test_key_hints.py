"""The key bar shows the keys of whatever has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton
from pytestqt.qtbot import QtBot

from ui.shell.shell import Shell
from ui.widgets.key_hints import KeyHint


def hints(shell: Shell) -> list[str]:
    found = shell.page.findChildren(KeyHint)
    return [hint.accessibleName() for hint in found if not hint.isHidden()]


@pytest.mark.parametrize(
    ("action_id", "expected"),
    [
        ("note", ["Esc: back to the levels", "Tab: next field", "Ctrl+Z: undo word"]),
        ("weight", ["Return: store", "Esc: cancel", "Tab: next field"]),
        ("not_applicable", ["Return: store", "Esc: cancel", "Ctrl+Z: undo word"]),
        ("evidence", ["Return: add", "Esc: cancel", "Tab: next field", "Ctrl+Z: undo word"]),
        ("find_area", ["↑: up", "↓: down", "Return: go there", "Esc: close"]),
    ],
)
def test_a_text_field_shows_its_own_keys_and_no_letters(
    qtbot: QtBot, looked_at: Shell, action_id: str, expected: list[str]
) -> None:
    usual = hints(looked_at)
    assert "N: not applicable" in usual
    looked_at.actions_table.run(action_id)
    assert hints(looked_at) == expected
    qtbot.keyClick(looked_at.frame.focusWidget(), Qt.Key.Key_Escape)
    assert hints(looked_at) == usual


def test_a_list_and_a_button_show_how_they_are_used(looked_at: Shell) -> None:
    looked_at.page.findChild(QAbstractItemView, "agenda").setFocus()
    assert hints(looked_at)[:3] == ["↑: up", "↓: down", "1–5: score"]
    looked_at.page.findChild(QPushButton, "add-evidence").setFocus()
    assert hints(looked_at)[:3] == ["Space: press", "Tab: next field", "1–5: score"]
    looked_at.page.setFocus()
    assert hints(looked_at)[0] == "1–5: score"


def test_the_keys_are_named_in_german(looked_at: Shell) -> None:
    looked_at.appearance.choose_language("de")
    looked_at.actions_table.run("weight")
    assert [hint.partition(":")[0] for hint in hints(looked_at)] == ["Eingabe", "Esc", "Tab"]
    looked_at.page.setFocus()
