"""A whole workshop on a real screen with a German keyboard, and no mouse.

The real program runs under Xvfb with a window manager; xdotool presses the keys. What came of it
is read through the command line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).with_name("tools")))

from screen import ROOT, Screen, missing_tools

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(missing_tools()), reason=f"not installed: {', '.join(missing_tools())}"
    ),
]

AREAS = 22
TITLE = "Reifegrad-Workshop"


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setenv("STUFENPLAN_LANGUAGE", "de")
    with Screen(1280, 800) as screen:
        yield screen


def query(*arguments: str) -> Any:
    """What the command line says about the library of the user data folder."""
    done = subprocess.run(
        [sys.executable, "-m", "stufenplan", *arguments, "--json"],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return json.loads(done.stdout)


def start(screen: Screen, folder: Path) -> subprocess.Popen[bytes]:
    """Start the program and wait until the library is shown."""
    trace = folder / "trace.jsonl"
    trace.unlink(missing_ok=True)
    program = screen.start_program(STUFENPLAN_TRACE=str(trace))
    screen.wait_until(lambda: trace.exists() and "filled" in trace.read_text("utf-8"), screen.title)
    screen.wait_for_title("Stufenplan")
    return program


def open_sample(screen: Screen) -> None:
    """By the second button of the empty page."""
    screen.key("Tab", "Return")
    screen.wait_for_title("Nordwerk AG")


def begin_session(screen: Screen) -> None:
    screen.key("ctrl+n")
    screen.wait_for_title("Neuer Workshop")
    screen.write("Müller & Söhne")
    screen.key("Tab")
    screen.write("Plattform-Team")
    screen.key("Tab", "ctrl+a")
    screen.write(TITLE)
    screen.key("Return")
    screen.wait_for_title(TITLE, "·")


def score(screen: Screen, place: int) -> None:
    """Score one area; some get more than a level."""
    screen.key(str(place % 5 + 1))
    if place == 4:
        screen.key("c")
        screen.write("Für größere Änderungen fehlt Übung")
        screen.key("Escape")
    elif place == 6:
        screen.key("e")
        screen.write("https://example.org/nachweis")
        screen.key("Return")
    elif place == 8:
        screen.key("g", "4")
    elif place == 10:
        screen.key("ctrl+z", "ctrl+y")
    elif place == 12:
        screen.key("n")
        screen.write("Kein eigener Betrieb")
        screen.key("Return")


def export_workbook(screen: Screen, target: Path) -> None:
    """By the dialog: from the kinds through language and comparison to the name."""
    screen.key("ctrl+e")
    screen.wait_for_title("Exportieren")
    screen.key("Tab", "Tab", "ctrl+a")
    screen.write(str(target))
    screen.key("Return")
    screen.wait_until(target.exists, screen.title)
    screen.wait_for_title(TITLE)


def test_a_workshop_is_held_on_a_german_keyboard_and_goes_on_after_a_restart(
    screen: Screen, tmp_path: Path
) -> None:
    program = start(screen, tmp_path)
    open_sample(screen)
    begin_session(screen)
    for place in range(AREAS):
        score(screen, place)
        screen.key("space")
    # Space after the last area led to the results.
    screen.key("ctrl+d", "ctrl+t", "ctrl+shift+d")
    workbook = tmp_path / "roadmap.xlsx"
    export_workbook(screen, workbook)
    screen.key("ctrl+q")
    assert program.wait(30) == 0
    assert zipfile.is_zipfile(workbook)

    (session,) = [each for each in query("session", "list")["sessions"] if each["title"] == TITLE]
    shown = query("session", "show", session["id"])
    assert shown["organisation"]["name"] == "Müller & Söhne"
    levels = [area["level"] for area in shown["areas"]]
    expected: list[int | None] = [place % 5 + 1 for place in range(AREAS)]
    out = shown["areas"][12]
    assert out["not_applicable"] == "Kein eigener Betrieb"
    assert levels[:12] + levels[13:] == expected[:12] + expected[13:]
    assert shown["areas"][4]["note"] == "Für größere Änderungen fehlt Übung"
    assert shown["areas"][6]["evidence"][0]["address"] == "https://example.org/nachweis"
    assert shown["areas"][8]["target"] == 4

    program = start(screen, tmp_path)
    screen.wait_for_title(TITLE)
    screen.key("ctrl+2", "2")
    screen.key("ctrl+q")
    assert program.wait(30) == 0
    assert query("session", "show", session["id"])["areas"][AREAS - 1]["level"] == 2
