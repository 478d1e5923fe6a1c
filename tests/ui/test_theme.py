"""Both palettes can be read: contrasts by the rule of WCAG 2, and marks that can be told apart."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from ui.theme import DARK, LIGHT, THEMES, Theme, apply_theme, style_sheet

TEXT, MARK = 4.5, 3.0


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2, from 0 to 1."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    parsed = QColor(colour)
    red, green, blue = (linear(c) for c in (parsed.redF(), parsed.greenF(), parsed.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("ground", ["ground", "surface", "selected"])
@pytest.mark.parametrize("text", ["text", "secondary", "accent"])
def test_text_can_be_read_on_every_ground(theme: Theme, ground: str, text: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= TEXT


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_can_be_read_on_buttons_and_warnings(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= TEXT
    assert contrast(theme.warning, theme.warning_ground) >= TEXT
    assert contrast(theme.warning, theme.ground) >= TEXT


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_number_can_be_read_on_every_level(theme: Theme) -> None:
    for fill, text in zip(theme.levels, theme.level_texts, strict=True):
        assert contrast(fill, text) >= TEXT, fill


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_levels_grow_in_one_direction(theme: Theme) -> None:
    shades = [luminance(fill) for fill in theme.levels]
    assert shades == sorted(shades, reverse=not theme.is_dark)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_dimensions_can_be_seen_and_their_words_read(theme: Theme) -> None:
    for mark, text in zip(theme.dimension_marks, theme.dimension_texts, strict=True):
        assert contrast(mark, theme.surface) >= MARK, mark
        assert contrast(text, theme.surface) >= TEXT, text
        assert contrast(text, theme.ground) >= TEXT, text


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_no_two_dimensions_share_a_colour(theme: Theme) -> None:
    assert all(first != second for first, second in combinations(theme.dimension_marks, 2))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_marks_of_charts_can_be_seen(theme: Theme) -> None:
    for mark in (theme.current, theme.target, theme.earlier, theme.accent):
        assert contrast(mark, theme.surface) >= MARK, mark


def test_both_palettes_have_the_same_parts() -> None:
    assert len(LIGHT.levels) == len(DARK.levels)
    assert len(LIGHT.dimension_marks) == len(DARK.dimension_marks)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_picture_of_the_style_sheet_is_there(theme: Theme) -> None:
    import re
    from pathlib import Path

    pictures = re.findall(r'url\("([^"]+)"\)', style_sheet(theme))
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_arrows_of_qts_own_file_dialog_can_be_seen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, theme: Theme
) -> None:
    apply_theme(qapp, theme)
    dialog = QFileDialog(None, "Open", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    up = dialog.findChild(QToolButton, "toParentButton")
    picture = dialog.grab(QRect(up.mapTo(dialog, QPoint(0, 0)), up.size()).adjusted(4, 4, -4, -4))
    shades = [
        picture.toImage().pixelColor(x, y).lightness()
        for x in range(picture.width())
        for y in range(picture.height())
    ]
    assert max(shades) - min(shades) > 120
    apply_theme(qapp, LIGHT)
