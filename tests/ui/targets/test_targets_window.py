"""The targets page in the whole window: the way there, its keys, undo, and what the keys say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from fakes import FakeLibrary, builtin_model
from heard import Role, Text, tree
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.session.rating import Rating
from app.session.session import NewSession
from ui.shell.shell import Shell
from ui.targets.targets_page import TargetsPage
from ui.widgets.key_hints import KeyHint

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def scored(qtbot: QtBot, one_window: Shell) -> Shell:
    """The window on the scoring page of a scored session without targets."""
    library = one_window.state.library
    assert isinstance(library, FakeLibrary)
    model = builtin_model()
    ratings = tuple(
        Rating(area.id, Fraction(1 + place % 3)) for place, area in enumerate(model.areas)
    )
    new = NewSession("Nordwerk AG", model, "Workshop", "Platform team", ratings=ratings)
    one_window.flows.sessions.open(library.create_session(new).id)
    one_window.show_page("scoring")
    with qtbot.waitActive(one_window.frame):
        one_window.frame.activateWindow()
    return one_window


@pytest.fixture
def asked(scored: Shell) -> TargetsPage:
    """The page with an implied target and prerequisites of the current area."""
    workshop = scored.workspace.workshop
    workshop.set_target("technology.security-policy", 5)
    workshop.set_target("policy.creation", 2)
    scored.workspace.go_to("technology.security-policy")
    scored.show_page("targets")
    QApplication.processEvents()
    page = scored.page
    assert isinstance(page, TargetsPage)
    assert page.body.confirm.isVisible()
    return page


@pytest.fixture
def page(scored: Shell) -> TargetsPage:
    scored.show_page("targets")
    page = scored.page
    assert isinstance(page, TargetsPage)
    return page


def press(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def test_every_target_is_decided_with_a_dozen_keys(qtbot: QtBot, scored: Shell) -> None:
    presses = 1
    press(qtbot, Qt.Key.Key_5, CONTROL)
    session = scored.workspace.session
    for _ in session.model.dimensions:
        press(qtbot, Qt.Key.Key_4, SHIFT)
        press(qtbot, Qt.Key.Key_Space)
        presses += 2
    assert {rating.target for rating in scored.workspace.session.all_ratings()} == {4}
    assert presses <= 12
    assert scored.header.page_button("roadmap").isChecked()


def test_the_keys_of_the_page_decide(qtbot: QtBot, page: TargetsPage) -> None:
    press(qtbot, Qt.Key.Key_3)
    first = page.workspace.area_id
    assert page.workspace.session.rating(first).target == 3
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Z)
    assert page.workspace.area_id != first
    assert page.workspace.session.rating(page.workspace.area_id).target == 2
    press(qtbot, Qt.Key.Key_Delete)
    assert page.workspace.session.rating(page.workspace.area_id).target is None
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.workspace.session.rating(page.workspace.area_id).target == 2


def test_what_is_typed_into_a_field_decides_nothing(qtbot: QtBot, page: TargetsPage) -> None:
    area_id = page.workspace.area_id
    press(qtbot, Qt.Key.Key_C)
    field = page.body.table.reason
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "3 z s 4")
    press(qtbot, Qt.Key.Key_Return)
    rating = page.workspace.session.rating(area_id)
    assert (rating.target, rating.target_reason) == (None, "3 z s 4")
    assert page.workspace.area_id == area_id
    assert page.body.table.list.hasFocus()


def test_tab_leads_from_the_areas_through_the_fields_of_the_row(
    qtbot: QtBot, page: TargetsPage
) -> None:
    names = []
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.objectName())
    assert names == ["target-by", "target-reason", "target-sponsor", "all-to-3-people"]


def test_an_area_is_found_by_its_name(qtbot: QtBot, page: TargetsPage) -> None:
    press(qtbot, Qt.Key.Key_F, CONTROL)
    for letter in (Qt.Key.Key_C, Qt.Key.Key_O, Qt.Key.Key_M, Qt.Key.Key_P):
        press(qtbot, letter)
    press(qtbot, Qt.Key.Key_Return)
    assert page.workspace.area_id == "policy.compliance"
    assert page.body.table.list.hasFocus()


def shown_keys(page: TargetsPage) -> str:
    hints = page.body.hints.findChildren(KeyHint)
    return " | ".join(hint.accessibleName() for hint in hints if hint.isVisible())


def test_the_bar_shows_the_keys_of_what_has_the_focus(qtbot: QtBot, page: TargetsPage) -> None:
    assert "1–5: target" in shown_keys(page)
    press(qtbot, Qt.Key.Key_S)
    assert "Esc: back to the areas" in shown_keys(page)
    press(qtbot, Qt.Key.Key_Escape)
    assert "1–5: target" in shown_keys(page)


def test_all_that_takes_the_focus_has_a_name_with_the_words_on_it(asked: TargetsPage) -> None:
    own = (Role.Cell, Role.ListItem)
    nameless = [
        each.object().objectName()
        for each in tree(asked)
        if each.state().focusable and not each.text(Text.Name) and each.role() not in own
    ]
    otherwise = [
        button.text()
        for button in asked.findChildren(QAbstractButton)
        if button.text().strip("←… ").casefold() not in button.accessibleName().casefold()
    ]
    assert (nameless, otherwise) == ([], [])


def test_everything_on_the_page_is_large_enough_to_be_hit(asked: TargetsPage) -> None:
    small = [
        f"{each.objectName()} {each.width()}x{each.height()}"
        for each in asked.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit)
        and each.isVisible()
        and min(each.width(), each.height()) < 24
    ]
    assert small == []


def test_a_row_is_read_as_a_sentence(asked: TargetsPage) -> None:
    rows = [each.text(Text.Name) for each in tree(asked.body.table.list)]
    assert any(
        row.startswith("Security & policy (Technology): level") and "target 5, discussed" in row
        for row in rows
    )
