"""The results page: figures with explanations, gaps and steps, all charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from fakes import FakeLibrary, FakeServices, builtin_model, small_model
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QListView,
    QMainWindow,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.model.maturity_model import Area, Dimension, LevelDescription, LocalText, MaturityModel
from app.session.rating import Rating
from app.session.session import NewSession, Session
from exports.export import ExportKind, begin_export
from exports.palette import DARK, LIGHT
from ui.context import Context
from ui.open_state import OpenState
from ui.results.heat_map import lines_of
from ui.results.results_body import BY_AREA, BY_DIMENSION, GAPS, HEAT, STEPS, TABLE
from ui.results.results_page import ResultsPage
from ui.theme import apply_theme
from ui.widgets.controls import FittedName

OpenPage = Callable[..., ResultsPage]
SIZES = [(1024, 568), (1280, 648), (1440, 828), (1920, 1008)]
SMALLEST_FAST = [SIZES[0], *(pytest.param(size, marks=pytest.mark.slow) for size in SIZES[1:])]


@pytest.fixture
def open_page(qtbot: QtBot, context: Context, state: OpenState, library: FakeLibrary) -> OpenPage:
    """Opens a session on a model and shows its results, without the radar."""

    def opened(
        model: MaturityModel | None = None,
        levels: list[int | Fraction | str | None] | None = None,
        *,
        half_levels: bool = False,
        size: tuple[int, int] = (1280, 648),
    ) -> ResultsPage:
        new = NewSession("Nordwerk AG", model or small_model(), half_levels=half_levels)
        state.open_session(library.create_session(new).id)
        workshop = state.workspace.workshop
        for area, level in zip(state.workspace.session.model.areas, levels or [], strict=False):
            if level == "n/a":
                workshop.set_not_applicable(area.id, "Not ours")
            elif level is not None:
                workshop.set_level(area.id, Fraction(level))
        return show(qtbot, context, state, size)

    return opened


@pytest.fixture
def sample(
    qtbot: QtBot,
    context: Context,
    state: OpenState,
    services: FakeServices,
    library: FakeLibrary,
) -> OpenPage:
    """Opens the sample's later workshop and shows its results."""

    def opened(size: tuple[int, int] = (1280, 648), language: str = "en") -> ResultsPage:
        context.set_language(language)
        state.open_session(services.create_sample(library, language))
        return show(qtbot, context, state, size)

    return opened


def show(qtbot: QtBot, context: Context, state: OpenState, size: tuple[int, int]) -> ResultsPage:
    page = ResultsPage(context, state.workspace)
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def figure(page: ResultsPage, name: str) -> str:
    """Name and description of a key figure, as a screen reader says them."""
    card = page.findChild(QWidget, name)
    assert card is not None
    return f"{card.accessibleName()} {card.accessibleDescription()}".strip()


def row_of(page: ResultsPage, area_id: str) -> str:
    return next(row.sentence for row in page.body.gaps.rows if row.area_id == area_id)


# ---- key figures -----------------------------------------------------------------------------


def test_the_headline_is_an_average_of_so_many_areas_beside_the_lowest(
    open_page: OpenPage,
) -> None:
    page = open_page(levels=[1, 4, None])
    assert figure(page, "overall").startswith("Overall: 2.5, average of 2 areas · lowest 1")


def test_the_gap_is_told_on_average_in_all_and_as_the_way_made(open_page: OpenPage) -> None:
    page = open_page(levels=[1, 4, 5])
    assert figure(page, "gap-to-target").startswith(
        "Gap to target: 1.7, levels on average · 5 in total · progress to target 58%"
    )


def test_half_levels_are_told_plainly(open_page: OpenPage) -> None:
    page = open_page(levels=[Fraction(5, 2), 5, 5], half_levels=True)
    assert "2.5 in total" in figure(page, "gap-to-target")
    assert row_of(page, "d1.a") == "Area 1 (Dimension 1): current 2.5, target 5, gap 2.5"


def test_the_staged_level_is_open_until_every_area_is_scored(open_page: OpenPage) -> None:
    page = open_page(levels=[2, 4, None])
    assert figure(page, "staged-level").startswith("Reached by all: –, open: 1 area")
    page.workspace.workshop.set_level("d3.a", 3)  # type: ignore[union-attr]
    assert figure(page, "staged-level").startswith("Reached by all: 2, lowest level of all areas")


