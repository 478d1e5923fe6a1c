"""The board in the window: keys, drag, capacity, details, clashes, and what is heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from fakes import FakeLibrary, builtin_model
from heard import Text, tree
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import AppError, ReadOnlyLibrary
from app.planning.problem import StepKey
from app.planning.why import WhyNotEarlier
from app.session.plan_settings import PlanOrder
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.session import NewSession
from app.session.step_details import Approval, Effort, StepStatus
from tests.ui.board.planned import FIRST, SECOND, THIRD
from tests.ui.test_accessible_tree import called_otherwise, doubled, nameless
from tests.ui.test_target_sizes import too_small
from ui.board import board_body, board_page
from ui.board.board_model import LATER
from ui.board.board_page import BoardPage
from ui.board.settings_dialog import PlanSettingsDialog
from ui.board.step_dialog import StepDialog
from ui.roadmap.table_pages import TablePage
from ui.shell.shell import Shell


def columns(page: BoardPage) -> dict[StepKey, int]:
    """Column of every card."""
    return {card.key: card.column for card in page.body.board.board.cards}


def pin_of(page: BoardPage, key: StepKey) -> Quarter | None:
    return page.workspace.session.rating(key[0]).step(key[1]).pin


def press(page: BoardPage, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(page.body.board, key, modifier or Qt.KeyboardModifier.NoModifier)


def settled(qtbot: QtBot, page: BoardPage) -> None:
    qtbot.waitUntil(lambda: not page.current.is_solving)


def dialog() -> QDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


# ---- moving about -----------------------------------------------------------------------------


def test_arrows_lead_from_card_to_card_and_what_is_selected_is_heard(
    board: BoardPage, said: list[str]
) -> None:
    assert columns(board) == {FIRST: 0, SECOND: 1, THIRD: LATER}
    assert board.body.board.hasFocus()
    press(board, Qt.Key.Key_Right)
    assert board.body.board.selected is not None
    assert board.body.board.selected.key == SECOND
    assert said[-1].startswith("Q2 2027: 30 of 40 d used, 10 free, average 4.8. Area 2 4 → 5")
    press(board, Qt.Key.Key_Right)
    assert board.body.board.selected.key == THIRD
    press(board, Qt.Key.Key_Right)  # nothing is further right
    assert board.body.board.selected.key == THIRD
    press(board, Qt.Key.Key_Home)
    assert board.body.board.selected.key == FIRST


def test_the_panel_follows_the_selected_card(board: BoardPage) -> None:
    press(board, Qt.Key.Key_Right)
    texts = [each.text(Text.Name) for each in tree(board.body.panel)]
    assert "Area 2 4 → 5 · Q2 2027" in texts
    assert board.body.panel.earlier.text() == "← Q1"


# ---- pinning ----------------------------------------------------------------------------------


def test_alt_and_an_arrow_move_a_card_and_pin_it_and_undo_takes_it_back(
    qtbot: QtBot, board: BoardPage, said: list[str]
) -> None:
    press(board, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert pin_of(board, FIRST) == Quarter(2027, 2)
    assert columns(board) == {FIRST: 1, SECOND: 0, THIRD: LATER}
    assert "Area 1 5 is pinned to Q2 2027." in said
    settled(qtbot, board)
    board.trigger("undo")
    assert pin_of(board, FIRST) is None
    assert columns(board) == {FIRST: 0, SECOND: 1, THIRD: LATER}


def test_u_unpins_and_p_pins_where_a_card_is(board: BoardPage) -> None:
    press(board, Qt.Key.Key_P)
    assert pin_of(board, FIRST) == Quarter(2027, 1)
    press(board, Qt.Key.Key_U)
    assert pin_of(board, FIRST) is None


def test_a_card_that_is_dragged_to_a_quarter_is_pinned_there(board: BoardPage) -> None:
    view = board.body.board
    card = view.board.card(SECOND)
    assert card is not None
    where = view.place_of(view.layout_of_cards.placed(card)).center()
    first = view.layout_of_cards.columns[0]
    to = QPoint(first.center().x(), where.y())
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseMove(view.viewport(), where + QPoint(-40, 0))
    QTest.mouseMove(view.viewport(), to)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=to)
    assert pin_of(board, SECOND) == Quarter(2027, 1)
    board.edits.drop(SECOND, view.board.column_at(LATER))
    assert pin_of(board, SECOND) is None


def test_a_click_selects_and_pins_nothing(board: BoardPage) -> None:
    view = board.body.board
    card = view.board.card(SECOND)
    assert card is not None
    where = view.place_of(view.layout_of_cards.placed(card)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert view.selected is not None
    assert view.selected.key == SECOND
    assert pin_of(board, SECOND) is None


def test_pins_that_clash_are_said_and_the_last_plan_stays(
    qtbot: QtBot, board: BoardPage, said: list[str]
) -> None:
    board.workspace.workshop.pin_step(*THIRD, Quarter(2027, 1))
    settled(qtbot, board)
    sentence = "This cannot hold: Area 3 5 begins in Q1 2027."
    assert board.body.clash.text() == sentence
    assert sentence in said
    assert board.body.bar.status.text() == "the last plan that held"
    assert columns(board) == {FIRST: 0, SECOND: 1, THIRD: LATER}


def test_the_bottom_line_says_what_the_next_key_would_do(qtbot: QtBot, board: BoardPage) -> None:
    board.workspace.workshop.change_plan(order=PlanOrder.PRIORITY)
    press(board, Qt.Key.Key_Right)
    board.preview()
    qtbot.waitUntil(lambda: bool(board.body.preview.full_text()))
    assert board.body.preview.full_text() == (
        "Alt+← pins it to Q1 2027 and moves Area 1 5 to Q2 2027."
    )


def test_y_reads_why_here_and_then_why_not_earlier(
    qtbot: QtBot, board: BoardPage, said: list[str]
) -> None:
    press(board, Qt.Key.Key_Right)
    press(board, Qt.Key.Key_Y)
    assert any(sentence.startswith("Own priority 0.07") for sentence in said)
    answer = (
        "Done by the end of Q1 2027, the plan would bring 12.5% less."
        " These would slip: Area 1 5 to Q2 2027."
    )
    qtbot.waitUntil(lambda: answer in said)
    assert answer in [each.text(Text.Name) for each in tree(board.body.panel)]


def test_a_better_plan_that_the_question_brings_is_offered(
    qtbot: QtBot, board: BoardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = board.current.plan
    better = replace(plan, value=plan.value + 1, starts={**plan.starts, FIRST: 2, SECOND: 1})
    answer = WhyNotEarlier(1, better, loss=Fraction(-1), offer=better)
    monkeypatch.setattr(board_page, "_why_not_earlier", lambda *_: answer)
    press(board, Qt.Key.Key_Right)
    assert not board.body.panel.offer.isVisible()
    press(board, Qt.Key.Key_Y)
    qtbot.waitUntil(board.body.panel.offer.isVisible)
    board.body.panel.offer.click()
    assert board.current.plan == better
    assert columns(board) == {FIRST: 1, SECOND: 0, THIRD: LATER}
    assert not board.body.panel.offer.isVisible()


# ---- the plan ---------------------------------------------------------------------------------


def test_a_capacity_is_tried_out_and_stored_once(qtbot: QtBot, board: BoardPage) -> None:
    bar, library = board.body.bar, board.workspace.library
    assert isinstance(library, FakeLibrary)
    log = library.log[board.workspace.session.id]
    for days in (41, 43, 45):
        bar.slider.setValue(days)
    assert board.current.plan.problem.limits.capacity[0] == 45
    assert board.workspace.session.plan.capacity == (40,)
    bar.store()
    assert board.workspace.session.plan.capacity == (45,)
    assert columns(board) == {FIRST: 0, SECOND: 0, THIRD: LATER}
    assert len(log) == 1


def test_o_swaps_best_plan_and_priority(board: BoardPage) -> None:
    assert board.body.bar.status.text() == "proven best plan"
    press(board, Qt.Key.Key_O)
    assert board.workspace.session.plan.order is PlanOrder.PRIORITY
    assert board.body.bar.status.text() == "by priority"


def test_n_shows_now_next_and_later(board: BoardPage) -> None:
    press(board, Qt.Key.Key_N)
    assert [column.title for column in board.body.board.board.columns] == ["Now", "Next"]


def test_settings_are_stored_as_one_step(board: BoardPage) -> None:
    press(board, Qt.Key.Key_S)
    form = dialog()
    assert isinstance(form, PlanSettingsDialog)
    form.capacity.setText("40; 60,5")
    form.teams.setPlainText("IT: 20")
    form.blocked.setText("Q4 2027")
    form.budgets.setPlainText("2027: 50000")
    form.parallel.setValue(3)
    form.efforts.setText("S: 6")
    form.periods.setValue(6)
    form.save.click()
    plan = board.workspace.session.plan
    assert plan.capacity == (40, Fraction(121, 2))
    assert [(team.name, team.capacity) for team in plan.teams] == [("IT", (20,))]
    assert plan.blocked == (Quarter(2027, 4),)
    assert [(budget.year, budget.amount) for budget in plan.budgets] == [(2027, 50000)]
    assert (plan.parallel, plan.efforts, plan.periods) == (3, (("S", 6),), 6)
    board.trigger("undo")
    assert board.workspace.session.plan.capacity == (40,)


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("capacity", "forty", "“forty” is not a number."),
        ("blocked", "summer", "“summer” is not a quarter."),
        ("start", "2027", "“2027” is not a quarter."),
        ("efforts", "S 6", "“S 6” is not an effort."),
    ],
)
def test_settings_that_mean_nothing_are_refused_with_the_way_out(
    board: BoardPage, field: str, text: str, fault: str
) -> None:
    press(board, Qt.Key.Key_S)
    form = dialog()
    assert isinstance(form, PlanSettingsDialog)
    getattr(form, field).setText(text)
    form.save.click()
    assert form.error.text().startswith(fault)


# ---- details ----------------------------------------------------------------------------------


def test_the_details_of_a_step_are_stored_as_one_step(board: BoardPage) -> None:
    press(board, Qt.Key.Key_E)
    form = dialog()
    assert isinstance(form, StepDialog)
    form.title.setText("Policies as code")
    form.lines["owner"].setText("Platform team")
    form.effort.setCurrentIndex(form.effort.findData("in days"))
    form.days["likely"].setText("20")
    form.days["high"].setText("25,5")
    form.approval.setCurrentIndex(form.approval.findData(Approval.APPROVED))
    form.save.click()
    assert form.error.text() == ""
    details = board.workspace.session.rating("d1.a").step(5)
    assert (details.title, details.owner) == ("Policies as code", "Platform team")
    assert details.effort == Effort(Fraction(20), None, Fraction(51, 2))
    assert details.approval is Approval.APPROVED
    assert details.actions is None  # those of the model, unchanged
    board.trigger("undo")
    assert board.workspace.session.rating("d1.a").step(5).title == ""


def test_figures_with_more_places_than_the_form_shows_stay_as_they_are(board: BoardPage) -> None:
    workshop, fine = board.workspace.workshop, Fraction("1234.56789")
    workshop.change_step(*FIRST, cost=fine, effort=Effort(fine), effort_class="M")
    press(board, Qt.Key.Key_E)
    form = dialog()
    assert isinstance(form, StepDialog)
    form.title.setText("Policies as code")
    form.save.click()
    details = board.workspace.session.rating("d1.a").step(5)
    assert details.title == "Policies as code"
    assert (details.cost, details.effort, details.effort_class) == (fine, Effort(fine), "M")


def test_an_effort_taken_from_the_actions_leaves_no_class_behind(board: BoardPage) -> None:
    board.workspace.workshop.change_step(*FIRST, effort=Effort(Fraction(3)), effort_class="M")
    press(board, Qt.Key.Key_E)
    form = dialog()
    assert isinstance(form, StepDialog)
    form.effort.setCurrentIndex(0)
    form.save.click()
    details = board.workspace.session.rating("d1.a").step(5)
    assert (details.effort, details.effort_class) == (None, "")


def test_a_fault_in_the_details_is_said_and_nothing_is_stored(board: BoardPage) -> None:
    press(board, Qt.Key.Key_E)
    form = dialog()
    assert isinstance(form, StepDialog)
    before = board.workspace.session
    form.cost.setText("a lot")
    form.save.click()
    assert form.error.text() == "“a lot” is not a number. Please enter one such as 12 or 12.5."
    assert board.workspace.session is before


def test_an_own_action_is_added_and_ticked(board: BoardPage) -> None:
    board.body.panel.own_action.click()
    form = dialog()
    assert isinstance(form, StepDialog)
    form.actions_field.rows[-1].text.setText("Name an owner per policy")
    form.save.click()
    QApplication.processEvents()  # layouts show what is new in the next round
    boxes = {
        box.accessibleName(): box
        for box in board.body.panel.findChildren(QCheckBox)
        if box.isVisible()
    }
    assert list(boxes) == ["Check all policies in CI (M)", "Name an owner per policy"]
    boxes["Name an owner per policy"].click()
    actions = board.workspace.session.rating("d1.a").step(5).actions or ()
    assert [(action.text, action.done) for action in actions] == [
        ("Check all policies in CI", False), ("Name an owner per policy", True),
    ]  # fmt: skip


# ---- follow-up --------------------------------------------------------------------------------


def choose_status(status: str) -> None:
    """Choose a status in the menu that is open, by keys."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(len(menu.actions())):
        active = menu.activeAction()
        if active is not None and active.text() == status:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_the_status_is_set_by_a_key_without_the_form(
    qtbot: QtBot, board: BoardPage, said: list[str]
) -> None:
    press(board, Qt.Key.Key_X)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["open"]
    choose_status("blocked")
    assert board.workspace.session.rating("d1.a").step(5).status is StepStatus.BLOCKED
    assert "Area 1 5: blocked" in said
    assert board.body.bar.alerts.text() == "1 blocked"
    assert "1 blocked" in board.accessibleDescription()
    press(board, Qt.Key.Key_X)
    choose_status("done")
    settled(qtbot, board)
    assert FIRST not in columns(board)
    assert not board.body.bar.alerts.isVisible()


