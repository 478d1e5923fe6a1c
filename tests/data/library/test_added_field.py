"""Adding a field needs only its declaration and a migration."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidFile, InvalidInput
from app.session.field_types.choices import Choice
from app.session.field_types.texts import Line, Text
from app.session.fields import declared
from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session
from app.words.describe import describe_change
from app.words.texts import translator_for
from app.workshop.workshop import Workshop
from data.library import migrations, opening, schema
from data.library.backups import list_backups
from data.library.library import SqliteLibrary, open_library
from data.sessions.document import read_session
from data.sessions.score_csv import read_scores
from exports.session_json import json_text, session_to_document

NEXT = schema.SCHEMA_VERSION + 1
AREA = "people.0"


class Mood(StrEnum):
    """How a group felt."""

    CALM = "calm"
    HEATED = "heated"


@dataclass(frozen=True, slots=True)
class RatingWithMood(Rating):
    """A rating as a later release might have it."""

    mood: Mood | None = field(
        default=None,
        metadata=declared(
            Choice(Mood),
            words="Set mood of {area} to {value}",
            cleared="Clear mood of {area}",
            csv_column="mood",
        ),
    )
    remark: str = field(
        default="", metadata=declared(Text("Too long: {most}"), words="Edit remark on {area}")
    )


@dataclass(frozen=True)
class SessionInARoom(Session):
    """A session as a later release might have it."""

    room: str = field(
        default="Lobby", metadata=declared(Line("Too long: {most}"), words="Change room")
    )


@pytest.fixture
def older(library: SqliteLibrary, session: Session) -> Session:
    """A scored session of this release, in a library that is closed."""
    workshop = Workshop(session, library)
    workshop.set_level(AREA, 4)
    workshop.set_detail("title", "Before")
    library.close()
    return workshop.session


@pytest.fixture
def later(older: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The later release: its declarations, and the migration for their columns."""
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("mood", _add_columns)))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.create_tables(connection)
    monkeypatch.setitem(schema.FINGERPRINTS, NEXT, schema.schema_fingerprint(connection))
    connection.close()
    monkeypatch.setattr(RATING, "holder", RatingWithMood)
    monkeypatch.setattr(SESSION, "holder", SessionInARoom)
    return older


def _add_columns(db: Any) -> None:
    db.execute("ALTER TABLE rating ADD COLUMN mood TEXT")
    db.execute("ALTER TABLE rating ADD COLUMN remark TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE session ADD COLUMN room TEXT NOT NULL DEFAULT 'Lobby'")
    db.execute(f"PRAGMA user_version = {NEXT}")


@pytest.fixture
def workshop(later: Session, library_path: Path) -> Iterator[Workshop]:
    library = open_library(library_path)
    workshop = Workshop(library.load_session(later.id), library)
    yield workshop
    library.close()


def values_of(session: Session) -> tuple[object, object, object]:
    """The added values of the area and of the session."""
    return session.value(AREA, "mood"), session.value(AREA, "remark"), session.value(None, "room")


ENTERED = (Mood.HEATED, "much said", "Atrium")


def enter(workshop: Workshop) -> None:
    workshop.change_all({(AREA, "mood"): Mood.HEATED, (AREA, "remark"): "much said"})
    workshop.set_detail("room", " Atrium ")


def library_of(workshop: Workshop) -> Any:
    return workshop._repository


def test_rows_and_log_of_an_older_library_stay_sound(workshop: Workshop) -> None:
    library = library_of(workshop)
    assert values_of(workshop.session) == (None, "", "Lobby")
    assert workshop.session.rating(AREA).level == 4
    assert library.check() == ()
    backup = list_backups(library.path)[0]
    assert backup.reason == "migration"
    assert opening.look_at(backup.path).schema_version == NEXT - 1


def test_it_is_stored_and_logged(workshop: Workshop, library_path: Path) -> None:
    enter(workshop)
    library = library_of(workshop)
    assert values_of(workshop.session) == ENTERED
    assert library.load_session(workshop.session.id) == workshop.session
    logged = [
        edit.field for change in library.changes(workshop.session.id) for edit in change.edits
    ]
    assert logged == ["level", "title", "mood", "remark", "room"]
    library.close()
    again = open_library(library_path)
    assert values_of(again.load_session(workshop.session.id)) == ENTERED
    assert again.check() == ()
    again.close()


def test_a_flipped_value_is_noticed(workshop: Workshop) -> None:
    enter(workshop)
    library = library_of(workshop)
    library._connection.execute("UPDATE rating SET mood = 'calm'")
    library._connection.execute("UPDATE session SET room = 'Lobby'")
    assert {str(fault.values["detail"]).split()[0] for fault in library.check()} == {
        "rating",
        "session",
    }


