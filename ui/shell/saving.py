"""Saving state: time in the header, and a persistent notice while changes are unsaved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError, InvalidInput, StorageUnavailable
from app.words.texts import N_
from ui.context import Context
from ui.open_state import OpenState
from ui.shell.header_bar import HeaderBar
from ui.shell.notice_bar import NoticeBar, NoticeButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.session.session import Session
    from app.words.texts import Translator
    from app.workshop.recording import Unsaved
    from app.workshop.validation import Wanted
    from ui.workspace import Workspace

NOT_MOVED = "not-moved"
RETRY_MS = 3_000
MOST_LINES = 5
NOT_SAVED = "not-saved"
LEFT_OVER = "left-over"
MAY_NOT_LEAVE = "may-not-leave"
"""Key of notices that something has to wait until everything is saved."""


class SavingWatch(QObject):
    """Follows unsaved changes: shows them, retries, and holds back closing."""

    #: The session continues in a copy of its library.
    moved = Signal()

    def __init__(
        self,
        context: Context,
        state: OpenState,
        notices: NoticeBar,
        header: HeaderBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._state = state
        self._notices = notices
        self._header = header
        self._window = window
        self._may_close = False
        self._is_written = False
        self._left_over: tuple[Unsaved, ...] = ()
        self._retry_timer = QTimer(self)
        self._retry_timer.setInterval(RETRY_MS)
        self._retry_timer.timeout.connect(self._retry)
        context.typed_text_waits_changed.connect(self.show_time)
        state.areas_changed.connect(self._on_areas_changed)
        state.session_opened.connect(self._on_session_opened)
        state.session_closed.connect(self._on_session_closed)

    @property
    def is_saved(self) -> bool:
        """True if no change waits to be stored."""
        return self._state.is_saved

    @property
    def _workspace(self) -> Workspace:
        return self._state.workspace

    # ---- what is shown -----------------------------------------------------------------------

    def show_time(self) -> None:
        """Show the acknowledgement of the last change in the header."""
        self._header.show_saved(self._state_in_words(), warning=not self.is_saved)

    def _state_in_words(self) -> str:
        tr = self._context.texts
        if self._state.is_read_only:
            return tr.gettext("Read only")
        if not self._state.has_session:
            return ""
        workshop = self._workspace.workshop
        if workshop.unsaved:
            return tr.gettext("NOT SAVED")
        if self._context.typed_text_waits:
            return tr.gettext("Not saved yet")
        if workshop.saved_at is None:
            return tr.gettext("All saved")
        return tr.gettext("Saved {time}", time=_clock(workshop.saved_at))

    def state_in_full(self) -> str:
        """The answer to a habitual Ctrl+S: every change is stored at once; empty if unsaved."""
        tr, workshop = self._context.texts, self._workspace.workshop
        if workshop.unsaved:
            return ""
        if workshop.saved_at is None:
            return tr.gettext("All changes are saved. Every change is stored at once.")
        return tr.gettext(
            "All changes are saved, the last one at {time}. Every change is stored at once.",
            time=_clock(workshop.saved_at),
        )

    def retranslate(self) -> None:
        """Show time and notice in the current language."""
        self.show_time()
        self._show_notice()

    def _show_notice(self) -> None:
        if self.is_saved:
            self._notices.withdraw(NOT_SAVED)
            return
        tr, workshop = self._context.texts, self._workspace.workshop
        unsaved = workshop.unsaved
        wanted = [dict(each.wanted) for each in unsaved]
        lines = waiting_in_words(workshop.session, wanted, tr)
        self._notices.show_notice(
            self._title_of_notice(),
            details="\n".join((unsaved[0].reason.say(tr), *_shortened(lines, tr))),
            buttons=(
                NoticeButton(tr.gettext("Try again"), self._retry, is_primary=True),
                NoticeButton(tr.gettext("Save elsewhere…"), self.save_elsewhere),
                *self._discard_buttons(),
            ),
            warning=True,
            key=NOT_SAVED,
            closable=False,
        )

    def _title_of_notice(self) -> str:
        tr, workshop = self._context.texts, self._workspace.workshop
        n = len(workshop.unsaved)
        if n == len(workshop.refused):
            return tr.ngettext(
                "NOT SAVED: {n} change was refused", "NOT SAVED: {n} changes were refused", n
            )
        return tr.ngettext(
            "NOT SAVED: {n} change is waiting", "NOT SAVED: {n} changes are waiting", n
        )

    def _discard_buttons(self) -> Iterator[NoticeButton]:
        """Button to discard refused changes; waiting ones cannot be discarded."""
        workshop = self._workspace.workshop
        if workshop.refused:
            text = self._context.texts.gettext("Discard what was refused")
            yield NoticeButton(text, workshop.discard_refused)

    # ---- what happens ------------------------------------------------------------------------

    def _on_areas_changed(self, _area_ids: frozenset[str]) -> None:
        workshop, was_unsaved = self._workspace.workshop, self._notices.notice(NOT_SAVED)
        if len(workshop.unsaved) > len(workshop.refused):
            self._retry_timer.start()
        else:
            self._retry_timer.stop()
        if not self.is_saved:
            self._may_close = False
            self._notices.withdraw("saved")
            self._write_unsaved()
            self._show_notice()
        elif was_unsaved is not None:
            self._write_unsaved()
            self._show_notice()
            self._notices.withdraw(MAY_NOT_LEAVE)
            tr = self._context.texts
            self._notices.show_notice(tr.gettext("Everything is saved again."), key="saved")
        self.show_time()

    def _on_session_opened(self) -> None:
        self._on_session_closed()
        self._offer_left_over()

    def _on_session_closed(self) -> None:
        self._retry_timer.stop()
        self._context.set_typed_text_waits(False)
        self._show_notice()
        self._notices.withdraw(LEFT_OVER)
        self._left_over = ()

    def _retry(self) -> None:
        if not self.is_saved:
            self._workspace.workshop.retry()

    def _write_unsaved(self) -> None:
        """Keep unsaved changes in a second place, best effort: the notice stays anyway."""
        unsaved = self._workspace.workshop.unsaved
        try:
            self._write(unsaved)
        except AppError:
            self._is_written = False
        else:
            self._is_written = bool(unsaved)

    def _write(self, unsaved: Sequence[Unsaved]) -> None:
        """Write these changes, after those of an earlier run that nobody has decided on yet."""
        workspace = self._workspace
        self._context.services.write_unsaved(
            workspace.library.path, workspace.session.id, (*self._left_over, *unsaved)
        )

    def save_elsewhere(self) -> None:
        """Ask where to save a copy of the library, and continue in it."""
        from ui.dialogs.files import ask_save_file, library_filter

        path, tr = self._workspace.library.path, self._context.texts
        ask_save_file(
            self._window,
            tr.gettext("Save the library elsewhere"),
            path.with_name(f"{path.stem}-2{path.suffix}"),
            library_filter(tr),
            self.move_to,
            replaces=False,
        )

    def move_to(self, target: Path) -> None:
        """Copy the library to a new file, continue there, and store unsaved changes."""
        context, old = self._context, self._workspace.library
        try:
            old.save_copy(target)
            new = context.services.open_library(target)
        except AppError as error:
            context.refused.emit(error, NOT_MOVED)
            return
        context.succeeded.emit(NOT_MOVED)
        is_saved = self._state.move_to(new)
        self.moved.emit()
        if is_saved:
            context.services.write_unsaved(old.path, self._workspace.session.id, ())

    # ---- closing -----------------------------------------------------------------------------

    def may_close(self) -> bool:
        """True if the window may close; otherwise the user is asked first."""
        if self._may_close or self.is_saved or self._workspace.workshop.retry():
            return True
        self._ask_before_closing()
        return False

    def _ask_before_closing(self) -> None:
        from ui.dialogs.unsaved import UnsavedDialog

        tr, workshop = self._context.texts, self._workspace.workshop
        wanted = [dict(each.wanted) for each in workshop.unsaved]
        dialog = UnsavedDialog(
            tr,
            waiting_in_words(workshop.session, wanted, tr),
            workshop.unsaved[0].reason.say(tr),
            is_kept=self._is_written,
            parent=self._window,
        )
        dialog.retry_wanted.connect(self._retry_and_close)
        dialog.elsewhere_wanted.connect(self.save_elsewhere)
        dialog.close_wanted.connect(self._close_anyway)
        dialog.open()

    def _retry_and_close(self) -> None:
        self._retry()
        if self.is_saved:
            self._window.close()

    def _close_anyway(self) -> None:
        self._may_close = True
        self._window.close()

    # ---- changes an earlier run could not save -----------------------------------------------

    def _offer_left_over(self) -> None:
        context, workspace, tr = self._context, self._workspace, self._context.texts
        session = workspace.session
        if self._state.is_read_only:
            return  # they are offered in a copy, or once this library can be written to
        try:
            left = context.services.read_unsaved(workspace.library.path, session.id)
        except AppError as error:
            context.error_raised.emit(error)
            return
        if not left:
            return
        reason = StorageUnavailable(N_("It could not be saved last time."))
        from app.workshop.recording import Unsaved

        self._left_over = tuple(Unsaved(tuple(each.items()), "", reason) for each in left)
        self._notices.show_notice(
            tr.ngettext(
                "{n} change could not be saved last time. Enter it now?",
                "{n} changes could not be saved last time. Enter them now?",
                len(left),
            ),
            details="\n".join(_shortened(waiting_in_words(session, left, tr), tr)),
            buttons=(
                NoticeButton(tr.gettext("Enter them"), lambda: self._enter(left), is_primary=True),
                NoticeButton(tr.gettext("Discard them"), self._discard_left_over),
            ),
            warning=True,
            key=LEFT_OVER,
            again=self._offer_left_over,
        )

    def _enter(self, left: Sequence[Wanted]) -> None:
        self._notices.withdraw(LEFT_OVER)
        try:
            self._workspace.workshop.enter_again(left)
        except AppError as error:
            self._context.error_raised.emit(error)
            return
        self._left_over = ()
        self._write_unsaved()

    def _discard_left_over(self) -> None:
        self._notices.withdraw(LEFT_OVER)
        self._left_over = ()
        self._write(self._workspace.workshop.unsaved)


def waiting_in_words(session: Session, wanted: Sequence[Wanted], tr: Translator) -> list[str]:
    """Changes that wait for the session as stored, one line each: ``Set CI/CD to 4``."""
    from app.words.describe import describe_change
    from app.workshop.history import Edit, apply_change, new_change

    lines = []
    for each in wanted:
        edits = [
            Edit(area_id, field, session.value(area_id, field), after)
            for (area_id, field), after in each.items()
        ]
        change = new_change(session.id, edits)
        lines.append(describe_change(change, session.model, session.language, tr))
        with suppress(InvalidInput):  # what was refused has no effect on what comes after it
            session = apply_change(session, change)
    return lines


def _shortened(lines: Sequence[str], tr: Translator) -> list[str]:
    shown = [f"• {line}" for line in lines[-MOST_LINES:]]
    hidden = len(lines) - len(shown)
    if hidden:
        shown.insert(0, tr.ngettext("• and {n} earlier one", "• and {n} earlier ones", hidden))
    return shown


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M:%S}"
