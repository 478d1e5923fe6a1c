"""The sessions that are compared with the open one, and their comparison."""

from __future__ import annotations

from collections.abc import Sequence

from app.comparison.comparison import MOST_SESSIONS, Comparison, compare
from app.comparison.stored import stored_decisions
from app.errors import AppError, NotFound
from app.session.session import Session, SessionSummary
from app.words.texts import Translator
from ui.context import Context
from ui.workspace import Workspace


class ChosenSessions:
    """Two to six sessions of one organisation, the open one always among them.

    Without a choice it is compared with the newest comparable earlier session of its unit. A
    choice is kept for each session that was open. Sessions are loaded once, until
    :meth:`look_again`.
    """

    def __init__(self, context: Context, workspace: Workspace) -> None:
        self._context = context
        self.workspace = workspace
        self._choices: dict[str, tuple[str, ...]] = {}
        self._loaded: dict[str, Session | None] = {}
        self._archived: frozenset[str] | None = None
        self._compared: tuple[tuple[Session, ...], Comparison] | None = None

    def set_workspace(self, workspace: Workspace) -> None:
        """Compare another session."""
        self.workspace = workspace
        self.look_again()

    def look_again(self) -> None:
        """Read the other sessions again: they may have been changed, archived or deleted."""
        self._loaded.clear()
        self._archived = None
        self._compared = None

    def judge_again(self) -> None:
        """Take in what has been decided on the sessions."""
        self._compared = None

    @property
    def others(self) -> tuple[Session, ...]:
        """The sessions beside the open one, oldest first."""
        open_session = self.workspace.session
        chosen = self._choices.get(open_session.id)
        if chosen is None:
            before = self.workspace.earlier or self.workspace.newest_before()
            return () if before is None else (before,)
        found = (self._session(session_id) for session_id in chosen)
        client_id = open_session.organisation.id
        kept = [each for each in found if each is not None and each.organisation.id == client_id]
        if len(kept) < len(chosen):  # some were deleted, archived, or moved to another client
            self._choose([each.id for each in kept])
        return tuple(sorted(kept, key=lambda each: (each.date, each.title, each.id)))

    @property
    def is_full(self) -> bool:
        """True if no other session can be added."""
        return len(self.others) + 1 >= MOST_SESSIONS

    def add(self, session_id: str) -> None:
        """Compare with this session, too."""
        self._choose([*(each.id for each in self.others), session_id])

    def remove(self, session_id: str) -> None:
        """Compare with this session no longer."""
        self._choose([each.id for each in self.others if each.id != session_id])

    def _choose(self, ids: Sequence[str]) -> None:
        self._choices[self.workspace.session.id] = tuple(dict.fromkeys(ids))[: MOST_SESSIONS - 1]

    def offered(self) -> tuple[SessionSummary, ...]:
        """The sessions of the client that can be added, newest first."""
        session = self.workspace.session
        taken = {session.id, *(each.id for each in self.others)}
        found = self.workspace.library.session_summaries(client_id=session.organisation.id)
        left = (each for each in found if each.id not in taken)
        return tuple(sorted(left, key=lambda each: (each.date, each.title), reverse=True))

    def comparison(self) -> Comparison | None:
        """The comparison; ``None`` where there is nothing to compare with."""
        others = self.others
        if not others:
            return None
        sessions = (*others, self.workspace.session)
        known = self._compared
        if known is not None and _are_same(known[0], sessions):
            return known[1]
        try:
            client_id = self.workspace.session.organisation.id
            judge = stored_decisions(self.workspace.library, client_id)
            compared = compare(sessions, judge=judge)
        except AppError as error:
            self._context.error_raised.emit(error)
            return None
        self._compared = sessions, compared
        return compared

    def nothing_in_words(self, tr: Translator) -> str:
        """Why there is nothing to compare with, in a sentence."""
        session = self.workspace.session
        if session.id in self._choices:
            return tr.gettext("Choose a session to compare this one with.")
        if self.workspace.library.earlier_sessions(session.id):
            return tr.gettext(
                "No area of an earlier session of this unit asks the same as today."
                " Choose a session to see them side by side."
            )
        if self.offered():
            return tr.gettext(
                "There is no earlier session of this unit."
                " Choose another session of this organisation."
            )
        return tr.gettext(
            "This is the only session of this organisation. A comparison needs a second one."
        )

    def _session(self, session_id: str) -> Session | None:
        """A session that is not archived; ``None`` for one that cannot be read."""
        if session_id not in self._loaded:
            self._loaded[session_id] = None
            if session_id not in self._archived_ids():
                try:
                    self._loaded[session_id] = self.workspace.library.load_session(session_id)
                except NotFound:
                    pass  # it was deleted
                except AppError as error:
                    self._context.error_raised.emit(error)
        return self._loaded[session_id]

    def _archived_ids(self) -> frozenset[str]:
        if self._archived is None:
            client_id = self.workspace.session.organisation.id
            found = self.workspace.library.archived_sessions(client_id)
            self._archived = frozenset(each.id for each in found)
        return self._archived


def _are_same(one: Sequence[Session], other: Sequence[Session]) -> bool:
    """True if these are the same objects: sessions are immutable."""
    return len(one) == len(other) and all(
        first is second for first, second in zip(one, other, strict=True)
    )
