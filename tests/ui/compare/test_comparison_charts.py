"""Charts of comparisons in the window: painted, spoken, pointed at, copied."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from fakes import ROOT
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.comparison.comparison import Comparison
from app.words.texts import translator_for
from exports.palette import DARK, LIGHT, Palette
from tests.exports.comparison.samples import not_comparable, random_comparison, story
from ui.compare.charts import ComparisonView, OverlayView, TrendView, WaterfallView

Show = Callable[..., ComparisonView]
VIEWS = (OverlayView, WaterfallView, TrendView)


@pytest.fixture(scope="module")
def told() -> Comparison:
    return story()


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a chart of a comparison."""

    def shown(
        kind: type[ComparisonView],
        comparison: Comparison | None,
        language: str = "en",
        theme: Palette = LIGHT,
        size: tuple[int, int] = (360, 280),
    ) -> ComparisonView:
        view = kind()
        qtbot.addWidget(view)
        view.resize(*size)
        with qtbot.waitExposed(view):
            view.show()
        view.show_comparison(comparison, translator_for(language), theme)
        return view

    return shown


def colours(view: ComparisonView) -> set[str]:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(image.height())
    }


@pytest.mark.parametrize("kind", VIEWS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_charts_are_painted_in_the_colours_of_the_window(
    show: Show, told: Comparison, kind: type[ComparisonView], theme: Palette
) -> None:
    found = colours(show(kind, told, theme=theme))
    wanted = {OverlayView: theme.current, WaterfallView: theme.levels[2], TrendView: theme.text}
    assert wanted[kind] in found


@pytest.mark.parametrize("kind", VIEWS)
def test_screen_readers_hear_every_figure(
    show: Show, told: Comparison, kind: type[ComparisonView]
) -> None:
    view = show(kind, told, "de")
    chart = view.chart
    assert chart is not None
    assert view.accessibleName() == chart.heading
    assert view.accessibleDescription() == chart.said
    assert view.focusPolicy() == Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("kind", VIEWS)
def test_what_the_grade_forbids_is_neither_painted_nor_said(
    show: Show, kind: type[ComparisonView]
) -> None:
    view = show(kind, not_comparable())
    assert view.chart is None
    assert view.scene is None
    assert view.accessibleName() == view.accessibleDescription() == ""
    view.copy()


def test_areas_can_be_compared_where_averages_cannot(show: Show) -> None:
    view = show(OverlayView, not_comparable())
    assert isinstance(view, OverlayView)
    view.set_by("area")
    assert view.chart is not None
    assert "Profile by area" in view.accessibleName()


def test_a_waterfall_explains_the_step_and_dimension_that_is_chosen(
    show: Show, told: Comparison
) -> None:
    view = show(WaterfallView, told)
    assert isinstance(view, WaterfallView)
    assert view.chart is not None
    assert view.chart.days == ("12 Nov 2026", "5 May 2027")
    view.set_step(0)
    assert view.chart.days == ("12 Mar 2026", "12 Nov 2026")
    view.set_group("people")
    assert view.accessibleName().endswith("People")


def test_pointing_says_the_figures(show: Show, told: Comparison) -> None:
    view = show(WaterfallView, told)
    assert view.said_at(340, 100) == "5 May 2027 · 22 areas: 2.88"
    assert view.said_at(2, -40) == ""


def test_a_chart_that_needs_more_height_scrolls_with_the_arrow_keys(
    qtbot: QtBot, show: Show
) -> None:
    view = show(OverlayView, random_comparison(6, 4, 2))
    bar = view._room.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() > 0
    flat = show(WaterfallView, random_comparison(6, 4, 2))
    assert flat._room.verticalScrollBar().maximum() == 0


@pytest.mark.usefixtures("empty_clipboard")
def test_copying_puts_picture_svg_and_table_on_the_clipboard(show: Show, told: Comparison) -> None:
    show(WaterfallView, told, "de").copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    assert b"<svg" in bytes(mime.data("image/svg+xml").data())
    assert mime.text().splitlines()[0] == "12.11.2026 (21 Bereiche)\t2,59\t"


def test_charts_are_painted_without_matplotlib() -> None:
    code = "import sys, ui.compare.charts; sys.exit('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0
