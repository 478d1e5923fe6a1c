"""Words of charts of comparisons stay inside and apart, whatever the names and sizes."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comparison.comparison import Comparison, compare
from app.model.maturity_model import LocalText, MaturityModel
from app.words.texts import translator_for
from exports.comparison.charts import chart_of
from exports.comparison.choice import ChartChoice, ChartKind
from exports.comparison.drawing import printed_width
from exports.comparison.scene import (
    Box,
    Dot,
    Scene,
    Shape,
    Sketch,
    Stroke,
    Words,
    hatching,
    spread,
)
from exports.palette import DARK, LIGHT, PAPER, Palette, contrast
from tests.exports.comparison.samples import random_comparison, session, story
from tests.exports.samples import wide_model

EN, DE = translator_for("en"), translator_for("de")
OVERLAY, WATERFALL, TREND = ChartKind
CHOICES = {
    "overlay by dimension": ChartChoice(OVERLAY),
    "overlay by area": ChartChoice(OVERLAY, "area"),
    "waterfall": ChartChoice(WATERFALL),
    "trend": ChartChoice(TREND),
}
SIZES = {
    "card at 1280x720": (318, 220),
    "card at 1440x900": (352, 290),
    "card at 1920x1080": (470, 380),
    "wide": (640, 300),
    "saved": (832, 560),
}


def estimate(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line as a stand-in for a font: every letter is as wide as the next."""
    return len(text) * size * (0.62 if bold else 0.56)


def check(scene: Scene) -> None:
    """No word leaves the scene or touches another."""
    for words in scene.words:
        box = words.box
        assert box.left >= -0.5, words
        assert box.right <= scene.width + 0.5, words
        assert box.bottom >= -2.5, words
        assert box.top <= scene.height + 2.5, words
    for one, other in combinations(scene.words, 2):
        assert not _inner(one.box).touches(_inner(other.box)), (one, other)


def _inner(box: Box) -> Box:
    """The letters of a line, without the room between lines."""
    rim = (box.top - box.bottom) * 0.1
    return Box(box.left + 0.3, box.bottom + rim, box.right - 0.3, box.top - rim)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_words_stay_inside_and_apart(choice: ChartChoice, size: tuple[int, int]) -> None:
    for compared in (story(), random_comparison(6, 5, 4)):
        for tr in (EN, DE):
            chart = chart_of(compared, choice, tr, tr.language)
            assert chart is not None
            check(chart.placed(*size, LIGHT, printed_width))


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize(
    ("dimensions", "areas_each"),
    [(1, 3), (2, 1), (1, 1), (12, 2), pytest.param(9, 10, marks=pytest.mark.slow)],
)
def test_words_stay_apart_with_few_and_with_many_areas(
    choice: ChartChoice, dimensions: int, areas_each: int
) -> None:
    for count in (2, 3, 6):
        chart = chart_of(random_comparison(count, dimensions, areas_each), choice, DE)
        assert chart is not None
        for size in ((352, 290), (832, 560)):
            check(chart.placed(*size, LIGHT, estimate))


def renamed(model: MaturityModel, names: list[str]) -> MaturityModel:
    """The model with other names of its dimensions and areas."""
    given_names = cycle(names)

    def text() -> LocalText:
        return LocalText.of(en=next(given_names), de="x")

    return replace(
        model,
        dimensions=tuple(
            replace(
                each,
                name=text(),
                areas=tuple(replace(area, label=text(), name=text()) for area in each.areas),
            )
            for each in model.dimensions
        ),
    )


@given(
    st.lists(
        st.text("abcdefghij klmno-", min_size=1, max_size=60).filter(str.strip),
        min_size=2,
        max_size=8,
    ),
    st.integers(2, 6),
    st.integers(240, 1000),
    st.integers(140, 700),
    st.sampled_from(list(CHOICES.values())),
)
def test_words_stay_inside_and_apart_for_any_names_and_sizes(
    names: list[str], count: int, width: int, height: int, choice: ChartChoice
) -> None:
    model = renamed(wide_model(4, 2), names)
    compared = compare(
        [session(n, [1 + (n + i) % 5 for i in range(8)], model) for n in range(count)],
        same_people=True,
    )
    chart = chart_of(compared, choice, EN, "en")
    assert chart is not None
    check(chart.placed(width, height, LIGHT, estimate))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_falls_are_told_apart_without_colour(palette: Palette) -> None:
    chart = chart_of(story(), ChartChoice(WATERFALL), EN)
    assert chart is not None
    scene = chart.placed(700, 300, palette, estimate)
    hatched = [
        mark
        for mark in scene.marks
        if isinstance(mark, Stroke) and mark.colour == palette.warning and mark.width < 1
    ]
    assert len(hatched) > 10, "two falls, each filled with lines"


