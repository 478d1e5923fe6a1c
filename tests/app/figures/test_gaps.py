"""Gaps and progress to target: test vectors of the method paper, and invariants."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from app.figures.scoring import Profile, gap, profile
from app.session.session import Session
from tests.app.samples import PAPER_LEVELS, PAPER_TARGETS, session_of, sessions


@pytest.fixture
def paper() -> Profile:
    return profile(session_of(PAPER_LEVELS, PAPER_TARGETS))


def test_total_gap_and_progress_are_those_of_the_method_paper(paper: Profile) -> None:
    assert paper.total_gap == 36
    assert paper.progress_to_target == Fraction(8, 17)
    assert paper.percent_to_target == Fraction(53, 89)


def test_against_the_highest_level_everywhere_the_paper_gives_other_figures() -> None:
    figures = profile(session_of(PAPER_LEVELS))
    assert figures.progress_to_target == Fraction(8, 21)
    assert figures.percent_to_target is not None
    assert round(float(figures.percent_to_target), 6) == 0.504762


def test_standing_at_the_lowest_level_is_no_progress_though_samm_counts_a_fifth() -> None:
    figures = profile(session_of({"A": [1, 1, 1]}))
    assert figures.progress_to_target == 0
    assert figures.percent_to_target == Fraction(1, 5)


def test_one_area_above_its_target_does_not_make_up_for_one_below() -> None:
    figures = profile(session_of({"A": [5, 1]}, {"A": [3, 3]}))
    assert figures.progress_to_target == Fraction(1, 2)
    assert figures.total_gap == 2


def test_targets_at_the_lowest_level_are_reached_by_definition() -> None:
    figures = profile(session_of({"A": [1, 2]}, {"A": [1, 1]}))
    assert figures.progress_to_target == 1


def test_on_a_scale_from_zero_progress_begins_at_zero() -> None:
    figures = profile(session_of({"A": [1]}, {"A": [4]}, lowest=0))
    assert figures.progress_to_target == Fraction(1, 4)


def test_targets_of_zero_leave_nothing_to_do() -> None:
    figures = profile(session_of({"A": [0]}, {"A": [0]}, lowest=0))
    assert figures.percent_to_target == 1
    assert figures.total_gap == 0


@pytest.mark.parametrize(
    ("level", "target", "expected"),
    [(2, 5, 3), (5, 5, 0), (5, 3, 0), (Fraction(5, 2), 4, Fraction(3, 2)), (0, 0, 0)],
)
def test_a_gap_is_what_is_missing_and_never_negative(
    level: Fraction | int, target: int, expected: Fraction | int
) -> None:
    assert gap(Fraction(level), target) == expected


def test_without_an_agreed_target_the_highest_level_counts_and_is_marked_as_not_agreed() -> None:
    area = profile(session_of({"A": [2]}, count=4)).area("A")
    assert (area.target, area.target_agreed, area.gap) == (4, False, 2)


def test_an_unscored_area_has_no_gap_figure() -> None:
    area = profile(session_of({"A": [None]})).area("A")
    assert area.gap is None
    assert area.weighted_gap is None


def test_an_area_that_is_not_applicable_has_no_gap_figure() -> None:
    assert profile(session_of({"A": ["n/a"]})).area("A").gap is None


def test_a_level_above_the_target_is_legal_and_told() -> None:
    area = profile(session_of({"A": [5]}, {"A": [3]})).area("A")
    assert area.gap == 0
    assert area.is_over_target


def test_the_widest_weighted_gap_comes_first_then_the_widest_then_model_order() -> None:
    session = session_of(
        {"A": [4, 2, 3, 5], "B": [2, None, "n/a"]},
        weights={"A": [4, 1, 2, 1], "B": [1, 1, 1]},
    )
    widest = [area.area_id for area in profile(session).widest_gaps()]
    # weighted 4 (gap 2), 4 (gap 1), then 3 and 3 in model order; closed and open ones not at all
    assert widest == ["A.2", "A.0", "A.1", "B.0"]


def test_the_mean_gap_is_weighted_like_every_mean() -> None:
    session = session_of({"A": [1, 5]}, weights={"A": [1, 3]})
    figures = profile(session)
    assert figures.mean_gap == 1
    assert figures.total_gap == 4
    assert figures.total_weighted_gap == 4


@given(sessions())
def test_progress_and_percent_lie_between_nothing_and_everything(session: Session) -> None:
    figures = profile(session)
    for share in (figures.progress_to_target, figures.percent_to_target):
        assert share is None or 0 <= share <= 1


@given(sessions(at_least_scored=1))
def test_no_gap_means_all_the_way_and_only_then(session: Session) -> None:
    figures = profile(session)
    assert (figures.total_gap == 0) == (figures.progress_to_target == 1)


@given(sessions())
def test_the_widest_gaps_hold_every_open_gap_once(session: Session) -> None:
    figures = profile(session)
    widest = figures.widest_gaps()
    assert sum((area.gap or Fraction(0) for area in widest), Fraction(0)) == figures.total_gap
    assert len({area.area_id for area in widest}) == len(widest)
