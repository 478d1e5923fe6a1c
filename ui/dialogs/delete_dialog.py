"""Dialog that deletes a session, its unit or its client for good, once its name was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.deletions import NOTHING_ELSE, Choices, Target
from app.errors import AppError
from app.ports import DeletionPlan
from app.words.deletion_words import backups_in_words, models_in_words, names_it, what_goes
from app.words.texts import Translator
from ui.dialogs.base import Sheet
from ui.dialogs.restore import backup_row
from ui.dialogs.row_list import RowList
from ui.widgets.basics import make_label

WIDTH = 620


class DeleteDialog(Sheet):
    """List what goes and what stays; nothing is deleted before the name was typed.

    It stays open until that has happened, or shows why it could not.
    """

    #: The target, and what goes with it (:class:`Choices`).
    delete_wanted = Signal(object, object)

    def __init__(
        self,
        tr: Translator,
        targets: Sequence[tuple[str, Target]],
        plan_of: Callable[[Target], DeletionPlan],
        exports: str,
        parent: QWidget | None = None,
    ) -> None:
        """``targets`` are offered by these words; ``exports`` says where exports may lie."""
        super().__init__(
            "delete-dialog",
            tr.gettext("Delete for good"),
            tr.gettext("Nothing brings back what is deleted here, not even undo."),
            parent,
        )
        self._tr = tr
        self._plan_of = plan_of
        self._exports = exports
        self._plan: DeletionPlan | None = None
        self._build(targets)
        self._choose(targets[0][1])

    # ---- building ----------------------------------------------------------------------------

    def _build(self, targets: Sequence[tuple[str, Target]]) -> None:
        tr = self._tr
        column = self.body
        column.setSpacing(8)
        self.targets = QButtonGroup(self)
        for number, (words, target) in enumerate(targets):
            radio = QRadioButton(words)
            radio.setObjectName(f"target-{target.kind.value}")
            radio.setChecked(number == 0)
            radio.toggled.connect(
                lambda is_chosen, target=target: self._choose(target) if is_chosen else None
            )
            self.targets.addButton(radio)
            column.addWidget(radio)
            radio.setVisible(len(targets) > 1)
        self.goes, self.stays = _text("what-goes"), _text("what-stays")
        self.backups = QCheckBox()
        self.backups.setObjectName("with-backups")
        self.backup_list = RowList(
            "backup-list",
            tr.gettext("Backups that hold it, newest first"),
            (tr.gettext("Created"), tr.gettext("Occasion"), tr.gettext("Size")),
            numbers=(2,),
        )
        self.about_backups = make_label("secondary", wrap=True)
        self.models = QCheckBox()
        self.models.setObjectName("with-models")
        self.models.setChecked(True)
        self.backup_list.setSelectionMode(RowList.SelectionMode.NoSelection)
        column.addSpacing(4)
        column.addWidget(_head(tr.gettext("This goes")))
        for widget in (
            self.goes, self.models, self.backups, self.backup_list, self.about_backups
        ):  # fmt: skip
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(_head(tr.gettext("This stays")))
        column.addWidget(self.stays)
        column.addSpacing(4)
        self.question = make_label(wrap=True)
        self.typed = QLineEdit()
        self.typed.setObjectName("typed-name")
        self.question.setBuddy(self.typed)
        column.addWidget(self.question)
        column.addWidget(self.typed)
        self.delete = self.add_button("delete-for-good", tr.gettext("Delete for good"))
        self.delete.clicked.connect(self._submit)
        # Cancel is last and the default: Enter in the field must not delete anything.
        cancel = self.add_button("cancel", tr.gettext("Cancel"), is_primary=True)
        cancel.clicked.connect(self.reject)
        self.typed.textChanged.connect(self._on_typed)
        self.want(WIDTH)

    # ---- filling -----------------------------------------------------------------------------

    def _choose(self, target: Target) -> None:
        try:
            plan = self._plan_of(target)
        except AppError as error:
            self._plan = None
            self.show_error(error)
            self._on_typed()
            return
        self._plan = plan
        self.show_fault("")
        self._fill(plan)
        self.typed.clear()
        self._on_typed()

    def _fill(self, plan: DeletionPlan) -> None:
        tr = self._tr
        self.goes.setText("\n".join(f"•  {each}" for each in what_goes(plan, NOTHING_ELSE, tr)))
        has_backups, has_models = bool(plan.backups), bool(plan.models)
        for widget in (self.backups, self.backup_list, self.about_backups):
            widget.setVisible(has_backups)
        self.models.setVisible(has_models)
        if has_backups:
            self.backups.setText(tr.gettext("Also: {what}", what=backups_in_words(plan, tr)))
            self.backup_list.fill([backup_row(backup, tr) for backup in plan.backups])
            self.about_backups.setText(
                tr.gettext(
                    "They hold the sessions of all organisations. A new backup without it is made"
                    " in any case."
                )
            )
            self.backups.setAccessibleDescription(self.about_backups.text())
        if has_models:
            self.models.setText(tr.gettext("Also: {what}", what=models_in_words(plan, tr)))
        self.stays.setText(self._exports)
        question = tr.gettext("Type “{name}” to delete it", name=plan.name)
        self.question.setText(question)
        self.typed.setAccessibleName(question)
        if self.isVisible():
            self._fit_to_screen()

    def _on_typed(self) -> None:
        is_named = self._plan is not None and names_it(self.typed.text(), self._plan)
        self.delete.setEnabled(is_named)

    # ---- deleting ----------------------------------------------------------------------------

    def _submit(self) -> None:
        if self._plan is not None:
            choices = Choices(
                backups=self.backups.isChecked() and bool(self._plan.backups),
                models=self.models.isChecked() and bool(self._plan.models),
            )
            self.delete_wanted.emit(self._plan.target, choices)

    def show_error(self, error: AppError) -> None:
        """Show why nothing was deleted."""
        self.show_fault(error.say(self._tr))


def _text(name: str) -> QLabel:
    label = make_label(wrap=True)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _head(words: str) -> QLabel:
    label = make_label("strong")
    label.setText(words)
    return label
