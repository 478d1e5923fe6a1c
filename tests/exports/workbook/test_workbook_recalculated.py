"""LibreOffice, ignoring cached results, computes the same figures as the app."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from app.session.session import Session
from exports.session_json import show_document
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.workbook import write_workbook
from tests.exports.samples import scored, wide_model

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]

PROFILE, STEPS, METHOD = 2, 4, -2
RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def profile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LibreOffice that recalculates every workbook it opens."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS, encoding="utf-8")
    return folder


def _recalculated(path: Path, profile_folder: Path) -> Path:
    folder = path.parent / "recalculated"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={profile_folder.as_uri()}", "--headless",
            "--convert-to", "xlsx", "--outdir", str(folder), str(path),
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return folder / path.name


def _formula_results(path: Path, places: set[tuple[int, str]]) -> dict[tuple[int, str], object]:
    sheets = load_workbook(path, data_only=True).worksheets
    return {(sheet, place): sheets[sheet][place].value for sheet, place in places}


def _formula_places(path: Path) -> set[tuple[int, str]]:
    return {
        (number, cell.coordinate)
        for number, sheet in enumerate(load_workbook(path).worksheets)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def _equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)
    # A sentence with a half level takes the decimal separator of the program that recalculates.
    plain = [re.sub(r"(?<=\d),(?=\d)", ".", str(value or "")) for value in (ours, theirs)]
    return plain[0] == plain[1]


def _assert_all_equal(path: Path, profile_folder: Path) -> None:
    places = _formula_places(path)
    assert len(places) > 50
    ours = _formula_results(path, places)
    theirs = _formula_results(_recalculated(path, profile_folder), places)
    different = {p: (ours[p], theirs[p]) for p in places if not _equal(ours[p], theirs[p])}
    assert different == {}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "case", ["session", "almost_empty", "unscored", "nothing_applies", "half_levels", "with_plan"]
)
def test_every_formula_recalculates_to_the_stored_result(
    case: str,
    language: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    profile_folder: Path,
    today: date,
) -> None:
    target = tmp_path / "report.xlsx"
    write_workbook(request.getfixturevalue(case), target, language, today=today)
    _assert_all_equal(target, profile_folder)


def test_a_scale_from_zero_and_single_areas_recalculate_too(
    tmp_path: Path, profile_folder: Path, today: date
) -> None:
    target = tmp_path / "report.xlsx"
    write_workbook(scored(wide_model(4, 1, 7), [7, 1, None, "n/a"]), target, "en", today=today)
    _assert_all_equal(target, profile_folder)


def test_the_oracle_does_not_believe_a_planted_result(
    session: Session, tmp_path: Path, profile_folder: Path, today: date
) -> None:
    honest, planted = tmp_path / "honest.xlsx", tmp_path / "planted.xlsx"
    write_workbook(session, honest, "en", today=today)
    wanted = show_document(session)["overall"]["mean_of_areas"]
    with ZipFile(honest) as source, ZipFile(planted, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet10.xml":
                assert f"<v>{wanted!r}</v>".encode() in content
                content = content.replace(f"<v>{wanted!r}</v>".encode(), b"<v>77</v>")
            target.writestr(name, content)
    method = load_workbook(planted, data_only=True).worksheets[METHOD]
    place = next(c.coordinate for row in method.iter_rows() for c in row if c.value == 77)
    again = load_workbook(_recalculated(planted, profile_folder), data_only=True)
    result = again.worksheets[METHOD]
    assert math.isclose(float(str(result[place].value)), wanted, rel_tol=1e-12)


def test_a_level_changed_by_the_client_moves_the_figures(
    session: Session, tmp_path: Path, profile_folder: Path, today: date
) -> None:
    target, edited = tmp_path / "report.xlsx", tmp_path / "edited.xlsx"
    write_workbook(session, target, "en", today=today)
    book = load_workbook(target)
    profile = book.worksheets[PROFILE]
    row = next(r for r in profile.iter_rows() if r[AreaCol.ID - 1].value == "business.outcomes")
    row[AreaCol.LEVEL - 1].value = 3
    book.save(edited)
    sheets = load_workbook(_recalculated(edited, profile_folder), data_only=True).worksheets
    method = {r[1]: r[3] for r in sheets[METHOD].iter_rows(values_only=True)}
    gap = show_document(session)["overall"]["total_gap"]
    assert method["Total gap"] == gap - 2
    rows = sheets[STEPS].iter_rows(values_only=True)
    steps = [r for r in rows if "business.outcomes" in str(r[StepCol.STEP_ID - 1])]
    assert {r[StepCol.GAP - 1] for r in steps} == {0}
