"""Comparability of the sessions: the grade, what it rests on, and what it allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.comparison.comparison import Comparison, SessionPair
from app.comparison.grade import Condition, Grade
from app.comparison.relations import Relation
from app.words.comparison import (
    GRADE_TITLES,
    area_name,
    consequence_in_words,
    reason_in_words,
)
from app.words.review_words import condition_in_words
from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.rows import sized
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import discard, make_frame, make_label
from ui.widgets.controls import PressButton
from ui.widgets.readers import present_as
from ui.widgets.themed import ThemedWidget

_LETTER = 46
_MOST_NAMED = 4
MOST_PAIRED = 3
"""Of more sessions it is only counted how many pairs have which grade."""


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A condition in words, fulfilled or not."""

    text: str
    is_fulfilled: bool


@dataclass(frozen=True, slots=True)
class GradeWords:
    """All that the card says; ``pairs`` are the grades of the sessions two by two."""

    letter: str
    title: str
    pairs: str
    lines: tuple[GradeLine, ...]
    consequence: str

    @property
    def spoken(self) -> str:
        """Everything below the title."""
        return " ".join([*(line.text for line in self.lines), self.consequence])


def grade_words(compared: Comparison, language: str, tr: Translator) -> GradeWords:
    """The grade of the sessions in words."""
    graded = compared.graded
    return GradeWords(
        graded.grade.value,
        tr.gettext(GRADE_TITLES[graded.grade]),
        _pairs_in_words(compared, tr) if len(compared.session_pairs) > 1 else "",
        (*_fulfilled(compared, tr), *_failed(compared, tr), *_areas(compared, language, tr)),
        consequence_in_words(compared, tr),
    )


def _pairs_in_words(compared: Comparison, tr: Translator) -> str:
    """The grade of every two sessions, or how many have which."""
    grades = {pair.graded.grade for pair in compared.session_pairs}
    if len(grades) == 1:
        return tr.gettext("Every pair of sessions: {grade}", grade=compared.graded.grade.value)
    if len(compared.sessions) > MOST_PAIRED:
        counted = Counter(pair.graded.grade.value for pair in compared.session_pairs)
        listed = " · ".join(f"{grade}: {n}" for grade, n in sorted(counted.items()))
        return tr.gettext("Pairs of sessions by grade – {grades}", grades=listed)
    return "\n".join(
        f"{tr.short_date(pair.earlier.date)} – {tr.short_date(pair.later.date)}:"
        f" {pair.graded.grade.value}"
        for pair in compared.session_pairs
    )


def _fulfilled(compared: Comparison, tr: Translator) -> Iterator[GradeLine]:
    pairs = compared.session_pairs
    worst = next(pair for pair in pairs if pair.graded is compared.graded)
    for condition in Condition:
        met = [pair for pair in pairs if condition in pair.graded.fulfilled]
        holds = len(met) == len(pairs)
        if condition is Condition.SCOPE_CONFIRMED and met:
            scopes = {Condition.SCOPE, Condition.SCOPE_CONFIRMED}
            holds = all(scopes & set(pair.graded.fulfilled) for pair in pairs)
        if holds:
            yield GradeLine(condition_in_words(condition, worst, tr), True)


def _failed(compared: Comparison, tr: Translator) -> Iterator[GradeLine]:
    for reason, pairs in compared.reasons:
        words = reason_in_words(reason, pairs[0].graded, tr)
        if len(pairs) < len(compared.session_pairs):
            words = f"{_pairs_of_reason(compared, pairs, tr)}: {words}"
        yield GradeLine(words, False)


def _pairs_of_reason(compared: Comparison, pairs: Sequence[SessionPair], tr: Translator) -> str:
    """The sessions that do not fit together: one and all others, or the first such pair."""
    for session in compared.sessions:
        with_it = [
            pair
            for pair in compared.session_pairs
            if session.id in (pair.earlier.id, pair.later.id)
        ]
        if len(with_it) > 1 and [id(pair) for pair in with_it] == [id(pair) for pair in pairs]:
            return tr.gettext("{date} and the others", date=tr.short_date(session.date))
    first = f"{tr.short_date(pairs[0].earlier.date)} – {tr.short_date(pairs[0].later.date)}"
    left = len(pairs) - 1
    if not left:
        return first
    return tr.ngettext("{areas} and {n} more", "{areas} and {n} more", left, areas=first)


