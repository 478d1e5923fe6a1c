"""Deletes rows for good and blanks their log entries, inside a transaction of the caller."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.deletions import Deletion, Kind, Target
from data.library import columns
from data.library.completeness import DELETED
from data.library.marks import deletion_records, mark
from data.library.store import Store

_FILE_DIGEST = re.compile(r"[0-9a-f]{64}")
_AT_ONCE = 500
_KEYS = {
    "organisation": "id",
    "unit": "id",
    "model": "digest",
    "file": "digest",
    "review": "id",
    "mapping": "digest",
}
"""Library-level kinds of log entries, and the key in each that tells what it is about."""


@dataclass(frozen=True, slots=True)
class Doomed:
    """Everything that goes with a target; ``name`` is how people call it.

    Former clients and units became part of those that go; all names there ever were go with them.
    ``imported`` are models of the list that no other session uses; they go on request.
    """

    target: Target
    name: str
    sessions: tuple[str, ...]
    clients: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    former_clients: tuple[str, ...] = ()
    former_units: tuple[str, ...] = ()
    client_names: tuple[str, ...] = ()
    unit_names: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()

    @property
    def all_clients(self) -> tuple[str, ...]:
        """Ids of the client and of those that became part of it."""
        return (*self.clients, *self.former_clients)

    @property
    def all_units(self) -> tuple[str, ...]:
        """Ids of the units and of those that became part of them."""
        return (*self.units, *self.former_units)


# ---- what goes --------------------------------------------------------------------------------


def doomed_with(store: Store, target: Target, waiting: Mapping[str, str]) -> Doomed:
    """Find all that goes with a target; raises ``NotFound``.

    ``waiting`` is the text of a session's changes that are not stored yet; files it names stay.
    """
    sessions: tuple[str, ...]
    clients: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    if target.kind is Kind.SESSION:
        name = str(store.sessions.record(target.id)["title"])
        sessions = (target.id,)
    elif target.kind is Kind.UNIT:
        unit = store.units.unit(target.id)
        name, units = unit.name, _units_below(store, target.id)
        sessions = _sessions_of(store, "unit_id", units)
    else:
        name, clients = store.units.organisation(target.id).name, (target.id,)
        units = tuple(unit.id for unit in store.units.units(target.id))
        sessions = _sessions_of(store, "organisation_id", clients)
    models, imported = _unused_models(store, sessions)
    former_clients = store.log.merged_from("organisation", clients)
    former_units = store.log.merged_from("unit", units)
    return Doomed(
        target=target,
        name=name,
        sessions=sessions,
        clients=clients,
        units=units,
        former_clients=former_clients,
        former_units=former_units,
        client_names=_client_names(store, (*clients, *former_clients)),
        unit_names=store.log.names_ever("unit", (*units, *former_units)),
        models=models,
        imported=imported,
        files=_unused_files(store, sessions, waiting),
        reviews=store.reviews.ids_with(sessions, clients),
    )


def _client_names(store: Store, clients: Collection[str]) -> tuple[str, ...]:
    """Every name they have had, unless another client has it now."""
    others = {each.name for each in store.units.organisations() if each.id not in clients}
    names = store.log.names_ever("organisation", clients)
    return tuple(name for name in names if name not in others)


def _units_below(store: Store, unit_id: str) -> tuple[str, ...]:
    """A unit and those below it."""
    found = {unit_id: None}
    for each in store.units.units(store.units.unit(unit_id).organisation_id):  # parents first
        if each.parent_id in found:
            found[each.id] = None
    return tuple(found)


def _sessions_of(store: Store, column: str, ids: Collection[str]) -> tuple[str, ...]:
    rows = _rows(store, f"SELECT id FROM session WHERE {column} IN", ids)
    return tuple(session_id for (session_id,) in rows)


def _unused_models(
    store: Store, sessions: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Models that no other session uses: those that cannot be chosen, and those that can.

    The latter are imported ones of which no other session uses any version. All their versions
    go, also a newer one that waits for its first session: it may have been made for the client.
    """
    gone = frozenset(sessions)
    used: set[str] = set()
    freed: set[str] = set()
    for session_id, digest in store.log.rows("SELECT id, model_digest FROM session"):
        (freed if session_id in gone else used).add(digest)
    models = store.log.rows("SELECT digest, id, imported FROM model ORDER BY imported")
    newest = {model_id: digest for digest, model_id, imported in models if imported}
    unused = [model for model in models if model[0] not in used]
    ids = {model_id for digest, model_id, _ in unused if digest in freed}
    ids -= {model_id for digest, model_id, _ in models if digest in used}
    hidden = tuple(
        digest
        for digest, model_id, imported in unused
        if not imported or (digest in freed and digest != newest[model_id])
    )
    listed = tuple(
        digest
        for digest, model_id, imported in unused
        if model_id in ids and imported and digest not in hidden
    )
    return hidden, listed


