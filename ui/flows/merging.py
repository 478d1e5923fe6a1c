"""Merging another library into the open one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from app.ports import MergeReport
    from app.words.texts import Translator

MERGED = "merged"
MOST_NAMED = 6


class MergeFlow(QObject):
    """Asks for a library, merges it, and shows the report."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    def ask(self) -> None:
        """Ask for another library and merge it."""
        from ui.dialogs.files import ask_open_file, library_filter

        if not self._host.state.may_change():
            return
        tr = self._host.context.texts
        ask_open_file(
            self._host.window,
            tr.gettext("Merge another library into this one"),
            self._host.state.library.path.parent,
            library_filter(tr),
            self.merge_from,
        )

    def merge_from(self, path: Path) -> None:
        """Take in the sessions of another library and show the report."""
        self._host.context.flush_pending_edits()
        try:
            report = self._host.state.library.merge(path)
        except AppError as error:
            self._host.context.refused.emit(error, MERGED)
            return
        self._host.state.sessions_changed.emit()
        self._show_merged(path, report)

    def _show_merged(self, path: Path, report: MergeReport) -> None:
        tr, notices = self._host.context.texts, self._host.notices
        close = NoticeButton(tr.pgettext("button", "OK"), partial(notices.withdraw, MERGED))
        notices.show_notice(
            tr.gettext("“{name}” was merged into this library.", name=path.name),
            details="\n".join(_report_lines(report, tr)),
            buttons=(close,),
            key=MERGED,
            again=partial(self._show_merged, path, report),
        )


def _report_lines(report: MergeReport, tr: Translator) -> list[str]:
    lines = []
    if report.added:
        lines.append(
            tr.ngettext("{n} session is new: {titles}", "{n} sessions are new: {titles}",
                        len(report.added), titles=_some_of(report.added))
        )  # fmt: skip
    if report.identical:
        lines.append(
            tr.ngettext("{n} session was here already.", "{n} sessions were here already.",
                        len(report.identical))
        )  # fmt: skip
    if report.kept_both:
        lines.append(
            tr.ngettext(
                "{n} session differs from the existing one; both versions are kept: {titles}",
                "{n} sessions differ from the existing ones; both versions of each are kept: "
                "{titles}",
                len(report.kept_both), titles=_some_of(report.kept_both))
        )  # fmt: skip
    return lines or [tr.gettext("It holds no sessions.")]


def _some_of(titles: Sequence[str]) -> str:
    """As many titles as a notice has room for; their number is given before them."""
    return ", ".join(titles[:MOST_NAMED]) + (", …" if len(titles) > MOST_NAMED else "")
