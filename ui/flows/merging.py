"""Merging another library into the open one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.words.taken_in import decisions_in_words, other_name_in_words
from ui.flows.changing import may_change_library
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from app.ports import MergeReport, OtherName
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

    def _show_merged(self, path: Path, report: MergeReport, *, naming: bool = False) -> None:
        """Show numbers; titles and names where they are all of the client on screen, or asked for.

        Another library mostly holds the sessions of other clients, too.
        """
        tr, notices = self._host.context.texts, self._host.notices
        naming = naming or self._names_nobody_else(report)
        close = NoticeButton(tr.pgettext("button", "OK"), partial(notices.withdraw, MERGED))
        notices.show_notice(
            tr.gettext("“{name}” was merged into this library.", name=path.name),
            details="\n".join(_report_lines(report, tr, naming=naming)),
            buttons=(close, *self._offers(path, report, naming=naming)),
            key=MERGED,
            again=partial(self._show_merged, path, report, naming=naming),
        )

    def _names_nobody_else(self, report: MergeReport) -> bool:
        state = self._host.state
        shown, present = state.shown_client_id, {each.id for each in state.library.organisations()}
        return shown is None or (present <= {shown} and not report.deleted_here)

    def _offers(self, path: Path, report: MergeReport, *, naming: bool) -> Iterator[NoticeButton]:
        tr = self._host.context.texts
        if report.has_news and not naming:
            show = partial(self._show_merged, path, report, naming=True)
            yield NoticeButton(tr.gettext("Show titles"), show)
        if report.deleted_here:
            text = tr.gettext("Take in what was deleted")
            yield NoticeButton(text, partial(self.merge_from, path, with_deleted=True))


def _report_lines(report: MergeReport, tr: Translator, *, naming: bool) -> list[str]:
    lines: list[str] = []

    def tell(said: str, titles: Sequence[str] = ()) -> None:
        lines.append(said)
        if naming and titles:
            lines.append(_some_of(titles))

    if n := len(report.added):
        tell(tr.ngettext("{n} session is new.", "{n} sessions are new.", n), report.added)
    if n := len(report.extended):
        said = tr.ngettext(
            "{n} session was continued there and is extended here.",
            "{n} sessions were continued there and are extended here.", n)  # fmt: skip
        tell(said, report.extended)
    if n := len(report.identical):
        tell(tr.ngettext("{n} session was here already.", "{n} sessions were here already.", n))
    if n := len(report.newer_here):
        said = tr.ngettext(
            "{n} session is newer here and stays as it is.",
            "{n} sessions are newer here and stay as they are.", n)  # fmt: skip
        tell(said)
    if n := len(report.kept_both):
        said = tr.ngettext(
            "{n} session was continued in both libraries; both versions are kept.",
            "{n} sessions were continued in both libraries; both versions of each are kept.",
            n)  # fmt: skip
        tell(said, report.kept_both)
    if n := len(report.deleted_here):
        said = tr.ngettext(
            "{n} session was deleted here for good and was not taken in.",
            "{n} sessions were deleted here for good and were not taken in.", n)  # fmt: skip
        days = [f"{each.title} ({tr.short_date(each.day)})" for each in report.deleted_here]
        tell(said, days)
    lines += decisions_in_words(report, tr)
    lines += _other_names(report.other_names, tr, naming=naming)
    return lines or [tr.gettext("It holds no sessions.")]


def _other_names(names: Sequence[OtherName], tr: Translator, *, naming: bool) -> Iterator[str]:
    if not naming and names:
        yield tr.ngettext(
            "{n} organisation or unit has another name there; the name here stays.",
            "{n} organisations and units have other names there; the names here stay.",
            len(names))  # fmt: skip
        return
    yield from (other_name_in_words(name, tr) for name in names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        yield "…"


def _some_of(titles: Sequence[str]) -> str:
    """As many titles as a notice has room for; their number is given before them."""
    return ", ".join(titles[:MOST_NAMED]) + (", …" if len(titles) > MOST_NAMED else "")
