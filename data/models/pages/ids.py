"""Ids from headings: readable where they are in Latin letters, and stable in every script."""

from __future__ import annotations

import hashlib
import unicodedata

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "a",
     "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)  # fmt: skip
_DIGEST_LENGTH = 8


def slug(text: str, length: int) -> str:
    """Slug for an id: lower-case a to z, digits and hyphens; empty only without any sign.

    Letters of other scripts go into a digest behind it, so that a heading has the same id alone,
    in a folder and at another place.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode("ascii")
    words = "".join(sign if sign.isalnum() else " " for sign in ascii_only).split()
    latin = "-".join(words)[:length].strip("-")
    if latin and not any(sign.isalpha() and not sign.isascii() for sign in plain):
        return latin
    digest = _digest(text)
    if not digest:
        return latin
    return "-".join(
        part for part in (latin[: length - _DIGEST_LENGTH - 1].strip("-"), digest) if part
    )


def _digest(text: str) -> str:
    """Eight hexadecimal digits of a heading; white space and case do not count."""
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:_DIGEST_LENGTH] if said else ""
