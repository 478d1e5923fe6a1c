"""Longer work can say how far it is and can be stopped."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by longer work how far it has come."""

    def step(self, done: int, total: int) -> None:
        """``done`` of ``total`` parts are finished; raises ``Cancelled`` to stop the work."""


def report(progress: Progress | None, done: int, total: int) -> None:
    """Tell ``progress``, when there is anyone to tell."""
    if progress is not None:
        progress.step(done, total)
