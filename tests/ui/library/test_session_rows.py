"""Rows of the session list: elided texts, and tool tips with the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeLibrary, small_model
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from app.words.texts import translator_for
from ui.dialogs.row_list import RowList
from ui.library.library_page import LibraryPage
from ui.library.session_delegate import SCORED_WIDTH, scored_in_words
from ui.shell.shell import Shell


@pytest.fixture
def page(window: Shell, library: FakeLibrary) -> LibraryPage:
    """The page with one session that has a long name in what looks like markup."""
    library.create_session(NewSession(f"<b>{'Long ' * 30}</b>", small_model(), "Workshop"))
    window.show_page("library")
    return window.library_page


def test_what_is_too_long_for_its_row_is_in_the_tooltip(page: LibraryPage) -> None:
    tip = page.sessions.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<span>&lt;b&gt;Long Long ")


@pytest.mark.parametrize("language", ["de", "en"])
def test_how_far_a_session_is_has_room(page: LibraryPage, language: str) -> None:
    font = QFont(page.list.font())
    font.setPixelSize(12)
    nowhere = replace(page.sessions.summary(0), scored=0, applicable=0)
    said = scored_in_words(nowhere, translator_for(language))
    assert QFontMetrics(font).horizontalAdvance(said) <= SCORED_WIDTH


def test_after_one_was_archived_the_next_one_is_chosen(
    window: Shell, page: LibraryPage, library: FakeLibrary
) -> None:
    for number in range(4):
        library.create_session(NewSession("Nordwerk AG", small_model(), f"Workshop {number}"))
    window.state.show_all_clients(True)
    page.list.setCurrentIndex(page.sessions.index(2))
    wanted = page.sessions.summary(3).id
    page.archive_current()
    assert page.sessions.summary(page.list.currentIndex().row()).id == wanted
    page.list.setCurrentIndex(page.sessions.index(page.sessions.rowCount() - 1))
    page.archive_current()
    assert page.list.currentIndex().row() == page.sessions.rowCount() - 1


def test_a_name_that_is_cut_in_a_dialog_is_in_the_tooltip(qtbot: QtBot) -> None:
    rows = RowList("rows", "Rows", ("Name", "When"))
    qtbot.addWidget(rows)
    rows.fill([("<b>Long</b> " * 20, "today")])
    assert rows.topLevelItem(0).toolTip(0).startswith("<span>&lt;b&gt;Long&lt;/b&gt;")
