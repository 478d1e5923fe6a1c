"""Strict JSON parser for exported sessions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.words.texts import N_
from data.files import decode_text, refusal
from data.sessions.long_texts import LongTexts
from data.strict_json import object_of, parsed, refused_as

MAX_BYTES = 500_000_000
"""Upper limit of what is left when the contents of attached files are cut out."""

REFUSED = N_("{file} cannot be imported as a session.")


@dataclass(frozen=True, slots=True)
class SessionFile:
    """A parsed file. In place of long contents of ``files`` it has marks of ``contents``."""

    document: dict[str, Any]
    contents: LongTexts


def read_session_file(path: Path) -> SessionFile:
    """Parse the file; the document is not validated yet.

    Raises ``InvalidFile`` for what is not UTF-8, not JSON, has a name twice in one object, a
    number that is not finite, or half a character; ``StorageUnavailable`` where the system does
    not let us read.
    """
    contents = LongTexts(path, REFUSED)
    text = decode_text(contents.cut_from_file(MAX_BYTES), path, REFUSED)
    with refused_as(REFUSED, path, text, contents.missing_from):
        document = _with_texts_elsewhere(parsed(text), contents)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    if not isinstance(document, dict):
        fault = Fault(N_("The file holds no session."))
        raise refusal(REFUSED, path, fault)
    return SessionFile(document, contents)


def _with_texts_elsewhere(document: Any, contents: LongTexts) -> Any:
    """Put long texts back that are no contents of files, where there are any."""
    if not isinstance(document, dict):
        return _restored(document, contents)
    files = document.get("files")
    entries = files if isinstance(files, list) else []
    of_files = [
        entry.get("content") for entry in entries if isinstance(entry, dict) and len(entry) == 2
    ]
    if sum(isinstance(text, str) and text in contents for text in of_files) == len(contents):
        return document
    restored = _restored({**document, "files": None}, contents)
    if "files" in document:
        restored["files"] = [_restored_file(entry, contents) for entry in entries] or files
    return restored


def _restored_file(entry: Any, contents: LongTexts) -> Any:
    if not isinstance(entry, dict) or "content" not in entry:
        return _restored(entry, contents)
    others = {key: value for key, value in entry.items() if key != "content"}
    return {**_restored(others, contents), "content": entry["content"]}


def _restored(value: Any, contents: LongTexts) -> Any:
    if isinstance(value, str):
        return contents.restored(value)
    if isinstance(value, list):
        return [_restored(item, contents) for item in value]
    if isinstance(value, dict):
        pairs = value.items()
        return object_of([(contents.restored(k), _restored(v, contents)) for k, v in pairs])
    return value
