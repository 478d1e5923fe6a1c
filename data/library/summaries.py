"""Session summaries for lists, read without loading any model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.session.session import DatedSession, SessionSummary
from app.session.units import Organisation, Unit
from data.library.keys import search_key
from data.library.models import ModelOutline, Score
from data.library.store import Store

_COLUMNS = (
    "session.id, organisation.id, organisation.name, unit.id, unit.name, unit.kind,"
    " unit.parent_id, session.title, session.date, session.model_digest, position.opened_at"
)
# CROSS JOIN: sessions are looked up one by one in the order they were opened in, so that a page
# costs the same in a library of fifty sessions and in one of five thousand.
_TABLES = (
    " FROM position CROSS JOIN session ON session.id = position.session_id"
    " JOIN organisation ON organisation.id = session.organisation_id"
    " LEFT JOIN unit ON unit.id = session.unit_id"
)
HAS_LEVEL = (
    "EXISTS (SELECT 1 FROM rating WHERE rating.session_id = {table}.id"
    " AND rating.level IS NOT NULL AND rating.not_applicable IS NULL)"
)
"""Condition: an area of the session in ``table`` applies and has a level."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Sessions to list: those in which every word of ``search`` occurs, of one client or all."""

    search: str = ""
    client_id: str | None = None
    archived: bool = False

    def condition(self) -> tuple[str, list[str | int]]:
        """The condition in SQL, and its parameters."""
        # A lone surrogate matches nothing, which is no reason to complain while the user types.
        words = search_key(self.search).encode("utf-8", "replace").decode("utf-8").split()
        conditions = ["session.archived = ?", *["instr(session.search_key, ?) > 0"] * len(words)]
        parameters: list[str | int] = [int(self.archived), *words]
        if self.client_id is not None:
            conditions.append("session.organisation_id = ?")
            parameters.append(self.client_id)
        return " AND ".join(conditions), parameters


def last_client(store: Store) -> str | None:
    """Id of the organisation whose session was opened last; ``None`` without sessions.

    Sessions that came in by a merge or a command have a place in the list, but no area: they were
    never opened in the window and count only where none was.
    """
    row = store.connection.execute(
        "SELECT organisation_id FROM position JOIN session ON session.id = position.session_id"
        " ORDER BY position.area_id IS NULL, position.opened DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])


def count(store: Store, wanted: Wanted) -> int:
    """Number of matching sessions."""
    condition, parameters = wanted.condition()
    sql = f"SELECT count(*) FROM session WHERE {condition}"
    return int(store.connection.execute(sql, parameters).fetchone()[0])


def last_opened_first(
    store: Store, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> tuple[SessionSummary, ...]:
    """One page of the list."""
    condition, parameters = wanted.condition()
    sql = (
        f"SELECT {_COLUMNS}{_TABLES} WHERE {condition}"
        " ORDER BY position.opened DESC LIMIT ? OFFSET ?"
    )
    bounds = (-1 if limit is None else limit, offset)
    return _summaries(store, store.connection.execute(sql, (*parameters, *bounds)).fetchall())


def archived(store: Store, client_id: str | None) -> tuple[SessionSummary, ...]:
    """Archived sessions, last opened first."""
    return last_opened_first(store, Wanted(client_id=client_id, archived=True))


def earlier(store: Store, session_id: str) -> tuple[SessionSummary, ...]:
    """Sessions of the same organisation and unit with an earlier date, newest first."""
    row = store.sessions.record(session_id)
    sql = (
        f"SELECT {_COLUMNS} FROM session JOIN position ON position.session_id = session.id"
        " JOIN organisation ON organisation.id = session.organisation_id"
        " LEFT JOIN unit ON unit.id = session.unit_id WHERE session.archived = 0"
        " AND session.organisation_id = ? AND session.unit_id IS ? AND session.date < ?"
        " ORDER BY session.date DESC, position.opened DESC"
    )
    found = store.connection.execute(
        sql, (row["organisation_id"], row["unit_id"], row["date"])
    ).fetchall()
    return _summaries(store, found)


def dated(store: Store, organisation_id: str) -> tuple[DatedSession, ...]:
    """All sessions of an organisation, newest first; of one day the one opened last."""
    units = {unit.id: unit for unit in store.units.units(organisation_id)}
    sql = (
        f"SELECT session.id, session.unit_id, session.date, {HAS_LEVEL.format(table='session')}"
        " FROM session JOIN position ON position.session_id = session.id"
        " WHERE session.archived = 0 AND session.organisation_id = ?"
        " ORDER BY session.date DESC, position.opened DESC"
    )
    return tuple(
        DatedSession(session_id, units.get(unit_id), date.fromisoformat(day), bool(is_scored))
        for session_id, unit_id, day, is_scored in store.connection.execute(sql, (organisation_id,))
    )


def _summaries(store: Store, rows: Sequence[Sequence[Any]]) -> tuple[SessionSummary, ...]:
    scores = store.sessions.scores_of([row[0] for row in rows])
    above = {parent: store.units.names_down_to(parent) for parent in {row[6] for row in rows}}
    return tuple(
        _summary(row, above[row[6]], store.models.outline(row[9]), *scores[row[0]]) for row in rows
    )


def _summary(
    row: Sequence[Any],
    above: tuple[str, ...],
    outline: ModelOutline,
    scores: Mapping[str, Score],
    not_applicable: int,
) -> SessionSummary:
    session_id, organisation_id, organisation_name, unit_id, unit_name, kind, parent, *rest = row
    title, day, _, opened_at = rest
    unit = (
        None if unit_id is None else Unit(unit_id, organisation_id, unit_name, kind, parent, above)
    )
    return SessionSummary(
        id=session_id,
        organisation=Organisation(organisation_id, organisation_name),
        unit=unit,
        title=title,
        date=date.fromisoformat(day),
        model_id=outline.id,
        model_name=outline.name,
        scored=len(scores),
        applicable=outline.area_count - not_applicable,
        lowest_level=outline.lowest_level,
        highest_level=outline.highest_level,
        profile=outline.profile(scores),
        opened_at=opened_at,
    )
