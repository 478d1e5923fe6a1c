"""The day on this machine."""

from __future__ import annotations

from datetime import date


def local_today() -> date:
    """The day on this machine."""
    return date.today()  # noqa: DTZ011 (a workshop's date is the local one)
