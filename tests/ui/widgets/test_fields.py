"""Fields to choose from: the wheel, and the way of the Tab key through them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes import FakeLibrary
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.base import Sheet
from ui.dialogs.new_session import NewSessionDialog
from ui.shell.shell import Shell

DIALOGS = ("session.new", "session.export", "settings", "model.import")


def turn_the_wheel(widget: QWidget) -> None:
    middle = widget.rect().center()
    QApplication.sendEvent(widget, QWheelEvent(
        QPointF(middle), QPointF(widget.mapToGlobal(middle)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    ))  # fmt: skip


def shown(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.text() if isinstance(field, QAbstractSpinBox) else ""


@pytest.fixture
def new_session(scoring: Shell) -> Iterator[NewSessionDialog]:
    scoring.actions_table.run("session.new")
    dialog = scoring.frame.findChild(NewSessionDialog)
    yield dialog
    dialog.reject()


@pytest.mark.parametrize("action_id", DIALOGS)
def test_the_wheel_changes_no_field_without_the_focus(looked_at: Shell, action_id: str) -> None:
    looked_at.actions_table.run(action_id)
    dialog = looked_at.frame.findChildren(Sheet)[-1]
    dialog.findChild(QWidget).setFocus()
    kinds = (QComboBox, QAbstractSpinBox)
    fields = [field for kind in kinds for field in dialog.findChildren(kind)]
    fields = [field for field in fields if field.isVisible() and not field.hasFocus()]
    before = [shown(field) for field in fields]
    for field in fields:
        turn_the_wheel(field)
    assert [shown(field) for field in fields] == before
    dialog.reject()


def test_the_wheel_keeps_the_name_of_a_new_client(
    scoring: Shell, library: FakeLibrary, new_session: NewSessionDialog
) -> None:
    assert library.organisations()
    new_session.form.organisation.setEditText("My client")
    new_session.form.title.setFocus()
    turn_the_wheel(new_session.form.organisation)
    assert new_session.form.organisation.currentText() == "My client"


def test_the_wheel_changes_the_field_in_use(new_session: NewSessionDialog) -> None:
    new_session.form.date.setFocus()
    before = new_session.form.date.date()
    turn_the_wheel(new_session.form.date)
    assert new_session.form.date.date() != before


def test_a_date_is_one_stop_for_tab(qtbot: QtBot, new_session: NewSessionDialog) -> None:
    new_session.form.title.setFocus()
    qtbot.keyClick(new_session.form.title, Qt.Key.Key_Tab)
    assert new_session.form.date.hasFocus()
    qtbot.keyClick(new_session.form.date, Qt.Key.Key_Tab)
    assert new_session.form.model.hasFocus()
    qtbot.keyClick(new_session.form.model, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert new_session.form.date.hasFocus()
