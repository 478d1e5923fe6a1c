"""Validates the content of a model file and builds the model; reports all faults at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.comparison.mappings import FORMAT
from app.errors import Fault
from app.model.codec import model_from_document
from app.model.ids import ID_PATTERN, NO_ID
from app.model.maturity_model import MaturityModel
from app.words.language_tags import LANGUAGE_TAG_PATTERN
from app.words.texts import N_
from data.models.located import LocatedDocument
from data.models.references import reference_faults
from data.models.schema import ModelFile
from data.models.tags import write_tags_usually
from data.models.text_files import refusal
from data.pydantic_faults import faults_of

_MAPPING = N_("This is a mapping between versions of a model. “stufenplan model map” takes it in.")
_SENTENCES = {
    "literal_error": N_(
        "This program reads model files with format_version {limit}, not {value}; a newer version"
        " of the program may be needed."
    ),
    ID_PATTERN: NO_ID,
    LANGUAGE_TAG_PATTERN: N_("{value} is not a language code such as de or en."),
}


def checked_model(document: LocatedDocument, path: Path | str) -> MaturityModel:
    """The model in a file's content.

    Raises ``InvalidFile`` with all faults at once: those found while reading, those of form and
    those between the parts.
    """
    model_file: ModelFile | None = None
    faults = list(document.faults)
    if document.is_complete and document.data is None and not faults:
        raise refusal(path, Fault(N_("The file is empty.")))
    if isinstance(document.data, dict) and document.data.get("format") == FORMAT:
        raise refusal(path, Fault(_MAPPING))
    write_tags_usually(document)
    if document.is_complete:
        model_file, form_faults = _form(document)
        reported = {(fault.line, fault.path) for fault in faults}
        found = [*form_faults, *reference_faults(document)]
        faults += [fault for fault in found if (fault.line, fault.path) not in reported]
    if faults or model_file is None:
        raise refusal(path, *dict.fromkeys(faults))
    return model_from_document(_in_order(model_file.model_dump(by_alias=True, exclude_none=True)))


def _form(document: LocatedDocument) -> tuple[ModelFile | None, list[Fault]]:
    try:
        return ModelFile.model_validate(document.data), []
    except ValidationError as error:
        return None, list(faults_of(error, ModelFile, document.fault, _SENTENCES))


def _in_order(document: dict[str, Any]) -> dict[str, Any]:
    """Levels in ascending order, whatever order the file had."""
    by_level: Callable[[dict[str, Any]], int] = lambda entry: entry["level"]  # noqa: E731
    document["levels"].sort(key=by_level)
    for dimension in document["dimensions"]:
        for area in dimension["areas"]:
            area.get("levels", []).sort(key=by_level)
    return document
