"""Pydantic models of a session's JSON document.

Ratings and details get their keys from the tables of fields, so a new field needs nothing here.
Unknown keys are ignored: a newer version may write more. The JSON Schema of the file is generated
from these classes.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from types import GenericAlias
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    SkipValidation,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)

from app.comparison.reviews import Review, Subject, Verdict
from app.errors import Fault, InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.checkpoints import MAX_CHECKPOINTS, Checkpoint
from app.session.documents import FORMAT, FORMAT_VERSION
from app.session.evidence import MAX_EVIDENCE_BYTES, EvidenceKind
from app.session.field_types.base import FieldType
from app.session.field_types.choices import NO_CHOICE
from app.session.field_types.objects import NO_OBJECT, Absent, ListOf, Record
from app.session.field_types.records import (
    NO_ID,
    NO_LIST,
    NO_MOMENT,
    TWICE,
    Checkpoints,
    EvidenceList,
    moment,
)
from app.session.field_types.texts import MAX_NOTE_LENGTH, NO_LINE
from app.session.fields import Field as TableField
from app.session.fields import FieldTable
from app.session.names import DIGEST_PATTERN, ID_PATTERN, MAX_NAME_LENGTH
from app.session.rating import RATING
from app.session.session import SESSION, field_of
from app.session.units import MAX_UNIT_LEVELS
from app.words.characters import is_single_line
from app.words.texts import N_
from app.workshop.history import Origin
from data.fault_words import Place
from data.library.hash_chain import content_digest
from data.pydantic_faults import faults_of, wrong
from data.sessions.long_texts import decoded_text

_MODEL_SCHEMA = {
    "type": "object",
    "required": ["format_version", "id", "content_version", "languages", "levels", "dimensions"],
}

_NEWER = N_(
    "The file was written by a newer version of Stufenplan (format {theirs}; this version reads up"
    " to {ours}). Please update Stufenplan."
)
_MISSING = N_("“{key}” is missing.")
_WRONG_CONTENT = N_("The content does not belong to this digest, or is larger than 10 MB.")
SENTENCES = {
    "missing": _MISSING,
    "list_type": NO_LIST,
    "dict_type": NO_OBJECT,
    "model_type": NO_OBJECT,
    "string_unicode": N_("A text holds half a character (a lone surrogate)."),
    ID_PATTERN: NO_ID,
    DIGEST_PATTERN: NO_ID,
}
"""Sentences that differ from those for model files, by pydantic's error type or by pattern."""


@dataclass(slots=True)
class Context:
    """Validation context: the model of the document, and ids seen so far.

    ``model`` is ``None`` if the document's own is faulty; then levels and areas are not checked
    against it. ``decoded`` gives the content of a file from its text.
    """

    model: MaturityModel | None
    decoded: Callable[[str], bytes] = decoded_text
    rated: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    reviews: set[str] = field(default_factory=set)


def _context(info: ValidationInfo) -> Context:
    return cast(Context, info.context)


# ---- values ------------------------------------------------------------------------------------


def _meaning(text: str, **limits: Any) -> Any:
    return Field(description=text, **limits)


def _line(*, filled: bool) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not is_single_line(text) or (filled and not text.strip()):
            raise wrong(NO_LINE, most=MAX_NAME_LENGTH)
        return text

    return check


def _one_of(choices: type[StrEnum]) -> BeforeValidator:
    def member(value: Any) -> StrEnum:
        if isinstance(value, str) and value in list(choices):
            return choices(value)
        raise wrong(NO_CHOICE, choices=", ".join(choices))

    return BeforeValidator(member)


