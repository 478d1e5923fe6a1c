"""The scoring page: effects of keys, clicks and typing on the session and the display."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from fakes import DISK_FULL, ROOT, FakeLibrary, builtin_model, small_model
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError, InvalidInput
from app.model.maturity_model import LocalText
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import Confidence, Rating
from app.session.session import NewSession, Session
from app.session.step_details import StepDetails, StepStatus
from ui.context import Context
from ui.open_state import OpenState
from ui.scoring.found_areas import FoundAreas
from ui.scoring.scoring_page import ScoringPage
from ui.widgets.basics import ElidedLabel
from ui.widgets.controls import ValueButton
from ui.widgets.key_hints import KeyHint

OpenPage = Callable[..., ScoringPage]


@pytest.fixture
def open_page(qtbot: QtBot, context: Context, state: OpenState, library: FakeLibrary) -> OpenPage:
    """Opens a session on a model and shows the page, without its radar."""

    def opened(
        model: object = None, *, half_levels: bool = False, size: tuple[int, int] = (1280, 660)
    ) -> ScoringPage:
        new = NewSession("Nordwerk AG", model or builtin_model(), half_levels=half_levels)  # type: ignore[arg-type]
        state.open_session(library.create_session(new).id)
        page = ScoringPage(context, state.workspace)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.setFocus()
        return page

    return opened


@pytest.fixture
def page(open_page: OpenPage) -> ScoringPage:
    """The page on an unscored session of three areas."""
    return open_page(small_model())


def rating(page: ScoringPage) -> Rating:
    return page.workspace.session.rating(page.workspace.area_id)


def press(page: ScoringPage, *actions: str) -> None:
    for action in actions:
        page.handlers()[action]()


def label(page: ScoringPage, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.full_text() if isinstance(found, ElidedLabel) else found.text()


def button(page: ScoringPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def widget(page: ScoringPage, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def chosen(page: ScoringPage) -> list[int]:
    return [card.number for card in page.body.levels.cards() if card.isChecked()]


# ---- levels --------------------------------------------------------------------------------------


def test_a_digit_sets_the_level_on_disk_and_marks_its_card(
    page: ScoringPage, library: FakeLibrary
) -> None:
    press(page, "level.3")
    stored = library.load_session(page.workspace.session.id)
    assert stored.rating("d1.a").level == 3
    assert chosen(page) == [3]
    assert label(page, "today-value") == "3 – Level 3"


def test_a_click_on_a_card_sets_its_level_and_keeps_the_keys_with_the_page(
    page: ScoringPage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.body.levels.cards()[3], Qt.MouseButton.LeftButton)
    assert rating(page).level == 4
    assert page.hasFocus()


def test_a_click_on_the_text_inside_a_card_counts_as_well(page: ScoringPage, qtbot: QtBot) -> None:
    card = page.body.levels.cards()[1]
    inside = card.childAt(card.rect().center())
    assert inside is not None
    qtbot.mouseClick(inside, Qt.MouseButton.LeftButton)
    assert rating(page).level == 2


def test_the_heading_names_an_area_as_lists_and_charts_do(open_page: OpenPage) -> None:
    page = open_page(builtin_model())
    area = next(area for area in builtin_model().areas if area.label != area.name)
    page.workspace.go_to(area.id)
    heading = page.findChild(QLabel, "area-title")
    assert heading.full_text() == area.label.in_language("en")


def test_delete_clears_the_level(page: ScoringPage) -> None:
    press(page, "level.3", "level.clear")
    assert rating(page).level is None
    assert chosen(page) == []


def test_a_second_click_on_the_chosen_card_changes_nothing(
    page: ScoringPage, library: FakeLibrary, qtbot: QtBot
) -> None:
    press(page, "level.3")
    qtbot.mouseClick(page.body.levels.cards()[2], Qt.MouseButton.LeftButton)
    assert chosen(page) == [3]
    assert len(library.changes(page.workspace.session.id)) == 1


def test_only_the_digits_of_the_scale_do_something(open_page: OpenPage) -> None:
    page = open_page(small_model(levels=3, lowest=0))
    digits = {name for name in page.handlers() if name.startswith("level.")}
    assert digits == {"level.0", "level.1", "level.2", "level.clear"}


def test_the_tenth_level_is_reached_with_the_mouse(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(small_model(levels=10))
    assert "level.10" not in page.handlers()
    qtbot.mouseClick(page.body.levels.cards()[9], Qt.MouseButton.LeftButton)
    assert rating(page).level == 10


def test_undo_from_elsewhere_is_seen_on_the_card(page: ScoringPage) -> None:
    press(page, "level.2", "level.4")
    page.workspace.workshop.undo()
    assert chosen(page) == [2]


def test_a_level_that_could_not_be_stored_is_not_shown(
    page: ScoringPage, library: FakeLibrary
) -> None:
    library.failing = DISK_FULL
    press(page, "level.3")
    assert chosen(page) == []
    library.failing = None
    page.workspace.workshop.retry()
    assert chosen(page) == [3]


def test_halves_exist_only_where_the_session_allows_them(open_page: OpenPage) -> None:
    assert "level.half" not in open_page(small_model()).handlers()
    assert "level.half" in open_page(small_model(), half_levels=True).handlers()


def test_half_is_added_and_taken_off_again(open_page: OpenPage) -> None:
    page = open_page(small_model(), half_levels=True)
    press(page, "level.3", "level.half")
    assert rating(page).level == Fraction(7, 2)
    assert chosen(page) == [3]
    assert label(page, "today-value") == "3.5"
    press(page, "level.half")
    assert rating(page).level == 3


def test_the_highest_level_gets_no_half(open_page: OpenPage) -> None:
    page = open_page(small_model(), half_levels=True)
    press(page, "level.5", "level.half")
    assert rating(page).level == 5


def test_no_half_is_offered_above_the_highest_level(open_page: OpenPage) -> None:
    page = open_page(small_model(), half_levels=True)
    press(page, "level.4")
    assert widget(page, "half-button").isVisible()
    press(page, "level.5")
    assert not widget(page, "half-button").isVisible()


@pytest.mark.parametrize("size", [(1280, 660), (1024, 580)])
@pytest.mark.parametrize("typed", ["99", "abc"])
def test_what_is_wrong_with_a_weight_is_said_whole(
    open_page: OpenPage, qtbot: QtBot, typed: str, size: tuple[int, int]
) -> None:
    page = open_page(small_model(), size=size)
    page.context.set_language("de")
    press(page, "weight")
    page.body.decision.weight.setText(typed)
    qtbot.keyClick(page.body.decision.weight, Qt.Key.Key_Return)
    fault = page.findChild(ElidedLabel, "weight-fault")
    qtbot.waitUntil(lambda: fault.text() == fault.full_text() != "")
    qtbot.waitUntil(lambda: fault.geometry().bottom() < page.body.decision.height())


def test_what_is_wrong_with_evidence_is_said_whole(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "evidence")
    page.body.reason.form.address.setText("/nofile.txt")
    page.body.reason.form.submit()
    fault = page.findChild(QLabel, "evidence-fault")
    assert not rating(page).evidence
    qtbot.waitUntil(lambda: fault.height() >= fault.heightForWidth(fault.width()))
    card = page.body.reason
    qtbot.waitUntil(lambda: fault.mapTo(card, fault.rect().bottomLeft()).y() < card.height())


def test_summaries_are_offered_where_there_are_some(open_page: OpenPage) -> None:
    assert not widget(open_page(small_model()), "whole-texts").isVisible()
    assert widget(open_page(), "whole-texts").isVisible()


def test_a_weighted_mean_is_called_weighted_while_scoring(page: ScoringPage) -> None:
    workshop = page.workspace.workshop
    workshop.set_level("d1.a", 3)
    workshop.set_level("d2.a", 2)
    workshop.set_weight("d1.a", Fraction(3, 2))
    texts = [found.text() for found in page.findChildren(QLabel) if found.isVisible()]
    assert "weighted average of 2 areas\nlowest 2" in texts


def test_an_area_that_does_not_apply_has_no_half_to_add(open_page: OpenPage) -> None:
    page = open_page(small_model(), half_levels=True)
    press(page, "level.3")
    page.workspace.workshop.set_not_applicable("d1.a", "Done by the group")
    assert not widget(page, "half-button").isVisible()
    press(page, "level.half")
    assert not rating(page).is_applicable
    assert rating(page).level == 3


def test_level_10_has_the_key_0_where_the_scale_has_no_0(open_page: OpenPage) -> None:
    page = open_page(small_model(levels=10))
    press(page, "level.0")
    assert rating(page).level == 10
    press(page, "target", "level.0")
    assert rating(page).target == 10
    assert "0: Level 10" in [hint.accessibleName() for hint in page.findChildren(KeyHint)]


def test_level_0_has_the_key_0(open_page: OpenPage) -> None:
    page = open_page(small_model(levels=10, lowest=0))
    press(page, "level.0")
    assert rating(page).level == 0


# ---- target --------------------------------------------------------------------------------------


def test_the_next_digit_after_target_sets_the_target(page: ScoringPage) -> None:
    press(page, "level.2", "target", "level.4")
    assert rating(page).target == 4
    assert rating(page).level == 2
    press(page, "level.3")
    assert rating(page).level == 3


def test_the_waiting_for_a_target_is_seen_and_ends_with_escape(
    page: ScoringPage, qtbot: QtBot
) -> None:
    press(page, "target")
    assert widget(page, "mode-label").isVisible()
    assert label(page, "mode-label") == "Target: press 1–5"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not widget(page, "mode-label").isVisible()
    press(page, "level.4")
    assert rating(page).target is None
    assert rating(page).level == 4


def test_delete_takes_an_agreed_target_back(page: ScoringPage) -> None:
    press(page, "target", "level.3", "target", "level.clear")
    assert rating(page).target is None


def test_a_card_sets_the_target_while_one_is_asked_for(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "target")
    qtbot.mouseClick(page.body.levels.cards()[2], Qt.MouseButton.LeftButton)
    assert rating(page).target == 3
    assert rating(page).level is None


def test_another_area_ends_the_waiting_for_a_target(page: ScoringPage) -> None:
    press(page, "target", "area.next", "level.2")
    assert rating(page).level == 2
    assert rating(page).target is None


def test_a_target_below_today_is_taken_and_said_calmly(page: ScoringPage) -> None:
    press(page, "level.4", "target", "level.2")
    assert rating(page).target == 2
    assert label(page, "target-notice") == "above the target"
    points = [button.accessibleName() for button in page.body.side.findChildren(QPushButton)]
    assert "Area 1: level 4 is above the target 2" in points


# ---- not applicable ------------------------------------------------------------------------------


def test_not_applicable_asks_for_a_reason_and_stores_it(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "not_applicable")
    field = page.body.not_applicable.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Runs in the group, 2 levels up")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert rating(page).not_applicable == "Runs in the group, 2 levels up"
    assert rating(page).level is None
    assert page.hasFocus()
    assert label(page, "not-applicable-reason") == "Runs in the group, 2 levels up"


def test_a_reason_is_needed(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "not_applicable")
    qtbot.keyClick(page.body.not_applicable.field, Qt.Key.Key_Return)
    assert rating(page).is_applicable
    assert label(page, "not-applicable-fault").startswith("Please give a reason")
    assert page.body.not_applicable.is_asking


def test_escape_leaves_the_reason_without_a_change(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "not_applicable")
    qtbot.keyClicks(page.body.not_applicable.field, "perhaps")
    qtbot.keyClick(page.body.not_applicable.field, Qt.Key.Key_Escape)
    assert rating(page).is_applicable
    assert not widget(page, "not-applicable-bar").isVisible()


def test_a_reason_that_is_being_typed_survives_other_changes(
    page: ScoringPage, qtbot: QtBot
) -> None:
    press(page, "not_applicable")
    qtbot.keyClicks(page.body.not_applicable.field, "half a reas")
    page.workspace.workshop.set_confidence("d1.a", Confidence.GUESS)
    assert page.body.not_applicable.is_asking
    assert page.body.not_applicable.field.text() == "half a reas"


def test_the_reason_can_be_changed(page: ScoringPage, qtbot: QtBot) -> None:
    page.body.not_applicable.reason_entered.emit("Out of scope")
    qtbot.mouseClick(widget(page, "not-applicable-change"), Qt.MouseButton.LeftButton)
    field = page.body.not_applicable.field
    assert field.text() == "Out of scope"
    qtbot.keyClicks(field, "Done by the group")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert rating(page).not_applicable == "Done by the group"
    assert not page.body.not_applicable.is_asking


@pytest.fixture
def taken_out(page: ScoringPage, qtbot: QtBot) -> ScoringPage:
    """The page on an area that was scored 2 and taken out then."""
    with qtbot.waitActive(page):
        page.activateWindow()
    press(page, "level.2")
    page.workspace.workshop.set_not_applicable("d1.a", "Done by the group")
    page.setFocus()
    return page


def test_a_digit_on_an_area_that_does_not_apply_asks_first(
    taken_out: ScoringPage, qtbot: QtBot
) -> None:
    press(taken_out, "level.3")
    assert rating(taken_out).not_applicable == "Done by the group"
    assert button(taken_out, "score-all-the-same").text() == "Score 3"
    qtbot.keyClick(taken_out, Qt.Key.Key_Escape)
    assert rating(taken_out).not_applicable == "Done by the group"
    assert not button(taken_out, "score-all-the-same").isVisible()


@pytest.mark.parametrize("answer", ["the digit again", "Enter", "the button"])
def test_a_second_press_scores_the_area_and_undo_brings_the_reason_back(
    taken_out: ScoringPage, qtbot: QtBot, answer: str
) -> None:
    press(taken_out, "level.3")
    if answer == "the digit again":
        press(taken_out, "level.3")
    elif answer == "Enter":
        qtbot.keyClick(taken_out, Qt.Key.Key_Return)
    else:
        button(taken_out, "score-all-the-same").click()
    assert (rating(taken_out).level, rating(taken_out).not_applicable) == (3, None)
    taken_out.workspace.workshop.undo()
    assert (rating(taken_out).level, rating(taken_out).not_applicable) == (2, "Done by the group")


def test_another_digit_asks_about_that_one(taken_out: ScoringPage) -> None:
    press(taken_out, "level.3", "level.4")
    assert not rating(taken_out).is_applicable
    press(taken_out, "level.4")
    assert rating(taken_out).level == 4


def test_going_on_keeps_an_area_not_applicable(taken_out: ScoringPage) -> None:
    press(taken_out, "level.3", "go_on", "level.3")
    assert taken_out.workspace.area_id == "d2.a"
    assert rating(taken_out).level == 3
    press(taken_out, "go_back")
    assert not rating(taken_out).is_applicable
    assert not button(taken_out, "score-all-the-same").isVisible()


def test_clearing_leaves_what_is_not_applicable_alone(taken_out: ScoringPage) -> None:
    press(taken_out, "level.clear")
    assert (rating(taken_out).level, rating(taken_out).is_applicable) == (2, False)


def test_a_reason_that_was_given_up_is_proposed_again(taken_out: ScoringPage) -> None:
    press(taken_out, "level.3", "level.3", "not_applicable")
    assert taken_out.body.not_applicable.field.text() == "Done by the group"


def test_not_applicable_again_brings_the_area_back(page: ScoringPage) -> None:
    press(page, "level.3")
    page.body.not_applicable.reason_entered.emit("Out of scope")
    press(page, "not_applicable")
    assert rating(page).is_applicable
    assert chosen(page) == [3]


def test_an_area_that_does_not_apply_leaves_the_count(page: ScoringPage) -> None:
    page.body.not_applicable.reason_entered.emit("Out of scope")
    assert label(page, "agenda-heading") == "AREAS · 0 OF 2"


# ---- reason --------------------------------------------------------------------------------------


def type_note(page: ScoringPage, qtbot: QtBot, text: str) -> None:
    press(page, "note")
    qtbot.waitUntil(page.body.reason.note.hasFocus)
    qtbot.keyClicks(page.body.reason.note, text)


def test_a_note_is_stored_shortly_after_the_last_key(page: ScoringPage, qtbot: QtBot) -> None:
    type_note(page, qtbot, "One team only")
    assert rating(page).note == ""
    qtbot.waitUntil(lambda: rating(page).note == "One team only", timeout=2000)


def test_typing_without_a_pause_is_stored_within_a_second(page: ScoringPage, qtbot: QtBot) -> None:
    note = page.body.reason.note
    note.delay.pause.setInterval(60_000)  # as if no pause came
    assert note.delay.latest.interval() < 1000
    note.delay.latest.setInterval(100)
    type_note(page, qtbot, "One")
    first = note.delay.latest.remainingTime()
    qtbot.keyClicks(note, " team")
    assert note.delay.latest.remainingTime() <= first, "further keys put it off"
    qtbot.waitUntil(lambda: rating(page).note == "One team", timeout=5000)
    qtbot.keyClicks(note, " only")
    qtbot.waitUntil(lambda: rating(page).note == "One team only", timeout=5000)
    page.workspace.workshop.undo()
    assert rating(page).note == "", "one go of typing is one step"


def test_typed_text_waits_until_it_is_stored(page: ScoringPage, qtbot: QtBot) -> None:
    type_note(page, qtbot, "One")
    assert page.context.typed_text_waits
    page.context.flush_pending_edits()
    assert not page.context.typed_text_waits


def test_typed_text_that_is_refused_still_waits(
    page: ScoringPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_area_id: str, _note: str) -> None:
        raise InvalidInput("This cannot be stored.")

    monkeypatch.setattr(page.workspace.workshop, "set_note", refuse)
    type_note(page, qtbot, "One")
    page.context.flush_pending_edits()
    assert page.context.typed_text_waits
    press(page, "area.next")
    assert not page.context.typed_text_waits


def test_typing_goes_on_at_the_end_of_a_note(page: ScoringPage, qtbot: QtBot) -> None:
    page.workspace.workshop.set_note("d1.a", "First part")
    type_note(page, qtbot, ", second part")
    page.context.flush_pending_edits()
    assert rating(page).note == "First part, second part"


def test_digits_and_letters_in_a_note_score_nothing(page: ScoringPage, qtbot: QtBot) -> None:
    type_note(page, qtbot, "3 of 5 teams, none in C")
    assert rating(page).level is None
    assert rating(page).is_applicable


def test_escape_in_a_note_stores_it_and_gives_the_keys_back(
    page: ScoringPage, qtbot: QtBot
) -> None:
    type_note(page, qtbot, "Seen in the pipeline")
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Escape)
    assert rating(page).note == "Seen in the pipeline"
    assert page.hasFocus()


def test_control_enter_ends_a_note_and_enter_makes_a_new_line(
    page: ScoringPage, qtbot: QtBot
) -> None:
    type_note(page, qtbot, "one")
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Return)
    qtbot.keyClicks(page.body.reason.note, "two")
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rating(page).note == "one\ntwo"
    assert page.hasFocus()


def test_going_to_another_area_stores_the_note_where_it_was_typed(
    page: ScoringPage, qtbot: QtBot
) -> None:
    type_note(page, qtbot, "for the first")
    page.workspace.go_to("d2.a")
    assert page.workspace.session.rating("d1.a").note == "for the first"
    assert page.workspace.session.rating("d2.a").note == ""
    assert page.body.reason.note.toPlainText() == ""


def test_closing_the_session_stores_the_note(
    page: ScoringPage, qtbot: QtBot, state: OpenState, library: FakeLibrary
) -> None:
    session_id = page.workspace.session.id
    type_note(page, qtbot, "last words")
    state.close_session()
    assert library.load_session(session_id).rating("d1.a").note == "last words"


def test_what_is_typed_in_one_go_is_one_step_for_undo(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "level.2")
    type_note(page, qtbot, "first ")
    page.context.flush_pending_edits()
    qtbot.keyClicks(page.body.reason.note, "second")
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Escape)
    page.workspace.workshop.undo()
    assert rating(page).note == ""
    assert page.body.reason.note.toPlainText() == ""
    assert rating(page).level == 2


def test_coming_back_to_a_note_starts_a_step_of_its_own(page: ScoringPage, qtbot: QtBot) -> None:
    type_note(page, qtbot, "first")
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Escape)
    type_note(page, qtbot, " second")
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Escape)
    assert rating(page).note == "first second"
    page.workspace.workshop.undo()
    assert rating(page).note == "first"


def test_saving_while_typing_leaves_the_cursor_alone(page: ScoringPage, qtbot: QtBot) -> None:
    type_note(page, qtbot, "one three")
    cursor = page.body.reason.note.textCursor()
    cursor.setPosition(4)
    page.body.reason.note.setTextCursor(cursor)
    qtbot.keyClicks(page.body.reason.note, "two ")
    page.context.flush_pending_edits()
    assert rating(page).note == "one two three"
    assert page.body.reason.note.textCursor().position() == 8


def test_a_note_that_could_not_be_stored_stays_on_the_screen(
    page: ScoringPage, qtbot: QtBot, library: FakeLibrary
) -> None:
    type_note(page, qtbot, "while the disk is full")
    library.failing = DISK_FULL
    page.context.flush_pending_edits()
    page.retranslate()
    assert rating(page).note == ""
    assert page.body.reason.note.toPlainText() == "while the disk is full"
    library.failing = None
    assert page.workspace.workshop.retry()
    assert rating(page).note == "while the disk is full"


def test_a_text_that_is_too_long_is_not_pasted_by_half(page: ScoringPage, qtbot: QtBot) -> None:
    type_note(page, qtbot, "before ")
    pasted = QMimeData()
    pasted.setText("x" * 20_000)
    page.body.reason.note.insertFromMimeData(pasted)
    page.context.flush_pending_edits()
    assert rating(page).note == "before "
    assert any("at most 20000 characters" in fault for fault in faults(page))


def test_a_full_note_takes_no_further_letter_but_can_be_shortened(
    page: ScoringPage, qtbot: QtBot
) -> None:
    press(page, "note")
    page.body.reason.note.setPlainText("x" * 20_000)
    page.body.reason.note.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(page.body.reason.note, "y")
    assert len(page.body.reason.note.toPlainText()) == 20_000
    qtbot.keyClick(page.body.reason.note, Qt.Key.Key_Backspace)
    page.context.flush_pending_edits()
    assert len(rating(page).note) == 19_999
    assert not any("at most" in fault for fault in faults(page))


def faults(page: ScoringPage) -> list[str]:
    return [found.text() for found in page.body.reason.findChildren(QLabel) if found.isVisible()]


# ---- evidence ------------------------------------------------------------------------------------


def test_a_link_is_attached_with_the_keyboard_alone(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "evidence")
    address = page.body.reason.form.address
    qtbot.waitUntil(address.hasFocus)
    qtbot.keyClicks(address, "https://ci.example.org/46")
    page.body.reason.form.title.setFocus()
    qtbot.keyClicks(page.body.reason.form.title, "Pipeline report")
    qtbot.keyClick(page.body.reason.form.title, Qt.Key.Key_Return)
    evidence = rating(page).evidence
    assert [(e.title, e.address) for e in evidence] == [
        ("Pipeline report", "https://ci.example.org/46")
    ]
    assert page.hasFocus()
    assert widget(page, f"evidence-{evidence[0].id}").isVisible()


def test_the_path_of_a_file_takes_the_file_into_the_library(
    page: ScoringPage, qtbot: QtBot, library: FakeLibrary, tmp_path: Path
) -> None:
    photo = tmp_path / "flipchart.png"
    photo.write_bytes(b"picture")
    press(page, "evidence")
    qtbot.keyClicks(page.body.reason.form.address, str(photo))
    qtbot.keyClick(page.body.reason.form.address, Qt.Key.Key_Return)
    (evidence,) = rating(page).evidence
    assert evidence.title == "flipchart.png"
    assert library.file_content(evidence.digest) == b"picture"


def test_an_empty_address_is_named_at_the_field(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "evidence")
    qtbot.keyClick(page.body.reason.form.address, Qt.Key.Key_Return)
    assert label(page, "evidence-fault") == "Please enter an address."
    assert rating(page).evidence == ()


def test_a_file_that_cannot_be_stored_is_named_and_the_form_stays(
    page: ScoringPage, library: FakeLibrary, tmp_path: Path
) -> None:
    photo = tmp_path / "flipchart.png"
    photo.write_bytes(b"picture")
    press(page, "evidence")
    page.body.reason.form.address.setText(str(photo))
    library.failing = DISK_FULL
    page.body.reason.form.submit()
    assert "full" in label(page, "evidence-fault")
    assert page.body.reason.form.address.text() == str(photo)


def test_evidence_that_was_begun_is_there_again_on_its_area_only(
    page: ScoringPage, qtbot: QtBot
) -> None:
    press(page, "evidence")
    qtbot.keyClicks(page.body.reason.form.address, "https://ci.example.org/46")
    qtbot.keyClicks(page.body.reason.form.title, "Pipeline")
    press(page, "area.next", "evidence")
    assert page.body.reason.form.address.text() == ""
    qtbot.keyClick(page.body.reason.form.address, Qt.Key.Key_Escape)
    press(page, "area.previous", "evidence")
    form = page.body.reason.form
    assert (form.address.text(), form.title.text()) == ("https://ci.example.org/46", "Pipeline")
    press(page, "evidence")  # pressing it twice does not clear the form
    assert form.title.text() == "Pipeline"
    qtbot.keyClick(form.address, Qt.Key.Key_Escape)
    press(page, "evidence")
    assert form.address.text() == ""


def test_a_dropped_file_leaves_what_was_begun_in_the_form(
    page: ScoringPage, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "flipchart.png"
    photo.write_bytes(b"picture")
    press(page, "evidence")
    qtbot.keyClicks(page.body.reason.form.address, "https://ci.example.org/46")
    page.body.reason.file_dropped.emit(photo)
    assert [entry.title for entry in rating(page).evidence] == ["flipchart.png"]
    press(page, "evidence")
    assert page.body.reason.form.address.text() == "https://ci.example.org/46"


def test_evidence_begun_in_one_session_is_not_there_in_the_next(
    page: ScoringPage, qtbot: QtBot, state: OpenState, library: FakeLibrary
) -> None:
    press(page, "evidence")
    qtbot.keyClicks(page.body.reason.form.address, "https://ci.example.org/46")
    press(page, "area.next")
    new = NewSession("Südwerk AG", page.workspace.session.model, "Workshop")
    state.open_session(library.create_session(new).id)
    page.set_workspace(state.workspace)
    press(page, "evidence")
    assert page.body.reason.form.address.text() == ""


def test_escape_leaves_the_form(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "evidence")
    qtbot.keyClick(page.body.reason.form.address, Qt.Key.Key_Escape)
    assert not page.body.reason.form.isVisible()
    assert page.hasFocus()


def test_evidence_is_removed_and_brought_back_by_undo(page: ScoringPage, qtbot: QtBot) -> None:
    page.workspace.workshop.add_link("d1.a", "https://example.org", "Report")
    (evidence,) = rating(page).evidence
    remover = widget(page, f"remove-evidence-{evidence.id}")
    qtbot.mouseClick(remover, Qt.MouseButton.LeftButton)
    assert rating(page).evidence == ()
    page.workspace.workshop.undo()
    qtbot.waitUntil(lambda: widget(page, f"evidence-{evidence.id}").isVisible())


def test_a_link_that_would_run_something_is_not_opened(page: ScoringPage) -> None:
    imported = Evidence("e9", EvidenceKind.LINK, "Report", "file:///usr/bin/true")
    page.workspace.workshop.change_all({("d1.a", "evidence"): (imported,)})
    said: list[AppError] = []
    page.context.error_raised.connect(said.append)
    page.body.reason.evidence_opened.emit(rating(page).evidence[0].id)
    (error,) = said
    assert "file:///usr/bin/true" in error.say(page.context.texts)


@pytest.mark.parametrize("address", ["file:///usr/bin/true", "javascript:x", "no such page"])
def test_what_could_not_be_opened_is_not_taken_as_a_link(
    page: ScoringPage, qtbot: QtBot, address: str
) -> None:
    press(page, "evidence")
    form = page.body.reason.form
    qtbot.keyClicks(form.address, address)
    qtbot.keyClick(form.address, Qt.Key.Key_Return)

    assert rating(page).evidence == ()
    assert form.address.text() == address
    assert address in label(page, "evidence-fault")


# ---- weight, confidence --------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1.5", "1,5", "×1.5", " 1.5 "])
def test_a_weight_is_typed_with_point_or_comma(page: ScoringPage, qtbot: QtBot, typed: str) -> None:
    press(page, "weight")
    field = page.body.decision.weight
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert rating(page).weight == Fraction(3, 2)
    assert field.text() == "×1.5"


@pytest.mark.parametrize("typed", ["0", "11", "-1", "heavy", "1e999999", "nan", "1/0"])
def test_a_weight_that_is_not_possible_is_named_and_not_taken(
    page: ScoringPage, qtbot: QtBot, typed: str
) -> None:
    press(page, "weight")
    qtbot.keyClicks(page.body.decision.weight, typed)
    qtbot.keyClick(page.body.decision.weight, Qt.Key.Key_Return)
    assert rating(page).weight == 1
    assert label(page, "weight-fault").startswith("A weight is")


def test_a_reason_begun_for_one_area_waits_there(page: ScoringPage, qtbot: QtBot) -> None:
    workspace = page.workspace
    first, second = (area.id for area in workspace.session.model.areas[:2])
    workspace.go_to(first)
    press(page, "not_applicable")
    qtbot.keyClicks(page.body.not_applicable.field, "Not our")
    workspace.go_to(second)
    press(page, "not_applicable")
    assert page.body.not_applicable.field.text() == ""
    workspace.go_to(first)
    assert workspace.session.rating(first).is_applicable
    press(page, "not_applicable")
    assert page.body.not_applicable.field.text() == "Not our"
    qtbot.keyClick(page.body.not_applicable.field, Qt.Key.Key_Escape)
    press(page, "not_applicable")
    assert page.body.not_applicable.field.text() == ""


def test_a_reason_begun_in_one_session_is_unknown_in_the_next(
    page: ScoringPage, qtbot: QtBot, state: OpenState
) -> None:
    here, session_id = state.workspace.area_id, state.workspace.session.id
    press(page, "not_applicable")
    qtbot.keyClicks(page.body.not_applicable.field, "Client secret")
    state.open_session(session_id)
    page.set_workspace(state.workspace)
    assert state.workspace.area_id == here
    assert not page.body.not_applicable.field.isVisibleTo(page)
    press(page, "not_applicable")
    assert page.body.not_applicable.field.text() == ""


def test_a_weight_that_was_not_taken_does_not_stand_under_the_next_area(
    page: ScoringPage, qtbot: QtBot
) -> None:
    press(page, "weight")
    qtbot.waitUntil(page.body.decision.weight.hasFocus)
    qtbot.keyClicks(page.body.decision.weight, "heavy")
    page.workspace.go_to(page.workspace.session.model.areas[-1].id)
    assert page.body.decision.weight.text() == "×1"
    assert label(page, "weight-fault") == ""


def test_a_weight_being_typed_stays_with_its_area(page: ScoringPage, qtbot: QtBot) -> None:
    workspace = page.workspace
    first, second = (area.id for area in workspace.session.model.areas[:2])
    workspace.go_to(first)
    press(page, "weight")
    qtbot.keyClicks(page.body.decision.weight, "3")
    workspace.go_to(second)
    page.body.decision.weight.clearFocus()
    assert workspace.session.rating(first).weight == 3
    assert workspace.session.rating(second).weight == 1


def test_confidence_is_chosen_from_its_menu(page: ScoringPage) -> None:
    press(page, "level.3")
    actions = {a.text(): a for a in page.body.decision.confidence.menu().actions()}
    actions["Example shown"].trigger()
    assert rating(page).confidence is Confidence.EXAMPLE
    assert page.body.decision.confidence.text() == "Example shown"


def test_confidence_is_chosen_with_the_keyboard(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "level.3", "confidence")
    menu = page.body.decision.confidence.menu()
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert rating(page).confidence is Confidence.EVIDENCE


def test_a_target_is_chosen_from_its_menu(page: ScoringPage) -> None:
    actions = {a.text(): a for a in page.body.decision.target.menu().actions()}
    actions["3 – Level 3"].trigger()
    assert rating(page).target == 3
    assert page.body.decision.target.text() == "3 – Level 3"


# ---- moving --------------------------------------------------------------------------------------


def test_next_and_previous_walk_through_the_areas_and_stop_at_the_ends(page: ScoringPage) -> None:
    press(page, "area.previous")
    assert page.workspace.area_id == "d1.a"
    press(page, "area.next", "area.next", "area.next")
    assert page.workspace.area_id == "d3.a"
    assert label(page, "area-place") == "Dimension 3 · 3 of 3"


def test_going_on_from_the_last_area_leads_to_the_results(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "go_on", "go_on")
    assert page.workspace.area_id == "d3.a"
    assert widget(page, "next-button").accessibleName() == "Results"
    with qtbot.waitSignal(page.context.page_requested) as asked:
        press(page, "go_on")
    assert asked.args == ["results"]


def test_find_goes_to_the_area_that_was_typed(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    press(page, "find_area")
    field = page.findChild(QLineEdit, "find-area-field")
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "change control")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.workspace.area_id == "process.change-control"
    assert page.hasFocus()
    assert not widget(page, "find-area").isVisible()


def test_find_lists_what_begins_with_the_query_as_the_agenda_calls_it(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page()
    page.workspace.workshop.set_detail("language", "de")
    page.workspace.workshop.set_level("process.security", 4)
    press(page, "find_area")
    field = page.findChild(QLineEdit, "find-area-field")
    assert field is not None
    qtbot.keyClicks(field, "sich")
    model = page.findChild(QListView, "find-area-list").model()
    shown = [model.index(row, 0) for row in range(model.rowCount())]
    said = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in shown]
    assert said[:3] == [
        "People · Sicherheit (People): not scored",
        "Prozess · Sicherheit (Prozess): level 4",
        "Technologie · Sicherheit & Policy: not scored",
    ]
    agenda = {row.name for row in page.body.agenda.view.rows.rows}
    assert {index.data(FoundAreas.RowRole).row.name for index in shown} <= agenda


def test_escape_leaves_find_where_one_was(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "find_area")
    field = page.findChild(QLineEdit, "find-area-field")
    assert field is not None
    qtbot.keyClicks(field, "Area 3")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.workspace.area_id == "d1.a"
    assert page.hasFocus()


# ---- keyboard focus and screen readers -----------------------------------------------------------


def test_a_card_reached_with_tab_is_pressed_by_space_and_enter(
    page: ScoringPage, qtbot: QtBot
) -> None:
    first, second = page.body.levels.cards()[:2]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert rating(page).level == 1
    second.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert rating(page).level == 2


def test_every_card_says_its_level_its_marks_and_its_sentence(
    page: ScoringPage,
) -> None:
    press(page, "level.3")
    said = [card.accessibleName() for card in page.body.levels.cards()]
    assert said[2] == "Level 3 – Level 3: Current"
    assert said[4] == "Level 5 – Level 5: Target"
    assert page.body.levels.cards()[2].accessibleDescription().startswith("Sentence 1.3")


def test_tab_walks_as_the_eye_does(page: ScoringPage) -> None:
    page.workspace.workshop.add_link("d1.a", "https://example.org", "Report")
    page.workspace.workshop.set_level("d2.a", 2)
    (entry,) = rating(page).evidence
    QApplication.processEvents()  # what is new is shown with the next turn
    walked: list[str] = []
    control: QWidget | None = widget(page, "agenda")
    while control is not None and control.objectName() not in walked:
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible():
            walked.append(control.objectName())
        control = control.nextInFocusChain()
    assert [name for name in walked if not name.startswith("qt_")] == [
        "agenda", *[f"level-card-{level}" for level in range(1, 6)],
        "add-evidence", "note-editor", f"evidence-{entry.id}", f"remove-evidence-{entry.id}",
        "not-applicable-button", "target-button", "confidence-button", "weight-field",
        "point-open-d1.a", "point-bare-d2.a", "back-button", "next-button",
    ]  # fmt: skip


def test_every_control_has_a_name_for_screen_readers(open_page: OpenPage) -> None:
    page = open_page(half_levels=True)
    page.workspace.workshop.add_link(page.workspace.area_id, "https://example.org", "Report")
    press(page, "find_area", "evidence", "not_applicable")
    nameless = [
        f"{type(control).__name__} {control.objectName()}"
        for control in page.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not control.accessibleName()
        and not control.objectName().startswith("qt_")
    ]
    assert nameless == []


# ---- what is shown -------------------------------------------------------------------------------


def test_the_earlier_level_is_shown_only_where_the_texts_are_the_same(page: ScoringPage) -> None:
    session = page.workspace.session
    earlier = replace(
        session, id="before", date=date(2026, 3, 12), ratings={"d1.a": Rating("d1.a", Fraction(2))}
    )
    page.workspace.earlier = earlier
    page.retranslate()
    assert ("earlier", "March 2026") in page.body.levels._marks.flags[2]
    page.workspace.earlier = with_other_text(earlier)
    page.retranslate()
    assert 2 not in page.body.levels._marks.flags


def test_a_level_to_expect_is_hidden_until_its_area_is_decided(page: ScoringPage) -> None:
    workspace, marks = page.workspace, page.body.levels
    steps = tuple(StepDetails(level, status=StepStatus.DONE) for level in (3, 4))
    rating = Rating("d1.a", Fraction(2), steps=steps)
    workspace.earlier = replace(
        workspace.session, id="before", date=date(2026, 3, 12), ratings={"d1.a": rating}
    )
    page.retranslate()
    assert 4 not in marks._marks.flags
    assert not widget(page, "expected-level").isVisible()
    assert "xpected" not in page.accessibleName()
    assert workspace.session.rating("d1.a").level is None, "it is never set"
    press(page, "level.4")
    assert ("expected", "Expected") in marks._marks.flags[4]
    assert label(page, "expected-level") == "Expected 4: steps to 3 and 4 were done"
    assert page.accessibleName().endswith(". Expected 4: steps to 3 and 4 were done")
    press(page, "level.3")
    assert label(page, "expected-level").endswith("were done. Done but not moved to 4.")
    press(page, "level.2")
    assert label(page, "expected-level").endswith("were done. Done but not moved.")
    press(page, "level.clear")
    assert 4 not in marks._marks.flags
    assert not widget(page, "expected-level").isVisible()


def test_nothing_is_expected_where_the_texts_have_changed(page: ScoringPage) -> None:
    done = (StepDetails(3, status=StepStatus.DONE),)
    earlier = replace(
        page.workspace.session,
        id="before",
        date=date(2026, 3, 12),
        ratings={"d1.a": Rating("d1.a", Fraction(2), steps=done)},
    )
    page.workspace.earlier = with_other_text(earlier)
    press(page, "level.2")
    assert page.workspace.expected_level("d1.a") is None
    assert not widget(page, "expected-level").isVisible()


def with_other_text(session: Session) -> Session:
    """The session on a model whose first area says something else at level 1."""
    first, *others = session.model.dimensions
    area = first.areas[0]
    level = replace(area.levels[0], short=LocalText.of(en="Something else"))
    area = replace(area, levels=(level, *area.levels[1:]))
    model = replace(session.model, dimensions=(replace(first, areas=(area,)), *others))
    return replace(session, model=model)


def test_the_figures_are_those_of_scoring(page: ScoringPage) -> None:
    press(page, "level.2", "area.next", "level.5")
    assert label(page, "overall-mean") == "3.5"
    assert label(page, "overall-meaning") == "average of 2 areas\nlowest 2"


def test_before_the_first_level_no_mean_is_claimed(page: ScoringPage) -> None:
    assert not widget(page, "overall-mean").isVisible()
    assert label(page, "overall-meaning") == "Nothing is scored yet."


def test_open_points_lead_to_the_area_they_mean(page: ScoringPage, qtbot: QtBot) -> None:
    press(page, "level.2")
    point = widget(page, "point-open-d2.a")
    assert point.accessibleName() == "2 areas still open"
    qtbot.mouseClick(point, Qt.MouseButton.LeftButton)
    assert page.workspace.area_id == "d2.a"


def test_the_language_of_the_window_changes_without_the_models_texts(
    open_page: OpenPage,
) -> None:
    page = open_page()
    title = label(page, "area-title")
    page.context.set_language("de")
    press(page, "level.3")
    assert label(page, "area-title") == title
    assert label(page, "overall-mean") == "3,0"


def test_the_language_of_the_model_changes_without_the_windows_texts(
    open_page: OpenPage,
) -> None:
    page = open_page()
    press(page, "find_area")
    page.workspace.workshop.set_detail("language", "de")
    area = page.workspace.session.model.area(page.workspace.area_id)
    assert label(page, "area-title") == area.name.in_language("de")


def test_a_model_without_areas_is_said_calmly(open_page: OpenPage) -> None:
    page = open_page(replace(small_model(), dimensions=()))
    texts = [found.text() for found in page.findChildren(QLabel) if found.isVisible()]
    assert "This model has no areas to score." in texts
    assert set(page.handlers()) == {"go_on"}


@pytest.mark.parametrize("size", [(1024, 566), (1280, 646), (1440, 826), (1920, 1006)])
@pytest.mark.parametrize("levels", [2, 5, 7, 10])
def test_every_card_lies_inside_the_page_and_beside_the_others(
    open_page: OpenPage, size: tuple[int, int], levels: int
) -> None:
    page = open_page(small_model(areas=5, levels=levels), size=size)
    assert (page.width(), page.height()) == size
    frames = [card.geometry() for card in page.body.levels.cards()]
    assert all(page.body.levels.rect().contains(frame) for frame in frames)
    for number, frame in enumerate(frames):
        assert not any(frame.intersects(other) for other in frames[number + 1 :])


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "size",
    [
        (1024, 540),
        (1920, 1006),
        pytest.param((1280, 646), marks=pytest.mark.slow),
        pytest.param((1440, 826), marks=pytest.mark.slow),
    ],
)
def test_no_word_is_cut_in_any_size_or_language(
    open_page: OpenPage, qtbot: QtBot, size: tuple[int, int], language: str
) -> None:
    page = open_page(half_levels=True, size=size)
    session = page.workspace.session
    page.workspace.earlier = replace(
        session,
        id="before",
        date=date(2025, 9, 12),
        ratings={area.id: Rating(area.id, Fraction(2)) for area in session.model.areas},
    )
    page.workspace.workshop.set_detail("language", language)
    page.context.set_language(language)
    press(page, "level.4", "target", "level.2")
    qtbot.waitUntil(lambda: cut_words(page) == [])


def cut_words(page: ScoringPage) -> list[str]:
    """Texts that get less room than they need, apart from those that end in … by design."""
    cut = []
    for found in page.findChildren(QLabel):
        if not found.isVisible() or isinstance(found, ElidedLabel):
            continue
        room = found.contentsRect()
        if found.wordWrap():
            fits = found.heightForWidth(found.width()) <= found.height()
        else:
            fits = found.fontMetrics().horizontalAdvance(found.text()) <= room.width()
        if not fits:
            cut.append(found.text())
    for button in page.findChildren(QPushButton):
        if button.isVisible() and not isinstance(button, ValueButton):
            cut.extend([button.text()] * (button.sizeHint().width() > button.width()))
    return cut


def test_ninety_areas_are_listed_and_the_current_one_is_in_sight(open_page: OpenPage) -> None:
    page = open_page(small_model(areas=90))
    page.workspace.go_to("d88.a")
    view = page.body.agenda.view
    row = view.rows.row_of("d88.a")
    assert view.viewport().rect().intersects(view.visualRect(view.rows.index(row)))


def test_the_radar_takes_its_place_after_the_page_is_shown(page: ScoringPage, qtbot: QtBot) -> None:
    assert page.findChild(QWidget, "radar-dimension") is None
    page.on_shown()
    qtbot.waitUntil(lambda: page.findChild(QWidget, "radar-dimension") is not None, timeout=20_000)
    assert widget(page, "radar-dimension").isVisible()


def test_the_page_itself_needs_no_matplotlib() -> None:
    heavy = "matplotlib", "numpy", "openpyxl", "pydantic", "sqlite_utils"
    code = f"import ui.scoring.scoring_page, sys; print([m for m in {heavy} if m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert loaded.stdout.strip() == "[]"


def test_a_key_press_touches_only_what_changed(page: ScoringPage) -> None:
    changed: list[int] = []
    page.body.agenda.view.rows.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    reset: list[bool] = []
    page.body.agenda.view.rows.modelReset.connect(lambda: reset.append(True))
    press(page, "level.3")
    assert changed == [0, 1]
    assert reset == []
