"""Dialog with all details of a step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import InvalidInput
from app.planning.efforts import USUAL_DAYS, step_actions
from app.planning.problem import StepKey
from app.planning.session_problem import session_problem
from app.planning.shared_actions import shareable_actions
from app.session.session import Session
from app.session.step_details import (
    APPROVAL_WORDS,
    BENEFITS,
    CERTAINTY_WORDS,
    MAX_SHORT_TITLE,
    STATUS_WORDS,
    Approval,
    Certainty,
    Effort,
    PlannedAction,
    StepDetails,
    StepStatus,
)
from app.words.plan_words import quarter_in_words, step_name
from app.words.step_words import details_of, way_of
from app.words.texts import N_, Translator
from app.workshop.workshop import Workshop
from ui.board.actions_field import ActionsField
from ui.board.typed_values import typed_number, typed_quarter
from ui.dialogs.base import Form, Sheet
from ui.dialogs.optional_day import OptionalDay
from ui.today import local_today
from ui.widgets.fields import make_choice, make_line

LIKELY_FIRST = N_("Please enter the likely effort, too.")
_TEXTS = ("outcome", "kpi", "kpi_baseline", "kpi_target", "owner", "team", "risk", "approved_by")


class StepDialog(Sheet):
    """The form; it stays open until what was changed has been stored, as one step for undo."""

    def __init__(
        self,
        tr: Translator,
        workshop: Workshop,
        key: StepKey,
        user_name: str,
        parent: QWidget | None = None,
    ) -> None:
        session = workshop.session
        area = session.label_of(key[0])
        super().__init__(
            "step-dialog",
            f"{area} {way_of(session, key, tr)}",
            tr.gettext("The changes are one step, which undo takes back."),
            parent,
        )
        self._tr, self._workshop, self._key, self._user_name = tr, workshop, key, user_name
        self._details = details_of(session, key)
        self._build(session)
        self._fill(session)
        #: As the form writes them: figures with more places than it shows stay as they are.
        self._shown = dict(self._entered())
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button("save-step", tr.gettext("Save"), is_primary=True)
        self.save.clicked.connect(self._submit)
        self.want(640, 560)
        self.title.setFocus()

    # ---- building ----------------------------------------------------------------------------

    def _build(self, session: Session) -> None:
        tr, form = self._tr, Form()
        self.form = form
        self.title = make_line("step-title")
        self.title.setMaxLength(MAX_SHORT_TITLE)
        self.lines = {name: make_line(name.replace("_", "-")) for name in _TEXTS}
        self.actions_field = ActionsField(
            tuple(e.id for e in session.model.efforts) or tuple(USUAL_DAYS),
            tr,
            tuple(_shareable(session, self._key)),
        )
        form.add_field(
            tr.gettext("Short title"), self.title, tr.gettext("Else the first action is shown")
        )
        form.add_field(tr.gettext("Actions"), self.actions_field)
        form.add_field(tr.gettext("Outcome"), self.lines["outcome"])
        form.add_field(tr.gettext("KPI"), self.lines["kpi"])
        today, aim = self.lines["kpi_baseline"], self.lines["kpi_target"]
        aim.setAccessibleName(tr.gettext("KPI target"))
        today.setPlaceholderText(tr.gettext("today"))
        aim.setPlaceholderText(tr.gettext("target"))
        form.add_field(tr.gettext("KPI today"), today, tr.gettext("Today, and the target"), aim)
        form.add_field(tr.gettext("Owner"), self.lines["owner"])
        form.add_field(tr.gettext("Team"), self.lines["team"])
        self._build_figures(form, session)
        self._build_states(form)
        self.body.addLayout(form)
        self.body.addStretch(1)

    def _build_figures(self, form: Form, session: Session) -> None:
        tr = self._tr
        self.benefit = make_choice("benefit", [(tr.gettext("usual (1)"), None)])
        for figure in BENEFITS:
            self.benefit.addItem(str(figure), Fraction(figure))
        self.effort = make_choice("effort-class", [(tr.gettext("from the actions"), "")])
        for entry in session.model.efforts:
            self.effort.addItem(entry.id, entry.id)
        self.effort.addItem(tr.gettext("in days"), _IN_DAYS)
        self.days = {name: make_line(f"effort-{name}") for name in ("likely", "low", "high")}
        self.cost, self.duration = make_line("cost"), make_line("duration")
        form.add_field(tr.gettext("Benefit"), self.benefit)
        form.add_field(tr.gettext("Effort"), self.effort)
        form.add_field(
            tr.gettext("Person-days"), self._build_days(), tr.gettext("Likely, at least, at most")
        )
        form.add_field(tr.gettext("Cost"), self.cost)
        form.add_field(tr.gettext("Duration in quarters"), self.duration)
        self.effort.currentIndexChanged.connect(self._show_days)

    def _build_days(self) -> QWidget:
        """Likely, low and high effort side by side."""
        tr, days = self._tr, QWidget()
        words = {
            "likely": (tr.gettext("likely"), tr.gettext("Likely person-days")),
            "low": (tr.gettext("at least"), tr.gettext("Person-days at least")),
            "high": (tr.gettext("at most"), tr.gettext("Person-days at most")),
        }
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        for name, (shown, spoken) in words.items():
            self.days[name].setPlaceholderText(shown)
            self.days[name].setAccessibleName(spoken)
            row.addWidget(self.days[name])
        days.setFocusProxy(self.days["likely"])
        return days

    def _build_states(self, form: Form) -> None:
        tr = self._tr
        form.add_field(tr.gettext("Risk"), self.lines["risk"])
        self.confidence = make_choice("confidence", [(tr.gettext("not stated"), None)])
        for certainty in Certainty:
            self.confidence.addItem(tr.gettext(CERTAINTY_WORDS[certainty]), certainty)
        self.status = make_choice(
            "step-status", [(tr.gettext(STATUS_WORDS[each]), each) for each in StepStatus]
        )
        self.due = OptionalDay("due", tr, tr.gettext("Done by"), tr.gettext("Day it is due"))
        self.pin = make_line("pin")
        self.approval = make_choice(
            "approval", [(tr.gettext(APPROVAL_WORDS[each]), each) for each in Approval]
        )
        self.approved_on = OptionalDay(
            "approved-on", tr, tr.gettext("Said on"), tr.gettext("Day of the approval")
        )
        form.add_field(tr.gettext("Certainty"), self.confidence)
        form.add_field(tr.gettext("Status"), self.status)
        form.add_field(tr.gettext("Due"), self.due.is_set, beside=self.due.day)
        form.add_field(
            tr.gettext("Pinned to"), self.pin, tr.gettext("A quarter such as Q1 2027, or nothing")
        )
        form.add_field(tr.gettext("Approval"), self.approval)
        form.add_field(tr.gettext("By whom"), self.lines["approved_by"])
        form.add_field(tr.gettext("When"), self.approved_on.is_set, beside=self.approved_on.day)
        self.approval.activated.connect(lambda _index: self._propose_who())

    # ---- filling -----------------------------------------------------------------------------

    def _fill(self, session: Session) -> None:
        details, tr = self._details, self._tr
        self.title.setText(details.title)
        for name, line in self.lines.items():
            line.setText(getattr(details, name))
            line.setCursorPosition(0)
        self.actions_field.show_actions(step_actions(session, self._key))
        if details.benefit is not None and self.benefit.findData(details.benefit) < 0:
            self.benefit.addItem(tr.number(details.benefit), details.benefit)
        self.benefit.setCurrentIndex(self.benefit.findData(details.benefit))
        self._fill_effort(details)
        self.cost.setText("" if details.cost is None else tr.number(details.cost))
        self.duration.setText("" if details.duration is None else str(details.duration))
        for field, value in (
            (self.confidence, details.confidence),
            (self.status, details.status),
            (self.approval, details.approval),
        ):
            field.setCurrentIndex(field.findData(value))
        self.due.show(details.due, session.date)
        self.approved_on.show(details.approved_on, local_today())
        self.pin.setText("" if details.pin is None else quarter_in_words(details.pin))

    def _fill_effort(self, details: StepDetails) -> None:
        if details.effort_class and self.effort.findData(details.effort_class) < 0:
            self.effort.addItem(details.effort_class, details.effort_class)
        chosen = details.effort_class if details.effort is None else _IN_DAYS
        self.effort.setCurrentIndex(self.effort.findData(chosen))
        if details.effort is not None:
            for name, line in self.days.items():
                days = getattr(details.effort, name)
                line.setText("" if days is None else self._tr.number(days))
        self._show_days()

    def _show_days(self) -> None:
        for line in self.days.values():
            line.setEnabled(self.effort.currentData() == _IN_DAYS)

    def _propose_who(self) -> None:
        """Propose the user, and today; *proposed* means that there is no answer yet."""
        is_said = Approval(self.approval.currentData()) is not Approval.PROPOSED
        by = self.lines["approved_by"]
        by.setText((by.text() or self._user_name) if is_said else "")
        self.approved_on.is_set.setChecked(is_said)

    # ---- storing -----------------------------------------------------------------------------

    def _submit(self) -> None:
        self.accept_after(self._store, self._tr)

    def _store(self) -> None:
        entered = dict(self._entered())
        changed = {name: value for name, value in entered.items() if value != self._shown[name]}
        if "effort" in changed:  # a class that days stood in front of
            changed["effort_class"] = entered["effort_class"]
        if changed:
            self._workshop.close_step()
            self._workshop.change_step(*self._key, **changed)
            self._workshop.close_step()

    def _entered(self) -> Iterator[tuple[str, Any]]:
        """Fields of :class:`StepDetails` as they were entered; raises ``InvalidInput``."""
        yield "title", " ".join(self.title.text().split())
        for name, line in self.lines.items():
            yield name, line.text().strip()
        yield "actions", self._entered_actions()
        yield "benefit", self.benefit.currentData()
        yield from self._entered_effort()
        yield "cost", typed_number(self.cost.text())
        yield "duration", self._entered_duration()
        # Qt turns enumerations of texts into texts.
        certainty = self.confidence.currentData()
        yield "confidence", None if certainty is None else Certainty(certainty)
        yield "status", StepStatus(self.status.currentData())
        yield "due", self.due.chosen
        yield "pin", typed_quarter(self.pin.text())
        yield "approval", Approval(self.approval.currentData())
        yield "approved_on", self.approved_on.chosen

    def _entered_actions(self) -> Any:
        """The actions; ``None`` while they are those of the model."""
        actions = self.actions_field.entered()
        proposed = step_actions(self._workshop.session, self._key)
        return None if self._details.actions is None and actions == proposed else actions

    def _entered_effort(self) -> Iterator[tuple[str, Any]]:
        chosen = self.effort.currentData()
        if chosen != _IN_DAYS:
            yield "effort", None
            yield "effort_class", chosen
            return
        days = {name: typed_number(line.text()) for name, line in self.days.items()}
        likely = days["likely"]
        if likely is None:
            raise InvalidInput(LIKELY_FIRST)
        yield "effort", Effort(likely, days["low"], days["high"])
        yield "effort_class", ""

    def _entered_duration(self) -> int | Fraction | None:
        quarters = typed_number(self.duration.text())
        is_whole = quarters is not None and quarters.denominator == 1
        return int(quarters) if is_whole and quarters is not None else quarters


_IN_DAYS = "in days"


def _shareable(session: Session, key: StepKey) -> Iterator[tuple[str, PlannedAction]]:
    """Actions of other planned steps, with the step that each belongs to."""
    steps = [step.key for step in session_problem(session).steps]
    for other, action in shareable_actions(session, key, steps):
        yield f"{step_name(session, other)}: {action.text}", action
