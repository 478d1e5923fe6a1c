"""Evidence for a level: a link, or a file in the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_EVIDENCE_BYTES = 10 * 1024 * 1024


class EvidenceKind(StrEnum):
    """A link elsewhere, or a file kept inside the library."""

    LINK = "link"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a level: a link, or a file inside the library.

    ``address`` is the link's address or the file's name; ``size`` (bytes) and ``digest``
    (SHA-256, hexadecimal) are set for files only.
    """

    id: str
    kind: EvidenceKind
    title: str
    address: str
    size: int = 0
    digest: str = ""
