"""The library page: searching, opening, archiving, and its empty state."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import built_window, leave, shown_window
from fakes import DISK_FULL, FakeLibrary, FakeServices, filled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.deletions import DeletedSession
from app.errors import AppError, LibraryInUse, NewerFile, StorageUnavailable, UnusableLibrary
from app.ports import Backup, MergeReport
from ui.dialogs.archived import ArchivedDialog
from ui.dialogs.new_session import NewSessionDialog
from ui.library.library_page import LibraryPage
from ui.library.session_delegate import opened_in_words, scored_in_words
from ui.shell.settings import Settings
from ui.shell.shell import Shell


@pytest.fixture
def page(window: Shell, library: FakeLibrary) -> LibraryPage:
    """The page with twelve sessions of seven organisations."""
    filled(library, 12)
    window.state.show_all_clients(True)
    window.show_page("library")
    return window.library_page


def titles(page: LibraryPage) -> list[str]:
    return [page.sessions.summary(row).title for row in range(page.sessions.rowCount())]


def test_the_last_opened_session_comes_first_and_is_chosen(page: LibraryPage) -> None:
    assert titles(page)[:2] == ["Workshop 11", "Workshop 10"]
    assert page.list.currentIndex().row() == 0


def test_enter_opens_the_chosen_session(qtbot: QtBot, window: Shell, page: LibraryPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.page_name == "scoring"
    assert window.workspace.session.title == "Workshop 10"


def test_typing_in_the_search_narrows_the_list_and_enter_opens(
    qtbot: QtBot, window: Shell, page: LibraryPage
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.head.search, "client 3")
    qtbot.waitUntil(lambda: titles(page) == ["Workshop 10", "Workshop 3"])
    qtbot.keyClick(page.head.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.head.search, Qt.Key.Key_Return)
    assert window.workspace.session.title == "Workshop 3"


def test_enter_right_after_typing_opens_what_was_typed(
    qtbot: QtBot, window: Shell, page: LibraryPage
) -> None:
    page.head.search.setFocus()
    qtbot.keyClicks(page.head.search, "workshop 7")
    qtbot.keyClick(page.head.search, Qt.Key.Key_Return)
    assert window.workspace.session.title == "Workshop 7"


def test_a_search_without_a_match_says_so_and_leads_back(qtbot: QtBot, page: LibraryPage) -> None:
    page.head.search.setText("nobody")
    qtbot.waitUntil(page.states.nothing_found.isVisible)
    page.states.nothing_found.buttons[0].click()
    qtbot.waitUntil(lambda: page.sessions.rowCount() == 12)


def test_escape_empties_the_search_first_and_leaves_it_then(
    qtbot: QtBot, page: LibraryPage
) -> None:
    page.head.search.setFocus()
    qtbot.keyClicks(page.head.search, "x")
    qtbot.keyClick(page.head.search, Qt.Key.Key_Escape)
    assert page.head.search.text() == ""
    qtbot.waitUntil(lambda: page.sessions.rowCount() == 12)
    qtbot.keyClick(page.head.search, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_archiving_hides_a_session_until_it_is_taken_back(
    qtbot: QtBot, window: Shell, page: LibraryPage
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert "Workshop 11" not in titles(page)
    notice = window.notices.notice("archived")
    assert "Nothing is deleted" in notice.text
    notice.buttons[0].click()
    assert "Workshop 11" in titles(page)


def test_an_archived_session_comes_back_from_its_list(window: Shell, page: LibraryPage) -> None:
    page.archive_current()
    window.actions_table.run("session.archived")
    dialog = window.frame.findChild(ArchivedDialog)
    assert dialog.list.topLevelItem(0).text(1) == "Workshop 11"
    dialog.findChild(QPushButton, "bring-back").click()
    assert "Workshop 11" in titles(page)
    assert window.notices.notice("archived") is None


def test_an_empty_list_of_archived_sessions_says_so(window: Shell, page: LibraryPage) -> None:
    assert page
    window.actions_table.run("session.archived")
    dialog = window.frame.findChild(ArchivedDialog)
    assert dialog.error.text() == "No session is archived."
    assert not dialog.findChild(QPushButton, "bring-back").isEnabled()


def test_archiving_the_open_session_closes_it(window: Shell, page: LibraryPage) -> None:
    page.open_current()
    window.show_page("library")
    page.archive_current()
    assert not window.state.has_session
    assert not window.actions_table["page.scoring"].isEnabled()


def test_a_session_that_cannot_be_archived_says_why(
    window: Shell, page: LibraryPage, library: FakeLibrary
) -> None:
    library.failing = DISK_FULL
    page.archive_current()
    assert [each.text for each in window.notices.notices] == [DISK_FULL.say(window.texts)]


def test_an_empty_library_invites_to_the_sample(window: Shell) -> None:
    page = window.library_page
    assert page.states.empty.isVisible()
    next(button for button in page.states.empty.buttons if button.objectName() == "sample").click()
    assert window.page_name == "scoring"
    assert window.workspace.session.organisation.name == "Nordwerk AG"


def test_every_session_is_said_in_a_sentence(page: LibraryPage) -> None:
    index = page.sessions.index(0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Client 4, Team 2, Workshop 11, 23 November 2026, Small model")
    assert "0 of 3 scored" in said


def test_the_list_speaks_german(window: Shell, page: LibraryPage) -> None:
    window.appearance.choose_language("de")
    summary = page.sessions.summary(0)
    assert scored_in_words(summary, window.texts) == "0 von 3 bewertet"


def test_a_session_without_a_known_time_of_opening_says_nothing(window: Shell) -> None:
    assert opened_in_words("", window.texts) == ""


REFUSALS = {
    "not a library": (UnusableLibrary("“{name}” is not a library.", name="x"), "choose"),
    "newer": (NewerFile("“{name}” was made by a newer version.", name="x"), "choose"),
    "in use": (LibraryInUse("“{name}” is in use.", name="x"), "try-again"),
    "forbidden": (StorageUnavailable("“{name}” cannot be written to.", name="x"), "try-again"),
}


@pytest.mark.parametrize(("refusal", "proposed"), REFUSALS.values(), ids=REFUSALS)
def test_a_library_that_does_not_open_says_why_and_offers_ways_out(
    qtbot: QtBot, services: FakeServices, settings: Settings, refusal: AppError, proposed: str
) -> None:
    services.refusal = refusal
    window = shown_window(qtbot, services, settings)
    page = window.library_page
    assert page.states.refused.isVisible()
    assert page.states.refused.sentence == refusal.say(window.texts)
    names = [button.objectName() for button in page.states.refused.buttons]
    assert names[0] == proposed
    assert {"choose", "create"} <= set(names)
    assert not window.actions_table["session.new"].isEnabled()
    leave(window)


def test_trying_again_opens_a_library_that_has_become_free(
    qtbot: QtBot, services: FakeServices, settings: Settings, library: FakeLibrary
) -> None:
    filled(library, 2)
    services.refusal = REFUSALS["in use"][0]
    window = shown_window(qtbot, services, settings)
    services.refusal = None
    window.library_page.states.refused.findChild(QPushButton, "try-again").click()
    assert titles(window.library_page) == ["Workshop 1"]
    assert window.actions_table["session.new"].isEnabled()
    leave(window)


def test_charts_are_prepared_once_a_refused_library_opens(
    qtbot: QtBot, services: FakeServices, settings: Settings, library: FakeLibrary
) -> None:
    services.refusal = REFUSALS["in use"][0]
    window = shown_window(qtbot, services, settings)
    services.refusal = None
    window.libraries.open(library.path)
    qtbot.waitUntil(lambda: services.is_warm)
    leave(window)


def test_a_damaged_library_offers_its_backups_first(
    qtbot: QtBot, services: FakeServices, settings: Settings, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    services.kept_backups = (Backup(tmp_path / "b", at, "close", 40_000),)
    services.refusal = UnusableLibrary("“{name}” is damaged.", name="x")
    window = shown_window(qtbot, services, settings)
    assert window.library_page.states.refused.buttons[0].objectName() == "restore"
    leave(window)


def test_a_library_that_was_named_and_is_missing_is_not_created_by_accident(
    qtbot: QtBot, services: FakeServices, settings: Settings, tmp_path: Path
) -> None:

    window = built_window(services, settings)
    window.libraries.open_at_start(tmp_path / "mistyped.stufenplan")
    assert not services.libraries
    assert window.library_page.states.refused.buttons[0].objectName() == "create"
    leave(window)


def test_a_library_on_a_stick_that_is_gone_leads_to_the_persons_own(
    qtbot: QtBot, services: FakeServices, settings: Settings, library: FakeLibrary, tmp_path: Path
) -> None:
    filled(library, 2)
    services.default_library().touch()
    settings.put("library/path", str(tmp_path / "stick" / "library.stufenplan"))
    window = shown_window(qtbot, services, settings)
    window.library_page.states.refused.findChild(QPushButton, "own-library").click()
    assert titles(window.library_page) == ["Workshop 1"]
    assert settings.text("library/path") == ""
    leave(window)


def test_a_library_of_ones_own_is_not_said_to_be_opened_where_there_is_none(
    qtbot: QtBot, services: FakeServices, settings: Settings, tmp_path: Path
) -> None:
    window = built_window(services, settings)
    window.libraries.open_at_start(tmp_path / "mistyped.stufenplan")
    texts = [button.text() for button in window.library_page.states.refused.buttons]
    assert "Create my own library" in texts
    assert "Open my own library" not in texts
    leave(window)


def test_a_new_library_is_proposed_under_a_name_that_is_free(
    window: Shell, services: FakeServices
) -> None:
    own = services.default_library()
    for name in ("library", "library-2"):
        own.with_name(f"{name}.stufenplan").touch()
    window.libraries.create()
    dialog = window.frame.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "library-3.stufenplan"
    dialog.reject()


def test_enter_accepts_the_invitation_of_an_empty_library(qtbot: QtBot, window: Shell) -> None:
    window.show_page("library")
    qtbot.keyClick(window.frame.focusWidget(), Qt.Key.Key_Return)
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog is not None
    dialog.reject()


def test_archiving_the_last_session_leads_back_to_the_invitation(
    window: Shell, library: FakeLibrary
) -> None:
    filled(library, 1)
    window.show_page("library")
    window.actions_table.run("session.archive")
    assert window.library_page.states.empty.isVisible()
    assert not window.actions_table["session.open"].isEnabled()


def test_another_library_that_does_not_open_leaves_the_present_one(
    window: Shell, page: LibraryPage, services: FakeServices, tmp_path: Path
) -> None:
    services.refusal = REFUSALS["newer"][0]
    assert not window.libraries.open(tmp_path / "other.stufenplan")
    assert page.sessions.rowCount() == 12
    assert any("newer version" in each.text for each in window.notices.notices)


def test_opening_another_library_closes_the_first_and_is_remembered(
    window: Shell, page: LibraryPage, library: FakeLibrary, tmp_path: Path
) -> None:
    other = tmp_path / "other.stufenplan"
    assert window.libraries.open(other, create=True)
    assert library.is_closed
    assert window.settings.text("library/path") == str(other)
    assert page.sessions.rowCount() == 0


def test_a_library_named_by_a_relative_path_is_remembered_by_its_whole_one(
    window: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert window.libraries.open(Path("other.stufenplan"), create=True)
    assert window.settings.text("library/path") == str(tmp_path / "other.stufenplan")


def test_nobody_is_asked_to_replace_a_library_that_is_never_replaced(window: Shell) -> None:
    window.actions_table.run("library.new")
    dialog = window.frame.findChild(QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.close()


def test_what_was_said_of_the_last_library_does_not_stand_over_the_next(
    window: Shell, page: LibraryPage, tmp_path: Path
) -> None:
    page.archive_current()
    window.flows.checks._show_damaged([UnusableLibrary("“{name}” is damaged.", name="x")])
    window.libraries.open(tmp_path / "other.stufenplan", create=True)
    assert window.notices.notices == ()


def test_faults_found_after_the_list_is_shown_are_said(
    qtbot: QtBot, services: FakeServices, settings: Settings, library: FakeLibrary
) -> None:
    library.faults = (UnusableLibrary("“{name}” is damaged ({detail}).", name="x", detail="row 3"),)
    window = shown_window(qtbot, services, settings)
    qtbot.waitUntil(lambda: window.notices.notice("damaged") is not None)
    assert "row 3" in window.notices.notice("damaged").details
    leave(window)


def test_a_check_by_hand_goes_on_in_slices_until_it_says_that_all_is_sound(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    window.actions_table.run("library.check")
    assert window.notices.notice("check") is None
    qtbot.waitUntil(lambda: window.notices.notice("check") is not None)
    assert library.slices == 3


def test_closing_in_the_middle_of_a_check_ends_it(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    window.actions_table.run("library.check")
    window.frame.close()
    done = library.slices
    qtbot.wait(50)
    assert library.slices == done


def test_a_merge_says_what_it_did(window: Shell, library: FakeLibrary, tmp_path: Path) -> None:
    window.flows.merging.merge_from(tmp_path / "other.stufenplan")
    assert library.merged == [tmp_path / "other.stufenplan"]
    assert window.notices.notice("merged").details == "1 session is new.\nWorkshop"


def test_a_backup_by_hand_is_acknowledged(window: Shell, library: FakeLibrary) -> None:
    window.actions_table.run("library.backup")
    assert library.made_backups[0].reason == "manual"
    assert "41 kB" in window.notices.notice("backup").text


def test_a_large_backup_by_hand_leaves_the_window_usable_until_it_is_made(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    library.slices_of_backup = 5
    window.actions_table.run("library.backup")
    assert window.notices.notice("backup").text == "Making a backup…"
    assert library.made_backups == []
    qtbot.waitUntil(lambda: library.made_backups != [])
    assert "41 kB" in window.notices.notice("backup").text
    assert library.made_backups[0].reason == "manual"


def test_a_large_backup_by_hand_that_fails_says_so(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    library.slices_of_backup = 3
    window.actions_table.run("library.backup")
    library.failing = DISK_FULL
    qtbot.waitUntil(lambda: window.notices.notice("backup") is None)
    assert [notice.is_warning for notice in window.notices.notices] == [True]
    library.failing = None
    window.actions_table.run("library.backup")
    assert len(library.made_backups) == 1


def test_a_backup_that_is_due_goes_on_until_it_is_done(
    qtbot: QtBot, window: Shell, library: FakeLibrary
) -> None:
    library.slices_of_backup = 4
    window.flows.backups._timer.timeout.emit()
    assert library.slices_of_backup == 3
    qtbot.waitUntil(lambda: library.slices_of_backup == 0)


def test_a_backup_is_restored_under_a_new_name_and_offered(
    window: Shell, services: FakeServices, tmp_path: Path
) -> None:
    target = tmp_path / "restored.stufenplan"
    window.flows.restoring.restore_as(tmp_path / "backup", target)
    assert services.restored == [(tmp_path / "backup", target)]
    window.notices.notice("restored").buttons[0].click()
    assert window.state.library.path == target


def test_what_was_deleted_here_is_taken_in_on_request_only(
    window: Shell, library: FakeLibrary, tmp_path: Path
) -> None:
    library.deleted = DeletedSession("Workshop", date(2026, 11, 24))
    window.flows.merging.merge_from(tmp_path / "other.stufenplan")
    notice = window.notices.notice("merged")
    said = "1 session was deleted here for good and was not taken in."
    assert notice.details.splitlines()[0] == said
    (take_in,) = [b for b in notice.findChildren(QPushButton) if b.text().startswith("Take in")]
    take_in.click()
    assert window.notices.notice("merged").details == "1 session is new.\nWorkshop"


def test_a_large_merge_leaves_room_for_the_page(window: Shell) -> None:
    titles = tuple(f"Workshop {number}" for number in range(300))
    window.flows.merging._show_merged(Path("other.stufenplan"), MergeReport(added=titles))
    details = window.notices.notice("merged").details
    assert details.startswith("300 sessions are new.\nWorkshop 0, Workshop 1, ")
    assert details.endswith("Workshop 5, …")
