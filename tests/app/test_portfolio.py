"""Clients of a library: when they are due, their order, and filters; never by level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.portfolio import (
    Client,
    DueState,
    Listed,
    Place,
    SortBy,
    Wanted,
    in_state,
    portfolio,
)
from app.session.units import Organisation, Unit
from app.words.portfolio_words import (
    assessed_in_words,
    client_in_words,
    due_in_words,
    span_in_words,
)
from app.words.texts import translator_for

TODAY = date(2027, 5, 31)
NORDWERK = Organisation("n", "Nordwerk AG")


def listed(day: date, **values: object) -> Listed:
    session = Listed(f"s{day}", None, "", "Workshop", day, "m", (("en", "Model"), ("de", "Modell")))
    return replace(session, **values)  # type: ignore[arg-type]


def whole(name: str, day: date | None = None, due: date | None = None, **values: object) -> Client:
    """A client that was assessed as a whole."""
    session = None if day is None else listed(day, next_date=due, **values)
    return Client(Organisation(name, name), (Place(None, session, session),))


def team(name: str, parent: Unit | None = None) -> Unit:
    above = () if parent is None else parent.names
    return Unit(name, "n", name, "team", None if parent is None else parent.id, above)


IT = team("IT")
DATA, PLATFORM = team("Data", IT), team("Platform", IT)


# ---- next workshop -------------------------------------------------------------------------------


def test_the_day_agreed_in_the_latest_session_counts() -> None:
    before = listed(date(2026, 5, 1), next_date=date(2026, 11, 1))
    assert Place(None, before, before).due == date(2026, 11, 1)
    later = listed(date(2026, 11, 3), next_date=date(2027, 5, 4))
    assert Place(None, later, later).due == date(2027, 5, 4)


def test_a_planned_session_counts_more_than_the_day_agreed() -> None:
    latest = listed(date(2026, 11, 3), next_date=date(2027, 5, 4))
    planned = listed(date(2027, 6, 18))
    assert Place(None, latest, latest, planned).due == date(2027, 6, 18)


def test_a_session_without_levels_that_sets_no_date_hides_none() -> None:
    latest = listed(date(2026, 11, 3), next_date=date(2027, 5, 4))
    assert Place(None, latest, held=listed(date(2026, 12, 1))).due == date(2027, 5, 4)


def test_a_session_that_was_scored_before_its_day_tells_the_next_one() -> None:
    held = listed(date(2026, 11, 12), next_date=date(2027, 5, 5))
    scored_ahead = listed(date(2027, 5, 5), next_date=date(2027, 11, 4))
    assert Place(None, scored_ahead, held).due == date(2027, 11, 4)


def test_the_earliest_of_all_units_is_the_next_one() -> None:
    first = listed(date(2027, 1, 1), next_date=date(2027, 8, 1), unit="IT / Data")
    other = listed(date(2027, 2, 1), next_date=date(2027, 7, 1), unit="IT / Platform")
    client = Client(NORDWERK, (Place(DATA, first, first), Place(PLATFORM, other, other)))
    due = client.due(TODAY)
    assert due is not None
    assert (due.day, due.unit, due.days) == (date(2027, 7, 1), "IT / Platform", 31)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, DueState.OVERDUE),
        (0, DueState.SOON),
        (28, DueState.SOON),
        (29, DueState.LATER),
    ],
)
def test_today_is_not_overdue_and_four_weeks_are_soon(days: int, state: DueState) -> None:
    due = whole("A", date(2026, 1, 1), TODAY + timedelta(days=days)).due(TODAY)
    assert due is not None
    assert due.state is state


def test_an_organisation_without_sessions_is_due_at_no_time() -> None:
    assert Client(NORDWERK, (Place(None),)).due(TODAY) is None


# ---- units ---------------------------------------------------------------------------------------


def test_departments_count_as_units_if_they_had_a_session_themselves() -> None:
    session = listed(date(2027, 1, 1))
    places = (Place(None), Place(IT), Place(DATA, session, session), Place(PLATFORM))
    client = Client(NORDWERK, places)
    assert (len(client.units), client.assessed_units) == (2, 1)
    with_own = Client(NORDWERK, (*places[:1], Place(IT, session, session), *places[2:]))
    assert (len(with_own.units), with_own.assessed_units) == (3, 2)


def test_the_model_of_the_latest_session_comes_first() -> None:
    planned = listed(date(2027, 9, 1), model_id="new")
    latest = listed(date(2027, 1, 1), model_id="old")
    client = Client(NORDWERK, (Place(None, latest, latest, planned),))
    assert [each.model_id for each in client.models] == ["old", "new"]


# ---- orders --------------------------------------------------------------------------------------

CLIENTS = (
    whole("Zebra", date(2026, 1, 1), date(2027, 3, 9)),
    whole("Ärzte", date(2026, 2, 1), date(2027, 6, 3)),
    whole("Bank"),
    whole("Optik", date(2026, 3, 1), date(2027, 4, 28)),
    whole("Cargo", date(2026, 4, 1)),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (SortBy.NAME, ["Ärzte", "Bank", "Cargo", "Optik", "Zebra"]),
        (SortBy.DUE, ["Zebra", "Optik", "Ärzte", "Bank", "Cargo"]),
        (SortBy.OVERDUE, ["Zebra", "Optik", "Ärzte", "Bank", "Cargo"]),
    ],
)
def test_clients_are_sorted_by_name_or_by_date(order: SortBy, names: list[str]) -> None:
    found = portfolio(CLIENTS, TODAY, order=order)
    assert [each.organisation.name for each in found] == names


def test_overdue_ones_first_leaves_the_others_in_the_order_of_names() -> None:
    late = whole("Alba", date(2026, 1, 1), date(2027, 9, 1))
    found = portfolio((*CLIENTS, late), TODAY, order=SortBy.OVERDUE)
    assert [each.organisation.name for each in found][2:4] == ["Alba", "Ärzte"]


@given(st.permutations(CLIENTS), st.sampled_from(SortBy))
def test_the_order_does_not_depend_on_the_order_before(
    clients: list[Client], order: SortBy
) -> None:
    assert portfolio(clients, TODAY, order=order) == portfolio(CLIENTS, TODAY, order=order)


def test_what_is_overdue_is_listed_longest_first() -> None:
    found = in_state(CLIENTS, TODAY, DueState.OVERDUE)
    assert [each.organisation.name for each in found] == ["Zebra", "Optik"]


# ---- filters -------------------------------------------------------------------------------------


def fitting(*clients: Client, **values: object) -> list[str]:
    wanted = Wanted(**values)  # type: ignore[arg-type]
    return [each.organisation.name for each in portfolio(clients, TODAY, wanted)]


def test_every_word_has_to_occur_somewhere() -> None:
    client = whole("Nordwerk AG", date(2027, 1, 1), tags=("pilot",), title="Frühling")
    assert fitting(client, words="nord PILOT frühling") == ["Nordwerk AG"]
    assert fitting(client, words="nord other") == []


def test_a_unit_is_found_even_without_a_session() -> None:
    client = Client(NORDWERK, (Place(None), Place(DATA)))
    assert fitting(client, unit="data") == fitting(client, words="it data") == ["Nordwerk AG"]
    assert fitting(client, unit="sales") == []


def test_one_session_has_to_fit_all_filters_about_sessions() -> None:
    one = listed(date(2027, 1, 1), facilitator="Ada", tags=("pilot",), unit="IT / Data")
    other = listed(date(2027, 2, 1), facilitator="Bo", unit="IT / Platform")
    client = Client(NORDWERK, (Place(DATA, one, one), Place(PLATFORM, other, other)))
    assert fitting(client, facilitator="ada", tag="PILOT", unit="data") == ["Nordwerk AG"]
    assert fitting(client, facilitator="Bo", tag="pilot") == []
    assert fitting(client, facilitator="Ada", unit="platform") == []


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"overdue": True}, ["Optik", "Zebra"]),
        ({"within_days": 0}, ["Optik", "Zebra"]),
        ({"within_days": 3}, ["Ärzte", "Optik", "Zebra"]),
        ({"since": date(2026, 3, 1)}, ["Cargo", "Optik"]),
        ({"before": date(2026, 2, 1)}, ["Bank", "Zebra"]),
        ({"model": "m"}, ["Ärzte", "Cargo", "Optik", "Zebra"]),
        ({"model": "other"}, []),
    ],
)
def test_dates_and_models_filter(wanted: dict[str, object], names: list[str]) -> None:
    assert fitting(*CLIENTS, **wanted) == names


# ---- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "english", "german"),
    [
        (0, "due today", "heute fällig"),
        (1, "due in 1 day", "fällig in 1 Tag"),
        (3, "due in 3 days", "fällig in 3 Tagen"),
        (13, "due in 13 days", "fällig in 13 Tagen"),
        (14, "in 2 weeks", "in 2 Wochen"),
        (44, "in 6 weeks", "in 6 Wochen"),
        (800, "in 2 years", "in 2 Jahren"),
        (-1, "overdue by 1 day", "seit 1 Tag überfällig"),
        (-2, "overdue by 2 days", "seit 2 Tagen überfällig"),
        (-83, "overdue by 11 weeks", "seit 11 Wochen überfällig"),
        (-800, "overdue by 2 years", "seit 2 Jahren überfällig"),
    ],
)
def test_how_far_away_it_is_in_words(days: int, english: str, german: str) -> None:
    due = whole("A", date(2026, 1, 1), TODAY + timedelta(days=days)).due(TODAY)
    assert due is not None
    assert due_in_words(due, translator_for("en")) == english
    assert due_in_words(due, translator_for("de")) == german


@pytest.mark.parametrize(
    ("days", "german"), [(-1, "1 Tag"), (3, "3 Tage"), (-83, "11 Wochen"), (900, "2 Jahre")]
)
def test_a_span_in_words(days: int, german: str) -> None:
    assert span_in_words(days, translator_for("de")) == german


def test_how_much_was_assessed_in_words() -> None:
    session, tr = listed(date(2027, 1, 1)), translator_for("en")
    one, two = Place(DATA, session, session), Place(PLATFORM)
    assert assessed_in_words(Client(NORDWERK, (one, two)), tr) == "1 of 2 units assessed"
    assert assessed_in_words(Client(NORDWERK, (one,)), tr) == "1 of 1 unit assessed"
    assert assessed_in_words(Client(NORDWERK, (two,)), tr) == "not assessed yet"
    assert assessed_in_words(whole("A", date(2027, 1, 1)), tr) == "assessed as a whole"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Zebra, Model, last session 1 January 2026, assessed as a whole,"
            " next workshop 9 March 2027, overdue by 11 weeks",
        ),
        (
            "de",
            "Zebra, Modell, letzter Workshop 1. Januar 2026, als Ganzes bewertet,"
            " nächster Workshop 9. März 2027, seit 11 Wochen überfällig",
        ),
    ],
)
def test_a_client_in_one_sentence(language: str, sentence: str) -> None:
    zebra = CLIENTS[0]
    assert client_in_words(zebra, zebra.due(TODAY), translator_for(language)) == sentence
