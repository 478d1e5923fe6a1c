"""Sample data: a fictional organisation with two sessions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.model.maturity_model import MaturityModel
from app.ports import SessionRepository
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import Confidence
from app.session.session import NewSession, Session
from app.words.numbers import exact
from app.words.texts import DEFAULT_LANGUAGE
from app.workshop.validation import Wanted
from app.workshop.workshop import Workshop

_CONTENT = Path(__file__).with_name("sample.toml")
_LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample's sessions, earlier one first; ``created`` is True if any was missing."""

    session_ids: tuple[str, ...]
    created: bool


def create_sample(repository: SessionRepository, model: MaturityModel, language: str) -> Sample:
    """Put the sample into a library, in German or English (others get English).

    ``model`` is the built-in model ``cloud-native``. What is there already stays as it is, and
    an attempt that was interrupted is completed. Errors as for ``SessionRepository``.
    """
    language = language if language in _LANGUAGES else DEFAULT_LANGUAGE
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    organisation, unit = content["organisation"], content["unit"][language]
    known = _known_sessions(repository, organisation)
    session_ids, created = [], False
    for workshop in content["session"]:
        key = (unit, workshop["title"][language], workshop["date"])
        if key not in known:
            new = _new_session(organisation, unit, workshop, model, language)
            known[key] = repository.create_session(new).id
            created = True
        created |= _fill(repository, repository.load_session(known[key]), workshop, language)
        session_ids.append(known[key])
    return Sample(tuple(session_ids), created)


def _known_sessions(
    repository: SessionRepository, organisation: str
) -> dict[tuple[str, str, date], str]:
    """The organisation's sessions by unit, title and date."""
    return {
        (summary.unit.name, summary.title, summary.date): summary.id
        for summary in repository.session_summaries(organisation)
        if summary.organisation.name == organisation and summary.unit is not None
    }


def _new_session(
    organisation: str, unit: str, workshop: Mapping[str, Any], model: MaturityModel, language: str
) -> NewSession:
    return NewSession(
        organisation=organisation,
        model=model,
        title=workshop["title"][language],
        unit=unit,
        date=workshop["date"],
        language=language,
        scope=workshop["scope"][language],
    )


def _fill(
    repository: SessionRepository, session: Session, workshop: Mapping[str, Any], language: str
) -> bool:
    """Enter all levels, targets and notes as one step. Returns True if anything was entered.

    A session that already has changes is left alone.
    """
    if repository.changes(session.id):
        return False
    door = Workshop(session, repository)
    wanted: Wanted = {}
    for area_id, decided in workshop["area"].items():
        wanted |= _wanted(area_id, decided, language)
    door.change_all(wanted)
    if door.unsaved:
        raise door.unsaved[0].reason
    return True


def _wanted(area_id: str, decided: Mapping[str, Any], language: str) -> Wanted:
    wanted: Wanted = {}
    if "not_applicable" in decided:
        wanted[area_id, "not_applicable"] = decided["not_applicable"][language]
    if "level" in decided:
        wanted[area_id, "level"] = exact(decided["level"])
    if "target" in decided:
        wanted[area_id, "target"] = decided["target"]
    if "weight" in decided:
        wanted[area_id, "weight"] = exact(decided["weight"])
    if "confidence" in decided:
        wanted[area_id, "confidence"] = Confidence(decided["confidence"])
    if language in decided:
        wanted[area_id, "note"] = decided[language]
    if "evidence" in decided:
        wanted[area_id, "evidence"] = tuple(
            Evidence(uuid4().hex, EvidenceKind.LINK, link[language], link["address"])
            for link in decided["evidence"]
        )
    return wanted
