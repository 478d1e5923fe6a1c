"""Second copy of changes that could not be stored, kept until they are.

One file per session in the user data folder, one line of JSON per change: readable by anybody,
should the library's disk never come back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.errors import InvalidInput
from app.session.session import field_of
from app.workshop.recording import Unsaved
from app.workshop.validation import Wanted
from data.files import replace_file
from data.library.folders import data_folder, library_key, private_folder
from data.library.storage_errors import as_sentences


def unsaved_file(library: Path, session_id: str) -> Path:
    """Path of the unsaved changes of a session; the file exists only while there are any."""
    return data_folder() / "unsaved" / library_key(library) / unsaved_name(session_id)


def unsaved_name(session_id: str) -> str:
    """File name of the unsaved changes of a session."""
    return re.sub(r"[^0-9A-Za-z-]", "_", session_id)[:80] + ".jsonl"


def write_unsaved(library: Path, session_id: str, unsaved: Sequence[Unsaved]) -> Path | None:
    """Keep these changes and no others; an empty sequence removes the file.

    Returns the file, ``None`` when there is nothing to keep. Raises ``StorageUnavailable`` when
    this place, too, takes nothing.
    """
    target = unsaved_file(library, session_id)
    with as_sentences(target):
        if not unsaved:
            target.unlink(missing_ok=True)
            return None
        private_folder("unsaved", library_key(library))
        text = "".join(_line(library, session_id, change) for change in unsaved)
        _replace(target, text.encode("utf-8", "replace"))
    return target


def read_unsaved(library: Path, session_id: str) -> tuple[Wanted, ...]:
    """Changes an earlier run could not store, in order; unreadable lines are skipped."""
    try:
        text = unsaved_file(library, session_id).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ()
    # Not splitlines(): a note may hold signs that count as line ends there, but not in JSON.
    found = (_wanted(line) for line in text.split("\n") if line)
    return tuple(wanted for wanted in found if wanted is not None)


def carry_unsaved(library: Path, copy: Path) -> None:
    """Keep the unsaved changes of a library for a copy of it, too.

    Raises ``StorageUnavailable`` when they cannot be kept there.
    """
    folder = unsaved_file(library, "").parent
    if not folder.is_dir():
        return
    with as_sentences(copy):
        target = private_folder("unsaved", library_key(copy))
        for file in folder.glob("*.jsonl"):
            _replace(target / file.name, file.read_bytes())


def _replace(target: Path, content: bytes) -> None:
    replace_file(target, lambda file: file.write(content))


def unsaved_texts(library: Path) -> dict[str, str]:
    """Session to the text of its unsaved changes; what cannot be read is left out."""
    texts = {}
    for path in (data_folder() / "unsaved" / library_key(library)).glob("*.jsonl"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            text = path.read_text(encoding="utf-8")
            texts[str(json.loads(text.partition("\n")[0])["session"])] = text
    return texts


def _line(library: Path, session_id: str, change: Unsaved) -> str:
    document = {
        "library": str(library),
        "session": session_id,
        "noted_at": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "reason": str(change.reason),
        "wanted": [
            {
                "area_id": area_id,
                "field": field,
                "value": field_of(area_id, field).type.to_json(value),
            }
            for (area_id, field), value in change.wanted
        ],
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def _wanted(line: str) -> Wanted | None:
    """The inverse of :func:`_line`."""
    wanted: Wanted = {}
    try:
        for edit in json.loads(line)["wanted"]:
            field, area_id = edit["field"], edit["area_id"]
            known = field_of(area_id, field).type
            wanted[area_id, field] = known.of_edit(known.from_json(edit["value"]))
    except (InvalidInput, ArithmeticError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return wanted
