"""Characters that files, terminals and charts cannot represent."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.words.characters import (
    first_control_or_half,
    first_unprintable,
    has_half,
    is_single_line,
    replace_unprintable,
    single_line,
    terminal_text,
    visible_text,
)

UNPRINTABLE = ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", "\ud800", "\udfff", "\ufffe"]
PRINTABLE = ["a", "\t", "\n", "\r", " ", "\xa0", "\xad", "\u2028", "\ufeff", "\ufdd0", "\U0001fffe"]
any_text = st.text(st.characters(codec=None))  # lone surrogates too


@pytest.mark.parametrize("character", [*UNPRINTABLE, "\uffff"])
def test_an_unprintable_character_is_named_and_replaced(character: str) -> None:
    assert first_unprintable(f"ab{character}\x01") == f"U+{ord(character):04X}"
    assert replace_unprintable(f"a{character}b") == "a\ufffdb"
    assert replace_unprintable(f"a{character}b", "") == "ab"


@pytest.mark.parametrize("character", PRINTABLE)
def test_any_other_character_stays(character: str) -> None:
    assert first_unprintable(character) is None
    assert replace_unprintable(character) == character


def test_an_escape_may_stand_for_a_noncharacter_but_not_for_a_control_or_a_half() -> None:
    assert first_control_or_half("a\ufffe\uffff\ufdd0") is None
    assert first_control_or_half("a\ufffe\x9f") == "U+009F"
    assert first_control_or_half("\udfff") == "U+DFFF"


@given(any_text)
@example("\ud83d\ude00")
def test_a_text_without_halves_is_one_that_utf_8_encodes(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        assert has_half(text)
    else:
        assert not has_half(text)


@given(any_text)
@example(" A\u0308\u202ec\u2067me\r\n\x1b[31m\u2028=1 \ufffe")
def test_a_single_line_is_one_and_stays_as_it_is(text: str) -> None:
    line = single_line(text)

    assert is_single_line(line)
    assert single_line(line) == line
    assert len(line.splitlines()) <= 1
    assert unicodedata.is_normalized("NFC", line)


def test_a_single_line_keeps_what_can_be_seen() -> None:
    assert single_line(" A\u0308\u202ecme\r\n\x1b[31m\u2028=1 ") == "Äcme [31m =1"
    assert not is_single_line("a\nb")
    assert not is_single_line("left\u202egnp")


def test_no_text_commands_a_terminal() -> None:
    assert terminal_text("a\x1b[2J\tb\u202ec\nd") == "a\ufffd[2J\ufffdb\ufffdc\nd"


def test_invisible_characters_become_blanks() -> None:
    assert visible_text("a\u200bb\u2028c\x00d\u202ee\ufdd0f") == "a b c d e f"
    assert visible_text("Größe, 50 %") == "Größe, 50 %"
