"""The focus never lands by chance where the next Space does something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.results.results_page import ResultsPage
from ui.scoring.scoring_page import ScoringPage
from ui.shell.shell import Shell


@pytest.fixture
def page(scoring: Shell) -> ScoringPage:
    page = scoring.page
    assert isinstance(page, ScoringPage)
    return page


@pytest.fixture
def walked(qapp: QApplication) -> Iterator[list[str]]:
    """Names of the widgets that got the focus, in order."""
    names: list[str] = []

    def note() -> None:
        names.append(focused())

    qapp.focusChanged.connect(note)
    yield names
    qapp.focusChanged.disconnect(note)


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key)


def tab_to(qtbot: QtBot, name: str) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(60):
        if focused() == name:
            return
        press(qtbot, Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not lead to {name}")


def test_undo_keeps_the_focus_when_nothing_is_left_to_undo(
    qtbot: QtBot, scoring: Shell, page: ScoringPage
) -> None:
    area_id = scoring.workspace.area_id
    for level in (1, 2):
        scoring.workspace.workshop.set_level(area_id, level)
    tab_to(qtbot, "undo-button")
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Space)
    assert scoring.workspace.session.rating(area_id).level is None
    assert focused() == "undo-button"
    assert (scoring.page_name, scoring.workspace.area_id) == ("scoring", area_id)
    page.setFocus()
    assert not scoring.header.undo.isEnabled()


def test_a_spent_button_works_again_with_the_next_change(
    qtbot: QtBot, scoring: Shell, page: ScoringPage
) -> None:
    workshop, area_id = scoring.workspace.workshop, scoring.workspace.area_id
    workshop.set_level(area_id, 1)
    tab_to(qtbot, "undo-button")
    press(qtbot, Qt.Key.Key_Space)
    workshop.set_level(area_id, 2)
    assert scoring.header.undo.is_possible
    press(qtbot, Qt.Key.Key_Space)
    assert scoring.workspace.session.rating(area_id).level is None


def test_back_keeps_the_focus_at_the_first_area(
    qtbot: QtBot, scoring: Shell, page: ScoringPage
) -> None:
    first = scoring.workspace.area_id
    press(qtbot, Qt.Key.Key_Space)
    back = page.findChild(QWidget, "back-button")
    assert back is not None
    back.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Space)
    assert scoring.workspace.area_id == first
    assert focused() == "back-button"


@pytest.mark.parametrize(
    ("action", "field"),
    [
        ("not_applicable", "not-applicable-field"),
        ("evidence", "evidence-address"),
        ("find_area", "find-area-field"),
        ("weight", "weight-field"),
    ],
)
def test_a_form_that_closes_gives_the_focus_to_the_page_at_once(
    qtbot: QtBot, scoring: Shell, page: ScoringPage, walked: list[str], action: str, field: str
) -> None:
    scoring.actions_table.run(action)
    assert focused() == field
    walked.clear()
    press(qtbot, Qt.Key.Key_Escape)
    assert [name for name in walked if name] == ["scoring-page"]
    assert page.hasFocus()


def test_storing_a_reason_gives_the_focus_to_the_page_at_once(
    qtbot: QtBot, scoring: Shell, page: ScoringPage, walked: list[str]
) -> None:
    scoring.actions_table.run("not_applicable")
    qtbot.keyClicks(page.body.not_applicable.field, "Group IT")
    walked.clear()
    press(qtbot, Qt.Key.Key_Return)
    assert [name for name in walked if name] == ["scoring-page"]


def test_changing_the_reason_puts_the_focus_into_its_field_only(
    qtbot: QtBot, scoring: Shell, page: ScoringPage, walked: list[str]
) -> None:
    scoring.workspace.workshop.set_not_applicable(scoring.workspace.area_id, "Group IT")
    change = page.findChild(QWidget, "not-applicable-change")
    assert change is not None
    change.setFocus(Qt.FocusReason.TabFocusReason)
    walked.clear()
    press(qtbot, Qt.Key.Key_Space)
    assert [name for name in walked if name] == ["not-applicable-field"]


def test_removed_evidence_gives_the_focus_to_the_page(
    qtbot: QtBot, scoring: Shell, page: ScoringPage
) -> None:
    workshop, area_id = scoring.workspace.workshop, scoring.workspace.area_id
    for title in ("one", "two"):
        workshop.add_link(area_id, "https://example.org", title)
    first = scoring.workspace.session.rating(area_id).evidence[0]
    remover = page.findChild(QWidget, f"remove-evidence-{first.id}")
    assert remover is not None
    remover.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    assert page.hasFocus()
    assert len(scoring.workspace.session.rating(area_id).evidence) == 1


def test_what_is_hidden_under_the_focus_leaves_it_to_the_page(
    scoring: Shell, page: ScoringPage
) -> None:
    half = page.findChild(QWidget, "target-button")
    assert half is not None
    half.setFocus(Qt.FocusReason.TabFocusReason)
    half.setEnabled(False)
    assert focused() == "target-button"  # a button stays, without effect
    page.body.decision.weight.setFocus(Qt.FocusReason.TabFocusReason)
    page.body.decision.weight.hide()
    assert page.hasFocus()


def test_tab_in_the_find_list_leads_back_to_the_page(
    qtbot: QtBot, scoring: Shell, page: ScoringPage
) -> None:
    scoring.actions_table.run("find_area")
    press(qtbot, Qt.Key.Key_Tab)
    assert page.hasFocus()


def test_the_table_takes_the_focus_and_gives_it_back(
    qtbot: QtBot, scoring: Shell, library: FakeLibrary
) -> None:
    scoring.workspace.workshop.set_level(scoring.workspace.area_id, 2)
    scoring.show_page("results")
    page = scoring.page
    assert isinstance(page, ResultsPage)
    scoring.actions_table.run("chart.table")
    assert focused() == "profile-table-view"
    assert page.body.table.view.currentIndex().row() == 0
    scoring.actions_table.run("chart.table")
    assert focused() == "gap-list"


def test_a_checkpoint_that_was_removed_last_leaves_the_dialog_open(
    qtbot: QtBot, scoring: Shell
) -> None:
    scoring.workspace.workshop.add_checkpoint("Before lunch")
    scoring.actions_table.run("checkpoints")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    tab_to(qtbot, "remove-checkpoint")
    press(qtbot, Qt.Key.Key_Space)
    assert scoring.workspace.session.milestones == ()
    press(qtbot, Qt.Key.Key_Space)
    assert scoring.workspace.session.milestones == ()
    assert dialog.isVisible()
