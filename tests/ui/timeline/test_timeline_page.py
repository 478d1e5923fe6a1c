"""The timeline in the window: keys, drag, milestones, and what is heard."""

from __future__ import annotations

from datetime import date

import pytest
from fakes import FakeLibrary
from heard import Text, tree
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import ReadOnlyLibrary
from app.planning.problem import StepKey
from app.session.plan_settings import Milestone
from app.session.quarters import Quarter
from app.words.texts import Translator
from tests.ui.board.planned import FIRST, SECOND, THIRD
from ui.board.board_model import Column
from ui.board.step_dialog import StepDialog
from ui.dialogs.optional_day import show_day
from ui.roadmap.outcome import remark_of
from ui.shell.shell import Shell
from ui.timeline import timeline_canvas
from ui.timeline.milestones_dialog import MilestonesDialog
from ui.timeline.timeline_model import Bar, Group, Row, Timeline
from ui.timeline.timeline_page import TimelinePage
from ui.timeline.timeline_view import TimelineView
from ui.type_scale import scaled
from ui.widgets.page_tabs import PageTabs

EN = Translator()


def press(page: TimelinePage, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(page.view, key, modifier or Qt.KeyboardModifier.NoModifier)


def pin_of(page: TimelinePage, key: StepKey) -> Quarter | None:
    return page.workspace.session.rating(key[0]).step(key[1]).pin


def selected(page: TimelinePage) -> StepKey | None:
    step = page.view.selected
    return None if step is None else step.key


def milestones(page: TimelinePage) -> tuple[Milestone, ...]:
    return page.workspace.session.plan.milestones


def dialog(page: TimelinePage) -> MilestonesDialog:
    press(page, Qt.Key.Key_M)
    found = QApplication.activeModalWidget()
    assert isinstance(found, MilestonesDialog)
    return found


def test_arrows_lead_from_step_to_step_and_what_is_selected_is_heard(
    page: TimelinePage, said: list[str]
) -> None:
    assert selected(page) == FIRST
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    assert selected(page) == THIRD
    assert "more than one quarter" in said[-1]
    press(page, Qt.Key.Key_Down)
    assert selected(page) == THIRD
    press(page, Qt.Key.Key_Home)
    assert selected(page) == FIRST


def test_alt_and_an_arrow_pin_the_step_and_undo_takes_it_back(
    qtbot: QtBot, page: TimelinePage
) -> None:
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert pin_of(page, FIRST) == Quarter(2027, 2)
    qtbot.waitUntil(lambda: page.view.timeline.rows[0].bars[0].column == 1)
    press(page, Qt.Key.Key_U)
    assert pin_of(page, FIRST) is None
    page.workspace.workshop.undo()
    assert pin_of(page, FIRST) == Quarter(2027, 2)


def test_steps_that_move_with_it_and_what_cannot_hold_are_heard(
    qtbot: QtBot, page: TimelinePage, said: list[str]
) -> None:
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    moved = "proven best plan: Area 1 5 to Q2 2027, Area 2 5 to Q1 2027"
    qtbot.waitUntil(lambda: moved in said)
    page.workspace.workshop.pin_step(*THIRD, Quarter(2027, 1))
    qtbot.waitUntil(lambda: not page.workspace.plan.current.is_solving)
    clash = "This cannot hold: Area 3 5 begins in Q1 2027."
    assert clash in said
    remark = remark_of(page.workspace.plan.current, EN)
    assert remark == f"{clash} Shown is the last plan that held."
    assert page.remark.text()[:40] == remark[:40]


def test_a_bar_dragged_to_another_quarter_is_pinned_there(page: TimelinePage) -> None:
    view = page.view.viewport()
    begin = page.view.place_of(FIRST).center()
    end = begin + QPoint(page.view.placed.column, 3)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(view, begin + QPoint(40, 0))
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert pin_of(page, FIRST) == Quarter(2027, 2)
    assert pin_of(page, SECOND) is None


def test_enter_opens_the_details_of_the_step(page: TimelinePage) -> None:
    press(page, Qt.Key.Key_Return)
    assert isinstance(QApplication.activeModalWidget(), StepDialog)


def test_d_hides_and_shows_the_dependencies_of_other_steps(
    page: TimelinePage, said: list[str]
) -> None:
    press(page, Qt.Key.Key_D)
    assert not page.view.shows_arrows
    assert said[-1] == "Only the dependencies of the selected step are shown."
    press(page, Qt.Key.Key_D)
    assert page.view.shows_arrows


def test_milestones_are_added_changed_and_removed(page: TimelinePage) -> None:
    shown = dialog(page)
    shown.name.setText("Budget round")
    show_day(shown.day, date(2027, 3, 31))
    QTest.keyClick(shown.name, Qt.Key.Key_Return)
    assert milestones(page) == (Milestone(date(2027, 3, 31), "Budget round"),)
    assert [mark.text for mark in page.view.timeline.marks] == ["Budget round, 31 Mar 2027"]
    QTest.keyClick(shown.known, Qt.Key.Key_Return)
    assert shown.name.text() == "Budget round"
    shown.name.setText("Budget")
    shown.save.click()
    assert milestones(page) == (Milestone(date(2027, 3, 31), "Budget"),)
    QTest.keyClick(shown.known, Qt.Key.Key_Delete)
    assert milestones(page) == ()
    page.workspace.workshop.undo()
    assert len(milestones(page)) == 1


def test_a_milestone_without_a_name_is_refused_at_the_field(page: TimelinePage) -> None:
    shown = dialog(page)
    shown.save.click()
    assert shown.form.fault_at(shown.name) == "Please name the milestone."
    assert milestones(page) == ()


def test_a_new_milestone_is_proposed_at_the_end_of_the_first_free_quarter(
    page: TimelinePage,
) -> None:
    page.workspace.workshop.change_plan(milestones=(Milestone(date(2027, 3, 31), "Budget"),))
    assert dialog(page).day.date().toString("yyyy-MM-dd") == "2027-06-30"


def test_nothing_can_be_changed_in_a_library_that_is_only_viewed(page: TimelinePage) -> None:
    library = page.workspace.library
    assert isinstance(library, FakeLibrary)
    library.read_only = ReadOnlyLibrary("“{name}” can only be viewed.", name="it")
    press(page, Qt.Key.Key_M)
    assert QApplication.activeModalWidget() is None
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert pin_of(page, FIRST) is None


def test_without_steps_the_page_says_why(page: TimelinePage) -> None:
    for area in ("d1.a", "d2.a", "d3.a"):
        page.workspace.workshop.set_level(area, 5)
    assert not page.view.isVisible()
    texts = [each.text(Text.Name) for each in tree(page.empty)]
    assert "All scored areas have reached their targets." in texts
    assert page.remark.text() == ""


def test_without_an_area_that_applies_the_page_does_not_ask_for_scores(page: TimelinePage) -> None:
    for area in ("d1.a", "d2.a", "d3.a"):
        page.workspace.workshop.set_not_applicable(area, "No")
    texts = [each.text(Text.Name) for each in tree(page.empty)]
    assert "No area applies, so there is no step to plan." in texts


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_timeline_has_a_name_and_its_figures_as_description(
    page: TimelinePage, one_window: Shell, language: str
) -> None:
    one_window.appearance.choose_language(language)
    name = {"de": "Schritte im Zeitverlauf", "en": "Steps over time"}[language]
    assert page.view.accessibleName() == name
    assert "Q1 2027" in page.view.accessibleDescription()
    one_window.appearance.choose_language("en")


def test_the_tabs_stand_at_the_same_place_on_all_pages_of_the_roadmap(
    page: TimelinePage, one_window: Shell
) -> None:
    frame = one_window.frame
    places = set()
    for name in ("targets", "priorities", "board", "timeline", "table"):
        one_window.show_page(name)
        QApplication.processEvents()
        (tabs,) = one_window.page.findChildren(PageTabs)
        places.add(tabs.mapTo(frame, QPoint()).toTuple())
    assert len(places) == 1


def test_only_steps_that_are_seen_are_painted(
    page: TimelinePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[StepKey] = []
    monkeypatch.setattr(
        timeline_canvas,
        "paint_bar_of_step",
        lambda _painter, _where, bar, *_args, **_more: painted.append(bar.key),
    )
    rows = [Row(f"a{n}", f"Area {n}", "4 → 5", (bar_of(f"a{n}"),), ()) for n in range(200)]
    columns = page.view.timeline.columns
    page.view.fill(Timeline(columns, (Group("All", 0, tuple(rows)),)), EN)
    page.view.grab()
    assert painted[0] == ("a0", 5)
    assert len(painted) < 60


def test_in_little_height_rows_have_the_room_of_the_curve(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    rows = tuple(Row(f"a{n}", f"Area {n}", "4 → 5", (bar_of(f"a{n}"),), ()) for n in range(8))
    column = Column(range(1, 2), "Q1 2027", "15 / 40 d", 0.4, "25 free", "4.5", "Q1 2027")
    view.fill(Timeline((column,), (Group("All", 0, rows),)), EN)
    view.resize(700, scaled(290))
    view.show()
    assert not view.grab().isNull()
    assert [view.step_at(view.place_of(row.keys[0]).center()) for row in rows] == [
        row.keys[0] for row in rows
    ]


def test_a_bar_over_two_quarters_moves_as_far_as_the_pointer(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    key = ("a", 5)
    bar = Bar(key, 0, 2, "Step", is_pinned=False, sentence="Step")
    column = Column(range(1, 2), "Q1 2027", "15 / 40 d", 0.4, "25 free", "4.5", "Q1 2027")
    rows = (Row("a", "Area", "4 → 5", (bar,), ()),)
    view.fill(Timeline((column,) * 4, (Group("All", 0, rows),)), EN)
    view.resize(1400, 500)
    view.show()
    dropped: list[tuple[StepKey, int]] = []
    view.step_dropped.connect(lambda key, place: dropped.append((key, place)))
    width = view.placed.column
    grabbed = view.place_of(key).topLeft() + QPoint(width + 30, 5)  # in its second quarter
    for shift in (40, width):
        for act, where in (
            (QTest.mousePress, grabbed),
            (QTest.mouseMove, grabbed + QPoint(shift // 2, 0)),
            (QTest.mouseMove, grabbed + QPoint(shift, 0)),
            (QTest.mouseRelease, grabbed + QPoint(shift, 0)),
        ):
            if act is QTest.mouseMove:
                act(view.viewport(), where)
            else:
                act(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert dropped == [(key, 1)]


def bar_of(area_id: str) -> Bar:
    return Bar((area_id, 5), 0, 1, "Step", is_pinned=False, sentence="Step")


def test_a_milestone_that_the_timeline_does_not_show_says_so_in_the_list(
    page: TimelinePage,
) -> None:
    plan = page.workspace.workshop
    plan.change_plan(milestones=(Milestone(date(2035, 1, 1), "Far"),))
    line = dialog(page).known.topLevelItem(0)
    assert (line.text(0), line.text(1)) == ("Far", "1 Jan 2035 (outside of the plan)")


def test_names_that_are_cut_off_and_days_are_tool_tips(page: TimelinePage) -> None:
    page.workspace.workshop.change_plan(milestones=(Milestone(date(2027, 3, 31), "Audit"),))
    view = page.view
    step = view.place_of(FIRST)
    assert view.words_at(QPoint(30, step.center().y())) == view.timeline.rows[0].name
    assert view.words_at(step.center()) == view.timeline.sentence_of(FIRST)
    boundary = QPoint(step.left() + view.placed.column - 6, view.viewport().height() - 40)
    assert view.words_at(boundary) == "Audit, 31 Mar 2027"
