"""Fingerprints that show when a stored value is no longer what was written.

SQLite's own check misses four of five flipped bits that change content. So every row of content
carries a digest of its values, and every row of the change log a hash over itself and its
predecessor: a single altered bit, a missing or an inserted row no longer fits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

# ASCII only, because what repr() does to other characters differs between Python versions.
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))

FIRST_LINK = ""
"""What stands for the predecessor of the first row."""


def row_digest(*values: str | float | None) -> str:
    """32 hexadecimal digits over the values of a row; numbers of REAL columns as ``float``."""
    return hashlib.sha256(_canonical(values)).hexdigest()[:32]


def combined(digests: Iterable[str]) -> str:
    """One digest for a set of rows whatever their order, from their digests: 32 digits.

    Exclusive or is enough against accidents, which do not choose their bits.
    """
    state = 0
    for digest in digests:
        state ^= int(digest, 16)
    return f"{state:032x}"


def link(previous: str, *values: str | float | None) -> str:
    """The hash of a log row that follows the row whose hash is ``previous``; 64 digits."""
    return hashlib.sha256(_canonical((previous, *values))).hexdigest()


def content_digest(content: bytes) -> str:
    """SHA-256 of a file's content, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def broken_links(rows: Iterable[Sequence[str | int | None]]) -> Iterator[int | None]:
    """The numbers of log rows that do not fit; ``None`` for each that does.

    Each row is (seq, id, session, at, offset, origin, reverses, merge key, content, state,
    previous, hash); rows come in the order of ``seq``.
    """
    expected_seq, expected_previous = 1, FIRST_LINK
    for row in rows:
        seq, *values, previous, stored = row
        fits = seq == expected_seq and previous == expected_previous
        if not fits or stored != link(str(previous), seq, *values):
            yield int(seq or 0)
        else:
            yield None
        expected_seq, expected_previous = int(seq or 0) + 1, str(stored)


def _canonical(values: Sequence[str | float | None]) -> bytes:
    return _ENCODER.encode(values).encode("ascii")
