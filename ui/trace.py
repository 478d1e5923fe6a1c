"""Timestamps for benchmarks and tests: painted, filled, listening for a second start.

With ``STUFENPLAN_TRACE`` naming a file, every mark adds one line of JSON to it: the event, the
value of ``time.perf_counter()``, the memory the process has used at most (kilobytes, where the
system tells) and which of the heavy libraries were loaded. Without it marks are no-ops.
"""

from __future__ import annotations

import os
import sys
import time

VARIABLE = "STUFENPLAN_TRACE"
_HEAVY = ("matplotlib", "numpy", "pandas", "openpyxl", "sqlite_utils", "pydantic", "click")


def mark(event: str) -> None:
    """Append a line if tracing is on."""
    target = os.environ.get(VARIABLE)
    if not target:
        return
    at = time.perf_counter()
    import json

    line = {
        "event": event,
        "at": at,
        "peak_kilobytes": _peak_memory(),
        "loaded": [name for name in _HEAVY if name in sys.modules],
    }
    with open(target, "a", encoding="utf-8") as file:  # noqa: PTH123 (no pathlib before the paint)
        file.write(json.dumps(line) + "\n")


def _peak_memory() -> int | None:
    # Not resource.getrusage: it includes the peak of the parent process.
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return None
