"""At 200 % and on small screens no word of a page or dialog is cut."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from ui.pages import PAGE_BY_NAME
from ui.shell.shell import Shell
from ui.widgets.basics import ElidedLabel
from ui.widgets.controls import ValueButton

SHORTENED = (ElidedLabel, ValueButton)
"""These end in … and have all of it as a tooltip."""


@pytest.fixture(params=["de", pytest.param("en", marks=pytest.mark.slow)])
def enlarged(looked_at: Shell, request: pytest.FixtureRequest) -> Iterator[Shell]:
    """The window with type at 200 %."""
    looked_at.appearance.choose_language(request.param)
    looked_at.frame.set_zoom(200)
    QApplication.processEvents()
    yield looked_at
    looked_at.frame.set_zoom(100)


def needed_by(widget: QWidget) -> QSize:
    """The room the words of a widget need."""
    if isinstance(widget, QLabel) and widget.text():
        wrapped = QSize(0, widget.heightForWidth(widget.width()))
        return wrapped if widget.wordWrap() else widget.minimumSizeHint()
    if isinstance(widget, QAbstractButton) and widget.text():
        # The cards of the levels are buttons, too, and show their text themselves.
        return widget.minimumSizeHint()
    if isinstance(widget, QLineEdit | QComboBox):
        return QSize(0, widget.fontMetrics().height())
    return QSize(0, 0)


def cut(root: QWidget) -> list[str]:
    """Visible words with less room than they need."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, SHORTENED):
            continue
        needed = needed_by(widget)
        if widget.width() < needed.width() or widget.height() < needed.height():
            name = widget.objectName() or getattr(widget, "text", str)()
            found.append(f"{type(widget).__name__} {name!r}: {widget.size()} of {needed}")
    return found + [f"{each} is cut at the right" for each in wider_than_seen(root)]


def wider_than_seen(root: QWidget) -> list[QWidget]:
    """Areas that scroll vertically only, and yet are cut at the right."""
    return [
        area.widget()
        for area in root.findChildren(QScrollArea)
        if area.isVisible()
        and area.widget() is not None
        and area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.widget().width() > area.viewport().width()
    ]


PAGES = tuple(PAGE_BY_NAME)
DIALOGS = (
    "session.new", "session.edit", "session.follow", "session.export", "client.rename",
    "client.merge", "checkpoints", "model.import", "settings", "keys",
)  # fmt: skip


@pytest.mark.slow
def test_nothing_on_a_page_is_cut_at_200_per_cent(qtbot: QtBot, enlarged: Shell) -> None:
    for page in PAGES:
        enlarged.show_page(page)
        # A page that is built now gets its final places with a later turn of the event loop.
        with contextlib.suppress(TimeoutError):
            qtbot.waitUntil(lambda: cut(enlarged.frame) == [], timeout=2_000)
        assert cut(enlarged.frame) == [], page


@pytest.mark.slow
def test_when_it_was_saved_is_said_in_full_at_200_per_cent(enlarged: Shell) -> None:
    saved = enlarged.header.saved
    enlarged.header.show_saved("Gespeichert um 18:57:41", warning=False)
    QApplication.processEvents()
    assert saved.width() >= saved.sizeHint().width()


@pytest.mark.slow
def test_whose_sessions_are_listed_is_said_in_full_at_200_per_cent(enlarged: Shell) -> None:
    enlarged.show_page("library")
    QApplication.processEvents()
    title = enlarged.library_page.head.title
    assert title.text() == title.full_text()


@pytest.mark.slow
def test_nothing_in_a_dialog_is_cut_at_200_per_cent(enlarged: Shell) -> None:
    for action_id in DIALOGS:
        enlarged.actions_table.run(action_id)
        QApplication.processEvents()
        (dialog,) = enlarged.frame.findChildren(QDialog)
        assert cut(dialog) == [], action_id
        assert dialog.height() <= enlarged.frame.height() + 48
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("size", [(960, 540), pytest.param((1093, 614), marks=pytest.mark.slow)])
def test_nothing_on_a_page_is_cut_on_a_small_screen(
    looked_at: Shell, size: tuple[int, int]
) -> None:
    looked_at.frame.resize(*size)
    for page in PAGES:
        looked_at.show_page(page)
        QApplication.processEvents()
        assert cut(looked_at.frame) == [], page


@pytest.mark.slow
def test_back_and_next_are_in_the_window_whatever_its_size(enlarged: Shell) -> None:
    enlarged.frame.resize(960, 540)
    QApplication.processEvents()
    for name in ("back-button", "next-button"):
        button = enlarged.frame.findChild(QPushButton, name)
        corner = button.mapTo(enlarged.frame, button.rect().bottomRight())
        assert enlarged.frame.rect().contains(corner)
