"""Import of scores from CSV in the window: shown first, then one step that undo takes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import leave
from fakes import FakeLibrary, small_model
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.session.rating import Confidence
from app.session.session import NewSession
from ui.dialogs.score_import import ScoreImportDialog
from ui.shell.shell import Shell


@pytest.fixture
def shell(window: Shell, library: FakeLibrary) -> Shell:
    """The window with an open session of three areas."""
    session = library.create_session(NewSession("Nordwerk AG", small_model(), "Workshop"))
    window.state.open_session(session.id)
    return window


def choose(shell: Shell, path: Path) -> None:
    shell.actions_table.run("scores.import")
    dialog = shell.frame.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def preview(qtbot: QtBot, shell: Shell) -> ScoreImportDialog:
    qtbot.waitUntil(lambda: shell.frame.findChild(ScoreImportDialog) is not None)
    return shell.frame.findChild(ScoreImportDialog)


def test_the_changes_are_shown_then_made_and_taken_back_in_one_step(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(
        "Bereich;Stufe;Belastbarkeit;Begründung;Zieltermin\n"
        "Bereich 1;3;Beispiel gezeigt;;Q2 2027\nArea 2;2;;Two teams;\nd3.a;;;;\n",
        encoding="utf-8",
    )
    choose(shell, path)
    dialog = preview(qtbot, shell)

    assert dialog.changes.toPlainText() == (
        "Area 1: Level – → 3 · Confidence – → example shown · Target date – → 30 Jun 2027\n"
        "Area 2: Level – → 2 · Reason – → “Two teams”"
    )
    assert not shell.workspace.session.ratings
    dialog.findChild(QPushButton, "import-scores").click()

    rating = shell.workspace.session.rating
    assert (rating("d1.a").level, rating("d1.a").confidence) == (3, Confidence.EXAMPLE)
    assert (rating("d2.a").level, rating("d2.a").note) == (2, "Two teams")
    assert [n.text for n in shell.notices.notices] == ["Scores of 2 areas were imported."]
    shell.workspace.workshop.undo()
    assert not shell.workspace.session.ratings
    leave(shell)


def test_cancel_changes_nothing_and_a_guessed_encoding_is_said(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes("area;level;note\nd1.a;3;läuft\n".encode("cp1252"))
    choose(shell, path)
    dialog = preview(qtbot, shell)

    assert "Windows-1252" in dialog.findChild(QLabel, "dialog-error").text()
    assert "“läuft”" in dialog.changes.toPlainText()
    dialog.findChild(QPushButton, "cancel").click()
    assert not shell.workspace.session.ratings
    leave(shell)


def test_a_file_without_news_and_a_faulty_one_say_so(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    same, faulty = tmp_path / "same.csv", tmp_path / "faulty.csv"
    same.write_text("area;level\nd1.a;\n")
    faulty.write_text("Bereich;Stufe\nd1.a;9\nd9;1\n")

    choose(shell, same)
    said = "“same.csv” changes nothing: the session says the same already."
    qtbot.waitUntil(lambda: said in [notice.text for notice in shell.notices.notices])
    choose(shell, faulty)
    qtbot.waitUntil(lambda: shell.frame.findChild(QDialog, "text-dialog") is not None)

    dialog = shell.frame.findChild(QDialog, "text-dialog")
    assert dialog.findChild(QPlainTextEdit).toPlainText() == (
        "line 2: Stufe: Level 9 is not on the scale from 1 to 5.\n"
        "line 3: Bereich: The model has no area “d9”."
    )
    dialog.close()
    assert not shell.workspace.session.ratings
    leave(shell)
