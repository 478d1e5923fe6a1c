"""Edits in the workbook give the figures of a session with the same edits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from app.model.maturity_model import MaturityModel
from app.session.session import Session
from exports.workbook.profile_table import FIRST as FIRST_AREA
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.report import Report
from exports.workbook.step_columns import FIRST as FIRST_STEP
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.workbook import write_workbook
from tests.exports.samples import LEVELS, TARGETS, Score, scored
from tests.exports.workbook.calc import HAS_CALC, Calc, Grid, Put, Read, same, stored

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAS_CALC, reason="needs LibreOffice"),
]
TODAY = date(2026, 11, 24)
SUMMARY, RESULTS, PROFILE, RADAR, STEPS, QUARTERS, RISKS, ACTIONS, METHOD, LISTS = range(1, 11)
AGAIN = "yes; a new export adds the missing steps"
NEXT_STEPS = 14
"""The column of the results where the next steps begin."""


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    return Calc(tmp_path_factory.mktemp("calc"))


@pytest.fixture
def session(model: MaturityModel) -> Session:
    return scored(model, LEVELS, TARGETS)


def _written(session: Session, folder: Path, name: str = "report") -> Path:
    target = folder / f"{name}.xlsx"
    write_workbook(session, target, "en", today=TODAY)
    return target


def _area(session: Session, area_id: str, column: AreaCol, value: float | str | None) -> Put:
    row = FIRST_AREA + [area.id for area in session.model.areas].index(area_id)
    return Put(PROFILE, row, column, value)


def _column(grid: Grid, key: int, column: int, first: int) -> dict[str, str | float]:
    return {str(row[key - 1]): row[column - 1] for row in grid[first - 1 :]}


def _areas(sheets: list[Grid], column: AreaCol) -> dict[str, str | float]:
    return _column(sheets[PROFILE - 1], AreaCol.ID, column, FIRST_AREA)


def _steps(sheets: list[Grid], column: StepCol) -> dict[str, str | float]:
    return _column(sheets[STEPS - 1], StepCol.STEP_ID, column, FIRST_STEP)


def _words(grid: Grid) -> str:
    return "\n".join(str(cell) for row in grid for cell in row)


def _next_steps(sheets: list[Grid]) -> list[str]:
    rows = [str(row[NEXT_STEPS - 1]) for row in sheets[RESULTS - 1]]
    begin = rows.index("Next steps") + 1
    return [text.split("  ", 1)[1] for text in rows[begin : begin + 6 : 2] if "  " in text]


def _assert_same_figures(
    edited: list[Grid], fresh: list[Grid], implied: Collection[str] = ()
) -> None:
    """Every figure, state and sentence of a fresh export, but for those of its steps.

    Targets that only a fresh plan implies leave the priorities of their areas as they were.
    """
    method = [_column(sheets[METHOD - 1], 2, 4, 1) for sheets in (edited, fresh)]
    assert method[0].keys() == method[1].keys()
    assert not [key for key in method[0] if not same(method[0][key], method[1][key])]
    for column in AreaCol:
        if column in (AreaCol.NOTE, AreaCol.ROADMAP):
            continue
        one, two = _areas(edited, column), _areas(fresh, column)
        assert not [key for key in one if not same(one[key], two[key])], column.name
    tiles = [sheets[SUMMARY - 1][:8] for sheets in (edited, fresh)]
    left = [[row[:12] for row in sheets[RESULTS - 1]] for sheets in (edited, fresh)]
    right = [[row[16:25] for row in sheets[RESULTS - 1][:14]] for sheets in (edited, fresh)]
    for one, two in (pair for part in (tiles, left, right) for pair in zip(*part, strict=True)):
        assert [_plain(cell) for cell in one] == [_plain(cell) for cell in two]
    for column in (StepCol.PRIORITY, StepCol.GAP):
        one, two = _steps(edited, column), _steps(fresh, column)
        shared = [key for key in two if key in one and key.split(">")[0] not in implied]
        assert not [key for key in shared if not same(one[key], two[key])], column.name


def _plain(cell: str | float) -> str | float:
    if isinstance(cell, float):
        return round(cell, 9)
    return cell.replace("A new export adds the missing steps of 1 area.", "").strip()


CHANGES: dict[str, tuple[str, AreaCol, float | None, dict[str, object]]] = {
    "a level is raised": ("process.security", AreaCol.LEVEL, 4, {"level": Fraction(4)}),
    "a level is lowered": ("technology.infrastructure", AreaCol.LEVEL, 1, {"level": Fraction(1)}),
    "a level is cleared": ("process.ci-cd", AreaCol.LEVEL, None, {"level": None}),
    "a target is emptied": ("people.overview", AreaCol.TARGET, None, {"target": None}),
    "a target is lowered": ("process.security", AreaCol.TARGET, 3, {"target": 3}),
    "a target is raised": ("policy.compliance", AreaCol.TARGET, 5, {"target": 5}),
    "a weight is set": ("people.overview", AreaCol.WEIGHT, 2.5, {"weight": Fraction(5, 2)}),
    "a weight is small": ("people.overview", AreaCol.WEIGHT, 0.1, {"weight": Fraction(1, 10)}),
    "a weight is emptied": ("people.overview", AreaCol.WEIGHT, None, {}),
    "what was not applicable is scored": (
        "policy.creation",
        AreaCol.LEVEL,
        2,
        {"level": Fraction(2), "not_applicable": None},
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_gives_the_figures_of_a_fresh_export(
    case: str, session: Session, calc: Calc, tmp_path: Path
) -> None:
    area_id, column, value, fields = CHANGES[case]
    edited = calc.run(
        _written(session, tmp_path), [_area(session, area_id, column, value), Read()]
    )[0]
    rating = replace(session.rating(area_id), **fields)  # type: ignore[arg-type]
    fresh = _written(session.with_rating(rating), tmp_path, "fresh")
    expected = stored(fresh)
    if case == "what was not applicable is scored":
        # The fresh export shows the assumed target in its cell, the edited one leaves it empty.
        row = next(r for r in expected[PROFILE - 1] if r[AreaCol.ID - 1] == area_id)
        assert row[AreaCol.TARGET - 1] == 5
        row[AreaCol.TARGET - 1] = ""
    if value is None:
        row = next(r for r in expected[PROFILE - 1] if r[AreaCol.ID - 1] == area_id)
        row[column - 1] = ""  # where the fresh export writes what an empty cell means
    implied = Report(session.with_rating(rating), "en", TODAY).implied
    _assert_same_figures(edited, expected, implied.keys())


def test_all_changes_together_give_the_figures_of_a_fresh_export(
    model: MaturityModel, calc: Calc, tmp_path: Path
) -> None:
    levels: list[Score] = [*LEVELS[:5], None, *LEVELS[6:]]
    session = scored(model, levels, TARGETS)
    before, after = session, session
    orders: list[Put] = []
    for number, area in enumerate(model.areas):
        if session.rating(area.id).not_applicable is not None:
            continue
        level = number % 5 + 1
        weight = Fraction(number % 3 + 1, 2)
        orders.append(_area(before, area.id, AreaCol.LEVEL, level))
        orders.append(_area(before, area.id, AreaCol.TARGET, 4))
        orders.append(_area(before, area.id, AreaCol.WEIGHT, float(weight)))
        rating = replace(session.rating(area.id), level=Fraction(level), target=4, weight=weight)
        after = after.with_rating(rating)
    edited = calc.run(_written(before, tmp_path), [*orders, Read()])[0]
    fresh = stored(_written(after, tmp_path, "fresh"))
    notice = r" A new export adds the missing steps of "
    edited[SUMMARY - 1] = [
        [cell if notice not in f" {cell}" else "" for cell in row] for row in edited[SUMMARY - 1]
    ]
    _assert_same_figures(edited, fresh)


def test_target_is_and_the_note_on_page_1_follow_the_target(
    model: MaturityModel, calc: Calc, tmp_path: Path
) -> None:
    session = scored(model, [2] * 22, [4] * 21)
    first, last = model.areas[0].id, model.areas[21].id
    orders = [
        Read(),
        _area(session, first, AreaCol.TARGET, None),
        Read(),
        _area(session, last, AreaCol.TARGET, 5),
        _area(session, first, AreaCol.TARGET, 3),
        Read(),
    ]
    as_exported, emptied, agreed = calc.run(_written(session, tmp_path), orders)
    note = "No target was agreed for {} area{}; level 5 is assumed."
    assert note.format(1, "") in _words(as_exported[SUMMARY - 1])
    assert _areas(as_exported, AreaCol.TARGET_STATE)[last] == "not agreed"
    assert note.format(2, "s") in _words(emptied[SUMMARY - 1])
    assert _areas(emptied, AreaCol.TARGET_STATE)[first] == "not agreed"
    assert _areas(emptied, AreaCol.GAP)[first] == 3
    assert "No target was agreed" not in _words(agreed[SUMMARY - 1])
    assert _areas(agreed, AreaCol.TARGET_STATE)[last] == "agreed"


def test_status_changes_the_counts_and_the_next_steps(
    session: Session, calc: Calc, tmp_path: Path
) -> None:
    orders = [
        Read(),
        Put(STEPS, FIRST_STEP, StepCol.STATUS, "done"),
        Put(STEPS, FIRST_STEP + 1, StepCol.STATUS, "dropped"),
        Put(STEPS, FIRST_STEP + 2, StepCol.STATUS, "in progress"),
        Put(STEPS, FIRST_STEP + 3, StepCol.OWNER, "Kim"),
        Read(),
    ]
    before, after = calc.run(_written(session, tmp_path), orders)
    count = len([key for key in _steps(before, StepCol.ORDER) if ">" in key])
    counts = before[STEPS - 1][1][0], after[STEPS - 1][1][0]
    assert counts[0] == f"{count} open steps of one level each · {count} without an owner"
    assert counts[1] == (
        f"{count - 2} open steps of one level each · 1 done · 1 dropped · {count - 3} without an "
        "owner"
    )
    names = [str(row[StepCol.AREA - 1]) for row in before[STEPS - 1][FIRST_STEP - 1 :]]
    assert _next_steps(before) == names[:3]
    assert _next_steps(after) == names[2:5]


def test_reached_steps_leave_the_next_steps_and_say_so(
    session: Session, calc: Calc, tmp_path: Path
) -> None:
    orders = [Read(), _area(session, "people.overview", AreaCol.LEVEL, 4), Read()]
    before, after = calc.run(_written(session, tmp_path), orders)
    reached = {key for key in _steps(before, StepCol.OPEN) if key.startswith("people.overview>")}
    assert reached
    assert {_steps(after, StepCol.OPEN)[key] for key in reached} == {""}
    assert {_steps(after, StepCol.STILL_NEEDED)[key] for key in reached} == {"no: level reached"}
    assert "People overview" not in " ".join(_next_steps(after))
    assert len(_next_steps(after)) == 3


def test_a_step_beyond_a_lowered_target_is_no_longer_needed(
    session: Session, calc: Calc, tmp_path: Path
) -> None:
    orders = [_area(session, "process.security", AreaCol.TARGET, 3), Read()]
    sheets = calc.run(_written(session, tmp_path), orders)[0]
    needed = _steps(sheets, StepCol.STILL_NEEDED)
    assert needed["process.security>3"] == "yes"
    assert needed["process.security>4"] == needed["process.security>5"] == "no: beyond the target"
    assert _steps(sheets, StepCol.PRIORITY)["process.security>5"] == 0


def test_a_level_below_the_one_at_the_export_asks_for_a_new_export(
    session: Session, calc: Calc, tmp_path: Path
) -> None:
    area_id = "process.ci-cd"
    orders = [Read(), _area(session, area_id, AreaCol.LEVEL, 1), Read()]
    before, after = calc.run(_written(session, tmp_path), orders)
    assert _steps(before, StepCol.STILL_NEEDED)[f"{area_id}>5"] == "yes"
    assert _steps(after, StepCol.STILL_NEEDED)[f"{area_id}>5"] == AGAIN
    assert _areas(before, AreaCol.ROADMAP)[area_id] == ""
    assert _areas(after, AreaCol.ROADMAP)[area_id] == "new export adds steps"
    assert "A new export adds the missing steps of 1 area." in _words(after[SUMMARY - 1])


def test_an_area_without_steps_says_when_it_needs_some(
    model: MaturityModel, calc: Calc, tmp_path: Path
) -> None:
    session = scored(model, [4, None, "n/a", *[3] * 19], [4] * 22)
    reached, unscored, out = (area.id for area in model.areas[:3])
    orders = [
        Read(),
        *[_area(session, key, AreaCol.LEVEL, 2) for key in (reached, unscored, out)],
        Read(),
    ]
    before, after = calc.run(_written(session, tmp_path), orders)
    why = _steps(before, StepCol.THEN_TRUE)
    assert why[reached] == "The target is reached."
    assert why[unscored] == "Not scored yet, so no step is known."
    assert why[out] == "Not applicable: Done by the parent company"
    again = _steps(after, StepCol.THEN_TRUE)
    assert {again[key] for key in (reached, unscored, out)} == {
        "A new export adds the missing steps."
    }
    assert _steps(after, StepCol.FROM)[out] == 2


def test_the_widest_gaps_are_named_by_weight_once_a_weight_decides(
    session: Session, calc: Calc, tmp_path: Path
) -> None:
    orders = [Read(), _area(session, "people.upskilling", AreaCol.WEIGHT, 10), Read()]
    before, after = calc.run(_written(session, tmp_path), orders)
    texts = [_words(sheets[SUMMARY - 1] + sheets[RESULTS - 1]) for sheets in (before, after)]
    assert "Widest gaps\n" in texts[0]
    assert "\nAverage of 21 areas" in texts[0]
    assert "Order of equal gaps: that of the model." in texts[0]
    for text in (
        "Widest gaps by weight",
        "Weighted average of 21 areas",
        "Weighted average gap to target",
        "Weighted progress to target",
        "Dimensions in figures, weighted",
        "1  Upskilling · People",
        "Order of the gaps: weight × gap",
    ):
        assert text in texts[1], text


def test_actions_take_owner_status_and_date_of_their_step_until_others_are_typed(
    session: Session, calc: Calc, tmp_path: Path
) -> None:
    from exports.workbook.actions_sheet import Col as ActionCol

    orders = [
        Put(STEPS, FIRST_STEP, StepCol.OWNER, "Kim"),
        Put(STEPS, FIRST_STEP, StepCol.DUE, 46400),
        Put(STEPS, FIRST_STEP, StepCol.STATUS, "in progress"),
        Read(),
    ]
    actions = calc.run(_written(session, tmp_path), orders)[0][ACTIONS - 1]
    rows = [row for row in actions if row[ActionCol.STEP - 1] in (1, 2)]
    chosen = [ActionCol.OWNER, ActionCol.STATUS, ActionCol.DUE]
    found = {
        row[ActionCol.STEP - 1]: [row[column - 1] for column in chosen]
        for row in rows
        if row[ActionCol.ACTION - 1]
    }
    assert found == {1: ["Kim", "in progress", 46400], 2: ["", "open", ""]}
