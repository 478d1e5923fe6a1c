"""The portfolio: all clients, what is overdue, and the way to one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from fakes import FakeLibrary, small_model
from heard import name
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.session.rating import Rating
from app.session.session import NewSession
from ui.dialogs.new_session import NewSessionDialog
from ui.portfolio.portfolio_page import PortfolioPage
from ui.shell.shell import Shell

TODAY = date(2027, 5, 31)
MODEL = small_model()
AGREED = {"Deichland": date(2027, 3, 9), "Fluvia": date(2027, 6, 3), "Nordwerk": date(2027, 11, 9)}


def add(
    library: FakeLibrary, client: str, day: date, level: int | None = 3, unit: str = ""
) -> None:
    levels = (
        () if level is None else tuple(Rating(a.id, level=Fraction(level)) for a in MODEL.areas)
    )
    new = NewSession(client, MODEL, f"Workshop of {client}", unit, day, ratings=levels)
    facilitator = "Ada" if client == "Fluvia" else "Bo"
    library.create_session(replace(new, facilitator=facilitator, next_date=AGREED.get(client)))


@pytest.fixture
def page(window: Shell, library: FakeLibrary) -> PortfolioPage:
    """Four clients: one overdue, one due soon, one later, one that was never assessed."""
    add(library, "Deichland", date(2026, 9, 9), unit="Grid")
    add(library, "Fluvia", date(2026, 12, 3))
    add(library, "Weidenthal", date(2027, 5, 1), None)
    add(library, "Nordwerk", date(2027, 5, 19), unit="Platform")
    page = window.page_named("portfolio")
    assert isinstance(page, PortfolioPage)
    page.today = lambda: TODAY
    window.show_page("portfolio")
    return page


def names(page: PortfolioPage) -> list[str]:
    rows = range(page.card.rows.rowCount())
    return [page.card.rows.row(row).client.organisation.name for row in rows]


def chosen(page: PortfolioPage) -> str:
    assert page.current is not None
    return page.current.organisation.name


def press(qtbot: QtBot, page: PortfolioPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.card.list, key)


def test_all_clients_are_listed_by_name_and_the_one_on_screen_is_chosen(
    page: PortfolioPage,
) -> None:
    assert names(page) == ["Deichland", "Fluvia", "Nordwerk", "Weidenthal"]
    assert chosen(page) == "Nordwerk"
    assert page.head.counted.full_text() == (
        "library.stufenplan · 4 organisations · 2 units · 4 sessions"
    )
    assert QApplication.focusWidget() is page.card.list


def test_a_row_is_heard_in_one_sentence(page: PortfolioPage) -> None:
    index = page.card.rows.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Deichland, 1 unit, Small model, last session 9 September 2026, 1 of 1 unit assessed,"
        " next workshop 9 March 2027, overdue by 11 weeks"
    )


def test_what_is_overdue_and_due_soon_is_named_beside_the_list(page: PortfolioPage) -> None:
    assert [name(row) for row in page.todo.overdue.rows] == ["Deichland, overdue by 11 weeks"]
    assert [name(row) for row in page.todo.soon.rows] == ["Fluvia, due in 3 days"]
    assert page.todo.overdue.figure.text() == "1"
    page.todo.overdue.rows[0].click()
    assert (chosen(page), QApplication.focusWidget()) == ("Deichland", page.card.list)


def test_enter_shows_the_sessions_of_the_chosen_client(
    qtbot: QtBot, window: Shell, page: PortfolioPage
) -> None:
    press(qtbot, page, Qt.Key.Key_Up)
    press(qtbot, page, Qt.Key.Key_Return)
    assert window.page_name == "library"
    assert window.library_page.head.title.full_text() == "Fluvia"
    sessions = window.library_page.sessions
    assert [sessions.summary(row).title for row in range(sessions.rowCount())] == [
        "Workshop of Fluvia"
    ]


def test_a_session_of_another_client_is_closed_before(
    window: Shell, library: FakeLibrary, page: PortfolioPage
) -> None:
    by_title = {each.title: each.id for each in library.sessions.values()}
    window.flows.sessions.open(by_title["Workshop of Fluvia"])
    window.show_page("portfolio")
    assert chosen(page) == "Nordwerk"  # the selection stays
    page.open_current()
    assert not window.state.has_session
    assert window.library_page.head.title.full_text() == "Nordwerk"


def test_a_session_of_the_same_client_stays_open(
    window: Shell, library: FakeLibrary, page: PortfolioPage
) -> None:
    by_title = {each.title: each.id for each in library.sessions.values()}
    window.flows.sessions.open(by_title["Workshop of Nordwerk"])
    window.show_page("portfolio")
    page.open_current()
    assert window.state.has_session


def test_hidden_the_page_names_nobody(window: Shell, page: PortfolioPage) -> None:
    page.filters.search.setText("fluvia")
    page.filters.take_words()
    page.open_current()
    assert window.page_name == "library"
    assert names(page) == []
    texts = [label.text() for label in page.findChildren(QLabel)]
    texts += [page.filters.search.text(), name(page.bar.open)]
    texts += [choice.itemText(0) for choice in page.filters.choices.values()]
    assert not any("Fluvia" in text or "fluvia" in text for text in texts)
    assert page.todo.overdue.rows == []


def test_filters_and_selection_are_there_again_when_the_page_is(
    window: Shell, page: PortfolioPage
) -> None:
    page.filters.search.setText("e")
    page.filters.take_words()
    page.card.list.setCurrentIndex(page.card.rows.index(0))
    window.show_page("library")
    window.show_page("portfolio")
    assert page.filters.search.text() == "e"
    assert (names(page), chosen(page)) == (["Deichland", "Nordwerk", "Weidenthal"], "Deichland")


def test_o_shows_only_what_is_overdue(qtbot: QtBot, page: PortfolioPage) -> None:
    press(qtbot, page, Qt.Key.Key_O)
    assert names(page) == ["Deichland"]
    assert page.filters.choices["due"].currentText() == "Due: overdue"
    press(qtbot, page, Qt.Key.Key_O)
    assert len(names(page)) == 4


def test_n_asks_for_a_session_of_the_chosen_client(
    qtbot: QtBot, window: Shell, page: PortfolioPage
) -> None:
    page.card.list.setCurrentIndex(page.card.rows.index(0))
    press(qtbot, page, Qt.Key.Key_N)
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog is not None
    assert dialog.form.entered_organisation == "Deichland"
    dialog.reject()


def test_letters_typed_into_the_search_are_text(qtbot: QtBot, page: PortfolioPage) -> None:
    page.filters.search.setFocus()
    qtbot.keyClicks(page.filters.search, "no")
    qtbot.waitUntil(lambda: names(page) == ["Nordwerk"])
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(page)) == 4)


def test_filters_offer_what_there_is(page: PortfolioPage) -> None:
    choices = page.filters.choices
    facilitators = choices["facilitator"]
    assert [facilitators.itemText(row) for row in range(facilitators.count())] == [
        "Facilitator: all", "Ada", "Bo",
    ]  # fmt: skip
    assert not choices["model"].isVisible()  # there is only one
    assert not choices["tag"].isVisible()
    facilitators.setCurrentIndex(1)
    facilitators.activated.emit(1)
    assert names(page) == ["Fluvia"]


def test_the_order_is_by_name_or_date_only(page: PortfolioPage) -> None:
    order = page.filters.choices["order"]
    assert [order.itemData(row) for row in range(order.count())] == ["name", "due", "overdue"]
    order.setCurrentIndex(1)
    order.activated.emit(1)
    assert names(page) == ["Deichland", "Fluvia", "Nordwerk", "Weidenthal"]


def test_nothing_found_says_so_and_leads_back(page: PortfolioPage) -> None:
    page.filters.search.setText("zzz")
    page.filters.take_words()
    (button,) = page._empty.buttons
    assert page._empty.sentence == "None of the 4 organisations fits the search and the filters."
    button.click()
    assert len(names(page)) == 4


def test_an_empty_library_proposes_a_session(window: Shell) -> None:
    window.show_page("portfolio")
    page = window.page
    assert isinstance(page, PortfolioPage)
    (button,) = page._empty.buttons
    button.click()
    dialog = window.frame.findChild(NewSessionDialog)
    assert dialog is not None
    dialog.reject()


def test_profiles_are_read_only_for_rows_that_are_painted(
    window: Shell, library: FakeLibrary, page: PortfolioPage
) -> None:
    read: list[str] = []
    shapes = library.shapes

    def counted(session_ids: object) -> object:
        read.extend(session_ids)  # type: ignore[call-overload]
        return shapes(session_ids)  # type: ignore[arg-type]

    library.shapes = counted  # type: ignore[assignment, method-assign]
    for number in range(60):
        add(library, f"Other {number:02}", date(2027, 1, 1))
    page.refresh()
    page.card.list.grab()
    assert 0 < len(read) <= 40


def test_a_client_without_levels_has_a_dashed_outline(page: PortfolioPage) -> None:
    assert page.card.rows.shape(3) is None
    shape = page.card.rows.shape(0)
    assert shape is not None
    assert shape.latest == (3, 3, 3)
    picture: QImage = page.card.list.grab().toImage()
    assert not picture.isNull()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_words_change_with_the_language(
    window: Shell, page: PortfolioPage, language: str
) -> None:
    window.appearance.choose_language(language)
    wanted = {"en": "Open Nordwerk", "de": "Nordwerk öffnen"}[language]
    assert page.bar.open.text() == wanted
    window.appearance.choose_language("en")


def test_a_start_does_not_lead_here(window: Shell, page: PortfolioPage) -> None:
    assert page.isVisible()
    assert window.settings.text("window/page") == "library"


def test_a_narrow_window_names_what_is_overdue_above_the_list(
    window: Shell, page: PortfolioPage
) -> None:
    window.frame.resize(960, 540)
    QApplication.processEvents()
    assert not page.todo.isVisible()
    assert page._overdue_line.full_text() == "Overdue: Deichland (11 weeks)"
    assert page._overdue_line.isVisible()


def test_a_library_that_can_only_be_viewed_has_a_portfolio(
    window: Shell, library: FakeLibrary, page: PortfolioPage
) -> None:
    page.open_current()
    library.archived.update(
        each.id for each in library.sessions.values() if each.organisation.name == "Fluvia"
    )
    window.show_page("portfolio")
    assert "Fluvia" in names(page)
    row = page.card.rows.row(1)
    assert (row.client.latest, row.due) == (None, None)


def test_how_many_fit_is_announced(qtbot: QtBot, page: PortfolioPage, said: list[str]) -> None:
    press(qtbot, page, Qt.Key.Key_O)
    assert said[-1] == "1 organisation"


def test_further_ones_are_found_by_the_filter(
    library: FakeLibrary, page: PortfolioPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        monkeypatch.setitem(AGREED, f"Soon {number:02}", date(2027, 6, 10))
        add(library, f"Soon {number:02}", date(2027, 1, 1))
    page.refresh()
    assert page.todo.soon.more.text() == "5 more"
    assert not page.todo.overdue.more.isVisible()
    page.todo.soon.more.click()
    assert len(names(page)) == 14  # the one that is overdue, too
