"""Two areas are the same exactly if their level texts say the same to the groups."""

from __future__ import annotations

import dataclasses
import time

import pytest

from app.model.comparability import normalised_text, says_the_same
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


@pytest.fixture
def english_only(area: Area) -> Area:
    """The same area before German was added."""

    def english(text: LocalText) -> LocalText:
        return LocalText.of(en=text.as_dict()["en"])

    (description,) = area.levels
    (indicator,) = description.indicators
    return dataclasses.replace(
        area,
        levels=(
            dataclasses.replace(
                description,
                short=english(description.short),
                summary=english(description.summary),
                indicators=(dataclasses.replace(indicator, text=english(indicator.text)),),
            ),
        ),
    )


def test_markdown_white_space_and_unicode_form_do_not_count(area: Area) -> None:
    marked = with_summary(
        area, en="Tests  run\n_each_ time.", de="# Tests\n**laufen** bei jeder\t`A\u0308nderung`."
    )

    assert says_the_same(marked, area, ["de", "en"])


def test_names_questions_actions_and_empty_levels_do_not_count(area: Area) -> None:
    renamed = dataclasses.replace(
        area,
        name=LocalText.of(de="Neu"),
        question=LocalText.of(de="Wie?"),
        actions=(Action("a.1-2.1", 1, 2, LocalText.of(de="Testen Sie.")),),
        levels=(*area.levels, LevelDescription(3), LevelDescription(1, LocalText.of(de=" "))),
    )

    assert says_the_same(renamed, area, ["de"])


@pytest.mark.parametrize(
    ("ran_in", "is_same"),
    [(["de"], True), (["en"], False), (["de", "en"], False), (["fr"], True), (["fr", "en"], False)],
)
def test_a_changed_word_counts_for_sessions_that_ran_in_its_language(
    area: Area, ran_in: list[str], is_same: bool
) -> None:
    changed = with_summary(area, de="Tests laufen bei jeder Änderung.", en="Tests run daily.")

    assert says_the_same(changed, area, ran_in) is is_same
    assert says_the_same(area, changed, ran_in) is is_same


@pytest.mark.parametrize("ran_in", [["en"], ["de", "en"], ["de"], ["en", "de"]])
def test_an_added_language_changes_nothing(
    area: Area, english_only: Area, ran_in: list[str]
) -> None:
    assert says_the_same(area, english_only, ran_in)
    assert says_the_same(english_only, area, ran_in)


def test_an_added_language_may_say_more_than_the_first_one(area: Area, english_only: Area) -> None:
    says = LevelDescription(4, summary=LocalText.of(de="Mehr."))
    more = dataclasses.replace(area, levels=(*area.levels, says))

    assert says_the_same(more, english_only, ["en"])
    assert not says_the_same(more, english_only, ["de", "en"])


def test_a_gap_in_a_language_that_was_filled_later_is_compared_in_another_one(area: Area) -> None:
    gap = LevelDescription(3, summary=LocalText.of(en="Every day."))
    filled = LevelDescription(3, summary=LocalText.of(de="Täglich.", en="Every day."))
    then = dataclasses.replace(area, levels=(*area.levels, gap))
    now = dataclasses.replace(area, levels=(*area.levels, filled))

    assert says_the_same(now, then, ["de"])


def test_without_a_language_in_common_no_area_is_the_same(english_only: Area) -> None:
    german = with_summary(english_only, de="Tests laufen bei jeder Änderung.")
    german = dataclasses.replace(
        german, levels=(LevelDescription(2, summary=german.levels[0].summary),)
    )

    for ran_in in (["de", "en"], ["en", "de"], ["fr"]):
        assert not says_the_same(german, english_only, ran_in)


def test_a_text_that_is_new_or_gone_counts(area: Area) -> None:
    longer = dataclasses.replace(
        area, levels=(*area.levels, LevelDescription(3, short=LocalText.of(en="Daily.")))
    )

    assert not says_the_same(longer, area, ["en"])
    assert not says_the_same(area, longer, ["en"])


def test_the_same_text_at_another_level_or_place_counts(area: Area) -> None:
    (description,) = area.levels
    moved = dataclasses.replace(area, levels=(dataclasses.replace(description, level=3),))
    swapped = dataclasses.replace(
        area,
        levels=(
            dataclasses.replace(description, short=description.summary, summary=description.short),
        ),
    )

    assert not says_the_same(moved, area, ["de"])
    assert not says_the_same(swapped, area, ["de"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("- one\n- two", "one two"),
        ("1. first\n2. second", "first second"),
        ("see [the page](https://example.org/a_b) now", "see the page now"),
        ("![logo](logo.png) CI/CD", "logo CI/CD"),
        ("> quoted <br> text", "> quoted text"),
        ("snake_case stays, 2 < 3 too", "snake_case stays, 2 < 3 too"),
        ("a \\* b", "a * b"),
        ("> 90 % of the builds", "> 90 % of the builds"),
        ("1. January", "1. January"),
        ("- > 3\n- <b>5</b>", "> 3 5"),
        ("~~old~~ ***new***", "old new"),
        ("_so_ called __init__ of a__b", "so called __init__ of a__b"),
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
