"""The plan in the workbook: page 1, roadmap, quarter plan, dependencies and risks, actions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from app.model.maturity_model import MaturityModel
from app.planning.plan import Clash, PlanStatus, Wish
from app.planning.projection import projected_means
from app.session.session import Session
from app.words.numbers import rounded
from exports.workbook.actions_sheet import Col as ActionCol
from exports.workbook.quarter_plan import BLOCK_ROW, FIRST_QUARTER
from exports.workbook.quarter_plan import Col as QuarterCol
from exports.workbook.report import Report
from exports.workbook.risks_sheet import Col as RiskCol
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.workbook import write_workbook
from tests.exports.samples import TARGETS, scored
from tests.exports.workbook.reading import read

Written = Callable[..., Path]
TODAY = date(2026, 11, 24)
SUMMARY, STEPS, QUARTERS, RISKS, ACTIONS = 0, 4, 5, 6, 7


@pytest.fixture(scope="module")
def sheets(written: Written, with_plan: Session) -> list[Worksheet]:
    return read(written(with_plan), data_only=True).worksheets


@pytest.fixture(scope="module")
def report(with_plan: Session) -> Report:
    return Report(with_plan, "en", TODAY)


def _rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """The rows of the table of a sheet."""
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref][1:]]


def _steps(sheets: list[Worksheet]) -> dict[str, tuple[Any, ...]]:
    return {row[StepCol.STEP_ID - 1]: row for row in _rows(sheets[STEPS])}


def _block(sheet: Worksheet, name: str, periods: int) -> list[Any]:
    """The figures of all quarters in the row of this name."""
    row = next(r for r in sheet.iter_rows(min_row=BLOCK_ROW) if r[0].value == name)
    return [cell.value for cell in row[FIRST_QUARTER - 1 : FIRST_QUARTER - 1 + periods]]


def _words(sheet: Worksheet) -> list[str]:
    cells = (cell for row in sheet.iter_rows(values_only=True) for cell in row)
    return [cell for cell in cells if isinstance(cell, str)]


# ---- quarter plan -----------------------------------------------------------------------------


def test_the_quarter_plan_has_the_days_and_averages_of_the_plan(
    sheets: list[Worksheet], report: Report
) -> None:
    plan, sheet = report.plan, sheets[QUARTERS]
    periods = plan.problem.limits.periods
    used = [float(rounded(days, 1)) for days in plan.used]
    assert _block(sheet, "Used", periods) == used
    assert _block(sheet, "Capacity in person-days", periods) == [80, 60, *[75] * 6]
    free = [c - u for c, u in zip([80, 60, *[75] * 6], used, strict=True)]
    assert _block(sheet, "Free", periods) == pytest.approx(free)
    means = _block(sheet, "Average at the end of the quarter", periods)
    assert means == pytest.approx([float(mean) for mean in projected_means(plan)])


def test_every_step_stands_in_its_quarters_and_nowhere_else(
    sheets: list[Worksheet], report: Report
) -> None:
    rows = {row[QuarterCol.NUMBER - 1]: row for row in _rows(sheets[QUARTERS])}
    assert len(rows) == len(report.steps)
    last = FIRST_QUARTER - 1 + len(report.periods)
    for step in report.steps:
        cells = rows[step.number][FIRST_QUARTER - 1 : last]
        found = {n for n, cell in enumerate(cells, 1) if cell not in (None, "")}
        assert found == set(report.plan.periods_of(step.key) if step.priority else ()), step.key


def test_steps_without_a_quarter_say_why(sheets: list[Worksheet], report: Report) -> None:
    later = [step for step in report.steps if step.start is None and step.is_open]
    assert len(later) > 3
    steps = _steps(sheets)
    for step in later:
        row = steps[f"{step.area_id}>{step.to_level}"]
        assert row[StepCol.PERIOD - 1] == "Later"
        assert row[StepCol.WHY_LATER - 1], step.key
    assert steps["technology.security-policy>4"][StepCol.WHY_LATER - 1] == (
        "needs a step that was dropped"
    )


def test_teams_and_budgets_have_their_rows(sheets: list[Worksheet], report: Report) -> None:
    sheet, periods = sheets[QUARTERS], len(report.periods)
    security = next(s for s in report.steps if s.key == ("process.security", 3))
    assert security.start is not None
    free = _block(sheet, "Free in SRE", periods)
    assert free[security.start - 1] == 20 - 12.5
    left = _block(sheet, "Left of the budget of 2027", periods)
    assert left[3] == 20_000 - 12_000 - 5_000
    assert left[4] is None


# ---- roadmap, risks, actions ------------------------------------------------------------------


def test_what_was_entered_for_a_step_stands_in_its_row(sheets: list[Worksheet]) -> None:
    row = _steps(sheets)["policy.compliance>2"]
    for column, value in {
        StepCol.TITLE: "First audit",
        StepCol.OWNER: "Internal audit",
        StepCol.APPROVAL: "approved",
        StepCol.COST: 12_000,
        StepCol.OUTCOME: "Audits pass",
        StepCol.KPI: "Checks: 0 → 8",
    }.items():
        assert row[column - 1] == value
    security = _steps(sheets)["process.security>3"]
    columns = StepCol.EFFORT, StepCol.LOW, StepCol.HIGH, StepCol.QUARTERS, StepCol.TEAM
    assert [security[column - 1] for column in columns] == [25, 20, 40, 2, "SRE"]
    risks = {row[RiskCol.NUMBER - 1]: row for row in _rows(sheets[RISKS])}
    compliance = risks[row[StepCol.ORDER - 1]]
    assert compliance[RiskCol.RISK - 1] == "Nobody has time"
    assert compliance[RiskCol.CONFIDENCE - 1] == "low"
    assert compliance[RiskCol.STATE - 1] == "in order"


def test_done_and_dropped_steps_are_listed_without_a_quarter(sheets: list[Worksheet]) -> None:
    steps = _steps(sheets)
    closed = {"people.upskilling>2": "done", "technology.security-policy>3": "dropped"}
    for key, status in closed.items():
        row = steps[key]
        assert row[StepCol.STATUS - 1] == status
        assert row[StepCol.PERIOD - 1] is None
        assert row[StepCol.OPEN - 1] in (None, "")


def test_efforts_are_those_of_the_plan_and_shared_actions_are_paid_once(
    sheets: list[Worksheet], report: Report
) -> None:
    steps = _steps(sheets)
    for step in report.steps:
        days = steps[f"{step.area_id}>{step.to_level}"][StepCol.EFFORT - 1]
        assert math.isclose(days, step.step.effort), step.key
    rows = [r for r in _rows(sheets[ACTIONS]) if r[ActionCol.ACTION - 1] == "Shared workshop"]
    assert sorted(row[ActionCol.DAYS - 1] for row in rows) == [0, 0, 18]
    payer = next(r[ActionCol.STEP - 1] for r in rows if r[ActionCol.DAYS - 1])
    said = {row[ActionCol.MEANING - 1] for row in rows if not row[ActionCol.DAYS - 1]}
    assert said == {f"shared: step {payer} pays for it"}


def test_a_step_that_needs_more_names_what_and_what_waits_for_it(
    sheets: list[Worksheet], report: Report
) -> None:
    rows = {row[RiskCol.NUMBER - 1]: row for row in _rows(sheets[RISKS])}
    requires = report.plan.problem.requires
    numbers = {step.key: step.number for step in report.steps}
    across = [(a, b) for a, needed in requires.items() for b in needed if a[0] != b[0]]
    assert across
    for step, needed in across:
        place = f"{report.area_names[needed[0]]} at level {needed[1]}"
        assert place in rows[numbers[step]][RiskCol.NEEDS - 1]
        assert report.step_name(step) in rows[numbers[needed]][RiskCol.NEEDED_BY - 1]


# ---- page 1 -----------------------------------------------------------------------------------


def test_page_1_asks_for_decisions_and_shows_the_first_two_quarters(
    sheets: list[Worksheet], report: Report
) -> None:
    words = _words(sheets[SUMMARY])
    soon = [step for step in report.steps if step.start in (1, 2)]
    undecided = [s for s in soon if report.approval(s) in ("proposed", "deferred")]
    orphans = [step for step in soon if not step.details.owner]
    for text in (
        "What we ask you to decide",
        f"Provide {80 + 60 + 6 * 75} person-days in 8 quarters",
        f"Approve {len(undecided)} steps that begin by the end of Q2 2027",
        f"Name an owner for {len(orphans)} steps that begin by the end of Q2 2027",
        "Name a sponsor for 20 targets",
        "First audit",
        "Internal audit",
        "Why this order",
        "By priority: The steps are placed in order of priority, each as early as it fits.",
    ):
        assert text in words, text
    assert not [text for text in words if "assumption" in text]
    for step in soon[:6]:
        assert report.area_names[step.area_id] in words


def test_a_capacity_that_nobody_agreed_is_called_an_assumption(
    written: Written, session: Session
) -> None:
    words = _words(read(written(session), data_only=True).worksheets[SUMMARY])
    assert "Provide 40 person-days a quarter" in words
    assert [text for text in words if "The capacity is an assumption: none was agreed yet." in text]


def test_a_target_that_other_steps_need_is_to_be_confirmed(
    written: Written, session: Session
) -> None:
    words = _words(read(written(session), data_only=True).worksheets[SUMMARY])
    asked = words.index("Confirm 1 target that other steps need")
    (implied,) = Report(session, "en", TODAY).implied.values()
    area = session.model.area(implied.area_id).label.in_language("en")
    assert words[asked + 1].startswith(f"{area} at level {implied.level} (for ")


@pytest.mark.slow
def test_what_cannot_all_hold_is_said_in_words(with_plan: Session, tmp_path: Path) -> None:
    plan = Report(with_plan, "en", TODAY).plan
    clash = (
        Clash(Wish.PIN, step=("policy.compliance", 2), number=1),
        Clash(Wish.CAPACITY),
    )
    infeasible = replace(plan, status=PlanStatus.INFEASIBLE, clash=clash, by_best=True)
    path = tmp_path / "report.xlsx"
    write_workbook(with_plan, path, "en", today=TODAY, plan=infeasible)
    sheets = read(path, data_only=True).worksheets
    sentence = (
        "These cannot all hold: Compliance 2 begins in Q1 2027; the capacity. Dropping any one of "
        "them resolves it."
    )
    assert sentence in _words(sheets[SUMMARY])
    assert sentence in _words(sheets[RISKS])
    assert [t for t in _words(sheets[SUMMARY]) if t.startswith("Not everything can hold: ")]


def test_without_a_step_every_sheet_of_the_plan_says_so(
    written: Written, model: MaturityModel, unscored: Session, tmp_path: Path
) -> None:
    reached = tmp_path / "reached.xlsx"
    write_workbook(scored(model, [5] * 22, TARGETS), reached, "en", today=TODAY)
    for path, sentence in (
        (written(unscored), "Nothing is scored yet, so there is nothing to plan."),
        (reached, "All targets reached: there is nothing to plan."),
    ):
        sheets = read(path, data_only=True).worksheets
        for sheet in (SUMMARY, QUARTERS, RISKS):
            assert sentence in _words(sheets[sheet])


@pytest.mark.slow
def test_page_1_is_printed_on_one_page_in_both_languages(
    written: Written, session: Session
) -> None:
    for language, title in (("en", "What we ask you to decide"), ("de", "Was zu entscheiden ist")):
        sheet = read(written(session, language)).worksheets[SUMMARY]
        assert sheet.page_setup.fitToHeight == 1
        assert title in _words(sheet)
