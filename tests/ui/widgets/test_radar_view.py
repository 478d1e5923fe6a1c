"""The radar widget: blitting when a level changes, full redraw on a new layout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from fakes import ROOT, FakeLibrary, builtin_model, small_model
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.model.maturity_model import Area, LocalText, MaturityModel
from app.session.session import NewSession
from exports.radar.data import By
from ui.context import Context
from ui.open_state import OpenState
from ui.widgets.radar_view import RadarView, spoken, text_table

ShowRadar = Callable[..., RadarView]


@pytest.fixture
def show_radar(qtbot: QtBot, context: Context, state: OpenState, library: FakeLibrary) -> ShowRadar:
    """Opens an unscored session and shows its radar."""

    def shown(
        model: MaturityModel | None = None,
        by: By = "area",
        size: tuple[int, int] = (560, 460),
        compact: bool = False,
    ) -> RadarView:
        new = NewSession("Nordwerk AG", model or builtin_model(), half_levels=True)
        state.open_session(library.create_session(new).id)
        view = RadarView(context, state.workspace, by, compact)
        qtbot.addWidget(view)
        view.resize(*size)
        with qtbot.waitExposed(view):
            view.show()
        view.repaint_now()
        return view

    return shown


def pixels(view: RadarView) -> np.ndarray:
    return np.asarray(view.canvas.buffer_rgba()).copy()  # type: ignore[no-untyped-call]


def count_of_draws(view: RadarView) -> list[int]:
    """Grows with every full drawing from now on."""
    drawn: list[int] = []
    view.canvas.mpl_connect("draw_event", lambda _event: drawn.append(1))
    return drawn


@pytest.mark.parametrize("by", ["area", "dimension"])
def test_what_is_blitted_looks_exactly_like_a_full_drawing(
    show_radar: ShowRadar, state: OpenState, by: By
) -> None:
    view = show_radar(by=by)
    areas = state.workspace.session.model.areas
    for number, area in enumerate(areas[:9]):
        state.workspace.workshop.set_level(area.id, 1 + number % 5)  # type: ignore[union-attr]
    state.workspace.workshop.set_level(areas[2].id, None)  # type: ignore[union-attr]
    state.workspace.workshop.set_not_applicable(areas[4].id, "Not ours")  # type: ignore[union-attr]
    blitted = pixels(view)
    view.canvas.draw()
    assert (blitted == pixels(view)).all()


def test_scoring_an_open_area_needs_no_full_drawing(
    show_radar: ShowRadar, state: OpenState
) -> None:
    view = show_radar()
    drawn, before = count_of_draws(view), pixels(view)
    state.workspace.workshop.set_level(state.workspace.session.model.areas[0].id, 4)  # type: ignore[union-attr]
    assert (before != pixels(view)).any()
    assert not drawn


def test_undo_brings_the_old_picture_back(show_radar: ShowRadar, state: OpenState) -> None:
    view = show_radar(small_model(5))
    before = pixels(view)
    state.workspace.workshop.set_level("d1.a", 4)  # type: ignore[union-attr]
    state.workspace.workshop.undo()  # type: ignore[union-attr]
    assert (before == pixels(view)).all()


def test_a_new_target_moves_the_dashed_line_without_a_full_drawing(
    show_radar: ShowRadar, state: OpenState
) -> None:
    view = show_radar(small_model(5))
    drawn, before = count_of_draws(view), pixels(view)
    state.workspace.workshop.set_target("d1.a", 2)  # type: ignore[union-attr]
    assert (before != pixels(view)).any()
    assert not drawn


@pytest.mark.parametrize("change", ["size", "theme", "language", "by"])
def test_a_change_of_shape_gives_a_new_layout(
    show_radar: ShowRadar, context: Context, state: OpenState, qtbot: QtBot, change: str
) -> None:
    view = show_radar()
    with qtbot.waitSignal(view.laid_out, timeout=5000):
        if change == "size":
            view.resize(480, 400)
        elif change == "theme":
            context.set_theme("dark")
        elif change == "language":
            state.workspace.workshop.set_detail("language", "de")  # type: ignore[union-attr]
        else:
            view.set_by("dimension")
    assert view.canvas.get_width_height() == (view.width(), view.height())


def test_labels_stay_where_they_are_while_scoring(show_radar: ShowRadar, state: OpenState) -> None:
    view = show_radar()
    before = view.canvas.drawing.plan
    for area in state.workspace.session.model.areas:
        state.workspace.workshop.set_level(area.id, 3)  # type: ignore[union-attr]
    assert view.canvas.drawing.plan is before


def test_a_hidden_radar_draws_nothing_and_catches_up_when_it_is_shown(
    show_radar: ShowRadar, state: OpenState, qtbot: QtBot
) -> None:
    view = show_radar(small_model(3))
    view.hide()
    before = pixels(view)
    state.workspace.workshop.set_level("d1.a", 5)  # type: ignore[union-attr]
    assert (before == pixels(view)).all()
    view.show()
    qtbot.waitUntil(lambda: bool((before != pixels(view)).any()))


@pytest.mark.parametrize("count", [1, 2, 3, 40, pytest.param(90, marks=pytest.mark.slow)])
def test_any_number_of_areas_is_shown_and_scored(
    show_radar: ShowRadar, state: OpenState, count: int
) -> None:
    view = show_radar(small_model(count), size=(402, 390))
    state.workspace.workshop.set_level("d1.a", 2)  # type: ignore[union-attr]
    blitted = pixels(view)
    view.canvas.draw()
    assert (blitted == pixels(view)).all()


def test_a_radar_keeps_its_picture_when_the_session_is_closed(
    show_radar: ShowRadar, state: OpenState
) -> None:
    view = show_radar()
    before = view.data()
    state.close_session()
    view.repaint_now()
    assert view.data() == before


def test_a_radar_shows_the_session_of_another_workspace(
    show_radar: ShowRadar, state: OpenState, library: FakeLibrary
) -> None:
    view = show_radar()
    state.open_session(library.create_session(NewSession("Acme", small_model())).id)
    view.set_workspace(state.workspace)
    assert [axis.id for axis in view.data().axes] == ["d1.a", "d2.a", "d3.a"]
    assert view.canvas.data == view.data()


def test_a_screen_reader_gets_the_numbers_in_a_sentence(
    show_radar: ShowRadar, state: OpenState
) -> None:
    view = show_radar(small_model(3))
    state.workspace.workshop.set_level("d1.a", Fraction(5, 2))  # type: ignore[union-attr]
    state.workspace.workshop.set_not_applicable("d3.a", "Not ours")  # type: ignore[union-attr]
    assert view.accessibleName() == "Maturity profile"
    assert view.accessibleDescription() == (
        "Area 1: 2.5, target 5; Area 2: not scored; Area 3: not applicable"
    )


def test_pointing_at_an_axis_or_its_name_finds_it(show_radar: ShowRadar) -> None:
    view = show_radar(small_model(4), size=(400, 400))
    plan = view.canvas.drawing.plan
    assert plan is not None
    above = QPoint(round(plan.x), round(view.height() - plan.y - plan.radius * 0.6))
    found = view.axis_at(above)
    assert found is not None
    assert found.id == "d1.a"
    label = plan.labels[1]
    assert label is not None
    found = view.axis_at(QPoint(round(label.x + 5), round(view.height() - label.y)))
    assert found is not None
    assert found.id == "d2.a"
    assert view.axis_at(QPoint(2, 2)) is None


def _with_areas(each: int) -> MaturityModel:
    """Six dimensions with as many areas each."""
    model = small_model(6)
    dimensions = tuple(
        replace(dimension, areas=tuple(_area(dimension.areas[0], n) for n in range(each)))
        for dimension in model.dimensions
    )
    return replace(model, dimensions=dimensions)


def _area(area: Area, number: int) -> Area:
    name = LocalText.of(en=f"Topic {number} of {area.id}")
    return replace(area, id=f"{area.id}.{number}", name=name, label=name)


def test_a_profile_of_ninety_areas_is_divided_and_names_them_all(
    show_radar: ShowRadar, state: OpenState
) -> None:
    view = show_radar(_with_areas(15), size=(560, 460))

    charts = view.canvas.drawing.charts
    assert [[axis.dimension for axis in chart.axes] for chart in charts] == [
        [place] * 15 for place in range(6)
    ]
    assert not any(chart.plan.is_numbered for chart in charts)
    assert view.canvas.height() > 2 * view.height()
    draws = count_of_draws(view)
    state.workspace.workshop.set_level("d6.a.3", 2)  # type: ignore[union-attr]
    assert draws == []


def test_small_radars_are_scrolled_and_lead_to_their_areas(
    show_radar: ShowRadar, qtbot: QtBot
) -> None:
    view = show_radar(_with_areas(15), size=(560, 460))
    last = view.canvas.drawing.charts[-1]
    x = round(last.frame.left + last.plan.x)
    y = round(view.canvas.height() - last.frame.bottom - last.plan.y - last.plan.radius * 0.6)
    assert view.axis_at(view.canvas.mapTo(view, QPoint(x, y))).id == "d6.a.0"  # type: ignore[union-attr]

    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Down)

    place = view.canvas.mapTo(view, QPoint(x, y))
    assert view.rect().contains(place)
    with qtbot.waitSignal(view.area_chosen) as signal:
        qtbot.mouseClick(
            view.childAt(place),
            Qt.MouseButton.LeftButton,
            pos=view.childAt(place).mapFrom(view, place),
        )
    assert signal.args == ["d6.a.0"]


def test_a_profile_of_few_areas_needs_no_scrolling(show_radar: ShowRadar) -> None:
    view = show_radar(_with_areas(10), size=(560, 460))
    assert len(view.canvas.drawing.charts) == 1
    assert view.canvas.height() == view.height()


def test_a_click_on_an_axis_leads_to_its_area(show_radar: ShowRadar, qtbot: QtBot) -> None:
    view = show_radar(small_model(4), size=(400, 400))
    plan = view.canvas.drawing.plan
    assert plan is not None
    right = QPoint(round(plan.x + plan.radius * 0.6), round(view.height() - plan.y))
    with qtbot.waitSignal(view.area_chosen) as signal:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=right)
    assert signal.args == ["d2.a"]


@pytest.mark.usefixtures("empty_clipboard")
def test_a_copied_chart_is_there_as_picture_drawing_and_table(
    show_radar: ShowRadar, state: OpenState
) -> None:
    view = show_radar(small_model(3))
    state.workspace.workshop.set_level("d1.a", 3)  # type: ignore[union-attr]
    view.copy()
    mime = QGuiApplication.clipboard().mimeData()
    picture = mime.imageData()
    assert isinstance(picture, QImage)
    assert picture.size().width() > 1000
    assert mime.data("image/svg+xml").startsWith(b"<?xml")
    assert mime.text().splitlines() == [
        "Area\tCurrent\tTarget", "Area 1\t3\t5", "Area 2\tnot scored\t5", "Area 3\tnot scored\t5",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_program_leaves_in_order_with_a_chart_on_the_clipboard() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests/ui')\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication(['-platform', 'offscreen'])\n"
        "from fakes import FakeServices, small_model\n"
        "from app.session.session import NewSession\n"
        "from ui.context import Context\n"
        "from ui.widgets.radar_view import RadarView\n"
        "from ui.workspace import Workspace\n"
        "services = FakeServices(Path('.'))\n"
        "context = Context(services)\n"
        "library = services.open_library(Path('x'), create=True)\n"
        "session = library.create_session(NewSession('Acme', small_model()))\n"
        "view = RadarView(context, Workspace(context, library, session.id))\n"
        "view.show(); view.copy(); view.copy()\n"
        "QTimer.singleShot(0, app.quit)\n"
        "sys.exit(app.exec())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_table_tells_the_earlier_levels_where_there_are_some(
    show_radar: ShowRadar, context: Context, state: OpenState, library: FakeLibrary
) -> None:
    view = show_radar(small_model(3))
    state.workspace.workshop.set_level("d1.a", 3)  # type: ignore[union-attr]
    state.workspace.earlier = library.load_session(state.workspace.session.id)
    data = view.data()
    assert data is not None
    assert text_table(data, context.texts).splitlines()[1] == "Area 1\t3\t5\t3"
    assert "Area 1: 3, target 5, earlier 3" in spoken(data, context.texts)


def test_the_canvas_leaves_mouse_and_keys_to_the_page(show_radar: ShowRadar) -> None:
    view = show_radar(small_model(3))
    assert view.canvas.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert view.canvas.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_radar_can_be_very_small(show_radar: ShowRadar) -> None:
    view = show_radar(size=(124, 104), by="dimension", compact=True)
    assert view.grab().size() == QSize(124, 104)


@pytest.mark.slow
def test_matplotlib_does_not_load_pyplot() -> None:
    program = "import ui.widgets.radar_view, sys; sys.exit('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0
