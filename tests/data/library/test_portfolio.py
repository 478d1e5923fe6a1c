"""The clients of a library file with the sessions that say how they stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from app.model.maturity_model import MaturityModel
from app.portfolio import Client
from app.session.rating import Rating
from app.session.session import NewSession, Session
from app.workshop.history import Edit, new_change
from data.library.library import SqliteLibrary

TODAY = date(2027, 5, 31)
NewSessions = Callable[..., NewSession]


def scored(session: NewSession, level: int = 3) -> dict[str, object]:
    return {"ratings": tuple(Rating(a.id, level=Fraction(level)) for a in session.model.areas)}


def test_a_library_without_clients_has_no_portfolio(library: SqliteLibrary) -> None:
    assert library.portfolio(TODAY) == ()


def test_a_client_without_sessions_is_not_assessed(library: SqliteLibrary) -> None:
    acme = library.add_organisation("Acme")
    library.add_unit(acme.id, "IT")
    (client,) = library.portfolio(TODAY)
    assert (client.organisation, client.latest, client.sessions) == (acme, None, ())
    assert [unit.full_name for unit in client.units] == ["IT"]


def test_clients_come_with_their_units_and_the_names_above_them(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    for name in ("Zebra", "acme"):
        library.create_session(a_session(organisation=name, unit="IT/Data"))
    found = library.portfolio(TODAY)
    assert {each.organisation.name for each in found} == {"acme", "Zebra"}
    assert {unit.full_name for each in found for unit in each.units} == {"IT / Data"}


def test_the_latest_session_with_a_level_counts_and_archived_ones_do_not(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    levels = scored(a_session())
    first = library.create_session(a_session(date=date(2026, 3, 1), **levels))
    second = library.create_session(a_session(date=date(2026, 9, 1), **levels))
    empty = library.create_session(a_session(date=date(2027, 3, 1)))
    (client,) = library.portfolio(TODAY)
    assert client.latest is not None
    assert client.latest.id == second.id
    assert {each.id for each in client.sessions} == {second.id, empty.id}
    library.archive_session(second.id)
    assert latest_id(library) == first.id


def latest_id(library: SqliteLibrary) -> str | None:
    (client,) = library.portfolio(TODAY)
    return None if client.latest is None else client.latest.id


def test_an_area_that_does_not_apply_is_not_assessed(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    area = a_session().model.areas[0].id
    out = Rating(area, level=Fraction(2), not_applicable="no software")
    library.create_session(a_session(ratings=(out,)))
    assert latest_id(library) is None


def test_a_session_to_come_without_levels_is_planned(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    library.create_session(a_session(date=date(2027, 12, 1)))
    library.create_session(a_session(date=date(2027, 6, 18)))
    (client,) = library.portfolio(TODAY)
    due = client.due(TODAY)
    assert due is not None
    assert (due.day, due.days, due.is_first) == (date(2027, 6, 18), 18, True)
    assert client.latest is None


def test_of_two_sessions_on_one_day_the_newer_one_counts(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    for _ in range(2):
        last = library.create_session(a_session(**scored(a_session())))
    assert latest_id(library) == last.id


def test_what_is_read_is_what_the_sessions_say(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    """Compare with all sessions one by one, in a library made at random."""
    chance = random.Random(7)
    made: list[Session] = []
    for _ in range(60):
        levels = scored(a_session()) if chance.random() < 0.6 else {}
        new = a_session(
            organisation=chance.choice(("A", "B", "C")),
            unit=chance.choice(("", "IT", "IT/Data", "Sales")),
            date=TODAY + timedelta(days=chance.randrange(-400, 200)),
            facilitator=chance.choice(("Ada", "Bo")),
            next_date=chance.choice((None, date(2027, 9, 1))),
            tags=chance.choice(((), ("pilot", "retail"))),
            **levels,
        )
        made.append(library.create_session(new))
        if chance.random() < 0.2:
            library.archive_session(made.pop().id)
    clients = library.portfolio(TODAY)
    assert len(clients) == 3
    for client in clients:
        check(client, [each for each in made if each.organisation == client.organisation])


def check(client: Client, sessions: list[Session]) -> None:
    for place in client.places:
        own = sorted(
            (each for each in sessions if each.unit == place.unit), key=lambda each: each.date
        )
        assessed = [each for each in own if each.ratings]
        held = [each for each in own if each.date <= TODAY]
        planned = [each for each in own if each.date >= TODAY and not each.ratings]
        wanted = [found[at] if found else None for found, at in
                  ((assessed, -1), (held, -1), (planned, 0))]  # fmt: skip
        found = (place.assessed, place.held, place.planned)
        days = [None if each is None else each.date for each in wanted]
        assert [None if each is None else each.day for each in found] == days
        for each in place.sessions:
            whole = next(session for session in own if session.id == each.id)
            for field in ("title", "facilitator", "next_date", "tags"):
                assert getattr(each, field) == getattr(whole, field)


def test_the_number_of_statements_does_not_grow(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    counts = []
    for round_ in range(2):
        for number in range(1 + 12 * round_):
            levels = scored(a_session())
            library.create_session(a_session(organisation=f"Client {number}", unit="IT", **levels))
        statements: list[str] = []
        library._connection.set_trace_callback(statements.append)
        library.portfolio(TODAY)
        library._connection.set_trace_callback(None)
        counts.append(len([each for each in statements if each.startswith("SELECT")]))
    assert counts[1] <= counts[0] <= 6


# ---- profiles ------------------------------------------------------------------------------------


def means(library: SqliteLibrary, session: Session) -> tuple[list[object], list[object]]:
    shape = library.shapes([session.id])[session.id]
    assert (shape.lowest_level, shape.highest_level) == (1, 5)
    return list(shape.latest), list(shape.earlier)


def test_an_earlier_session_of_the_unit_lies_below_the_profile(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    levels = (scored(a_session(), 2), scored(a_session(), 3))
    library.create_session(a_session(date=date(2026, 1, 1), unit="Other", **levels[0]))
    library.create_session(a_session(date=date(2026, 1, 1), unit="IT", **levels[0]))
    latest = library.create_session(a_session(date=date(2026, 6, 1), unit="IT", **levels[1]))
    assert means(library, latest) == ([3, 3], [2, 2])


def test_an_earlier_average_of_other_areas_does_not_lie_below_it(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    new = a_session(date=date(2026, 1, 1), **scored(a_session(), 2))
    fewer = [replace(each, not_applicable="none here") for each in new.ratings[:1]]
    library.create_session(replace(new, ratings=(*fewer, *new.ratings[1:])))
    latest = library.create_session(a_session(date=date(2026, 6, 1), **scored(a_session())))
    assert means(library, latest) == ([3, 3], [None, 2])


def test_nothing_lies_below_a_profile_with_too_few_areas_in_common(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    ratings = [Rating(each.id, level=Fraction(2)) for each in a_session().model.areas]
    some = ratings[len(ratings) // 2 :]
    library.create_session(a_session(date=date(2026, 1, 1), ratings=tuple(some)))
    latest = library.create_session(a_session(date=date(2026, 6, 1), **scored(a_session())))
    assert means(library, latest) == ([3, 3], [])


def test_no_earlier_session_with_another_scope_or_model_lies_below_it(
    library: SqliteLibrary,
    a_session: NewSessions,
    new_model: Callable[..., MaturityModel],
) -> None:
    levels = scored(a_session())
    library.create_session(a_session(date=date(2026, 1, 1), scope="All of it", **levels))
    other = new_model(version="2", areas=1)
    library.create_session(a_session(date=date(2026, 2, 1), model=other))
    latest = library.create_session(a_session(date=date(2026, 6, 1), **levels))
    assert means(library, latest) == ([3, 3], [])


def test_a_dimension_without_a_level_has_none(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    latest = library.create_session(a_session())
    area = latest.model.areas[0].id
    library.record(new_change(latest.id, [Edit(area, "level", None, Fraction(4))]))
    assert means(library, latest) == ([4, None], [])
    assert library.shapes(["unknown"]) == {}
