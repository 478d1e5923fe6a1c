"""Pydantic models of a model file: keys, types and meanings.

Pydantic is used at this border only; past it a model is made of plain frozen dataclasses. The JSON
Schema that editors use for completion and checks is generated from these classes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.model.codec import FORMAT_VERSION
from app.model.ids import ID_PATTERN
from app.model.scale import HIGHEST_LEVEL, MAX_LEVEL_COUNT, MIN_LEVEL_COUNT
from app.words.language_tags import LANGUAGE_TAG_PATTERN
from app.words.texts import N_
from data.pydantic_faults import wrong

MAX_LANGUAGES = 20


def whole_number(value: Any) -> int:
    """Parse whole numbers, which arrive from YAML as text. Booleans and fractions are rejected."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,4}", value, re.ASCII):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise wrong(N_("{value} is not a whole number."))


def _tidy(text: str) -> str:
    """Unicode form NFC, without empty lines around it and white space behind it."""
    return unicodedata.normalize("NFC", text.lstrip("\n").rstrip())


# The limits come first: only then do they reach the JSON Schema under its own words for them.
LevelNumber = Annotated[int, Field(ge=0, le=HIGHEST_LEVEL), BeforeValidator(whole_number)]
Identifier = Annotated[str, Field(pattern=ID_PATTERN)]
LanguageCode = Annotated[str, Field(pattern=LANGUAGE_TAG_PATTERN)]
Text = Annotated[str, AfterValidator(_tidy)]
Line = Annotated[Text, Field(max_length=300)]
Texts = Annotated[dict[LanguageCode, Text], Field(description="Language code: text")]
Lines = Annotated[dict[LanguageCode, Line], Field(description="Language code: one line of text")]
Headings = Annotated[
    list[Annotated[Line, Field(min_length=1)]],
    Field(description="Headings under which published pages carry this, for importing them"),
]


class Entry(BaseModel):
    """A group of keys; a key that is not known is a fault, because it is mostly a slip."""

    model_config = ConfigDict(extra="forbid", strict=True)


class InlineTexts(BaseModel):
    """A group with inline texts: one key per language code, beside its other keys."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, Text] = Field(init=False)
    texts: Texts | None = Field(
        None, description="Texts of languages whose code is a key here, such as id (Indonesian)"
    )


class SourceEntry(Entry):
    """Where facts of the model come from."""

    title: Line
    repository: Line | None = None
    commit: Line | None = None
    license: Line | None = None


class LevelEntry(Entry):
    """One step of the scale, valid for every area."""

    level: LevelNumber
    name: Lines
    description: Texts | None = None


class NamedEntryEntry(InlineTexts):
    """An effort class or a role: its id and its meaning in each language."""

    id: Identifier


class IndicatorEntry(InlineTexts):
    """A statement that can be answered with yes or no."""

    id: Identifier


class ActionEntry(InlineTexts):
    """A proposal for the step from one level to a higher one."""

    id: Identifier
    from_level: LevelNumber = Field(alias="from")
    to_level: LevelNumber = Field(alias="to")
    effort: Identifier | None = Field(None, description="The id of one of the efforts")
    owner: Identifier | None = Field(None, description="The id of one of the roles")


class LevelDescriptionEntry(Entry):
    """What an area looks like at one level; every text may be left out."""

    level: LevelNumber
    short: Texts | None = Field(None, description="One plain sentence, best up to 90 characters")
    summary: Texts | None = None
    indicators: list[IndicatorEntry] | None = None


class AreaEntry(Entry):
    """One topic that is scored."""

    id: Identifier
    name: Lines
    label: Annotated[Lines, Field(description="Short form for charts, unique within the model")]
    headings: Headings | None = None
    question: Texts | None = None
    levels: list[LevelDescriptionEntry] | None = None
    actions: list[ActionEntry] | None = None


class DimensionEntry(Entry):
    """A group of areas."""

    id: Identifier
    name: Lines
    description: Texts | None = None
    headings: Headings | None = None
    areas: Annotated[list[AreaEntry], Field(min_length=1)]


class RequiredEntry(Entry):
    """The area and the level that have to be reached first."""

    area: Identifier
    level: LevelNumber


class PrerequisiteEntry(Entry):
    """An area can hardly reach a level before another area has reached one."""

    id: Identifier
    area: Identifier
    level: LevelNumber
    requires: RequiredEntry
    reason: Texts | None = None


class ModelFile(Entry):
    """A maturity model for Stufenplan."""

    format_version: Annotated[Literal[1], BeforeValidator(whole_number)] = Field(
        description="The version of this file format"
    )
    id: Identifier
    content_version: Annotated[Line, Field(min_length=1)]
    languages: Annotated[list[LanguageCode], Field(min_length=1, max_length=MAX_LANGUAGES)]
    name: Lines
    description: Texts | None = None
    sources: list[SourceEntry] | None = None
    levels: Annotated[
        list[LevelEntry], Field(min_length=MIN_LEVEL_COUNT, max_length=MAX_LEVEL_COUNT)
    ]
    efforts: list[NamedEntryEntry] | None = None
    roles: list[NamedEntryEntry] | None = None
    dimensions: Annotated[list[DimensionEntry], Field(min_length=1)]
    prerequisites: list[PrerequisiteEntry] | None = None


def schema_text() -> str:
    """The JSON Schema of a model file as text, for editors and other programs."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ModelFile.model_json_schema(by_alias=True),
        "$comment": f"Generated for format_version {FORMAT_VERSION}; do not edit by hand.",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
