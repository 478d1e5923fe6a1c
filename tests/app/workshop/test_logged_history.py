"""Undo after opening a session whose log is long: only the end of the log is read at first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import StorageUnavailable
from app.workshop import logged_history
from app.workshop.history import Change, Edit, History, Origin, new_change
from app.workshop.logged_history import LoggedHistory

STEPS = st.lists(st.sampled_from(("do", "do", "undo", "undo", "redo", "type", "type back", "next")))


class _Log:
    """A log of changes and how many of them were read."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.read = 0
        self.is_full = False

    def newest(self, most: int) -> list[Change]:
        if self.is_full:
            raise StorageUnavailable("The disk does not answer.")
        assert most < 2**63  # SQLite takes no larger number
        found = self.changes[max(0, len(self.changes) - most) :]
        self.read += len(found)
        return found


def _level(number: int) -> Change:
    return new_change("s1", [Edit("a", "level", number, number + 1)])


def _changes(steps: list[str]) -> list[Change]:
    """Changes of a log in which every undo and redo has something to take back."""
    history, log, burst, value = History(), [], 0, 0
    for number, step in enumerate(steps):
        change: Change | None = _level(number)
        if step in ("undo", "redo"):
            change = history.undo_change() if step == "undo" else history.redo_change()
        elif step.startswith("type"):
            after = 0 if step == "type back" else value + 1
            change = new_change("s1", [Edit("a", "note", value, after)], f"key {burst}")
            value = after
        elif step == "next":
            burst, value = burst + 1, 0
        if change is not None:
            history.record(change)
            log.append(change)
    return log


def _told(change: Change | None) -> object:
    """A change without its id, which is new for every undo."""
    return None if change is None else replace(change, id="")


def _all_of(history: History | LoggedHistory) -> tuple[object, ...]:
    return (
        history.undoable,
        history.redoable,
        _told(history.undo_change()),
        _told(history.redo_change()),
    )


@pytest.fixture(autouse=True)
def short_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logged_history, "FIRST_READ", 3)
    monkeypatch.setattr(logged_history, "_MORE_EACH_TIME", 2)


@given(STEPS)
def test_it_knows_at_every_step_what_the_whole_log_says(steps: list[str]) -> None:
    whole, log = History(), _Log()
    kept = LoggedHistory(log.newest)
    quiet = LoggedHistory(log.newest)
    for change in _changes(steps):
        log.changes.append(change)
        whole.record(change)
        kept.record(change)
        quiet.record(change)
        assert _all_of(kept) == _all_of(whole)
        assert _all_of(LoggedHistory(log.newest)) == _all_of(whole)
    assert _all_of(quiet) == _all_of(whole)


@given(STEPS)
def test_undo_leads_back_to_the_first_change(steps: list[str]) -> None:
    log = _Log()
    log.changes = _changes(steps)
    whole, history = History(log.changes), LoggedHistory(log.newest)
    while (change := whole.undo_change()) is not None:
        assert _told(history.undo_change()) == _told(change)
        log.changes.append(change)
        whole.record(change)
        history.record(change)
    assert history.undo_change() is None
    assert history.redoable == whole.redoable


def test_a_long_log_is_not_read_to_its_beginning() -> None:
    log = _Log()
    log.changes = [_level(number) for number in range(1_000)]
    history = LoggedHistory(log.newest)
    assert history.undoable == log.changes[-1]
    assert log.read == 3


def test_undo_waits_while_the_library_cannot_be_read() -> None:
    log = _Log()
    log.changes = [_level(number) for number in range(10)]
    history = LoggedHistory(log.newest)
    for _ in range(2):
        change = history.undo_change()
        assert change is not None
        log.changes.append(change)
        history.record(change)
    log.is_full = True
    assert history.undoable is None
    assert history.undo_change() is None
    log.is_full = False
    assert history.undoable == log.changes[7]
    assert log.changes[-1].origin is Origin.UNDO


def test_undo_comes_back_however_often_it_was_asked_for_in_vain() -> None:
    log = _Log()
    log.changes = [new_change("s1", [Edit("a", "note", n, n + 1)], "typed") for n in range(10)]
    history = LoggedHistory(log.newest)
    log.is_full = True
    for _ in range(100):
        assert history.undoable is None
    log.is_full = False
    step = history.undoable
    assert step is not None
    assert (step.edits[0].before, step.edits[0].after) == (0, 10)
