"""A whole workshop in the real window on a real library, without the mouse."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from data.library.library import open_library
from exports.export import ExportKind
from tests.flows.real_window import opened
from ui.dialogs.export_dialog import ExportDialog
from ui.shell.shell import Shell

pytestmark = pytest.mark.slow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workshop.stufenplan"


@pytest.fixture
def window(qtbot: QtBot, place: Path, tmp_path: Path) -> Iterator[Shell]:
    window = opened(qtbot, place, tmp_path)
    yield window
    window.frame.close()
    window.frame.deleteLater()


def begin_session(qtbot: QtBot, window: Shell) -> None:
    qtbot.keyClick(window.frame, Qt.Key.Key_N, CONTROL)
    dialog = window.frame.findChild(QDialog, "new-session-dialog")
    qtbot.keyClicks(dialog.focusWidget(), "Stadtwerke Beispielstadt")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(dialog.focusWidget(), "Netzleitstelle")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page_name == "scoring")


def score_all(qtbot: QtBot, window: Shell) -> list[int]:
    wanted = [1 + place % 5 for place in range(len(window.workspace.session.model.areas))]
    for level in wanted:
        qtbot.keyClick(window.frame, Qt.Key(Qt.Key.Key_0 + level))
        qtbot.keyClick(window.frame, Qt.Key.Key_Space)
    return wanted


def test_a_session_is_begun_scored_undone_and_exported(
    qtbot: QtBot, window: Shell, place: Path, tmp_path: Path
) -> None:
    begin_session(qtbot, window)
    wanted = score_all(qtbot, window)
    assert window.page_name == "results", "the last Space leads to the results"
    assert window.workspace.figures.overall.scored == 22

    qtbot.keyClick(window.frame, Qt.Key.Key_Z, CONTROL)
    assert window.workspace.figures.overall.scored == 21
    qtbot.keyClick(window.frame, Qt.Key.Key_Y, CONTROL)
    assert window.workspace.figures.overall.scored == 22

    workbook = tmp_path / "roadmap.xlsx"
    window.settings.put("export/folder", str(tmp_path))
    qtbot.keyClick(window.frame, Qt.Key.Key_E, CONTROL)
    dialog = window.frame.findChild(QDialog, "export-dialog")
    dialog.target.setText(str(workbook))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.notices.notice("exported") is not None, timeout=30_000)
    assert "xl/workbook.xml" in zipfile.ZipFile(workbook).namelist()

    session_id = window.workspace.session.id
    window.frame.close()
    library = open_library(place)
    stored = library.load_session(session_id)
    library.close()
    assert [rating.level for rating in stored.all_ratings()] == wanted
    assert stored.unit.name == "Netzleitstelle"


def test_reasons_targets_and_not_applicable_areas_by_keyboard(qtbot: QtBot, window: Shell) -> None:
    begin_session(qtbot, window)
    first, second = (area.id for area in window.workspace.session.model.areas[:2])
    qtbot.keyClick(window.frame, Qt.Key.Key_3)
    qtbot.keyClick(window.frame, Qt.Key.Key_G)
    qtbot.keyClick(window.frame, Qt.Key.Key_4)
    qtbot.keyClick(window.frame, Qt.Key.Key_C)
    note = window.frame.findChild(QPlainTextEdit, "note-editor")
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "All 5 teams agree, n of them alone.")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    qtbot.keyClick(window.frame.focusWidget() or window, Qt.Key.Key_Right)
    qtbot.keyClick(window.frame, Qt.Key.Key_N)
    reason = window.frame.focusWidget()
    qtbot.keyClicks(reason, "No software of its own")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    rating = window.workspace.session.rating(first)
    assert (rating.level, rating.target) == (3, 4)
    assert rating.note == "All 5 teams agree, n of them alone."
    assert window.workspace.session.rating(second).not_applicable == "No software of its own"


def test_the_program_comes_back_where_it_was_left(
    qtbot: QtBot, window: Shell, place: Path, tmp_path: Path
) -> None:
    begin_session(qtbot, window)
    for _ in range(9):
        qtbot.keyClick(window.frame, Qt.Key.Key_Right)
    area, session_id = window.workspace.area_id, window.workspace.session.id
    qtbot.keyClick(window.frame, Qt.Key.Key_4)
    window.frame.close()
    again = opened(qtbot, place, tmp_path)
    assert (again.workspace.session.id, again.workspace.area_id) == (session_id, area)
    assert again.workspace.session.rating(area).level == 4
    qtbot.keyClick(again.frame, Qt.Key.Key_Z, CONTROL)
    assert again.workspace.session.rating(area).level is None, "undo survives a restart"
    again.frame.close()
    again.frame.deleteLater()


def test_the_sample_can_be_looked_at_and_taken_home(
    qtbot: QtBot, window: Shell, tmp_path: Path
) -> None:
    window.show_page("library")
    sample = window.library_page.states.empty.buttons[1]
    sample.setFocus()
    qtbot.keyClick(sample, Qt.Key.Key_Space)
    assert window.workspace.session.organisation.name == "Nordwerk AG"
    for key, page in (("1", "library"), ("3", "scoring"), ("4", "results")):
        qtbot.keyClick(window.frame, key, CONTROL)
        assert window.page_name == page
    assert window.library_page.sessions.rowCount() == 2


@pytest.mark.parametrize(
    ("kind", "name", "beginning"),
    [
        (ExportKind.WORKBOOK, "roadmap.xlsx", b"PK"),
        (ExportKind.AREA_CHART, "areas.png", b"\x89PNG"),
        (ExportKind.AREA_CHART, "areas.pdf", b"%PDF"),
        (ExportKind.DIMENSION_CHART, "dimensions.svg", b"<?xml"),
        (ExportKind.JSON, "session.json", b"{"),
        (ExportKind.LIBRARY, "session.stufenplan", b"SQLite format 3"),
    ],
)
def test_everything_that_is_offered_can_be_taken_home(
    qtbot: QtBot, window: Shell, tmp_path: Path, kind: ExportKind, name: str, beginning: bytes
) -> None:
    window.flows.sessions.open_sample()
    window.actions_table.run("session.export")
    dialog = window.frame.findChild(ExportDialog)
    dialog.formats[kind].click()
    dialog.target.setText(str(tmp_path / name))
    dialog.findChild(QPushButton, "export").click()
    qtbot.waitUntil(lambda: window.notices.notice("exported") is not None, timeout=30_000)
    assert (tmp_path / name).read_bytes().startswith(beginning)
