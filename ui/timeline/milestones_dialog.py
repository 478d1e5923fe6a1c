"""Dialog for milestones: named days on the timeline."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.errors import AppError
from app.planning.session_problem import plan_start
from app.session.names import MAX_NAME_LENGTH
from app.session.plan_settings import Milestone
from app.session.quarters import Quarter
from app.words.texts import Translator
from app.workshop.workshop import Workshop
from ui.dialogs.base import Form, Sheet
from ui.dialogs.optional_day import day_field, day_in, show_day
from ui.dialogs.row_list import RowList, list_part


class MilestonesDialog(Sheet):
    """Name and day of a milestone, and below them those there are; each change is stored at once.

    A milestone that is chosen from the list is changed; without one a new one is added.
    """

    def __init__(
        self, tr: Translator, workshop: Workshop, proposed: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "milestones-dialog",
            tr.gettext("Milestones"),
            tr.gettext("Days that everybody should see on the timeline, such as a budget round."),
            parent,
        )
        self._tr, self._workshop = tr, workshop
        self._changed: Milestone | None = None
        self.name = QLineEdit()
        self.name.setObjectName("milestone-name")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.day = day_field("milestone-day", tr.language)
        show_day(self.day, proposed)
        self.form = Form()
        self.form.add_field(tr.gettext("Name"), self.name)
        self.form.add_field(tr.gettext("Day"), self.day)
        self.body.addLayout(self.form)
        self.known = RowList(
            "milestone-list",
            tr.gettext("Milestones by day"),
            (tr.gettext("Milestone"), tr.gettext("Day")),
        )
        self.body.addWidget(self._known_part(), 1)
        close = self.add_button("close", tr.gettext("Close"))
        close.clicked.connect(self.reject)
        self.save = self.add_button("save-milestone", "", is_primary=True)
        self.save.clicked.connect(self._store)
        self.name.textChanged.connect(lambda: self.form.show_fault(self.name, ""))
        self.want(560)
        self._fill()
        self.name.setFocus()

    def _known_part(self) -> QWidget:
        tr = self._tr
        self.known.chosen.connect(self._change)
        self.known.removed.connect(self._remove)
        change = QPushButton(tr.gettext("Change"))
        change.setObjectName("change-milestone")
        change.clicked.connect(self._change)
        remove = QPushButton(tr.gettext("Remove"))
        remove.setObjectName("remove-milestone")
        remove.clicked.connect(self._remove)
        self._part = list_part(self.known, change, remove)
        return self._part

    @property
    def _milestones(self) -> tuple[Milestone, ...]:
        return self._workshop.session.plan.milestones

    def _fill(self) -> None:
        tr = self._tr
        self.known.fill([(each.name, self._day_of(each)) for each in self._milestones])
        self._part.setVisible(bool(self._milestones))
        words = tr.gettext("Add milestone") if self._changed is None else tr.gettext("Save")
        self.save.setText(words)
        self.save.setAccessibleName(words)

    def _day_of(self, milestone: Milestone) -> str:
        """Its day; said to be outside where the timeline does not show it."""
        tr, session = self._tr, self._workshop.session
        day = tr.short_date(milestone.day)
        period = plan_start(session).until(Quarter.of(milestone.day))
        if 0 <= period < session.plan.periods:
            return day
        return tr.gettext("{day} (outside of the plan)", day=day)

    def _chosen(self) -> Milestone | None:
        row = self.known.row
        return self._milestones[row] if 0 <= row < len(self._milestones) else None

    def _change(self) -> None:
        """Put the chosen milestone into the fields."""
        self._changed = self._chosen()
        if self._changed is not None:
            self.name.setText(self._changed.name)
            show_day(self.day, self._changed.day)
            self._fill()
            self.name.setFocus()
            self.name.selectAll()

    def _store(self) -> None:
        """Add the milestone in the fields, or change the one they came from."""
        kept = [each for each in self._milestones if each != self._changed]
        added = Milestone(day_in(self.day), self.name.text())
        if self._stored((*kept, added)):
            self.name.clear()
            self.name.setFocus()

    def _remove(self) -> None:
        gone = self._chosen()
        if gone is not None:
            self._stored(tuple(each for each in self._milestones if each != gone))
            self.name.setFocus()

    def _stored(self, milestones: tuple[Milestone, ...]) -> bool:
        try:
            self._workshop.change_plan(milestones=milestones)
        except AppError as error:
            self.form.show_fault(self.name, error.say(self._tr))
            self.name.setFocus()
            return False
        self._changed = None
        self._fill()
        return True
