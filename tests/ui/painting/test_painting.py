"""Painters: bars, markers, small radars and rows."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from exports.palette import DARK, LIGHT, Palette
from ui.painting.bars import filled_part
from ui.painting.marks import MARKS, Mark, Sign, paint_mark
from ui.painting.radars import bars_in, paint_mini_profile, radar_in
from ui.painting.rows import draw_shortened, paint_row_ground

BOX = QRectF(10, 20, 48, 40)


def blank(palette: Palette = LIGHT, size: int = 80) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.surface))
    return image


def painted(mark: Mark, palette: Palette = LIGHT) -> QImage:
    image = blank(palette, 24)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, QPointF(12, 12), mark, palette)
    painter.end()
    return image


# ---- bars ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "width"), [(0, 0), (0.001, 6), (0.5, 50), (1, 100)])
def test_a_bar_is_filled_from_the_left_and_a_little_share_is_seen(
    share: float, width: float
) -> None:
    assert filled_part(QRectF(7, 3, 100, 6), share) == QRectF(7, 3, width, 6)


# ---- marks -----------------------------------------------------------------------------------


def test_every_mark_has_parts_in_colours_of_the_palette() -> None:
    colours = {field.name for field in fields(LIGHT)}
    assert set(MARKS) == set(get_args(Mark))
    for mark, parts in MARKS.items():
        assert parts, mark
        assert {part.colour for part in parts} <= colours, mark


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_can_be_seen(qapp: QApplication, mark: Mark, palette: Palette) -> None:
    assert painted(mark, palette) != blank(palette, 24)


@pytest.mark.parametrize(
    "group",
    [
        ("today", "target", "earlier", "unscored", "not_applicable", "number"),
        ("dot", "circle", "bar"),
        ("today_flag", "target_flag", "earlier_flag"),
        ("now", "scored", "open", "left_out"),
        ("open", "above", "guess", "bare"),
    ],
)
def test_marks_that_stand_side_by_side_differ_without_colour(
    qapp: QApplication, group: tuple[Mark, ...]
) -> None:
    shapes = {mark: painted(mark).convertToFormat(QImage.Format.Format_Mono) for mark in group}
    for one, other in combinations(group, 2):
        assert shapes[one] != shapes[other], (one, other)


def test_a_mark_leaves_pen_brush_and_font_as_they_were(qapp: QApplication) -> None:
    image = blank()
    painter = QPainter(image)
    before = (painter.pen(), painter.brush(), painter.font())
    for mark in MARKS:
        paint_mark(painter, QPointF(20, 20), mark, LIGHT)
    assert (painter.pen(), painter.brush(), painter.font()) == before
    painter.end()


def test_marks_lie_within_the_room_legends_leave_for_them(qapp: QApplication) -> None:
    for mark, parts in MARKS.items():
        if any(isinstance(part, Sign) for part in parts):
            continue
        image = painted(mark)
        seen = [
            x
            for x in range(24)
            for y in range(24)
            if image.pixelColor(x, y) != QColor(LIGHT.surface)
        ]
        assert min(seen) >= 12 - 11, mark
        assert max(seen) <= 12 + 10, mark


# ---- radars ----------------------------------------------------------------------------------


def test_a_small_radar_starts_at_twelve_and_goes_clockwise() -> None:
    radar = radar_in(BOX, 4, margin=2)
    corners = [(round(x), round(y)) for x, y in radar.ring()]
    assert corners == [(34, 22), (52, 40), (34, 58), (16, 40)]


@pytest.mark.parametrize("count", [1, 2])
def test_bars_take_the_place_of_a_radar_without_area(count: int) -> None:
    bars = bars_in(BOX, count)
    assert len(bars) == count
    assert all(BOX.contains(bar) for bar in bars)
    middle = sum(bar.center().x() for bar in bars) / count
    assert middle == pytest.approx(BOX.center().x())
    assert bars_in(BOX, 0) == []


@pytest.mark.parametrize("shares", [[], [0.5], [0.2, None], [0.2, 0.4, 1.0], [0.2, None, 1.0]])
def test_any_profile_can_be_painted_small(qapp: QApplication, shares: list[float | None]) -> None:
    image = blank()
    painter = QPainter(image)
    paint_mini_profile(painter, BOX, shares, LIGHT)
    painter.end()
    assert (image != blank()) == bool(shares)


def test_an_axis_without_a_level_has_no_corner(qapp: QApplication) -> None:
    def picture(shares: list[float | None]) -> QImage:
        image = blank()
        painter = QPainter(image)
        paint_mini_profile(painter, BOX, shares, LIGHT)
        painter.end()
        return image

    assert picture([0.6, None, 0.6, 0.6]) != picture([0.6, 0.2, 0.6, 0.6])


# ---- rows ------------------------------------------------------------------------------------


def test_the_focus_is_shown_by_a_ring_in_the_accent_colour(qapp: QApplication) -> None:
    def edge(ring: float) -> QColor:
        image = blank()
        painter = QPainter(image)
        paint_row_ground(painter, QRectF(0, 0, 80, 30), LIGHT, ring=ring)
        painter.end()
        return image.pixelColor(40, 0)

    assert edge(0) == QColor(LIGHT.selected)
    assert edge(1) == QColor(LIGHT.accent)


def test_text_is_shortened_to_its_box(qapp: QApplication) -> None:
    image = blank()
    painter = QPainter(image)
    whole = painter.fontMetrics().horizontalAdvance("Verbesserung")
    assert draw_shortened(painter, QRect(0, 0, whole + 2, 20), "Verbesserung") == whole
    short = draw_shortened(painter, QRect(0, 0, 40, 20), "Verbesserung")
    assert 0 < short <= 40
    assert draw_shortened(painter, QRect(0, 0, 40, 20), "", Qt.AlignmentFlag.AlignRight) == 0
    painter.end()
