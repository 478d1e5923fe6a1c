"""Libraries that take reviews and mappings from one another in any order end up with the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from app.comparison.mappings import MappedAreas, ModelMapping, ModelVersion
from app.comparison.reviews import Review, Subject, Verdict
from data.library import migrations
from data.library.mappings import StoredMapping
from data.library.store import Store

LIBRARIES = 3
BEGIN = datetime(2026, 11, 23, tzinfo=UTC)
VERSIONS = (ModelVersion("m", "1"), ModelVersion("m", "2"))
SOURCES = ("", "one", "other")
_steps = st.lists(
    st.tuples(
        st.sampled_from(["do", "withdraw", "take"]),
        st.integers(0, LIBRARIES - 1),
        st.integers(0, LIBRARIES - 1),
        st.integers(0, 2),
    ),
    max_size=25,
)


@contextmanager
def stores() -> Iterator[list[Store]]:
    connections = [sqlite3.connect(":memory:", isolation_level=None) for _ in range(LIBRARIES)]
    for connection in connections:
        migrations.create_tables(connection)
        connection.execute("INSERT INTO organisation VALUES ('o', 'O', 'o', '')")
    yield [Store(connection) for connection in connections]
    for connection in connections:
        connection.close()


def everybody_takes_from_everybody(libraries: list[Store], now: datetime) -> int:
    """Returns how much was news."""
    return sum(
        take_reviews(source, into, now) + take_mappings(source, into, now)
        for source, into in permutations(libraries, 2)
    )


def take_reviews(source: Store, into: Store, now: datetime) -> int:
    count = sum(into.reviews.take_in(review, now) for review in source.reviews.all())
    into.reviews.replace_older("o", now)
    return count


def take_mappings(source: Store, into: Store, now: datetime) -> int:
    return sum(into.mappings.take_in(mapping, now) for mapping in source.mappings.all())


@settings(max_examples=20, deadline=None)
@given(_steps)
def test_reviews(steps: list[tuple[str, int, int, int]]) -> None:
    with stores() as libraries:
        for number, (step, where, other, key) in enumerate(steps):
            rows, now = libraries[where].reviews, BEGIN + timedelta(seconds=number)
            if step == "do":
                rows.add(review_at(now, key, where), now)
            elif step == "take":
                take_reviews(libraries[other], libraries[where], now)
            else:
                for review in rows.all():
                    if review.is_in_force and review.later_id == f"s{key}":
                        rows.withdraw(review, now, f"by {where}", now)
        end = BEGIN + timedelta(days=1)
        for _ in range(LIBRARIES):
            everybody_takes_from_everybody(libraries, end)
        assert everybody_takes_from_everybody(libraries, end) == 0
        found = [library.reviews.all() for library in libraries]
        assert found[0] == found[1] == found[2]
        in_force = [review.key for review in found[0] if review.is_in_force]
        assert len(in_force) == len(set(in_force))


def review_at(now: datetime, key: int, where: int) -> Review:
    ids = uuid4().hex, "o", "earlier", f"s{key}"
    return Review(*ids, Subject.PEOPLE, Verdict.EQUAL, now, by=f"by {where}")


@settings(max_examples=20, deadline=None)
@given(_steps)
def test_mappings(steps: list[tuple[str, int, int, int]]) -> None:
    with stores() as libraries:
        for number, (step, where, other, key) in enumerate(steps):
            rows, now = libraries[where].mappings, BEGIN + timedelta(seconds=number)
            mapping = mapping_of(SOURCES[key])
            if step == "do" and not any(
                each.mapping.versions == mapping.versions for each in rows.in_force()
            ):
                rows.put(StoredMapping(mapping, now, f"by {where}"), now)
            elif step == "take":
                take_mappings(libraries[other], libraries[where], now)
            elif step == "withdraw":
                known = rows.known(mapping.digest)
                if known is not None and known.is_in_force:
                    gone = replace(known, withdrawn_at=now, withdrawn_by=f"by {where}")
                    rows.put(gone, now)
        end = BEGIN + timedelta(days=1)
        for _ in range(LIBRARIES):
            everybody_takes_from_everybody(libraries, end)
        assert everybody_takes_from_everybody(libraries, end) == 0
        found = [library.mappings.all() for library in libraries]
        assert found[0] == found[1] == found[2]
        assert sum(each.is_in_force for each in found[0]) <= 1


def mapping_of(source: str) -> ModelMapping:
    pairs = (MappedAreas("a", "b", Verdict.EQUAL),)
    return ModelMapping(VERSIONS[0], VERSIONS[1], pairs, source)
