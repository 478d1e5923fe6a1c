"""Dialogs: input, validation and remembered values."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fakes import DISK_FULL, FakeLibrary, FakeServices, builtin_model, small_model
from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QEvent,
    QPoint,
    QRect,
    QStandardPaths,
    Qt,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.errors import Fault, InvalidFile
from app.model.maturity_model import Source
from app.ports import Backup
from app.session.session import NewSession
from app.words.describe import proposed_title
from app.words.texts import translator_for
from exports.export import ExportKind, ExportRequest
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.key_sheet import KeySheet, key_in_words
from ui.dialogs.model_import import ModelImportDialog
from ui.dialogs.new_session import NewSessionDialog
from ui.dialogs.restore import RestoreDialog
from ui.services import ImportedModelFile, WantedModel
from ui.shell.shell import Shell


@pytest.fixture
def new_session(window: Shell) -> NewSessionDialog:
    window.actions_table.run("session.new")
    return window.frame.findChild(NewSessionDialog)


@pytest.fixture
def export(scoring: Shell, tmp_path: Path) -> ExportDialog:
    scoring.settings.put(f"reports/{scoring.state.client_id}", str(tmp_path))
    scoring.actions_table.run("session.export")
    return scoring.frame.findChild(ExportDialog)


@pytest.fixture
def asked(looked_at: Shell, tmp_path: Path) -> ExportDialog:
    """Like ``export``, for tests that write nothing."""
    looked_at.settings.put(f"reports/{looked_at.state.client_id}", str(tmp_path))
    looked_at.actions_table.run("session.export")
    return looked_at.frame.findChild(ExportDialog)


def test_a_session_is_created_by_keyboard_alone(
    qtbot: QtBot, window: Shell, new_session: NewSessionDialog
) -> None:
    qtbot.keyClicks(new_session.form.organisation.lineEdit(), "Nordwerk AG")
    qtbot.keyClick(new_session.form.organisation.lineEdit(), Qt.Key.Key_Tab)
    qtbot.keyClicks(new_session.focusWidget(), "Platform team")
    qtbot.keyClick(new_session.focusWidget(), Qt.Key.Key_Return)
    session = window.workspace.session
    assert session.organisation.name == "Nordwerk AG"
    assert session.unit.name == "Platform team"
    today = date.today()  # noqa: DTZ011
    assert session.date == today
    assert session.title == proposed_title(today, translator_for(session.language))
    assert session.model.id == "cloud-native"
    assert window.page_name == "scoring"


def test_the_proposed_title_follows_date_and_language_until_it_is_changed(
    new_session: NewSessionDialog,
) -> None:
    new_session.form.language.setCurrentIndex(new_session.form.language.findData("en"))
    new_session.form.date.setDate(QDate(2026, 11, 24))
    assert new_session.form.title.text() == "Maturity workshop 24 Nov 2026"
    new_session.form.language.setCurrentIndex(new_session.form.language.findData("de"))
    assert new_session.form.title.text() == "Reifegrad-Workshop 24.11.2026"
    new_session.form.title.setText("Kick-off")
    new_session.form.date.setDate(QDate(2026, 11, 25))
    assert new_session.form.title.text() == "Kick-off"


def test_a_long_name_that_is_known_does_not_widen_the_dialog(
    window: Shell, library: FakeLibrary
) -> None:
    library.create_session(NewSession("W" * 200, small_model(), "Workshop"))
    window.actions_table.run("session.new")
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog.minimumSizeHint().width() <= dialog.width()
    dialog.reject()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_month_year_and_arrows_of_the_calendar_can_be_seen(window: Shell, theme: str) -> None:
    window.appearance.choose_theme(theme)
    window.actions_table.run("session.new")
    calendar = window.frame.findChild(NewSessionDialog).form.date.calendarWidget()
    calendar.show()
    for name in ("prevmonth", "monthbutton", "yearbutton", "nextmonth"):
        button = calendar.findChild(QToolButton, f"qt_calendar_{name}")
        inside = QRect(button.mapTo(calendar, QPoint(0, 0)), button.size()).adjusted(7, 7, -7, -7)
        picture = calendar.grab(inside).toImage()
        shades = Counter(
            picture.pixelColor(x, y).lightness()
            for x in range(picture.width())
            for y in range(picture.height())
        )
        (ground, _), *_ = shades.most_common(1)
        assert sum(n for shade, n in shades.items() if abs(shade - ground) > 120) > 3, name
    window.frame.findChild(NewSessionDialog).reject()


def test_what_is_missing_is_said_at_its_field(window: Shell, new_session: NewSessionDialog) -> None:
    new_session.form.title.setText(" ")
    new_session.findChild(QPushButton, "create-session").click()
    form = new_session.form
    assert form.fault_at(new_session.form.organisation) == (
        "Please enter the name of the organisation."
    )
    assert form.fault_at(new_session.form.title) == "Please enter a title."
    assert not window.state.has_session
    new_session.form.organisation.setEditText("A")
    assert form.fault_at(new_session.form.organisation) == ""
    new_session.reject()


def test_a_full_disk_keeps_what_was_entered(
    window: Shell, new_session: NewSessionDialog, library: FakeLibrary
) -> None:
    new_session.form.organisation.setEditText("Nordwerk AG")
    library.failing = DISK_FULL
    new_session.findChild(QPushButton, "create-session").click()
    assert new_session.error.text() == DISK_FULL.say(window.texts)
    assert new_session.form.organisation.currentText() == "Nordwerk AG"
    library.failing = None
    new_session.findChild(QPushButton, "create-session").click()
    assert window.workspace.session.organisation.name == "Nordwerk AG"


def test_last_choices_and_known_names_are_proposed(
    window: Shell, new_session: NewSessionDialog
) -> None:
    new_session.form.organisation.setEditText("Nordwerk AG")
    new_session.form.unit.setEditText("Platform team")
    new_session.form.language.setCurrentIndex(new_session.form.language.findData("de"))
    new_session.findChild(QCheckBox, "half-levels").setChecked(True)
    new_session.form.date.setDate(QDate(2026, 3, 12))
    new_session.findChild(QPushButton, "create-session").click()
    assert window.workspace.session.date == date(2026, 3, 12)
    assert window.workspace.session.half_levels
    window.actions_table.run("session.new")
    again = next(each for each in window.frame.findChildren(NewSessionDialog) if each.isVisible())
    assert again.form.organisation.currentText() == "Nordwerk AG"
    assert [again.form.unit.itemText(row) for row in range(again.form.unit.count())] == [
        "Platform team"
    ]
    assert again.form.language.currentData() == "en", "that of the window"
    assert again.form.half_levels.isChecked()
    again.reject()


def test_the_name_is_asked_once_and_proposed_from_then_on(
    window: Shell, new_session: NewSessionDialog
) -> None:
    assert new_session.form.facilitator.text() == ""
    new_session.form.organisation.setEditText("Nordwerk AG")
    new_session.form.facilitator.setText(" Ana  Köhler ")
    new_session.findChild(QPushButton, "create-session").click()
    assert window.workspace.session.facilitator == "Ana Köhler"
    window.actions_table.run("session.new")
    again = next(each for each in window.frame.findChildren(NewSessionDialog) if each.isVisible())
    assert again.form.facilitator.text() == "Ana Köhler"
    again.form.facilitator.setText("A guest")
    again.findChild(QPushButton, "create-session").click()
    assert window.workspace.session.facilitator == "A guest"
    window.actions_table.run("settings")
    dialog = window.frame.findChild(QDialog, "settings-dialog")
    assert dialog.user_name.text() == "Ana Köhler"
    dialog.user_name.setText("")
    QTest.keyClicks(dialog.user_name, "Ana Reis")
    dialog.close()
    window.actions_table.run("session.new")
    third = next(each for each in window.frame.findChildren(NewSessionDialog) if each.isVisible())
    assert third.form.facilitator.text() == "Ana Reis"
    third.reject()


def test_an_imported_model_can_be_chosen(window: Shell, library: FakeLibrary) -> None:
    library.imported.append(small_model())
    window.flows.sessions.begin("small")
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog.form.model.currentText() == "Small model"
    dialog.reject()


def test_the_export_proposes_a_name_that_fits(asked: ExportDialog, tmp_path: Path) -> None:
    day = asked._session.date.isoformat()
    assert asked.target.text() == str(tmp_path / f"{day}_Nordwerk-AG_Roadmap.xlsx")
    asked.formats[ExportKind.JSON].click()
    assert asked.target.text() == str(tmp_path / f"{day}_Nordwerk-AG_Session.json")
    assert not asked.language.isEnabled()
    asked.reject()


@pytest.mark.parametrize(
    ("kind", "is_asked"), [(ExportKind.AREA_CHART, True), (ExportKind.SCORES, False)]
)
def test_only_a_picture_may_have_a_transparent_ground(
    export: ExportDialog, kind: ExportKind, is_asked: bool
) -> None:
    wanted: list[ExportRequest] = []
    export.export_wanted.connect(wanted.append)
    export.formats[ExportKind.DIMENSION_CHART].click()
    export.transparent.setChecked(True)
    export.formats[kind].click()

    assert export.transparent.isEnabled() is is_asked
    assert export.earlier.isEnabled() is (is_asked and export.earlier.count() > 1)
    export._submit()
    assert [request.transparent for request in wanted] == [is_asked]


def test_without_a_folder_for_documents_the_home_is_proposed(
    scoring: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "none"))
    scoring.actions_table.run("session.export")
    dialog = scoring.frame.findChild(ExportDialog)
    assert Path(dialog.target.text()).parent == Path.home()
    dialog.reject()


def test_a_name_somebody_typed_stays_but_for_its_ending(
    qtbot: QtBot, asked: ExportDialog, tmp_path: Path
) -> None:
    asked.target.clear()
    qtbot.keyClicks(asked.target, str(tmp_path / "mine.xlsx"))
    asked.formats[ExportKind.AREA_CHART].click()
    assert asked.target.text() == str(tmp_path / "mine.png")
    asked.reject()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "Please enter a file name."),
        ("relative.xlsx", "Please enter the folder, too, or use Browse."),
        ("{tmp}/report.doc", "The file name has to end in .xlsx."),
        (
            "{tmp}/none/report.xlsx",
            "There is no folder {tmp}/none. Choose another one.",
        ),
    ],
)
def test_a_name_that_cannot_be_written_is_said_at_the_field(
    asked: ExportDialog, tmp_path: Path, name: str, fault: str
) -> None:
    ordered: list[ExportRequest] = []
    asked.export_wanted.connect(ordered.append)
    asked.target.setText(name.format(tmp=tmp_path))
    asked.findChild(QPushButton, "export").click()
    assert asked.form.fault_at(asked.target) == fault.format(tmp=tmp_path)
    assert not ordered
    asked.reject()


@pytest.mark.parametrize("name", ["~nobody-of-this-name/report.xlsx", "{tmp}/" + 300 * "x"])
def test_a_name_that_cannot_even_be_looked_up_can_be_typed(
    qtbot: QtBot, asked: ExportDialog, tmp_path: Path, name: str
) -> None:
    asked.target.clear()
    qtbot.keyClicks(asked.target, name.format(tmp=tmp_path))
    assert asked.form.fault_at(asked.target) == ""
    asked.reject()


def test_a_folder_that_may_not_be_looked_into_is_left_to_the_export(
    export: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered: list[ExportRequest] = []
    export.export_wanted.connect(ordered.append)
    target = tmp_path / "forbidden" / "report.xlsx"
    monkeypatch.setattr(Path, "stat", _forbidden)  # the tests may run as root, who may all
    export._take(target)
    export.findChild(QPushButton, "export").click()
    assert [order.target for order in ordered] == [target]


def _forbidden(path: Path, **_: object) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_version_in_a_name_is_no_ending(asked: ExportDialog, tmp_path: Path) -> None:
    asked._take(tmp_path / "Report v1.2.xlsx")
    asked.formats[ExportKind.JSON].click()
    assert asked.target.text() == str(tmp_path / "Report v1.2.json")
    asked._take(tmp_path / "Report v1.2")
    asked.formats[ExportKind.WORKBOOK].click()
    assert asked.target.text() == str(tmp_path / "Report v1.2.xlsx")
    asked.reject()


def test_a_report_on_a_french_model_is_proposed_in_the_windows_language(
    scoring: Shell,
) -> None:
    french = replace(scoring.workspace.session, language="fr")
    dialog = ExportDialog(scoring.texts, french, (), scoring.settings, scoring)
    assert dialog.language.currentData() == "en"
    dialog.close()


def test_a_file_that_is_there_is_announced_before_it_is_replaced(
    qtbot: QtBot, asked: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"old")
    asked.target.clear()
    qtbot.keyClicks(asked.target, str(tmp_path / "old.xlsx"))
    assert "will be replaced" in asked.form.fault_at(asked.target)
    asked.reject()


def test_an_export_is_written_and_can_be_opened_from_the_notice(
    qtbot: QtBot, scoring: Shell, export: ExportDialog, tmp_path: Path
) -> None:
    export.formats[ExportKind.JSON].click()
    export.findChild(QPushButton, "export").click()
    qtbot.waitUntil(lambda: scoring.notices.notice("exported") is not None, timeout=10_000)
    notice = scoring.notices.notice("exported")
    assert notice.text.endswith("_Nordwerk-AG_Session.json was written.")
    assert [button.text() for button in notice.buttons] == ["Open", "Show in folder"]
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_an_export_that_fails_says_why(
    qtbot: QtBot, scoring: Shell, export: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "folder.json").mkdir()
    export.formats[ExportKind.JSON].click()
    export.target.setText(str(tmp_path / "folder.json"))
    export.findChild(QPushButton, "export").click()
    qtbot.waitUntil(
        lambda: any("folder.json" in each.text for each in scoring.notices.notices), timeout=10_000
    )
    assert [notice.is_warning for notice in scoring.notices.notices] == [True]


def test_a_library_with_this_session_alone_never_replaces_a_file(
    export: ExportDialog, library: FakeLibrary, tmp_path: Path
) -> None:
    there = tmp_path / "there.stufenplan"
    there.write_bytes(b"precious")
    export.formats[ExportKind.LIBRARY].click()
    export.target.setText(str(there))
    export.findChild(QPushButton, "export").click()
    assert "choose another name" in export.form.fault_at(export.target)
    assert not library.exported
    export.target.setText(str(tmp_path / "new.stufenplan"))
    export.findChild(QPushButton, "export").click()
    assert library.exported == [tmp_path / "new.stufenplan"]


def test_a_model_is_kept_after_its_report_was_read(
    qtbot: QtBot, window: Shell, library: FakeLibrary, tmp_path: Path
) -> None:
    window.flows.models.ask([tmp_path / "model.yaml"])
    dialog = window.frame.findChild(ModelImportDialog)
    keep = dialog.findChild(QPushButton, "keep-model")
    assert not keep.isEnabled()
    qtbot.waitUntil(keep.isEnabled)
    assert "Dimensions: 3. Areas: 3." in dialog.report.toPlainText()
    keep.click()
    assert [model.id for model in library.imported] == ["small"]


def test_optional_sections_are_read_as_areas_when_asked_for(
    qtbot: QtBot, window: Shell, services: FakeServices, tmp_path: Path
) -> None:
    window.flows.models.ask([tmp_path / "pages"])
    dialog = window.frame.findChild(ModelImportDialog)
    keep = dialog.findChild(QPushButton, "keep-model")
    qtbot.waitUntil(keep.isEnabled)
    dialog.findChild(QCheckBox, "with-optional").click()
    assert not keep.isEnabled()
    qtbot.waitUntil(keep.isEnabled)
    assert [wanted.with_optional for wanted in services.wanted_models] == [False, True]
    dialog.reject()


def test_pages_are_joined_to_a_model_that_is_chosen(
    qtbot: QtBot, window: Shell, services: FakeServices, tmp_path: Path
) -> None:
    window.flows.models.ask([tmp_path / "pages"])
    dialog = window.frame.findChild(ModelImportDialog)
    keep = dialog.findChild(QPushButton, "keep-model")
    qtbot.waitUntil(keep.isEnabled)
    row = dialog.join_to.findData("cloud-native")
    dialog.join_to.setCurrentIndex(row)
    dialog.join_to.activated.emit(row)
    assert not keep.isEnabled()
    qtbot.waitUntil(keep.isEnabled)
    assert [wanted.join_to for wanted in services.wanted_models] == [None, builtin_model()]
    dialog.reject()


def test_a_source_typed_after_reading_is_part_of_the_model_that_is_kept(
    qtbot: QtBot, window: Shell, services: FakeServices, library: FakeLibrary, tmp_path: Path
) -> None:
    window.flows.models.ask([tmp_path / "pages"])
    dialog = window.frame.findChild(ModelImportDialog)
    keep = dialog.findChild(QPushButton, "keep-model")
    qtbot.waitUntil(keep.isEnabled)
    dialog.source.setText(" https://example.org/x ")
    dialog.licence.setText("CC-BY-4.0")
    keep.click()
    assert not library.imported
    qtbot.waitUntil(lambda: library.imported != [])
    assert services.wanted_models[-1].source == Source("", "https://example.org/x", "", "CC-BY-4.0")
    assert len(library.imported) == 1


def test_a_session_can_be_begun_on_the_model_right_away(
    qtbot: QtBot, window: Shell, tmp_path: Path
) -> None:
    window.flows.models.ask([tmp_path / "model.yaml"])
    begin = window.frame.findChild(ModelImportDialog).findChild(QPushButton, "keep-and-begin")
    qtbot.waitUntil(begin.isEnabled)
    begin.click()
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog.form.model.currentData() == "small"
    dialog.reject()


def test_the_files_chosen_last_are_the_ones_whose_report_is_shown(
    qtbot: QtBot, window: Shell, services: FakeServices, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def read(wanted: WantedModel, *_: object) -> ImportedModelFile:
        go_on.wait(10)
        return ImportedModelFile(small_model(), (f"From {wanted.paths[0].name}",))

    go_on = threading.Event()
    monkeypatch.setattr(services, "read_model", read)
    window.flows.models.ask([tmp_path / "first.yaml"])
    dialog = window.frame.findChild(ModelImportDialog)
    shown: list[str] = []
    dialog.report.textChanged.connect(lambda: shown.append(dialog.report.toPlainText()))
    dialog.read([tmp_path / "second.yaml"])
    go_on.set()
    qtbot.waitUntil(dialog.findChild(QPushButton, "keep-model").isEnabled)
    assert [text.splitlines()[-1] for text in shown] == [
        "Reading second.yaml …",
        "From second.yaml",
    ]
    dialog.reject()


def test_a_dialog_that_is_closed_while_files_are_read_is_gone(
    qtbot: QtBot, window: Shell, services: FakeServices, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def read(*_: object) -> ImportedModelFile:
        go_on.wait(10)
        return ImportedModelFile(small_model(), ())

    go_on = threading.Event()
    monkeypatch.setattr(services, "read_model", read)
    window.flows.models.ask([tmp_path / "model.yaml"])
    window.frame.findChild(ModelImportDialog).reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    qtbot.waitUntil(lambda: not window.tasks.running)
    assert window.frame.findChild(ModelImportDialog) is None
    assert window.notices.notices == ()


def test_a_whole_path_can_be_read_where_it_is_longer_than_its_field(
    asked: ExportDialog, tmp_path: Path
) -> None:
    asked._take(tmp_path / f"{'long ' * 30}.xlsx")
    assert asked.target.toolTip() == asked.target.text()
    asked.reject()


def test_all_faults_of_a_model_are_listed_and_nothing_is_kept(
    qtbot: QtBot, window: Shell, services: FakeServices, library: FakeLibrary, tmp_path: Path
) -> None:
    faults = [Fault("Fault {n}.", line=n, path=f"levels.{n}", values=(("n", n),)) for n in (3, 9)]
    services.imported = InvalidFile("{file} cannot be used.", faults, file="model.yaml")
    window.flows.models.ask([tmp_path / "model.yaml"])
    dialog = window.frame.findChild(ModelImportDialog)
    qtbot.waitUntil(dialog.error.isVisible)
    assert dialog.error.text() == "model.yaml cannot be used."
    assert dialog.report.toPlainText() == ("line 3: levels.3: Fault 3.\nline 9: levels.9: Fault 9.")
    assert not dialog.findChild(QPushButton, "keep-model").isEnabled()
    dialog.reject()
    assert not library.imported


def test_the_newest_backup_is_proposed_under_a_new_name(
    qtbot: QtBot, window: Shell, tmp_path: Path
) -> None:
    backups = [
        Backup(tmp_path / f"{hour}", datetime(2026, 11, 23, hour, tzinfo=UTC), "timer", 40_000)
        for hour in (15, 14)
    ]
    dialog = RestoreDialog(window.texts, tmp_path / "lib.stufenplan", backups, window)
    dialog.open()
    with qtbot.waitSignal(dialog.backup_chosen) as caught:
        dialog.findChild(QPushButton, "restore").click()
    assert caught.args == [tmp_path / "15", tmp_path / "lib-2026-11-23-1500.stufenplan"]


def test_without_a_backup_there_is_nothing_to_restore(window: Shell, tmp_path: Path) -> None:
    dialog = RestoreDialog(window.texts, tmp_path / "lib.stufenplan", (), window)
    dialog.open()
    assert not dialog.findChild(QPushButton, "restore").isEnabled()
    assert dialog.error.text() == "There is no backup of this library yet."
    dialog.reject()


def test_the_key_sheet_names_the_digits_of_the_model(window: Shell) -> None:
    sheet = KeySheet(window.texts, [0, 1, 2, 3], window)
    caps = [label.text() for label in sheet.findChildren(type(sheet.lead)) if label.text()]
    assert caps.index("0") < caps.index("3") < caps.index("Set the level")
    sheet.close()


def test_the_key_sheet_names_the_key_of_level_10(window: Shell) -> None:
    sheet = KeySheet(window.texts, range(1, 11), window)
    words = [label.text() for label in sheet.findChildren(type(sheet.lead))]
    assert words[words.index("Level 10") - 1] == "0"
    sheet.close()


def test_german_keys_are_named_as_on_a_german_keyboard(window: Shell) -> None:
    window.appearance.choose_language("de")
    tr = translator_for("de")
    shown = [key_in_words(key, tr) for key in ("Return", "Ctrl+Return", "PgDown", "PgUp")]
    assert shown == ["Eingabe", "Strg+Eingabe", "Bild ab", "Bild auf"]


def test_a_question_mark_closes_the_key_sheet_again(qtbot: QtBot, window: Shell) -> None:
    window.actions_table.run("keys")
    sheet = window.frame.findChild(QDialog, "key-sheet")
    qtbot.keyClick(sheet, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert not sheet.isVisible()


def test_about_names_version_licence_and_sources(window: Shell) -> None:
    window.actions_table.run("about")
    dialog = window.frame.findChild(QDialog, "about-dialog")
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "MIT licence" in text
    assert "Apache-2.0" in text
    assert "not an official product of the Cloud Native Computing Foundation" in text
    dialog.close()


def test_settings_take_effect_at_once(window: Shell) -> None:
    window.actions_table.run("settings")
    dialog = window.frame.findChild(QDialog, "settings-dialog")
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    assert window.context.theme.is_dark
    dialog.language.setCurrentIndex(dialog.language.findData("de"))
    dialog.language.activated.emit(dialog.language.currentIndex())
    assert window.texts.language == "de"
    german = next(each for each in window.frame.findChildren(QDialog) if each.isVisible())
    assert german.windowTitle() == "Einstellungen"
    german.close()


def test_enter_presses_the_button_that_has_the_focus(
    qtbot: QtBot, window: Shell, new_session: NewSessionDialog
) -> None:
    new_session.form.organisation.setEditText("Nordwerk AG")
    cancel = new_session.findChild(QPushButton, "cancel")
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert not new_session.isVisible()
    assert not window.state.has_session


def test_a_dialog_leaves_no_gap_where_a_fault_was(
    qtbot: QtBot, window: Shell, new_session: NewSessionDialog
) -> None:
    form, opened = new_session.form, new_session.height()
    form.organisation.setEditText("")
    new_session.findChild(QPushButton, "create-session").click()
    qtbot.waitUntil(lambda: new_session.height() > opened)
    form.organisation.setEditText("Nordwerk AG")
    qtbot.waitUntil(lambda: new_session.height() == opened)


def test_a_dialog_keeps_the_height_that_was_chosen(
    qtbot: QtBot, window: Shell, new_session: NewSessionDialog
) -> None:
    chosen = new_session.height() + 150
    new_session.resize(new_session.width(), chosen)
    new_session.form.organisation.setEditText("")
    new_session.findChild(QPushButton, "create-session").click()
    new_session.form.organisation.setEditText("Nordwerk AG")
    qtbot.wait(30)
    assert new_session.height() == chosen


def test_a_german_window_proposes_german_texts(window: Shell) -> None:
    window.settings.put("new/language", "en")
    window.appearance.choose_language("de")
    window.actions_table.run("session.new")
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog.form.language.currentData() == "de"
    dialog.reject()
