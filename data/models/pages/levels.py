"""Finds the level that a title, a heading or a file name states, in many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = (
    # European languages; German and Dutch compounds such as Ausbaustufe count, too
    r"level|lvl|stage|tier|[^\W\d_]*stufe|(?:reife)?grad|[^\W\d_]*niveau|stade|palier"
    r"|étape|etape|nivel|nível|etapa|estadio|estágio|livello|stadio|nivell|nivå|taso|poziom"
    r"|úroveň|szint|nivelul|razina|stopnja|nivo|tase|lygis|līmenis|επίπεδο"
    r"|уровень|стадия|этап|ступень|рівень|ниво|seviye|düzey|aşama|cấp độ|cấp|mức|tingkat|tahap"
    # other scripts
    r"|级别|級別|等级|等級|层级|層級|阶段|階段|レベル|ステージ|段階|레벨|단계|수준|등급"
    r"|المستوى|مستوى|רמה|שלב|स्तर|ระดับ"
)
_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "zero null zéro cero nul 零 〇",
            "one eins un une uno um een één 一",
            "two zwei deux dos due dois twee 二",
            "three drei trois tres tre três drie 三",
            "four vier quatre cuatro quattro quatro 四",
            "five fünf cinq cinco cinque vijf 五",
            "six sechs seis sei zes 六",
            "seven sieben sept siete sette sete zeven 七",
            "eight acht huit ocho otto oito 八",
            "nine neun neuf nueve nove negen 九",
            "ten zehn dix diez dieci dez tien 十",
        )
    )
    for word in words.split()
}
_ROMAN = dict(
    zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), range(1, 11), strict=True)
)
_IN_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_NUMBER = (
    rf"(?:\d{{1,9}}(?![\d]|[.,]\d)|(?-i:{'|'.join(reversed(_ROMAN))})(?!\w)"
    rf"|(?:{_IN_WORDS})(?![^\W\d_]))"
)
_NUMBER_CJK = rf"(?:\d{{1,9}}|[{''.join(word for word in _NUMBER_WORDS if len(word) == 1)}])"
_OF_MATURITY = (
    r"(?:\s+(?:of\s+maturity|de\s+(?:la\s+)?maturité|de\s+(?:la\s+)?madurez|di\s+maturità"
    r"|de\s+maturidade|der\s+reife|de\s+maduresa|зрелости|dojrzałości))?"
)
_BETWEEN = rf"{_OF_MATURITY}[\s_:：#.\-–—(\[]*(?:(?:no|nr|n[°º]|№)\.?\s*)?"
_LABEL = re.compile(
    rf"(?:第\s*(?P<counted>{_NUMBER_CJK})\s*(?:{_WORDS}|级|級))"
    rf"|(?:(?<![\w.,])(?P<ordinal>\d{{1,2}})(?:st|nd|rd|th|\.º|\.|er|re|ère|e|ème|º|ª)\s*(?:{_WORDS})"
    rf"(?![\w-]))"
    rf"|(?:(?:(?<![^\W\d_])|(?<={_CJK}))(?:maturity\s+|成熟度)?(?:{_WORDS}){_BETWEEN}(?P<number>{_NUMBER}))"
    r"|(?:(?<![\w.])M?L(?P<short>\d)(?![\w.]\w|\w))",
    re.IGNORECASE,
)
PLURAL_WORDS = (
    r"(?:levels|stages|tiers|[^\W\d_]*stufen|reifegrade|niveaus|niveaux|stades|étapes|niveles"
    r"|etapas|livelli|stadi|níveis|estágios|nivells|nivåer|级别|等级|阶段|レベル|段階)"
)
_RANGE_WORDS = (
    r"(?:to|through|thru|bis|und|and|or|oder|et|ou|à|a|y|e|o|en|tot|t/m|hasta|até|fino a|do|до"
    r"|[&+~〜至到]|から)"
)
_WORD_AGAIN = rf"(?:{_WORDS}|第|M?L)"
_NEXT = rf"(?P<next>{_NUMBER})"
_MORE_LEVELS = tuple(
    re.compile(rf"\s*{pattern}", re.IGNORECASE)
    for pattern in (
        rf"{_RANGE_WORDS}\s*{_WORD_AGAIN}?\s*{_NEXT}",
        rf"(?:[-–—,/]|\.{{2,3}}|…)\s*{_WORD_AGAIN}\s*{_NEXT}",
        r"(?<=\d)[-–—](?P<next>\d{1,2})(?!\d)",
        rf"(?<=[IVX])\s?[-–—]\s?(?P<next>(?-i:{'|'.join(reversed(_ROMAN))}))(?![\w-])",
        r"(?:[-–—,]|\.{2,3}|…)\s*(?P<next>\d{1,2})\s*(?:$|[):\],–—-]|(?:und|and|et|y|e|en)\b)",
    )
)
_PLURAL = re.compile(rf"(?<![^\W\d_]){PLURAL_WORDS}{_BETWEEN}(?P<number>{_NUMBER})", re.IGNORECASE)
_OF_HOW_MANY = re.compile(r"^\s*(?:of|von|de|di|van|/)\s*\d{1,2}\b", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"(\d{1,2})(?:[ _.–-]+[^\W\d_]|\s*$)")
_PHASE = re.compile(
    rf"[\W_]*(?P<phase>(?:phase|fase)\s+(?P<number>\d{{1,2}}|(?-i:{'|'.join(reversed(_ROMAN))})))"
    r"(?![\w.,]\w|\w)(?P<rest>.*)",
    re.IGNORECASE,
)
_EDGE_SIGNS = " \t-–—:.,;|/()[]#，。、：；（）【】·*_\\"


MAX_LENGTH = 300
"""So much of a title is looked at; headings are cut there, too."""


@dataclass(frozen=True, slots=True)
class Label:
    """A stated level and its place in the text: ``Level 3`` in ``Model, Level 3: Scale``."""

    number: int
    start: int
    end: int


def find_label(text: str) -> Label | None:
    """The first level a text states; none for several levels such as ``Level 1 to 5``.

    A number counts only beside a word for level in one of many languages, or as ``L3``. Versions
    (``2.0``), names (``S2C2F``) and other numbers (``client 7``) state no level.
    """
    found = _LABEL.search(text, 0, MAX_LENGTH)
    if found is None or _goes_on(text, found):
        return None
    return Label(_value(_stated(found)), found.start(), found.end())


def states_several(text: str) -> bool:
    """True for a title of several levels, such as ``Levels 1 to 5`` or ``Stufe 1 und 2``."""
    found = _LABEL.search(text, 0, MAX_LENGTH) or _PLURAL.search(text, 0, MAX_LENGTH)
    return found is not None and _goes_on(text, found)


def starts_with_several(text: str) -> bool:
    """True for a text that begins with several levels."""
    found = _LABEL.match(text) or _PLURAL.match(text)
    return found is not None and _goes_on(text, found)


def _stated(label: re.Match[str]) -> str:
    return str(next(filter(None, label.groups())))


def _goes_on(text: str, label: re.Match[str]) -> bool:
    """True if another level follows; the same one may, as in ``Stufe 1 / Level 1``.

    Both are digits or neither is, since words such as *un* and *one* are articles, too.
    """
    stated = _stated(label)
    found = (pattern.match(text, label.end()) for pattern in _MORE_LEVELS)
    others = (each["next"] for each in found if each)
    return any(
        each.isdecimal() == stated.isdecimal() and _value(each) != _value(stated) for each in others
    )


def phase_as_level(text: str) -> str:
    """``Phase 2: Run`` as ``Level 2: Run``; any other text as it is.

    A phase may be one of a project, so it counts only where nothing else states a level.
    """
    found = _PHASE.fullmatch(text)
    if found is None:
        return text
    name = without_edges(found["rest"]) or found["phase"]
    return f"Level {_value(found['number'])}: {name}"


def level_in_name(name: str) -> int | None:
    """The level stated by a file or folder name without its ending."""
    label = find_label(name.replace("_", " "))
    return label.number if label else None


def leading_number(name: str) -> int | None:
    """The number a name consists of or begins with, such as ``3`` or ``03-scale``."""
    found = _LEADING_NUMBER.match(name)
    return int(found[1]) if found else None


def name_beside(text: str) -> str:
    """A title without the level: ``Level 5 - Optimise`` gives ``Optimise``.

    What follows the level counts, else what precedes it.
    """
    label = find_label(text)
    if label is None:
        return text.strip(_EDGE_SIGNS) if any(map(str.isalpha, text)) else ""
    before, after = text[: label.start], _OF_HOW_MANY.sub("", text[label.end :])
    is_in_brackets = before.rstrip().endswith(("(", "（", "["))
    parts = (before, after) if is_in_brackets else (after, before)
    cleaned = (" ".join(part.split()).strip(_EDGE_SIGNS) for part in parts)
    return next((part for part in cleaned if any(map(str.isalpha, part))), "")


def name_before(text: str) -> str:
    """The words before the level in a title, such as the name of the model."""
    label = find_label(text)
    return without_edges(text[: label.start]) if label else ""


def without_edges(text: str) -> str:
    """A text without spaces, dashes, brackets and other signs at its ends."""
    return text.strip(_EDGE_SIGNS)


def _value(stated: str) -> int:
    if stated.isdecimal():
        return int(stated)
    return _ROMAN.get(stated) or _NUMBER_WORDS[stated.casefold()]
