"""Mappings between versions of models: table ``mapping``, its rows followed by entries in the log.

They belong to the library and name no client. A withdrawn one stays as a row, so that libraries
that are merged agree on it: what was done with it last is true. Of several between the same two
versions the newest is in force.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from app.comparison.mappings import (
    ModelMapping,
    circle_with,
    mapping_from_document,
    mapping_to_json,
)
from app.comparison.reviews import check_people, moment_text
from data.library import columns
from data.library.columns import Row, with_digest
from data.library.database import Tables
from data.library.log import ChangeLog

MAPPING = "mapping"
"""Origin of the entries about a mapping: what is true of its row from then on."""


@dataclass(frozen=True, slots=True)
class StoredMapping:
    """A mapping, when and by whom it was added, and withdrawn if it was."""

    mapping: ModelMapping
    added_at: datetime
    added_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""

    @property
    def is_in_force(self) -> bool:
        """True unless it was withdrawn or replaced."""
        return self.withdrawn_at is None

    @property
    def last(self) -> tuple[datetime, bool, str]:
        """The last action: when, if it was a withdrawal, and by whom."""
        if self.withdrawn_at is None:
            return self.added_at, False, self.added_by
        return self.withdrawn_at, True, self.withdrawn_by


class MappingRows(Tables):
    """The mappings of one library, withdrawn ones included."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        super().__init__(connection)
        self._log = log

    def all(self) -> tuple[StoredMapping, ...]:
        """All of them, oldest first."""
        return self._found("")

    def in_force(self) -> tuple[StoredMapping, ...]:
        """Those in force, oldest first."""
        return self._found("WHERE withdrawn_at IS NULL")

    def known(self, digest: str) -> StoredMapping | None:
        """The one with this digest; ``None`` if it was never here."""
        return next(iter(self._found("WHERE digest = ?", digest)), None)

    def _found(self, rest: str, *parameters: str) -> tuple[StoredMapping, ...]:
        found = map(_stored, self.records(columns.MAPPING, f"FROM mapping {rest}", parameters))
        return tuple(sorted(found, key=lambda each: (each.added_at, each.mapping.digest)))

    def put(self, stored: StoredMapping, now: datetime, entry_id: str = "") -> None:
        """Store a mapping as it is from now on."""
        row = mapping_row(stored)
        self.insert("mapping", with_digest(columns.MAPPING, row), "INSERT OR REPLACE")
        facts = {name: value for name, value in row.items() if name != "document"}
        self._log.append(MAPPING, facts, now, entry_id=entry_id)

    def take_in(self, theirs: StoredMapping, now: datetime) -> bool:
        """Store a mapping from elsewhere; True if there is anything new in it.

        One that would close a circle of versions is left out. Raises ``InvalidInput`` for one with
        an illegal value.
        """
        check_people(theirs.added_by, theirs.withdrawn_by)
        ours = self.known(theirs.mapping.digest)
        if ours is not None and ours.last >= theirs.last:
            return False
        others = [each for each in self.in_force() if each.mapping != theirs.mapping]
        if theirs.is_in_force and circle_with(theirs.mapping, [each.mapping for each in others]):
            return False
        self.put(theirs, now)
        same_versions = [
            each for each in self.in_force() if each.mapping.versions == theirs.mapping.versions
        ]
        for older in same_versions[:-1]:
            newest = same_versions[-1]
            replaced = replace(older, withdrawn_at=newest.added_at, withdrawn_by=newest.added_by)
            self.put(replaced, now)
        return True


# ---- rows --------------------------------------------------------------------------------------


def mapping_row(stored: StoredMapping) -> Row:
    """The row of a mapping without its digest."""
    withdrawn = stored.withdrawn_at
    return {
        "digest": stored.mapping.digest,
        "document": mapping_to_json(stored.mapping),
        "added_at": moment_text(stored.added_at),
        "added_by": stored.added_by,
        "withdrawn_at": None if withdrawn is None else moment_text(withdrawn),
        "withdrawn_by": stored.withdrawn_by,
    }


def _stored(row: Row) -> StoredMapping:
    withdrawn = row["withdrawn_at"]
    return StoredMapping(
        mapping_from_document(json.loads(row["document"])),
        datetime.fromisoformat(row["added_at"]),
        row["added_by"],
        None if withdrawn is None else datetime.fromisoformat(withdrawn),
        row["withdrawn_by"],
    )
