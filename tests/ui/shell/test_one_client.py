"""One client on screen at a time: nobody else's name without a deliberate step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import leave, shown_window
from fakes import FakeLibrary, FakeServices, builtin_model, small_model
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from ui.dialogs.archived import ArchivedDialog
from ui.dialogs.edit_session import EditSessionDialog
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.files import (
    models_folder,
    remember_models_folder,
    remember_reports_folder,
    reports_folder,
)
from ui.dialogs.follow_up import FollowUpDialog
from ui.dialogs.model_import import ModelImportDialog
from ui.dialogs.new_session import NewSessionDialog
from ui.pages import PAGES
from ui.shell.settings import Settings
from ui.shell.shell import Shell

OTHER = "Sparkasse Musterstadt"
PAGES_OF_ONE = tuple(spec.name for spec in PAGES if not spec.names_all_clients)
CONTROL = Qt.KeyboardModifier.ControlModifier
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def said_by(model: QAbstractItemModel | None, parent: QModelIndex | None = None) -> Iterator[str]:
    """Every text of a list, table or tree."""
    if model is None:
        return
    above = parent or QModelIndex()
    is_list = isinstance(model, QAbstractListModel)
    for row in range(model.rowCount(above)):
        for column in range(1 if is_list else model.columnCount(above)):
            index = model.index(row, column, above)
            yield from (str(index.data(role)) for role in _ROLES)
            yield from said_by(model, index)


def said_in(widget: QWidget) -> Iterator[str]:
    """Every text of a widget, for eyes and ears."""
    yield from (widget.windowTitle(), widget.toolTip())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        completer = widget.completer()
        yield from said_by(completer.model() if completer else None)
    if isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from said_by(widget.model())


def said_on_screen() -> str:
    """Everything that all windows of the program say, hidden pages and menus included."""
    widgets = [each for each in QApplication.allWidgets() if each.window().isVisible()]
    texts = [text for widget in widgets for text in said_in(widget)]
    actions = {action for widget in widgets for action in widget.findChildren(QAction)}
    texts += [f"{action.text()} {action.toolTip()}" for action in actions]
    return "\n".join(texts)


@pytest.fixture
def two_clients(library: FakeLibrary, tmp_path: Path) -> FakeLibrary:
    """A library with sessions of two clients, of which one has archived ones, too."""
    for client, unit in ((OTHER, "Kreditabteilung"), ("Nordwerk AG", "Platform team")):
        for year in (2025, 2026):
            session = library.create_session(
                NewSession(client, builtin_model(), f"{client} {year}", unit, date(year, 3, 2))
            )
            library.remember_position(session.id, session.model.areas[0].id)
        old = library.create_session(NewSession(client, small_model(), f"Old one of {client}"))
        library.archive_session(old.id)
        library.remember_position(session.id, session.model.areas[0].id)
    return library


@pytest.fixture
def on_two_clients(
    qtbot: QtBot, services: FakeServices, two_clients: FakeLibrary, settings: Settings
) -> Iterator[Shell]:
    """The window as it starts on that library; Nordwerk's session was open last."""
    assert two_clients.organisations()[1].name == OTHER
    shell = shown_window(qtbot, services, settings)
    yield shell
    leave(shell)


def dialog_of(shell: Shell, kind: type[QDialog]) -> QDialog:
    found: QDialog = next(each for each in shell.frame.findChildren(kind) if each.isVisible())
    return found


def assert_only_nordwerk() -> None:
    said = said_on_screen()
    for word in ("Sparkasse", "Kredit"):
        assert word not in said
    assert "Nordwerk" in said


def test_a_walk_through_the_window_never_names_another_client(
    qtbot: QtBot, on_two_clients: Shell
) -> None:
    shell = on_two_clients
    assert shell.page_name == "library"
    assert_only_nordwerk()
    qtbot.keyClicks(shell.library_page.list, "s")  # lists jump to what is typed
    qtbot.keyClick(shell.library_page.list, Qt.Key.Key_Return)
    assert shell.workspace.session.title == "Nordwerk AG 2026"
    assert_only_nordwerk()
    for action, kind in (
        ("session.new", NewSessionDialog),
        ("session.edit", EditSessionDialog),
        ("session.follow", FollowUpDialog),
        ("session.export", ExportDialog),
        ("session.archived", ArchivedDialog),
    ):
        shell.actions_table.run(action)
        dialog = dialog_of(shell, kind)
        assert_only_nordwerk()
        dialog.reject()
    for page in PAGES_OF_ONE:
        shell.show_page(page)
        QApplication.processEvents()
        assert_only_nordwerk()
    shell.library_page.archive_current()
    assert shell.notices.notice("archived") is not None
    assert_only_nordwerk()


