"""Hyphenation of long German and English words."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.hyphenation import LEAST_PART, best_break, break_places, with_soft_hyphens


def shown(word: str, language: str) -> str:
    return with_soft_hyphens(word, language).replace("\N{SOFT HYPHEN}", "|")


@pytest.mark.parametrize(
    "broken",
    [
        "Quali|täts|si|che|rung",
        "Versi|ons|ver|wal|tung",
        "Entwick|lungs|team",
        "Sicher|heits|schu|lungen",
        "Unter|neh|mens|stra|tegie",
        "Über|wa|chungs|er|geb|nisse",
        "Archi|tektur",
        "Soft|ware|ar|chi|tektur",
        "Problem|er|ken|nung",
        "Infra|struktur",
        "Mitar|beiter",
        "Fort|schritt",
        "Rück|mel|dung",
        "Bereit|stel|lung",
    ],
)
def test_german_words_break_at_syllables_and_joints(broken: str) -> None:
    assert shown(broken.replace("|", ""), "de") == broken


@pytest.mark.parametrize("broken", ["Infra|struc|ture", "manage|ment", "detec|tion"])
def test_english_words_break_by_their_own_rules(broken: str) -> None:
    assert shown(broken.replace("|", ""), "en") == broken


@pytest.mark.parametrize(
    ("word", "language", "best"),
    [
        ("Unternehmensstrategie", "de", "Unternehmens-strategie"),
        ("Veränderungen", "de", "Verände-rungen"),
        ("Ausfallsicherheit", "de", "Ausfall-sicherheit"),
        ("Organisational", "en", "Organisa-tional"),
        ("Streichquartett", "xx", "Streichquartett"),
    ],
)
def test_the_best_break_is_a_joint_or_near_the_middle(word: str, language: str, best: str) -> None:
    place = best_break(word, language)
    assert (f"{word[:place]}-{word[place:]}" if place else word) == best


def test_hyphens_and_punctuation_count_as_no_letters() -> None:
    assert shown("(Policy-Übersicht),", "de") == "(Policy-Über|sicht),"
    assert shown("(Übersicht)", "de") == "(Über|sicht)"
    assert shown("Zustand.)))", "de") == "Zustand.)))"


@given(st.text(), st.sampled_from(["de", "en", "fr", "xx"]))
def test_break_points_change_no_letter(text: str, language: str) -> None:
    assert with_soft_hyphens(text, language).replace("\N{SOFT HYPHEN}", "") == text.replace(
        "\N{SOFT HYPHEN}", ""
    )


@given(st.text("abcdeginorstuäöü", min_size=1, max_size=30))
def test_no_part_at_an_end_is_short(word: str) -> None:
    for place in break_places(word, "de"):
        assert LEAST_PART <= place <= len(word) - LEAST_PART


def test_the_patterns_are_read_when_the_first_word_is_broken() -> None:
    code = (
        "import sys, exports.hyphenation as h; assert 'pyphen' not in sys.modules;"
        "h.best_break('Anwendungsmuster', 'de'); assert 'pyphen' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
