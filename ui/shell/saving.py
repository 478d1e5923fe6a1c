"""Whether everything is saved: the time in the header, and a notice that cannot be overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from ui.context import Context
from ui.shell.notice_bar import NoticeBar, NoticeButton
from ui.shell.window import NOT_SAVED_KEY as NOT_SAVED

if TYPE_CHECKING:
    from app.session.session import Session
    from app.words.texts import Translator
    from app.workshop.workshop import Wanted, Workshop
    from ui.shell.window import MainWindow

RETRY_MS = 3_000
MOST_LINES = 5
LEFT_OVER = "left-over"


class SavingWatch(QObject):
    """Looks after changes that could not be stored: says so, retries, and holds closing back."""

    def __init__(self, context: Context, notices: NoticeBar, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._notices = notices
        self._window = window
        self._may_close = False
        self._is_written = False
        self._retry_timer = QTimer(self)
        self._retry_timer.setInterval(RETRY_MS)
        self._retry_timer.timeout.connect(self._retry)
        context.areas_changed.connect(self._on_areas_changed)
        context.session_opened.connect(self._on_session_opened)

    @property
    def is_saved(self) -> bool:
        """Whether nothing waits to be stored."""
        workshop = self._context.workshop
        return workshop is None or not workshop.unsaved

    # ---- what is shown -----------------------------------------------------------------------

    def show_time(self) -> None:
        """The acknowledgement of the last change in the header."""
        workshop = self._context.workshop
        label = self._window.header.saved
        role = "place" if self.is_saved else "warning-strong"
        if label.property("role") != role:
            label.setProperty("role", role)
            label.style().unpolish(label)
            label.style().polish(label)
        label.setText("" if workshop is None else self._state_in_words(workshop))

    def _state_in_words(self, workshop: Workshop) -> str:
        tr = self._context.texts
        if workshop.unsaved:
            return tr.gettext("NOT SAVED")
        if workshop.saved_at is None:
            return tr.gettext("All saved")
        return tr.gettext("Saved {time}", time=_clock(workshop.saved_at))

    def state_in_full(self) -> str:
        """An answer for whoever presses Ctrl+S out of habit: every change is stored at once."""
        workshop, tr = self._context.workshop, self._context.texts
        if workshop is None or workshop.unsaved:
            return ""
        if workshop.saved_at is None:
            return tr.gettext("All changes are saved. Every change is stored at once.")
        return tr.gettext(
            "All changes are saved, the last one at {time}. Every change is stored at once.",
            time=_clock(workshop.saved_at),
        )

    def retranslate(self) -> None:
        """Say it in the current language."""
        self.show_time()
        self._show_notice()

    def _show_notice(self) -> None:
        workshop, tr = self._context.workshop, self._context.texts
        if workshop is None or not workshop.unsaved:
            self._notices.withdraw(NOT_SAVED)
            return
        unsaved = workshop.unsaved
        wanted = [dict(each.wanted) for each in unsaved]
        lines = waiting_in_words(workshop.session, wanted, tr)
        self._notices.show_notice(
            tr.ngettext("NOT SAVED: {n} change is waiting", "NOT SAVED: {n} changes are waiting",
                        len(unsaved)),
            details="\n".join((unsaved[0].reason.say(tr), *_shortened(lines, tr))),
            buttons=(
                NoticeButton(tr.gettext("Try again"), self._retry, is_primary=True),
                NoticeButton(tr.gettext("Save elsewhere…"), self.save_elsewhere),
            ),
            warning=True,
            key=NOT_SAVED,
            closable=False,
        )  # fmt: skip

    # ---- what happens ------------------------------------------------------------------------

    def _on_areas_changed(self, _area_ids: frozenset[str]) -> None:
        if not self.is_saved:
            self._may_close = False
            self._retry_timer.start()
            self._write_unsaved()
            self._show_notice()
        elif self._retry_timer.isActive():
            self._retry_timer.stop()
            self._write_unsaved()
            self._show_notice()
            tr = self._context.texts
            self._notices.show_notice(tr.gettext("Everything is saved again."), key="saved")
        self.show_time()

    def _on_session_opened(self) -> None:
        self._retry_timer.stop()
        self._show_notice()
        self._notices.withdraw(LEFT_OVER)
        self._offer_left_over()

    def _retry(self) -> None:
        workshop = self._context.workshop
        if workshop is not None and workshop.unsaved:
            workshop.retry()

    def _write_unsaved(self) -> None:
        """Keep what waits in a second place; where that fails, too, the notice stays as it is."""
        context = self._context
        if context.workshop is None or context.library is None:
            return
        unsaved = context.workshop.unsaved
        try:
            context.services.write_unsaved(context.library.path, context.session.id, unsaved)
        except AppError:
            self._is_written = False
        else:
            self._is_written = bool(unsaved)

    def save_elsewhere(self) -> None:
        """Go on in a copy of the library somewhere else."""
        from ui.dialogs.files import ask_save_file

        library, tr = self._context.library, self._context.texts
        if library is not None:
            ask_save_file(
                self._window,
                tr.gettext("Save the library elsewhere"),
                library.path.with_name(f"{library.path.stem}-2{library.path.suffix}"),
                self._window.libraries.file_filter(),
                self.move_to,
                replaces=False,
            )

    def move_to(self, target: Path) -> None:
        """Copy the library to a new file, go on there, and store what was waiting."""
        context = self._context
        old, workshop = context.library, context.workshop
        if old is None or workshop is None:
            return
        try:
            old.save_copy(target)
            new = context.services.open_library(target)
        except AppError as error:
            self._window.say_error(error)
            return
        old_path = old.path
        context.library = new
        workshop.move_to(new)
        is_saved = workshop.retry()
        old.close()
        self._window.libraries.on_moved()
        if is_saved:
            context.services.write_unsaved(old_path, context.session.id, ())

    # ---- closing -----------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may go; otherwise it asks first."""
        if self._may_close or self.is_saved:
            return True
        workshop = self._context.workshop
        if workshop is not None and workshop.retry():
            return True
        self._ask_before_closing()
        return False

    def _ask_before_closing(self) -> None:
        from ui.dialogs.unsaved import UnsavedDialog

        workshop, tr = self._context.workshop, self._context.texts
        if workshop is None:
            return
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

    # ---- what an earlier run left over -------------------------------------------------------

    def _offer_left_over(self) -> None:
        context, tr = self._context, self._context.texts
        if context.workshop is None or context.library is None:
            return
        try:
            left = context.services.read_unsaved(context.library.path, context.session.id)
        except AppError as error:
            self._window.say_error(error)
            return
        if not left:
            return
        self._notices.show_notice(
            tr.ngettext(
                "{n} change could not be saved last time. Enter it now?",
                "{n} changes could not be saved last time. Enter them now?",
                len(left),
            ),
            details="\n".join(_shortened(waiting_in_words(context.session, left, tr), tr)),
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
        workshop = self._context.workshop
        if workshop is None:
            return
        try:
            for wanted in left:
                workshop.change_all(wanted)
        except AppError as error:
            self._window.say_error(error)
            return
        self._write_unsaved()

    def _discard_left_over(self) -> None:
        self._notices.withdraw(LEFT_OVER)
        context = self._context
        if context.workshop is not None and context.library is not None:
            context.services.write_unsaved(context.library.path, context.session.id, ())


def waiting_in_words(session: Session, wanted: Sequence[Wanted], tr: Translator) -> list[str]:
    """What waits, one line per change: ``Set CI/CD to 4``."""
    from app.words.describe import describe_change
    from app.workshop.history import Edit, new_change

    lines = []
    for each in wanted:
        edits = [Edit(area_id, field, None, after) for (area_id, field), after in each.items()]
        change = new_change(session.id, edits)
        lines.append(describe_change(change, session.model, session.language, tr))
    return lines


def _shortened(lines: Sequence[str], tr: Translator) -> list[str]:
    shown = [f"• {line}" for line in lines[-MOST_LINES:]]
    hidden = len(lines) - len(shown)
    if hidden:
        shown.insert(0, tr.ngettext("• and {n} earlier one", "• and {n} earlier ones", hidden))
    return shown


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M:%S}"
