"""The agenda: areas with their states, operable by keyboard."""

from __future__ import annotations

from fractions import Fraction

import pytest
from fakes import FakeLibrary, small_model
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.figures.scoring import profile
from app.session.session import NewSession, Session
from app.words.texts import translator_for
from app.workshop.workshop import Workshop
from ui.context import Context
from ui.open_state import OpenState
from ui.scoring.agenda_list import (
    COMPACT_WIDTH,
    Agenda,
    AreaRow,
    AreaState,
    DimensionRow,
    agenda_rows,
    broken_word,
)

TR = translator_for("en")


def rows_of(session: Session) -> list[AreaRow | DimensionRow]:
    return agenda_rows(session, profile(session), TR)


def scored(state: OpenState) -> Workshop:
    areas = state.workspace.session.model.areas
    state.workspace.workshop.set_level(areas[0].id, 3)
    state.workspace.workshop.set_not_applicable(areas[1].id, "Done by the group")
    return state.workspace.workshop


def test_rows_follow_the_model_with_a_heading_per_dimension(sample_session: Session) -> None:
    rows = rows_of(sample_session)
    model = sample_session.model
    assert len(rows) == len(model.dimensions) + len(model.areas)
    assert [r.id for r in rows if isinstance(r, AreaRow)] == [a.id for a in model.areas]


def test_open_scored_and_not_applicable_areas_differ(
    state: OpenState, sample_session: Session
) -> None:
    scored(state)
    states = [row.state for row in rows_of(state.workspace.session) if isinstance(row, AreaRow)]
    assert states[:3] == [AreaState.SCORED, AreaState.NOT_APPLICABLE, AreaState.OPEN]


def test_a_screen_reader_hears_state_level_and_reason(
    state: OpenState, sample_session: Session
) -> None:
    scored(state)
    heading, first, second, third = rows_of(state.workspace.session)[:4]
    assert heading.spoken == "People: 1 of 5 areas scored"
    assert first.spoken == f"{first.name}: level 3"
    assert second.spoken == f"{second.name}: not applicable, Done by the group"
    assert third.spoken == f"{third.name}: not scored"


def test_areas_that_do_not_apply_leave_the_count_of_their_dimension(
    state: OpenState, sample_session: Session
) -> None:
    scored(state)
    heading = rows_of(state.workspace.session)[0]
    assert isinstance(heading, DimensionRow)
    assert heading.count == "1/5"


def test_the_arrow_keys_walk_from_area_to_area_over_headings(
    qtbot: QtBot, state: OpenState, sample_session: Session
) -> None:
    del sample_session
    agenda = Agenda()
    qtbot.addWidget(agenda)
    agenda.resize(240, 600)
    agenda.fill(state.workspace.session, state.workspace.figures, TR)
    agenda.view.set_current("people.developer-agility")
    with qtbot.waitExposed(agenda):
        agenda.show()
    agenda.activateWindow()
    agenda.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(agenda.view.hasFocus)
    with qtbot.waitSignal(agenda.view.area_chosen) as gone:
        qtbot.keyClick(agenda.view, Qt.Key.Key_Down)
    assert gone.args == [agenda_after("people.developer-agility", state.workspace.session)]


def agenda_after(area_id: str, session: Session) -> str:
    areas = session.model.areas
    return areas[session.model.position_of(area_id) + 1].id


