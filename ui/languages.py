"""Native names of the languages."""

from __future__ import annotations

from PySide6.QtCore import QLocale

# Qt names the country of English, too.
_OWN_NAMES = {"de": "Deutsch", "en": "English"}


def language_name(code: str) -> str:
    """A language by its code: ``Deutsch``, ``English``, ``Français``."""
    name = _OWN_NAMES.get(code) or QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else code
