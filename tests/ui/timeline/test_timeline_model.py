"""Contents of the timeline and their places, below the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.session.plan_settings import AddedPrerequisite, Milestone
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.texts import translator_for
from exports.palette import LIGHT
from tests.ui.board.planned import FIRST, SECOND, THIRD, current_of, with_plan, with_step
from ui.timeline import curve_painting
from ui.timeline.curve_painting import CurvePainter, label_lines, levels_shown
from ui.timeline.timeline_layout import lay_out, path_of
from ui.timeline.timeline_model import Arrow, Curve, Point, Timeline, timeline_of

EN = translator_for("en")


def timeline(session: Session) -> Timeline:
    return timeline_of(current_of(session), EN)


def test_every_area_with_steps_has_a_row_in_its_dimension(small_session: Session) -> None:
    shown = timeline(small_session)
    assert [[row.area_id for row in group.rows] for group in shown.groups] == [
        ["d1.a"], ["d2.a"], ["d3.a"],
    ]  # fmt: skip
    assert [row.way for row in shown.rows] == ["4 → 5"] * 3


def test_bars_stand_in_their_quarters_and_span_them(small_session: Session) -> None:
    session = with_step(small_session, FIRST, duration=2, title="Policies as code")
    rows = timeline(session).rows
    assert [(bar.key, bar.column, bar.span, bar.title) for bar in rows[0].bars] == [
        (FIRST, 0, 2, "Policies as code")
    ]
    assert "Policies as code" in rows[0].bars[0].sentence


def test_a_step_for_later_says_briefly_why(small_session: Session) -> None:
    shown = timeline(small_session)
    assert [each.text for each in shown.rows[2].later] == ["split it: 90 d"]
    waits = timeline(with_plan(small_session, 20, 1))
    assert [each.text for each in waits.rows[1].later] == ["split it: 30 d"]
    full = timeline(with_plan(small_session, 30, 1))
    assert [each.text for each in full.rows[1].later] == ["4 → 5, 30 d"]


def test_arrows_lead_between_areas_only_where_both_steps_have_quarters(
    small_session: Session,
) -> None:
    needs = AddedPrerequisite(*SECOND, *FIRST), AddedPrerequisite(*THIRD, *FIRST)
    plan = replace(small_session.plan, prerequisites=needs)
    assert timeline(replace(small_session, plan=plan)).arrows == (Arrow(FIRST, SECOND),)


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2027, 1, 1), 1 / 90),
        (date(2027, 3, 31), 1.0),
        (date(2027, 4, 1), 1 + 1 / 91),
        (date(2027, 6, 30), 2.0),
    ],
)
def test_a_milestone_stands_at_its_day(small_session: Session, day: date, at: float) -> None:
    plan = replace(small_session.plan, milestones=(Milestone(day, "Audit"),))
    (mark,) = timeline(replace(small_session, plan=plan)).marks
    assert mark.at == pytest.approx(at)
    assert mark.text == f"Audit, {EN.short_date(day)}"


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 7, 1)])
def test_a_milestone_outside_of_the_plan_is_not_shown(small_session: Session, day: date) -> None:
    plan = replace(small_session.plan, milestones=(Milestone(day, "Audit"),))
    assert timeline(replace(small_session, plan=plan)).marks == ()


def test_the_next_workshop_is_a_mark_unless_a_milestone_names_its_day(
    small_session: Session,
) -> None:
    day = date(2027, 5, 5)
    session = replace(small_session, next_date=day)
    assert [mark.text for mark in timeline(session).marks] == ["Next workshop, 5 May 2027"]
    named = replace(session, plan=replace(session.plan, milestones=(Milestone(day, "Again"),)))
    assert [mark.text for mark in timeline(named).marks] == ["Again, 5 May 2027"]


def test_milestones_of_one_day_share_a_mark(small_session: Session) -> None:
    day = date(2027, 5, 5)
    both = Milestone(day, "Audit"), Milestone(day, "Budget round")
    plan = replace(small_session.plan, milestones=both)
    marks = timeline(replace(small_session, plan=plan)).marks
    assert [mark.text for mark in marks] == ["Audit · Budget round, 5 May 2027"]


def test_the_curve_begins_with_today_and_names_target_and_what_is_left(
    small_session: Session,
) -> None:
    curve = timeline(small_session).curve
    assert [(point.at, point.text) for point in curve.points] == [
        (0, "4.0"),
        (1, "4.5"),
        (2, "4.8"),
    ]
    assert (curve.target, curve.target_text, curve.left) == (5, "target 5.0", "1 step left")
    assert curve.sentence == (
        "Average today 4.0; projected Q1 2027 4.5, Q2 2027 4.8; target 5.0; 1 step left"
    )


def test_nothing_is_shown_without_steps(small_session: Session) -> None:
    assert timeline(replace(small_session, ratings={})) == Timeline()


def curve_of(*values: str, target: int = 4) -> Curve:
    points = tuple(Point(at, Fraction(each), each) for at, each in enumerate(values))
    return Curve(points=points, target=Fraction(target), lowest=0, highest=5)


@pytest.mark.parametrize(
    ("curve", "levels"),
    [
        (curve_of("2.6", "3.8"), (2, 4)),
        (curve_of("5", "5", target=5), (4, 5)),
        (curve_of("0", "0", target=0), (0, 1)),
        (curve_of("4", "4"), (4, 5)),
    ],
)
def test_the_axis_shows_whole_levels_of_the_scale_around_all_values(
    curve: Curve, levels: tuple[int, int]
) -> None:
    assert levels_shown(curve) == levels


def test_words_of_milestones_do_not_cover_each_other() -> None:
    placed = label_lines([(10, 40), (30, 40), (45, 40), (200, 40)], 0, 210, 4)
    assert placed == [(0, 0), (10, 1), (44, 0), (170, 0)]


def test_rows_move_together_only_if_that_makes_all_of_them_fit(small_session: Session) -> None:
    shown = timeline(small_session)
    wide = lay_out(shown, 600, 10_000)
    assert lay_out(shown, 600, wide.height - 1).height < wide.height
    assert lay_out(shown, 600, 10).height == wide.height


def test_an_arrow_turns_behind_its_first_bar_and_ends_at_the_second(
    small_session: Session,
) -> None:
    needs = (AddedPrerequisite(*SECOND, *FIRST),)
    shown = timeline(replace(small_session, plan=replace(small_session.plan, prerequisites=needs)))
    layout = lay_out(shown, 600, 400)
    corners = path_of(shown.arrows[0], 0, layout)
    before, after = layout.bars[FIRST], layout.bars[SECOND]
    assert before.right() < corners[1].x() == corners[2].x() < after.left()
    assert corners[-1].x() == after.left()


def test_a_pin_is_marked_and_said(small_session: Session) -> None:
    session = with_step(small_session, SECOND, pin=Quarter(2027, 2))
    bar = timeline(session).rows[1].bars[0]
    assert (bar.is_pinned, bar.column) == (True, 1)
    assert "pinned" in bar.sentence


def test_the_steps_left_stay_on_the_card_of_a_low_average(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp
    boxes: list[QRect] = []
    monkeypatch.setattr(
        curve_painting, "draw_shortened", lambda _painter, box, *_: boxes.append(QRect(box))
    )
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    room = QRect(0, 0, 200, 120)
    low = CurvePainter(painter, curve_of("1.0", "1.0"), room, lambda at: at * 100, LIGHT)
    low.paint_ends(room)
    painter.end()
    assert boxes[-1].bottom() <= room.bottom() + 10
