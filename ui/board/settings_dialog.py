"""Dialog with the settings of the plan: horizon, capacities, and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.planning.session_problem import usual_start
from app.session.plan_settings import DEFAULT_CAPACITY, MAX_PERIODS, PlanOrder
from app.words.plan_words import quarter_in_words
from app.words.texts import Translator
from app.workshop.workshop import Workshop
from ui.board.plan_bar import order_in_words
from ui.board.typed_values import (
    typed_budgets,
    typed_efforts,
    typed_numbers,
    typed_quarter,
    typed_quarters,
    typed_teams,
    written_budgets,
    written_efforts,
    written_numbers,
    written_quarters,
    written_teams,
)
from ui.dialogs.base import Form, Sheet
from ui.type_scale import scaled
from ui.widgets.fields import NumberField, make_choice, make_line

_MOST_STEPS = 9999


class PlanSettingsDialog(Sheet):
    """The form; it stays open until the changes have been stored, as one step for undo."""

    def __init__(self, tr: Translator, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(
            "plan-settings-dialog",
            tr.gettext("Plan settings"),
            tr.gettext("The changes are one step, which undo takes back."),
            parent,
        )
        self._tr, self._workshop = tr, workshop
        self._settings = workshop.session.plan
        self._usual_start = usual_start(workshop.session)
        self._build()
        self._fill()
        self._shown = dict(self._entered())
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button("save-plan", tr.gettext("Save"), is_primary=True)
        self.save.clicked.connect(self._submit)
        self.want(640)
        self.capacity.setFocus()

    def _build(self) -> None:
        tr, form = self._tr, Form()
        self.start, self.capacity = make_line("plan-start"), make_line("plan-capacity")
        self.periods, self.first = _number("plan-periods", 1, MAX_PERIODS), _number("plan-first")
        self.parallel = _number("plan-parallel")
        self.parallel.setSpecialValueText(tr.gettext("no limit"))
        orders = [(order_in_words(order, tr), order) for order in PlanOrder]
        self.order = make_choice("plan-order-choice", orders)
        self.teams, self.budgets = _text("plan-teams"), _text("plan-budgets")
        self.blocked, self.efforts = make_line("plan-blocked"), make_line("plan-efforts")
        usual = tr.gettext("Else {quarter}", quarter=quarter_in_words(self._usual_start))
        form.add_field(tr.gettext("First quarter"), self.start, usual)
        form.add_field(tr.gettext("Number of quarters"), self.periods)
        form.add_field(
            tr.gettext("Capacity"),
            self.capacity,
            tr.gettext(
                "Person-days a quarter. Several figures, such as 40; 40; 60, are for one quarter"
                " each, the last one goes on."
            ),
        )
        form.add_field(tr.gettext("Order"), self.order)
        form.add_field(
            tr.gettext("Teams"),
            self.teams,
            tr.gettext("One line for each team with days of its own, such as IT: 20"),
        )
        form.add_field(tr.gettext("Steps at once, at most"), self.parallel)
        form.add_field(
            tr.gettext("Blocked quarters"),
            self.blocked,
            tr.gettext("Such as Q3 2027, Q4 2027: no step runs in them"),
        )
        form.add_field(
            tr.gettext("Budgets"), self.budgets, tr.gettext("One line for each year: 2027: 50000")
        )
        form.add_field(tr.gettext("Steps done in the first quarter, at least"), self.first)
        form.add_field(
            tr.gettext("Days by effort class"),
            self.efforts,
            tr.gettext("Only those that differ from the usual ones: XS 2, S 5, M 15, L 40, XL 80"),
        )
        self.body.addLayout(form)

    def _fill(self) -> None:
        settings, tr = self._settings, self._tr
        self.start.setText("" if settings.start is None else quarter_in_words(settings.start))
        self.periods.setValue(settings.periods)
        self.capacity.setText(written_numbers(settings.capacity, tr))
        assumed = tr.gettext("{days}, assumed", days=tr.number(DEFAULT_CAPACITY))
        self.capacity.setPlaceholderText(assumed)
        self.order.setCurrentIndex(self.order.findData(settings.order))
        self.teams.setPlainText(written_teams(settings.teams, tr))
        self.parallel.setValue(settings.parallel or 0)
        self.blocked.setText(written_quarters(settings.blocked))
        self.budgets.setPlainText(written_budgets(settings.budgets, tr))
        self.first.setValue(settings.first_period_at_least)
        self.efforts.setText(written_efforts(settings.efforts, tr))

    def _submit(self) -> None:
        self.show_fault("")
        self.accept_after(self._store, self._tr)

    def _store(self) -> None:
        entered = dict(self._entered())
        changed = {name: value for name, value in entered.items() if value != self._shown[name]}
        if changed:
            self._workshop.change_plan(**changed)

    def _entered(self) -> Iterator[tuple[str, Any]]:
        """Fields of :class:`PlanSettings` as they were entered; raises ``InvalidInput``."""
        yield "start", typed_quarter(self.start.text())
        yield "periods", self.periods.value()
        yield "capacity", typed_numbers(self.capacity.text())
        yield "order", PlanOrder(self.order.currentData())  # Qt turns it into a text
        yield "teams", typed_teams(self.teams.toPlainText())
        yield "parallel", self.parallel.value() or None
        yield "blocked", typed_quarters(self.blocked.text())
        yield "budgets", typed_budgets(self.budgets.toPlainText())
        yield "first_period_at_least", self.first.value()
        yield "efforts", typed_efforts(self.efforts.text())


def _number(name: str, least: int = 0, most: int = _MOST_STEPS) -> NumberField:
    field = NumberField()
    field.setObjectName(name)
    field.setRange(least, most)
    return field


def _text(name: str) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setObjectName(name)
    text.setTabChangesFocus(True)
    text.setFixedHeight(scaled(64))
    return text
