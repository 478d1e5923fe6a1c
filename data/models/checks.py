"""From the plain content of a model file to a model: every fault is named, or there is none."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.errors import Fault
from app.model.codec import model_from_document
from app.model.maturity_model import MaturityModel
from app.words.texts import N_
from data.models.located import LocatedDocument, Place, shortened
from data.models.references import closest, reference_faults
from data.models.schema import ID_PATTERN, LANGUAGE_PATTERN, ModelFile
from data.models.text_files import refusal

_KEYS_EXPECTED = N_("Keys with values are expected here, one in each line below.")
_SENTENCE_BY_TYPE = {
    "missing": N_("The key {key} is missing."),
    "string_type": N_("A text is expected here."),
    "list_type": N_("A list is expected here, each entry in a line that begins with a hyphen."),
    "dict_type": _KEYS_EXPECTED,
    "model_type": _KEYS_EXPECTED,
    "model_attributes_type": _KEYS_EXPECTED,
    "whole_number": N_("{value} is not a whole number."),
    "greater_than_equal": N_("{value} is too small; the smallest possible number is {limit}."),
    "less_than_equal": N_("{value} is too large; the largest possible number is {limit}."),
    "string_too_long": N_("The text is longer than {limit} characters."),
    "string_too_short": N_("The text must not be empty."),
    "too_short": N_("There are too few entries: {count}; at least {limit} must be there."),
    "too_long": N_("There are too many entries: {count}; at most {limit} may be there."),
    "literal_error": N_(
        "This program reads model files with format_version {limit}, not {value}; a newer version"
        " of the program may be needed."
    ),
}
_SENTENCE_BY_PATTERN = {
    ID_PATTERN: N_(
        "{value} cannot be an id: up to 80 letters (A to Z), digits, dots, hyphens and underscores,"
        " the first one a letter or a digit."
    ),
    LANGUAGE_PATTERN: N_("{value} is not a language code such as de or en."),
}
_ANYTHING_ELSE = N_("This value does not fit here.")


def checked_model(document: LocatedDocument, path: Path | str) -> MaturityModel:
    """The model in a file's content.

    Raises ``InvalidFile`` with all faults at once: those found while reading, those of form and
    those between the parts.
    """
    model_file: ModelFile | None = None
    faults = list(document.faults)
    if document.is_complete and document.data is None and not faults:
        raise refusal(path, Fault(N_("The file is empty.")))
    if document.is_complete:
        model_file, form_faults = _form(document)
        told = {(fault.line, fault.path) for fault in faults}
        found = [*form_faults, *reference_faults(document)]
        faults += [fault for fault in found if (fault.line, fault.path) not in told]
    if faults or model_file is None:
        raise refusal(path, *dict.fromkeys(faults))
    return model_from_document(_in_order(model_file.model_dump(by_alias=True, exclude_none=True)))


def _form(document: LocatedDocument) -> tuple[ModelFile | None, list[Fault]]:
    try:
        return ModelFile.model_validate(document.data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_fault(document, detail) for detail in details]


def _fault(document: LocatedDocument, detail: ErrorDetails) -> Fault:
    place: Place = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(document, place)
    if kind == "missing":
        key = place[-1]
        return document.fault(_SENTENCE_BY_TYPE[kind], place, key=key)
    return document.fault(_template(kind, detail), place, **_values(detail))


def _template(kind: str, detail: ErrorDetails) -> str:
    if kind == "string_pattern_mismatch":
        return _SENTENCE_BY_PATTERN[detail["ctx"]["pattern"]]
    return _SENTENCE_BY_TYPE.get(kind, _ANYTHING_ELSE)


def _values(detail: ErrorDetails) -> dict[str, object]:
    context: Mapping[str, Any] = detail.get("ctx", {})
    limits = (context.get(name) for name in ("ge", "le", "min_length", "max_length", "expected"))
    return {
        "value": shortened(str(detail["input"])),
        "limit": next((limit for limit in limits if limit is not None), ""),
        "count": context.get("actual_length", ""),
    }


def _unknown_key(document: LocatedDocument, place: Place) -> Fault:
    key = str(place[-1])
    suggestion = closest(key, _known_keys(place[:-1]))
    if suggestion:
        template = N_("The key {key} is not known here; did you mean {suggestion}?")
        return document.fault(template, place, key=shortened(key), suggestion=suggestion)
    return document.fault(N_("The key {key} is not known here."), place, key=shortened(key))


def _known_keys(place: Place) -> list[str]:
    """The keys that may stand at a place, found by walking down the classes of the schema."""
    entry: type[BaseModel] = ModelFile
    for part in place:
        if isinstance(part, str):
            entry = next(
                _entry_class(field.annotation)
                for name, field in entry.model_fields.items()
                if part in (name, field.alias)
            )
    return [field.alias or name for name, field in entry.model_fields.items()]


def _entry_class(annotation: Any) -> type[BaseModel]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in typing.get_args(annotation):
        if part is not types.NoneType:
            return _entry_class(part)
    return ModelFile


def _in_order(document: dict[str, Any]) -> dict[str, Any]:
    """Levels in ascending order, whatever order the file had."""
    by_level: Callable[[dict[str, Any]], int] = lambda entry: entry["level"]  # noqa: E731
    document["levels"].sort(key=by_level)
    for dimension in document["dimensions"]:
        for area in dimension["areas"]:
            area.get("levels", []).sort(key=by_level)
    return document
