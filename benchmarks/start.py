"""Start of the program against a bare PySide6 window: first paint, filled list, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import ROUNDS, Row, Turns
from benchmarks.samples import library_with

ROOT = Path(__file__).resolve().parent.parent
SESSIONS = 50
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Start:
    """One start: milliseconds since process launch, peak memory in megabytes."""

    painted: float
    filled: float
    memory: float
    memory_filled: float
    modules: tuple[str, ...]


def measure() -> list[Row]:
    """Our program with a library of 50 sessions and the bare window, in turns."""
    from data.models.builtin import builtin_model

    painted, filled, memory, memory_filled = Turns(), Turns(), Turns(), Turns()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = folder / "library.stufenplan"
        library_with(library, SESSIONS, builtin_model("cloud-native"))
        ours = [sys.executable, "-m", "stufenplan", "--library", str(library)]
        bare = [sys.executable, "-m", "benchmarks.bare_window"]
        _started(ours, folder, "filled")
        _started(bare, folder, "painted")
        for _ in range(ROUNDS):
            one, other = _started(bare, folder, "painted"), _started(ours, folder, "filled")
            _refuse_heavy(other)
            painted.bare.append(one.painted)
            painted.ours.append(other.painted)
            filled.bare.append(one.painted)
            filled.ours.append(other.filled)
            memory.bare.append(one.memory)
            memory.ours.append(other.memory)
            memory_filled.bare.append(one.memory)
            memory_filled.ours.append(other.memory_filled)
    note = f"library of {SESSIONS} sessions"
    return [
        Row("start to first painted window", *painted.medians(), "ms", 1.6),
        Row("start to filled list", *filled.medians(), "ms", 3.5, note),
        Row("memory at the first paint", *memory.medians(), "MB", 2.0),
        Row("memory with the filled list", *memory_filled.medians(), "MB", 2.0),
    ]


def _refuse_heavy(start: Start) -> None:
    """Fail if numpy or matplotlib were imported before the list was filled."""
    heavy = {"numpy", "matplotlib"} & set(start.modules)
    if heavy:
        raise SystemExit(f"loaded before the list was filled: {', '.join(sorted(heavy))}")


def _started(command: list[str], folder: Path, last: str) -> Start:
    """Start a program, wait for its last mark, then terminate it."""
    trace = folder / "trace"
    trace.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "STUFENPLAN_TRACE": str(trace),
        "STUFENPLAN_SETTINGS": str(folder / "settings.ini"),
        # Written by the first start, which is not measured, and read by the others, as anywhere.
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        marks = _marks(trace, last, process)
    finally:
        process.kill()
        process.wait()
    first, end = marks["painted"], marks[last]
    return Start(
        painted=(first["at"] - began) * 1000,
        filled=(end["at"] - began) * 1000,
        memory=int(first["peak_kilobytes"]) / 1024,
        memory_filled=int(end["peak_kilobytes"]) / 1024,
        modules=tuple(end["loaded"]),
    )


def _marks(trace: Path, last: str, process: subprocess.Popen[bytes]) -> dict[str, dict[str, Any]]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        lines = trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
        found = {mark["event"]: mark for mark in map(json.loads, lines)}
        if last in found:
            return found
        if process.poll() is not None and not trace.exists():
            break
        time.sleep(0.02)
    raise SystemExit(f"the program did not say “{last}”")