def _unused_mappings(store: Store, models: Collection[str]) -> tuple[str, ...]:
    """Mappings from or to a model of which no version stays; the built-in ones always do."""
    from data.models.builtin import BUILTIN_IDS

    gone, kept = set[str](), set(BUILTIN_IDS)
    for digest, model_id in store.log.rows("SELECT digest, id FROM model"):
        (gone if digest in models else kept).add(model_id)
    return tuple(
        stored.mapping.digest
        for stored in store.mappings.all()
        if any(version.model_id in gone - kept for version in stored.mapping.versions)
    )


def _unused_files(
    store: Store, sessions: Collection[str], waiting: Mapping[str, str]
) -> tuple[str, ...]:
    """Files that nothing else refers to or did at some time, so that undo still finds its own."""
    gone, used = frozenset(sessions), set[str]()
    for session_id, text in waiting.items():
        if session_id not in gone:
            used.update(_FILE_DIGEST.findall(text))
    for sql in (
        "SELECT session_id, evidence FROM rating WHERE evidence <> '[]'",
        "SELECT session_id, content FROM change_log WHERE session_id IS NOT NULL"
        " AND instr(content, 'digest')",
    ):
        for session_id, text in store.connection.execute(sql):
            if session_id not in gone:
                used.update(_FILE_DIGEST.findall(text))
    digests = store.log.rows("SELECT digest FROM file")
    return tuple(digest for (digest,) in digests if digest not in used)


# ---- deleting ---------------------------------------------------------------------------------


def delete_rows(store: Store, doomed: Doomed, by: str, record_id: str, now: datetime) -> Deletion:
    """Delete, record that it was done, and blank the log entries of what is gone."""
    mappings = _unused_mappings(store, doomed.models)
    entries = _entries_of(store, doomed, mappings)
    for table, key in (("position", "session_id"), *reversed(columns.SESSION_TABLES.items())):
        _rows(store, f"DELETE FROM {table} WHERE {key} IN", doomed.sessions)
    _rows(store, "DELETE FROM review WHERE id IN", doomed.reviews)
    for unit_id in reversed(doomed.units):  # those below first
        store.connection.execute("DELETE FROM unit WHERE id = ?", (unit_id,))
    _rows(store, "DELETE FROM organisation WHERE id IN", doomed.clients)
    _rows(store, "DELETE FROM mapping WHERE digest IN", mappings)
    _rows(store, "DELETE FROM model WHERE digest IN", doomed.models)
    _rows(store, "DELETE FROM file WHERE digest IN", doomed.files)
    store.models.forget_cached()
    library = store.library_id()
    content = {
        "kind": doomed.target.kind.value,
        "sessions": len(doomed.sessions),
        "units": len(doomed.units),
        "by": by,
        "entries": _ranges(entries),
        "marks": [
            mark(library, each)
            for each in (*doomed.sessions, *doomed.all_clients, *doomed.all_units, *mappings)
        ],
    }
    store.log.append(DELETED, content, now, entry_id=record_id)
    store.log.blank(entries)
    return _deletion(content, now)


def _entries_of(store: Store, doomed: Doomed, mappings: Collection[str]) -> list[int]:
    """Numbers of the log entries that are about what goes, in order."""
    sql = "SELECT seq FROM change_log WHERE session_id IN"
    found = [seq for (seq,) in _rows(store, sql, doomed.sessions)]
    gone = {
        "organisation": frozenset(doomed.all_clients),
        "unit": frozenset(doomed.all_units),
        "model": frozenset(doomed.models),
        "file": frozenset(doomed.files),
        "review": frozenset(doomed.reviews),
        "mapping": frozenset(mappings),
    }
    sql = "SELECT seq, origin, content FROM change_log WHERE session_id IS NULL AND content <> ''"
    for seq, origin, content in store.connection.execute(sql):
        if origin in gone and json.loads(content).get(_KEYS[origin]) in gone[origin]:
            found.append(seq)
    return sorted(found)


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Ascending numbers as ranges, each its first and last number."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def _rows(store: Store, sql: str, values: Collection[str]) -> list[Any]:
    """Execute a statement that ends in ``IN`` for all values, some at a time."""
    some, rows = list(values), []
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        rows += store.log.rows(f"{sql} ({', '.join('?' * len(part))})", part)
    return rows


# ---- what the log remembers -------------------------------------------------------------------


def deletions(store: Store) -> tuple[Deletion, ...]:
    """The recorded deletions, oldest first."""
    return tuple(_deletion(content, at) for content, at in deletion_records(store.log))


def _deletion(content: dict[str, Any], at: datetime) -> Deletion:
    kind, sessions, units = Kind(content["kind"]), content["sessions"], content["units"]
    return Deletion(kind, sessions, units, at, content["by"])
