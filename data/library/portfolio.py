"""Clients with the sessions that say how they stand, read without loading any model.

What is read grows with the number of clients and units, not with that of sessions: those of a unit
are looked up one by one from the newest, in the index by organisation, unit and date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from app.comparison.grade import LEAST_COMPARABLE_FOR_B
from app.portfolio import Client, Listed, Place, Shape
from app.session.session import SESSION
from app.session.units import MAX_UNIT_LEVELS, Organisation, Unit
from data.library.database import in_parts
from data.library.models import ModelOutline
from data.library.store import Store
from data.library.summaries import HAS_LEVEL

_OF_PLACE = (
    "(SELECT {table}.rowid FROM session AS {table} WHERE {table}.archived = 0"
    " AND {table}.organisation_id = place.organisation_id AND {table}.unit_id IS place.unit_id"
    " AND {condition} ORDER BY {table}.date {direction}, {table}.rowid DESC LIMIT 1)"
)
_PLACES = (
    "SELECT place.organisation_id, place.unit_id, {assessed}, {held}, {planned} FROM"
    " (SELECT id AS organisation_id, NULL AS unit_id FROM organisation"
    " UNION ALL SELECT organisation_id, id FROM unit) AS place"
).format(
    assessed=_OF_PLACE.format(
        table="assessed", condition=HAS_LEVEL.format(table="assessed"), direction="DESC"
    ),
    held=_OF_PLACE.format(table="held", condition="held.date <= :today", direction="DESC"),
    planned=_OF_PLACE.format(
        table="planned",
        condition="planned.date >= :today AND NOT " + HAS_LEVEL.format(table="planned"),
        direction="ASC",
    ),
)
_FIELDS = {
    "title": "title",
    "date": "day",
    "facilitator": "facilitator",
    "next_date": "next_date",
    "tags": "tags",
}
"""Columns of a session, and what they are here."""
_EARLIER = (
    "SELECT session.id, session.model_digest, (SELECT earlier.id FROM session AS earlier"
    " WHERE earlier.archived = 0 AND earlier.organisation_id = session.organisation_id"
    " AND earlier.unit_id IS session.unit_id AND earlier.date < session.date"
    " AND earlier.model_digest = session.model_digest AND earlier.scope = session.scope"
    " AND " + HAS_LEVEL.format(table="earlier") + " ORDER BY earlier.date DESC LIMIT 1)"
    " FROM session WHERE session.id = ?"
)


def clients(store: Store, today: date) -> tuple[Client, ...]:
    """All clients and their units, in no order; archived sessions do not count."""
    found = store.connection.execute(_PLACES, {"today": today.isoformat()}).fetchall()
    units = _units(store)
    rows = {row for _, _, *rows in found for row in rows if row is not None}
    listed = _listed(store, rows, units)
    places: dict[str, list[Place]] = {}
    for organisation_id, unit_id, *of_place in found:
        unit = None if unit_id is None else units[unit_id]
        sessions = [None if row is None else listed[row] for row in of_place]
        places.setdefault(organisation_id, []).append(Place(unit, *sessions))
    organisations = store.connection.execute("SELECT id, name FROM organisation")
    return tuple(Client(Organisation(*row), tuple(places[row[0]])) for row in organisations)


def _units(store: Store) -> Mapping[str, Unit]:
    """Every unit of the library by id, with the names above it."""
    rows = {
        row[0]: row
        for row in store.connection.execute(
            "SELECT id, organisation_id, name, kind, parent_id FROM unit"
        )
    }

    def above(parent_id: str | None) -> Iterator[str]:
        # bounded, because in a file that was tampered with units may run in a circle
        for _ in range(MAX_UNIT_LEVELS):
            if parent_id not in rows:
                return
            _, _, name, _, parent_id = rows[parent_id]
            yield name

    return {
        unit_id: Unit(
            unit_id, organisation_id, name, kind, parent_id, tuple([*above(parent_id)][::-1])
        )
        for unit_id, organisation_id, name, kind, parent_id in rows.values()
    }


def _listed(store: Store, rows: Collection[int], units: Mapping[str, Unit]) -> Mapping[int, Listed]:
    """The sessions in these rows of their table."""
    columns = ", ".join(("rowid", "id", "unit_id", "model_digest", *_FIELDS))
    readers = [(to, SESSION[name].type.from_sql) for name, to in _FIELDS.items()]
    found: dict[int, Listed] = {}
    for some in in_parts(sorted(rows)):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {columns} FROM session WHERE rowid IN ({marks})"
        for row, session_id, unit_id, digest, *values in store.connection.execute(sql, some):
            outline = store.models.outline(digest)
            found[row] = Listed(
                id=session_id,
                unit_id=unit_id,
                unit="" if unit_id is None else units[unit_id].full_name,
                model_id=outline.id,
                model_name=outline.name,
                **{to: read(value) for (to, read), value in zip(readers, values, strict=True)},
            )
    return found


def shapes(store: Store, session_ids: Collection[str]) -> dict[str, Shape]:
    """The profiles of these sessions, each with that of the earlier one it can be laid over."""
    pairs = [
        row
        for session_id in session_ids
        for row in store.connection.execute(_EARLIER, (session_id,))
    ]
    scores = store.sessions.scores_of({each for row in pairs for each in row[::2] if each})
    found = {}
    for session_id, digest, earlier_id in pairs:
        outline = store.models.outline(digest)
        found[session_id] = Shape(
            outline.lowest_level,
            outline.highest_level,
            _means(outline, scores[session_id][0]),
            ()
            if earlier_id is None
            else _means_then(outline, scores[earlier_id][0], scores[session_id][0]),
        )
    return found


def _means_then(
    outline: ModelOutline, then: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Those of dimensions in which the same areas are scored; none if too few are for grade B."""
    if len(then.keys() & now.keys()) < LEAST_COMPARABLE_FOR_B * len(then.keys() | now.keys()):
        return ()
    differing = then.keys() ^ now.keys()
    return tuple(
        None if areas & differing else mean
        for (_, areas), mean in zip(outline.dimensions, _means(outline, then), strict=True)
    )


def _means(outline: ModelOutline, scores: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(mean for _, mean in outline.profile(scores))
