"""Integrity check of the open library, after opening and on request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

CHECK_AFTER_MS = 300
MOST_NAMED = 6


class LibraryCheck(QObject):
    """Checks the library slice by slice, so that the window stays responsive."""

    def __init__(self, host: Host, restore: Callable[[], None]) -> None:
        super().__init__(host.window)
        self._host = host
        self._restore = restore
        self._reports_success = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_slice)

    def start_later(self) -> None:
        """Check a library that was just opened; only faults are shown."""
        self._reports_success = False
        self._timer.start(CHECK_AFTER_MS)

    def check(self) -> None:
        """Check the whole file now and show the result."""
        self._host.state.library.sliced_check.begin()
        self._reports_success = True
        self._timer.start(0)

    def stop(self) -> None:
        """Stop checking."""
        self._timer.stop()

    def _check_slice(self) -> None:
        faults = self._host.state.library.sliced_check.next_slice()
        if faults is None:
            self._timer.start(0)
        elif faults:
            self._show_damaged(faults)
        else:
            self._show_success()

    def _show_success(self) -> None:
        lost = self._host.state.library.lost_since_backup()
        if lost is not None:
            self._reports_success = False
            self._host.context.error_raised.emit(lost)
        elif self._reports_success:
            self._show_sound()

    def _show_sound(self) -> None:
        self._reports_success = False
        tr = self._host.context.texts
        said = tr.gettext("The library is sound: structure, references, files and change log.")
        self._host.notices.show_notice(said, key="check")

    def _show_damaged(self, faults: Sequence[AppError]) -> None:
        tr = self._host.context.texts
        restore = NoticeButton(tr.gettext("Restore a backup…"), self._restore, is_primary=True)
        self._host.notices.show_notice(
            tr.gettext("The library is damaged; nothing more is saved in it. Restore a backup."),
            details="\n".join(_some_lines(fault.say(tr) for fault in faults)),
            buttons=(restore,),
            warning=True,
            key="damaged",
            again=partial(self._show_damaged, faults),
            outlives_session=True,
        )


def _some_lines(lines: Iterable[str]) -> list[str]:
    """Each sentence once, and no more of them than leave room for the page."""
    listed = list(dict.fromkeys(lines))
    return [*listed[:MOST_NAMED], "…"] if len(listed) > MOST_NAMED else listed
