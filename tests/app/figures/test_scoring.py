"""Figures of a session: test vectors of our method, and invariants for any session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.means import weighted_mean
from app.figures.scoring import Profile, ScoringState, gap, profile
from app.model.maturity_model import MaturityModel
from app.session.rating import Rating
from app.session.session import Session
from app.words.numbers import exact

Models = Callable[..., MaturityModel]
Sessions = Callable[..., Session]
Numbers = Mapping[str, Sequence[int | None]]

LEVELS: Numbers = {
    "People": [2, 3, 2, 2, 3, 1],
    "Process": [3, 4, 3, 2, 3],
    "Policy": [2, None, 1],
    "Technology": [4, 4, 3, 3, 2, 2, 3],
    "Business": [1],
}
"""The example of our method, section 6; ``None`` is the area that is not applicable."""

TARGETS: Numbers = {
    "People": [4, 4, 4, 4, 4, 3],
    "Process": [5, 5, 5, 5, 5],
    "Policy": [3, None, 3],
    "Technology": [5, 5, 5, 4, 4, 5, 4],
    "Business": [3],
}


@pytest.fixture(scope="session")
def example(a_model: Models, a_session: Sessions) -> Callable[[Numbers | None], Session]:
    """The example, with targets or without."""

    def make(targets: Numbers | None) -> Session:
        model = a_model({name: len(levels) for name, levels in LEVELS.items()})
        ratings = [
            Rating(
                f"{name}.{number}",
                level=None if level is None else Fraction(level),
                not_applicable="outside the scope" if level is None else None,
                target=None if targets is None else targets[name][number],
            )
            for name, levels in LEVELS.items()
            for number, level in enumerate(levels)
        ]
        return a_session(model, *ratings)

    return make


@pytest.fixture
def rated(a_model: Models, a_session: Sessions) -> Callable[..., Profile]:
    """Figures of one dimension whose areas have these levels, targets and weights."""

    def make(
        scores: Sequence[int | str | None],
        targets: Sequence[int | None] = (),
        weights: Sequence[str] = (),
        **scale: int,
    ) -> Profile:
        model = a_model({"D": len(scores)}, **scale)
        ratings = [
            Rating(
                f"D.{number}",
                None if level is None else Fraction(level),
                targets[number] if targets else None,
                exact(weights[number]) if weights else Fraction(1),
            )
            for number, level in enumerate(scores)
        ]
        return profile(a_session(model, *ratings))

    return make


# ---- the vectors of sections 6 and 7 -----------------------------------------------------------


def test_dimensions_have_the_means_and_floors_of_the_example(
    example: Callable[[Numbers | None], Session],
) -> None:
    figures = profile(example(None))
    assert [dimension.mean for dimension in figures.dimensions] == [
        Fraction(13, 6), 3, Fraction(3, 2), 3, 1,
    ]  # fmt: skip
    assert [dimension.floor for dimension in figures.dimensions] == [1, 2, 1, 2, 1]
    assert [dimension.ceiling for dimension in figures.dimensions] == [3, 4, 2, 4, 1]
    counts = [(d.scored, d.applicable, d.total) for d in figures.dimensions]
    assert counts == [(6, 6, 6), (5, 5, 5), (2, 2, 3), (7, 7, 7), (1, 1, 1)]


def test_the_headline_and_the_mean_of_dimensions_are_two_figures(
    example: Callable[[Numbers | None], Session],
) -> None:
    figures = profile(example(None))
    assert figures.overall.mean == Fraction(53, 21)
    assert figures.mean_of_dimensions == Fraction(32, 15)
    assert figures.staged_level == 1
    assert (figures.open_count, figures.not_applicable_count) == (0, 1)


def test_gaps_and_progress_to_agreed_targets_are_those_of_the_example(
    example: Callable[[Numbers | None], Session],
) -> None:
    figures = profile(example(TARGETS))
    assert figures.total_gap == figures.total_weighted_gap == 36
    assert figures.mean_gap == Fraction(36, 21)
    assert figures.progress_to_target == Fraction(8, 17)
    assert figures.percent_to_target == Fraction(53, 89)


def test_without_agreed_targets_the_highest_level_counts(
    example: Callable[[Numbers | None], Session],
) -> None:
    figures = profile(example(None))
    assert figures.progress_to_target == Fraction(8, 21)
    assert figures.percent_to_target == Fraction(53, 105)
    assert not any(area.target_agreed for area in figures.areas)


def test_everything_at_the_lowest_level_is_no_progress(rated: Callable[..., Profile]) -> None:
    figures = rated([1] * 21)
    assert figures.progress_to_target == 0
    assert figures.percent_to_target == Fraction(1, 5)


def test_a_level_above_its_target_pays_for_no_other_area(rated: Callable[..., Profile]) -> None:
    figures = rated([5, 1], targets=[3, 3])
    assert figures.progress_to_target == Fraction(1, 2)
    assert figures.total_gap == 2
    assert [area.is_over_target for area in figures.areas] == [True, False]


# ---- single rules ------------------------------------------------------------------------------


def test_targets_at_the_lowest_level_are_reached(rated: Callable[..., Profile]) -> None:
    assert rated([1, 1], targets=[1, 1]).progress_to_target == 1
    from_zero = rated([0, 0], targets=[0, 0], lowest=0)
    assert from_zero.progress_to_target == from_zero.percent_to_target == 1


def test_nothing_scored_gives_no_figures_and_not_the_lowest_ones(
    rated: Callable[..., Profile],
) -> None:
    figures = rated([None, None])
    assert figures.overall.mean is figures.mean_of_dimensions is figures.staged_level is None
    assert figures.progress_to_target is figures.percent_to_target is figures.mean_gap is None
    assert figures.total_gap == 0
    assert figures.open_count == 2
    assert not figures.widest_gaps()


def test_a_staged_level_is_known_only_once_every_area_is_scored(
    rated: Callable[..., Profile],
) -> None:
    assert rated([3, None]).staged_level is None
    assert rated([3, 2]).staged_level == 2


def test_levels_from_zero_count_like_any_other(rated: Callable[..., Profile]) -> None:
    figures = rated([0, 3], lowest=0, levels=4)
    assert figures.overall.mean == Fraction(3, 2)
    assert figures.overall.floor == 0
    assert figures.progress_to_target == Fraction(1, 2)
    assert figures.staged_level == 0


@pytest.mark.parametrize(("levels", "lowest"), [(2, 0), (2, 1), (10, 0), (10, 1)])
def test_the_shortest_and_longest_scales_have_figures(
    rated: Callable[..., Profile], levels: int, lowest: int
) -> None:
    highest = lowest + levels - 1
    figures = rated([lowest, highest], lowest=lowest, levels=levels)
    assert figures.progress_to_target == Fraction(1, 2)
    assert [area.gap for area in figures.areas] == [levels - 1, 0]


def test_decimal_weights_are_exact(rated: Callable[..., Profile]) -> None:
    figures = rated([1, 2, 3], weights=["0.1", "0.2", "0.3"])
    assert figures.overall.mean == Fraction(7, 3)
    assert figures.mean_gap == Fraction(8, 3)


def test_half_levels_keep_their_plain_difference_to_the_target(
    rated: Callable[..., Profile],
) -> None:
    figures = rated(["2.5", "4.5"], targets=[4, 4])
    assert [area.gap for area in figures.areas] == [Fraction(3, 2), 0]
    assert figures.staged_level == Fraction(5, 2)


def test_the_widest_gap_is_the_heaviest_then_the_widest_then_the_first(
    rated: Callable[..., Profile],
) -> None:
    figures = rated([3, 1, 3, 5, 1, None], weights=["1", "1", "2", "1", "1", "10"])
    assert [area.area_id for area in figures.widest_gaps()] == ["D.1", "D.4", "D.2", "D.0"]


def test_the_mean_target_is_that_of_the_areas_in_the_mean(rated: Callable[..., Profile]) -> None:
    figures = rated([3, None], targets=[4, 2])
    assert figures.overall.target_mean == 4


# ---- what holds for any session ----------------------------------------------------------------


@st.composite
def ratings(draw: st.DrawFn, area_id: str, lowest: int, highest: int) -> Rating:
    halves = st.integers(2 * lowest, 2 * highest).map(lambda half: Fraction(half, 2))
    weights = st.sampled_from(("0.1", "0.25", "0.333333333333", "1", "2.5", "10")).map(exact)
    return Rating(
        area_id,
        draw(st.none() | halves),
        draw(st.none() | st.integers(lowest, highest)),
        draw(weights),
        not_applicable=draw(st.sampled_from((None, None, "not ours"))),
    )


@st.composite
def sessions(draw: st.DrawFn, a_model: Models, a_session: Sessions) -> Session:
    lowest = draw(st.integers(0, 1))
    levels = draw(st.integers(2, 10))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    model = a_model({f"D{i}": size for i, size in enumerate(sizes)}, levels, lowest)
    highest = lowest + levels - 1
    return a_session(
        model, *(draw(ratings(area.id, lowest, highest)) for area in model.areas), half_levels=True
    )


@given(data=st.data())
def test_an_unscored_area_changes_no_figure_but_its_count(
    data: st.DataObject, a_model: Models, a_session: Sessions
) -> None:
    session = data.draw(sessions(a_model, a_session))
    areas = [rating.area_id for rating in session.all_ratings() if not rating.is_scored]
    if not areas:
        return
    area = data.draw(st.sampled_from(areas))
    unscored = Rating(area, None, data.draw(st.integers(1, 2)), Fraction(9))
    before = profile(session.with_rating(replace(unscored, not_applicable="outside")))
    after = profile(session.with_rating(unscored))
    assert _means(after) == _means(before)
    assert after.open_count == before.open_count + 1


@given(data=st.data())
def test_an_area_that_is_not_applicable_leaves_both_sides_of_every_figure(
    data: st.DataObject, a_model: Models, a_session: Sessions
) -> None:
    session = data.draw(sessions(a_model, a_session))
    rating = data.draw(st.sampled_from(session.all_ratings()))
    out = replace(rating, not_applicable="outside")
    with_level = profile(session.with_rating(replace(out, level=Fraction(1), weight=Fraction(10))))
    without = profile(session.with_rating(Rating(rating.area_id, not_applicable="outside")))
    assert _means(with_level) == _means(without)
    assert with_level.staged_level == without.staged_level
    assert with_level.overall.applicable == without.overall.applicable


@given(data=st.data())
def test_over_achievement_never_pays_for_another_area(
    data: st.DataObject, a_model: Models, a_session: Sessions
) -> None:
    session = data.draw(sessions(a_model, a_session))
    rating = data.draw(st.sampled_from(session.all_ratings()))
    highest = session.model.highest_level
    target = session.target_of(rating.area_id)
    at_target = session.with_rating(
        replace(rating, level=Fraction(target), target=target, not_applicable=None)
    )
    above = at_target.with_rating(
        replace(at_target.rating(rating.area_id), level=Fraction(highest))
    )
    for figure in ("total_gap", "total_weighted_gap", "mean_gap", "progress_to_target"):
        assert getattr(profile(above), figure) == getattr(profile(at_target), figure)


@given(data=st.data())
def test_figures_stay_within_their_ranges_and_follow_their_formulas(
    data: st.DataObject, a_model: Models, a_session: Sessions
) -> None:
    session = data.draw(sessions(a_model, a_session))
    figures, lowest = profile(session), session.model.lowest_level
    counted = [r for r in session.all_ratings() if r.is_applicable and r.level is not None]
    goals = [(r.weight, r.level or 0, session.target_of(r.area_id)) for r in counted]
    assert figures.overall.scored == len(counted)
    if not counted:
        return
    assert figures.overall.mean == sum(w * c for w, c, _ in goals) / sum(w for w, _, _ in goals)
    assert figures.total_gap == sum(max(0, t - c) for _, c, t in goals)
    wanted = sum(w * (t - lowest) for w, _, t in goals)
    reached = sum(w * (min(c, t) - lowest) for w, c, t in goals)
    assert figures.progress_to_target == (reached / wanted if wanted else 1)
    assert 0 <= figures.progress_to_target <= 1
    levels = [c for _, c, _ in goals]
    assert (figures.overall.floor, figures.overall.ceiling) == (min(levels), max(levels))
    means = [d.mean for d in figures.dimensions if d.mean is not None]
    assert figures.mean_of_dimensions == sum(means) / len(means)


@given(level=st.fractions(0, 10), target=st.integers(0, 10))
def test_a_gap_is_what_is_missing_and_never_negative(level: Fraction, target: int) -> None:
    assert gap(level, target) == max(Fraction(0), target - level)


def test_a_mean_of_nothing_is_no_number() -> None:
    assert weighted_mean([]) is None


def _means(figures: Profile) -> tuple[object, ...]:
    return (
        figures.overall.mean,
        figures.overall.floor,
        figures.overall.ceiling,
        figures.overall.target_mean,
        [(d.mean, d.floor, d.ceiling, d.target_mean) for d in figures.dimensions],
        figures.mean_of_dimensions,
        figures.total_gap,
        figures.total_weighted_gap,
        figures.mean_gap,
        figures.progress_to_target,
        figures.percent_to_target,
    )


def test_an_area_or_a_group_is_scored_unscored_or_not_applicable(
    a_model: Models, a_session: Sessions
) -> None:
    model = a_model({"Scored": 3, "Open": 2, "Left out": 1})
    session = a_session(
        model,
        Rating("Scored.0", level=Fraction(2)),
        Rating("Scored.2", level=Fraction(2), not_applicable="outside the scope"),
        Rating("Open.0", not_applicable="outside the scope"),
        Rating("Left out.0", not_applicable="outside the scope"),
    )
    figures = profile(session)
    states = [area.state for area in figures.areas]
    scored, unscored, left_out = ScoringState
    assert states == [scored, unscored, left_out, left_out, unscored, left_out]
    assert [group.state for group in figures.dimensions] == [scored, unscored, left_out]
