"""Reads a session from its JSON document (``docs/json.md``) and names every fault in it at once."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.errors import Fault, InvalidFile, InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.documents import details_from_document, edit_from_document, rating_from_document
from app.session.evidence import MAX_EVIDENCE_BYTES
from app.session.field_types import (
    DIGEST,
    ID,
    MISSING_KEY,
    NO_CHOICE,
    NO_ID,
    NO_LINE,
    NO_LIST,
    NO_OBJECT,
    NO_TEXT,
    TWICE,
    WRONG_CONTENT,
    FieldType,
    is_text,
    moment,
)
from app.session.fields import FieldTable
from app.session.names import MAX_NAME_LENGTH
from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session
from app.session.units import MAX_UNIT_LEVELS, Organisation, Unit
from app.session.whole import WholeSession
from app.words.characters import is_single_line
from app.words.texts import N_
from app.workshop.history import Change, Origin
from data.library.hash_chain import content_digest
from data.sessions.json_file import read_session_file

FORMAT = "stufenplan-session"
FORMAT_VERSION = 1
MOST_FAULTS = 100


_NEWER = N_(
    "The file was written by a newer version of Stufenplan (format {theirs}; this version reads up"
    " to {ours}). Please update Stufenplan."
)
_UNKNOWN_AREA = N_("The model has no area “{area}”.")
_TOO_DEEP = N_("Units are nested at most {most} deep.")
_NO_FILE = N_("The content of the file “{digest}” is missing from “files”.")
_NO_MOMENT = N_("A moment such as 2026-11-23T14:07:32+01:00, or null, is needed here.")
_WRONG_HISTORY = N_("The changes do not lead to the ratings of this document.")

Place = tuple[str | int, ...]
Check = Callable[[Any], tuple[str, dict[str, object]] | None]


def read_session(path: Path) -> WholeSession:
    """The session in a JSON file.

    Raises ``InvalidFile`` with every fault and ``StorageUnavailable`` where the file cannot be
    read.
    """
    return read_session_document(read_session_file(path), path.name)


def read_session_document(document: Any, name: str = "JSON") -> WholeSession:
    """The session in a document.

    Raises ``InvalidFile`` with every fault, each with its place such as ``ratings.3.level``.
    """
    reading = _Reading()
    result = reading.whole(document)
    if reading.faults or result is None:
        raise InvalidFile(
            N_(
                "“{name}” is not a valid session file; nothing was imported. Choose a "
                "JSON file from an export."
            ),
            reading.faults[:MOST_FAULTS],
            name=name,
        )
    return result


class _Reading:
    """One pass through a document that collects faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def _complain(self, place: Place, template: str, **values: object) -> None:
        path = ".".join(str(part) for part in place)
        self.faults.append(Fault(template, path=path, values=tuple(values.items())))

    def _take(self, holder: Any, key: str, place: Place, check: Check, default: Any = None) -> Any:
        """A value that passes its check, else ``default`` and a fault."""
        if not isinstance(holder, dict) or key not in holder:
            self._complain(place, MISSING_KEY, key=key)
            return default
        found = check(holder[key])
        if found is not None:
            template, values = found
            self._complain((*place, key), template, **values)
            return default
        return holder[key]

    def _objects(self, holder: Any, key: str, place: Place) -> list[tuple[Place, dict[str, Any]]]:
        """The objects of a list, each with its place."""
        listed: list[tuple[Place, dict[str, Any]]] = []
        for index, item in enumerate(self._take(holder, key, place, _is_list, [])):
            if isinstance(item, dict):
                listed.append(((*place, key, index), item))
            else:
                self._complain((*place, key, index), NO_OBJECT)
        return listed

    def whole(self, document: Any) -> WholeSession | None:
        if not isinstance(document, dict):
            self._complain((), NO_OBJECT)
            return None
        self._take(document, "format", (), _is_one_of([FORMAT]))
        self._take(document, "format_version", (), _is_known_version)
        if self.faults:  # something else, or of a newer version: the rest would only be noise
            return None
        model = self._model(self._take(document, "model", (), _is_object))
        details = self._take(document, "session", (), _is_object, {})
        values, units = self._details(details) if details else ({}, ())
        if model is None or not details:
            return None
        if "title" not in values:  # one of the fields cannot be read; go on looking for faults
            values |= {"title": "", "date": date.min, "language": ""}
        session = SESSION.holder(model=model, unit=units[-1] if units else None, **values)
        ratings = self._ratings(document, model)
        files = self._files(document)
        changes = self._changes(document, model, session.id)
        if self.faults:
            return None
        whole = WholeSession(
            session=_with_ratings(session, ratings),
            units=units,
            changes=tuple(changes),
            files=files,
            position=_position(details, model),
            created_at=next((change.at for change in changes if change.at), None),
        )
        self._check_whole(whole)
        return whole

    def _model(self, document: Any) -> MaturityModel | None:
        if document is None:
            return None
        from data.models.yaml.reader import model_from_foreign_document

        try:
            return model_from_foreign_document(document, "model")
        except InvalidFile as error:
            for fault in error.faults:
                path = f"model.{fault.path}" if fault.path else "model"
                self.faults.append(Fault(fault.template, 0, path, fault.values))
            if not error.faults:
                self._complain(("model",), error.template, **error.values)
            return None

    def _details(self, details: dict[str, Any]) -> tuple[dict[str, Any], tuple[Unit, ...]]:
        """What a session is made of besides model and ratings, and the path of its units."""
        place: Place = ("session",)
        details = _with_defaults(SESSION, details)
        checks = _field_checks(SESSION, None)
        count = len(self.faults)
        for field, check in checks.items():
            self._take(details, field, place, check)
        values = details_from_document(details) if len(self.faults) == count else {}
        organisation = self._take(details, "organisation", place, _is_object, {})
        inside: Place = (*place, "organisation")
        client = Organisation(
            self._take(organisation, "id", inside, _is_id, ""),
            self._take(organisation, "name", inside, _is_line(MAX_NAME_LENGTH, filled=True), ""),
        )
        about = {
            "id": self._take(details, "id", place, _is_id, ""),
            "organisation": client,
            **values,
        }
        return about, self._units(details, client)

    def _units(self, details: dict[str, Any], client: Organisation) -> tuple[Unit, ...]:
        """The path of units down to the session's own, which has to be their last."""
        path: list[Unit] = []
        listed = self._objects(details, "units", ("session",))
        if len(listed) > MAX_UNIT_LEVELS:
            self._complain(("session", "units"), _TOO_DEEP, most=MAX_UNIT_LEVELS)
        for place, item in listed:
            unit = Unit(
                id=self._take(item, "id", place, _is_id, ""),
                organisation_id=client.id,
                name=self._take(item, "name", place, _is_line(MAX_NAME_LENGTH, filled=True), ""),
                kind=self._take(item, "kind", place, _is_line(MAX_NAME_LENGTH), "team"),
                parent_id=path[-1].id if path else None,
                above=tuple(above.name for above in path),
            )
            path.append(unit)
        last = path[-1].id if path else None
        self._take(details, "unit", ("session",), _is_one_of([last]))
        return tuple(path)

    def _ratings(self, document: dict[str, Any], model: MaturityModel) -> dict[str, Rating]:
        ratings: dict[str, Rating] = {}
        checks = _field_checks(RATING, model)
        for place, given in self._objects(document, "ratings", ()):
            count = len(self.faults)
            item = _with_defaults(RATING, given)
            area_id = self._take(item, "area_id", place, _is_area(model))
            if area_id in ratings:
                self._complain(place, TWICE, key=area_id)
            for field, check in checks.items():
                self._take(item, field, place, check)
            if len(self.faults) == count:
                ratings[area_id] = rating_from_document(item)
        return {key: rating for key, rating in ratings.items() if rating != RATING.holder(key)}

    def _changes(
        self, document: dict[str, Any], model: MaturityModel, session_id: str
    ) -> list[Change]:
        changes: dict[str, Change] = {}
        for place, item in self._objects(document, "changes", ()):
            count = len(self.faults)
            change_id = self._take(item, "id", place, _is_id, "")
            origin = self._take(item, "origin", place, _is_one_of([o.value for o in Origin]))
            merge_key = self._take(item, "merge_key", place, _is_text(500), "")
            reverses = self._take(item, "reverses", place, _is_text(100), "")
            at = self._take(item, "at", place, _is_moment, None)
            if change_id in changes:
                self._complain(place, TWICE, key=change_id)
            listed = self._objects(item, "edits", place)
            if item.get("edits") == []:  # a step that does nothing has no name in the menu
                self._complain(place, MISSING_KEY, key="edits")
            edits = [(spot, edit) for spot, edit in listed if self._is_edit(edit, spot, model)]
            if len(self.faults) == count:
                read = tuple(edit_from_document(edit) for _, edit in edits)
                made_at = None if at is None else moment(at)
                changes[change_id] = Change(
                    change_id, session_id, read, Origin(origin), merge_key, reverses, made_at
                )
        return list(changes.values())

    def _is_edit(self, edit: dict[str, Any], place: Place, model: MaturityModel) -> bool:
        count = len(self.faults)
        of_session = edit.get("area_id", "") is None
        if not of_session:
            self._take(edit, "area_id", place, _is_area(model))
        checks = _field_checks(SESSION if of_session else RATING, model)
        field = self._take(edit, "field", place, _is_one_of(tuple(checks)))
        if field is not None:
            for key in ("before", "after"):
                self._take(edit, key, place, checks[field])
        return len(self.faults) == count

    def _files(self, document: dict[str, Any]) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for place, item in self._objects(document, "files", ()):
            digest = self._take(item, "digest", place, _matches(DIGEST, NO_ID), "")
            encoded = self._take(item, "content", place, _is_text(MAX_EVIDENCE_BYTES * 2), "")
            try:
                content = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                content = b""
            if len(content) > MAX_EVIDENCE_BYTES or content_digest(content) != digest:
                self._complain(place, WRONG_CONTENT)
            files[digest] = content
        return files

    def _check_whole(self, whole: WholeSession) -> None:
        for digest in whole.digests:
            if digest not in whole.files:
                self._complain(("files",), _NO_FILE, digest=digest)
        try:
            _ = whole.first_state
        except InvalidInput:
            self._complain(("changes",), _WRONG_HISTORY)


