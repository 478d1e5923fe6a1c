"""A new session takes along what was agreed in an earlier one, and names what it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from app.model.maturity_model import LevelDescription, LocalText, MaturityModel
from app.session.rating import Confidence, Rating
from app.session.session import Session
from app.session.units import Affiliation, Unit
from app.words.follow_up_words import left_behind, open_notes
from app.words.texts import translator_for
from app.workshop.follow_up import USUAL, FollowUp, Part, follow_up, new_from, versions_for

TR = translator_for("en")
RATINGS = (
    Rating("people.0", Fraction(3), 4, Fraction(2), Confidence.GUESS, "Why", None),
    Rating("people.1", not_applicable="Done by the parent company", target=5),
    Rating("process.0", Fraction(5), 2, note="Seen"),
    Rating("process.1", weight=Fraction(3)),
)


@pytest.fixture
def earlier(a_model: Callable[..., MaturityModel], a_session: Callable[..., Session]) -> Session:
    return a_session(a_model({"people": 2, "process": 2}), *RATINGS)


def by_area(found: FollowUp) -> dict[str, Rating]:
    return {rating.area_id: rating for rating in found.ratings}


def test_targets_weights_and_what_does_not_apply_are_taken_along(earlier: Session) -> None:
    found = follow_up(earlier, earlier.model, {}, USUAL)
    assert by_area(found) == {
        "people.0": Rating("people.0", target=4, weight=Fraction(2)),
        "people.1": Rating("people.1", target=5, not_applicable="Done by the parent company"),
        "process.0": Rating("process.0", target=2),
        "process.1": Rating("process.1", weight=Fraction(3)),
    }
    assert left_behind(found, TR) == []


@pytest.mark.parametrize(
    ("part", "taken"),
    [
        (Part.TARGETS, {"people.0", "people.1", "process.0"}),
        (Part.WEIGHTS, {"people.0", "process.1"}),
        (Part.NOT_APPLICABLE, {"people.1"}),
    ],
)
def test_only_what_was_chosen_is_taken_along(earlier: Session, part: Part, taken: set[str]) -> None:
    assert by_area(follow_up(earlier, earlier.model, {}, [part])).keys() == taken
    assert follow_up(earlier, earlier.model, {}, []) == FollowUp()


def test_open_points_become_a_reason_to_begin_with(earlier: Session) -> None:
    notes = open_notes(earlier, TR)
    found = by_area(follow_up(earlier, earlier.model, notes, [Part.OPEN_POINTS]))
    assert {area: rating.note for area, rating in found.items()} == {
        "people.0": "Open since 23 November 2026: only a guess",
        "process.0": "Open since 23 November 2026: level above its target",
        "process.1": "Open since 23 November 2026: not scored",
    }
    assert all(rating.level is None for rating in found.values())


def test_areas_that_are_gone_are_named(earlier: Session) -> None:
    people, process = earlier.model.dimensions
    newer = replace(
        earlier.model,
        content_version="2",
        dimensions=(replace(people, areas=people.areas[:1]), process),
    )
    found = follow_up(earlier, newer, {}, USUAL)
    assert "people.1" not in by_area(found)
    assert left_behind(found, TR) == [
        "1 area is not in this version of the model, so nothing of it is taken along: people.1."
    ]
    # what has nothing to take along is not missed
    assert follow_up(earlier, newer, {}, [Part.WEIGHTS]).gone == ()


def test_targets_on_another_scale_are_left_behind_and_named(earlier: Session) -> None:
    newer = replace(earlier.model, levels=earlier.model.levels[:3])
    found = follow_up(earlier, newer, {}, USUAL)
    assert all(rating.target is None for rating in found.ratings)
    assert by_area(found)["people.0"].weight == 2
    (sentence,) = left_behind(found, TR)
    assert sentence.endswith("these targets are not taken along: people.0, people.1, process.0.")


def test_targets_of_areas_with_other_texts_are_to_be_checked(earlier: Session) -> None:
    people, process = earlier.model.dimensions
    text = LevelDescription(3, LocalText.of(en="Reworded", de="Neu"))
    areas = (replace(people.areas[0], levels=(text,)), people.areas[1])
    newer = replace(earlier.model, dimensions=(replace(people, areas=areas), process))
    found = follow_up(earlier, newer, {}, USUAL)
    assert by_area(found)["people.0"].target == 4
    assert left_behind(found, TR) == [
        "The level texts of 1 area have changed; please check its target: people.0."
    ]


@pytest.mark.parametrize(
    ("own", "current", "proposed"),
    [
        ("1", "2", "2"),
        ("2026.9", "2026.12", "2026.12"),
        ("2026.12", "2026.9", "2026.12"),
        ("a3f9", "09bc", "09bc"),
    ],
)
def test_the_newer_version_of_a_model_is_proposed_and_the_other_one_offered(
    earlier: Session, own: str, current: str, proposed: str
) -> None:
    earlier = replace(earlier, model=replace(earlier.model, content_version=own))
    other = replace(earlier.model, id="other")
    known = replace(earlier.model, content_version=current)
    found = versions_for(earlier, (other, known))
    assert found[0].content_version == proposed
    assert {model.content_version for model in found} == {own, current}
    assert versions_for(earlier, (other, earlier.model)) == (earlier.model,)
    assert versions_for(earlier, (other,)) == (earlier.model,)


def test_the_new_session_is_like_the_earlier_one_but_for_title_and_date(earlier: Session) -> None:
    earlier = replace(earlier, half_levels=True, scope="Portal", facilitator="Ana", language="de")
    new = new_from(earlier, earlier.model, ())
    assert (new.organisation, new.unit, new.title, new.date) == ("Acme", "", "", None)
    assert (new.language, new.scope, new.half_levels, new.facilitator) == (
        "de", "Portal", True, "Ana",
    )  # fmt: skip
    english = replace(earlier.model, languages=("en",))
    assert new_from(earlier, english, ()).language == "en"


def test_to_another_client_nothing_is_taken_along_that_was_written_for_this_one(
    earlier: Session,
) -> None:
    unit = Unit("u", earlier.organisation.id, "Platform team")
    earlier = replace(
        earlier,
        affiliation=Affiliation(earlier.organisation, (unit,)),
        half_levels=True,
        scope="Portal of Acme",
        facilitator="Ana of Acme",
        tags=("acme",),
    )
    notes = open_notes(earlier, TR)
    found = follow_up(earlier, earlier.model, notes, Part, same_client=False)
    new = new_from(earlier, earlier.model, found.ratings, same_client=False)
    assert by_area(found) == {
        "people.0": Rating("people.0", target=4, weight=Fraction(2)),
        "people.1": Rating("people.1", target=5),
        "process.0": Rating("process.0", target=2),
        "process.1": Rating("process.1", weight=Fraction(3)),
    }
    assert (new.unit, new.scope, new.facilitator, new.tags) == ("", "", "", ())
    assert new.half_levels
    (sentence,) = left_behind(found, TR)
    assert sentence.startswith("Words of one organisation are not taken along to another")
