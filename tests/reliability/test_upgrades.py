"""Libraries of earlier releases open with their content, even after interrupted upgrades (T7)."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from crash_aftermath import environment
from crash_driver import small_model, take_step

from app.session.rating import RATING
from app.session.session import SESSION, NewSession, Session
from app.workshop.workshop import Workshop
from data.library import schema
from data.library.backups import list_backups, restore_backup
from data.library.library import open_library
from data.library.opening import look_at
from exports.session_json import session_to_document

RELEASED = Path(__file__).resolve().parents[1] / "files" / "libraries"
NEXT = schema.SCHEMA_VERSION + 1
DRIVER = Path(__file__).with_name("tools") / "upgrade_driver.py"


def added_keys(holder: dict[str, Any]) -> list[str]:
    """Keys of a session or rating that came after the first release and have their default."""
    fields = RATING.fields if "area_id" in holder else SESSION.keyed
    return [
        name
        for name, field in fields.items()
        if not field.required and holder[name] == field.type.to_json(field.default)
    ]


def content_of(path: Path) -> dict[str, str]:
    """A fingerprint of every session of a library, with its changes."""
    library = open_library(path)
    found = {}
    for summary in library.session_summaries():
        session = library.load_session(summary.id)
        document = session_to_document(library.whole_session(session.id), exported_with="")
        # The stored fingerprints were made without files and without the units above.
        document["files"] = []
        document["session"]["units"] = document["session"]["units"][-1:]
        for computed in ("figures", "format_version"):
            del document[computed]  # what a release computes from the content may change
        # Earlier releases had no such keys.
        for holder in (document["session"], *document["ratings"]):
            for name in added_keys(holder):
                del holder[name]
        if not document["reviews"]:
            del document["reviews"]
        text = json.dumps(document, sort_keys=True)
        found[session.title] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    library.close()
    return found


@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION + 1))
def test_a_library_of_every_released_schema_opens_with_its_content(
    version: int, tmp_path: Path
) -> None:
    stored = RELEASED / f"schema-{version}.stufenplan"
    assert look_at(stored).schema_version == version
    copy = tmp_path / stored.name
    shutil.copyfile(stored, copy)
    expected = json.loads(stored.with_suffix(".json").read_text(encoding="utf-8"))
    assert content_of(copy) == expected
    assert look_at(copy).schema_version == schema.SCHEMA_VERSION


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, Session]:
    """A library of this release, which is the old one here; it has no backup yet."""
    path = tmp_path / "old.stufenplan"
    library = open_library(path, create=True)
    workshop = Workshop(library.create_session(NewSession("Acme", small_model())), library)
    for number in range(1, 45):
        take_step(workshop, number)
    library.close()
    for backup in list_backups(path):
        backup.path.unlink()
    return path, workshop.session


def state_of(path: Path) -> tuple[int, bool, int]:
    """Schema version, presence of the new column, and number of ratings."""
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(rating)")]
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (count,) = connection.execute("SELECT count(*) FROM rating").fetchone()
    connection.close()
    return version, "mood" in columns, count


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_an_upgrade_that_is_killed_is_all_done_or_not_begun(
    old: tuple[Path, Session], tmp_path: Path, kills: int
) -> None:
    path, session = old
    chance = random.Random(7)
    seen = set()
    for number in range(kills):
        copy = tmp_path / f"copy-{number}.stufenplan"
        shutil.copyfile(path, copy)
        child = subprocess.Popen(
            [sys.executable, str(DRIVER), str(copy)],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(),
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "READY\n"
        time.sleep(chance.uniform(0, 0.12))
        child.kill()
        child.communicate()
        version, has_column, count = state_of(copy)
        assert (version == NEXT) == has_column
        assert count == 22
        if version == NEXT:
            (backup,) = [found for found in list_backups(copy) if found.reason == "migration"]
            copy = copy.with_name(f"restored-{number}.stufenplan")
            restore_backup(backup.path, copy)
        library = open_library(copy)
        assert library.load_session(session.id) == session
        library.close()
        seen.add(version)
    assert seen <= {NEXT - 1, NEXT}
