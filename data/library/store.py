"""The library's tables: reads and writes of single things, inside a transaction of the caller.

Nothing here begins or ends a transaction and nothing translates errors; ``library`` does.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from app.errors import NotFound
from app.model.codec import model_digest, model_from_json, model_to_json
from app.model.maturity_model import MaturityModel
from app.ports import Saved
from app.session.checkpoints import Checkpoint
from app.session.documents import (
    details_from_document,
    details_to_document,
    rating_from_document,
    rating_to_document,
)
from app.session.field_types import compact_json, fraction
from app.session.fields import FieldTable
from app.session.rating import Rating
from app.session.session import SESSION, Session
from app.session.units import MAX_UNIT_LEVELS, Organisation, Unit
from app.words.texts import N_
from app.workshop.history import Change, apply_change
from data.library.hash_chain import (
    FIRST_LINK,
    broken_links,
    combined,
    content_digest,
    link,
    row_digest,
)
from data.library.rows import (
    CHECKPOINT_COLUMNS,
    DIGESTED_TABLES,
    LOG_COLUMNS,
    MODEL_COLUMNS,
    ORGANISATION_COLUMNS,
    RATING_COLUMNS,
    SESSION_COLUMNS,
    UNIT_COLUMNS,
    ModelOutline,
    Moment,
    Score,
    SessionRow,
    Values,
    change_content,
    change_from_row,
    checkpoint_from_row,
    checkpoint_rows,
    model_row,
    name_key,
    organisation_row,
    outline_from_row,
    rating_from_row,
    rating_row,
    session_row,
    unit_row,
    with_digest,
)

_SESSION_TABLES = {"session": "id", "rating": "session_id", "milestone": "session_id"}
"""Per table the column with the session's id, for what a log row's ``state`` covers."""
_STATE_OF_SESSION = " UNION ALL ".join(
    f"SELECT row_digest FROM {table} WHERE {key} = ?1" for table, key in _SESSION_TABLES.items()
)
_CHANGES = "origin IN ('do', 'undo', 'redo')"


class Store:
    """The tables of one open library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._models: dict[str, MaturityModel] = {}
        self._outlines: dict[str, ModelOutline] = {}

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        return self._connection.execute(sql, parameters).fetchall()

    def _row(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        return self._connection.execute(sql, parameters).fetchone()

    def _insert(self, table: str, columns: str, values: Values) -> None:
        self._put("INSERT", table, columns, values)

    def _put(self, verb: str, table: str, columns: str, values: Values) -> None:
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"{verb} INTO {table} ({columns}) VALUES ({marks})", values)

    # ---- organisations and units -------------------------------------------------------------

    def organisations(self) -> tuple[Organisation, ...]:
        """All, by name."""
        rows = self._rows("SELECT id, name FROM organisation ORDER BY name_key")
        return tuple(Organisation(*row) for row in rows)

    def organisation(self, organisation_id: str) -> Organisation:
        """The one with this id; raises ``NotFound``."""
        row = self._row("SELECT id, name FROM organisation WHERE id = ?", (organisation_id,))
        if row is None:
            raise NotFound(N_("There is no organisation “{id}”."), id=organisation_id)
        return Organisation(*row)

    def organisation_named(self, name: str) -> Organisation | None:
        """The one of this name, whatever its case."""
        row = self._row("SELECT id, name FROM organisation WHERE name_key = ?", (name_key(name),))
        return None if row is None else Organisation(*row)

    def add_organisation(self, organisation: Organisation, now: datetime) -> None:
        """Store a new one."""
        values = organisation_row(organisation)
        self._insert("organisation", f"{ORGANISATION_COLUMNS}, row_digest", with_digest(values))
        self.append("organisation", {"id": organisation.id, "name": organisation.name}, now)

    def has_organisation_id(self, organisation_id: str) -> bool:
        """Whether this id is taken."""
        return self._row("SELECT 1 FROM organisation WHERE id = ?", (organisation_id,)) is not None

    def units(self, organisation_id: str) -> tuple[Unit, ...]:
        """The tree of an organisation, parents before children."""
        rows = self._rows(
            "WITH RECURSIVE tree (id, level, path) AS ("
            " SELECT id, 0, name_key FROM unit WHERE organisation_id = ? AND parent_id IS NULL"
            " UNION ALL SELECT unit.id, level + 1, path || char(31) || name_key"
            " FROM unit JOIN tree ON unit.parent_id = tree.id WHERE level < 100)"
            " SELECT unit.id, organisation_id, name, kind, parent_id"
            " FROM tree JOIN unit ON unit.id = tree.id ORDER BY path",
            (organisation_id,),
        )
        return tuple(self._unit_from(row) for row in rows)

    def unit(self, unit_id: str) -> Unit:
        """The one with this id; raises ``NotFound``."""
        row = self._row(
            "SELECT id, organisation_id, name, kind, parent_id FROM unit WHERE id = ?", (unit_id,)
        )
        if row is None:
            raise NotFound(N_("There is no unit “{id}”."), id=unit_id)
        return self._unit_from(row)

    def _unit_from(self, row: Sequence[Any]) -> Unit:
        unit_id, organisation_id, name, kind, parent_id = row
        above = self.names_down_to(parent_id)
        return Unit(unit_id, organisation_id, name, kind, parent_id, above)

    def names_down_to(self, unit_id: str | None) -> tuple[str, ...]:
        """The names from the top of the organisation down to this unit; none for ``None``."""
        names: list[str] = []
        # bounded, because in a file that was tampered with units may run in a circle
        while unit_id is not None and len(names) < MAX_UNIT_LEVELS:
            row = self._row("SELECT name, parent_id FROM unit WHERE id = ?", (unit_id,))
            if row is None:
                break
            name, unit_id = row
            names.insert(0, name)
        return tuple(names)

    def unit_path(self, unit: Unit | None) -> tuple[Unit, ...]:
        """The units from the top of the organisation down to this one."""
        path: list[Unit] = []
        while unit is not None and unit not in path:
            path.insert(0, unit)
            unit = None if unit.parent_id is None else self.unit(unit.parent_id)
        return tuple(path)

    def unit_named(self, organisation_id: str, name: str, parent_id: str | None) -> Unit | None:
        """The one of this name below this parent, whatever its case."""
        row = self._row(
            "SELECT id, organisation_id, name, kind, parent_id FROM unit"
            " WHERE organisation_id = ? AND coalesce(parent_id, '') = ? AND name_key = ?",
            (organisation_id, parent_id or "", name_key(name)),
        )
        return None if row is None else self._unit_from(row)

    def has_unit_id(self, unit_id: str) -> bool:
        """Whether this id is taken."""
        return self._row("SELECT 1 FROM unit WHERE id = ?", (unit_id,)) is not None

    def add_unit(self, unit: Unit, now: datetime) -> None:
        """Store a new one."""
        self._insert("unit", f"{UNIT_COLUMNS}, row_digest", with_digest(unit_row(unit)))
        self.append("unit", {"id": unit.id, "name": unit.name}, now)

    # ---- models ------------------------------------------------------------------------------

    def keep_model(self, model: MaturityModel, now: datetime, *, imported: bool = False) -> str:
        """Store a frozen copy once; returns its digest."""
        digest = model_digest(model)
        known = self._row(f"SELECT {MODEL_COLUMNS} FROM model WHERE digest = ?", (digest,))
        if known is None:
            values = model_row(model, digest, self._next_import() if imported else 0)
            columns = f"{MODEL_COLUMNS}, row_digest, document"
            self._insert("model", columns, (*with_digest(values), model_to_json(model)))
            self.append("model", {"id": model.id, "digest": digest}, now)
        elif imported:
            self._mark_imported(known)
        self._models[digest] = model
        return digest

    def _mark_imported(self, known: Sequence[Any]) -> None:
        *before, _, outline = known
        values = (*before, self._next_import(), outline)
        self._connection.execute(
            "UPDATE model SET imported = ?, row_digest = ? WHERE digest = ?",
            (values[-2], row_digest(*values), known[0]),
        )
        self._outlines.pop(known[0], None)

    def _next_import(self) -> int:
        return int(self._row("SELECT max(imported) + 1 FROM model")[0] or 1)

    def imported_models(self) -> tuple[MaturityModel, ...]:
        """Per model id the one that was imported last, in the order of import."""
        rows = self._rows(
            "SELECT digest, max(imported) AS place FROM model WHERE imported > 0"
            " GROUP BY id ORDER BY place"
        )
        return tuple(self.model(digest) for digest, _ in rows)

    def model(self, digest: str) -> MaturityModel:
        """The frozen copy with this digest."""
        known = self._models.get(digest)
        if known is None:
            (document,) = self._row("SELECT document FROM model WHERE digest = ?", (digest,))
            known = self._models[digest] = model_from_json(document)
        return known

    def outline(self, digest: str) -> ModelOutline:
        """What lists need of the model with this digest."""
        known = self._outlines.get(digest)
        if known is None:
            row = self._row(f"SELECT {MODEL_COLUMNS} FROM model WHERE digest = ?", (digest,))
            known = self._outlines[digest] = outline_from_row(row)
        return known

    def forget_cached(self) -> None:
        """Read models anew; after a transaction that failed they may not be there."""
        self._models.clear()
        self._outlines.clear()

    # ---- sessions ----------------------------------------------------------------------------

    def session_row(self, session_id: str) -> SessionRow:
        """The row with this id; raises ``NotFound``."""
        row = self._row(f"SELECT {SESSION_COLUMNS} FROM session WHERE id = ?", (session_id,))
        if row is None:
            raise NotFound(N_("There is no session “{id}”."), id=session_id)
        return SessionRow(*row)

    def has_session(self, session_id: str) -> bool:
        """Whether this id is taken."""
        return self._row("SELECT 1 FROM session WHERE id = ?", (session_id,)) is not None

    def session_ids(self) -> tuple[str, ...]:
        """All sessions, archived ones too, in the order in which they were last opened."""
        rows = self._rows(
            "SELECT id FROM session LEFT JOIN position ON position.session_id = session.id"
            " ORDER BY position.opened, session.rowid"
        )
        return tuple(row[0] for row in rows)

    def session(self, session_id: str) -> Session:
        """The session with its model and ratings; raises ``NotFound``."""
        return self._session_from(self.session_row(session_id), self.ratings(session_id))

    def _session_from(self, row: SessionRow, ratings: Mapping[str, Rating]) -> Session:
        return SESSION.holder(
            id=row.id,
            organisation=self.organisation(row.organisation_id),
            title=row.title,
            date=date.fromisoformat(row.date),
            language=row.language,
            model=self.model(row.model_digest),
            unit=None if row.unit_id is None else self.unit(row.unit_id),
            scope=row.scope,
            half_levels=bool(row.half_levels),
            ratings=ratings,
            milestones=self._checkpoints(row.id),
        )

    def ratings(self, session_id: str) -> dict[str, Rating]:
        """Area to rating, for the areas that were ever touched."""
        rows = self._rows(
            f"SELECT {RATING_COLUMNS} FROM rating WHERE session_id = ?", (session_id,)
        )
        return {row[1]: rating_from_row(row) for row in rows}

    def _ratings_of(self, session_id: str, area_ids: Iterable[str]) -> dict[str, Rating]:
        """Like :meth:`ratings`, for these areas only."""
        sql = f"SELECT {RATING_COLUMNS} FROM rating WHERE session_id = ? AND area_id = ?"
        rows = (self._row(sql, (session_id, area_id)) for area_id in area_ids)
        return {row[1]: rating_from_row(row) for row in rows if row is not None}

    def _checkpoints(self, session_id: str) -> tuple[Checkpoint, ...]:
        rows = self._rows(
            f"SELECT {CHECKPOINT_COLUMNS} FROM milestone WHERE session_id = ? ORDER BY place",
            (session_id,),
        )
        return tuple(map(checkpoint_from_row, rows))

    def scores_of(self, session_ids: Collection[str]) -> dict[str, tuple[dict[str, Score], int]]:
        """Per session the scored areas, and how many areas are not applicable."""
        scores: dict[str, dict[str, Score]] = {session_id: {} for session_id in session_ids}
        left_out = dict.fromkeys(session_ids, 0)
        for some in _in_parts(list(session_ids), 500):
            marks = ", ".join("?" * len(some))
            sql = (
                "SELECT session_id, area_id, weight, level, not_applicable IS NULL FROM rating"
                f" WHERE session_id IN ({marks})"
            )
            for session_id, area_id, weight, level, applies in self._connection.execute(sql, some):
                if not applies:
                    left_out[session_id] += 1
                elif level is not None:
                    scores[session_id][area_id] = (fraction(weight), fraction(level))
        return {key: (scores[key], left_out[key]) for key in scores}

    def add_session(
        self, session: Session, initial: Session, now: datetime, *, archived: bool = False
    ) -> None:
        """Store a session and, in the log, the state its changes lead from."""
        digest = self.keep_model(session.model, now)
        values = session_row(session, digest, archived)
        self._insert("session", f"{SESSION_COLUMNS}, row_digest", with_digest(values))
        for rating in session.ratings.values():
            self._write_rating(session.id, rating)
        self._write_checkpoints(session)
        self.append("create", initial_document(initial, digest), now, session_id=session.id)

    def set_archived(self, session_id: str, archived: bool, now: datetime) -> None:
        """Hide a session or bring it back."""
        row = self.session_row(session_id)
        if bool(row.archived) == archived:
            return
        self._update_session(self.session(session_id), row.model_digest, archived)
        self.append("archive" if archived else "unarchive", {}, now, session_id=session_id)

    def _update_session(self, session: Session, digest: str, archived: bool) -> None:
        values = with_digest(session_row(session, digest, archived))
        columns = [name.strip() for name in f"{SESSION_COLUMNS}, row_digest".split(",")]
        settings = ", ".join(f"{name} = ?" for name in columns)
        self._connection.execute(
            f"UPDATE session SET {settings} WHERE id = ?", (*values, session.id)
        )

    def _write_rating(self, session_id: str, rating: Rating) -> None:
        values = with_digest(rating_row(session_id, rating))
        self._put("INSERT OR REPLACE", "rating", f"{RATING_COLUMNS}, row_digest", values)

    def _write_checkpoints(self, session: Session) -> None:
        self._connection.execute("DELETE FROM milestone WHERE session_id = ?", (session.id,))
        for values in checkpoint_rows(session):
            self._insert("milestone", f"{CHECKPOINT_COLUMNS}, row_digest", with_digest(values))

    # ---- changes -----------------------------------------------------------------------------

    def apply(self, change: Change) -> Change:
        """Write the rows in which a session differs after a change.

        Returns the change without edits that would set a value that is there already. Raises
        ``InvalidInput`` where the session is not in the state that the change expects.
        """
        row = self.session_row(change.session_id)
        before = self._session_from(row, self._ratings_of(row.id, change.area_ids))
        edits = (
            edit for edit in change.edits if before.value(edit.area_id, edit.field) != edit.after
        )
        change = replace(change, edits=tuple(edits))
        after = apply_change(before, change)
        for area_id in change.area_ids:
            if after.rating(area_id) != before.rating(area_id):
                self._write_rating(row.id, after.rating(area_id))
        if any(edit.area_id is None for edit in change.edits):
            self._update_session(after, row.model_digest, bool(row.archived))
        if after.milestones != before.milestones:
            self._write_checkpoints(after)
        return change

    def touch(self) -> None:
        """Write something that changes nothing, so that the transaction has work to do."""
        self._connection.execute("UPDATE library_info SET app_version = app_version")

    def append_change(self, change: Change, now: datetime) -> Saved:
        """Add a change to the log."""
        return self._append_row(
            change.id,
            change.session_id,
            Moment.of(now),
            (change.origin.value, change.reverses, change.merge_key, change_content(change)),
        )

    def append(
        self, origin: str, content: dict[str, Any], now: datetime, session_id: str | None = None
    ) -> Saved:
        """Add something else than a change to the log."""
        values = (origin, "", "", compact_json(content))
        return self._append_row(uuid4().hex, session_id, Moment.of(now), values)

    def _append_row(
        self, row_id: str, session_id: str | None, moment: Moment, values: tuple[str, ...]
    ) -> Saved:
        seq, previous = self.log_head()
        state = "" if session_id is None else self._state_of(session_id)
        row = (seq + 1, row_id, session_id, moment.utc, moment.offset, *values, state)
        self._insert("change_log", LOG_COLUMNS, (*row, previous, link(previous, *row)))
        return Saved(seq + 1, moment.local())

    def _state_of(self, session_id: str) -> str:
        """The digest of everything that is stored of a session now.

        It stands in the log row, so that ratings and log have to be of the same moment: a file
        copied in the middle of a transaction may hold either without the other.
        """
        rows = self._connection.execute(_STATE_OF_SESSION, (session_id,))
        return combined(digest for (digest,) in rows)

    def log_head(self) -> tuple[int, str]:
        """Number and hash of the last row of the log."""
        row = self._row("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1")
        return (0, FIRST_LINK) if row is None else (int(row[0]), str(row[1]))

    def acknowledgement_of(self, change_id: str) -> Saved | None:
        """What was answered when the change was stored; ``None`` when it was not."""
        row = self._row("SELECT seq, at, utc_offset FROM change_log WHERE id = ?", (change_id,))
        return None if row is None else Saved(row[0], Moment(row[1], row[2]).local())

    def changes(self, session_id: str) -> tuple[Change, ...]:
        """The session's changes in order, each with its local time."""
        rows = self._rows(
            f"SELECT {LOG_COLUMNS} FROM change_log WHERE session_id = ? AND {_CHANGES}"
            " ORDER BY seq",
            (session_id,),
        )
        return tuple(map(change_from_row, rows))

    def created_at(self, session_id: str) -> datetime:
        """When the session was created."""
        row = self._row(
            "SELECT at, utc_offset FROM change_log WHERE session_id = ? AND origin = 'create'",
            (session_id,),
        )
        return Moment(row[0], row[1]).local()

    def initial_session(self, session_id: str) -> Session:
        """The session as it was when it came into the library; its changes lead on from there."""
        (content,) = self._row(
            "SELECT content FROM change_log WHERE session_id = ? AND origin = 'create'",
            (session_id,),
        )
        return initial_from_document(json.loads(content), self.session(session_id))

    def sessions_changed_since(self, seq: int) -> tuple[str, ...]:
        """Sessions with log rows after this one, the most recently changed first."""
        rows = self._rows(
            "SELECT session_id, max(seq) AS last FROM change_log"
            " WHERE seq > ? AND session_id IS NOT NULL GROUP BY session_id ORDER BY last DESC",
            (seq,),
        )
        return tuple(row[0] for row in rows)

    # ---- files -------------------------------------------------------------------------------

    def add_file(self, content: bytes, now: datetime) -> str:
        """Keep a file's content once; returns its digest."""
        digest = content_digest(content)
        if self._row("SELECT 1 FROM file WHERE digest = ?", (digest,)) is None:
            self._insert("file", "digest, size, content", (digest, len(content), content))
            self.append("file", {"digest": digest, "size": len(content)}, now)
        return digest

    def file_content(self, digest: str) -> bytes:
        """The content with this digest; raises ``NotFound``."""
        row = self._row("SELECT content FROM file WHERE digest = ?", (digest,))
        if row is None:
            raise NotFound(
                N_(
                    "The file is missing from the library. Add the evidence again or "
                    "restore a backup."
                )
            )
        return bytes(row[0])

    # ---- where somebody is -------------------------------------------------------------------

    def set_position(self, session_id: str, area_id: str | None, now: datetime) -> None:
        """Note that a session was opened, and where somebody is in it."""
        self.session_row(session_id)
        self._connection.execute(
            "INSERT INTO position (session_id, area_id, opened, opened_at)"
            " VALUES (?, ?, (SELECT coalesce(max(opened), 0) + 1 FROM position), ?)"
            " ON CONFLICT (session_id) DO UPDATE SET area_id = excluded.area_id,"
            " opened = excluded.opened, opened_at = excluded.opened_at",
            (session_id, area_id, now.isoformat(timespec="seconds")),
        )

    def position(self, session_id: str) -> str | None:
        """Where somebody was last in this session."""
        row = self._row("SELECT area_id FROM position WHERE session_id = ?", (session_id,))
        return None if row is None else row[0]

    def last_position(self) -> tuple[str, str] | None:
        """Session and area that were open last."""
        row = self._row(
            "SELECT session_id, area_id FROM position JOIN session ON session.id = session_id"
            " WHERE area_id IS NOT NULL AND archived = 0 ORDER BY opened DESC LIMIT 1"
        )
        return None if row is None else (row[0], row[1])

    # ---- soundness ---------------------------------------------------------------------------

    # One remark for each fault, and ``None`` for what is sound: whoever checks can rest there.

    def altered_rows(self) -> Iterator[str | None]:
        """Where stored values are not what was written; one short remark each."""
        for table, columns in self._digested_tables().items():
            sql = f"SELECT {columns}, row_digest FROM {table}"
            for *values, stored in self._connection.execute(sql):
                yield None if row_digest(*values) == stored else f"{table} {values[0]}"
        for digest, document in self._connection.execute("SELECT digest, document FROM model"):
            is_sound = hashlib.sha256(document.encode("utf-8")).hexdigest() == digest
            yield None if is_sound else f"model {digest}"
        sql = f"SELECT {LOG_COLUMNS} FROM change_log ORDER BY seq"
        for seq in broken_links(self._connection.execute(sql)):
            yield None if seq is None else f"change_log {seq}"

    def altered_sessions(self) -> Iterator[str | None]:
        """Sessions whose rows are not those of their last change."""
        stored: dict[str, list[str]] = {}
        for table, key in self._tables_of_sessions().items():
            sql = f"SELECT {key}, row_digest FROM {table}"
            for session_id, digest in self._connection.execute(sql):
                stored.setdefault(session_id, []).append(digest)
                yield None
        last = dict(
            self._connection.execute(
                "SELECT session_id, state FROM change_log WHERE seq IN (SELECT max(seq)"
                " FROM change_log WHERE session_id IS NOT NULL GROUP BY session_id)"
            )
        )
        for session_id, digests in stored.items():
            is_sound = combined(digests) == last.get(session_id)
            yield None if is_sound else f"session {session_id}"

    def is_altered(self, session_id: str) -> bool:
        """Whether one session's own rows are not what was written, or not those of its log."""
        digests = []
        for table, key in self._tables_of_sessions().items():
            sql = f"SELECT {DIGESTED_TABLES[table]}, row_digest FROM {table} WHERE {key} = ?"
            for *values, stored in self._rows(sql, (session_id,)):
                if row_digest(*values) != stored:
                    return True
                digests.append(stored)
        last = self._row(
            "SELECT state FROM change_log WHERE session_id = ? ORDER BY seq DESC", (session_id,)
        )
        return bool(digests) and (last is None or combined(digests) != last[0])

    def altered_files(self) -> Iterator[str | None]:
        """Files kept inside whose content is not what was taken in."""
        for digest, content in self._connection.execute("SELECT digest, content FROM file"):
            yield None if content_digest(content) == digest else f"file {digest}"

    def _digested_tables(self) -> dict[str, str]:
        """Those that are there: a library is checked before it is brought up to date, too."""
        present = {name for (name,) in self._rows("SELECT name FROM sqlite_master")}
        return {key: columns for key, columns in DIGESTED_TABLES.items() if key in present}

    def _tables_of_sessions(self) -> dict[str, str]:
        present = self._digested_tables()
        return {table: key for table, key in _SESSION_TABLES.items() if table in present}


def initial_document(session: Session, digest: str) -> dict[str, Any]:
    """The state a session starts from, as it stands in the log."""
    return {
        "model": digest,
        **details_to_document(session),
        "ratings": [rating_to_document(rating) for rating in session.ratings.values()],
    }


def initial_from_document(document: dict[str, Any], session: Session) -> Session:
    """The inverse of :func:`initial_document`; organisation and model are those of ``session``."""
    ratings = map(rating_from_document, document["ratings"])
    return replace(
        session,
        # Fields that are absent were not there when the session was created.
        **{**_defaults(SESSION), **details_from_document(document)},
        ratings=MappingProxyType({rating.area_id: rating for rating in ratings}),
    )


def _defaults(table: FieldTable[Any]) -> dict[str, Any]:
    return {
        name: field.default for name, field in table.fields.items() if field.default is not MISSING
    }


def _in_parts(items: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
