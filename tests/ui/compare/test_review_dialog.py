"""The review dialog: questions, texts side by side, decisions with who and when, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from fakes import FakeLibrary, small_model
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.comparison.reviews import Verdict
from app.errors import ReadOnlyLibrary
from app.model.maturity_model import Dimension, LocalText, MaturityModel
from app.session.rating import Rating
from app.session.session import NewSession
from ui.compare.compare_page import ComparePage
from ui.compare.review_dialog import ReviewDialog
from ui.context import Context
from ui.open_state import OpenState


def reworded(model: MaturityModel) -> MaturityModel:
    """The same model with other texts of its first area."""
    first, *others = model.dimensions
    levels = tuple(
        replace(each, short=LocalText.of(en=f"Other {each.level}")) if each.level > 1 else each
        for each in first.areas[0].levels
    )
    first = replace(first, areas=(replace(first.areas[0], levels=levels),))
    return replace(model, content_version="2", dimensions=(first, *others))


def renamed(model: MaturityModel) -> MaturityModel:
    """The same model whose first area has another id and other texts."""
    first, *others = reworded(model).dimensions
    area = replace(first.areas[0], id="d1.b", label=LocalText.of(en="Renamed", de="Umbenannt"))
    return replace(
        model,
        content_version="2",
        dimensions=(Dimension(first.id, first.name, areas=(area,)), *others),
    )


@pytest.fixture
def opened(
    qtbot: QtBot, context: Context, state: OpenState, library: FakeLibrary
) -> Callable[..., tuple[ComparePage, ReviewDialog]]:
    """Two sessions compared, with the dialog open."""

    def begun(
        changed: Callable[[MaturityModel], MaturityModel] = reworded, scope: str = "Platform"
    ) -> tuple[ComparePage, ReviewDialog]:
        context.user_name = lambda: "Kim"
        old = small_model(6)
        found = []
        for day, model, text in (
            (date(2026, 11, 12), old, "Platform"),
            (date(2027, 5, 5), changed(old), scope),
        ):
            ratings = tuple(Rating(area.id, Fraction(3)) for area in model.areas)
            new = NewSession(
                "Nordwerk AG", model, "Workshop", "Platform team", day, scope=text, ratings=ratings
            )
            found.append(library.create_session(new))
        state.open_session(found[-1].id)
        page = ComparePage(context, state.workspace)
        qtbot.addWidget(page)
        page.resize(1440, 820)
        with qtbot.waitExposed(page):
            page.show()
        page.on_shown()
        page.review()
        dialog = page.findChild(ReviewDialog)
        assert dialog is not None
        return page, dialog

    return begun


def go_to(dialog: ReviewDialog, words: str) -> None:
    for row in range(dialog.list.topLevelItemCount()):
        if words in dialog.list.topLevelItem(row).text(0):
            dialog.list.setCurrentIndex(dialog.list.model().index(row, 0))
            return
    pytest.fail(f"no question with {words!r}")


def answer(dialog: ReviewDialog, verdict: Verdict) -> None:
    dialog.verdict.setCurrentIndex(dialog.verdict.findData(verdict))
    dialog.decide.click()
    QApplication.processEvents()


def state_of(dialog: ReviewDialog) -> str:
    return dialog.list.topLevelItem(dialog.list.row).text(1)


def test_saying_that_mostly_the_same_people_took_part_raises_the_grade_and_can_be_withdrawn(
    opened: Callable[..., tuple[ComparePage, ReviewDialog]], library: FakeLibrary
) -> None:
    page, dialog = opened(lambda model: model)
    assert dialog.grade.text() == "Grade: B, with caution"
    go_to(dialog, "mostly the same people")
    assert state_of(dialog) == "open"
    answer(dialog, Verdict.EQUAL)
    assert dialog.grade.text() == "Grade: A, like for like"
    assert page.body.grade.accessibleName() == "Grade A: Comparable like for like"
    assert state_of(dialog).startswith("the same (Kim, ")
    (review,) = library.reviews.of(page.workspace.session.organisation.id)
    assert review.by == "Kim"
    dialog.findChild(QWidget, "withdraw").click()
    assert dialog.grade.text() == "Grade: B, with caution"
    assert state_of(dialog) == "open"


def test_an_edited_text_stands_beside_the_old_one_and_is_confirmed(
    opened: Callable[..., tuple[ComparePage, ReviewDialog]],
) -> None:
    page, dialog = opened()
    go_to(dialog, "“Area 1” were edited")
    shown = [label.text() for label in dialog.texts.findChildren(QLabel)]
    assert {"Sentence 1.2", "Other 2", "Level 2\ndiffers", "Level 1"} <= set(shown)
    assert page.body.table.rows[0].figure == "–"
    answer(dialog, Verdict.EQUAL)
    assert (page.body.table.rows[0].figure, page.body.table.rows[0].remark) == (
        "0", "text changed, asks the same",
    )  # fmt: skip


def test_another_scope_text_can_be_called_the_same(
    opened: Callable[..., tuple[ComparePage, ReviewDialog]],
) -> None:
    page, dialog = opened(lambda model: model, "The platform and its tools")
    assert page.body.grade.accessibleName() == "Grade C: Not comparable"
    go_to(dialog, "scope")
    shown = [label.text() for label in dialog.texts.findChildren(QLabel)]
    assert {"Platform", "The platform and its tools"} <= set(shown)
    answer(dialog, Verdict.EQUAL)
    assert page.body.grade.accessibleName() == "Grade B: Comparable with caution"


@pytest.mark.parametrize("verdict", [Verdict.EQUAL, Verdict.PART_OF])
def test_an_old_area_is_mapped_onto_a_new_one(
    opened: Callable[..., tuple[ComparePage, ReviewDialog]], verdict: Verdict
) -> None:
    page, dialog = opened(renamed)
    go_to(dialog, "“Area 1” is no longer in the model")
    assert dialog.other.currentText() == "Renamed"
    answer(dialog, verdict)
    row = page.body.table.rows[0]
    if verdict is Verdict.EQUAL:
        assert (row.label, row.figure) == ("Renamed", "0")
    else:
        assert row.figure == "–"
        assert "asks what “Area 1” asked, and more: level 3 then" in row.remark
        assert dialog.findChild(QWidget, "withdraw") is not None


def test_a_library_that_can_only_be_viewed_says_so_in_the_dialog(
    opened: Callable[..., tuple[ComparePage, ReviewDialog]], library: FakeLibrary
) -> None:
    _, dialog = opened()
    library.read_only = ReadOnlyLibrary("This library can only be viewed.")
    answer(dialog, Verdict.EQUAL)
    assert dialog.error.text() == "This library can only be viewed."
    assert dialog.error.isVisible()
