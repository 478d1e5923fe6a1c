"""What tests of the window need: a context on a library in memory, and a session to score."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent))

from fakes import FakeLibrary, FakeServices, builtin_model
from pytestqt.qtbot import QtBot

from app.session.session import NewSession, Session
from exports.palette import LIGHT
from ui.context import Context
from ui.shell.settings import Settings
from ui.shell.window import MainWindow
from ui.theme import apply_theme


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def library(services: FakeServices) -> FakeLibrary:
    """An open, empty library in memory."""
    return services.open_library(services.default_library(), create=True)


@pytest.fixture
def context(qapp: QApplication, services: FakeServices, library: FakeLibrary) -> Iterator[Context]:
    """The shared state of the window, English and light, on the library in memory."""
    apply_theme(qapp, LIGHT)
    context = Context(services)
    context.library = library
    yield context
    context.deleteLater()


@pytest.fixture
def sample_session(context: Context, library: FakeLibrary) -> Session:
    """An unscored session on the built-in model, open in the context."""
    new = NewSession("Nordwerk AG", builtin_model(), "Workshop", "Platform team")
    session = library.create_session(new)
    context.open_session(session.id)
    return context.session


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The window's memory, light so that the machine's colours play no part."""
    settings = Settings(tmp_path / "settings.ini")
    settings.put("view/theme", "light")
    return settings


@pytest.fixture
def window(
    qtbot: QtBot, services: FakeServices, library: FakeLibrary, settings: Settings
) -> Iterator[MainWindow]:
    """The whole window on the empty library in memory, shown and active."""
    assert library is services.libraries[services.default_library()]
    window = shown_window(qtbot, services, settings)
    yield window
    leave(window)


@pytest.fixture
def scoring(window: MainWindow, library: FakeLibrary) -> MainWindow:
    """The window on the scoring page of an unscored session on the built-in model."""
    new = NewSession("Nordwerk AG", builtin_model(), "Workshop", "Platform team")
    window.sessions.open(library.create_session(new).id)
    return window


def shown_window(qtbot: QtBot, services: FakeServices, settings: Settings) -> MainWindow:
    """A window as the launcher makes it, without waiting for its first paint."""
    window = MainWindow(settings, "en")
    window.resize(1280, 720)
    window.furnish(Context(services, window))
    window.libraries.open_at_start(None)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def leave(window: MainWindow) -> None:
    """Close the window whatever is unsaved, and let Qt delete it."""
    if window.context is not None and isinstance(window.context.library, FakeLibrary):
        window.context.library.failing = None
    window.close()
    window.deleteLater()
