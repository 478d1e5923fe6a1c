"""Moves whole sessions between libraries: their model, ratings, history and files together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from uuid import uuid4

from app.errors import InvalidInput
from app.model.codec import model_digest
from app.session.documents import rating_to_document
from app.session.session import (
    MAX_NAME_LENGTH,
    Evidence,
    EvidenceKind,
    Organisation,
    Rating,
    Session,
    Unit,
)
from app.words.texts import DEFAULT_LANGUAGE, LANGUAGES, N_, translator_for
from app.workshop.history import Change, Edit, History, taken_back
from data.library.rows import compact_json, name_key
from data.library.store import Store

Content = Callable[[str], bytes]
"""From a file's digest to its content."""

_WRONG_HISTORY = N_("The history of this session does not lead to its scores.")
SECOND_VERSION = N_("{title} (second version)")


@dataclass(frozen=True, slots=True)
class WholeSession:
    """All there is about a session.

    ``units`` leads from the top of the organisation to the session's own unit. ``changes`` are
    its log with the local time of each; they lead from the session's first state to ``session``.
    """

    session: Session
    units: tuple[Unit, ...]
    changes: tuple[tuple[Change, datetime], ...]
    created_at: datetime
    archived: bool = False
    position: str | None = None


def read_whole(store: Store, session_id: str) -> WholeSession:
    """A session of a library with everything that belongs to it."""
    session = store.session(session_id)
    return WholeSession(
        session=session,
        units=store.unit_path(session.unit),
        changes=store.logged_changes(session_id),
        created_at=store.created_at(session_id),
        archived=bool(store.session_row(session_id).archived),
        position=store.position(session_id),
    )


def first_state(whole: WholeSession) -> Session:
    """The state the changes lead from, found by going back along them.

    Raises ``InvalidInput`` where the changes do not lead to the session, or take back what was
    never done.
    """
    try:
        History(change for change, _ in whole.changes)
    except IndexError:
        raise InvalidInput(_WRONG_HISTORY) from None
    return taken_back(whole.session, (change for change, _ in whole.changes))


def content_digest_of(whole: WholeSession) -> str:
    """Equal for sessions with the same content, wherever they are kept."""
    session = whole.session
    ratings = [rating for rating in session.all_ratings() if rating != Rating(rating.area_id)]
    content = [
        name_key(session.organisation.name),
        [name_key(unit.name) for unit in whole.units],
        session.title,
        session.date.isoformat(),
        session.language,
        session.scope,
        session.half_levels,
        model_digest(session.model),
        [_comparable(rating) for rating in ratings],
    ]
    if session.milestones:  # the others keep the digest that earlier releases gave them
        content.append([[m.name, m.at.timestamp()] for m in session.milestones])
    return hashlib.sha256(compact_json(content).encode("utf-8")).hexdigest()


def second_id(whole: WholeSession) -> str:
    """The id under which a session is kept whose own id has other content here.

    It follows from the content, so that taking the same one in twice keeps it once.
    """
    digest = content_digest_of(whole)
    return hashlib.sha256(f"{whole.session.id} {digest}".encode()).hexdigest()[:32]


def as_second_version(whole: WholeSession) -> WholeSession:
    """The session under an id and a title of its own."""
    language = whole.session.language
    tr = translator_for(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    room = MAX_NAME_LENGTH - len(tr.gettext(SECOND_VERSION, title=""))
    title = tr.gettext(SECOND_VERSION, title=whole.session.title[:room])
    return _under_title(replace_id(whole, second_id(whole)), title)


def _under_title(whole: WholeSession, title: str) -> WholeSession:
    """The title as one more change, so that the history still leads to the session."""
    session = whole.session
    edit = Edit(None, "title", session.title, title)
    change = Change(uuid4().hex, session.id, (edit,))
    at = whole.changes[-1][1] if whole.changes else whole.created_at
    return replace(
        whole, session=replace(session, title=title), changes=(*whole.changes, (change, at))
    )


def replace_id(whole: WholeSession, session_id: str) -> WholeSession:
    """The same under another id; its changes get ids of their own, too."""
    new_ids = {
        change.id: hashlib.sha256(f"{session_id} {change.id}".encode()).hexdigest()[:32]
        for change, _ in whole.changes
    }
    changes = tuple(
        (
            replace(
                change,
                id=new_ids[change.id],
                session_id=session_id,
                reverses=new_ids.get(change.reverses, change.reverses),
            ),
            at,
        )
        for change, at in whole.changes
    )
    return replace(whole, session=replace(whole.session, id=session_id), changes=changes)


def write_whole(store: Store, whole: WholeSession, content_of: Content, now: datetime) -> Session:
    """Store a session whose id is free, inside a transaction of the caller.

    Organisation and units are those of the same name where there are any. Raises ``NotFound``
    for a file whose content is not at hand.
    """
    organisation = _organisation(store, whole.session.organisation, now)
    unit = _unit(store, whole.units, organisation, now)
    whole = _with_free_change_ids(store, whole)
    session = replace(whole.session, organisation=organisation, unit=unit)
    for evidence in filed_evidence(whole):
        store.add_file(content_of(evidence.digest), now)
    first = replace(first_state(whole), organisation=organisation, unit=unit)
    store.add_session(session, first, whole.created_at, archived=whole.archived)
    for change, at in whole.changes:
        store.append_change(change, at)
    store.set_position(session.id, whole.position, now)
    return session


def filed_evidence(whole: WholeSession) -> tuple[Evidence, ...]:
    """Every file that is attached, or was at some time, each once."""
    found: dict[str, Evidence] = {}
    for evidence in _all_evidence(whole):
        if evidence.kind is EvidenceKind.FILE:
            found.setdefault(evidence.digest, evidence)
    return tuple(found.values())


def _all_evidence(whole: WholeSession) -> Iterable[Evidence]:
    for rating in whole.session.ratings.values():
        yield from rating.evidence
    for change, _ in whole.changes:
        for edit in change.edits:
            for value in (edit.before, edit.after):
                if edit.field == "evidence" and isinstance(value, tuple):
                    yield from value


def _with_free_change_ids(store: Store, whole: WholeSession) -> WholeSession:
    taken = any(store.acknowledgement_of(change.id) for change, _ in whole.changes)
    return replace_id(whole, whole.session.id) if taken else whole


def _organisation(store: Store, wanted: Organisation, now: datetime) -> Organisation:
    known = store.organisation_named(wanted.name)
    if known is None:
        free = wanted.id and not store.has_organisation_id(wanted.id)
        known = Organisation(wanted.id if free else uuid4().hex, wanted.name)
        store.add_organisation(known, now)
    return known


def _unit(
    store: Store, path: tuple[Unit, ...], organisation: Organisation, now: datetime
) -> Unit | None:
    parent: Unit | None = None
    for wanted in path:
        parent_id = None if parent is None else parent.id
        known = store.unit_named(organisation.id, wanted.name, parent_id)
        if known is None:
            free = wanted.id and not store.has_unit_id(wanted.id)
            unit_id = wanted.id if free else uuid4().hex
            above = store.names_down_to(parent_id)
            known = Unit(unit_id, organisation.id, wanted.name, wanted.kind, parent_id, above)
            store.add_unit(known, now)
        parent = known
    return parent


def _comparable(rating: Rating) -> dict[str, object]:
    document = rating_to_document(rating)
    # 3 and 3.0 are the same level, but not the same JSON.
    for field in ("level", "weight"):
        value: Fraction | None = getattr(rating, field)
        document[field] = None if value is None else str(value)
    return document
