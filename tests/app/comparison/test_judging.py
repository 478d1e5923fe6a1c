"""Stored decisions in a comparison: which apply to two sessions, and what they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.comparison.causes import Cause, Movement, movement
from app.comparison.comparison import Comparison, compare
from app.comparison.grade import Condition, Grade, Reason
from app.comparison.judging import StoredDecisions
from app.comparison.mappings import MappedAreas, ModelMapping, ModelVersion
from app.comparison.questions import Question, questions
from app.comparison.relations import Relation, within_dimension
from app.comparison.reviews import NewReview, Review, Subject, Verdict, decided
from app.errors import InvalidInput
from app.figures.means import weighted_mean
from app.model.comparability import area_digest
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

NORDWERK = Affiliation(Organisation("o1", "Nordwerk AG"))
EQUAL, DIFFERENT, PART_OF = Verdict.EQUAL, Verdict.DIFFERENT, Verdict.PART_OF


def text(words: str) -> LocalText:
    return LocalText.of(en=words)


def model_of(version: str, said: Mapping[str, str], *second: str) -> MaturityModel:
    """Texts of areas by id; those of ``second`` stand in a second dimension."""

    def dimension(dimension_id: str, ids: Sequence[str]) -> Dimension:
        areas = tuple(
            Area(each, text(each), text(each), levels=(LevelDescription(1, text(said[each])),))
            for each in ids
        )
        return Dimension(dimension_id, text(dimension_id), areas=areas)

    dimensions = [dimension("D", [each for each in said if each not in second])]
    if second:
        dimensions.append(dimension("E", second))
    levels = tuple(Level(n, text(f"L{n}")) for n in range(1, 6))
    return MaturityModel("m", version, ("en",), text("M"), levels, tuple(dimensions))


def said(ids: str, **other: str) -> dict[str, str]:
    """Areas that say their id, but for these."""
    return {each: each for each in ids} | other


def session_of(year: int, model: MaturityModel, scope: str = "", **levels: int) -> Session:
    ratings = {key: Rating(key, Fraction(level)) for key, level in levels.items()}
    return Session(
        f"s{year}", NORDWERK, f"W{year}", date(year, 1, 1), "en", model, scope, ratings=ratings
    )


def reviews_of(*given: tuple[Session, Session, Subject, Verdict, str, str]) -> list[Review]:
    """Reviews, one a day."""
    made: list[Review] = []
    for number, (earlier, later, subject, verdict, then, now) in enumerate(given):
        new = NewReview(earlier.id, later.id, subject, verdict, then, now, by="Jo")
        at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=number)
        made.append(decided(new, earlier, later, made, review_id=f"r{number}", at=at))
    return made


def compared(
    sessions: Sequence[Session],
    reviews: Sequence[Review] = (),
    mappings: Sequence[ModelMapping] = (),
) -> Comparison:
    return compare(sessions, judge=StoredDecisions(reviews, mappings))


def mapping(then: str, now: str, *pairs: tuple[str, str, Verdict]) -> ModelMapping:
    return ModelMapping(
        ModelVersion("m", then), ModelVersion("m", now), tuple(MappedAreas(*each) for each in pairs)
    )


def relations(found: Comparison, area_id: str) -> tuple[Relation, ...]:
    (row,) = (area for area in found.areas if area.area_id == area_id)
    return row.relations


V1 = model_of("1", said("abcde"))
V2 = model_of("2", said("abcd", d="edited", z="new"))
V3 = model_of("3", said("abcd", d="edited again", y="newer"))
FIRST = session_of(2025, V1, a=1, b=2, c=3, d=4, e=5)
SECOND = session_of(2026, V2, a=2, b=2, c=3, d=3, z=4)
THIRD = session_of(2027, V3, a=3, b=2, c=3, d=3, y=4)


def test_an_edited_text_that_was_confirmed_carries_its_level_over() -> None:
    reviews = reviews_of((FIRST, SECOND, Subject.AREA, EQUAL, "d", "d"))
    assert relations(compared([FIRST, SECOND]), "d") == (Relation.EDITED,)
    assert relations(compared([FIRST, SECOND], reviews), "d") == (Relation.EQUIVALENT,)
    again = replace(FIRST, id="other", title="Other")
    assert relations(compared([again, SECOND], reviews), "d") == (Relation.EQUIVALENT,)


def test_a_confirmed_text_holds_the_other_way_round_too() -> None:
    reviews = reviews_of((FIRST, SECOND, Subject.AREA, EQUAL, "e", "z"))
    late = replace(FIRST, date=date(2030, 1, 1))
    assert relations(compared([late, SECOND], reviews), "e") == (Relation.EQUIVALENT,)


def test_equal_carries_on_from_text_to_text_unless_people_said_otherwise_of_the_two() -> None:
    reviews = reviews_of(
        (FIRST, SECOND, Subject.AREA, EQUAL, "d", "d"),
        (FIRST, SECOND, Subject.AREA, EQUAL, "e", "z"),
        (SECOND, THIRD, Subject.AREA, EQUAL, "d", "d"),
        (SECOND, THIRD, Subject.AREA, EQUAL, "z", "y"),
    )
    found = compared([FIRST, THIRD], reviews)
    assert relations(found, "y") == relations(found, "d") == (Relation.EQUIVALENT,)
    (decision,) = (each for each in found.session_pairs[0].judged.areas if each.area_now == "y")
    assert [each.id for each in decision.reviews] == ["r1", "r3"]
    assert decision.review is reviews[3]
    more = [*reviews, *reviews_of((FIRST, THIRD, Subject.AREA, DIFFERENT, "d", "d"))]
    assert relations(compared([FIRST, THIRD], more), "d") == (Relation.EDITED,)


def test_an_equal_area_moves_under_its_new_id_without_a_part_of_the_model() -> None:
    known = [mapping("1", "2", ("e", "z", EQUAL), ("d", "d", EQUAL))]
    found = compared([FIRST, SECOND], mappings=known)
    assert found.common_ids == ("a", "b", "c", "d", "z")
    assert found.overall is not None
    (why,) = found.overall.why
    assert [part.by for part in why.parts] == [0, 0, 0, Fraction(-1, 5)]
    without = movement(compared([FIRST, SECOND]).steps[0])
    assert without.parts[0].cause is Cause.MODEL
    assert without.parts[0].area_ids == ("d", "z", "e")


def test_a_mapping_reaches_over_several_versions() -> None:
    known = [mapping("1", "2", ("e", "z", EQUAL)), mapping("2", "3", ("z", "y", EQUAL))]
    found = compared([FIRST, THIRD], mappings=known)
    assert relations(found, "y") == (Relation.EQUIVALENT,)
    (decision,) = found.session_pairs[0].judged.areas
    assert decision.mappings == tuple(known)
    assert decision.review is None


def test_what_people_said_counts_more_than_a_mapping() -> None:
    known = [mapping("1", "2", ("e", "z", EQUAL), ("d", "d", EQUAL))]
    other = reviews_of((FIRST, SECOND, Subject.AREA, DIFFERENT, "e", "z"))
    found = compared([FIRST, SECOND], other, known)
    assert relations(found, "z") == (Relation.NEW,)
    assert relations(found, "e") == (Relation.GONE,)
    assert relations(found, "d") == (Relation.EQUIVALENT,)
    elsewhere = reviews_of((FIRST, SECOND, Subject.AREA, EQUAL, "d", "z"))
    found = compared([FIRST, SECOND], elsewhere, known)
    assert [(row.area_id, row.relations) for row in found.areas[3:]] == [
        ("d", (Relation.NEW,)), ("z", (Relation.EQUIVALENT,)), ("e", (Relation.GONE,)),
    ]  # fmt: skip


def test_parts_and_overlaps_are_hints_and_never_count() -> None:
    reviews = reviews_of((FIRST, SECOND, Subject.AREA, PART_OF, "e", "z"))
    found = compared([FIRST, SECOND], reviews)
    (hint,) = found.hints
    assert (hint.session.id, hint.rating.level) == ("s2025", 5)
    assert (hint.decision.area_then, hint.decision.area_now) == ("e", "z")
    assert hint.decision.verdict is PART_OF
    assert relations(found, "z") == (Relation.NEW,)
    late = replace(FIRST, date=date(2030, 1, 1))
    (turned,) = compared([late, SECOND], reviews).hints
    assert (turned.decision.area_now, turned.decision.verdict) == ("e", Verdict.COVERS)


def test_an_area_with_the_same_texts_stays_what_it_is() -> None:
    assert relations(
        compared([FIRST, SECOND], mappings=[mapping("1", "2", ("e", "a", EQUAL))]), "a"
    ) == (Relation.SAME,)


def test_of_two_equals_that_came_together_by_a_merge_the_newer_one_counts() -> None:
    (older,) = reviews_of((FIRST, SECOND, Subject.AREA, EQUAL, "e", "z"))
    newer = replace(older, id="r9", area_then="d", at=older.at + timedelta(days=9))
    newer = replace(newer, said_then=area_digest(V1, "d", "en"))
    for reviews in ([older, newer], [newer, older]):
        found = compared([FIRST, SECOND], reviews)
        assert found.session_pairs[0].judged.equal == {"d": "z"}


def test_decisions_on_what_a_model_lacks_or_a_deleted_session_change_nothing() -> None:
    gone = session_of(2020, model_of("0", said("q", d="edited")), q=1)
    reviews = reviews_of((gone, FIRST, Subject.AREA, EQUAL, "q", "e"))
    known = [mapping("1", "2", ("nowhere", "a", EQUAL), ("e", "never", EQUAL))]
    assert compared([FIRST, SECOND], reviews, known).areas == compared([FIRST, SECOND]).areas


# ---- scope and people --------------------------------------------------------------------------


def three(*scopes: str) -> list[Session]:
    return [
        session_of(2025 + n, V1, scope, a=n + 1, b=1, c=1, d=1, e=1)
        for n, scope in enumerate(scopes)
    ]


def test_scope_texts_that_were_confirmed_are_the_same_for_that_pair_only() -> None:
    one, two, last = three("Shop", "Online shop", "Everything")
    reviews = reviews_of((one, two, Subject.SCOPE, EQUAL, "", ""))
    assert Reason.SCOPE not in compared([one, two], reviews).graded.reasons
    assert Condition.SCOPE_CONFIRMED in compared([one, two], reviews).graded.fulfilled
    found = compared([one, two, last], reviews)
    assert found.graded.grade is Grade.C
    assert [pair.graded.grade for pair in found.session_pairs] == [Grade.B, Grade.C, Grade.C]
    assert [(reason, len(pairs)) for reason, pairs in found.reasons] == [
        (Reason.SCOPE, 2), (Reason.PEOPLE_UNKNOWN, 3),
    ]  # fmt: skip
    differ = reviews_of((one, two, Subject.SCOPE, DIFFERENT, "", ""))
    assert compared([one, two], differ).graded.grade is Grade.C


def test_people_of_first_and_last_follow_from_those_in_between() -> None:
    sessions = three("", "", "")
    one, two, last = sessions

    def people(*given: tuple[Session, Session, Verdict]) -> bool | None:
        reviews = reviews_of(
            *((then, now, Subject.PEOPLE, verdict, "", "") for then, now, verdict in given)
        )
        return compared(sessions, reviews).pair(one, last).same_people

    yes = [(one, two, EQUAL), (two, last, EQUAL)]
    assert people() is None
    assert people(yes[0]) is None
    assert people(*yes) is True
    assert people(yes[0], (two, last, DIFFERENT)) is False
    assert people((one, two, DIFFERENT)) is False
    assert people(*yes, (one, last, DIFFERENT)) is False
    assert people((one, two, DIFFERENT), (one, last, EQUAL)) is True


def test_what_is_said_on_the_spot_counts_more_than_what_is_stored() -> None:
    one, two, _ = three("Shop", "Online shop", "")
    judge = StoredDecisions(
        reviews_of(
            (one, two, Subject.PEOPLE, DIFFERENT, "", ""),
            (one, two, Subject.SCOPE, DIFFERENT, "", ""),
        ),
        (),
    )
    assert compare([one, two], judge=judge).graded.grade is Grade.C
    said = compare([one, two], judge=judge, same_people=True, same_scope=True)
    assert said.graded.grade is Grade.A
    assert said.allows_trends


# ---- the list of questions ---------------------------------------------------------------------


def asked(found: Comparison) -> list[tuple[str, str, str, bool]]:
    return [(each.subject.value, each.area_then, each.area_now, each.is_open) for each in
            questions(found)]  # fmt: skip


def test_everything_that_people_may_decide_is_asked_once() -> None:
    found = compared([FIRST, SECOND, replace(SECOND, id="s9", date=date(2028, 1, 1))])
    assert asked(found) == [
        ("people", "", "", True),
        ("area", "d", "d", True),
        ("area", "", "z", False),
        ("area", "e", "", True),
        ("people", "", "", True),
    ]
    gone = questions(found)[3]
    assert gone.candidates == ("z",)


def test_questions_hold_who_decided_what_and_when() -> None:
    one, two = FIRST, replace(SECOND, scope="Shop")
    reviews = reviews_of(
        (one, two, Subject.AREA, DIFFERENT, "d", "d"),
        (one, two, Subject.AREA, PART_OF, "e", "z"),
        (one, two, Subject.SCOPE, EQUAL, "", ""),
        (one, two, Subject.PEOPLE, EQUAL, "", ""),
    )
    found = questions(compared([one, two], reviews))
    assert not any(question.is_open for question in found)

    def said(question: Question) -> list[Review | None]:
        return [question.review, *(each.review for each in question.decisions)]

    assert [said(each) for each in found] == [
        [reviews[2]], [reviews[3]], [None, reviews[0]], [None, reviews[1]], [None, reviews[1]],
    ]  # fmt: skip


def test_an_area_that_moved_to_another_dimension_comes_with_the_model_there() -> None:
    moved = session_of(2026, model_of("2", said("abcde"), "e"), a=1, b=2, c=3, d=4, e=5)
    found = compare([FIRST, moved], same_people=True)
    assert found.common_ids == tuple("abcde")
    first, second = (each.why[0] for each in found.dimensions)
    assert [part.by for part in first.parts] == [Fraction(-1, 2), 0, 0, 0]
    assert first.parts[0].area_ids == ("e",)
    assert (second.before, second.after) == (None, 5)
    assert found.overall is not None
    assert [part.by for part in found.overall.why[0].parts] == [0, 0, 0, 0]


# ---- properties --------------------------------------------------------------------------------

LEVELS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 5), max_size=6)
TEXTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("xyz"), min_size=1, max_size=6)
WEIGHTS = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2)])
DECISIONS = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.sampled_from("abcdef"), st.sampled_from(Verdict)),
    max_size=4,
)  # fmt: skip


def drawn_session(data: st.DataObject, number: int) -> Session:
    texts = data.draw(TEXTS)
    levels = {key: level for key, level in data.draw(LEVELS).items() if key in texts}
    second = sorted(data.draw(st.sets(st.sampled_from("abcdef"), max_size=3)) & texts.keys())
    session = session_of(2025 + number, model_of(str(number), texts, *second), **levels)
    for key in texts:
        rating = replace(
            session.rating(key),
            weight=data.draw(WEIGHTS),
            not_applicable=data.draw(st.sampled_from([None, None, None, "not here"])),
        )
        session = session.with_rating(rating)
    return replace(session, scope=data.draw(st.sampled_from(["", "Shop"])))


def drawn_mapping(data: st.DataObject, number: int) -> ModelMapping:
    pairs, met = [], set()
    for then, (now, verdict) in data.draw(DECISIONS).items():
        if verdict is not Verdict.DIFFERENT and not (verdict is EQUAL and now in met):
            pairs.append((then, now, verdict))
            met.add(now)
    return mapping(str(number), str(number + 1), *pairs)


def drawn_reviews(data: st.DataObject, sessions: Sequence[Session]) -> list[Review]:
    """Valid ones only: others are refused when they are made."""
    made: list[Review] = []
    for earlier, later in pairwise(sessions):
        for then, (now, verdict) in data.draw(DECISIONS).items():
            new = NewReview(earlier.id, later.id, Subject.AREA, verdict, then, now)
            at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=len(made))
            try:
                review = decided(new, earlier, later, made, review_id=f"r{len(made)}", at=at)
            except InvalidInput:
                continue
            made = [*(each for each in made if each.key != review.key), review]
    return made


def drawn(data: st.DataObject) -> tuple[list[Session], StoredDecisions]:
    sessions = [drawn_session(data, number) for number in range(3)]
    mappings = [drawn_mapping(data, number) for number in range(2)]
    return sessions, StoredDecisions(drawn_reviews(data, sessions), mappings)


def figures_from_scratch(
    earlier: Session, later: Session, equal: Mapping[str, str], dimension_id: str | None = None
) -> list[Fraction | None]:
    """The five figures of a waterfall by its definition, without the code that is tested."""

    def is_in(session: Session, key: str) -> bool:
        return dimension_id in (None, session.model.dimension_of(key).id)

    def text_of(session: Session, key: str) -> str:
        return session.model.area(key).levels[0].short.in_language("en")

    def counted(session: Session) -> dict[str, tuple[Fraction, Fraction]]:
        ratings = session.all_ratings()
        return {
            each.area_id: (each.weight, each.level)
            for each in ratings
            if each.is_applicable and each.level is not None and is_in(session, each.area_id)
        }

    old, new = ({area.id for area in each.model.areas} for each in (earlier, later))
    same = {key for key in old & new if text_of(earlier, key) == text_of(later, key)}
    confirmed = {
        then: now
        for then, now in equal.items()
        if then in old and now in new and then not in same and now not in same
    }
    later_id = dict(confirmed)
    for key in old & new:
        if key not in confirmed and key not in confirmed.values():
            later_id[key] = key
    later_id = {
        key: now for key, now in later_id.items() if is_in(earlier, key) and is_in(later, now)
    }
    edited = {key for key, now in later_id.items() if key not in same and key not in confirmed}
    then, now = counted(earlier), counted(later)
    stages = [dict(then)]
    kept = {later_id[key]: each for key, each in then.items() if key in later_id}
    with_model = {
        key: (weight, now[key][1] if key in edited and key in now else level)
        for key, (weight, level) in kept.items()
    }
    entered = {key: each for key, each in now.items() if key not in later_id.values()}
    stages.append(with_model | entered)
    stages.append({key: stages[1].get(key, each) for key, each in now.items()})
    stages.append({key: (now[key][0], level) for key, (_, level) in stages[2].items()})
    stages.append(now)
    return [weighted_mean(stage.values()) for stage in stages]


@given(st.data())
def test_every_figure_of_a_waterfall_is_what_the_definition_gives(data: st.DataObject) -> None:
    sessions, judge = drawn(data)
    for pair in compare(sessions, judge=judge).session_pairs:
        moved: Movement = movement(pair.areas)
        expected = figures_from_scratch(pair.earlier, pair.later, pair.judged.equal)
        assert [moved.before, *(part.mean for part in moved.parts)] == expected
        if None not in expected:
            assert sum(part.by or 0 for part in moved.parts) == expected[-1] - expected[0]  # type: ignore[operator]
        for dimension_id in ("D", "E"):
            moved = movement(within_dimension(pair.areas, dimension_id))
            expected = figures_from_scratch(
                pair.earlier, pair.later, pair.judged.equal, dimension_id
            )
            assert [moved.before, *(part.mean for part in moved.parts)] == expected


@given(st.data())
def test_an_area_is_equal_to_one_other_at_most(data: st.DataObject) -> None:
    sessions, judge = drawn(data)
    for pair in compare(sessions, judge=judge).session_pairs:
        assert len(set(pair.judged.equal.values())) == len(pair.judged.equal)
        ratings = [area.area_then for area in pair.areas if area.area_then is not None]
        assert sorted(ratings) == sorted(area.id for area in pair.earlier.model.areas)


def turned(session: Session) -> Session:
    """With its areas in the opposite order, and a language more."""

    def said_in_french(area: Area) -> Area:
        short = LocalText.of({**area.levels[0].short.as_dict(), "fr": "?"})
        return replace(area, levels=(LevelDescription(1, short),))

    dimensions = tuple(
        replace(each, areas=tuple(map(said_in_french, reversed(each.areas))))
        for each in session.model.dimensions
    )
    model = replace(session.model, dimensions=dimensions)
    return replace(session, model=replace(model, languages=("en", "fr")))


@given(st.data())
def test_neither_order_nor_added_languages_change_a_comparison(data: st.DataObject) -> None:
    sessions, judge = drawn(data)
    on_one_day = data.draw(st.booleans())
    if on_one_day:
        sessions = [replace(each, date=date(2025, 1, 1)) for each in sessions]
    expected = compare(sessions, judge=judge)
    for order in (sessions[::-1], [*sessions[1:], sessions[0]]):
        found = compare(order, judge=judge)
        assert (found.sessions, found.graded) == (expected.sessions, expected.graded)
        assert (found.areas, found.overall) == (expected.areas, expected.overall)
    other = compare([turned(each) for each in sessions], judge=judge)
    assert other.graded == expected.graded
    assert set(other.common_ids) == set(expected.common_ids)
    assert {row.area_id: row.relations for row in other.areas if row.ratings[-1]} == {
        row.area_id: row.relations for row in expected.areas if row.ratings[-1]
    }
    if expected.overall is None:
        assert other.overall is None
    else:
        assert other.overall is not None
        assert other.overall.means == expected.overall.means
        assert [[part.by for part in each.parts] for each in other.overall.why] == [
            [part.by for part in each.parts] for each in expected.overall.why
        ]
