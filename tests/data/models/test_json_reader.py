"""A model as JSON follows the same rules as one in YAML."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.codec import model_to_document, model_to_json
from app.model.maturity_model import MaturityModel
from data.models import load_model_source
from data.models.yaml.reader import (
    model_from_foreign_document,
    read_model,
    read_model_json,
)

Refused = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def small(files: Path) -> MaturityModel:
    return read_model(files / "two-languages.yaml")


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_a_model_comes_back_equal_from_a_json_file(
    indent: int | str | None, small: MaturityModel, tmp_path: Path
) -> None:
    text = json.dumps(model_to_document(small), indent=indent)

    assert load_model_source([written(tmp_path / "m.json", text)]).model == small


def test_a_fault_in_a_json_file_has_line_path_and_sentence(
    small: MaturityModel, tmp_path: Path, refused: Refused
) -> None:
    document = model_to_document(small)
    document["levels"][1]["level"] = True
    document["dimensions"][0]["areas"][0]["name"]["en"] = 3
    path = written(tmp_path / "m.json", json.dumps(document, indent=2))

    assert refused(lambda: read_model_json(path)) == [
        "line 32: levels.1.level: True is not a whole number.",
        "line 79: dimensions.0.areas.0.name.en: A text is expected here.",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"id": "a",\n}', "line 2: This is not readable as JSON"),
        ('{"id": "a", "id": "b"}', "The key id appears twice."),
        ("[" * 100_000, "The values are nested more than 20 deep"),
        ("[" + "1" * 5_000 + "]", "The values are nested more than 20 deep"),
        ("[" * 21 + "]" * 21, "The values are nested more than 20 deep"),
        ("[" + "1," * 60_000 + "1]", "The file has more than 50000 values"),
        ('{"id": "\\ud800"}', "The text has an invisible control character or half a character."),
        ('{"\\ud800": 1}', "The text has an invisible control character or half a character."),
        ("null", "The file is empty."),
        ("[]", "Keys with values are expected here"),
    ],
)
def test_hostile_json_is_refused_in_sentences(
    content: str, expected: str, tmp_path: Path, refused: Refused
) -> None:
    lines = refused(lambda: read_model_json(written(tmp_path / "m.json", content)))

    assert any(expected in line for line in lines), lines


def test_nothing_is_told_twice_or_about_parts_that_were_not_read(
    tmp_path: Path, refused: Refused
) -> None:
    path = written(tmp_path / "m.json", "[" * 21 + "]" * 21)

    assert len(refused(lambda: read_model_json(path))) == 1


def test_a_model_inside_another_file_is_checked_too(small: MaturityModel, refused: Refused) -> None:
    document: dict[str, Any] = model_to_document(small)

    assert model_from_foreign_document(document, "session.json") == small
    document["levels"] = []
    lines = refused(lambda: model_from_foreign_document(document, "session.json"))
    assert lines[0].startswith("levels: There are too few entries: 0; at least 2")


def test_an_absurd_level_number_is_refused_at_once(
    small: MaturityModel, tmp_path: Path, refused: Refused
) -> None:
    document = model_to_document(small)
    document["levels"][0]["level"] = 199_999_999_999
    path = written(tmp_path / "m.json", json.dumps(document))

    assert refused(lambda: read_model_json(path)) == [
        "line 1: levels.0.level: 199999999999 is too large; the largest possible number is 10."
    ]


def test_null_counts_as_left_out(small: MaturityModel, tmp_path: Path) -> None:
    document = {**model_to_document(small), "prerequisites": None}
    path = written(tmp_path / "m.json", json.dumps(document))

    assert read_model_json(path).prerequisites == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_json_file_is_read_or_refused_in_sentences(
    data: st.DataObject, small: MaturityModel, tmp_path: Path, answer: Callable[..., object]
) -> None:
    content = model_to_json(small).encode("utf-8")
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 30))
    path = tmp_path / "m.json"
    path.write_bytes(content[:start] + data.draw(st.binary(max_size=5)) + content[start + length :])

    assert answer(lambda: read_model_json(path))
