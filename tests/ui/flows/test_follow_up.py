"""A new session follows an earlier one in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from fakes import FakeLibrary
from PySide6.QtWidgets import QPushButton

from app.workshop.follow_up import Part
from ui.dialogs.follow_up import FollowUpDialog
from ui.shell.shell import Shell


def dialog_of(window: Shell) -> FollowUpDialog:
    return next(d for d in window.frame.findChildren(FollowUpDialog) if d.isVisible())


def create(dialog: FollowUpDialog) -> None:
    button = dialog.findChild(QPushButton, "create-session")
    assert isinstance(button, QPushButton)
    button.click()


def agree(window: Shell) -> None:
    """A level, a target, a weight, and an area that does not apply."""
    workshop = window.workspace.workshop
    first, second = (area.id for area in window.workspace.session.model.areas[:2])
    workshop.set_level(first, 2)
    workshop.set_target(first, 4)
    workshop.set_weight(first, Fraction(3))
    workshop.set_note(first, "Seen")
    workshop.set_not_applicable(second, "Not ours")


def test_the_open_session_is_followed_by_one_with_what_was_agreed(scoring: Shell) -> None:
    agree(scoring)
    before = scoring.workspace.session
    scoring.actions_table.run("session.follow")
    dialog = dialog_of(scoring)
    assert dialog.form.organisation.currentText() == "Nordwerk AG"
    assert dialog.form.unit.currentText() == "Platform team"
    assert dialog.form.day == date.today()  # noqa: DTZ011
    assert not dialog.parts.remarks.isVisible()
    dialog.form.title.setText("Spring 2027")
    dialog.parts[Part.WEIGHTS].setChecked(False)
    create(dialog)
    after = scoring.workspace.session
    assert scoring.page_name == "scoring"
    assert (after.id != before.id, after.title, after.unit) == (True, "Spring 2027", before.unit)
    assert after.organisation == before.organisation
    first, second = (area.id for area in after.model.areas[:2])
    rating = after.rating(first)
    assert (rating.level, rating.target, rating.weight, rating.note) == (None, 4, 1, "")
    assert after.rating(second).not_applicable == "Not ours"
    assert not scoring.actions_table["undo"].isEnabled()
    scoring.actions_table.run("session.follow")
    dialog = dialog_of(scoring)
    assert list(dialog.parts.chosen()) == [
        Part.TARGETS,
        Part.NOT_APPLICABLE,
    ]
    dialog.reject()


def test_what_cannot_be_taken_along_is_shown_before_and_after(
    scoring: Shell, library: FakeLibrary
) -> None:
    agree(scoring)
    model = scoring.workspace.session.model
    first = model.dimensions[0]
    newer = replace(
        model,
        content_version="9999",
        dimensions=(replace(first, areas=first.areas[1:]), *model.dimensions[1:]),
    )
    library.add_model(newer)
    scoring.actions_table.run("session.follow")
    dialog = dialog_of(scoring)
    name = model.areas[0].label.in_language("en")
    assert dialog.form.model.currentText().endswith("version 9999")
    assert dialog.parts.remarks.isVisible()
    assert name in dialog.parts.remarks.text()
    dialog.form.model.setCurrentIndex(1)
    assert dialog.form.model.currentText().endswith("(as then)")
    assert not dialog.parts.remarks.isVisible()
    dialog.form.model.setCurrentIndex(0)
    create(dialog)
    assert scoring.workspace.session.model == newer
    (notice,) = scoring.notices.notices
    assert notice.text == "Not everything was taken along."
    assert name in notice.details


def test_to_another_client_no_words_of_the_earlier_one_are_taken_along(scoring: Shell) -> None:
    agree(scoring)
    scoring.workspace.workshop.correct({"scope": "Portal\nand its team", "tags": ("nordwerk",)})
    before = scoring.workspace.session
    scoring.actions_table.run("session.follow")
    dialog = dialog_of(scoring)
    form, parts = dialog.form, dialog.parts
    words = [form.unit.lineEdit(), form.scope, form.tags]
    shown = [line.text() for line in words if line is not None]
    form.organisation.setEditText("Südwerk AG")
    assert [line.text() for line in words if line is not None] == ["", "", ""]
    assert not parts[Part.NOT_APPLICABLE].isEnabled()
    assert parts.remarks.text().startswith("Words of one organisation")
    form.organisation.setEditText("nordwerk AG ")  # the same, spelled otherwise
    assert [line.text() for line in words if line is not None] == shown
    assert form.details()["scope"] == before.scope
    assert parts[Part.NOT_APPLICABLE].isEnabled()
    assert not parts.remarks.isVisible()
    form.scope.setText("Shops")
    form.organisation.setEditText("Südwerk AG")
    create(dialog)
    after = scoring.workspace.session
    assert (after.organisation.name, after.unit) == ("Südwerk AG", None)
    assert (after.scope, after.tags) == ("Shops", ())
    first, second = (area.id for area in after.model.areas[:2])
    assert (after.rating(first).target, after.rating(first).weight) == (4, 3)
    assert after.rating(second).is_applicable
