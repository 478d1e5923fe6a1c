"""The canonical form of a model is lossless and stable."""

from __future__ import annotations

import dataclasses
import json
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidFile
from app.model.codec import (
    model_digest,
    model_from_document,
    model_from_json,
    model_to_document,
    model_to_json,
)
from app.model.maturity_model import (
    Action,
    Area,
    Dimension,
    Indicator,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
    NamedEntry,
    Prerequisite,
    Source,
)

LANGUAGES = ("de", "en", "pt-BR")

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=0, max_size=30
).map(lambda text: unicodedata.normalize("NFC", text))
ids = st.text(string.ascii_lowercase + string.digits + ".-", min_size=1, max_size=12)
texts = st.dictionaries(st.sampled_from(LANGUAGES), words).map(
    lambda found: LocalText(tuple((code, found[code]) for code in LANGUAGES if code in found))
)
numbers = st.integers(0, 10)
optional_ids = st.none() | ids


def tuples_of(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


entries = st.builds(NamedEntry, ids, texts)
descriptions = st.builds(
    LevelDescription, numbers, texts, texts, tuples_of(st.builds(Indicator, ids, texts))
)
actions = st.builds(Action, ids, numbers, numbers, texts, optional_ids, optional_ids)
areas = st.builds(
    Area, ids, texts, texts, texts, tuples_of(words), tuples_of(descriptions), tuples_of(actions)
)
models = st.builds(
    MaturityModel,
    id=ids,
    content_version=words,
    languages=st.just(LANGUAGES),
    name=texts.filter(lambda text: bool(text.by_language)),
    levels=tuples_of(st.builds(Level, numbers, texts, texts)),
    dimensions=tuples_of(st.builds(Dimension, ids, texts, texts, tuples_of(words),
                                   tuples_of(areas))),
    description=texts,
    sources=tuples_of(st.builds(Source, words, words, words, words)),
    efforts=tuples_of(entries),
    roles=tuples_of(entries),
    prerequisites=tuples_of(
        st.builds(Prerequisite, ids, ids, numbers, ids, numbers, texts)
    ),
)  # fmt: skip


@pytest.fixture
def model() -> MaturityModel:
    area = Area(
        id="people.teams",
        name=LocalText.of(de="Teams", en="Teams"),
        label=LocalText.of(de="Teams", en="Teams"),
        levels=(LevelDescription(2, summary=LocalText.of(de="Größe", en="Size")),),
    )
    return MaturityModel(
        id="small",
        content_version="1",
        languages=("de", "en"),
        name=LocalText.of(de="Klein", en="Small"),
        levels=tuple(Level(number, LocalText.of(de=f"Stufe {number}")) for number in (1, 2)),
        dimensions=(Dimension("people", LocalText.of(de="Menschen"), areas=(area,)),),
    )


@given(models)
def test_a_model_comes_back_equal_from_its_document_and_from_its_json_text(
    any_model: MaturityModel,
) -> None:
    assert model_from_document(model_to_document(any_model)) == any_model
    assert model_from_json(model_to_json(any_model)) == any_model


def test_the_json_text_does_not_depend_on_the_order_of_keys(model: MaturityModel) -> None:
    document = model_to_document(model)
    reversed_document = dict(reversed(document.items()))
    reversed_document["name"] = dict(reversed(document["name"].items()))

    again = model_from_document(reversed_document)

    assert again == model
    assert model_digest(again) == model_digest(model)


def test_the_json_text_is_in_unicode_form_nfc(model: MaturityModel) -> None:
    decomposed = dataclasses.replace(model, name=LocalText.of(de="Reifegrad fu\u0308r Teams"))

    assert "f\u00fcr" in model_to_json(decomposed)
    assert json.loads(model_to_json(decomposed))["name"]["de"] == "Reifegrad für Teams"


def test_a_changed_word_changes_the_fingerprint(model: MaturityModel) -> None:
    changed = dataclasses.replace(model, description=LocalText.of(de="Neu"))

    assert model_digest(changed) != model_digest(model)
    assert len(model_digest(model)) == 64


@pytest.mark.parametrize(
    "damage",
    [
        {"dimensions": None},
        {"levels": [{}]},
        {"languages": 3},
        {"name": ["a"]},
        {"format_version": 2},
        {"dimensions": [{"id": "d"}]},
        {"sources": [{}]},
    ],
)
def test_a_damaged_stored_model_is_refused_with_a_sentence(
    model: MaturityModel, damage: dict[str, object]
) -> None:
    with pytest.raises(InvalidFile, match="incomplete or damaged"):
        model_from_document({**model_to_document(model), **damage})


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "{}"])
def test_a_text_that_is_no_model_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidFile, match="incomplete or damaged"):
        model_from_json(text)
