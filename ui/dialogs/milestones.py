"""The milestones of a session: give this moment a name, or go back to one that has one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.session import MAX_NAME_LENGTH, Milestone
from app.texts import Translator
from ui.dialogs.base import Form, Sheet

LEAST_LINES, MOST_LINES = 3, 8


class MilestonesDialog(Sheet):
    """A field for the name, and below it the milestones there are, newest first."""

    #: This moment shall have this name.
    name_given = Signal(str)
    #: The session shall be again as it was at this ``Milestone``.
    return_wanted = Signal(object)
    #: This ``Milestone`` shall go.
    removal_wanted = Signal(object)

    def __init__(self, tr: Translator, lead: str, parent: QWidget | None = None) -> None:
        super().__init__("milestones-dialog", tr.gettext("Milestones"), lead, parent)
        self._tr = tr
        self._milestones: tuple[Milestone, ...] = ()
        self.name = QLineEdit()
        self.name.setObjectName("milestone-name")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.form = Form()
        self.form.add_field(
            tr.gettext("Name of this moment"),
            self.name,
            tr.gettext("You can come back to what is decided now at any time."),
        )
        self.body.addLayout(self.form)
        self.known = _KnownMilestones()
        self.body.addWidget(self._known_part(), 1)
        close = self.add_button("close", tr.gettext("Close"))
        set_it = self.add_button("set-milestone", tr.gettext("Set milestone"), is_primary=True)
        close.clicked.connect(self.reject)
        set_it.clicked.connect(lambda: self.name_given.emit(self.name.text()))
        self.name.textChanged.connect(lambda: self.form.show_fault(self.name, ""))
        self.setMinimumWidth(560)

    def _known_part(self) -> QWidget:
        tr = self._tr
        self.known.setObjectName("milestone-list")
        self.known.setAccessibleName(tr.gettext("Milestones, newest first"))
        self.known.setHeaderLabels([tr.gettext("Milestone"), tr.gettext("Set")])
        self.known.chosen.connect(self._return)
        self.known.removed.connect(self._remove)
        self.return_button = QPushButton(tr.gettext("Return to this milestone"))
        self.return_button.setObjectName("return-to-milestone")
        self.return_button.clicked.connect(self._return)
        self.remove_button = QPushButton(tr.gettext("Remove"))
        self.remove_button.setObjectName("remove-milestone")
        self.remove_button.clicked.connect(self._remove)
        self._part = QWidget()
        line = QHBoxLayout()
        for button in (self.return_button, self.remove_button):
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self._part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.known, 1)
        column.addLayout(line)
        return self._part

    def fill(self, milestones: tuple[Milestone, ...]) -> None:
        """Show these milestones, and propose a name that none of them has."""
        self._milestones = tuple(reversed(milestones))
        self.known.fill(
            [(milestone.name, self._tr.moment(milestone.at)) for milestone in self._milestones]
        )
        self._part.setVisible(bool(milestones))
        names = {milestone.name for milestone in milestones}
        number = len(milestones) + 1
        while (proposal := self._tr.gettext("Milestone {n}", n=number)) in names:
            number += 1
        self.name.setText(proposal)
        self.name.selectAll()
        self.adjustSize()

    def say_at_name(self, sentence: str) -> None:
        """Say at the field why its name was not taken."""
        self.form.show_fault(self.name, sentence)
        self.name.setFocus()

    def _chosen(self) -> Milestone | None:
        row = self.known.currentIndex().row()
        return self._milestones[row] if 0 <= row < len(self._milestones) else None

    def _return(self) -> None:
        milestone = self._chosen()
        if milestone is not None:
            self.accept()
            self.return_wanted.emit(milestone)

    def _remove(self) -> None:
        milestone = self._chosen()
        if milestone is not None:
            self.removal_wanted.emit(milestone)


class _KnownMilestones(QTreeWidget):
    """One line per milestone; Enter chooses it, Delete removes it."""

    chosen = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setColumnCount(2)
        self.itemDoubleClicked.connect(lambda *_: self.chosen.emit())

    def fill(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these names and times; the line stays the current one as far as it can."""
        row = max(0, self.currentIndex().row())
        self.clear()
        self.addTopLevelItems([QTreeWidgetItem(list(texts)) for texts in rows])
        header = self.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self.setCurrentIndex(self.model().index(min(row, len(rows) - 1), 0))
        lines = max(LEAST_LINES, min(len(rows), MOST_LINES))
        frame = 2 * self.frameWidth() + header.sizeHint().height()
        self.setFixedHeight(frame + lines * max(1, self.sizeHintForRow(0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter would otherwise press the dialog's own button and set another milestone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
