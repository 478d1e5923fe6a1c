"""End to end: from a CSV file to a workbook recalculated by LibreOffice."""

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from stufenplan import cli

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]

RESULTS, PROFILE, STEPS, METHOD = 1, 2, 4, -2
OVERALL = {
    "Average of all areas": "mean_of_areas",
    "Mean of the dimension means": "mean_of_dimensions",
    "Lowest level": "floor",
    "Reached by all areas": "staged_level",
    "Average target": "target_mean",
    "Average gap to target": "mean_gap",
    "Total gap": "total_gap",
    "Total weighted gap": "total_weighted_gap",
    "Progress to target": "progress_to_target",
    "Percent to target after weights": "percent_to_target",
    "Areas scored": "scored",
    "Areas applicable": "applicable",
    "Areas of the model": "total",
}
"""Rows of the method sheet, by the beginning of their label, and the keys of the JSON."""

Rows = list[tuple[Any, ...]]
Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command on a library of this test; what it printed."""

    def ask(*arguments: str | Path) -> str:
        capsys.readouterr()
        library = ("--library", str(tmp_path / "client.stufenplan"), "--language", "en")
        code = cli.run([*library, *map(str, arguments)])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return captured.out

    return ask


@pytest.fixture
def session(ask: Ask) -> str:
    """The id of a new session that takes half levels."""
    created = json.loads(
        ask(
            "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
            "--half-levels", "--json",
        )
    )  # fmt: skip
    return str(created["id"])


@pytest.fixture
def scores(tmp_path: Path, ask: Ask, session: str) -> Path:
    """A German CSV file: every kind of row, weights with a comma, halves, gaps and surpluses."""
    shown = json.loads(ask("session", "show", session, "--json"))
    rows = ["area;level;target;weight;confidence;note;not_applicable_reason"]
    for number, area in enumerate(shown["areas"]):
        level = ("1", "2,5", "3", "4", "5")[number % 5]
        target = ("", "5", "4", "3")[number % 4]
        weight = ("", "1,5", "0,25", "10")[number % 4]
        rows.append(f"{area['id']};{level};{target};{weight};example;=1+1 „{number}“;")
    rows[5] = f"{shown['areas'][4]['id']};;;;;;Macht die Zentrale"
    del rows[9]  # not scored
    file = tmp_path / "scores.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return file


def recalculated(workbook: Path) -> list[Rows]:
    """The sheets after LibreOffice has worked out every formula; no stored result is left to it."""
    bare = workbook.with_name("bare.xlsx")
    load_workbook(workbook).save(bare)  # openpyxl keeps formulas and drops their results
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in load_workbook(bare)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    stored = load_workbook(bare, data_only=True)
    assert len(formulas) > 50
    assert all(stored[title][place].value is None for title, place in formulas)
    folder = workbook.parent / "recalculated"
    own_settings = (workbook.parent / "libreoffice").as_uri()
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={own_settings}", "--headless",
            "--convert-to", "xlsx", "--outdir", str(folder), str(bare),
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    book = load_workbook(folder / bare.name, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def same(one: object, two: object) -> bool:
    if one is None or two is None:
        return (one, two) in {(None, None), (None, "–"), ("–", None)}
    return math.isclose(float(str(one)), float(str(two)), rel_tol=1e-12, abs_tol=1e-12)


@pytest.fixture
def shown_and_recalculated(
    ask: Ask, session: str, scores: Path, tmp_path: Path
) -> tuple[Any, list[Rows]]:
    """What ``session show --json`` says, and the recalculated sheets of the same session."""
    ask("session", "score", session, scores)
    workbook = tmp_path / "roadmap.xlsx"
    ask("session", "export", session, workbook)
    return json.loads(ask("session", "show", session, "--json")), recalculated(workbook)


def test_every_figure_recalculated_equals_the_json(
    shown_and_recalculated: tuple[Any, list[Rows]],
) -> None:
    shown, sheets = shown_and_recalculated
    different = [
        *_different_overall(shown["overall"], sheets[METHOD]),
        *_different_dimensions(shown["dimensions"], sheets[RESULTS]),
        *_different_areas(shown["areas"], sheets[PROFILE]),
        *_different_steps(shown["roadmap"], sheets[STEPS]),
    ]
    assert different == []


def _different_overall(overall: dict[str, Any], method: Rows) -> list[object]:
    different: list[object] = []
    for label, key in OVERALL.items():
        start = label.rsplit(" ", 1)[0] if label.endswith("weights") else label
        values = [row[3] for row in method if str(row[1]).startswith(start)]
        expected = overall[key]
        if len(values) != 1 or not _same_or_words(values[0], expected):
            different.append((label, values, expected))
    return different


def _same_or_words(value: object, expected: object) -> bool:
    """A figure that is open (the staged level of an unfinished session) stands there in words."""
    if expected is None:
        return value is None or not isinstance(value, int | float)
    return same(value, expected)


def _different_dimensions(dimensions: list[dict[str, Any]], summary: Rows) -> list[object]:
    rows = {row[11]: row for row in summary if row[11]}
    different: list[object] = []
    for group in dimensions:
        row = rows[group["name"]]
        found = [row[16], row[18], row[20], row[22]]
        expected = [group["mean"], group["floor"], group["range"][1], group["target_mean"]]
        counts = f"{group['scored']} / {group['applicable']}"
        if not all(map(same, found, expected)) or row[24] != counts:
            different.append((group["id"], found, row[24], expected, counts))
    return different


def _different_areas(areas: list[dict[str, Any]], profile: Rows) -> list[object]:
    head = next(row for row in profile if "Area id" in row)
    table = [dict(zip(head, row, strict=True)) for row in profile]
    rows = {row["Area id"]: row for row in table}
    different: list[object] = []
    for area in areas:
        row = rows[area["id"]]
        keys = ("Current", "level"), ("Gap", "gap"), ("Weight", "weight")
        wrong = [(label, row[label], area[key]) for label, key in keys
                 if area["not_applicable"] is None and not same(row[label], area[key])]  # fmt: skip
        if area["not_applicable"] is None and not same(row["Target"], area["target"]):
            wrong.append(("Target", row["Target"], area["target"]))
        if (area["not_applicable"] is None) == (row["State"] == "not applicable"):
            wrong.append(("State", row["State"], area["not_applicable"]))
        different += [(area["id"], *each) for each in wrong]
    return different


def _different_steps(roadmap: list[dict[str, Any]], steps: Rows) -> list[object]:
    head = next(row for row in steps if "Step id" in row)
    table = [dict(zip(head, row, strict=True)) for row in steps]
    rows = [row for row in table if ">" in str(row["Step id"] or "")]
    expected = sorted(
        (f"{step['area']}>{step['to']}", step["from"], step["to"], step["priority"])
        for step in roadmap
    )
    found = sorted(  # by quarter there, by priority here
        (row["Step id"], row["From level"], row["To level"], row["Priority"]) for row in rows
    )
    assert len(expected) > 20
    if len(found) != len(expected):
        return [("steps", len(found), len(expected))]
    return [
        (one, two)
        for one, two in zip(found, expected, strict=True)
        if one[0] != two[0] or not all(map(same, one[1:], two[1:]))
    ]
