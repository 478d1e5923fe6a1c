"""Frozen versions in the window: freezing with a remark and a name, and what stands today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes import FakeLibrary
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.planning.by_priority import plan_by_priority
from app.planning.session_problem import session_problem
from app.planning.versions import frozen, measured
from app.session.plan_versions import PlanVersion
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import StepStatus
from app.words.texts import translator_for
from app.words.variant_words import version_name, version_now_in_words, version_then_in_words
from tests.ui.board.planned import FIRST, SECOND, planned, with_step
from ui.board.board_page import BoardPage
from ui.shell.shell import Shell
from ui.variants.freeze_dialog import FreezeDialog
from ui.variants.versions_dialog import VersionsDialog

EN = translator_for("en")
AFTER_Q1 = date(2027, 5, 2)


@pytest.fixture(scope="module")
def session() -> Session:
    return planned(FakeLibrary())


def version_of(session: Session, remark: str = "") -> PlanVersion:
    plan = plan_by_priority(session_problem(session))
    return frozen(session, plan, at=datetime(2026, 12, 1, tzinfo=UTC), by="Mia", remark=remark)


def standing(session: Session, version: PlanVersion, today: date = AFTER_Q1) -> str:
    plan = plan_by_priority(session_problem(session))
    return version_now_in_words(measured(version, session, plan, today), today, EN)


def test_a_version_says_what_was_planned_then(session: Session) -> None:
    version = version_of(session, "as decided")
    assert version_name(version, EN) == "Version 1: as decided"
    assert version_name(replace(version, remark=""), EN) == "Version 1"
    assert version_then_in_words(version, EN) == (
        "Planned then: 2 steps of 45 d, 1 later. Average 4.0 → 4.8 by the end of Q2 2027."
    )


def test_a_version_is_measured_by_status_and_quarters_of_today(session: Session) -> None:
    version = version_of(session)
    assert standing(session, version) == (
        "1 step was due by the end of Q1 2027, 0 of it done. Overdue: 1, blocked: 0, in another"
        " quarter now: 0. Average expected 4.5, actual 4.0."
    )
    done = with_step(session, FIRST, status=StepStatus.DONE)
    blocked = with_step(done, SECOND, status=StepStatus.BLOCKED)
    said = standing(blocked, version)
    assert said.startswith("1 step was due by the end of Q1 2027, 1 of it done.")
    assert "Overdue: 0, blocked: 1" in said
    moved = with_step(session, SECOND, pin=Quarter(2027, 1))
    assert "in another quarter now: 2" in standing(moved, version)
    early = standing(session, version, date(2027, 1, 5))
    assert early.startswith("No step was due by the end of Q4 2026.")


# ---- in the window -----------------------------------------------------------------------------


def freeze(shell: Shell, remark: str) -> None:
    shell.actions_table.run("plan.freeze")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FreezeDialog)
    dialog.remark.setText(remark)
    dialog.freeze.click()


def test_versions_are_frozen_with_number_remark_and_name(
    qtbot: QtBot, board: BoardPage, one_window: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board.context, "user_name", lambda: "Mia Kern")
    freeze(one_window, "first")
    board.workspace.workshop.pin_step(*SECOND, Quarter(2027, 1))
    qtbot.waitUntil(lambda: not board.current.is_solving)
    freeze(one_window, "second")
    one_window.actions_table.run("plan.versions")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, VersionsDialog)
    newest, oldest = (dialog.versions.topLevelItem(n) for n in range(2))
    assert (newest.text(0), newest.text(2)) == ("Version 2: second", "Mia Kern")
    assert "in another quarter now: 0" in dialog.now.text()
    dialog.versions.setCurrentItem(oldest)
    assert "in another quarter now: 2" in dialog.now.text()
    step = dialog.steps.topLevelItem(0)
    assert [step.text(n) for n in range(3)] == ["Area 1 5", "Q1 2027", "Q2 2027"]
    board.workspace.workshop.undo()
    assert [each.remark for each in board.workspace.session.plan_versions] == ["first"]


def test_a_plan_that_cannot_hold_is_not_frozen(qtbot: QtBot, board: BoardPage) -> None:
    for key in (FIRST, SECOND):
        board.workspace.workshop.pin_step(*key, Quarter(2027, 1))
    qtbot.waitUntil(lambda: not board.current.is_solving)
    with pytest.raises(AppError) as refused:
        board.variants.freeze()
    assert "cannot hold" in refused.value.say(EN) or "can hold" in refused.value.say(EN)


def test_without_versions_their_list_says_how_to_make_one(board: BoardPage) -> None:
    with pytest.raises(AppError) as refused:
        board.variants.show_versions()
    assert "“Freeze version…” keeps the first one" in refused.value.say(EN)
