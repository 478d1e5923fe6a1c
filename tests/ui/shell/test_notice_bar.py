"""Notices: replaced, dismissed, ordered, and never interpreted as markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

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
    assert scoring.stack.height() > 240


def test_a_bar_with_few_notices_is_no_taller_than_they_are(qtbot: QtBot, scoring: Shell) -> None:
    notice = scoring.notices.show_notice("Backed up.")
    qtbot.waitUntil(lambda: scoring.notices.height() == notice.height() + 8)
    scoring.notices.withdraw("Backed up.")
    assert not scoring.notices.isVisible()
