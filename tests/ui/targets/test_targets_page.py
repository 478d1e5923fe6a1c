"""The targets page: deciding, typing, whole dimensions, implied targets, effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from fakes import FakeLibrary, small_model
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from target_models import two_dimensions

from app.errors import ReadOnlyLibrary
from app.session.plan_settings import AddedPrerequisite, IntermediateTarget
from app.session.session import Session
from ui.context import Context
from ui.open_state import OpenState
from ui.targets.target_dialogs import DimensionDialog, OverruleDialog, PrerequisiteDialog
from ui.targets.target_rows import DimensionRow, TargetRow
from ui.targets.targets_page import TargetsPage

Show = Callable[[Session], TargetsPage]
Add = Callable[..., Session]
ALL_AT_2 = (2, 2, 2, 2, 2, 2)
JUNE = date(2027, 6, 30)


def count(page: TargetsPage) -> str:
    return page.body.count.text()


def row(page: TargetsPage, area_id: str = "") -> TargetRow:
    """The row of an area, or the current one."""
    wanted = area_id or page.workspace.area_id
    found = next(each for each in page.body.table.rows if each.area_id == wanted)
    assert isinstance(found, TargetRow)
    return found


def press(page: TargetsPage, action_id: str) -> None:
    page.handlers()[action_id]()


def target(page: TargetsPage, area_id: str) -> int | None:
    return page.workspace.session.rating(area_id).target


def click(page: QWidget, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    button.click()


def dialog_of(page: TargetsPage) -> QDialog:
    found = page.window().findChildren(QDialog)
    assert found
    return found[-1]


def fill(dialog: QDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = dialog.findChild(QLineEdit, name.replace("_", "-"))
        assert field is not None, name
        field.setText(text)


def faults(dialog: QDialog) -> str:
    return " ".join(
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.property("role") in ("warning", "warning-strong")
    )


# ---- deciding --------------------------------------------------------------------------------


def test_the_top_counts_what_is_discussed(show: Show, add: Add) -> None:
    page = show(add(2, 2, None, "n/a", 2, 2, d1=4, d3=4))
    assert count(page) == "2 of 5 targets discussed"


def test_a_digit_decides_the_target_and_the_row_says_so(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    press(page, "level.4")
    assert (row(page).way, row(page).state_words) == ("2 → 4", "discussed")
    assert count(page) == "1 of 6 targets discussed"


def test_delete_returns_to_the_default(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2, d1=3))
    press(page, "level.clear")
    assert (target(page, "d1.a"), row(page).state_words) == (None, "not discussed")


def test_decided_against_keeps_the_area_where_it_is(show: Show, add: Add) -> None:
    page = show(add(4, 2, 2, 2, 2, 2))
    press(page, "targets.against")
    assert (row(page).way, row(page).state_words) == ("4 → 4", "decided against")


def test_an_unscored_area_cannot_be_decided_against_and_it_is_said_why(
    show: Show, add: Add, said: list[str]
) -> None:
    page = show(add(None, 2, 2, 2, 2, 2))
    press(page, "targets.against")
    assert target(page, "d1.a") is None
    assert "not scored" in said[-1]


def test_no_target_is_decided_where_the_area_does_not_apply(show: Show, add: Add) -> None:
    page = show(add("n/a", 2, 2, 2, 2, 2))
    press(page, "level.4")
    press(page, "targets.against")
    assert target(page, "d1.a") is None


def test_a_change_is_announced_as_the_row(show: Show, add: Add, said: list[str]) -> None:
    page = show(add(*ALL_AT_2))
    press(page, "level.3")
    assert said[-1] == "Area 1 (People): level 2, target 3, discussed"


def test_a_target_that_implies_another_one_says_so(show: Show, add: Add, said: list[str]) -> None:
    page = show(add(*ALL_AT_2, d5=3, d6=4))
    page.workspace.go_to("d6.a")
    press(page, "level.5")
    assert said[-1] == "Area 6 (Policy): level 2, target 5, discussed · 1 to confirm"


def test_space_goes_to_the_next_that_is_not_discussed_round_the_end(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2, d1=4, d2=4, d4=4, d5=4))
    visited = []
    for _ in range(3):
        press(page, "go_on")
        visited.append(page.workspace.area_id)
    assert visited == ["d3.a", "d6.a", "d3.a"]
    press(page, "go_back")
    assert page.workspace.area_id == "d6.a"


def test_the_button_in_the_bar_goes_there_and_rests_when_all_is_discussed(
    show: Show, add: Add
) -> None:
    page = show(add(*ALL_AT_2, d1=4, d2=4, d3=4, d4=4, d5=4))
    click(page, "next-not-discussed")
    assert page.workspace.area_id == "d6.a"
    press(page, "level.4")
    assert not page.body.next.is_possible
    assert not page.body.defaults.isVisible()


def test_a_click_on_a_level_text_decides_it(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    click(page, "target-to-3")
    assert target(page, "d1.a") == 3


def test_the_texts_of_the_levels_begin_at_the_current_one(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2, d1=4))
    assert [chip.level for chip in page.body.selected.chips] == [2, 3, 4, 5]
    names = [chip.accessibleName() for chip in page.body.selected.chips]
    assert names[0] == "Target level 2: Sentence 1.2, current"
    assert names[2] == "Target level 4: Sentence 1.4, target"


# ---- whole dimensions ------------------------------------------------------------------------


def test_a_whole_dimension_is_decided_as_one_step(show: Show, add: Add) -> None:
    page = show(add(2, 2, "n/a", 2, 2, 2))
    press(page, "dimension.4")
    assert [target(page, f"d{n}.a") for n in (1, 2, 3, 4)] == [4, 4, None, None]
    page.workspace.workshop.undo()
    assert target(page, "d1.a") is None


def test_the_buttons_of_a_dimension_decide_it(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    click(page, "all-to-3-policy")
    assert [target(page, f"d{n}.a") for n in (3, 4, 5, 6)] == [None, 3, 3, 3]
    heading = page.body.table.rows[4]
    assert isinstance(heading, DimensionRow)
    assert (heading.mean, heading.remark) == ("2.0 → 3.0", "")


def test_tab_comes_to_the_buttons_of_the_current_dimension_only(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))

    def reached(name: str) -> bool:
        button = page.findChild(QAbstractButton, name)
        assert button is not None
        return bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus)

    assert (reached("details-people"), reached("details-policy")) == (True, False)
    page.workspace.go_to("d5.a")
    assert (reached("details-people"), reached("details-policy")) == (False, True)


def test_a_dimension_gets_date_and_sponsor_in_a_dialog(show: Show, add: Add) -> None:
    page = show(add(2, 2, "n/a", 2, 2, 2, d2=2))
    page.workspace.workshop.set_target_sponsor("d1.a", "CFO")
    click(page, "details-people")
    dialog = dialog_of(page)
    assert isinstance(dialog, DimensionDialog)
    fill(dialog, dimension_by="Q2 2027", dimension_sponsor="CISO")
    click(dialog, "store")
    session = page.workspace.session
    assert [session.rating(f"d{n}.a").target_date for n in (1, 2, 3, 4)] == [JUNE, None, None, None]
    assert session.rating("d1.a").target_sponsor == "CFO"


def test_the_dialog_of_a_dimension_refuses_what_is_no_date(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    press(page, "targets.details")
    dialog = dialog_of(page)
    fill(dialog, dimension_by="soon")
    click(dialog, "store")
    assert "soon" in faults(dialog)
    assert page.workspace.session.rating("d1.a").target_date is None


def test_all_that_is_not_discussed_is_set_at_once(show: Show, add: Add) -> None:
    page = show(add(2, 5, None, "n/a", 2, 2, d1=3))
    click(page, "set-defaults")
    assert [target(page, f"d{n}.a") for n in range(1, 7)] == [3, 5, 4, None, 4, 4]
    page.workspace.workshop.undo()
    assert target(page, "d6.a") is None


@pytest.mark.parametrize(("levels", "lowest", "offered"), [(4, 0, [1, 2, 3]), (2, 1, [1, 2])])
def test_the_buttons_offer_the_highest_levels_of_the_scale(
    show: Show, add: Add, levels: int, lowest: int, offered: list[int]
) -> None:
    page = show(
        add(1, 1, 1, 1, 1, 1, model=replace(two_dimensions(levels, lowest), prerequisites=()))
    )
    names = [f"all-to-{level}-people" for level in offered]
    assert all(page.findChild(QAbstractButton, name) for name in names)
    assert page.findChild(QAbstractButton, f"all-to-{offered[0] - 1}-people") is None


# ---- typing ----------------------------------------------------------------------------------


def test_a_typed_reason_is_stored_after_a_pause_and_undone_as_one_step(
    qtbot: QtBot, show: Show, add: Add
) -> None:
    page = show(add(*ALL_AT_2))
    field = page.body.table.reason
    press(page, "note")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Enough ")
    field._delay.due.emit()
    assert page.workspace.session.rating("d1.a").target_reason.strip() == "Enough"
    assert field.text() == "Enough ", "what is being typed stays as it is"
    qtbot.keyClicks(field, "for now")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert row(page).reason == "Enough for now"
    qtbot.waitUntil(page.body.table.list.hasFocus)
    page.workspace.workshop.undo()
    assert (row(page).reason, field.text()) == ("", "")


def test_typed_text_waits_less_than_a_second(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    assert all(field._delay.latest.interval() < 1000 for field in page.body.fields)


def test_typed_text_belongs_to_the_area_it_was_typed_for(
    qtbot: QtBot, show: Show, add: Add
) -> None:
    page = show(add(*ALL_AT_2))
    field = page.body.table.sponsor
    press(page, "targets.sponsor")
    qtbot.keyClicks(field, "CISO")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert page.workspace.area_id == "d2.a"
    assert (row(page, "d1.a").sponsor, row(page, "d2.a").sponsor) == ("CISO", "")
    assert field.hasFocus(), "the same column, one row further"
    assert field.text() == ""


@pytest.mark.parametrize("typed", ["Q2 2027", "2027-06-30", "30.06.2027"])
def test_a_date_is_typed_as_quarter_or_day_and_shown_as_quarter(
    qtbot: QtBot, show: Show, add: Add, typed: str
) -> None:
    page = show(add(*ALL_AT_2))
    field = page.body.table.by
    press(page, "targets.confirm")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.workspace.session.rating("d1.a").target_date == JUNE
    assert (row(page).by, field.text()) == ("Q2 2027", "Q2 2027")


def test_half_a_date_waits_and_is_refused_only_when_it_is_left(
    qtbot: QtBot, show: Show, add: Add, context: Context
) -> None:
    page = show(add(*ALL_AT_2))
    refused: list[str] = []
    context.refused.connect(lambda error, _key: refused.append(error.say(context.texts)))
    field = page.body.table.by
    field.setFocus()
    qtbot.keyClicks(field, "Q2 20")
    field._delay.due.emit()
    assert (refused, context.typed_text_waits) == ([], True)
    page.workspace.go_to("d2.a")
    assert len(refused) == 1
    assert "Q2 20" in refused[0]
    assert not context.typed_text_waits
    assert page.workspace.session.rating("d1.a").target_date is None


def test_escape_leaves_half_a_date_behind_in_silence(
    qtbot: QtBot, show: Show, add: Add, context: Context
) -> None:
    page = show(add(*ALL_AT_2))
    refused: list[object] = []
    context.refused.connect(lambda *each: refused.append(each))
    field = page.body.table.by
    field.setFocus()
    qtbot.keyClicks(field, "Q2")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), refused) == ("", [])
    assert page.body.table.list.hasFocus()


def test_intermediate_targets_are_typed_in_one_field(qtbot: QtBot, show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    field = page.body.selected.path
    press(page, "targets.path")
    qtbot.keyClicks(field, "4 by Q3 2027, 3 by Q1 2027")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    path = (IntermediateTarget(3, date(2027, 3, 31)), IntermediateTarget(4, date(2027, 9, 30)))
    assert page.workspace.session.rating("d1.a").target_path == path
    assert field.text() == "3 by Q1 2027, 4 by Q3 2027"


# ---- implied targets -------------------------------------------------------------------------


@pytest.fixture
def implied(show: Show, add: Add) -> TargetsPage:
    """Area 6 aims at 5, which needs area 5 at 4; area 5 aims at 3."""
    return show(add(*ALL_AT_2, d1=4, d2=4, d3=4, d4=4, d5=3, d6=5))


def test_an_implied_target_is_shown_in_its_row_and_asked_about(implied: TargetsPage) -> None:
    assert (row(implied, "d5.a").implied, row(implied, "d5.a").state_words) == (4, "4 implied")
    assert count(implied).endswith("1 to confirm")
    card = implied.body.confirm
    assert card.isVisible()
    said = {label.objectName(): label.text() for label in card.findChildren(QLabel)}
    assert said["implied-target"] == "Area 5 3 → 4"
    assert said["implied-reason"] == "Area 6 5 needs it: Rules come first."


def test_enter_confirms_the_implied_target(implied: TargetsPage) -> None:
    press(implied, "targets.confirm")
    assert target(implied, "d5.a") == 4
    assert not implied.body.confirm.isVisible()


def test_the_cause_can_be_lowered_instead(implied: TargetsPage) -> None:
    click(implied, "lower-cause")
    assert (target(implied, "d6.a"), target(implied, "d5.a")) == (4, 3)
    assert row(implied, "d5.a").implied is None


def test_the_prerequisite_can_be_overruled_with_a_reason_and_restored(
    implied: TargetsPage,
) -> None:
    click(implied, "overrule")
    dialog = dialog_of(implied)
    assert isinstance(dialog, OverruleDialog)
    click(dialog, "store")
    assert "reason" in faults(dialog)
    fill(dialog, overrule_reason="Done by hand")
    click(dialog, "store")
    assert row(implied, "d5.a").implied is None
    implied.workspace.go_to("d6.a")
    lines = [label.text() for label in implied.body.selected.findChildren(QLabel)]
    assert "Level 5 needs Area 5 4 – overruled: Done by hand" in lines
    click(implied, "restore-5-d5.a-4")
    assert row(implied, "d5.a").implied == 4


def test_lowering_goes_to_the_agreed_target_behind_a_chain(
    show: Show, add: Add, library: FakeLibrary
) -> None:
    page = show(add(*ALL_AT_2, d1=4, d2=4, d3=4, d4=2, d5=3, d6=5))
    page.prerequisites._add_prerequisite(AddedPrerequisite("d5.a", 4, "d4.a", 3))
    page.workspace.go_to("d4.a")
    assert row(page).implied == 3
    click(page, "lower-cause")
    assert target(page, "d6.a") == 4
    assert count(page) == "6 of 6 targets discussed"


# ---- prerequisites ---------------------------------------------------------------------------


def choose(dialog: PrerequisiteDialog, level: int, other: str, required: int) -> None:
    for choice, value in (
        (dialog.level, level), (dialog.other, other), (dialog.other_level, required),
    ):  # fmt: skip
        choice.setCurrentIndex(choice.findData(value))


def test_a_prerequisite_is_added_in_the_room_and_taken_back(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2, d1=3, d2=2))
    click(page, "add-prerequisite")
    dialog = dialog_of(page)
    assert isinstance(dialog, PrerequisiteDialog)
    choose(dialog, 3, "d2.a", 3)
    fill(dialog, prerequisite_reason="Learned last year")
    click(dialog, "store")
    assert row(page, "d2.a").implied == 3
    lines = [label.text() for label in page.body.selected.findChildren(QLabel)]
    assert "Level 3 needs Area 2 3: Learned last year" in lines
    click(page, "remove-3-d2.a-3")
    assert page.workspace.session.plan.prerequisites == ()


def test_a_circle_is_refused_with_its_path(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2, d5=5, d6=5))
    page.workspace.go_to("d5.a")
    press(page, "targets.prerequisite")
    dialog = dialog_of(page)
    assert isinstance(dialog, PrerequisiteDialog)
    choose(dialog, 4, "d6.a", 5)
    click(dialog, "store")
    assert "Area 5 4 → Area 6 5 → Area 5 4" in faults(dialog)
    assert page.workspace.session.plan.prerequisites == ()


def test_an_area_is_no_prerequisite_of_itself(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    press(page, "targets.prerequisite")
    dialog = dialog_of(page)
    assert isinstance(dialog, PrerequisiteDialog)
    choose(dialog, 4, "d1.a", 3)
    click(dialog, "store")
    assert "own lower levels" in faults(dialog)


def test_any_planned_prerequisite_can_be_overruled(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2, d5=4, d6=5))
    page.workspace.go_to("d6.a")
    click(page, "overrule-5-d5.a-4")
    dialog = dialog_of(page)
    fill(dialog, overrule_reason="Bought in")
    click(dialog, "store")
    (entry,) = page.workspace.session.plan.overruled
    assert (entry.area_id, entry.required_area_id, entry.reason) == ("d6.a", "d5.a", "Bought in")


# ---- effects ---------------------------------------------------------------------------------


def effects(page: TargetsPage) -> str:
    return page.body.effects.accessibleDescription()


def test_the_effects_follow_every_change(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    assert "Now: 18 steps" in effects(page)
    assert "average 2.0 → 5.0" in effects(page)
    press(page, "dimension.3")
    assert "Now: 12 steps" in effects(page)
    assert "and defaults to 4: 9 steps" in effects(page)


def test_the_effects_tell_what_implied_targets_add(implied: TargetsPage) -> None:
    assert "Now: 12 steps" in effects(implied)
    assert "Implied confirmed: 13 steps" in effects(implied)
    assert "Level 5 everywhere would be 18 steps." in effects(implied)


def test_the_capacity_is_called_an_assumption_until_it_is_agreed(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    assert "40 person-days a quarter from Q1 2027, an assumption" in effects(page)
    page.workspace.workshop.change_plan(capacity=(Fraction(80),))
    assert "At 80 person-days a quarter from Q1 2027." in effects(page)
    page.workspace.workshop.change_plan(capacity=(Fraction(80), Fraction(60)))
    assert "At 60–80 person-days a quarter" in effects(page)


# ---- states of a session ---------------------------------------------------------------------


def remark(page: TargetsPage) -> str:
    label = page.findChild(QLabel, "no-targets")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_nothing_scored_leads_to_the_scoring(show: Show, add: Add, context: Context) -> None:
    page = show(add(None, None, None, None, None, None))
    wanted: list[str] = []
    context.page_requested.connect(wanted.append)
    assert remark(page).startswith("Nothing is scored yet.")
    click(page, "go-scoring")
    assert wanted == ["scoring"]
    press(page, "level.4")
    assert row(page).way == "– → 4"


def test_where_nothing_applies_the_page_says_so(show: Show, add: Add) -> None:
    page = show(add(*["n/a"] * 6))
    assert remark(page) == "No area applies here, so there are no targets."
    buttons = page.body.table.findChildren(QAbstractButton)
    assert not any(button.isVisible() for button in buttons)
    assert not page.body.effects.isVisible()
    press(page, "go_on")
    assert count(page) == ""


def test_another_session_is_shown_instead(show: Show, add: Add, state: OpenState) -> None:
    page = show(add(*ALL_AT_2, d1=4))
    state.open_session(add(3, 3, 3, model=small_model()).id)
    labels = [each.label for each in page.body.table.rows]
    assert labels == ["Dimension 1", "Area 1", "Dimension 2", "Area 2", "Dimension 3", "Area 3"]
    assert count(page) == "0 of 3 targets discussed"


def test_a_library_that_cannot_be_written_says_so_and_nothing_changes(
    show: Show, add: Add, library: FakeLibrary, context: Context
) -> None:
    page = show(add(*ALL_AT_2))
    library.read_only = ReadOnlyLibrary("The library is read-only.")
    errors: list[str] = []
    context.error_raised.connect(lambda error: errors.append(error.say(context.texts)))
    click(page, "target-to-3")
    assert target(page, "d1.a") is None
    assert errors == ["The library is read-only."] or page.workspace.workshop.unsaved


def test_a_typed_text_that_cannot_be_stored_is_reported(
    qtbot: QtBot, show: Show, add: Add, context: Context
) -> None:
    page = show(add(*ALL_AT_2))
    refused: list[str] = []
    context.refused.connect(lambda error, _key: refused.append(error.say(context.texts)))
    field = page.body.table.reason
    field.setFocus()
    field.setText("x" * 300_000)
    field.textEdited.emit(field.text())
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(refused) == 1
    assert len(field.text()) > 1000, "it can be shortened there"


# ---- keys of the list ------------------------------------------------------------------------


def test_the_arrows_pass_the_headings(qtbot: QtBot, show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    page.workspace.go_to("d3.a")
    view = page.body.table.list
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert page.workspace.area_id == "d4.a"
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert page.workspace.area_id == "d3.a"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert page.workspace.area_id == "d1.a"
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert page.workspace.area_id == "d6.a"


def test_fields_stand_in_the_row_of_the_current_area(show: Show, add: Add) -> None:
    page = show(add(2, 2, "n/a", 2, 2, 2))
    table = page.body.table
    page.workspace.go_to("d5.a")
    QApplication.processEvents()
    here = table.list.visualRect(table.list.currentIndex())
    assert all(here.contains(field.geometry()) for field in table.fields)
    page.workspace.go_to("d3.a")
    assert not any(field.isVisible() for field in table.fields)


def test_in_a_narrow_window_the_cards_stand_below_the_table(show: Show, add: Add) -> None:
    page = show(add(*ALL_AT_2))
    body = page.body

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(page, widget.rect().topLeft())
        return corner.x(), corner.y()

    page.resize(800, 500)
    QApplication.processEvents()
    below = place(body.effects)[1] > place(body.table)[1] + body.table.height()
    page.resize(1280, 650)
    QApplication.processEvents()
    beside = place(body.effects)[0] > place(body.table)[0] + body.table.width()
    assert (below, beside) == (True, True)


def test_the_field_that_gets_the_focus_comes_into_view(qtbot: QtBot, show: Show, add: Add) -> None:
    page = show(add(*[2] * 30, model=small_model(areas=30)))
    table = page.body.table
    page.workspace.go_to("d30.a")
    table.list.scrollToTop()
    assert not table.list.viewport().rect().contains(table.by.geometry())
    qtbot.keyClick(table.list, Qt.Key.Key_Tab)
    assert table.by.hasFocus()
    assert table.list.viewport().rect().contains(table.by.geometry())
