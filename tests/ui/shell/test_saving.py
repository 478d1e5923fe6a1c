"""NOT SAVED: shown, listed, retried, exported, and confirmed before closing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from fakes import DISK_FULL, FakeLibrary, FakeServices, filled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import InvalidInput, StorageUnavailable
from app.workshop.recording import Unsaved
from ui.shell.notice_bar import Notice
from ui.shell.saving import LEFT_OVER, NOT_SAVED, RETRY_MS
from ui.shell.shell import Shell


@pytest.fixture
def full_disk(scoring: Shell, library: FakeLibrary) -> Shell:
    """A window in which two levels could not be saved."""
    library.failing = DISK_FULL
    scoring.actions_table.run("level.4")
    scoring.actions_table.run("area.next")
    scoring.actions_table.run("level.2")
    return scoring


def notice(window: Shell, key: str) -> Notice:
    found = window.notices.notice(key)
    assert found is not None
    return found


def press(shown: Notice, text: str) -> None:
    next(button for button in shown.buttons if button.text() == text).click()


def test_the_time_of_the_last_acknowledgement_is_shown(qtbot: QtBot, scoring: Shell) -> None:
    assert scoring.header.saved.text() == "All saved"
    qtbot.keyClick(scoring.frame, Qt.Key.Key_4)
    at = scoring.workspace.workshop.saved_at.astimezone()
    assert scoring.header.saved.text() == f"Saved {at:%H:%M:%S}"


def test_saved_is_not_shown_while_typed_text_waits(qtbot: QtBot, scoring: Shell) -> None:
    note = scoring.frame.findChild(QPlainTextEdit, "note-editor")
    assert note is not None
    qtbot.keyClicks(note, "One team")
    assert scoring.header.saved.text() == "Not saved yet"
    qtbot.waitUntil(lambda: scoring.header.saved.text().startswith("Saved "), timeout=5000)
    assert scoring.workspace.session.rating(scoring.workspace.area_id).note == "One team"


def test_what_is_not_saved_is_named_with_the_reason(full_disk: Shell) -> None:
    shown = notice(full_disk, NOT_SAVED)
    areas = full_disk.workspace.session.model.areas
    assert shown.text == "NOT SAVED: 2 changes are waiting"
    assert DISK_FULL.say(full_disk.texts) in shown.details
    assert f"Set {areas[0].label.in_language('en')} to 4" in shown.details
    assert f"Set {areas[1].label.in_language('en')} to 2" in shown.details
    assert full_disk.header.saved.text() == "NOT SAVED"


def test_the_reason_is_said_once(full_disk: Shell) -> None:
    reason = DISK_FULL.say(full_disk.texts)
    said = [each for each in full_disk.notices.notices if reason in each.text + each.details]
    assert len(said) == 1


def test_a_session_opens_although_its_place_cannot_be_remembered(
    window: Shell, library: FakeLibrary
) -> None:
    filled(library, 1)
    library.failing = DISK_FULL
    window.flows.sessions.open(library.session_summaries()[0].id)
    assert window.page_name == "scoring"
    assert [each.text for each in window.notices.notices] == [DISK_FULL.say(window.texts)]


def test_the_notice_cannot_be_put_away(full_disk: Shell) -> None:
    close = notice(full_disk, NOT_SAVED).findChild(QPushButton, "notice-close")
    assert close is not None
    assert not close.isVisible()


def test_nothing_unsaved_looks_scored(full_disk: Shell) -> None:
    ratings = full_disk.workspace.session.all_ratings()
    assert all(rating.level is None for rating in ratings)
    assert full_disk.workspace.figures.overall.scored == 0


def test_undo_waits_until_everything_is_saved(full_disk: Shell) -> None:
    full_disk.undo_actions.undo()
    assert len(full_disk.workspace.workshop.unsaved) == 2


def test_a_retry_that_succeeds_stores_everything_in_order(
    full_disk: Shell, library: FakeLibrary
) -> None:
    library.failing = None
    press(notice(full_disk, NOT_SAVED), "Try again")
    areas = full_disk.workspace.session.model.areas
    levels = [full_disk.workspace.session.rating(area.id).level for area in areas[:3]]
    assert levels == [4, 2, None]
    assert full_disk.notices.notice(NOT_SAVED) is None
    assert notice(full_disk, "saved").text == "Everything is saved again."


def test_saved_again_is_taken_back_as_soon_as_something_is_not(
    full_disk: Shell, library: FakeLibrary
) -> None:
    library.failing = None
    press(notice(full_disk, NOT_SAVED), "Try again")
    library.failing = DISK_FULL
    full_disk.actions_table.run("level.3")
    assert notice(full_disk, NOT_SAVED)
    assert full_disk.notices.notice("saved") is None


def test_it_is_retried_without_anybody_pressing_anything(
    qtbot: QtBot, full_disk: Shell, library: FakeLibrary
) -> None:
    library.failing = None
    timer = full_disk.saving._retry_timer
    assert timer.isActive()
    assert timer.interval() == RETRY_MS <= 3_000
    timer.setInterval(10)
    qtbot.waitUntil(lambda: full_disk.saving.is_saved)


def test_what_waits_is_kept_in_a_second_place_until_it_is_saved(
    full_disk: Shell, library: FakeLibrary, services: FakeServices
) -> None:
    session_id = full_disk.workspace.session.id
    assert len(services.unsaved[session_id]) == 2
    library.failing = None
    press(notice(full_disk, NOT_SAVED), "Try again")
    assert services.unsaved[session_id] == ()


@pytest.fixture
def refused(full_disk: Shell, library: FakeLibrary) -> Shell:
    """A window in which the two levels were refused once the disk had room."""
    library.failing = InvalidInput("This cannot be stored.")
    press(notice(full_disk, NOT_SAVED), "Try again")
    library.failing = None
    return full_disk


def test_what_was_refused_is_named_and_kept_in_a_second_place(
    refused: Shell, services: FakeServices
) -> None:
    shown = notice(refused, NOT_SAVED)
    label = refused.workspace.session.model.areas[0].label.in_language("en")
    assert shown.text == "NOT SAVED: 2 changes were refused"
    assert "This cannot be stored." in shown.details
    assert f"Set {label} to 4" in shown.details
    assert len(services.unsaved[refused.workspace.session.id]) == 2
    refused.actions_table.run("area.next")
    refused.actions_table.run("level.3")
    assert refused.workspace.session.ratings, "a later change is held back"


def test_what_was_refused_can_be_discarded(refused: Shell, services: FakeServices) -> None:
    press(notice(refused, NOT_SAVED), "Discard what was refused")
    assert refused.saving.is_saved
    assert refused.notices.notice(NOT_SAVED) is None
    assert services.unsaved[refused.workspace.session.id] == ()


def test_saving_elsewhere_goes_on_in_the_copy(
    full_disk: Shell, library: FakeLibrary, services: FakeServices, tmp_path: Path
) -> None:
    copy = FakeLibrary(tmp_path / "copy.stufenplan")
    copy.sessions = dict(library.sessions)
    services.libraries[copy.path] = copy
    full_disk.saving.move_to(copy.path)
    first = full_disk.workspace.session.model.areas[0].id
    assert copy.sessions[full_disk.workspace.session.id].rating(first).level == 4
    assert full_disk.state.library is copy
    assert library.is_closed
    assert full_disk.saving.is_saved
    assert full_disk.settings.text("library/path") == str(copy.path)


def test_going_on_elsewhere_is_complete_also_where_the_second_copy_cannot_be_removed(
    full_disk: Shell,
    library: FakeLibrary,
    services: FakeServices,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise DISK_FULL

    copy = FakeLibrary(tmp_path / "copy.stufenplan")
    copy.sessions = dict(library.sessions)
    services.libraries[copy.path] = copy
    monkeypatch.setattr(services, "write_unsaved", refuse)
    with suppress(StorageUnavailable):  # the window says it
        full_disk.saving.move_to(copy.path)
    assert library.is_closed
    assert full_disk.settings.text("library/path") == str(copy.path)


def test_closing_asks_first_and_stays(full_disk: Shell, library: FakeLibrary) -> None:
    assert not full_disk.frame.close()
    dialog = full_disk.frame.findChild(QDialog, "unsaved-dialog")
    assert dialog is not None
    assert not library.is_closed
    dialog.findChild(QPushButton, "stay").click()
    assert full_disk.frame.isVisible()


def test_closing_anyway_is_possible(full_disk: Shell, library: FakeLibrary) -> None:
    full_disk.frame.close()
    dialog = full_disk.frame.findChild(QDialog, "unsaved-dialog")
    dialog.findChild(QPushButton, "close-anyway").click()
    assert library.is_closed
    assert not full_disk.frame.isVisible()


def test_a_retry_from_the_question_closes_when_it_succeeds(
    full_disk: Shell, library: FakeLibrary
) -> None:
    full_disk.frame.close()
    dialog = full_disk.frame.findChild(QDialog, "unsaved-dialog")
    library.failing = None
    dialog.findChild(QPushButton, "retry").click()
    assert library.is_closed
    assert not full_disk.frame.isVisible()


def test_closing_needs_no_question_when_the_disk_has_room_again(
    full_disk: Shell, library: FakeLibrary
) -> None:
    library.failing = None
    assert full_disk.frame.close()
    first = full_disk.workspace.session.model.areas[0].id
    assert library.sessions[full_disk.workspace.session.id].rating(first).level == 4


def test_another_session_is_not_opened_while_something_waits(
    full_disk: Shell, library: FakeLibrary
) -> None:
    before = full_disk.workspace.session.id
    full_disk.flows.sessions.open("another")
    assert full_disk.workspace.session.id == before
    assert any("once everything here is saved" in each.text for each in full_disk.notices.notices)


def test_what_the_last_run_left_over_is_offered_and_entered(
    scoring: Shell, services: FakeServices
) -> None:
    session_id = scoring.workspace.session.id
    area = scoring.workspace.session.model.areas[0]
    scoring.state.close_session()
    services.left_over[session_id] = ({(area.id, "level"): 4, (area.id, "note"): "later"},)
    services.unsaved[session_id] = (Unsaved((), "", DISK_FULL),)
    scoring.flows.sessions.open(session_id)
    shown = notice(scoring, LEFT_OVER)
    assert f"Set {area.label.in_language('en')} to 4" in shown.details
    press(shown, "Enter them")
    rating = scoring.workspace.session.rating(area.id)
    assert (rating.level, rating.note) == (4, "later")
    assert services.unsaved[session_id] == ()
    assert scoring.notices.notice(LEFT_OVER) is None


def test_what_the_last_run_left_over_can_be_discarded(
    scoring: Shell, services: FakeServices
) -> None:
    session_id = scoring.workspace.session.id
    area_id = scoring.workspace.session.model.areas[0].id
    scoring.state.close_session()
    services.left_over[session_id] = ({(area_id, "level"): 4},)
    scoring.flows.sessions.open(session_id)
    press(notice(scoring, LEFT_OVER), "Discard them")
    assert services.unsaved[session_id] == ()
    assert scoring.workspace.session.rating(area_id).level is None


def test_what_the_last_run_left_over_is_kept_until_somebody_decides(
    scoring: Shell, services: FakeServices, library: FakeLibrary
) -> None:
    session_id = scoring.workspace.session.id
    areas = scoring.workspace.session.model.areas
    scoring.state.close_session()
    services.left_over[session_id] = ({(areas[0].id, "level"): 4},)
    scoring.flows.sessions.open(session_id)
    library.failing = DISK_FULL
    scoring.actions_table.run("level.2")
    written = [dict(each.wanted) for each in services.unsaved[session_id]]
    assert written == [{(areas[0].id, "level"): 4}, {(areas[0].id, "level"): 2}]
    library.failing = None
    press(notice(scoring, NOT_SAVED), "Try again")
    assert [dict(each.wanted) for each in services.unsaved[session_id]] == written[:1]


def test_a_change_of_the_last_run_that_is_refused_does_not_keep_the_others_out(
    scoring: Shell, services: FakeServices
) -> None:
    session_id = scoring.workspace.session.id
    area = scoring.workspace.session.model.areas[0]
    scoring.state.close_session()
    services.left_over[session_id] = ({(area.id, "level"): 99}, {(area.id, "note"): "later"})
    scoring.flows.sessions.open(session_id)
    press(notice(scoring, LEFT_OVER), "Enter them")
    assert scoring.workspace.session.rating(area.id).note == "later"
    assert notice(scoring, NOT_SAVED).text == "NOT SAVED: 1 change was refused"
    assert len(services.unsaved[session_id]) == 1
