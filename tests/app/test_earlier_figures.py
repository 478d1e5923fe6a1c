"""An earlier session shows only what still means the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.earlier_figures import EarlierFigures, earlier_figures
from app.maturity_model import LevelDescription, LocalText, MaturityModel
from app.scoring import profile
from app.session import Session
from tests.app.samples import Score, session_of


def described(session: Session, changed: str = "") -> Session:
    """The session with a sentence for each level; one area says something else."""
    model = session.model
    dimensions = tuple(
        replace(
            dimension,
            areas=tuple(
                replace(
                    area,
                    levels=tuple(
                        LevelDescription(
                            level.number,
                            LocalText.of(en=f"{area.id} {level.number} {area.id == changed}"),
                        )
                        for level in model.levels
                    ),
                )
                for area in dimension.areas
            ),
        )
        for dimension in model.dimensions
    )
    return replace(session, model=replace(model, dimensions=dimensions))


def compared(
    now: dict[str, list[Score]], then: dict[str, list[Score]], changed: str = ""
) -> tuple[EarlierFigures, Session]:
    session = described(session_of(now))
    return earlier_figures(session.model, described(session_of(then), changed)), session


def test_levels_and_means_are_shown_where_all_texts_are_identical() -> None:
    found, now = compared({"A": [3, 4], "B": [5]}, {"A": [1, 2], "B": [4]})
    assert found.levels == {"A.0": 1, "A.1": 2, "B": 4}
    assert found.means == {"A": Fraction(3, 2), "B": 4}
    assert found.overall(profile(now)) == Fraction(7, 3)
    assert found.hidden == 0


def test_an_area_whose_texts_have_changed_is_left_out_with_its_dimension() -> None:
    found, now = compared({"A": [3, 4], "B": [5]}, {"A": [1, 2], "B": [4]}, changed="A.1")
    assert found.levels == {"A.0": 1, "B": 4}
    assert found.means == {"B": 4}
    assert found.overall(profile(now)) is None
    assert found.hidden == 1


def test_the_change_counts_areas_scored_both_times_only() -> None:
    found, now = compared({"A": [3, None, 5]}, {"A": [1, 2, None]})
    change = found.change(profile(now))
    assert change is not None
    assert (change.by, change.areas) == (2, 1)


def test_the_change_can_be_a_fall() -> None:
    found, now = compared({"A": [2, 2]}, {"A": [3, 4]})
    change = found.change(profile(now))
    assert change is not None
    assert change.by == Fraction(-3, 2)


def test_without_a_common_area_there_is_no_change_to_tell() -> None:
    found, now = compared({"A": [3, None]}, {"A": [None, 2]})
    assert found.change(profile(now)) is None


def test_the_average_then_is_told_only_for_the_same_areas() -> None:
    found, now = compared({"A": [3, 3]}, {"A": [1, None]})
    assert found.overall(profile(now)) is None


@pytest.mark.parametrize("lowest", [0, 1])
def test_on_another_scale_nothing_is_comparable(lowest: int) -> None:
    now = session_of({"A": [1]}, lowest=lowest)
    then = session_of({"A": [1]}, lowest=lowest, count=4)
    found = earlier_figures(now.model, then)
    assert (found.levels, found.means, found.hidden) == ({}, {}, 1)


def test_a_dimension_that_lost_an_area_has_no_earlier_mean() -> None:
    now, then = session_of({"A": [3], "B": [2, 2]}), session_of({"A": [3], "B": [1, 1, 1]})
    model: MaturityModel = now.model
    assert "B" not in earlier_figures(model, then).means
    assert earlier_figures(model, then).means["A"] == 3
