"""Radar labels are complete, within the image and without overlaps, whatever their text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, hypot, pi, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from app.figures.scoring import profile
from app.model.maturity_model import MaturityModel
from app.words.texts import translator_for
from exports.palette import PAPER
from exports.radar.data import radar_data
from exports.radar.drawing import draw_radar
from exports.radar.layout import plan_radar
from exports.radar.lettering import text_width
from exports.radar.lines import shortened, wrapped
from exports.radar.plan import PlacedLabel, RadarPlan
from tests.exports.samples import scored, wide_model

SIZES = {
    "beside the scoring at 1024x640": (192, 170),
    "beside the scoring at 1440x900": (288, 240),
    "results at 1024x640": (402, 390),
    "results at 1280x720": (536, 450),
    "results at 1440x900": (580, 410),
    "results at 1920x1080": (790, 560),
    "saved": (856, 560),
}
COUNTS = (3, 4, 5, 6, 7, 8, 12, 13, 14, 22, 31, 40, 90)


def estimate(text: str, size: float) -> float:
    """Width of a line as a stand-in for a font: every letter is as wide as the next."""
    return len(text) * size * 0.6


def edges(label: PlacedLabel) -> tuple[float, float, float, float]:
    half = label.height / 2
    return label.left, label.y - half, label.left + label.width, label.y + half


def overlap(one: PlacedLabel, other: PlacedLabel) -> bool:
    a, b = edges(one), edges(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01


def check(plan: RadarPlan, count: int, width: float, height: float) -> None:
    shown = [label for label in plan.labels if label is not None]
    for label in shown:
        left, bottom, right, top = edges(label)
        assert left >= -0.01
        assert bottom >= -0.01
        assert right <= width + 0.01
        assert top <= height + 0.01
    for number, label in enumerate(shown):
        assert not any(overlap(label, other) for other in shown[number + 1 :])
    for place in range(count):
        angle = 2 * pi * place / count
        corner = plan.x + plan.radius * sin(angle), plan.y + plan.radius * cos(angle)
        assert not any(label.covers(*corner) for label in shown)


NAMES = st.text("abcdefghij klmno", min_size=1, max_size=40).map(str.strip)
SHORT_NAMES = st.text("abc", min_size=1, max_size=3)


@given(
    st.lists(NAMES, min_size=3, max_size=100)
    | st.lists(SHORT_NAMES | SHORT_NAMES | NAMES, min_size=3, max_size=60),
    st.integers(180, 1200),
    st.integers(160, 900),
)
@example(["a"] * 3 + ["a" * 7] + ["a"] * 7, 180, 160)  # one wide name beside a small ring
@example(["a"] * 3 + ["a" * 26] + ["a"] * 2, 180, 160)  # one wider than the picture below it
def test_labels_stay_inside_and_apart_for_any_names_and_any_size(
    labels: list[str], width: int, height: int
) -> None:
    plan = plan_radar(labels, width, height, estimate)
    assert len(plan.labels) == len(labels)
    check(plan, len(labels), width, height)


def _some_slow(counts: tuple[int, ...], fast: set[int]) -> list[object]:
    """All counts as parameters, those that are not fast for the slow set."""
    return [
        count if count in fast else pytest.param(count, marks=pytest.mark.slow) for count in counts
    ]


@pytest.mark.parametrize("count", _some_slow(COUNTS, {3, 8, 13, 22, 90}))
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_drawn_labels_are_inside_the_picture_and_touch_nothing(
    count: int, size: tuple[int, int]
) -> None:
    check_drawn(wide_model(count, 1), size, "en")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_the_built_in_model_is_drawn_without_clipping(
    model: MaturityModel, size: tuple[int, int], language: str
) -> None:
    check_drawn(model, size, language)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "size", [size for name, size in SIZES.items() if name.startswith(("results", "saved"))]
)
def test_all_22_names_of_the_built_in_model_are_readable_on_the_results_page(
    model: MaturityModel, size: tuple[int, int], language: str
) -> None:
    labels = [area.label.in_language(language) for area in model.areas]
    plan = plan_radar(labels, *size, text_width, language=language)
    assert not plan.is_numbered
    assert plan.size >= 11
    assert plan.radius >= 0.27 * min(size)
    shown = [letters_of("".join(label.lines)) for label in plan.labels if label is not None]
    assert shown == [letters_of(label) for label in labels]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "size", [size for name, size in SIZES.items() if name.startswith("beside")]
)
def test_dimensions_of_the_built_in_model_are_named_in_the_narrow_column(
    model: MaturityModel, size: tuple[int, int], language: str
) -> None:
    labels = [dimension.name.in_language(language) for dimension in model.dimensions]
    plan = plan_radar(labels, *size, text_width, 11, language)
    shown = [letters_of("".join(label.lines)) for label in plan.labels if label is not None]
    assert shown == [letters_of(label) for label in labels]
    assert plan.radius >= 0.27 * min(size)


@pytest.mark.parametrize("count", _some_slow((20, 41, 54, 90, 99, 300, 1000), {20, 54, 99, 300}))
@pytest.mark.parametrize("size", [150, 202, 400, 800])
def test_numbers_never_touch_each_other(count: int, size: int) -> None:
    labels = [f"A long name that does not fit beside such a radar {n}" for n in range(count)]
    plan = plan_radar(labels, size, size, estimate)
    check(plan, count, size, size)


def letters_of(text: str) -> str:
    """The text without what depends on where its lines end."""
    return text.replace(" ", "").replace("-", "")


def check_drawn(model: MaturityModel, size: tuple[int, int], language: str) -> None:
    """Draw, then measure what was really drawn."""
    session = scored(model, [2, None, "n/a", 5])
    data = radar_data(session, profile(session), translator=translator_for("en"), language=language)
    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72)
    canvas = FigureCanvasAgg(figure)
    drawing = draw_radar(figure, data, PAPER)
    canvas.draw()
    assert drawing.plan is not None
    texts = [text for text in figure.axes[0].texts if str(text.get_gid()).startswith("label-")]
    assert texts
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
    frame = Bbox([[0, 0], [size[0], size[1]]])
    for box in boxes:
        assert frame.contains(box.x0, box.y0)
        assert frame.contains(box.x1, box.y1)
    for number, box in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert _gap(box, other) >= 0
    plan = drawing.plan
    for place in range(len(data.axes)):
        angle = 2 * pi * place / len(data.axes)
        out = plan.radius + 8  # where marks of unscored areas end
        x, y = plan.x + out * sin(angle), plan.y + out * cos(angle)
        assert not any(box.contains(x, y) for box in boxes)


def _gap(one: Bbox, other: Bbox) -> float:
    """How far two boxes are apart, in the direction in which they are; negative: they overlap.

    Two points of a text's box are empty line height.
    """
    beside = max(one.x0, other.x0) - min(one.x1, other.x1)
    above = max(one.y0, other.y0) - min(one.y1, other.y1)
    return max(beside, above) + 1


def test_axes_start_at_twelve_and_go_clockwise() -> None:
    plan = plan_radar(["N", "E", "S", "W"], 400, 400, estimate)
    north, east, south, west = (label for label in plan.labels if label is not None)
    assert north.y > plan.y + plan.radius
    assert east.x > plan.x + plan.radius
    assert south.y < plan.y - plan.radius
    assert west.x < plan.x - plan.radius
    aligned = [label.align for label in (north, east, south, west)]
    assert aligned == ["center", "left", "center", "right"]


def test_numbers_take_over_where_shortened_names_would_be_mistaken_for_each_other() -> None:
    labels = [f"The very same long beginning of a name number {n}" for n in range(40)]
    plan = plan_radar(labels, 420, 390, estimate)
    assert plan.is_numbered
    assert [label.lines for label in plan.labels if label is not None][:2] == [("1",), ("2",)]


def test_a_lone_long_word_is_shortened_rather_than_the_radar_made_tiny() -> None:
    labels = [f"{letter}onaudampfschifffahrtsgesellschaftskapitän" for letter in "ABCDEFGH"]
    plan = plan_radar(labels, 400, 380, estimate)
    assert all(label is not None and label.lines[0].endswith("…") for label in plan.labels)
    assert plan.radius > 90


def test_names_stay_whole_where_shortened_they_would_leave_hardly_more_room() -> None:
    labels = [
        "Zusammenarbeit im Zusammenspiel mit 1213", "Lieferfähigkeit im Zusammenspiel mit 1234",
        "Qualitätssicherung im Zusammenspiel mi15", "Betriebsführung im Zusammenspiel mit 1236",
        "Kostenkontrolle im Zusammenspiel mit 1217", "Wissensmanagement im Zusammenspiel mit 18",
    ]  # fmt: skip
    plan = plan_radar(labels, 392, 270, text_width, language="en")
    assert not any("…" in line for label in plan.labels for line in label.lines)


def test_every_label_stands_near_its_axis_or_is_led_there_by_a_line() -> None:
    labels = [f"Area {n}" for n in range(40)]
    plan = plan_radar(labels, 700, 600, estimate)
    for place, label in enumerate(plan.labels):
        assert label is not None
        angle = 2 * pi * place / 40
        corner = plan.x + plan.radius * sin(angle), plan.y + plan.radius * cos(angle)
        nearest = label.x, min(max(corner[1], edges(label)[1]), edges(label)[3])
        distance = hypot(corner[0] - nearest[0], corner[1] - nearest[1])
        assert distance < 30 or label.is_moved


def test_a_text_is_shortened_only_where_it_must_be() -> None:
    assert shortened("Compliance", 1000, 10, estimate) == "Compliance"
    cut = shortened("Compliance", 42, 10, estimate)
    assert cut == "Compli…"
    assert estimate(cut, 10) <= 42


@pytest.mark.parametrize(
    ("word", "language", "lines"),
    [
        ("Geschäftsergebnisse", "de", ("Geschäfts-", "ergebnisse")),
        ("Technologieübersicht", "de", ("Technologie-", "übersicht")),
        ("Anwendungsmuster", "de", ("Anwendungs-", "muster")),
        ("Policy-Gestaltung", "de", ("Policy-", "Gestaltung")),
        ("Problemerkennung", "de", ("Problem-", "erkennung")),
        ("decentralisation", "en", ("decentral-", "isation")),
    ],
)
def test_long_words_are_broken_where_they_are_joined(
    word: str, language: str, lines: tuple[str, str]
) -> None:
    assert wrapped(word, 2, 10, estimate, language) == lines


def test_words_stay_whole_unless_they_have_to_be_broken() -> None:
    assert wrapped("Technologieübersicht", 2, 10, estimate) == ("Technologieübersicht",)


def test_lines_are_balanced() -> None:
    assert wrapped("Testing and issue detection", 2, 10, estimate) == (
        "Testing and",
        "issue detection",
    )


@pytest.mark.parametrize("size", [(288, 240), (536, 450)])
def test_a_short_name_is_not_broken_into_lines(size: tuple[int, int]) -> None:
    labels = [f"Area {number}" for number in range(1, 11)]
    plan = plan_radar(labels, *size, estimate)
    assert [label.lines for label in plan.labels if label] == [(label,) for label in labels]


@pytest.mark.parametrize(("count", "size"), [(30, (260, 220)), (40, (400, 300))])
def test_names_as_short_as_numbers_are_not_replaced_by_numbers(
    count: int, size: tuple[int, int]
) -> None:
    labels = [f"A{number}" for number in range(1, count + 1)]
    plan = plan_radar(labels, *size, estimate)
    assert not plan.is_numbered
    assert [label.lines for label in plan.labels if label] == [(label,) for label in labels]
    check(plan, count, *size)


@pytest.mark.parametrize("place", range(11))
def test_a_wide_name_among_short_ones_keeps_off_the_ring_and_its_marks(place: int) -> None:
    labels = ["a"] * 11
    labels[place] = "a" * 7
    plan = plan_radar(labels, 180, 160, estimate)
    check(plan, 11, 180, 160)
    with_marks = replace(plan, radius=plan.radius + 8)
    check(with_marks, 11, 180, 160)


def test_labels_of_several_lines_keep_more_distance_than_their_lines() -> None:
    labels = [f"Releases and operations {number}" for number in range(22)]
    plan = plan_radar(labels, 536, 450, estimate)
    placed = [label for label in plan.labels if label is not None]
    assert any(len(label.lines) > 1 for label in placed)
    for side in (True, False):
        column = sorted(
            (label for label in placed if label.align != "center" and (label.x > plan.x) == side),
            key=lambda label: -label.y,
        )
        gaps = [
            (upper.y - upper.height / 2) - (lower.y + lower.height / 2)
            for upper, lower in pairwise(column)
            if len(upper.lines) > 1 and len(lower.lines) > 1
        ]
        assert all(gap >= 5.9 for gap in gaps)
