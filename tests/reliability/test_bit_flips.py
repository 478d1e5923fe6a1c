"""Single flipped bits on disk: changes of content are detected (T8)."""

from __future__ import annotations

import random
import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest
from crash_driver import small_model, take_step

from app.errors import AppError
from app.session.session import NewSession
from app.workshop.workshop import Workshop
from data.library import opening
from data.library.check import faults_of
from data.library.library import open_library

CONTENT = {
    "organisation": "id, name", "unit": "id, name, kind, parent_id", "model": "digest, document",
    "session": "id, organisation_id, unit_id, model_digest, date, language, title, scope, archived",
    "rating": "session_id, area_id, level, target, weight, confidence, note, not_applicable",
    "file": "digest, content", "change_log": "seq, id, session_id, at, origin, content",
}  # fmt: skip


@pytest.fixture
def healthy(tmp_path: Path) -> bytes:
    """A library with some sessions in every state, as bytes."""
    path = tmp_path / "healthy.stufenplan"
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"seen " * 500)
    library = open_library(path, create=True)
    for number in range(8):
        session = library.create_session(
            NewSession("Acme", small_model(), title=f"Workshop {number}", unit=f"Team {number}")
        )
        workshop = Workshop(session, library)
        for step in range(1, 40):
            take_step(workshop, step)
        workshop.set_note("area-1", "Größe und Ümlaute " * 20)
        workshop.set_weight("area-2", Fraction("1.5"))
        workshop.set_not_applicable("area-3", "Ausgelagert")
        workshop.add_file("area-4", proof)
    library.close()
    return path.read_bytes()


def content_of(path: Path) -> list[object] | None:
    """Everything a person has entered; ``None`` where it cannot even be read."""
    connection = sqlite3.connect(path)
    try:
        return [
            connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in CONTENT.items()
        ]
    except (sqlite3.Error, UnicodeError, OverflowError):
        return None
    finally:
        connection.close()


def is_noticed(path: Path) -> bool:
    """True if inspection, opening or check detects damage."""
    try:
        file = opening.open_locked(path)
    except AppError:
        return True
    try:
        return bool(faults_of(file.connection, path))
    except (sqlite3.Error, AppError):
        return True
    finally:
        file.close()


@pytest.mark.parametrize("flips", [50, pytest.param(1500, marks=pytest.mark.slow)])
def test_flipped_bits_that_change_content_are_noticed(
    healthy: bytes, tmp_path: Path, flips: int
) -> None:
    chance = random.Random(6)
    path = tmp_path / "flipped.stufenplan"
    path.write_bytes(healthy)
    truth = content_of(path)
    assert truth is not None
    assert not is_noticed(path)
    changed = noticed = 0
    for _ in range(flips):
        flipped = bytearray(healthy)
        flipped[chance.randrange(len(healthy))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        if content_of(path) == truth:
            continue
        path.write_bytes(flipped)
        changed += 1
        noticed += is_noticed(path)
    assert changed >= flips // 10  # the others hit free space
    assert noticed >= changed * 0.99
