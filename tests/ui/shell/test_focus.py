"""The focused widget is always visibly marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.pages import PAGE_BY_NAME
from ui.shell.shell import Shell

PAGES = tuple(name for name, spec in PAGE_BY_NAME.items() if not spec.names_all_clients)
DIALOGS = (
    "session.new", "session.export", "session.archived", "checkpoints", "model.import", "settings",
    "keys", "about",
)  # fmt: skip
_ENOUGH_TO_BE_SEEN = 40


def picture(of: QWidget) -> QImage:
    return of.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def differing(one: QImage, other: QImage) -> int:
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return sum(a != b for a, b in pairs) // 3


def unseen(qtbot: QtBot, root: QWidget) -> list[str]:
    """The controls Tab comes to that look the same with and without the keys."""
    found, walked = [], set[int]()
    while (control := QApplication.focusWidget()) is not None and id(control) not in walked:
        walked.add(id(control))
        with_keys = picture(control)
        control.clearFocus()
        if differing(with_keys, picture(control)) < _ENOUGH_TO_BE_SEEN:
            found.append(f"{type(control).__name__} {control.objectName()}")
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(control, Qt.Key.Key_Tab)
    assert len(walked) > 1
    return found


FAST = ("scoring", "targets", "board")


@pytest.mark.parametrize(
    "page", [page if page in FAST else pytest.param(page, marks=pytest.mark.slow) for page in PAGES]
)
def test_every_control_of_a_page_shows_that_it_has_the_keys(
    qtbot: QtBot, window: Shell, page: str
) -> None:
    window.flows.sessions.open_sample()
    window.show_page(page)
    qtbot.keyClick(window.frame, Qt.Key.Key_Tab)
    assert unseen(qtbot, window.frame) == []


@pytest.mark.parametrize("action_id", DIALOGS)
def test_every_control_of_a_dialog_shows_that_it_has_the_keys(
    qtbot: QtBot, looked_at: Shell, action_id: str
) -> None:
    looked_at.actions_table.run(action_id)
    dialog = QApplication.activeModalWidget()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Tab)
    assert unseen(qtbot, dialog) == []
    dialog.close()
