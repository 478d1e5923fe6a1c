"""What tests of the window need: a context on a library in memory, and a session to score."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent))

from fakes import FakeLibrary, FakeServices, builtin_model

from app.session import NewSession, Session
from ui.context import Context
from ui.theme import LIGHT, apply_theme


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
