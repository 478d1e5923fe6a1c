"""Errors as notices: user-facing ones, and internal errors with their report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, Cancelled, ReadOnlyLibrary
from ui.context import Context
from ui.shell.notice_bar import NoticeBar, NoticeButton
from ui.shell.saving import NOT_SAVED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ErrorNotices(QObject):
    """Shows errors in the notice bar of a window."""

    #: Something would have changed a library that can only be viewed; who shows it knows the way
    #: out.
    change_refused = Signal()

    def __init__(self, context: Context, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._notices = notices
        self._window = window

    def show_error(self, error: AppError, key: str = "") -> None:
        """Show the sentence of an error; a cancellation needs none."""
        if isinstance(error, ReadOnlyLibrary):
            self.change_refused.emit()
            return
        said, not_saved = error.say(self._context.texts), self._notices.notice(NOT_SAVED)
        is_shown = not_saved is not None and said in not_saved.details
        if not (isinstance(error, Cancelled) or is_shown):
            again = partial(self.show_error, error, key)
            self._notices.show_notice(said, warning=True, key=key, again=again)

    def show_unexpected(self, report: str) -> None:
        """Show a notice for an internal error, with the report behind a button."""
        tr = self._context.texts
        details = NoticeButton(tr.gettext("Details"), partial(self._open_report, report))
        self._notices.show_notice(
            tr.gettext(
                "An error has occurred. Everything that was shown as saved is saved. "
                "Please report the error with the report under “Details”."
            ),
            buttons=(details,),
            warning=True,
            key="fault",
            again=partial(self.show_unexpected, report),
            outlives_session=True,
        )

    def _open_report(self, report: str) -> None:
        from ui.dialogs.text_dialog import TextDialog

        tr = self._context.texts
        log = self._context.services.log_file()
        lead = tr.gettext("The report is kept in {path} as well.", path=log)
        TextDialog(tr, tr.gettext("Error report"), lead, report, self._window).open()
