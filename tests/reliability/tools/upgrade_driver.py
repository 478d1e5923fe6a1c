"""Open a library with a release that has one more, slow migration: ``upgrade_driver.py LIBRARY``.

It prints ``READY`` before and ``DONE`` after the library has been opened.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from data.library import migrations, schema
from data.library.library import open_library

NEXT = schema.SCHEMA_VERSION + 1


def step(db: Any) -> None:
    """Rewrite every rating several times and add a column."""
    db.execute("ALTER TABLE rating ADD COLUMN mood TEXT")
    db.execute("CREATE TABLE scratch (text TEXT) STRICT")
    for _ in range(4):
        db.execute("INSERT INTO scratch SELECT note || hex(randomblob(2000)) FROM rating")
        db.execute("UPDATE rating SET mood = hex(randomblob(300))")
    db.execute("DROP TABLE scratch")
    db.execute(f"PRAGMA user_version = {NEXT}")


def become_next_release() -> None:
    """Pretend to be the next release."""
    migrations.STEPS = (*migrations.STEPS, ("mood", step))
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.create_tables(connection)
    schema.SCHEMA_VERSION = NEXT
    schema.FINGERPRINTS[NEXT] = schema.schema_fingerprint(connection)


def main() -> None:
    """Open the library."""
    migrations.steps()  # imports sqlite-utils
    become_next_release()
    os.write(1, b"READY\n")
    open_library(Path(sys.argv[1])).close()
    os.write(1, b"DONE\n")


if __name__ == "__main__":
    main()
