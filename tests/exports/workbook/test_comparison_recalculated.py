"""LibreOffice, ignoring stored results, computes the comparison as the app does."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from app.comparison.comparison import compare
from app.model.maturity_model import MaturityModel
from app.session.rating import Rating
from app.session.session import Session
from exports.workbook.profile_table import FIRST as FIRST_AREA
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.workbook import write_workbook
from tests.exports.samples import wide_model
from tests.exports.workbook.calc import HAS_CALC, Calc, Grid, Put, Read, Value, same, stored
from tests.exports.workbook.test_comparison_sheets import at, edited, without

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAS_CALC, reason="needs LibreOffice"),
]
TODAY = date(2027, 5, 6)
PROFILE, PAGE, BY_AREA = 3, -4, -3


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    return Calc(tmp_path_factory.mktemp("calc"))


def _different(ours: list[Grid], theirs: list[Grid]) -> list[tuple[int, int, int, Value, Value]]:
    """Cells of all sheets that differ."""
    return [
        (sheet, row, column, one, two)
        for sheet, grids in enumerate(zip(ours, theirs, strict=True))
        for row, rows in enumerate(zip(*grids, strict=False), 1)
        for column, (one, two) in enumerate(zip(*rows, strict=False), 1)
        if not same(one, two)
    ]


def moved_between_dimensions(model: MaturityModel) -> MaturityModel:
    """The model with the last area of its first dimension in its second one."""
    first, second, *others = model.dimensions
    dimensions = (
        replace(first, areas=first.areas[:-1]),
        replace(second, areas=(*second.areas, first.areas[-1])),
        *others,
    )
    return replace(model, dimensions=dimensions)


def _random_sessions(seed: int) -> list[Session]:
    """Sessions on changed models, with levels, weights and states at random."""
    chance = random.Random(seed)
    model = wide_model(3, chance.randint(2, 5))
    sessions = []
    for number in range(chance.randint(2, 6)):
        places = range(len(model.areas))
        version = chance.choice((
            model,
            edited(model, chance.choice(places)),
            without(model, chance.choice(places)),
            moved_between_dimensions(model),
        ))  # fmt: skip
        levels = [chance.choice((1, 2, 3, 4, 5, 2, 3, 2.5, None, "n/a")) for _ in version.areas]
        day = date(2024, 1 + number, chance.randint(1, 28))
        session = at(version, levels, day, half_levels=True)
        for area in version.areas:
            rating = session.rating(area.id)
            weight = Fraction(chance.choice((1, 1, 1, 2, 3)), chance.choice((1, 1, 2)))
            session = session.with_rating(replace(rating, weight=weight))
        sessions.append(session)
    return sessions


@pytest.mark.parametrize("seed", range(8))
def test_sessions_on_changed_models_recalculate_to_the_stored_results(
    seed: int, tmp_path: Path, calc: Calc
) -> None:
    sessions = _random_sessions(seed)
    comparison = compare(sessions, same_people=True)
    path = tmp_path / "report.xlsx"
    write_workbook(sessions[-1], path, "en", today=TODAY, comparison=comparison)
    (found,) = calc.run(path, [Read()])
    assert _different(stored(path), found) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_three_sessions_recalculate_in_both_languages(
    language: str, session: Session, earlier: Session, tmp_path: Path, calc: Calc
) -> None:
    later = replace(session, id="later", date=date(2027, 5, 5))
    comparison = compare([earlier, session, later], same_people=True)
    path = tmp_path / "report.xlsx"
    write_workbook(later, path, language, today=TODAY, comparison=comparison)
    (found,) = calc.run(path, [Read()])
    different = _different(stored(path), found)
    # Figures in a sentence take the decimal separator of the program that recalculates.
    left = [each for each in different if str(each[3]).replace(",", ".") != str(each[4])]
    assert left == []


EDITS: dict[str, tuple[str, AreaCol, float | None, dict[str, object]]] = {
    "a level is raised": ("people.upskilling", AreaCol.LEVEL, 4, {"level": Fraction(4)}),
    "a level is lowered": ("process.ci-cd", AreaCol.LEVEL, 1, {"level": Fraction(1)}),
    "a level is cleared": ("process.overview", AreaCol.LEVEL, None, {"level": None}),
    "a weight is set": ("people.overview", AreaCol.WEIGHT, 7, {"weight": Fraction(7)}),
    "what did not apply is scored": (
        "policy.creation", AreaCol.LEVEL, 3, {"level": Fraction(3), "not_applicable": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_the_profile_gives_the_comparison_of_a_session_with_it(
    edit: str, session: Session, earlier: Session, tmp_path: Path, calc: Calc
) -> None:
    area_id, column, value, changes = EDITS[edit]
    path, fresh = tmp_path / "report.xlsx", tmp_path / "fresh.xlsx"
    rating: Rating = replace(session.rating(area_id), **changes)  # type: ignore[arg-type]
    for each, target in ((session, path), (session.with_rating(rating), fresh)):
        comparison = compare([earlier, each])
        write_workbook(each, target, "en", today=TODAY, comparison=comparison)
    place = [area.id for area in session.model.areas].index(area_id)
    (found,) = calc.run(path, [Put(PROFILE, FIRST_AREA + place, column, value), Read()])
    wanted = stored(fresh)
    assert _different([wanted[BY_AREA]], [found[BY_AREA]]) == []
    assert _lists(found[PAGE]) == _lists(wanted[PAGE])
    numbers = [
        [cell for row in grid for cell in row if isinstance(cell, float)]
        for grid in (found[PAGE], wanted[PAGE])
    ]
    assert numbers[0] == pytest.approx(numbers[1])


def _lists(page: Grid) -> list[list[Value]]:
    """What moved, in words."""
    begin = next(n for n, row in enumerate(page) if str(row[1]).startswith("What moved"))
    return [[cell for cell in row if cell != ""] for row in page[begin + 1 : begin + 4]]
