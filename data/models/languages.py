"""Recognises the language of published pages: front matter, folder, script, frequent words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.words.language_tags import canonical_tag, is_language_tag

_TABLE = json.loads(Path(__file__).with_name("language_words.json").read_text(encoding="utf-8"))
_CODES = frozenset(_TABLE["codes"].split())
"""The two-letter codes of ISO 639."""

_CODE_BY_NAME: Mapping[str, str] = _TABLE["names"]
"""Languages by their names in folders and front matter."""

_ENGLISH_WORDS = frozenset(_TABLE["english_words"].split())
"""Codes that mean a language only as the whole name of a folder."""

_LANGUAGES_BY_WORD: dict[str, set[str]] = {}
"""The languages a word is frequent in."""

for _code, _words in _TABLE["words"].items():
    for _word in _words.split():
        _LANGUAGES_BY_WORD.setdefault(_word, set()).add(_code)

_LANGUAGES_BY_LEVEL_WORD: dict[str, set[str]] = {}
for _code, _words in _TABLE["level_words"].items():
    for _word in _words.split():
        _LANGUAGES_BY_LEVEL_WORD.setdefault(_word, set()).add(_code)

FRONT_MATTER_KEYS = ("language", "lang", "locale", "languageCode")
"""Keys of front matter that name the language of a page."""

_NO_PROSE = re.compile(
    r"^(?:```|~~~).*?(?:^(?:```|~~~)|\Z)|`[^`\n]*`|<[^<>]*>|\{\{[^{}]*\}\}|https?://\S+"
    r"|[^\s@]{1,64}@\S+",
    re.MULTILINE | re.DOTALL,
)
_WORD = re.compile(r"(?!(?<!\w)[b-df-hj-np-tv-xz](?![\w'’]))[^\W\d_]+", re.IGNORECASE)
"""A consonant by itself is a word only before an apostrophe; elsewhere it names something."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_SCRIPTS = {
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "th": re.compile(r"[\u0e01-\u0e4e]"),
    "ka": re.compile(r"[\u10d0-\u10ff]"),
    "hy": re.compile(r"[\u0531-\u0587]"),
}
"""Scripts that belong to one language."""

_SIGNS_PER_WORD = 2
"""Chinese and Japanese write no spaces; so many signs count as a word."""

_KANA_SHARE = 0.1
"""Of the signs of a text; fewer are foreign names in a Chinese one."""

_LEAST_SHARE, _LEAST_LEAD, _LEAST_SCORE = 0.1, 1.5, 1
"""Of all words, over the second language, and in words of one language; below, it is not clear."""

_LITTLE_TEXT = 30
"""Up to so many different words on a page tell too little to ask for the language."""

_LONGEST = 200_000
"""Of a text; the beginning tells as much as all of it."""

_FOLDERS = 6
"""So many of the nearest folders may be named after a language."""

_ALIKE = ({"zh", "ja"}, {"nb", "no", "nn", "da"})

_TOLD_APART = frozenset(("ja", "zh", *_SCRIPTS, *_TABLE["words"]))
"""Languages that a text is recognised to be in."""


@dataclass(frozen=True, slots=True)
class PageSigns:
    """Evidence for the language of a page: its place, its front matter, its text."""

    file: str
    path: Path
    stated: str
    text: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """The language of a set of pages, and the pages that are in another one."""

    language: str
    others: tuple[tuple[str, str], ...] = ()
    """File and language."""


def recognised_language(pages: Sequence[PageSigns], given: str | None = None) -> Recognised | None:
    """The language of pages; ``None`` where nothing tells it.

    A ``given`` one counts; pages in another language are named unless all of them are. Otherwise
    front matter counts first, then an ending such as ``index.fr.md`` and the name of a folder,
    then script and words. A folder's name does not count against what all pages say alike.
    """
    by_file = {page.file: language for page in pages if (language := language_of_text(page.text))}
    stated = _most_frequent(tag for page in pages if (tag := _stated_tag(page.stated)))
    by_ending = _most_frequent(tag for page in pages if (tag := _tag_in_ending(page.path)))
    by_text = _most_frequent(by_file.values())
    language = given or stated or by_ending or _by_folder(pages, by_file, by_text) or by_text
    language = language or _by_level_word(pages)
    if language is None:
        return None
    others = [(file, other) for file, other in by_file.items() if not _may_be_same(other, language)]
    are_all = given is not None and len(others) == len(by_file)
    return Recognised(language, () if are_all else tuple(others))


