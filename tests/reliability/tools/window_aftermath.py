"""Starts and kills the driven window, and looks at what a library has to hold afterwards."""

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

from app.session.documents import value_to_document
from app.session.session import NewSession
from app.workshop.history import apply_change
from data.library.library import open_library
from data.models.builtin import builtin_model

DRIVER = Path(__file__).with_name("driven_window.py")
KILLS_PER_LIBRARY = 25
START_S = 30

Said = dict[str, Any]
Start = Callable[..., "subprocess.Popen[str]"]


@dataclass(slots=True)
class Heard:
    """What the window acknowledged since its library was new."""

    acknowledged: list[dict[tuple[str, str], object]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    session: str = ""

    def listen(self, lines: list[str]) -> None:
        """Take note of complete lines of a driver."""
        for line in lines:
            said: Said = json.loads(line)
            assert said["word"] != "FAULT", said
            if said["word"] == "ACK":
                values = {(area, name): value for area, name, value in said["values"]}
                self.acknowledged.append(values)
            elif said["word"] in ("AT", "READY"):
                self.places = {said["area"]}
            elif said["word"] == "TO":
                # The place is stored a moment later; until then either is right.
                self.places.add(said["area"])


def new_library(path: Path) -> Path:
    """A library with one unscored session on the built-in model."""
    library = open_library(path, create=True)
    library.create_session(NewSession("Acme", builtin_model(), title="Workshop"))
    library.close()
    return path


def begin(command: list[str], **more: str) -> subprocess.Popen[str]:
    """Start a program of ours without a screen, speaking English."""
    surroundings = {"QT_QPA_PLATFORM": "offscreen", "STUFENPLAN_LANGUAGE": "en", **more}
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**environment(), **surroundings},
    )


def start_scoring(library: Path, seed: int, *options: str) -> subprocess.Popen[str]:
    """The driven window, pressing keys at random."""
    return begin([str(DRIVER), str(library), "--score", str(seed), *options])


def examine(path: Path, heard: Heard) -> str:
    """Look at everything that has to hold after a crash; returns the place to go on at."""
    begun = time.monotonic()
    library = open_library(path)
    try:
        assert library.check() == ()
        (summary,) = library.session_summaries()
        session = library.load_session(summary.id)
        changes = library.changes(session.id)
        stored = [
            {(e.area_id, e.field): value_to_document(e.after) for e in change.edits}
            for change in changes
        ]
        known = len(heard.acknowledged)
        assert stored[:known] == heard.acknowledged, "what was acknowledged is not there"
        assert len(stored) <= known + 1, "more was stored than one change under way"
        heard.acknowledged = stored
        replayed = library._store.initial_session(session.id)
        for change in changes:
            replayed = apply_change(replayed, change)
        assert replayed == session
        last = library.last_position()
        assert last is not None
        assert last[0] == session.id
        assert not heard.places or last[1] in heard.places
        assert time.monotonic() - begun < 5, "not usable within seconds"
        return last[1]
    finally:
        library._is_closed = True  # a backup after every kill would only take time
        library._file.close()


def run_and_kill(library: Path, heard: Heard, chance: random.Random, *options: str) -> None:
    """One start of the window, killed while it starts or while it scores."""
    child = start_scoring(library, chance.randrange(10**9), *options)
    assert child.stdout is not None
    first = ""
    if chance.random() < 0.15:
        time.sleep(chance.uniform(0, 0.8))
    else:
        first = child.stdout.readline()
        assert first, child.communicate()[1]
        ready = json.loads(first)
        assert ready["word"] == "READY"
        assert ready["changes"] == len(heard.acknowledged)
        assert not heard.places or ready["area"] in heard.places, "not where it was left"
        assert ready["page"] in ("scoring", "results")
        assert heard.session in ("", ready["session"])
        heard.session = ready["session"]
        time.sleep(chance.uniform(0, 1.5))
    child.kill()
    said, complaint = child.communicate()
    assert "Traceback" not in complaint, complaint
    # The last line may have been cut off in the middle; it was not heard then.
    said = first + said
    heard.listen(said[: said.rfind("\n") + 1].splitlines())


def start_plainly_and_kill(library: Path, folder: Path) -> None:
    """Start the program as a person does, without any hand, and kill it once it shows the list."""
    trace = folder / "trace.jsonl"
    trace.unlink(missing_ok=True)
    child = begin(["-m", "stufenplan", "--library", str(library)], STUFENPLAN_TRACE=str(trace))
    wait_for(lambda: trace.exists() and "filled" in trace.read_text(encoding="utf-8"), child)
    child.kill()
    _, complaint = child.communicate()
    assert "Traceback" not in complaint, complaint


def wait_for(is_so: Callable[[], bool], child: subprocess.Popen[str]) -> None:
    """Wait until something is so; a program that has ended meanwhile is a failure."""
    end = time.monotonic() + START_S
    while not is_so():
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.02)


def kill_again_and_again(folder: Path, kills: int, seed: int, *options: str) -> int:
    """So many starts and kills; returns how many changes were acknowledged in all."""
    chance = random.Random(seed)
    total = 0
    heard = Heard()
    path = folder
    for number in range(kills):
        if number % KILLS_PER_LIBRARY == 0:
            total += len(heard.acknowledged)
            heard = Heard()
            path = new_library(folder / f"work-{number}.stufenplan")
        if number % 10 == 5:
            start_plainly_and_kill(path, folder)
        run_and_kill(path, heard, chance, *options)
        if heard.session:
            heard.places = {examine(path, heard)}
    return total + len(heard.acknowledged)


class Told:
    """A driven window that does what it is told and says what it shows."""

    def __init__(self, library: Path) -> None:
        self.child = begin([str(DRIVER), str(library)])
        self.heard = Heard()
        self.seen: Said = self._answer()

    def do(self, **order: object) -> Said:
        """Give one order; returns what the window shows afterwards."""
        assert self.child.stdin is not None
        self.child.stdin.write(json.dumps(order) + "\n")
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
            self.heard.listen([line])
        raise AssertionError(self.child.communicate()[1])

    def says(self, words: str) -> bool:
        """Whether the window shows these words somewhere."""
        return any(words in each for each in (*self.seen["words"], *self.seen["buttons"]))

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        self.child.kill()
        self.child.communicate()

    def quit(self) -> int:
        """Close it as a person does; returns the exit code once it is gone."""
        assert self.child.stdin is not None
        self.child.stdin.write(json.dumps({"keys": ["Ctrl+Q"]}) + "\n")
        said, complaint = self.child.communicate(timeout=START_S)
        assert "Traceback" not in complaint, complaint
        self.heard.listen([line for line in said.splitlines() if '"SEEN"' not in line])
        return self.child.returncode
