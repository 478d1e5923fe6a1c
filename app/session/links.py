"""Addresses of evidence: which are links, and what they open."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from app.errors import InvalidInput
from app.words.texts import N_

NO_LINK = N_(
    "“{address}” is no web or e-mail address, and no file was found there. Enter one such as"
    " https://example.org/page, or choose a file."
)
_SCHEMES = ("http", "https")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|[0-9a-f:.]+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@:/\\]+@[\w-]+(?:\.[\w-]+)+")
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")


def link_target(address: str) -> str:
    """The web or e-mail address that a link opens.

    ``example.org/page`` means ``https://``, ``team@example.org`` a mail. Raises ``InvalidInput``
    for everything else: other schemes, paths, and words that are no address.
    """
    text = address.strip()
    mail = text[7:] if text[:7].lower() == "mailto:" else text
    if _MAIL.fullmatch(mail.split("?")[0]):
        return f"mailto:{mail}"
    has_scheme = "://" in text.split("?")[0].split("#")[0]
    if not has_scheme and (_OTHER_SCHEME.match(text) or not _names_a_page(text)):
        raise InvalidInput(NO_LINK, address=address)
    target = text if has_scheme else f"https://{text}"
    if not _is_web(target):
        raise InvalidInput(NO_LINK, address=address)
    return target


def _names_a_page(text: str) -> bool:
    """True if a text without ``https://`` looks like a host and not like a plain word."""
    host = re.split(r"[/?#]", text, maxsplit=1)[0]
    return bool(host) and ("." in host or ":" in host or "/" in text or host == "localhost")


def _is_web(target: str) -> bool:
    if "\\" in target or any(sign.isspace() for sign in target.split("?", maxsplit=1)[0]):
        return False
    try:
        parts = urlsplit(target)
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme.lower() in _SCHEMES and _HOST.fullmatch(host) is not None
