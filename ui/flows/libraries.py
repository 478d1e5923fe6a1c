"""Opening, making, backing up, restoring, checking and merging libraries from the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import (
    AppError,
    LibraryInUse,
    NewerFile,
    NotFound,
    StorageUnavailable,
)
from app.ports import Library, MergeReport
from app.words.texts import N_
from ui.context import Context
from ui.library.library_page import LibraryPage, WayOut
from ui.shell.notice_bar import NoticeButton
from ui.trace import mark

if TYPE_CHECKING:
    from ui.shell.single_instance import FirstWindow
    from ui.shell.window import MainWindow

ENDING = ".stufenplan"
CHECK_AFTER_MS = 300
LISTEN_AFTER_MS = 150
WARM_UP_AFTER_MS = 500
BACKUP_EVERY_MS = 60_000
MOST_NAMED = 6

#: What a backup was made for.
BACKUP_REASONS = {
    "open": N_("when opened"),
    "close": N_("when closed"),
    "timer": N_("while working"),
    "manual": N_("by hand"),
    "migration": N_("before an upgrade"),
    "merge": N_("before a merge"),
    "import": N_("before an import"),
}


class LibraryFlow(QObject):
    """Everything about the library as a file."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._refused_path: Path | None = None
        self._listener: FirstWindow | None = None
        self._says_sound = False
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.timeout.connect(self._check_on)
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(BACKUP_EVERY_MS)
        self._backup_timer.timeout.connect(self._back_up_if_due)

        self._backup_slices = QTimer(self)
        self._backup_slices.setSingleShot(True)
        self._backup_slices.timeout.connect(self._back_up_if_due)

    def connect_page(self, page: LibraryPage) -> None:
        """Listen to the library page."""
        page.way_out_chosen.connect(self._take_way_out)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What can be done now."""
        own: dict[str, Callable[[], None]] = {
            "library.open": self.choose,
            "library.new": self.create,
            "library.restore": self.restore,
        }
        if self._context.library is not None:
            own.update(
                {
                    "library.merge": self.merge,
                    "library.backup": self.back_up,
                    "library.check": self.check,
                }
            )
        return own

    def file_filter(self) -> str:
        """Which files a dialog shows."""
        return self._context.texts.gettext("Libraries (*.stufenplan);;All files (*)")

    # ---- opening -----------------------------------------------------------------------------

    def open_at_start(self, named: Path | None) -> None:
        """Open the library that was named, else the last one, else the person's own."""
        page = self._window.settings.text("window/page", "library")
        default = self._context.services.default_library()
        remembered = self._window.settings.text("library/path")
        path = named or (Path(remembered) if remembered else default)
        self.open(path, create=named is None and path == default, at_start=True)
        mark("filled")
        QTimer.singleShot(WARM_UP_AFTER_MS, self, self._warm_up)
        self._reopen_session(page)

    def open(self, path: Path, *, create: bool = False, at_start: bool = False) -> bool:
        """Open a library in place of the present one; whether that went well."""
        context = self._context
        if context.library is not None and not self._may_leave(path):
            return False
        try:
            library = context.services.open_library(path, create=create)
        except LibraryInUse as error:
            if self._bring_first_forward(path):
                self._on_handed_over(error, at_start=at_start)
            else:
                self._refuse(error, path)
            return False
        except AppError as error:
            self._refuse(error, path)
            return False
        self._replace(library)
        return True

    def _may_leave(self, path: Path) -> bool:
        """Not while something waits to be saved, and not for the library that is open already."""
        library = self._context.library
        self._context.settle()
        if not self._window.saving.is_saved:
            self._window.notices.show_notice(
                self._context.texts.gettext(
                    "Another library can be opened once everything here is saved."
                ),
                warning=True,
            )
            return False
        if library is not None and _same(library.path, path):
            self._window.show_page("library")
            return False
        return True

    def _replace(self, library: Library) -> None:
        context, old = self._context, self._context.library
        if context.workshop is not None:
            context.close_session()
        context.library = library
        if old is not None:
            old.close()
            self._say_notices(old)
        self._refused_path = None
        for said_of_the_old in ("damaged", "archived", "backup-failed", "merged", "check"):
            self._window.notices.withdraw(said_of_the_old)
        self._remember(library.path)
        self._window.show_page("library")
        self._window.refresh_actions()
        self._say_notices(library)
        QTimer.singleShot(LISTEN_AFTER_MS, self, self._listen)
        self._says_sound = False
        self._check_timer.start(CHECK_AFTER_MS)
        self._backup_timer.start()

    def on_moved(self) -> None:
        """The session goes on in a copy of the library."""
        library = self._context.library
        if library is not None:
            self._remember(library.path)
            self._listen()
            self._window.refresh_actions()
            self._window.notices.show_notice(
                self._context.texts.gettext("From now on you work in {path}.", path=library.path)
            )

    def _remember(self, path: Path) -> None:
        is_default = path == self._context.services.default_library()
        self._window.settings.put("library/path", "" if is_default else str(path))

    def _refuse(self, error: AppError, path: Path) -> None:
        if self._context.library is not None:
            self._window.say_error(error)
            return
        self._refused_path = path
        page = self._window.library_page
        page.show_refusal(error, self._ways_out(error, path))
        self._window.show_page("library")
        page.show_refusal(error, self._ways_out(error, path))
        self._window.refresh_actions()

    def _ways_out(self, error: AppError, path: Path) -> list[WayOut]:
        """What helps against this error, the most promising first."""
        is_own = _same(path, self._context.services.default_library())
        own = [] if is_own else [WayOut.OWN]
        ways = self._ways_for(error, path)
        return [*ways[:1], *own, *ways[1:]]

    def _ways_for(self, error: AppError, path: Path) -> list[WayOut]:
        restore = [WayOut.RESTORE] if self._context.services.backups_of(path) else []
        if isinstance(error, NotFound):
            return [WayOut.CREATE, WayOut.CHOOSE, *restore]
        if isinstance(error, NewerFile):
            return [WayOut.CHOOSE, WayOut.CREATE]
        if isinstance(error, LibraryInUse):
            return [WayOut.TRY_AGAIN, WayOut.CHOOSE, WayOut.CREATE]
        if isinstance(error, StorageUnavailable):
            return [WayOut.TRY_AGAIN, WayOut.CHOOSE, WayOut.CREATE, *restore]
        return [*restore, WayOut.CHOOSE, WayOut.CREATE]

    def _take_way_out(self, way: WayOut) -> None:
        if way is WayOut.TRY_AGAIN and self._refused_path is not None:
            self.open(self._refused_path)
        elif way is WayOut.CHOOSE:
            self.choose()
        elif way is WayOut.CREATE:
            self.create()
        elif way is WayOut.RESTORE:
            self.restore()
        elif way is WayOut.OWN:
            self.open(self._context.services.default_library(), create=True)

    def _reopen_session(self, page: str) -> None:
        """Go on where the last run ended, unless that was on the library page."""
        context = self._context
        if context.library is None or page == "library":
            return
        position = context.library.last_position()
        if position is None:
            return
        try:
            context.open_session(position[0])
        except AppError as error:
            self._window.say_error(error)
            return
        self._window.show_page(page)

    def choose(self) -> None:
        """Ask for a library and open it."""
        from ui.dialogs.files import ask_open_file

        ask_open_file(
            self._window,
            self._context.texts.gettext("Open a library"),
            self._folder(),
            self.file_filter(),
            self._open_chosen,
        )

    def _open_chosen(self, path: Path) -> None:
        self.open(path)

    def create(self) -> None:
        """Ask for a name and make a new library there."""
        from ui.dialogs.files import ask_save_file, looked_up

        proposal = self._folder() / f"library{ENDING}"
        refused = self._refused_path
        if refused is not None and not looked_up(refused.exists, otherwise=True):
            proposal = refused
        ask_save_file(
            self._window,
            self._context.texts.gettext("Create a new library"),
            proposal,
            self.file_filter(),
            self._create_at,
            replaces=False,
        )

    def _create_at(self, path: Path) -> None:
        from ui.dialogs.files import looked_up

        if looked_up(path.exists, otherwise=False):
            self._window.notices.show_notice(
                self._context.texts.gettext(
                    "There is a file “{name}” already. Choose another name; nothing was changed.",
                    name=path.name,
                ),
                warning=True,
            )
            return
        self.open(path, create=True)

    def _folder(self) -> Path:
        library = self._context.library
        path = library.path if library else self._refused_path
        return (path or self._context.services.default_library()).parent

    # ---- only one window per library ---------------------------------------------------------

    def _bring_first_forward(self, path: Path) -> bool:
        from ui.shell.single_instance import call_first_window

        return call_first_window(path)

    def _on_handed_over(self, error: LibraryInUse, *, at_start: bool) -> None:
        """The first window came forward; a second start has nothing left to do."""
        if at_start:
            self._window.close()
        else:
            self._window.say_error(error)

    def _listen(self) -> None:
        from ui.shell.single_instance import FirstWindow

        if self._listener is not None:
            self._listener.stop()
            self._listener.deleteLater()
            self._listener = None
        if self._context.library is not None:
            self._listener = FirstWindow(self._context.library.path, self)
            self._listener.called.connect(self._window.bring_forward)
            mark("listening")

    # ---- soundness ---------------------------------------------------------------------------

    def check(self) -> None:
        """Look at the whole file and say what was found."""
        library = self._context.library
        if library is not None:
            library.begin_check()
            self._says_sound = True
            self._check_timer.start(0)

    def _check_on(self) -> None:
        """Check the library bit by bit; what the person does comes in between."""
        library = self._context.library
        if library is None:
            return
        faults = library.check_slice()
        if faults is None:
            self._check_timer.start(0)
        elif faults:
            self._say_damaged(faults)
        elif self._says_sound:
            self._say_sound()

    def _say_sound(self) -> None:
        self._says_sound = False
        tr = self._context.texts
        said = tr.gettext("The library is sound: structure, references, files and change log.")
        self._window.notices.show_notice(said, key="check")

    def _say_damaged(self, faults: Sequence[AppError]) -> None:
        tr = self._context.texts
        self._window.notices.show_notice(
            tr.gettext("The library is damaged; nothing more is saved in it. Restore a backup."),
            details="\n".join(_some_lines(fault.say(tr) for fault in faults)),
            buttons=(NoticeButton(tr.gettext("Restore a backup…"), self.restore, is_primary=True),),
            warning=True,
            key="damaged",
            again=partial(self._say_damaged, faults),
        )

    def _say_notices(self, library: Library) -> None:
        for notice in library.notices:
            self._window.say_error(notice)

    # ---- backups -----------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a backup now."""
        library, tr = self._context.library, self._context.texts
        if library is None:
            return
        self._context.settle()
        backup = library.back_up("manual")
        self._window.notices.show_notice(
            tr.gettext(
                "Backed up and verified: {size}, in the data folder of the program.",
                size=size_in_words(backup.size, tr.number),
            ),
            key="backup",
        )

    def _back_up_if_due(self) -> None:
        library = self._context.library
        if library is None or not self._window.saving.is_saved:
            return  # one that is under way goes on with the next tick
        try:
            if library.back_up_slice_if_due():
                self._backup_slices.start(0)
        except AppError as error:
            self._say_no_backup(error)

    def _say_no_backup(self, error: AppError) -> None:
        tr = self._context.texts
        self._window.notices.show_notice(
            tr.gettext("The backup failed. Your entries are saved; the cause is given below."),
            details=error.say(tr),
            warning=True,
            key="backup-failed",
            again=partial(self._say_no_backup, error),
        )

    def restore(self) -> None:
        """Show the backups and bring one back under a new name."""
        from ui.dialogs.restore import RestoreDialog

        library, services = self._context.library, self._context.services
        path = library.path if library else self._refused_path or services.default_library()
        dialog = RestoreDialog(self._context.texts, path, services.backups_of(path), self._window)
        dialog.backup_chosen.connect(self._ask_where_to_restore)
        dialog.open()

    def _ask_where_to_restore(self, backup: Path, proposal: Path) -> None:
        from ui.dialogs.files import ask_save_file

        ask_save_file(
            self._window,
            self._context.texts.gettext("Restore the backup as a new library"),
            proposal,
            self.file_filter(),
            partial(self.restore_as, backup),
            replaces=False,
        )

    def restore_as(self, backup: Path, target: Path) -> None:
        """Write a backup to a new file and offer to open it."""
        try:
            self._context.services.restore_backup(backup, target)
        except AppError as error:
            self._window.say_error(error)
            return
        if self._context.library is None:
            self.open(target)
        else:
            self._say_restored(target)

    def _say_restored(self, target: Path) -> None:
        tr = self._context.texts
        self._window.notices.show_notice(
            tr.gettext("The backup was restored as {path}.", path=target),
            buttons=(
                NoticeButton(
                    tr.gettext("Open it"), lambda: self._open_restored(target), is_primary=True
                ),
            ),
            key="restored",
            again=partial(self._say_restored, target),
        )

    def _open_restored(self, target: Path) -> None:
        self._window.notices.withdraw("restored")
        self.open(target)

    # ---- merging -----------------------------------------------------------------------------

    def merge(self) -> None:
        """Ask for another library and take its sessions in."""
        from ui.dialogs.files import ask_open_file

        ask_open_file(
            self._window,
            self._context.texts.gettext("Merge another library into this one"),
            self._folder(),
            self.file_filter(),
            self.merge_from,
        )

    def merge_from(self, path: Path) -> None:
        """Take in the sessions of another library and say what came of it."""
        context = self._context
        if context.library is None:
            return
        context.settle()
        try:
            report = context.library.merge(path)
        except AppError as error:
            self._window.say_error(error)
            return
        self._window.library_page.refresh()
        self._say_merged(path, report)

    def _say_merged(self, path: Path, report: MergeReport) -> None:
        tr = self._context.texts
        self._window.notices.show_notice(
            tr.gettext("“{name}” was merged into this library.", name=path.name),
            details="\n".join(self._merge_lines(report)),
            buttons=(
                NoticeButton(
                    tr.pgettext("button", "OK"), lambda: self._window.notices.withdraw("merged")
                ),
            ),
            key="merged",
            again=partial(self._say_merged, path, report),
        )

    def _merge_lines(self, report: MergeReport) -> list[str]:
        tr = self._context.texts
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
                    "{n} session differs from the existing one; both versions are kept: "
                    "{titles}",
                    "{n} sessions differ from the existing ones; both versions of each are "
                    "kept: {titles}",
                    len(report.kept_both), titles=_some_of(report.kept_both))
            )  # fmt: skip
        return lines or [tr.gettext("It holds no sessions.")]

    # ---- quiet work --------------------------------------------------------------------------

    def _warm_up(self) -> None:
        """Import what the first chart needs while nobody waits for it."""
        services = self._context.services
        if self._context.library is not None:
            self._window.tasks.start(lambda _progress: services.warm_up())

    def close(self) -> None:
        """Back up what has changed and let go of the library."""
        self._backup_timer.stop()
        self._check_timer.stop()
        self._backup_slices.stop()
        if self._listener is not None:
            self._listener.stop()
        library, self._context.library = self._context.library, None
        if library is not None:
            library.close()


def size_in_words(size: int, number: Callable[[float, int], str]) -> str:
    """A file's size: ``84 kB`` or ``1.4 MB``."""
    if size < 1_000_000:
        return f"{number(max(1, size / 1000), 0)} kB"
    return f"{number(size / 1_000_000, 1)} MB"


def _some_of(titles: Sequence[str]) -> str:
    """As many titles as a notice has room for; how many there are is said before them."""
    return ", ".join(titles[:MOST_NAMED]) + (", …" if len(titles) > MOST_NAMED else "")


def _some_lines(lines: Iterable[str]) -> list[str]:
    """Each sentence once, and no more of them than leave room for the page."""
    listed = list(dict.fromkeys(lines))
    return [*listed[:MOST_NAMED], "…"] if len(listed) > MOST_NAMED else listed


def _same(first: Path, second: Path) -> bool:
    return first.expanduser().resolve() == second.expanduser().resolve()