def test_coverage_counts_what_applies(open_page: OpenPage) -> None:
    page = open_page(levels=[2, "n/a", None])
    assert "1 not applicable" in figure(page, "coverage")
    assert "1 of 2" in figure(page, "coverage")


def test_the_change_since_the_earlier_session_is_told_for_the_areas_it_is_about(
    sample: OpenPage,
) -> None:
    said = figure(sample(), "overall")
    assert "Overall: 2.6, up 0.8" in said
    assert "Change since March 2026, on " in said
    assert "scored both times with the same level texts." in said


def test_without_an_earlier_session_no_change_is_told(open_page: OpenPage) -> None:
    said = figure(open_page(levels=[1, 2, 3]), "overall")
    assert not any(arrow in said for arrow in "▲▼=")


def test_a_level_set_elsewhere_changes_the_figures_at_once(open_page: OpenPage) -> None:
    page = open_page(levels=[1, 1, 1])
    page.workspace.workshop.set_level("d1.a", 4)  # type: ignore[union-attr]
    assert "Overall: 2.0" in figure(page, "overall")
    page.workspace.workshop.undo()  # type: ignore[union-attr]
    assert "Overall: 1.0" in figure(page, "overall")


# ---- gaps ------------------------------------------------------------------------------------


def test_gaps_come_widest_first_then_reached_then_open_then_not_applicable(
    open_page: OpenPage,
) -> None:
    page = open_page(small_model(6), levels=[None, 5, 3, "n/a", 1, 4])
    assert [row.area_id for row in page.body.gaps.rows] == [
        "d5.a", "d3.a", "d6.a", "d2.a", "d1.a", "d4.a",
    ]  # fmt: skip


def test_every_area_can_be_reached_in_the_list(open_page: OpenPage) -> None:
    page = open_page(small_model(90), levels=[1] * 90)
    assert len(page.body.gaps.rows) == 90
    view = page.findChild(QListView, "gap-list")
    assert view.verticalScrollBar().maximum() > 0
    view.scrollToBottom()
    last = view.model().index(89, 0)
    assert view.viewport().rect().contains(view.visualRect(last).center())


def test_a_gap_is_shown_without_a_sign(open_page: OpenPage) -> None:
    page = open_page(levels=[1, 3, 5])
    assert [row.figure for row in page.body.gaps.rows] == ["4", "2", "0"]


def test_a_level_above_its_target_is_told(open_page: OpenPage) -> None:
    page = open_page(levels=[5, 3, 3])
    page.workspace.workshop.set_target("d1.a", 3)  # type: ignore[union-attr]
    assert row_of(page, "d1.a").endswith("above the target")
    assert next(row for row in page.body.gaps.rows if row.area_id == "d1.a").figure == "+2"


