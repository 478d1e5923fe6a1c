"""Teams side by side: roll-up, spread, who can ask whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comparison.judging import AreaDecision, Judged
from app.comparison.reviews import Verdict
from app.comparison.teams import (
    AreaAcross,
    TeamGroup,
    latest_of_each_unit,
    team_groups,
    team_marks,
)
from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.rating import Rating
from app.session.session import Session
from app.session.units import Affiliation, Organisation, Unit, affiliation_along

NORDWERK = Organisation("o1", "Nordwerk AG")


def text(words: str) -> LocalText:
    return LocalText.of(en=words)


def model_of(*area_ids: str, model_id: str = "m", said: str = "") -> MaturityModel:
    areas = tuple(
        Area(each, text(each), text(each), levels=(LevelDescription(1, text(said or each)),))
        for each in area_ids
    )
    levels = tuple(Level(number, text(f"L{number}")) for number in range(1, 6))
    return MaturityModel(
        model_id, "1", ("en",), text(model_id), levels, (Dimension("D", text("D"), areas=areas),)
    )


MODEL = model_of("a", "b", "c")
TREE = affiliation_along(NORDWERK, [("it", "IT", "department"), ("data", "Data", "team")])
OTHER = affiliation_along(NORDWERK, [("it", "IT", "department"), ("plat", "Platform", "team")])
PAYMENTS = affiliation_along(NORDWERK, [("pay", "Payments", "team")])
UNITS = (*TREE.units, OTHER.units[-1], *PAYMENTS.units)


def session_of(
    affiliation: Affiliation,
    levels: Mapping[str, int],
    *,
    day: date = date(2027, 5, 5),
    model: MaturityModel = MODEL,
    scope: str = "",
) -> Session:
    ratings = {
        key: Rating(key, Fraction(level), weight=Fraction(3)) for key, level in levels.items()
    }
    name = "-".join(part.id for part in affiliation.parts) + day.isoformat()
    return Session(name, affiliation, "", day, "en", model, scope=scope, ratings=ratings)


@pytest.fixture
def three() -> TeamGroup:
    """Data, Platform and Payments on one model."""
    (group,) = team_groups(
        [
            session_of(PAYMENTS, {"a": 4, "b": 2, "c": 2}),
            session_of(TREE, {"a": 2, "b": 2, "c": 1}),
            session_of(OTHER, {"a": 3, "b": 4}),
        ]
    )
    return group


def test_the_roll_up_counts_areas_with_weight_1_and_never_averages(three: TeamGroup) -> None:
    assert (three.overall.mean, three.overall.areas, three.overall.teams) == (
        Fraction(20, 8), 8, 3,
    )  # fmt: skip
    it, data, platform, payments = three.roll_up(UNITS)
    assert (it.mean, it.areas, it.teams) == (Fraction(12, 5), 5, 2)
    assert (data.mean, platform.mean, payments.mean) == (
        Fraction(5, 3), Fraction(7, 2), Fraction(8, 3),
    )  # fmt: skip


def test_the_order_of_teams_does_not_depend_on_the_units_above_them() -> None:
    sales, it = Unit("s", "o1", "Sales"), Unit("i", "o1", "IT")
    units = {
        name: Unit(name, "o1", name, parent_id=above.id, above=(above.name,))
        for above, name in ((it, "Zebra"), (sales, "Apes"), (it, "Platypus"))
    }
    (group,) = team_groups(
        session_of(Affiliation(NORDWERK, (unit,)), {"a": 1}) for unit in units.values()
    )
    assert [team.id for team in group.teams] == ["Apes", "Platypus", "Zebra"]
    assert team_marks(units.values()) == {"Apes": "A", "Platypus": "P", "Zebra": "Z"}


def test_an_inner_unit_with_a_session_of_its_own_counts_too() -> None:
    it = Affiliation(NORDWERK, TREE.units[:1])
    (group,) = team_groups([session_of(it, {"a": 5}), session_of(TREE, {"a": 1})])
    assert [each.mean for each in group.roll_up(UNITS)] == [3, 1, None, None]


def test_teams_stand_in_alphabetical_order_and_areas_widest_first(three: TeamGroup) -> None:
    assert [team.unit and team.unit.name for team in three.teams] == [
        "Data", "Payments", "Platform",
    ]  # fmt: skip
    assert [(area.area_id, area.spread) for area in three.widest] == [
        ("a", 2), ("b", 2), ("c", 1),
    ]  # fmt: skip


def test_a_team_can_ask_those_two_levels_ahead(three: TeamGroup) -> None:
    a, b, c = three.areas
    assert a.can_ask() == {"data": ("pay",)}
    assert b.can_ask() == {"data": ("plat",), "pay": ("plat",)}
    assert c.can_ask() == {}


def test_teams_at_one_level_ask_together_and_each_level_ahead_is_named() -> None:
    levels = {"one": 1, "two": 2, "also two": 2, "three": 3, "four": 4}
    area = AreaAcross("a", "d", {key: Fraction(level) for key, level in levels.items()})
    assert [(each.level, each.team_ids) for each in area.by_level] == [
        (1, ("one",)), (2, ("two", "also two")), (3, ("three",)), (4, ("four",)),
    ]  # fmt: skip
    assert [
        (each.asking.team_ids, [other.team_ids for other in each.ahead]) for each in area.questions
    ] == [(("one",), [("three",), ("four",)]), (("two", "also two"), [("four",)])]


@given(st.lists(st.integers(0, 10), max_size=8))
def test_who_can_ask_whom_follows_from_the_distance(halves: Sequence[int]) -> None:
    levels = {str(place): Fraction(half, 2) for place, half in enumerate(halves)}
    expected = {
        one: tuple(other for other in levels if levels[other] - levels[one] >= 2) for one in levels
    }
    assert AreaAcross("a", "d", levels).can_ask() == {
        one: others for one, others in expected.items() if others
    }


def test_a_part_of_the_teams_keeps_the_model_and_counts_its_own_areas(three: TeamGroup) -> None:
    part = three.within({"data", "plat"})
    assert [team.id for team in part.teams] == ["data", "plat"]
    assert part.overall.mean == three.roll_up(UNITS)[0].mean
    assert part.dimension(part.model.dimensions[0].id).teams == 2


def test_an_area_in_which_nobody_is_ahead_is_named(three: TeamGroup) -> None:
    assert [area.area_id for area in three.nobody_above(2)] == ["c"]
    assert [area.area_id for area in three.nobody_above(4)] == ["a", "b", "c"]


def test_teams_on_other_models_stand_apart() -> None:
    other = model_of("x", model_id="other")
    groups = team_groups(
        [
            session_of(PAYMENTS, {"x": 2}, model=other),
            session_of(TREE, {"a": 1}),
            session_of(OTHER, {"a": 2}),
        ]
    )
    assert [(group.model.id, len(group.teams)) for group in groups] == [("m", 2), ("other", 1)]


def test_areas_that_asked_something_else_do_not_count() -> None:
    reworded = model_of("a", "b", "c", said="something else")
    sessions = [
        session_of(TREE, {"a": 1, "b": 1}, day=date(2026, 1, 1), model=reworded),
        session_of(OTHER, {"a": 4}),
    ]
    (group,) = team_groups(sessions)
    assert (group.overall.mean, group.overall.areas) == (4, 1)


def test_levels_of_areas_that_were_called_equal_count_under_their_new_id() -> None:
    old = session_of(TREE, {"a": 1, "x": 2}, day=date(2026, 1, 1), model=model_of("a", "x"))
    equal = Judged((AreaDecision("x", "b", Verdict.EQUAL),))
    sessions = [old, session_of(OTHER, {"a": 4, "b": 5})]
    (group,) = team_groups(sessions, lambda earlier, _: equal if earlier == old else Judged())
    assert [area.levels for area in group.areas] == [
        {"data": 1, "plat": 4}, {"data": 2, "plat": 5}, {},
    ]  # fmt: skip
    assert team_groups(sessions)[0].overall.areas == 3


def test_the_newest_session_of_each_unit_counts() -> None:
    old, new = (session_of(TREE, {"a": level}, day=date(2020 + level, 1, 1)) for level in (1, 2))
    assert latest_of_each_unit([new, old, session_of(OTHER, {"a": 3})])[0] == new


def test_a_session_without_levels_hides_none_that_has_some() -> None:
    held, to_come = (
        session_of(TREE, levels, day=date(year, 1, 1))
        for year, levels in ((2026, {"a": 2}), (2027, {}))
    )
    assert latest_of_each_unit([to_come, held]) == (held,)
    assert latest_of_each_unit([to_come]) == (to_come,)


def test_other_scopes_forbid_comparing_totals() -> None:
    sessions = [session_of(TREE, {"a": 1}, scope="One"), session_of(OTHER, {"a": 1}, scope=" one ")]
    assert not team_groups(sessions)[0].scopes_differ
    sessions[1] = replace(sessions[1], scope="Two")
    assert team_groups(sessions)[0].scopes_differ


def test_a_circle_of_units_ends() -> None:
    circle = (Unit("x", "o1", "X", parent_id="y"), Unit("y", "o1", "Y", parent_id="x"))
    affiliation = Affiliation(NORDWERK, (circle[0],))
    (group,) = team_groups([session_of(affiliation, {"a": 2})])
    assert [each.mean for each in group.roll_up(circle)] == [2, 2]


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8), st.data())
def test_every_unit_has_the_mean_of_all_levels_below_it(
    parents: list[int], data: st.DataObject
) -> None:
    """A random tree, each unit below one before it, each with a session of its own."""
    units: list[Unit] = []
    for number, wanted in enumerate(parents):
        parent = units[wanted % number].id if number and wanted % (number + 1) else None
        units.append(Unit(f"u{number}", "o1", f"U{number}", parent_id=parent))
    levels = {unit.id: data.draw(st.integers(1, 5)) for unit in units}
    sessions = [
        session_of(Affiliation(NORDWERK, (unit,)), {"a": levels[unit.id]}) for unit in units
    ]
    (group,) = team_groups(sessions)

    def below(unit_id: str) -> list[int]:
        inner = [each.id for each in units if each.parent_id == unit_id]
        return [levels[unit_id], *(level for each in inner for level in below(each))]

    for rolled in group.roll_up(units):
        assert rolled.unit is not None
        expected = below(rolled.unit.id)
        assert (rolled.mean, rolled.teams) == (
            Fraction(sum(expected), len(expected)),
            len(expected),
        )


def units_named(*names: str) -> list[Unit]:
    return [Unit(f"u{number}", "o1", name) for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "marks"),
    [
        (["Platform team", "Data team", "Payments team"], "LDP"),
        (["Team B", "Team A"], "BA"),
        (["Ärzte", "Apotheke"], ["Ä", "A"]),
        (["Data", "data"], "DT"),
        (["Team 2", "Team 10", "Team 1", "Team 3", "Team 4"], ["2", "5", "1", "3", "4"]),
        (["42"], ["1"]),
        ([], []),
    ],
)
def test_marks_are_letters_of_the_names_or_else_numbers(
    names: list[str], marks: Sequence[str]
) -> None:
    found = team_marks(units_named(*names))
    assert [found[f"u{number}"] for number in range(len(names))] == list(marks)


def test_marks_of_200_teams_are_their_places_in_alphabetical_order() -> None:
    units = units_named(*(f"Team {number}" for number in range(1, 201)))
    assert team_marks(reversed(units)) == {f"u{n}": str(n + 1) for n in range(200)}


def test_the_organisation_itself_has_a_mark_too() -> None:
    assert team_marks([None, *units_named("Data")], "Nordwerk AG") == {"u0": "D", "": "N"}


@given(st.lists(st.text(max_size=6), max_size=40))
def test_marks_are_unique_and_do_not_depend_on_the_order(names: list[str]) -> None:
    units = units_named(*names)
    marks = team_marks(units)
    assert len(set(marks.values())) == len(units)
    assert team_marks(units[::-1]) == marks
