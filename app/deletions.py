"""Deleting a session, a unit or a client for good: what is asked for, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What is deleted: with a client go its units and sessions, with a unit those below it."""

    SESSION = "session"
    UNIT = "unit"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Target:
    """A session, unit or client, by its id."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What goes with it on request.

    ``backups`` are those that hold it, ``models`` imported ones that no other session uses.
    """

    backups: bool = False
    models: bool = False


NOTHING_ELSE = Choices()
"""Only what has to go."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """A deletion as the log remembers it: how many, when and by whom, but no name."""

    kind: Kind
    sessions: int
    units: int
    at: datetime
    by: str
