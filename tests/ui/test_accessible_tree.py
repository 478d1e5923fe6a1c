"""Names, roles and states of everything visible, as screen readers get them."""

from __future__ import annotations

import pytest
from fakes import FakeLibrary
from heard import Role, Text, description, focused, interface, name, role, tree
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.pages import PAGE_BY_NAME
from ui.results.results_page import ResultsPage
from ui.scoring.scoring_page import ScoringPage
from ui.shell.shell import Shell

PAGES = tuple(name for name, spec in PAGE_BY_NAME.items() if not spec.names_all_clients)
FAMILIES = ("library", "scoring", "results", "roadmap")
DIALOGS = (
    "session.new",
    "session.edit",
    "session.follow",
    "client.rename",
    "client.merge",
    "model.import",
    "session.export",
    "settings",
    "checkpoints",
    "keys",
    "about",
    "session.archived",
    "library.restore",
)
#: Opened on the library page.
LIBRARY = ("session.edit", "session.follow", "client.rename", "client.merge")
#: Parts of lists and tables, and containers, which Qt lets take the focus without a name.
QT_OWN = (Role.Cell, Role.ListItem, Role.TreeItem, Role.ColumnHeader)

every_page = pytest.mark.parametrize("page", [*PAGES, "portfolio"])
every_dialog = pytest.mark.parametrize("dialog", DIALOGS)
both_languages = pytest.mark.parametrize(
    "language", [pytest.param("en", marks=pytest.mark.slow), "de"]
)


@pytest.fixture
def results(looked_at: Shell, qtbot: QtBot) -> ResultsPage:
    looked_at.show_page("results")
    page = looked_at.page
    assert isinstance(page, ResultsPage)
    page.body.show_view("by-area")
    page.load_radar()
    qtbot.waitUntil(lambda: page.radar is not None and page.radar.isVisible())
    return page


@pytest.fixture
def scoring_page(looked_at: Shell) -> ScoringPage:
    page = looked_at.page
    assert isinstance(page, ScoringPage)
    return page


def opened(shell: Shell, action: str) -> QDialog:
    """The dialog an action opens."""
    if action in LIBRARY:
        shell.show_page("library")
    shell.actions_table.run(action)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog), action
    return dialog


def path(each: QAccessibleInterface) -> str:
    """Path to a node, for messages."""
    widget = each.object()
    return f"{each.role()} {widget.objectName() if widget else ''} {each.text(Text.Name)!r}"


def nameless(top: QWidget) -> list[str]:
    return [
        path(each)
        for each in tree(top)
        if each.state().focusable and not each.text(Text.Name) and each.role() not in QT_OWN
    ]


def doubled(top: QWidget) -> list[str]:
    """Nodes that would be read twice: the description repeats the name."""
    return [
        path(each)
        for each in tree(top)
        if each.text(Text.Name) and each.text(Text.Description).startswith(each.text(Text.Name))
    ]


@both_languages
@every_page
def test_the_page_and_what_has_the_focus_have_names(
    looked_at: Shell, page: str, language: str
) -> None:
    looked_at.appearance.choose_language(language)
    looked_at.show_page(page)
    assert name(looked_at.page)
    assert focused().text(Text.Name)


@every_page
def test_all_that_takes_the_focus_has_a_name(looked_at: Shell, page: str) -> None:
    looked_at.show_page(page)
    assert nameless(looked_at.frame) == []


@every_dialog
def test_all_that_takes_the_focus_in_a_dialog_has_a_name(looked_at: Shell, dialog: str) -> None:
    assert nameless(opened(looked_at, dialog)) == []


@every_page
def test_nothing_is_read_twice(looked_at: Shell, page: str) -> None:
    looked_at.show_page(page)
    assert doubled(looked_at.frame) == []


@every_dialog
def test_nothing_is_read_twice_in_a_dialog(looked_at: Shell, dialog: str) -> None:
    assert doubled(opened(looked_at, dialog)) == []


@pytest.mark.parametrize("key", ["not_applicable", "evidence", "find_area"])
def test_nothing_is_read_twice_in_a_form(looked_at: Shell, scoring_page: QWidget, key: str) -> None:
    looked_at.actions_table.run(key)
    form = QApplication.focusWidget()
    assert form is not None
    assert (nameless(scoring_page), doubled(scoring_page)) == ([], [])
    looked_at.page.setFocus()


def test_the_dialog_of_keys_is_read_well(looked_at: Shell) -> None:
    looked_at.dialogs.open_key_choices()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert (nameless(dialog), doubled(dialog)) == ([], [])