def test_it_is_undone_redone_and_brought_back_by_a_checkpoint(workshop: Workshop) -> None:
    enter(workshop)
    checkpoint = workshop.add_checkpoint("Before lunch")
    workshop.change_all({(AREA, "mood"): Mood.CALM})
    workshop.return_to(checkpoint)
    assert workshop.session.value(AREA, "mood") is Mood.HEATED
    for _ in range(5):
        workshop.undo()
    assert values_of(workshop.session) == (None, "", "Lobby")
    workshop.redo()
    assert workshop.session.value(AREA, "mood") is Mood.HEATED


def test_a_wrong_value_is_refused(workshop: Workshop) -> None:
    for key, value in {(AREA, "mood"): "sad", (AREA, "remark"): 1, (None, "room"): 2}.items():
        with pytest.raises(InvalidInput):
            workshop.change_all({key: value})


def test_it_is_described(workshop: Workshop) -> None:
    def undoable() -> str:
        assert workshop.undoable is not None
        model = workshop.session.model
        return describe_change(workshop.undoable, model, "en", translator_for("en"))

    workshop.change_all({(AREA, "mood"): Mood.CALM})
    assert undoable() == "Set mood of people.0 to calm"
    workshop.change_all({(AREA, "mood"): None})
    assert undoable() == "Clear mood of people.0"
    workshop.set_detail("room", "Atrium")
    assert undoable() == "Change room"


def test_it_is_exported_and_imported_again(workshop: Workshop, tmp_path: Path) -> None:
    enter(workshop)
    whole = library_of(workshop).whole_session(workshop.session.id)
    document = session_to_document(whole, exported_with="test")
    assert document["session"]["room"] == "Atrium"
    assert document["ratings"][0]["mood"] == "heated"
    file = tmp_path / "session.json"
    file.write_text(json_text(document), encoding="utf-8")
    other = open_library(tmp_path / "other.stufenplan", create=True)
    imported = other.import_session(read_session(file)).session
    assert values_of(imported) == ENTERED
    assert len(other.changes(imported.id)) == 4
    assert other.check() == ()
    other.close()


def test_a_file_without_it_gets_the_default_and_a_wrong_value_is_named(
    workshop: Workshop, tmp_path: Path
) -> None:
    whole = library_of(workshop).whole_session(workshop.session.id)
    document = json.loads(json_text(session_to_document(whole, exported_with="test")))
    for rating in document["ratings"]:
        del rating["mood"], rating["remark"]
    del document["session"]["room"]
    file = tmp_path / "session.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert values_of(read_session(file).session) == (None, "", "Lobby")
    document["ratings"][0]["mood"] = "sad"
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InvalidFile) as refused:
        read_session(file)
    assert [fault.path for fault in refused.value.faults] == ["ratings.0.mood"]


def test_it_is_a_column_of_score_csv(workshop: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("area,level,mood\npeople.0,3,heated\npeople.1,2,\n", encoding="utf-8")
    workshop.change_all(read_scores(file, workshop.session))
    assert workshop.session.value(AREA, "mood") is Mood.HEATED
    file.write_text("area,level,mood\npeople.0,3,sad\n", encoding="utf-8")
    with pytest.raises(InvalidFile):
        read_scores(file, workshop.session)
    file.write_text("area,level,mood\npeople.0,,-\n", encoding="utf-8")
    workshop.change_all(read_scores(file, workshop.session))
    assert workshop.session.value(AREA, "mood") is None


def test_it_is_merged_and_a_difference_in_it_keeps_both(workshop: Workshop, tmp_path: Path) -> None:
    here = library_of(workshop)
    copy = tmp_path / "copy.stufenplan"
    here.save_copy(copy)
    enter(workshop)
    other = open_library(copy)
    Workshop(other.load_session(workshop.session.id), other).change_all({(AREA, "mood"): Mood.CALM})
    other.close()
    merged = here.merge(copy)
    assert len(merged.kept_both) == 1
    moods = {
        here.load_session(summary.id).value(AREA, "mood") for summary in here.session_summaries()
    }
    assert moods == {Mood.HEATED, Mood.CALM}
    assert here.check() == ()


def test_an_older_library_is_merged_into_a_later_one(
    later: Session, library_path: Path, tmp_path: Path
) -> None:
    here = open_library(tmp_path / "here.stufenplan", create=True)
    report = here.merge(library_path)
    assert report.added == (later.title,)
    assert values_of(here.load_session(later.id)) == (None, "", "Lobby")
    assert here.load_session(later.id).rating(AREA).level == Fraction(4)
    here.close()
