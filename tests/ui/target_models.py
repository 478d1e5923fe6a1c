"""A model with two dimensions and a prerequisite."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fakes import small_model

from app.model.maturity_model import Dimension, LocalText, MaturityModel, Prerequisite

NOVEMBER = date(2026, 11, 12)


def two_dimensions(levels: int = 5, lowest: int = 1) -> MaturityModel:
    """Areas 1 to 3 in *People*, 4 to 6 in *Policy*; level 5 of area 6 needs level 4 of area 5."""
    model = small_model(areas=6, levels=levels, lowest=lowest)
    areas = model.areas
    dimensions = (
        Dimension("people", LocalText.of(en="People", de="Menschen"), areas=areas[:3]),
        Dimension("policy", LocalText.of(en="Policy", de="Regeln"), areas=areas[3:]),
    )
    needs = Prerequisite("pre-1", "d6.a", 5, "d5.a", 4, LocalText.of(en="Rules come first."))
    return replace(model, dimensions=dimensions, prerequisites=(needs,))