def called_otherwise(top: QWidget) -> list[str]:
    """Buttons whose name lacks the words that are written on them; arrows and signs are none."""

    def words(text: str) -> str:
        return "".join(
            each for each in text.casefold() if each.isalpha() or each in "0123456789 "
        ).strip()

    return [
        f"{button.text()} is called {name(button)}"
        for button in top.findChildren(QAbstractButton)
        if words(button.text()) not in words(name(button))
    ]


@both_languages
@every_dialog
def test_a_written_label_is_the_name_or_part_of_it(
    looked_at: Shell, dialog: str, language: str
) -> None:
    looked_at.appearance.choose_language(language)
    assert called_otherwise(opened(looked_at, dialog)) == []


@both_languages
@every_page
def test_a_written_label_of_a_page_is_the_name_or_part_of_it(
    looked_at: Shell, page: str, language: str
) -> None:
    looked_at.appearance.choose_language(language)
    looked_at.show_page(page)
    assert called_otherwise(looked_at.frame) == []


def test_a_check_box_is_called_what_stands_beside_it(looked_at: Shell) -> None:
    box = opened(looked_at, "session.new").findChild(QCheckBox, "half-levels")
    assert box is not None
    assert name(box) == "Allow half levels, for example 2.5"


@both_languages
@every_page
def test_headings_are_not_in_capitals_for_readers(
    looked_at: Shell, page: str, language: str
) -> None:
    looked_at.appearance.choose_language(language)
    looked_at.show_page(page)
    assert shouted(looked_at.frame) == []


@both_languages
def test_headings_of_the_key_sheet_are_not_in_capitals_for_readers(
    looked_at: Shell, language: str
) -> None:
    looked_at.appearance.choose_language(language)
    assert shouted(opened(looked_at, "keys")) == []


def shouted(top: QWidget) -> list[str]:
    labels = [label for label in top.findChildren(QLabel) if label.property("role") == "heading"]
    assert labels
    return [name(label) for label in labels if name(label).isupper()]


# ---- choices -------------------------------------------------------------------------------------


def test_levels_are_one_choice_of_several(scoring_page: ScoringPage) -> None:
    cards = scoring_page.body.levels.cards()
    assert {role(card) for card in cards} == {Role.RadioButton}
    assert not any(interface(card).state().checked for card in cards)


def test_pages_and_views_are_one_choice_of_several(looked_at: Shell, results: ResultsPage) -> None:
    pages = [looked_at.header.page_button(each) for each in FAMILIES]
    for choices in (pages, list(results.body.tabs.values()), list(results.body.lists.values())):
        assert {role(each) for each in choices} == {Role.RadioButton}
        assert sum(interface(each).state().checked for each in choices) == 1


def test_every_level_and_page_is_reached_by_tab(
    looked_at: Shell, scoring_page: ScoringPage
) -> None:
    choices = [*scoring_page.body.levels.cards(), *map(looked_at.header.page_button, FAMILIES)]
    for choice in choices:
        choice.setFocus(Qt.FocusReason.TabFocusReason)
    assert all(choice.focusPolicy() & Qt.FocusPolicy.TabFocus for choice in choices)
    scoring_page.setFocus()


def test_a_card_is_named_by_its_level_and_its_marks(scoring: Shell, library: FakeLibrary) -> None:
    page = scoring.page
    assert isinstance(page, ScoringPage)
    workshop, area_id = scoring.workspace.workshop, scoring.workspace.area_id
    workshop.set_level(area_id, 2)
    workshop.set_target(area_id, 4)
    cards = page.body.levels.cards()
    assert [name(card) for card in cards] == [
        "Level 1 – Build",
        "Level 2 – Operate: Current",
        "Level 3 – Scale",
        "Level 4 – Improve: Target",
        "Level 5 – Optimise",
    ]
    assert [interface(card).state().checked for card in cards] == [False, True, False, False, False]
    workshop.set_level(area_id, None)
    assert not any(interface(card).state().checked for card in cards)


def test_the_earlier_level_is_heard_at_its_card(scoring: Shell) -> None:
    scoring.flows.sessions.open_sample()
    page = scoring.page
    assert isinstance(page, ScoringPage)
    assert any("in March 2026" in name(card) for card in page.body.levels.cards())


def test_summaries_are_a_button_that_says_what_it_does(scoring_page: ScoringPage) -> None:
    switch = scoring_page.body.header.switch
    assert role(switch) == Role.Button
    words = {name(switch)}
    switch.click()
    words.add(name(switch))
    switch.click()
    assert words == {"Show summaries", "Hide summaries"}


