"""Deleting a session, a unit or a client for good: what is asked for, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import InvalidInput
from app.words.texts import N_

if TYPE_CHECKING:
    from app.words.texts import Translator


class Kind(StrEnum):
    """Kind of a deletion: with a client go its units and sessions, with a unit those below it."""

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
    """Further things to delete.

    ``backups`` are those that hold it, on request only. ``models`` are imported ones that no other
    session uses; they go unless they are to stay, because a model may have been made for a client.
    """

    backups: bool = False
    models: bool = True


NOTHING_ELSE = Choices(models=False)
"""Only what has to go."""

AS_USUAL = Choices()
"""The default."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """A deletion as the log remembers it: how many, when and by whom, but no name."""

    kind: Kind
    sessions: int
    units: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DeletedSession:
    """A session elsewhere that was deleted here for good, itself or with its unit or client."""

    title: str
    day: date

    def say(self, translator: Translator) -> str:
        """When it was deleted, in a sentence."""
        return translator.gettext(
            DELETED_HERE, title=self.title, date=translator.short_date(self.day)
        )


DELETED_HERE = N_("“{title}” was deleted here for good on {date}, so it was not taken in.")


class DeletedHere(InvalidInput):
    """A session was not taken in, because it was deleted here for good; it is on request."""

    def __init__(self, session: DeletedSession) -> None:
        super().__init__(DELETED_HERE, title=session.title, date=session.day)
        self.session = session

    def say(self, translator: Translator) -> str:
        """The sentence in the translator's language."""
        return self.session.say(translator)
