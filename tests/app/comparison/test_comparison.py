"""Sessions compared over time: relations, grade, causes, and what a grade forbids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comparison.causes import Cause, Movement, movement
from app.comparison.comparison import Comparison, compare
from app.comparison.grade import Grade, Reason
from app.comparison.judging import AreaDecision, Judged
from app.comparison.relations import AreaPair, Relation, area_pairs
from app.comparison.reviews import Verdict
from app.errors import InvalidInput
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
from app.session.units import Affiliation, Organisation
from app.words.comparison import remark_in_words
from app.words.texts import translator_for

NORDWERK = Affiliation(Organisation("o1", "Nordwerk AG"))
YEARS = (2024, 2025, 2026, 2027, 2028, 2029)
Given = dict[str, tuple[float | None, float]]
"""Areas by id: level and weight; ``None`` for not applicable, -1 for open."""


def text(words: str) -> LocalText:
    return LocalText.of(en=words, de=words)


def model_of(areas: Sequence[str], texts: dict[str, str] | None = None) -> MaturityModel:
    """A model of one dimension; the text of an area is its id unless given."""
    said = texts or {}
    return replace(
        EMPTY,
        dimensions=(
            Dimension(
                "D",
                text("D"),
                areas=tuple(
                    Area(
                        each,
                        text(each),
                        text(each),
                        levels=(LevelDescription(1, text(said.get(each, each))),),
                    )
                    for each in areas
                ),
            ),
        ),
    )


EMPTY = MaturityModel(
    "small",
    "1",
    ("de", "en"),
    text("Small"),
    tuple(Level(n, text(f"L{n}")) for n in range(1, 6)),
    (),
)


def session_of(
    model: MaturityModel, given: Given, year: int = 2026, scope: str = "", name: str = ""
) -> Session:
    """A session with these levels."""
    ratings = {
        area_id: Rating(
            area_id,
            None if level in (None, -1) else Fraction(level),  # type: ignore[arg-type]
            weight=Fraction(weight),
            not_applicable="not here" if level is None else None,
        )
        for area_id, (level, weight) in given.items()
    }
    return Session(
        name or f"s{year}", NORDWERK, f"Workshop {year}", date(year, 3, 2), "en", model,
        scope=scope, ratings=ratings,
    )  # fmt: skip


def of_levels(**levels: float | None) -> Given:
    return {area: (level, 1) for area, level in levels.items()}


@pytest.fixture
def vector() -> tuple[Session, Session]:
    """The two sessions of the vector: ``f`` gone, ``g`` new, ``d`` edited."""
    first = session_of(model_of("abcdef"), of_levels(a=2, b=3, c=1, d=4, e=None, f=2), 2025)
    then = {**of_levels(a=3, b=3, c=None, d=3, e=2, g=4), "a": (3, 2)}
    return first, session_of(model_of("abcdeg", {"d": "something else"}), then)


def means_of(moved: Movement) -> list[Fraction | None]:
    return [moved.before, *(part.mean for part in moved.parts)]


def test_a_change_is_split_into_model_areas_weights_and_scores(
    vector: tuple[Session, Session],
) -> None:
    moved = movement(area_pairs(*vector))
    assert means_of(moved) == [
        Fraction(12, 5), Fraction(13, 5), Fraction(14, 5), Fraction(8, 3), Fraction(3),
    ]  # fmt: skip
    assert [part.by for part in moved.parts] == [
        Fraction(1, 5), Fraction(1, 5), Fraction(-2, 15), Fraction(1, 3),
    ]  # fmt: skip
    assert [part.area_ids for part in moved.parts] == [
        ("d", "g", "f"), ("e", "c"), ("a",), ("a",),
    ]  # fmt: skip
    assert [part.cause for part in moved.parts] == list(Cause)


def test_the_naive_rise_of_the_vector_is_no_change_on_what_is_common() -> None:
    first = session_of(model_of("abcdef"), of_levels(a=2, b=3, c=1, d=4, e=None, f=2), 2025)
    second = session_of(model_of("abcdeg"), of_levels(a=3, b=3, c=None, d=3, e=2, g=4))
    pairs = area_pairs(first, second)
    assert [pair.area_id for pair in pairs if pair.is_common] == ["a", "b", "d"]
    compared = compare([first, second], same_people=True)
    assert (compared.graded.same, compared.graded.applicable) == (3, 7)
    assert compared.graded.grade is Grade.C
    assert Reason.FEW_AREAS in compared.graded.reasons


def test_a_grade_c_shows_neither_totals_nor_differences(vector: tuple[Session, Session]) -> None:
    compared = compare(vector, same_people=True)
    assert compared.graded.grade is Grade.C
    assert compared.overall is None
    assert compared.dimensions == ()
    assert [area.difference for area in compared.areas] == [None] * 7
    assert (compared.risen, compared.fallen) == ((), ())
    assert [str(area.ratings[0].level) if area.ratings[0] else "-" for area in compared.areas] == [
        "2", "3", "1", "4", "None", "-", "2",
    ]  # fmt: skip


def five(year: int, levels: Sequence[float | None], **more: object) -> Session:
    made = session_of(
        model_of("abcde"),
        {key: (level, 1) for key, level in zip("abcde", levels, strict=True)},
        year,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_like_for_like_needs_the_same_people() -> None:
    pair = [five(2025, [1, 2, 3, 4, 5]), five(2026, [2, 2, 3, 3, 5])]
    assert compare(pair, same_people=True).graded.grade is Grade.A
    assert compare(pair, same_people=True).graded.reasons == ()
    for said, reason in ((None, Reason.PEOPLE_UNKNOWN), (False, Reason.OTHER_PEOPLE)):
        assert compare(pair, same_people=said).graded.grade is Grade.B
        assert compare(pair, same_people=said).graded.reasons == (reason,)


@pytest.mark.parametrize(("edited", "grade"), [(1, Grade.A), (2, Grade.B), (3, Grade.C)])
def test_four_of_five_same_areas_are_enough_for_a_and_three_for_b(
    edited: int, grade: Grade
) -> None:
    texts = dict.fromkeys("abcde"[:edited], "other")
    pair = [five(2025, [1] * 5), five(2026, [2] * 5, model=model_of("abcde", texts))]
    assert compare(pair, same_people=True).graded.grade is grade


EQUAL_ABCD = Judged(tuple(AreaDecision(area, area, Verdict.EQUAL) for area in "abcd"))


def test_texts_that_people_call_equivalent_count_for_b_but_not_for_a() -> None:
    later = five(2026, [2] * 5, model=model_of("abcde", dict.fromkeys("abcd", "other")))
    pair = [five(2025, [1] * 5), later]
    compared = compare(pair, same_people=True, judge=lambda *_: EQUAL_ABCD)
    assert compared.graded.grade is Grade.B
    assert compared.common_ids == tuple("abcde")


def test_an_area_under_a_new_name_carries_its_level_over() -> None:
    first = five(2025, [1, 2, 3, 4, 5])
    second = session_of(model_of("abcdz"), of_levels(a=1, b=2, c=3, d=4, z=3))
    pairs = area_pairs(first, second, {"e": "z"})
    assert pairs[-1] == AreaPair(
        "z", "D", Relation.EQUIVALENT, first.rating("e"), second.rating("z"), "D"
    )
    assert len(pairs) == 5


def test_an_id_that_is_used_again_for_something_else_is_a_new_area() -> None:
    first = session_of(model_of("a"), of_levels(a=2), 2025)
    second = session_of(model_of("ab", {"a": "something else"}), of_levels(a=5, b=3))
    pairs = {pair.area_id: pair for pair in area_pairs(first, second, {"a": "b"})}
    assert pairs["a"].relation is Relation.NEW
    assert pairs["b"].earlier == first.rating("a")


@pytest.mark.parametrize(
    ("then", "now", "said", "reason"),
    [
        ("Platform team", "platform  team", False, None),
        ("Platform team", "All teams", False, Reason.SCOPE),
        ("Platform team", "All teams", True, None),
        ("", "All teams", False, Reason.SCOPE),
    ],
)
def test_another_scope_forbids_totals_unless_it_is_said_to_be_the_same(
    then: str, now: str, said: bool, reason: Reason | None
) -> None:
    pair = [five(2025, [1] * 5, scope=then), five(2026, [2] * 5, scope=now)]
    compared = compare(pair, same_people=True, same_scope=said)
    assert (reason in compared.graded.reasons) == (reason is not None)
    assert (compared.graded.grade is Grade.C) == (reason is not None)


def test_what_rose_fell_or_is_open_again_is_listed_widest_first() -> None:
    compared = compare(
        [five(2025, [1, 4, 3, 2, 5]), five(2026, [2, 3, 5, 2, -1])], same_people=True
    )
    assert [(area.area_id, area.difference) for area in compared.risen] == [("c", 2), ("a", 1)]
    assert [(area.area_id, area.difference) for area in compared.fallen] == [("b", -1)]
    assert [area.area_id for area in compared.newly_open] == ["e"]


def test_a_level_from_before_an_area_stopped_applying_does_not_count() -> None:
    then = five(2025, [1, 4, 3, 2, 5])
    then = then.with_rating(replace(then.rating("e"), not_applicable="not here"))
    compared = compare([then, five(2026, [1, 4, 3, 2, -1])], same_people=True)
    assert compared.newly_open == ()
    assert remark_in_words(compared.areas[-1], compared, translator_for("en")) == "not scored"


def test_totals_of_all_sessions_rest_on_what_all_have_in_common() -> None:
    sessions = [
        five(2024, [1, 1, 1, 1, None]),
        five(2025, [2, 2, 2, 2, 5]),
        five(2026, [3, 3, 3, 3, 1]),
    ]
    compared = compare(sessions, same_people=True)
    assert compared.graded.grade is Grade.A
    assert compared.overall is not None
    assert compared.overall.means == (1, 2, 3)
    assert compared.overall.areas == 4
    assert [len(each.parts) for each in compared.overall.why] == [4, 4]
    assert compared.overall.why[1].before == Fraction(13, 5)


def test_the_worst_pair_gives_the_grade() -> None:
    odd = five(2025, [2] * 5, scope="Something else")
    compared = compare([five(2024, [1] * 5), odd, five(2026, [3] * 5)], same_people=True)
    assert compared.graded.grade is Grade.C


def test_the_order_of_sessions_and_areas_does_not_matter() -> None:
    sessions = [five(2024, [1, 2, 3, 4, 5]), five(2025, [2] * 5), five(2026, [5, 4, 3, 2, 1])]
    expected = compare(sessions, same_people=True)
    for order in permutations(sessions):
        found = compare(order, same_people=True)
        assert found.graded == expected.graded
        assert found.overall == expected.overall
    turned = [replace(each, model=model_of("edcba")) for each in sessions]
    assert compare(turned, same_people=True).graded == expected.graded
    turned_overall = compare(turned, same_people=True).overall
    assert turned_overall is not None
    assert expected.overall is not None
    assert turned_overall.means == expected.overall.means


def test_an_added_language_changes_nothing() -> None:
    def with_french(session: Session) -> Session:
        dimension = session.model.dimensions[0]
        areas = tuple(
            replace(
                area,
                levels=tuple(
                    replace(each, short=LocalText.of({**each.short.as_dict(), "fr": "autre"}))
                    for each in area.levels
                ),
            )
            for area in dimension.areas
        )
        model = replace(session.model, dimensions=(replace(dimension, areas=areas),))
        return replace(session, model=model)

    pair = [five(2025, [1] * 5), five(2026, [2] * 5)]
    expected = compare(pair, same_people=True)
    found = compare([pair[0], with_french(pair[1])], same_people=True)
    assert (found.graded, found.overall) == (expected.graded, expected.overall)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_fewer_than_two_and_more_than_six_sessions_are_refused(count: int) -> None:
    sessions = [five(2024, [1] * 5, id=f"s{n}") for n in range(count)]
    with pytest.raises(InvalidInput, match="Two to six sessions"):
        compare(sessions)


def test_the_same_session_twice_and_other_clients_are_refused() -> None:
    one = five(2025, [1] * 5)
    with pytest.raises(InvalidInput, match="named twice"):
        compare([one, one])
    other = five(2026, [1] * 5, affiliation=Affiliation(Organisation("o2", "Sparkasse")))
    with pytest.raises(InvalidInput, match="different organisations"):
        compare([one, other])


def test_nothing_in_common_is_grade_c_and_no_error() -> None:
    pair = [session_of(model_of("ab"), of_levels(a=1, b=2), 2025)]
    pair.append(session_of(model_of("xy"), of_levels(x=1, y=2)))
    compared: Comparison = compare(pair, same_people=True)
    assert compared.graded.grade is Grade.C
    assert compared.common_ids == ()
    assert [area.relations for area in compared.areas] == [
        (Relation.NEW,), (Relation.NEW,), (Relation.GONE,), (Relation.GONE,),
    ]  # fmt: skip


# ---- every figure of a waterfall, computed again from scratch ------------------------------

LEVELS = st.one_of(st.none(), st.sampled_from([-1, 1, 2, 3, 4, 5]))
RATINGS = st.fixed_dictionaries(
    {key: st.tuples(LEVELS, st.sampled_from([1, 2, 0.5])) for key in "abcdef"}
)
PRESENT = st.sets(st.sampled_from("abcdef"), min_size=1)


@given(PRESENT, PRESENT, st.sets(st.sampled_from("abcdef")), RATINGS, RATINGS)
def test_every_figure_on_the_way_is_the_mean_of_what_counts_there(
    then: set[str], now: set[str], edited: set[str], old: Given, new: Given
) -> None:
    """By the definition, area by area, without the code that is tested."""

    def counted(given: Given, present: set[str]) -> dict[str, tuple[Fraction, Fraction]]:
        return {
            key: (Fraction(weight), Fraction(level))
            for key, (level, weight) in given.items()
            if key in present and level not in (None, -1) and level is not None
        }

    first = session_of(model_of(sorted(then)), {k: old[k] for k in then}, 2025)
    texts = dict.fromkeys(edited, "other")
    second = session_of(model_of(sorted(now), texts), {k: new[k] for k in now})
    moved = movement(area_pairs(first, second))
    a, b = counted(old, then), counted(new, now)
    stage_1 = {k: v for k, v in a.items() if k in now} | {k: b[k] for k in b if k not in then}
    for key in edited & stage_1.keys() & b.keys() & then:
        stage_1[key] = (stage_1[key][0], b[key][1])
    stage_2 = {key: stage_1.get(key, b[key]) for key in b}
    stage_3 = {key: (b[key][0], stage_2[key][1]) for key in b}
    expected = []
    for stage in (a, stage_1, stage_2, stage_3, b):
        total = sum(weight for weight, _ in stage.values())
        expected.append(sum(w * x for w, x in stage.values()) / total if stage else None)
    assert means_of(moved) == expected
    if None not in expected:
        assert sum(part.by or 0 for part in moved.parts) == expected[-1] - expected[0]  # type: ignore[operator]