# ---- graphics ------------------------------------------------------------------------------------


def test_charts_are_graphics_with_their_figures_and_reached_by_tab(results: ResultsPage) -> None:
    assert results.radar is not None
    for chart in (results.radar, results.body.heat):
        assert role(chart) == Role.Graphic
        assert name(chart)
        assert "People overview" in description(chart)
        assert interface(chart).childCount() == 0
        assert chart.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_chart_is_in_the_tree_once(results: ResultsPage) -> None:
    assert results.radar is not None
    for view, chart in (("by-area", results.radar), ("heat-map", results.body.heat)):
        results.body.show_view(view)
        described = [each.text(Text.Description) for each in tree(results)]
        assert described.count(description(chart)) == 1


def test_the_heat_map_is_read_and_used_by_keys(
    scoring: Shell, qtbot: QtBot, said: list[str]
) -> None:
    scoring.workspace.workshop.set_level(scoring.workspace.session.model.areas[1].id, 3)
    scoring.show_page("results")
    page = scoring.page
    assert isinstance(page, ResultsPage)
    heat = page.body.heat
    second = scoring.workspace.session.model.areas[1]
    with qtbot.waitSignal(heat.area_chosen) as chosen:
        qtbot.keyClick(heat, Qt.Key.Key_Right)
        qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert said[0] == f"{second.label.line_in('en')}: level 3, target 5"
    assert chosen.args == [second.id]


def test_key_figures_are_read_once_in_words_and_reached_by_tab(results: ResultsPage) -> None:
    coverage = results.body.figures.cards[3]
    assert name(coverage) == "Areas scored: 0 of 22, scored · 0 not applicable"
    for card in results.body.figures.cards:
        assert interface(card).childCount() == 0
        assert card.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_progress_is_a_progress_bar(scoring_page: ScoringPage) -> None:
    assert role(scoring_page.body.agenda.bar) == Role.ProgressBar
    assert name(scoring_page.body.agenda.bar) == "0 of 22 areas scored"


# ---- nothing is only painted or only coloured ----------------------------------------------------


def test_rows_of_gaps_and_steps_name_the_dimension(scoring: Shell) -> None:
    scoring.workspace.workshop.set_level(scoring.workspace.area_id, 2)
    scoring.show_page("results")
    page = scoring.page
    assert isinstance(page, ResultsPage)
    page.body.show_list("steps")
    for row in (page.body.gaps.rows[0], page.body.steps.rows[0]):
        assert "People overview (People)" in row.sentence


def test_the_table_says_how_complete_a_dimension_is(results: ResultsPage) -> None:
    results.body.show_view("table")
    cell = results.body.table.view.model().index(0, 0)
    said = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "People: 0 of 6 scored"


# ---- keys, menus and Qt's own buttons ------------------------------------------------------------


def test_a_row_of_the_key_sheet_is_read_with_its_keys(looked_at: Shell) -> None:
    sheet = opened(looked_at, "keys")
    rows = {name(label) for label in sheet.findChildren(QLabel)}
    assert {"C: Reason", "Ctrl+Z: Undo", "1–5: Set the level"} <= rows
    words = [each.text(Text.Name) for each in tree(sheet)]
    assert "Ctrl+Z" not in words


@both_languages
def test_menus_are_named(looked_at: Shell, results: ResultsPage, language: str) -> None:
    looked_at.appearance.choose_language(language)
    looked_at.show_page("scoring")
    bar = looked_at.frame.menuBar().actions()
    menus = [
        menu
        for menu in looked_at.frame.findChildren(QMenu)
        if menu.actions() and menu.actions()[0] not in bar  # else Qt's own for what does not fit
    ]
    assert len(menus) > 8
    unnamed = [menu for menu in menus if name(menu) in ("", "Stufenplan")]
    assert [[action.text() for action in menu.actions()] for menu in unnamed] == []


def test_the_clear_button_of_the_search_has_a_name(looked_at: Shell) -> None:
    looked_at.show_page("library")
    (clear,) = looked_at.library_page.head.search.findChildren(QToolButton)
    assert name(clear) == "Clear the search"


def test_the_title_of_a_dialog_is_read_before_its_explanation(looked_at: Shell) -> None:
    texts = [each.text(Text.Name) for each in tree(opened(looked_at, "settings"))]
    lead = next(text for text in texts if text.startswith("The language of the model texts"))
    assert texts.index("Settings", 1) < texts.index(lead)
