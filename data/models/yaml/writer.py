"""Writes a maturity model as YAML for people to read and edit."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)

from app.model.codec import model_to_document
from app.model.maturity_model import MaturityModel
from app.words.characters import first_unprintable

SCHEMA_NAME = "model.schema.json"
_LINE_WIDTH = 90
_LONG = 80
_ODD = re.compile("[\t\r\u2028\u2029\ufeff]| \n")
_MISTAKABLE = re.compile(
    r"y|n|yes|no|on|off|true|false|null|~|[-+.]?[0-9][-+.:_0-9a-fox]*", re.IGNORECASE
)


def model_to_yaml(model: MaturityModel) -> str:
    """The model as YAML text: long texts folded, lists indented, the schema named on top.

    Texts that YAML 1.1 would take for numbers or truth values are quoted, so that every program
    reads the same.
    """
    text = document_to_yaml(model_to_document(model))
    return f"# yaml-language-server: $schema={SCHEMA_NAME}\n{text}"


def document_to_yaml(document: Mapping[str, Any], lines: Iterable[str] = ()) -> str:
    """A document as YAML text; each entry of the lists named in ``lines`` takes one line."""
    stream = io.StringIO()
    styled = _styled(dict(document))
    for key in lines:
        styled[key] = [_on_one_line(entry) for entry in styled[key]]
    _yaml().dump(styled, stream)
    return stream.getvalue()


def _on_one_line(entry: Mapping[str, Any]) -> CommentedMap:
    made = CommentedMap(entry)
    made.fa.set_flow_style()
    return made


def _yaml() -> YAML:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = _LINE_WIDTH
    yaml.allow_unicode = True
    return yaml


def _styled(value: Any) -> Any:
    if isinstance(value, dict):
        return {_styled_line(key): _styled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_styled(each) for each in value]
    return _styled_text(value) if isinstance(value, str) else value


def _styled_text(text: str) -> Any:
    """The form a text is written in; whatever is unusual is escaped in double quotes."""
    if _ODD.search(text) or first_unprintable(text) or text != text.strip():
        return DoubleQuotedScalarString(text)
    if "\n" in text:
        return LiteralScalarString(text)
    if len(text) > _LONG and "  " not in text:
        return FoldedScalarString(text)
    return _styled_line(text)


def _styled_line(text: str) -> Any:
    if _MISTAKABLE.fullmatch(text) or "  " in text:
        return DoubleQuotedScalarString(text)
    return text
