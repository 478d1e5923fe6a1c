"""Two plans side by side: figures, curves, the steps that move, and the dialog around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from fakes import FakeLibrary
from heard import Text, tree
from PySide6.QtWidgets import QApplication, QTreeWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError, InvalidInput
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan
from app.planning.problem import Problem
from app.session.plan_settings import AddedPrerequisite, PlanOrder
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.texts import translator_for
from tests.ui.board.planned import FIRST, THIRD, planned, proven, with_plan, with_step
from ui.board.board_page import BoardPage
from ui.roadmap.plan_source import Cancelled
from ui.shell.shell import Shell
from ui.variants import compared
from ui.variants.compare_dialog import CompareDialog
from ui.variants.compared import (
    Side,
    curves_of,
    faults_in_words,
    figure_rows,
    move_rows,
    side_by_side,
)

EN = translator_for("en")


@pytest.fixture(autouse=True)
def solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in that proves at once."""

    def plan_of(problem: Problem, order: PlanOrder, cancelled: Cancelled) -> Plan:
        is_best = order is PlanOrder.BEST
        return proven(problem, cancelled) if is_best else plan_by_priority(problem)

    monkeypatch.setattr(compared, "_plan_of", plan_of)


@pytest.fixture(scope="module")
def session() -> Session:
    """Steps of 15, 30 and 90 days, 40 a quarter, two quarters."""
    return planned(FakeLibrary())


def sides(*sessions: Session) -> tuple[Side, ...]:
    names = ("left", "right")
    question = side_by_side(tuple(zip(names, sessions, strict=True)), None)
    return question(lambda: False)


def rows(found: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, *values in found}


def test_figures_of_two_capacities_stand_side_by_side(session: Session) -> None:
    found = rows(figure_rows(sides(session, with_plan(session, 100, 3)), EN))
    assert found["Capacity a quarter"] == ("40 d", "100 d")
    assert found["Steps planned"] == ("2", "3")
    assert found["Steps in Later"] == ("1", "0")
    assert found["Person-days planned"] == ("45 d", "135 d")
    assert found["Everything done by"] == ("not within 2 quarters", "Q2 2027")
    assert found["How good the plan is"] == ("proven best", "proven best")
    assert found["Average Q4 2026"] == ("4.0", "4.0")
    assert found["Average Q2 2027"] == ("4.8", "5.0")
    assert found["Average Q3 2027"] == ("–", "5.0")  # the left plan does not go that far


def test_steps_that_move_are_named_with_both_quarters(session: Session) -> None:
    later = with_step(session, FIRST, pin=Quarter(2027, 2))
    without = later.with_rating(replace(later.rating("d3.a"), target=4))
    moved = move_rows(sides(session, without), EN)
    assert ("Area 1 5", "Q1 2027", "Q2 2027") in moved
    assert ("Area 3 5", "Later", "not planned") in moved
    assert ("Area 3 5", "not planned", "Later") in move_rows(sides(without, session), EN)


def test_a_plan_that_moves_nothing_says_so(session: Session) -> None:
    assert move_rows(sides(session, session), EN) == []


def test_curves_begin_with_the_quarter_before_both_plans(session: Session) -> None:
    data = curves_of(sides(session, with_plan(session, 100, 3)), EN)
    assert data is not None
    assert data.names == ("Q4 2026", "Q1 2027", "Q2 2027", "Q3 2027")
    left, right = data.lines
    assert (left.values[0], left.values[-1]) == (Fraction(4), None)
    assert right.latest == 5
    assert (data.lowest, data.highest) == (4, 5)


def test_what_a_side_cannot_hold_is_named(session: Session) -> None:
    pinned = with_step(session, THIRD, pin=Quarter(2027, 1))
    said = faults_in_words(sides(session, pinned), EN)
    assert said.startswith("right: ")
    assert "Area 3 5" in said


def test_a_side_without_a_plan_says_why(session: Session) -> None:
    circle = tuple(AddedPrerequisite(f"d{a}.a", 5, f"d{b}.a", 5, "") for a, b in ((1, 2), (2, 1)))
    broken = replace(session, plan=replace(session.plan, prerequisites=circle))
    both = sides(session, broken)
    assert faults_in_words(both, EN).startswith("right: ")
    assert rows(figure_rows(both, EN))["Steps planned"] == ("2", "–")
    assert curves_of(both, EN) is not None
    assert move_rows(both, EN) == []


# ---- the dialog --------------------------------------------------------------------------------


@pytest.fixture
def compare(qtbot: QtBot, board: BoardPage, one_window: Shell) -> Callable[[], CompareDialog]:
    def opened() -> CompareDialog:
        qtbot.waitUntil(lambda: not board.current.is_solving)
        one_window.actions_table.run("plan.compare")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CompareDialog)
        qtbot.waitUntil(lambda: dialog.figures.topLevelItemCount() > 0)
        return dialog

    return opened


def texts(table: QTreeWidget) -> list[list[str]]:
    items = (table.topLevelItem(n) for n in range(table.topLevelItemCount()))
    return [[item.text(n) for n in range(table.columnCount())] for item in items if item]


def test_the_current_plan_is_compared_with_a_scenario_that_can_be_used(
    board: BoardPage, compare: Callable[[], CompareDialog], said: list[str]
) -> None:
    workshop = board.workspace.workshop
    workshop.keep_scenario("Early")
    workshop.pin_step(*FIRST, Quarter(2027, 2))
    dialog = compare()
    assert dialog.summary.text() == "From left to right: 2 steps move."
    assert texts(dialog.moves)[0] == ["Area 1 5", "Q2 2027", "Q1 2027"]
    assert said[-1] == dialog.summary.text()
    heard = [each.text(Text.Name) for each in tree(dialog)]
    assert "Projected average by quarter" in heard
    assert {"Left", "Right", "Steps that move", "Figures of both plans"} <= set(heard)
    dialog.use.click()
    assert workshop.session.rating("d1.a").step(5).pin is None
    workshop.undo()
    assert workshop.session.rating("d1.a").step(5).pin == Quarter(2027, 2)


def test_another_side_is_planned_when_it_is_chosen(
    qtbot: QtBot, board: BoardPage, compare: Callable[[], CompareDialog]
) -> None:
    workshop = board.workspace.workshop
    workshop.keep_scenario("Early")
    workshop.change_plan(capacity=(Fraction(100),))
    workshop.keep_scenario("Much")
    dialog = compare()
    dialog.left.setCurrentText("Early")
    assert dialog.summary.text() == "Both sides are being planned …"
    dialog.right.setCurrentText("Much")
    qtbot.waitUntil(lambda: dialog.summary.text().startswith("From left"))
    assert texts(dialog.figures)[0] == ["Capacity a quarter", "40 d", "100 d"]
    dialog.right.setCurrentIndex(0)
    assert not dialog.use.isEnabled()  # the plan as it is now


def test_comparing_wants_a_scenario_first(board: BoardPage) -> None:
    with pytest.raises(AppError) as refused:
        board.variants.compare()
    assert isinstance(refused.value, InvalidInput)
    assert "keep the plan as a scenario first" in str(refused.value.say(EN))
