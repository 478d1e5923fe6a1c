"""A session begins from the one before it, and hides its levels until the group has decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fakes import FakeLibrary, builtin_model
from PySide6.QtWidgets import QWidget

from app.session.session import NewSession, Session
from app.workshop.follow_up import Part
from app.workshop.workshop import Workshop
from ui.dialogs.take_over import TakeOverDialog
from ui.flows.taking_over import OFFER, TakingOverFlow
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.widgets.radar_view import RadarView

AREAS = [area.id for area in builtin_model().areas]


def session_on(library: FakeLibrary, day: date, title: str) -> Session:
    new = NewSession("Nordwerk AG", builtin_model(), title, "Platform team", day)
    return library.create_session(new)


@pytest.fixture
def earlier(library: FakeLibrary) -> Session:
    """A session in March, in which one area was left open and one does not apply."""
    workshop = Workshop(session_on(library, date(2026, 3, 12), "March"), library)
    for area_id in AREAS[2:]:
        workshop.set_level(area_id, 2)
    workshop.set_target(AREAS[2], 4)
    workshop.set_weight(AREAS[3], 2)
    workshop.set_not_applicable(AREAS[1], "Not ours")
    return library.load_session(workshop.session.id)


@pytest.fixture
def today(library: FakeLibrary, earlier: Session, window: Shell) -> Shell:
    """A window on a session in November in which nothing has been decided."""
    assert earlier
    window.flows.sessions.open(session_on(library, date(2026, 11, 12), "November").id)
    return window


def dialog_of(window: Shell) -> TakeOverDialog:
    return next(d for d in window.frame.findChildren(TakeOverDialog) if d.isVisible())


def take(window: Shell) -> None:
    dialog_of(window).findChild(QWidget, "take-over").click()  # type: ignore[union-attr]


def test_an_untouched_session_offers_to_begin_from_the_one_before(today: Shell) -> None:
    notice = today.notices.notice(OFFER)
    assert notice is not None
    day = today.texts.long_date(date(2026, 3, 12))
    assert notice.text == f"“March” of {day} came before. Take over its targets and weights?"
    notice.buttons[0].click()
    take(today)
    session = today.workspace.session
    assert session.rating(AREAS[2]).target == 4
    assert session.rating(AREAS[3]).weight == 2
    assert session.rating(AREAS[1]).not_applicable == "Not ours"
    assert not any(rating.level for rating in session.all_ratings())
    assert today.notices.notice(OFFER) is None
    today.actions_table.run("undo")
    assert all(rating.target is None for rating in today.workspace.session.all_ratings())
    assert today.workspace.session.rating(AREAS[1]).is_applicable


def test_the_offer_goes_with_the_first_decision(today: Shell) -> None:
    assert today.notices.notice(OFFER) is not None
    today.workspace.workshop.set_level(AREAS[0], 2)
    assert today.notices.notice(OFFER) is None


def test_open_points_become_reasons_only_where_they_were_asked_for(today: Shell) -> None:
    today.actions_table.run("session.take_over")
    dialog_of(today).parts[Part.OPEN_POINTS].setChecked(True)
    take(today)
    assert today.workspace.session.rating(AREAS[0]).note.startswith("Open since ")


def test_what_the_group_decided_is_never_replaced(today: Shell) -> None:
    workshop = today.workspace.workshop
    workshop.set_target(AREAS[2], 5)
    workshop.set_level(AREAS[1], 3)
    today.actions_table.run("session.take_over")
    take(today)
    session = today.workspace.session
    assert session.rating(AREAS[2]).target == 5
    assert (session.rating(AREAS[1]).level, session.rating(AREAS[1]).is_applicable) == (3, True)
    assert session.rating(AREAS[3]).weight == 2
    today.actions_table.run("session.take_over")
    take(today)
    assert today.notices.notices[-1].text == "Nothing was left to fill from last time."


def test_the_offer_comes_once_and_only_where_nothing_is_decided(
    today: Shell, library: FakeLibrary, earlier: Session
) -> None:
    notice = today.notices.notice(OFFER)
    assert notice is not None
    notice.buttons[1].click()
    session_id = today.workspace.session.id
    today.flows.sessions.open(earlier.id)
    assert today.notices.notice(OFFER) is None
    today.flows.sessions.open(session_id)
    assert today.notices.notice(OFFER) is None
    other = session_on(library, date(2026, 11, 13), "Begun")
    Workshop(other, library).set_level(AREAS[0], 1)
    today.flows.sessions.open(other.id)
    assert today.notices.notice(OFFER) is None


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_declined_offer_is_remembered_until_the_session_is_begun(
    today: Shell, earlier: Session, way: str
) -> None:
    notice = today.notices.notice(OFFER)
    assert notice is not None
    if way == "button":
        notice.buttons[1].click()
    else:
        today.notices.close_newest()
    session_id = today.workspace.session.id
    after_restart = Settings(today.settings.path)
    assert after_restart.flag(f"take_over/declined/{session_id}")
    flow = TakingOverFlow(today.flows._host)  # as in the next run
    flow.offer(earlier)
    assert today.notices.notice(OFFER) is None
    today.workspace.workshop.set_level(AREAS[0], 2)
    assert session_id not in today.settings.path.read_text(encoding="utf-8")


def test_without_a_comparable_session_a_sentence_says_what_to_do(
    window: Shell, library: FakeLibrary, earlier: Session
) -> None:
    assert earlier
    new = NewSession("Nordwerk AG", builtin_model(), "Alone", "Data team", date(2026, 11, 12))
    window.flows.sessions.open(library.create_session(new).id)
    assert window.notices.notice(OFFER) is None
    window.actions_table.run("session.take_over")
    assert "no comparable earlier session" in window.notices.notices[-1].text
    assert not [d for d in window.frame.findChildren(TakeOverDialog) if d.isVisible()]


def shown_texts(shell: Shell) -> str:
    """All that the scoring page shows or says, the marks above the level cards included."""
    page = shell.page
    parts = [str(page.body.levels._marks)]  # type: ignore[attr-defined]
    for widget in page.findChildren(QWidget):
        if widget.isVisibleTo(page):
            text = getattr(widget, "text", None)
            parts += [text()] if callable(text) else []
            parts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    return "\n".join(str(part) for part in parts)


def test_earlier_levels_stay_hidden_until_their_area_is_decided(today: Shell) -> None:
    workspace = today.workspace
    workspace.go_to(AREAS[2])
    assert "March" in shown_texts(today)
    today.actions_table.run("earlier.hide")
    assert today.actions_table["earlier.hide"].isChecked()
    assert "March" not in shown_texts(today).replace("“March”", "")
    workspace.workshop.set_level(AREAS[2], 3)
    assert "March 2026" in shown_texts(today)
    today.actions_table.run("undo")
    assert "March 2026" not in shown_texts(today)
    workspace.workshop.set_not_applicable(AREAS[2], "Not ours")
    assert workspace.before_while_scoring is not None
    assert AREAS[2] in workspace.before_while_scoring.levels
    assert AREAS[3] not in workspace.before_while_scoring.levels


def test_the_small_radar_hides_averages_of_undecided_areas(today: Shell) -> None:
    workspace = today.workspace
    radar = RadarView(today.context, workspace, compact=True, is_scoring=True)
    assert radar.data().has_earlier
    today.actions_table.run("earlier.hide")
    assert not radar.data().has_earlier
    outcomes = [area.id for area in workspace.session.model.dimensions[-1].areas]
    for area_id in outcomes:
        workspace.workshop.set_level(area_id, 2)
    shown = {axis.id: axis.earlier for axis in radar.data().axes}
    assert shown[workspace.session.model.dimensions[-1].id] == 2
    assert [level for level in shown.values() if level is not None] == [2]


def test_results_show_everything_whatever_scoring_hides(today: Shell) -> None:
    today.actions_table.run("earlier.hide")
    assert today.workspace.before is not None
    assert set(today.workspace.before.levels) == set(AREAS[2:])


def test_the_choice_is_undone_and_kept(today: Shell, library: FakeLibrary) -> None:
    today.actions_table.run("earlier.hide")
    assert library.load_session(today.workspace.session.id).hide_earlier
    today.actions_table.run("undo")
    assert not today.workspace.session.hide_earlier
    assert not today.actions_table["earlier.hide"].isChecked()
    today.actions_table.run("session.take_over")
    dialog_of(today).hide_earlier.setChecked(True)
    take(today)
    assert today.workspace.session.hide_earlier


def test_an_area_of_its_own_dimension_shows_no_average_either(today: Shell) -> None:
    before = today.workspace.before
    model = today.workspace.session.model
    assert before is not None
    less = before.without([AREAS[2]], model)
    dimension = model.dimension_of(AREAS[2])
    assert AREAS[2] not in less.levels
    assert dimension.id not in less.means(today.workspace.figures)
    assert replace(less) == less
