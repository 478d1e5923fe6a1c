"""Delete a client for good, to be killed meanwhile.

Run as a program: ``deletion_driver.py LIBRARY CLIENT [--die-at N]``. It prints ``READY``, deletes
the client with its backups, and prints ``DONE`` and the number of steps: statements of SQL, files
that were opened, removed or renamed, folders that were made or removed. With ``--die-at`` it kills
itself before a step.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from app.deletions import Choices, Kind, Target
from data.library.library import open_library

STEPS = frozenset({"open", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree"})


class Steps:
    """Counts what touches a disk, and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.number = 0
        self._last = last

    def count(self, *_: object) -> None:
        self.number += 1
        if self.number == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, _arguments: object) -> None:
        if event in STEPS:
            self.count()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("client")
    parser.add_argument("--die-at", type=int, default=0)
    wanted = parser.parse_args()
    library = open_library(wanted.library)
    (client,) = [each for each in library.organisations() if each.name == wanted.client]
    steps = Steps(wanted.die_at)
    target = Target(Kind.CLIENT, client.id)
    library.deletions.plan(target)  # what is imported for that is no step
    settings = Path(os.environ["STUFENPLAN_SETTINGS"])
    os.write(1, b"READY\n")
    library._connection.set_trace_callback(steps.count)
    sys.addaudithook(steps.hear)
    library.deletions.delete(target, "Ana", Choices(backups=True), settings=settings)
    os.write(1, f"DONE {steps.number}\n".encode())
    library._connection.set_trace_callback(None)
    steps.number = -1_000_000
    library.close()


if __name__ == "__main__":
    main()