def _areas(compared: Comparison, language: str, tr: Translator) -> Iterator[GradeLine]:
    """Areas that have no difference because of their texts or their model."""

    def named(relation: Relation) -> list[str]:
        found = [area for area in compared.areas if relation in area.relations]
        return [area_name(area.area_id, compared.sessions, language) for area in found]

    edited = named(Relation.EDITED)
    if edited:
        yield GradeLine(
            tr.ngettext(
                "{n} area has another text: {areas}.",
                "{n} areas have other texts: {areas}.",
                len(edited),
                areas=_listed(edited, tr),
            ),
            False,
        )
    for relation, words in (
        (Relation.NEW, tr.gettext("Not in every model")),
        (Relation.GONE, tr.gettext("No longer in the model")),
    ):
        found = named(relation)
        if found:
            yield GradeLine(f"{words}: {_listed(found, tr)}.", False)


def _listed(names: list[str], tr: Translator) -> str:
    left = len(names) - _MOST_NAMED
    if left < 2:
        return ", ".join(names)
    listed = ", ".join(names[:_MOST_NAMED])
    return tr.ngettext("{areas} and {n} more", "{areas} and {n} more", left, areas=listed)


class _Letter(ThemedWidget):
    """The letter in a frame, as a stamp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(QSize(scaled(_LETTER), scaled(_LETTER)))

    def set_letter(self, letter: str) -> None:
        self._letter = letter
        self.setAccessibleName(letter)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = _colours(self._letter, self.theme)
        painter.setPen(QPen(QColor(ink), 2))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.setFont(sized(self.font(), 26, QFont.Weight.Bold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)


def _colours(letter: str, theme: Palette) -> tuple[str, str]:
    if letter == Grade.A.value:
        return theme.accent, theme.selected
    if letter == Grade.B.value:
        return theme.notice, theme.notice_ground
    return theme.warning, theme.warning_ground


class _Line(QWidget):
    """A sign and a sentence, one thing for screen readers."""

    def __init__(self, line: GradeLine, tr: Translator) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._sign = sign = make_label("met" if line.is_fulfilled else "unmet")
        sign.setText("✓" if line.is_fulfilled else "!")
        words = make_label(wrap=True)
        words.setText(line.text)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        kind = tr.gettext("fulfilled") if line.is_fulfilled else tr.gettext("not fulfilled")
        self.setAccessibleName(f"{kind}: {line.text}")
        present_as(self, QAccessible.Role.StaticText)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._sign.setFixedWidth(scaled(15))


class GradeCard(QFrame):
    """The card; *Review* leads to the decisions that people can make."""

    review_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grade-card")
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._shown: tuple[GradeWords, Palette] | None = None
        self._letter = _Letter()
        self._title = make_label("lead-strong", wrap=True)
        self._pairs = make_label("secondary", wrap=True)
        self._pairs.setObjectName("grade-pairs")
        self._lines = QVBoxLayout()
        self._shown_lines: list[_Line] = []
        self._lines.setSpacing(6)
        self._consequence = make_label(wrap=True)
        self._consequence.setObjectName("grade-consequence")
        self.review = PressButton("review", "link")
        self.review.clicked.connect(self.review_pressed)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._pairs)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._letter, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        layout.addLayout(head)
        layout.addLayout(self._lines)
        layout.addWidget(make_frame("rule"))
        layout.addWidget(self._consequence)
        layout.addWidget(self.review, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, words: GradeWords, theme: Palette, tr: Translator) -> None:
        """Show this grade."""
        if (words, theme) == self._shown:
            return
        self._shown = words, theme
        self._letter.apply_theme(theme)
        self._letter.set_letter(words.letter)
        self._title.setText(words.title)
        self._pairs.setText(words.pairs)
        self._pairs.setVisible(bool(words.pairs))
        for line in self._shown_lines:
            self._lines.removeWidget(line)
            discard(line)
        self._shown_lines = [_Line(line, tr) for line in words.lines]
        for line in self._shown_lines:
            self._lines.addWidget(line)
            line.show()
        self._consequence.setText(words.consequence)
        self.setAccessibleName(
            tr.gettext("Grade {letter}: {title}", letter=words.letter, title=words.title)
        )
        self.setAccessibleDescription(words.spoken)
        self.review.set_text(
            tr.gettext("Review…"), tr.gettext("Review texts, scope and participants")
        )
