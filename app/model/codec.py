"""Canonical form of a maturity model: as a document, as JSON text and as a fingerprint.

The document has the structure of the model files (``docs/model-files.md``), so one description
serves YAML files, JSON files and the frozen copy inside a session. Only the standard library is
used here, because this runs whenever a session is opened.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import InvalidFile
from app.model.maturity_model import (
    Action,
    Area,
    Dimension,
    Indicator,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
    NamedEntry,
    Prerequisite,
    Source,
)
from app.words.texts import N_

FORMAT_VERSION = 1

INLINE_KEYS = frozenset(("id", "from", "to", "effort", "owner", "texts"))
"""Keys of groups that hold texts beside them. ``id`` and ``to`` are languages, too."""


def model_to_document(model: MaturityModel) -> dict[str, Any]:
    """The model as plain dictionaries, lists, texts and numbers, keys in the order of a file.

    Texts without any language and empty lists are left out; an empty text in a language is kept.
    """
    return {
        "format_version": FORMAT_VERSION,
        "id": model.id,
        "content_version": model.content_version,
        "languages": list(model.languages),
        **_texts(name=model.name, description=model.description),
        **_listed("sources", map(_source_to_document, model.sources)),
        "levels": [_level_to_document(level) for level in model.levels],
        **_listed("efforts", map(_entry_to_document, model.efforts)),
        **_listed("roles", map(_entry_to_document, model.roles)),
        "dimensions": [_dimension_to_document(dimension) for dimension in model.dimensions],
        **_listed("prerequisites", map(_prerequisite_to_document, model.prerequisites)),
    }


def model_from_document(document: Mapping[str, Any]) -> MaturityModel:
    """The model of a document that was checked before it was stored.

    Within each text the languages take the order of the model's ``languages``, whatever order
    the document had, so that JSON with sorted keys gives back an equal model. Raises
    ``InvalidFile`` where the structure does not fit. A file from outside goes through
    ``data.models`` instead, which names every fault.
    """
    try:
        return _Reading(tuple(document["languages"])).model(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InvalidFile(
            N_("The stored copy of this maturity model is incomplete or damaged ({detail})."),
            detail=f"{type(error).__name__}: {error}",
        ) from error


def model_to_json(model: MaturityModel) -> str:
    """The canonical JSON text: keys sorted, no spaces, every text in Unicode form NFC."""
    text = json.dumps(
        model_to_document(model), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return unicodedata.normalize("NFC", text)


def model_from_json(text: str) -> MaturityModel:
    """The model of a text written by :func:`model_to_json`; raises ``InvalidFile``."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise InvalidFile(
            N_("The stored copy of this maturity model is incomplete or damaged ({detail})."),
            detail=str(error),
        ) from error
    return model_from_document(document)


def model_digest(model: MaturityModel) -> str:
    """The model's fingerprint: SHA-256 of the canonical JSON text, 64 hexadecimal digits.

    Equal for equal models, whatever file format they came from.
    """
    return hashlib.sha256(model_to_json(model).encode("utf-8")).hexdigest()


def _texts(**text_by_key: LocalText) -> dict[str, Any]:
    return {key: text.as_dict() for key, text in text_by_key.items() if text.by_language}


def _listed(key: str, items: Iterable[object]) -> dict[str, Any]:
    listed = list(items)
    return {key: listed} if listed else {}


def _source_to_document(source: Source) -> dict[str, Any]:
    written = {
        "title": source.title,
        "repository": source.repository,
        "commit": source.commit,
        "license": source.licence,
    }
    return {key: value for key, value in written.items() if value or key == "title"}


def _level_to_document(level: Level) -> dict[str, Any]:
    return {"level": level.number, **_texts(name=level.name, description=level.description)}


def _entry_to_document(entry: NamedEntry | Indicator) -> dict[str, Any]:
    return {"id": entry.id, **_inline_texts(entry.text)}


def _inline_texts(text: LocalText) -> dict[str, Any]:
    """Texts beside other keys, or under ``texts`` if a language is called like one of those."""
    by_language = text.as_dict()
    return {"texts": by_language} if by_language.keys() & INLINE_KEYS else by_language


def _dimension_to_document(dimension: Dimension) -> dict[str, Any]:
    return {
        "id": dimension.id,
        **_texts(name=dimension.name, description=dimension.description),
        **_listed("headings", dimension.headings),
        "areas": [_area_to_document(area) for area in dimension.areas],
    }


def _area_to_document(area: Area) -> dict[str, Any]:
    return {
        "id": area.id,
        **_texts(name=area.name, label=area.label),
        **_listed("headings", area.headings),
        **_texts(question=area.question),
        **_listed("levels", map(_description_to_document, area.levels)),
        **_listed("actions", map(_action_to_document, area.actions)),
    }


