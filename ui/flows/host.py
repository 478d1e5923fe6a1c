"""Interface of the window for flows, so that flows do not depend on the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import Context
    from ui.open_state import OpenState
    from ui.shell.notice_bar import NoticeBar
    from ui.shell.settings import Settings
    from ui.shell.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class Host:
    """Everything a flow needs to ask, to work, and to report; ``window`` is the dialogs' parent."""

    context: Context
    state: OpenState
    settings: Settings
    notices: NoticeBar
    tasks: TaskRunner
    window: QWidget
