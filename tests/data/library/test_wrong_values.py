"""Values of every kind in every field, from every caller: refused, or stored as they are.

Nothing but ``InvalidInput`` is raised, and what is accepted reads back equal and of the same type.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.session.checkpoints import MAX_CHECKPOINTS, Checkpoint
from app.session.evidence import Evidence, EvidenceKind
from app.session.field_types.base import FieldType
from app.session.field_types.texts import MAX_NOTE_LENGTH
from app.session.plan_settings import DEFAULT_PLAN, IntermediateTarget, PlanSettings
from app.session.plan_versions import PlanVersion
from app.session.quarters import Quarter
from app.session.rating import RATING, Confidence
from app.session.scenarios import Scenario, ScenarioArea
from app.session.session import SESSION, NewSession, Session, field_of
from app.session.step_details import StepDetails
from app.session.units import Affiliation, Organisation, affiliation_along
from app.session.whole import WholeSession
from app.words.texts import translator_for
from app.workshop.history import Edit, apply_change, new_change, taken_back, typed_edit
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary
from data.sessions.document import read_session_document
from data.sessions.merge import take_in
from data.sessions.score_csv import read_scores
from exports.session_json import json_text, session_to_document
from tests.exports.samples import planned

AREA = "people.0"
DAY = date(2026, 11, 23)
HUGE = 10**5000  # too long even to be written out
AT = datetime(2026, 11, 23, 14, 7, 32, tzinfo=UTC)
LINK = Evidence("e1", EvidenceKind.LINK, "Minutes", "https://example.org")
FILE = Evidence("e2", EvidenceKind.FILE, "a.pdf", "a.pdf", 3, hashlib.sha256(b"abc").hexdigest())
LUNCH = Checkpoint("c1", "Lunch", AT)


class Colour(StrEnum):
    """A choice of something else."""

    RED = "guess"


class Word(str):
    """A text of another class."""


class Number(int):
    """A number of another class."""


class Part(Fraction):
    """A fraction of another class."""


class Day(date):
    """A date of another class."""


class Link(Evidence):
    """A record of another class."""


NUMBERS: tuple[object, ...] = (
    True, False, 0, -1, 1, 2, 6, HUGE, -HUGE, Number(2), 0.0, 2.0, 2.5, 1e300, 5e-324,
    float("nan"), float("inf"), float("-inf"), 2j,
    Fraction(1, 3), Fraction(5, 2), Fraction(7, 4), Fraction(2 * HUGE + 1, 2), Fraction(1, HUGE),
    Fraction(HUGE + 1, HUGE), Part(2), Decimal(2), Decimal("NaN"), Decimal("1e999999"),
)  # fmt: skip
TEXTS: tuple[object, ...] = (
    "", " ", "text", "de", "2", "2026-11-23", "guess", " two\nlines ", "a\x00b", "\ufffe",
    "\ud800", "x" * (MAX_NOTE_LENGTH + 1), "e" * 201, "e\u0301" * 150,
    b"text", bytearray(b"text"), Word("text"), Colour.RED, Confidence.GUESS, EvidenceKind.LINK,
)  # fmt: skip
CELLS = ("2.5", "9", "1/3", "1e400", "nan", "9" * 5000, *(v for v in TEXTS if type(v) is str))
MOMENTS: tuple[object, ...] = (
    date(2026, 11, 23), date.max, Day(2026, 11, 23), AT, AT.replace(tzinfo=None),
)  # fmt: skip
RECORDS: tuple[object, ...] = (
    (LINK, FILE),
    (LINK, "a link"),
    [LINK],
    (Link("e1", EvidenceKind.LINK, "Minutes", "here"),),
    *((replace(LINK, id=value),) for value in ("", "a b", "e" * 101, 7, None, b"e1")),
    *((replace(LINK, kind=value),) for value in ("link", Colour.RED, None)),
    *((replace(LINK, title=value),) for value in (None, 7, b"x", "\ud800", "x" * 20_001)),
    *((replace(LINK, address=value),) for value in (None, 7, b"x", "\udfff", "x" * 20_001)),
    *((replace(LINK, size=value),) for value in (3, True, None)),
    *((replace(LINK, digest=value),) for value in ("0" * 64, None, b"")),
    *((replace(FILE, size=value),) for value in (-1, True, 3.0, HUGE, None, "3")),
    *((replace(FILE, digest=value),) for value in ("", "0" * 63, "G" * 64, None, b"0" * 64)),
    (LUNCH,),
    (LUNCH, LUNCH),
    tuple(replace(LUNCH, id=f"c{n}") for n in range(MAX_CHECKPOINTS + 1)),
    *((replace(LUNCH, id=value),) for value in ("", "a b", 7, None)),
    *((replace(LUNCH, name=value),) for value in ("", "two\nlines", "n" * 201, "\ud800", 7, None)),
    *(
        (replace(LUNCH, at=value),)
        for value in (
            AT.replace(microsecond=5),
            AT.replace(tzinfo=None),
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-9))),
            date(2026, 11, 23),
            "2026-11-23T14:07:32+01:00",
            None,
        )
    ),
)
ACME = affiliation_along(Organisation("o1", "Acme"), [("u1", "IT", "department"), ("u2", "A", "")])
AFFILIATIONS: tuple[object, ...] = (
    ACME,
    Affiliation(ACME.organisation),
    Affiliation(ACME.organisation, (ACME.units[0], ACME.units[0])),
    Affiliation(ACME.organisation, ACME.units[1:]),
    Affiliation(ACME.organisation, (replace(ACME.units[0], organisation_id="o2"),)),
    Affiliation(ACME.organisation, (replace(ACME.units[0], above=("IT",)),)),
    affiliation_along(ACME.organisation, [(f"u{n}", "IT", "team") for n in range(21)]),
    Affiliation(ACME.organisation, [ACME.units[0]]),  # type: ignore[arg-type]
    Affiliation(ACME.organisation, ("IT",)),  # type: ignore[arg-type]
    Affiliation("Acme"),  # type: ignore[arg-type]
    *(
        Affiliation(replace(ACME.organisation, **{key: value}))
        for key, values in {
            "id": ("", "a b", "e" * 101, 7, None, b"o1"),
            "name": ("", "two\nlines", "n" * 201, "\ud800", 7, None),
        }.items()
        for value in values
    ),
    *(
        affiliation_along(ACME.organisation, [value])  # type: ignore[list-item]
        for value in (("", "IT", ""), ("u1", "", ""), ("u1", 7, ""), ("u1", "IT", None))
    ),
)
OTHERS: tuple[object, ...] = (None, [], {}, (), ("a",), {"a": 1}, object(), str, NotImplemented)
TAGS: tuple[object, ...] = (
    ("b", "A", "a"),
    ("a,b", " c  d ", ",,"),
    ("x" * 41,),
    tuple(map(str, range(21))),
    ("\ud800",),
    ("a", 7),
    (Word("a"),),
    ["a"],
)
PLANS: tuple[object, ...] = (
    DEFAULT_PLAN,
    PlanSettings(Quarter(2027, 1), 4, (Fraction(80), Fraction(161, 2))),
    (StepDetails(3, owner=" two\nlines "), StepDetails(2, pin=Quarter(2027, 1))),
    (IntermediateTarget(3, DAY),),
    (Scenario("Plan B", areas=(ScenarioArea(AREA, 4),)),),
    (PlanVersion(1, AT, "Ana", "", Quarter(2027, 1)),),
)
VALUES = (*OTHERS, *NUMBERS, *TEXTS, *MOMENTS, *RECORDS, *AFFILIATIONS, *TAGS, *PLANS)

FIELDS = [*((AREA, name) for name in RATING.fields), *((None, name) for name in SESSION.fields)]
every_field = pytest.mark.parametrize(
    ("area_id", "field"), FIELDS, ids=[f"{'rating' if a else 'session'}.{f}" for a, f in FIELDS]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)

Key = tuple[str | None, str]


def type_of(key: Key) -> FieldType:
    return field_of(*key).type


def same(one: object, other: object) -> bool:
    return one == other and type(one) is type(other)


def is_refused(take: Callable[[Any], object], value: object) -> bool:
    """True if ``take`` raises ``InvalidInput``; other exceptions are raised."""
    try:
        take(value)
    except InvalidInput as error:
        return bool(str(error)) and all(error.say(translator_for(code)) for code in ("de", "en"))
    return False


def accepted(take: Callable[[Any], object], values: Iterable[object] = VALUES) -> list[object]:
    """The values that ``take`` does not refuse."""
    return [value for value in values if not is_refused(take, value)]


# ---- types and documents -----------------------------------------------------------------------


@pytest.fixture
def halves(new_model: Callable[..., Any]) -> Session:
    affiliation = Affiliation(Organisation("o1", "Acme"))
    model = new_model()
    return Session("s1", affiliation, "Workshop", DAY, "en", model, half_levels=True)


@every_field
@pytest.mark.parametrize("check", ["typed", "legal", "of_edit"])
def test_a_value_is_refused_or_survives_every_form(
    halves: Session, check: str, area_id: str | None, field: str
) -> None:
    known = type_of((area_id, field))
    rules = halves if check == "legal" else halves.model
    survivors = accepted(lambda value: getattr(known, check)(value, rules))
    assert survivors
    for value in survivors:
        stored = getattr(known, check)(value, rules)
        assert same(known.from_json(json.loads(json.dumps(known.to_json(stored)))), stored)
        if known.sql_type:
            assert same(known.from_sql(known.to_sql(stored)), stored)


def variants(value: Any, others: Iterable[object]) -> Iterator[Any]:
    """A plan or a part of it with any one of its values replaced by another."""
    if is_dataclass(value) and not isinstance(value, type | Quarter):
        for name in (each.name for each in fields(value)):
            for other in variants(getattr(value, name), others):
                yield replace(value, **{name: other})
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            for other in variants(each, others):
                yield (*value[:number], other, *value[number + 1 :])
    yield from others


@pytest.mark.parametrize(
    "key",
    [
        (AREA, "target_path"),
        (AREA, "steps"),
        (None, "plan"),
        pytest.param((None, "scenarios"), marks=pytest.mark.slow),
        (None, "plan_versions"),
    ],
)
def test_every_value_in_a_plan_is_refused_or_survives_every_form(halves: Session, key: Key) -> None:
    known, full = type_of(key), planned(halves).value(*key)
    others = (*OTHERS, *NUMBERS, *TEXTS, *MOMENTS, Quarter(2027, 0), Quarter(HUGE, 1))
    survivors = accepted(lambda value: known.typed(value, halves.model), variants(full, others))
    assert survivors
    for value in survivors:
        stored = known.typed(value, halves.model)
        assert same(known.typed(stored, halves.model), stored)
        assert same(known.from_json(json.loads(json.dumps(known.to_json(stored)))), stored)
        assert same(known.from_sql(known.to_sql(stored)), stored)


@every_field
def test_an_edit_is_refused_or_applied_and_taken_back(
    halves: Session, area_id: str | None, field: str
) -> None:
    before = halves.value(area_id, field)

    def apply(value: object) -> None:
        change = new_change("s1", [Edit(area_id, field, before, value)])
        after = apply_change(halves, change)
        assert same(after.value(area_id, field), typed_edit(change.edits[0], halves.model).after)
        assert taken_back(after, [change]) == halves

    assert accepted(apply)
    accepted(lambda value: typed_edit(Edit(area_id, field, value, before), halves.model))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(FIELDS), value=json_values)
def test_a_document_is_refused_or_read_and_written_again(
    halves: Session, key: Key, value: object
) -> None:
    document = json.loads(json_text(session_to_document(WholeSession(halves), exported_with="1")))
    area_id, field = key
    rating = next(each for each in document["ratings"] if each["area_id"] == AREA)
    (document["session"] if area_id is None else rating)[field] = value
    if not is_refused(read_session_document, document):
        session = read_session_document(document).session
        stored = session.value(*key)
        assert same(type_of(key).of_edit(stored, session.model), stored)


@pytest.mark.parametrize("name", [name for name in RATING.fields if RATING[name].csv_column])
def test_a_cell_is_refused_or_legal(halves: Session, tmp_path: Path, name: str) -> None:
    path = tmp_path / "scores.csv"
    column = RATING[name].csv_column

    def read(value: object) -> None:
        cells = {"area": AREA, "level": "2", column: value}
        with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            csv.writer(file).writerows([cells.keys(), cells.values()])
        for key, stored in read_scores(path, halves).items():
            assert same(type_of(key).legal(stored, halves), stored)

    assert accepted(read, CELLS)


# ---- the library -------------------------------------------------------------------------------


def set_in_workshop(library: SqliteLibrary, session_id: str, key: Key, value: object) -> None:
    Workshop(library.load_session(session_id), library).change_all({key: value})


def record(library: SqliteLibrary, session_id: str, key: Key, value: object) -> None:
    edit = Edit(*key, library.load_session(session_id).value(*key), value)
    library.record(new_change(session_id, [edit]))


def record_as_before(library: SqliteLibrary, session_id: str, key: Key, value: object) -> None:
    edit = Edit(*key, value, library.load_session(session_id).value(*key))
    library.record(new_change(session_id, [edit]))


@pytest.mark.parametrize("value", [Fraction(1, 3), 9, True, 2.0, Fraction(2 * HUGE + 1, 2)])
def test_a_recorded_level_is_on_the_scale(
    library: SqliteLibrary, session: Session, value: object
) -> None:
    with pytest.raises(InvalidInput):
        record(library, session.id, (AREA, "level"), value)


def test_a_file_that_the_library_does_not_keep_cannot_be_attached(
    library: SqliteLibrary, session: Session
) -> None:
    with pytest.raises(InvalidInput):
        record(library, session.id, (AREA, "evidence"), (FILE,))
    assert library.load_session(session.id).rating(AREA).evidence == ()
    assert library.check() == ()


@pytest.mark.slow
@pytest.mark.parametrize("caller", [set_in_workshop, record, record_as_before])
def test_a_change_is_refused_or_stored_as_it_is(
    library: SqliteLibrary, session: Session, caller: Callable[..., None]
) -> None:
    with library._access.writing() as store:
        assert store.files.add(b"abc", AT) == FILE.digest
    for key in FIELDS:
        assert accepted(functools.partial(caller, library, session.id, key))
        for edit in (e for change in library.changes(session.id) for e in change.edits):
            assert edit == typed_edit(edit, session.model)
        stored = library.load_session(session.id).value(*key)
        assert same(type_of(key).of_edit(stored, session.model), stored)
    assert library.check() == ()


@pytest.mark.slow
def test_a_whole_session_is_refused_or_taken_in_as_it_is(
    library: SqliteLibrary, session: Session
) -> None:
    ids = itertools.count()

    def bring(area_id: str | None, field: str, value: Any) -> None:
        new = replace(session, id=f"s{next(ids)}")
        if area_id is None:
            new = replace(new, **{field: value})
        else:
            rating = replace(session.rating(area_id), **{field: value})
            new = replace(new, ratings={area_id: rating})
        with library._access.writing() as store:
            take_in(store, WholeSession(new, files={FILE.digest: b"abc"}), AT)
        stored = library.load_session(new.id).value(area_id, field)
        assert same(type_of((area_id, field)).of_edit(stored, session.model), stored)

    for key in FIELDS:
        assert accepted(functools.partial(bring, *key))
    assert library.check() == ()


@pytest.mark.slow
def test_a_new_session_is_refused_or_created_as_it_is(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    for name in ("title", "date", "language", "scope", "half_levels", "facilitator"):
        assert accepted(lambda value, name=name: library.create_session(a_session(**{name: value})))
    for summary in library.session_summaries():
        session = library.load_session(summary.id)
        SESSION.check(session, session.model)
    assert library.check() == ()
