"""Files stored as evidence: table ``file``."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from app.errors import InvalidInput, NotFound
from app.session.evidence import EvidenceKind
from app.words.texts import N_
from app.workshop.history import Change
from data.library.database import Tables
from data.library.hash_chain import content_digest
from data.library.log import ChangeLog

MISSING_FILE = N_(
    "The file is missing from the library. Add the evidence again or restore a backup."
)


class Files(Tables):
    """The files of one library, each content once."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        super().__init__(connection)
        self._log = log

    def add(self, content: bytes, now: datetime) -> str:
        """Keep a file's content once; returns its digest."""
        digest = content_digest(content)
        if not self.has("file", "digest", digest):
            row = {"digest": digest, "size": len(content), "content": content}
            self.insert("file", row)
            self._log.append("file", {"digest": digest, "size": len(content)}, now)
        return digest

    def require(self, change: Change) -> None:
        """Raise ``InvalidInput`` if a change attaches a file that is not kept here."""
        for edit in change.edits:
            if edit.field != "evidence":
                continue
            attached: Any = edit.after
            files = (each for each in attached if each.kind is EvidenceKind.FILE)
            if not all(self.has("file", "digest", each.digest) for each in files):
                raise InvalidInput(MISSING_FILE)

    def content(self, digest: str) -> bytes:
        """The content with this digest; raises ``NotFound``."""
        row = self.row("SELECT content FROM file WHERE digest = ?", (digest,))
        if row is None:
            raise NotFound(MISSING_FILE)
        return bytes(row[0])
