"""Digests of stored values and the hash chain of the change log.

SQLite's own check misses four of five flipped bits that change content. So every row of content
has a digest of its values, and every row of the change log a hash over its content and the row
before: a single altered bit, a missing or an inserted row no longer fits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

# ASCII only, because what repr() does to other characters differs between Python versions.
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True)

FIRST_LINK = ""
"""Stands for the predecessor of the first row."""

BLANKED = (None, "", "", "", "")
"""Session, reverses, merge key, content and state of a log row whose session was deleted."""

Value = str | float | None


def row_digest(values: Mapping[str, Value]) -> str:
    """32 hexadecimal digits over names and values of a row; REAL columns as ``float``.

    Callers leave out values that equal the column's default, so that a column that is added later
    does not change the digests of rows that were there before.
    """
    return hashlib.sha256(_canonical(values)).hexdigest()[:32]


def combined(digests: Iterable[str]) -> str:
    """One digest for a set of rows in any order, from their digests: 32 digits.

    Exclusive or is enough against accidents, which do not choose their bits.
    """
    state = 0
    for digest in digests:
        state ^= int(digest, 16)
    return f"{state:032x}"


def content_hash(
    session_id: Value, reverses: Value, merge_key: Value, content: Value, state: Value
) -> str:
    """The hash of everything in a log row that tells what happened; 64 digits.

    It is stored beside the content, so that the chain can still be verified once the content of
    a deleted session has been blanked.
    """
    values = (session_id, reverses, merge_key, content, state)
    return hashlib.sha256(_canonical(values)).hexdigest()


def link(previous: Value, *values: Value) -> str:
    """The hash of a log row that follows the row with the hash ``previous``; 64 digits.

    ``values`` are seq, id, at, offset, origin and the hash of the content.
    """
    return hashlib.sha256(_canonical((previous, *values))).hexdigest()


def content_digest(content: bytes) -> str:
    """SHA-256 of a file's content, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def broken_links(rows: Iterable[Sequence[str | int | None]]) -> Iterator[int | None]:
    """The numbers of log rows that do not fit; ``None`` for each that does.

    Each row is (seq, id, session, at, offset, origin, reverses, merge key, content, state,
    content hash, previous, hash); rows come in the order of ``seq``. Of a blanked row the hash of
    its content is all that is left; :mod:`data.library.completeness` knows which may be blank.
    """
    expected_seq, expected_previous = 1, FIRST_LINK
    for row in rows:
        seq, row_id, session_id, at, offset, origin, *content, hashed, previous, stored = row
        fits = seq == expected_seq and previous == expected_previous
        is_blank = (session_id, *content) == BLANKED
        fits = fits and (is_blank or hashed == content_hash(session_id, *content))
        if not fits or stored != link(previous, seq, row_id, at, offset, origin, hashed):
            yield int(seq or 0)
        else:
            yield None
        expected_seq, expected_previous = int(seq or 0) + 1, str(stored)


def _canonical(values: Mapping[str, Value] | Sequence[Value]) -> bytes:
    return _ENCODER.encode(values).encode("ascii")
