"""The workbook: complete, in one language, with cached results and consistent figures."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.comparison.comparison import compare
from app.errors import Cancelled
from app.figures.scoring import profile
from app.model.maturity_model import MaturityModel, Source
from app.session.session import Session
from app.session.units import Affiliation, Organisation
from app.words.numbers import NO_NUMBER
from app.words.texts import translator_for
from exports.session_json import show_document
from exports.workbook.method_sheet import figure_words
from exports.workbook.plan_report import status_words
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.report import Report
from exports.workbook.step_columns import FIRST as FIRST_STEP
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.workbook import write_workbook
from tests.exports.samples import LEVELS, TARGETS, scored, wide_model
from tests.exports.workbook.reading import read

Written = Callable[..., Path]

TODAY = date(2026, 11, 24)
SUMMARY, RESULTS, PROFILE, RADAR, STEPS, QUARTERS, RISKS, ACTIONS = range(8)
METHOD, LISTS = -2, -1
"""Indexes of the sheets; the sheet of evidence, where there is any, comes after the actions."""
CLOCKS = [1970, 1979, 2108, 2200]
CASES = ["session", "almost_empty", "unscored", "nothing_applies", "half_levels"]


def _write(session: Session, folder: Path, language: str = "en", **options: Any) -> Path:
    target = folder / "report.xlsx"
    write_workbook(session, target, language, today=TODAY, **options)
    return target


def _sheets(path: Path, results: bool = True) -> list[Worksheet]:
    return read(path, data_only=results).worksheets


def _rows(sheet: Worksheet, key_column: int, first: int = 1) -> dict[str, tuple[Any, ...]]:
    """Rows by the text in a column; the values from column A on."""
    rows = sheet.iter_rows(min_row=first, values_only=True)
    return {str(row[key_column - 1]): row for row in rows if row[key_column - 1] is not None}


def _words(sheets: list[Worksheet]) -> str:
    return "\n".join(
        cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        if isinstance(cell, str)
    )  # fmt: skip


def _formula(cell: Any) -> str:
    """The formula of a cell, be it an array formula or not."""
    return str(getattr(cell.value, "text", cell.value))


def _without_texts(formula: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


def _same(found: object, expected: object) -> bool:
    if expected is None:
        return found == NO_NUMBER
    return isinstance(found, int | float) and math.isclose(found, float(str(expected)))


# ---- figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_every_figure_equals_the_one_that_session_show_prints(
    case: str, request: pytest.FixtureRequest, written: Written
) -> None:
    session: Session = request.getfixturevalue(case)
    sheets = _sheets(written(session))
    shown = show_document(session)
    overall = {
        **shown["overall"],
        "ceiling": (shown["overall"]["range"] or [None, None])[1],
    }
    method = _rows(sheets[METHOD], 2)
    for key, (name, _) in figure_words(Report(session, "en", TODAY)).items():
        assert _same(method[name][3], overall[key]), key
    areas = _rows(sheets[PROFILE], AreaCol.ID)
    for area in shown["areas"]:
        row = areas[area["id"]]
        assert row[AreaCol.LEVEL - 1] == area["level"]
        assert _same(row[AreaCol.GAP - 1], area["gap"])
        assert _same(row[AreaCol.WEIGHTED_GAP - 1], area["weighted_gap"])
        assert _same(row[AreaCol.WEIGHT - 1], area["weight"])
    dimensions = _rows(sheets[RESULTS], 12)
    names = {d.id: d.name.in_language("en") for d in session.model.dimensions}
    for dimension in shown["dimensions"]:
        row = dimensions[names[dimension["id"]]]
        lowest, highest = dimension["range"] or (None, None)
        for column, value in zip(
            (17, 19, 21, 23),
            (dimension["mean"], lowest, highest, dimension["target_mean"]),
            strict=True,
        ):
            assert _same(row[column - 1], value)
        assert row[24] == f"{dimension['scored']} / {dimension['applicable']}"


def test_the_example_of_the_method_paper_comes_out(model: MaturityModel, tmp_path: Path) -> None:
    method = _rows(_sheets(_write(scored(model, LEVELS, TARGETS), tmp_path))[METHOD], 2)
    assert method["Total gap"][3] == 36
    assert _same(method["Average of all areas"][3], 53 / 21)
    assert _same(method["Mean of the dimension means"][3], 32 / 15)
    assert _same(method["Progress to target"][3], 8 / 17)
    assert _same(method["Percent to target after OWASP SAMM"][3], 53 / 89)
    assert method["Reached by all areas"][3] == 1


def test_every_step_of_the_roadmap_stands_in_its_order(workbook: Path, session: Session) -> None:
    rows = list(_sheets(workbook)[STEPS].iter_rows(min_row=FIRST_STEP, values_only=True))
    report = Report(session, "en", TODAY)
    steps = [row for row in rows if row[StepCol.TO - 1] is not None]
    plan = report.plan
    by_rank = sorted(
        plan.starts, key=lambda key: (plan.starts[key] or 99, plan.priorities[key].rank)
    )
    in_quarters = [key for key in by_rank if plan.starts[key] is not None]
    ids = [f"{area}>{level}" for area, level in in_quarters]
    assert [row[StepCol.STEP_ID - 1] for row in steps][: len(ids)] == ids
    assert len(steps) == len(plan.starts)
    assert [row[StepCol.ORDER - 1] for row in steps] == list(range(1, len(steps) + 1))
    for row, step in zip(steps, report.steps, strict=True):
        assert row[StepCol.FROM - 1] == float(step.from_level)
        assert _same(row[StepCol.PRIORITY - 1], float(step.priority.own))
        assert row[StepCol.PERIOD - 1] == report.quarter_of(step)


def test_every_area_appears_among_gaps_and_roadmap(workbook: Path, session: Session) -> None:
    rows = _sheets(workbook)[STEPS].iter_rows(min_row=FIRST_STEP, values_only=True)
    named = {str(row[StepCol.STEP_ID - 1]).split(">")[0] for row in rows}
    assert named == {area.id for area in session.model.areas}


def test_no_formula_is_without_its_result_and_all_use_common_functions(workbook: Path) -> None:
    live, stored = _sheets(workbook, results=False), _sheets(workbook)
    allowed = {
        "ABS", "AND", "AVERAGE", "CHAR", "COUNT", "COUNTIF", "COUNTIFS", "FIND", "FIXED", "IF",
        "IFERROR",
        "INDEX", "INT",
        "ISFORMULA", "ISNUMBER", "MATCH", "MAX", "MID", "MIN", "N", "NA", "NOT", "OFFSET", "OR",
        "ROUND", "ROW", "ROWS", "SMALL", "SUBTOTAL", "SUM", "SUMIFS", "SUMPRODUCT", "TRIM",
    }  # fmt: skip
    count = 0
    for with_formulas, with_results in zip(live, stored, strict=True):
        for row in with_formulas.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    formula = _formula(cell)
                    assert set(re.findall(r"([A-Z]+)\(", _without_texts(formula))) <= allowed
                    has_result = with_results[cell.coordinate].value not in ("", None)
                    assert has_result or '""' in formula, cell.coordinate
    assert count > 100


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_formula_exceeds_what_excel_takes(
    language: str, half_levels: Session, written: Written
) -> None:
    for sheet in _sheets(written(half_levels, language), results=False):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(_formula(cell)) < 8_000
                    literals = re.findall(r'"((?:[^"]|"")*)"', _formula(cell))
                    assert all(len(text) <= 255 for text in literals)


@pytest.mark.slow
def test_a_very_long_note_makes_no_row_higher_than_excel_takes(
    session: Session, tmp_path: Path
) -> None:
    rating = replace(session.all_ratings()[3], note="Long. " * 3_000)
    profile_sheet = _sheets(_write(session.with_rating(rating), tmp_path))[PROFILE]
    heights = [d.height for d in profile_sheet.row_dimensions.values() if d.height]
    assert max(heights) == 409


def test_cells_to_fill_in_take_numbers_and_dates(workbook: Path) -> None:
    sheet = _sheets(workbook)[STEPS]
    for column in (StepCol.OWNER, StepCol.DUE, StepCol.COMMENT):
        assert not sheet.cell(FIRST_STEP, column).quotePrefix
    assert sheet.cell(FIRST_STEP, StepCol.DUE).number_format == "yyyy-mm-dd"


def test_a_german_workbook_takes_german_dates(session: Session, written: Written) -> None:
    steps = _sheets(written(session, "de"))[STEPS]
    assert steps.cell(FIRST_STEP, StepCol.DUE).number_format == "dd.mm.yyyy"


def test_a_change_of_the_stored_session_changes_the_stored_results(
    session: Session, tmp_path: Path
) -> None:
    lower = session.with_rating(replace(session.all_ratings()[7], level=Fraction(1)))
    figures = profile(lower)
    method = _rows(_sheets(_write(lower, tmp_path))[METHOD], 2)
    assert _same(method["Average of all areas"][3], float(figures.overall.mean or 0))


# ---- states -----------------------------------------------------------------------------------


def test_unscored_and_not_applicable_are_words_not_levels(
    half_levels: Session, written: Written
) -> None:
    sheets = _sheets(written(half_levels))
    areas = _rows(sheets[PROFILE], AreaCol.ID)
    unscored, out = half_levels.model.areas[6].id, half_levels.model.areas[7].id
    assert areas[unscored][AreaCol.LEVEL - 1] is None
    assert areas[unscored][AreaCol.STATE - 1] == "not scored"
    assert areas[out][AreaCol.LEVEL - 1] is None
    assert areas[out][AreaCol.TARGET - 1] is None
    assert areas[out][AreaCol.STATE - 1] == "not applicable"
    assert "Done by the parent company" in areas[out][AreaCol.NOTE - 1]


def test_a_missing_figure_is_no_point_of_a_chart(half_levels: Session, written: Written) -> None:
    path = written(half_levels)
    with ZipFile(path) as archive:
        charts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in (2, 3)]
    by_area = next(chart for chart in charts if f'ptCount val="{22}"' in chart)
    current = by_area.split("<numCache>")[1].split("</numCache>")[0]
    assert 'idx="5"' in current
    assert 'idx="6"' not in current
    assert 'idx="7"' not in current
    assert "(not scored)" in by_area
    assert "(not applicable)" in by_area


def test_targets_that_nobody_agreed_are_named(almost_empty: Session, written: Written) -> None:
    sheets = _sheets(written(almost_empty))
    assert "No target was agreed for 22 areas; level 5 is assumed." in _words(sheets)
    areas = _rows(sheets[PROFILE], AreaCol.ID)
    assert areas["people.overview"][AreaCol.TARGET_STATE - 1] == "not agreed"


@pytest.mark.slow
def test_nothing_is_said_about_targets_when_all_are_agreed(
    model: MaturityModel, tmp_path: Path
) -> None:
    session = scored(model, [2] * 22, [4] * 22)
    assert "was agreed for" not in _words(_sheets(_write(session, tmp_path)))


# ---- charts -----------------------------------------------------------------------------------


def test_both_radars_are_native_with_caches_and_visible_axes(workbook: Path) -> None:
    with ZipFile(workbook) as archive:
        for number in (2, 3):
            text = archive.read(f"xl/charts/chart{number}.xml").decode()
            assert "<radarChart>" in text
            assert text.count("<ser>") == 3
            assert text.count("Cache>") == 2 * 9  # name, labels and values of three series
            assert text.count('<delete val="0"/>') == 2
            assert 'prstDash val="dash"' in text
            assert '<plotVisOnly val="0"/>' in text
            assert "March 2026" in text


def test_the_earlier_session_is_left_out_where_texts_have_changed(
    session: Session, earlier: Session, tmp_path: Path
) -> None:
    model = earlier.model
    changed = replace(model.areas[0], levels=model.areas[0].levels[:-1])
    dimension = replace(model.dimensions[0], areas=(changed, *model.dimensions[0].areas[1:]))
    other = replace(model, dimensions=(dimension, *model.dimensions[1:]))
    compared = compare((replace(earlier, model=other), session))
    report = Report(session, "en", TODAY, compared)
    assert changed.id not in report.earlier_levels
    assert dimension.id not in report.earlier_means
    assert len(report.earlier_levels) == 21
    path = _write(session, tmp_path, comparison=compared)
    assert _rows(_sheets(path)[PROFILE], AreaCol.ID)[changed.id][AreaCol.EARLIER - 1] is None


def test_two_dimensions_become_columns_instead_of_a_radar(tmp_path: Path) -> None:
    path = _write(scored(wide_model(2, 1), [1, 3]), tmp_path)
    with ZipFile(path) as archive:
        assert "<barChart>" in archive.read("xl/charts/chart2.xml").decode()


@pytest.mark.slow
def test_ninety_areas_are_spread_over_readable_radars(tmp_path: Path) -> None:
    path = _write(scored(wide_model(9, 10), [2] * 90), tmp_path)
    with ZipFile(path) as archive:
        charts = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
    assert len(charts) == 2 + 5


@pytest.mark.slow
def test_a_dimension_larger_than_a_radar_is_divided_evenly(tmp_path: Path) -> None:
    path = _write(scored(wide_model(1, 70), [2] * 70), tmp_path)
    with ZipFile(path) as archive:
        texts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in (3, 4, 5)]
    assert ['ptCount val="23"' in text for text in texts] == [True, True, False]
    assert 'ptCount val="24"' in texts[2]


def test_dimensions_are_spread_evenly_over_the_radars(tmp_path: Path) -> None:
    path = _write(scored(wide_model(15, 2), [2] * 30), tmp_path)
    with ZipFile(path) as archive:
        texts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in (3, 4)]
    assert 'ptCount val="16"' in texts[0]
    assert 'ptCount val="14"' in texts[1]


def test_each_part_of_the_method_begins_where_it_fits_on_a_page(tmp_path: Path) -> None:
    sheets = _sheets(_write(scored(wide_model(2, 3), [1]), tmp_path))
    sheet = next(each for each in sheets if each.title == "Method")
    begins = [sheet.cell(each.id + 1, 2).value for each in sheet.row_breaks.brk]
    assert begins == ["Rules", "About this workbook"]
    assert [sheet.cell(sheet.max_row, column).value for column in (2, 3)] == [
        "Wide",
        "The model names no source.",
    ]


def test_areas_of_the_same_name_carry_their_dimension(tmp_path: Path) -> None:
    sheets = _sheets(_write(scored(wide_model(2, 3), [1]), tmp_path))
    areas = _rows(sheets[PROFILE], AreaCol.ID)
    assert areas["d0.a1"][AreaCol.AREA - 1] == "Dimension 0: Area 1"
    assert areas["d1.a1"][AreaCol.AREA - 1] == "Dimension 1: Area 1"


@pytest.mark.parametrize("levels", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_any_scale_gives_a_workbook(levels: int, tmp_path: Path) -> None:
    session = scored(wide_model(3, 2, levels), [1, 2, None, 1])
    method = _rows(_sheets(_write(session, tmp_path))[METHOD], 2)
    assert _same(method["Average of all areas"][3], 4 / 3)


# ---- for the client ---------------------------------------------------------------------------


def test_the_roadmap_can_be_filtered_filled_in_and_printed(workbook: Path) -> None:
    sheet = _sheets(workbook)[STEPS]
    table = sheet.tables["GapsAndRoadmap"]
    heads = [cell.value for cell in sheet[table.ref][0]]
    assert [column.name for column in table.tableColumns] == heads
    assert len(set(heads)) == len(heads)
    assert table.autoFilter is not None
    assert sheet.freeze_panes == f"G{FIRST_STEP}"
    assert sheet.print_title_rows == f"${FIRST_STEP - 1}:${FIRST_STEP - 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.column_dimensions["B"].hidden
    choices = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert "'Lists'!$A$2:$A$6" in choices
    status = [row[StepCol.STATUS - 1].value for row in sheet.iter_rows(min_row=FIRST_STEP)]
    assert status[0] == "open"


def test_drop_downs_point_at_ranges_that_hold_the_choices(workbook: Path) -> None:
    book = read(workbook)
    lists = book.worksheets[LISTS]
    assert lists.sheet_state == "hidden"
    words = [lists.cell(row, 1).value for row in range(2, 7)]
    assert tuple(words) == status_words(translator_for("en"))
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list":
                assert rule.formula1.startswith("'Lists'!$")


def test_what_does_not_fit_is_refused_with_our_sentence(workbook: Path) -> None:
    rules = [
        rule
        for sheet in read(workbook).worksheets
        for rule in sheet.data_validations.dataValidation
    ]
    assert len(rules) == 15
    for rule in rules:
        assert rule.showErrorMessage, rule.sqref
        assert rule.error, rule.sqref


def test_half_levels_can_be_chosen_only_where_the_session_has_them(
    session: Session, half_levels: Session, written: Written
) -> None:
    for one, expected in ((session, 5), (half_levels, 9)):
        lists = _sheets(written(one))[LISTS]
        levels = [lists.cell(row, 2).value for row in range(2, 12)]
        assert len([level for level in levels if level is not None]) == expected


def test_every_page_names_client_date_and_number(workbook: Path) -> None:
    for sheet in _sheets(workbook)[:LISTS]:
        assert sheet.oddHeader.left.text == "Nordwerk AG"
        assert sheet.oddFooter.left.text == "23 November 2026"
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_the_file_says_what_it_is(workbook: Path) -> None:
    properties = read(workbook).properties
    assert properties.title == "Gaps and roadmap: Nordwerk AG"
    assert properties.creator == "Stufenplan"
    assert properties.language == "en"


def test_the_stamp_leads_back_to_the_session(workbook: Path, session: Session) -> None:
    stamp = {row[5]: row[6] for row in _sheets(workbook)[LISTS].iter_rows(values_only=True)}
    assert stamp["session_id"] == session.id
    assert stamp["model_id"] == "cloud-native"
    assert stamp["exported_on"] == "2026-11-24"


def test_summary_says_who_when_what_and_what_comes_first(workbook: Path, session: Session) -> None:
    words = _words(_sheets(workbook)[: RESULTS + 1])
    for text in (
        "Nordwerk AG",
        "Platform team · Workshop November",
        "Cloud Native Maturity Model 2026.12, levels 1 to 5",
        "Scope: Customer portal",
        "Weighted average of 21 areas",
        "Widest gaps by weight",
        "Next steps",
        "Every applicable area has reached level 1.",
    ):
        assert text in words
    widest = profile(session).widest_gaps()[0]
    assert session.model.area(widest.area_id).label.in_language("en") in words


def test_the_method_sheet_says_where_imported_pages_come_from(
    session: Session, tmp_path: Path
) -> None:
    """The built-in model is worded by us; pages, also of the same model, are not."""
    pages = Source("cncf/cartografos: site", "https://github.com/cncf/cartografos", "6e0f", "CC0")
    model = replace(session.model, id="pages-1", sources=(pages, Source("level-1.md")))
    sheet = _sheets(_write(replace(session, model=model), tmp_path))[METHOD]

    method = _rows(sheet, 2)
    assert method["cncf/cartografos: site"][2] == (
        "https://github.com/cncf/cartografos · 6e0f · CC0"
    )
    assert "level-1.md" in method
    assert "wording is our own" not in _words([sheet])


def test_the_method_sheet_names_sources_licences_and_limits(workbook: Path) -> None:
    words = _words([_sheets(workbook)[METHOD]])
    for text in ("Apache-2.0", "not an official CNCF product", "No certificate", "Rounding"):
        assert text in words


def test_the_whole_report_follows_the_language(session: Session, written: Written) -> None:
    sheets = _sheets(written(session, "de"))
    words = _words(sheets[:METHOD])
    assert sheets[SUMMARY].cell(3, 2).number_format == "dd.mm.yyyy"
    assert "Cloud-Native-Reifegradmodell" in words
    assert "Introduce ongoing scans" not in words
    assert "24. November 2026" in words


@pytest.mark.slow
def test_a_model_text_that_lacks_the_language_falls_back(tmp_path: Path) -> None:
    sheets = _sheets(_write(scored(wide_model(3, 1), [1]), tmp_path, "de"))
    assert "Dimension 0" in _words(sheets)


def test_every_colour_pair_of_the_workbook_can_be_read() -> None:
    from exports.palette import contrast
    from exports.workbook import styles

    grounds = [styles.level_shade(n, 0, 9) for n in range(10)] + list(styles.LEVEL_SHADES)
    for ground in grounds:
        assert contrast(ground, styles.text_on(ground)) >= 4.5
    for colour in (
        *map(styles.dimension_text, range(12)),
        styles.TEXT,
        styles.SECONDARY,
        styles.ACCENT,
    ):
        assert contrast(colour, styles.WHITE) >= 4.5
    assert contrast(styles.NOTICE, styles.WHITE) >= 4.5


# ---- writing ----------------------------------------------------------------------------------


def test_progress_is_told_and_stopping_keeps_the_old_file(session: Session, tmp_path: Path) -> None:
    reported: list[tuple[int, int]] = []

    class Patient:
        def step(self, done: int, total: int) -> None:
            reported.append((done, total))

    class Impatient:
        def step(self, done: int, total: int) -> None:
            if done > 30:
                raise Cancelled

    target = _write(session, tmp_path, progress=Patient())
    assert reported[-1][0] == reported[-1][1]
    assert [done for done, _ in reported] == sorted(done for done, _ in reported)
    before = target.read_bytes()
    with pytest.raises(Cancelled):
        _write(session, tmp_path, progress=Impatient())
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_a_workbook_that_does_not_read_back_is_not_put_in_place(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.errors import StorageUnavailable

    target = _write(session, tmp_path)
    before = target.read_bytes()
    monkeypatch.setattr("exports.workbook.workbook._numbers", lambda *_: [])
    with pytest.raises(StorageUnavailable, match="not written correctly"):
        _write(session, tmp_path)
    assert target.read_bytes() == before


@pytest.mark.slow
def test_hostile_sheet_names_and_clients_do_no_harm(session: Session, tmp_path: Path) -> None:
    hostile = "=1+1 & [x]:*?/\\ 'y' \x07"
    named = replace(
        session,
        affiliation=Affiliation(Organisation("o", hostile)),
        title=hostile,
        scope=hostile * 50,
    )
    book: Workbook = read(_write(named, tmp_path))
    first = book.worksheets[SUMMARY].cell(1, 2)
    assert first.data_type == "s"
    assert str(first.value).startswith("=1+1 & [x]")
    assert book.worksheets[0].oddHeader.left.text.startswith("=1+1 && [x]")


@pytest.mark.slow
@pytest.mark.parametrize("year", CLOCKS)
def test_a_wrong_clock_stops_no_workbook(
    almost_empty: Session, tmp_path: Path, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.localtime

    def wrong(_seconds: float | None = None) -> time.struct_time:
        return time.struct_time((year, *real()[1:]))

    monkeypatch.setattr(time, "localtime", wrong)
    target = tmp_path / "report.xlsx"
    write_workbook(almost_empty, target, "en", today=date(year, 1, 2))

    with ZipFile(target) as archive:
        assert archive.testzip() is None
    assert len(_sheets(target)) >= 4
