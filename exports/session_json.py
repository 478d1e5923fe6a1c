"""A session as JSON: complete for import, or as figures for reading.

Every key is described in ``docs/json.md``; the schemas lie in ``docs/json-schema/``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import uuid4

from app.comparison.reviews import review_to_document
from app.figures.scoring import AreaFigures, GroupFigures, Profile, profile
from app.jobs import Progress, report
from app.model.codec import model_digest, model_to_document
from app.planning.efforts import classes_of_actions
from app.planning.roadmap import RoadmapStep, roadmap
from app.session.documents import (
    FORMAT,
    FORMAT_VERSION,
    details_to_document,
    edit_to_document,
    rating_to_document,
)
from app.session.field_types.affiliations import organisation_to_document, unit_to_document
from app.session.rating import RATING
from app.session.session import Session
from app.session.units import Unit
from app.session.whole import WholeSession
from app.words.numbers import plain
from app.workshop.history import Change
from data.files import write_document

if TYPE_CHECKING:
    from exports.json_keys import (
        AreaKeys,
        DimensionKeys,
        FiguresKeys,
        GroupKeys,
        OverallKeys,
        ShownKeys,
        ShownUnitKeys,
        StepKeys,
    )

_LAYOUT: dict[str, Any] = {"ensure_ascii": False, "indent": 2, "allow_nan": False}
_DIGEST_LENGTH = 64
_ENCODED_AT_ONCE = 3 * 2**18  # a multiple of 3, so that no padding comes in between


def session_to_document(whole: WholeSession, *, exported_with: str) -> dict[str, Any]:
    """The document from which an equal session can be read back.

    ``exported_with`` is the program's version. The same session gives the same document.
    """
    files = [_file_to_document(digest, whole.files[digest]) for digest in whole.digests]
    return _document(whole, exported_with, files)


def _document(
    whole: WholeSession, exported_with: str, files: list[dict[str, Any]]
) -> dict[str, Any]:
    session = whole.session
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_with": exported_with,
        "session": {
            **_details(session),
            "units": [unit_to_document(unit) for unit in session.affiliation.units],
            "unit": None if session.unit is None else session.unit.id,
            "position": whole.position,
        },
        "ratings": [rating_to_document(rating) for rating in session.all_ratings()],
        "model": model_to_document(session.model),
        "changes": [change_to_document(change) for change in whole.changes],
        "files": files,
        "reviews": [review_to_document(review) for review in whole.reviews],
        "figures": figures_to_document(session, profile(session)),
    }


def show_document(session: Session) -> dict[str, Any]:
    """The document of ``session show --json``: who, when, and every figure at full precision."""
    model = session.model
    shown: ShownKeys = {
        "unit": None if session.unit is None else _unit_shown(session.unit),
        "model": {
            "id": model.id,
            "content_version": model.content_version,
            "digest": model_digest(model),
            "name": model.name.in_language(session.language),
            "lowest_level": model.lowest_level,
            "highest_level": model.highest_level,
        },
        **figures_to_document(session, profile(session)),
    }
    return {**_details(session), **shown}


def figures_to_document(session: Session, figures: Profile) -> FiguresKeys:
    """Areas, dimensions, overall figures and roadmap; numbers exact, ``None`` where unknown."""
    return {
        "areas": [_area_to_document(session, area) for area in figures.areas],
        "dimensions": [
            _dimension_to_document(dimension.name.in_language(session.language), group)
            for dimension, group in zip(session.model.dimensions, figures.dimensions, strict=True)
        ],
        "overall": _overall_to_document(figures),
        "roadmap": [_step_to_document(session, step) for step in roadmap(session)],
    }


def change_to_document(change: Change) -> dict[str, Any]:
    """A change of the log, without the id of its session."""
    return {
        "id": change.id,
        "at": None if change.at is None else change.at.isoformat(),
        "origin": change.origin.value,
        "merge_key": change.merge_key,
        "reverses": change.reverses,
        "edits": [edit_to_document(edit) for edit in change.edits],
    }


def json_text(document: Mapping[str, Any]) -> str:
    """The document as text: readable, keys in their order, nothing that is not JSON.

    Raises ``ValueError`` for a number that is not finite.
    """
    return json.dumps(document, **_LAYOUT) + "\n"


def write_session_json(
    whole: WholeSession, target: Path, *, exported_with: str, progress: Progress | None = None
) -> None:
    """Write the text of :func:`session_to_document` to a file, piece by piece.

    Only one attached file is in memory at a time. Errors as in ``data.files``; ``Cancelled`` from
    ``progress``.
    """

    def write(file: BinaryIO) -> None:
        file.writelines(_pieces(whole, exported_with, progress))

    write_document(target, write)


def _pieces(whole: WholeSession, exported_with: str, progress: Progress | None) -> Iterator[bytes]:
    """The document's text in pieces; marks stand for contents until they are written."""
    mark = uuid4().hex
    digests = whole.digests
    marked = {digest: f"{mark}{digest}" for digest in digests}
    files = [{"digest": digest, "content": marked[digest]} for digest in digests]
    document = _document(whole, exported_with, files)
    encoder = json.JSONEncoder(**_LAYOUT)
    done = 0
    report(progress, done, len(digests))
    for piece in encoder.iterencode(document):
        before, *others = piece.split(mark)
        yield before.encode("utf-8", "replace")
        for other in others:
            digest, after = other[:_DIGEST_LENGTH], other[_DIGEST_LENGTH:]
            yield from _base64_pieces(whole.files[digest])
            yield after.encode("utf-8", "replace")
            done += 1
            report(progress, done, len(digests))
    yield b"\n"


