"""A second start on the same library brings the first window forward."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import built_window
from fakes import FakeServices
from pytestqt.qtbot import QtBot

from app.errors import LibraryInUse
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.shell.single_instance import FirstWindow, call_first_window, server_name

ROOT = Path(__file__).resolve().parents[3]
IN_USE = LibraryInUse("“{name}” is open in another window.", name="library.stufenplan")
SECOND_START = (
    "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
    "from ui.shell.single_instance import call_first_window; application = QCoreApplication([]);"
    "print(call_first_window(Path(sys.argv[1])))"
)


def second_start(library: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND_START, str(library)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_call_reaches_the_first_window_and_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    library = tmp_path / "library.stufenplan"
    first = FirstWindow(library)
    with qtbot.waitSignal(first.called, timeout=10_000):
        second = second_start(library)
    assert second.communicate(timeout=10)[0].strip() == "True"
    first.stop()


def test_nobody_answers_for_a_library_nobody_has_open(qtbot: QtBot, tmp_path: Path) -> None:
    assert not call_first_window(tmp_path / "library.stufenplan")


def test_a_socket_left_behind_by_a_killed_window_is_replaced(qtbot: QtBot, tmp_path: Path) -> None:
    library = tmp_path / "library.stufenplan"
    left = FirstWindow(library)
    again = FirstWindow(library)
    with qtbot.waitSignal(again.called, timeout=10_000):
        second = second_start(library)
    second.communicate(timeout=10)
    left.stop()
    again.stop()


def test_every_way_to_write_a_path_gives_the_same_name(tmp_path: Path) -> None:
    plain = tmp_path / "library.stufenplan"
    assert server_name(tmp_path / "x" / ".." / plain.name) == server_name(plain)
    assert server_name(tmp_path / "other.stufenplan") != server_name(plain)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has named pipes")
def test_the_socket_lies_where_no_other_user_can_put_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, open_to_all = tmp_path / "own", tmp_path / "open"
    own.mkdir(mode=0o700)
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    assert Path(server_name(tmp_path / "x.stufenplan")).parent == own
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_to_all))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = Path(server_name(tmp_path / "x.stufenplan")).parent
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert server_name(tmp_path / "x.stufenplan") == ""
    assert not call_first_window(tmp_path / "x.stufenplan")


def test_a_second_start_leaves_when_the_first_window_came_forward(
    qtbot: QtBot, services: FakeServices, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell.single_instance.call_first_window", lambda _library: True)
    services.refusal = IN_USE
    window = built_window(services, settings)
    window.frame.show()
    window.libraries.open_at_start(None)
    assert not window.frame.isVisible()
    window.frame.deleteLater()


def test_a_second_start_says_who_holds_the_library_when_nobody_answers(
    qtbot: QtBot, services: FakeServices, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell.single_instance.call_first_window", lambda _library: False)
    services.refusal = IN_USE
    window = built_window(services, settings)
    window.frame.show()
    window.libraries.open_at_start(None)
    assert window.frame.isVisible()
    assert window.library_page.states.refused.sentence == IN_USE.say(window.texts)
    window.frame.close()
    window.frame.deleteLater()


def test_the_window_comes_to_the_front_when_it_is_called(qtbot: QtBot, window: Shell) -> None:
    window.frame.showMinimized()
    window.frame.bring_forward()
    assert not window.frame.isMinimized()
    assert window.frame.isVisible()
