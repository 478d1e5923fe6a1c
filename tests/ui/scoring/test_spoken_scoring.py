"""Every key of the scoring page is heard: as name or description of the focus, and announced."""

from __future__ import annotations

import pytest
from fakes import FakeLibrary
from heard import Text, description, focused, name
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import StorageUnavailable
from ui.shell.shell import Shell

FIRST = "People overview"


@pytest.fixture
def page(scoring: Shell) -> QWidget:
    return scoring.page


def has_focus_said(sentence: str) -> bool:
    """True if the focused widget has the sentence as its name or description."""
    return sentence in (focused().text(Text.Name), focused().text(Text.Description))


def test_the_page_is_named_by_its_area_and_described_by_its_question(page: QWidget) -> None:
    assert name(page) == f"{FIRST}: not scored, target 5 assumed"
    assert focused().text(Text.Name) == name(page)


def test_a_level_is_heard(qtbot: QtBot, page: QWidget, said: list[str]) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4)
    assert said == [f"{FIRST}: level 4 – Improve, target 5 assumed"]
    assert has_focus_said(said[-1])


def test_a_level_that_stays_is_heard_again(qtbot: QtBot, page: QWidget, said: list[str]) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4)
    qtbot.keyClick(page, Qt.Key.Key_4)
    assert said[-1] == f"Unchanged. {FIRST}: level 4 – Improve, target 5 assumed"
    assert has_focus_said(said[-1])


def test_clearing_is_heard(qtbot: QtBot, page: QWidget, said: list[str]) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4)
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    assert said[-1] == f"{FIRST}: not scored, target 5 assumed"
    assert has_focus_said(said[-1])


def test_target_mode_and_target_are_heard(qtbot: QtBot, page: QWidget, said: list[str]) -> None:
    qtbot.keyClick(page, Qt.Key.Key_G)
    assert said == ["Target: press 1–5"]
    assert has_focus_said(said[-1])
    qtbot.keyClick(page, Qt.Key.Key_3)
    assert said[1:] == [
        "The digits set the level again.",
        f"{FIRST}: not scored, target 3",
    ]
    assert has_focus_said(said[-1])


def test_leaving_target_mode_is_heard(qtbot: QtBot, page: QWidget, said: list[str]) -> None:
    qtbot.keyClick(page, Qt.Key.Key_G)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert said[-1] == "The digits set the level again."
    assert has_focus_said(said[-1])


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_PageDown])
def test_the_next_area_is_heard_with_its_question(
    qtbot: QtBot, scoring: Shell, page: QWidget, said: list[str], key: Qt.Key
) -> None:
    qtbot.keyClick(page, key)
    area = scoring.workspace.session.model.area(scoring.workspace.area_id)
    assert said == [f"{area.label.line_in('en')}: not scored, target 5 assumed"]
    assert has_focus_said(said[-1])
    assert description(page) == area.question.line_in("en")


def test_undo_and_redo_are_heard(qtbot: QtBot, page: QWidget, said: list[str]) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4)
    said.clear()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said == [
        f"{FIRST}: not scored, target 5 assumed",
        f"Undone: Set {FIRST} to 4",
    ]
    assert focused().text(Text.Name) == said[0]
    assert focused().text(Text.Description) == said[1]
    qtbot.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert said[-1] == f"Redone: Set {FIRST} to 4"


def test_an_undone_step_of_another_area_leads_there_first(
    qtbot: QtBot, page: QWidget, said: list[str]
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    said.clear()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said == [f"{FIRST}: not scored, target 5 assumed", f"Undone: Set {FIRST} to 4"]


def test_undo_on_the_results_page_is_heard_once(
    qtbot: QtBot, scoring: Shell, page: QWidget, said: list[str]
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4)
    scoring.show_page("results")
    said.clear()
    qtbot.keyClick(scoring.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said == [f"Undone: Set {FIRST} to 4"]


def test_what_cannot_be_stored_is_heard(
    qtbot: QtBot, library: FakeLibrary, page: QWidget, said: list[str]
) -> None:
    library.failing = StorageUnavailable("The disk is full.")
    qtbot.keyClick(page, Qt.Key.Key_4)
    assert said[-1].startswith("NOT SAVED: 1 change is waiting The disk is full.")
    assert has_focus_said(said[-1])


def test_confidence_weight_and_evidence_are_heard(
    qtbot: QtBot, scoring: Shell, said: list[str]
) -> None:
    from fractions import Fraction

    from app.session.rating import Confidence

    workshop, area_id = scoring.workspace.workshop, scoring.workspace.area_id
    workshop.set_confidence(area_id, Confidence.GUESS)
    workshop.set_weight(area_id, Fraction(3, 2))
    workshop.add_link(area_id, "https://example.org/plan")
    assert said == ["Confidence: Guess", "Weight: 1.5", "1 piece of evidence"]


def test_a_reason_is_not_repeated_while_it_is_typed(scoring: Shell, said: list[str]) -> None:
    scoring.workspace.workshop.set_note(scoring.workspace.area_id, "They have a roster.")
    assert said == []


@pytest.mark.parametrize(
    ("key", "typed", "fault"),
    [
        (Qt.Key.Key_W, "abc", "A weight is a number such as 1.5."),
        (Qt.Key.Key_N, " ", "Please give a reason"),
        (Qt.Key.Key_E, " ", "Please enter an address."),
    ],
    ids=["weight", "not applicable", "evidence"],
)
def test_a_fault_is_heard_at_its_field(
    qtbot: QtBot, page: QWidget, said: list[str], key: Qt.Key, typed: str, fault: str
) -> None:
    qtbot.keyClick(page, key)
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, typed)
    said.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said
    assert said[-1].startswith(fault)
    assert description(field) == said[-1]


def test_a_sentence_stays_with_the_focus_only(
    qtbot: QtBot, scoring: Shell, page: QWidget, said: list[str]
) -> None:
    card = scoring.page_named("scoring").body.levels.cards()[1]  # type: ignore[attr-defined]
    own = card.accessibleDescription()
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_4)
    assert description(card) == said[-1]
    page.setFocus()
    qtbot.waitUntil(lambda: description(card) == own)


def test_german_is_heard_in_a_german_window(
    qtbot: QtBot, scoring: Shell, page: QWidget, said: list[str]
) -> None:
    scoring.appearance.choose_language("de")
    scoring.choose_model_language("de")
    said.clear()
    qtbot.keyClick(page, Qt.Key.Key_G)
    qtbot.keyClick(page, Qt.Key.Key_3)
    qtbot.keyClick(page, Qt.Key.Key_4)
    assert said[0] == "Ziel: 1–5 drücken"
    assert said[-1].endswith("Stufe 4 – Verbesserung, Ziel 3")
