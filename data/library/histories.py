"""Proves that the log of each session leads from its first state to its figures.

Digests and hashes have no key, so an altered score can get new ones. This takes
back every change and compares what is left with the state that was logged first: what an import of
the session would do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.errors import InvalidInput, NotFound
from app.session.session import SESSION
from app.session.whole import WholeSession
from data.library import columns
from data.library.keys import name_key
from data.library.models import model_row
from data.library.sessions import PLACED, session_row
from data.library.storage_errors import UNREADABLE

if TYPE_CHECKING:
    from app.session.session import Session
    from data.library.store import Store

Remarks = Iterator[str | None]


def remarks(store: Store) -> Remarks:
    """A short remark per session, review, model or name that does not follow from its record."""
    yield from _names(store)
    for (digest,) in store.log.rows("SELECT digest FROM model"):
        yield None if _is_model_in_order(store, digest) else f"model {digest}"
    yield from _reviews(store)
    yield from _mappings(store)
    for session_id in store.sessions.session_ids():
        yield None if holds_up(store, session_id) else f"session {session_id}"


def _names(store: Store) -> Remarks:
    for table in ("organisation", "unit"):
        for row_id, name, key in store.log.rows(f"SELECT id, name, name_key FROM {table}"):
            yield None if key == name_key(name) else f"{table} {row_id}"


def _reviews(store: Store) -> Remarks:
    for (review_id,) in store.log.rows("SELECT id FROM review"):
        try:
            store.reviews.review(review_id).check()
            yield None
        except (InvalidInput, *UNREADABLE):
            yield f"review {review_id}"


def _mappings(store: Store) -> Remarks:
    for (row,) in store.log.rows("SELECT digest FROM mapping"):
        try:
            known = store.mappings.known(row)
            is_sound = known is not None and known.mapping.digest == row
        except (InvalidInput, *UNREADABLE):
            is_sound = False
        yield None if is_sound else f"mapping {row}"


def _is_model_in_order(store: Store, digest: str) -> bool:
    """True if the outline beside a model, which lists show, is that of the model."""
    try:
        (row,) = store.models.records(columns.MODEL, "FROM model WHERE digest = ?", (digest,))
        return row == model_row(store.models.model(digest), digest, row["imported"])
    except (InvalidInput, *UNREADABLE):
        return False


def holds_up(store: Store, session_id: str) -> bool:
    """True if a session can be read, and its log leads to it from the state logged first."""
    try:
        row = store.sessions.record(session_id)
        session = store.sessions.session(session_id)
        whole = WholeSession(session, changes=store.sessions.changes(session_id))
        document = store.log.first_state(session_id)
        return (
            row == session_row(session, row["model_digest"], bool(row["archived"]))
            and document.get("model", row["model_digest"]) == row["model_digest"]
            and _is_complete(document)
            and _place_in_log(store, session_id) in (None, (row["organisation_id"], row["unit_id"]))
            and _archived_in_log(store, session_id) in (None, bool(row["archived"]))
            and _comparable(whole.first_state)
            == _comparable(store.sessions.first_state(session_id, whole.changes))
            and all(store.files.has("file", "digest", digest) for digest in whole.digests)
        )
    except (InvalidInput, NotFound, *UNREADABLE):
        return False


def _is_complete(document: dict[str, Any]) -> bool:
    """True if a first state says all that every release has written."""
    required = {name for name, field in SESSION.keyed.items() if field.required}
    return required <= document.keys() and isinstance(document.get("ratings"), list)


def _comparable(session: Session) -> Session:
    """The session with a rating for each area, also for those that nobody touched."""
    ratings = {area.id: session.rating(area.id) for area in session.model.areas}
    return replace(session, ratings=MappingProxyType({**session.ratings, **ratings}))


def _place_in_log(store: Store, session_id: str) -> tuple[str, str | None] | None:
    """The ids of organisation and unit that were logged last; ``None`` in a log without them."""
    row = store.log.row(
        "SELECT content FROM change_log WHERE session_id = ?"
        " AND (origin = ? OR instr(content, '\"affiliation\"')) ORDER BY seq DESC LIMIT 1",
        (session_id, PLACED),
    )
    if row is None:
        return None
    entry = json.loads(row[0])
    if "edits" in entry:
        entry = [e["after"] for e in entry["edits"] if e["field"] == "affiliation"][-1:]
        return (entry[0]["organisation"], entry[0]["unit"]) if entry else None
    place = entry.get("affiliation", entry)
    return place["organisation"], place["unit"]


def _archived_in_log(store: Store, session_id: str) -> bool | None:
    """If the session was hidden or shown last; ``None`` where neither ever happened."""
    row = store.log.row(
        "SELECT origin FROM change_log WHERE session_id = ?"
        " AND origin IN ('archive', 'unarchive') ORDER BY seq DESC LIMIT 1",
        (session_id,),
    )
    return None if row is None else row[0] == "archive"
