"""Sessions compared in the workbook: what the grade allows, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from app.comparison.comparison import Comparison, compare
from app.model.maturity_model import Area, MaturityModel
from app.session.rating import Rating
from app.session.session import Session
from app.session.step_details import StepDetails, StepStatus
from app.session.units import Affiliation, Organisation, Unit
from app.words.numbers import NO_NUMBER, plain
from exports.workbook import comparison_table
from exports.workbook.comparison_table import FIRST, ComparisonTable
from exports.workbook.workbook import write_workbook
from tests.exports.samples import EARLIER_LEVELS, LEVELS, Score, scored, wide_model
from tests.exports.workbook.reading import read

TODAY = date(2027, 5, 6)
PAGE, BY_AREA = "Comparison", "Comparison by area"
LATEST: list[Score] = [
    3, 3, 3, 3, 3, 3, 4, 3, 3, 3, 2, 2, None, 4, 4, 4, 2, 3, 3, 2, 3,
]  # fmt: skip


def edited(model: MaturityModel, *places: int) -> MaturityModel:
    """The model with other texts for the areas at these places."""
    numbers = iter(range(len(model.areas)))

    def area(each: Area) -> Area:
        return replace(each, levels=each.levels[:-1]) if next(numbers) in places else each

    dimensions = tuple(
        replace(dimension, areas=tuple(area(each) for each in dimension.areas))
        for dimension in model.dimensions
    )
    return replace(model, dimensions=dimensions, content_version="2027.04")


def without(model: MaturityModel, *places: int) -> MaturityModel:
    """The model without the areas at these places."""
    gone = {model.areas[place].id for place in places}
    dimensions = tuple(
        replace(dimension, areas=tuple(each for each in dimension.areas if each.id not in gone))
        for dimension in model.dimensions
    )
    needed = tuple(
        each for each in model.prerequisites if not {each.area_id, each.required_area_id} & gone
    )
    return replace(model, dimensions=dimensions, prerequisites=needed)


def at(model: MaturityModel, levels: Sequence[Score], day: date, **details: object) -> Session:
    """A session on a day."""
    title = f"Workshop {day:%Y-%m}"
    return scored(model, levels, **{"id": f"{day}", "title": title, "date": day, **details})


def weighted(session: Session, place: int, weight: int) -> Session:
    rating = session.rating(session.model.areas[place].id)
    return session.with_rating(replace(rating, weight=Fraction(weight)))


@pytest.fixture(scope="module")
def three(model: MaturityModel) -> tuple[Session, ...]:
    """An area gone and one new, one reworded, one not applicable in between, falls and weights."""
    return (
        at(without(model, 3), [*EARLIER_LEVELS[:3], *EARLIER_LEVELS[4:]], date(2026, 3, 12)),
        at(without(model, 3), [*LEVELS[:3], *LEVELS[4:]], date(2026, 11, 12)),
        weighted(at(edited(without(model, 5), 8), LATEST, date(2027, 5, 5)), -1, 3),
    )


@pytest.fixture(scope="module")
def six(model: MaturityModel) -> tuple[Session, ...]:
    days = [date(2024 + n // 2, 3 + 6 * (n % 2), 3) for n in range(6)]
    return tuple(
        at(model, [min(5, 1 + (place + n) // 4) for place in range(22)], day)
        for n, day in enumerate(days)
    )


def written(comparison: Comparison, folder: Path, language: str = "en") -> Path:
    target = folder / "report.xlsx"
    latest = comparison.latest
    write_workbook(latest, target, language, today=TODAY, comparison=comparison)
    return target


def words(book: Workbook, sheet: str = PAGE) -> list[str]:
    rows = book[sheet].iter_rows(values_only=True)
    return [cell for row in rows for cell in row if isinstance(cell, str)]


def charts(path: Path) -> list[str]:
    """The charts of the comparison, which come after those of plan, results and radar."""
    with ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        parts = [archive.read(f"xl/charts/chart{n + 1}.xml").decode() for n in range(len(names))]
    others = "Current and target levels", "Projected average"
    return [part for part in parts if not any(title in part for title in others)]


def columns(comparison: Comparison) -> ComparisonTable:
    """The columns of the table; its place does not matter."""
    sessions = len(comparison.sessions)
    return ComparisonTable(None, 0, sessions, comparison.allows_differences)  # type: ignore[arg-type]


def table_rows(book: Workbook) -> list[tuple[Any, ...]]:
    return list(book[BY_AREA].iter_rows(min_row=FIRST, values_only=True))


def row_of(book: Workbook, name: str, occurrence: int = 0) -> list[Any]:
    """The values of a row of the page that begins with a name."""
    rows = [r for r in book[PAGE].iter_rows(values_only=True) if r[1] == name]
    return [value for value in rows[occurrence][2:] if value is not None]


# ---- when, and what stands on top ---------------------------------------------------------------


@pytest.mark.slow
def test_a_session_alone_has_no_comparison(session: Session, tmp_path: Path) -> None:
    write_workbook(session, tmp_path / "report.xlsx", "en", today=TODAY)
    book = read(tmp_path / "report.xlsx")
    assert not {PAGE, BY_AREA} & set(book.sheetnames)
    assert "Comparable sessions" not in words(book, "Method")


def test_grade_reasons_and_consequence_stand_on_top(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    book = read(written(compare(three), tmp_path))
    said = words(book)
    assert said[said.index("B") + 1] == "Comparable with caution"
    assert "Nobody has said if mostly the same people took part." in said
    assert "So: differences only on the 17 areas that all share, and no trend line." in said
    assert [text for text in said if text.startswith("Workshop ")] == [
        "Workshop 2026-03",
        "Workshop 2026-11",
        "Workshop 2027-05",
    ]
    assert "2027.04, levels 1 to 5" in said


def test_what_rose_and_fell_is_said_in_words_widest_first(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    said = words(read(written(compare(three), tmp_path), data_only=True))
    assert "What moved since 12 Nov 2026" in said
    risen = said[said.index("Risen (6)") + 1]
    assert risen.startswith("Business outcomes 1 → 3; People overview 2 → 3; ")
    assert said[said.index("Fallen (2)") + 1] == (
        "Application patterns 3 → 2; Testing & issue detection 3 → 2"
    )
    assert said[said.index("Newly open (1)") + 1] == "Compliance"
    assert "Planned against achieved" not in said


@pytest.mark.slow
def test_of_very_many_areas_that_rose_the_rest_is_counted(tmp_path: Path) -> None:
    model = wide_model(9, 10)
    both = [at(model, [level] * 90, date(2026, level, 1)) for level in (2, 3)]
    said = words(read(written(compare(both), tmp_path), data_only=True))
    risen = said[said.index("Risen (90)") + 1]
    assert risen.count(" → ") == 24
    assert risen.endswith("; and 66 more")


# ---- figures ------------------------------------------------------------------------------------


def level_of(rating: Rating | None) -> object:
    if rating is None:
        return NO_NUMBER
    if not rating.is_applicable:
        return "n/a"
    return "open" if rating.level is None else plain(rating.level)


def test_the_table_holds_every_area_of_every_session(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    comparison = compare(three)
    book, place = read(written(comparison, tmp_path), data_only=True), columns(comparison)
    rows = table_rows(book)
    assert len(rows) == 22
    for row, area in zip(rows, comparison.areas, strict=True):
        assert row[comparison_table.ID - 1] == area.area_id
        levels = [row[place.level(n) - 1] for n in range(3)]
        assert levels == [level_of(rating) for rating in area.ratings]
        wanted = None if area.difference is None else plain(area.difference)
        assert (row[place.difference - 1] or None) == (wanted or None)
    texts = {row[comparison_table.ID - 1]: row[place.wording - 1] for row in rows}
    model = three[0].model
    assert texts[model.areas[4].id] == "no longer in the model"
    assert texts["process.security"] == "text changed"
    assert texts["people.security"] == "new in the model"


def test_averages_and_parts_are_those_of_the_comparison(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    comparison = compare(three)
    book = read(written(comparison, tmp_path), data_only=True)
    names = {d.id: d.name.in_language("en") for d in three[-1].model.dimensions}
    assert comparison.overall is not None
    groups = {"All areas": comparison.overall}
    groups |= {names[each.id]: each for each in comparison.dimensions}
    for name, group in groups.items():
        figures = [plain(mean) for mean in (*group.means, group.difference)]
        assert row_of(book, name) == pytest.approx([group.areas, *figures])
        moved = group.why[-1]
        parts = [moved.before, *(part.by for part in moved.parts), moved.after]
        assert row_of(book, name, 1) == pytest.approx(
            [plain(part or Fraction(0)) for part in parts]
        )


def test_half_levels_and_a_single_dimension_are_compared(tmp_path: Path) -> None:
    model = wide_model(1, 3)
    both = [
        at(model, levels, date(2026, month, 1), half_levels=True)
        for month, levels in ((1, [1.5, 2, 3]), (2, [2, 2, 2.5]))
    ]
    book = read(written(compare(both), tmp_path), data_only=True)
    said = words(book)
    assert said[said.index("Risen (1)") + 1] == "Area 0 1.5 → 2"
    assert said[said.index("Fallen (1)") + 1] == "Area 2 3 → 2.5"
    assert not [chart for chart in charts(tmp_path / "report.xlsx") if "<radarChart>" in chart]


# ---- grade C ------------------------------------------------------------------------------------


def test_grade_c_shows_levels_side_by_side_and_nothing_else(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    first, *_, latest = three
    comparison = compare([replace(first, scope="Another"), latest])
    path = written(comparison, tmp_path)
    book = read(path, data_only=True)
    said = words(book)
    assert said[said.index("C") + 1] == "Not comparable"
    assert "So: levels side by side only; no differences, no averages, no trend." in said
    assert not [text for text in said if re.match("Risen|Fallen|Averages|Why", text)]
    assert charts(path) == []
    (table,) = book[BY_AREA].tables.values()
    heads = [cell.value for cell in book[BY_AREA][table.ref][0]]
    assert heads == [
        "No.", "Dimension no.", "Area id", "Dimension", "Area", "12 Mar 2026", "5 May 2027",
        "Weight", "Texts",
    ]  # fmt: skip
    assert [row[6] for row in table_rows(book)][:3] == [3, 3, 3]


@pytest.mark.slow
def test_grade_c_leaves_earlier_averages_out_of_page_1(
    session: Session, earlier: Session, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    for scope, series in ((session.scope, 3), ("Another", 2)):
        comparison = compare([replace(earlier, scope=scope), session])
        write_workbook(session, path, "en", today=TODAY, comparison=comparison)
        with ZipFile(path) as archive:
            by_dimension = archive.read("xl/charts/chart2.xml").decode()
        assert by_dimension.count("<ser>") == series
    method = words(read(path), "Method")
    assert [text for text in method if "not comparable, so averages are not shown" in text]


def test_scales_of_different_length_stand_side_by_side(tmp_path: Path) -> None:
    old = at(wide_model(3, 2, 5), [5, 4, 3, 2, 1, 5], date(2026, 1, 1))
    new = at(wide_model(3, 2, 3), [3, 2, 1, 3, 2, 1], date(2026, 6, 1))
    comparison = compare([old, new])
    book = read(written(comparison, tmp_path), data_only=True)
    assert "The scales have different levels." in words(book)
    assert [row[5:7] for row in table_rows(book)][:2] == [(5, 3), (4, 2)]
    assert {"1, levels 1 to 5", "1, levels 1 to 3"} <= set(words(book))


@pytest.mark.slow
def test_without_a_common_area_there_is_no_average(tmp_path: Path) -> None:
    model = wide_model(3, 2)
    both = [
        at(model, levels, date(2026, month, 1))
        for month, levels in ((1, [1, 2, 3]), (2, [None, None, None, 1, 2, 3]))
    ]
    path = written(compare(both), tmp_path)
    said = words(read(path, data_only=True))
    assert "So: no differences, because no area is scored every time." in said
    assert charts(path) == []


# ---- charts -------------------------------------------------------------------------------------


def test_the_waterfall_is_made_of_stacked_columns_with_an_invisible_one(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    (waterfall,) = [c for c in charts(written(compare(three), tmp_path)) if "<barChart>" in c]
    assert '<grouping val="stacked"/>' in waterfall
    assert '<overlap val="100"/>' in waterfall
    base = waterfall.split("<ser>")[1]
    assert "<a:noFill" in base
    labels = re.findall(r"<v>([^<]*)</v>", waterfall.split("<cat>")[1].split("</cat>")[0])
    assert [label.split("\n")[0] for label in labels] == [
        "12 Nov 2026", "Model", "Which areas apply", "Weights", "Re-scored", "5 May 2027",
    ]  # fmt: skip


@pytest.mark.slow
def test_columns_of_the_waterfall_reach_from_average_to_average(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    comparison = compare(three)
    (waterfall,) = [c for c in charts(written(comparison, tmp_path)) if "<barChart>" in c]
    base, average, rise, fall, flat = (
        [float(v) for v in re.findall(r"<v>([^<]*)</v>", part.split("<val>")[1])]
        for part in waterfall.split("<ser>")[1:]
    )
    assert comparison.overall is not None
    moved = comparison.overall.why[-1]
    low = float(moved.before or 0) - base[0] - average[0] / 2
    mean = moved.before or Fraction(0)
    for number, part in enumerate(moved.parts, 1):
        after = part.mean or Fraction(0)
        assert rise[number] - fall[number] == pytest.approx(float(after - mean))
        bottom = base[number] + low + flat[number] / 2
        assert bottom == pytest.approx(float(min(mean, after)))
        mean = after


@pytest.mark.parametrize(("same_people", "lines"), [(True, 1), (None, 0)])
def test_a_trend_over_dates_is_drawn_for_grade_a_only(
    six: tuple[Session, ...], tmp_path: Path, same_people: bool | None, lines: int
) -> None:
    found = charts(written(compare(six, same_people=same_people), tmp_path))
    trends = [chart for chart in found if "<lineChart>" in chart]
    assert len(trends) == lines
    for trend in trends:
        assert "<dateAx>" in trend
        assert '<dispBlanksAs val="gap"/>' in trend
        assert trend.count("<ser>") == 6


def test_radars_hold_at_most_three_sessions(six: tuple[Session, ...], tmp_path: Path) -> None:
    found = charts(written(compare(six), tmp_path))
    radars = [chart for chart in found if "<radarChart>" in chart]
    assert [chart.count("<ser>") for chart in radars] == [3, 3]
    assert ["3 Sep 2026" in chart for chart in radars] == [True, False]


def test_every_chart_of_the_comparison_has_an_alternative_text(
    six: tuple[Session, ...], tmp_path: Path
) -> None:
    path = written(compare(six, same_people=True), tmp_path)
    with ZipFile(path) as archive:
        drawing = archive.read("xl/drawings/drawing4.xml").decode()
    texts = re.findall(r'descr="([^"]*)"', drawing)
    assert len(texts) == 4
    assert "All areas: 3 Mar 2024 " in texts[-1]
    assert any("Re-scored +" in text for text in texts)


# ---- names, units, order ------------------------------------------------------------------------


@pytest.mark.slow
def test_teams_on_one_day_are_told_apart_by_their_units(
    model: MaturityModel, tmp_path: Path
) -> None:
    day = date(2026, 11, 12)
    sessions = []
    for number, team in enumerate(("Platform team", "Shop team", "")):
        units = (Unit(f"u{number}", "o", team),) if team else ()
        affiliation = Affiliation(Organisation("o", "Nordwerk AG"), units)
        sessions.append(at(model, LEVELS, day, id=f"s{number}", affiliation=affiliation))
    rating = replace(sessions[1].all_ratings()[0], level=Fraction(4))
    sessions[1] = sessions[1].with_rating(rating)
    path = written(compare(sessions), tmp_path)
    (header,) = read(path)[BY_AREA].iter_rows(min_row=4, max_row=4, values_only=True)
    assert header[5:8] == (
        "12 Nov 2026 · Platform team", "12 Nov 2026 · Shop team", "12 Nov 2026 · Nordwerk AG",
    )  # fmt: skip
    said = words(read(path, data_only=True))
    assert "Beside 12 Nov 2026 · Shop team" in said
    assert said[said.index("Lower (1)") + 1] == "People overview 4 | 2"
    assert not [
        text for text in said if re.search(r"→|[Rr]ose|[Rr]isen|[Ff]ell|\b[Mm]oved\b", text)
    ]


def test_a_session_that_is_not_the_latest_is_compared_too(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    comparison = compare(three)
    write_workbook(three[1], path, "en", today=TODAY, comparison=comparison)
    latest = columns(comparison).latest
    cells = [row[latest - 1].value for row in read(path)[BY_AREA].iter_rows(min_row=FIRST)]
    assert cells[:3] == [3, 3, 3]
    heads = [cell.value for cell in read(path)["Profile"][4]]
    assert "March 2026" in heads


@pytest.mark.slow
def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    formulas = []
    for text in ("harmless", '=cmd|"/c calc"!A1', "_x0041_\x0b\x1f0\x1f&P", "", "-" * 300):
        model = wide_model(3, 2)
        dimensions = tuple(
            replace(
                dimension,
                name=type(dimension.name).of(en=text or "x"),
                areas=tuple(
                    replace(a, name=type(a.name).of(en=text or "x"), label=type(a.name).of(en=text))
                    for a in dimension.areas
                ),
            )
            for dimension in model.dimensions
        )
        model = replace(model, dimensions=dimensions, content_version=text)
        sessions = [
            at(
                model, [1, 2, number, 3], date(2026, 1, 1), id=f"s{number}", title=text,
                affiliation=Affiliation(Organisation("o", text), (Unit(f"u{number}", "o", text),)),
            )
            for number in (1, 2)
        ]  # fmt: skip
        book = read(written(compare(sessions), tmp_path))
        cells = [c for s in (PAGE, BY_AREA, "Lists") for row in book[s].iter_rows() for c in row]
        formulas.append([str(c.value) for c in cells if c.data_type == "f"])
        assert not [c for c in cells if c.data_type == "e"]
    assert all(each == formulas[0] for each in formulas)


def test_what_became_of_the_steps_of_the_session_before_is_said_in_words(
    three: tuple[Session, ...], tmp_path: Path
) -> None:
    *others, before, latest = three
    first, second = (area.id for area in before.model.areas[:2])
    done = (StepDetails(level, status=StepStatus.DONE) for level in (3, 4))
    ratings = {
        area_id: replace(before.rating(area_id), steps=(step,))
        for area_id, step in zip((first, second), done, strict=True)
    }
    planned = replace(before, ratings={**before.ratings, **ratings})
    said = words(read(written(compare([*others, planned, latest]), tmp_path)))
    begin = said.index("Planned against achieved")
    assert said[begin + 1].startswith("No step was due. No version was frozen")
    assert said[begin + 2 : begin + 6] == [
        "Done and moved (1)",
        "People overview 3",
        "Done but not moved (1)",
        "Organisational change 4 (is at 3)",
    ]
