"""What the storage code itself keeps to: one place for transactions, one for connections."""

from __future__ import annotations

import re
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[3] / "data" / "library"


def sources() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in LIBRARY.glob("*.py")}


def test_only_the_store_and_the_migrations_write_to_tables() -> None:
    """``opening`` fills new files and takes its probe back; ``upgrade`` notes the release."""
    writing = {name for name, text in sources().items() if re.search(r'"(INSERT|UPDATE) ', text)}
    assert writing <= {"store.py", "opening.py", "upgrade.py"}


def test_transactions_begin_in_few_known_places() -> None:
    beginning = {name for name, text in sources().items() if ".atomic()" in text}
    assert beginning == {"opening.py", "library.py", "upgrade.py"}


def test_the_store_neither_begins_nor_ends_transactions() -> None:
    text = sources()["store.py"]
    for word in ("COMMIT", "ROLLBACK", "BEGIN", ".commit(", ".rollback("):
        assert word not in text


def test_migrations_import_nothing_of_ours() -> None:
    text = sources()["migrations.py"]
    assert not re.search(r"^\s*(from|import) (app|data|exports|ui)\b", text, re.MULTILINE)
