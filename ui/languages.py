"""Native names of the languages."""

from __future__ import annotations

from PySide6.QtCore import QLocale

# Qt names the country of English and Spanish, too, and one of the scripts of Chinese.
_OWN_NAMES = {"de": "Deutsch", "en": "English", "es": "Español", "zh": "中文"}


def language_name(code: str) -> str:
    """A language by its tag: ``Deutsch``, ``Français``, ``Português (pt-BR)``, ``x-house``."""
    name = _OWN_NAMES.get(code) or QLocale(code).nativeLanguageName()
    if not name:
        return code
    name = name[:1].upper() + name[1:]
    plain, *subtags = code.split("-")
    return f"{name} ({code})" if subtags and name == language_name(plain) else name
