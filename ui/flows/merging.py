"""Merging another library into the open one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.words.taken_in import other_name_in_words
from ui.flows.changing import may_change_library
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

    def merge_from(self, path: Path, *, with_deleted: bool = False) -> None:
        """Take in the sessions of another library and show the report.

        Those that were deleted here for good are offered, and taken in only ``with_deleted``.
        """
        state = self._host.state
        if not may_change_library(self._host):
            return
        try:
            report = state.library.merge(path, with_deleted=with_deleted)
            if report.extended:
                state.reload_session()
        except AppError as error:
            self._host.context.refused.emit(error, MERGED)
            return
        state.sessions_changed.emit()
        self._show_merged(path, report)

    def _show_merged(self, path: Path, report: MergeReport) -> None:
        tr, notices = self._host.context.texts, self._host.notices
        close = NoticeButton(tr.pgettext("button", "OK"), partial(notices.withdraw, MERGED))
        notices.show_notice(
            tr.gettext("“{name}” was merged into this library.", name=path.name),
            details="\n".join(_report_lines(report, tr)),
            buttons=(close, *self._offers(path, report)),
            key=MERGED,
            again=partial(self._show_merged, path, report),
        )

    def _offers(self, path: Path, report: MergeReport) -> Iterator[NoticeButton]:
        if report.deleted_here:
            text = self._host.context.texts.gettext("Take in what was deleted")
            yield NoticeButton(text, partial(self.merge_from, path, with_deleted=True))


def _report_lines(report: MergeReport, tr: Translator) -> list[str]:
    lines = []
    if report.added:
        lines.append(
            tr.ngettext("{n} session is new: {titles}", "{n} sessions are new: {titles}",
                        len(report.added), titles=_some_of(report.added))
        )  # fmt: skip
    if report.extended:
        lines.append(
            tr.ngettext(
                "{n} session was continued there and is extended here: {titles}",
                "{n} sessions were continued there and are extended here: {titles}",
                len(report.extended), titles=_some_of(report.extended))
        )  # fmt: skip
    if report.identical:
        lines.append(
            tr.ngettext("{n} session was here already.", "{n} sessions were here already.",
                        len(report.identical))
        )  # fmt: skip
    if report.newer_here:
        lines.append(
            tr.ngettext("{n} session is newer here and stays as it is.",
                        "{n} sessions are newer here and stay as they are.",
                        len(report.newer_here))
        )  # fmt: skip
    if report.kept_both:
        lines.append(
            tr.ngettext(
                "{n} session was continued in both libraries; both versions are kept: {titles}",
                "{n} sessions were continued in both libraries; both versions of each are kept: "
                "{titles}",
                len(report.kept_both), titles=_some_of(report.kept_both))
        )  # fmt: skip
    if report.deleted_here:
        days = [f"{each.title} ({tr.short_date(each.day)})" for each in report.deleted_here]
        lines.append(
            tr.ngettext(
                "{n} session was deleted here for good and was not taken in: {titles}",
                "{n} sessions were deleted here for good and were not taken in: {titles}",
                len(days), titles=_some_of(days))
        )  # fmt: skip
    lines += [other_name_in_words(name, tr) for name in report.other_names[:MOST_NAMED]]
    if len(report.other_names) > MOST_NAMED:
        lines.append("…")
    return lines or [tr.gettext("It holds no sessions.")]


def _some_of(titles: Sequence[str]) -> str:
    """As many titles as a notice has room for; their number is given before them."""
    return ", ".join(titles[:MOST_NAMED]) + (", …" if len(titles) > MOST_NAMED else "")
