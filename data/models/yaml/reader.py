"""Reads a maturity model from a YAML or JSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.model.maturity_model import MaturityModel
from app.words.characters import first_control_or_half, replace_unprintable
from app.words.texts import N_
from data.fault_words import Place, shortened
from data.models.checks import checked_model
from data.models.located import MAX_DEPTH, MAX_NODES, LocatedDocument
from data.models.text_files import read_text
from data.models.yaml.text import read_yaml


def read_model(path: Path) -> MaturityModel:
    """The model in a YAML file.

    Raises ``InvalidFile`` with every fault, its line and its path; nothing in the file is ever
    executed or expanded. Raises ``StorageUnavailable`` where the file cannot be read.
    """
    return checked_model(read_yaml(read_text(path)), path)


def read_model_json(path: Path) -> MaturityModel:
    """The model in a JSON file of the same structure; the same checks, the same errors."""
    text = read_text(path, first_control_or_half)  # JSON allows U+FFFE as it is
    document = read_json(text)
    if isinstance(document.data, dict):  # JSON is YAML too, which gives us line numbers
        document.line_by_place = read_yaml(replace_unprintable(text)).line_by_place
    return checked_model(document, path)


def model_from_foreign_document(data: object, name: str) -> MaturityModel:
    """The model in content that another file carried along; ``name`` tells which file in errors.

    Raises ``InvalidFile`` with every fault. For the copy of a model inside a session file.
    """
    document = LocatedDocument()
    document.data = _plain(data, document, (), [0])
    return checked_model(document, name)


def read_json(text: str) -> LocatedDocument:
    """The content of a JSON text, within the limits a YAML text has. Never raises."""
    document = LocatedDocument()
    twice: list[str] = []
    try:
        content = json.loads(text, object_pairs_hook=lambda pairs: _without_twins(pairs, twice))
    except json.JSONDecodeError as error:
        sentence = N_("This is not readable as JSON; check brackets, commas and quotes here.")
        document.stop(Fault(sentence, error.lineno))
        return document
    except (RecursionError, ValueError):  # ValueError: a number with thousands of digits
        document.stop(_too_deep())
        return document
    document.faults += [
        Fault(N_("The key {key} appears twice."), values=(("key", shortened(key)),))
        for key in dict.fromkeys(twice)
    ]
    document.data = _plain(content, document, (), [0])
    return document


def _without_twins(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            twice.append(replace_unprintable(key))
        else:
            content[key] = value
    return content


def _too_deep() -> Fault:
    return Fault(
        N_("The values are nested more than {limit} deep; check the brackets."),
        values=(("limit", MAX_DEPTH),),
    )


def _plain(value: Any, document: LocatedDocument, place: Place, count: list[int]) -> Any:
    """The value without nulls and forbidden characters; what exceeds a limit becomes a fault."""
    count[0] += 1
    is_too_deep = len(place) >= MAX_DEPTH and isinstance(value, dict | list)
    if count[0] > MAX_NODES or is_too_deep:
        if document.is_complete:
            document.stop(_too_deep() if is_too_deep else _too_many())
        return None
    if isinstance(value, dict):
        return {
            _clean(str(key), document, place): _plain(each, document, (*place, str(key)), count)
            for key, each in value.items()
            if each is not None
        }
    if isinstance(value, list):
        return [_plain(each, document, (*place, index), count) for index, each in enumerate(value)]
    return _clean(value, document, place) if isinstance(value, str) else value


def _too_many() -> Fault:
    return Fault(
        N_("The file has more than {limit} values; it is not read any further."),
        values=(("limit", MAX_NODES),),
    )


def _clean(text: str, document: LocatedDocument, place: Place) -> str:
    if not first_control_or_half(text):
        return text
    template = N_("The text has an invisible control character or half a character.")
    clean_place = tuple(
        replace_unprintable(part) if isinstance(part, str) else part for part in place
    )
    document.faults.append(document.fault(template, clean_place))
    return replace_unprintable(text)
