"""Dialog with two plans side by side: curves, figures, and the steps that move."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.planning.scenarios import applied, current_scenario
from app.session.session import Session
from app.words.variant_words import moves_summary_in_words
from ui.context import Context
from ui.dialogs.row_list import RowList
from ui.type_scale import scaled
from ui.variants.asking_sheet import AskingSheet
from ui.variants.compared import (
    Side,
    curves_of,
    faults_in_words,
    figure_rows,
    move_rows,
    moves_between,
    side_by_side,
)
from ui.variants.curves import Curves
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.fields import Choice
from ui.widgets.flow_layout import ANY_SIZE
from ui.workspace import Workspace

_NOW = -1
_LONGEST = 24


class CompareDialog(AskingSheet):
    """Both sides are chosen; their plans come from the worker."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        tr = context.texts
        title = tr.gettext("Compare scenarios")
        super().__init__("compare-scenarios-dialog", title, "", workspace.plan, parent)
        self._tr, self._workshop = tr, workspace.workshop
        self.curves = Curves(context.theme)
        self.figures = RowList(
            "scenario-figures",
            tr.gettext("Figures of both plans"),
            (tr.gettext("Figure"), tr.gettext("On the left"), tr.gettext("On the right")),
            (1, 2),
        )
        self.moves = RowList(
            "scenario-moves",
            tr.gettext("Steps that move"),
            (tr.gettext("Step"), tr.gettext("On the left"), tr.gettext("On the right")),
        )
        self.summary = make_label("strong", wrap=True)
        self.summary.setObjectName("scenario-summary")
        self.faults = make_label("warning", wrap=True)
        self.faults.setObjectName("scenario-faults")
        self._build()
        self.want(1120, 600)
        self._ask()

    def _build(self) -> None:
        tr = self._tr
        self.left, self.right = self._side("left-plan"), self._side("right-plan")
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for words, choice in ((tr.gettext("Left"), self.left), (tr.gettext("Right"), self.right)):
            label = make_label("secondary")
            label.setText(words)
            label.setBuddy(choice)
            choice.setAccessibleName(words)
            choices.addWidget(label)
            choices.addWidget(choice, 1)
        left, right, columns = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.curves)
        left.addWidget(self.figures)
        left.addStretch(1)
        right.addWidget(self.summary)
        right.addWidget(self.moves, 1)
        columns.setSpacing(16)
        columns.addLayout(left, 4)
        columns.addLayout(right, 3)
        self.body.addLayout(choices)
        self.body.addWidget(self.faults)
        self.body.addLayout(columns, 1)
        self.use = self.add_button("use-scenario", tr.gettext("Use the scenario on the right"))
        self.use.clicked.connect(self._use)
        close = self.add_button("close", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.reject)
        session = self._workshop.session
        current = current_scenario(session)
        others = [n for n, each in enumerate(session.scenarios) if each != current]
        self.right.setCurrentIndex(self.right.findData(others[0] if others else 0))
        for choice in (self.left, self.right):
            choice.currentIndexChanged.connect(lambda _index: self._ask())

    def _side(self, name: str) -> Choice:
        choice = Choice()
        choice.setObjectName(name)
        choice.setMinimumContentsLength(_LONGEST)
        choice.addItem(self._tr.gettext("the plan as it is now"), _NOW)
        for place, scenario in enumerate(self._workshop.session.scenarios):
            choice.addItem(scenario.name, place)
        return choice

    # ---- the answer --------------------------------------------------------------------------

    def _ask(self) -> None:
        """Have both sides planned."""
        tr, current = self._tr, self._source.current
        wanted = tuple(self._wanted(choice) for choice in (self.left, self.right))
        known = None if current.is_solving or current.is_outdated else current.plan
        self.use.setEnabled(self.right.currentData() != _NOW)
        self.summary.setText(tr.gettext("Both sides are being planned …"))
        self.faults.hide()
        self.ask_worker(side_by_side(wanted, known), self.show_sides)

    def _wanted(self, choice: Choice) -> tuple[str, Session]:
        session, place = self._workshop.session, int(choice.currentData())
        if place != _NOW:
            session = applied(session, session.scenarios[place])
        return choice.currentText(), session

    def show_sides(self, sides: tuple[Side, ...]) -> None:
        """Show two plans."""
        tr = self._tr
        self.curves.fill(curves_of(sides, tr), tr)
        self.figures.fill(figure_rows(sides, tr))
        rows = move_rows(sides, tr)
        self.moves.fill(rows)
        self.moves.setVisible(bool(rows))
        self.moves.setMinimumHeight(scaled(160))
        self.moves.setMaximumHeight(ANY_SIZE)
        faults = faults_in_words(sides, tr)
        self.faults.setText(faults)
        self.faults.setVisible(bool(faults))
        said = (
            "" if any(s.fault for s in sides) else moves_summary_in_words(moves_between(sides), tr)
        )
        self.summary.setText(said)
        announce(self, " ".join(part for part in (faults, said) if part))

    def _use(self) -> None:
        name = self.right.currentText()
        self.accept_after(lambda: self._workshop.use_scenario(name), self._tr)
