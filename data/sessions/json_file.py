"""Strict JSON parser for exported sessions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from app.errors import Fault
from app.words.texts import N_
from data.files import read_text, refusal

MAX_BYTES = 500_000_000
"""Upper limit; sessions with many attached files can be large."""

REFUSED = N_("{file} cannot be imported as a session.")


class _Refused(ValueError):
    """Input that standard JSON forbids or leaves undefined."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.fault = Fault(template, values=tuple(values.items()))


def read_session_file(path: Path) -> dict[str, Any]:
    """Parse the file; the document is not validated yet.

    Raises ``InvalidFile`` for what is not UTF-8, not JSON, has a name twice in one object, a
    number that is not finite, or half a character; ``StorageUnavailable`` where the system does
    not let us read.
    """
    text = read_text(path, REFUSED, MAX_BYTES)
    try:
        document = json.loads(text, parse_constant=_no_number, object_pairs_hook=_object)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except _Refused as refused:
        raise refusal(REFUSED, path, refused.fault) from refused
    except json.JSONDecodeError as error:
        fault = Fault(
            N_("This is not valid JSON (column {column})."),
            error.lineno,
            values=(("column", error.colno),),
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
    return document


def _no_number(text: str) -> NoReturn:
    raise _Refused(N_("“{text}” is not a number in JSON."), text=text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(N_("The name “{name}” appears twice in one object."), name=twice[:60])
    return found
