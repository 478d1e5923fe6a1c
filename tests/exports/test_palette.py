"""Palettes: contrast ratios of WCAG 2, and distinguishable markers."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from exports.palette import DARK, LIGHT, PALETTES, PAPER, Palette, contrast, luminance

ROOT = Path(__file__).resolve().parents[2]
TEXT, MARK = 4.5, 3.0


ALL = {**PALETTES, PAPER.name: PAPER}
everywhere = pytest.mark.parametrize("palette", ALL.values(), ids=ALL)


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


@everywhere
def test_no_two_dimensions_share_a_colour(palette: Palette) -> None:
    assert all(first != second for first, second in combinations(palette.dimension_marks, 2))


@everywhere
def test_marks_of_charts_can_be_seen(palette: Palette) -> None:
    for mark in (palette.current, palette.target, palette.earlier, palette.accent):
        assert contrast(mark, palette.surface) >= MARK, mark


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
