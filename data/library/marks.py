"""Recognises what was deleted for good by marks in the log, which tell no id and no name."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from data.library.completeness import DELETED
from data.library.database import Tables
from data.library.log import Moment


def deletion_records(tables: Tables) -> Iterator[tuple[dict[str, Any], datetime]]:
    """Record and time of each deletion in the log, oldest first."""
    rows = tables.rows(
        "SELECT content, at, utc_offset FROM change_log WHERE session_id IS NULL AND origin = ?"
        " ORDER BY seq",
        (DELETED,),
    )
    for content, at, offset in rows:
        yield json.loads(content), Moment(at, offset).local()


def mark(library_id: str, any_id: str) -> str:
    """Recognises the id of what was deleted without keeping it.

    Ids are random, so no id follows from it; with the library's own id in it, two libraries do not
    show that they deleted the same session.
    """
    return hashlib.sha256(f"{library_id} {any_id}".encode()).hexdigest()


class DeletedMarks(Tables):
    """Recognises sessions, units, clients and mappings that were deleted and are not here again."""

    def __init__(self, connection: sqlite3.Connection, library_id: str) -> None:
        super().__init__(connection)
        self._library = library_id
        self._at = {
            each: at for content, at in deletion_records(self) for each in content.get("marks", ())
        }

    def deleted_at(self, ids: Iterable[str]) -> datetime | None:
        """Time when one of these was deleted last; ``None`` if none of them was."""
        if not self._at:
            return None
        found = [
            at
            for each in ids
            if (at := self._at.get(mark(self._library, each))) and not self._is_here(each)
        ]
        return max(found, default=None)

    def _is_here(self, any_id: str) -> bool:
        places = (("session", "id"), ("organisation", "id"), ("unit", "id"), ("mapping", "digest"))
        return any(self.has(table, key, any_id) for table, key in places)
