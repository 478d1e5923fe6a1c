"""Texts are measured as Arial sets them."""

from __future__ import annotations

import pytest

from exports.workbook.label_lines import broken_label
from exports.workbook.text_width import line_count, text_points

COMPOUND = "Donaudampfschifffahrtsgesellschaft"


def test_widths_are_those_of_the_published_metrics() -> None:
    assert text_points("Arial", 1000) == 667 + 333 + 222 + 556 + 222
    assert text_points("Arial", 1000, bold=True) == 722 + 389 + 278 + 556 + 278
    assert text_points("Ä", 10) == text_points("A", 10)
    assert text_points("成", 10) == 10
    assert text_points("a\N{COMBINING DIAERESIS}", 10) == text_points("a", 10)


def test_bold_text_is_wider() -> None:
    assert text_points("measured", 10, bold=True) > text_points("measured", 10)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 100, 1),
        ("one", 100, 1),
        ("one\ntwo", 100, 2),
        ("one two", text_points("one two", 10), 1),
        ("one two", text_points("one two", 10) - 1, 2),
        ("cloud-native", text_points("cloud-nativ", 10), 2),
        ("W" * 20, text_points("W" * 10, 10), 2),
        ("ab " * 30, text_points("ab ab", 10), 15),
    ],
)
def test_lines_break_at_blanks_hyphens_and_in_words_that_are_too_long(
    text: str, room: float, lines: int
) -> None:
    assert line_count(text.strip(" "), room, 10) == lines


def test_a_label_is_broken_at_blanks_and_cut_after_its_lines() -> None:
    assert broken_label("Short", 20, 2, "en") == "Short"
    assert broken_label("Change control and release", 20, 2, "en") == "Change control and\nrelease"
    long = broken_label("one two three four five six seven eight nine ten", 14, 2, "en")
    assert long == "one two three\nfour five six…"


def test_a_long_german_word_is_hyphenated_in_a_label() -> None:
    lines = broken_label(COMPOUND, 20, 3, "de").split("\n")
    assert len(lines) == 2
    assert lines[0].endswith("-")
    assert lines[0][:-1] + lines[1] == COMPOUND
    assert all(len(line) <= 20 for line in lines)
