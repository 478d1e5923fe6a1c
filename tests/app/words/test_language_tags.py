"""Language tags: which are well-formed, and how they are written."""

from __future__ import annotations

import pytest

from app.words.language_tags import canonical_tag, is_language_tag


@pytest.mark.parametrize(
    "tag",
    [
        "de", "DE", "gsw", "pt-BR", "zh-Hant-TW", "zh-yue-HK", "sl-rozaj-biske-1994", "de-1996",
        "es-419", "de-CH-u-co-phonebk", "en-a-bbb-x-a-ccc", "x-house-style", "i-klingon",
        "en-GB-oed", "sgn-BE-FR", "id", "to", "de-x-a",
    ],
)  # fmt: skip
def test_well_formed_tags(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "text",
    ["", "d", "deutsch", "English", "de_DE", "de-", "-de", "de--AT", "de\n", "dé", "de-u", "x-",
     "zh-Hant-Hans", "de-toolongvariant", "12", "de-A T"],
)  # fmt: skip
def test_other_texts_are_no_tags(text: str) -> None:
    assert not is_language_tag(text)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("PT-br", "pt-BR"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("DE-ch-U-CO-PHONEBK", "de-CH-u-co-phonebk"),
        ("X-AB-abcd", "x-ab-abcd"),
        ("sl-ROZAJ", "sl-rozaj"),
        ("EN", "en"),
    ],
)
def test_a_tag_is_written_in_its_usual_case(tag: str, written: str) -> None:
    assert canonical_tag(tag) == written
