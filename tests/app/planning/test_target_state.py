"""States of targets."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from app.model.maturity_model import MaturityModel
from app.planning.target_state import TARGET_STATE_WORDS, TargetState, target_state
from app.session.rating import Rating
from app.words.texts import translator_for

AREA = "People.0"


@pytest.mark.parametrize(
    ("level", "target", "state"),
    [
        (None, None, TargetState.NOT_DISCUSSED),
        (Fraction(4), None, TargetState.NOT_DISCUSSED),
        (Fraction(4), 4, TargetState.DECIDED_AGAINST),
        (Fraction(9, 2), 4, TargetState.DECIDED_AGAINST),
        (Fraction(9, 2), 5, TargetState.DISCUSSED),
        (Fraction(4), 3, TargetState.DISCUSSED),
        (None, 4, TargetState.DISCUSSED),
    ],
)
def test_a_target_is_discussed_decided_against_or_assumed(
    model: MaturityModel,
    a_session: Callable[..., Any],
    level: Fraction | None,
    target: int | None,
    state: TargetState,
) -> None:
    assert target_state(a_session(model, Rating(AREA, level, target)), AREA) is state


def test_its_states_have_words_in_both_languages() -> None:
    words = {
        code: map(translator_for(code).gettext, TARGET_STATE_WORDS.values())
        for code in ["de", "en"]
    }
    assert list(words["en"]) == ["discussed", "decided against", "not discussed"]
    assert list(words["de"]) == ["vereinbart", "bewusst belassen", "nicht vereinbart"]
