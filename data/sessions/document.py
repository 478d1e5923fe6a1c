"""Parse and validate a session's JSON document (``docs/json.md``); reports all faults at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from app.comparison.reviews import Review
from app.errors import Fault, InvalidFile, InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.rating import RATING, Rating
from app.session.session import SESSION
from app.session.units import Organisation, affiliation_along
from app.session.whole import WholeSession
from app.words.texts import N_
from app.workshop.history import Change, Edit
from data.fault_words import Place, path_in_words
from data.library.hash_chain import content_digest
from data.models.yaml.reader import model_from_foreign_document
from data.pydantic_faults import faults_of
from data.sessions.json_file import read_session_file
from data.sessions.long_texts import decoded_text
from data.sessions.schema import (
    SENTENCES,
    ChangeEntry,
    Context,
    Envelope,
    ReviewEntry,
    session_file,
)
from data.sessions.versions import with_ids

Decoder = Callable[[str], bytes]

MOST_FAULTS = 100
_OUR_ID = re.compile(r"(?:[0-9a-f]{12}-of-)*[0-9a-f]{32}")
"""A random id, perhaps that of a second version."""


def read_session(path: Path) -> WholeSession:
    """Parse the session in a JSON file.

    Raises ``InvalidFile`` with every fault and ``StorageUnavailable`` where the file cannot be
    read.
    """
    file = read_session_file(path)
    return read_session_document(file.document, path.name, file.contents.decoded)


def read_session_document(
    document: Any, name: str = "JSON", decoded: Decoder = decoded_text
) -> WholeSession:
    """Parse a session from its document; ``decoded`` gives a file's content from its text.

    Raises ``InvalidFile`` with every fault, each with its place such as ``ratings.3.level``.
    """
    faults: list[Fault] = []
    # For another kind of file, or a newer version, faults of other keys would be noise.
    if _checked(Envelope, document, Context(None), faults):
        model = _model(document.get("model"), faults)
        file = _checked(session_file(), document, Context(model, decoded), faults)
        if file is not None and model is not None and not faults:
            whole = _whole(file, model, decoded)
            faults += _faults_between_parts(whole)
            if not faults:
                return whole
    raise InvalidFile(
        N_(
            "“{name}” is not a valid session file; nothing was imported. Choose a "
            "JSON file from an export."
        ),
        faults[:MOST_FAULTS],
        name=name,
    )


def _checked(
    document_class: type[BaseModel], document: Any, context: Context, faults: list[Fault]
) -> Any:
    """Validate; returns ``None`` after adding faults."""
    try:
        return document_class.model_validate(document, context=context)
    except ValidationError as error:
        faults += faults_of(error, document_class, _fault, SENTENCES)
        return None


def _fault(template: str, place: Place, /, **values: object) -> Fault:
    return Fault(template, path=path_in_words(place), values=tuple(values.items()))


def _model(document: Any, faults: list[Fault]) -> MaturityModel | None:
    if not isinstance(document, dict):
        return None  # reported by the validation of the file
    try:
        return model_from_foreign_document(document, "model")
    except InvalidFile as error:
        for fault in error.faults:
            path = f"model.{fault.path}" if fault.path else "model"
            faults.append(Fault(fault.template, 0, path, fault.values))
        return None


# ---- from the document to a session ------------------------------------------------------------


class _FileContents(Mapping[str, bytes]):
    """Contents by digest, decoded one at a time."""

    def __init__(self, texts: Mapping[str, str], decoded: Decoder) -> None:
        self._texts = texts
        self._decoded = decoded

    def __getitem__(self, digest: str) -> bytes:
        text = self._texts[digest]
        with suppress(ValueError):
            content = self._decoded(text)
            if content_digest(content) == digest:
                return content
        raise InvalidInput(N_("The file was changed while it was imported. Import it again."))

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _whole(file: Any, model: MaturityModel, decoded: Decoder) -> WholeSession:
    organisation = Organisation(file.session.organisation.id, file.session.organisation.name)
    path = ((unit.id, unit.name, unit.kind) for unit in file.session.units)
    ratings = (_rating(entry) for entry in file.ratings)
    session = SESSION.holder(
        id=file.session.id,
        affiliation=affiliation_along(organisation, path),
        model=model,
        ratings={rating.area_id: rating for rating in ratings},
        **{name: getattr(file.session, name) for name in SESSION.keyed},
    )
    changes = with_ids(
        tuple(_change(entry, session.id) for entry in file.changes),
        lambda change_id: _random_id(change_id, session.id),
    )
    position = file.session.position
    return WholeSession(
        session=session,
        changes=changes,
        files=_FileContents({entry.digest: entry.content for entry in file.files}, decoded),
        # Best effort: an unknown area is no reason to refuse the file.
        position=position if isinstance(position, str) and model.has_area(position) else None,
        created_at=next((change.at for change in changes if change.at), None),
        reviews=tuple(_review(entry, organisation.id) for entry in file.reviews),
    )


def _random_id(change_id: str, session_id: str) -> str:
    """The id, or one derived from it if it is not like ours.

    The log keeps ids even of what was deleted for good, so they must not say anything.
    """
    if _OUR_ID.fullmatch(change_id):
        return change_id
    return hashlib.sha256(f"{session_id} {change_id}".encode()).hexdigest()[:32]


def _rating(entry: Any) -> Rating:
    values = {name: getattr(entry, name) for name in RATING.fields}
    return RATING.holder(entry.area_id, **values)


def _change(entry: ChangeEntry, session_id: str) -> Change:
    edits = tuple(Edit(edit.area_id, edit.field, edit.before, edit.after) for edit in entry.edits)
    return Change(
        entry.id, session_id, edits, entry.origin, entry.merge_key, entry.reverses, entry.at
    )


def _review(entry: ReviewEntry, organisation_id: str) -> Review:
    """The review under an id that both of its sessions' files give it."""
    review = entry.review(organisation_id)
    return replace(review, id=_random_id(review.id, f"{review.earlier_id} {review.later_id}"))


def _faults_between_parts(whole: WholeSession) -> Iterator[Fault]:
    """Missing files, reviews of others, and a log that does not lead to the ratings."""
    for digest in whole.digests:
        if digest not in whole.files:
            template = N_("The content of the file “{digest}” is missing from “files”.")
            yield _fault(template, ("files",), digest=digest)
    for review in whole.reviews:
        if whole.session.id not in (review.earlier_id, review.later_id):
            template = N_("The review “{id}” is not of this session.")
            yield _fault(template, ("reviews",), id=review.id)
    try:
        _ = whole.first_state
    except InvalidInput:
        yield _fault(N_("The changes do not lead to the ratings of this document."), ("changes",))
