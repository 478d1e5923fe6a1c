"""The window's style sheet finds its images, and applies to Qt's own dialogs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from exports.palette import DARK, LIGHT, PALETTES, Palette
from ui.theme import apply_theme, style_sheet


@pytest.mark.parametrize("theme", PALETTES.values(), ids=PALETTES)
def test_every_picture_of_the_style_sheet_is_there(theme: Palette) -> None:
    import re
    from pathlib import Path

    pictures = re.findall(r'url\("([^"]+)"\)', style_sheet(theme))
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_arrows_of_qts_own_file_dialog_can_be_seen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, theme: Palette
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
