"""Hostile names and notes stay text throughout the workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from app.model.maturity_model import Action, LevelDescription, LocalText, MaturityModel, Source
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import Rating
from app.session.session import Session
from app.session.step_details import PlannedAction, StepDetails
from app.session.units import Affiliation, Organisation, Unit
from app.session.whole import WholeSession
from exports.session_json import json_text, session_to_document
from exports.workbook.cell_text import cell_text
from exports.workbook.profile_table import Col
from exports.workbook.workbook import write_workbook
from tests.exports.samples import scored, wide_model

TODAY = date(2026, 11, 24)
NASTY = st.sampled_from(
    [
        "=1+1", "=HYPERLINK(\"http://x\")", "+1", "-1", "@x", "\t=1", "{=1}", "#REF!", "_x0041_",
        "a\x0bb", "\x00", "\ufffe", "\u202egnp", '"&A1&"', "'", "&P", "<v>1</v>", "]]>",
        "\U0001f600" * 200, "x" * 33_000, "*", "?", "~", "(", "a\nb",
    ]
) | st.text(max_size=40)  # fmt: skip


def _hostile_model(text: str) -> MaturityModel:
    said = LocalText.of(en=text or "x")
    model = wide_model(3, 2)
    dimensions = []
    for dimension in model.dimensions:
        areas = tuple(
            replace(
                area, name=said, label=said,
                levels=tuple(LevelDescription(n, said, said) for n in range(1, 6)),
                actions=(Action(f"{area.id}.3", 2, 3, said, effort="S", role="lead"),),
            )
            for area in dimension.areas
        )  # fmt: skip
        dimensions.append(replace(dimension, name=said, areas=areas))
    return replace(
        model, name=said, description=said, dimensions=tuple(dimensions), content_version=text,
        levels=tuple(replace(level, name=said, description=said) for level in model.levels),
        sources=(Source(text, text, text, text),),
    )  # fmt: skip


def _hostile_session(text: str) -> Session:
    session = scored(_hostile_model(text), [2, 1, None, "n/a", 3, 4])
    first = session.model.areas[0].id
    link = Evidence("e", EvidenceKind.LINK, text, text)
    rating = Rating(first, level=Fraction(2), note=text, evidence=(link,))
    reason = Rating(session.model.areas[3].id, not_applicable=text or "x")
    last = session.model.areas[5].id
    action = PlannedAction("a", text, "S", "lead")
    step = StepDetails(
        5, title=text, actions=(action,), outcome=text, kpi=text, kpi_baseline=text,
        kpi_target=text, owner=text, team=text, risk=text,
    )  # fmt: skip
    planned = Rating(
        last, level=Fraction(4), target_reason=text, target_sponsor=text, steps=(step,)
    )
    return replace(
        session.with_rating(rating).with_rating(reason).with_rating(planned),
        affiliation=Affiliation(Organisation("o", text), (Unit("u", "o", text),)),
        title=text,
        scope=text,
    )


def _formulas(path: Path) -> set[str]:
    return {
        str(getattr(cell.value, "text", cell.value))
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.fixture(scope="module")
def harmless_formulas(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The formulas of the same workbook with harmless texts."""
    file = tmp_path_factory.mktemp("harmless") / "report.xlsx"
    write_workbook(_hostile_session("harmless"), file, "en", today=TODAY)
    return _formulas(file)


def _assert_text_stays_text(text: str, harmless_formulas: set[str]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hostile.xlsx"
        write_workbook(_hostile_session(text), file, "en", today=TODAY)
        # The same formulas with and without the text: none of it is in any of them.
        assert _formulas(file) == harmless_formulas
        with ZipFile(file) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
        profile = load_workbook(file).worksheets[2]
        notes = {row[Col.ID - 1].value: row[Col.NOTE - 1] for row in profile.iter_rows()}
        assert (notes["d0.a0"].value or "") == cell_text(text)
        assert notes["d0.a0"].quotePrefix


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        *(
            pytest.param(text, marks=pytest.mark.slow)
            for text in ("#REF!", '"&A1&"', "\x0b\ufffe&P\x1f0\x1f")
        ),
    ],
)
def test_hostile_text_never_becomes_a_formula(text: str, harmless_formulas: set[str]) -> None:
    _assert_text_stays_text(text, harmless_formulas)


@pytest.mark.slow
@settings(max_examples=100)
@given(NASTY)
def test_no_text_whatever_becomes_a_formula_or_breaks_the_file(
    harmless_formulas: set[str], text: str
) -> None:
    _assert_text_stays_text(text, harmless_formulas)


@given(NASTY)
def test_hostile_text_passes_through_json(text: str) -> None:
    whole = WholeSession(_hostile_session(text))
    written = json_text(session_to_document(whole, exported_with="0.1.0"))
    assert "NaN" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", written)


@pytest.mark.slow
@pytest.mark.parametrize("text", ["x" * 40_000, "\U0001f600" * 20_000])
def test_very_long_notes_are_cut_with_a_mark(text: str, tmp_path: Path) -> None:
    session = _hostile_session(text)
    write_workbook(session, tmp_path / "report.xlsx", "en", today=TODAY)
    profile = load_workbook(tmp_path / "report.xlsx").worksheets[2]
    rows = profile.iter_rows(values_only=True)
    note = next(row[Col.NOTE - 1] for row in rows if row[Col.ID - 1] == "d0.a0")
    assert str(note).endswith("[…]")
