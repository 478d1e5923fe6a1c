"""Sentences about comparisons: signs, names of areas, and the parts of a change in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.comparison.causes import Cause, movement
from app.comparison.comparison import compare
from app.comparison.relations import area_pairs
from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.rating import Rating
from app.session.session import Session
from app.session.units import Affiliation, Organisation, Unit
from app.words.comparison import (
    area_name,
    part_in_words,
    remark_in_words,
    session_name,
    signed,
)
from app.words.texts import translator_for

ENGLISH, GERMAN = translator_for("en"), translator_for("de")
Given = tuple[float | None, float] | None
"""Level and weight; level -1 for open, ``None`` for not applicable."""


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Fraction(1, 25), 2, "+0.04"),
        (Fraction(-1, 50), 2, "−0.02"),
        (Fraction(1, 1000), 2, "±0.00"),
        (Fraction(-1, 1000), 2, "±0.00"),
        (Fraction(0), 1, "±0.0"),
        (Fraction(0), None, "0"),
        (Fraction(-1), None, "−1"),
        (None, 2, "–"),
    ],
)
def test_differences_have_a_sign(value: Fraction | None, places: int | None, written: str) -> None:
    assert signed(value, ENGLISH, places) == written


def text(words: str) -> LocalText:
    return LocalText.of(en=words, de=words)


def session(year: int, ratings: dict[str, Given], texts: dict[str, str] | None = None) -> Session:
    """A session whose model has exactly these areas."""
    said = texts or {}
    areas = tuple(
        Area(
            name, text(name), text(name), levels=(LevelDescription(1, text(said.get(name, name))),)
        )
        for name in ratings
    )
    model = MaturityModel(
        "small", str(year), ("de", "en"), text("Small"),
        tuple(Level(n, text(f"L{n}")) for n in range(1, 6)),
        (Dimension("D", text("D"), areas=areas),),
    )  # fmt: skip
    made = {}
    for name, given in ratings.items():
        rating = Rating(name, weight=Fraction(str(given[1] if given else 1)))
        if given is None or given[0] is None:
            rating = replace(rating, not_applicable="not here")
        elif given[0] >= 0:
            rating = replace(rating, level=Fraction(str(given[0])))
        made[name] = rating
    owner = Affiliation(Organisation("o", "Nordwerk AG"))
    return Session(f"s{year}", owner, "W", date(year, 3, 2), "en", model, ratings=made)


def said(then: Session, now: Session, language: str = "en") -> dict[Cause, str]:
    pairs = area_pairs(then, now)
    return {
        part.cause: part_in_words(part, pairs, (then, now), translator_for(language))
        for part in movement(pairs).parts
    }


def test_every_part_names_its_areas() -> None:
    then = session(
        2026,
        {
            "Audit": (2, 1), "Gone": (3, 1), "Apps": None, "Open": (-1, 1), "Left": (1, 1),
            "Reopened": (4, 1), "Business": (2, 2), "CI/CD": (2, 1), "Upskilling": (3, 1),
        },
    )  # fmt: skip
    now = session(
        2027,
        {
            "Audit": (3, 1), "Added": (2, 1), "Apps": (2, 1), "Open": (1, 1), "Left": None,
            "Reopened": (-1, 1), "Business": (2, 3), "CI/CD": (3, 1), "Upskilling": (2, 1),
        },
        {"Audit": "other texts"},
    )  # fmt: skip
    assert said(then, now) == {
        Cause.MODEL: "Audit has new texts: 2 before, 3 under the new text."
        " Added is new in the model, level 2. Gone is no longer in the model, level 3 before.",
        Cause.APPLICABLE: "Apps applies now, level 2. Open was open and is scored now, level 1."
        " Left no longer applies, level 1 before. Reopened is open now, level 4 before.",
        Cause.WEIGHTS: "Business weighs 3 instead of 2.",
        Cause.SCORED: "CI/CD rose from 2 to 3. Upskilling fell from 3 to 2.",
    }
    assert said(then, now, "de") == {
        Cause.MODEL: "„Audit“ hat neue Texte: vorher Stufe 2, nach dem neuen Text 3."
        " „Added“ ist neu im Modell, Stufe 2. „Gone“ ist nicht mehr im Modell, zuvor Stufe 3.",
        Cause.APPLICABLE: "„Apps“ ist jetzt anwendbar, Stufe 2."
        " „Open“ war offen und ist jetzt bewertet, Stufe 1."
        " „Left“ ist nicht mehr anwendbar, zuvor Stufe 1."
        " „Reopened“ ist jetzt offen, zuvor Stufe 4.",
        Cause.WEIGHTS: "„Business“ hat das Gewicht 3 statt 2.",
        Cause.SCORED: "„CI/CD“ ist von 2 auf 3 gestiegen. „Upskilling“ ist von 3 auf 2 gesunken.",
    }


def test_of_many_areas_those_that_moved_most_are_named() -> None:
    names = [f"A{n}" for n in range(7)]
    then = session(2026, dict.fromkeys(names, (1, 1)))
    now = session(2027, {name: (3 if name == "A6" else 1.5, 1) for name in names})
    listed = "A6 (1 → 3), A0 (1 → 1.5), A1 (1 → 1.5), A2 (1 → 1.5)"
    assert said(then, now)[Cause.SCORED] == f"7 areas rose: {listed} and 3 more."
    german = listed.replace("1.5", "1,5")
    assert (
        said(then, now, "de")[Cause.SCORED] == f"7 Bereiche sind gestiegen: {german} und 3 weitere."
    )
    five = said(
        session(2026, dict.fromkeys(names[:5], (1, 1))),
        session(2027, dict.fromkeys(names[:5], (2, 1))),
    )
    assert five[Cause.SCORED].count("→") == 5
    assert "more" not in five[Cause.SCORED]


def test_a_part_without_areas_says_so() -> None:
    then, now = session(2026, {"A": (2, 1)}), session(2027, {"A": (3, 1)})
    found = said(then, now)
    assert found[Cause.MODEL] == found[Cause.WEIGHTS] == "No difference."


def test_a_removed_area_is_named_by_the_model_that_has_it() -> None:
    sessions = (session(2026, {"A": (2, 1)}), session(2027, {"B": (3, 1)}))
    assert [area_name(each, sessions, "en") for each in ("A", "B", "C")] == ["A", "B", "C"]


def test_sessions_are_named_by_what_tells_them_apart() -> None:
    sales = Affiliation(Organisation("o", "Nordwerk AG"), (Unit("u", "o", "Sales"),))
    one = session(2026, {"A": (2, 1)})
    later = session(2027, {"A": (2, 1)})
    elsewhere = replace(later, affiliation=sales)
    again = replace(one, id="again", title="Second try")

    def names(*sessions: Session) -> list[str]:
        return [session_name(each, sessions, ENGLISH) for each in sessions]

    assert names(one, later) == ["2 Mar 2026", "2 Mar 2027"]
    assert names(one, elsewhere) == ["2 Mar 2026 · Nordwerk AG", "2 Mar 2027 · Sales"]
    assert names(one, again) == ["2 Mar 2026 · W", "2 Mar 2026 · Second try"]
    assert names(one, again, elsewhere)[1] == "2 Mar 2026 · Nordwerk AG · Second try"


def test_another_unit_has_not_risen_but_is_higher() -> None:
    then = session(2026, {"A": (2, 1), "B": (3, 1), "C": (1, 1)})
    now = session(2027, {"A": (3, 1), "B": (1, 1), "C": (2, 1)})
    sales = Affiliation(Organisation("o", "Nordwerk AG"), (Unit("u", "o", "Sales"),))
    elsewhere = replace(now, affiliation=sales)
    assert said(then, elsewhere)[Cause.SCORED] == (
        "2 areas are higher: A (2 → 3), C (1 → 2). B is lower: 1, not 3."
    )
    assert said(then, elsewhere, "de")[Cause.SCORED] == (
        "2 Bereiche liegen höher: A (2 → 3), C (1 → 2). „B“ liegt niedriger: 1 statt 3."
    )


# ---- remarks on areas --------------------------------------------------------------------------

NA, OPEN = (None, 1), (-1, 1)


@pytest.mark.parametrize(
    ("levels", "remark"),
    [
        (((2, 1), (2, 1), (3, 1)), ""),
        (((2, 1), NA, (3, 1)), "newly applicable"),
        (((2, 1), OPEN, (3, 1)), "newly scored"),
        (((2, 1), (2, 1), OPEN), "newly open"),
        (((2, 1), OPEN, OPEN), "not scored"),
        (((2, 1), (2, 1), NA), "no longer applicable"),
        (((2, 1), NA, NA), ""),
        ((OPEN, (2, 1), (3, 1)), "not scored in March 2024"),
        ((NA, (2, 1), (3, 1)), "not applicable in March 2024"),
        ((None, (2, 1), (3, 1)), "not in the model of March 2024"),
        (((2, 1), None, (3, 1)), "new in the model"),
        (((2, 1), (2, 1), None), "no longer in the model"),
    ],
)
def test_a_remark_says_why_there_is_no_difference(
    levels: tuple[Given | None, ...], remark: str
) -> None:
    common = dict.fromkeys("bcdefghi", (2, 1))
    sessions = [
        session(2024 + number, {**common, **({} if given is None else {"a": given})})
        for number, given in enumerate(levels)
    ]
    compared = compare(sessions)
    area = next(each for each in compared.areas if each.area_id == "a")
    assert remark_in_words(area, compared, ENGLISH) == remark
    assert (area.difference is None) or not remark


@pytest.mark.parametrize(
    ("one", "other", "remark"),
    [
        (NA, (3, 1), "applicable in one only"),
        ((3, 1), NA, "applicable in one only"),
        (OPEN, NA, "applicable in one only"),
        (OPEN, (3, 1), "scored in one only"),
        ((3, 1), OPEN, "scored in one only"),
        (OPEN, OPEN, "not scored"),
        ((2, 1), (3, 1), ""),
    ],
)
def test_a_remark_on_two_teams_says_nothing_about_time(
    one: Given, other: Given, remark: str
) -> None:
    common = dict.fromkeys("bcdefghi", (2, 1))
    sales = Affiliation(Organisation("o", "Nordwerk AG"), (Unit("u", "o", "Sales"),))
    teams = [
        session(2024, {**common, "a": one}),
        replace(session(2025, {**common, "a": other}), affiliation=sales),
    ]
    compared = compare(teams)
    area = next(each for each in compared.areas if each.area_id == "a")
    assert remark_in_words(area, compared, ENGLISH) == remark


def test_a_remark_tells_of_texts_that_changed() -> None:
    levels = dict.fromkeys("abcdefghi", (2, 1))
    old, new = {"a": "old"}, {"a": "new"}
    years = (2024, 2025, 2026)
    for texts, remark in (
        ((new, old, new), "text changed"),
        ((old, new, new), "text changed since March 2024"),
    ):
        sessions = [session(year, levels, said) for year, said in zip(years, texts, strict=True)]
        compared = compare(sessions)
        assert remark_in_words(compared.areas[0], compared, ENGLISH) == remark
