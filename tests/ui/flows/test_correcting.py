"""The details of a session are corrected in the window."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from fakes import FakeLibrary, small_model
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import StorageUnavailable
from app.session.session import NewSession
from ui.dialogs.edit_session import EditSessionDialog
from ui.shell.shell import Shell


def dialog_of(window: Shell) -> EditSessionDialog:
    return next(d for d in window.frame.findChildren(EditSessionDialog) if d.isVisible())


def save(dialog: EditSessionDialog) -> None:
    button = dialog.findChild(QPushButton, "save-session")
    assert isinstance(button, QPushButton)
    button.click()


def place(window: Shell) -> str:
    return window.header.title.full_text()


def test_the_open_session_is_corrected_and_undo_leads_back(
    qtbot: QtBot, scoring: Shell, library: FakeLibrary
) -> None:
    before = scoring.workspace.session
    shown = place(scoring)
    qtbot.keyClick(scoring.frame, Qt.Key.Key_F2)
    form = dialog_of(scoring).form
    assert form.organisation.currentText() == "Nordwerk AG"
    assert (form.unit.currentText(), form.title.text()) == ("Platform team", "Workshop")
    form.organisation.setEditText(" Südwerk  AG")
    form.unit.setEditText("IT/Team A")
    form.title.setText("Spring")
    form.set_day(date(2027, 3, 1))
    form.scope.setText("Portal")
    form.facilitator.setText("Ana Köhler")
    form.half_levels.setChecked(True)
    form.language.setCurrentIndex(form.language.findData("de"))
    save(dialog_of(scoring))
    after = scoring.workspace.session
    assert (after.organisation.name, after.title, after.scope) == ("Südwerk AG", "Spring", "Portal")
    assert (after.date, after.facilitator, after.half_levels, after.language) == (
        date(2027, 3, 1), "Ana Köhler", True, "de",
    )  # fmt: skip
    assert place(scoring) == "Südwerk AG · IT / Team A · Spring · 1 Mar 2027"
    assert scoring.frame.windowTitle().startswith("Südwerk AG")
    assert scoring.actions_table["undo"].text() == "Undo: Edit session"
    scoring.actions_table.run("undo")
    assert scoring.workspace.session == before == library.load_session(before.id)
    assert place(scoring) == shown


def fields_of_next(window: Shell) -> tuple[QCheckBox, QDateEdit]:
    fields = dialog_of(window).form.next_workshop
    assert fields is not None
    return fields.is_set, fields.day


def test_tags_and_the_next_workshop_are_agreed_and_taken_back(scoring: Shell) -> None:
    scoring.actions_table.run("session.edit")
    is_agreed, day = fields_of_next(scoring)
    assert (is_agreed.isChecked(), day.isEnabled()) == (False, False)
    dialog_of(scoring).form.tags.setText(" Pilot, cloud,, pilot ")
    is_agreed.setChecked(True)
    assert day.isEnabled()
    day.setDate(QDate(2027, 5, 3))
    save(dialog_of(scoring))
    after = scoring.workspace.session
    assert (after.tags, after.next_date) == (("cloud", "Pilot"), date(2027, 5, 3))
    assert scoring.actions_table["undo"].text() == "Undo: Edit session"
    scoring.actions_table.run("session.edit")
    is_agreed, day = fields_of_next(scoring)
    assert dialog_of(scoring).form.tags.text() == "cloud, Pilot"
    assert day.date() == QDate(2027, 5, 3)
    is_agreed.setChecked(False)
    save(dialog_of(scoring))
    assert scoring.workspace.session.next_date is None
    assert scoring.actions_table["undo"].text() == "Undo: Change next workshop"
    scoring.actions_table.run("undo")
    scoring.actions_table.run("undo")
    assert (scoring.workspace.session.tags, scoring.workspace.session.next_date) == ((), None)


def test_a_tag_that_is_too_long_is_refused_and_the_input_kept(scoring: Shell) -> None:
    scoring.actions_table.run("session.edit")
    dialog = dialog_of(scoring)
    dialog.form.tags.setText("x" * 41)
    save(dialog)
    assert "at most 40 characters" in dialog.error.text()
    assert dialog.form.tags.text() == "x" * 41
    dialog.reject()


def test_a_click_on_the_name_in_the_header_opens_the_form(qtbot: QtBot, scoring: Shell) -> None:
    title = scoring.header.title
    qtbot.mouseClick(title, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    dialog = dialog_of(scoring)
    assert dialog.focusWidget() is dialog.form.title
    dialog.reject()


def test_what_cannot_be_stored_is_said_and_the_input_kept(scoring: Shell) -> None:
    workshop = scoring.workspace.workshop
    workshop.set_detail("half_levels", True)
    area = scoring.workspace.session.model.areas[0]
    workshop.set_level(area.id, Fraction(5, 2))
    scoring.actions_table.run("session.edit")
    dialog = dialog_of(scoring)
    dialog.form.title.setText("Whole levels")
    dialog.form.half_levels.setChecked(False)
    save(dialog)
    assert area.label.in_language("en") in dialog.error.text()
    dialog.form.half_levels.setChecked(True)
    dialog.form.organisation.setEditText("NORDWERK ag")
    save(dialog)
    assert "only another spelling of “Nordwerk AG”" in dialog.error.text()
    dialog.form.organisation.setEditText(" ")
    save(dialog)
    assert dialog.form.fault_at(dialog.form.organisation)
    assert workshop.session.title == "Workshop"
    dialog.form.organisation.setEditText("Nordwerk AG")
    save(dialog)
    assert workshop.session.title == "Whole levels"


@pytest.fixture
def listed(scoring: Shell, library: FakeLibrary) -> Shell:
    """The library page on a session that is not the open one."""
    other = library.create_session(NewSession("Nordwerk AG", small_model(), "Autumn", "Team 9"))
    scoring.show_page("library")
    page = scoring.library_page
    page.list.setCurrentIndex(page.sessions.index(page.sessions.row_of(other.id)))
    return scoring


def titles(window: Shell) -> list[str]:
    sessions = window.library_page.sessions
    return [sessions.summary(row).title for row in range(sessions.rowCount())]


def test_a_session_of_the_list_is_corrected_and_the_notice_leads_back(
    listed: Shell, library: FakeLibrary
) -> None:
    listed.actions_table.run("session.edit")
    dialog = dialog_of(listed)
    assert dialog.form.unit.currentText() == "Team 9"
    dialog.form.title.setText("Winter")
    library.failing = StorageUnavailable("The disk is full.")
    save(dialog)
    assert dialog.error.text() == "The disk is full."
    library.failing = None
    save(dialog)
    assert "Winter" in titles(listed)
    assert listed.workspace.session.title == "Workshop"
    (notice,) = listed.notices.notices
    assert notice.text == "“Winter” was changed."
    undo = next(each for each in notice.findChildren(QPushButton) if each.text() == "Undo")
    undo.click()
    assert "Autumn" in titles(listed)
    assert "Winter" not in titles(listed)


def test_a_session_that_is_moved_leaves_the_list_of_its_client(listed: Shell) -> None:
    listed.actions_table.run("session.edit")
    dialog = dialog_of(listed)
    dialog.form.organisation.setEditText("Südwerk AG")
    save(dialog)
    assert titles(listed) == ["Workshop"]
    listed.actions_table.run("session.edit")  # the open one, now selected
    dialog = dialog_of(listed)
    dialog.form.title.setText("Renamed")
    save(dialog)
    assert titles(listed) == ["Renamed"]
    listed.actions_table.run("undo")
    assert titles(listed) == ["Workshop"]


def test_a_moved_session_is_no_longer_compared_with_one_of_its_former_client(
    scoring: Shell, library: FakeLibrary
) -> None:
    session = scoring.workspace.session
    earlier = library.create_session(
        NewSession("Nordwerk AG", session.model, "Before", "Platform team", date(2020, 1, 1))
    )
    scoring.workspace.compare_with(earlier.id)
    scoring.workspace.workshop.correct({"title": "Renamed"})
    assert scoring.workspace.earlier == earlier
    moved = scoring.workspace.workshop.affiliation("Südwerk AG", "")
    scoring.workspace.workshop.correct({"affiliation": moved})
    assert scoring.workspace.earlier is None
    scoring.actions_table.run("undo")
    assert scoring.workspace.earlier == earlier


def test_an_earlier_session_that_leaves_the_client_is_no_longer_compared_with(
    scoring: Shell, library: FakeLibrary
) -> None:
    session = scoring.workspace.session
    earlier = library.create_session(
        NewSession("Nordwerk AG", session.model, "Before", "Platform team", date(2020, 1, 1))
    )
    scoring.workspace.compare_with(earlier.id)
    scoring.flows.correcting.ask(earlier.id)
    dialog = dialog_of(scoring)
    dialog.form.title.setText("Corrected")
    save(dialog)
    assert scoring.workspace.earlier is not None
    assert scoring.workspace.earlier.title == "Corrected"
    scoring.flows.correcting.ask(earlier.id)
    dialog = dialog_of(scoring)
    dialog.form.organisation.setEditText("Südwerk AG")
    save(dialog)
    assert scoring.workspace.earlier is None
    (notice,) = scoring.notices.notices
    notice.buttons[0].click()  # undo
    assert scoring.workspace.earlier is not None
    summary = next(each for each in library.session_summaries() if each.id == earlier.id)
    scoring.flows.sessions.archive(summary)
    assert scoring.workspace.earlier is None


def test_what_was_chosen_for_comparison_stays_where_a_session_is_read_again(
    scoring: Shell, library: FakeLibrary
) -> None:
    session = scoring.workspace.session
    first, second = (
        library.create_session(
            NewSession("Nordwerk AG", session.model, title, "Platform team", date(year, 1, 1))
        )
        for title, year in (("First", 2019), ("Second", 2020))
    )
    for chosen in (first.id, None, second.id):
        scoring.workspace.compare_with(chosen)
        scoring.state.reload_session()  # as after a rename or a merge
        earlier = scoring.workspace.earlier
        assert (None if earlier is None else earlier.id) == chosen
