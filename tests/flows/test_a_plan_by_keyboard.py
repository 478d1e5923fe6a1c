"""From scored areas to quarters in the real window, without the mouse; key presses are counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.planning.plan import PlanStatus
from app.planning.session_problem import session_problem
from app.planning.target_state import TargetState, target_state
from app.session.rating import Rating
from app.session.session import NewSession
from data.library.library import open_library
from data.models.builtin import builtin_model
from tests.flows.real_window import opened
from ui.shell.shell import Shell

pytestmark = pytest.mark.slow

Key, Held = Qt.Key, Qt.KeyboardModifier
MOST_PRESSES = 60


class Keyboard:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, window: Shell) -> None:
        self._window = window
        self.presses = 0

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
        """Press one key after the other; a held modifier is not counted by itself."""
        for key in keys:
            self.presses += 1
            QTest.keyClick(QApplication.focusWidget() or self._window.frame, key, held)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    """The window on a session with 22 areas at level 2, nothing about targets said yet."""
    place = tmp_path / "workshop.stufenplan"
    model = builtin_model()
    library = open_library(place, create=True)
    ratings = tuple(Rating(area.id, Fraction(2)) for area in model.areas)
    session = library.create_session(NewSession("Nordwerk AG", model, "Plan", ratings=ratings))
    library.close()
    window = opened(qtbot, place, tmp_path)
    window.flows.sessions.open(session.id)
    yield window
    window.frame.close()
    window.frame.deleteLater()


def test_a_plan_takes_few_keys_from_targets_to_quarters(
    qtbot: QtBot, window: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    keys, workspace = Keyboard(window), window.workspace
    dimensions = workspace.session.model.dimensions

    # Targets: every dimension to level 3, one area decided against, one more ambitious.
    keys.press(Key.Key_5, held=Held.ControlModifier)
    assert window.page_name == "targets"
    for dimension in dimensions:
        keys.press(Key.Key_3, held=Held.ShiftModifier)
        keys.press(*[Key.Key_Down] * len(dimension.areas))
    keys.press(Key.Key_Home, Key.Key_4, Key.Key_Down, Key.Key_Z)
    session = workspace.session
    areas = session.model.areas
    states = [target_state(session, area.id) for area in areas]
    assert states.count(TargetState.NOT_DISCUSSED) == 0
    assert session.rating(areas[0].id).target == 4
    assert states[1] is TargetState.DECIDED_AGAINST

    # Board: capacity of 80 days a quarter, a step moved by a quarter and pinned.
    keys.press(Key.Key_PageDown, Key.Key_PageDown, held=Held.ControlModifier)
    assert window.page_name == "board"
    keys.press(Key.Key_C, Key.Key_8, Key.Key_0, Key.Key_Return)
    keys.press(Key.Key_Right, held=Held.AltModifier)
    plan = workspace.session.plan
    assert plan.capacity == (Fraction(80),)
    pins = session_problem(workspace.session).limits.pins
    assert len(pins) == 1

    # The proof arrives by itself.
    qtbot.waitUntil(lambda: not workspace.plan.current.is_solving, timeout=20_000)
    current = workspace.plan.current
    assert current.plan.status in (PlanStatus.PROVEN, PlanStatus.WITHIN)
    assert any(current.plan.starts.values())
    with capsys.disabled():
        sys.stdout.write(f"\n{keys.presses} key presses from targets to quarters, 22 areas\n")
    assert keys.presses < MOST_PRESSES
