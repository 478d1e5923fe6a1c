"""Undo of typing: by word, by pause, and never further than the text that was there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.typing_steps import PAUSE, Replaced, TypingSteps


def typed(steps: TypingSteps, words: str, at: float = 0.0) -> float:
    """Type at the end, ten keys a second; returns the time of the last one."""
    for letter in words:
        at += 0.1
        steps.record(steps.text + letter, at)
    return at


def undone(steps: TypingSteps, times: int) -> list[str]:
    return [steps.undo() for _ in range(times)]


def test_undo_takes_back_word_by_word_and_then_nothing() -> None:
    steps = TypingSteps("Agreed. ")
    typed(steps, "All five teams")
    assert undone(steps, 4) == ["Agreed. All five ", "Agreed. All ", "Agreed. ", "Agreed. "]


def test_a_pause_begins_a_step_within_a_word() -> None:
    steps = TypingSteps("")
    at = typed(steps, "back")
    typed(steps, "up", at + PAUSE)
    assert undone(steps, 2) == ["back", ""]


def test_deleting_is_taken_back_word_by_word() -> None:
    steps = TypingSteps("one two")
    for length in range(6, -1, -1):
        steps.record("one two"[:length], 0.1 * (10 - length))
    assert undone(steps, 2) == ["one", "one two"]


@pytest.mark.parametrize("text", ["one XX two", "two", "XX"])
def test_pasting_and_replacing_are_steps_of_their_own(text: str) -> None:
    steps = TypingSteps("one two")
    steps.record(text, 0.1)
    steps.record(text + "!", 0.2)
    assert undone(steps, 2) == [text, "one two"]


def test_typing_elsewhere_is_a_step_of_its_own() -> None:
    steps = TypingSteps("")
    at = typed(steps, "late")
    steps.record("Xlate", at + 0.1)
    assert steps.undo() == "late"


def test_redo_brings_the_steps_again_until_something_is_typed() -> None:
    steps = TypingSteps("")
    typed(steps, "one two")
    undone(steps, 2)
    assert [steps.redo(), steps.redo(), steps.redo()] == ["one ", "one two", "one two"]
    steps.undo()
    steps.record("one 2", 9)
    assert steps.redo() == "one 2"


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_change_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    change = Replaced.between(before, after)
    assert before[change.start :].startswith(change.removed)
    rest = before[change.start + len(change.removed) :]
    assert before[: change.start] + change.inserted + rest == after


@given(st.lists(st.tuples(st.text(max_size=8), st.floats(0, 5)), max_size=12))
def test_undo_reaches_the_first_text_and_redo_the_last(entries: list[tuple[str, float]]) -> None:
    steps, at = TypingSteps("first"), 0.0
    for text, gap in entries:
        at += gap
        steps.record(text, at)
    last = steps.text
    assert undone(steps, len(entries) + 1)[-1] == "first"
    assert [steps.redo() for _ in range(len(entries) + 1)][-1] == last
