"""Size of the type and of the window: zoom, system fonts, full screen, small screens."""

from __future__ import annotations

import pytest
from conftest import leave, shown_window
from fakes import FakeServices
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.placement import (
    DEFAULT_SIZE,
    SMALLEST,
    first_place,
    fitted,
    has_room_for_default,
)
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.shell.window import MainWindow
from ui.type_scale import SMALLEST as SMALLEST_TYPE
from ui.type_scale import body_for

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def body_of(shell: Shell) -> int:
    """Pixels of running text in the window, as a label has it."""
    return QFontInfo(shell.header.page_button("library").font()).pixelSize()


def press(shell: Shell, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(shell.frame, key, modifiers)


@pytest.mark.parametrize(
    ("size", "body"),
    [
        ((960, 540), 12),
        ((1280, 720), 12),
        ((1366, 768), 12),
        ((1440, 900), 13),
        ((1920, 1000), 15),
        ((1920, 1080), 16),
        ((3440, 1440), 21),
    ],
)
def test_type_grows_with_the_window(size: tuple[int, int], body: int) -> None:
    assert body_for(*size, system_font=13, zoom=100) == body


def test_type_chosen_large_in_the_system_is_not_shown_smaller() -> None:
    assert body_for(1280, 720, system_font=27, zoom=100) == 27
    assert body_for(1280, 720, system_font=15, zoom=100) == 12


@pytest.mark.slow
def test_the_whole_window_follows_its_size(scoring: Shell) -> None:
    scoring.frame.resize(1920, 1080)
    QApplication.processEvents()
    assert body_of(scoring) == 16
    scoring.frame.resize(1280, 720)
    QApplication.processEvents()
    assert body_of(scoring) == 12
    sizes = [QFontInfo(label.font()).pixelSize() for label in scoring.frame.findChildren(QLabel)]
    assert min(sizes) >= SMALLEST_TYPE


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Plus, CONTROL),
        pytest.param(Qt.Key.Key_Plus, CONTROL | KEYPAD, marks=pytest.mark.slow),
        pytest.param(Qt.Key.Key_Equal, CONTROL, marks=pytest.mark.slow),
    ],
    ids=["German", "numpad", "US without Shift"],
)
def test_ctrl_plus_makes_type_larger_on_every_keyboard(
    scoring: Shell, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    before = body_of(scoring)
    press(scoring, key, modifiers)
    assert body_of(scoring) > before
    scoring.frame.set_zoom(100)


@pytest.mark.slow
@pytest.mark.parametrize("modifiers", [CONTROL, CONTROL | KEYPAD], ids=["main block", "numpad"])
def test_ctrl_minus_and_ctrl_0_make_type_smaller_and_usual(
    scoring: Shell, modifiers: Qt.KeyboardModifier
) -> None:
    scoring.frame.set_zoom(150)
    large = body_of(scoring)
    press(scoring, Qt.Key.Key_Minus, modifiers)
    assert body_of(scoring) < large
    press(scoring, Qt.Key.Key_0, modifiers)
    assert body_of(scoring) == 12
    assert not scoring.workspace.session.ratings


@pytest.mark.slow
def test_the_zoom_ends_at_its_smallest_and_its_largest_step(scoring: Shell) -> None:
    scoring.frame.set_zoom(175)
    for _ in range(3):
        press(scoring, Qt.Key.Key_Plus, CONTROL)
    assert body_of(scoring) == 24
    scoring.frame.set_zoom(90)
    for _ in range(3):
        press(scoring, Qt.Key.Key_Minus, CONTROL)
    assert body_of(scoring) == SMALLEST_TYPE
    scoring.frame.set_zoom(100)


def test_the_zoom_is_remembered(
    qtbot: QtBot, window: Shell, services: FakeServices, settings: Settings
) -> None:
    press(window, Qt.Key.Key_Plus, CONTROL)
    body = body_of(window)
    again = shown_window(qtbot, services, settings)
    assert body_of(again) == body
    leave(again)
    window.frame.set_zoom(100)


@pytest.mark.parametrize("text", ["", "0", "37", "100000", "much"])
def test_a_zoom_that_is_none_of_ours_counts_as_none(settings: Settings, text: str) -> None:
    settings.put("view/zoom", text)
    assert settings.zoom == 100


def test_a_larger_system_font_is_followed_at_once(scoring: Shell, qapp: QApplication) -> None:
    before = qapp.font()
    try:
        qapp.setFont(QFont(before.family(), 20))
        QApplication.processEvents()
        assert body_of(scoring) == QFontInfo(qapp.font()).pixelSize() > 20
    finally:
        qapp.setFont(before)
        QApplication.processEvents()
    assert body_of(scoring) == 12


def test_f11_fills_the_screen_and_only_f11_leaves_it(qtbot: QtBot, scoring: Shell) -> None:
    press(scoring, Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(scoring.frame.isFullScreen)
    qtbot.waitUntil(scoring.actions_table["full_screen"].isChecked)
    press(scoring, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert scoring.frame.isFullScreen()
    press(scoring, Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: not scoring.frame.isFullScreen())
    assert not scoring.actions_table["full_screen"].isChecked()


def test_the_menu_has_type_sizes_and_full_screen(window: Shell) -> None:
    offered = {action.objectName() for action in window.frame.menus._by_key["view"].actions()}
    wanted = {"type.larger", "type.smaller", "type.usual", "full_screen"}
    assert {f"action-{id_}" for id_ in wanted} <= offered
    assert window.actions_table["full_screen"].shortcut() == QKeySequence("F11")


def test_a_start_after_full_screen_has_a_window(
    qtbot: QtBot, window: Shell, settings: Settings
) -> None:
    window.frame.toggle_full_screen()
    qtbot.waitUntil(window.frame.isFullScreen)
    window.frame.remember_place()
    again = MainWindow(settings, "en")
    again.show_at_last_place()
    assert not again.isFullScreen()
    again.close()
    again.deleteLater()


@pytest.mark.parametrize(
    "screen",
    [QSize(1366, 728), QSize(1280, 720), QSize(1093, 582), QSize(960, 540), QSize(683, 440)],
    ids=lambda size: f"{size.width()}x{size.height()}",
)
def test_the_first_window_fits_the_screen(screen: QSize) -> None:
    available = QRect(QPoint(0, 24), screen)
    place = first_place(available)
    assert available.contains(place)
    assert not has_room_for_default(available)
    assert QSize(*SMALLEST) == QSize(*SMALLEST).boundedTo(place.size())


def test_the_first_window_has_its_usual_size_where_that_fits() -> None:
    available = QRect(0, 0, 1920, 1040)
    assert has_room_for_default(available)
    assert first_place(available).size() == DEFAULT_SIZE


@pytest.mark.parametrize(
    "frame", [QRect(0, 0, 3840, 2160), QRect(-300, -50, 1280, 800), QRect(5000, 4000, 900, 700)]
)
def test_a_place_from_a_larger_screen_is_moved_and_cut_to_this_one(frame: QRect) -> None:
    available = QRect(0, 24, 1366, 744)
    assert available.contains(fitted(frame, available))


def test_a_window_stored_larger_than_the_screen_fits_it(
    qtbot: QtBot, window: Shell, settings: Settings
) -> None:
    window.frame.resize(3000, 2000)
    window.frame.remember_place()
    again = MainWindow(settings, "en")
    with qtbot.waitSignal(again.painted):
        again.show_at_last_place()
    assert again.screen().availableGeometry().contains(again.frameGeometry())
    again.close()
    again.deleteLater()


@pytest.mark.parametrize("page", ["library", "teams", "scoring", "results"])
def test_no_page_keeps_the_window_larger_than_a_small_screen(looked_at: Shell, page: str) -> None:
    looked_at.show_page(page)
    looked_at.frame.resize(*SMALLEST)
    QApplication.processEvents()
    assert looked_at.frame.size() == QSize(*SMALLEST)
    outside = [
        child.objectName()
        for child in looked_at.frame.findChildren(QWidget, "key-bar")
        if child.isVisible()
        and child.mapTo(looked_at.frame, child.rect().bottomRight()).y() >= SMALLEST[1]
    ]
    assert not outside
