"""Jobs in worker threads: progress, cancelling, and imports."""

from __future__ import annotations

from threading import RLock
from typing import Protocol

import_lock = RLock()
"""Hold it while importing matplotlib or openpyxl.

The window warms up in a worker thread. Two threads that import matplotlib at once can meet each
other's half-initialised modules; both imports then fail, and no chart appears.
"""


class Progress(Protocol):
    """Progress callback for long-running jobs."""

    def step(self, done: int, total: int) -> None:
        """``done`` of ``total`` parts are finished; raises ``Cancelled`` to stop the job."""


def report(progress: Progress | None, done: int, total: int) -> None:
    """Report to ``progress`` unless it is ``None``."""
    if progress is not None:
        progress.step(done, total)