def _moment(value: Any) -> datetime:
    try:
        at = moment(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        at = None
    if at is None:
        raise wrong(NO_MOMENT)
    return at


def _known_area(area_id: str, info: ValidationInfo) -> str:
    model = _context(info).model
    if model is not None and not model.has_area(area_id):
        raise wrong(N_("The model has no area “{area}”."), area=area_id)
    return area_id


def _known_version(value: Any) -> Any:
    if type(value) is int and value > FORMAT_VERSION:
        raise wrong(_NEWER, theirs=value, ours=FORMAT_VERSION)
    if value != FORMAT_VERSION or type(value) is not int:
        raise wrong(NO_CHOICE, choices=FORMAT_VERSION)
    return value


def _known_format(value: Any) -> Any:
    if value != FORMAT:
        raise wrong(NO_CHOICE, choices=FORMAT)
    return value


def _not_too_deep(units: Any) -> Any:
    if isinstance(units, list) and len(units) > MAX_UNIT_LEVELS:
        raise wrong(N_("Units are nested at most {most} deep."), most=MAX_UNIT_LEVELS)
    return units


def _once(key: str, seen: set[str]) -> None:
    if key in seen:
        raise wrong(TWICE, key=key)
    seen.add(key)


Id = Annotated[str, Field(pattern=ID_PATTERN)]
Digest = Annotated[str, Field(pattern=DIGEST_PATTERN)]
Name = Annotated[str, Field(max_length=MAX_NAME_LENGTH), AfterValidator(_line(filled=True))]
Line = Annotated[str, Field(max_length=MAX_NAME_LENGTH), AfterValidator(_line(filled=False))]
Note = Annotated[str, Field(max_length=MAX_NOTE_LENGTH)]
AreaId = Annotated[str, AfterValidator(_known_area)]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string"})]
Unchecked = SkipValidation[str | None]


# ---- objects -----------------------------------------------------------------------------------


class Entry(BaseModel):
    """Base of all objects: exports have exactly these keys, imports may have more."""

    model_config = ConfigDict(
        extra="ignore",
        strict=True,
        json_schema_extra={"additionalProperties": False},
        json_schema_serialization_defaults_required=True,
    )


def _for_files_only(schema: dict[str, Any]) -> None:
    schema["additionalProperties"] = False
    schema["required"] = [key for key in schema["required"] if key not in ("size", "digest")]


class RecordBegin(Entry):
    """An object whose keys are left out where they have their default."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class EvidenceEntry(Entry):
    """A link or a file; size and digest belong to files only."""

    model_config = ConfigDict(json_schema_extra=_for_files_only)

    id: Annotated[Id, _meaning("Id of the evidence.")]
    kind: Annotated[
        EvidenceKind, _one_of(EvidenceKind), _meaning("A link, or a file kept inside the library.")
    ]
    title: Annotated[Note, _meaning("Title.")]
    address: Annotated[Note, _meaning("Address of the link, or name of the file.")]
    size: Annotated[
        int,
        _meaning("Size of the file in bytes; files only.", ge=0, le=MAX_EVIDENCE_BYTES),
    ] = 0
    digest: Annotated[Digest, _meaning("SHA-256 of the file, hexadecimal; files only.")] = ""

    @model_validator(mode="after")
    def _files_have_content(self) -> EvidenceEntry:
        if self.kind is EvidenceKind.FILE:
            for key in ("size", "digest"):
                if key not in self.model_fields_set:
                    raise wrong(_MISSING, key=key)
        return self


class CheckpointEntry(Entry):
    """A named moment."""

    id: Annotated[Id, _meaning("Id of the checkpoint.")]
    name: Annotated[Name, _meaning("Its name.")]
    at: Annotated[
        Moment,
        _meaning("When it was saved, with its offset from UTC: `2026-11-23T14:07:32+01:00`."),
    ]


class OrganisationEntry(Entry):
    """The organisation of a session."""

    id: Annotated[Id, _meaning("Id of the organisation.")]
    name: Annotated[Name, _meaning("Name of the organisation.")]


class UnitEntry(Entry):
    """A unit on the path to the one that was assessed."""

    id: Annotated[Id, _meaning("Id of the unit.")]
    name: Annotated[Name, _meaning("Name of the unit.")]
    kind: Annotated[Line, _meaning("Kind, such as `team` or `department`.")]
    parent_id: Annotated[Unchecked, _meaning("Id of the unit above.")] = None


class FileEntry(Entry):
    """A file kept as evidence."""

    digest: Annotated[Digest, _meaning("SHA-256 of the content.")]
    content: Annotated[str, _meaning("Content, base64.", max_length=MAX_EVIDENCE_BYTES * 2)]

    @model_validator(mode="after")
    def _content_has_the_digest(self, info: ValidationInfo) -> FileEntry:
        try:
            content = _context(info).decoded(self.content)
        except (binascii.Error, ValueError):
            content = b""
        if len(content) > MAX_EVIDENCE_BYTES or content_digest(content) != self.digest:
            raise wrong(_WRONG_CONTENT)
        return self


class EditEntry(Entry):
    """One field that was changed."""

    area_id: Annotated[AreaId | None, _meaning("Area, or null for a detail of the session.")]
    field: Annotated[str, _meaning("Name of the field.")]
    before: Annotated[
        Any,
        _meaning(
            "Value before, as in `ratings` or `session`; of `affiliation` an object with"
            " `organisation` and `units` as in `session`, names empty and ids `deleted` where"
            " deleted for good."
        ),
    ]
    after: Annotated[Any, _meaning("Value after.")]

    @field_validator("field")
    @classmethod
    def _is_known(cls, name: str, info: ValidationInfo) -> str:
        if "area_id" in info.data:
            table = _table_of(info.data["area_id"])
            if name not in table.fields:
                raise wrong(NO_CHOICE, choices=", ".join(table.fields))
        return name

    @field_validator("before", "after")
    @classmethod
    def _is_value_of_the_field(cls, value: Any, info: ValidationInfo) -> Any:
        if "field" not in info.data or "area_id" not in info.data:
            return value
        known = field_of(info.data["area_id"], info.data["field"])
        try:
            return _adapter(known).validate_python(value, context=info.context)
        except ValidationError as error:
            fault = next(faults_of(error, EditEntry, _fault_anywhere, SENTENCES))
            raise wrong(fault.template, **dict(fault.values)) from error


class ChangeEntry(Entry):
    """A change of the log."""

    id: Annotated[Id, _meaning("Id of the change.")]
    at: Annotated[
        Moment | None,
        _meaning(
            "When it was made, with the offset from UTC, such as `2026-11-23T14:07:32+01:00`."
        ),
    ]
    origin: Annotated[Origin, _one_of(Origin), _meaning("Made, taken back, or made again.")]
    merge_key: Annotated[
        str,
        _meaning(
            "Changes that share one and follow each other are one step of undo.", max_length=500
        ),
    ]
    reverses: Annotated[
        str, _meaning("Id of the change that undo or redo refers to.", max_length=100)
    ]
    # An empty step would have no name in the undo menu.
    edits: Annotated[list[EditEntry], _meaning("What was changed.", min_length=1)]

    @model_validator(mode="after")
    def _is_there_once(self, info: ValidationInfo) -> ChangeEntry:
        _once(self.id, _context(info).changes)
        return self


class ReviewEntry(Entry):
    """A decision on this session and another one."""

    id: Annotated[Id, _meaning("Id of the review.")]
    earlier_id: Annotated[Id, _meaning("Id of the earlier session.")]
    later_id: Annotated[Id, _meaning("Id of the later session.")]
    subject: Annotated[Subject, _one_of(Subject), _meaning("What was decided on.")]
    verdict: Annotated[
        Verdict,
        _one_of(Verdict),
        _meaning("How then relates to now; of scope and people `equal` or `different`."),
    ]
    area_then: Annotated[Line, _meaning("Area of the earlier model; empty unless on areas.")]
    area_now: Annotated[Line, _meaning("Area of the later model; empty unless on areas.")]
    said_then: Annotated[
        Line, _meaning("SHA-256 of the texts then, as they are compared; empty for people.")
    ]
    said_now: Annotated[Line, _meaning("SHA-256 of the texts now; empty for people.")]
    at: Annotated[Moment, _meaning("When it was decided, with the offset from UTC.")]
    by: Annotated[Line, _meaning("Who decided; empty when not stated.")]
    withdrawn_at: Annotated[
        Moment | None, _meaning("When it was withdrawn or replaced; null while it is in force.")
    ]
    withdrawn_by: Annotated[Line, _meaning("Who withdrew it; empty when not stated.")]

    @model_validator(mode="after")
    def _can_be_decided(self, info: ValidationInfo) -> ReviewEntry:
        _once(self.id, _context(info).reviews)
        try:
            self.review("client").check()
        except InvalidInput as error:
            raise wrong(error.template, **error.values) from error
        return self

    def review(self, organisation_id: str) -> Review:
        """The review, of sessions of this client."""
        return Review(organisation_id=organisation_id, **dict(self))


class Envelope(Entry):
    """Format and version, validated before everything else."""

    format: Annotated[
        str,
        BeforeValidator(_known_format),
        WithJsonSchema({"type": "string", "const": FORMAT}),
        _meaning("What the file is."),
    ]
    format_version: Annotated[
        int,
        BeforeValidator(_known_version),
        WithJsonSchema({"type": "integer", "const": FORMAT_VERSION}),
        _meaning("Version of this structure."),
    ]


# ---- keys from the tables of fields ------------------------------------------------------------


def _table_of(area_id: str | None) -> FieldTable[Any]:
    return SESSION if area_id is None else RATING


def _fault_anywhere(template: str, _place: Place, /, **values: object) -> Fault:
    return Fault(template, values=tuple(values.items()))


def _annotation(type_: FieldType) -> Any:
    """Pydantic's annotation for a type of fields: form in the document, and conversion."""
    if isinstance(type_, EvidenceList):
        parse = type_.parse
        return Annotated[
            list[EvidenceEntry],
            AfterValidator(lambda entries: tuple(parse(dict(entry)) for entry in entries)),
        ]
    if isinstance(type_, Checkpoints):
        listed = Field(max_length=MAX_CHECKPOINTS)
        return Annotated[list[CheckpointEntry], listed, AfterValidator(_checkpoints)]
    if isinstance(type_, Record):
        return Annotated[_entry_of(type_), AfterValidator(_of_entry(type_))]
    if isinstance(type_, ListOf):
        entries = GenericAlias(list, (_annotation(type_.item),))  # made at run time
        listed = Field(max_length=type_.most)
        return Annotated[entries, listed, AfterValidator(tuple), AfterValidator(_told(type_.typed))]
    if isinstance(type_, Absent):
        return _annotation(type_.inner) | None
    return Annotated[type_.json_type, PlainValidator(_told(type_.read))]


Read = Callable[[Any, ValidationInfo], Any]


def _told(read: Callable[[Any, MaturityModel | None], Any]) -> Read:
    """A validator that tells what ``read`` refuses."""

    def told(value: Any, info: ValidationInfo) -> Any:
        try:
            return read(value, _context(info).model)
        except InvalidInput as error:
            raise wrong(error.template, **error.values) from error

    return told


def _entry_of(record: Record) -> type[Entry]:
    """The class of a record's objects; keys with a default may be absent."""
    keys: dict[str, Any] = {}
    for name, key in record.keys.items():
        default = {} if key.default is MISSING else {"default": key.default}
        keys[name] = (_annotation(key.type), _meaning(key.meaning, **default))
    return create_model("RecordEntry", __base__=RecordBegin, **keys)


def _of_entry(record: Record) -> Read:
    """The validator that makes the object of a record from its entry."""
    check = _told(record.typed)

    def made(entry: Entry, info: ValidationInfo) -> Any:
        return check(record.made({name: getattr(entry, name) for name in record.keys}), info)

    return made


def _checkpoints(entries: list[CheckpointEntry]) -> tuple[Checkpoint, ...]:
    seen: set[str] = set()
    for entry in entries:
        _once(entry.id, seen)
    return tuple(
        Checkpoint(entry.id, entry.name, entry.at.replace(microsecond=0)) for entry in entries
    )


@lru_cache(maxsize=100)
def _adapter(known: TableField) -> TypeAdapter[Any]:
    return TypeAdapter(_annotation(known.type))


def _keys_of(table: FieldTable[Any]) -> dict[str, Any]:
    """Arguments of ``create_model`` for the fields of a table."""
    keys: dict[str, Any] = {}
    for name, known in table.keyed.items():
        # Files of earlier releases lack the keys of later fields.
        default = {} if known.required else {"default": known.default}
        keys[name] = (_annotation(known.type), _meaning(known.meaning, **default))
    return keys


class RatingBegin(Entry):
    """A rating without its fields."""

    area_id: Annotated[AreaId, _meaning("Id of the area.")]

    @model_validator(mode="after")
    def _is_there_once(self, info: ValidationInfo) -> RatingBegin:
        _once(self.area_id, _context(info).rated)
        return self


class SessionBegin(Entry):
    """A session without its fields."""

    id: Annotated[Id, _meaning("Id of the session; never changes.")]

    @field_validator("unit", check_fields=False)
    @classmethod
    def _is_the_last_one(cls, unit_id: str | None, info: ValidationInfo) -> str | None:
        if "units" in info.data:
            last = info.data["units"][-1].id if info.data["units"] else None
            if unit_id != last:
                raise wrong(NO_CHOICE, choices=last or "null")
        return unit_id


def session_file() -> type[BaseModel]:
    """The model of the whole document, for the fields declared at the moment."""
    return _session_file((RATING.holder, SESSION.holder))


@lru_cache(maxsize=4)
def _session_file(_holders: tuple[type, type]) -> type[BaseModel]:
    rating = create_model("Rating", __base__=RatingBegin, **_keys_of(RATING))
    ratings: Any = GenericAlias(list, (rating,))  # list[rating], made at run time
    session = create_model(
        "Session",
        __base__=SessionBegin,
        **_keys_of(SESSION),
        organisation=(OrganisationEntry, _meaning("The client.")),
        units=(
            Annotated[list[UnitEntry], BeforeValidator(_not_too_deep)],
            _meaning("Units from the top of the organisation down to the one that was assessed."),
        ),
        unit=(str | None, _meaning("Id of the unit that was assessed, the last of `units`.")),
        position=(
            Unchecked,
            _meaning("Id of the area that was open last.", default=None),
        ),
    )
    return create_model(
        "SessionFile",
        __base__=Envelope,
        exported_with=(SkipValidation[str], _meaning("Version of the program.", default="")),
        session=(session, _meaning("The session itself.")),
        ratings=(ratings, _meaning("One entry per area, as stored.")),
        model=(
            Annotated[dict[str, Any], WithJsonSchema(_MODEL_SCHEMA)],
            _meaning("The frozen model, as in model files ([model-files.md](model-files.md))."),
        ),
        changes=(list[ChangeEntry], _meaning("The change log, oldest first.")),
        files=(list[FileEntry], _meaning("Files kept as evidence.")),
        reviews=(
            list[ReviewEntry],
            _meaning("Decisions on this session and others.", default_factory=list),
        ),
    )
