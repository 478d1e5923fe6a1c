"""Transfer of whole sessions between libraries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import uuid4

from app.model.codec import model_digest
from app.session.compact_json import compact_json
from app.session.documents import rating_to_document
from app.session.fields import FieldTable
from app.session.names import MAX_NAME_LENGTH
from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session
from app.session.units import Affiliation, Organisation, Unit
from app.session.whole import WholeSession
from app.words.texts import DEFAULT_LANGUAGE, LANGUAGES, N_, translator_for
from app.workshop.history import Change, Edit
from data.library.keys import name_key
from data.library.store import Store

SECOND_VERSION = N_("{title} (second version)")


def read_whole(store: Store, session_id: str) -> WholeSession:
    """Read a session with everything that belongs to it."""
    session = store.sessions.session(session_id)
    whole = WholeSession(
        session=session,
        changes=store.sessions.changes(session_id),
        position=store.positions.of(session_id),
        created_at=store.log.created_at(session_id),
        archived=bool(store.sessions.record(session_id)["archived"]),
    )
    return replace(whole, files=_StoredFiles(store, whole.digests))


class _StoredFiles(Mapping[str, bytes]):
    """Lazy mapping of a library's files, which together may exceed memory."""

    def __init__(self, store: Store, digests: tuple[str, ...]) -> None:
        self._store = store
        self._digests = digests

    def __getitem__(self, digest: str) -> bytes:
        return self._store.files.content(digest)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def content_digest_of(whole: WholeSession) -> str:
    """Digest that is equal for sessions with the same content in any library."""
    session = whole.session
    ratings = session.ratings
    content: list[object] = [
        name_key(session.organisation.name),
        [name_key(unit.name) for unit in session.affiliation.units],
        session.title,
        session.date.isoformat(),
        session.language,
        session.scope,
        session.half_levels,
        model_digest(session.model),
        [_comparable(ratings[area.id]) for area in session.model.areas if area.id in ratings],
    ]
    # Sessions without later additions keep the digest that earlier releases gave them.
    if session.milestones:
        content.append([[m.name, m.at.timestamp()] for m in session.milestones])
    added = _added_values(SESSION, session)
    if added:
        content.append(added)
    return hashlib.sha256(compact_json(content).encode("utf-8")).hexdigest()


def second_id(whole: WholeSession) -> str:
    """New id for a session whose id is in use with different content.

    Derived from the content, so that importing the same session twice keeps it once.
    """
    digest = content_digest_of(whole)
    return hashlib.sha256(f"{whole.session.id} {digest}".encode()).hexdigest()[:32]


def as_second_version(whole: WholeSession) -> WholeSession:
    """Copy with an id and a title of its own."""
    language = whole.session.language
    tr = translator_for(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    room = MAX_NAME_LENGTH - len(tr.gettext(SECOND_VERSION, title=""))
    title = tr.gettext(SECOND_VERSION, title=whole.session.title[:room])
    return _under_title(replace_id(whole, second_id(whole)), title)


def _under_title(whole: WholeSession, title: str) -> WholeSession:
    """Record the new title as a change, so that the log still leads to the session."""
    session = whole.session
    edit = Edit(None, "title", session.title, title)
    at = whole.changes[-1].at if whole.changes else whole.created_at
    change = Change(uuid4().hex, session.id, (edit,), at=at)
    return replace(whole, session=replace(session, title=title), changes=(*whole.changes, change))


def replace_id(whole: WholeSession, session_id: str) -> WholeSession:
    """Copy under another id; the changes get new ids, too."""
    new_ids = {
        change.id: hashlib.sha256(f"{session_id} {change.id}".encode()).hexdigest()[:32]
        for change in whole.changes
    }
    changes = tuple(
        replace(
            change,
            id=new_ids[change.id],
            session_id=session_id,
            reverses=new_ids.get(change.reverses, change.reverses),
        )
        for change in whole.changes
    )
    return replace(whole, session=replace(whole.session, id=session_id), changes=changes)


def write_whole(store: Store, whole: WholeSession, now: datetime) -> Session:
    """Store a session with an unused id, inside the caller's transaction.

    Organisations and units are those of the same name where there are any. ``now`` stands for
    times that are unknown.
    """
    whole = _with_free_change_ids(store, _with_affiliations_of(store, whole, now))
    session = whole.session
    for digest in whole.digests:
        store.files.add(whole.files[digest], now)
    store.sessions.add(session, whole.first_state, whole.created_at or now, archived=whole.archived)
    for change in whole.changes:
        store.log.append_change(change, change.at or now)
    store.positions.remember(session.id, whole.position, now)
    return session


def _with_free_change_ids(store: Store, whole: WholeSession) -> WholeSession:
    taken = any(store.log.acknowledgement_of(change.id) for change in whole.changes)
    return replace_id(whole, whole.session.id) if taken else whole


def _with_affiliations_of(store: Store, whole: WholeSession, now: datetime) -> WholeSession:
    """The session with this library's organisations and units, also those of its changes."""
    known: dict[Affiliation, Affiliation] = {}

    def ours(value: Any) -> Any:
        if not isinstance(value, Affiliation) or not value.is_named:
            return value  # something else, or deleted for good
        if value not in known:
            known[value] = _affiliation(store, value, now)
        return known[value]

    session = replace(whole.session, affiliation=ours(whole.session.affiliation))
    changes = (
        replace(
            change,
            edits=tuple(
                replace(edit, before=ours(edit.before), after=ours(edit.after))
                for edit in change.edits
            ),
        )
        for change in whole.changes
    )
    return replace(whole, session=session, changes=tuple(changes))


def _affiliation(store: Store, wanted: Affiliation, now: datetime) -> Affiliation:
    organisation = _organisation(store, wanted.organisation, now)
    return Affiliation(organisation, _units(store, wanted.units, organisation, now))


def _organisation(store: Store, wanted: Organisation, now: datetime) -> Organisation:
    known = store.units.organisation_named(wanted.name)
    if known is None:
        free = wanted.id and not store.units.has_organisation_id(wanted.id)
        known = Organisation(wanted.id if free else uuid4().hex, wanted.name)
        store.units.add_organisation(known, now)
    return known


def _units(
    store: Store, path: tuple[Unit, ...], organisation: Organisation, now: datetime
) -> tuple[Unit, ...]:
    found: list[Unit] = []
    for wanted in path:
        parent_id = found[-1].id if found else None
        known = store.units.unit_named(organisation.id, wanted.name, parent_id)
        if known is None:
            free = wanted.id and not store.units.has_unit_id(wanted.id)
            unit_id = wanted.id if free else uuid4().hex
            above = store.units.names_down_to(parent_id)
            known = Unit(unit_id, organisation.id, wanted.name, wanted.kind, parent_id, above)
            store.units.add_unit(known, now)
        found.append(known)
    return tuple(found)


def _comparable(rating: Rating) -> dict[str, object]:
    document = rating_to_document(rating)
    # 3 and 3.0 are the same level, but not the same JSON.
    for field in ("level", "weight"):
        value: Fraction | None = getattr(rating, field)
        document[field] = None if value is None else str(value)
    added = _added_values(RATING, rating)
    return {
        k: v for k, v in document.items() if k not in RATING.fields or RATING[k].required
    } | added


def _added_values(table: FieldTable[Any], holder: object) -> dict[str, object]:
    """Values of fields added to the format later, if not the default."""
    return {
        name: field.type.to_json(getattr(holder, name))
        for name, field in table.fields.items()
        if not field.required and name != "milestones" and getattr(holder, name) != field.default
    }
