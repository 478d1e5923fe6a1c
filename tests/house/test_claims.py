"""No text that people read claims significance or proof, or ranks anyone."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.claims import claims_in

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "app" / "words" / "locale"
DOCS = ("command-line", "json", "workbook")
SAMPLES = ("sample.toml", "sample_large.toml")
DOCUMENTS = ("README.md", "CHANGELOG.md", *(f"docs/{name}.md" for name in DOCS))


def catalogue_texts(language: str) -> Iterator[str]:
    """Every text of a catalogue, plurals one by one; English ones are the ids."""
    file = LOCALE / language / "LC_MESSAGES" / "stufenplan.po"
    for message in read_po(io.BytesIO(file.read_bytes()), locale=language):
        for texts in (message.string, message.id if language == "en" else ""):
            yield from texts if isinstance(texts, tuple | list) else (texts,)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_catalogues_claim_nothing_that_levels_do_not_say(language: str) -> None:
    texts = list(catalogue_texts(language))
    assert len(texts) > 1000
    assert {text: found for text in texts if (found := claims_in(text, language))} == {}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_users_read_about_the_program_claims_nothing_either(document: str) -> None:
    assert claims_in((ROOT / document).read_text(encoding="utf-8"), "en") == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_sample_sets_the_example(sample: str, language: str) -> None:
    def texts(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from [part[language]] if isinstance(part.get(language), str) else []
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from texts(each)

    content = tomllib.loads((ROOT / "app" / sample).read_text(encoding="utf-8"))
    found = list(texts(content))
    assert len(found) > 40
    assert {text: claims for text in found if (claims := claims_in(text, language))} == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A significant rise."), ("en", "This proves progress."), ("en", "It is proven."),
        ("en", "The best team is A."), ("en", "Ranked by average"), ("en", "Top 3"),
        ("en", "Team A is better than team B."),
        ("de", "Ein signifikanter Anstieg."), ("de", "Das beweist den Fortschritt."),
        ("de", "Das belegt, dass es besser wurde."), ("de", "Rangliste der Teams"),
        ("de", "Platz 1"), ("de", "Das beste Team"), ("de", "Das Team ist besser als zuvor."),
    ],
)  # fmt: skip
def test_a_claim_is_found(language: str, text: str) -> None:
    assert claims_in(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Levels can improve; nothing is ranked."), ("en", "Choose the approved file."),
        ("en", "The figures are not a ranking of teams."), ("en", "Best plan"),
        ("de", "Einigkeit allein belegt nicht, dass sie stimmt."), ("de", "Keine Rangliste"),
        ("de", "Der Anfang"), ("de", "Nachweis liegt vor"),
    ],
)  # fmt: skip
def test_a_denial_or_another_word_is_no_claim(language: str, text: str) -> None:
    assert claims_in(text, language) == []
