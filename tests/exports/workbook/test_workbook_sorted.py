"""Sorting, filtering and deleting rows in LibreOffice leaves every figure right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from app.comparison.comparison import compare
from app.session.session import Session
from exports.workbook import comparison_table
from exports.workbook.actions_sheet import Col as ActionCol
from exports.workbook.area_lists import ListCol
from exports.workbook.comparison_lists import ListCol as ComparedCol
from exports.workbook.lists_sheet import FIRST_QUARTER_STEP, NEXT_STEP
from exports.workbook.profile_table import HEADER_ROW as PROFILE_HEADER
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.quarter_plan import Col as QuarterCol
from exports.workbook.risks_sheet import Col as RiskCol
from exports.workbook.step_columns import HEADER_ROW as STEPS_HEADER
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.step_lists import StepCol as PlanCol
from exports.workbook.workbook import write_workbook
from tests.exports.workbook.calc import (
    HAS_CALC,
    Calc,
    DeleteRow,
    Filter,
    Grid,
    Order,
    Read,
    Sort,
    Value,
    same,
    stored,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAS_CALC, reason="needs LibreOffice"),
]
TODAY = date(2026, 11, 24)
(
    SUMMARY, RESULTS, PROFILE, RADAR, STEPS, QUARTERS, RISKS, ACTIONS, EVIDENCE, PAGE, BY_AREA,
    METHOD, LISTS,
) = range(1, 14)  # fmt: skip
PLACES = {
    ACTIONS: {ActionCol.STEP_ROW},
    QUARTERS: {QuarterCol.ROW},
    RISKS: {RiskCol.ROW},
    LISTS: {
        ListCol.ROW, ComparedCol.ROW, PlanCol.ROW, NEXT_STEP, FIRST_QUARTER_STEP,
        FIRST_QUARTER_STEP + 1,
    },
}  # fmt: skip
"""Columns that say in which row of a table something stands: a sort changes them rightly."""


def differences(sheet: int, ours: Grid, theirs: Grid) -> list[tuple[int, int, Value, Value]]:
    """Cells that differ, but for those that name a row."""
    passed = PLACES.get(sheet, set())
    found = []
    for row in range(max(len(ours), len(theirs))):
        for column in range(max(len(ours[0]), len(theirs[0]))):
            one, two = (_cell(grid, row, column) for grid in (ours, theirs))
            if column + 1 not in passed and not same(one, two):
                found.append((row + 1, column + 1, one, two))
    return found


def _cell(grid: Grid, row: int, column: int) -> Value:
    if row >= len(grid) or column >= len(grid[row]):
        return ""
    return grid[row][column]


def _table(workbook: Path, sheet: int) -> tuple[int, int, int]:
    """Header, last row and last column of the table of a sheet."""
    (table,) = load_workbook(workbook).worksheets[sheet - 1].tables.values()
    _, header, last_column, last_row = range_boundaries(table.ref)
    return header, last_row, last_column


def _in_first_order(grid: Grid, header: int, last: int, key: int) -> Grid:
    """The rows of a table sorted back by a key column, so that they can be compared."""
    rows = grid[header:last]
    back = sorted(rows, key=lambda row: str(row[key - 1]))
    return [*grid[:header], *back, *grid[last:]]


KEYS = {
    PROFILE: AreaCol.ID,
    STEPS: StepCol.STEP_ID,
    ACTIONS: ActionCol.NUMBER,
    QUARTERS: QuarterCol.NUMBER,
    RISKS: RiskCol.NUMBER,
    BY_AREA: comparison_table.ID,
}


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    return Calc(tmp_path_factory.mktemp("calc"))


@pytest.fixture
def workbook(session: Session, earlier: Session, tmp_path: Path) -> Path:
    target = tmp_path / "report.xlsx"
    write_workbook(session, target, "en", today=TODAY, comparison=compare((earlier, session)))
    return target


@pytest.mark.parametrize("references_follow", [False, True])
@pytest.mark.parametrize("sheet", [PROFILE, STEPS, QUARTERS, RISKS, ACTIONS, BY_AREA])
def test_a_sort_by_any_column_leaves_every_figure_right(
    sheet: int, references_follow: bool, workbook: Path, tmp_path: Path
) -> None:
    header, last, width = _table(workbook, sheet)
    sorts = [
        Sort(sheet, header, last, width, column, ascending)
        for column in range(1, width + 1)
        for ascending in (True, False)
    ]
    orders: list[Order] = [order for sort in sorts for order in (sort, Read())]
    program = Calc(tmp_path / "calc", references_follow=references_follow)
    ours = stored(workbook)
    wanted = list(ours)
    wanted[sheet - 1] = _in_first_order(ours[sheet - 1], header, last, KEYS[sheet])
    moved = 0
    for sort, sheets in zip(sorts, program.run(workbook, orders), strict=True):
        moved += sheets[sheet - 1][header:last] != ours[sheet - 1][header:last]
        sheets[sheet - 1] = _in_first_order(sheets[sheet - 1], header, last, KEYS[sheet])
        for number, (one, two) in enumerate(zip(wanted, sheets, strict=True), 1):
            assert differences(number, one, two) == [], (sort, number)
    assert moved > len(sorts) / 2


def test_a_sort_of_the_visible_columns_alone_does_no_harm(workbook: Path) -> None:
    """The first and the last column are visible, so marking what is seen marks all."""
    for sheet in (PROFILE, STEPS, QUARTERS, RISKS, ACTIONS, BY_AREA):
        page = load_workbook(workbook).worksheets[sheet - 1]
        _, _, width = _table(workbook, sheet)
        for column in (1, width):
            letter = page.cell(1, column).column_letter
            assert not page.column_dimensions[letter].hidden


def test_two_sorts_one_after_the_other_do_no_harm(workbook: Path, calc: Calc) -> None:
    header, last, width = _table(workbook, PROFILE)
    top, end, right = _table(workbook, STEPS)
    sheets = calc.run(
        workbook,
        [
            Sort(PROFILE, header, last, width, AreaCol.AREA),
            Sort(STEPS, top, end, right, StepCol.PRIORITY),
            Sort(PROFILE, header, last, width, AreaCol.LEVEL, ascending=False),
            Sort(STEPS, top, end, right, StepCol.AREA, ascending=False),
            Read(),
        ],
    )[0]
    ours = stored(workbook)
    for number in (SUMMARY, RESULTS, RADAR, QUARTERS, RISKS, EVIDENCE, PAGE, METHOD, LISTS):
        assert differences(number, ours[number - 1], sheets[number - 1]) == []


def test_the_sums_of_the_actions_follow_a_filter(workbook: Path, calc: Calc) -> None:
    header, last, width = _table(workbook, ACTIONS)
    wanted = "Medium effort: up to one quarter"
    sheets = calc.run(
        workbook, [Filter(ACTIONS, header, last, width, ActionCol.MEANING, wanted), Read()]
    )[0]
    grid = sheets[ACTIONS - 1]
    legend = {row[ActionCol.EFFORT - 1]: row for row in grid[4:7]}
    total = grid[8]
    count = sum(row[ActionCol.MEANING - 1] == wanted for row in grid[header:last])
    assert count > 0
    assert legend["S"][ActionCol.ROLE - 1] == legend["L"][ActionCol.ROLE - 1] == 0
    assert legend["M"][ActionCol.ROLE - 1] == total[ActionCol.ROLE - 1] == count
    assert legend["M"][ActionCol.OWNER - 1] == total[ActionCol.OWNER - 1] == 15 * count
    assert grid[1][0] == f"Shown: {count} of {last - header} actions"


def test_a_deleted_area_leaves_the_figures_and_no_error(
    workbook: Path, calc: Calc, session: Session
) -> None:
    row = PROFILE_HEADER + 3
    sheets = calc.run(workbook, [DeleteRow(PROFILE, row), Read()])[0]
    for number in (SUMMARY, RESULTS, PROFILE, STEPS, QUARTERS, RISKS, ACTIONS, METHOD):
        assert not [cell for line in sheets[number - 1] for cell in line if cell == "#error"]
    values = {str(line[1]): line[3] for line in sheets[METHOD - 1] if len(line) > 3}
    assert values["Areas of the model"] == len(session.model.areas) - 1
    key = session.model.areas[2].id
    steps = sheets[STEPS - 1][STEPS_HEADER:]
    words = {line[StepCol.STILL_NEEDED - 1] for line in steps if str(line[1]).startswith(f"{key}>")}
    assert words == {"no: removed"}
