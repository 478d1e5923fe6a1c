"""Import of a session from exported JSON: reads in the background, then opens it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.deletions import DeletedHere
from app.errors import AppError
from app.ports import Outcome, Taken
from app.session.documents import FORMAT
from ui.flows.changing import may_change_library
from ui.flows.file_reading import ask_for_report, read_in_background, show_refusal
from ui.flows.host import Host
from ui.flows.sessions import SessionFlow
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from app.session.whole import WholeSession

READING, REFUSED, TAKEN = "session-import", "session-refused", "session-taken"
_MARK = f'"{FORMAT}"'.encode()
_MARK_WITHIN = 4096


def looks_like_session(path: Path) -> bool:
    """True if a file begins as an exported session does; models may end in .json as well."""
    with suppress(OSError), path.open("rb") as file:
        return _MARK in file.read(_MARK_WITHIN)
    return False


class SessionImport(QObject):
    """Asks for a file and opens its session, or shows the faults of the file."""

    def __init__(self, host: Host, sessions: SessionFlow) -> None:
        super().__init__(host.window)
        self._host = host
        self._sessions = sessions

    def ask(self) -> None:
        """Ask for the file."""
        if not self._host.state.may_change():
            return
        tr = self._host.context.texts
        ask_for_report(
            self._host,
            tr.gettext("Import a session"),
            tr.gettext("Sessions (*.json);;All files (*)"),
            self.read,
        )

    def read(self, path: Path) -> None:
        """Read the file in the background and import its session."""
        if not self._host.state.may_change():
            return
        services = self._host.context.services
        task = read_in_background(self._host, path, READING, lambda: services.read_session(path))
        task.succeeded.connect(self._import)
        task.failed.connect(self._refuse)

    def _import(self, whole: WholeSession, *, with_deleted: bool = False) -> None:
        state = self._host.state
        if not may_change_library(self._host):
            return
        try:
            taken = state.library.import_session(whole, with_deleted=with_deleted)
            if taken.outcome is Outcome.EXTENDED and state.is_open(taken.session.id):
                state.reload_session()
        except DeletedHere as deleted:
            self._ask_about_deleted(whole, deleted)
            return
        except AppError as error:
            self._refuse(error)
            return
        state.sessions_changed.emit()
        self._sessions.open(taken.session.id)
        self._say(taken)

    def _ask_about_deleted(self, whole: WholeSession, deleted: DeletedHere) -> None:
        """Say when the session was deleted, and take it in on request only."""
        tr, notices = self._host.context.texts, self._host.notices

        def take_in() -> None:
            notices.withdraw(TAKEN)
            self._import(whole, with_deleted=True)

        notices.show_notice(
            deleted.say(tr),
            buttons=(NoticeButton(tr.gettext("Take it in all the same"), take_in),),
            key=TAKEN,
            again=partial(self._ask_about_deleted, whole, deleted),
        )

    def _say(self, taken: Taken) -> None:
        """Say what became of a session that was here already."""
        tr = self._host.context.texts
        said = {
            Outcome.EXTENDED: tr.gettext(
                "This session was here already and is extended by what the file adds."
            ),
            Outcome.IDENTICAL: tr.gettext("This session was here already; nothing was changed."),
            Outcome.NEWER_HERE: tr.gettext(
                "This session was here already, newer than in the file; nothing was changed."
            ),
            Outcome.KEPT_BOTH: tr.gettext(
                "This session was continued here and in the file. Both are kept; this is the "
                "second version."
            ),
        }
        if taken.outcome in said:
            self._host.notices.show_notice(said[taken.outcome], key=TAKEN)

    def _refuse(self, error: Exception) -> None:
        title = self._host.context.texts.gettext("Import a session")
        show_refusal(self._host, title, error, REFUSED)