def test_a_click_on_a_gap_leads_to_the_area(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(levels=[3, 1, 2])
    view = page.findChild(QListView, "gap-list")
    place = view.visualRect(view.model().index(0, 0)).center()
    with qtbot.waitSignal(page.context.page_requested) as signal:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["scoring"]
    assert page.workspace.area_id == "d2.a"


def test_enter_on_a_gap_leads_to_the_area(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(levels=[3, 1, 2])
    view = page.findChild(QListView, "gap-list")
    view.setCurrentIndex(view.model().index(1, 0))
    with qtbot.waitSignal(page.context.page_requested):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.workspace.area_id == "d3.a"


def test_steps_stand_in_the_order_of_the_roadmap_with_what_is_done_first(
    sample: OpenPage,
) -> None:
    page = sample()
    page.body.show_list(STEPS)
    rows = page.body.steps.rows
    assert [row.number for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert all(" → " in row.way and row.detail for row in rows)
    implied = [row for row in rows if row.detail.startswith("Beyond the agreed target: ")]
    assert implied
    assert len(rows) - len(implied) == page.workspace.figures.total_gap


# ---- states ----------------------------------------------------------------------------------


def nothing_here(page: ResultsPage) -> str:
    label = page.findChild(QLabel, "nothing-here")
    return label.text() if label.isVisible() else ""


def test_before_the_first_level_the_page_leads_to_scoring(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page()
    assert nothing_here(page).startswith("Nothing is scored yet.")
    with qtbot.waitSignal(page.context.page_requested) as signal:
        qtbot.mouseClick(page.findChild(QWidget, "go-scoring"), Qt.MouseButton.LeftButton)
    assert signal.args == ["scoring"]


def test_everything_not_applicable_is_said_and_no_figure_invented(open_page: OpenPage) -> None:
    page = open_page(levels=["n/a", "n/a", "n/a"])
    assert nothing_here(page).startswith("Every area is marked not applicable")
    assert not page.findChild(QWidget, "go-scoring").isVisible()
    assert "Overall: –" in figure(page, "overall")


def test_no_step_left_is_said(open_page: OpenPage) -> None:
    page = open_page(levels=[5, 5, 5])
    page.body.show_list(STEPS)
    assert nothing_here(page).startswith("All targets reached: no step is open")
    page.body.show_list(GAPS)
    assert not nothing_here(page)


def test_a_model_without_areas_is_said(open_page: OpenPage) -> None:
    assert nothing_here(open_page(small_model(0))) == "This model has no areas to score."


def test_the_legend_explains_what_this_view_draws_and_no_more(open_page: OpenPage) -> None:
    page = open_page(builtin_model(), [1, "n/a", None, *[2] * 19])
    page.body.show_view(BY_AREA)
    assert page.body.legend.texts()[2:] == ("not scored", "not applicable")
    page.body.show_view(BY_DIMENSION)
    assert page.body.legend.texts()[2:] == ()


# ---- comparing -------------------------------------------------------------------------------


def test_the_newest_earlier_session_is_compared_with_by_itself(sample: OpenPage) -> None:
    page = sample()
    assert page.body.compare.text() == "Compare with March 2026"
    assert any(row.earlier is not None for row in page.body.gaps.rows)
    assert "March 2026" in page.body.legend.texts()


def test_a_newer_session_of_which_nothing_is_comparable_is_not_compared_with_by_itself(
    sample: OpenPage, library: FakeLibrary, state: OpenState
) -> None:
    session = sample().workspace.session
    other = replace(
        session, id="other", model=small_model(), date=session.date - timedelta(days=1), ratings={}
    )
    library.sessions[other.id] = other
    state.open_session(session.id)
    assert state.workspace.earlier is not None
    assert state.workspace.earlier.id != other.id


def test_the_comparison_can_be_taken_away_and_brought_back(sample: OpenPage) -> None:
    page = sample()
    page._menu.aboutToShow.emit()
    first, *_, none = [action for action in page._menu.actions() if not action.isSeparator()]
    assert first.isChecked()
    none.trigger()
    assert page.workspace.earlier is None
    assert all(row.earlier is None for row in page.body.gaps.rows)
    page._menu.aboutToShow.emit()
    page._menu.actions()[0].trigger()
    assert page.body.compare.text() == "Compare with March 2026"


def test_areas_whose_texts_have_changed_are_left_out_and_counted(
    sample: OpenPage, library: FakeLibrary
) -> None:
    page = sample()
    earlier = page.workspace.earlier
    assert earlier is not None
    changed = with_new_text(earlier)
    library.sessions[changed.id] = changed
    page.workspace.compare_with(changed.id)
    area_id = changed.model.areas[0].id
    assert next(row for row in page.body.gaps.rows if row.area_id == area_id).earlier is None
    remark = page.findChild(QLabel, "compare-remark")
    assert remark.full_text().startswith("1 area is not comparable")


def with_new_text(session: Session) -> Session:
    """The session on a model whose first area says something else at its lowest level."""
    first, *others = session.model.dimensions
    area = first.areas[0]
    levels = (LevelDescription(1, LocalText.of(en="Something else")), *area.levels[1:])
    areas = (replace(area, levels=levels), *first.areas[1:])
    model = replace(session.model, dimensions=(replace(first, areas=areas), *others))
    return replace(session, model=model)


def test_without_earlier_sessions_the_menu_says_so(open_page: OpenPage) -> None:
    page = open_page(levels=[1])
    page._menu.aboutToShow.emit()
    (said,) = page._menu.actions()
    assert not said.isEnabled()
    assert said.text().startswith("There is no earlier session")


# ---- views and charts ------------------------------------------------------------------------


def test_the_profile_can_be_shown_in_four_ways_by_key_or_click(
    sample: OpenPage, qtbot: QtBot
) -> None:
    page = sample()
    page.load_radar()
    assert page.radar is not None
    page.handlers()["chart.by_dimension"]()
    assert page.radar.by == "dimension"
    page.handlers()["chart.table"]()
    assert page.body.table.isVisible()
    page.handlers()["chart.table"]()
    assert page.radar.isVisible()
    assert page.radar.by == "area"
    qtbot.mouseClick(page.body.tabs[HEAT], Qt.MouseButton.LeftButton)
    assert page.body.heat.isVisible()
    qtbot.mouseClick(page.body.tabs[BY_AREA], Qt.MouseButton.LeftButton)
    assert page.radar.isVisible()


def test_the_table_holds_every_dimension_and_area_with_all_figures(sample: OpenPage) -> None:
    page = sample()
    page.body.show_view(TABLE)
    rows = page.body.table.rows
    assert [row.label for row in rows if not row.area_id] == [
        "People", "Process", "Policy", "Technology", "Business outcomes",
    ]  # fmt: skip
    assert [row.number for row in rows if row.area_id] == [str(n) for n in range(1, 23)]
    change_control = next(row for row in rows if row.area_id == "process.change-control")
    assert change_control.cells == ("3", "4", "1", "2")
    people = rows[0]
    assert people.note == "6 of 6 · 2–3"
    assert people.cells[0] == "2.7"


def test_the_heat_map_says_the_level_of_what_is_pointed_at(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(levels=[4, None, "n/a"], size=(1440, 828))
    assert page.body.heat.isVisible()
    sentences = page.body.heat.accessibleDescription()
    assert sentences == (
        "Dimension 1 – Area 1: level 4, target 5. Dimension 2 – Area 2: not scored."
        " Dimension 3 – Area 3 not applicable"
    )
    with qtbot.waitSignal(page.context.page_requested):
        qtbot.mouseClick(page.body.heat, Qt.MouseButton.LeftButton, pos=QPoint(20, 32))
    assert page.workspace.area_id == "d1.a"


@pytest.mark.usefixtures("empty_clipboard")
def test_the_chart_is_copied_as_it_is_shown_and_a_notice_says_so(
    sample: OpenPage, qtbot: QtBot
) -> None:
    page = sample()
    page.body.show_view(BY_DIMENSION)
    with qtbot.waitSignal(page.context.notice_raised) as signal:
        page.handlers()["chart.copy"]()
    assert signal.args == ["The chart is on the clipboard."]
    assert QGuiApplication.clipboard().mimeData().text().startswith("Dimension\tCurrent\tTarget")


@pytest.mark.parametrize("ending", ["png", "svg", pytest.param("pdf", marks=pytest.mark.slow)])
def test_the_chart_is_saved_where_the_dialog_says(
    sample: OpenPage, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    page = sample()
    page.handlers()["chart.save"]()
    dialog = page.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.filterSelected.emit(f"{ending.upper()} (*.{ending})")
    assert dialog.defaultSuffix() == ending
    target = tmp_path / f"profile.{ending}"
    with qtbot.waitSignal(page.context.export_requested) as signal:
        dialog.fileSelected.emit(str(target))
    (request,) = signal.args
    assert (request.kind, request.target) == (ExportKind.AREA_CHART, target)
    begin_export(request, page.workspace.session, page.workspace.library, "1")(None)
    assert target.stat().st_size > 1000
    dialog.close()


def test_the_saved_chart_is_the_one_that_is_shown(
    sample: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = sample()
    session, earlier = page.workspace.session, page.workspace.earlier
    assert earlier is not None
    with qtbot.waitSignal(page.context.export_requested) as signal:
        page.save_chart(tmp_path / "profile.png")
    (request,) = signal.args
    assert (request.language, request.model_language) == (
        page.context.texts.language,
        session.language,
    )
    assert request.earlier_id == earlier.id


def test_a_refused_file_becomes_a_sentence(sample: OpenPage, qtbot: QtBot, tmp_path: Path) -> None:
    page = sample()
    page.ask_where_to_save()
    dialog = page.findChild(QFileDialog)
    with qtbot.waitSignal(page.context.error_raised) as signal:
        dialog.fileSelected.emit(str(tmp_path / "profile.bmp"))
    assert ".png .svg .pdf" in signal.args[0].say(page.context.texts)
    dialog.close()


def test_the_export_button_runs_the_action_of_the_window(sample: OpenPage, qtbot: QtBot) -> None:
    page = sample()
    window = QMainWindow()
    qtbot.addWidget(window)
    action = QAction(window)
    action.setObjectName("action-session.export")
    window.setCentralWidget(page)
    window.show()
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(page.body.export_button, Qt.MouseButton.LeftButton)


def test_the_radar_is_loaded_only_after_the_page_is_shown(sample: OpenPage, qtbot: QtBot) -> None:
    page = sample()
    assert page.radar is None
    page.on_shown()
    qtbot.waitUntil(lambda: page.radar is not None)


def test_a_hidden_page_catches_up_when_it_is_shown(open_page: OpenPage) -> None:
    page = open_page(levels=[1, 1, 1])
    page.hide()
    page.workspace.workshop.set_level("d1.a", 4)  # type: ignore[union-attr]
    assert "Overall: 1.0" in figure(page, "overall")
    page.show()
    page.on_shown()
    assert "Overall: 2.0" in figure(page, "overall")


@pytest.mark.parametrize(
    ("longest", "lines"),
    [
        ("Anwendungsmuster", ("Anwendungsmuster",)),
        ("Anwendungs-", ("Anwendungs-", "muster")),
        ("dungsmus-", ("Anwen-", "dungs-", "muster")),
    ],
)
def test_a_chip_breaks_a_word_as_often_as_it_has_to(
    qtbot: QtBot, longest: str, lines: tuple[str, ...]
) -> None:
    assert qtbot
    metrics = QFontMetrics(QApplication.font())
    room = metrics.horizontalAdvance(longest)
    assert lines_of("Anwendungsmuster", room, metrics, "de") == lines


# ---- look ------------------------------------------------------------------------------------


def long_model() -> MaturityModel:
    """22 areas in five dimensions with very long names."""
    scale = small_model().levels
    name = "Bereitstellungsverantwortlichkeitsübersicht der Entwicklungsabteilungen Nummer {n}"
    dimensions = []
    for number, size in enumerate((6, 5, 3, 7, 1)):
        areas = []
        for place in range(size):
            text = LocalText.of(en=name.format(n=f"{number}.{place}"))
            areas.append(Area(f"d{number}.a{place}", text, text))
        title = LocalText.of(en=f"Organisationsentwicklungsdimension {number}")
        dimensions.append(Dimension(f"d{number}", title, areas=tuple(areas)))
    return replace(small_model(), levels=scale, dimensions=tuple(dimensions))


def clipped_labels(page: ResultsPage) -> list[str]:
    """Labels whose text does not fit into the space they have."""
    found = []
    for label in page.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        room = label.contentsRect()
        flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
        wanted = label.fontMetrics().boundingRect(
            QRect(0, 0, room.width(), 10_000), flags, label.text()
        )
        if wanted.height() > room.height() + 2 or wanted.width() > room.width() + 2:
            found.append(label.text())
    names = [name for name in page.findChildren(FittedName) if name.isVisible()]
    return found + [name.text() for name in names if name.toolTip()]  # shortened


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SMALLEST_FAST)
def test_nothing_is_clipped_at_any_size_in_either_language(
    sample: OpenPage, size: tuple[int, int], language: str
) -> None:
    page = sample(size, language)
    page.load_radar()
    QApplication.processEvents()
    assert clipped_labels(page) == []
    for control in (
        page.body.compare,
        page.body.copy_button,
        page.body.save_button,
        page.body.export_button,
    ):
        assert control.width() >= control.sizeHint().width()
        assert page.rect().contains(control.geometry())
    for tab in (*page.body.tabs.values(), *page.body.lists.values()):
        assert tab.isHidden() or tab.width() >= tab.sizeHint().width()


@pytest.mark.parametrize("size", SMALLEST_FAST)
def test_very_long_names_keep_the_page_in_shape(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(long_model(), [1, 2, 3, None, "n/a", 5] * 4, size=size)
    page.load_radar()
    for view in (BY_DIMENSION, BY_AREA, HEAT, TABLE):
        page.body.show_view(view)
        QApplication.processEvents()
        assert (page.width(), page.height(), view) == (*size, view)
        assert (clipped_labels(page), view) == ([], view)


@pytest.mark.parametrize("size", SMALLEST_FAST)
def test_the_radar_keeps_most_of_its_card(sample: OpenPage, size: tuple[int, int]) -> None:
    page = sample(size)
    page.load_radar()
    QApplication.processEvents()
    assert page.radar is not None
    assert page.radar.height() >= 320
    assert not page.radar.is_numbered


def test_a_change_of_language_reaches_every_text(sample: OpenPage) -> None:
    page = sample()
    before = {label.text() for label in page.findChildren(QLabel) if label.text()}
    page.context.set_language("de")
    after = {label.text() for label in page.findChildren(QLabel) if label.text()}
    assert before.isdisjoint(after) or before == after  # equal only without a German catalogue
    assert page.context.texts.language == "de"


def test_a_change_of_colours_reaches_the_charts(sample: OpenPage, qapp: QApplication) -> None:
    page = sample((1440, 828))
    page.load_radar()
    apply_theme(qapp, DARK)
    page.context.set_theme("dark")
    QApplication.processEvents()
    assert page.radar is not None
    assert page.radar.canvas.colours.surface == DARK.surface
    picture = page.body.heat.grab().toImage()
    assert picture.pixelColor(5, 30).lightness() < 128
    apply_theme(qapp, LIGHT)


def test_every_control_has_a_name_for_screen_readers(sample: OpenPage) -> None:
    page = sample()
    page.load_radar()
    controls = [
        page.body.compare, page.body.copy_button, page.body.save_button,
        page.body.export_button, page.body.heat,
        page.body.table.view, page.radar, *page.body.tabs.values(), *page.body.lists.values(),
        page.findChild(QListView, "gap-list"), page.findChild(QListView, "step-list"),
        *page.body.figures.cards,
    ]  # fmt: skip
    assert all(control is not None and control.accessibleName() for control in controls)


def test_filling_a_page_of_the_built_in_model_needs_no_matplotlib(open_page: OpenPage) -> None:
    page = open_page(builtin_model(), levels=[3] * 22)
    assert page.radar is None
    assert date(2026, 11, 23) == page.workspace.session.date


@pytest.mark.parametrize("name", ["gap-list", "step-list", "profile-table-view"])
def test_a_list_reached_with_tab_shows_where_it_is(
    open_page: OpenPage, qtbot: QtBot, name: str
) -> None:
    page = open_page(builtin_model(), levels=[3] * 22)
    qtbot.waitUntil(page.window().isActiveWindow)
    page.body.show_view(TABLE)
    page.body.show_list(STEPS if name == "step-list" else GAPS)
    rows = page.findChild(QAbstractItemView, name)
    page.body.export_button.setFocus()
    before = rows.grab().toImage()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    after = rows.grab().toImage()
    accent = sum(
        after.pixelColor(x, y) == QColor(LIGHT.accent) != before.pixelColor(x, y)
        for x in range(after.width())
        for y in range(60)
    )
    assert accent > 40


def test_the_list_of_gaps_keeps_its_place_when_it_is_refilled(open_page: OpenPage) -> None:
    page = open_page(builtin_model(), levels=[3] * 22)
    gaps = page.findChild(QAbstractItemView, "gap-list")
    gaps.setCurrentIndex(gaps.model().index(7, 0))
    page.retranslate()
    assert gaps.currentIndex().row() == 7


def test_a_session_on_another_model_is_not_said_to_have_other_texts(
    sample: OpenPage, library: FakeLibrary
) -> None:
    page = sample()
    earlier = page.workspace.earlier
    assert earlier is not None
    other = replace(small_model(), id="other-model", name=LocalText.of(en="The bank's own model"))
    scored = {area.id: Rating(area.id, Fraction(2)) for area in other.areas}
    library.sessions[earlier.id] = replace(earlier, model=other, ratings=scored)
    page.workspace.compare_with(earlier.id)
    remark = page.findChild(QLabel, "compare-remark")
    assert remark.full_text() == (
        "Nothing is compared: that session used another model, “The bank's own model”."
    )


def test_areas_that_todays_model_lacks_are_said_to_be_gone(
    sample: OpenPage, library: FakeLibrary
) -> None:
    page = sample()
    earlier = page.workspace.earlier
    assert earlier is not None
    first, *others = earlier.model.dimensions
    renamed = replace(first, areas=(replace(first.areas[0], id="people.gone"), *first.areas[1:]))
    model = replace(earlier.model, dimensions=(renamed, *others))
    ratings = {**earlier.ratings, "people.gone": Rating("people.gone", Fraction(2))}
    library.sessions[earlier.id] = replace(earlier, model=model, ratings=ratings)
    page.workspace.compare_with(earlier.id)
    remark = page.findChild(QLabel, "compare-remark")
    assert remark.full_text().startswith(
        "1 area is not comparable: the model of today does not have it."
    )


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", SIZES[1:])
def test_the_page_shows_all_without_scrolling(
    sample: OpenPage, size: tuple[int, int], language: str
) -> None:
    page = sample(size, language)
    page.load_radar()
    QApplication.processEvents()
    assert page.body.scroll_range() == 0
