"""Write down what the screen reader Orca says while three areas are scored.

Linux only, with Xvfb, openbox, xdotool, dbus, at-spi2-core, speech-dispatcher and Orca installed:

    .venv/bin/python tests/flows/tools/orca_walk.py de

Orca logs what it sends to the speech synthesiser; nothing has to be audible.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from screen import ROOT, Screen, missing_tools

INSIDE = "STUFENPLAN_ORCA_FOLDER"
"""Set in the second run of this script, which has a message bus and folders of its own."""

LISTEN_S, START_S = 3.0, 12.0
"""Wait after each step, and for a program to be ready."""

_SAID = re.compile(r"^([0-9:.]+) - SPEECH OUTPUT: '(.*)'\{", re.MULTILINE)

#: What is done, and the keys for it in X's names; ``"text`` is typed.
STEPS = (
    ("open the session", "Return"),
    ("level 4", "4"),
    ("undo", "ctrl+z"),
    ("target mode", "g"),
    ("target 5", "5"),
    ("next area", "space"),
    ("not applicable", "n"),
    ("no reason", "Return"),
    ("a reason", '"Group IT', "Return"),
    ("next area", "space"),
    ("level 3", "3"),
    ("level 4", "4"),
    ("weight", "w"),
    ("no number", '"abc', "Return"),
    ("leave the weight", "Escape"),
    ("clear the level", "Delete"),
    ("find an area", "ctrl+f"),
    ("next one found", "Down"),
    ("leave", "Escape"),
    ("results", "ctrl+4"),
    ("as a table", "ctrl+t"),
)


def missing_programs() -> list[str]:
    """Commands that have to be installed."""
    wanted = ("orca", "dbus-run-session", "speech-dispatcher")
    return [*missing_tools(), *(name for name in wanted if shutil.which(name) is None)]


def run_on_own_bus(language: str) -> str:
    """Run this script again on a message bus of its own; returns what it writes."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "run").mkdir(mode=0o700)
        speech = home / "config" / "speech-dispatcher"
        speech.mkdir(parents=True)
        (speech / "speechd.conf").write_text(
            'AddModule "dummy" "sd_dummy" ""\nDefaultModule dummy\n', encoding="utf-8"
        )
        environment = os.environ | {
            INSIDE: folder,
            "HOME": folder,
            "XDG_RUNTIME_DIR": str(home / "run"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "STUFENPLAN_DATA_DIR": str(home / "stufenplan"),
            "STUFENPLAN_SETTINGS": str(home / "settings.ini"),
            "STUFENPLAN_LANGUAGE": language,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        command = ["dbus-run-session", "--", sys.executable, __file__, language]
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, timeout=400
        )
        return done.stdout.decode("utf-8")


def walk(folder: Path, language: str) -> Iterator[str]:
    """Score three areas; a line for each step with what was said."""
    log = folder / "orca.log"
    sample = [sys.executable, "-m", "stufenplan", "demo", "--language", language]
    subprocess.run(sample, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    with Screen(1440, 900) as screen:
        orca = screen.start("orca", "--replace", "--debug-file", str(log))
        time.sleep(START_S)
        screen.start_program()
        screen.wait_for_title("Stufenplan")
        time.sleep(START_S)
        begun = []
        for _what, *keys in STEPS:
            begun.append(f"{datetime.now().astimezone():%H:%M:%S.%f}")
            for key in keys:
                if key.startswith('"'):
                    screen.write(key[1:])
                else:
                    screen.key(key)
            time.sleep(LISTEN_S)
        begun.append(f"{datetime.now().astimezone():%H:%M:%S.%f}")
        orca.terminate()  # it writes the rest of its log
        with suppress(subprocess.TimeoutExpired):
            orca.wait(timeout=20)
    text = log.read_text(encoding="utf-8", errors="replace")
    for (what, *keys), (since, until) in zip(STEPS, pairwise(begun), strict=True):
        sentences = [words for at, words in _SAID.findall(text) if since <= at < until]
        yield f"{what} [{' '.join(keys)}]: {' | '.join(sentences) or '–'}"


def main(language: str) -> None:
    """Print the walk in a language."""
    folder = os.environ.get(INSIDE)
    if folder is None:
        sys.stdout.write(run_on_own_bus(language))
        return
    for line in walk(Path(folder), language):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["en"]))
