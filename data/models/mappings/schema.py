"""Pydantic models of a mapping file: keys, types and limits."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from app.comparison.mappings import FORMAT, RELATIONS
from app.comparison.reviews import Verdict
from app.words.texts import N_
from data.models.schema import Entry, Identifier, Line, whole_number
from data.pydantic_faults import wrong

KNOWN_RELATIONS = ", ".join(relation.value for relation in RELATIONS)


def _format(value: Any) -> Any:
    if value != FORMAT:
        raise wrong(N_("A mapping file has {expected} here, not {value}."), expected=FORMAT)
    return value


def _relation(value: Any) -> Verdict:
    for relation in RELATIONS:
        if value == relation.value:
            return relation
    raise wrong(N_("{value} is not a relation. Possible are: {known}."), known=KNOWN_RELATIONS)


class VersionEntry(Entry):
    """One version of a model."""

    model: Identifier
    version: Annotated[Line, Field(min_length=1)]


class PairEntry(Entry):
    """An area of the older version, one of the newer, and how the old one relates to it."""

    area_then: Identifier = Field(alias="from")
    area_now: Identifier = Field(alias="to")
    relation: Annotated[Verdict, BeforeValidator(_relation)]


class MappingFile(Entry):
    """The areas of two versions of a model."""

    format: Annotated[str, BeforeValidator(_format)]
    format_version: Annotated[Literal[1], BeforeValidator(whole_number)]
    earlier: VersionEntry = Field(alias="from")
    later: VersionEntry = Field(alias="to")
    source: Line | None = None
    pairs: Annotated[list[PairEntry], Field(min_length=1)]
