"""What is printed, drawn and exported claims neither significance nor proof, and ranks nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from app.sample import content_of, reworded
from data.models.builtin import builtin_model
from tests.claims import claims_in

Call = Callable[..., Any]

LANGUAGES = ("de", "en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def history(large_in: Callable[[str], dict[str, Any]], language: str) -> list[str]:
    """Sessions of the team with a history, in a library that holds the large sample."""
    return list(large_in(language)["units"][0]["sessions"])


def checked(text: str, language: str) -> None:
    """Fail for a claim in a text; what a client's model asks for is not the program's claim."""
    text = " ".join(text.split())
    for said in _texts_of_models(language):
        text = text.replace(said, "")
    assert claims_in(text, language) == []


@cache
def _texts_of_models(language: str) -> list[str]:
    model = builtin_model()
    versions = content_of("sample_large.toml")["model"].items()
    found = set()
    for each in (model, *(reworded(model, version, texts) for version, texts in versions)):
        for area in each.areas:
            for level in area.levels:
                found |= {level.short, level.summary, *(one.text for one in level.indicators)}
            found |= {area.question, *(action.text for action in area.actions)}
        found |= {one.reason for one in each.prerequisites}
        found |= {one.description for one in (*each.levels, *each.dimensions)}
    texts = {" ".join(text.in_language(language).split()) for text in found}
    return sorted(texts - {""}, key=len, reverse=True)


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["text", "json"])
def test_printed_answers_about_sessions_and_teams(
    call: Call, history: list[str], language: str, json: tuple[str, ...]
) -> None:
    for asked in (
        ("demo", "--large", "--language", language),
        ("session", "list"),
        ("session", "show", history[-1]),
        ("session", "compare", *history),
        ("session", "compare", *history, "--same-people", "yes"),
        ("session", "compare", *history, "--same-people", "no"),
        ("unit", "rollup", "Nordwerk AG"),
        ("library", "portfolio"),
    ):
        answer = call(*asked, *json, language=language)
        assert answer.code == 0, answer.err
        checked(answer.out, language)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["overlay", "waterfall"])
def test_charts_of_comparisons(
    call: Call, history: list[str], language: str, kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "chart.svg"
    asked = ("session", "compare", *history, "--chart", file, "--kind", kind)
    assert call(*asked, language=language).code == 0
    texts = re.sub(r"<style.*?</style>|<[^>]*>", " ", file.read_text(encoding="utf-8"))
    assert len(texts.split()) > 20
    checked(texts, language)


@pytest.mark.slow
def test_workbooks_and_tables(
    call: Call, history: list[str], language: str, tmp_path: Path
) -> None:
    book, table = tmp_path / "roadmap.xlsx", tmp_path / "levels.csv"
    export = ("session", "export", history[-1])
    spoken = ("--language", language)
    earlier = ("--earlier", history[0], "--earlier", history[1])
    assert call(*export, book, *earlier, *spoken, language=language).code == 0
    with ZipFile(book) as parts:
        names = [name for name in parts.namelist() if name.endswith(".xml")]
        texts = [parts.read(name).decode("utf-8") for name in names]
    assert len(texts) > 10
    assert call(*export, table, *spoken, language=language).code == 0
    for text in (*texts, table.read_text(encoding="utf-8")):
        checked(unescape(re.sub(r"<[^>]*>", " ", text)), language)