@pytest.mark.parametrize("palette", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_words_and_marks_stand_out_from_the_ground(choice: ChartChoice, palette: Palette) -> None:
    chart = chart_of(story(), choice, EN)
    assert chart is not None
    scene = chart.placed(700, 400, palette, estimate)
    for mark in scene.marks:
        if isinstance(mark, Words):
            assert contrast(mark.colour, palette.surface) >= 4.5, mark
        elif isinstance(mark, Shape):
            is_seen_through = mark.opacity < 1 or mark.fill == palette.surface
            if not is_seen_through:
                assert contrast(mark.outline or mark.fill, palette.surface) >= 3, mark
        elif mark.colour != palette.line:  # hair lines only separate
            assert contrast(mark.colour, palette.surface) >= 3, mark


def test_the_three_lines_of_an_overlay_differ_without_colour() -> None:
    chart = chart_of(story(), ChartChoice(OVERLAY), EN)
    assert chart is not None
    scene = chart.placed(500, 400, LIGHT, estimate)
    lines = {
        (mark.colour, bool(mark.dashes))
        for mark in scene.marks
        if isinstance(mark, Stroke) and mark.width > 1
    }
    assert lines == {(LIGHT.earlier, True), (LIGHT.earlier, False), (LIGHT.current, False)}
    assert sum(isinstance(mark, Dot) for mark in scene.marks) == 4


def test_more_than_three_sessions_stand_side_by_side_over_the_latest() -> None:
    for count, cells in ((3, 1), (4, 3), (6, 5)):
        chart = chart_of(random_comparison(count, 4, 2), ChartChoice(OVERLAY), EN)
        assert chart is not None
        scene = chart.placed(800, 500, LIGHT, estimate)
        headings = [words for words in scene.words if words.bold]
        assert len(headings) == (cells if cells > 1 else 0)


def test_pointing_at_a_part_says_its_figures() -> None:
    chart = chart_of(story(), ChartChoice(WATERFALL), EN, "en")
    assert chart is not None
    scene = chart.placed(700, 300, LIGHT, estimate)
    assert scene.text_at(690, 100) == "5 May 2027 · 22 areas: 2.88"
    assert scene.text_at(200, 100).startswith("Model +0.05\nAudit and logs has new texts")
    assert scene.text_at(-5, 100) == ""


def test_dates_are_to_scale() -> None:
    compared: Comparison = story()
    chart = chart_of(compared, ChartChoice(TREND), EN, "en")
    assert chart is not None
    scene = chart.placed(800, 400, LIGHT, estimate)
    xs = sorted({mark.x for mark in scene.marks if isinstance(mark, Dot)})
    days = [each.date for each in compared.sessions]
    share = (days[1] - days[0]).days / (days[2] - days[0]).days
    assert (xs[1] - xs[0]) / (xs[2] - xs[0]) == pytest.approx(share)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=10))
def test_places_are_spread_in_order_and_apart(wanted: list[float]) -> None:
    places = spread(wanted, 8, -20, 120)
    for (a, at_a), (b, at_b) in combinations(zip(wanted, places, strict=True), 2):
        assert abs(at_a - at_b) >= 8 - 1e-6
        if abs(a - b) > 1e-6:
            assert (a < b) == (at_a < at_b)
    assert all(-20.001 <= place <= 120.001 for place in places)


def test_hatching_fills_its_box_and_no_more() -> None:
    box = Box(10, 20, 60, 32)
    lines = list(hatching(box, "#000000"))
    assert len(lines) > 8
    for line in lines:
        assert all(box.covers(x, y) for x, y in line.points)


def test_a_long_text_is_broken_into_lines_that_fit() -> None:
    sketch = Sketch(estimate)
    lines = list(sketch.filled_lines("one two three " * 9 + "x" * 90, 120, 11))
    assert all(estimate(line, 11) <= 120 for line in lines)
    assert " ".join(lines[:-1]) == ("one two three " * 9).strip()
    assert lines[-1].endswith("…")
