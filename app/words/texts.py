"""Translation with gettext: a ``Translator`` that is passed in, never a global."""

from __future__ import annotations

import gettext as _gettext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

DOMAIN = "stufenplan"
LANGUAGES = ("de", "en")
DEFAULT_LANGUAGE = "en"
LOCALE_FOLDER = Path(__file__).with_name("locale")

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for a marked constant)
    """Mark a text for the catalogues without translating it yet."""
    return text


class Translator:
    """Texts, numbers and dates of one language.

    Raises ``ValueError`` for a language we have no catalogue for.
    """

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self.language = language
        self._catalogue = _gettext.translation(
            DOMAIN, LOCALE_FOLDER, languages=[language], fallback=True
        )

    def gettext(self, template: str, /, **values: object) -> str:
        """The text, with ``{names}`` filled in."""
        return _filled(self._catalogue.gettext(template), values)

    def pgettext(self, context: str, template: str, /, **values: object) -> str:
        """Like :meth:`gettext`, for a word that needs its context to be translated."""
        return _filled(self._catalogue.pgettext(context, template), values)

    def ngettext(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The form that fits the count; ``{n}`` is filled in by itself."""
        return _filled(self._catalogue.ngettext(singular, plural, n), {"n": n, **values})

    def number(self, value: Fraction | int | float | None, places: int | None = None) -> str:
        """A number with this language's decimal separator; see ``app.words.numbers``."""
        # The first texts are needed before the window is painted, the first numbers are not.
        from app.words.numbers import format_number

        return format_number(value, places, self.language)

    def long_date(self, day: date) -> str:
        """A date in full: ``23. November 2026`` or ``23 November 2026``."""
        month = _MONTHS[self.language].split()[day.month - 1]
        dot = "." if self.language == "de" else ""
        return f"{day.day}{dot} {month} {day.year}"

    def short_date(self, day: date) -> str:
        """A date in brief: ``23.11.2026`` or ``23 Nov 2026``."""
        if self.language == "de":
            return f"{day.day:02}.{day.month:02}.{day.year}"
        return f"{day.day} {_MONTHS['en'].split()[day.month - 1][:3]} {day.year}"

    def moment(self, at: datetime) -> str:
        """Date and time in brief: ``23.11.2026, 14:07`` or ``23 Nov 2026, 14:07``."""
        return f"{self.short_date(at)}, {at:%H:%M}"

    def month(self, day: date) -> str:
        """Month and year: ``März 2026`` or ``March 2026``."""
        return f"{_MONTHS[self.language].split()[day.month - 1]} {day.year}"


@lru_cache(maxsize=len(LANGUAGES))
def translator_for(language: str) -> Translator:
    """The translator of a language; one object each, because catalogues never change."""
    return Translator(language)


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text