def test_a_click_on_an_area_goes_there_and_a_click_on_a_heading_does_nothing(
    qtbot: QtBot, state: OpenState, sample_session: Session
) -> None:
    del sample_session
    agenda = Agenda()
    qtbot.addWidget(agenda)
    agenda.resize(240, 900)
    agenda.fill(state.workspace.session, state.workspace.figures, TR)
    with qtbot.waitExposed(agenda):
        agenda.show()
    chosen: list[str] = []
    agenda.view.area_chosen.connect(chosen.append)
    agenda.view.area_chosen.connect(agenda.view.set_current)
    for row in (0, 3):
        place = agenda.view.visualRect(agenda.view.rows.index(row)).center()
        qtbot.mouseClick(agenda.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [state.workspace.session.model.areas[2].id]


def test_the_whole_agenda_of_the_built_in_model_is_in_sight_at_1440_by_900(
    qtbot: QtBot, state: OpenState, sample_session: Session
) -> None:
    del sample_session
    agenda = Agenda()
    qtbot.addWidget(agenda)
    agenda.setFixedWidth(256)
    agenda.resize(256, 770)
    agenda.fill(state.workspace.session, state.workspace.figures, TR)
    with qtbot.waitExposed(agenda):
        agenda.show()
    bar = agenda.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_no_row_needs_more_than_two_lines(qtbot: QtBot) -> None:
    agenda = Agenda()
    qtbot.addWidget(agenda)
    agenda.resize(220, 400)
    long = AreaRow("a", "A very long name " * 20, AreaState.OPEN, "", "spoken")
    agenda.view.rows.fill([long])
    index = agenda.view.rows.index(0)
    delegate = agenda.view.itemDelegate()
    height = agenda.view.sizeHintForIndex(index).height()
    assert delegate is not None
    assert height <= 28 + 17


@pytest.mark.parametrize(
    ("word", "language", "lines"),
    [
        ("Technologieübersicht", "de", ["Technologie-", "übersicht"]),
        ("Decentralisation", "en", ["Decentral-", "isation"]),
        ("Policy", "de", ["Policy"]),
        ("Technologieübersicht", "", ["Technologieübersicht"]),
    ],
)
def test_a_long_word_is_broken_as_its_language_does(
    word: str, language: str, lines: list[str]
) -> None:
    assert broken_word(word, language) == lines


def test_a_small_model_gets_rows_of_28_pixels(qtbot: QtBot, context: Context) -> None:
    from dataclasses import replace
    from datetime import date

    from app.session.units import Affiliation, Organisation

    affiliation = Affiliation(Organisation("o", "Client"))
    session = Session(
        "s",
        affiliation,
        "Workshop",
        date(2026, 1, 1),
        "en",
        small_model(),
    )
    agenda = Agenda()
    qtbot.addWidget(agenda)
    agenda.resize(240, 700)
    agenda.fill(replace(session), profile(session), context.texts)
    with qtbot.waitExposed(agenda):
        agenda.show()
    assert agenda.view.sizeHintForIndex(agenda.view.rows.index(1)).height() == 28


@pytest.mark.parametrize("is_current", [True, False])
def test_a_half_level_does_not_touch_its_mark_in_the_narrow_agenda(
    qtbot: QtBot, state: OpenState, library: FakeLibrary, is_current: bool
) -> None:
    new = NewSession("Nordwerk AG", small_model(), "Workshop", half_levels=True)
    state.open_session(library.create_session(new).id)
    state.workspace.workshop.set_level("d1.a", Fraction(9, 2))
    agenda = Agenda()
    qtbot.addWidget(agenda)
    agenda.set_compact(True)
    agenda.fill(state.workspace.session, state.workspace.figures, TR)
    agenda.view.set_current("d1.a" if is_current else "d2.a")
    agenda.resize(COMPACT_WIDTH, 400)
    agenda.show()
    view = agenda.view
    row = view.visualRect(view.rows.index(view.rows.row_of("d1.a"))).adjusted(10, 4, -10, -5)
    picture = view.viewport().grab(row).toImage()
    ground = picture.pixelColor(0, 0)
    empty = [
        all(picture.pixelColor(x, y) == ground for y in range(picture.height()))
        for x in range(picture.width())
    ]
    inked = [x for x, is_empty in enumerate(empty) if not is_empty]
    assert any(empty[x] and empty[x + 1] for x in range(inked[0], inked[0] + 14))
