"""Field for the actions of a step: a row for each, and those of other steps to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.session.step_details import PlannedAction
from app.words.texts import Translator
from ui.widgets.basics import discard, plain_tool_tip
from ui.widgets.controls import PressButton
from ui.widgets.fields import Choice


class ActionRow(QWidget):
    """One action."""

    def __init__(self, action: PlannedAction, efforts: Sequence[str], tr: Translator) -> None:
        super().__init__()
        self._action = action
        self.done = QCheckBox()
        self.done.setAccessibleName(tr.gettext("Action is done"))
        self.done.setToolTip(tr.gettext("Done"))
        self.done.setChecked(action.done)
        self.text = QLineEdit(action.text)
        self.text.setAccessibleName(tr.gettext("Action"))
        self.text.setCursorPosition(0)
        self.text.setToolTip(plain_tool_tip(action.text))
        self.effort = Choice()
        self.effort.setAccessibleName(tr.gettext("Effort of the action"))
        self.effort.addItem("–", "")
        for name in efforts:
            self.effort.addItem(name, name)
        self.effort.setCurrentIndex(max(0, self.effort.findData(action.effort)))
        self.remove = PressButton("remove-action", "close")
        self.remove.set_text("×", tr.gettext("Remove the action"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.done)
        row.addWidget(self.text, 1)
        row.addWidget(self.effort)
        row.addWidget(self.remove)

    def action(self) -> PlannedAction:
        """The action as it was entered."""
        return PlannedAction(
            self._action.id,
            " ".join(self.text.text().split()),
            str(self.effort.currentData() or ""),
            self._action.role,
            self.done.isChecked(),
        )


class ActionsField(QWidget):
    """The rows, a button for one more, and a choice of what other steps do.

    ``others`` are actions of other steps, each with the words to choose it by; one that is chosen
    serves both steps.
    """

    def __init__(
        self,
        efforts: Sequence[str],
        tr: Translator,
        others: Sequence[tuple[str, PlannedAction]] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("actions-field")
        self._efforts, self._tr = efforts, tr
        #: One for each action.
        self.rows: list[ActionRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._more = PressButton("add-action", "link")
        own = tr.gettext("Own action")
        self._more.set_text(f"+ {own}", tr.gettext("Add an own action"))
        self._more.clicked.connect(self.add)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.others = Choice()
        self.others.setObjectName("shared-action")
        words = tr.gettext("Action that another step has, too")
        self.others.setAccessibleName(words)
        self.others.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.others.addItem(f"+ {words}", None)
        for label, action in others:
            self.others.addItem(label, action)
        self.others.setVisible(bool(others))
        self.others.activated.connect(self._share)
        self._column.addWidget(self.others)
        self.setFocusProxy(self._more)

    def show_actions(self, actions: Sequence[PlannedAction]) -> None:
        """Show these actions."""
        for action in actions:
            self._insert(action)

    def add(self) -> None:
        """Add an empty row, and put the focus into it."""
        row = self._insert(PlannedAction(f"own-{uuid4().hex[:12]}", ""))
        row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share(self, place: int) -> None:
        """Add the action that was chosen."""
        action = self.others.itemData(place)
        if isinstance(action, PlannedAction):
            self._insert(action).text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.others.removeItem(place)
        self.others.setCurrentIndex(0)

    def entered(self) -> tuple[PlannedAction, ...]:
        """The actions as they were entered; rows without a text are left out."""
        actions = (row.action() for row in self.rows)
        return tuple(action for action in actions if action.text)

    def _insert(self, action: PlannedAction) -> ActionRow:
        row = ActionRow(action, self._efforts, self._tr)
        row.remove.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        return row

    def _remove(self, row: ActionRow) -> None:
        self.rows.remove(row)
        self._more.setFocus(Qt.FocusReason.OtherFocusReason)
        discard(row)
