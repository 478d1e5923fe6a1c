"""Ids of changes that come with a file and say something are replaced: the log keeps ids."""

from __future__ import annotations

import json
from pathlib import Path

from app.deletions import Kind, Target
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library
from data.sessions.document import read_session_document
from exports.session_json import session_to_document


def test_of_a_deleted_session_no_id_that_says_something_is_left(
    library: SqliteLibrary,
    session: Session,
    tmp_path: Path,
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 3)
    workshop.undo()
    document = session_to_document(library.whole_session(session.id), exported_with="")
    first, second = document["changes"]
    first["id"], second["id"], second["reverses"] = "nordwerk-1", "nordwerk-2", "nordwerk-1"
    whole = read_session_document(json.loads(json.dumps(document)))
    assert whole.changes[1].reverses == whole.changes[0].id
    other = open_library(tmp_path / "other.stufenplan", create=True)
    other.import_session(whole)
    again = Workshop(other.load_session(session.id), other)
    again.redo()
    assert again.session.rating("people.0").level == 3
    other.deletions.delete(Target(Kind.SESSION, session.id), "Ana")
    assert other.check() == ()
    other.close()
    assert b"nordwerk" not in other.path.read_bytes()
