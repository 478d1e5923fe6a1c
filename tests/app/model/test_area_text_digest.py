"""The digest of an area changes exactly if the meaning of its level texts does."""

from __future__ import annotations

import dataclasses
import time

import pytest

from app.model.comparability import area_text_digest, normalised_text
from app.model.maturity_model import Action, Area, Indicator, LevelDescription, LocalText


@pytest.fixture
def area() -> Area:
    description = LevelDescription(
        level=2,
        short=LocalText.of(de="Tests laufen.", en="Tests run."),
        summary=LocalText.of(de="Tests laufen bei jeder Änderung.", en="Tests run each time."),
        indicators=(Indicator("a.2.1", LocalText.of(de="Es gibt Tests.", en="Tests exist.")),),
    )
    return Area("a", LocalText.of(de="Test"), LocalText.of(de="Test"), levels=(description,))


def with_summary(area: Area, **texts: str) -> Area:
    description = dataclasses.replace(area.levels[0], summary=LocalText.of(**texts))
    return dataclasses.replace(area, levels=(description,))


def test_markdown_white_space_and_unicode_form_do_not_count(area: Area) -> None:
    marked = with_summary(
        area, en="Tests  run\n_each_ time.", de="# Tests\n**laufen** bei jeder\t`A\u0308nderung`."
    )

    assert area_text_digest(marked) == area_text_digest(area)


def test_names_questions_actions_and_empty_levels_do_not_count(area: Area) -> None:
    renamed = dataclasses.replace(
        area,
        name=LocalText.of(de="Neu"),
        question=LocalText.of(de="Wie?"),
        actions=(Action("a.1-2.1", 1, 2, LocalText.of(de="Testen Sie.")),),
        levels=(*area.levels, LevelDescription(3), LevelDescription(1)),
    )

    assert area_text_digest(renamed) == area_text_digest(area)


def test_a_changed_word_in_one_language_counts(area: Area) -> None:
    changed = with_summary(area, de="Tests laufen bei jeder Änderung.", en="Tests run daily.")

    assert area_text_digest(changed) != area_text_digest(area)


def test_the_same_text_at_another_level_counts(area: Area) -> None:
    moved = dataclasses.replace(area, levels=(dataclasses.replace(area.levels[0], level=3),))

    assert area_text_digest(moved) != area_text_digest(area)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("- one\n- two", "one two"),
        ("1. first\n2. second", "first second"),
        ("see [the page](https://example.org/a_b) now", "see the page now"),
        ("![logo](logo.png) CI/CD", "logo CI/CD"),
        ("> quoted <br> text", "quoted text"),
        ("snake_case stays, 2 < 3 too", "snake_case stays, 2 < 3 too"),
        ("a \\* b", "a b"),
        ("~~old~~ ***new***", "old new"),
        ("_so_ called __init__ of a__b", "so called init of a__b"),
        ("", ""),
    ],
)
def test_markdown_marks_are_taken_off_and_words_stay(text: str, plain: str) -> None:
    assert normalised_text(text) == plain


@pytest.mark.parametrize("text", ["a" + "_" * 200_000 + "b", "[](" * 100_000, "<a" * 100_000])
def test_no_text_takes_long(text: str) -> None:
    started = time.monotonic()

    assert normalised_text(text)
    assert time.monotonic() - started < 2
