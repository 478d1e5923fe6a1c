"""Organisations and units are renamed and merged, and everything follows."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.deletions import Choices, Kind, Target
from app.errors import InvalidInput, NameTaken, StorageUnavailable, UnusableLibrary
from app.session.session import NewSession
from app.session.units import Unit, affiliation_named
from app.workshop.workshop import Workshop
from data.library import columns
from data.library.backups import restore_backup
from data.library.columns import with_digest
from data.library.keys import name_key
from data.library.library import SqliteLibrary, open_library
from data.sessions.document import read_session_document
from exports.session_json import json_text, session_to_document

NewSessions = Callable[..., NewSession]


def found(library: SqliteLibrary, search: str = "") -> list[str]:
    """Organisation, unit and title of the sessions that a search finds."""
    return sorted(
        " · ".join(filter(None, (s.organisation.name, s.unit.full_name if s.unit else "", s.title)))
        for s in library.session_summaries(search)
    )


def unit_of(library: SqliteLibrary, organisation: str, full_name: str) -> Unit:
    (client,) = [each for each in library.organisations() if each.name == organisation]
    (unit,) = [each for each in library.units(client.id) if each.full_name == full_name]
    return unit


@pytest.fixture
def clients(library: SqliteLibrary, a_session: NewSessions) -> SqliteLibrary:
    """Two clients with some units of the same name."""
    for organisation, unit, title in (
        ("Acme", "", "Whole"),
        ("Acme", "IT/Platform/Cloud", "Cloud"),
        ("Acme", "IT/Desk", "Desk"),
        ("Acme", "HR", "People"),
        ("Nordwerk", "IT/Platform", "Nord"),
        ("Nordwerk", "Sales", "Sales"),
    ):
        session = library.create_session(
            a_session(organisation=organisation, unit=unit, title=title)
        )
        Workshop(session, library).set_level("people.0", 2)
    return library


def id_of(library: SqliteLibrary, organisation: str) -> str:
    (client,) = [each for each in library.organisations() if each.name == organisation]
    return client.id


# ---- renaming ---------------------------------------------------------------------------------


def test_a_renamed_client_is_found_by_its_new_name_alone(clients: SqliteLibrary) -> None:
    before = [clients.changes(summary.id) for summary in clients.session_summaries()]
    renaming = clients.naming.rename_organisation(id_of(clients, "Acme"), " Acme  Holding ")
    assert renaming is not None
    assert (renaming.before, renaming.place.name) == ("Acme", "Acme Holding")
    assert found(clients, "acme holding cloud") == ["Acme Holding · IT / Platform / Cloud · Cloud"]
    assert [clients.changes(summary.id) for summary in clients.session_summaries()] == before
    path = clients.path
    assert clients.check() == ()
    clients.close()
    again = open_library(path)
    assert len(found(again, "acme holding")) == 4
    assert again.check() == ()
    again.close()


def test_a_renamed_unit_renames_the_path_of_all_below_it(clients: SqliteLibrary) -> None:
    clients.naming.rename_unit(unit_of(clients, "Acme", "IT").id, "Technik")
    assert found(clients, "technik") == [
        "Acme · Technik / Desk · Desk",
        "Acme · Technik / Platform / Cloud · Cloud",
    ]
    assert found(clients, "nordwerk it") == ["Nordwerk · IT / Platform · Nord"]
    assert clients.check() == ()


def test_a_rename_is_taken_back_by_a_logged_counter_action(clients: SqliteLibrary) -> None:
    renaming = clients.naming.rename_organisation(id_of(clients, "Acme"), "Acme Holding")
    assert renaming is not None
    clients.naming.take_back(renaming)
    assert len(found(clients, "acme")) == 4
    assert found(clients, "holding") == []
    rows = clients._connection.execute(
        "SELECT id, reverses, content FROM change_log WHERE session_id IS NULL"
        " AND origin = 'organisation' ORDER BY seq DESC LIMIT 2"
    ).fetchall()
    (_, reverses, back), (entry, _, there) = rows
    assert reverses == entry == renaming.entry
    assert (json.loads(there)["name"], json.loads(back)["name"]) == ("Acme Holding", "Acme")
    assert clients.check() == ()


def test_a_rename_that_was_renamed_again_is_not_taken_back(clients: SqliteLibrary) -> None:
    renaming = clients.naming.rename_unit(unit_of(clients, "Acme", "HR").id, "People")
    assert renaming is not None
    clients.naming.rename_unit(renaming.place.id, "Human resources")
    with pytest.raises(InvalidInput, match="renamed again"):
        clients.naming.take_back(renaming)
    assert found(clients, "human") == ["Acme · Human resources · People"]


def test_a_name_that_is_taken_names_the_one_that_has_it(clients: SqliteLibrary) -> None:
    with pytest.raises(NameTaken, match="“Nordwerk” already") as taken:
        clients.naming.rename_organisation(id_of(clients, "Acme"), "NORDWERK")
    assert taken.value.other_id == id_of(clients, "Nordwerk")
    desk = unit_of(clients, "Acme", "IT / Desk")
    with pytest.raises(NameTaken, match="“IT / Platform” already"):
        clients.naming.rename_unit(desk.id, "platform")
    clients.naming.rename_unit(desk.id, "HR")  # another parent, so the name is free
    assert clients.check() == ()


def test_spelling_alone_can_be_corrected_and_the_same_name_is_no_change(
    clients: SqliteLibrary,
) -> None:
    head = clients._store.log.head()
    acme = id_of(clients, "Acme")
    assert clients.naming.rename_organisation(acme, "Acme ") is None
    assert clients._store.log.head() == head
    assert clients.naming.rename_organisation(acme, "ACME") is not None
    assert found(clients, "acme")[0].startswith("ACME")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_that_is_none_is_refused(clients: SqliteLibrary, name: str) -> None:
    with pytest.raises(InvalidInput):
        clients.naming.rename_organisation(id_of(clients, "Acme"), name)
    with pytest.raises(InvalidInput):
        clients.naming.rename_unit(unit_of(clients, "Acme", "HR").id, name)
    assert len(found(clients, "acme")) == 4


def test_work_goes_on_and_is_undone_in_a_session_of_a_renamed_client(
    clients: SqliteLibrary,
) -> None:
    (summary,) = clients.session_summaries("desk")
    clients.naming.rename_organisation(id_of(clients, "Acme"), "Acme Holding")
    workshop = Workshop(clients.load_session(summary.id), clients)
    workshop.set_level("people.1", 3)
    workshop.undo()
    workshop.undo()
    assert workshop.session.rating("people.0").level is None
    assert workshop.session.organisation.name == "Acme Holding"
    assert clients.check() == ()


# ---- merging ----------------------------------------------------------------------------------


def test_merged_clients_keep_every_session_and_units_of_the_same_name_become_one(
    clients: SqliteLibrary,
) -> None:
    joining = clients.naming.merge_organisations(id_of(clients, "Acme"), id_of(clients, "Nordwerk"))
    assert (joining.name, joining.into.name, joining.sessions) == ("Acme", "Nordwerk", 4)
    assert found(clients) == [
        "Nordwerk · HR · People",
        "Nordwerk · IT / Desk · Desk",
        "Nordwerk · IT / Platform / Cloud · Cloud",
        "Nordwerk · IT / Platform · Nord",
        "Nordwerk · Sales · Sales",
        "Nordwerk · Whole",
    ]
    assert [each.name for each in clients.organisations()] == ["Nordwerk"]
    names = [unit.full_name for unit in clients.units(joining.into.id)]
    assert sorted(names) == sorted(set(names))
    for summary in clients.session_summaries():
        assert clients.load_session(summary.id).rating("people.0").level == 2
    assert clients.check() == ()
    path = clients.path
    clients.close()
    again = open_library(path)
    assert len(found(again, "nordwerk")) == 6
    again.close()


def test_what_was_before_a_merge_is_in_the_backup_it_names(
    clients: SqliteLibrary, tmp_path: Path
) -> None:
    before = found(clients)
    joining = clients.naming.merge_organisations(id_of(clients, "Acme"), id_of(clients, "Nordwerk"))
    assert joining.backup == clients.backups()[0].path
    restore_backup(joining.backup, tmp_path / "restored.stufenplan")
    restored = open_library(tmp_path / "restored.stufenplan")
    assert found(restored) == before
    restored.close()


def test_a_merged_unit_brings_its_sessions_and_the_units_below_it(clients: SqliteLibrary) -> None:
    joining = clients.naming.merge_units(
        unit_of(clients, "Acme", "IT").id, unit_of(clients, "Acme", "HR").id
    )
    assert (joining.name, joining.sessions) == ("IT", 2)
    assert found(clients, "acme") == [
        "Acme · HR / Desk · Desk",
        "Acme · HR / Platform / Cloud · Cloud",
        "Acme · HR · People",
        "Acme · Whole",
    ]
    assert clients.check() == ()


def test_a_unit_is_merged_into_the_one_above_also_when_names_below_clash(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    for unit in ("IT/IT", "IT/IT/IT", "IT/IT/Desk", "IT/Desk"):
        library.create_session(a_session(unit=unit, title=unit))
    library.naming.merge_units(
        unit_of(library, "Acme", "IT / IT").id, unit_of(library, "Acme", "IT").id
    )
    assert found(library) == [
        "Acme · IT / Desk · IT/Desk",
        "Acme · IT / Desk · IT/IT/Desk",
        "Acme · IT / IT · IT/IT/IT",
        "Acme · IT · IT/IT",
    ]
    assert library.check() == ()


def test_merges_that_make_no_sense_are_refused_and_change_nothing(clients: SqliteLibrary) -> None:
    it, platform = unit_of(clients, "Acme", "IT"), unit_of(clients, "Acme", "IT / Platform")
    other, acme = unit_of(clients, "Nordwerk", "IT"), id_of(clients, "Acme")
    before, head = found(clients), clients._store.log.head()
    with pytest.raises(InvalidInput, match="the other way round"):
        clients.naming.merge_units(it.id, platform.id)
    with pytest.raises(InvalidInput, match="another organisation"):
        clients.naming.merge_units(it.id, other.id)
    with pytest.raises(InvalidInput, match="Choose another unit"):
        clients.naming.merge_units(it.id, it.id)
    with pytest.raises(InvalidInput, match="Choose another organisation"):
        clients.naming.merge_organisations(acme, acme)
    with pytest.raises(InvalidInput, match="There is no"):
        clients.naming.merge_organisations(acme, "none")
    assert (found(clients), clients._store.log.head()) == (before, head)
    assert clients.backups() == ()


def test_a_merge_that_would_nest_units_too_deeply_is_refused(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    library.create_session(a_session(unit="/".join("abcdefghijklmnopqrs")))
    library.create_session(a_session(unit="x/y/z"))
    deep = unit_of(library, "Acme", " / ".join("abcdefghijklmnopqrs"))
    with pytest.raises(InvalidInput, match="at most 20 deep"):
        library.naming.merge_units(unit_of(library, "Acme", "x").id, deep.id)
    assert unit_of(library, "Acme", "x / y / z")
    assert library.check() == ()


def test_undo_leads_to_what_a_former_client_and_unit_became(
    clients: SqliteLibrary, a_session: NewSessions
) -> None:
    (summary,) = clients.session_summaries("desk")
    workshop = Workshop(clients.load_session(summary.id), clients)
    workshop.correct({"affiliation": affiliation_named("Südwerk", "IT")})
    clients.naming.merge_units(
        unit_of(clients, "Acme", "IT / Desk").id, unit_of(clients, "Acme", "HR").id
    )
    clients.naming.merge_organisations(id_of(clients, "Acme"), id_of(clients, "Nordwerk"))
    clients.naming.rename_organisation(id_of(clients, "Nordwerk"), "Nord")
    workshop = Workshop(clients.load_session(summary.id), clients)
    workshop.undo()
    assert found(clients, "desk") == ["Nord · HR · Desk"]
    workshop.redo()
    assert found(clients, "desk") == ["Südwerk · IT · Desk"]
    assert clients.check() == ()


def test_a_step_between_clients_that_are_one_now_is_undone_and_exported(
    clients: SqliteLibrary, tmp_path: Path
) -> None:
    (summary,) = clients.session_summaries("whole")
    workshop = Workshop(clients.load_session(summary.id), clients)
    workshop.correct({"affiliation": affiliation_named("Südwerk", "")})
    clients.naming.merge_organisations(id_of(clients, "Südwerk"), id_of(clients, "Acme"))
    workshop = Workshop(clients.load_session(summary.id), clients)
    workshop.undo()
    workshop.undo()
    assert workshop.session.rating("people.0").level is None
    document = session_to_document(clients.whole_session(summary.id), exported_with="test")
    read: dict[str, Any] = json.loads(json_text(document))
    other = open_library(tmp_path / "other.stufenplan", create=True)
    assert other.import_session(read_session_document(read)).session.organisation.name == "Acme"
    assert other.check() == ()
    other.close()
    assert clients.check() == ()


# ---- the check --------------------------------------------------------------------------------


def alter(library: SqliteLibrary, table: str, row_id: str, **values: Any) -> None:
    """Write a row with a valid digest past the log."""
    covered = columns.digested_tables()[table]
    names = ", ".join(covered)
    row = library._connection.execute(
        f"SELECT {names} FROM {table} WHERE id = ?", (row_id,)
    ).fetchone()
    changed = with_digest(covered, dict(zip(covered, row, strict=True)) | values)
    settings = ", ".join(f"{name} = ?" for name in changed)
    library._connection.execute(
        f"UPDATE {table} SET {settings} WHERE id = ?", (*changed.values(), row_id)
    )


def test_the_check_finds_a_rename_that_the_log_does_not_lead_to(clients: SqliteLibrary) -> None:
    clients.naming.rename_organisation(id_of(clients, "Acme"), "Acme Holding")
    assert clients.check() == ()
    for name in ("Acme", "Zenith"):
        alter(
            clients, "organisation", id_of(clients, "Acme Holding"),
            name=name, name_key=name_key(name),
        )  # fmt: skip
        assert clients.check()
        alter(
            clients, "organisation", id_of(clients, name),
            name="Acme Holding", name_key=name_key("Acme Holding"),
        )  # fmt: skip
    assert clients.check() == ()


def test_the_check_finds_a_unit_that_was_moved_past_the_log(clients: SqliteLibrary) -> None:
    desk, hr = unit_of(clients, "Acme", "IT / Desk"), unit_of(clients, "Acme", "HR")
    alter(clients, "unit", desk.id, parent_id=hr.id)
    assert clients.check()


def test_the_check_finds_a_merged_client_that_is_back(clients: SqliteLibrary) -> None:
    acme = id_of(clients, "Acme")
    row = clients._connection.execute("SELECT * FROM organisation WHERE id = ?", (acme,)).fetchone()
    clients.naming.merge_organisations(acme, id_of(clients, "Nordwerk"))
    clients._connection.execute("INSERT INTO organisation VALUES (?, ?, ?, ?)", row)
    assert clients.check()


# ---- failures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("refused", ["UPDATE", "DELETE", "INSERT INTO change_log", "COMMIT"])
def test_a_merge_or_rename_that_fails_changes_nothing(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions, refused: str
) -> None:
    library, connection = failing_library
    library.create_session(a_session(organisation="Acme", unit="IT"))
    library.create_session(a_session(organisation="Nordwerk", unit="IT"))
    before, head = found(library), library._store.log.head()
    acme, nordwerk = id_of(library, "Acme"), id_of(library, "Nordwerk")
    work: list[Callable[[], object]] = [
        lambda: library.naming.merge_organisations(acme, nordwerk),
        lambda: library.naming.rename_organisation(acme, "Zenith"),
    ]
    for each in work[:1] if refused == "DELETE" else work:
        connection.refuse = refused
        with pytest.raises((StorageUnavailable, UnusableLibrary)):
            each()
        connection.refuse = ""
        assert (found(library), library._store.log.head()) == (before, head)
    assert library.check() == ()
    library.naming.merge_organisations(acme, nordwerk)
    assert library.check() == ()


# ---- deleting for good ------------------------------------------------------------------------


def test_nothing_is_left_of_former_names_of_a_deleted_client(clients: SqliteLibrary) -> None:
    acme, nordwerk = id_of(clients, "Acme"), id_of(clients, "Nordwerk")
    clients.naming.rename_organisation(acme, "Zenith")
    clients.naming.rename_unit(unit_of(clients, "Zenith", "HR").id, "Menschen")
    clients.naming.merge_organisations(acme, nordwerk)
    clients.naming.rename_organisation(nordwerk, "Südwind")
    clients.deletions.delete(Target(Kind.CLIENT, nordwerk), "Ana", Choices(backups=True))
    path = clients.path
    assert clients.check() == ()
    clients.close()
    content = path.read_bytes()
    for name in ("Acme", "Zenith", "Nordwerk", "Südwind", "Menschen", "Platform", acme, nordwerk):
        assert name.encode() not in content


@pytest.mark.slow
def test_a_process_killed_while_it_renames_and_merges_leaves_all_or_nothing(
    clients: SqliteLibrary, in_another_process: Callable[..., subprocess.Popen[str]]
) -> None:
    path = clients.path
    clients.close()
    code = (
        "import itertools, pathlib, sys; from data.library.library import open_library\n"
        "library = open_library(pathlib.Path(sys.argv[1])); print('ready', flush=True)\n"
        "for number in itertools.count():\n"
        "    one, two = library.organisations()[:2] if number else library.organisations()\n"
        "    library.naming.rename_organisation(one.id, f'Client {number}')\n"
        "    for unit in library.units(one.id)[:1]:\n"
        "        library.naming.rename_unit(unit.id, f'Unit {number}')\n"
        "    library.naming.merge_organisations(two.id, one.id)\n"
        "    library.add_organisation(f'New {number}')\n"
    )
    for number in range(8):
        process = in_another_process(code, path)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05 + number * 0.07)
        process.kill()
        process.communicate()
        library = open_library(path)
        assert library.check() == ()
        assert library.session_count() == 6
        names = {each.name for each in library.organisations()}
        shown = {each.organisation.name for each in library.session_summaries()}
        assert shown <= names
        if len(names) == 1:
            library.add_organisation("Another")
        library.close()


# ---- looking up what was merged ----------------------------------------------------------------


def test_a_merge_that_could_not_be_stored_leads_nowhere(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions
) -> None:
    library, disk = failing_library
    for name in ("Acme", "Nordwerk AG", "Zeta"):
        library.create_session(a_session(organisation=name))
    acme, nordwerk, zeta = (id_of(library, name) for name in ("Acme", "Nordwerk AG", "Zeta"))
    disk.refuse = "UPDATE session"  # after the entry about the merge was written
    with pytest.raises(StorageUnavailable):
        library.naming.merge_organisations(acme, nordwerk)
    disk.refuse = ""
    library.naming.merge_organisations(acme, zeta)
    assert library._store.units.known_organisation(acme) == library._store.units.organisation(zeta)
    library.deletions.delete(Target(Kind.CLIENT, zeta), "Ana")
    assert library._store.units.known_organisation(acme) is None
    assert library.check() == ()


def test_looking_for_an_unknown_client_takes_the_same_in_a_library_of_any_size(
    library: SqliteLibrary,
) -> None:
    units, steps = library._store.units, 0

    def count() -> None:
        nonlocal steps
        steps += 1

    def steps_of_a_lookup() -> int:
        nonlocal steps
        assert units.known_organisation("unknown") is None  # reads the end of the log
        steps = 0
        library._connection.set_progress_handler(count, 1)
        assert units.known_organisation("unknown") is None
        library._connection.set_progress_handler(None, 0)
        return steps

    library.add_organisation("Acme")
    few = steps_of_a_lookup()
    for number in range(20):
        library.add_organisation(f"Client {number}")
    assert 0 < steps_of_a_lookup() <= few + 5


@pytest.mark.parametrize("is_client", [True, False])
def test_a_session_that_left_a_merged_client_or_unit_is_sound_after_that_one_was_deleted(
    library: SqliteLibrary, a_session: NewSessions, is_client: bool
) -> None:
    session = library.create_session(a_session(organisation="Acme", unit="IT"))
    workshop = Workshop(session, library)
    workshop.correct({"affiliation": affiliation_named("Nordwerk", "Sales")})
    library.create_session(a_session(organisation="Zeta"))
    library.create_session(a_session(organisation="Nordwerk", unit="HR"))
    if is_client:
        library.naming.merge_organisations(id_of(library, "Nordwerk"), id_of(library, "Zeta"))
        gone = Target(Kind.CLIENT, id_of(library, "Zeta"))
    else:
        sales, people = (unit_of(library, "Nordwerk", name) for name in ("Sales", "HR"))
        library.naming.merge_units(sales.id, people.id)
        gone = Target(Kind.UNIT, people.id)
    Workshop(library.load_session(session.id), library).correct(
        {"affiliation": affiliation_named("Acme", "IT")}
    )
    library.deletions.delete(gone, "Ana")
    assert library.check() == ()
    assert Workshop(library.load_session(session.id), library).session.organisation.name == "Acme"
    document = session_to_document(library.whole_session(session.id), exported_with="test")
    read_session_document(json.loads(json_text(document)))
