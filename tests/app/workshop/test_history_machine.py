"""State machine: random edits, undo, redo and full disks; what is shown is what is stored."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.errors import StorageUnavailable
from app.ports import SessionRepository
from app.session.session import Session
from app.workshop.history import apply_change
from app.workshop.workshop import Workshop

AREAS = ("People.0", "People.1", "Process.0", "Process.1", "Process.2")


def machine(make_disk: Any) -> type[RuleBasedStateMachine]:
    class WorkshopMachine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.disk = make_disk(False)
            self.start: Session = self.disk.stored
            self.workshop = Workshop(self.start, cast("SessionRepository", self.disk))
            self.steps = [self.start]
            self.at = 0
            self.named = 0
            self.ratings_at: dict[str, object] = {}

        def _done(self) -> None:
            if self.workshop.session != self.steps[self.at]:
                self.steps[self.at + 1 :] = [self.workshop.session]
                self.at += 1

        @precondition(lambda self: not self.disk.is_full and not self.workshop.unsaved)
        @rule(area=st.sampled_from(AREAS), level=st.none() | st.integers(1, 5))
        def set_level(self, area: str, level: int | None) -> None:
            self.workshop.set_level(area, level)
            self._done()

        @precondition(lambda self: not self.disk.is_full and not self.workshop.unsaved)
        @rule(area=st.sampled_from(AREAS), weight=st.sampled_from(("0.1", "1.5", "10")))
        def set_weight(self, area: str, weight: str) -> None:
            self.workshop.set_weight(area, Fraction(weight))
            self._done()

        @precondition(lambda self: not self.disk.is_full and not self.workshop.unsaved)
        @rule(area=st.sampled_from(AREAS), texts=st.lists(st.text(max_size=5), max_size=4))
        def type_a_note(self, area: str, texts: list[str]) -> None:
            self.workshop.close_step()
            for text in texts:
                self.workshop.set_note(area, text)
                if self.workshop.session != self.steps[self.at]:
                    # Even typing that ends where it began takes the way forward away.
                    del self.steps[self.at + 1 :]
            self.workshop.close_step()
            self._done()

        @precondition(lambda self: not self.workshop.unsaved)
        @rule()
        def set_a_checkpoint(self) -> None:
            self.named += 1
            self.workshop.add_checkpoint(f"No. {self.named}")
            self.ratings_at[f"No. {self.named}"] = self.workshop.session.ratings
            self._done()

        @precondition(lambda self: self.workshop.session.milestones)
        @rule(data=st.data())
        def return_to_a_checkpoint(self, data: st.DataObject) -> None:
            checkpoint = data.draw(st.sampled_from(self.workshop.session.milestones))
            self.workshop.return_to(checkpoint)
            assert self.workshop.session.ratings == self.ratings_at[checkpoint.name]
            self._done()

        @precondition(lambda self: self.workshop.session.milestones)
        @rule()
        def remove_a_checkpoint(self) -> None:
            self.workshop.remove_checkpoint(self.workshop.session.milestones[0])
            self._done()

        @rule(area=st.sampled_from(AREAS), level=st.integers(1, 5))
        def set_level_on_a_full_disk(self, area: str, level: int) -> None:
            was_full, self.disk.is_full = self.disk.is_full, True
            before = self.workshop.session
            self.workshop.set_level(area, level)
            assert self.workshop.session == before
            self.disk.is_full = was_full
            self._retry()

        @rule()
        def undo_on_a_full_disk(self) -> None:
            if self.workshop.unsaved or self.workshop.undoable is None:
                return
            self.disk.is_full = True
            with pytest.raises(StorageUnavailable):
                self.workshop.undo()
            self.disk.is_full = False

        def _retry(self) -> None:
            # One unsaved change at a time keeps the list of expected states exact.
            assert self.workshop.retry()
            self._done()

        @rule()
        def undo(self) -> None:
            self.workshop.undo()
            self.at = max(0, self.at - 1)

        @rule()
        def redo(self) -> None:
            self.workshop.redo()
            self.at = min(len(self.steps) - 1, self.at + 1)

        @rule()
        def restart(self) -> None:
            self.workshop = Workshop(self.disk.stored, cast("SessionRepository", self.disk))

        @invariant()
        def what_is_shown_is_stored_and_is_the_step_we_are_at(self) -> None:
            assert self.workshop.session == self.disk.stored == self.steps[self.at]

        @invariant()
        def the_log_replays_to_what_is_shown(self) -> None:
            session = self.start
            for change in self.disk.log:
                session = apply_change(session, change)
            assert session == self.workshop.session

    return WorkshopMachine


def test_random_work_never_shows_what_is_not_stored(new_disk: Any) -> None:
    test_case = machine(new_disk).TestCase
    test_case.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
    test_case("runTest").runTest()
