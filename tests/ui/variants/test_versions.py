"""Frozen versions in words: what was planned then, and how it stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes import FakeLibrary

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
