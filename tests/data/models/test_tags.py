"""Language tags in model files: any of BCP 47, in any case, also those that are keys."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from app.model.codec import model_to_document
from app.model.maturity_model import LocalText, MaturityModel
from data.models import load_model_source, model_to_yaml


def read_with(files: Path, path: Path, german: str, english: str) -> MaturityModel:
    """The small model with other codes instead of ``de`` and ``en``, read from a file."""
    text = (files / "two-languages.yaml").read_text(encoding="utf-8")
    text = text.replace("[de, en]", f"[{german}, {english}]")
    for old, new in (("de", german), ("en", english)):
        for before in ("{", " "):
            text = text.replace(f"{before}{old}: ", f"{before}{new}: ")
    path.write_text(text, encoding="utf-8")
    return load_model_source([path]).model


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("de-CH-1996", "en-GB-oed"),
        ("gsw", "zh-Hant-TW"),
        ("x-house", "i-klingon"),
        ("de-DE-u-co-phonebk", "es-419"),
    ],
)
def test_any_language_tag_is_a_language(
    files: Path, tmp_path: Path, german: str, english: str
) -> None:
    model = read_with(files, tmp_path / "model.yaml", german, english)

    assert model.languages == (german, english)
    assert model.areas[0].name.in_language(english) == "Skills"
    assert model.roles[0].text.in_language(german) == "Leitung"


def test_upper_and_lower_case_of_a_tag_do_not_count(files: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    read_with(files, path, "pt-BR", "zh-Hant")
    mixed = path.read_text(encoding="utf-8").replace("[pt-BR, zh-Hant]", "[PT-br, zh-HANT]")
    path.write_text(mixed.replace("name: {pt-BR: K", "name: {pt-br: K"), encoding="utf-8")

    model = load_model_source([path]).model

    assert model.languages == ("pt-BR", "zh-Hant")
    assert model.areas[0].name.as_dict() == {"pt-BR": "Können", "zh-Hant": "Skills"}


def in_language(value: Any, code: str) -> Any:
    """A part of a model with another code instead of ``de``."""
    if isinstance(value, LocalText):
        return LocalText(
            tuple((code if key == "de" else key, said) for key, said in value.by_language)
        )
    if isinstance(value, tuple):
        return tuple(in_language(each, code) for each in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    parts = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    return dataclasses.replace(
        value, **{key: in_language(each, code) for key, each in parts.items()}
    )


@pytest.mark.parametrize("code", ["id", "to"])
@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_a_language_called_like_a_key_stands_under_texts(
    files: Path, tmp_path: Path, ending: str, code: str
) -> None:
    german = load_model_source([files / "two-languages.yaml"]).model
    model = dataclasses.replace(in_language(german, code), languages=(code, "en"))
    written = tmp_path / f"model.{ending}"
    is_yaml = ending == "yaml"
    content = model_to_yaml(model) if is_yaml else json.dumps(model_to_document(model))
    written.write_text(content, encoding="utf-8")

    assert model_to_document(model)["efforts"] == [
        {"id": "S", "texts": {code: "Klein", "en": "Small"}}
    ]
    assert load_model_source([written]).model == model
