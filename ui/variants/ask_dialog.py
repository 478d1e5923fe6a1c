"""Dialog with three questions to the plan, answered in the worker in words and figures."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words.plan_words import period_in_words
from ui.board.bar_model import usual_capacity
from ui.board.plan_bar import MOST_DAYS
from ui.context import Context
from ui.dialogs.base import Form
from ui.dialogs.row_list import RowList
from ui.scoring.decision_card import level_name
from ui.variants.answers import Answer, Question, ask_capacity, ask_effort, ask_end
from ui.variants.asking_sheet import AskingSheet
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.fields import Choice, NumberField, make_choice
from ui.workspace import Workspace


class AskDialog(AskingSheet):
    """A question is chosen, its form filled in; the answer stays until another one is asked."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        tr = context.texts
        super().__init__(
            "ask-plan-dialog",
            tr.gettext("Ask the plan"),
            tr.gettext("Nothing is changed by asking. An answer may take a few seconds."),
            workspace.plan,
            parent,
        )
        self._tr, self._workshop = tr, workspace.workshop
        self._session = workspace.session
        self._problem = workspace.plan.current.problem
        self._capacity: Fraction | None = None
        self._build()
        self.want(680, 540)
        self.question.setFocus()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        tr = self._tr
        questions = (
            tr.gettext("What does it take to bring a dimension to a level?"),
            tr.gettext("How much capacity reaches all targets by a quarter?"),
            tr.gettext("When are all targets reached with a capacity?"),
        )
        self.question = make_choice("plan-question", ((words, None) for words in questions))
        top = Form()
        top.add_field(tr.gettext("Question"), self.question)
        self._forms: list[QWidget] = []
        for form in (self._effort_form(), self._capacity_form(), self._end_form()):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.addLayout(form)
            self._forms.append(page)
        self.question.currentIndexChanged.connect(self._choose)
        self.answer = make_label("strong", wrap=True)
        self.answer.setObjectName("plan-answer")
        self.steps = RowList(
            "answer-steps",
            tr.gettext("Steps of the answer"),
            (tr.gettext("Step"), tr.gettext("Quarter"), tr.gettext("Effort")),
            (2,),
        )
        self.body.addLayout(top)
        for page in self._forms:
            self.body.addWidget(page)
            page.setHidden(page is not self._forms[0])
        self.body.addWidget(self.answer)
        self.body.addWidget(self.steps)
        self.body.addStretch(1)
        close = self.add_button("close", tr.gettext("Close"))
        close.clicked.connect(self.reject)
        self.take = self.add_button("use-capacity", tr.gettext("Use this capacity"))
        self.take.clicked.connect(self._take_over)
        self.ask = self.add_button("ask", tr.gettext("Ask"), is_primary=True)
        self.ask.clicked.connect(self._ask)
        self._show_answer("", None)

    def _effort_form(self) -> Form:
        tr, session, form = self._tr, self._session, Form()
        language = session.language
        dimensions = [(each.name.line_in(language), each.id) for each in session.model.dimensions]
        levels = [
            (level_name(session.model, level.number, language, tr), level.number)
            for level in session.model.levels[1:]
        ]
        self.dimension = make_choice("goal-dimension", dimensions)
        self.level = make_choice("goal-level", levels)
        self.level.setCurrentIndex(self.level.count() // 2)
        self.goal_by = self._quarters("goal-by")
        form.add_field(tr.gettext("Dimension"), self.dimension)
        form.add_field(tr.gettext("Level"), self.level)
        form.add_field(tr.gettext("By the end of"), self.goal_by)
        return form

    def _capacity_form(self) -> Form:
        form = Form()
        self.capacity_by = self._quarters("capacity-by")
        form.add_field(self._tr.gettext("By the end of"), self.capacity_by)
        return form

    def _end_form(self) -> Form:
        tr, form = self._tr, Form()
        self.days = NumberField()
        self.days.setObjectName("capacity-days")
        self.days.setRange(0, MOST_DAYS)
        self.days.setValue(round(usual_capacity(self._session.plan.capacity)))
        form.add_field(
            tr.gettext("Capacity"), self.days, tr.gettext("Person-days a quarter, in all quarters")
        )
        return form

    def _quarters(self, name: str) -> Choice:
        """The quarters of the plan, the last one chosen."""
        limits = self._problem.limits
        periods = range(1, limits.periods + 1)
        quarters = [(period_in_words(limits, period, self._tr), period) for period in periods]
        return make_choice(name, quarters, limits.periods)

    # ---- asking ------------------------------------------------------------------------------

    def _choose(self, place: int) -> None:
        self.drop_question()
        for each, page in enumerate(self._forms):
            page.setVisible(each == place)
        self._show_answer("", None)

    def _question(self) -> Question:
        place, session, problem, tr = (
            self.question.currentIndex(),
            self._session,
            self._problem,
            self._tr,
        )
        if place == 0:
            by = int(self.goal_by.currentData())
            level = int(self.level.currentData())
            return ask_effort(session, str(self.dimension.currentData()), level, by, tr)
        if place == 1:
            return ask_capacity(session, problem, int(self.capacity_by.currentData()), tr)
        return ask_end(session, problem, Fraction(self.days.value()), tr)

    def _ask(self) -> None:
        self._show_answer(self._tr.gettext("Looking for an answer …"), None)
        self.ask_worker(self._question(), self._answered)

    def _answered(self, answer: Answer) -> None:
        self._show_answer(answer.sentence, answer)
        announce(self, answer.sentence)

    def _show_answer(self, sentence: str, answer: Answer | None) -> None:
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))
        steps = () if answer is None else answer.steps
        self.steps.fill(steps)
        self.steps.setVisible(bool(steps))
        self._capacity = None if answer is None else answer.capacity
        is_other = self._capacity is not None and self._session.plan.capacity != (self._capacity,)
        self.take.setVisible(is_other)

    def _take_over(self) -> None:
        """Make the capacity of the answer that of the plan."""
        days = self._capacity
        if days is not None:
            self.accept_after(lambda: self._workshop.change_plan(capacity=(days,)), self._tr)
