"""The table of a plan, without the pages it stands on."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.roadmap.plan_table import PlanColumn, PlanRow, PlanTable
from ui.type_scale import scaled

COLUMNS = PlanColumn("No.", is_number=True), PlanColumn("Step", takes_rest=True), PlanColumn("Who")
ROWS = tuple(
    PlanRow(("a", n), 0, (str(n), f"Step {n}", "m" * (n % 9)), (n, n, n)) for n in range(300)
)


def table_of(qtbot: QtBot, width: int = 600) -> PlanTable:
    table = PlanTable("plan")
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    table.fill(COLUMNS, ROWS)
    return table


def test_columns_are_as_wide_as_their_longest_words_and_one_takes_the_rest(qtbot: QtBot) -> None:
    table = table_of(qtbot)
    widths = [table.columnWidth(n) for n in range(3)]
    longest = table.fontMetrics().horizontalAdvance("m" * 8)
    assert longest + 2 * scaled(8) < widths[2] < longest + 4 * scaled(8)
    assert sum(widths) == table.viewport().width()


def test_a_table_that_gets_another_size_does_not_measure_its_rows_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(qtbot)
    measured: list[int] = []
    monkeypatch.setattr(PlanTable, "_width_of", lambda _self, column: measured.append(column))
    table.resize(900, 300)
    assert measured == []
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