def _description_to_document(description: LevelDescription) -> dict[str, Any]:
    return {
        "level": description.level,
        **_texts(short=description.short, summary=description.summary),
        **_listed("indicators", map(_entry_to_document, description.indicators)),
    }


def _action_to_document(action: Action) -> dict[str, Any]:
    optional = {"effort": action.effort, "owner": action.role}
    return {
        "id": action.id,
        "from": action.from_level,
        "to": action.to_level,
        **{key: value for key, value in optional.items() if value is not None},
        **_inline_texts(action.text),
    }


def _prerequisite_to_document(prerequisite: Prerequisite) -> dict[str, Any]:
    return {
        "id": prerequisite.id,
        "area": prerequisite.area_id,
        "level": prerequisite.level,
        "requires": {
            "area": prerequisite.required_area_id,
            "level": prerequisite.required_level,
        },
        **_texts(reason=prerequisite.reason),
    }


@dataclass(frozen=True, slots=True)
class _Reading:
    """Parses one document, with its languages in their declared order."""

    languages: tuple[str, ...]

    def model(self, document: Mapping[str, Any]) -> MaturityModel:
        if document["format_version"] != FORMAT_VERSION:
            raise ValueError(f"format_version {document['format_version']}")
        return MaturityModel(
            id=document["id"],
            content_version=document["content_version"],
            languages=self.languages,
            name=self.text(document["name"]),
            levels=tuple(map(self.level, document["levels"])),
            dimensions=tuple(map(self.dimension, document["dimensions"])),
            description=self.text(document.get("description")),
            sources=tuple(map(_source_from_document, document.get("sources", ()))),
            efforts=tuple(map(self.named_entry, document.get("efforts", ()))),
            roles=tuple(map(self.named_entry, document.get("roles", ()))),
            prerequisites=tuple(map(self.prerequisite, document.get("prerequisites", ()))),
        )

    def text(self, texts: Mapping[str, str] | None) -> LocalText:
        if not texts:
            return LocalText()
        known = [(code, texts[code]) for code in self.languages if code in texts]
        other = [(code, text) for code, text in texts.items() if code not in self.languages]
        return LocalText(tuple(known + other))

    def inline_text(self, entry: Mapping[str, Any]) -> LocalText:
        beside = {key: entry[key] for key in entry if key not in INLINE_KEYS}
        return self.text({**beside, **entry.get("texts", {})})

    def level(self, document: Mapping[str, Any]) -> Level:
        return Level(
            number=document["level"],
            name=self.text(document.get("name")),
            description=self.text(document.get("description")),
        )

    def named_entry(self, document: Mapping[str, Any]) -> NamedEntry:
        return NamedEntry(document["id"], self.inline_text(document))

    def indicator(self, document: Mapping[str, Any]) -> Indicator:
        return Indicator(document["id"], self.inline_text(document))

    def dimension(self, document: Mapping[str, Any]) -> Dimension:
        return Dimension(
            id=document["id"],
            name=self.text(document.get("name")),
            description=self.text(document.get("description")),
            headings=tuple(document.get("headings", ())),
            areas=tuple(map(self.area, document["areas"])),
        )

    def area(self, document: Mapping[str, Any]) -> Area:
        return Area(
            id=document["id"],
            name=self.text(document.get("name")),
            label=self.text(document.get("label")),
            question=self.text(document.get("question")),
            headings=tuple(document.get("headings", ())),
            levels=tuple(map(self.description, document.get("levels", ()))),
            actions=tuple(map(self.action, document.get("actions", ()))),
        )

    def description(self, document: Mapping[str, Any]) -> LevelDescription:
        return LevelDescription(
            level=document["level"],
            short=self.text(document.get("short")),
            summary=self.text(document.get("summary")),
            indicators=tuple(map(self.indicator, document.get("indicators", ()))),
        )

    def action(self, document: Mapping[str, Any]) -> Action:
        return Action(
            id=document["id"],
            from_level=document["from"],
            to_level=document["to"],
            text=self.inline_text(document),
            effort=document.get("effort"),
            role=document.get("owner"),
        )

    def prerequisite(self, document: Mapping[str, Any]) -> Prerequisite:
        return Prerequisite(
            id=document["id"],
            area_id=document["area"],
            level=document["level"],
            required_area_id=document["requires"]["area"],
            required_level=document["requires"]["level"],
            reason=self.text(document.get("reason")),
        )


def _source_from_document(document: Mapping[str, Any]) -> Source:
    return Source(
        title=document["title"],
        repository=document.get("repository", ""),
        commit=document.get("commit", ""),
        licence=document.get("license", ""),
    )
