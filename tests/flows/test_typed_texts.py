"""Signs that mean themselves are shown alike in window, radar, workbook and comparison."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.figures.scoring import profile
from app.model.comparability import comparable_area_ids
from app.model.maturity_model import (
    Action,
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
from exports.radar.data import radar_data
from exports.workbook.workbook import write_workbook
from tests.exports.samples import scored
from ui.results.step_list import step_rows
from ui.scoring.level_texts import level_texts

NAME = "List<String> & 2*3*4"
SHORT = "> 90 % of the builds in __init__.py"
INDICATORS = ("# of incidents is known", "1. January is the date", "<team@…> and C:\\*.txt")
ACTION = "Write to <client name> before 1. January"
TR = translator_for("en")


def _said(text: str) -> LocalText:
    return LocalText.of(en=text)


def _session(*, short: str = SHORT) -> Session:
    goal = LevelDescription(
        2,
        short=_said(short),
        indicators=tuple(Indicator(f"a.2.{n}", _said(t)) for n, t in enumerate(INDICATORS, 1)),
    )
    area = Area(
        "a",
        _said(NAME),
        _said(NAME),
        levels=(goal,),
        actions=(Action("a.1-2.1", 1, 2, _said(ACTION)),),
    )
    model = MaturityModel(
        id="m",
        content_version="1",
        languages=("en",),
        name=_said("<Model> #1"),
        levels=(Level(1, _said("1. Start")), Level(2, _said("> Goal"))),
        dimensions=(Dimension("d", _said("+ <b> side"), areas=(area,)),),
    )
    return scored(model, [1], language="en", title="Day *1* of *2*")


@pytest.fixture
def session() -> Session:
    return _session()


def test_the_window_shows_them(session: Session) -> None:
    card = level_texts(session, session.model.areas[0], TR, whole=True)[1]
    step = step_rows(session, roadmap(session), TR)[0]

    assert [paragraph.text for paragraph in card.paragraphs] == [SHORT, *INDICATORS]
    assert card.name == "> Goal"
    assert (step.label, step.detail) == (NAME, ACTION)


def test_the_radar_shows_them(session: Session) -> None:
    data = radar_data(session, profile(session), translator=TR)

    assert [axis.label for axis in data.axes] == [NAME]
    assert "Day *1* of *2*" in data.subtitle
    assert data.subtitle.endswith("<Model> #1 1")


def test_the_workbook_shows_them(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"

    write_workbook(session, target, "en", today=date(2026, 11, 24))

    cells = [
        str(cell)
        for sheet in load_workbook(target)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    for text in (NAME, SHORT, ACTION, "+ <b> side", "1. Start", "> Goal", "<Model> #1"):
        assert any(text in cell for cell in cells), text


@pytest.mark.parametrize(
    "other", ["90 % of the builds in __init__.py", "< 90 % of the builds in __init__.py"]
)
def test_a_comparison_sees_them(session: Session, other: str) -> None:
    changed, spaced = _session(short=other), _session(short=SHORT.replace(" ", "  "))

    assert not comparable_area_ids(changed.model, session.model, ["en"])
    assert comparable_area_ids(spaced.model, session.model, ["en"]) == {"a"}
