"""Everything that can be clicked is large enough to be hit: WCAG 2.2, 2.5.8."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.pages import PAGE_BY_NAME
from ui.results.results_page import ResultsPage
from ui.scoring.scoring_page import ScoringPage
from ui.shell.shell import Shell

LEAST = 24
PAGES = tuple(PAGE_BY_NAME)
DIALOGS = (
    "session.new",
    "session.edit",
    "session.export",
    "session.archived",
    "settings",
    "checkpoints",
    "keys",
    "about",
    "model.import",
    "library.restore",
)
TARGETS = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
#: Parts of a larger target, which Qt makes.
QT_OWN = ("qt_",)


def too_small(top: QWidget) -> list[str]:
    """Visible controls that are lower or narrower than a target may be."""
    found = [
        f"{type(each).__name__} {each.objectName()!r} {each.width()}x{each.height()}"
        for each in top.findChildren(QWidget)
        if isinstance(each, TARGETS)
        and each.isVisible()
        and not each.objectName().startswith(QT_OWN)
        and not isinstance(each.parent(), QComboBox | QAbstractSpinBox | QLineEdit)
        and min(each.width(), each.height()) < LEAST
    ]
    return found + [
        f"row of {view.objectName()} {view.sizeHintForRow(0)}"
        for view in top.findChildren(QAbstractItemView)
        if view.isVisible() and 0 < view.sizeHintForRow(0) < LEAST
    ]


@pytest.mark.parametrize("page", PAGES)
def test_all_targets_of_a_page_can_be_hit(looked_at: Shell, page: str, qtbot: QtBot) -> None:
    looked_at.show_page(page)
    qtbot.wait(1)
    assert too_small(looked_at.frame) == []


@pytest.mark.parametrize("dialog", DIALOGS)
def test_all_targets_of_a_dialog_can_be_hit(looked_at: Shell, dialog: str) -> None:
    looked_at.actions_table.run(dialog)
    opened = QApplication.activeModalWidget()
    assert isinstance(opened, QDialog), dialog
    assert too_small(opened) == []


def test_targets_of_evidence_and_of_a_notice_can_be_hit(scoring: Shell, qtbot: QtBot) -> None:
    scoring.workspace.workshop.add_link(scoring.workspace.area_id, "https://example.org")
    scoring.notices.show_notice("Written.", warning=True)
    qtbot.wait(1)
    assert too_small(scoring.frame) == []
    close = scoring.frame.findChild(QAbstractButton, "notice-close")
    assert close is not None
    assert (close.width(), close.height()) == (28, 28)


def test_rows_of_the_agenda_can_be_hit_even_where_they_stand_closest(scoring: Shell) -> None:
    scoring.frame.resize(1024, 640)
    page = scoring.page
    assert isinstance(page, ScoringPage)
    view = page.body.agenda.view
    heights = [view.sizeHintForRow(row) for row in range(view.rows.rowCount())]
    assert min(heights) >= LEAST


def test_areas_of_the_heat_map_can_be_hit(looked_at: Shell) -> None:
    looked_at.show_page("results")
    page = looked_at.page
    assert isinstance(page, ResultsPage)
    chips = page.body.heat._laid_out(640).chips
    assert min(chip.where.height() for chip in chips) >= LEAST