def _position(details: dict[str, Any], model: MaturityModel) -> str | None:
    """The area that was open last, if the model has it: a wish, nothing to refuse a file for."""
    position = details.get("position")
    return position if isinstance(position, str) and model.has_area(position) else None


def _with_ratings(session: Session, ratings: dict[str, Rating]) -> Session:
    return replace(session, ratings=MappingProxyType(ratings))


# ---- checks of single values ------------------------------------------------------------------


def _is_object(value: Any) -> tuple[str, dict[str, object]] | None:
    return None if isinstance(value, dict) else (NO_OBJECT, {})


def _is_list(value: Any) -> tuple[str, dict[str, object]] | None:
    return None if isinstance(value, list) else (NO_LIST, {})


def _is_text(most: int, *, filled: bool = False) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        fits = is_text(value, most) and (value.strip() or not filled)
        return None if fits else (NO_TEXT, {"most": most})

    return check


def _is_line(most: int, *, filled: bool = False) -> Check:
    is_text = _is_text(most, filled=filled)

    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        fits = is_text(value) is None and is_single_line(value)
        return None if fits else (NO_LINE, {"most": most})

    return check


def _is_known_version(value: Any) -> tuple[str, dict[str, object]] | None:
    if type(value) is int and value > FORMAT_VERSION:
        return _NEWER, {"theirs": value, "ours": FORMAT_VERSION}
    return _is_one_of([FORMAT_VERSION])(value)


