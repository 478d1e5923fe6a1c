"""Product name, and height of the bar that shows it."""

from __future__ import annotations

BRAND = "Stufenplan"
HEADER_HEIGHT = 48