def test_what_is_overdue_today_is_counted_in_the_bar(
    board: BoardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "today", lambda: date(2027, 8, 1))
    board.fill()
    assert board.body.bar.alerts.text() == "2 overdue"


# ---- states -----------------------------------------------------------------------------------


def test_a_library_that_can_only_be_viewed_opens_no_form(
    board: BoardPage, one_window: Shell
) -> None:
    errors: list[AppError] = []
    one_window.actions_table.failed.connect(lambda error, _action: errors.append(error))
    library = one_window.state.library
    assert isinstance(library, FakeLibrary)
    library.read_only = ReadOnlyLibrary("“{name}” can only be viewed.", name="it")
    for action in ("plan.edit", "plan.settings", "plan.status"):
        one_window.actions_table.run(action)
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    assert errors == [library.read_only] * 3


def test_nothing_scored_leads_to_scoring(scoring: Shell) -> None:
    scoring.show_page("board")
    page = scoring.page
    assert isinstance(page, BoardPage)
    assert not page.body.shows_board
    page.body.empty.buttons[0].click()
    assert scoring.page_name == "scoring"


def test_no_gap_is_said(window: Shell, library: FakeLibrary) -> None:
    model = builtin_model()
    ratings = tuple(Rating(area.id, Fraction(5)) for area in model.areas)
    new = NewSession("Nordwerk AG", model, "Workshop", ratings=ratings)
    window.flows.sessions.open(library.create_session(new).id)
    window.show_page("board")
    texts = [each.text(Text.Name) for each in tree(window.page)]
    assert "No step is open" in texts


