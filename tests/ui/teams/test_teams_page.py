"""The teams page: units, roll-up, profiles, spread, and who can ask whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from fakes import DISK_FULL, FakeLibrary, builtin_model, small_model
from heard import Role, Text, name, tree
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.maturity_model import MaturityModel
from app.session.rating import Rating
from app.session.session import NewSession, Session
from app.words.texts import translator_for
from exports.palette import DARK, LIGHT
from ui.shell.shell import Shell
from ui.teams.ask_rows import AskRow, HeadingRow, MarkOf
from ui.teams.profile_list import LARGE, paint_team_profile
from ui.teams.teams_page import TeamsPage
from ui.type_scale import scaled
from ui.widgets.key_hints import KeyHint

MODEL = small_model()
THREE: Mapping[str, tuple[int, int, int]] = {
    "IT/Data team": (2, 1, 3),
    "IT/Platform team": (3, 2, 3),
    "Digital sales/Payments team": (4, 4, 3),
}


def add(
    library: FakeLibrary,
    unit: str,
    levels: Mapping[str, Fraction | int],
    *,
    client: str = "Nordwerk AG",
    model: MaturityModel = MODEL,
    day: date = date(2027, 5, 5),
    scope: str = "",
) -> Session:
    """A session of a unit with these levels."""
    ratings = tuple(Rating(area, level=Fraction(level)) for area, level in levels.items())
    new = NewSession(client, model, "Workshop", unit, date=day, scope=scope, ratings=ratings)
    return library.create_session(new)


def add_three(library: FakeLibrary) -> list[Session]:
    return [
        add(library, unit, {f"d{n}.a": level for n, level in enumerate(levels, start=1)})
        for unit, levels in THREE.items()
    ]


def shown(shell: Shell) -> TeamsPage:
    """The page, after everything has been read."""
    shell.show_page("teams")
    page = shell.page
    assert isinstance(page, TeamsPage)
    while page.reader.is_reading:
        QApplication.processEvents()
    QApplication.processEvents()
    return page


def select(page: TeamsPage, unit: str) -> None:
    page.body.tree.select(next(row.unit_id for row in page.body.tree.rows() if row.name == unit))


def said(row: object) -> str:
    """The lines of an area as they are painted: marks in brackets, no-break spaces as ~."""
    assert isinstance(row, AskRow)
    lines = (
        " ".join(f"[{each.mark}]" if isinstance(each, MarkOf) else each for each in line)
        for line in row.lines
    )
    return f"{row.label}: {'; '.join(lines)}".replace("\N{NO-BREAK SPACE}", "~")


# ---- units and roll-up ------------------------------------------------------------------------


def test_units_stand_in_alphabetical_order_with_marks_dates_and_counts(
    window: Shell, library: FakeLibrary
) -> None:
    add_three(library)
    library.add_unit(next(iter(library.organisations())).id, "Plant Hamm")
    rows = shown(window).body.tree.rows()
    assert [(row.name, row.mark, row.count, row.remark) for row in rows] == [
        ("Nordwerk AG", "", "3 teams", ""),
        ("Digital sales", "", "1", ""),
        ("Payments team", "P", "", "5 May 2027"),
        ("IT", "", "2", ""),
        ("Data team", "D", "", "5 May 2027"),
        ("Platform team", "L", "", "5 May 2027"),
        ("Plant Hamm", "", "", "no session yet"),
    ]


def test_the_figure_counts_all_areas_of_all_teams(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    together = shown(window).body.together
    assert together.figure.text() == "2.8"  # 25 levels in 9 areas
    assert together.dimensions.rows == (
        ("Dimension 1", "3.0"), ("Dimension 2", "2.3"), ("Dimension 3", "3.0"),
    )  # fmt: skip


def test_an_inner_unit_rolls_up_what_is_below_it(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    page = shown(window)
    select(page, "IT")
    assert page.body.together.figure.text() == "2.3"  # 14 levels in 6 areas
    assert [row.name for row in page.body.profiles.rows] == ["Data team", "Platform team"]
    assert [(row.label, row.figure) for row in page.body.spread.rows] == [
        ("Area 1", "1 level"), ("Area 2", "1 level"), ("Area 3", "same level"),
    ]  # fmt: skip


def test_the_newest_session_of_each_unit_is_shown(window: Shell, library: FakeLibrary) -> None:
    add(library, "Data team", {"d1.a": 1}, day=date(2026, 1, 1))
    add(library, "Data team", {"d1.a": 3}, day=date(2027, 1, 1))
    add(library, "Data team", {}, day=date(2028, 1, 1))  # planned
    page = shown(window)
    assert page.body.together.figure.text() == "3.0"
    assert page.body.tree.rows()[1].remark == "1 Jan 2027"


def test_a_session_of_the_organisation_itself_is_a_team_too(
    window: Shell, library: FakeLibrary
) -> None:
    add(library, "", {"d1.a": 1})
    add(library, "Data team", {"d1.a": 4})
    page = shown(window)
    assert [row.name for row in page.body.profiles.rows] == ["Nordwerk AG", "Data team"]
    assert page.body.tree.rows()[0].mark


# ---- spread and who can ask whom --------------------------------------------------------------


def test_the_spread_stands_widest_first(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    rows = shown(window).body.spread.rows
    assert [(row.label, row.figure) for row in rows] == [
        ("Area 2", "3 levels"), ("Area 1", "2 levels"), ("Area 3", "same level"),
    ]  # fmt: skip
    assert rows[0].sentence == (
        "Area 2, 3 levels: level 1: Data team; level 2: Platform team; level 4: Payments team"
    )


def test_who_can_ask_whom_is_said_from_two_levels_on(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    asks = shown(window).body.asks
    assert [said(row) for row in asks.rows] == [
        "Area 1: [D] at~2 can ask [P] Payments team, at~4",
        "Area 2: [D] at~1 can ask [P] Payments team, at~4; "
        "[L] at~2 can ask [P] Payments team, at~4",
    ]


def test_of_one_team_only_what_it_asks_and_is_asked(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    page = shown(window)
    select(page, "Platform team")
    assert [said(row) for row in page.body.asks.rows] == [
        "Area 2: [L] at~2 can ask [P] Payments team, at~4"
    ]
    select(page, "Payments team")
    assert [said(row) for row in page.body.asks.rows] == [
        "Area 1: [D] at~2 can ask [P] Payments team, at~4",
        "Area 2: [D] at~1 can ask [P] Payments team, at~4; "
        "[L] at~2 can ask [P] Payments team, at~4",
    ]
    assert page.body.profiles.current is not None
    assert page.body.profiles.current.name == "Payments team"
    assert len(page.body.profiles.rows) == 3  # the others stay beside it


def test_areas_in_which_nobody_can_be_asked_are_named(window: Shell, library: FakeLibrary) -> None:
    for unit, level in (("A team", 1), ("B team", 2)):
        add(library, unit, {"d1.a": level, "d2.a": 3})
    body = shown(window).body
    heading, area, note = body.asks.rows
    assert body._summary.text() == "In no area is a team two levels ahead of another."
    assert isinstance(heading, HeadingRow)
    assert (heading.label, area.label, note.label) == (
        "No team above 2", "Area 1", "Nobody here to ask: look outside.",
    )  # fmt: skip


def test_totals_are_not_compared_where_scopes_differ(window: Shell, library: FakeLibrary) -> None:
    for unit in ("A team", "B team"):
        add(library, unit, {"d1.a": 2}, scope=f"What the {unit} does")
    words = [each.text() for each in shown(window).body.together.sentences]
    assert any("no differences of totals" in sentence for sentence in words)


def test_an_area_leads_to_who_can_ask(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    body = shown(window).body
    body.spread.area_chosen.emit("d2.a")
    assert body.asks.currentIndex().row() == 1


# ---- many, few, none --------------------------------------------------------------------------


def test_with_200_teams_numbers_stand_in_for_marks(
    window: Shell, library: FakeLibrary, qtbot: QtBot
) -> None:
    for number in range(200):
        add(library, f"Unit {number % 8}/Team {number}", {"d1.a": 1 + number % 5, "d2.a": 3})
    page = shown(window)
    assert page.body.spread.shows_counts
    assert not page.body.profiles.is_large
    assert {row.mark for row in page.body.tree.rows() if row.is_team} == {
        str(n) for n in range(1, 201)
    }
    first = next(row for row in page.body.asks.rows if isinstance(row, AskRow))
    assert said(first).startswith("Area 1: 40 teams at~1 can ask 120 teams, at~3 to 5; ")
    assert len(page.body.profiles.rows) == 200
    qtbot.wait(1)
    assert page.body.profiles.verticalScrollBar().maximum() > 0


def test_no_team_of_another_client_is_in_view_while_reading(
    window: Shell, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_three(library)
    page = shown(window)
    other = add(library, "Team 1", {"d1.a": 1}, client="Other AG")
    monkeypatch.setattr("ui.teams.latest_reader.FIRST_SLICE_S", 0)
    monkeypatch.setattr("ui.teams.latest_reader.SLICE_S", 0)
    window.flows.sessions.open(other.id)
    window.show_page("teams")
    assert page.reader.is_reading
    assert not page.body.isVisible()
    page.copy_chart()
    assert window.notices.notices == ()  # there is nothing to copy yet


def test_reading_many_sessions_says_how_far_it_is(
    window: Shell, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_three(library)
    monkeypatch.setattr("ui.teams.latest_reader.FIRST_SLICE_S", 0)
    monkeypatch.setattr("ui.teams.latest_reader.SLICE_S", 0)
    window.show_page("teams")
    page = window.page
    assert isinstance(page, TeamsPage)
    assert page.reader.is_reading
    assert page._reading.text() == "Reading 1 of 3 sessions …"
    assert page._reading.isVisible()
    shown(window)
    assert len(page.body.profiles.rows) == 3


def test_one_team_alone_says_what_comes_with_the_second(
    window: Shell, library: FakeLibrary
) -> None:
    add(library, "Data team", {"d1.a": 1})
    page = shown(window)
    assert page.body.new_session.isVisible()
    assert not page.body.spread.isVisible()


def test_without_sessions_the_next_step_is_offered(window: Shell) -> None:
    page = shown(window)
    assert page.empty.isVisible()
    assert [button.objectName() for button in page.empty.buttons] == [
        "teams-first-session", "teams-to-sessions",
    ]  # fmt: skip
    assert page.empty.buttons[0].hasFocus()
    page.empty.buttons[1].click()
    assert window.page_name == "library"


def test_an_unreadable_session_does_not_hide_the_others(
    window: Shell, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = add_three(library)
    load = library.load_session

    def refuse_one(session_id: str) -> Session:
        if session_id == first.id:
            raise DISK_FULL
        return load(session_id)

    monkeypatch.setattr(library, "load_session", refuse_one)
    page = shown(window)
    assert len(page.body.profiles.rows) == 2
    assert any(
        "1 session could not be read" in each.text() for each in page.body.together.sentences
    )


# ---- models -----------------------------------------------------------------------------------


def test_teams_on_another_model_stand_apart(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    area = builtin_model().areas[0].id
    add(library, "IT/Web team", {area: 5}, model=builtin_model())
    page = shown(window)
    assert page.body.model_button.isVisible()
    assert "Web team" not in [row.name for row in page.body.profiles.rows]
    web = next(row for row in page.body.tree.rows() if row.name == "Web team")
    assert web.remark == "5 May 2027 · Cloud Native Maturity Model"
    page.show_model(builtin_model().id)
    assert [row.name for row in page.body.profiles.rows] == ["Web team"]
    select(page, "Digital sales")
    assert list(page.body.profiles.rows) == []
    assert page.body.new_session.isVisible()


# ---- one client, and what changes meanwhile ---------------------------------------------------


def test_only_the_client_opened_last_is_shown_even_while_all_are_listed(
    window: Shell, library: FakeLibrary
) -> None:
    first, *_ = add_three(library)
    add(library, "Their team", {"d1.a": 5}, client="Sparkasse")
    window.flows.sessions.open(first.id)
    window.show_page("library")
    window.state.show_all_clients(True)
    rows = shown(window).body.tree.rows()
    assert rows[0].name == "Nordwerk AG"
    assert "Their team" not in [row.name for row in rows]


def test_a_level_set_meanwhile_is_shown(window: Shell, library: FakeLibrary) -> None:
    first, *_ = add_three(library)
    page = shown(window)
    window.flows.sessions.open(first.id)
    window.workspace.workshop.set_level("d2.a", Fraction(5))
    assert shown(window) is page
    assert page.body.spread.rows[0].sentence == (
        "Area 2, 3 levels: level 2: Platform team; level 4: Payments team; level 5: Data team"
    )
    window.actions_table.run("undo")
    assert shown(window).body.spread.rows[0].sentence.startswith("Area 2, 3 levels: level 1: Data")


def test_a_unit_moved_meanwhile_stands_where_it_is_now(window: Shell, library: FakeLibrary) -> None:
    first, *_ = add_three(library)
    page = shown(window)
    select(page, "Data team")
    there = add(library, "Sales/Data team", {})
    library.sessions[first.id] = replace(first, affiliation=there.affiliation)
    del library.sessions[there.id]
    window.state.sessions_changed.emit()
    rows = shown(window).body.tree.rows()
    assert [row.name for row in rows if row.is_team] == [
        "Payments team", "Platform team", "Data team",
    ]  # fmt: skip
    assert [row.remark for row in rows if row.name == "Data team"] == [
        "no session yet", "5 May 2027",
    ]  # fmt: skip


# ---- keys, clipboard, readers -----------------------------------------------------------------


def test_up_and_down_choose_a_unit_and_enter_opens_its_session(
    window: Shell, library: FakeLibrary, qtbot: QtBot
) -> None:
    add_three(library)
    page = shown(window)
    assert page.body.tree.hasFocus()
    for _ in range(2):
        qtbot.keyClick(page.body.tree, Qt.Key.Key_Down)
    assert page.body.tree.current_id
    qtbot.keyClick(window.frame, Qt.Key.Key_Return)
    assert window.workspace.session.unit is not None
    assert window.workspace.session.unit.name == "Payments team"
    assert window.page_name == "scoring"


def test_enter_on_a_unit_without_a_session_says_so(
    window: Shell, library: FakeLibrary, qtbot: QtBot
) -> None:
    add_three(library)
    library.add_unit(next(iter(library.organisations())).id, "Plant Hamm")
    page = shown(window)
    select(page, "Plant Hamm")
    with qtbot.waitSignal(window.context.notice_raised) as notice:
        page.open_current()
    assert notice.args == ["“Plant Hamm” has no session yet."]


def test_a_shows_profiles_by_area(window: Shell, library: FakeLibrary, qtbot: QtBot) -> None:
    add(library, "A team", {builtin_model().areas[0].id: 2}, model=builtin_model())
    add(library, "B team", {builtin_model().areas[0].id: 4}, model=builtin_model())
    page = shown(window)
    qtbot.keyClick(page.body.tree, Qt.Key.Key_A)
    assert page.body.by_area
    assert len(page.body.profiles.rows[0].shares) == 22
    qtbot.keyClick(page.body.tree, Qt.Key.Key_A)
    assert len(page.body.profiles.rows[0].shares) == 5


def test_the_keys_of_the_page_stand_at_its_bottom(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    hints = shown(window).body.findChildren(KeyHint)
    assert [each.accessibleName() for each in hints if each.isVisible()] == [
        "↑–↓: unit", "Return: open", "A: areas", "Ctrl+C: copy chart", "?: all keys",
    ]  # fmt: skip


@pytest.mark.usefixtures("empty_clipboard")
def test_the_chart_is_copied_as_picture_and_as_table(window: Shell, library: FakeLibrary) -> None:
    add_three(library)
    page = shown(window)
    page.copy_chart()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().splitlines()[:2] == [
        "Area\tData team\tPayments team\tPlatform team",
        "Area 2\t1\t4\t2",
    ]
    image = QGuiApplication.clipboard().image()
    assert image.width() > 1000
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_readers_get_units_profiles_spread_and_questions_as_sentences(
    window: Shell, library: FakeLibrary
) -> None:
    add_three(library)
    page = shown(window)
    named = {each.text(Text.Name) for each in tree(page) if each.role() in (Role.List, Role.Tree)}
    assert named == {
        "Units",
        "Profiles of the teams",
        "Spread between teams, widest first",
        "Where teams can learn from each other",
    }
    assert name(page) == "Teams"
    assert page.body.profiles.rows[0].sentence == (
        "Data team, 5 May 2027: 3 areas, from 1 to 3. Dimension 1 2.0, Dimension 2 1.0,"
        " Dimension 3 3.0"
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_word_is_there_in_both_languages(
    window: Shell, library: FakeLibrary, language: str
) -> None:
    add_three(library)
    page = shown(window)
    window.appearance.choose_language(language)
    tr = translator_for(language)
    assert page.body.profiles.accessibleName() == tr.gettext("Profiles of the teams")
    window.context.set_palette(DARK)
    assert page.body.tree.rows()[0].count == tr.ngettext("{n} team", "{n} teams", 3)


def test_no_word_at_a_profile_is_cut_in_the_smallest_cell(
    qapp: QApplication, library: FakeLibrary, window: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = builtin_model()
    add(library, "Team", {area.id: 3 for area in model.areas}, model=model)
    window.appearance.choose_language("de")
    row = shown(window).body.profiles.rows[0]
    cut = []

    def drawn(painter: QPainter, box: QRect, text: str, *_: object) -> int:
        cut.extend([text] if painter.fontMetrics().horizontalAdvance(text) > box.width() else [])
        return 0

    monkeypatch.setattr("ui.teams.profile_list.draw_shortened", drawn)
    width, height = map(scaled, LARGE)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setFont(qapp.font())
    paint_team_profile(painter, picture.rect(), row, LIGHT, is_large=True)
    painter.end()
    assert cut == []
