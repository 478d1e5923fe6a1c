"""Strict JSON parser for exported sessions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from app.errors import Fault
from app.words.texts import N_
from data.files import decode_text, refusal
from data.sessions.long_texts import LongTexts

MAX_BYTES = 500_000_000
"""Upper limit of what is left when the contents of attached files are cut out."""

REFUSED = N_("{file} cannot be imported as a session.")


class _Refused(ValueError):
    """Input that standard JSON forbids or leaves undefined."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.fault = Fault(template, values=tuple(values.items()))


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
    try:
        document = json.loads(text, parse_constant=_no_number, object_pairs_hook=_object)
        document = _with_texts_elsewhere(document, contents)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except _Refused as refused:
        raise refusal(REFUSED, path, refused.fault) from refused
    except json.JSONDecodeError as error:
        before = text[error.pos - error.colno + 1 : error.pos]
        fault = Fault(
            N_("This is not valid JSON (column {column})."),
            error.lineno,
            values=(("column", error.colno + contents.missing_from(before)),),
        )
        raise refusal(REFUSED, path, fault) from error
    except UnicodeEncodeError as error:
        fault = Fault(N_("A text holds half a character (a lone surrogate)."))
        raise refusal(REFUSED, path, fault) from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        fault = Fault(N_("The file is nested too deeply, or has a number that is far too long."))
        raise refusal(REFUSED, path, fault) from error
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
        return _object([(contents.restored(k), _restored(v, contents)) for k, v in pairs])
    return value


def _no_number(text: str) -> NoReturn:
    raise _Refused(N_("“{text}” is not a number in JSON."), text=text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(N_("The name “{name}” appears twice in one object."), name=twice[:60])
    return found
