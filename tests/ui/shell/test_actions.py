"""The table of actions: names, keys, and when they are enabled."""

from __future__ import annotations

from collections import Counter

import pytest
from fakes import FakeLibrary, filled, small_model
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from app.words.texts import LANGUAGES, translator_for
from ui.pages import PAGE_BY_NAME
from ui.shell.actions import MENUS, SPEC_BY_ID, SUBMENUS, TABLE, ActionSpec, said
from ui.shell.shell import Shell

DECIDED = {
    "Del": "level.clear", "N": "not_applicable", "Left": "area.previous", "Right": "area.next",
    "Space": "go_on", "PgDown": "go_on", "PgUp": "go_back", "G": "target", "E": "evidence",
    "C": "note", "Ctrl+F": "find_area", "Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo",
    "Ctrl+1": "page.library", "Ctrl+3": "page.scoring", "Ctrl+4": "page.results",
    "Ctrl+5": "page.targets", "Z": "targets.against", "S": "targets.sponsor",
    ",": "level.half", "Ctrl+Y": "redo", "Ctrl+E": "session.export", "?": "keys", "F1": "keys",
    **{str(digit): f"level.{digit}" for digit in range(10)},
    **{f"Shift+{digit}": f"dimension.{digit}" for digit in range(10)},
}  # fmt: skip


PAGES = tuple(PAGE_BY_NAME)
_SUBMENUS = ("level.", "targets.", "dimension.", "chart.", "plan.", "view.", "language.")
"""Prefixes of the actions that stand in a submenu."""


@pytest.mark.parametrize("spec", TABLE, ids=lambda spec: spec.id)
def test_every_action_has_a_key_or_says_why_not(spec: ActionSpec) -> None:
    assert bool(spec.keys) != bool(spec.reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_a_name(language: str) -> None:
    names = [said(spec, translator_for(language)) for spec in TABLE]
    assert all(names)


@pytest.mark.parametrize(("key", "action_id"), DECIDED.items())
def test_the_keys_that_were_decided_do_what_was_decided(key: str, action_id: str) -> None:
    assert key in SPEC_BY_ID[action_id].keys


@pytest.mark.parametrize("key", ["Ctrl+2", "."])
def test_keys_kept_for_later_do_nothing(key: str) -> None:
    assert [spec.id for spec in TABLE if key in spec.keys] == []


def test_the_menu_names_the_level_that_the_key_0_sets(window: Shell, library: FakeLibrary) -> None:
    names = []
    for lowest in (0, 1):
        model = small_model(levels=10, lowest=lowest)
        session = library.create_session(NewSession("A", model, f"From {lowest}"))
        window.flows.sessions.open(session.id)
        names.append(window.actions_table["level.0"].text())
    assert names == ["Level 0", "Level 10"]


def test_the_menus_hold_every_action_once(window: Shell) -> None:
    actions = window.actions_table
    listed = [entry for _, entries in MENUS for entry in entries if entry != "-"]
    assert {entry[1:] for entry in listed if entry.startswith(">")} == set(SUBMENUS)
    in_menus = Counter(entry for entry in listed if not entry.startswith(">"))
    assert max(in_menus.values()) == 1
    in_submenus = {spec.id for spec in TABLE if spec.id.startswith(_SUBMENUS)}
    assert set(in_menus) | in_submenus == set(actions.by_id)


@pytest.mark.parametrize("page", PAGES)
def test_no_key_means_two_things_on_one_page(looked_at: Shell, page: str) -> None:
    looked_at.show_page(page)
    keys = Counter(
        shortcut.toString()
        for action in looked_at.actions_table.by_id.values()
        if action.isEnabled()
        for shortcut in action.shortcuts()
    )
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_id_a_page_handles_is_in_the_table(looked_at: Shell, page: str) -> None:
    looked_at.show_page(page)
    handled = set(looked_at.page.handlers())
    assert {id_ for id_ in handled if not id_.startswith("model_language.")} <= set(SPEC_BY_ID)


def test_only_what_somebody_handles_can_be_used(window: Shell) -> None:
    table = window.actions_table
    assert not table["level.3"].isEnabled()
    assert not table["session.export"].isEnabled()
    assert table["session.new"].isEnabled()


def test_a_digit_scores_the_area(qtbot: QtBot, scoring: Shell) -> None:
    qtbot.keyClick(scoring.frame, Qt.Key.Key_4)
    assert level_of(scoring) == 4


def test_a_digit_of_the_number_pad_scores_the_area(qtbot: QtBot, scoring: Shell) -> None:
    qtbot.keyClick(scoring.frame, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert level_of(scoring) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_Right, Qt.Key.Key_PageDown])
def test_the_number_pad_with_shift_does_nothing(qtbot: QtBot, scoring: Shell, key: Qt.Key) -> None:
    area = scoring.workspace.area_id
    shifted = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(scoring.frame, key, shifted)
    assert (level_of(scoring), scoring.workspace.area_id) == (None, area)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier),
    ],
    ids=["F1", "? alone", "? with Shift, as on a German keyboard"],
)
def test_the_key_sheet_opens(
    qtbot: QtBot, window: Shell, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    qtbot.keyClick(window.frame, key, modifier)
    sheet = dialog_named(window, "key-sheet")
    assert sheet is not None
    sheet.close()


TYPED = "3n cge 0"


def test_typing_a_reason_scores_nothing(qtbot: QtBot, scoring: Shell) -> None:
    qtbot.keyClick(scoring.frame, Qt.Key.Key_C)
    note = scoring.frame.findChild(QPlainTextEdit, "note-editor")
    assert note is not None
    qtbot.waitUntil(note.hasFocus)
    before = scoring.workspace.area_id
    qtbot.keyClicks(note, TYPED)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_PageDown):
        qtbot.keyClick(note, key)
    scoring.context.flush_pending_edits()
    rating = scoring.workspace.session.rating(before)
    assert (rating.level, rating.note, rating.not_applicable) == (None, TYPED, None)
    assert scoring.workspace.area_id == before


def test_typing_in_the_search_field_opens_nothing(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    filled(library, 3)
    window.show_page("library")
    qtbot.keyClick(window.frame, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = window.library_page.head.search
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "n 3?")
    assert search.text() == "n 3?"
    assert not window.state.has_session


def test_space_presses_the_button_that_was_reached_by_tab(qtbot: QtBot, scoring: Shell) -> None:
    qtbot.keyClick(scoring.frame, Qt.Key.Key_3)
    area = scoring.workspace.area_id
    for _ in range(60):
        qtbot.keyClick(scoring.frame.focusWidget() or scoring, Qt.Key.Key_Tab)
        if scoring.frame.focusWidget() is scoring.header.undo:
            break
    assert scoring.frame.focusWidget() is scoring.header.undo
    qtbot.keyClick(scoring.header.undo, Qt.Key.Key_Space)
    assert level_of(scoring) is None
    assert scoring.workspace.area_id == area


def level_of(window: Shell) -> object:
    """The level of the current area."""
    return window.workspace.session.rating(window.workspace.area_id).level


def dialog_named(window: Shell, name: str) -> QDialog | None:
    """The dialog of this name that is open before the window."""
    return window.frame.findChild(QDialog, name)
