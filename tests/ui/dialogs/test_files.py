"""The file dialogs: what they remember, and what they do not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.files import ask_save_file


def opened_in(folder: Path, parent: QWidget) -> QFileDialog:
    folder.mkdir()
    return ask_save_file(parent, "Save", folder / "Report.xlsx", "Workbooks (*.xlsx)", print)


def kept_by_qt() -> list[object]:
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    return [store.value(f"FileDialog/{key}") for key in ("history", "lastVisited")]


def test_the_folder_of_one_client_is_no_recent_place_for_the_next(
    qtbot: QtBot, tmp_path: Path
) -> None:
    parent, before = QWidget(), kept_by_qt()
    qtbot.addWidget(parent)
    first = opened_in(tmp_path / "Sparkasse", parent)
    first.accept()
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))
    assert kept_by_qt() == before
    second = opened_in(tmp_path / "Nordwerk", parent)
    places = second.findChild(QComboBox, "lookInCombo")
    assert isinstance(places, QComboBox)
    places.showPopup()
    shown = [places.itemText(row) for row in range(places.count())]
    assert str(tmp_path / "Nordwerk") in shown
    assert not any("Sparkasse" in place for place in shown)
    places.hidePopup()
    second.reject()
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))
    assert kept_by_qt() == before
