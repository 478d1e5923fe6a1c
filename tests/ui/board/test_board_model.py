"""Contents of the board, its bar and its panel, below the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.planning.alerts import step_alerts
from app.planning.plan import PlanStatus
from app.planning.problem import StepKey
from app.session.plan_settings import AddedPrerequisite, Overruled, PlanOrder, PlanSettings
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import Approval, Certainty, Effort, StepStatus
from app.words.texts import translator_for
from exports.palette import LIGHT
from tests.ui.board.planned import FIRST, SECOND, THIRD, current_of, with_plan, with_step
from ui.board import card_painting
from ui.board.bar_model import figures_of, usual_capacity, with_usual_capacity
from ui.board.board_model import LATER, Column, board_of, column_after_drag
from ui.board.moves import Moved, moved_in_words, plan_with_pin
from ui.board.panel_model import panel_of
from ui.roadmap.step_edits import target_period

EN = translator_for("en")


# ---- columns and cards ------------------------------------------------------------------------


def test_a_column_says_how_much_of_its_capacity_is_used_and_the_average_after_it(
    small_session: Session,
) -> None:
    board = board_of(current_of(small_session), EN)
    assert [(c.title, c.figure, c.note, c.average) for c in board.columns] == [
        ("Q1 2027", "15 / 40 d", "25 free", "4.5"),
        ("Q2 2027", "30 / 40 d", "10 free", "4.8"),
    ]
    assert board.columns[0].sentence == "Q1 2027: 15 of 40 d used, 25 free, average 4.5"


def test_a_full_and_a_blocked_quarter_say_so(small_session: Session) -> None:
    session = with_plan(small_session, 15, 2)
    plan = replace(session.plan, blocked=(Quarter(2027, 2),))
    board = board_of(current_of(replace(session, plan=plan)), EN)
    full, blocked = board.columns
    assert (full.note, blocked.note) == ("full", "blocked")
    assert full.is_full
    assert not blocked.is_full
    assert (blocked.figure, blocked.sentence) == ("", "Q2 2027: blocked, average 4.5")


def test_later_has_the_reasons_and_the_least_number_of_quarters(small_session: Session) -> None:
    board = board_of(current_of(small_session), EN)
    assert (board.later.figure, board.later.note) == ("1 · 90 d", "all 3 need 4 quarters or more")
    card = board.card(THIRD)
    assert card is not None
    assert card.column == LATER
    assert card.remark == "90 d: more than one quarter (40 d). Split it or give it more quarters."


def test_a_card_names_step_owner_effort_and_state(small_session: Session) -> None:
    session = with_step(
        small_session, FIRST, title="Policies as code", owner="Platform team",
        approval=Approval.APPROVED, pin=Quarter(2027, 2),
    )  # fmt: skip
    card = board_of(current_of(session), EN).card(FIRST)
    assert card is not None
    assert (card.area, card.way, card.title) == ("Area 1", "4 → 5", "Policies as code")
    assert (card.owner, card.effort, card.state) == ("Platform team", "15 d", "✓ approved")
    assert card.is_pinned
    assert card.sentence == (
        "Area 1 4 → 5, Policies as code, Q2 2027, 15 d, Platform team, pinned, ✓ approved"
    )


def test_a_card_without_a_title_shows_its_first_action_or_what_it_leads_to(
    small_session: Session,
) -> None:
    board = board_of(current_of(small_session), EN)
    titles = {card.key: card.title for card in board.cards}
    assert titles == {
        FIRST: "Check all policies in CI", SECOND: "Sentence 2.5", THIRD: "Sentence 3.5",
    }  # fmt: skip


def test_a_step_over_two_quarters_is_one_wide_card(small_session: Session) -> None:
    card = board_of(current_of(with_step(small_session, SECOND, duration=2)), EN).card(SECOND)
    assert card is not None
    assert (card.column, card.span, card.effort) == (0, 2, "30 d · 2 quarters")


def test_now_next_and_later_put_quarters_together(small_session: Session) -> None:
    board = board_of(current_of(with_plan(small_session, 30, 5)), EN, by_quarter=False)
    assert [(c.title, c.figure) for c in board.columns] == [
        ("Now", "15 / 30 d"), ("Next", "30 / 60 d"),
    ]  # fmt: skip
    assert [(card.column, card.remark) for card in board.cards][:2] == [
        (0, "Q1 2027"), (1, "Q2 2027"),
    ]  # fmt: skip


def test_a_session_without_a_gap_has_an_empty_board(small_session: Session) -> None:
    done = small_session
    for area in ("d1.a", "d2.a", "d3.a"):
        done = done.with_rating(replace(done.rating(area), level=Fraction(5)))
    assert board_of(current_of(done), EN).cards == ()


# ---- bar --------------------------------------------------------------------------------------


def test_the_bar_counts_steps_and_shows_how_the_average_grows(small_session: Session) -> None:
    figures = figures_of(current_of(small_session), EN)
    assert figures.steps == "2 planned, 1 later"
    assert figures.averages == (("", "4.0"), ("Q2 2027", "4.8"))
    assert figures.target == "5.0"
    assert (figures.capacity, figures.is_assumed) == (40, False)


def test_a_capacity_nobody_agreed_on_is_called_an_assumption(small_session: Session) -> None:
    session = replace(small_session, plan=PlanSettings())
    assert figures_of(current_of(session), EN).is_assumed


def test_while_the_best_plan_is_looked_for_that_is_the_status(small_session: Session) -> None:
    current = replace(current_of(small_session), is_solving=True)
    assert figures_of(current, EN).status == "looking for the best plan …"


def test_what_clashes_is_said_and_the_plan_shown_is_marked(small_session: Session) -> None:
    held = current_of(small_session)
    pinned = current_of(with_step(small_session, THIRD, pin=Quarter(2027, 1)))
    clashing = replace(pinned.plan, status=PlanStatus.INFEASIBLE)
    figures = figures_of(replace(held, clashing=clashing), EN)
    assert figures.status == "the last plan that held"
    assert figures.clash == "This cannot hold: Area 3 5 begins in Q1 2027."


def test_the_slider_moves_the_usual_capacity_and_leaves_exceptions(small_session: Session) -> None:
    figures = tuple(map(Fraction, (80, 80, 60, 80)))
    settings = replace(small_session.plan, capacity=figures)
    assert usual_capacity(figures) == 80
    assert with_usual_capacity(settings, Fraction(70)) == (70, 70, 60, 70)
    assert with_usual_capacity(PlanSettings(), Fraction(70)) == (70,)


# ---- panel ------------------------------------------------------------------------------------


def test_the_panel_explains_and_lists_the_details(small_session: Session) -> None:
    session = with_step(
        small_session, FIRST, owner="Platform team", kpi="Policies in CI", kpi_baseline="0",
        kpi_target="8", confidence=Certainty.MEDIUM, risk="Rules exist by word of mouth",
        approval=Approval.APPROVED, approved_by="Head of IT", approved_on=date(2026, 11, 12),
        effort=Effort(Fraction(15), Fraction(10), Fraction(25)), status=StepStatus.IN_PROGRESS,
    )  # fmt: skip
    panel = panel_of(current_of(session), FIRST, EN)
    assert panel.place == "Area 1 4 → 5 · Q1 2027"
    assert panel.why == (
        "Own priority 0.20: weight 3 × gap 1 × benefit 1 ÷ 15 d.",
        "Nothing to wait for: it begins in the first quarter.",
    )
    assert {fact.label: (fact.value, fact.remark) for fact in panel.facts} == {
        "Owner": ("Platform team", ""),
        "Effort": ("15 d likely", "10 low, 25 high"),
        "KPI": ("Policies in CI", "today 0, target 8"),
        "Certainty": ("medium", ""),
        "Risk": ("Rules exist by word of mouth", ""),
        "Status": ("in progress", ""),
        "Approval": ("approved, Head of IT, 12 Nov 2026", ""),
    }
    assert [action.text for action in panel.actions] == ["Check all policies in CI"]


def test_the_panel_names_the_quarters_on_both_sides(small_session: Session) -> None:
    current = current_of(small_session)
    first, third = panel_of(current, FIRST, EN), panel_of(current, THIRD, EN)
    assert (first.earlier, first.later) == ("", "Q2 2027")
    assert (third.earlier, third.later) == ("Q2 2027", "")  # from Later back to the last one
    assert target_period(current, FIRST, -1) is None


def test_the_panel_says_what_became_of_the_prerequisites_that_are_not_planned(
    small_session: Session,
) -> None:
    done = with_step(small_session, SECOND, status=StepStatus.DONE)
    overruled = Overruled(*FIRST, "d3.a", 4, "Done by hand")
    added = (AddedPrerequisite(*FIRST, *SECOND), AddedPrerequisite(*FIRST, "d3.a", 4))
    plan = replace(done.plan, prerequisites=added, overruled=(overruled,))
    panel = panel_of(current_of(replace(done, plan=plan)), FIRST, EN)
    assert [(link.label, link.value) for link in panel.links] == [
        ("Needs", "Area 2 5 (met), Area 3 4 (overruled: Done by hand)")
    ]


def test_what_an_effort_rests_on_is_said(small_session: Session) -> None:
    panel = panel_of(current_of(small_session), FIRST, EN)
    assert ("15 d", "from the actions") in [(f.value, f.remark) for f in panel.facts]


# ---- moves ------------------------------------------------------------------------------------


def moved(session: Session, key: StepKey, period: int) -> Moved:
    """The plan by priority with a step pinned to a period."""
    by_priority = replace(session, plan=replace(session.plan, order=PlanOrder.PRIORITY))
    return plan_with_pin(current_of(by_priority), key, period)(lambda: False)


def test_a_preview_says_what_else_moves(small_session: Session) -> None:
    said = moved_in_words(current_of(small_session), moved(small_session, SECOND, 1), "Alt+←", EN)
    assert said == "Alt+← pins it to Q1 2027 and moves Area 1 5 to Q2 2027."


def test_a_preview_says_that_nothing_else_moves(small_session: Session) -> None:
    roomy = with_plan(small_session, 50, 2)
    said = moved_in_words(current_of(roomy), moved(roomy, FIRST, 2), "Alt+→", EN)
    assert said == "Alt+→ pins it to Q2 2027; nothing else moves."


def test_a_preview_names_what_would_not_hold(small_session: Session) -> None:
    answer = moved(small_session, THIRD, 2)
    said = moved_in_words(current_of(small_session), answer, "Alt+←", EN)
    assert said.startswith("Alt+← pins it to Q2 2027. By priority, this does not hold:")


def test_the_name_of_a_quarter_gives_no_room_to_its_figure(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp
    boxes: dict[str, QRect] = {}

    def record(painter: QPainter, box: QRect, text: str, *_: object) -> int:
        boxes[text] = box
        return min(box.width(), painter.fontMetrics().horizontalAdvance(text))

    monkeypatch.setattr(card_painting, "draw_shortened", record)
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    column = Column(range(1, 2), "Q1 2027", "197.5 / 200 d", 0.9, "2.5 free", "", "")
    card_painting.paint_head(painter, QRect(0, 0, 100, 60), column, LIGHT)
    painter.end()
    assert boxes["Q1 2027"].width() == 100
    assert boxes["197.5 / 200 d"].width() < 100


# ---- what wants attention ----------------------------------------------------------------------


def test_a_step_is_overdue_once_its_last_quarter_or_its_date_is_over(
    small_session: Session,
) -> None:
    def overdue(today: date, **details: object) -> frozenset[StepKey]:
        current = current_of(with_step(small_session, FIRST, **details))
        return step_alerts(current.session, current.plan, today).overdue

    assert overdue(date(2027, 3, 31)) == frozenset()
    assert overdue(date(2027, 4, 1)) == {FIRST}
    assert overdue(date(2027, 7, 1)) == {FIRST, SECOND}  # the third has no quarter
    assert overdue(date(2027, 2, 2), due=date(2027, 2, 1)) == {FIRST}
    assert FIRST not in overdue(date(2027, 7, 1), status=StepStatus.DONE)
    assert FIRST not in overdue(date(2027, 7, 1), status=StepStatus.DROPPED)


def test_overdue_and_blocked_steps_say_so_on_their_cards_and_in_the_bar(
    small_session: Session,
) -> None:
    session = small_session
    for key in (SECOND, THIRD):
        session = with_step(session, key, status=StepStatus.BLOCKED)
    current = current_of(session)
    alerts = step_alerts(session, current.plan, date(2027, 7, 1))
    board = board_of(current, EN, alerts=alerts)
    first, second, third = (board.cards[n] for n in range(3))
    assert [card.key for card in (first, second, third)] == [FIRST, SECOND, THIRD]
    assert (first.state, second.state) == ("overdue", "blocked, overdue")
    assert third.remark.startswith("blocked: ")  # cards in Later have no line for it
    assert all(card.wants_attention for card in (first, second, third))
    assert "blocked, overdue" in second.sentence
    assert figures_of(current, EN, alerts).alerts == "2 overdue, 2 blocked"
    assert figures_of(current, EN).alerts == ""


@pytest.mark.parametrize(
    ("begin", "grabbed", "released", "column"),
    [
        (0, 0, 2, 2),
        (0, 1, 1, None),  # a wide card, grabbed and let fall in its second quarter
        (0, 1, 2, 1),
        (0, 1, 0, None),
        (0, 0, LATER, LATER),
        (LATER, LATER, 1, 1),
        (LATER, LATER, LATER, None),
        (1, 1, None, None),
    ],
)
def test_a_card_moves_by_as_many_quarters_as_the_pointer(
    begin: int, grabbed: int, released: int | None, column: int | None
) -> None:
    assert column_after_drag(begin, grabbed, released) == column
