"""The clock of the library never shows a moment twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.comparison.mappings import MappedAreas, ModelMapping, ModelVersion
from app.comparison.reviews import NewReview, Subject, Verdict
from app.session.session import NewSession
from data.library.clock import LibraryClock
from data.library.library import open_library

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def stopped() -> LibraryClock:
    """A clock so coarse that it does not move on during a test."""
    return LibraryClock(lambda: NOW)


def test_moments_within_one_millisecond_are_in_order(stopped: LibraryClock) -> None:
    moments = [stopped() for _ in range(3)]
    assert moments == [NOW.replace(microsecond=each) for each in (123000, 124000, 125000)]
    assert all(each.tzinfo is not None for each in moments)


def test_a_clock_that_is_set_back_a_little_goes_on_and_far_is_followed() -> None:
    times = iter([NOW, NOW - timedelta(seconds=5), NOW - timedelta(hours=1)])
    clock = LibraryClock(lambda: next(times))
    first, second, third = clock(), clock(), clock()
    assert first < second < first + timedelta(seconds=1)
    assert third == NOW.replace(microsecond=123000) - timedelta(hours=1)


def test_decisions_in_one_millisecond_are_shown_and_merged_in_their_order(
    tmp_path: Path, a_session: Callable[..., NewSession], stopped: LibraryClock
) -> None:
    path, copy = tmp_path / "one.stufenplan", tmp_path / "two.stufenplan"
    one = open_library(path, create=True, now=stopped)
    first = one.create_session(a_session(scope="A", date=date(2025, 1, 1)))
    second = one.create_session(a_session(scope="B"))
    one.save_copy(copy)
    subjects = [Subject.PEOPLE, Subject.SCOPE]
    reviews = [
        one.reviews.decide(NewReview(first.id, second.id, subject, verdict))
        for verdict in (Verdict.EQUAL, Verdict.DIFFERENT)
        for subject in subjects
    ]
    pairs = (MappedAreas("a", "b", Verdict.EQUAL),)
    mapping = ModelMapping(ModelVersion("m", "1"), ModelVersion("m", "2"), pairs)
    one.mappings.add(mapping)
    one.mappings.withdraw(mapping.digest)
    two = open_library(copy, now=stopped)
    two.mappings.add(mapping)  # later than the withdrawal
    moments = [each.at for each in reviews]
    assert moments == sorted(set(moments))
    one.close()
    two.merge(path)
    assert two.reviews.of(first.organisation.id) == tuple(reviews[2:])
    assert two.mappings.all() == (mapping,)
    assert two.check() == ()
    two.close()
