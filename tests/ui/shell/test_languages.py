"""Languages: same texts after a switch as after a start, and nothing clipped in German."""

from __future__ import annotations

import pytest
from conftest import built_window, leave
from fakes import FakeLibrary, FakeServices, builtin_model, filled
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.errors import InvalidInput
from app.session.session import NewSession
from app.words.texts import N_
from ui.languages import language_name
from ui.pages import PAGE_BY_NAME
from ui.shell.settings import Settings
from ui.shell.shell import Shell

PAGES = tuple(name for name, spec in PAGE_BY_NAME.items() if not spec.names_all_clients)
DIALOGS = (
    "session.new", "session.export", "session.archived", "checkpoints", "model.import",
    "library.restore", "settings", "keys", "about",
)  # fmt: skip


def language_of(window: Shell) -> str:
    return window.context.texts.language


def texts_of(root: QWidget) -> set[str]:
    """Everything a person can read on the visible parts."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        found += [widget.accessibleName(), widget.toolTip()]
    return set(found)


def window_in(language: str, services: FakeServices, settings: Settings, session_id: str) -> Shell:
    window = built_window(services, settings, language)
    window.libraries.open_at_start(None)
    window.flows.sessions.open(session_id)
    window.frame.show()
    return window


FAST = ("scoring", "board")
every_page = pytest.mark.parametrize(
    "page", [page if page in FAST else pytest.param(page, marks=pytest.mark.slow) for page in PAGES]
)


@every_page
def test_a_switch_gives_the_texts_of_a_start(
    qtbot: QtBot, services: FakeServices, settings: Settings, library: FakeLibrary, page: str
) -> None:
    new = NewSession("Nordwerk AG", builtin_model(), "Workshop", "Plattform", language="de")
    session_id = library.create_session(new).id
    switched = window_in("en", services, settings, session_id)
    started = window_in("de", services, settings, session_id)
    switched.show_page(page)
    started.show_page(page)
    switched.appearance.choose_language("de")
    # Charts come a moment after their page.
    qtbot.waitUntil(lambda: texts_of(switched.frame) == texts_of(started.frame), timeout=10_000)
    assert language_of(switched) == "de"
    leave(switched)
    leave(started)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("action_id", DIALOGS)
def test_nothing_is_cut_in_a_dialog(looked_at: Shell, language: str, action_id: str) -> None:
    looked_at.appearance.choose_language(language)
    looked_at.frame.resize(1024, 640)
    looked_at.actions_table.run(action_id)
    dialog = looked_at.frame.findChild(QDialog)
    assert dialog is not None
    QApplication.processEvents()
    for part in dialog.findChildren(QWidget):
        is_text = isinstance(part, QAbstractButton) or (
            isinstance(part, QLabel) and not part.wordWrap()
        )
        if is_text and part.isVisibleTo(dialog) and not part.objectName().startswith("qt_"):
            assert part.width() >= part.minimumSizeHint().width(), part.text()
    assert dialog.width() <= 1024
    assert dialog.height() <= 640
    dialog.close()


@pytest.mark.parametrize("action_id", DIALOGS)
def test_the_words_of_a_form_are_as_wide_as_they_need(looked_at: Shell, action_id: str) -> None:
    looked_at.appearance.choose_language("de")
    looked_at.actions_table.run(action_id)
    dialog = looked_at.frame.findChild(QDialog)
    QApplication.processEvents()
    for box in dialog.findChildren(QComboBox):
        if not box.isEditable() and box.objectName() != "earlier-session":
            metrics = box.fontMetrics()
            widest = max(metrics.horizontalAdvance(box.itemText(i)) for i in range(box.count()))
            assert widest + 40 <= box.width(), box.objectName()
    dialog.close()


@pytest.mark.parametrize(
    ("code", "name"),
    [("de", "Deutsch"), ("en", "English"), ("fr", "Français"), ("xx", "xx"), ("es", "Español"),
     ("zh", "中文"), ("zh-Hant", "繁體中文"), ("pt-BR", "Português (pt-BR)"),
     ("x-house", "x-house"), ("de-DE-1996", "Deutsch (de-DE-1996)")],
)  # fmt: skip
def test_languages_are_called_by_their_own_name(code: str, name: str) -> None:
    assert language_name(code) == name


def test_what_has_been_said_and_stays_is_said_in_the_new_language(
    window: Shell, library: FakeLibrary
) -> None:
    filled(library, 1)
    window.show_page("library")
    window.library_page.archive_current()
    window.errors.show_unexpected("Traceback")
    window.errors.show_error(InvalidInput(N_("Please enter a title.")))
    window.notices.show_notice("Backed up.")
    window.appearance.choose_language("de")
    shown = [
        (notice.text.split()[-1], *(button.text() for button in notice.buttons))
        for notice in window.notices.notices
    ]
    assert shown == [("gelöscht.", "Rückgängig"), ("„Einzelheiten“.", "Einzelheiten"), ("ein.",)]
