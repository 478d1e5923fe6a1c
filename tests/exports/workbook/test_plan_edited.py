"""Edits of the plan in LibreOffice: quarters, days, averages and page 1 follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.session.session import Session
from exports.workbook.quarter_plan import BLOCK_ROW, FIRST_QUARTER
from exports.workbook.report import Report
from exports.workbook.risks_sheet import Col as RiskCol
from exports.workbook.step_columns import FIRST as FIRST_STEP
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.workbook import write_workbook
from tests.exports.workbook.calc import HAS_CALC, Calc, Grid, Put, Read, Sort

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAS_CALC, reason="needs LibreOffice"),
]
TODAY = date(2026, 11, 24)
SUMMARY, RESULTS, PROFILE, RADAR, STEPS, QUARTERS, RISKS, ACTIONS = range(1, 9)


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    return Calc(tmp_path_factory.mktemp("calc"))


@pytest.fixture(scope="module")
def report(with_plan: Session) -> Report:
    return Report(with_plan, "en", TODAY)


@pytest.fixture
def workbook(with_plan: Session, tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    write_workbook(with_plan, path, "en", today=TODAY)
    return path


def _put(report: Report, key: tuple[str, int], column: StepCol, value: float | str | None) -> Put:
    number = next(step.number for step in report.steps if step.key == key)
    return Put(STEPS, FIRST_STEP + number - 1, column, value)


def _block(sheets: list[Grid], name: str) -> list[float]:
    row = next(r for r in sheets[QUARTERS - 1][BLOCK_ROW - 1 :] if r[0] == name)
    return [cell for cell in row[FIRST_QUARTER - 1 :] if isinstance(cell, float)]


def _words(grid: Grid) -> str:
    return "\n".join(str(cell) for row in grid for cell in row)


def _key(report: Report, start: int) -> tuple[str, int]:
    """A step of one quarter that begins in this one; if possible one that nothing waits for."""
    needed = {each for wanted in report.plan.problem.requires.values() for each in wanted}
    fitting = [s.key for s in report.steps if s.start == start and s.step.duration == 1]
    return min(fitting, key=needed.__contains__)


def test_another_quarter_moves_days_averages_and_page_1(
    workbook: Path, report: Report, calc: Calc
) -> None:
    key = _key(report, 1)
    step = next(each for each in report.steps if each.key == key)
    before, after = calc.run(
        workbook, [Read(), _put(report, key, StepCol.PERIOD, "2028-Q4"), Read()]
    )
    days = float(step.step.effort)
    used = [_block(sheets, "Used") for sheets in (before, after)]
    assert used[1][0] == pytest.approx(used[0][0] - days)
    assert used[1][7] == pytest.approx(used[0][7] + days)
    means = [_block(sheets, "Average at the end of the quarter") for sheets in (before, after)]
    total = sum(a.weight for a in report.figures.areas if a.level is not None)
    gain = float(step.step.weight * (step.to_level - step.from_level) / total)
    assert means[1][:7] == pytest.approx([mean - gain for mean in means[0][:7]])
    assert means[1][7] == pytest.approx(means[0][7])
    name = report.area_names[key[0]]
    assert f"\n{name}\n" in _words(before[SUMMARY - 1])
    title = f"Q1 2027: {used[1][0]:g} of 80 person-days"
    assert title in _words(after[SUMMARY - 1])
    assert "no longer the order that Stufenplan planned" in _words(after[SUMMARY - 1])


def test_later_takes_a_step_out_and_counts_it(workbook: Path, report: Report, calc: Calc) -> None:
    key = _key(report, 1)
    before, after = calc.run(workbook, [Read(), _put(report, key, StepCol.PERIOD, "Later"), Read()])
    planned = [str(sheets[QUARTERS - 1][1][0]) for sheets in (before, after)]
    count = sum(step.start is not None for step in report.steps)
    assert planned[0].startswith(f"{count} steps have a quarter")
    assert planned[1].startswith(f"{count - 1} steps have a quarter")


def test_a_step_before_what_it_needs_is_named(workbook: Path, report: Report, calc: Calc) -> None:
    requires, starts = report.plan.problem.requires, report.plan.starts
    key, needed = next(
        (key, each) for key, wanted in requires.items() for each in wanted
        if starts[key] is not None and (starts[each] or 0) > 1
    )  # fmt: skip
    number = next(step.number for step in report.steps if step.key == key)
    fine, early, unplanned = calc.run(
        workbook,
        [
            Read(),
            _put(report, key, StepCol.PERIOD, "2027-Q1"),
            Read(),
            _put(report, needed, StepCol.STATUS, "dropped"),
            Read(),
        ],
    )

    def state(sheets: list[Grid]) -> object:
        rows = {row[RiskCol.NUMBER - 1]: row for row in sheets[RISKS - 1]}
        return rows[number][RiskCol.STATE - 1]

    assert state(fine) == "in order"
    assert state(early) == "begins before what it needs is done"
    assert state(unplanned) == "needs a step that has no quarter"
    assert "1 step does not stand in order" in _words(early[SUMMARY - 1])


def test_effort_duration_capacity_and_legend_change_the_days(
    workbook: Path, report: Report, calc: Calc
) -> None:
    key = _key(report, 2)
    medium = next(row for row, entry in enumerate(report.model.efforts, 5) if entry.id == "M")
    before, typed, longer, smaller, legend = calc.run(
        workbook,
        [
            Read(),
            _put(report, key, StepCol.EFFORT, 100),
            Read(),
            _put(report, key, StepCol.QUARTERS, 2),
            Read(),
            Put(QUARTERS, BLOCK_ROW + 1, FIRST_QUARTER + 1, 10),
            Read(),
            Put(ACTIONS, medium, 12, 0),
            Read(),
        ],
    )
    days = float(next(step.step.effort for step in report.steps if step.key == key))
    used = _block(before, "Used")
    assert _block(typed, "Used")[1] == pytest.approx(used[1] - days + 100)
    assert _block(longer, "Used")[1:3] == pytest.approx([used[1] - days + 50, used[2] + 50])
    assert _block(smaller, "Free")[1] == pytest.approx(10 - _block(longer, "Used")[1])
    assert "more days than there are" in _words(smaller[SUMMARY - 1])
    assert sum(_block(legend, "Used")) < sum(_block(smaller, "Used"))


def test_a_done_step_counts_as_reached_and_frees_its_quarter(
    workbook: Path, report: Report, calc: Calc
) -> None:
    key = next(step.key for step in report.steps if step.start == 2 and step.step.duration == 1)
    step = next(each for each in report.steps if each.key == key)
    before, after = calc.run(workbook, [Read(), _put(report, key, StepCol.STATUS, "done"), Read()])
    used = [_block(sheets, "Used") for sheets in (before, after)]
    assert used[1][1] == pytest.approx(used[0][1] - float(step.step.effort))
    means = [_block(sheets, "Average at the end of the quarter") for sheets in (before, after)]
    assert means[1][0] > means[0][0]
    assert means[1][1:] == pytest.approx(means[0][1:])


def test_edits_after_a_sort_reach_the_same_step(workbook: Path, report: Report, calc: Calc) -> None:
    key = _key(report, 1)
    header, last = FIRST_STEP - 1, FIRST_STEP + len(report.steps) - 1
    order = sorted(report.steps, key=lambda step: -step.number)
    row = FIRST_STEP + [step.key for step in order].index(key)
    plain, sorted_first = (
        calc.run(workbook, orders)[0]
        for orders in (
            [_put(report, key, StepCol.PERIOD, "2028-Q4"), Read()],
            [
                Sort(STEPS, header, last, StepCol.COMMENT, StepCol.ORDER, ascending=False),
                Put(STEPS, row, StepCol.PERIOD, "2028-Q4"),
                Read(),
            ],
        )
    )
    for name in ("Used", "Free", "Average at the end of the quarter"):
        assert _block(sorted_first, name) == pytest.approx(_block(plain, name))
    assert sorted_first[SUMMARY - 1] == plain[SUMMARY - 1]