def test_all_clients_are_a_deliberate_step_that_the_next_session_ends(
    qtbot: QtBot, on_two_clients: Shell
) -> None:
    shell, page = on_two_clients, on_two_clients.library_page
    page.head.all_clients.click()
    assert {page.sessions.summary(row).organisation.name for row in range(4)} == {
        "Nordwerk AG",
        OTHER,
    }
    qtbot.keyClick(page.list, Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert_only_nordwerk()
    qtbot.keyClick(page.list, Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    page.list.setCurrentIndex(page.sessions.index(3))
    page.open_current()
    assert shell.workspace.session.organisation.name == OTHER
    shell.show_page("library")
    assert page.sessions.rowCount() == 2
    assert "Nordwerk" not in said_on_screen()


@pytest.mark.parametrize("way", ["page.scoring", "session.open", "clients.all"])
def test_back_at_one_client_no_notice_and_no_list_names_another(
    on_two_clients: Shell, way: str
) -> None:
    shell, page = on_two_clients, on_two_clients.library_page
    page.open_current()
    shell.show_page("library")
    page.switch_clients()
    page.list.setCurrentIndex(page.sessions.index(3))
    page.archive_current()
    assert OTHER in shell.notices.notice("archived").text
    page.list.setCurrentIndex(page.sessions.index(0))
    shell.actions_table.run(way)
    assert shell.notices.notices == ()
    shell.show_page("library")
    shown = {page.sessions.summary(row).organisation.name for row in range(2)}
    assert (page.sessions.rowCount(), shown) == (2, {"Nordwerk AG"})


@pytest.mark.slow
def test_no_page_keeps_names_of_the_client_before(on_two_clients: Shell) -> None:
    shell = on_two_clients
    ids = {each.title: each.id for each in shell.state.library.session_summaries()}
    for client, other in (("Nordwerk", "Sparkasse"), ("Sparkasse", "Nordwerk")):
        shell.flows.sessions.open(next(ids[title] for title in ids if client in title))
        # Withdrawn notices are hidden, and go with the next round of the event loop.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for page in PAGES_OF_ONE:
            shell.show_page(page)
            assert other not in said_on_screen()  # at once, before anything is painted
            QApplication.processEvents()
            assert other not in said_on_screen()
            assert client in said_on_screen()


@pytest.mark.parametrize("way", ["clients.all", "page.scoring"])
def test_a_name_searched_for_among_all_clients_is_gone_with_them(
    qtbot: QtBot, on_two_clients: Shell, way: str
) -> None:
    shell, page = on_two_clients, on_two_clients.library_page
    page.open_current()
    shell.show_page("library")
    page.switch_clients()
    page.head.search.setText("Sparkasse")
    qtbot.waitUntil(lambda: page.sessions.rowCount() == 2)
    shell.actions_table.run(way)
    shell.show_page("library")
    assert page.head.search.text() == ""
    assert {page.sessions.summary(row).organisation.name for row in range(2)} == {"Nordwerk AG"}
    assert_only_nordwerk()
    page.head.search.setText("2025")  # within one client it stays
    shell.show_page("scoring")
    shell.show_page("library")
    assert (page.head.search.text(), page.sessions.rowCount()) == ("2025", 1)


def test_the_list_stands_on_the_open_session(on_two_clients: Shell) -> None:
    shell, page = on_two_clients, on_two_clients.library_page
    page.open_current()
    page.list.setCurrentIndex(page.sessions.index(1))
    shell.show_page("scoring")
    shell.show_page("library")
    chosen = page.sessions.summary(page.list.currentIndex().row())
    assert chosen.id == shell.workspace.session.id


def test_a_client_without_sessions_does_not_bring_up_the_others(on_two_clients: Shell) -> None:
    page = on_two_clients.library_page
    page.archive_current()
    page.archive_current()
    assert page.states.none_of_client.isVisible()
    assert_only_nordwerk()
    page.states.none_of_client.buttons[1].click()
    assert page.sessions.summary(0).organisation.name == OTHER


def test_a_new_session_names_the_other_clients_when_asked(on_two_clients: Shell) -> None:
    on_two_clients.actions_table.run("session.new")
    dialog = dialog_of(on_two_clients, NewSessionDialog)
    assert isinstance(dialog, NewSessionDialog)
    box = dialog.form.organisation
    assert [box.itemText(row) for row in range(box.count())] == ["Nordwerk AG"]
    dialog.form.all_clients.click()
    assert [box.itemText(row) for row in range(box.count())] == ["Nordwerk AG", OTHER]
    box.hidePopup()
    dialog.reject()


def test_reports_of_each_client_begin_in_a_folder_of_their_own(
    on_two_clients: Shell, tmp_path: Path
) -> None:
    shell, folder = on_two_clients, tmp_path / OTHER
    folder.mkdir()
    _, sparkasse = shell.state.library.organisations()
    remember_reports_folder(shell.settings, sparkasse.id, folder)
    shell.library_page.open_current()
    shell.actions_table.run("session.export")
    assert_only_nordwerk()
    dialog_of(shell, ExportDialog).reject()
    assert reports_folder(shell.settings, sparkasse.id) == folder


def test_models_of_each_client_are_looked_for_in_a_folder_of_their_own(
    on_two_clients: Shell, tmp_path: Path
) -> None:
    shell = on_two_clients
    file = tmp_path / OTHER / "model.yaml"
    file.parent.mkdir()
    file.write_text("id: x", encoding="utf-8")
    nordwerk, sparkasse = shell.state.library.organisations()
    remember_models_folder(shell.settings, sparkasse.id, file.parent)
    shell.library_page.open_current()
    shell.actions_table.run("model.import")
    dialog = dialog_of(shell, ModelImportDialog)
    assert isinstance(dialog, ModelImportDialog)
    dialog.choose_files.click()
    assert_only_nordwerk()
    dialog.reject()
    assert models_folder(shell.settings, sparkasse.id) == file.parent
    assert models_folder(shell.settings, nordwerk.id) == Path.home()


def test_the_portfolio_is_a_deliberate_step_that_leaving_it_ends(on_two_clients: Shell) -> None:
    shell = on_two_clients
    assert_only_nordwerk()
    shell.show_page("portfolio")
    assert OTHER in said_on_screen()
    shell.show_page("library")
    assert_only_nordwerk()
    shell.show_page("portfolio")
    shell.context.client_requested.emit(shell.state.library.organisations()[1].id)
    assert shell.library_page.head.title.full_text() == OTHER
    assert "Nordwerk" not in said_on_screen()
