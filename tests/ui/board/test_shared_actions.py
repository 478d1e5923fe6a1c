"""Actions that several steps share: which there are, and what changes with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeLibrary

from app.planning.shared_actions import shareable_actions, with_same_actions
from app.session.session import Session
from app.session.step_details import PlannedAction
from tests.ui.board.planned import FIRST, SECOND, THIRD, planned, with_step

OF_MODEL = PlannedAction("act-1", "Check all policies in CI", "M")
OWN = PlannedAction("own-1", "Build the portal", "S")


@pytest.fixture(scope="module")
def session() -> Session:
    """The first step has an action of the model, the second one of its own."""
    return with_step(planned(FakeLibrary()), SECOND, actions=(OWN,))


def test_every_action_of_another_step_can_be_shared_once(session: Session) -> None:
    steps = (FIRST, SECOND, THIRD)
    assert list(shareable_actions(session, THIRD, steps)) == [(FIRST, OF_MODEL), (SECOND, OWN)]
    assert list(shareable_actions(session, SECOND, steps)) == [(FIRST, OF_MODEL)]
    both = with_step(session, THIRD, actions=(OWN,))
    assert list(shareable_actions(both, FIRST, steps)) == [(SECOND, OWN)]


def test_an_action_of_the_model_changes_in_its_own_step_too(session: Session) -> None:
    changed = replace(OF_MODEL, text="Check them daily")
    assert with_same_actions(session, THIRD, (changed,)) == {FIRST: (changed,)}
    assert with_same_actions(session, THIRD, (OF_MODEL,)) == {}
    assert with_same_actions(session, FIRST, (changed,)) == {}
