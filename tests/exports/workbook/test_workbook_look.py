"""Appearance of the workbook: formats, charts, links, heights, headers, schemas."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from app.comparison.comparison import compare
from app.model.maturity_model import Level, LocalText, MaturityModel
from app.session.evidence import Evidence, EvidenceKind
from app.session.session import Session
from exports.workbook.actions_sheet import Col as ActionCol
from exports.workbook.label_room import Ring
from exports.workbook.profile_table import FIRST, Col
from exports.workbook.text_width import text_points
from exports.workbook.workbook import write_workbook
from tests.exports.samples import scored, wide_model
from tests.exports.workbook.reading import read

Written = Callable[..., Path]

TODAY = date(2026, 11, 24)
SUMMARY, RESULTS, PROFILE, RADAR, STEPS, QUARTERS, RISKS, ACTIONS = range(8)
VALIDATOR = Path(__file__).parents[4] / "shared" / "xsd" / "validate_xlsx.py"
LONG = "Organisationsübergreifende Zusammenarbeit im Plattformbetrieb"


def _write(session: Session, folder: Path, language: str = "en", **options: Any) -> Path:
    target = folder / "report.xlsx"
    write_workbook(session, target, language, today=TODAY, **options)
    return target


def _parts(path: Path, pattern: str) -> list[str]:
    with ZipFile(path) as archive:
        return [
            archive.read(n).decode() for n in sorted(archive.namelist()) if re.match(pattern, n)
        ]


def named(model: MaturityModel, length: int) -> MaturityModel:
    """The model with long names for dimensions and areas, each of its own."""

    def name(prefix: str) -> LocalText:
        return LocalText.of(en=f"{prefix} {LONG}"[:length])

    dimensions = tuple(
        replace(
            dimension,
            name=name(f"{d}"),
            areas=tuple(
                replace(area, name=name(f"{d}.{a}"), label=name(f"{d}.{a}"))
                for a, area in enumerate(dimension.areas)
            ),
        )
        for d, dimension in enumerate(model.dimensions)
    )
    return replace(model, dimensions=dimensions)


def from_zero(model: MaturityModel) -> MaturityModel:
    """The model on a scale from 0 to 3."""
    levels = tuple(Level(n, LocalText.of(en=f"Name {n}")) for n in range(4))
    return replace(model, levels=levels)


# ---- numbers and dates ------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_number_format_has_a_locale_or_a_percent_sign_as_text(
    language: str, session: Session, written: Written
) -> None:
    book = read(written(session, language))
    formats = {
        cell.number_format for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert {"0.0", "0%"} <= formats
    assert not [each for each in formats if "$" in each or '"' in each or "\\" in each]


def test_dates_are_dates(workbook: Path) -> None:
    book = read(workbook)
    assert book.worksheets[SUMMARY].cell(3, 2).value == datetime(2026, 11, 23)  # noqa: DTZ001
    method = {row[1].value: row[2] for row in book["Method"].iter_rows()}
    for term, day in {
        "Date of the session": 23,
        "Exported": 24,
    }.items():
        assert method[term].value == datetime(2026, 11, day)  # noqa: DTZ001
        assert method[term].number_format == "yyyy-mm-dd"


# ---- charts -----------------------------------------------------------------------------------


def test_every_chart_has_a_title_and_an_alternative_text(workbook: Path) -> None:
    charts = _parts(workbook, r"xl/charts/chart\d+\.xml")
    titles = [
        "Projected average of all areas at the end of each quarter",
        "Current and target levels by dimension",
        "Current and target levels by area",
        "Averages by dimension, areas that all share",
        "Why the average moved",
    ]
    for chart, title in zip(charts, titles, strict=True):
        assert re.search(f"<title>.*{title}", chart)
    frames = re.findall(r"<[\w:]*cNvPr [^>]*>", "".join(_parts(workbook, "xl/drawings/drawing")))
    for frame, title in zip(frames, titles, strict=True):
        assert f'title="{title}' in frame
        assert re.search(r'descr="[^"]{60,}"', frame)
        assert "Chart 1" not in frame


@pytest.mark.parametrize("dimensions", [2, 4])
def test_the_axis_names_no_level_that_does_not_exist(dimensions: int, tmp_path: Path) -> None:
    for model, wanted in (
        (wide_model(dimensions, 1), (0, 5, "0;;")),
        (from_zero(wide_model(dimensions, 1)), (-1, 3, "0;;0")),
    ):
        charts = _parts(_write(scored(model, [1, 2]), tmp_path), r"xl/charts/chart\d+\.xml")
        curve, *profiles = charts
        levels = model.lowest_level, model.highest_level + 0.5
        assert re.findall(r'<(?:min|max) val="([-\d.]+)"', curve) == [f"{n}" for n in levels[::-1]]
        for chart in profiles:
            axis = chart.split("<valAx>")[1]
            lowest, highest = re.findall(r'<(?:max|min) val="([-\d.]+)"', axis)[::-1]
            written = re.search(r'numFmt formatCode="([^"]*)" sourceLinked="0"', axis)
            assert written is not None
            assert (float(lowest), float(highest), written.group(1)) == wanted


def test_charts_read_the_areas_in_model_order_whatever_the_table_is_sorted_by(
    workbook: Path,
) -> None:
    by_area = next(c for c in _parts(workbook, "xl/charts/chart") if 'ptCount val="22"' in c)
    places = re.findall(r"<f>([^<]*:[^<]*)</f>", by_area)
    assert len(places) == 6
    assert all(place.startswith("'Lists'!") for place in places)


# ---- links and headers ------------------------------------------------------------------------


def test_evidence_is_live(session: Session, tmp_path: Path) -> None:
    rating = session.rating(session.model.areas[2].id)
    alone = (Evidence("e9", EvidenceKind.LINK, "Page", "example.org/a b"),)
    path = _write(session.with_rating(replace(rating, evidence=alone)), tmp_path)
    book = read(path)
    profile, evidence = book.worksheets[PROFILE], book["Evidence"]
    assert profile.cell(FIRST + 2, Col.EVIDENCE).hyperlink.target == "https://example.org/a%20b"
    assert profile.cell(FIRST, Col.EVIDENCE).hyperlink is None
    assert profile.cell(3, Col.EVIDENCE).hyperlink.location == "'Evidence'!A1"
    rows = list(evidence.iter_rows(min_row=4))
    assert [row[5].hyperlink is not None for row in rows] == [True, False, True]
    assert rows[0][5].hyperlink.target == "https://example.org/wiki"
    assert rows[1][3].value == "File in the library"


def test_a_session_without_evidence_has_no_empty_sheet(
    almost_empty: Session, written: Written
) -> None:
    assert "Evidence" not in read(written(almost_empty)).sheetnames


def test_every_table_marks_its_header_is_frozen_and_repeats_it_in_print(workbook: Path) -> None:
    book = read(workbook)
    for name in ("Profile", "Gaps and roadmap", "Actions", "Evidence", "Comparison by area"):
        sheet = book[name]
        (table,) = sheet.tables.values()
        header = int(re.findall(r"\d+", table.ref)[0])
        assert table.headerRowCount == 1
        heads = [cell.value for cell in sheet[table.ref][0]]
        assert len({str(head).casefold() for head in heads}) == len(heads)
        assert sheet.print_title_rows == f"${header}:${header}"
        assert int(re.findall(r"\d+", sheet.freeze_panes)[0]) == header + 1


def test_the_first_page_leads_to_the_tables_to_edit(workbook: Path) -> None:
    sheet = read(workbook).worksheets[SUMMARY]
    links = {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"'Profile'!A4", "'Gaps and roadmap'!A4", "'Results'!A1", "'Comparison'!A1"}


# ---- actions ----------------------------------------------------------------------------------


def test_every_action_has_a_row_and_its_effort_a_meaning(workbook: Path, session: Session) -> None:
    from exports.workbook.report import Report

    report = Report(session, "en", TODAY)
    sheet = read(workbook, data_only=True).worksheets[ACTIONS]
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref][1:]]
    wanted = [
        (order, words.text, words.effort, words.effort_meaning, words.role)
        for order, step in enumerate(report.steps, 1)
        for words in report.action_words(step)
    ]
    columns = (
        ActionCol.STEP,
        ActionCol.ACTION,
        ActionCol.EFFORT,
        ActionCol.MEANING,
        ActionCol.ROLE,
    )
    assert [tuple(row[column - 1] for column in columns) for row in rows] == wanted
    assert {row[ActionCol.MEANING - 1] for row in rows} <= {
        entry.text.in_language("en") for entry in session.model.efforts
    }
    days = {"S": 5, "M": 15, "L": 40}
    assert all(row[ActionCol.DAYS - 1] == days[row[ActionCol.EFFORT - 1]] for row in rows)
    legend = {row[ActionCol.EFFORT - 1].value: row for row in sheet.iter_rows(min_row=5, max_row=7)}
    for effort, each in days.items():
        count = sum(row[ActionCol.EFFORT - 1] == effort for row in rows)
        assert legend[effort][ActionCol.ROLE - 1].value == count
        assert legend[effort][ActionCol.OWNER - 1].value == count * each


def test_a_session_without_steps_says_that_no_action_is_open(
    unscored: Session, written: Written
) -> None:
    sheet = read(written(unscored)).worksheets[ACTIONS]
    assert sheet.cell(2, 1).value == "No action is open."
    assert not sheet.tables


# ---- long names -------------------------------------------------------------------------------


def _height(sheet: Worksheet, row: int) -> float:
    return float(sheet.row_dimensions[row].height or 12.75)


@pytest.mark.parametrize("dimensions", [6, 15])
def test_names_of_60_characters_have_room_beside_the_radar(dimensions: int, tmp_path: Path) -> None:
    model = named(wide_model(dimensions, 2), 60)
    sheet = read(_write(scored(model, [1, 2, 3]), tmp_path)).worksheets[RESULTS]
    names = {d.name.in_language("en") for d in model.dimensions}
    rows = [c.row for row in sheet.iter_rows() for c in row if c.value in names]
    assert len(rows) == dimensions
    for row in rows:
        assert sheet.cell(row, 12).alignment.wrap_text
        assert _height(sheet, row) >= 2 * 12.5
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert all(f"L{row}:P{row}" in merged for row in rows)


def test_no_table_breaks_a_name_within_a_word(tmp_path: Path) -> None:
    long = LocalText.of(en="Geschäftsergebnisverantwortung im Betrieb")
    model = wide_model(1, 3)
    areas = tuple(replace(area, label=long) for area in model.dimensions[0].areas[:1])
    model = replace(model, dimensions=(replace(model.dimensions[0], name=long, areas=areas),))
    sheets = read(_write(scored(model, [1]), tmp_path)).worksheets
    for sheet in (sheets[PROFILE], sheets[STEPS]):
        heads = [c for row in sheet.iter_rows(max_row=20) for c in row]
        columns = {str(c.value): c.column_letter for c in heads if c.value in ("Dimension", "Area")}
        assert len(columns) == 2
        for head, column in columns.items():
            room = sheet.column_dimensions[column].width * 5.25 - 14  # padding and indent
            assert text_points(long.in_language("en").split()[0], 10, bold=head == "Area") <= room


def test_labels_of_charts_have_at_most_two_short_lines(tmp_path: Path) -> None:
    path = _write(scored(named(wide_model(6, 4), 60), [1, 2, 3]), tmp_path)
    for chart in _parts(path, r"xl/charts/chart\d+\.xml"):
        labels = chart.split("<cat>")[1].split("</cat>")[0]
        for text in re.findall(r"<v>([^<]*)</v>", labels):
            lines = re.sub(r"\s\(not scored\)", "", text).split("\n")
            assert len(lines) <= 2
            assert max(map(len, lines)) <= 30


def test_labels_at_the_top_of_a_radar_are_shorter_than_those_at_its_sides() -> None:
    ring = Ring(22, 18.0, 9.0)
    top, beside, side = (ring.label(LONG, index, "en") for index in (0, 1, 5))
    assert max(map(len, top.split("\n"))) < 26
    assert "\n" not in beside
    assert "\n" in side
    joints = [ring.joint(index, ring.label(LONG, index, "en")) for index in range(6)]
    assert joints == ["\n", " ", " ", " ", "\n", "\n"]  # two lines of name leave room for a third
    assert ring.joint(3, "Short") == "\n"


# ---- the published schemas --------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs ../shared/xsd")
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "case", ["session", "almost_empty", "unscored", "nothing_applies", "half_levels", "with_plan"]
)
def test_every_part_is_valid_by_the_published_schemas(
    case: str, language: str, request: pytest.FixtureRequest, tmp_path: Path, earlier: Session
) -> None:
    session: Session = request.getfixturevalue(case)
    path = _write(session, tmp_path, language, comparison=compare((earlier, session)))
    found = subprocess.run(
        [sys.executable, str(VALIDATOR), str(path)], capture_output=True, text=True, check=False
    )
    assert "invalid parts 0" in found.stdout, found.stdout
