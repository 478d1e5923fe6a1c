"""Reviews: what can be decided, and which sessions a decision applies to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from app.comparison.reviews import (
    NewReview,
    Review,
    Subject,
    Verdict,
    decided,
)
from app.errors import InvalidInput
from app.model.comparability import area_digest
from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.session import Session
from app.session.units import Affiliation, Organisation

_MOMENTS = count()


def model_of(version: str, **said: str) -> MaturityModel:
    """A model of one dimension: text of level 1 by area."""
    areas = tuple(
        Area(key, LocalText.of(en=key), LocalText.of(en=key), levels=(_described(text),))
        for key, text in said.items()
    )
    name = LocalText.of(en="M")
    levels = tuple(Level(number, LocalText.of(en=str(number))) for number in (1, 2, 3))
    dimension = Dimension("d", name, areas=areas)
    return MaturityModel("m", version, ("en",), name, levels, (dimension,))


def _described(text: str) -> LevelDescription:
    return LevelDescription(1, LocalText.of(en=text))


def session_of(key: str, model: MaturityModel, scope: str = "", client: str = "o1") -> Session:
    affiliation = Affiliation(Organisation(client, client))
    return Session(key, affiliation, key, date(2026, 1, 1), "en", model, scope)


THEN = session_of("then", model_of("1", a="reviewed code", b="tests", c="backups"), "Shop")
NOW = session_of("now", model_of("2", a="reviewed changes", b="tests", x="copies"), "Online shop")


def decide(
    subject: Subject,
    verdict: Verdict,
    then: str = "",
    now: str = "",
    known: tuple[Review, ...] = (),
    sessions: tuple[Session, Session] = (THEN, NOW),
) -> Review:
    new = NewReview(sessions[0].id, sessions[1].id, subject, verdict, then, now, " Jo ")
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(_MOMENTS))
    return decided(new, *sessions, known, review_id=f"r{at.timestamp():.0f}", at=at)


def test_a_decision_holds_the_texts_it_is_about() -> None:
    review = decide(Subject.AREA, Verdict.EQUAL, "a", "a")
    assert review.said_then == area_digest(THEN.model, "a", "en")
    assert review.said_now == area_digest(NOW.model, "a", "en")
    assert review.by == "Jo"
    assert review.applies_to(THEN, NOW)


def test_a_decision_applies_to_other_sessions_with_the_same_texts() -> None:
    review = decide(Subject.AREA, Verdict.PART_OF, "c", "x")
    third = session_of("third", model_of("3", x="**copies**", z="new"))
    assert review.applies_to(THEN, third)
    assert not review.applies_to(THEN, session_of("f", model_of("4", x="copies off site")))
    assert not review.applies_to(third, THEN)
    assert not review.applies_to(
        THEN, replace(third, affiliation=Affiliation(Organisation("o2", "o2")))
    )


def test_a_language_that_is_added_changes_nothing() -> None:
    review = decide(Subject.AREA, Verdict.EQUAL, "a", "a")
    added = LevelDescription(1, LocalText.of(de="geprüft", en="reviewed changes", fr="revu"))
    areas = tuple(
        replace(area, levels=(added,)) if area.id == "a" else area for area in NOW.model.areas
    )
    (dimension,) = NOW.model.dimensions
    model = replace(NOW.model, dimensions=(replace(dimension, areas=areas),))
    assert review.applies_to(THEN, replace(NOW, model=model))


def test_general_descriptions_count_where_an_area_has_none() -> None:
    bare = model_of("1", a="")
    described = replace(
        bare, levels=(replace(bare.levels[0], description=LocalText.of(en="any")), *bare.levels[1:])
    )
    assert area_digest(bare, "a", "en") != area_digest(described, "a", "en")
    assert area_digest(described, "a", "en") == area_digest(model_of("9", a="any"), "a", "en")


def test_scope_texts_are_told_by_what_they_say() -> None:
    review = decide(Subject.SCOPE, Verdict.EQUAL)
    assert review.applies_to(NOW, replace(THEN, id="other", scope=" shop "))
    assert not review.applies_to(THEN, replace(NOW, scope="Shops"))


def test_people_are_those_of_two_sessions() -> None:
    review = decide(Subject.PEOPLE, Verdict.DIFFERENT)
    assert review.applies_to(THEN, NOW)
    assert review.applies_to(NOW, THEN)
    assert not review.applies_to(THEN, replace(NOW, id="other"))
    assert review.key == decide(Subject.PEOPLE, Verdict.EQUAL, sessions=(NOW, THEN)).key


@pytest.mark.parametrize(
    ("subject", "verdict", "then", "now", "told"),
    [
        (Subject.PEOPLE, Verdict.COVERS, "", "", "same or not"),
        (Subject.SCOPE, Verdict.EQUAL, "a", "", "decision on areas"),
        (Subject.AREA, Verdict.EQUAL, "a", "", "no area “”"),
        (Subject.AREA, Verdict.EQUAL, "x", "x", "“then” has no area “x”"),
        (Subject.AREA, Verdict.DIFFERENT, "b", "b", "nothing to decide"),
        (Subject.AREA, Verdict.EQUAL, "b", "x", "“b” and “b” are equal already"),
        (Subject.AREA, Verdict.EQUAL, "a", "b", "“b” and “b” are equal already"),
    ],
)
def test_refused(subject: Subject, verdict: Verdict, then: str, now: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        decide(subject, verdict, then, now)


def test_scopes_that_are_the_same_leave_nothing_to_decide() -> None:
    with pytest.raises(InvalidInput, match="nothing to decide"):
        decide(Subject.SCOPE, Verdict.EQUAL, sessions=(THEN, replace(NOW, scope="*shop*")))


def test_sessions_of_one_client_only() -> None:
    with pytest.raises(InvalidInput, match="named twice"):
        decide(Subject.PEOPLE, Verdict.EQUAL, sessions=(THEN, THEN))
    other = session_of("other", NOW.model, client="o2")
    with pytest.raises(InvalidInput, match="different organisations"):
        decide(Subject.PEOPLE, Verdict.EQUAL, sessions=(THEN, other))


def test_an_area_is_equal_to_one_other() -> None:
    mapped = decide(Subject.AREA, Verdict.EQUAL, "c", "x")
    with pytest.raises(InvalidInput, match="“c” and “x” are equal already"):
        decide(Subject.AREA, Verdict.EQUAL, "a", "x", (mapped,))
    with pytest.raises(InvalidInput, match="“c” and “x” are equal already"):
        decide(Subject.AREA, Verdict.EQUAL, "c", "a", (mapped,))
    assert decide(Subject.AREA, Verdict.OVERLAPS, "a", "x", (mapped,))
    again = decide(Subject.AREA, Verdict.EQUAL, "c", "x", (mapped,))
    assert again.key == mapped.key


def test_a_decision_made_the_other_way_round_counts_too() -> None:
    reversed_one = decide(Subject.AREA, Verdict.EQUAL, "x", "c", sessions=(NOW, THEN))
    with pytest.raises(InvalidInput, match="“c” and “x” are equal already"):
        decide(Subject.AREA, Verdict.EQUAL, "a", "x", (reversed_one,))
    same = decide(Subject.AREA, Verdict.EQUAL, "c", "x", (reversed_one,))
    assert same.key == reversed_one.key


def test_areas_on_scales_of_different_length_cannot_be_decided_on() -> None:
    model = replace(NOW.model, levels=NOW.model.levels[:2])
    with pytest.raises(InvalidInput, match="scales have different levels"):
        decide(Subject.AREA, Verdict.EQUAL, "a", "a", sessions=(THEN, replace(NOW, model=model)))