def _base64_pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _ENCODED_AT_ONCE):
        yield base64.b64encode(content[start : start + _ENCODED_AT_ONCE])


def _details(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        **details_to_document(session),
        "organisation": organisation_to_document(session.organisation),
    }


def _unit_shown(unit: Unit) -> ShownUnitKeys:
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind,
        "parent_id": unit.parent_id,
        "path": list(unit.names),
    }


def _file_to_document(digest: str, content: bytes) -> dict[str, Any]:
    return {"digest": digest, "content": base64.b64encode(content).decode("ascii")}


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else plain(value)


def _area_to_document(session: Session, figures: AreaFigures) -> AreaKeys:
    area = session.model.area(figures.area_id)
    rating = session.rating(figures.area_id)
    return {
        "id": figures.area_id,
        "name": area.name.in_language(session.language),
        "dimension": figures.dimension_id,
        "level": _number(figures.level),
        "target": figures.target,
        "target_agreed": figures.target_agreed,
        "weight": plain(figures.weight),
        "not_applicable": rating.not_applicable,
        "gap": _number(figures.gap),
        "weighted_gap": _number(figures.weighted_gap),
        "confidence": None if rating.confidence is None else rating.confidence.value,
        "note": rating.note,
        "evidence": RATING["evidence"].type.to_json(rating.evidence),
    }


def _group_to_document(group: GroupFigures) -> GroupKeys:
    return {
        "floor": _number(group.floor),
        "range": None
        if group.floor is None or group.ceiling is None
        else [plain(group.floor), plain(group.ceiling)],
        "target_mean": _number(group.target_mean),
        "scored": group.scored,
        "applicable": group.applicable,
        "total": group.total,
    }


def _dimension_to_document(name: str, group: GroupFigures) -> DimensionKeys:
    return {
        "id": group.id,
        "name": name,
        "mean": _number(group.mean),
        **_group_to_document(group),
    }


def _overall_to_document(figures: Profile) -> OverallKeys:
    return {
        "mean_of_areas": _number(figures.overall.mean),
        "mean_of_dimensions": _number(figures.mean_of_dimensions),
        **_group_to_document(figures.overall),
        "staged_level": _number(figures.staged_level),
        "total_gap": plain(figures.total_gap),
        "total_weighted_gap": plain(figures.total_weighted_gap),
        "mean_gap": _number(figures.mean_gap),
        "progress_to_target": _number(figures.progress_to_target),
        "percent_to_target": _number(figures.percent_to_target),
    }


def _step_to_document(session: Session, step: RoadmapStep) -> StepKeys:
    return {
        "area": step.area_id,
        "from": plain(step.from_level),
        "to": step.to_level,
        "priority": plain(step.priority.own),
        "inherited_priority": plain(step.priority.inherited),
        "unlocks": step.priority.unlocks,
        "implied": step.needed_by is not None,
        "actions": list(classes_of_actions(session, step.key)),
        "requires": [
            {
                "area": requirement.area_id,
                "level": requirement.level,
                "met": requirement.is_met,
                "needs_scoring": requirement.needs_scoring,
                "not_applicable": requirement.not_applicable,
            }
            for requirement in step.requirements
        ],
    }
