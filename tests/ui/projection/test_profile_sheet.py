"""The sheet with the projected profile: opened from board and timeline, led by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import InvalidInput
from app.session.quarters import Quarter
from tests.ui.board.planned import FIRST, THIRD
from ui.board.board_page import BoardPage
from ui.projection.opening import open_profile
from ui.projection.profile_sheet import ProfileSheet
from ui.shell.shell import Shell
from ui.timeline.timeline_page import TimelinePage


def sheet_on_screen() -> ProfileSheet:
    found = QApplication.activeModalWidget()
    assert isinstance(found, ProfileSheet)
    return found


@pytest.fixture
def sheet(board: BoardPage) -> Iterator[ProfileSheet]:
    """The sheet, opened by its key."""
    QTest.keyClick(board.body.board, Qt.Key.Key_R)
    found = sheet_on_screen()
    yield found
    found.close()


def test_arrows_lead_through_the_quarters_and_say_what_they_bring(
    sheet: ProfileSheet, said: list[str]
) -> None:
    assert sheet.moment.text() == "End of Q2 2027"
    QTest.keyClick(sheet.slider, Qt.Key.Key_Left)
    assert said[-1] == "End of Q1 2027: average 4.0 → 4.5, target 5.0. Reached in Q1 2027: Area 1 5"
    assert sheet.slider.accessibleDescription() == said[-1]
    QTest.keyClick(sheet.table.view, Qt.Key.Key_Left)
    assert sheet.moment.text() == "Now"
    assert sheet.table.rows[1].cells[:2] == ("4", "4")
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.table.rows[1].cells[:2] == ("4", "5")


def test_the_radar_shows_the_same_by_dimension_and_by_area(sheet: ProfileSheet) -> None:
    sheet.load_radar()
    assert sheet.radar is not None
    data = sheet.radar.data()
    assert (data.by, data.projected, data.has_earlier) == ("dimension", "End of Q2 2027", False)
    assert [axis.projected for axis in data.axes] == [5, 5, 4]
    sheet.tabs["area"].click()
    assert sheet.radar.by == "area"
    assert sheet.radar.accessibleDescription().startswith(
        "Area 1: 4, target 5. End of Q2 2027: 5; "
    )
    assert sheet.legend.texts() == ("Current 4.0", "End of Q2 2027: 4.8", "Target 5.0")


def test_the_sheet_follows_the_plan(qtbot: QtBot, board: BoardPage, sheet: ProfileSheet) -> None:
    board.workspace.workshop.change_plan(periods=4)
    qtbot.waitUntil(lambda: not board.current.is_solving)
    assert sheet.slider.maximum() == 4
    assert "best" in sheet.status.text()


def test_the_sheet_says_that_it_shows_the_last_plan_that_held(
    qtbot: QtBot, board: BoardPage, sheet: ProfileSheet
) -> None:
    board.workspace.workshop.change_step(*THIRD, pin=Quarter(2027, 1))
    qtbot.waitUntil(lambda: not board.current.is_solving)
    assert sheet.status.text() == "the last plan that held"


def test_the_timeline_has_the_sheet_too(one_window: Shell, board: BoardPage) -> None:
    one_window.show_page("timeline")
    page = one_window.page
    assert isinstance(page, TimelinePage)
    page.profile.click()
    sheet_on_screen().close()


def test_without_a_level_there_is_nothing_to_project(board: BoardPage) -> None:
    workshop = board.workspace.workshop
    for area_id in ("d1.a", "d2.a", "d3.a"):
        workshop.set_level(area_id, None)
    with pytest.raises(InvalidInput, match="Nothing is scored yet"):
        open_profile(board)
    assert FIRST not in board.current.plan.starts
