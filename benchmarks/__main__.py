"""Measure everything and print one table: ``python -m benchmarks [name …] [--json FILE]``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import ROUNDS, Row

NAMES = (
    "start", "workbook", "key_press", "library_list", "roll_up", "comparison", "portfolio",
    "priority_plan", "best_plan",
)  # fmt: skip
"""The workbook before what leaves much in memory for Python's garbage collector to look through."""


def table(rows: list[Row]) -> str:
    """The rows as a table for a terminal or for Markdown."""
    head = ("what", "ours", "bare", "ratio", "limit", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    printed = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([printed[0], rule, *printed[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    verdict = "" if row.is_inside else "OVER"
    unit = f" {row.unit}" if row.unit else ""
    return (
        row.name,
        f"{row.ours:.2f}{unit}",
        f"{row.bare:.2f}{unit}",
        f"{row.ratio:.2f}",
        f"{row.limit:g}",
        verdict,
    )


def main() -> int:
    """Command line entry point; exits with 1 if a ratio exceeds its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"{', '.join(NAMES)}; all without")
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    chosen = parser.parse_args()
    for name in chosen.names:
        if name not in NAMES:
            parser.error(f"there is no benchmark {name!r}, only {', '.join(NAMES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        # Backups of the libraries made here are nobody's business.
        os.environ["STUFENPLAN_DATA_DIR"] = folder
        rows = _measured(chosen.names or NAMES)
    print(f"Medians of at least {ROUNDS} rounds, both sides in turns.")
    print("The ratio binds; times are this machine's.\n")
    print(table(rows))
    for row in rows:
        if row.note:
            print(f"\n{row.name}: {row.note}")
    if chosen.json:
        chosen.json.write_text(
            json.dumps([asdict(row) for row in rows], indent=2), encoding="utf-8"
        )
    return 0 if all(row.is_inside for row in rows) else 1


def _measured(names: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for name in names:
        sys.stderr.write(f"measuring {name} …\n")
        rows += importlib.import_module(f"benchmarks.{name}").measure()
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
