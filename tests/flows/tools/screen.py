"""Xvfb screen with a window manager and a German keyboard, operated by xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ("Xvfb", "xdotool", "openbox", "setxkbmap", "import")
WAIT_S = 30.0
BREATH_S = 0.12


def missing_tools() -> list[str]:
    """What has to be installed before there can be such a screen."""
    return [name for name in TOOLS if shutil.which(name) is None]


class Screen:
    """An X server of its own; use it as a context manager."""

    def __init__(self, width: int, height: int) -> None:
        self._size = f"{width}x{height}x24"
        self._started: list[subprocess.Popen[bytes]] = []
        self._environment = {
            name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"
        }

    def __enter__(self) -> Screen:
        reading, writing = os.pipe()
        # -noreset: otherwise the keyboard is American again once setxkbmap has left
        command = ["Xvfb", "-noreset", "-displayfd", str(writing), "-screen", "0", self._size]
        server = self._begin(command, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as answer:
            number = answer.readline().strip()
        assert number, f"Xvfb ended with {server.wait()}"
        self._environment["DISPLAY"] = f":{number}"
        self._run("setxkbmap", "de")
        self._begin(["openbox"])
        return self

    def __exit__(self, *_: object) -> None:
        for child in reversed(self._started):
            child.kill()
            child.wait()

    def start_program(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start the real program on this screen."""
        self._environment |= {"PYTHONPATH": str(ROOT), **environment}
        return self._begin([sys.executable, "-m", "stufenplan", *arguments])

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start another program on this screen."""
        return self._begin(list(command))

    def key(self, *names: str) -> None:
        """Press keys, in X's names: ``ctrl+n``, ``space``, ``3``."""
        for name in names:
            self._run("xdotool", "key", "--clearmodifiers", name)
            time.sleep(0.02)
        time.sleep(BREATH_S)

    def write(self, text: str) -> None:
        """Type text."""
        self._run("xdotool", "type", "--delay", "12", text)
        time.sleep(BREATH_S)

    def title(self) -> str:
        """The title of the window that gets the keys."""
        return self._ask("xdotool", "getactivewindow", "getwindowname")

    def wait_for_title(self, *parts: str) -> None:
        """Wait until the window that gets the keys is called so."""
        self.wait_until(lambda: all(part in self.title() for part in parts), self.title)
        time.sleep(BREATH_S)

    def wait_until(self, is_so: Callable[[], bool], otherwise: Callable[[], str]) -> None:
        """Wait until something is so, and say what there is where it never comes."""
        end = time.monotonic() + WAIT_S
        while not is_so():
            assert time.monotonic() < end, otherwise()
            time.sleep(0.05)

    def resize(self, width: int, height: int) -> None:
        """Give the window that gets the keys another size."""
        window = self._ask("xdotool", "getactivewindow")
        self._run("xdotool", "windowsize", "--sync", window, str(width), str(height))
        time.sleep(0.6)

    def photograph(self, file: Path, *, whole: bool = False) -> None:
        """Save what is seen: the window that gets the keys, or the whole screen."""
        window = "root" if whole else self._ask("xdotool", "getactivewindow")
        self._run("import", "-window", window, str(file))

    def _begin(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(command, env=self._environment, pass_fds=pass_fds, cwd=ROOT)
        self._started.append(child)
        return child

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self._environment, check=True, timeout=30)

    def _ask(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self._environment, check=False, timeout=30, capture_output=True
        )
        return done.stdout.decode("utf-8", "replace").strip()
