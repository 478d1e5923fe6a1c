"""Normalised forms of texts, for comparison regardless of case and Unicode form."""

from __future__ import annotations

import unicodedata


def search_key(*texts: str) -> str:
    """Texts in a form that compares without regard to case and writing variants.

    SQLite itself knows the case of ASCII letters only.
    """
    return "\n".join(unicodedata.normalize("NFKC", text).casefold() for text in texts)


def name_key(name: str) -> str:
    """What makes two names the same: case, writing variants and spaces play no part."""
    return search_key(" ".join(name.split()))
