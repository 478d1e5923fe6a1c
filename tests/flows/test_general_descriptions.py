"""An area without a text at a level shows what the level means in general, marked as such."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.model.maturity_model import (
    Area,
    Dimension,
    Indicator,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.planning.roadmap import roadmap
from app.session.session import Session
from app.words.texts import translator_for
from exports.workbook.report import Report
from exports.workbook.workbook import write_workbook
from tests.exports.samples import scored
from ui.results.step_list import step_rows
from ui.scoring.level_texts import level_texts

GENERAL = "It runs > 90 % of the time."


def _said(text: str) -> LocalText:
    return LocalText.of(en=text)


@pytest.fixture
def session() -> Session:
    own = LevelDescription(2, short=_said("Own text."))
    listed = LevelDescription(2, indicators=(Indicator("c.2.1", _said("Own indicator.")),))
    areas = (
        Area("a", _said("Bare"), _said("Bare")),
        Area("b", _said("Told"), _said("Told"), levels=(own,)),
        Area("c", _said("Listed"), _said("Listed"), levels=(listed,)),
    )
    model = MaturityModel(
        id="m",
        content_version="1",
        languages=("en",),
        name=_said("Model"),
        levels=(Level(1, _said("Start")), Level(2, _said("Goal"), description=_said(GENERAL))),
        dimensions=(Dimension("d", _said("Side"), areas=areas),),
    )
    return scored(model, [1, 1, 1], language="en")


@pytest.mark.parametrize(
    ("language", "mark", "prefix"),
    [
        ("en", "In general, not for this area alone:", "In general: "),
        ("de", "Allgemein, nicht nur für diesen Bereich:", "Allgemein: "),
    ],
)
def test_the_window_marks_it(session: Session, language: str, mark: str, prefix: str) -> None:
    tr = translator_for(language)
    cards = [level_texts(session, area, tr, whole=True)[1] for area in session.model.areas]
    steps = step_rows(session, roadmap(session), tr)

    assert [[p.text for p in card.paragraphs] for card in cards] == [
        [mark, GENERAL],
        ["Own text."],
        ["Own indicator."],
    ]
    details = {step.label: step.detail for step in steps}
    assert details["Bare"].endswith(prefix + GENERAL)
    assert details["Told"].endswith(": Own text.")


def test_a_level_without_any_text_says_so(session: Session) -> None:
    card = level_texts(session, session.model.areas[0], translator_for("en"), whole=True)[0]

    assert [p.text for p in card.paragraphs] == ["The model does not describe this level."]


def test_the_workbook_marks_it(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    write_workbook(session, target, "en", today=date(2026, 11, 24))

    report = Report(session, "en", date(2026, 11, 24))
    assert report.description("a", 2) == f"In general: {GENERAL}"
    assert report.description("b", 2) == "Own text."
    assert report.description("c", 2) == "• Own indicator."
    cells = [c for s in load_workbook(target) for row in s.iter_rows(values_only=True) for c in row]
    assert f"In general: {GENERAL}" in cells
