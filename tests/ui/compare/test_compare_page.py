"""The compare page: chips, grade, lists in words, table, and what it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from fakes import FakeLibrary, small_model
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.comparison.reviews import NewReview, Subject, Verdict
from app.model.maturity_model import LocalText, MaturityModel
from app.session.rating import Rating
from app.session.session import NewSession, Session
from app.session.step_details import StepStatus
from app.workshop.workshop import Workshop
from exports.export import ExportKind, ExportRequest
from ui.compare.compare_body import HEAT
from ui.compare.compare_page import ComparePage
from ui.compare.compared_rows import BY_CHANGE, BY_FALL, MODEL_ORDER
from ui.compare.session_picker import SessionPicker
from ui.context import Context
from ui.dialogs.export_dialog import ExportDialog
from ui.open_state import OpenState
from ui.shell.settings import Settings

MARCH, NOVEMBER, MAY = date(2026, 3, 12), date(2026, 11, 12), date(2027, 5, 5)
Levels = list[int | str | None]
Add = Callable[..., Session]


@pytest.fixture
def add(library: FakeLibrary) -> Add:
    """Adds a session of a day with these levels."""

    def added(
        day: date,
        levels: Levels,
        *,
        model: MaturityModel | None = None,
        unit: str = "Platform team",
        scope: str = "",
        client: str = "Nordwerk AG",
    ) -> Session:
        model = model or small_model(len(levels))
        ratings = tuple(
            Rating(area.id, not_applicable="Not ours")
            if level == "n/a"
            else Rating(area.id, None if level is None else Fraction(level))
            for area, level in zip(model.areas, levels, strict=True)
        )
        new = NewSession(client, model, f"Workshop {day}", unit, day, scope=scope, ratings=ratings)
        return library.create_session(new)

    return added


@pytest.fixture
def show(qtbot: QtBot, context: Context, state: OpenState) -> Callable[[Session], ComparePage]:
    """Opens a session and shows the page."""

    def shown(session: Session) -> ComparePage:
        state.open_session(session.id)
        page = ComparePage(context, state.workspace)
        qtbot.addWidget(page)
        state.session_opened.connect(lambda: page.set_workspace(state.workspace))
        page.resize(1440, 820)
        with qtbot.waitExposed(page):
            page.show()
        page.on_shown()
        page.fill_charts()
        QApplication.processEvents()
        return page

    return shown


def chips(page: ComparePage) -> list[str]:
    return [chip.text for chip in page.body.chips.chips]


def grade_lines(page: ComparePage) -> str:
    return page.body.grade.accessibleDescription()


def moved(page: ComparePage, name: str) -> list[str]:
    return [row.sentence for row in page.body.changes.sections[name].rows]


def nothing(page: ComparePage) -> str:
    label = page.findChild(QLabel, "nothing-to-compare")
    return label.text() if label.isVisible() else ""


def without_words(model: MaturityModel, area_id: str) -> MaturityModel:
    """The same model with other texts of an area."""
    dimensions = tuple(
        replace(
            dimension,
            areas=tuple(
                replace(
                    area,
                    levels=tuple(
                        replace(each, short=LocalText.of(en=f"Other {each.level}"))
                        for each in area.levels
                    ),
                )
                if area.id == area_id
                else area
                for area in dimension.areas
            ),
        )
        for dimension in model.dimensions
    )
    return replace(model, content_version="2", dimensions=dimensions)


# ---- which sessions ----------------------------------------------------------------------------


def test_the_open_session_is_compared_with_the_newest_earlier_one_of_its_unit(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(MARCH, [1, 2, 3])
    add(NOVEMBER, [2, 2, 3])
    page = show(add(MAY, [3, 2, 2]))
    assert chips(page) == ["12 Nov 2026", "5 May 2027"]


def test_a_session_is_added_from_a_list_of_all_units_and_removed_by_key(
    add: Add, show: Callable[[Session], ComparePage], qtbot: QtBot
) -> None:
    add(MARCH, [1, 2, 3], unit="Data team")
    add(NOVEMBER, [2, 2, 3])
    page = show(add(MAY, [3, 2, 2]))
    page.ask_which()
    picker = page.findChild(SessionPicker)
    assert picker is not None
    line = picker.list.topLevelItem(0)
    assert [line.text(n) for n in range(3)] == ["Workshop 2026-03-12", "Data team", "12 Mar 2026"]
    qtbot.keyClick(picker.list, Qt.Key.Key_Return)
    assert chips(page) == [
        "12 Mar 2026 · Data team", "12 Nov 2026 · Platform team", "5 May 2027 · Platform team",
    ]  # fmt: skip
    remove = page.findChild(QWidget, "remove-session")
    assert "Data team" in remove.accessibleName()
    qtbot.keyClick(remove, Qt.Key.Key_Delete)
    assert chips(page) == ["12 Nov 2026", "5 May 2027"]


def test_six_sessions_are_the_most(add: Add, show: Callable[[Session], ComparePage]) -> None:
    others = [add(date(2020 + n, 1, 1), [1, 2, 3]) for n in range(6)]
    page = show(add(MAY, [3, 2, 2]))
    for other in others[:5]:
        page.add(other.id)
    assert len(chips(page)) == 6
    assert not page.body.chips.add_button.isEnabled()


def test_other_clients_are_never_offered(add: Add, show: Callable[[Session], ComparePage]) -> None:
    add(MARCH, [1, 2, 3], client="Other client")
    page = show(add(MAY, [3, 2, 2]))
    assert page.chosen.offered() == ()
    assert nothing(page) == (
        "This is the only session of this organisation. A comparison needs a second one."
    )


def test_without_an_earlier_session_the_page_says_so_and_offers_others(
    add: Add, show: Callable[[Session], ComparePage], qtbot: QtBot
) -> None:
    add(MARCH, [1, 2, 3], unit="Data team")
    page = show(add(MAY, [3, 2, 2]))
    assert nothing(page).startswith("There is no earlier session of this unit.")
    qtbot.keyClick(page.findChild(QWidget, "add-first-session"), Qt.Key.Key_Return)
    assert page.findChild(SessionPicker) is not None


def test_the_choice_of_a_session_is_kept_while_another_one_is_open(
    add: Add, show: Callable[[Session], ComparePage], state: OpenState
) -> None:
    march, november = add(MARCH, [1, 2, 3]), add(NOVEMBER, [2, 2, 3])
    may = add(MAY, [3, 2, 2])
    page = show(may)
    page.add(march.id)
    state.open_session(november.id)
    assert chips(page) == ["12 Mar 2026", "12 Nov 2026"]
    state.open_session(may.id)
    assert chips(page) == ["12 Mar 2026", "12 Nov 2026", "5 May 2027"]


@pytest.mark.parametrize("how", ["archived", "deleted"])
def test_a_session_that_is_gone_leaves_the_comparison(
    add: Add,
    show: Callable[[Session], ComparePage],
    state: OpenState,
    library: FakeLibrary,
    how: str,
) -> None:
    march = add(MARCH, [1, 2, 3])
    add(NOVEMBER, [2, 2, 3])
    page = show(add(MAY, [3, 2, 2]))
    page.add(march.id)
    if how == "archived":
        library.archive_session(march.id)
    else:
        del library.sessions[march.id]
    state.sessions_changed.emit()
    assert chips(page) == ["12 Nov 2026", "5 May 2027"]


def test_sessions_on_one_day_are_told_apart_by_their_titles(
    add: Add, show: Callable[[Session], ComparePage], library: FakeLibrary
) -> None:
    one = add(MAY, [1, 2, 3])
    library.sessions[one.id] = replace(one, title="Morning")
    page = show(add(MAY, [3, 2, 2]))
    page.add(one.id)
    assert chips(page) == ["5 May 2027 · Morning", "5 May 2027 · Workshop 2027-05-05"]


# ---- what is shown -----------------------------------------------------------------------------


def test_the_grade_says_what_holds_what_does_not_and_what_follows(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 2, 3])
    page = show(add(MAY, [3, 2, 2]))
    assert page.body.grade.accessibleName() == "Grade B: Comparable with caution"
    assert grade_lines(page).startswith("Same scale, 1 to 5.")
    assert "Nobody has said if mostly the same people took part." in grade_lines(page)
    assert grade_lines(page).endswith(
        "So: differences only on the 3 areas that all share, and no trend line."
    )
    signs = [label.text() for label in page.body.grade.findChildren(QLabel)]
    assert {"✓", "!"} <= set(signs)


def test_what_fell_rose_and_is_open_again_stands_in_lists(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 3, 4])
    page = show(add(MAY, [4, 2, 3, None]))
    assert moved(page, "fallen") == ["Area 2: from 3 to 2"]
    assert moved(page, "risen") == ["Area 1: from 2 to 4"]
    assert moved(page, "newly-open") == ["Area 4: from 4 to not scored"]
    average = page.findChild(QLabel, "average-moved").text()
    assert average == "Average of the 3 areas that all share: 2.7 then, 3.0 now (+0.3)."


def test_of_many_areas_the_first_are_listed_and_the_rest_is_in_the_table(
    add: Add, show: Callable[[Session], ComparePage], qtbot: QtBot
) -> None:
    add(NOVEMBER, [2] * 20)
    page = show(add(MAY, [3] * 20))
    section = page.body.changes.sections["risen"]
    assert section.list.model().rowCount() == 8
    more = page.findChild(QWidget, "more-risen")
    assert more.isVisible()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert page.body.order == BY_CHANGE


def test_grade_c_shows_levels_alone(add: Add, show: Callable[[Session], ComparePage]) -> None:
    add(NOVEMBER, [2, 3, 3], scope="Platform")
    page = show(add(MAY, [4, 2, 3], scope="Everything"))
    assert page.body.grade.accessibleName() == "Grade C: Not comparable"
    rows = page.body.table.rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["2", "4"],
        ["3", "2"],
        ["3", "3"],
    ]
    assert {(row.difference, row.figure) for row in rows} == {(None, "")}
    assert page.body.table.totals == ()
    assert not page.body.table.shows_marks
    assert not page.body.why.isVisible()
    assert not page.body.changes.sections["fallen"].isVisible()
    assert not page.body.orders[BY_FALL].isVisible()
    assert not page.findChild(QLabel, "average-moved").isVisible()
    assert "dimension" not in page.body.overlay.shown.choice.by


def test_the_key_for_the_order_is_harmless_where_there_is_only_one(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 3], scope="Platform")
    page = show(add(MAY, [4, 2, 3], scope="Everything"))
    page.handlers()["chart.order"]()
    assert page.body.order == MODEL_ORDER


def test_a_trend_is_offered_for_grade_a_alone(
    add: Add, show: Callable[[Session], ComparePage], library: FakeLibrary
) -> None:
    november, may = add(NOVEMBER, [2, 3, 3]), add(MAY, [4, 2, 3])
    page = show(may)
    assert not page.body.overlay.tabs["trend"].isVisible()
    library.reviews.decide(NewReview(november.id, may.id, Subject.PEOPLE, Verdict.EQUAL))
    page.workspace.others_changed.emit()
    page.fill_charts()
    assert page.body.grade.accessibleName() == "Grade A: Comparable like for like"
    assert page.body.overlay.tabs["trend"].isVisible()


def test_an_edited_area_has_no_difference_and_says_why(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    model = small_model(6)
    add(NOVEMBER, [2, 3, 3, "n/a", 3, 3], model=model)
    page = show(add(MAY, [4, 2, 3, 2, 3, 3], model=without_words(model, "d1.a")))
    edited, fell, same, new, *_ = page.body.table.rows
    assert (edited.figure, edited.remark, edited.cells[0].is_apart) == ("–", "text changed", True)
    assert (fell.figure, same.figure) == ("−1", "0")
    assert (new.figure, new.remark, new.cells[0].text) == ("–", "newly applicable", "n/a")
    assert edited.sentence == ("Area 1 (Dimension 1): 12 Nov 2026 2, 5 May 2027 4. text changed")
    assert fell.sentence.endswith("12 Nov 2026 3, 5 May 2027 2. Change: −1")
    assert "1 area has another text: Area 1." in grade_lines(page)


def test_scales_of_different_length_stand_side_by_side_without_difference(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    november = add(NOVEMBER, [2, 3, 3], model=small_model(3, levels=4))
    page = show(add(MAY, [4, 2, 5]))
    assert nothing(page).startswith("No area of an earlier session")
    page.add(november.id)
    assert "The scales have different levels." in grade_lines(page)
    first = page.body.table.rows[0]
    assert [(cell.position, cell.count) for cell in first.cells] == [(1, 4), (3, 5)]
    assert first.difference is None


def test_areas_are_sorted_by_model_by_change_and_by_fall(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 5, 2])
    page = show(add(MAY, [3, 3, 3, None]))

    def order() -> list[str]:
        return [row.area_id[:2] for row in page.body.table.rows]

    assert (page.body.order, order()) == (MODEL_ORDER, ["d1", "d2", "d3", "d4"])
    page.handlers()["chart.order"]()
    assert (page.body.order, order()) == (BY_CHANGE, ["d3", "d1", "d2", "d4"])
    page.handlers()["chart.order"]()
    assert (page.body.order, order()) == (BY_FALL, ["d3", "d2", "d1", "d4"])


def test_totals_are_of_the_common_areas(add: Add, show: Callable[[Session], ComparePage]) -> None:
    add(NOVEMBER, [2, 3, None])
    page = show(add(MAY, [3, 3, 5]))
    assert [row.label for row in page.body.table.totals] == [
        "Dimension 1",
        "Dimension 2",
        "Overall",
    ]
    overall = page.body.table.totals[-1]
    assert (overall.means, overall.figure, overall.remark) == (
        ("2.5", "3.0"), "+0.5", "2 common areas",
    )  # fmt: skip


def test_the_heat_map_shows_the_levels_alone(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 3, 5]))
    assert page.body.table.shows_marks
    page.handlers()["chart.levels"]()
    assert page.body.view == HEAT
    assert not page.body.table.shows_marks


def test_dimensions_and_areas_change_places_by_key(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 3, 5]))
    toggle = page.handlers()["chart.other_axes"]
    assert page.body.overlay.shown.choice.by == "dimension"
    toggle()
    assert page.body.overlay.shown.choice.by == "area"
    toggle()
    assert page.body.overlay.shown.choice.by == "dimension"


# ---- what it follows ---------------------------------------------------------------------------


def test_a_level_set_elsewhere_and_its_undo_are_followed(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 3, 5]))
    page.workspace.workshop.set_level("d2.a", 1)
    assert moved(page, "fallen") == ["Area 2: from 3 to 1"]
    page.workspace.workshop.undo()
    assert moved(page, "fallen") == []


def test_languages_and_colours_are_followed(
    add: Add, show: Callable[[Session], ComparePage], context: Context
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 2, 5]))
    context.set_language("de")
    context.set_theme("dark")
    assert page.body.grade.accessibleName() == "Note B: Mit Vorsicht vergleichbar"
    assert chips(page) == ["12.11.2026", "05.05.2027"]


def test_enter_on_an_area_leads_to_its_scoring(
    add: Add, show: Callable[[Session], ComparePage], qtbot: QtBot
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 2, 5]))
    view = page.findChild(QListView, "compared-areas")
    view.setCurrentIndex(view.model().index(1, 0))
    with qtbot.waitSignal(page.context.page_requested) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert (signal.args, page.workspace.area_id) == (["scoring"], "d2.a")


def test_other_sessions_are_loaded_once(
    add: Add,
    show: Callable[[Session], ComparePage],
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    march = add(MARCH, [1, 2, 3])
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 2, 5]))
    page.add(march.id)
    loaded: list[str] = []
    monkeypatch.setattr(library, "load_session", loaded.append)
    compared = page.chosen.comparison()
    page.body.show_order(BY_FALL)
    assert page.chosen.comparison() is compared
    assert loaded == []


def test_the_day_of_the_next_workshop_stands_on_the_page(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 2, 5]))
    label = page.findChild(QLabel, "next-workshop")
    assert label.text() == "No next workshop has been agreed."
    page.workspace.workshop.set_detail("next_date", date(2027, 11, 10))
    assert label.text() == "Next workshop: 10 November 2027"


def test_a_chart_is_requested_as_a_file_with_its_comparison(
    add: Add, show: Callable[[Session], ComparePage], qtbot: QtBot, tmp_path: Path
) -> None:
    add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 2, 5]))
    with qtbot.waitSignal(page.context.export_requested) as signal:
        page.save_chart(page.body.overlay.shown.choice, tmp_path / "chart.svg")
    (request,) = signal.args
    assert request.kind is ExportKind.OVERLAY
    assert request.comparison is page.chosen.comparison()


def test_the_export_dialog_offers_the_sessions_as_they_are_compared(
    add: Add, show: Callable[[Session], ComparePage], library: FakeLibrary, settings: Settings
) -> None:
    march, november = add(MARCH, [1, 3, 4]), add(NOVEMBER, [2, 3, 4])
    page = show(add(MAY, [3, 2, 5]))
    page.add(march.id)
    compared = page.workspace.compared()
    session = page.workspace.session
    dialog = ExportDialog(
        page.context.texts, session, library.earlier_sessions(session.id), settings,
        compared=compared,
    )  # fmt: skip
    dialog.choose_earlier(november.id)
    assert dialog.earlier.currentText() == "3 sessions as on the page “Compare”"
    requests: list[ExportRequest] = []
    dialog.export_wanted.connect(requests.append)
    dialog.target.setText(str(settings.path.with_name("book.xlsx")))
    dialog._submit()
    assert (requests[0].comparison, requests[0].earlier_id) == (compared, november.id)


def test_sessions_of_one_day_are_told_apart_in_table_and_speech(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    other = add(MAY, [2, 3, None], unit="Data team")
    page = show(add(MAY, [3, 2, 5]))
    page.add(other.id)
    table = page.body.table
    heads, sentence = table._layout.head.sessions, table.rows[0].sentence
    assert set(heads) == {("5 May", "Data team"), ("5 May", "Platform team")}
    assert "5 May 2027 · Data team 2" in sentence
    assert "5 May 2027 · Platform team 3" in sentence
    assert ". Difference: " in sentence


def test_of_two_units_it_is_said_what_is_higher_and_nothing_about_time(
    add: Add, show: Callable[[Session], ComparePage]
) -> None:
    other = add(NOVEMBER, [2, 3, None], unit="Data team")
    page = show(add(MAY, [3, 2, 5]))
    page.add(other.id)
    sections = page.body.changes.sections
    headings = [label.text() for label in sections["fallen"].findChildren(QLabel)]
    assert headings == ["Lower: 1"]
    assert sections["risen"].rows[0].way == "2 | 3"
    assert not sections["newly-open"].isVisible()
    assert page.body.table._layout.head.change == "difference"
    assert not page.findChild(QLabel, "average-moved").isVisible()


def test_what_was_planned_and_achieved_stands_on_a_card_where_there_was_a_plan(
    add: Add, show: Callable[[Session], ComparePage], library: FakeLibrary
) -> None:
    before = add(MARCH, [2, 2, 3])
    page = show(add(NOVEMBER, [3, 2, 3]))
    card = page.body.planned
    assert card.isHidden()
    then = Workshop(before, library)
    for area in before.model.areas[:2]:
        then.change_step(area.id, 3, status=StepStatus.DONE)
    page.workspace.look_again_at_earlier()
    QApplication.processEvents()
    assert card.isVisible()
    assert card.accessibleName() == "Planned against achieved"
    said = card.accessibleDescription()
    assert said.startswith("No step was due. No version was frozen")
    assert "Done and moved: 1 – " in said
    assert "Done but not moved: 1 – " in said
