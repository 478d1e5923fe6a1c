"""Start and kill the driven window, and check what the library holds afterwards."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crash_aftermath import environment

from app.session.documents import edit_to_document
from app.session.session import NewSession
from app.workshop.history import apply_change
from data.library.library import open_library
from data.models.builtin import builtin_model

DRIVER = Path(__file__).with_name("driven_window.py")
KILLS_PER_LIBRARY = 25
MOST_CHANGES_PER_START = 16
START_S = 30

Said = dict[str, Any]
Start = Callable[..., "subprocess.Popen[str]"]


@dataclass(slots=True)
class Reported:
    """What the window has acknowledged since its library was created."""

    acknowledged: list[dict[tuple[str, str], object]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    session: str = ""

    def listen(self, lines: list[str]) -> None:
        """Record complete lines printed by a driver."""
        for line in lines:
            said: Said = json.loads(line)
            assert said["word"] != "FAULT", said
            if said["word"] == "ACK":
                values = {(area, name): value for area, name, value in said["values"]}
                self.acknowledged.append(values)
            elif said["word"] in ("AT", "READY"):
                self.places = {said["area"]}
            elif said["word"] == "TO":
                # The position is stored a moment later; until then either value is right.
                self.places.add(said["area"])


def new_library(path: Path) -> Path:
    """A library with one unscored session on the built-in model."""
    library = open_library(path, create=True)
    library.create_session(NewSession("Acme", builtin_model(), title="Workshop"))
    library.close()
    return path


def begin(command: list[str], **more: str) -> subprocess.Popen[str]:
    """Start one of our programs offscreen, in English."""
    variables = {"QT_QPA_PLATFORM": "offscreen", "STUFENPLAN_LANGUAGE": "en", **more}
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**environment(), **variables},
    )


def start_scoring(library: Path, seed: int, *options: str) -> subprocess.Popen[str]:
    """The driven window, pressing keys at random."""
    return begin([str(DRIVER), str(library), "--score", str(seed), *options])


def examine(path: Path, reported: Reported) -> str:
    """Check all invariants after a crash; returns the stored position."""
    begun = time.monotonic()
    library = open_library(path)
    try:
        assert library.check() == ()
        (summary,) = library.session_summaries()
        session = library.load_session(summary.id)
        changes = library.changes(session.id)
        stored = [
            {(d["area_id"], d["field"]): d["after"] for d in map(edit_to_document, change.edits)}
            for change in changes
        ]
        known = len(reported.acknowledged)
        assert stored[:known] == reported.acknowledged, "an acknowledged change is lost"
        assert len(stored) <= known + 1, "more is stored than one change in flight"
        reported.acknowledged = stored
        replayed = library._store.sessions.first_state(session.id)
        for change in changes:
            replayed = apply_change(replayed, change)
        assert replayed == session
        last = library.last_position()
        assert last is not None
        assert last[0] == session.id
        assert not reported.places or last[1] in reported.places
        assert time.monotonic() - begun < 5, "not usable within seconds"
        return last[1]
    finally:
        library._is_closed = True  # skip the backup: one per kill would only cost time
        library._file.close()


def run_and_kill(library: Path, reported: Reported, chance: random.Random, *options: str) -> None:
    """Start the window and kill it during start-up or while scoring."""
    child = start_scoring(library, chance.randrange(10**9), *options)
    assert child.stdout is not None
    assert child.stderr is not None
    first = ""
    if chance.random() < 0.15:
        time.sleep(chance.uniform(0, 0.8))
    else:
        first = child.stdout.readline()
        assert first, child.communicate()[1]
        ready = json.loads(first)
        assert ready["word"] == "READY"
        assert ready["changes"] == len(reported.acknowledged)
        assert not reported.places or ready["area"] in reported.places, "not at the stored position"
        assert ready["page"] in ("scoring", "results")
        assert reported.session in ("", ready["session"])
        reported.session = ready["session"]
        # Counted in changes, not in seconds, so that a slow machine is killed at as many of them.
        waiting = chance.randrange(MOST_CHANGES_PER_START)
        while waiting:
            line = child.stdout.readline()
            assert line, child.communicate()[1]
            first += line
            waiting -= '"ACK"' in line
        time.sleep(chance.uniform(0, 0.06))
    child.kill()
    # Not communicate(), which would miss what readline() has buffered.
    said, complaint = first + child.stdout.read(), child.stderr.read()
    child.communicate()
    assert "Traceback" not in complaint, complaint
    # The last line may be truncated; then it does not count as reported.
    reported.listen(said[: said.rfind("\n") + 1].splitlines())


def start_plainly_and_kill(library: Path, folder: Path) -> None:
    """Start the program without a driver and kill it once it shows the list."""
    trace = folder / "trace.jsonl"
    trace.unlink(missing_ok=True)
    child = begin(["-m", "stufenplan", "--library", str(library)], STUFENPLAN_TRACE=str(trace))
    wait_for(lambda: trace.exists() and "filled" in trace.read_text(encoding="utf-8"), child)
    child.kill()
    _, complaint = child.communicate()
    assert "Traceback" not in complaint, complaint


def wait_for(condition: Callable[[], bool], child: subprocess.Popen[str]) -> None:
    """Wait for a condition; fail if the program exits first."""
    end = time.monotonic() + START_S
    while not condition():
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < end, "timed out"
        time.sleep(0.02)


def kill_repeatedly(folder: Path, kills: int, seed: int, *options: str) -> int:
    """Start and kill repeatedly; returns the total number of acknowledged changes."""
    chance = random.Random(seed)
    total = 0
    reported = Reported()
    path = folder
    for number in range(kills):
        if number % KILLS_PER_LIBRARY == 0:
            total += len(reported.acknowledged)
            reported = Reported()
            path = new_library(folder / f"work-{number}.stufenplan")
        if number % 10 == 5:
            start_plainly_and_kill(path, folder)
        run_and_kill(path, reported, chance, *options)
        if reported.session:
            reported.places = {examine(path, reported)}
    return total + len(reported.acknowledged)


class DrivenWindow:
    """A driven window that executes commands and reports what it shows."""

    def __init__(self, library: Path) -> None:
        self.child = begin([str(DRIVER), str(library)])
        self.reported = Reported()
        self.seen: Said = self._answer()

    def do(self, **command: object) -> Said:
        """Execute one command; returns what the window shows afterwards."""
        assert self.child.stdin is not None
        self.child.stdin.write(json.dumps(command) + "\n")
        self.child.stdin.flush()
        self.seen = self._answer()
        return self.seen

    def press(self, *keys: str) -> Said:
        """Press keys."""
        return self.do(keys=keys)

    def _answer(self) -> Said:
        assert self.child.stdout is not None
        for line in self.child.stdout:
            said: Said = json.loads(line)
            if said["word"] == "SEEN":
                return said
            self.reported.listen([line])
        raise AssertionError(self.child.communicate()[1])

    def says(self, words: str) -> bool:
        """True if the window shows these words anywhere."""
        return any(words in each for each in (*self.seen["words"], *self.seen["buttons"]))

    def kill(self) -> None:
        """Kill the process. Idempotent."""
        self.child.kill()
        self.child.communicate()

    def quit(self) -> int:
        """Quit by key; returns the exit code."""
        assert self.child.stdin is not None
        self.child.stdin.write(json.dumps({"keys": ["Ctrl+Q"]}) + "\n")
        said, complaint = self.child.communicate(timeout=START_S)
        assert "Traceback" not in complaint, complaint
        self.reported.listen([line for line in said.splitlines() if '"SEEN"' not in line])
        return self.child.returncode
