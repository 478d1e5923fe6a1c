"""Workbooks of the sessions of ``tests/exports/conftest.py``, written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.comparison.comparison import compare
from app.session.session import Session
from exports.workbook.workbook import write_workbook

Written = Callable[..., Path]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Write the workbook of a shared session, once in each language; tests only read it."""
    known: dict[tuple[int, str, int], tuple[Path, Session, Session | None]] = {}

    def written(session: Session, language: str = "en", earlier: Session | None = None) -> Path:
        key = id(session), language, id(earlier)
        if key not in known:
            target = tmp_path_factory.mktemp("workbook") / "report.xlsx"
            comparison = None if earlier is None else compare((earlier, session))
            write_workbook(
                session, target, language, today=date(2026, 11, 24), comparison=comparison
            )
            known[key] = target, session, earlier  # kept, so that their ids stay theirs
        return known[key][0]

    return written


@pytest.fixture(scope="session")
def workbook(written: Written, session: Session, earlier: Session) -> Path:
    """The workbook of the realistic session, compared with the earlier one."""
    return written(session, earlier=earlier)
