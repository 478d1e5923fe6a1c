"""The real window on a real library, for whole ways by keyboard."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from stufenplan.services import LocalServices
from ui.context import Context
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.shell.window import MainWindow


def opened(qtbot: QtBot, place: Path, tmp_path: Path) -> Shell:
    """The window on a real library; a new one is made where there is none."""
    settings = Settings(tmp_path / "settings.ini")
    settings.put("view/theme", "light")
    frame = MainWindow(settings, "en")
    frame.resize(1280, 720)
    window = Shell(frame, Context(LocalServices(), frame, frame.texts))
    if not place.exists():
        window.libraries.open(place, create=True)
    window.libraries.open_at_start(place)
    with qtbot.waitActive(window.frame):
        window.frame.show()
        window.frame.activateWindow()
    return window
