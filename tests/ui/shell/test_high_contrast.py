"""A system in high contrast is followed, as long as no colours are chosen in the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import built_window, leave
from fakes import FakeServices
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from exports.palette import DARK, LIGHT
from ui.shell.settings import Settings
from ui.system_colours import SYSTEM_COLOURS, SystemColours
from ui.theme import apply_theme

ROLE = QPalette.ColorRole


def palette_of(ground: str, text: str, accent: str, on_accent: str) -> QPalette:
    palette = QPalette(QColor(ground))
    for role, colour in (
        (ROLE.Window, ground),
        (ROLE.Base, ground),
        (ROLE.WindowText, text),
        (ROLE.Text, text),
        (ROLE.Highlight, accent),
        (ROLE.HighlightedText, on_accent),
    ):
        palette.setColor(role, QColor(colour))
    return palette


YELLOW = palette_of("#000000", "#FFFF00", "#00FFFF", "#000000")


@pytest.fixture
def yellow_on_black(qapp: QApplication) -> Iterator[QApplication]:
    """A system with yellow text on black."""
    before = QPalette(SYSTEM_COLOURS.palette())
    qapp.setPalette(YELLOW)
    yield qapp
    qapp.setPalette(before)
    SYSTEM_COLOURS.palette()
    apply_theme(qapp, LIGHT)


def test_yellow_on_black_is_followed(
    yellow_on_black: QApplication, services: FakeServices, tmp_path: Path
) -> None:
    shell = built_window(services, Settings(tmp_path / "system.ini"))
    assert shell.context.theme.text == "#FFFF00"
    assert shell.context.theme.ground == "#000000"
    assert yellow_on_black.palette().color(ROLE.WindowText).name() == "#ffff00"
    assert "#FFFF00" in yellow_on_black.styleSheet()
    shell.libraries.open_at_start(None)
    leave(shell)


def test_chosen_colours_win(
    yellow_on_black: QApplication, services: FakeServices, settings: Settings
) -> None:
    assert yellow_on_black
    shell = built_window(services, settings)
    assert shell.context.theme is LIGHT
    shell.appearance.choose_theme("system")
    assert shell.context.theme.text == "#FFFF00"
    shell.appearance.choose_theme("dark")
    assert shell.context.theme is DARK
    shell.libraries.open_at_start(None)
    leave(shell)


@pytest.mark.parametrize(
    ("palette", "is_high"),
    [
        (YELLOW, True),
        (palette_of("#000000", "#FFFFFF", "#1AEBFF", "#000000"), True),
        (palette_of("#FFFFFF", "#000000", "#37006E", "#FFFFFF"), True),
        (palette_of("#000000", "#00FF00", "#00FF00", "#000000"), True),
        (palette_of("#EFEFEF", "#000000", "#308CC6", "#FFFFFF"), False),
        (palette_of("#F3F3F3", "#000000", "#0078D4", "#FFFFFF"), False),
        (palette_of("#323232", "#FFFFFF", "#308CC6", "#FFFFFF"), False),
        (palette_of("#31363B", "#EFF0F1", "#3DAEE9", "#EFF0F1"), False),
    ],
)
def test_ordinary_themes_do_not_count_as_high_contrast(palette: QPalette, is_high: bool) -> None:
    assert SystemColours.has_high_contrast(palette) == is_high
