"""The real program driven by key presses: real start-up, real window, keys from a script.

Run as a program: ``driven_window.py LIBRARY [--score SEED [--too-early]]``. It opens the window as
the launcher does, without a screen. With ``--score`` it presses keys at random until it is killed;
without, it executes commands from standard input and answers each with what the window shows.
Every line it prints is one JSON document with a ``word``:

``READY``  the window shows a session: session, area, page and number of stored changes
``ACK``    a change was acknowledged (the header says "Saved"): the new values
``TO``     the current area changed; ``AT`` the same once the position has been stored
``SEEN``   the answer to a command
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything can import Qt

from PySide6.QtCore import QKeyCombination, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

import stufenplan.window as program
from app.ports import Saved
from app.session.documents import edit_to_document
from app.session.rating import RATING
from app.session.session import Session
from app.workshop.history import Change
from ui.shell.shell import Shell
from ui.shell.window import MainWindow

FIELDS = ("level", "target", "weight", "confidence", "note", "not_applicable", "evidence")
TOO_EARLY_S = 0.02


def say(word: str, **details: object) -> None:
    """Print one line, unbuffered, so that a kill cannot lose it."""
    os.write(1, f"{json.dumps({'word': word, **details})}\n".encode())


def differences(before: Session, after: Session) -> list[list[object]]:
    """Area, field and new value of every difference, as in the change log."""
    return [
        [area.id, field, RATING[field].type.to_json(after.value(area.id, field))]
        for area in after.model.areas
        if before.rating(area.id) is not after.rating(area.id)
        for field in FIELDS
        if getattr(before.rating(area.id), field) != getattr(after.rating(area.id), field)
    ]


class KeyDriver(QObject):
    """Presses keys in the window and reports acknowledged changes."""

    def __init__(self, window: MainWindow, given: argparse.Namespace) -> None:
        super().__init__(window)
        self._window = window
        self._given = given
        self._known: Session | None = None
        self._chance = random.Random(given.score)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._wait_until_open)
        self._timer.start(5)

    # ---- until there is a session ------------------------------------------------------------

    @property
    def _shell(self) -> Shell:
        shell = self._window.centralWidget()
        assert isinstance(shell, Shell)
        return shell

    def _area(self) -> str:
        """Id of the current area; empty without a session."""
        return self._shell.workspace.area_id if self._shell.state.has_session else ""

    def _wait_until_open(self) -> None:
        if not isinstance(self._window.centralWidget(), Shell):
            return
        state = self._shell.state
        if not state.has_library:
            # Only a refusal is an answer: before it, the window has not tried to open anything.
            if self._shell.libraries._refused_path is not None:
                self._read_commands()
            return
        if not state.has_session and self._given.score is not None:
            self.press("Return")
        if state.has_session or self._given.score is None:
            self._begin()

    def _begin(self) -> None:
        state = self._shell.state
        state.areas_changed.connect(self._on_areas_changed)
        state.session_opened.connect(self._on_session_opened)
        state.session_closed.connect(self._on_session_closed)
        if state.has_session:
            self._on_session_opened()
            session = state.workspace.session
            changes = len(state.library.changes(session.id))
            say("READY", changes=changes, page=self._shell.page_name, area=self._area(),
                session=session.id)  # fmt: skip
        if self._given.score is None:
            self._read_commands()
            return
        if self._given.too_early:
            self._acknowledge_too_early()
        self._timer.stop()
        self._timer.timeout.disconnect()
        self._timer.timeout.connect(self._score)
        self._timer.start(0)

    def _on_session_opened(self) -> None:
        workspace = self._shell.workspace
        workspace.position_changed.connect(lambda area: say("TO", area=area))
        self._known = workspace.session

    def _on_session_closed(self) -> None:
        self._known = None

    def _on_areas_changed(self, _area_ids: frozenset[str]) -> None:
        if self._known is None or self._given.too_early:
            return
        session = self._shell.workspace.session
        values = differences(self._known, session)
        self._known = session
        if not values:
            return
        shown = self._shell.header.saved.text()
        say("ACK" if shown.startswith("Saved ") else "FAULT", values=values, shown=shown)

    def _acknowledge_too_early(self) -> None:
        """Inject the fault the tests must detect: acknowledge first, store afterwards."""
        library: Any = self._shell.state.library
        record: Callable[[Change], Saved] = library.record

        def record_late(change: Change) -> Saved:
            documents = map(edit_to_document, change.edits)
            values = [[d["area_id"], d["field"], d["after"]] for d in documents]
            say("ACK", values=values)
            time.sleep(TOO_EARLY_S)
            return record(change)

        library.record = record_late

    # ---- keys --------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, named as in Qt's portable form, where the focus is."""
        for key in keys:
            if QApplication.focusWindow() is None:
                # Without a window manager, focus does not return to the window behind a dialog.
                self._window.activateWindow()
            combination = QKeySequence(key)[0]
            assert isinstance(combination, QKeyCombination)
            target = QApplication.focusWindow() or self._window.windowHandle()
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())

    def write(self, words: str) -> None:
        """Type letters, digits and spaces."""
        for letter in words:
            self.press("Space" if letter == " " else letter.upper())

    def _score(self) -> None:
        before = self._area()
        chosen: Callable[[], None] = self._chance.choices(*zip(*self._habits(), strict=True))[0]
        chosen()
        if self._area() != before:
            say("AT", area=self._area())

    def _habits(self) -> Iterator[tuple[Callable[[], None], int]]:
        digit = str(self._chance.randint(1, 5))
        yield lambda: self.press(digit), 40
        yield lambda: self.press(digit, self._chance.choice(["Right", "Space"])), 20
        yield lambda: self.press(self._chance.choice(["Left", "PgUp"])), 15
        yield self._take_a_note, 6
        yield lambda: self.press("G", digit), 5
        yield lambda: self.press(self._chance.choice(["Ctrl+Z", "Ctrl+Y"])), 8
        yield lambda: self.press("Del"), 2
        yield self._set_aside, 2
        yield lambda: self.press("Ctrl+4", "Ctrl+3"), 1

    def _take_a_note(self) -> None:
        self.press("C")
        self.write(f"seen {self._chance.randint(0, 10**6)}")
        self.press("Esc")

    def _set_aside(self) -> None:
        self.press("N")
        self.write("out of scope")
        self.press("Return", "Esc")

    # ---- commands ----------------------------------------------------------------------------

    def _read_commands(self) -> None:
        """Start reading commands from standard input."""
        self._timer.stop()
        os.set_blocking(0, True)
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_line)
        # Layouts apply with the next event loop iteration.
        QTimer.singleShot(0, self, lambda: say("SEEN", **self.snapshot()))

    def _on_line(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            return
        command: dict[str, Any] = json.loads(line)
        QTimer.singleShot(0, self, lambda: self._do(command))

    def _do(self, command: dict[str, Any]) -> None:
        before = self._area()
        self.press(*command.get("keys", ()))
        self.write(command.get("write", ""))
        if "file_limit" in command:
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            limit = hard if command["file_limit"] is None else int(command["file_limit"])
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        if "button" in command:
            self._button(command["button"]).click()
        if "paste" in command:
            QApplication.clipboard().setText(command["paste"])
            self.press("Ctrl+V")
        if command.get("close"):
            self._window.close()
        if self._area() != before:
            say("AT", area=self._area())
        QTimer.singleShot(command.get("wait", 0), self, lambda: say("SEEN", **self.snapshot()))

    def _button(self, words: str) -> QPushButton:
        return next(
            button
            for top in QApplication.topLevelWidgets()
            for button in top.findChildren(QPushButton)
            if button.isVisible() and button.text().replace("&", "") == words
        )

    def snapshot(self) -> dict[str, object]:
        """What the window shows."""
        window, shell, state = self._window, self._shell, self._shell.state
        dialogs = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        return {
            "page": shell.page_name,
            "place": shell.header.title.text(),
            "saved": shell.header.saved.text(),
            "area": self._area(),
            "waiting": len(state.workspace.workshop.unsaved) if state.has_session else 0,
            "dialogs": sorted(each.objectName() for each in dialogs if each is not window),
            "visible": window.isVisible(),
            "active": window.isActiveWindow(),
            "words": [
                label.text() for top in dialogs for label in top.findChildren(QLabel)
                if label.isVisible() and label.text()
            ],
            "buttons": [
                button.text() for top in dialogs for button in top.findChildren(QPushButton)
                if button.isVisible() and button.text()
            ],
        }  # fmt: skip


def main() -> int:
    """Open the window as the launcher does, driven by key presses."""
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("--score", type=int)
    parser.add_argument("--too-early", action="store_true")
    given = parser.parse_args()
    drivers = []

    class ObservedWindow(MainWindow):
        def show_at_last_place(self) -> None:
            super().show_at_last_place()
            drivers.append(KeyDriver(self, given))

    program.MainWindow = ObservedWindow
    return program.run_window(given.library)


if __name__ == "__main__":
    sys.exit(main())
