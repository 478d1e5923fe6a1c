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
_NUMBER = rf"(?:\d{{1,9}}(?![\d]|[.,]\d)|(?-i:[IVX]{{1,4}})(?!\w)|(?:{_IN_WORDS})(?![^\W\d_]))"
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
    r"|(?:(?<![\w.])L(?P<short>\d)(?![\w.]\w|\w))",
    re.IGNORECASE,
)
_MORE_LEVELS = re.compile(
    rf"\s*(?:(?:to|bis|und|and|or|oder|et|à|a|y|e|en|tot|до|&|\+|~|〜|至|到|から)\s*(?:{_WORDS})?\s*\d"
    rf"|(?:-|–|—|\.{{2,3}}|…)\s*(?:{_WORDS})\s*\d"
    r"|(?<=\d)[-–—]\d{1,2}(?!\d)"
    r"|(?:-|–|—|\.{2,3}|…|,)\s*\d{1,2}\s*(?:$|[):\]|,–—-]|(?:und|and|et|y|e|en)\b))",
    re.IGNORECASE,
)
_OF_HOW_MANY = re.compile(r"^\s*(?:of|von|de|di|van|/)\s*\d{1,2}\b", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"(\d{1,2})(?:[ _.–-]+[^\W\d_]|\s*$)")
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
    if found is None or _MORE_LEVELS.match(text, found.end()):
        return None
    stated = found["counted"] or found["ordinal"] or found["number"] or found["short"]
    return Label(_value(stated), found.start(), found.end())


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