def _matches(pattern: re.Pattern[str], template: str) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        return None if isinstance(value, str) and pattern.fullmatch(value) else (template, {})

    return check


_is_id = _matches(ID, NO_ID)


def _is_one_of(choices: Sequence[Any]) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        if any(value == choice and type(value) is type(choice) for choice in choices):
            return None
        return NO_CHOICE, {"choices": ", ".join(map(_as_in_json, choices))}

    return check


def _as_in_json(choice: Any) -> str:
    return "null" if choice is None else str(choice)


def _is_moment(value: Any) -> tuple[str, dict[str, object]] | None:
    try:
        fits = value is None or (isinstance(value, str) and moment(value) is not None)
    except (ValueError, OverflowError):
        fits = False
    return None if fits else (_NO_MOMENT, {})


def _is_area(model: MaturityModel) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        known = isinstance(value, str) and model.has_area(value)
        return None if known else (_UNKNOWN_AREA, {"area": value})

    return check


def _field_checks(table: FieldTable[Any], model: MaturityModel | None) -> dict[str, Check]:
    """Per field of a rating or session the check of its JSON value."""

    def check_by(field_type: FieldType) -> Check:
        def check(value: Any) -> tuple[str, dict[str, object]] | None:
            try:
                field_type.read(value, model)
            except InvalidInput as error:
                return error.template, error.values
            return None

        return check

    return {name: check_by(field.type) for name, field in table.fields.items()}


def _with_defaults(table: FieldTable[Any], document: dict[str, Any]) -> dict[str, Any]:
    """The document with the defaults of fields that earlier releases did not have."""
    added = {
        name: field.type.to_json(field.default)
        for name, field in table.fields.items()
        if not field.required
    }
    return {**added, **document}