# ---- tables -----------------------------------------------------------------------------------


def test_the_table_is_sorted_by_the_column_with_the_keys(
    board: BoardPage, one_window: Shell, said: list[str]
) -> None:
    one_window.show_page("table")
    page = one_window.page
    assert isinstance(page, TablePage)
    first: Callable[[], list[str]] = lambda: [row.cells[1] for row in page.table.rows]  # noqa: E731
    assert first() == ["Area 1", "Area 2", "Area 3"]
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    one_window.actions_table.run("plan.sort")
    one_window.actions_table.run("plan.sort")
    assert first() == ["Area 3", "Area 2", "Area 1"]
    assert said[-1] == "Sorted by Area, descending"


def test_enter_in_the_table_opens_the_step(board: BoardPage, one_window: Shell) -> None:
    one_window.show_page("table")
    QTest.keyClick(one_window.page.focusWidget() or one_window.page, Qt.Key.Key_Return)
    assert isinstance(dialog(), StepDialog)


def test_priorities_show_the_inputs_of_the_formula(board: BoardPage, one_window: Shell) -> None:
    one_window.show_page("priorities")
    table = one_window.page.table  # type: ignore[attr-defined]
    assert table.rows[0].cells == (
        "1", "Area 1 5", "3", "1", "1", "15 d", "0.20", "0.20", "", "0", "Q1 2027",
    )  # fmt: skip


