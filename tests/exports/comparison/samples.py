"""Comparisons to draw: the story of three sessions, any number of sessions, other sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from app.comparison.comparison import Comparison, compare
from app.model.maturity_model import LocalText, MaturityModel
from app.session.session import Session
from data.models.builtin import builtin_model
from tests.exports.samples import Score, scored, wide_model

DAYS = (
    date(2026, 3, 12), date(2026, 11, 12), date(2027, 5, 5), date(2027, 9, 1), date(2028, 2, 1),
    date(2028, 2, 20),
)  # fmt: skip
MARCH: list[Score] = [
    2, 2, 2, 1, 2, 2, 2, 3, 2, 1, 3, 1, 1, 2, 2, 3, 2, "n/a", 2, 1, 2, None,
]  # fmt: skip
NOVEMBER: list[Score] = [
    3, 2, 3, 2, 3, 3, 3, 4, 3, 2, 2, 2, 2, 2, 3, 4, 3, "n/a", 3, 2, 2, 2,
]  # fmt: skip
MAY: list[Score] = [3, 3, 3, 3, 3, 2, 3, 4, 3, 3, 3, 2, 2, 2, 3, 4, 4, 2, 3, 3, 2, 3]


def session(
    number: int, levels: Sequence[Score], model: MaturityModel | None = None, **details: object
) -> Session:
    """The session of the day with this number."""
    return scored(
        model or builtin_model(), levels, id=f"session-{number}", title=f"Workshop {number}",
        date=DAYS[number], **details,
    )  # fmt: skip


def reworded(model: MaturityModel, area_id: str) -> MaturityModel:
    """The model in a later version in which the texts of an area are others."""
    return replace(
        model,
        content_version="2027.04",
        dimensions=tuple(
            replace(
                dimension,
                areas=tuple(
                    replace(
                        area,
                        levels=tuple(
                            replace(each, short=LocalText.of(en="Other", de="Anders"))
                            for each in area.levels
                        ),
                    )
                    if area.id == area_id
                    else area
                    for area in dimension.areas
                ),
            )
            for dimension in model.dimensions
        ),
    )


def story(*, same_people: bool | None = True) -> Comparison:
    """Three sessions: one area reworded, one newly applicable, one heavier, one fallen."""
    model = builtin_model()
    last = model.areas[-1].id
    november, may = (
        session(1, NOVEMBER), session(2, MAY, reworded(model, model.areas[10].id)),
    )  # fmt: skip
    november = november.with_rating(replace(november.rating(last), weight=Fraction(2)))
    may = may.with_rating(replace(may.rating(last), weight=Fraction(3)))
    return compare([session(0, MARCH), november, may], same_people=same_people)


def not_comparable() -> Comparison:
    """Two sessions with other scopes."""
    return compare([session(0, MARCH), session(1, NOVEMBER, scope="Another portal")])


def random_comparison(count: int, dimensions: int, areas_each: int, seed: int = 1) -> Comparison:
    """So many sessions on a model of this size, all areas scored."""
    model, draw = wide_model(dimensions, areas_each), Random(seed)
    areas = dimensions * areas_each
    return compare(
        [
            session(number, [draw.randint(1, 5) for _ in range(areas)], model)
            for number in range(count)
        ],
        same_people=True,
    )
