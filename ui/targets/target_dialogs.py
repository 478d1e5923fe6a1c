"""Small dialogs of the targets page: a dimension's date and sponsor, overruling, prerequisites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.errors import AppError
from app.model.maturity_model import MaturityModel
from app.session.plan_settings import AddedPrerequisite
from app.words.target_days import typed_day
from app.words.texts import Translator
from ui.dialogs.base import Form, Sheet
from ui.widgets.fields import make_choice, make_line


@dataclass(frozen=True, slots=True)
class DimensionDetails:
    """Date and sponsor for the areas of a dimension; ``None`` and empty leave them as they are.

    ``keeps_set`` leaves areas alone that have a date or sponsor already.
    """

    by: date | None
    sponsor: str
    keeps_set: bool


class DimensionDialog(Sheet):
    """Asks for a date and a sponsor for all areas of a dimension."""

    #: ``DimensionDetails``.
    entered = Signal(object)

    def __init__(self, tr: Translator, dimension: str, parent: QWidget | None = None) -> None:
        title = tr.gettext("{dimension}: date and sponsor", dimension=dimension)
        lead = tr.gettext(
            "For all areas of the dimension that apply, except those decided against."
            " An empty field changes nothing."
        )
        super().__init__("dimension-dialog", title, lead, parent)
        self._tr = tr
        self.by, self.sponsor = make_line("dimension-by"), make_line("dimension-sponsor")
        self.keeps_set = QCheckBox(tr.gettext("Keep dates and sponsors that are set already"))
        self.keeps_set.setObjectName("keep-set")
        self.keeps_set.setAccessibleName(self.keeps_set.text())
        self.keeps_set.setChecked(True)
        self.form = Form()
        hint = tr.gettext("A quarter such as Q2 2027, or a day such as 2027-06-30")
        self.form.add_field(tr.gettext("By when"), self.by, hint)
        self.form.add_field(tr.gettext("Sponsor"), self.sponsor)
        self.body.addLayout(self.form)
        self.body.addWidget(self.keeps_set)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        store = self.add_button("store", tr.gettext("Store"), is_primary=True)
        cancel.clicked.connect(self.reject)
        store.clicked.connect(self._enter)
        self.by.textChanged.connect(lambda: self.form.show_fault(self.by, ""))
        self.want(480)

    def _enter(self) -> None:
        try:
            by = typed_day(self.by.text())
        except AppError as fault:
            self.form.show_fault(self.by, fault.say(self._tr))
            self.by.setFocus()
            return
        sponsor = self.sponsor.text().strip()
        self.entered.emit(DimensionDetails(by, sponsor, self.keeps_set.isChecked()))


class OverruleDialog(Sheet):
    """Asks why a prerequisite does not hold here."""

    #: The reason.
    entered = Signal(str)

    def __init__(self, tr: Translator, prerequisite: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "overrule-dialog", tr.gettext("Overrule a prerequisite"), prerequisite, parent
        )
        self._tr = tr
        self.reason = make_line("overrule-reason")
        self.form = Form()
        self.form.add_field(
            tr.gettext("Reason"),
            self.reason,
            tr.gettext("It stays visible, and can be taken back at any time."),
        )
        self.body.addLayout(self.form)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        store = self.add_button("store", tr.gettext("Overrule"), is_primary=True)
        cancel.clicked.connect(self.reject)
        store.clicked.connect(self._enter)
        self.reason.textChanged.connect(lambda: self.form.show_fault(self.reason, ""))
        self.want(520)

    def _enter(self) -> None:
        reason = " ".join(self.reason.text().split())
        if reason:
            self.entered.emit(reason)
            return
        fault = self._tr.gettext("Please give a reason why the prerequisite does not hold here.")
        self.form.show_fault(self.reason, fault)
        self.reason.setFocus()


class PrerequisiteDialog(Sheet):
    """Asks which level of which area needs which other one first, and why."""

    #: An ``AddedPrerequisite``.
    entered = Signal(object)

    def __init__(
        self,
        tr: Translator,
        model: MaturityModel,
        language: str,
        area_id: str,
        level: int,
        parent: QWidget | None = None,
    ) -> None:
        lead = tr.gettext(
            "The step is planned only after the other area has reached its level."
            " Targets that this implies are asked about on the page."
        )
        super().__init__("prerequisite-dialog", tr.gettext("Add a prerequisite"), lead, parent)
        levels = [each.number for each in model.levels][1:]
        areas = [(each.label.line_in(language), each.id) for each in model.areas]
        self.area = make_choice("needing-area", areas, area_id)
        self.level = make_choice("needing-level", [(str(n), n) for n in levels], level)
        others = [each for each in areas if each[1] != area_id]
        self.other = make_choice("needed-area", areas, others[0][1] if others else area_id)
        self.other_level = make_choice("needed-level", [(str(n), n) for n in levels], level - 1)
        self.reason = make_line("prerequisite-reason")
        self.form = Form()
        self.form.add_field(tr.gettext("Area"), self.area)
        self.form.add_field(tr.gettext("Level of the step"), self.level)
        self.form.add_field(tr.gettext("Needs this area first"), self.other)
        self.form.add_field(tr.gettext("At this level"), self.other_level)
        self.form.add_field(tr.gettext("Reason"), self.reason)
        self.body.addLayout(self.form)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        store = self.add_button("store", tr.gettext("Add"), is_primary=True)
        cancel.clicked.connect(self.reject)
        store.clicked.connect(self._enter)
        for choice in (self.area, self.level, self.other, self.other_level):
            choice.currentIndexChanged.connect(lambda _row: self.show_fault(""))
        self.want(520)

    def _enter(self) -> None:
        self.entered.emit(
            AddedPrerequisite(
                str(self.area.currentData()),
                int(self.level.currentData()),
                str(self.other.currentData()),
                int(self.other_level.currentData()),
                " ".join(self.reason.text().split()),
            )
        )