def test_a_wish_that_clashes_is_dropped_by_its_button(qtbot: QtBot, board: BoardPage) -> None:
    board.workspace.workshop.pin_step(*THIRD, Quarter(2027, 1))
    settled(qtbot, board)
    QApplication.processEvents()
    buttons = [b for b in board.body.clash.findChildren(QPushButton) if not b.isHidden()]
    assert [button.text() for button in buttons] == ["Unpin Area 3 5"]
    buttons[0].click()
    settled(qtbot, board)
    assert pin_of(board, THIRD) is None
    assert not board.body.clash.isVisible()


def test_the_capacity_is_typed_kept_with_enter_and_left_with_esc(board: BoardPage) -> None:
    field = board.body.bar.field
    press(board, Qt.Key.Key_C)
    assert field.hasFocus()
    QTest.keyClicks(field, "55")
    assert board.current.plan.problem.limits.capacity[0] == 55
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert board.body.board.hasFocus()
    assert board.current.plan.problem.limits.capacity[0] == 40
    assert field.value() == 40
    press(board, Qt.Key.Key_C)
    QTest.keyClicks(field, "55")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert board.workspace.session.plan.capacity == (55,)
    assert board.body.board.hasFocus()


def test_what_moved_is_heard_once_the_plan_is_settled(
    qtbot: QtBot, board: BoardPage, said: list[str]
) -> None:
    press(board, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, board)
    assert "proven best plan: Area 1 5 to Q2 2027, Area 2 5 to Q1 2027" in said


