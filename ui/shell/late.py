"""Brings in the large libraries behind the charts, one thread at a time.

The window warms up in a thread beside it. Were both to import matplotlib at once, each could meet
the other's half-made modules; both imports would then fail, and no chart would come.
"""

from __future__ import annotations

from threading import RLock

#: Held by whoever imports charts or reports at the moment.
bringing_in = RLock()
