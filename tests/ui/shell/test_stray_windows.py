"""Only the main window, dialogs and menus are ever top-level windows.

A widget that is shown before it has a parent flashes up as a window and takes the keys away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fakes import builtin_model
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.errors import StorageUnavailable
from app.session.session import NewSession
from ui.shell.notice_bar import NoticeButton
from ui.shell.shell import Shell


class Doorman(QObject):
    """Writes down every window that opens."""

    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_ours = isinstance(watched, QDialog | QMainWindow | QMenu)
            if not is_ours and watched.metaObject().className() != "QTipLabel":
                self.strays.append(f"{type(watched).__name__} {watched.objectName()!r}")
        return False


@pytest.fixture
def doorman(qapp: QApplication) -> Iterator[Doorman]:
    doorman = Doorman()
    qapp.installEventFilter(doorman)
    yield doorman
    qapp.removeEventFilter(doorman)


DIALOGS: dict[str, Callable[[Shell], None]] = {
    "new-session-dialog": lambda window: window.flows.sessions.begin(),
    "edit-session-dialog": lambda window: window.flows.correcting.ask(
        window.state.library.session_summaries()[0].id
    ),
    "follow-up-dialog": lambda window: window.flows.sessions.begin_from(),
    "export-dialog": lambda window: window.flows.exports.ask(),
    "model-import-dialog": lambda window: window.flows.models.ask(),
    "restore-dialog": lambda window: window.flows.restoring.ask(),
    "settings-dialog": lambda window: window.dialogs.open_settings(),
    "key-sheet": lambda window: window.dialogs.open_keys(),
    "about-dialog": lambda window: window.dialogs.open_about(),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_opens_as_one_window(
    qtbot: QtBot, looked_at: Shell, doorman: Doorman, name: str
) -> None:
    DIALOGS[name](looked_at)
    dialog = looked_at.frame.findChild(QDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    assert dialog.isVisible()
    assert doorman.strays == []
    dialog.close()


def test_a_notice_opens_no_window_and_leaves_the_keys_where_they_are(
    qtbot: QtBot, scoring: Shell, doorman: Doorman
) -> None:
    focused = QApplication.focusWidget()
    scoring.notices.show_notice("The file was written.", buttons=(NoticeButton("Open", list),))
    scoring.errors.show_error(StorageUnavailable("The disk is full."))
    scoring.notices.show_notice("NOT SAVED", details="Why", warning=True, closable=False, key="no")
    scoring.notices.withdraw("no")
    qtbot.wait(20)
    assert doorman.strays == []
    assert scoring.frame.isActiveWindow()
    assert QApplication.focusWidget() is focused


def test_the_pages_open_no_window(qtbot: QtBot, window: Shell, doorman: Doorman) -> None:
    session = window.state.library.create_session(NewSession("Acme", builtin_model(), "Workshop"))
    window.flows.sessions.open(session.id)
    for page in ("results", "scoring", "library"):
        window.show_page(page)
        qtbot.wait(100)
    window.appearance.choose_language("de")
    window.appearance.choose_theme("dark")
    qtbot.wait(20)
    assert doorman.strays == []


def test_changes_in_quick_succession_open_no_window(
    qtbot: QtBot, scoring: Shell, doorman: Doorman
) -> None:
    workshop, area_id = scoring.workspace.workshop, scoring.workspace.area_id
    workshop.set_level(area_id, 2)
    workshop.add_link(area_id, "https://example.org")
    workshop.set_not_applicable(area_id, "Done by the group")
    workshop.undo()
    workshop.undo()
    qtbot.wait(20)
    assert doorman.strays == []
    assert scoring.frame.isActiveWindow()
