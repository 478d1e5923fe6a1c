"""Fixtures for the window: a context on an in-memory library, and a session to score."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QApplication, QDialog

sys.path.insert(0, str(Path(__file__).parent))

from fakes import FakeLibrary, FakeServices, builtin_model
from pytestqt.qtbot import QtBot

from app.session.session import NewSession, Session
from exports.palette import LIGHT
from ui.context import Context
from ui.open_state import OpenState
from ui.services import Services
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.shell.window import MainWindow
from ui.theme import apply_theme, apply_type_size
from ui.type_scale import DRAWN


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Announcements as they leave for the screen reader, in order."""
    sentences: list[str] = []

    def keep(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            sentences.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(keep))
    return sentences


@pytest.fixture
def empty_clipboard(qtbot: QtBot) -> Iterator[None]:
    """Takes our data off the clipboard again: Qt crashes at exit when it still holds some."""
    del qtbot
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def library(services: FakeServices) -> FakeLibrary:
    """An open, empty library in memory."""
    return services.open_library(services.default_library(), create=True)


@pytest.fixture
def context(qapp: QApplication, services: FakeServices) -> Iterator[Context]:
    """The shared context, in English with the light theme."""
    apply_theme(qapp, LIGHT)
    apply_type_size(qapp, DRAWN)
    context = Context(services)
    yield context
    context.deleteLater()


@pytest.fixture
def state(context: Context, library: FakeLibrary) -> OpenState:
    """The open state with the in-memory library."""
    state = OpenState(context, context)
    state.open_library(library)
    return state


@pytest.fixture
def sample_session(state: OpenState, library: FakeLibrary) -> Session:
    """An unscored session on the built-in model, open."""
    new = NewSession("Nordwerk AG", builtin_model(), "Workshop", "Platform team")
    state.open_session(library.create_session(new).id)
    return state.workspace.session


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Persistent settings with the light theme, independent of the system's."""
    settings = Settings(tmp_path / "settings.ini")
    settings.put("view/theme", "light")
    return settings


@pytest.fixture
def window(
    qtbot: QtBot, services: FakeServices, library: FakeLibrary, settings: Settings
) -> Iterator[Shell]:
    """The whole window on the empty library in memory, shown and active."""
    assert library is services.libraries[services.default_library()]
    shell = shown_window(qtbot, services, settings)
    yield shell
    leave(shell)


@pytest.fixture
def scoring(window: Shell, library: FakeLibrary) -> Shell:
    """The window on the scoring page of an unscored session on the built-in model."""
    open_unscored(window, library)
    return window


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """The window of all tests of a module that use ``looked_at``."""
    assert qapp
    folder = tmp_path_factory.mktemp("window")
    services, settings = FakeServices(folder), Settings(folder / "settings.ini")
    settings.put("view/theme", "light")
    library = services.open_library(services.default_library(), create=True)
    shell = built_window(services, settings)
    shell.libraries.open_at_start(None)
    shell.frame.show()
    open_unscored(shell, library)
    yield shell
    leave(shell)


@pytest.fixture
def looked_at(qtbot: QtBot, one_window: Shell) -> Iterator[Shell]:
    """Like ``scoring``, but shared, for tests that only look at pages and open dialogs.

    They may switch page, language and size, but change neither session nor colours.
    """
    shell = one_window
    shell.frame.resize(1280, 720)
    shell.frame.fit_type()  # other windows may have left another size
    shell.show_page("scoring")
    with qtbot.waitActive(shell.frame):
        shell.frame.activateWindow()
    QApplication.processEvents()  # another size of type moves what is laid out
    before = shell.workspace.session
    yield shell
    for dialog in shell.frame.findChildren(QDialog):
        dialog.close()
        dialog.deleteLater()
    if shell.texts.language != "en":
        shell.appearance.choose_language("en")  # Qt's own texts would stay German everywhere
    assert shell.workspace.session == before


def open_unscored(shell: Shell, library: FakeLibrary) -> None:
    """Open an unscored session on the built-in model."""
    new = NewSession("Nordwerk AG", builtin_model(), "Workshop", "Platform team")
    shell.flows.sessions.open(library.create_session(new).id)


def built_window(services: Services, settings: Settings, language: str = "en") -> Shell:
    """A window built like in the launcher, without waiting for its first paint."""
    frame = MainWindow(settings, language)
    frame.resize(1280, 720)
    return Shell(frame, Context(services, frame, frame.texts))


def shown_window(qtbot: QtBot, services: FakeServices, settings: Settings) -> Shell:
    """A window on the library that was open last, shown and active."""
    shell = built_window(services, settings)
    shell.libraries.open_at_start(None)
    with qtbot.waitActive(shell.frame):
        shell.frame.show()
        shell.frame.activateWindow()
    return shell


def leave(shell: Shell) -> None:
    """Close the window, even with unsaved changes, and let Qt delete it."""
    if shell.state.has_library and isinstance(shell.state.library, FakeLibrary):
        shell.state.library.failing = None
    shell.frame.close()
    shell.frame.deleteLater()
