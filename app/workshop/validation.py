"""Validation of requested changes against the model and the session's options."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.session import Session, field_of
from app.words.texts import N_
from app.workshop.history import check_area

#: Maps (area id, field) to the requested value; area ``None`` means the session itself.
Wanted = dict[tuple[str | None, str], object]


_NAMED = 5
"""So many areas are named in a message."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """Rules that apply after a change; see ``app.session.field_types.base.Rules``."""

    model: MaturityModel
    half_levels: bool


def legal_values(wanted: Wanted, model: MaturityModel, *, half_levels: bool) -> Wanted:
    """The values in the form in which they are stored.

    ``half_levels`` is the session's option unless ``wanted`` sets it. Raises ``InvalidInput``
    for the first illegal value, unknown area or unknown field.
    """
    rules = _Rules(model, wanted.get((None, "half_levels"), half_levels) is True)
    for area_id, _ in wanted:
        if area_id is not None:
            check_area(model, area_id)
    return {
        (area_id, name): field_of(area_id, name).type.legal(value, rules)
        for (area_id, name), value in wanted.items()
    }


def refuse_half_levels(session: Session, levels: Wanted) -> None:
    """Raise ``InvalidInput`` that names the areas with a half level.

    ``levels`` holds the level of every area.
    """
    found = [
        area.label.line_in(session.language)
        for area in session.model.areas
        if isinstance(level := levels[area.id, "level"], Fraction) and level.denominator != 1
    ]
    if found:
        named = [*found[:_NAMED], "…"] if len(found) > _NAMED else found
        raise InvalidInput(
            N_(
                "Half levels are set in: {areas}. Change these to whole levels, or keep allowing"
                " half levels."
            ),
            areas=", ".join(named),
        )
