"""Reads a session from its JSON document (``docs/json.md``) and names every fault in it at once."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.errors import Fault, InvalidFile, InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.documents import edit_from_document, rating_from_document, value_from_document
from app.session.session import (
    MAX_CHECKPOINTS,
    MAX_EVIDENCE_BYTES,
    MAX_NAME_LENGTH,
    MAX_NOTE_LENGTH,
    MAX_UNIT_LEVELS,
    MAX_WEIGHT,
    Confidence,
    EvidenceKind,
    Organisation,
    Rating,
    Session,
    Unit,
)
from app.session.whole import WholeSession
from app.words.characters import has_half, is_single_line
from app.words.texts import N_
from app.workshop.history import DETAIL_FIELDS, RATING_FIELDS, Change, Origin
from data.library.hash_chain import content_digest
from data.sessions.json_file import read_session_file

FORMAT = "stufenplan-session"
FORMAT_VERSION = 1
MOST_FAULTS = 100

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,99}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DIGEST = re.compile(r"[0-9a-f]{64}")

_MISSING = N_("“{key}” is missing.")
_NO_OBJECT = N_("An object with keys and values is needed here.")
_NO_LIST = N_("A list is needed here.")
_NO_TEXT = N_("A text of at most {most} characters is needed here.")
_NO_LINE = N_("A text of one line and at most {most} characters is needed here.")
_NEWER = N_(
    "The file was written by a newer version of Stufenplan (format {theirs}; this version reads up"
    " to {ours}). Please update Stufenplan."
)
_NO_ID = N_("An id is needed here: letters, digits, dots, hyphens and underscores.")
_NO_FLAG = N_("true or false is needed here.")
_NO_DATE = N_("A date such as 2026-11-24 is needed here.")
_NO_LANGUAGE = N_("A language code such as de or en is needed here.")
_NO_LEVEL = N_("A level from {lowest} to {highest} in steps of one half, or null, is needed here.")
_NO_TARGET = N_("A whole level from {lowest} to {highest}, or null, is needed here.")
_NO_WEIGHT = N_("A weight greater than 0 and at most {most} is needed here.")
_NO_CHOICE = N_("One of these is needed here: {choices}.")
_NO_REASON = N_("A reason, or null, is needed here.")
_UNKNOWN_AREA = N_("The model has no area “{area}”.")
_TOO_DEEP = N_("Units are nested at most {most} deep.")
_TWICE = N_("“{key}” is there twice.")
_NO_FILE = N_("The content of the file “{digest}” is missing from “files”.")
_WRONG_CONTENT = N_("The content does not belong to this digest, or is larger than 10 MB.")
_NO_MOMENT = N_("A moment such as 2026-11-23T14:07:32+01:00, or null, is needed here.")
_NO_MOMENT_GIVEN = N_("A moment such as 2026-11-23T14:07:32+01:00 is needed here.")
_TOO_MANY_CHECKPOINTS = N_("A session can have at most {most} checkpoints.")
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
            N_("“{name}” is not a session that can be read. Nothing was taken in."),
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
            self._complain(place, _MISSING, key=key)
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
                self._complain((*place, key, index), _NO_OBJECT)
        return listed

    def whole(self, document: Any) -> WholeSession | None:
        if not isinstance(document, dict):
            self._complain((), _NO_OBJECT)
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
        session = Session(model=model, unit=units[-1] if units else None, **values)
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
        details = {"milestones": [], **details}  # earlier releases wrote none
        values = {
            field: self._take(details, field, place, check)
            for field, check in _detail_checks().items()
        }
        organisation = self._take(details, "organisation", place, _is_object, {})
        inside: Place = (*place, "organisation")
        client = Organisation(
            self._take(organisation, "id", inside, _is_id, ""),
            self._take(organisation, "name", inside, _is_line(MAX_NAME_LENGTH, filled=True), ""),
        )
        about = {
            "id": self._take(details, "id", place, _is_id, ""),
            "organisation": client,
            "title": values["title"] or "",
            "date": date.fromisoformat(values["date"] or "0001-01-01"),
            "language": values["language"] or "",
            "scope": values["scope"] or "",
            "half_levels": bool(values["half_levels"]),
            "milestones": value_from_document("milestones", values["milestones"] or []),
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
        checks = _rating_checks(model)
        for place, item in self._objects(document, "ratings", ()):
            count = len(self.faults)
            area_id = self._take(item, "area_id", place, _is_area(model))
            if area_id in ratings:
                self._complain(place, _TWICE, key=area_id)
            for field, check in checks.items():
                self._take(item, field, place, check)
            if len(self.faults) == count:
                known = {key: item[key] for key in ("area_id", *RATING_FIELDS)}
                ratings[area_id] = rating_from_document(known)
        return {key: rating for key, rating in ratings.items() if rating != Rating(key)}

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
                self._complain(place, _TWICE, key=change_id)
            listed = self._objects(item, "edits", place)
            if item.get("edits") == []:  # a step that does nothing has no name in the menu
                self._complain(place, _MISSING, key="edits")
            edits = [(spot, edit) for spot, edit in listed if self._is_edit(edit, spot, model)]
            if len(self.faults) == count:
                read = tuple(edit_from_document(edit) for _, edit in edits)
                changes[change_id] = Change(
                    change_id, session_id, read, Origin(origin), merge_key, reverses, _moment(at)
                )
        return list(changes.values())

    def _is_edit(self, edit: dict[str, Any], place: Place, model: MaturityModel) -> bool:
        count = len(self.faults)
        of_session = edit.get("area_id", "") is None
        if not of_session:
            self._take(edit, "area_id", place, _is_area(model))
        checks = _detail_checks() if of_session else _rating_checks(model)
        fields = DETAIL_FIELDS if of_session else RATING_FIELDS
        field = self._take(edit, "field", place, _is_one_of(fields))
        if field is not None:
            for key in ("before", "after"):
                self._take(edit, key, place, checks[field])
        return len(self.faults) == count

    def _files(self, document: dict[str, Any]) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for place, item in self._objects(document, "files", ()):
            digest = self._take(item, "digest", place, _matches(_DIGEST, _NO_ID), "")
            encoded = self._take(item, "content", place, _is_text(MAX_EVIDENCE_BYTES * 2), "")
            try:
                content = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                content = b""
            if len(content) > MAX_EVIDENCE_BYTES or content_digest(content) != digest:
                self._complain(place, _WRONG_CONTENT)
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
    return None if isinstance(value, dict) else (_NO_OBJECT, {})


def _is_list(value: Any) -> tuple[str, dict[str, object]] | None:
    return None if isinstance(value, list) else (_NO_LIST, {})


def _is_flag(value: Any) -> tuple[str, dict[str, object]] | None:
    return None if isinstance(value, bool) else (_NO_FLAG, {})


def _is_text(most: int, *, filled: bool = False) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        fits = _is_writable(value) and len(value) <= most and (value.strip() or not filled)
        return None if fits else (_NO_TEXT, {"most": most})

    return check


def _is_line(most: int, *, filled: bool = False) -> Check:
    is_text = _is_text(most, filled=filled)

    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        fits = is_text(value) is None and is_single_line(value)
        return None if fits else (_NO_LINE, {"most": most})

    return check


def _is_known_version(value: Any) -> tuple[str, dict[str, object]] | None:
    if type(value) is int and value > FORMAT_VERSION:
        return _NEWER, {"theirs": value, "ours": FORMAT_VERSION}
    return _is_one_of([FORMAT_VERSION])(value)


def _is_writable(value: Any) -> bool:
    """True for a text that UTF-8 can encode."""
    return isinstance(value, str) and not has_half(value)


def _matches(pattern: re.Pattern[str], template: str) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        return None if isinstance(value, str) and pattern.fullmatch(value) else (template, {})

    return check


_is_id = _matches(_ID, _NO_ID)


def _is_one_of(choices: Sequence[Any]) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        if any(value == choice and type(value) is type(choice) for choice in choices):
            return None
        return _NO_CHOICE, {"choices": ", ".join(map(_as_in_json, choices))}

    return check


def _as_in_json(choice: Any) -> str:
    return "null" if choice is None else str(choice)


def _is_date(value: Any) -> tuple[str, dict[str, object]] | None:
    try:
        fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        fits = False
    return None if fits else (_NO_DATE, {})


def _is_moment(value: Any) -> tuple[str, dict[str, object]] | None:
    try:
        fits = value is None or (isinstance(value, str) and _moment(value) is not None)
    except (ValueError, OverflowError):
        fits = False
    return None if fits else (_NO_MOMENT, {})


def _is_moment_given(value: Any) -> tuple[str, dict[str, object]] | None:
    return (_NO_MOMENT_GIVEN, {}) if value is None else _is_moment(value)


def _moment(value: str | None) -> datetime | None:
    """The moment a text names, if it knows its distance from UTC; it can be told in UTC, too."""
    if value is None:
        return None
    at = datetime.fromisoformat(value)
    if at.utcoffset() is None:
        return None
    at.astimezone(UTC)  # raises where the calendar ends
    return at


def _is_area(model: MaturityModel) -> Check:
    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        known = isinstance(value, str) and model.has_area(value)
        return None if known else (_UNKNOWN_AREA, {"area": value})

    return check


def _is_level(model: MaturityModel) -> Check:
    lowest, highest = model.lowest_level, model.highest_level

    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        fits = value is None or (
            _is_number(value) and lowest <= value <= highest and float(value * 2).is_integer()
        )
        return None if fits else (_NO_LEVEL, {"lowest": lowest, "highest": highest})

    return check


def _is_target(model: MaturityModel) -> Check:
    lowest, highest = model.lowest_level, model.highest_level

    def check(value: Any) -> tuple[str, dict[str, object]] | None:
        fits = value is None or (type(value) is int and model.has_level(value))
        return None if fits else (_NO_TARGET, {"lowest": lowest, "highest": highest})

    return check


def _is_weight(value: Any) -> tuple[str, dict[str, object]] | None:
    fits = _is_number(value) and 0 < value <= MAX_WEIGHT
    return None if fits else (_NO_WEIGHT, {"most": MAX_WEIGHT})


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _is_reason(value: Any) -> tuple[str, dict[str, object]] | None:
    if value is None or _is_text(MAX_NOTE_LENGTH, filled=True)(value) is None:
        return None
    return _NO_REASON, {}


def _is_evidence(value: Any) -> tuple[str, dict[str, object]] | None:
    if not isinstance(value, list):
        return _NO_LIST, {}
    for item in value:
        found = _is_evidence_item(item)
        if found is not None:
            return found
    return None


def _is_evidence_item(item: Any) -> tuple[str, dict[str, object]] | None:
    if not isinstance(item, dict):
        return _NO_OBJECT, {}
    checks: dict[str, Check] = {
        "id": _is_id,
        "kind": _is_one_of([kind.value for kind in EvidenceKind]),
        "title": _is_text(MAX_NOTE_LENGTH),
        "address": _is_text(MAX_NOTE_LENGTH),
    }
    if item.get("kind") == EvidenceKind.FILE.value:
        checks["size"] = _is_size
        checks["digest"] = _matches(_DIGEST, _NO_ID)
    return _first_complaint(item, checks)


def _first_complaint(
    item: Any, checks: Mapping[str, Check]
) -> tuple[str, dict[str, object]] | None:
    if not isinstance(item, dict):
        return _NO_OBJECT, {}
    for key, check in checks.items():
        if key not in item:
            return _MISSING, {"key": key}
        found = check(item[key])
        if found is not None:
            return found
    return None


def _is_checkpoints(value: Any) -> tuple[str, dict[str, object]] | None:
    if not isinstance(value, list):
        return _NO_LIST, {}
    if len(value) > MAX_CHECKPOINTS:
        return _TOO_MANY_CHECKPOINTS, {"most": MAX_CHECKPOINTS}
    ids: set[str] = set()
    for item in value:
        found = _is_checkpoint(item)
        if found is not None:
            return found
        if item["id"] in ids:
            return _TWICE, {"key": item["id"]}
        ids.add(item["id"])
    return None


def _is_checkpoint(item: Any) -> tuple[str, dict[str, object]] | None:
    checks: dict[str, Check] = {
        "id": _is_id,
        "name": _is_line(MAX_NAME_LENGTH, filled=True),
        "at": _is_moment_given,
    }
    return _first_complaint(item, checks)


def _is_size(value: Any) -> tuple[str, dict[str, object]] | None:
    fits = type(value) is int and 0 <= value <= MAX_EVIDENCE_BYTES
    return None if fits else (_WRONG_CONTENT, {})


def _rating_checks(model: MaturityModel) -> dict[str, Check]:
    return {
        "level": _is_level(model),
        "target": _is_target(model),
        "weight": _is_weight,
        "confidence": _is_one_of([None, *(choice.value for choice in Confidence)]),
        "note": _is_text(MAX_NOTE_LENGTH),
        "not_applicable": _is_reason,
        "evidence": _is_evidence,
    }


def _detail_checks() -> dict[str, Check]:
    return {
        "title": _is_line(MAX_NAME_LENGTH),
        "date": _is_date,
        "language": _matches(_LANGUAGE, _NO_LANGUAGE),
        "scope": _is_text(MAX_NOTE_LENGTH),
        "half_levels": _is_flag,
        "milestones": _is_checkpoints,
    }
