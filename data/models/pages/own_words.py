"""Names that we give to parts of a model ourselves, in the language of its pages."""

from __future__ import annotations

from collections.abc import Mapping

_LEVEL_NAME = {
    "de": "Stufe {number}",
    "es": "Nivel {number}",
    "fr": "Niveau {number}",
    "it": "Livello {number}",
    "ja": "レベル{number}",
    "nl": "Niveau {number}",
    "pt": "Nível {number}",
    "zh": "第{number}级",
    "": "Level {number}",
}
_AREA_NAME = {
    "de": "Bereich {number}",
    "es": "Área {number}",
    "fr": "Domaine {number}",
    "it": "Area {number}",
    "ja": "領域{number}",
    "nl": "Gebied {number}",
    "pt": "Área {number}",
    "zh": "领域{number}",
    "": "Area {number}",
}
_MODEL_NAME = {
    "de": "{model} (importierte Seiten)",
    "es": "{model} (páginas importadas)",
    "fr": "{model} (pages importées)",
    "it": "{model} (pagine importate)",
    "ja": "{model}（取り込んだページ）",
    "nl": "{model} (geïmporteerde pagina’s)",
    "pt": "{model} (páginas importadas)",
    "zh": "{model}（导入的页面）",
    "": "{model} (imported pages)",
}


def level_name(language: str, number: int) -> str:
    """A level whose page has no name for it."""
    return _in(language, _LEVEL_NAME).format(number=number)


def area_name(language: str, number: int) -> str:
    """An area without a heading."""
    return _in(language, _AREA_NAME).format(number=number)


def model_name(language: str, name: str) -> str:
    """A model that was imported from pages, by the name of the model or the title of a page."""
    return _in(language, _MODEL_NAME).format(model=name)


def _in(language: str, patterns: Mapping[str, str]) -> str:
    """The pattern of a language with any region; English for the others."""
    return patterns.get(language.split("-", maxsplit=1)[0], patterns[""])
