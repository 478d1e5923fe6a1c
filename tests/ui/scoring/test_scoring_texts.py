"""Texts of the scoring page: Markdown, long words, and search by name."""

from __future__ import annotations

import re

import pytest
from fakes import builtin_model
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exports.hyphenation import with_soft_hyphens
from ui.painting.rows import sized
from ui.scoring.area_search import matches, rank, starts_a_word
from ui.widgets.basics import ElidedLabel, plain_tool_tip
from ui.widgets.flowing_text import FlowingText, Paragraph, lines_of, paragraphs_of


def texts(markdown: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(markdown)]


def test_markdown_becomes_paragraphs_without_marks() -> None:
    shown = texts("## Head\n\nFirst *line*\nof a [paragraph](https://example.org).\n\nSecond.")
    assert shown == ["Head", "First line of a paragraph.", "Second."]


def test_list_items_stay_items_even_where_they_wrap() -> None:
    shown = paragraphs_of("Intro:\n- one\n  and more\n- two\n\nAfter.")
    assert [(p.text, p.is_item) for p in shown] == [
        ("Intro:", False),
        ("one and more", True),
        ("two", True),
        ("After.", False),
    ]


def test_an_empty_text_has_no_paragraph() -> None:
    assert texts(" \n\n ") == []


@given(st.text())
def test_no_text_is_too_odd_to_be_shown(markdown: str) -> None:
    assert all(paragraph.text.strip() for paragraph in paragraphs_of(markdown))


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("Versionsverwaltung", "de", ["Versions", "verwaltung"]),
        ("Sicherheitsschulungen", "de", ["Sicherheits", "schulungen"]),
        ("Überwachungsergebnisse", "de", ["Überwachungs", "ergebnisse"]),
        ("Infrastructure", "en", ["Infra", "structure"]),
    ],
)
def test_a_word_that_is_too_long_breaks_at_a_syllable(
    qtbot: QtBot, word: str, language: str, parts: list[str]
) -> None:
    font = QApplication.font()
    room = QFontMetrics(font).horizontalAdvance(f"{max(parts, key=len)}-") + 2
    layout, _ = lines_of(word, font, room, {word: with_soft_hyphens(word, language)})
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    shown = [layout.text()[line.textStart() :][: line.textLength()] for line in lines]
    assert [line.replace("\N{SOFT HYPHEN}", "").strip() for line in shown] == parts


def test_a_word_that_fits_is_left_alone(qtbot: QtBot) -> None:
    layout, _ = lines_of(
        "Versionsverwaltung", QApplication.font(), 400, {"Versionsverwaltung": "no"}
    )
    assert layout.text() == "Versionsverwaltung"


def shown_lines(text: FlowingText, width: int) -> list[str]:
    """The lines of a text at a width, with the hyphens it breaks at."""
    text.heightForWidth(width)
    shown = []
    for layout, *_ in text._placed:
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            words = layout.text()[line.textStart() :][: line.textLength()]
            shown.append(re.sub("\N{SOFT HYPHEN}$", "-", words).replace("\N{SOFT HYPHEN}", ""))
    return shown


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Cloud Native gehört zur Unternehmensstrategie.", "Unternehmens-"),
        ("Das weiß die Unternehmensleitung.", "Unternehmens-"),
        ("Ein Kompetenzzentrum kennt Infrastrukturaufgaben.", "Infrastruktur-"),
    ],
)
def test_a_compound_breaks_at_its_joint_and_not_before_its_last_syllable(
    qtbot: QtBot, sentence: str, line: str
) -> None:
    text = FlowingText()
    qtbot.addWidget(text)
    text.set_paragraphs([Paragraph(sentence)], "de")
    word = sentence.rsplit(maxsplit=1)[-1]
    room = QFontMetrics(sized(text.font(), 13)).horizontalAdvance(word)
    assert any(shown.endswith(line) for shown in shown_lines(text, room))


