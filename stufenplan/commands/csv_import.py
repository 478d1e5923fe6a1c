"""Import of a CSV file into a session, for the commands that do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.session.score_words import READ_AS_WINDOWS
from app.session.session import Session
from app.words.texts import N_
from app.workshop.workshop import Workshop
from stufenplan.commands.console import Console, write

if TYPE_CHECKING:
    from app.ports import Library
    from data.sessions.score_csv import ScoresRead


@dataclass(frozen=True, slots=True)
class Imported:
    """A session after the import: ids of areas that changed, and when it was stored.

    ``saved_at`` is ``None`` where nothing had to be. ``is_guessed`` if the encoding of the file
    could only be assumed.
    """

    session: Session
    changed: tuple[str, ...] = ()
    saved_at: datetime | None = None
    is_guessed: bool = False

    @property
    def saved_at_text(self) -> str | None:
        """The moment for JSON."""
        return None if self.saved_at is None else self.saved_at.isoformat()


def import_csv(
    library: Library, before: Session, file: Path, read: Callable[[Path, Session], ScoresRead]
) -> Imported:
    """Make the changes of a file as one step; raises the reason if they cannot be stored."""
    found = read(file, before)
    workshop = Workshop(before, library)
    workshop.change_all(found.wanted)
    if workshop.unsaved:
        raise workshop.unsaved[0].reason
    after = workshop.session
    changed = (a.id for a in after.model.areas if after.rating(a.id) != before.rating(a.id))
    return Imported(after, tuple(changed), workshop.saved_at, found.is_guessed)


def say_imported(console: Console, imported: Imported) -> None:
    """Say how much was changed."""
    if imported.is_guessed:
        console.say(READ_AS_WINDOWS)
    if imported.saved_at is None:
        console.say(N_("Nothing to change: the session says the same already."))
        return
    write(
        console.translator.ngettext(
            "Changed {n} area, saved {time}",
            "Changed {n} areas, saved {time}",
            len(imported.changed),
            time=imported.saved_at.strftime("%H:%M:%S"),
        )
    )
