"""Translates pydantic's errors into our own faults.

Pydantic's messages are English and name its own terms; they are translated by error type. A
validator of ours raises :func:`wrong` and so brings its own sentence. Which sentence belongs to
which type can be changed by a caller whose documents use other words.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from app.errors import Fault
from app.words.texts import N_
from data.fault_words import Place, closest, shortened

_OWN = "own_sentence"
_KEYS_EXPECTED = N_("Keys with values are expected here, one in each line below.")
_ANYTHING_ELSE = N_("This value does not fit here.")
_SENTENCE_BY_TYPE = {
    "missing": N_("The key {key} is missing."),
    "string_type": N_("A text is expected here."),
    "list_type": N_("A list is expected here, each entry in a line that begins with a hyphen."),
    "dict_type": _KEYS_EXPECTED,
    "model_type": _KEYS_EXPECTED,
    "model_attributes_type": _KEYS_EXPECTED,
    "greater_than_equal": N_("{value} is too small; the smallest possible number is {limit}."),
    "less_than_equal": N_("{value} is too large; the largest possible number is {limit}."),
    "string_too_long": N_("The text is longer than {limit} characters."),
    "string_too_short": N_("The text must not be empty."),
    "too_short": N_("There are too few entries: {count}; at least {limit} must be there."),
    "too_long": N_("There are too many entries: {count}; at most {limit} may be there."),
}


class FaultAt(Protocol):
    """Makes a fault at a place of a document; adds the line where lines are known."""

    def __call__(self, template: str, place: Place, /, **values: object) -> Fault:
        """The fault with this sentence."""


def wrong(template: str, /, **values: object) -> PydanticCustomError:
    """The error for our validators to raise: a template marked with ``N_`` and its values.

    ``{value}`` is the rejected input, shortened, unless ``values`` overrides it.
    """
    return PydanticCustomError(_OWN, "not valid", {"template": template, "values": values})


def faults_of(
    error: ValidationError,
    document_class: type[BaseModel],
    fault_at: FaultAt,
    sentence_by_type: Mapping[str, str] = types.MappingProxyType({}),
) -> Iterator[Fault]:
    """One fault for each error; unknown keys come with the closest known one.

    ``sentence_by_type`` takes precedence over our own sentences; its keys are pydantic's types of
    errors, or the pattern for a text that has to match one. In a sentence ``{value}`` is what was
    given, ``{limit}`` the limit it does not keep, ``{count}`` how many there are and ``{key}`` the
    last part of the place.
    """
    sentences = {**_SENTENCE_BY_TYPE, **sentence_by_type}
    for detail in error.errors(include_url=False):
        place = tuple(part for part in detail["loc"] if part != "[key]")
        context: Mapping[str, Any] = detail.get("ctx", {})
        if detail["type"] == "extra_forbidden":
            yield _unknown_key(document_class, place, fault_at)
        elif detail["type"] == _OWN:
            values = {"value": _given(detail), **context["values"]}
            yield fault_at(context["template"], place, **values)
        else:
            kind = context.get("pattern", detail["type"])
            template = sentences.get(kind, _ANYTHING_ELSE)
            yield fault_at(template, place, **_values(detail, place, context))


def _given(detail: ErrorDetails) -> str:
    return shortened(str(detail["input"]))


def _values(detail: ErrorDetails, place: Place, context: Mapping[str, Any]) -> dict[str, object]:
    if detail["type"] == "missing":
        return {"key": place[-1]}
    limits = (context.get(name) for name in ("ge", "le", "min_length", "max_length", "expected"))
    return {
        "value": _given(detail),
        "limit": next((limit for limit in limits if limit is not None), ""),
        "count": context.get("actual_length", ""),
    }


def _unknown_key(document_class: type[BaseModel], place: Place, fault_at: FaultAt) -> Fault:
    key = str(place[-1])
    suggestion = closest(key, _known_keys(document_class, place[:-1]))
    if suggestion:
        template = N_("The key {key} is not known here; did you mean {suggestion}?")
        return fault_at(template, place, key=shortened(key), suggestion=suggestion)
    return fault_at(N_("The key {key} is not known here."), place, key=shortened(key))


def _known_keys(document_class: type[BaseModel], place: Place) -> list[str]:
    """The keys that may stand at a place, found by walking down the classes of the document."""
    entry = document_class
    for part in place:
        if isinstance(part, str):
            named = (f for name, f in entry.model_fields.items() if part in (name, f.alias))
            entry = next((_entry_class(field.annotation) or entry for field in named), entry)
    return [field.alias or name for name, field in entry.model_fields.items()]


def _entry_class(annotation: Any) -> type[BaseModel] | None:
    """The class of the entries in a field, inside lists and alternatives too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = map(_entry_class, typing.get_args(annotation))
    return next((each for each in found if each is not None), None)