@pytest.mark.parametrize("width", [pytest.param(132, marks=pytest.mark.slow), 141])
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_line_of_the_built_in_model_ends_within_a_word_without_a_hyphen(
    qtbot: QtBot, language: str, width: int
) -> None:
    text = FlowingText()
    qtbot.addWidget(text)
    descriptions = [level for area in builtin_model().areas for level in area.levels]
    indicators = [indicator.text for level in descriptions for indicator in level.indicators]
    for said in [*(level.short for level in descriptions), *indicators]:
        text.set_paragraphs(paragraphs_of(said.in_language(language), small=True), language)
        for line in shown_lines(text, width)[:-1]:
            assert line.endswith((" ", "-", "–", "/")), line


def test_narrower_text_is_taller_and_never_wider_than_its_room(qtbot: QtBot) -> None:
    text = FlowingText()
    qtbot.addWidget(text)
    text.set_paragraphs([Paragraph("Donaudampfschifffahrtsgesellschaft und mehr " * 5)])
    assert text.heightForWidth(90) > text.heightForWidth(300) > 0
    text.heightForWidth(90)
    widths = [
        layout.lineAt(number).naturalTextWidth()
        for layout, *_ in text._placed
        for number in range(layout.lineCount())
    ]
    assert max(widths) <= 91


@pytest.mark.parametrize(
    "query", ["überblick", "UBERBLICK", "ueberblick", "über", "blick pol", "policy überblick"]
)
def test_an_area_is_found_whatever_way_its_umlaut_is_typed(query: str) -> None:
    assert matches(query, "Überblick Policy")


def test_an_area_is_not_found_by_a_word_it_has_not() -> None:
    assert not matches("über technologie", "Überblick Policy")


def test_sharp_s_is_found_by_ss() -> None:
    assert matches("masse", "Maße und Ziele")


def test_names_that_begin_with_the_query_come_first() -> None:
    assert starts_a_word("sich", "Sicherheit")
    assert starts_a_word("sich", "Policy Sicherheit")
    assert not starts_a_word("sich", "Übersicht")


def test_the_name_comes_before_the_dimension_and_parts_of_words_last() -> None:
    areas = {
        "name begins": ("Sicherheit (People)", "", "People"),
        "word begins": ("IT-Sicherheit", "", "People"),
        "dimension": ("Audits", "", "Sicherheit"),
        "within a word": ("Policy-Übersicht", "", "Policy"),
        "other name": ("Gate", "Sicherheit", "Policy"),
        "elsewhere": ("CI/CD", "", "Prozess"),
    }
    ranks = {each: rank("sich", names) for each, names in areas.items()}
    assert ranks == {
        "name begins": 0, "word begins": 1, "dimension": 2, "within a word": 3, "other name": 2,
        "elsewhere": None,
    }  # fmt: skip


def test_several_words_are_found_in_any_order() -> None:
    assert rank("people sich", ("Sicherheit (People)", "", "People")) == 1
    assert rank("", ("Sicherheit", "", "People")) is not None


def test_a_tooltip_never_renders_what_a_name_contains(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(30, 20)
    label.setText("<img src='file:///secret'> a name that does not fit")
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()


def test_a_tooltip_shows_an_entity_in_a_name_as_it_was_typed() -> None:
    assert plain_tool_tip("Costs &lt; 5") == "<span>Costs &amp;lt; 5</span>"
    assert plain_tool_tip("R&D && more") == "R&D && more"


@pytest.mark.parametrize("text", ["Standards for CI/CD", "Standards for CI/CD-pipelines"])
def test_no_line_ends_within_a_pair_of_short_words(qtbot: QtBot, text: str) -> None:
    assert qtbot
    font = QApplication.font()
    room = QFontMetrics(font).horizontalAdvance("Standards for CI/") + 2
    layout, _ = lines_of(text, font, room)
    assert layout.lineCount() > 1
    first = layout.lineAt(0)
    assert layout.text()[: first.textLength()] == "Standards for "
