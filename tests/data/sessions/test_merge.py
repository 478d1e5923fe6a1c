"""Transfer of sessions: single files, merged libraries, JSON round trips."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.errors import (
    InvalidFile,
    InvalidInput,
    LibraryInUse,
    NewerFile,
    StorageUnavailable,
    UnusableLibrary,
)
from app.ports import Outcome, Taken
from app.session.plan_settings import IntermediateTarget, Milestone
from app.session.rating import Confidence
from app.session.session import NewSession, Session
from app.session.step_details import Approval, Effort
from app.words.texts import translator_for
from app.workshop.history import apply_change
from app.workshop.workshop import Workshop
from data.library.backups import restore_backup
from data.library.library import SqliteLibrary, open_library
from data.sessions.document import read_session_document
from exports.session_json import session_to_document

NewSessions = Callable[..., NewSession]
DAY = date(2027, 6, 30)


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "proof.txt"
    path.write_bytes(b"seen")
    return path


def score_everything(library: SqliteLibrary, a_session: NewSessions, proof: Path) -> Session:
    """A session with everything there can be, some of it taken back."""
    acme = library.add_organisation("Acme")
    parent = library.add_unit(acme.id, "Zentrale", "department")
    library.add_unit(acme.id, "Team Nord", parent_id=parent.id)
    session = library.create_session(a_session(unit="Zentrale", scope="Alles", half_levels=True))
    workshop = Workshop(session, library)
    workshop.set_level("people.0", Fraction(5, 2))
    workshop.decide_targets(["people.0"], target=4, date=DAY, reason="Genügt", sponsor="Leitung IT")
    workshop.set_target_path("people.0", [IntermediateTarget(3, date(2027, 3, 31))])
    workshop.change_step("people.0", 4, owner="Ana", effort=Effort(Fraction("2.5")))
    workshop.approve_step("people.0", 4, Approval.APPROVED, "Leitung IT", DAY)
    workshop.change_plan(capacity=(Fraction(80),), milestones=(Milestone(DAY, "Prüfung"),))
    workshop.set_weight("people.0", Fraction("1.25"))
    workshop.set_confidence("people.0", Confidence.GUESS)
    workshop.set_target("people.1", 3)
    workshop.set_note("process.0", "Größe")
    workshop.set_not_applicable("process.1", "Ausgelagert")
    workshop.add_file("people.0", proof)
    workshop.add_link("people.1", "https://example.org")
    workshop.remove_evidence("people.0", workshop.session.rating("people.0").evidence[0].id)
    workshop.add_checkpoint("Vor der Pause")
    workshop.set_level("people.1", 1)
    workshop.undo()
    library.remember_position(session.id, "process.0")
    return workshop.session


@pytest.fixture
def scored(library: SqliteLibrary, a_session: NewSessions, proof: Path) -> Session:
    """A session with everything there can be, some of it taken back."""
    return score_everything(library, a_session, proof)


@pytest.fixture(scope="module")
def document_text(tmp_path_factory: pytest.TempPathFactory, a_session: NewSessions) -> str:
    """The JSON of such a session, written once."""
    folder = tmp_path_factory.mktemp("document")
    (folder / "proof.txt").write_bytes(b"seen")
    with closing(open_library(folder / "work.stufenplan", create=True)) as library:
        session = score_everything(library, a_session, folder / "proof.txt")
        return json.dumps(as_document(library, session))


@pytest.fixture
def document(document_text: str) -> dict[str, Any]:
    """The document of such a session, to be changed."""
    loaded: dict[str, Any] = json.loads(document_text)
    return loaded


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SqliteLibrary]:
    opened = open_library(tmp_path / "other.stufenplan", create=True)
    yield opened
    opened.close()


def same_content(one: Session, two: Session) -> bool:
    """Equal but for ids of organisation and unit, and areas that are as if untouched."""
    return (
        replace(one, id="", affiliation=two.affiliation, ratings={})
        == replace(two, id="", ratings={})
        and one.organisation.name == two.organisation.name
        and getattr(one.unit, "name", None) == getattr(two.unit, "name", None)
        and one.all_ratings() == two.all_ratings()
    )


def as_document(library: SqliteLibrary, session: Session) -> dict[str, Any]:
    """The session's JSON document after a trip through text."""
    document = session_to_document(library.whole_session(session.id), exported_with="0.1.0")
    loaded: dict[str, Any] = json.loads(json.dumps(document))
    return loaded


