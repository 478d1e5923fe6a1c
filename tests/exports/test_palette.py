"""Palettes: contrast ratios of WCAG 2, and distinguishable markers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from exports.palette import (
    DARK,
    LIGHT,
    PALETTES,
    PAPER,
    Palette,
    contrast,
    high_contrast,
    luminance,
)
from tests.exports.colour_vision import KINDS, blended, distance, seen

ROOT = Path(__file__).resolve().parents[2]
TEXT, MARK = 4.5, 3.0


def contrasting(ground: str, text: str, accent: str, on_accent: str) -> Palette:
    return high_contrast(ground=ground, text=text, accent=accent, on_accent=on_accent)


SYSTEMS = {
    "yellow on black": contrasting("#000000", "#FFFF00", "#008000", "#FFFFFF"),
    "white on black": contrasting("#000000", "#FFFFFF", "#1AEBFF", "#000000"),
    "green on black": contrasting("#000000", "#00FF00", "#00FF00", "#000000"),
    "black on white": contrasting("#FFFFFF", "#000000", "#37006E", "#FFFFFF"),
    "night sky": contrasting("#000000", "#FFFFFF", "#D6B4FD", "#2B2B2B"),
    "desert": contrasting("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),
}
"""High contrast as systems have it: the window takes its few colours over."""
ALL = {**PALETTES, PAPER.name: PAPER, **SYSTEMS}
everywhere = pytest.mark.parametrize("palette", ALL.values(), ids=ALL)
OURS = {**PALETTES, PAPER.name: PAPER}
in_ours = pytest.mark.parametrize("palette", OURS.values(), ids=OURS)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@everywhere
@pytest.mark.parametrize("ground", ["ground", "surface", "selected"])
@pytest.mark.parametrize("text", ["text", "secondary", "accent"])
def test_text_can_be_read_on_every_ground(palette: Palette, ground: str, text: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= TEXT


@everywhere
def test_text_can_be_read_on_buttons_and_warnings(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= TEXT
    assert contrast(palette.warning, palette.warning_ground) >= TEXT
    assert contrast(palette.warning, palette.ground) >= TEXT
    assert contrast(palette.notice, palette.ground) >= TEXT
    assert contrast(palette.notice, palette.surface) >= TEXT
    assert contrast(palette.notice, palette.notice_ground) >= TEXT
    assert contrast(palette.notice_mark, palette.surface) >= MARK


@everywhere
def test_the_number_can_be_read_on_every_level(palette: Palette) -> None:
    for fill, text in zip(palette.levels, palette.level_texts, strict=True):
        assert contrast(fill, text) >= TEXT, fill


@everywhere
def test_levels_grow_in_one_direction(palette: Palette) -> None:
    shades = [luminance(fill) for fill in palette.levels]
    assert shades == sorted(shades, reverse=not palette.is_dark)


@everywhere
def test_dimensions_can_be_seen_and_their_words_read(palette: Palette) -> None:
    for mark, text in zip(palette.dimension_marks, palette.dimension_texts, strict=True):
        assert contrast(mark, palette.surface) >= MARK, mark
        assert contrast(text, palette.surface) >= TEXT, text
        assert contrast(text, palette.ground) >= TEXT, text


def nearest(colours: Sequence[str], kind: str) -> float:
    """Distance of the two colours that look most alike to people who see like this."""
    labs = [seen(colour, kind) for colour in colours]
    return min(distance(one, other) for one, other in combinations(labs, 2))


def test_the_measure_of_differences_is_right() -> None:
    # Two pairs of Sharma, Wu and Dalal, 2005, table 1.
    assert distance((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert distance((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514)) == pytest.approx(
        0.9082, abs=1e-4
    )


@in_ours
@pytest.mark.parametrize("kind", KINDS)
def test_dimensions_are_told_apart_by_everybody(palette: Palette, kind: str) -> None:
    assert nearest(palette.dimension_texts, kind) >= (9 if kind != "normal" else 15)
    assert nearest(palette.dimension_marks, kind) >= (7 if kind != "normal" else 15)


@in_ours
def test_many_dimensions_stay_distinct_and_readable(palette: Palette) -> None:
    for of in (palette.dimension_mark, palette.dimension_text):
        colours = [of(index) for index in range(24)]
        assert nearest(colours, "normal") >= 6
        assert len({of(index) for index in range(60)}) == 60
        for colour in colours[8:]:
            assert contrast(colour, palette.surface) >= TEXT, colour
            assert contrast(colour, palette.ground) >= TEXT, colour


@everywhere
def test_marks_of_charts_can_be_seen(palette: Palette) -> None:
    for mark in (palette.current, palette.target, palette.earlier, palette.accent):
        assert contrast(mark, palette.surface) >= MARK, mark


@everywhere
def test_the_earlier_line_can_be_seen_over_the_area_of_today(palette: Palette) -> None:
    area = blended(palette.current_fill, palette.surface, palette.fill_alpha)
    assert contrast(palette.earlier, area) >= MARK


@everywhere
def test_the_band_of_a_gap_can_be_seen(palette: Palette) -> None:
    assert contrast(palette.levels[3], palette.surface) >= MARK


@everywhere
@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_frames_and_quiet_marks_can_be_seen(palette: Palette, ground: str) -> None:
    assert contrast(palette.frame, getattr(palette, ground)) >= MARK


@everywhere
def test_the_bar_of_the_selected_row_can_be_seen(palette: Palette) -> None:
    for ground in (palette.selected, palette.surface, palette.ground):
        assert contrast(palette.accent, ground) >= MARK


def test_fields_buttons_and_what_is_selected_have_those_frames() -> None:
    sheet = (ROOT / "ui" / "resources" / "window.qss").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^([^{}/@]+?)\s*\{([^}]*)\}", sheet, re.MULTILINE))
    framed = ("QPushButton, QToolButton", "QLineEdit, QPlainTextEdit", "QTreeView")
    for start in framed:
        block = next(block for name, block in blocks.items() if name.strip().startswith(start))
        assert "1px solid @frame" in block, start
    for name, block in blocks.items():
        if ":selected" in name and 'role="plain"' not in name:  # plain lists paint their own
            assert "@accent" in block, name


def test_both_palettes_have_the_same_parts() -> None:
    assert len(LIGHT.levels) == len(DARK.levels)
    assert len(LIGHT.dimension_marks) == len(DARK.dimension_marks)


def test_no_colour_is_written_anywhere_else() -> None:
    colour = re.compile(r"""["' ]#?[0-9A-F]{6}["';]""", re.IGNORECASE)
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("app", "data", "exports", "stufenplan", "ui")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".qss") and colour.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"exports/palette.py"}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_pictures_of_the_style_sheet_have_colours_of_the_palette(palette: Palette) -> None:
    pictures = list((ROOT / "ui" / "resources").glob(f"*-{palette.name}.svg"))
    assert pictures
    for picture in pictures:
        (colour,) = re.findall(r"#[0-9A-F]{6}", picture.read_text(encoding="utf-8"))
        assert colour in (palette.secondary, palette.on_accent), picture.name


@pytest.mark.parametrize("name", SYSTEMS)
def test_high_contrast_takes_ground_and_text_from_the_system(name: str) -> None:
    palette = SYSTEMS[name]
    assert palette.ground == palette.surface
    assert palette.text == palette.secondary == palette.frame == palette.line
    assert palette.is_dark == (luminance(palette.ground) < 0.5)
