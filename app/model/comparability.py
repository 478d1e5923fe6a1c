"""Comparability of two sessions: which areas have identical level texts."""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from app.model.maturity_model import Area, LevelDescription, LocalText, MaturityModel
from app.session.compact_json import compact_json
from app.words.plain_text import text_blocks

Said = tuple[str, str]
"""Kind and text of a sentence: ``short``, ``summary`` or ``indicator``."""

Texts = dict[str, list[Said]]
"""The sentences of one level by language."""


def comparable_area_ids(
    now: MaturityModel, earlier: MaturityModel, languages: Iterable[str]
) -> frozenset[str]:
    """Areas that are comparable in both models: same id, same texts, same scale.

    ``languages`` are those the two sessions ran in, today's first. Only for these areas may a
    difference to an earlier session be shown (``decisions.md`` 21).
    """
    if now is earlier:  # the usual case: a library keeps each model once
        return frozenset(area.id for area in now.areas)
    if not have_same_scale(now, earlier):
        return frozenset()
    ran_in = tuple(dict.fromkeys(languages))
    return frozenset(
        area.id
        for area in now.areas
        if earlier.has_area(area.id) and asks_the_same(area.id, now, earlier, ran_in)
    )


def asks_the_same(
    area_id: str, now: MaturityModel, earlier: MaturityModel, ran_in: Sequence[str]
) -> bool:
    """True if an area of both models has the same texts; see :func:`says_the_same`."""
    area, other = (_as_read(model.area(area_id), model) for model in (now, earlier))
    return says_the_same(area, other, ran_in)


def area_digest(model: MaturityModel, area_id: str, language: str) -> str:
    """SHA-256 of all level texts of an area as a group reads them in a language.

    Differences that leave the meaning alone do not count; see :func:`says_the_same`. Nor do texts
    in another language, unless this one has none.
    """
    area = _as_read(model.area(area_id), model)
    read = [[each.level, *_read_in(language, each)] for each in area.levels]
    return _digest(sorted(level for level in read if len(level) > 1))


def _read_in(language: str, description: LevelDescription) -> Sequence[Said]:
    return _normalised([(kind, text.in_language(language)) for kind, text in _slots(description)])


def scope_digest(scope: str) -> str:
    """SHA-256 of a scope text, without regard to case."""
    return _digest(normalised_text(scope).casefold())


def _digest(content: object) -> str:
    return hashlib.sha256(compact_json(content).encode()).hexdigest()


class Obstacle(StrEnum):
    """Why an earlier level is not comparable."""

    SCALE = "scale"
    """The models have other levels."""

    AREA = "area"
    """The model of today has no such area."""

    TEXTS = "texts"
    """The level texts differ."""


def obstacle_to(area_id: str, now: MaturityModel, earlier: MaturityModel) -> Obstacle:
    """Why an area of the earlier model that is not comparable is not."""
    if not have_same_scale(now, earlier):
        return Obstacle.SCALE
    return Obstacle.TEXTS if now.has_area(area_id) else Obstacle.AREA


def have_same_scale(now: MaturityModel, earlier: MaturityModel) -> bool:
    """True if both models have the same levels."""
    return [level.number for level in now.levels] == [level.number for level in earlier.levels]


def _as_read(area: Area, model: MaturityModel) -> Area:
    """The area with the description of each level for which it has no text of its own."""
    general = [
        LevelDescription(level.number, short=text)
        for level in model.levels
        if (text := model.general_text(area.id, level.number))
    ]
    if not general:
        return area
    own = (each for each in area.levels if not each.is_empty)
    return dataclasses.replace(area, levels=(*own, *general))


def says_the_same(area: Area, other: Area, ran_in: Sequence[str]) -> bool:
    """True if two areas ask the same of a group that read them in one of these languages.

    Compared are the short sentence, the summary and the indicators of every level, language by
    language (``decisions.md`` 35), so that adding a language changes nothing. Ids, names,
    questions and actions do not count, nor does what leaves the meaning alone: Unicode form
    (NFC), white space, Markdown marks, the order of languages, empty texts and levels.
    """
    if area.levels == other.levels:
        return True
    texts, other_texts = _texts_by_level(area), _texts_by_level(other)
    verdicts = [
        _is_same_level(texts.get(level, {}), other_texts.get(level, {}), ran_in)
        for level in texts.keys() | other_texts.keys()
    ]
    return not verdicts or (True in verdicts and False not in verdicts)


def _is_same_level(texts: Texts, other_texts: Texts, ran_in: Sequence[str]) -> bool | None:
    """True if the texts of a level are the same; ``None`` where nothing can be compared.

    The languages of the sessions decide where both have a text in them, otherwise the first
    language that both have. Without one, a text in a language of the sessions is new or gone;
    a text in any other language is an added one and says nothing.
    """
    common = [language for language in texts if language in other_texts]
    deciding = [language for language in ran_in if language in common] or common[:1]
    if deciding:
        return all(_are_same(texts[each], other_texts[each]) for each in deciding)
    is_new_or_gone = any(language in texts or language in other_texts for language in ran_in)
    return False if is_new_or_gone else None


def _are_same(texts: Sequence[Said], others: Sequence[Said]) -> bool:
    """True if the texts are the same; equal ones, the usual case, are found quickly."""
    return texts == others or _normalised(texts) == _normalised(others)


def _normalised(texts: Sequence[Said]) -> list[Said]:
    return [(kind, said) for kind, text in texts if (said := normalised_text(text))]


@lru_cache(4096)
def normalised_text(text: str) -> str:
    """The text as it is shown, in Unicode form NFC, white space collapsed.

    Signs that a reader sees count: ``> 90 %`` is not ``90 %``. Bullets and numbers of lists do not.
    """
    blocks = text_blocks(unicodedata.normalize("NFC", text))
    shown = " ".join(block.text.removeprefix(block.number) for block in blocks)
    return " ".join(shown.split())


def _texts_by_level(area: Area) -> dict[int, Texts]:
    """The texts of every level that has one."""
    texts = {each.level: _texts_by_language(each) for each in area.levels}
    return {level: by_language for level, by_language in texts.items() if by_language}


def _texts_by_language(description: LevelDescription) -> Texts:
    """Texts of a level by language; languages without any text are omitted."""
    found: Texts = {}
    for kind, text in _slots(description):
        for language, said in text.by_language:
            if said.strip():
                found.setdefault(language, []).append((kind, said))
    return found


def _slots(description: LevelDescription) -> list[tuple[str, LocalText]]:
    """Kind and text of everything that a level says."""
    slots = [("short", description.short), ("summary", description.summary)]
    return slots + [("indicator", indicator.text) for indicator in description.indicators]
