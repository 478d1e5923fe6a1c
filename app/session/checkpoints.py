"""Checkpoints: named states of a session, to view or restore."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.words.texts import N_

MAX_CHECKPOINTS = 100
"""Maximum number of named moments in a session."""
TOO_MANY_CHECKPOINTS = N_("A session can have at most {most} checkpoints. Please remove one first.")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A named moment of a session.

    The session as it was then follows from its change log
    (:func:`app.workshop.history.state_at`). ``at`` is local time with its offset, in whole
    seconds.
    """

    id: str
    name: str
    at: datetime
