"""Session summaries for the list, read without loading any model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.session.session import SessionSummary
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


def count(store: Store, search: str) -> int:
    """Number of matching sessions."""
    condition, parameters = _matching(search)
    sql = f"SELECT count(*) FROM session WHERE {condition}"
    return int(store.connection.execute(sql, parameters).fetchone()[0])


def last_opened_first(
    store: Store, search: str, limit: int | None, offset: int
) -> tuple[SessionSummary, ...]:
    """One page of the list."""
    condition, parameters = _matching(search)
    sql = (
        f"SELECT {_COLUMNS}{_TABLES} WHERE {condition}"
        " ORDER BY position.opened DESC LIMIT ? OFFSET ?"
    )
    bounds = (-1 if limit is None else limit, offset)
    return _summaries(store, store.connection.execute(sql, (*parameters, *bounds)).fetchall())


def archived(store: Store) -> tuple[SessionSummary, ...]:
    """Archived sessions, last opened first."""
    sql = f"SELECT {_COLUMNS}{_TABLES} WHERE session.archived = 1 ORDER BY position.opened DESC"
    return _summaries(store, store.connection.execute(sql).fetchall())


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


def _matching(search: str) -> tuple[str, list[str]]:
    """Every word has to occur somewhere in organisation, unit or title."""
    # A lone surrogate matches nothing, which is no reason to complain while the user types.
    words = search_key(search).encode("utf-8", "replace").decode("utf-8").split()
    condition = "session.archived = 0" + " AND instr(session.search_key, ?) > 0" * len(words)
    return condition, words


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
