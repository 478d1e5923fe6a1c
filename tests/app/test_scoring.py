"""Key figures: the vectors of the method paper, and what must hold for every session."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scoring import Profile, profile
from app.session import Rating, Session
from tests.app.samples import PAPER_LEVELS, PAPER_TARGETS, session_of, sessions


@pytest.fixture
def paper() -> Profile:
    return profile(session_of(PAPER_LEVELS, PAPER_TARGETS))


def test_dimension_means_are_those_of_the_method_paper(paper: Profile) -> None:
    assert [d.mean for d in paper.dimensions] == [
        Fraction(13, 6), Fraction(3), Fraction(3, 2), Fraction(3), Fraction(1),
    ]  # fmt: skip


def test_floor_and_range_of_each_dimension_are_shown_beside_its_mean(paper: Profile) -> None:
    assert [d.floor for d in paper.dimensions] == [1, 2, 1, 2, 1]
    assert [d.ceiling for d in paper.dimensions] == [3, 4, 2, 4, 1]


def test_the_headline_is_the_mean_of_areas_and_the_mean_of_dimensions_differs(
    paper: Profile,
) -> None:
    assert paper.overall.mean == Fraction(53, 21)
    assert paper.mean_of_dimensions == Fraction(32, 15)


def test_coverage_counts_applicable_areas_only(paper: Profile) -> None:
    assert (paper.overall.scored, paper.overall.applicable, paper.overall.total) == (21, 21, 22)
    assert paper.not_applicable_count == 1
    policy = paper.dimension("Policy")
    assert (policy.scored, policy.applicable, policy.total) == (2, 2, 3)


def test_the_staged_level_is_the_lowest_of_all_areas(paper: Profile) -> None:
    assert paper.staged_level == 1


def test_the_staged_level_is_unknown_while_an_area_is_open() -> None:
    figures = profile(session_of({"A": [3, 4], "B": [None]}))
    assert figures.staged_level is None
    assert figures.open_count == 1


def test_an_area_that_is_not_applicable_does_not_keep_the_staged_level_open() -> None:
    assert profile(session_of({"A": [3, 4], "B": ["n/a"]})).staged_level == 3


def test_nothing_scored_gives_no_figures_at_all() -> None:
    figures = profile(session_of({"A": [None, None], "B": ["n/a"]}))
    assert figures.overall.mean is figures.overall.floor is figures.mean_of_dimensions is None
    assert figures.mean_gap is figures.progress_to_target is figures.percent_to_target is None
    assert figures.staged_level is None
    assert figures.total_gap == 0


def test_everything_not_applicable_leaves_no_staged_level() -> None:
    figures = profile(session_of({"A": ["n/a", "n/a"]}))
    assert figures.staged_level is None
    assert (figures.overall.applicable, figures.overall.total) == (0, 2)


def test_a_level_that_was_set_before_an_area_was_taken_out_is_not_counted() -> None:
    session = session_of({"A": [1, 5]})
    taken_out = replace(session.rating("A.1"), not_applicable="run by the group")
    assert profile(session.with_rating(taken_out)).overall.mean == 1


def test_weights_pull_the_mean_towards_heavy_areas() -> None:
    session = session_of({"A": [2, 4]}, weights={"A": [3, 1]})
    assert profile(session).overall.mean == Fraction(5, 2)


def test_weights_do_not_change_the_count_of_areas_or_the_lowest_level() -> None:
    figures = profile(session_of({"A": [2, 4]}, weights={"A": [3, Fraction(1, 2)]}))
    assert (figures.overall.scored, figures.overall.floor, figures.overall.ceiling) == (2, 2, 4)


def test_dimensions_count_alike_in_the_mean_of_dimensions_however_many_areas_they_have() -> None:
    figures = profile(session_of({"A": [1, 1, 1, 1], "B": [5]}))
    assert figures.mean_of_dimensions == 3
    assert figures.overall.mean == Fraction(9, 5)


def test_the_mean_of_dimensions_leaves_out_dimensions_without_a_level() -> None:
    assert profile(session_of({"A": [2], "B": [None], "C": ["n/a"]})).mean_of_dimensions == 2


def test_half_levels_are_averaged_exactly() -> None:
    session = session_of({"A": [Fraction(3, 2), Fraction(5, 2), 3]})
    assert profile(session).overall.mean == Fraction(7, 3)


def test_figures_of_an_unknown_area_or_dimension_are_an_error(paper: Profile) -> None:
    with pytest.raises(KeyError):
        paper.area("no such area")
    with pytest.raises(KeyError):
        paper.dimension("no such dimension")


# ---- what holds for every session ------------------------------------------------------------


def _without(session: Session, area_ids: list[str]) -> Session:
    """The same session on a model that never had these areas."""
    model = session.model
    dimensions = tuple(
        replace(d, areas=tuple(a for a in d.areas if a.id not in area_ids))
        for d in model.dimensions
    )
    ratings = {key: rating for key, rating in session.ratings.items() if key not in area_ids}
    return replace(session, model=replace(model, dimensions=dimensions), ratings=ratings)


@given(sessions())
def test_an_unscored_area_changes_no_mean(session: Session) -> None:
    unscored = [r.area_id for r in session.all_ratings() if r.is_applicable and r.level is None]
    with_them, without = profile(session), profile(_without(session, unscored))
    assert with_them.overall.mean == without.overall.mean
    assert with_them.mean_of_dimensions == without.mean_of_dimensions
    assert [d.mean for d in with_them.dimensions] == [d.mean for d in without.dimensions]
    assert with_them.progress_to_target == without.progress_to_target


@given(sessions())
def test_an_area_that_is_not_applicable_leaves_numerator_and_denominator(
    session: Session,
) -> None:
    taken_out = [r.area_id for r in session.all_ratings() if not r.is_applicable]
    with_them, without = profile(session), profile(_without(session, taken_out))
    assert with_them.overall.mean == without.overall.mean
    assert with_them.staged_level == without.staged_level
    assert with_them.total_gap == without.total_gap
    assert with_them.mean_gap == without.mean_gap
    assert with_them.progress_to_target == without.progress_to_target
    assert with_them.percent_to_target == without.percent_to_target
    assert with_them.overall.applicable == without.overall.applicable


@given(sessions(at_least_scored=1), st.data())
def test_over_achievement_never_pays_for_another_area(
    session: Session, data: st.DataObject
) -> None:
    scored = [r for r in session.all_ratings() if r.is_scored]
    rating = data.draw(st.sampled_from(scored))
    target = session.target_of(rating.area_id)
    at_target = profile(session.with_rating(replace(rating, level=Fraction(target))))
    above = Fraction(session.model.highest_level)
    over = profile(session.with_rating(replace(rating, level=above)))
    assert over.total_gap == at_target.total_gap
    assert over.mean_gap == at_target.mean_gap
    assert over.progress_to_target == at_target.progress_to_target
    assert over.percent_to_target == at_target.percent_to_target


@given(sessions(at_least_scored=1))
def test_a_mean_lies_between_the_lowest_and_the_highest_level(session: Session) -> None:
    figures = profile(session)
    for group in (figures.overall, *figures.dimensions):
        if group.mean is not None:
            assert group.floor is not None
            assert group.ceiling is not None
            assert group.floor <= group.mean <= group.ceiling


@given(sessions(at_least_scored=1), st.integers(1, 100))
def test_only_the_ratio_of_weights_matters(session: Session, factor: int) -> None:
    ratings = {r.area_id: replace(r, weight=r.weight * factor / 100) for r in session.all_ratings()}
    scaled = profile(replace(session, ratings=ratings))
    figures = profile(session)
    assert scaled.overall.mean == figures.overall.mean
    assert scaled.mean_gap == figures.mean_gap
    assert scaled.progress_to_target == figures.progress_to_target


@given(sessions(at_least_scored=1), st.data())
def test_raising_one_area_lowers_no_figure(session: Session, data: st.DataObject) -> None:
    scored = [r for r in session.all_ratings() if r.is_scored]
    rating: Rating = data.draw(st.sampled_from(scored))
    higher = Fraction(session.model.highest_level)
    before, after = profile(session), profile(session.with_rating(replace(rating, level=higher)))
    assert (after.overall.mean or 0) >= (before.overall.mean or 0)
    assert (after.progress_to_target or 0) >= (before.progress_to_target or 0)
    assert after.total_gap <= before.total_gap
    if before.staged_level is not None and after.staged_level is not None:
        assert after.staged_level >= before.staged_level


@given(sessions())
def test_the_order_of_areas_in_a_dimension_changes_no_figure(session: Session) -> None:
    model = session.model
    turned = replace(
        model,
        dimensions=tuple(replace(d, areas=d.areas[::-1]) for d in model.dimensions),
    )
    one, other = profile(session), profile(replace(session, model=turned))
    assert one.overall == other.overall
    assert one.dimensions == other.dimensions
    assert one.total_weighted_gap == other.total_weighted_gap


@given(sessions())
def test_every_area_is_counted_in_exactly_one_dimension(session: Session) -> None:
    figures = profile(session)
    for count in ("scored", "applicable", "total"):
        by_dimension = sum(getattr(group, count) for group in figures.dimensions)
        assert by_dimension == getattr(figures.overall, count)
