"""Dialog in which people decide what compared sessions have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.comparison.comparison import Comparison
from app.comparison.questions import Question, questions
from app.comparison.relations import Relation
from app.comparison.reviews import PLAIN_VERDICTS, NewReview, Review, Reviews, Subject, Verdict
from app.errors import AppError
from app.session.session import Session
from app.words.comparison import area_name, grade_in_words
from app.words.review_words import (
    SAME_WORDS,
    VERDICT_WORDS,
    question_in_words,
    review_in_words,
)
from app.words.texts import Translator
from ui.compare.level_pairs import TextPair, TextPairs, level_pairs
from ui.dialogs.base import Sheet
from ui.dialogs.row_list import RowList
from ui.type_scale import scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import discard, make_label
from ui.widgets.controls import PressButton
from ui.widgets.fields import Choice

_HEIGHT_OF_TEXTS = 220
_LENGTH_OF_CHOICE = 26


def listed_questions(compared: Comparison) -> tuple[Question, ...]:
    """The questions that a person can answer, open ones first."""
    found = [
        each
        for each in questions(compared)
        if each.relation is not Relation.NEW
        and not (each.relation is Relation.GONE and not each.candidates and not each.decisions)
    ]
    return tuple(sorted(found, key=lambda each: not each.is_open))


class ReviewDialog(Sheet):
    """Questions on people, scope and areas; each is decided, and a decision withdrawn."""

    #: Something was decided or withdrawn.
    decided = Signal()

    def __init__(
        self,
        tr: Translator,
        compared: Callable[[], Comparison | None],
        reviews: Reviews,
        by: str,
        parent: QWidget | None = None,
    ) -> None:
        lead = tr.gettext(
            "A decision is kept with your name and the date, and holds wherever the same texts"
            " meet. Only “asks the same” makes differences; everything else is a hint. Withdrawing"
            " is logged, too."
        )
        super().__init__("review-dialog", tr.gettext("Review what is compared"), lead, parent)
        self._tr, self._compared, self._reviews, self._by = tr, compared, reviews, by
        self._questions: tuple[Question, ...] = ()
        self._decisions: list[QWidget] = []
        self._build()
        self._fill()
        self.want(960, 700)

    def _build(self) -> None:
        tr = self._tr
        self.grade = make_label("strong", wrap=True)
        self.grade.setObjectName("review-grade")
        self.list = RowList(
            "review-list",
            tr.gettext("What people may decide"),
            (tr.gettext("Question"), tr.gettext("Decided")),
        )
        self.list.currentItemChanged.connect(lambda *_: self._show_question())
        self.texts = TextPairs()
        self._scroll = QScrollArea()
        self._scroll.setProperty("role", "reading")
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.texts)
        for widget in (self._scroll.viewport(), self.texts):
            widget.setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(scaled(_HEIGHT_OF_TEXTS))
        self._scroll.setAccessibleName(tr.gettext("Texts then and now"))
        self.verdict, self.other = Choice(), Choice()
        self.verdict.setObjectName("verdict")
        self.verdict.setAccessibleName(tr.gettext("Your decision"))
        self.other.setObjectName("other-area")
        self.other.setAccessibleName(tr.gettext("New area"))
        self.other.activated.connect(lambda _row: self._show_texts())
        self.decide = PressButton("decide")
        self.decide.set_text(tr.gettext("Decide"))
        self.decide.clicked.connect(self._decide)
        row = QHBoxLayout()
        row.setSpacing(8)
        for choice in (self.other, self.verdict):
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(_LENGTH_OF_CHOICE)
            row.addWidget(choice)
        row.addWidget(self.decide)
        row.addStretch(1)
        self._past = QVBoxLayout()
        self._past.setSpacing(2)
        for widget in (self.grade, self.list):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addLayout(self._past)
        self.body.addWidget(self._scroll, 1)
        close = self.add_button("close", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)

    # ---- showing -----------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """The question that is shown."""
        row = self.list.row
        return self._questions[row] if 0 <= row < len(self._questions) else None

    def _fill(self) -> None:
        compared, tr = self._compared(), self._tr
        if compared is None:
            self.reject()
            return
        self.grade.setText(tr.gettext("Grade: {grade}", grade=grade_in_words(compared.graded, tr)))
        self._questions = listed_questions(compared)
        self.list.fill(
            [
                (question_in_words(each, compared, tr), self._decided_in_words(each))
                for each in self._questions
            ]
        )
        self._show_question()

    def _decided_in_words(self, question: Question) -> str:
        tr = self._tr
        if question.review is not None:
            return review_in_words(question.review, tr)
        found = [review_in_words(each.review, tr) for each in question.decisions if each.review]
        if found:
            return ", ".join(found)
        if question.decisions:
            return tr.gettext("by a mapping of the models")
        if not question.is_open:
            return tr.gettext("follows from other decisions")
        return tr.pgettext("question", "open")

    def _show_question(self) -> None:
        question = self.question
        for widget in (self.other, self.verdict, self.decide, self.texts):
            widget.setVisible(question is not None)
        if question is None:
            return
        self._offer_verdicts(question)
        self.other.clear()
        if question.relation is Relation.GONE:
            for area_id in question.candidates:
                self.other.addItem(self._name(question.pair.later, area_id), area_id)
        self.other.setVisible(self.other.count() > 0)
        can_decide = question.relation is not Relation.GONE or self.other.count() > 0
        self.verdict.setVisible(can_decide)
        self.decide.setVisible(can_decide)
        for line in self._decisions:
            self._past.removeWidget(line)
            discard(line)
        self._decisions = [self._past_decision(*each) for each in self._past_of(question)]
        for line in self._decisions:
            self._past.addWidget(line)
            line.show()
        self._show_texts()

    def _offer_verdicts(self, question: Question) -> None:
        tr = self._tr
        self.verdict.clear()
        if question.subject is Subject.PEOPLE:
            words = {
                Verdict.EQUAL: tr.gettext("Yes, mostly the same people"),
                Verdict.DIFFERENT: tr.gettext("No, mostly others"),
            }
        elif question.subject is Subject.SCOPE:
            words = {each: tr.gettext(SAME_WORDS[each]) for each in PLAIN_VERDICTS}
        else:
            words = {each: tr.gettext(said) for each, said in VERDICT_WORDS.items()}
        for verdict, said in words.items():
            self.verdict.addItem(said[:1].upper() + said[1:], verdict)
        past = [review for review, _ in self._past_of(question)]
        if past:
            self.verdict.setCurrentIndex(max(0, self.verdict.findData(past[-1].verdict)))

    def _past_of(self, question: Question) -> list[tuple[Review, str]]:
        """The decisions in force on a question, with their words."""
        if question.review is not None:
            return [(question.review, review_in_words(question.review, self._tr))]
        found = []
        for decision in question.decisions:
            if decision.review is not None:
                words = review_in_words(decision.review, self._tr)
                if decision.area_then != decision.area_now:
                    name = self._name(question.pair.later, decision.area_now)
                    words = f"{name}: {words}"
                found.append((decision.review, words))
        return found

    def _past_decision(self, review: Review, words: str) -> QWidget:
        tr = self._tr
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = make_label()
        label.setText(tr.gettext("Decided: {decision}", decision=words))
        withdraw = PressButton("withdraw", "link")
        withdraw.set_text(
            tr.gettext("Withdraw"), tr.gettext("Withdraw: {decision}", decision=words)
        )
        withdraw.clicked.connect(lambda: self._withdraw(review))
        row.addWidget(label)
        row.addWidget(withdraw)
        row.addStretch(1)
        return line

    def _show_texts(self) -> None:
        question, tr = self.question, self._tr
        if question is None:
            return
        earlier, later = question.pair.earlier, question.pair.later
        heads = (self._head(earlier), self._head(later))
        shows_texts = question.subject is not Subject.PEOPLE
        tab = Qt.FocusPolicy.TabFocus if shows_texts else Qt.FocusPolicy.NoFocus
        self._scroll.setFocusPolicy(tab)
        self.texts.setVisible(shows_texts)
        if not shows_texts:
            return
        if question.subject is Subject.SCOPE:
            pairs: Sequence[TextPair] = (TextPair(tr.gettext("Scope"), earlier.scope, later.scope),)
        else:
            area_now = question.area_now or str(self.other.currentData() or "")
            pairs = level_pairs(earlier, question.area_then, later, area_now, tr)
        self.texts.fill(heads, pairs, tr)

    def _head(self, session: Session) -> str:
        parts = (self._tr.short_date(session.date), session.title)
        return " · ".join(part for part in parts if part)

    @staticmethod
    def _name(session: Session, area_id: str) -> str:
        return area_name(area_id, (session,), session.language)

    # ---- deciding ----------------------------------------------------------------------------

    def _decide(self) -> None:
        question = self.question
        if question is None:
            return
        area_now = question.area_now or str(self.other.currentData() or "")
        is_area = question.subject is Subject.AREA
        self._attempt(
            lambda: self._reviews.decide(
                NewReview(
                    question.pair.earlier.id,
                    question.pair.later.id,
                    question.subject,
                    Verdict(self.verdict.currentData()),
                    question.area_then if is_area else "",
                    area_now if is_area else "",
                    self._by,
                )
            )
        )

    def _withdraw(self, review: Review) -> None:
        self._attempt(lambda: self._reviews.withdraw(review.id, self._by))

    def _attempt(self, change: Callable[[], object]) -> None:
        """Store, and show what has become of grade and questions, or the fault."""
        before = self.question
        try:
            change()
        except AppError as error:
            self.show_fault(error.say(self._tr))
            return
        self.show_fault("")
        self.decided.emit()
        self._fill()
        self._return_to(before)
        announce(self, self.grade.text())

    def _return_to(self, before: Question | None) -> None:
        """Stay at the question, wherever it stands now."""
        if before is None:
            return
        for row, each in enumerate(self._questions):
            if _key(each) == _key(before):
                self.list.setCurrentIndex(self.list.model().index(row, 0))
                return


def _key(question: Question) -> tuple[object, ...]:
    pair = question.pair
    return question.subject, pair.earlier.id, pair.later.id, question.area_then
