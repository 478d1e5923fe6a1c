"""The change log: append-only table ``change_log``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

from app.ports import Saved
from app.session.compact_json import compact_json
from app.session.documents import edit_from_log, edit_to_log
from app.workshop.history import Change, Origin
from data.library import columns
from data.library.database import Tables
from data.library.hash_chain import BLANKED, FIRST_LINK, combined, content_hash, link

_CHANGES = "origin IN ('do', 'undo', 'redo')"
_NO_LIMIT = -1
_INSERT = f"INSERT INTO change_log ({columns.LOG}) VALUES ({', '.join('?' * 13)})"
_STATE_OF_SESSION = " UNION ALL ".join(
    f"SELECT row_digest FROM {table} WHERE {key} = ?1"
    for table, key in columns.SESSION_TABLES.items()
)


@dataclass(frozen=True, slots=True)
class _Merges:
    """The merges of organisations and of units up to a row of the log: its number and hash."""

    head: tuple[int, str]
    pairs: Mapping[str, Sequence[tuple[str, str]]]


_NO_MERGES = _Merges((0, ""), {})


class ChangeLog(Tables):
    """Everything that came into the library or was changed in it, in order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._merges_until = _NO_MERGES

    def append_change(self, change: Change, now: datetime) -> Saved:
        """Add a change to the log."""
        return self._append_row(
            change.id,
            change.session_id,
            Moment.of(now),
            (change.origin.value, change.reverses, change.merge_key, change_content(change)),
        )

    def append(
        self,
        origin: str,
        content: dict[str, Any],
        now: datetime,
        session_id: str | None = None,
        entry_id: str = "",
        reverses: str = "",
    ) -> Saved:
        """Add something else than a change to the log."""
        values = (origin, reverses, "", compact_json(content))
        return self._append_row(entry_id or uuid4().hex, session_id, Moment.of(now), values)

    def blank(self, entries: Iterable[int]) -> None:
        """Empty entries about what was deleted for good; their hashes and links stay."""
        names = ("session_id", "reverses", "merge_key", "content", "state")
        settings = ", ".join(f"{name} = ?" for name in names)
        self.connection.executemany(
            f"UPDATE change_log SET {settings} WHERE seq = ?", [(*BLANKED, seq) for seq in entries]
        )
        self._merges_until = _NO_MERGES  # some may be blank now

    def _append_row(
        self, row_id: str, session_id: str | None, moment: Moment, values: tuple[str, str, str, str]
    ) -> Saved:
        origin, reverses, merge_key, content = values
        seq, previous = self.head()
        state = "" if session_id is None else self._state_of(session_id)
        hashed = content_hash(session_id, reverses, merge_key, content, state)
        row = (seq + 1, row_id, session_id, moment.utc, moment.offset, *values, state, hashed)
        linked = link(previous, seq + 1, row_id, moment.utc, moment.offset, origin, hashed)
        self.connection.execute(_INSERT, (*row, previous, linked))
        return Saved(seq + 1, moment.local())

    def _state_of(self, session_id: str) -> str:
        """The digest of all stored rows of a session.

        It is part of the log row, so that ratings and log have to be of the same moment: a file
        copied in the middle of a transaction may hold either without the other.
        """
        rows = self.connection.execute(_STATE_OF_SESSION, (session_id,))
        return combined(digest for (digest,) in rows)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last row of the log."""
        row = self.row("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1")
        return (0, FIRST_LINK) if row is None else (int(row[0]), str(row[1]))

    def hash_of(self, seq: int) -> str | None:
        """The hash of a row of the log; ``None`` where there is no such row."""
        row = self.row("SELECT hash FROM change_log WHERE seq = ?", (seq,))
        return None if row is None else str(row[0])

    def acknowledgement_of(self, change_id: str) -> Saved | None:
        """Acknowledgement of a stored change; ``None`` if it was not stored."""
        row = self.row("SELECT seq, at, utc_offset FROM change_log WHERE id = ?", (change_id,))
        return None if row is None else Saved(row[0], Moment(row[1], row[2]).local())

    def merged_into(self, origin: str, some_id: str) -> str:
        """Id of the organisation or unit it was merged into; its own if it never was."""
        for former_id, current_id in self._merges(origin):
            some_id = current_id if former_id == some_id else some_id
        return some_id

    def merged_from(self, origin: str, ids: Iterable[str]) -> tuple[str, ...]:
        """The organisations or units that became part of these."""
        found = dict.fromkeys(ids)
        given = len(found)
        for former_id, current_id in reversed(self._merges(origin)):
            if current_id in found:
                found[former_id] = None
        return tuple(found)[given:]

    def names_ever(self, origin: str, ids: Iterable[str]) -> tuple[str, ...]:
        """Every name that these organisations or units have had."""
        wanted = frozenset(ids)
        entries = self._entries(origin, "name")
        return tuple(dict.fromkeys(e["name"] for e in entries if e["id"] in wanted))

    def _merges(self, origin: str) -> Sequence[tuple[str, str]]:
        """Former and current id, in the order of the merges.

        Asked for each client and unit that is looked up, so only the new end of the log is read;
        a transaction that was rolled back took its entries along.
        """
        head = self.head()
        known = self._merges_until
        if head != known.head:
            if known.head[0] and self.hash_of(known.head[0]) != known.head[1]:
                known = _NO_MERGES
            pairs = {
                each: [
                    *known.pairs.get(each, ()),
                    *((e["id"], e["into"]) for e in self._entries(each, "into", known.head[0])),
                ]
                for each in ("organisation", "unit")
            }
            self._merges_until = known = _Merges(head, pairs)
        return known.pairs.get(origin, ())

    def _entries(self, origin: str, key: str, after: int = 0) -> list[dict[str, Any]]:
        """Log entries about organisations or units that have this key."""
        sql = (
            "SELECT content FROM change_log WHERE session_id IS NULL AND seq > ? AND origin = ?"
            " AND instr(content, ?) ORDER BY seq"
        )
        rows = self.connection.execute(sql, (after, origin, f'"{key}":'))
        entries = [json.loads(content) for (content,) in rows]
        return [entry for entry in entries if key in entry]

    def changes(self, session_id: str, newest: int | None = None) -> tuple[Change, ...]:
        """The session's changes in order, each with its local time; at most the newest so many.

        They refer to organisations and units by id alone; see :meth:`Sessions.changes`.
        """
        rows = self.rows(
            f"SELECT {columns.LOG} FROM change_log WHERE session_id = ? AND {_CHANGES}"
            " ORDER BY seq DESC LIMIT ?",
            (session_id, _NO_LIMIT if newest is None else newest),
        )
        return tuple(change_from_row(row) for row in reversed(rows))

    def created_at(self, session_id: str) -> datetime:
        """When the session was created."""
        row = self.row(
            "SELECT at, utc_offset FROM change_log WHERE session_id = ? AND origin = 'create'",
            (session_id,),
        )
        return Moment(row[0], row[1]).local()

    def first_state(self, session_id: str) -> dict[str, Any]:
        """The document of the state in which a session came into the library."""
        (content,) = self.row(
            "SELECT content FROM change_log WHERE session_id = ? AND origin = 'create'",
            (session_id,),
        )
        document: dict[str, Any] = json.loads(content)
        return document

    def sessions_changed_since(self, seq: int) -> tuple[str, ...]:
        """Sessions with log rows after this one, the most recently changed first."""
        rows = self.rows(
            "SELECT session_id, max(seq) AS last FROM change_log"
            " WHERE seq > ? AND session_id IN (SELECT id FROM session)"
            " GROUP BY session_id ORDER BY last DESC",
            (seq,),
        )
        return tuple(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stored point in time: UTC, and the offset of local time in minutes."""

    utc: str
    offset: int

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """From a time that knows its offset."""
        offset = at.utcoffset() or timedelta()
        return cls(
            at.astimezone(UTC).isoformat(timespec="milliseconds"),
            int(offset.total_seconds() // 60),
        )

    def local(self) -> datetime:
        """The local time back then, with its offset."""
        zone = timezone(timedelta(minutes=self.offset))
        return datetime.fromisoformat(self.utc).astimezone(zone)


def change_content(change: Change) -> str:
    """A change's edits in the form of the log."""
    return compact_json({"edits": [edit_to_log(edit) for edit in change.edits]})


def change_from_row(row: Sequence[Any]) -> Change:
    """The change of a log row in the order of ``columns.LOG``."""
    _, change_id, session_id, utc, offset, origin, reverses, merge_key, content, *_ = row
    edits = tuple(map(edit_from_log, json.loads(content)["edits"]))
    at = Moment(utc, offset).local()
    return Change(change_id, session_id, edits, Origin(origin), merge_key, reverses, at)
