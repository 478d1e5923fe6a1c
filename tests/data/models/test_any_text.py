"""Any text in a model survives writing and reading, or is rejected with its location."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.errors import InvalidFile
from app.model.codec import model_to_document
from app.model.maturity_model import LocalText, MaturityModel
from app.words.characters import first_control_or_half
from app.words.texts import Translator
from data.models import load_model_source, model_to_yaml
from data.models.builtin import builtin_model

texts = st.text(
    st.characters(codec=None)  # lone surrogates too
    | st.sampled_from("\t\n\r\x00\x07\x1b\x7f\x85\xa0\xad\u2028\ufeff\ufffe\uffff\ufdd0\U0001fffe")
    | st.sampled_from("ab :-#&*!|>%@`'\"[]{},?\\"),
    max_size=60,
).map(lambda text: text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass"))
PLACE = "dimensions.0.areas.0.question.de"


def with_text(text: str) -> MaturityModel:
    area = dataclasses.replace(
        builtin_model().areas[0], question=LocalText.of(de=text), levels=(), actions=()
    )
    dimension = dataclasses.replace(builtin_model().dimensions[0], areas=(area,))
    return dataclasses.replace(
        builtin_model(), dimensions=(dimension,), prerequisites=(), efforts=(), roles=(), sources=()
    )


def as_json(model: MaturityModel) -> str:
    return json.dumps(model_to_document(model), ensure_ascii=False)


def as_escaped_json(model: MaturityModel) -> str:
    return json.dumps(model_to_document(model), ensure_ascii=True)


@pytest.mark.parametrize(
    ("write", "name"),
    [(model_to_yaml, "m.yaml"), (as_json, "m.json"), (as_escaped_json, "m.json")],
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
@example(text="\ufffe")
@example(text="a\n\uffff\r\nb")
@example(text="bell\x07")
@example(text="half \ud800")
@example(text="next\x85line")
def test_a_model_survives_writing_or_its_text_is_refused_at_its_place(
    write: Callable[[MaturityModel], str],
    name: str,
    tmp_path: Path,
    english: Translator,
    text: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(write(with_text(text)).encode("utf-8", "surrogatepass"))

    if not any(map(first_control_or_half, text)):
        read = load_model_source([path]).model.areas[0].question.as_dict().get("de", "")
        assert read == unicodedata.normalize("NFC", text.lstrip("\n").rstrip())
    else:
        with pytest.raises(InvalidFile) as caught:
            load_model_source([path])
        assert any(named_in(line, text) for line in caught.value.lines(english))


def named_in(line: str, text: str) -> bool:
    """True if the line names the place of the text, or its line and the character itself."""
    return (
        f"{PLACE}: The text has an invisible control character or half a character." in line
        or any(f"character {code} is not" in line for code in map(first_control_or_half, text))
        or "This is not a text file." in line
        or "The text is not in UTF-8" in line
    )


@pytest.mark.parametrize(("ending", "code"), [("yaml", "U+FFFE"), ("md", "U+FFFF")])
def test_a_character_yaml_cannot_hold_is_named_with_its_line(
    ending: str, code: str, tmp_path: Path, english: Translator
) -> None:
    path = tmp_path / f"level-1.{ending}"
    path.write_text(f"# Level 1\n## {chr(int(code[2:], 16))}\n", encoding="utf-8")

    with pytest.raises(InvalidFile) as caught:
        load_model_source([path])

    (line,) = caught.value.lines(english)
    assert line.startswith("line 2: ")
    assert line.endswith(f"The invisible control character {code} is not allowed in a text.")
