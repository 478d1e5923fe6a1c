"""Source rules of the storage code: one place for transactions, one for connections."""

from __future__ import annotations

import re
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[3] / "data" / "library"
TABLES = {
    "sessions.py", "models.py", "log.py", "positions.py", "store.py", "reviews.py", "mappings.py",
}  # fmt: skip
"""Modules that write to the tables they are named after; the others use those of ``Tables``."""


def sources() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in LIBRARY.glob("*.py")}


def test_only_the_store_and_the_migrations_write_to_tables() -> None:
    """``opening`` fills new files and takes its probe back; ``upgrade`` notes the release."""
    writing = {name for name, text in sources().items() if re.search(r'"(INSERT|UPDATE) ', text)}
    assert writing <= TABLES | {"database.py", "opening.py", "upgrade.py"}


def test_transactions_begin_in_few_known_places() -> None:
    called = re.compile(r"\.atomic\(\)|\btransaction\(")
    beginning = {name for name, text in sources().items() if called.search(text)}
    assert beginning == {"access.py", "database.py", "library.py", "opening.py", "upgrade.py"}


def test_the_store_neither_begins_nor_ends_transactions() -> None:
    for name in TABLES | {"units.py", "files.py"}:
        for word in ("COMMIT", "ROLLBACK", "BEGIN", ".commit(", ".rollback("):
            assert word not in sources()[name]


def test_migrations_import_nothing_of_ours() -> None:
    steps = list((LIBRARY / "migrations").glob("m[0-9]*.py"))
    assert len(steps) >= 3
    for step in steps:
        text = step.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) (app|data|exports|ui)\b", text, re.MULTILINE)
