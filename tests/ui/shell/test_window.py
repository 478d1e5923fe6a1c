"""The main window: restored geometry, both languages, and undo across pages."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import leave, shown_window
from fakes import FakeLibrary, FakeServices, builtin_model, filled, small_model
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.jobs import Progress
from app.model.maturity_model import LocalText
from app.session.session import NewSession
from exports.export import ExportKind, ExportRequest
from exports.palette import DARK, LIGHT
from ui.dialogs.model_import import ModelImportDialog
from ui.pages import PAGES, family, neighbour
from ui.results.results_body import BY_DIMENSION
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.shell.tasks import Task
from ui.shell.window import SMALLEST, MainWindow


def test_it_comes_back_to_session_area_and_page_after_a_kill(
    qtbot: QtBot, scoring: Shell, services: FakeServices, settings: Settings
) -> None:
    wanted = scoring.workspace.session.model.areas[7].id
    scoring.workspace.go_to(wanted)
    # The first window is not closed: a killed program says no goodbye.
    again = shown_window(qtbot, services, settings)
    assert again.page_name == "scoring"
    assert again.workspace.session.id == scoring.workspace.session.id
    assert again.workspace.area_id == wanted
    leave(again)


def test_any_page_can_ask_for_a_session(window: Shell, library: FakeLibrary) -> None:
    session = library.create_session(NewSession("Acme", small_model(), "Workshop"))
    window.context.session_requested.emit(session.id)
    assert (window.workspace.session.id, window.page_name) == (session.id, "scoring")


def test_it_comes_back_to_the_library_page(
    qtbot: QtBot, scoring: Shell, services: FakeServices, settings: Settings
) -> None:
    scoring.show_page("library")
    again = shown_window(qtbot, services, settings)
    assert again.page_name == "library"
    leave(again)


def test_it_comes_back_to_its_place_in_its_size(
    qtbot: QtBot, window: Shell, services: FakeServices, settings: Settings
) -> None:
    window.frame.resize(*SMALLEST)
    qtbot.waitUntil(lambda: not settings.geometry.isEmpty())
    again = MainWindow(settings, "en")
    again.show_at_last_place()
    assert again.size() == window.frame.size()
    again.close()
    again.deleteLater()


def test_a_window_whose_screen_is_gone_is_moved_onto_one_that_is_there(
    window: Shell,
) -> None:
    window.frame.move(90_000, 90_000)
    window.frame._move_onto_screen()
    screen: QRect = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.intersects(window.frame.frameGeometry())


def test_language_and_colours_are_on_the_disk_at_once(window: Shell, tmp_path: Path) -> None:
    window.appearance.choose_language("de")
    window.appearance.choose_theme("dark")
    kept = Settings(tmp_path / "settings.ini")
    assert (kept.text("view/language"), kept.theme) == ("de", "dark")


def test_the_language_changes_without_a_restart(window: Shell) -> None:
    window.appearance.choose_language("de")
    assert window.header.page_button("library").text() == "Bibliothek"
    assert window.actions_table["quit"].text() == "Beenden"
    assert window.library_page.head.new_session.text() == "Neuer Workshop"
    window.appearance.choose_language("en")
    assert window.header.page_button("library").text() == "Library"


def test_qts_own_buttons_speak_german(window: Shell) -> None:
    window.appearance.choose_language("de")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    window.appearance.choose_language("en")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_model_language_is_independent_and_can_be_undone(scoring: Shell) -> None:
    scoring.choose_model_language("de")
    assert scoring.workspace.session.language == "de"
    assert scoring.texts.language == "en"
    assert scoring.actions_table["undo"].text() == "Undo: Change model language"
    scoring.undo_actions.undo()
    assert scoring.workspace.session.language == "en"


def test_colours_change_without_a_restart(window: Shell) -> None:
    window.appearance.choose_theme("dark")
    assert window.context.theme is DARK
    assert QApplication.palette().window().color().name() == DARK.ground.lower()
    window.appearance.choose_theme("light")
    assert QApplication.palette().window().color().name() == LIGHT.ground.lower()


def test_the_header_says_where_we_are(scoring: Shell) -> None:
    when = scoring.texts.short_date(scoring.workspace.session.date)
    place = f"Nordwerk AG · Platform team · Workshop · {when}"
    assert scoring.header.title.full_text() == place
    assert scoring.frame.windowTitle() == f"{place} – Stufenplan"


def test_undo_is_named_in_menu_and_button(qtbot: QtBot, scoring: Shell) -> None:
    area = scoring.workspace.session.model.areas[0].label.in_language("en")
    qtbot.keyClick(scoring.frame, Qt.Key.Key_4)
    assert scoring.actions_table["undo"].text() == f"Undo: Set {area} to 4"
    assert scoring.header.undo.toolTip() == f"Undo: Set {area} to 4"
    qtbot.keyClick(scoring.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert scoring.actions_table["redo"].text() == f"Redo: Set {area} to 4"


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        ),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
    ],
    ids=["Ctrl+Shift+Z", "Ctrl+Y"],
)
def test_redo_has_two_keys(
    qtbot: QtBot, scoring: Shell, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    area_id = scoring.workspace.area_id
    qtbot.keyClick(scoring.frame, Qt.Key.Key_4)
    scoring.undo_actions.undo()
    qtbot.keyClick(scoring.frame, key, modifiers)
    assert scoring.workspace.session.rating(area_id).level == 4


@pytest.mark.parametrize("page", ["library", "results"])
def test_undo_works_on_every_page(qtbot: QtBot, scoring: Shell, page: str) -> None:
    area_id = scoring.workspace.area_id
    qtbot.keyClick(scoring.frame, Qt.Key.Key_4)
    scoring.show_page(page)
    qtbot.keyClick(scoring.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert scoring.workspace.session.rating(area_id).level is None


def test_undo_shows_the_area_it_changes(qtbot: QtBot, scoring: Shell) -> None:
    first = scoring.workspace.area_id
    qtbot.keyClick(scoring.frame, Qt.Key.Key_4)
    qtbot.keyClick(scoring.frame, Qt.Key.Key_Right)
    assert scoring.workspace.area_id != first
    scoring.undo_actions.undo()
    assert scoring.workspace.area_id == first


def test_undo_in_the_reason_takes_back_what_was_typed(qtbot: QtBot, scoring: Shell) -> None:
    area_id = scoring.workspace.area_id
    qtbot.keyClick(scoring.frame, Qt.Key.Key_C)
    note = scoring.frame.findChild(QPlainTextEdit, "note-editor")
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "agreed")
    qtbot.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert scoring.workspace.session.rating(area_id).note == ""
    assert note.toPlainText() == ""


def test_names_with_an_ampersand_stand_in_the_menu_as_they_are(
    qtbot: QtBot, scoring: Shell
) -> None:
    areas = scoring.workspace.session.model.areas
    area = next(area for area in areas if "&" in area.label.in_language("en"))
    scoring.workspace.go_to(area.id)
    qtbot.keyClick(scoring.frame, Qt.Key.Key_2)
    assert area.label.in_language("en").replace("&", "&&") in scoring.actions_table["undo"].text()


def test_a_long_name_makes_no_menu_wider_than_a_screen(window: Shell, library: FakeLibrary) -> None:
    model = small_model(1)
    (dimension,) = model.dimensions
    name = LocalText.of(en="W" * 300)
    areas = (replace(dimension.areas[0], name=name, label=name),)
    model = replace(model, dimensions=(replace(dimension, areas=areas),))
    window.flows.sessions.open(library.create_session(NewSession("A", model, "Workshop")).id)
    window.workspace.workshop.set_level("d1.a", 3)
    undo = window.actions_table["undo"]
    assert undo.text().startswith("Undo: Set WW")
    assert undo.text().endswith("W to 3")
    assert QFontMetrics(window.frame.menuBar().font()).horizontalAdvance(undo.text()) < 1024


def test_a_closed_session_leaves_a_page_without_actions(scoring: Shell) -> None:
    scoring.show_page("results")
    scoring.state.close_session()
    assert scoring.page_name == "library"
    of_a_session = ("chart.", "level.", "page.scoring", "page.results", "session.export", "undo")
    offered = [id_ for id_ in scoring.actions_table.by_id if scoring.actions_table.handles(id_)]
    assert not [id_ for id_ in offered if id_.startswith(of_a_session)]
    hidden = scoring.page_named("results")
    hidden.on_shown()
    hidden.body.show_view(BY_DIMENSION)


def test_half_levels_are_offered_in_sessions_that_allow_them(
    window: Shell, library: FakeLibrary
) -> None:
    whole = library.create_session(NewSession("A", builtin_model(), "Whole"))
    halves = library.create_session(NewSession("A", builtin_model(), "Halves", half_levels=True))
    window.flows.sessions.open(whole.id)
    assert not window.actions_table["level.half"].isEnabled()
    window.flows.sessions.open(halves.id)
    assert window.actions_table["level.half"].isEnabled()


CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def nameless(root: QWidget) -> list[str]:
    """Controls one can reach but no screen reader can name."""
    found = []
    for control in root.findChildren(QWidget):
        if not isinstance(control, CONTROLS) or not control.isVisibleTo(root):
            continue
        if control.objectName().startswith("qt_") or isinstance(
            control.parent(), QComboBox | QAbstractSpinBox | QAbstractItemView
        ):
            continue
        text = control.text() if isinstance(control, QAbstractButton) else ""
        if not (control.accessibleName() or text):
            found.append(f"{type(control).__name__} {control.objectName()!r}")
    return found


@pytest.mark.parametrize("page", ["library", "teams", "scoring", "results"])
def test_every_control_of_a_page_has_a_name(looked_at: Shell, page: str) -> None:
    looked_at.show_page(page)
    assert nameless(looked_at.frame) == []


@pytest.mark.parametrize(
    "action_id",
    ["session.new", "session.export", "session.archived", "checkpoints", "model.import",
     "library.restore", "settings", "keys", "about"],
)  # fmt: skip
def test_every_control_of_a_dialog_has_a_name(looked_at: Shell, action_id: str) -> None:
    looked_at.actions_table.run(action_id)
    dialog = looked_at.frame.findChild(QDialog)
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.close()


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_in_the_header_is_cut(
    looked_at: Shell, size: tuple[int, int], language: str
) -> None:
    looked_at.appearance.choose_language(language)
    looked_at.frame.resize(*size)
    QApplication.processEvents()
    header = looked_at.header
    buttons = [header.undo, *(header.page_button(name) for name in ("library", "scoring"))]
    for button in buttons:
        assert button.width() >= button.sizeHint().width(), button.text()
    assert header.saved.width() >= header.saved.sizeHint().width()
    assert header.page_button("results").geometry().right() <= header.width()


def test_five_thousand_sessions_are_read_page_by_page(window: Shell, library: FakeLibrary) -> None:
    filled(library, 5_000)
    window.show_page("library")
    page = window.library_page
    first = page.sessions.rowCount()
    assert first < 100
    page.list.scrollToBottom()
    QApplication.processEvents()
    page.list.scrollToBottom()
    QApplication.processEvents()
    assert first < page.sessions.rowCount() < 500


def test_a_library_that_is_dropped_on_the_window_is_opened(
    window: Shell, services: FakeServices, tmp_path: Path
) -> None:
    other = tmp_path / "other.stufenplan"
    services.libraries[other] = FakeLibrary(other)
    window.take_files([other])
    assert window.state.library.path == other


def test_pages_that_are_dropped_on_the_window_are_read_as_a_model(
    qtbot: QtBot, window: Shell, tmp_path: Path
) -> None:
    window.take_files([tmp_path / "level-1.md", tmp_path / "level-2.md"])
    dialog = window.frame.findChild(ModelImportDialog)
    qtbot.waitUntil(dialog.findChild(QPushButton, "keep-model").isEnabled)
    dialog.reject()


def test_keys_of_the_session_are_asleep_behind_a_dialog(qtbot: QtBot, scoring: Shell) -> None:
    scoring.actions_table.run("settings")
    dialog = scoring.frame.findChild(QDialog, "settings-dialog")
    qtbot.keyClick(dialog, Qt.Key.Key_4)
    qtbot.keyClick(dialog, Qt.Key.Key_N)
    assert scoring.workspace.session.rating(scoring.workspace.area_id).level is None
    dialog.close()


def test_a_longer_export_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, scoring: Shell, tmp_path: Path
) -> None:
    def endless(progress: Progress) -> None:
        while True:
            progress.step(3, 10)
            time.sleep(0.01)

    order = ExportRequest(ExportKind.WORKBOOK, tmp_path / "roadmap.xlsx", "en")
    scoring.flows.exports.follow(scoring.tasks.start(endless), order)
    qtbot.waitUntil(lambda: bool(scoring.notices.notices), timeout=5_000)
    notice = scoring.notices.notices[0]
    qtbot.waitUntil(lambda: notice.text == "Writing roadmap.xlsx: 3 of 10 …")
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: scoring.notices.notice("exported") is not None)
    assert scoring.notices.notice("exported").text == "The export was stopped."


def test_the_chart_of_the_results_page_is_exported_like_everything_else(
    qtbot: QtBot, scoring: Shell, tmp_path: Path
) -> None:
    scoring.show_page("results")
    scoring.stack.currentWidget().save_chart(tmp_path / "profile.svg")
    qtbot.waitUntil(lambda: scoring.notices.notice("exported") is not None, timeout=20_000)
    assert scoring.notices.notice("exported").text == "profile.svg was written."
    assert (tmp_path / "profile.svg").read_text("utf-8").startswith("<?xml")


def test_no_export_is_said_to_be_under_way_once_it_has_ended(
    scoring: Shell, tmp_path: Path
) -> None:
    order = ExportRequest(ExportKind.WORKBOOK, tmp_path / "roadmap.xlsx", "en")
    task = scoring.tasks.start(lambda _progress: None)
    scoring.flows.exports.follow(task, order)
    task.finished.emit()
    late = task.findChild(QTimer)  # the window was busy when it should have rung
    assert not late.isActive()
    assert scoring.notices.notices == ()


def under_way(scoring: Shell, tmp_path: Path) -> tuple[threading.Event, Task]:
    """An export that is written once the event is set."""

    def job(progress: Progress) -> None:
        while not go_on.wait(0.01):
            progress.step(0, 1)

    go_on = threading.Event()
    task = scoring.tasks.start(job)
    request = ExportRequest(ExportKind.WORKBOOK, tmp_path / "roadmap.xlsx", "en")
    scoring.flows.exports.follow(task, request)
    return go_on, task


def test_closing_waits_until_an_export_is_written(
    qtbot: QtBot, scoring: Shell, tmp_path: Path
) -> None:
    go_on, _ = under_way(scoring, tmp_path)
    assert not scoring.frame.close()
    assert "as soon as the export is written" in scoring.notices.notice("leaving").text
    go_on.set()
    qtbot.waitUntil(lambda: not scoring.frame.isVisible())


def test_closing_that_is_held_back_in_the_end_is_forgotten(
    qtbot: QtBot, scoring: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, _ = under_way(scoring, tmp_path)
    assert not scoring.frame.close()
    held_back: list[bool] = []
    with monkeypatch.context() as patch:
        patch.setattr(scoring.saving, "may_close", lambda: bool(held_back.append(True)))
        go_on.set()
        qtbot.waitUntil(lambda: bool(held_back))
    assert scoring.notices.notice("leaving") is None
    go_on, _ = under_way(scoring, tmp_path)
    assert not scoring.frame.close(), "the next export is waited for, too"
    go_on.set()
    qtbot.waitUntil(lambda: not scoring.frame.isVisible())


def test_closing_once_more_stops_the_export(qtbot: QtBot, scoring: Shell, tmp_path: Path) -> None:
    under_way(scoring, tmp_path)
    assert not scoring.frame.close()
    assert scoring.frame.close()
    assert not scoring.tasks.running


def test_an_export_that_fails_keeps_the_window_open_to_say_so(
    qtbot: QtBot, scoring: Shell, tmp_path: Path
) -> None:
    _, task = under_way(scoring, tmp_path)
    scoring.frame.close()
    task.cancel()
    qtbot.waitUntil(lambda: scoring.notices.notice("exported") is not None)
    qtbot.wait(20)
    assert scoring.frame.isVisible()
    assert scoring.notices.notice("leaving") is None


def test_closing_waits_for_an_export_that_is_stopped(qtbot: QtBot, scoring: Shell) -> None:
    entered = threading.Event()
    ended: list[str] = []

    def endless(progress: Progress) -> None:
        entered.set()
        try:
            while True:
                progress.step(0, 1)
        finally:
            ended.append("ended")

    scoring.tasks.start(endless)
    qtbot.waitUntil(entered.is_set)
    assert scoring.frame.close()
    assert ended == ["ended"]
    assert not scoring.tasks.running


@pytest.mark.slow
def test_opening_sessions_again_and_again_leaves_nothing_behind(
    window: Shell, library: FakeLibrary
) -> None:
    first, second = (
        library.create_session(NewSession(name, builtin_model(), "Workshop", "Team")).id
        for name in ("Nordwerk AG", "Südwerk AG")
    )

    def visited(rounds: int) -> int:
        for _ in range(rounds):
            for session_id in (first, second):
                window.flows.sessions.open(session_id)
                for page in ("scoring", "results", "library"):
                    window.show_page(page)
                    QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(window.frame.findChildren(QObject))

    settled = visited(2)
    assert visited(4) <= settled


@pytest.mark.slow
def test_languages_colours_and_dialogs_leave_nothing_behind(scoring: Shell) -> None:
    def visited(rounds: int) -> int:
        for _ in range(rounds):
            for choice in ("de", "en"):
                scoring.appearance.choose_language(choice)
            for choice in ("dark", "light"):
                scoring.appearance.choose_theme(choice)
            for action in ("session.export", "model.import", "settings", "keys", "about"):
                scoring.actions_table.run(action)
                QApplication.activeModalWidget().close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(scoring.frame.findChildren(QObject))

    settled = visited(2)
    assert visited(3) <= settled


def test_every_page_has_an_action_and_a_family_with_a_button(window: Shell) -> None:
    for spec in PAGES:
        assert f"page.{spec.name}" in window.actions_table.by_id
        assert window.header.page_button(spec.family)
        assert neighbour(spec.name, 1) in [each.name for each in family(spec.name)]


def test_no_slip_of_a_key_leads_to_the_page_with_all_clients(window: Shell) -> None:
    for action in ("tab.next", "tab.previous"):
        window.show_page("library")
        seen = set()
        for _ in range(len(PAGES)):
            window.actions_table.run(action)
            seen.add(window.page_name)
        assert seen == {"library", "teams"}
    window.show_page("portfolio")
    window.actions_table.run("tab.next")
    assert window.page_name == "library"
