"""Notices: replaced, dismissed, ordered, and never interpreted as markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import DISK_FULL, FakeLibrary, builtin_model
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from ui.shell.notice_bar import MOST_NOTICES, SHORT_MS, NoticeBar, NoticeButton
from ui.shell.shell import Shell


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.resize(800, 300)
    return bar


def test_a_notice_with_the_same_key_is_replaced(bar: NoticeBar) -> None:
    bar.show_notice("Writing: 1 of 2", key="export")
    bar.show_notice("Writing: 2 of 2", key="export")
    assert [notice.text for notice in bar.notices] == ["Writing: 2 of 2"]


def test_the_bar_takes_no_room_when_it_is_empty(bar: NoticeBar) -> None:
    bar.show_notice("Saved.", key="x")
    assert bar.isVisible()
    bar.withdraw("x")
    assert not bar.isVisible()


def test_closing_puts_a_notice_away(bar: NoticeBar) -> None:
    notice = bar.show_notice("The disk is full.", warning=True)
    close = notice.findChild(QPushButton, "notice-close")
    close.click()
    assert bar.notices == ()


def test_confirmations_go_by_themselves_and_warnings_stay(bar: NoticeBar) -> None:
    confirmation = bar.show_notice("Backed up.")
    warning = bar.show_notice("The disk is full.", warning=True)
    question = bar.show_notice("Archived.", buttons=(NoticeButton("Undo", lambda: None),))
    running = [notice._timer.isActive() for notice in (confirmation, warning, question)]
    assert running == [True, False, False]


def test_a_button_that_stays_does_what_was_said_last(bar: NoticeBar) -> None:
    pressed: list[str] = []
    for name in ("first", "second"):
        undo = NoticeButton("Undo", lambda name=name: pressed.append(name))
        notice = bar.show_notice(f"{name} was archived.", buttons=(undo,), key="archived")
    notice.buttons[0].click()
    assert pressed == ["second"]


def test_a_confirmation_that_becomes_a_question_stays(bar: NoticeBar) -> None:
    bar.show_notice("The export was stopped.", key="exported")
    opened = NoticeButton("Open", lambda: None)
    notice = bar.show_notice("report.xlsx was written.", buttons=(opened,), key="exported")
    assert not notice._timer.isActive()


def test_a_long_confirmation_stays_longer(bar: NoticeBar) -> None:
    short, long = bar.show_notice("Backed up."), bar.show_notice("It was written. " * 20)
    assert short._timer.interval() == SHORT_MS
    assert long._timer.interval() > 3 * SHORT_MS


def test_a_confirmation_does_not_go_while_somebody_is_at_it(bar: NoticeBar, qtbot: QtBot) -> None:
    notice = bar.show_notice("Backed up.")
    with qtbot.waitActive(bar):
        bar.activateWindow()
    notice._close.setFocus(Qt.FocusReason.TabFocusReason)
    notice._timer.timeout.emit()
    assert bar.notices == (notice,)
    notice._close.clearFocus()
    notice._timer.timeout.emit()
    assert bar.notices == ()


def test_old_confirmations_make_room_and_warnings_do_not(bar: NoticeBar) -> None:
    bar.show_notice("The disk is full.", warning=True)
    for number in range(MOST_NOTICES + 3):
        bar.show_notice(f"Done {number}.")
    texts = [notice.text for notice in bar.notices]
    assert "The disk is full." in texts
    assert len(texts) == MOST_NOTICES + 1
    assert "Done 0." not in texts


def test_a_button_does_what_it_says(bar: NoticeBar) -> None:
    pressed: list[str] = []
    notice = bar.show_notice(
        "Archived.", buttons=(NoticeButton("Undo", lambda: pressed.append("undo")),)
    )
    notice.buttons[0].click()
    assert pressed == ["undo"]


def test_names_are_never_read_as_markup(bar: NoticeBar) -> None:
    notice = bar.show_notice("<b>bold</b> was archived", details="<img src='x'>")
    for label in notice.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_many_long_notices_cut_neither_what_is_not_saved_nor_the_newest(
    qtbot: QtBot, scoring: Shell
) -> None:
    scoring.frame.resize(1024, 640)
    bar = scoring.notices
    lines = "\n".join(f"• Set area {number} to 3" for number in range(7))
    way_out = NoticeButton("Try again", lambda: None)
    pinned = bar.show_notice(
        "NOT SAVED", details=lines, buttons=(way_out,), warning=True, closable=False
    )
    for number in range(6):
        newest = bar.show_notice(f"{number}. " + "It could not be read. " * 8, warning=True)
    qtbot.waitUntil(lambda: newest.visibleRegion().boundingRect().height() >= newest.height() - 1)
    for notice in (pinned, newest):
        qtbot.waitUntil(lambda shown=notice: shown.height() >= shown.heightForWidth(shown.width()))


def test_a_bar_with_few_notices_is_no_taller_than_they_are(qtbot: QtBot, scoring: Shell) -> None:
    notice = scoring.notices.show_notice("Backed up.")
    qtbot.waitUntil(lambda: scoring.notices.height() == notice.height())
    scoring.notices.withdraw("Backed up.")
    assert not scoring.notices.isVisible()


def place(widget: QWidget, scoring: Shell) -> QRect:
    """Rectangle of a widget in the window."""
    return QRect(widget.mapTo(scoring.frame, widget.rect().topLeft()), widget.size())


def test_notices_lie_over_the_page_and_never_push_it(looked_at: Shell) -> None:
    before = place(looked_at.stack, looked_at)
    for number in range(3):
        looked_at.notices.show_notice(f"{number} of 3 files could not be read.", warning=True)
    assert place(looked_at.stack, looked_at) == before
    looked_at.notices.end_library()


@pytest.mark.parametrize("key", ["note", "weight", "evidence", "not_applicable", "find_area"])
def test_notices_cover_neither_header_nor_keys_nor_what_is_typed(
    qtbot: QtBot, looked_at: Shell, key: str
) -> None:
    bar, page = looked_at.notices, looked_at.page
    for number in range(3):
        bar.show_notice(f"{number} of 3 files could not be read.", warning=True)
    looked_at.actions_table.run(key)
    field = looked_at.frame.focusWidget()
    header, keys = looked_at.header, page.findChild(QWidget, "key-bar")
    qtbot.waitUntil(lambda: bar.height() > 100)
    covered = place(bar, looked_at)
    for kept in (header, keys, field):
        assert not covered.intersects(place(kept, looked_at))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    bar.end_library()


def test_escape_leaves_the_field_first_and_then_closes_the_newest_notice(
    qtbot: QtBot, looked_at: Shell
) -> None:
    bar = looked_at.notices
    bar.show_notice("The first file could not be read.", warning=True)
    bar.show_notice("The second file could not be read.", warning=True)
    looked_at.actions_table.run("note")
    left = []
    for _ in range(4):
        qtbot.keyClick(looked_at.frame.focusWidget(), Qt.Key.Key_Escape)
        left.append([notice.text[:9] for notice in bar.notices])
    assert left == [["The first", "The secon"], ["The first"], [], []]


def test_escape_keeps_what_is_not_saved(qtbot: QtBot, looked_at: Shell) -> None:
    looked_at.notices.show_notice("NOT SAVED", warning=True, closable=False, key="waiting")
    qtbot.keyClick(looked_at.frame.focusWidget(), Qt.Key.Key_Escape)
    assert [notice.text for notice in looked_at.notices.notices] == ["NOT SAVED"]
    looked_at.notices.withdraw("waiting")


def test_escape_folds_what_cannot_be_closed_to_its_sentence(qtbot: QtBot, looked_at: Shell) -> None:
    bar = looked_at.notices
    again = NoticeButton("Try again", lambda: None)
    shown = {"details": "The disk is full.", "buttons": (again,), "key": "waiting"}
    notice = bar.show_notice("NOT SAVED: 1 change", warning=True, closable=False, **shown)
    qtbot.waitUntil(lambda: bar.height() > notice.buttons[0].height() * 2)
    height = bar.height()
    qtbot.keyClick(looked_at.frame.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bar.height() < height - notice.buttons[0].height())
    bar.show_notice("NOT SAVED: 2 changes", warning=True, closable=False, **shown)
    assert (notice.text, notice.buttons[0].isVisible()) == ("NOT SAVED: 2 changes", False)
    qtbot.keyClick(looked_at.frame.focusWidget(), Qt.Key.Key_F8)
    assert looked_at.frame.focusWidget() is notice.buttons[0]
    bar.withdraw("waiting")


def test_a_key_leads_to_try_again_and_back(
    qtbot: QtBot, scoring: Shell, library: FakeLibrary
) -> None:
    library.failing = DISK_FULL
    qtbot.keyClick(scoring.frame, Qt.Key.Key_3)
    page = scoring.frame.focusWidget()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    button = scoring.frame.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Try again"
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert scoring.frame.focusWidget() is page
    library.failing = None
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.keyClick(scoring.frame.focusWidget(), Qt.Key.Key_Space)
    assert scoring.workspace.session.rating(scoring.workspace.area_id).level == 3
    assert scoring.frame.focusWidget() is page


def test_a_key_leads_to_every_notice_also_while_typing(qtbot: QtBot, looked_at: Shell) -> None:
    bar = looked_at.notices
    older = bar.show_notice("Older.", buttons=(NoticeButton("Undo", lambda: None),))
    newer = bar.show_notice("Newer.", warning=True)
    looked_at.actions_table.run("note")
    reached = []
    for _ in range(3):
        qtbot.keyClick(looked_at.frame.focusWidget(), Qt.Key.Key_F8)
        reached.append(next(each.text for each in bar.notices if each.holds_focus))
    assert reached == ["Newer.", "Older.", "Newer."]
    newer.closed.emit()
    assert isinstance(looked_at.frame.focusWidget(), QPlainTextEdit)
    older.closed.emit()


def test_a_notice_ends_with_the_session_it_belongs_to(scoring: Shell, library: FakeLibrary) -> None:
    bar = scoring.notices
    bar.show_notice("Nordwerk AG_Roadmap.xlsx was written.", warning=True)
    bar.show_notice("The backup failed.", warning=True, outlives_session=True)
    other = library.create_session(NewSession("Sparkasse", builtin_model(), "Workshop"))
    scoring.flows.sessions.open(other.id)
    assert [notice.text for notice in bar.notices] == ["The backup failed."]


def test_a_refusal_goes_when_the_same_thing_succeeds(scoring: Shell, library: FakeLibrary) -> None:
    scoring.show_page("library")
    library.failing = DISK_FULL
    scoring.actions_table.run("session.archive")
    assert [notice.is_warning for notice in scoring.notices.notices] == [True]
    library.failing = None
    scoring.actions_table.run("session.archive")
    assert [notice.is_warning for notice in scoring.notices.notices] == [False]


def test_an_error_of_an_action_goes_when_it_works_again(
    window: Shell, library: FakeLibrary
) -> None:
    library.failing = DISK_FULL
    window.actions_table.run("library.backup")
    assert [notice.is_warning for notice in window.notices.notices] == [True]
    library.failing = None
    window.actions_table.run("library.backup")
    assert [notice.is_warning for notice in window.notices.notices] == [False]


def test_the_refusal_of_a_name_goes_when_a_library_is_opened(window: Shell, tmp_path: Path) -> None:
    taken = tmp_path / "taken.stufenplan"
    taken.write_text("", encoding="utf-8")
    window.libraries._create_at(taken)
    assert "already" in window.notices.notices[0].text
    window.libraries._create_at(tmp_path / "free.stufenplan")
    assert window.notices.notices == ()
