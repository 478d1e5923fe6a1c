"""Checkpoints: naming a state of a session and returning to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import pytest

from app.errors import InvalidInput, NotFound
from app.ports import SessionRepository
from app.session.checkpoints import MAX_CHECKPOINTS, Checkpoint
from app.session.rating import Confidence
from app.words.describe import describe_change
from app.words.texts import translator_for
from app.workshop.workshop import Workshop

AREA = "Process.1"
OTHER = "People.0"


@pytest.fixture
def workshop(disk: Any) -> Workshop:
    return Workshop(disk.stored, cast("SessionRepository", disk))


def step_of(workshop: Workshop, language: str = "en") -> str:
    assert workshop.undoable is not None
    tr = translator_for(language)
    return describe_change(workshop.undoable, workshop.session.model, language, tr)


def test_a_checkpoint_is_stored_with_its_name_and_time(workshop: Workshop, disk: Any) -> None:
    checkpoint = workshop.add_checkpoint("  Before\nlunch ")
    assert disk.stored.milestones == (checkpoint,)
    assert checkpoint.name == "Before lunch"
    assert checkpoint.at.utcoffset() is not None
    assert checkpoint.at.microsecond == 0


@pytest.mark.parametrize(
    ("name", "complaint"),
    [(" \n ", "give the checkpoint a name"), ("x" * 201, "at most 200"), ("\ud800", "half a char")],
)
def test_a_name_that_cannot_be_kept_is_refused(
    workshop: Workshop, disk: Any, name: str, complaint: str
) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        workshop.add_checkpoint(name)
    assert disk.log == []


def test_a_name_is_given_once(workshop: Workshop) -> None:
    workshop.add_checkpoint("Lunch")
    with pytest.raises(InvalidInput, match="There is a checkpoint “Lunch” already"):
        workshop.add_checkpoint("Lunch ")


def test_there_is_an_end_to_checkpoints(disk: Any) -> None:
    workshop = Workshop(disk.stored, cast("SessionRepository", disk))
    for number in range(MAX_CHECKPOINTS):
        workshop.add_checkpoint(f"No. {number}")
    with pytest.raises(InvalidInput, match="at most 100 checkpoints"):
        workshop.add_checkpoint("One more")


def test_going_back_brings_back_everything_that_was_decided(workshop: Workshop, disk: Any) -> None:
    workshop.set_level(AREA, 3)
    workshop.set_note(AREA, "Seen in two teams")
    workshop.set_not_applicable(OTHER, "Outsourced")
    then = workshop.session.ratings
    checkpoint = workshop.add_checkpoint("Before lunch")
    workshop.set_level(AREA, 5)
    workshop.set_note(AREA, "")
    workshop.set_level(OTHER, 2)
    workshop.set_weight("People.1", Fraction(3))
    workshop.set_confidence(AREA, Confidence.GUESS)
    workshop.set_detail("title", "A better title")
    assert workshop.return_to(checkpoint) == {AREA, OTHER, "People.1"}
    assert disk.stored.ratings == then
    assert disk.stored.title == "A better title"
    assert disk.stored.milestones == (checkpoint,)


def test_going_back_is_one_step_that_can_be_undone(workshop: Workshop) -> None:
    checkpoint = workshop.add_checkpoint("Before lunch")
    workshop.set_level(AREA, 5)
    workshop.set_level(OTHER, 2)
    before = workshop.session
    workshop.return_to(checkpoint)
    assert step_of(workshop) == "Change 2 areas"
    workshop.undo()
    assert workshop.session == before


def test_going_back_to_where_one_is_does_nothing(workshop: Workshop, disk: Any) -> None:
    workshop.set_level(AREA, 5)
    checkpoint = workshop.add_checkpoint("Before lunch")
    count = len(disk.log)
    assert workshop.return_to(checkpoint) == frozenset()
    assert len(disk.log) == count


def test_halves_that_were_legal_then_come_back(disk: Any) -> None:
    disk.stored = replace(disk.stored, half_levels=True)
    workshop = Workshop(disk.stored, cast("SessionRepository", disk))
    workshop.set_level(AREA, Fraction(5, 2))
    checkpoint = workshop.add_checkpoint("With halves")
    workshop.set_level(AREA, 3)
    workshop.set_detail("half_levels", False)
    workshop.return_to(checkpoint)
    assert workshop.session.rating(AREA).level == Fraction(5, 2)
    assert workshop.session.half_levels


def test_a_checkpoint_that_is_removed_and_brought_back_stands_where_it_was_set(
    workshop: Workshop,
) -> None:
    workshop.set_level(AREA, 2)
    checkpoint = workshop.add_checkpoint("Two")
    workshop.set_level(AREA, 4)
    workshop.remove_checkpoint(checkpoint)
    assert step_of(workshop) == "Remove checkpoint “Two”"
    assert step_of(workshop, "de") == "Zwischenstand „Two“ entfernen"
    workshop.undo()
    assert workshop.session.milestones == (checkpoint,)
    workshop.return_to(checkpoint)
    assert workshop.session.rating(AREA).level == 2


def test_undo_takes_a_checkpoint_back_and_redo_sets_it_again(workshop: Workshop) -> None:
    checkpoint = workshop.add_checkpoint("Two")
    assert step_of(workshop) == "Save checkpoint “Two”"
    assert step_of(workshop, "de") == "Zwischenstand „Two“ festhalten"
    workshop.undo()
    assert workshop.session.milestones == ()
    workshop.redo()
    assert workshop.session.milestones == (checkpoint,)


def test_a_checkpoint_of_another_session_is_not_found(workshop: Workshop) -> None:
    at = workshop.add_checkpoint("Mine").at
    with pytest.raises(NotFound, match="no checkpoint “Theirs”"):
        workshop.return_to(Checkpoint("x", "Theirs", at))


def test_a_checkpoint_set_on_a_full_disk_is_stored_later(workshop: Workshop, disk: Any) -> None:
    disk.is_full = True
    first = workshop.add_checkpoint("First")
    second = workshop.add_checkpoint("Second")
    assert disk.stored.milestones == ()
    disk.is_full = False
    assert workshop.retry()
    assert disk.stored.milestones == (first, second)


def test_nothing_goes_back_while_something_is_not_stored(workshop: Workshop, disk: Any) -> None:
    checkpoint = workshop.add_checkpoint("First")
    workshop.set_level(AREA, 4)
    disk.is_full = True
    workshop.set_level(AREA, 5)
    assert workshop.return_to(checkpoint) == frozenset()
    disk.is_full = False
    assert workshop.retry()
    assert disk.stored.rating(AREA).level == 5


def test_checkpoints_are_set_through_their_own_door(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput):
        workshop.set_detail("milestones", "")


def test_a_return_that_changes_half_levels_and_one_area_has_a_name(workshop: Workshop) -> None:
    checkpoint = workshop.add_checkpoint("Lunch")
    workshop.set_note(AREA, "Seen")
    workshop.set_detail("half_levels", not workshop.session.half_levels)
    workshop.return_to(checkpoint)
    assert step_of(workshop) == f"Edit reason for {AREA}"


def test_a_half_level_from_when_halves_were_allowed_comes_back(
    new_disk: Callable[[bool], Any],
) -> None:
    disk = new_disk(True)
    workshop = Workshop(disk.stored, cast("SessionRepository", disk))
    workshop.set_level(AREA, Fraction(5, 2))
    disk.stored = replace(disk.stored, half_levels=False)  # as earlier releases allowed
    workshop = Workshop(disk.stored, cast("SessionRepository", disk))
    checkpoint = workshop.add_checkpoint("Halves")
    workshop.set_level(AREA, 4)
    workshop.return_to(checkpoint)
    assert workshop.session.rating(AREA).level == Fraction(5, 2)
    assert not workshop.session.half_levels
