"""Content of a library: organisations, sessions, ratings, history, files and positions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidInput, NotFound
from app.figures.scoring import profile
from app.model.maturity_model import MaturityModel
from app.session.evidence import MAX_EVIDENCE_BYTES, EvidenceKind
from app.session.rating import Confidence, Rating
from app.session.session import NewSession, Session
from app.workshop.history import Edit, apply_change, new_change
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library

NewSessions = Callable[..., NewSession]


def reopened(library: SqliteLibrary) -> SqliteLibrary:
    library.close()
    return open_library(library.path)


def test_a_new_session_is_there_after_a_restart(library: SqliteLibrary, session: Session) -> None:
    again = reopened(library)
    assert again.load_session(session.id) == session
    again.close()


def test_everything_decided_about_an_area_is_there_after_a_restart(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    library_half = library.create_session(
        NewSession("Acme", session.model, half_levels=True, unit="Team Nord")
    )
    proof = tmp_path / "Nachweis.txt"
    proof.write_bytes(b"seen")
    workshop = Workshop(library_half, library)
    workshop.set_level("people.0", Fraction(5, 2))
    workshop.set_target("people.0", 4)
    workshop.set_weight("people.0", Fraction("0.1"))
    workshop.set_confidence("people.0", Confidence.EXAMPLE)
    workshop.set_note("people.0", "Größe ✓ → ≥\nzweite Zeile 🙂\x00Ende")
    workshop.add_link("people.0", "https://example.org", "Wiki")
    workshop.add_file("people.0", proof)
    workshop.set_not_applicable("people.1", "Ausgelagert")
    workshop.set_detail("title", "Titel")
    workshop.set_detail("date", date(2025, 2, 28))
    again = reopened(library)
    stored = again.load_session(library_half.id)
    assert stored == workshop.session
    evidence = stored.rating("people.0").evidence[1]
    assert evidence.kind is EvidenceKind.FILE
    assert again.file_content(evidence.digest) == b"seen"
    again.close()


def test_unscored_is_null_in_the_file_and_never_the_lowest_level(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 1)
    workshop.set_level("people.0", None)
    (level,) = library._connection.execute("SELECT level FROM rating").fetchone()
    assert level is None
    assert library.load_session(session.id).rating("people.0").level is None


def test_undo_brings_the_old_level_back_on_disk(library: SqliteLibrary, session: Session) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    workshop.set_level("people.0", 4)
    workshop.undo()
    assert library.load_session(session.id).rating("people.0").level == 2


def test_undo_and_redo_go_on_after_a_restart(library: SqliteLibrary, session: Session) -> None:
    workshop = Workshop(session, library)
    for level in (1, 2, 3):
        workshop.set_level("people.0", level)
    workshop.undo()
    again = reopened(library)
    resumed = Workshop(again.load_session(session.id), again)
    resumed.redo()
    assert resumed.session.rating("people.0").level == 3
    for _ in range(5):
        resumed.undo()
    assert resumed.session.rating("people.0").level is None
    assert again.load_session(session.id).rating("people.0").level is None
    again.close()


def test_a_change_stored_twice_is_one_change_with_one_acknowledgement(
    library: SqliteLibrary, session: Session
) -> None:
    change = new_change(session.id, [Edit("people.0", "level", None, Fraction(3))])
    first = library.record(change)
    assert library.record(change) == first
    assert [found.id for found in library.changes(session.id)] == [change.id]


def test_the_acknowledgement_carries_the_local_time(
    library: SqliteLibrary, session: Session
) -> None:
    change = new_change(session.id, [Edit("people.0", "level", None, Fraction(3))])
    saved = library.record(change)
    assert saved.at.utcoffset() is not None
    assert saved.seq == library._store.log.head()[0]


def test_nothing_is_overwritten_that_somebody_else_changed_meanwhile(
    library: SqliteLibrary, session: Session
) -> None:
    library.record(new_change(session.id, [Edit("people.0", "level", None, Fraction(3))]))
    stale = new_change(session.id, [Edit("people.0", "level", None, Fraction(5))])
    with pytest.raises(InvalidInput, match="changed elsewhere"):
        library.record(stale)
    assert library.load_session(session.id).rating("people.0").level == 3


def test_a_change_of_many_areas_is_stored_whole_or_not_at_all(
    library: SqliteLibrary, session: Session
) -> None:
    edits = [
        Edit("people.0", "level", None, Fraction(3)),
        Edit("nowhere", "level", None, Fraction(3)),
    ]
    with pytest.raises(InvalidInput, match="nowhere"):
        library.record(new_change(session.id, edits))
    assert library.load_session(session.id) == session
    assert library.changes(session.id) == ()


def test_a_weight_with_endless_decimals_can_be_set_altered_and_undone(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = Workshop(session, library)
    workshop.set_weight("people.0", Fraction(1, 3))
    workshop.set_weight("people.0", Fraction(2, 3))
    workshop.undo()
    stored = library.load_session(session.id).rating("people.0").weight
    assert abs(stored - Fraction(1, 3)) < Fraction(1, 10**15)
    again = Workshop(library.load_session(session.id), library)
    again.undo()
    assert again.session.rating("people.0").weight == 1
    assert library.check() == ()


def test_half_a_character_is_refused_with_a_sentence(
    library: SqliteLibrary, session: Session
) -> None:
    with pytest.raises(InvalidInput, match="half a character"):
        Workshop(session, library).set_note("people.0", "broken \ud800")
    assert library.load_session(session.id) == session


def test_a_name_with_half_a_character_is_not_found_and_no_damage(library: SqliteLibrary) -> None:
    with pytest.raises(NotFound):
        library.load_session("caf\udce9")
    assert library.session_summaries("caf\udce9") == ()
    assert library.session_count("caf\udce9") == 0


def test_a_change_of_an_unknown_session_is_refused(library: SqliteLibrary) -> None:
    with pytest.raises(NotFound, match="nobody"):
        library.record(new_change("nobody", [Edit("people.0", "level", None, Fraction(3))]))


# ---- organisations and units ------------------------------------------------------------------


def test_organisations_are_the_same_whatever_the_case_and_the_umlauts_form(
    library: SqliteLibrary,
) -> None:
    first = library.add_organisation("Öl  und Gas")
    assert library.add_organisation("  O\N{COMBINING DIAERESIS}L UND GAS ") == first
    assert library.organisations() == (first,)


def test_an_organisation_needs_a_name(library: SqliteLibrary) -> None:
    with pytest.raises(InvalidInput, match="name of the organisation"):
        library.add_organisation("   ")


def test_units_form_a_tree_with_parents_before_children(library: SqliteLibrary) -> None:
    acme = library.add_organisation("Acme")
    area = library.add_unit(acme.id, "Zentrale", "department")
    team = library.add_unit(acme.id, "Alpha", parent_id=area.id)
    other = library.add_unit(acme.id, "Beta")
    assert library.add_unit(acme.id, "ALPHA", parent_id=area.id) == team
    assert library.units(acme.id) == (other, area, team)


def test_a_path_of_names_creates_the_units_on_the_way(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    session = library.create_session(a_session(unit=" IT /  Platform  team "))
    department, team = library.units(session.organisation.id)
    assert (department.name, department.kind, department.parent_id) == ("IT", "department", None)
    assert (team.name, team.kind, team.parent_id) == ("Platform team", "team", department.id)
    again = library.create_session(a_session(unit="it/platform TEAM"))
    assert again.unit == team
    assert len(library.units(session.organisation.id)) == 2


def test_a_unit_knows_the_names_above_it_wherever_it_is_read(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    created = library.create_session(a_session(unit="Group/IT/Platform"))
    found = [
        created.unit,
        library.load_session(created.id).unit,
        library.session_summaries()[0].unit,
        library.units(created.organisation.id)[-1],
        library.create_session(a_session(unit="group/it/platform")).unit,
    ]
    assert [unit.full_name for unit in found if unit] == ["Group / IT / Platform"] * 5


def test_a_slash_can_belong_to_a_name(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    unit = library.create_session(a_session(unit=r"IT/CI\/CD team")).unit
    assert unit is not None
    assert (unit.above, unit.name) == (("IT",), "CI/CD team")
    assert unit.path == r"IT/CI\/CD team"
    assert library.create_session(a_session(unit=unit.path)).unit == unit


def test_a_search_finds_the_units_above_too(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    created = library.create_session(a_session(unit="Group/IT/Platform"))
    library.create_session(a_session(unit="Platform"))
    for text in ("group", "IT / Platform", "it/platform"):
        assert [item.id for item in library.session_summaries(text)] == [created.id]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("IT//Team", "A name is missing in the unit “IT//Team”."),
        ("/Team", "A name is missing in the unit “/Team”."),
        ("IT/ ", "A name is missing in the unit “IT/”."),
        ("/", "A name is missing in the unit “/”."),
        ("/".join("ABCDEFGHIJKLMNOPQRSTU"), "Units are nested at most 20 deep."),
        ("IT/" + "x" * 201, "A name can have at most 200 characters."),
    ],
)
def test_a_path_of_units_that_cannot_be_is_refused_and_nothing_is_kept(
    library: SqliteLibrary, a_session: Callable[..., NewSession], path: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=re.escape(sentence)):
        library.create_session(a_session(unit=path))
    assert library.organisations() == ()


def test_a_unit_cannot_hang_below_another_organisation(library: SqliteLibrary) -> None:
    acme, other = library.add_organisation("Acme"), library.add_organisation("Other")
    unit = library.add_unit(other.id, "Team")
    with pytest.raises(InvalidInput, match="another organisation"):
        library.add_unit(acme.id, "Alpha", parent_id=unit.id)


# ---- the list ---------------------------------------------------------------------------------


def test_the_list_shows_the_last_opened_session_first(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    first, second = (library.create_session(a_session(title=title)) for title in "ab")
    assert [summary.id for summary in library.session_summaries()] == [second.id, first.id]
    library.remember_position(first.id, "people.1")
    assert [summary.id for summary in library.session_summaries()] == [first.id, second.id]


def test_a_summary_holds_the_same_figures_as_the_session(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 4)
    workshop.set_weight("people.0", Fraction(3))
    workshop.set_level("people.1", 1)
    workshop.set_level("process.0", 5)
    workshop.set_not_applicable("process.0", "Outsourced")
    (summary,) = library.session_summaries()
    figures = profile(workshop.session)
    assert dict(summary.profile) == {group.id: group.mean for group in figures.dimensions}
    assert (summary.scored, summary.applicable) == (2, 3)
    assert (summary.lowest_level, summary.highest_level) == (1, 5)
    assert dict(summary.model_name)["en"] == "Small"


def test_search_finds_every_word_in_any_case(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    library.create_session(a_session(organisation="Stadtwerke Öhringen", title="Auftakt"))
    library.create_session(a_session(organisation="Acme", unit="Straße 100%", title="Review"))
    titles = {
        words: [summary.title for summary in library.session_summaries(words)]
        for words in ("ÖHRINGEN", "strasse", "acme review", "100%", "_", "acme auftakt", " ")
    }
    assert titles == {
        "ÖHRINGEN": ["Auftakt"],
        "strasse": ["Review"],
        "acme review": ["Review"],
        "100%": ["Review"],
        "_": [],
        "acme auftakt": [],
        " ": ["Review", "Auftakt"],
    }
    assert library.session_count("ÖHRINGEN") == 1
    assert library.session_count() == 2


def test_the_list_comes_in_pages(library: SqliteLibrary, a_session: NewSessions) -> None:
    ids = [library.create_session(a_session(title=str(n))).id for n in range(7)][::-1]
    pages = [library.session_summaries(limit=3, offset=start) for start in (0, 3, 6, 9)]
    assert [[summary.id for summary in page] for page in pages] == [ids[:3], ids[3:6], ids[6:], []]


def test_the_list_reads_no_model(library: SqliteLibrary, session: Session) -> None:
    assert session
    again = reopened(library)
    seen: list[str] = []
    again._connection.set_trace_callback(seen.append)
    again.session_summaries(limit=50)
    again._connection.set_trace_callback(None)
    assert seen
    assert not [sql for sql in seen if "document" in sql]
    again.close()


def test_an_archived_session_is_in_no_list_and_comes_back_whole(
    library: SqliteLibrary, session: Session
) -> None:
    Workshop(session, library).set_level("people.0", 3)
    library.remember_position(session.id, "people.0")
    library.archive_session(session.id)
    assert library.session_summaries() == ()
    assert library.session_count() == 0
    assert library.last_position() is None
    assert [summary.title for summary in library.archived_sessions()] == [session.title]
    library.archive_session(session.id, archived=False)
    assert library.archived_sessions() == ()
    assert [summary.scored for summary in library.session_summaries()] == [1]


def test_earlier_sessions_are_those_of_the_same_unit_newest_first(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    days = {"jan": 1, "mar": 3, "feb": 2}
    made = {
        name: library.create_session(a_session(title=name, date=date(2026, month, 1), unit="Nord"))
        for name, month in days.items()
    }
    library.create_session(a_session(title="other unit", date=date(2026, 1, 1), unit="Süd"))
    library.create_session(a_session(title="no unit", date=date(2026, 1, 1)))
    found = library.earlier_sessions(made["mar"].id)
    assert [summary.title for summary in found] == ["feb", "jan"]


# ---- models -----------------------------------------------------------------------------------


def test_an_imported_model_is_offered_and_a_frozen_copy_is_not(
    library: SqliteLibrary, session: Session, new_model: Callable[..., MaturityModel]
) -> None:
    assert library.models() == ()
    other = new_model("other")
    library.add_model(other)
    library.add_model(session.model)
    library.add_model(other)
    assert [model.id for model in library.models()] == ["small", "other"]


def test_a_session_keeps_its_model_when_a_newer_one_is_imported(
    library: SqliteLibrary, session: Session, new_model: Callable[..., MaturityModel]
) -> None:
    library.add_model(session.model)
    newer = new_model(version="2", areas=3)
    library.add_model(newer)
    again = reopened(library)
    assert again.models() == (newer,)
    assert again.load_session(session.id).model == session.model
    again.close()


def test_sessions_on_one_model_share_a_single_copy(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    for number in range(3):
        library.create_session(a_session(title=str(number)))
    assert library._connection.execute("SELECT count(*) FROM model").fetchone() == (1,)


# ---- files and positions ----------------------------------------------------------------------


def test_the_same_file_is_kept_once(library: SqliteLibrary, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_bytes(b"same")
    two.write_bytes(b"same")
    first, second = library.add_file(one), library.add_file(two)
    assert (first.digest, first.size) == (second.digest, 4)
    assert first.id != second.id
    assert library._connection.execute("SELECT count(*) FROM file").fetchone() == (1,)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is a text")
def test_a_file_whose_name_is_no_text_can_be_attached(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/report \xff.txt"))
    path.write_bytes(b"seen")
    workshop = Workshop(session, library)
    workshop.add_file("people.0", path)
    (evidence,) = library.load_session(session.id).rating("people.0").evidence
    assert evidence.title == "report \N{REPLACEMENT CHARACTER}.txt"


def test_a_session_whose_title_is_too_long_is_refused(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    with pytest.raises(InvalidInput, match="at most 200"):
        library.create_session(a_session(title="x" * 201))
    assert library.session_count() == 0


def test_the_open_library_is_no_evidence_because_reading_it_would_let_go_of_it(
    library: SqliteLibrary, in_another_process: Callable[..., subprocess.Popen[str]]
) -> None:
    with pytest.raises(InvalidInput, match="is the library that is open"):
        library.add_file(library.path)
    code = (
        "import sys, pathlib; from app.errors import LibraryInUse;"
        "from data.library import opening; opening.LOCK_WAIT_SECONDS = 0.02;"
        "from data.library.library import open_library\n"
        "try: open_library(pathlib.Path(sys.argv[1])).close()\n"
        "except LibraryInUse: print('held')"
    )
    second = in_another_process(code, library.path)
    assert second.communicate() == ("held\n", "")


@pytest.mark.parametrize("size", [0, MAX_EVIDENCE_BYTES])
def test_files_up_to_the_limit_are_kept(library: SqliteLibrary, tmp_path: Path, size: int) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(b"\x00" * size)
    evidence = library.add_file(path)
    assert len(library.file_content(evidence.digest)) == size


def test_a_file_that_is_too_large_or_missing_is_refused(
    library: SqliteLibrary, tmp_path: Path
) -> None:
    path = tmp_path / "file.bin"
    with pytest.raises(InvalidInput, match="cannot be read"):
        library.add_file(path)
    path.write_bytes(b"\x00" * (MAX_EVIDENCE_BYTES + 1))
    with pytest.raises(InvalidInput, match="larger than 10 MB"):
        library.add_file(path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        library.add_file(tmp_path)


def test_the_place_where_somebody_was_survives_a_restart(
    library: SqliteLibrary, session: Session
) -> None:
    assert library.last_position() is None
    library.remember_position(session.id, "process.1")
    again = reopened(library)
    assert again.last_position() == (session.id, "process.1")
    assert again.position_in(session.id) == "process.1"
    assert again.position_in("nobody") is None
    again.close()


# ---- the log ----------------------------------------------------------------------------------


def test_the_log_replays_to_the_session(library: SqliteLibrary, session: Session) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    workshop.set_detail("title", "Renamed")
    workshop.undo()
    workshop.set_not_applicable("process.1", "No")
    replayed = library._store.sessions.first_state(session.id)
    assert replayed == session
    for change in library.changes(session.id):
        replayed = apply_change(replayed, change)
    assert replayed == workshop.session == library.load_session(session.id)


def test_a_damaged_score_can_be_read_from_the_log(library: SqliteLibrary, session: Session) -> None:
    Workshop(session, library).set_level("people.0", 4)
    library._connection.execute("UPDATE rating SET level = 1")
    assert library.load_session(session.id).rating("people.0").level == 1
    assert [fault.values["detail"] for fault in library.check()] == [f"rating {session.id}"]
    replayed = library._store.sessions.first_state(session.id)
    for change in library.changes(session.id):
        replayed = apply_change(replayed, change)
    assert replayed.rating("people.0").level == 4


@pytest.mark.parametrize(
    "torn",
    [
        "DELETE FROM rating WHERE area_id = 'people.1'",
        "INSERT OR REPLACE INTO rating SELECT * FROM earlier.rating",
    ],
)
def test_scores_of_another_moment_than_the_log_are_noticed(
    library: SqliteLibrary, session: Session, tmp_path: Path, torn: str
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    library.save_copy(tmp_path / "earlier.stufenplan")
    workshop.set_level("people.0", 4)
    workshop.set_level("people.1", 4)
    library._connection.execute("ATTACH ? AS earlier", (str(tmp_path / "earlier.stufenplan"),))
    library._connection.execute(torn)
    faults = [fault.values["detail"] for fault in library.check()]
    assert faults == [f"session {session.id}"]


def test_a_clock_set_back_reorders_nothing(library_path: Path, a_session: NewSessions) -> None:

    zone = timezone(timedelta(hours=2))
    times = iter(datetime(2038, 1, 19, 3, 14, tzinfo=zone) - timedelta(days=n) for n in range(99))
    library = open_library(library_path, create=True, now=lambda: next(times))
    first = library.create_session(a_session(title="first"))
    second = library.create_session(a_session(title="second"))
    workshop = Workshop(first, library)
    for level in (1, 2, 3):
        workshop.set_level("people.0", level)
    assert [summary.id for summary in library.session_summaries()] == [second.id, first.id]
    after = [change.edits[0].after for change in library.changes(first.id)]
    assert after == [1, 2, 3]
    assert library.check() == ()
    library.close()


def test_the_import_of_the_library_loads_neither_sqlite_utils_nor_numpy() -> None:
    code = (
        "import sys, data.library.library; from data.library.folders import default_library_path;"
        "print([n for n in ('sqlite_utils', 'numpy', 'pandas', 'pydantic', 'ruamel.yaml', 'click')"
        " if n in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert found.stdout.strip() == "[]"


def test_a_new_library_needs_neither_sqlite_utils_nor_numpy(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from data.library.library import open_library;"
        "open_library(pathlib.Path(sys.argv[1]), create=True).close();"
        "print([n for n in ('sqlite_utils', 'numpy', 'pandas') if n in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "new.stufenplan")],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert found.stdout.strip() == "[]"


def test_details_of_a_session_are_searched_as_they_are_now(
    library: SqliteLibrary, session: Session
) -> None:
    Workshop(session, library).set_detail("title", "Jahresgespräch")
    assert [summary.title for summary in library.session_summaries("JAHRES")] == ["Jahresgespräch"]
    assert library.session_summaries("workshop") == ()


def test_edits_that_are_there_already_are_not_logged_again(
    library: SqliteLibrary, session: Session
) -> None:
    edit = Edit("people.0", "level", None, Fraction(3))
    library.record(new_change(session.id, [edit]))
    both = [edit, Edit("people.1", "level", None, Fraction(2))]
    library.record(new_change(session.id, both))
    logged: Any = [change.edits for change in library.changes(session.id)]
    assert logged == [(edit,), (both[1],)]
    assert replace(session, ratings={}) == library._store.sessions.first_state(session.id)


def test_checkpoints_are_there_again_after_a_restart(
    library: SqliteLibrary, session: Session, library_path: Path
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    first = workshop.add_checkpoint("Vor der Pause")
    workshop.set_level("people.0", 4)
    second = workshop.add_checkpoint("Nach der Pause")
    library.close()
    again = open_library(library_path)
    assert again.check() == ()
    workshop = Workshop(again.load_session(session.id), again)
    assert workshop.session.milestones == (first, second)
    workshop.return_to(first)
    assert again.load_session(session.id).rating("people.0").level == 2
    again.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE milestone SET name = 'Other'",
        "DELETE FROM milestone",
        "UPDATE milestone SET at = '2026-11-23T14:07:33+01:00'",
    ],
)
def test_a_checkpoint_that_was_tampered_with_is_noticed(
    library: SqliteLibrary, session: Session, statement: str
) -> None:
    Workshop(session, library).add_checkpoint("Vor der Pause")
    library._connection.execute(statement)
    assert library.check() != ()


def test_edits_of_the_same_field_are_stored_one_after_the_other(
    library: SqliteLibrary, session: Session
) -> None:
    area = session.model.areas[0].id
    there_and_back = [
        Edit(area, "level", None, Fraction(3)),
        Edit(area, "level", Fraction(3), None),
    ]
    change = new_change(session.id, there_and_back)
    library.record(change)
    assert library.load_session(session.id) == apply_change(session, change)
    assert library.changes(session.id)[0].edits == change.edits


def test_organisations_and_units_stand_where_people_look_for_them(library: SqliteLibrary) -> None:
    for name in ("Zebra", "Ärztehaus", "Arzt 10", "Arzt 9"):
        clinic = library.add_organisation(name)
    for name in ("Team 10", "Überblick", "Team 9", "Vertrieb"):
        library.add_unit(clinic.id, name)
    names = [each.name for each in library.organisations()]
    assert names == ["Arzt 9", "Arzt 10", "Ärztehaus", "Zebra"]
    units = [each.name for each in library.units(clinic.id)]
    assert units == ["Team 9", "Team 10", "Überblick", "Vertrieb"]


def test_the_client_that_was_open_last_is_known_after_a_restart(
    tmp_path: Path, a_session: Callable[..., NewSession]
) -> None:
    path = tmp_path / "library.stufenplan"
    with closing(open_library(path, create=True)) as first:
        assert first.last_client() is None
        opened = first.create_session(a_session(organisation="Nordwerk AG"))
        first.remember_position(opened.id, opened.model.areas[0].id)
        other = first.create_session(a_session(organisation="Sparkasse"))
    with closing(open_library(path)) as again:
        assert again.last_client() == opened.organisation.id
        assert [each.id for each in again.session_summaries(client_id=again.last_client())] == [
            opened.id
        ]
        assert again.session_count(client_id=other.organisation.id) == 1
        assert again.session_count() == 2
        again.archive_session(opened.id)
        assert again.last_client() == opened.organisation.id
        assert [each.id for each in again.archived_sessions(opened.organisation.id)] == [opened.id]
        assert again.archived_sessions(other.organisation.id) == ()


def test_the_dates_of_all_sessions_of_a_client_are_known_newest_first(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    made = [
        library.create_session(
            a_session(organisation=name, unit=unit, date=date(2026, 1, day), ratings=ratings)
        )
        for name, unit, day, ratings in (
            ("Acme", "IT/Team A", 1, (Rating("people.0", Fraction(2)),)),
            ("Acme", "", 3, (Rating("people.0", Fraction(2), not_applicable="Elsewhere"),)),
            ("Acme", "IT/Team A", 2, (Rating("people.0", target=2),)),
            ("Other", "Team B", 4, ()),
        )
    ]
    library.archive_session(library.create_session(a_session(organisation="Acme")).id)
    client = made[0].organisation.id
    assert [
        (each.id, each.unit, each.date, each.is_scored) for each in library.dated_sessions(client)
    ] == [
        (made[number].id, made[number].unit, made[number].date, is_scored)
        for number, is_scored in ((1, False), (2, False), (0, True))
    ]
    assert made[0].unit is not None
    assert library.dated_sessions(client)[2].unit.full_name == "IT / Team A"  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        library.dated_sessions("nobody")
