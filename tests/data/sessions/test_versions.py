"""Libraries merged to and fro: sessions told by id and log, and names by ids."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput, NameTaken
from app.ports import MergeReport, OtherName
from app.session.rating import Rating
from app.session.session import NewSession, Session
from app.session.units import affiliation_named
from app.workshop.history import taken_back
from app.workshop.workshop import Workshop
from data.library.clock import local_now
from data.library.library import SqliteLibrary, open_library
from data.sessions.merge import take_in_all
from data.sessions.versions import first_title, original_id, second_title

NewSessions = Callable[..., NewSession]

SECOND = "Workshop (second version)"


@pytest.fixture
def there(library: SqliteLibrary, session: Session, tmp_path: Path) -> Iterator[SqliteLibrary]:
    """A copy of the library with one session."""
    assert session
    library.save_copy(tmp_path / "there.stufenplan")
    opened = open_library(tmp_path / "there.stufenplan")
    yield opened
    opened.close()


def work_on(library: SqliteLibrary, session_id: str) -> Workshop:
    return Workshop(library.load_session(session_id), library)


def merged(target: SqliteLibrary, source: SqliteLibrary) -> MergeReport:
    """Merge an open library, as from its file."""
    with copied(source) as path:
        return target.merge(path)


_numbers = itertools.count()


@contextmanager
def copied(source: SqliteLibrary) -> Iterator[Path]:
    copy = source.path.with_name(f"copy {next(_numbers)}.stufenplan")
    source.save_copy(copy)
    try:
        yield copy
    finally:
        copy.unlink()


def quickly_merged(target: SqliteLibrary, source: SqliteLibrary) -> MergeReport:
    """The same without copy and backup."""
    with target._access.writing() as store:
        return take_in_all(store, source._file, local_now())


def titles(library: SqliteLibrary) -> list[str]:
    return sorted(summary.title for summary in library.session_summaries())


def is_quiet(report: MergeReport) -> bool:
    """True if a merge changed nothing."""
    return not (report.added or report.extended or report.kept_both)


# ---- the longer log wins ----------------------------------------------------------------------


def test_a_session_that_went_on_elsewhere_is_extended(
    library: SqliteLibrary, session: Session, there: SqliteLibrary
) -> None:
    workshop = work_on(there, session.id)
    workshop.set_level("people.0", 3)
    workshop.set_note("people.0", "Seen")
    workshop.undo()
    assert merged(library, there).extended == ("Workshop",)
    assert library.load_session(session.id) == workshop.session
    assert library.changes(session.id) == there.changes(session.id)
    here = work_on(library, session.id)
    here.redo()
    assert here.session.rating("people.0").note == "Seen"
    assert library.check() == ()


def test_a_session_that_went_on_here_stays_as_it_is(
    library: SqliteLibrary, session: Session, there: SqliteLibrary
) -> None:
    workshop = work_on(library, session.id)
    workshop.set_level("people.0", 3)
    before = library._store.log.head()
    assert merged(library, there).newer_here == ("Workshop",)
    assert library.load_session(session.id) == workshop.session
    assert library._store.log.head() == before


def test_the_same_content_by_different_ways_is_one_session(
    library: SqliteLibrary, session: Session, there: SqliteLibrary
) -> None:
    for each, level in ((library, 2), (there, 3)):
        workshop = work_on(each, session.id)
        workshop.set_level("people.0", level)
        workshop.undo()
    assert merged(library, there).identical == ("Workshop",)
    assert titles(library) == ["Workshop"]


# ---- both are kept ----------------------------------------------------------------------------


@pytest.fixture
def diverged(library: SqliteLibrary, session: Session, there: SqliteLibrary) -> Session:
    """The session, which went on in both libraries."""
    work_on(library, session.id).set_level("people.0", 2)
    work_on(there, session.id).set_level("people.0", 3)
    return session


def test_two_versions_stay_two_however_often_libraries_are_merged_to_and_fro(
    library: SqliteLibrary, diverged: Session, there: SqliteLibrary
) -> None:
    assert merged(library, there).kept_both == (SECOND,)
    assert merged(there, library).kept_both == (SECOND,)
    for _ in range(2):
        assert is_quiet(merged(library, there))
        assert is_quiet(merged(there, library))
    for each in (library, there):
        assert titles(each) == ["Workshop", SECOND]
        assert each.check() == ()
    assert library.load_session(diverged.id).rating("people.0").level == 2


def test_a_second_version_is_extended_when_the_original_goes_on_elsewhere(
    library: SqliteLibrary, diverged: Session, there: SqliteLibrary
) -> None:
    merged(library, there)
    workshop = work_on(there, diverged.id)
    workshop.set_level("people.1", 4)
    workshop.undo()
    workshop.undo()
    assert merged(library, there).extended == (SECOND,)
    (second,) = [s for s in library.session_summaries() if s.title == SECOND]
    here = work_on(library, second.id)
    assert here.session.all_ratings() == workshop.session.all_ratings()
    here.redo()
    assert here.session.rating("people.0").level == 3
    assert library.check() == ()


def test_work_on_a_second_version_returns_to_the_original(
    library: SqliteLibrary, diverged: Session, there: SqliteLibrary
) -> None:
    merged(library, there)
    (second,) = [s for s in library.session_summaries() if s.title == SECOND]
    work_on(library, second.id).set_level("people.1", 4)
    report = merged(there, library)
    assert (report.extended, report.kept_both) == (("Workshop",), (SECOND,))
    assert there.load_session(diverged.id).rating("people.1").level == 4
    assert there.load_session(diverged.id).rating("people.0").level == 3
    assert is_quiet(merged(library, there))


def test_titles_changed_before_and_after_the_libraries_parted_lead_on(
    library: SqliteLibrary, diverged: Session, there: SqliteLibrary
) -> None:
    workshop = work_on(there, diverged.id)
    workshop.set_detail("title", "Herbst")
    merged(library, there)
    second_title_of = "Herbst (second version)"
    assert titles(library) == [second_title_of, "Workshop"]
    workshop.undo()
    workshop.set_level("people.1", 1)
    assert merged(library, there).extended == (SECOND,)
    workshop.set_detail("title", "Winter")
    assert merged(library, there).extended == ("Winter",)
    (second,) = [s for s in library.session_summaries() if s.title == "Winter"]
    work_on(library, second.id).set_detail("title", "Winter 2")
    assert merged(there, library).extended == ("Winter 2",)
    assert is_quiet(merged(library, there))
    assert library.check() == ()
    assert there.check() == ()


def test_a_third_library_gets_both_versions_once(
    library: SqliteLibrary, diverged: Session, there: SqliteLibrary, tmp_path: Path
) -> None:
    merged(library, there)
    merged(there, library)
    with closing(open_library(tmp_path / "third.stufenplan", create=True)) as third:
        merged(third, library)
        assert is_quiet(merged(third, there))
        assert titles(third) == ["Workshop", SECOND]


@pytest.mark.parametrize("length", [5, 180, 200])
@pytest.mark.parametrize("language", ["de", "en", "fr"])
def test_the_title_of_a_second_version_leads_back_to_the_first(length: int, language: str) -> None:
    title = "x" * length
    second = second_title(title, language)
    assert len(second) <= 200
    assert first_title(second) == first_title(title)
    assert first_title(title) == title[: len(first_title(title))]


def test_the_id_of_a_version_names_the_original(
    library: SqliteLibrary, diverged: Session, there: SqliteLibrary
) -> None:
    merged(library, there)
    ids = [summary.id for summary in library.session_summaries()]
    assert {original_id(each) for each in ids} == {diverged.id}


# ---- names ------------------------------------------------------------------------------------


def test_the_same_name_is_the_same_client_and_is_not_said_to_differ(
    library: SqliteLibrary, session: Session, tmp_path: Path, a_session: NewSessions
) -> None:
    assert session
    with closing(open_library(tmp_path / "own.stufenplan", create=True)) as own:
        own.create_session(a_session(title="Theirs", unit="IT/Platform"))
        report = merged(library, own)
    assert (report.added, report.other_names) == (("Theirs",), ())
    assert len(library.organisations()) == 1


def test_spellings_that_differ_are_said(
    library: SqliteLibrary, session: Session, tmp_path: Path, a_session: NewSessions
) -> None:
    assert session
    with closing(open_library(tmp_path / "own.stufenplan", create=True)) as own:
        own.create_session(a_session(organisation="ACME", title="Theirs"))
        assert merged(library, own).other_names == (OtherName("Acme", "ACME"),)


def test_a_client_renamed_in_one_library_makes_no_second_versions(
    library: SqliteLibrary, session: Session, there: SqliteLibrary
) -> None:
    there.naming.rename_organisation(session.organisation.id, "Acme Holding")
    work_on(there, session.id).set_level("people.0", 3)
    report = merged(library, there)
    assert (report.extended, report.kept_both) == (("Workshop",), ())
    assert report.other_names == (OtherName("Acme", "Acme Holding"),)
    assert library.load_session(session.id).organisation.name == "Acme"
    assert is_quiet(merged(there, library))
    assert there.load_session(session.id).organisation.name == "Acme Holding"


def test_a_session_that_was_moved_here_has_given_no_client_another_name(
    library: SqliteLibrary, session: Session, there: SqliteLibrary
) -> None:
    workshop = work_on(library, session.id)
    workshop.correct({"affiliation": workshop.affiliation("Nordwerk", "X/Y")})
    report = merged(library, there)
    assert (report.newer_here, report.other_names) == (("Workshop",), ())


def test_sessions_of_a_client_renamed_elsewhere_come_to_the_client_here(
    library: SqliteLibrary, session: Session, there: SqliteLibrary, a_session: NewSessions
) -> None:
    there.naming.rename_organisation(session.organisation.id, "Acme Holding")
    there.create_session(a_session(organisation="Acme Holding", unit="IT", title="New"))
    assert merged(library, there).added == ("New",)
    (client,) = library.organisations()
    assert client == session.organisation
    assert library.check() == ()


def test_two_clients_that_the_other_library_tells_apart_stay_two(
    library: SqliteLibrary, session: Session, there: SqliteLibrary, a_session: NewSessions
) -> None:
    there.naming.rename_organisation(session.organisation.id, "Acme Holding")
    there.create_session(a_session(organisation="Acme", title="Of the new Acme"))
    report = merged(library, there)
    assert OtherName("Acme (2)", "Acme") in report.other_names
    assert {each.name for each in library.organisations()} == {"Acme", "Acme (2)"}
    assert is_quiet(merged(there, library))
    assert {each.name for each in there.organisations()} == {"Acme", "Acme Holding"}


def test_sessions_of_a_client_that_was_merged_here_come_to_what_it_became(
    library: SqliteLibrary, session: Session, there: SqliteLibrary, a_session: NewSessions
) -> None:
    there.create_session(a_session(unit="IT", title="Theirs"))
    other = library.create_session(a_session(organisation="Nordwerk", title="Nord"))
    library.naming.merge_organisations(session.organisation.id, other.organisation.id)
    library.naming.rename_organisation(other.organisation.id, "Nord")
    assert merged(library, there).added == ("Theirs",)
    assert [each.name for each in library.organisations()] == ["Nord"]
    assert is_quiet(merged(library, there))
    report = merged(there, library)
    assert report.added == ("Nord",)
    assert OtherName("Acme", "Nord") in report.other_names
    assert is_quiet(merged(there, library))
    assert is_quiet(merged(library, there))
    assert library.check() == ()
    assert there.check() == ()


def test_units_of_the_same_name_are_one_where_their_clients_were_merged(
    library: SqliteLibrary, tmp_path: Path, a_session: NewSessions
) -> None:
    one = library.create_session(a_session(organisation="One", unit="IT", title="1"))
    two = library.create_session(a_session(organisation="Two", unit="HR", title="2"))
    library.save_copy(tmp_path / "there.stufenplan")
    with closing(open_library(tmp_path / "there.stufenplan")) as there:
        there.naming.merge_organisations(one.organisation.id, two.organisation.id)
        there.create_session(a_session(organisation="Two", unit="IT", title="3"))
        assert merged(library, there).added == ("3",)
        library.create_session(a_session(organisation="Two", unit="IT", title="4"))
        assert merged(there, library).added == ("4",)
        (client,) = there.organisations()
        assert [unit.full_name for unit in there.units(client.id)] == ["HR", "IT"]
        assert is_quiet(merged(library, there))
        assert there.check() == ()
    assert library.check() == ()


def test_units_renamed_and_moved_elsewhere_are_still_the_units_here(
    library: SqliteLibrary, tmp_path: Path, a_session: NewSessions
) -> None:
    platform = library.create_session(a_session(unit="IT/Platform", title="One")).unit
    desk = library.create_session(a_session(unit="Desk", title="Two")).unit
    assert platform is not None
    assert desk is not None
    library.save_copy(tmp_path / "there.stufenplan")
    with closing(open_library(tmp_path / "there.stufenplan")) as there:
        there.naming.rename_unit(platform.id, "Plattform")
        there.naming.merge_units(str(platform.parent_id), desk.id)
        there.create_session(a_session(unit="Desk/Plattform", title="Three"))
        report = merged(library, there)
        assert report.added == ("Three",)
        assert report.other_names == (OtherName("IT / Platform", "Desk / Plattform"),)
        units = {s.title: s.unit.full_name for s in library.session_summaries() if s.unit}
        assert units == {"One": "IT / Platform", "Two": "Desk", "Three": "IT / Platform"}
        assert is_quiet(merged(there, library))
    assert library.check() == ()


# ---- any work, merged in any order ------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["here", "there"]),
        st.sampled_from(
            ["level", "note", "undo", "redo", "title", "take in", "move", "rename", "unite", "unit"]
        ),
        st.integers(1, 3),
    ),
    max_size=12,
)


def take_step(library: SqliteLibrary, other: SqliteLibrary, kind: str, number: int) -> None:
    """One step of work on one of the sessions, or a merge in between."""
    if kind == "take in":
        quickly_merged(library, other)
        return
    summaries = sorted(library.session_summaries(), key=lambda s: s.id)
    workshop = work_on(library, summaries[number % len(summaries)].id)
    clients = library.organisations()
    match kind:
        case "move":
            unit = f"Unit {number}/IT" if number > 1 else "IT"
            workshop.correct({"affiliation": affiliation_named(f"Client {number}", unit)})
        case "rename":
            with suppress(NameTaken):
                library.naming.rename_organisation(clients[0].id, f"Client {number}")
        case "unit" if library.units(clients[number % len(clients)].id):
            units = library.units(clients[number % len(clients)].id)
            with suppress(NameTaken):
                for unit in units[:1]:
                    library.naming.rename_unit(unit.id, f"Unit {number}")
            with suppress(InvalidInput), library._access.writing() as store:
                store.clients.merge_units(units[-1].id, units[number % len(units)].id, local_now())
        case "unite" if len(clients) > 1:
            united = clients[number % len(clients)], clients[(number + 1) % len(clients)]
            with library._access.writing() as store:
                store.clients.merge_organisations(*(each.id for each in united), local_now())
        case "level":
            workshop.set_level("people.0", number)
        case "note":
            workshop.set_note("people.1", f"note {number}")
        case "title":
            workshop.set_detail("title", f"Title {number}")
        case "undo":
            workshop.undo()
        case "redo":
            workshop.redo()


Content = tuple[str, tuple[Rating, ...]]


def contents(library: SqliteLibrary) -> list[Content]:
    """Contents that must not get lost: per session the original id, all levels and reasons."""
    return [
        (original_id(summary.id), library.load_session(summary.id).all_ratings())
        for summary in library.session_summaries()
    ]


def contents_ever(library: SqliteLibrary) -> list[Content]:
    """The same at every moment that *Undo* leads back to."""
    found = []
    for summary in library.session_summaries():
        session, changes = library.load_session(summary.id), library.changes(summary.id)
        for count in range(len(changes) + 1):
            earlier = taken_back(session, changes[count:])
            found.append((original_id(summary.id), earlier.all_ratings()))
    return found


@settings(
    max_examples=min(20, settings.default.max_examples // 3),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, order=st.permutations(["here", "there"]))
def test_two_libraries_are_stable_after_one_round_and_nothing_is_lost(
    steps: list[tuple[str, str, int]],
    order: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    a_session: NewSessions,
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with closing(open_library(folder / "here.stufenplan", create=True)) as here:
        session = here.create_session(a_session())
        work_on(here, session.id).set_level("people.0", 1)
        here.save_copy(folder / "there.stufenplan")
        with closing(open_library(folder / "there.stufenplan")) as there:
            libraries = {"here": here, "there": there}
            for where, kind, number in steps:
                other = libraries["there" if where == "here" else "here"]
                take_step(libraries[where], other, kind, number)
            first, second = libraries[order[0]], libraries[order[1]]
            before = [*contents(here), *contents(there)]
            quickly_merged(first, second)
            quickly_merged(second, first)
            for content in before:
                assert content in contents_ever(here)
                assert content in contents_ever(there)
            assert is_quiet(quickly_merged(first, second))
            assert is_quiet(quickly_merged(second, first))
            assert set(contents(here)) == set(contents(there))
            assert here.check() == ()
            assert there.check() == ()
