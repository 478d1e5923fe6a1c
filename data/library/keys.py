"""Normalised forms of texts, for comparison regardless of case and Unicode form."""

from __future__ import annotations

import unicodedata


def search_key(*texts: str) -> str:
    """Texts in a form that compares without regard to case and writing variants.

    SQLite itself knows the case of ASCII letters only.
    """
    return "\n".join(unicodedata.normalize("NFKC", text).casefold() for text in texts)


def name_key(name: str) -> str:
    """Normalised name for comparison: ignores case, Unicode variants and extra spaces."""
    return search_key(" ".join(name.split()))
