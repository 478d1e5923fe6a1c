"""File dialogs look into files to see of what kind they are, also into the library that is open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError, InvalidInput
from stufenplan.services import LocalServices
from ui.dialogs.files import ask_open_file

REPOSITORY = Path(__file__).resolve().parents[2]


def listed_in(dialog: QFileDialog, folder: Path) -> list[str]:
    """Names in a dialog, each with its kind, for which the dialog reads the file."""
    model = dialog.findChild(QFileSystemModel)
    place = model.index(str(folder))
    rows = [model.index(row, 0, place) for row in range(model.rowCount(place))]
    return [model.fileName(row) for row in rows if model.type(row)]


IMPATIENT = """
import sys
from data.library import opening
from stufenplan import cli
opening.LOCK_WAIT_SECONDS = 0.02
sys.exit(cli.run(sys.argv[1:]))
"""


def test_a_dialog_that_lists_the_open_library_lets_nobody_else_in(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "work.stufenplan"
    library = LocalServices().open_library(path, create=True)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ask_open_file(parent, "Open", tmp_path, "All files (*)", lambda _: None)
    qtbot.waitUntil(lambda: path.name in listed_in(dialog, tmp_path))
    dialog.reject()
    command = [sys.executable, "-c", IMPATIENT, "--library", str(path), "session", "list"]
    other = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    library.add_organisation("Acme")
    library.close()
    assert other.returncode != 0
    assert "is open in another window" in other.stderr
    assert library.notices == ()


def test_evidence_for_viewing_is_a_private_copy(tmp_path: Path) -> None:
    copy = LocalServices().copy_for_viewing("report.pdf", b"content")
    assert (copy.name, copy.read_bytes()) == ("report.pdf", b"content")
    assert not copy.is_relative_to(tmp_path)
    assert copy.parent.parent.parent.name == "work"


def test_evidence_takes_the_place_of_ordinary_files_only(tmp_path: Path) -> None:
    services = LocalServices()
    services.write_file(tmp_path / "report.bin", b"old")
    services.write_file(tmp_path / "report.bin", b"new")
    assert (tmp_path / "report.bin").read_bytes() == b"new"
    with pytest.raises(AppError, match="is a folder"):
        services.write_file(tmp_path, b"content")
    library = services.open_library(tmp_path / "work.stufenplan", create=True)
    with pytest.raises(InvalidInput, match="is the library that is open"):
        services.write_file(library.path, b"content")
    library.close()
