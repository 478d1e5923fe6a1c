"""Sentences about what people decide on compared sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from app.comparison.comparison import Comparison, compare
from app.comparison.judging import AreaDecision, Judged
from app.comparison.questions import questions
from app.comparison.reviews import Review, Subject, Verdict
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
from app.session.units import Affiliation, Organisation
from app.words.review_words import (
    VERDICT_WORDS,
    condition_in_words,
    hint_in_words,
    question_in_words,
    review_in_words,
)
from app.words.texts import Translator

ENGLISH = Translator("en")


def text(words: str) -> LocalText:
    return LocalText.of(en=words)


def model_of(**said: str) -> MaturityModel:
    areas = tuple(
        Area(each, text(each), text(each.title()), levels=(LevelDescription(1, text(words)),))
        for each, words in said.items()
    )
    levels = tuple(Level(n, text(f"L{n}")) for n in range(1, 6))
    return MaturityModel(
        "m", "1", ("en",), text("M"), levels, (Dimension("D", text("D"), areas=areas),)
    )


def session_of(year: int, model: MaturityModel, scope: str, **levels: int) -> Session:
    return Session(
        f"s{year}", Affiliation(Organisation("o1", "Nordwerk")), "", date(year, 3, 2), "en", model,
        scope, ratings={key: Rating(key, Fraction(level)) for key, level in levels.items()},
    )  # fmt: skip


THEN = session_of(2026, model_of(audit="a", logs="old", backup="b"), "Shop", audit=1, backup=3)
NOW = session_of(2027, model_of(audit="a", logs="new", copies="c"), "Shop 2", audit=2)


def judged(*areas: tuple[str, str, Verdict]) -> Comparison:
    decided = Judged(tuple(AreaDecision(*each) for each in areas))
    return compare([THEN, NOW], judge=lambda *_: decided)


def test_questions_are_sentences() -> None:
    compared = judged()
    assert [question_in_words(each, compared, ENGLISH) for each in questions(compared)] == [
        "Does the scope mean the same on 2 March 2026 and on 2 March 2027?",
        "Did mostly the same people take part on 2 March 2026 and on 2 March 2027?",
        "The texts of “Logs” were edited. Do they still ask the same?",
        "“Copies” is new in the model.",
        "“Backup” is no longer in the model. Does a new area ask the same: Copies?",
    ]
    compared = judged(("backup", "copies", Verdict.EQUAL))
    assert question_in_words(questions(compared)[-1], compared, ENGLISH) == (
        "Does “Copies” ask the same as “Backup” before?"
    )


@pytest.mark.parametrize(
    ("then", "verdict", "said"),
    [
        ("backup", Verdict.COVERS, "asks part of what “Backup” asked: level 3 then"),
        ("backup", Verdict.PART_OF, "asks what “Backup” asked, and more: level 3 then"),
        ("logs", Verdict.OVERLAPS, "asks some of what “Logs” asked: no level then"),
    ],
)
def test_a_hint_says_what_is_shared_and_the_level_then(
    then: str, verdict: Verdict, said: str
) -> None:
    compared = judged((then, "copies", verdict))
    assert [hint_in_words(hint, compared, ENGLISH) for hint in compared.hints] == [said]


def test_fulfilled_conditions_are_sentences() -> None:
    later = replace(THEN, id="later", date=date(2028, 1, 1))
    (pair,) = compare([THEN, later], same_people=True).session_pairs
    assert [condition_in_words(each, pair, ENGLISH) for each in pair.graded.fulfilled] == [
        "Same scale, 1 to 5.",
        "Same scope.",
        "Areas that ask the same each time: 3 of 3 that applied.",
        "Mostly the same people took part.",
    ]
    (pair,) = compare([THEN, NOW], same_scope=True).session_pairs
    assert condition_in_words(pair.graded.fulfilled[1], pair, ENGLISH) == (
        "The scope is described differently, but means the same."
    )


def test_a_review_says_what_who_and_when() -> None:
    at = datetime(2027, 3, 5, tzinfo=UTC)
    review = Review("r", "o1", "a", "b", Subject.AREA, Verdict.PART_OF, at, "x", "y", by="Jo")
    assert review_in_words(review, ENGLISH) == "is a part of the new area (Jo, 5 Mar 2027)"
    people = replace(review, subject=Subject.PEOPLE, verdict=Verdict.EQUAL, by="")
    assert review_in_words(people, ENGLISH) == "the same (5 Mar 2027)"


def test_every_verdict_has_words() -> None:
    assert set(VERDICT_WORDS) == set(Verdict)
