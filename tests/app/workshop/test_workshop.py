"""``Workshop``: validation, storing, undo, and unsaved changes if the disk fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest

from app.errors import InvalidInput, StorageUnavailable, UnusableLibrary
from app.ports import SessionRepository
from app.session.rating import Confidence
from app.workshop.workshop import Workshop

AREA = "Process.1"


def workshop_on(disk: Any) -> Workshop:
    return Workshop(disk.stored, cast("SessionRepository", disk))


@pytest.fixture
def workshop(disk: Any) -> Workshop:
    return workshop_on(disk)


def test_a_level_is_stored_before_listeners_hear_of_it(workshop: Workshop, disk: Any) -> None:
    heard: list[tuple[frozenset[str], object]] = []
    workshop.subscribe(lambda ids: heard.append((ids, disk.stored.rating(AREA).level)))
    workshop.set_level(AREA, 4)
    assert heard == [(frozenset({AREA}), Fraction(4))]
    assert workshop.session == disk.stored


def test_a_title_is_kept_on_one_line(workshop: Workshop, disk: Any) -> None:
    workshop.set_detail("title", " Zweiter\n\u202eWorkshop\x1b ")
    assert disk.stored.title == "Zweiter Workshop"
    with pytest.raises(InvalidInput, match="enter a title"):
        workshop.set_detail("title", "\u2066\n")


def test_details_are_corrected_as_one_step(workshop: Workshop, disk: Any) -> None:
    before = workshop.session
    workshop.correct({"title": "Corrected", "date": date(2027, 1, 1), "facilitator": "Ana Köhler"})
    assert (disk.stored.title, disk.stored.date) == ("Corrected", date(2027, 1, 1))
    workshop.undo()
    assert workshop.session == before
    with pytest.raises(InvalidInput, match="enter a title"):
        workshop.correct({"scope": "All of it", "title": " "})
    with pytest.raises(InvalidInput, match="no field"):
        workshop.correct({"milestones": ()})
    assert workshop.session == before


def test_half_levels_are_not_switched_off_while_some_are_set(
    new_disk: Callable[[bool], Any],
) -> None:
    disk = new_disk(True)
    workshop = Workshop(disk.stored, disk)
    workshop.set_level(AREA, Fraction(5, 2))
    with pytest.raises(InvalidInput, match=f"Half levels are set in: {AREA}\\."):
        workshop.correct({"title": "Whole", "half_levels": False})
    assert (workshop.session.title, workshop.session.half_levels) == ("Workshop", True)
    workshop.change_all({(None, "half_levels"): False, (AREA, "level"): 3})
    assert not workshop.session.half_levels


def test_texts_no_file_of_ours_could_carry_are_refused(workshop: Workshop, disk: Any) -> None:
    for too_long in (
        lambda: workshop.set_detail("scope", "x" * 20_001),
        lambda: workshop.add_link(AREA, "x" * 20_001),
        lambda: workshop.add_link(AREA, "https://example.org", "x" * 20_001),
        lambda: workshop.set_note(AREA, "x" * 20_001),
    ):
        with pytest.raises(InvalidInput, match="at most 20000 characters"):
            too_long()
    assert disk.log == []


@pytest.mark.parametrize("level", [0, 6, -1, Fraction(11, 2)])
def test_a_level_off_the_scale_is_refused_and_nothing_moves(
    workshop: Workshop, disk: Any, level: Fraction | int
) -> None:
    before = workshop.session
    with pytest.raises(InvalidInput, match="not on the scale from 1 to 5"):
        workshop.set_level(AREA, level)
    assert workshop.session is before
    assert disk.log == []


def test_halves_are_legal_only_where_the_session_allows_them(
    new_disk: Callable[[bool], Any],
) -> None:
    with pytest.raises(InvalidInput, match="whole levels"):
        workshop_on(new_disk(False)).set_level(AREA, Fraction(5, 2))
    halves = workshop_on(new_disk(True))
    halves.set_level(AREA, Fraction(5, 2))
    assert halves.session.rating(AREA).level == Fraction(5, 2)
    with pytest.raises(InvalidInput, match="steps of one half"):
        halves.set_level(AREA, Fraction(9, 4))


def test_an_unknown_area_is_refused(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput, match="no area “Nowhere”"):
        workshop.set_level("Nowhere", 1)


def test_setting_what_is_already_set_stores_nothing(workshop: Workshop, disk: Any) -> None:
    workshop.set_level(AREA, 3)
    workshop.set_level(AREA, 3)
    assert len(disk.log) == 1


def test_a_level_makes_an_area_applicable_again_in_one_step(workshop: Workshop) -> None:
    workshop.set_not_applicable(AREA, "outside scope")
    workshop.set_level(AREA, 2)
    assert workshop.session.rating(AREA).is_scored
    workshop.undo()
    assert workshop.session.rating(AREA).not_applicable == "outside scope"
    assert workshop.session.rating(AREA).level is None


def test_not_applicable_needs_a_reason(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput, match="reason"):
        workshop.set_not_applicable(AREA, "  ")


@pytest.mark.parametrize("weight", [Fraction(0), Fraction(-1), Fraction(101, 10)])
def test_weights_outside_the_range_are_refused(workshop: Workshop, weight: Fraction) -> None:
    with pytest.raises(InvalidInput, match="weight"):
        workshop.set_weight(AREA, weight)


def test_a_target_below_the_current_level_is_legal(workshop: Workshop) -> None:
    workshop.set_level(AREA, 4)
    workshop.set_target(AREA, 2)
    assert workshop.session.target_of(AREA) == 2


def test_undo_and_redo_walk_through_every_kind_of_change(workshop: Workshop) -> None:
    states = [workshop.session]
    acts: list[Callable[[], None]] = [
        lambda: workshop.set_level(AREA, 3),
        lambda: workshop.set_target(AREA, 4),
        lambda: workshop.set_weight(AREA, Fraction(3, 2)),
        lambda: workshop.set_confidence(AREA, Confidence.EXAMPLE),
        lambda: workshop.set_note(AREA, "seen in the pipeline"),
        lambda: workshop.set_not_applicable("People.0", "not ours"),
        lambda: workshop.add_link(AREA, "https://example.org", "Report"),
        lambda: workshop.add_file(AREA, Path("flipchart.png")),
        lambda: workshop.remove_evidence(AREA, "f1"),
        lambda: workshop.set_detail("title", "Second workshop"),
        lambda: workshop.set_detail("date", date(2027, 1, 1)),
        lambda: workshop.set_level(AREA, None),
    ]
    for act in acts:
        act()
        states.append(workshop.session)
    for expected in reversed(states[:-1]):
        workshop.undo()
        assert workshop.session == expected
    workshop.undo()
    assert workshop.session == states[0]
    for expected in states[1:]:
        workshop.redo()
        assert workshop.session == expected
    assert workshop.redoable is None


def test_typing_is_one_step_until_it_is_closed(workshop: Workshop, disk: Any) -> None:
    for typed in ("a", "ab", "abc"):
        workshop.set_note(AREA, typed)
    workshop.close_step()
    workshop.set_note(AREA, "abc d")
    assert len(disk.log) == 4
    workshop.undo()
    assert workshop.session.rating(AREA).note == "abc"
    workshop.undo()
    assert workshop.session.rating(AREA).note == ""


def test_a_new_start_knows_the_same_steps(workshop: Workshop, disk: Any) -> None:
    for typed in ("a", "ab"):
        workshop.set_note(AREA, typed)
    workshop.set_level(AREA, 2)
    workshop.set_level(AREA, 3)
    workshop.undo()
    again = workshop_on(disk)
    assert again.session == workshop.session
    again.redo()
    assert again.session.rating(AREA).level == 3
    for _ in range(3):
        again.undo()
    assert again.session.rating(AREA) == again.session.rating(AREA).__class__(AREA)
    assert again.undoable is None


def test_a_full_disk_moves_nothing_and_keeps_what_is_wanted(workshop: Workshop, disk: Any) -> None:
    workshop.set_level(AREA, 2)
    disk.is_full = True
    workshop.set_level(AREA, 3)
    workshop.set_note(AREA, "n")
    workshop.set_note(AREA, "no")
    assert workshop.session.rating(AREA).level == 2
    assert workshop.undoable is not None
    assert [dict(waiting.wanted) for waiting in workshop.unsaved] == [
        {(AREA, "level"): Fraction(3)},
        {(AREA, "note"): "no"},
    ]
    assert workshop.retry() is False
    disk.is_full = False
    assert workshop.retry() is True
    assert workshop.unsaved == ()
    assert (disk.stored.rating(AREA).level, disk.stored.rating(AREA).note) == (3, "no")


def test_the_next_change_saves_what_was_waiting_first(workshop: Workshop, disk: Any) -> None:
    disk.is_full = True
    workshop.set_level(AREA, 3)
    disk.is_full = False
    workshop.set_level(AREA, 4)
    assert workshop.unsaved == ()
    assert [edit.after for change in disk.log for edit in change.edits] == [3, 4]


def test_an_undo_that_cannot_be_stored_is_refused_and_moves_nothing(
    workshop: Workshop, disk: Any
) -> None:
    workshop.set_level(AREA, 3)
    disk.is_full = True
    with pytest.raises(StorageUnavailable):
        workshop.undo()
    assert workshop.session.rating(AREA).level == 3
    disk.is_full = False
    workshop.undo()
    assert workshop.session.rating(AREA).level is None


def test_many_values_are_one_step(workshop: Workshop) -> None:
    workshop.change_all({(AREA, "level"): Fraction(2), ("People.0", "target"): 3})
    workshop.undo()
    assert workshop.session.rating(AREA).level is None
    assert workshop.session.rating("People.0").target is None


def test_one_illegal_value_refuses_all_of_them(workshop: Workshop, disk: Any) -> None:
    with pytest.raises(InvalidInput):
        workshop.change_all({(AREA, "level"): Fraction(2), ("People.0", "level"): Fraction(9)})
    assert disk.log == []


def test_undo_after_a_failed_save_takes_back_what_was_saved_late(
    workshop: Workshop, disk: Any
) -> None:
    workshop.set_level(AREA, 3)
    disk.is_full = True
    workshop.set_level("People.0", 4)
    disk.is_full = False
    workshop.undo()
    assert workshop.session.rating("People.0").level is None
    assert workshop.session.rating(AREA).level == 3
    workshop.undo()
    assert workshop.session == workshop_on(disk).session
    assert workshop.session.rating(AREA).level is None


def test_evidence_attached_while_the_disk_is_full_is_all_stored_later(
    workshop: Workshop, disk: Any
) -> None:
    disk.is_full = True
    workshop.add_link(AREA, "https://one.example")
    workshop.add_link(AREA, "https://two.example")
    disk.is_full = False
    workshop.add_link(AREA, "https://three.example")
    addresses = [evidence.address for evidence in workshop.session.rating(AREA).evidence]
    assert addresses == ["https://one.example", "https://two.example", "https://three.example"]


def test_a_level_given_after_an_unsaved_not_applicable_wins(workshop: Workshop, disk: Any) -> None:
    disk.is_full = True
    workshop.set_not_applicable(AREA, "outside the scope")
    workshop.set_level(AREA, 3)
    disk.is_full = False
    assert workshop.retry()
    assert workshop.session.rating(AREA).is_scored


def test_half_a_character_is_refused_at_once_even_while_the_disk_is_full(
    workshop: Workshop, disk: Any
) -> None:
    disk.is_full = True
    with pytest.raises(InvalidInput, match="half a character"):
        workshop.set_note(AREA, "a\ud800")
    with pytest.raises(InvalidInput, match="half a character"):
        workshop.add_link(AREA, "https://\udfff.example")
    assert workshop.unsaved == ()


@pytest.fixture
def refused(workshop: Workshop, disk: Any) -> Workshop:
    """A workshop whose level 3 waited for the disk and was refused then."""
    disk.is_full = True
    workshop.set_level(AREA, 3)
    disk.is_full = False
    disk.refuses = True
    assert workshop.retry() is False
    disk.refuses = False
    return workshop


def test_a_change_that_is_refused_later_is_kept_with_the_reason(refused: Workshop) -> None:
    assert refused.unsaved == refused.refused
    (kept,) = refused.refused
    assert dict(kept.wanted) == {(AREA, "level"): 3}
    assert str(kept.reason) == "This cannot be stored."


def test_a_change_that_was_refused_holds_nothing_back(refused: Workshop) -> None:
    refused.set_note(AREA, "typed")
    refused.undo()
    refused.redo()
    assert refused.session.rating(AREA).note == "typed"
    assert len(refused.refused) == 1


def test_a_change_that_was_refused_is_stored_once_it_is_accepted(refused: Workshop) -> None:
    assert refused.retry() is True
    assert refused.session.rating(AREA).level == 3
    assert refused.unsaved == ()


def test_a_field_that_is_set_again_is_no_longer_refused(refused: Workshop) -> None:
    refused.set_level(AREA, 4)
    assert refused.session.rating(AREA).level == 4
    assert refused.unsaved == ()


def test_what_was_refused_can_be_discarded(refused: Workshop) -> None:
    heard: list[frozenset[str]] = []
    refused.subscribe(heard.append)
    refused.discard_refused()
    assert refused.unsaved == ()
    assert heard == [frozenset()]


def test_what_an_earlier_run_left_is_stored_and_what_is_refused_is_kept(
    workshop: Workshop, disk: Any
) -> None:
    wrong = {(AREA, "level"): Fraction(1, 3)}
    workshop.enter_again([{(AREA, "note"): "first"}, wrong, {(AREA, "target"): 4}])
    rating = disk.stored.rating(AREA)
    assert (rating.note, rating.level, rating.target) == ("first", None, 4)
    assert [dict(each.wanted) for each in workshop.refused] == [wrong]


def test_the_edit_that_triggers_a_retry_is_stored_although_an_older_one_is_refused(
    workshop: Workshop, disk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.is_full = True
    workshop.set_level(AREA, 3)
    disk.is_full = False
    record = disk.record

    def refuse_levels(change: Any) -> Any:
        if change.edits[0].field == "level":
            raise InvalidInput("This cannot be stored.")
        return record(change)

    monkeypatch.setattr(disk, "record", refuse_levels)
    workshop.set_note(AREA, "typed at last")
    assert disk.stored.rating(AREA).note == "typed at last"
    assert [dict(each.wanted) for each in workshop.unsaved] == [{(AREA, "level"): 3}]


@pytest.mark.parametrize("weight", [Fraction(1, 3), Fraction(10, 7), Fraction(1, 10)])
def test_a_weight_counts_as_it_is_kept_in_a_file(workshop: Workshop, weight: Fraction) -> None:
    workshop.set_weight(AREA, weight)
    kept = workshop.session.rating(AREA).weight
    assert kept == Fraction(str(float(weight)))


def test_a_weight_too_small_for_any_file_is_refused(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput):
        workshop.set_weight(AREA, Fraction(1, 10**400))


def test_a_title_that_is_too_long_is_refused_and_not_cut(workshop: Workshop, disk: Any) -> None:
    with pytest.raises(InvalidInput, match="at most 200"):
        workshop.set_detail("title", "x" * 201)
    assert disk.log == []


def test_a_refused_half_level_is_named_as_it_was_typed(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput, match=r"Level 5\.5 is not on the scale from 1 to 5"):
        workshop.set_level(AREA, Fraction(11, 2))


def test_what_is_wanted_is_kept_while_a_change_stored_late_cannot_be_read(
    workshop: Workshop, disk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record_too_late(change: Any) -> None:
        type(disk).record(disk, change)
        raise StorageUnavailable("The disk was slow.")

    def damaged(_session_id: str) -> None:
        raise UnusableLibrary("The library is damaged.")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "record", record_too_late)
        workshop.set_level(AREA, 3)
    with monkeypatch.context() as patched:
        patched.setattr(disk, "load_session", damaged)
        workshop.set_note(AREA, "seen")
    assert [str(unsaved.reason.template) for unsaved in workshop.unsaved] == [
        "The library is damaged."
    ] * 2
    assert workshop.retry()
    assert workshop.session == disk.stored
    assert disk.stored.rating(AREA).note == "seen"
