"""Addresses of evidence as links that a spreadsheet program opens without complaint."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SCHEMES = ("http", "https", "mailto")
_LONGEST = 2_000
"""Characters; Excel takes 2,079 and repairs a file with a longer one."""
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")


def link_target(address: str) -> str | None:
    """The address as a link target: percent-encoded, with its scheme; ``None`` if it is none.

    Only web and mail addresses become links, as in the window; an address without a scheme is
    taken for a web address.
    """
    text = address.strip()
    has_scheme = _SCHEME.match(text) is not None
    if not has_scheme:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or any(not c.isprintable() for c in text):
        return None
    if parts.scheme.lower() == "mailto":
        if "@" not in parts.path:
            return None
    elif not host or " " in host or not (has_scheme or "." in host or host == "localhost"):
        return None
    try:
        target = quote(text, safe=_KEPT)
    except UnicodeEncodeError:
        return None
    return target if len(target) <= _LONGEST else None
