"""A new session takes along what was agreed in an earlier one, and names what it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.model.maturity_model import LevelDescription, LocalText, MaturityModel
from app.session.plan_settings import (
    DEFAULT_PLAN,
    AddedPrerequisite,
    IntermediateTarget,
    Milestone,
    PlanSettings,
    TeamCapacity,
)
from app.session.quarters import Quarter
from app.session.rating import Confidence, Rating
from app.session.session import Session
from app.session.step_details import Approval, StepDetails, StepStatus
from app.session.units import Affiliation, Unit
from app.words.follow_up_words import left_behind, open_notes
from app.words.texts import translator_for
from app.workshop.follow_up import (
    USUAL,
    FollowUp,
    Part,
    follow_up,
    new_from,
    take_over,
    versions_for,
)

DAY = date(2027, 6, 30)
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
    new = new_from(earlier, earlier.model, FollowUp())
    assert (new.organisation, new.unit, new.title, new.date) == ("Acme", "", "", None)
    assert (new.language, new.scope, new.half_levels, new.facilitator) == (
        "de", "Portal", True, "Ana",
    )  # fmt: skip
    english = replace(earlier.model, languages=("en",))
    assert new_from(earlier, english, FollowUp()).language == "en"


@pytest.fixture
def planned(earlier: Session) -> Session:
    """A session with reasons for its targets, steps and settings of a plan."""
    rating = replace(
        earlier.rating("people.0"),
        target_date=DAY,
        target_reason="Enough",
        target_sponsor="CISO of Acme",
        target_path=(IntermediateTarget(3, date(2027, 3, 31)),),
        steps=(
            StepDetails(3, owner="Ana", status=StepStatus.DONE),
            StepDetails(4, owner="Ben", pin=Quarter(2027, 1), approval=Approval.APPROVED),
            StepDetails(5, pin=Quarter(2027, 2)),
        ),
    )
    plan = PlanSettings(
        Quarter(2027, 1), 4, (Fraction(80), Fraction(60)),
        teams=(TeamCapacity("SRE", (Fraction(20), Fraction(10))),),
        milestones=(Milestone(DAY, "Audit"),),
        prerequisites=(AddedPrerequisite("people.0", 4, "process.0", 3),),
    )  # fmt: skip
    return replace(earlier.with_rating(rating), plan=plan)


def test_with_the_targets_come_reasons_steps_that_are_not_done_and_the_plan(
    planned: Session,
) -> None:
    found = follow_up(planned, planned.model, {}, USUAL)
    rating = by_area(found)["people.0"]
    assert (rating.target, rating.target_date, rating.target_reason, rating.target_sponsor) == (
        4, DAY, "Enough", "CISO of Acme"
    )  # fmt: skip
    assert rating.target_path == (IntermediateTarget(3, date(2027, 3, 31)),)
    assert rating.steps == (StepDetails(4, owner="Ben", approval=Approval.APPROVED),)
    plan = new_from(planned, planned.model, found).plan
    assert (plan.start, plan.periods, plan.capacity) == (None, 4, (Fraction(60),))
    assert plan.teams == (TeamCapacity("SRE", (Fraction(10),)),)
    assert len(plan.milestones) == len(plan.prerequisites) == 1
    without = follow_up(planned, planned.model, {}, [Part.WEIGHTS])
    assert without.plan == DEFAULT_PLAN
    assert not any(rating.steps or rating.target_reason for rating in without.ratings)


def test_of_a_plan_only_levels_of_targets_reach_another_client(planned: Session) -> None:
    found = follow_up(planned, planned.model, {}, Part, same_client=False)
    assert by_area(found)["people.0"] == Rating("people.0", target=4, weight=Fraction(2))
    assert found.plan == DEFAULT_PLAN


def test_a_plan_is_left_behind_as_far_as_the_newer_model_has_no_place_for_it(
    planned: Session, a_model: Callable[..., MaturityModel]
) -> None:
    people, process = planned.model.dimensions
    smaller = replace(planned.model, dimensions=(people, replace(process, areas=process.areas[1:])))
    assert follow_up(planned, smaller, {}, USUAL).plan.prerequisites == ()
    shorter = replace(planned.model, levels=planned.model.levels[:3])
    found = follow_up(planned, shorter, {}, USUAL)
    assert (found.plan.prerequisites, found.plan.capacity) == ((), (Fraction(60),))
    assert by_area(found)["people.0"] == Rating("people.0", weight=Fraction(2))
    sizes = {"people": 2, "process": 2}
    circular = a_model(sizes, prerequisites=(("process.0", 3, "people.0", 4),))
    found = follow_up(planned, circular, {}, USUAL)
    assert found.plan.prerequisites == ()
    assert left_behind(found, TR)[-1] == (
        "The prerequisites that were added to the plan form a circle with those of this version of"
        " the model, so they are not taken along."
    )


def test_a_target_that_was_decided_keeps_its_own_date_and_sponsor(planned: Session) -> None:
    found = follow_up(planned, planned.model, {}, USUAL)
    untouched = replace(planned, ratings={}, plan=DEFAULT_PLAN)
    assert take_over(untouched, found)[None, "plan"] == found.plan
    begun = untouched.with_rating(Rating("people.0", target=3))
    begun = replace(begun, plan=PlanSettings(parallel=2))
    taken = take_over(begun, found)
    assert {name for area, name in taken if area == "people.0"} == {"weight", "steps"}
    assert (None, "plan") not in taken


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
    new = new_from(earlier, earlier.model, found, same_client=False)
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