def import_document(library: SqliteLibrary, document: Any) -> Session:
    """Import a document as from a file."""
    return library.import_session(read_session_document(document)).session


def all_of(library: SqliteLibrary) -> list[Session]:
    return [library.load_session(summary.id) for summary in library.session_summaries()]


# ---- one session alone ------------------------------------------------------------------------


def test_an_exported_session_is_alone_in_its_file_and_complete(
    library: SqliteLibrary, scored: Session, a_session: NewSessions, tmp_path: Path
) -> None:
    library.create_session(a_session(organisation="Secret client"))
    target = tmp_path / "one.stufenplan"
    library.export_session(scored.id, target)
    assert b"Secret client" not in target.read_bytes()
    alone = open_library(target)
    assert all_of(alone) == [scored]
    assert alone.changes(scored.id) == library.changes(scored.id)
    assert alone.position_in(scored.id) == "process.0"
    workshop = Workshop(alone.load_session(scored.id), alone)
    workshop.redo()
    for _ in range(3):  # the level, the checkpoint, and the evidence that was detached
        workshop.undo()
    evidence = workshop.session.rating("people.0").evidence[0]
    assert alone.file_content(evidence.digest) == b"seen"
    alone.close()


def test_a_checkpoint_leads_back_in_another_library_too(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    Workshop(scored, library).set_level("people.1", 5)
    taken = import_document(other, as_document(library, library.load_session(scored.id)))
    workshop = Workshop(taken, other)
    workshop.return_to(taken.milestones[0])
    assert workshop.session.ratings == scored.ratings


def test_sessions_that_differ_in_checkpoints_only_are_both_kept(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    there = import_document(other, as_document(library, scored))
    Workshop(there, other).add_checkpoint("Mittag")
    Workshop(scored, library).add_checkpoint("Nach der Pause")
    document = as_document(library, library.load_session(scored.id))
    assert import_document(other, document).id != scored.id
    assert len(all_of(other)) == 2


@pytest.mark.parametrize("area_id", ["people.0", None], ids=["steps", "plan"])
def test_sessions_that_differ_in_their_plan_only_are_both_kept(
    library: SqliteLibrary, other: SqliteLibrary, scored: Session, area_id: str | None
) -> None:
    whole = library.whole_session(scored.id)
    document = session_to_document(whole, exported_with="0.1.0")
    holder = document["session"] if area_id is None else document["ratings"][0]
    field, value = ("plan", {}) if area_id is None else ("steps", [{"level": 4, "owner": "Ben"}])
    holder[field] = value
    document["changes"] = []
    other.import_session(whole)
    taken = other.import_session(read_session_document(document))
    assert taken.outcome is Outcome.KEPT_BOTH
    assert other.load_session(scored.id) == library.load_session(scored.id)
    assert taken.session.value(area_id, field) != scored.value(area_id, field)


def test_a_checkpoint_that_is_there_twice_is_a_fault(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    document["session"]["milestones"] *= 2
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    assert caught.value.faults[0].path == "session.milestones"
    assert all_of(other) == []


def test_parts_of_a_second_in_a_checkpoint_make_no_second_version(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    document = as_document(library, scored)
    at = document["session"]["milestones"][0]["at"]
    exact = json.loads(json.dumps(document).replace(at, f"{at[:19]}.500{at[19:]}"))
    assert exact != document
    import_document(other, exact)
    assert import_document(other, exact).id == scored.id
    assert len(all_of(other)) == 1


def test_a_file_from_before_there_were_checkpoints_is_read(
    library: SqliteLibrary, session: Session, other: SqliteLibrary
) -> None:
    document = as_document(library, session)
    del document["session"]["milestones"]
    assert replace(import_document(other, document), affiliation=session.affiliation) == session


def test_an_export_never_overwrites_a_file(
    library: SqliteLibrary, scored: Session, tmp_path: Path
) -> None:
    target = tmp_path / "report.stufenplan"
    target.write_bytes(b"of last week")
    for write in (lambda: library.export_session(scored.id, target),
                  lambda: library.save_copy(target)):  # fmt: skip
        with pytest.raises(InvalidInput, match="nothing was overwritten"):
            write()
    assert target.read_bytes() == b"of last week"


def test_a_copy_of_the_whole_library_is_complete(
    library: SqliteLibrary, scored: Session, tmp_path: Path
) -> None:
    library.save_copy(tmp_path / "copy.stufenplan")
    copy = open_library(tmp_path / "copy.stufenplan")
    assert all_of(copy) == [scored]
    copy.close()


# ---- merging ----------------------------------------------------------------------------------


def test_merging_takes_in_sessions_with_history_files_and_units(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    library.close()
    report = other.merge(library.path)
    assert report.added == ("Workshop",)
    (taken,) = all_of(other)
    assert taken == scored
    replayed = other._store.sessions.first_state(taken.id)
    for change in other.changes(taken.id):
        replayed = apply_change(replayed, change)
    assert same_content(replayed, taken)
    assert other.check() == ()


def test_merging_the_same_library_again_changes_nothing(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    assert scored
    library.close()
    other.merge(library.path)
    before = other._store.log.head()
    report = other.merge(library.path)
    assert (report.added, report.identical) == ((), ("Workshop",))
    assert other._store.log.head() == before


def test_a_session_that_differs_is_kept_as_a_second_one_and_only_once(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    library.export_session(scored.id, library.path.with_name("taken.stufenplan"))
    other.merge(library.path.with_name("taken.stufenplan"))
    there = Workshop(other.load_session(scored.id), other)
    there.set_level("people.0", 5)
    Workshop(scored, library).set_level("people.0", 4)
    went_on = library.load_session(scored.id)
    library.close()
    report = other.merge(library.path)
    assert report.kept_both == ("Workshop (second version)",)
    assert other.load_session(scored.id) == there.session
    (second,) = [session for session in all_of(other) if session.id != scored.id]
    assert same_content(replace(second, title="Workshop"), went_on)
    assert other.merge(library.path).identical == ("Workshop (second version)",)
    assert other.session_count() == 2
    workshop = Workshop(second, other)
    workshop.undo()
    assert workshop.session.rating("people.0").level == Fraction(5, 2)
    assert workshop.session.title == "Workshop (second version)"
    assert other.check() == ()


def test_organisations_and_units_of_the_same_name_become_one(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    acme = other.add_organisation("ACME")
    unit = other.add_unit(acme.id, "zentrale")
    library.close()
    other.merge(library.path)
    taken = other.load_session(scored.id)
    assert (taken.organisation, taken.unit) == (acme, unit)
    assert other.merge(library.path).identical == ("Workshop",)


def test_the_history_of_a_second_version_has_ids_of_its_own(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary, tmp_path: Path
) -> None:
    library.save_copy(tmp_path / "copy.stufenplan")
    other.merge(tmp_path / "copy.stufenplan")
    Workshop(other.load_session(scored.id), other).set_level("process.0", 4)
    Workshop(scored, library).undo()
    library.close()
    other.merge(library.path)
    logs = [other.changes(session.id) for session in all_of(other)]
    ids = [change.id for log in logs for change in log]
    assert len(ids) == len(set(ids))
    for log in logs:
        known = {change.id for change in log}
        assert all(change.reverses in known for change in log if change.reverses)


def test_a_merge_is_preceded_by_a_backup(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary, a_session: NewSessions
) -> None:
    assert scored
    other.create_session(a_session(title="Mine"))
    library.close()
    other.merge(library.path)
    newest = other.backups()[0]
    assert newest.reason == "merge"
    restore_backup(newest.path, library.path.with_name("before.stufenplan"))
    backup = open_library(library.path.with_name("before.stufenplan"))
    assert [session.title for session in all_of(backup)] == ["Mine"]
    backup.close()


def test_merging_does_not_write_to_the_other_library(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    assert scored
    library.close()
    before = library.path.read_bytes()
    library.path.chmod(0o444)
    other.merge(library.path)
    assert library.path.read_bytes() == before


def test_after_a_merge_the_next_start_still_opens_the_session_somebody_was_in(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary, a_session: NewSessions
) -> None:
    assert scored
    mine = other.create_session(a_session(title="Mine"))
    other.remember_position(mine.id, "people.1")
    library.close()
    other.merge(library.path)
    assert other.last_position() == (mine.id, "people.1")
    assert [summary.title for summary in other.session_summaries()] == ["Mine", "Workshop"]


def test_a_library_cannot_be_merged_into_itself(library: SqliteLibrary) -> None:
    with pytest.raises(InvalidInput, match="that is open"):
        library.merge(library.path)


def test_a_damaged_or_foreign_library_takes_nothing_in(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary, tmp_path: Path
) -> None:
    assert scored
    library.close()
    for number, statement in enumerate((
        "UPDATE rating SET level = 1",
        "CREATE TRIGGER bad AFTER INSERT ON rating BEGIN UPDATE rating SET level = 1; END",
        "PRAGMA user_version = 99",
    )):  # fmt: skip
        copy = tmp_path / f"{number}.stufenplan"
        shutil.copyfile(library.path, copy)
        connection = sqlite3.connect(copy)
        connection.execute(statement)
        connection.commit()
        connection.close()
        with pytest.raises((UnusableLibrary, NewerFile)):
            other.merge(copy)
    assert other.session_count() == 0
    assert other.backups() == ()


@pytest.mark.usefixtures("impatient")
def test_a_library_somebody_holds_is_not_merged(
    library: SqliteLibrary,
    other: SqliteLibrary,
    in_another_process: Callable[..., subprocess.Popen[str]],
) -> None:
    library.close()
    code = (
        "import sys, pathlib; from data.library.library import open_library;"
        "held = open_library(pathlib.Path(sys.argv[1])); print('held', flush=True);"
        "sys.stdin.read(); held.close()"
    )
    holder = in_another_process(code, library.path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LibraryInUse):
        other.merge(library.path)
    holder.communicate("")


def test_a_library_whose_program_crashed_is_merged_as_it_was_before_the_crash(
    library: SqliteLibrary,
    scored: Session,
    other: SqliteLibrary,
    in_another_process: Callable[..., subprocess.Popen[str]],
) -> None:
    library.close()
    code = (
        "import sqlite3, sys, os; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('PRAGMA cache_spill = 1');"
        "c.execute('BEGIN'); c.execute(\"UPDATE session SET title = 'half'\");"
        "c.execute('CREATE TABLE big (x)');"
        "[c.execute('INSERT INTO big VALUES (zeroblob(4000))') for _ in range(200)];"
        "os.kill(os.getpid(), 9)"
    )
    in_another_process(code, library.path).communicate()
    journal = library.path.with_name(library.path.name + "-journal")
    assert journal.stat().st_size > 0
    before = library.path.read_bytes(), journal.read_bytes()
    other.merge(library.path)
    assert all_of(other) == [scored]
    assert (library.path.read_bytes(), journal.read_bytes()) == before


# ---- JSON -------------------------------------------------------------------------------------


def test_a_session_comes_back_equal_from_its_json(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    taken = import_document(other, as_document(library, scored))
    assert taken == other.load_session(scored.id)
    assert same_content(taken, scored)
    assert taken.id == scored.id
    assert other.changes(taken.id) == library.changes(scored.id)
    assert other.position_in(taken.id) == "process.0"
    assert other.check() == ()
    assert as_document(other, taken)["ratings"] == as_document(library, scored)["ratings"]


def test_reading_the_same_json_twice_keeps_one_session(
    library: SqliteLibrary, scored: Session
) -> None:
    taken = import_document(library, as_document(library, scored))
    assert taken == scored
    assert library.session_count() == 1


def test_older_json_of_a_session_that_went_on_changes_nothing(
    library: SqliteLibrary, scored: Session
) -> None:
    document = as_document(library, scored)
    workshop = Workshop(scored, library)
    workshop.set_level("process.0", 5)
    taken = library.import_session(read_session_document(document))
    assert taken == Taken(Outcome.NEWER_HERE, workshop.session)
    assert all_of(library) == [workshop.session]


def test_json_of_a_session_that_went_on_elsewhere_extends_it(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary, proof: Path
) -> None:
    import_document(other, as_document(library, scored))
    workshop = Workshop(scored, library)
    workshop.undo()
    workshop.add_file("process.0", proof)
    taken = other.import_session(read_session_document(as_document(library, workshop.session)))
    assert taken.outcome is Outcome.EXTENDED
    assert same_content(other.load_session(scored.id), workshop.session)
    assert other.changes(scored.id) == library.changes(scored.id)
    assert other.check() == ()


def test_json_with_other_scores_under_the_same_log_is_kept_as_a_second_one(
    library: SqliteLibrary, scored: Session
) -> None:
    document = as_document(library, scored)
    document["changes"] = []
    document["ratings"][0]["note"] = "changed by hand"
    taken = library.import_session(read_session_document(document))
    assert taken.outcome is Outcome.KEPT_BOTH
    assert taken.session.title == "Workshop (second version)"
    assert taken.session.rating("people.0").note == "changed by hand"
    assert library.load_session(scored.id) == scored


def test_a_session_that_is_taken_in_again_leaves_the_archive(
    library: SqliteLibrary, scored: Session
) -> None:
    document = as_document(library, scored)
    library.archive_session(scored.id)
    assert import_document(library, document) == scored
    assert library.session_count() == 1


def damaged(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The document with one value replaced; ``...`` takes the key away."""
    *parents, last = path.split(".")
    holder: Any = document
    for key in parents:
        holder = holder[int(key)] if isinstance(holder, list) else holder[key]
    key: Any = int(last) if isinstance(holder, list) else last
    if value is ...:
        del holder[key]
    else:
        holder[key] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("format", "something", "format"),
        ("format_version", 2, "format_version"),
        ("format_version", True, "format_version"),
        ("model", ..., ""),
        ("model", [], "model"),
        ("model.levels.0.level", 7, "model.levels"),
        ("session.id", "../../etc/passwd", "session.id"),
        ("session.date", "2026-02-30", "session.date"),
        ("session.date", "20260203", "session.date"),
        ("session.title", "x" * 201, "session.title"),
        ("session.title", "half \ud800", "session.title"),
        ("session.title", "two\nlines", "session.title"),
        ("session.title", "\x1b[31mred", "session.title"),
        ("session.organisation.name", "turned \u202e around", "session.organisation.name"),
        ("session.half_levels", 1, "session.half_levels"),
        ("session.language", "../de", "session.language"),
        ("session.organisation.name", "  ", "session.organisation.name"),
        ("session.unit", "nowhere", "session.unit"),
        ("ratings", {}, "ratings"),
        ("ratings.0", 5, "ratings.0"),
        ("ratings.0.area_id", "nowhere", "ratings.0.area_id"),
        ("ratings.0.level", 6, "ratings.0.level"),
        ("ratings.0.level", 2.3, "ratings.0.level"),
        ("ratings.0.level", "3", "ratings.0.level"),
        ("ratings.0.level", True, "ratings.0.level"),
        ("ratings.0.level", float("nan"), "ratings.0.level"),
        ("ratings.0.target", 2.5, "ratings.0.target"),
        ("ratings.0.weight", 0, "ratings.0.weight"),
        ("ratings.0.weight", None, "ratings.0.weight"),
        ("ratings.0.confidence", "sure", "ratings.0.confidence"),
        ("ratings.0.note", ["x"], "ratings.0.note"),
        ("ratings.0.not_applicable", " ", "ratings.0.not_applicable"),
        ("ratings.0.evidence", [{"id": "x"}], "ratings.0.evidence"),
        ("ratings.0.note", ..., "ratings.0"),
        ("session.milestones", {}, "session.milestones"),
        ("session.milestones", ["Lunch"], "session.milestones"),
        ("session.milestones", [{}] * 101, "session.milestones"),
        ("session.milestones.0.id", ..., "session.milestones"),
        ("session.milestones.0.name", " ", "session.milestones"),
        ("session.milestones.0.name", "two\nlines", "session.milestones"),
        ("session.milestones.0.at", None, "session.milestones"),
        ("session.milestones.0.at", "2026-11-23T14:07:32", "session.milestones"),
        ("changes.14.edits.0.after.0.at", "yesterday", "changes.14.edits.0.after"),
        ("changes.0.origin", "guess", "changes.0.origin"),
        ("changes.0.edits.0.field", "colour", "changes.0.edits.0.field"),
        ("changes.0.edits.0.after", "high", "changes.0.edits.0.after"),
        ("changes.0.edits", [], "changes.0"),
        ("changes.16", ..., "changes"),
        ("changes.0.origin", "undo", "changes"),
        ("changes.0.origin", "redo", "changes"),
        ("files.0.content", "c2Vlbg==x", "files.0"),
        ("files.0.content", "bm90IHNlZW4=", "files.0"),
        ("files.0", ..., "files"),
    ],
)
def test_a_fault_in_the_json_is_refused_with_its_place(
    document: dict[str, Any], other: SqliteLibrary, path: str, value: Any, where: str
) -> None:
    damaged(document, path, value)
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    assert any(fault.path.startswith(where) for fault in caught.value.faults)
    assert other.session_count() == 0
    assert other._store.log.head()[0] == 0


def test_a_session_file_of_a_newer_version_is_said_to_be_newer(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    damaged(document, "format_version", 7)
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    (said,) = caught.value.lines(translator_for("en"))
    assert "newer version of Stufenplan (format 7; this version reads up to 1)" in said


def test_choices_are_named_as_json_writes_them(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    damaged(document, "ratings.0.confidence", "sure")
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    assert caught.value.lines(translator_for("en")) == [
        "ratings.0.confidence: One of these is needed here: null, guess, example, evidence."
    ]


def test_all_faults_of_the_json_are_named_at_once(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    damaged(document, "ratings.0.level", 9)
    damaged(document, "ratings.2.weight", 11)
    damaged(document, "session.date", "soon")
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    assert [fault.path for fault in caught.value.faults] == [
        "session.date", "ratings.0.level", "ratings.2.weight",
    ]  # fmt: skip


def test_faults_of_the_model_and_of_the_session_are_named_at_once(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    damaged(document, "model.levels.0.level", 7)
    damaged(document, "model.dimensions.0.areas.0.name.en", "half \ud800")
    damaged(document, "session.date", "soon")
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    paths = {fault.path for fault in caught.value.faults}
    assert {"model.dimensions.0.areas.0.name.en", "session.date"} <= paths
    assert any(path.startswith("model.levels") for path in paths)


def test_a_model_inside_json_is_held_to_the_limits_of_model_files(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary
) -> None:
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]
    for hostile in (deep, ["x"] * 60_000):
        document = damaged(as_document(library, scored), "model.sources", hostile)
        with pytest.raises(InvalidFile) as caught:
            import_document(other, document)
        assert caught.value.faults[0].path.startswith("model")


def test_units_nested_without_end_are_refused(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    unit = document["session"]["units"][0]
    document["session"]["units"] = [{**unit, "id": f"u{n}"} for n in range(30)]
    document["session"]["unit"] = "u29"
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    assert [fault.path for fault in caught.value.faults] == ["session.units"]


@pytest.mark.parametrize("document", [None, [], {}, "text", {"format": "stufenplan-session"}])
def test_json_of_something_else_is_refused(other: SqliteLibrary, document: Any) -> None:
    with pytest.raises(InvalidFile):
        import_document(other, document)


def test_an_area_that_is_rated_twice_is_a_fault(
    document: dict[str, Any], other: SqliteLibrary
) -> None:
    document["ratings"].append(document["ratings"][0])
    with pytest.raises(InvalidFile) as caught:
        import_document(other, document)
    assert [fault.path for fault in caught.value.faults] == ["ratings.4"]


@pytest.mark.parametrize("damage", ["a text that is no text", "pages of noise"])
def test_a_damaged_library_is_refused_in_a_sentence_that_names_it(
    library: SqliteLibrary, scored: Session, other: SqliteLibrary, tmp_path: Path, damage: str
) -> None:
    source = tmp_path / "broken.stufenplan"
    library.save_copy(source)
    content = bytearray(source.read_bytes())
    if damage == "pages of noise":
        content[4096:12288] = bytes(range(256)) * 32
    else:
        place = content.index("Größe".encode()) + 3
        content[place : place + 1] = b"\xff"
    source.write_bytes(content)
    with pytest.raises(UnusableLibrary, match=r"broken\.stufenplan"):
        other.merge(source)
    assert other.session_count() == 0


def test_a_name_too_long_for_the_disk_is_refused_in_a_sentence(
    library: SqliteLibrary, scored: Session, tmp_path: Path
) -> None:
    with pytest.raises(StorageUnavailable, match="Choose a shorter, plainer one"):
        library.export_session(scored.id, tmp_path / f"{'x' * 300}.stufenplan")
