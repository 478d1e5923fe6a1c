"""Lists show the place of the open session, not that of the one before."""

from __future__ import annotations

import pytest
from fakes import FakeLibrary, builtin_model
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from ui.shell.shell import Shell


def is_in_view(scoring: Shell) -> bool:
    """True if the row of the current area lies within the agenda."""
    view = scoring.page.body.agenda.view
    row = view.visualRect(view.rows.index(view.rows.row_of(scoring.workspace.area_id)))
    return bool(view.viewport().rect().contains(row))


@pytest.mark.parametrize("size", [(1280, 600), (1024, 640), (1366, 700)])
def test_the_current_area_stays_in_the_agenda_when_the_window_changes(
    qtbot: QtBot, looked_at: Shell, size: tuple[int, int]
) -> None:
    areas = looked_at.workspace.session.model.areas
    looked_at.workspace.go_to(areas[-1].id)
    looked_at.frame.resize(*size)
    qtbot.waitUntil(lambda: is_in_view(looked_at))
    looked_at.workspace.go_to(areas[0].id)


def test_another_session_begins_at_the_top_of_every_list(
    qtbot: QtBot, scoring: Shell, library: FakeLibrary
) -> None:
    areas = scoring.workspace.session.model.areas
    for area in areas:
        scoring.workspace.workshop.set_level(area.id, 1)
    scoring.workspace.go_to(areas[-1].id)
    scoring.show_page("results")
    gaps = scoring.page.findChild(QListView, "gap-list")
    gaps.setCurrentIndex(gaps.model().index(7, 0))
    other = library.create_session(NewSession("Nordwerk AG", builtin_model(), "Second"))
    scoring.flows.sessions.open(other.id)
    for area in areas:
        scoring.workspace.workshop.set_level(area.id, 1)
    qtbot.waitUntil(lambda: is_in_view(scoring))
    assert scoring.page.body.agenda.view.verticalScrollBar().value() == 0
    scoring.show_page("results")
    assert gaps.currentIndex().row() <= 0
