"""Comparability of two sessions: which areas have identical level texts."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from app.model.maturity_model import Area, LevelDescription, LocalText, MaturityModel
from app.words.plain_text import text_blocks

_REMAINING_MARK = re.compile(r"^(?:#+|>|\d{1,9}[.)])(?:\s+|$)|[*`]+")


def area_text_digest(area: Area) -> str:
    """Fingerprint of an area's level texts: SHA-256, 64 hexadecimal digits.

    Two areas with the same fingerprint ask the same of a group, so their levels can be compared
    (``method.md`` 10). Counted are the short sentence, the summary and the indicators of every
    level in ascending order, in all languages. Not counted are ids, names, questions and actions,
    nor what does not change the meaning: Unicode form (NFC), white space, Markdown marks, the
    order of languages, empty texts and levels without any text.
    """
    said = [
        _description_texts(description)
        for description in sorted(area.levels, key=lambda description: description.level)
        if not description.is_empty
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def comparable_area_ids(now: MaturityModel, earlier: MaturityModel) -> frozenset[str]:
    """Areas that are comparable in both models: same id, same texts, same scale.

    Only for these may a difference to an earlier session be shown (``decisions.md`` 21).
    """
    if [level.number for level in now.levels] != [level.number for level in earlier.levels]:
        return frozenset()
    return frozenset(
        area.id
        for area in now.areas
        if earlier.has_area(area.id) and _says_the_same(area, earlier.area(area.id))
    )


def _says_the_same(area: Area, other: Area) -> bool:
    """True if the texts are the same; equal levels, the usual case, are found quickly."""
    return area.levels == other.levels or area_text_digest(area) == area_text_digest(other)


def normalised_text(text: str) -> str:
    """The text in Unicode form NFC, without any Markdown marks, white space collapsed.

    For comparing only: signs that a reader needs to see are taken off too.
    """
    blocks = text_blocks(unicodedata.normalize("NFC", text))
    return " ".join(" ".join(_REMAINING_MARK.sub("", block.text) for block in blocks).split())


def _description_texts(description: LevelDescription) -> list[object]:
    return [
        description.level,
        _language_texts(description.short),
        _language_texts(description.summary),
        [_language_texts(indicator.text) for indicator in description.indicators],
    ]


def _language_texts(text: LocalText) -> list[list[str]]:
    normalised = sorted((code, normalised_text(said)) for code, said in text.by_language)
    return [[code, said] for code, said in normalised if said]
