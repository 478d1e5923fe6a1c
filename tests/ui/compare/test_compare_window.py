"""The compare page in the whole window: names, targets, keys, and the way there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from fakes import FakeLibrary, FakeServices, builtin_model
from heard import Role, Text, tree
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QListView,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.session.rating import Rating
from app.session.session import NewSession
from ui.compare.compare_page import ComparePage
from ui.compare.compared_rows import BY_CHANGE
from ui.dialogs.edit_session import EditSessionDialog
from ui.shell.shell import Shell

LEAST = 24


@pytest.fixture
def compared(window: Shell, library: FakeLibrary) -> Shell:
    """The window on three sessions of the built-in model compared."""
    model, ids = builtin_model(), []
    for number in range(3):
        ratings = tuple(
            Rating(area.id, Fraction(1 + (place + number) % 5))
            for place, area in enumerate(model.areas)
        )
        day = date(2026, 3 + number, 12)
        new = NewSession("Nordwerk AG", model, "Workshop", "Platform team", day, ratings=ratings)
        ids.append(library.create_session(new).id)
    window.flows.sessions.open(ids[-1])
    window.show_page("compare")
    page = window.page
    assert isinstance(page, ComparePage)
    page.add(ids[0])
    page.fill_charts()
    QApplication.processEvents()
    return window


@pytest.mark.slow
def test_all_that_takes_the_focus_has_a_name(compared: Shell) -> None:
    own = (Role.Cell, Role.ListItem, Role.TreeItem, Role.ColumnHeader)
    nameless = [
        each.object().objectName()
        for each in tree(compared.frame)
        if each.state().focusable and not each.text(Text.Name) and each.role() not in own
    ]
    assert nameless == []


@pytest.mark.slow
def test_all_targets_can_be_hit(compared: Shell) -> None:
    small = [
        each.objectName()
        for kind in (QAbstractButton, QComboBox)
        for each in compared.page.findChildren(kind)
        if each.isVisible() and min(each.width(), each.height()) < LEAST
    ]
    low = [
        view.objectName()
        for view in compared.page.findChildren(QListView)
        if view.isVisible() and 0 < view.sizeHintForRow(0) < LEAST
    ]
    assert (small, low) == ([], [])


@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", [(1280, 720), pytest.param((1440, 900), marks=pytest.mark.slow)])
def test_no_column_is_wider_than_its_share(
    compared: Shell, language: str, size: tuple[int, int]
) -> None:
    compared.appearance.choose_language(language)
    compared.frame.resize(*size)
    QApplication.processEvents()
    for scroll in compared.page.findChildren(QScrollArea):
        if scroll.isVisible():
            assert scroll.widget().width() <= scroll.viewport().width()


@pytest.mark.slow
def test_chips_grow_with_the_type(compared: Shell) -> None:
    compared.frame.resize(1280, 720)
    compared.frame.set_zoom(150)
    QApplication.processEvents()
    page = compared.page
    assert isinstance(page, ComparePage)
    heights = {chip.height() for chip in page.findChildren(QWidget, "session-chip")}
    compared.frame.set_zoom(100)
    assert min(heights) >= 40


def test_all_totals_are_in_view_in_a_small_window(compared: Shell) -> None:
    compared.frame.resize(1280, 720)
    QApplication.processEvents()
    page = compared.page
    assert isinstance(page, ComparePage)
    assert len(page.body.table.totals) == 6
    assert page.body.table.totals_list.verticalScrollBar().maximum() == 0


def test_the_keys_of_the_page_work_where_the_areas_have_the_focus(
    compared: Shell, qtbot: QtBot
) -> None:
    page = compared.page
    assert isinstance(page, ComparePage)
    assert QApplication.focusWidget() is page.body.table.list
    qtbot.keyClick(compared.frame, Qt.Key.Key_S)
    assert page.body.order == BY_CHANGE
    qtbot.keyClick(compared.frame, Qt.Key.Key_D)
    shown = page.body.overlay.shown
    assert shown is not None
    assert shown.choice.by == "area"


def test_the_tab_beside_the_results_leads_there_and_back(compared: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(compared.frame, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert compared.page_name == "results"
    qtbot.keyClick(compared.frame, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert compared.page_name == "compare"
    assert compared.header.page_button("results").isChecked()


def test_the_sample_answers_what_fell(
    window: Shell, services: FakeServices, library: FakeLibrary
) -> None:
    window.flows.sessions.open(services.create_sample(library, "en"))
    window.show_page("compare")
    page = window.page
    assert isinstance(page, ComparePage)
    fallen = page.findChild(QWidget, "fallen-list")
    assert fallen.accessibleName() == "Fallen: 1"
    (row,) = page.body.changes.sections["fallen"].rows
    assert row.sentence.endswith("from 3 to 2")


def test_the_day_of_the_next_workshop_is_asked_for_at_its_field(compared: Shell) -> None:
    button = compared.page.findChild(QAbstractButton, "edit-next-workshop")
    assert isinstance(button, QAbstractButton)
    button.click()
    (dialog,) = compared.frame.findChildren(EditSessionDialog)
    following = dialog.form.next_workshop
    assert following is not None
    assert dialog.focusWidget() is following.day
    assert following.is_set.isChecked()
    assert compared.workspace.session.next_date is None  # until it is saved
    dialog.reject()
