"""Unhandled exceptions: shown as a notice, logged, never silent."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import InvalidInput
from ui.shell.error_relay import MAX_LOG_BYTES, ErrorRelay
from ui.shell.shell import Shell


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "stufenplan.log"


@pytest.fixture
def relay(window: Shell, log: Path) -> Iterator[ErrorRelay]:
    """A relay that is wired as the launcher wires it, with pytest's hooks kept aside."""
    relay = ErrorRelay(lambda: log, window)
    relay.expected.connect(window.errors.show_error)
    relay.unexpected.connect(window.errors.show_unexpected)
    kept = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = relay._on_exception, relay._on_thread_exception
    yield relay
    sys.excepthook, threading.excepthook = kept


def raise_fault() -> None:
    raise ZeroDivisionError("a fault of ours")


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_slot_becomes_a_calm_notice_and_a_log_entry(
    qtbot: QtBot, window: Shell, relay: ErrorRelay, log: Path
) -> None:
    with qtbot.waitSignal(relay.unexpected):
        QTimer.singleShot(0, raise_fault)
    notice = window.notices.notice("fault")
    assert notice.text == (
        "An error has occurred. Everything that was shown as saved is saved. Please "
        "report the error with the report under “Details”."
    )
    assert "ZeroDivisionError: a fault of ours" in log.read_text(encoding="utf-8")


@pytest.mark.qt_no_exception_capture
def test_the_report_can_be_read_and_copied(qtbot: QtBot, window: Shell, relay: ErrorRelay) -> None:
    relay.report(ZeroDivisionError("a fault of ours"))
    window.notices.notice("fault").buttons[0].click()
    dialog = window.frame.findChild(QDialog, "text-dialog")
    assert "a fault of ours" in dialog.findChild(QPlainTextEdit, "shown-text").toPlainText()
    dialog.findChild(QPushButton, "copy-text").click()
    assert "a fault of ours" in QApplication.clipboard().text()
    dialog.close()


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_thread_reaches_the_window(
    qtbot: QtBot, window: Shell, relay: ErrorRelay
) -> None:
    with qtbot.waitSignal(relay.unexpected):
        thread = threading.Thread(target=raise_fault)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: window.notices.notice("fault") is not None)


@pytest.mark.qt_no_exception_capture
def test_an_error_with_a_sentence_is_said_as_it_is(
    qtbot: QtBot, window: Shell, relay: ErrorRelay, log: Path
) -> None:
    relay.report(InvalidInput("The file “{name}” is empty.", name="a.csv"))
    assert [each.text for each in window.notices.notices] == ["The file “a.csv” is empty."]
    assert not log.exists()


def test_memory_that_has_run_out_is_no_fault_to_report(window: Shell, relay: ErrorRelay) -> None:
    relay.report(MemoryError())
    (notice,) = window.notices.notices
    assert notice.text.startswith("There is not enough memory for this. Close other programs")


def test_a_fault_while_showing_a_fault_does_not_go_in_circles(tmp_path: Path) -> None:
    relay = ErrorRelay(lambda: tmp_path / "log")
    seen: list[str] = []

    def fail_again(text: str) -> None:
        seen.append(text)
        relay.report(ValueError("and again"))

    relay.unexpected.connect(fail_again)
    relay.report(ValueError("first"))
    assert len(seen) == 1


def test_a_log_that_cannot_be_written_is_no_further_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    relay = ErrorRelay(lambda: tmp_path / "file" / "stufenplan.log")
    relay.log("something")


def test_a_long_log_is_started_over(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("x" * (MAX_LOG_BYTES + 1), encoding="utf-8")
    ErrorRelay(lambda: log).log("fresh")
    assert log.stat().st_size < 200
