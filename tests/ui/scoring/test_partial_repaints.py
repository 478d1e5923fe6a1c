"""Partial repaints after a key press leave nothing outdated on the screen."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.scoring.scoring_page import ScoringPage
from ui.shell.shell import Shell

SETTLE_MS = 40
MOST_CHANGES = 100
Key = Qt.Key


@pytest.fixture
def with_radar(scoring: Shell, qtbot: QtBot) -> Shell:
    """The window on the scoring page, once its radar is there."""
    from ui.widgets.radar_view import RadarView

    page = scoring.page_named("scoring")
    assert isinstance(page, ScoringPage)
    qtbot.waitUntil(lambda: bool(page.findChildren(RadarView)), timeout=20_000)
    QTest.qWait(300)
    return scoring


def settled_on_screen(window: QWidget) -> QImage:
    """Screenshot of the window once it has stopped changing."""
    shown = on_screen(window)
    for _ in range(MOST_CHANGES):
        QTest.qWait(SETTLE_MS)
        before, shown = shown, on_screen(window)
        if shown == before:
            return shown
    raise AssertionError("the window keeps changing")


def on_screen(window: QWidget) -> QImage:
    return window.screen().grabWindow(window.winId()).toImage()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
def test_after_every_key_the_screen_shows_what_a_full_repaint_would(
    with_radar: Shell, size: tuple[int, int]
) -> None:
    with_radar.frame.resize(*size)
    QTest.qWait(300)
    seen = [on_screen(with_radar.frame)]
    for key in (
        Key.Key_2, Key.Key_4, Key.Key_5, Key.Key_1, Key.Key_G, Key.Key_3, Key.Key_4,
        Key.Key_G, Key.Key_Escape, Key.Key_Right, Key.Key_3, Key.Key_Delete, Key.Key_5,
    ):  # fmt: skip
        QTest.keyClick(with_radar.frame, key)
        shown = settled_on_screen(with_radar.frame)
        with_radar.frame.repaint()
        assert shown == settled_on_screen(with_radar.frame), key
        seen.append(shown)
    changes = sum(before != after for before, after in pairwise(seen))
    assert changes == len(seen) - 1
