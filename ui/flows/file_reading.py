"""Reading a chosen file in the background, and the faults of a file that is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError, InvalidFile

if TYPE_CHECKING:
    from ui.flows.host import Host
    from ui.shell.tasks import Task


def ask_for_report(host: Host, title: str, name_filter: str, read: Callable[[Path], None]) -> None:
    """Ask for a file in the folder of the reports and call ``read`` with it."""
    from ui.dialogs.files import ask_open_file, reports_folder

    ask_open_file(
        host.window, title, reports_folder(host.settings, host.state.client_id), name_filter, read
    )


def read_in_background(host: Host, path: Path, key: str, read: Callable[[], object]) -> Task:
    """Run ``read`` in the worker thread, below a notice that names the file."""
    said = host.context.texts.gettext("Reading {names} …", names=path.name)
    host.notices.show_notice(said, key=key)
    task = host.tasks.start(lambda _progress: read())
    task.finished.connect(lambda: host.notices.withdraw(key))
    return task


def show_refusal(host: Host, title: str, error: Exception, key: str) -> None:
    """List the faults of a refused file, or show any other error; bugs are raised again.

    ``key`` is that of the notice, which the next attempt replaces.
    """
    from ui.dialogs.text_dialog import TextDialog

    if isinstance(error, InvalidFile) and error.faults:
        tr = host.context.texts
        TextDialog(tr, title, error.say(tr), "\n".join(error.lines(tr)), host.window).open()
    elif isinstance(error, AppError):
        host.context.refused.emit(error, key)
    else:
        raise error