def test_a_capacity_that_waits_is_stored_before_the_page_is_left(board: BoardPage) -> None:
    board.body.bar.slider.setValue(44)
    board.context.flush_pending_edits()
    assert board.workspace.session.plan.capacity == (44,)


def test_a_step_is_moved_in_the_table_as_on_the_board(
    qtbot: QtBot, board: BoardPage, one_window: Shell
) -> None:
    one_window.show_page("table")
    QTest.keyClick(one_window.page.focusWidget() or one_window.page, Qt.Key.Key_Right,
                   Qt.KeyboardModifier.AltModifier)  # fmt: skip
    assert pin_of(board, FIRST) == Quarter(2027, 2)
    page = one_window.page
    assert isinstance(page, TablePage)
    assert page.table.key == FIRST
    assert [(row.cells[0], row.cells[8]) for row in page.table.rows if row.key == FIRST] == [
        ("Q2 2027", "pinned")
    ]


def test_dropping_on_later_says_how_a_step_leaves_the_plan(
    board: BoardPage, one_window: Shell
) -> None:
    board.edits.drop(FIRST, None)
    assert pin_of(board, FIRST) is None
    assert any("status to dropped" in n.text for n in one_window.notices.notices)


@pytest.mark.parametrize("action", ["plan.edit", "plan.settings"])
def test_the_forms_of_the_plan_are_read_well_and_can_be_hit(
    board: BoardPage, one_window: Shell, action: str
) -> None:
    one_window.actions_table.run(action)
    form = dialog()
    QApplication.processEvents()
    assert nameless(form) == []
    assert doubled(form) == []
    assert called_otherwise(form) == []
    assert too_small(form) == []


def test_in_little_height_cards_have_the_room_of_the_averages(
    board: BoardPage, one_window: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    averages = board.body.bar.findChild(QLabel, "plan-averages")
    assert isinstance(averages, QLabel)
    assert averages.isVisible()
    frame = one_window.frame
    with monkeypatch.context() as low:
        low.setattr(board_body, "_LOW", 5000)
        frame.resize(frame.width() + 1, frame.height())
        QApplication.processEvents()
        assert not averages.isVisible()
    frame.resize(frame.width() - 1, frame.height())
    QApplication.processEvents()
    assert averages.isVisible()


def test_an_action_of_another_step_is_shared_and_paid_once(board: BoardPage) -> None:
    press(board, Qt.Key.Key_Right)
    press(board, Qt.Key.Key_Return)
    form = dialog()
    assert isinstance(form, StepDialog)
    others = form.actions_field.others
    offered = [others.itemText(place) for place in range(others.count())]
    assert offered == ["+ Action that another step has, too", "Area 1 5: Check all policies in CI"]
    others.setCurrentIndex(1)
    others.activated.emit(1)
    form.save.click()
    actions = board.workspace.session.rating("d2.a").step(5).actions or ()
    assert [action.id for action in actions] == ["act-1"]
    boxes = [box.text() for box in board.body.panel.findChildren(QCheckBox)]
    assert boxes == ["Check all policies in CI (M, shared)"]
