"""Fixtures for the timeline: a planned session, and the window on its page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes import FakeLibrary
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.session.session import Session
from tests.ui.board.planned import planned, proven
from ui.roadmap import plan_source
from ui.shell.shell import Shell
from ui.timeline.timeline_page import TimelinePage


@pytest.fixture(scope="session")
def small_session() -> Session:
    """Steps of 15, 30 and 90 days, 40 a quarter, two quarters."""
    return planned(FakeLibrary())


@pytest.fixture
def page(
    qtbot: QtBot, one_window: Shell, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TimelinePage]:
    """A window that all tests share, on the timeline of a fresh session of that kind."""
    monkeypatch.setattr(plan_source, "_best_plan", proven)
    shell = one_window
    library = shell.state.library
    assert isinstance(library, FakeLibrary)
    shell.flows.sessions.open(planned(library).id)
    shell.show_page("timeline")
    page = shell.page
    assert isinstance(page, TimelinePage)
    with qtbot.waitActive(shell.frame):
        shell.frame.activateWindow()
    page.take_focus()
    qtbot.waitUntil(lambda: not page.workspace.plan.current.is_solving)
    yield page
    library.read_only = None
    for dialog in shell.frame.findChildren(QDialog):
        dialog.close()
        dialog.deleteLater()