def language_of_text(text: str) -> str | None:
    """The language of a text by its script and its frequent words; ``None`` if it is not clear."""
    prose = _NO_PROSE.sub(" ", unicodedata.normalize("NFC", text[:_LONGEST]))
    kana, han = len(_KANA.findall(prose)), len(_HAN.findall(prose))
    by_script = {
        "ja" if kana > _KANA_SHARE * (kana + han) else "zh": (kana + han) // _SIGNS_PER_WORD
    }
    others: list[str] = []
    for word in _WORD.findall(prose):
        script = _script_of(word)
        if script is None:
            others.append(word.casefold())
        elif script:
            by_script[script] = by_script.get(script, 0) + 1
    language, count = max(by_script.items(), key=lambda item: item[1])
    return language if count and count >= len(others) else _by_words(others)


def _script_of(word: str) -> str | None:
    """The language whose script a word is in; ``""`` for Chinese and Japanese signs."""
    if word.isascii():
        return None
    if _HAN.search(word) or _KANA.search(word):
        return ""
    return next((code for code, pattern in _SCRIPTS.items() if pattern.search(word)), None)


def _by_words(words: Sequence[str]) -> str | None:
    score: dict[str, float] = {}
    for word in words:
        languages = _LANGUAGES_BY_WORD.get(word, set())
        for language in languages:
            score[language] = score.get(language, 0) + 1 / len(languages)
    ranked = sorted(score.items(), key=lambda item: -item[1])
    (language, first), (_, second), *_ = [*ranked, ("", 0.0), ("", 0.0)]
    is_clear = first >= _LEAST_SHARE * len(words) and first >= _LEAST_LEAD * second
    return language if is_clear and first >= _LEAST_SCORE else None


def _by_level_word(pages: Sequence[PageSigns]) -> str | None:
    """The language of the word for level, where there is hardly any text.

    Names of files and folders count only if the pages have no such word. Latin words say nothing
    of a text in other letters.
    """
    if any(len(set(_WORD.findall(page.text))) > _LITTLE_TEXT for page in pages):
        return None
    in_texts = [page.text for page in pages]
    in_names = [f"{page.path.stem} {page.path.absolute().parent.name}" for page in pages]
    are_latin = _are_latin(in_texts)
    for texts in (in_texts, in_names):
        found_words = (word for text in texts for word in _WORD.findall(text))
        words = {word.casefold() for word in found_words if are_latin or not word.isascii()}
        found = [_LANGUAGES_BY_LEVEL_WORD[each] for each in words & _LANGUAGES_BY_LEVEL_WORD.keys()]
        if found:
            common = set.intersection(*found)
            return common.pop() if len(common) == 1 else None
    return None


def _are_latin(texts: Sequence[str]) -> bool:
    letters = [sign for text in texts for sign in text if sign.isalpha()]
    latin = sum(sign.isascii() or "LATIN" in unicodedata.name(sign, "") for sign in letters)
    return 2 * latin >= len(letters)


# ---- names -------------------------------------------------------------------------------------


def _by_folder(
    pages: Sequence[PageSigns], by_file: Mapping[str, str], by_text: str | None
) -> str | None:
    named = _most_frequent(tag for page in pages if (tag := _tag_in_folders(page.path)))
    if named is None or by_text is None or _may_be_same(by_text, named):
        return named
    supporting = [language for language in by_file.values() if _may_be_same(language, named)]
    return named if supporting else None


def _tag_in_ending(path: Path) -> str | None:
    """The language in ``index.fr.md``."""
    ending = Path(path.stem).suffix.removeprefix(".")
    return _tag(ending) if ending else None


def _tag_in_folders(path: Path) -> str | None:
    """The language in the name of the nearest folder that has one: ``pt-BR``, ``en-v2``."""
    for folder in list(path.absolute().parents)[:_FOLDERS]:
        tag = _tag(folder.name) or _tag_in_part(folder.name)
        if tag is not None:
            return tag
    return None


def _tag_in_part(name: str) -> str | None:
    """The language a folder's name begins or ends with; only one that texts can be told by."""
    parts = re.split(r"[-_. ]+", name.casefold())
    ends = (parts[0], parts[-1]) if len(parts) > 1 else ()
    found = (_tag(part) for part in ends if part not in _ENGLISH_WORDS)
    return next((tag for tag in found if tag and tag.split("-")[0] in _TOLD_APART), None)


def _stated_tag(stated: str) -> str | None:
    tag = _CODE_BY_NAME.get(stated.strip().casefold()) or stated.strip().replace("_", "-")
    return canonical_tag(tag) if is_language_tag(tag) else None


def _tag(name: str) -> str | None:
    """A language by its tag or its name; only two-letter codes that mean a language."""
    tag = _stated_tag(name)
    return tag if tag and tag.split("-")[0] in _CODES else None


def _may_be_same(language: str, other: str) -> bool:
    """True for one language in two regions, and for two that a text does not tell apart safely."""
    both = {language.split("-", maxsplit=1)[0], other.split("-", maxsplit=1)[0]}
    return len(both) == 1 or any(both <= alike for alike in _ALIKE)


def _most_frequent(found: Iterable[str]) -> str | None:
    ranked = Counter(found).most_common(1)
    return ranked[0][0] if ranked else None
