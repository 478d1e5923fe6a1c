"""The board of a small planned session in a shared window, and a stand-in for the solver."""

from __future__ import annotations

import pytest

from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan
from app.planning.problem import Problem
from app.session.plan_settings import PlanOrder
from tests.ui.board.conftest import board
from tests.ui.board.planned import proven
from ui.roadmap.plan_source import Cancelled
from ui.variants import compared

__all__ = ["board"]


@pytest.fixture(autouse=True)
def solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in that proves at once."""

    def plan_of(problem: Problem, order: PlanOrder, cancelled: Cancelled) -> Plan:
        is_best = order is PlanOrder.BEST
        return proven(problem, cancelled) if is_best else plan_by_priority(problem)

    monkeypatch.setattr(compared, "_plan_of", plan_of)
