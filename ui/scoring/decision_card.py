"""Card with the decision on an area: current level, target, confidence, weight."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QWidget,
)

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.rating import CONFIDENCE_WORDS, Confidence, Rating
from app.session.session import Session
from app.words.numbers import exact
from app.words.texts import N_, Translator
from exports.palette import Palette
from ui.type_scale import TYPE, scaled
from ui.widgets.announcer import show_fault_at
from ui.widgets.basics import ElidedLabel, make_label, menu_text
from ui.widgets.controls import PressButton, ValueButton, focus_field, set_heading

_HEADING_HEIGHT = 24
_ROW_HEIGHT = 28


def confidence_text(confidence: Confidence | None, tr: Translator) -> str:
    """A confidence as the text of a button."""
    if confidence is None:
        return tr.gettext("Not stated")
    words = tr.gettext(CONFIDENCE_WORDS[confidence])
    return words[0].upper() + words[1:]


def parsed_weight(text: str) -> Fraction:
    """Parse a typed weight: ``1.5``, ``1,5`` or ``×1,5``. Raises ``InvalidInput``."""
    try:
        return exact(text.strip().lstrip("×x").strip().replace(",", "."))
    except (ValueError, ZeroDivisionError) as error:
        raise InvalidInput(N_("A weight is a number such as 1.5.")) from error


def level_name(model: MaturityModel, level: Fraction | int, language: str, tr: Translator) -> str:
    """Display text of a level, for example "3 – Scale"; half levels have only the number."""
    number = tr.number(level)
    if Fraction(level).denominator != 1 or not model.has_level(int(level)):
        return number
    name = model.level(int(level)).name.line_in(language)
    return f"{number} – {name}" if name else number


class DecisionCard(QFrame):
    """Four rows of label and value; values open a menu or are typed."""

    target_chosen = Signal(object)  # int or None
    confidence_chosen = Signal(object)  # Confidence or None
    weight_entered = Signal(str)
    #: The weight was stored or left alone; the focus returns to the page.
    weight_left = Signal()
    #: There is more or less to show than before.
    room_wanted = Signal()
    half_pressed = Signal()
    not_applicable_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target_menu: tuple[object, ...] = ()
        self._confidence_menu: tuple[object, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setObjectName("decision-card")
        self._heading = ElidedLabel("heading")
        self._not_applicable = PressButton("not-applicable-button", "link")
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._not_applicable)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 6, 12, 4)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(0)
        self._grid.addLayout(top, 0, 0, 1, 4)
        self._build_today()
        self.target = ValueButton("target-button")
        self.confidence = ValueButton("confidence-button")
        for button in (self.target, self.confidence):
            button.setMenu(QMenu(button))
        self._build_weight()
        self._expected = ElidedLabel("secondary")
        self._expected.setObjectName("expected-level")
        self._expected.hide()
        self._labels = [make_label("secondary") for _ in range(4)]
        self._values = [self._today_row, self.target, self.confidence, self._weight_row]
        for label, value in zip(self._labels, self._values, strict=True):
            label.setBuddy(value)
        self._rows = 0
        self.arrange(rows=4)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for fixed, height in (
            (self._not_applicable, _HEADING_HEIGHT),
            (self.target, _ROW_HEIGHT),
            (self.confidence, _ROW_HEIGHT),
        ):
            fixed.setFixedHeight(scaled(height))
        self.weight.setFixedWidth(scaled(64))
        self.weight.setMinimumHeight(scaled(24))
        for row in range(1, 5):
            is_used = row <= self._rows
            self._grid.setRowMinimumHeight(row, scaled(_ROW_HEIGHT) if is_used else 0)

    def arrange(self, rows: int) -> None:
        """Put the four values below each other, or two by two in two rows."""
        if rows == self._rows:
            return
        self._rows = rows
        for number, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            column, row = divmod(number, rows)
            for widget, place in ((label, 2 * column), (value, 2 * column + 1)):
                self._grid.removeWidget(widget)
                self._grid.addWidget(widget, row + 1, place)
        # Rows of their own: beside a field the sentences would be cut.
        for row, sentence in enumerate((self._weight_fault, self._expected), rows + 1):
            self._grid.removeWidget(sentence)
            self._grid.addWidget(sentence, row, 0, 1, 4)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 0 if rows == 4 else 4)
        for row in range(1, 8):
            self._grid.setRowStretch(row, int(row == rows + 3))
        self._fit()

    def needed_height(self) -> int:
        """Height in which nothing is cut."""
        return self._grid.minimumSize().height() + 2

    def _build_today(self) -> None:
        self._today = ElidedLabel("strong")
        self._today.setObjectName("today-value")
        self._notice = ElidedLabel("secondary", is_whole_or_nothing=True)
        self._notice.setObjectName("target-notice")
        self.half = PressButton("half-button", "link")
        self._today_row = QWidget()
        row = QHBoxLayout(self._today_row)
        row.setContentsMargins(5, 0, 0, 0)
        row.setSpacing(8)
        # The level takes what it needs, the notice what is left.
        self._today.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(self._today)
        row.addWidget(self._notice, 1)
        row.addWidget(self.half)

    def _build_weight(self) -> None:
        self.weight = QLineEdit()
        self.weight.setObjectName("weight-field")
        self.weight.setProperty("role", "value")
        self.weight.installEventFilter(self)
        self._weight_fault = ElidedLabel("warning")
        self._weight_fault.setObjectName("weight-fault")
        self._weight_fault.hide()
        self._weight_row = QWidget()
        row = QHBoxLayout(self._weight_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.weight)
        row.addStretch(1)
        self._weight_shown = ""
        self._weight_area = ""

    def _connect(self) -> None:
        self._not_applicable.clicked.connect(self.not_applicable_pressed)
        self.half.clicked.connect(self.half_pressed)
        self.weight.editingFinished.connect(self.store_weight)

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self, tr: Translator) -> None:
        """Set the texts that do not depend on an area."""
        set_heading(self._heading, tr.gettext("Decision"))
        names = (
            tr.gettext("Current"),
            tr.gettext("Target"),
            tr.gettext("Confidence"),
            tr.gettext("Weight"),
        )
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        for button, name in zip((self.target, self.confidence), names[1:3], strict=True):
            button.menu().setAccessibleName(name)
        self.weight.setAccessibleName(tr.gettext("Weight"))
        self.weight.setToolTip(tr.gettext("How much this area counts, from more than 0 to 10"))

    def fill(self, session: Session, rating: Rating, tr: Translator) -> None:
        """Show the decision on an area."""
        self._fill_today(session, rating, tr)
        self._fill_target(session, rating, tr)
        self._fill_confidence(rating, tr)
        shown = "×" + tr.number(rating.weight)
        self._clear_weight_fault()
        typed = shown != self.weight.text() and not self.weight.hasFocus()
        # An invalid input for one area must not stay visible for the next.
        moved = rating.area_id != self._weight_area
        if shown != self._weight_shown or typed or moved:
            self._weight_area = rating.area_id
            self._weight_shown = shown
            self.weight.setText(shown)
            self.weight.setCursorPosition(0)

    def show_weight_fault(self, sentence: str) -> None:
        """Show an error at the field; the typed text stays."""
        self._weight_fault.setText(sentence)
        self._weight_fault.setVisible(bool(sentence))
        self.room_wanted.emit()
        show_fault_at(self.weight, sentence, self.weight.toolTip())

    def show_expected(self, sentence: str) -> None:
        """Show what was expected of a decided area; nothing for an empty sentence."""
        if sentence != self._expected.full_text():
            self._expected.setText(sentence)
            self._expected.setVisible(bool(sentence))
            self.room_wanted.emit()

    def _clear_weight_fault(self) -> None:
        if self._weight_fault.full_text():
            self.show_weight_fault("")

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.target.apply_theme(theme)
        self.confidence.apply_theme(theme)

    def _fill_today(self, session: Session, rating: Rating, tr: Translator) -> None:
        applicable = rating.is_applicable
        if not applicable:
            today = tr.gettext("Not applicable")
        elif rating.level is None:
            today = tr.gettext("Not scored yet")
        else:
            today = level_name(session.model, rating.level, session.language, tr)
        self._today.setText(today)
        target = session.target_of(rating.area_id)
        above = rating.is_scored and rating.level is not None and rating.level > target
        words = tr.gettext("above the target") if above else ""
        self._notice.setText(words)
        self._today_row.setToolTip(words)  # for where it does not fit
        self._notice.setVisible(above)
        self._fill_half(session, rating, tr)
        self._not_applicable.set_text(
            tr.gettext("Not applicable") if applicable else tr.gettext("Make applicable")
        )

    def _fill_half(self, session: Session, rating: Rating, tr: Translator) -> None:
        is_highest = rating.level == session.model.highest_level
        self.half.setVisible(session.half_levels and rating.is_applicable and not is_highest)
        is_half = rating.level is not None and rating.level.denominator == 2
        if is_half:
            self.half.set_text("−½", tr.gettext("Take half a level off"))
        else:
            self.half.set_text("+½", tr.gettext("Add half a level"))
        self.half.setEnabled(rating.level is not None)

    def _fill_target(self, session: Session, rating: Rating, tr: Translator) -> None:
        model, language = session.model, session.language
        target = session.target_of(rating.area_id)
        name = level_name(model, target, language, tr)
        remark = tr.pgettext("target", "assumed") if rating.target is None else ""
        spoken = tr.gettext("Target: {level}", level=f"{name} {remark}".strip())
        self.target.set_value(name, remark, spoken)
        menu = self.target.menu()
        shown = (model, language, tr, rating.target)
        if shown == self._target_menu:
            return
        self._target_menu = shown
        menu.clear()
        highest = level_name(model, model.highest_level, language, tr)
        default = tr.gettext("No target agreed (assumed: {level})", level=highest)
        self._add_choice(menu, default, rating.target is None, self.target_chosen, None)
        menu.addSeparator()
        for level in reversed(model.levels):
            text = level_name(model, level.number, language, tr)
            chosen = rating.target == level.number
            self._add_choice(menu, text, chosen, self.target_chosen, level.number)

    def _fill_confidence(self, rating: Rating, tr: Translator) -> None:
        value = confidence_text(rating.confidence, tr)
        spoken = tr.gettext("Confidence: {value}", value=value)
        self.confidence.set_value(value, "", spoken)
        menu = self.confidence.menu()
        if (tr, rating.confidence) == self._confidence_menu:
            return
        self._confidence_menu = (tr, rating.confidence)
        menu.clear()
        for confidence in (None, *Confidence):
            text, chosen = confidence_text(confidence, tr), rating.confidence == confidence
            self._add_choice(menu, text, chosen, self.confidence_chosen, confidence)

    @staticmethod
    def _add_choice(
        menu: QMenu, text: str, chosen: bool, signal: SignalInstance, value: object
    ) -> None:
        action = menu.addAction(menu_text(text))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda: signal.emit(value))

    # ---- the weight field --------------------------------------------------------------------

    def offer_confidence(self) -> None:
        """Open the menu of the confidence."""
        below = self.confidence.mapToGlobal(QPoint(0, self.confidence.height()))
        self.confidence.menu().popup(below)

    def edit_weight(self) -> None:
        """Put the focus into the weight field."""
        focus_field(self.weight)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the weight field, Enter stores and Esc cancels; both release the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.weight.setText(self._weight_shown)
                self._clear_weight_fault()
                self.weight_left.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.store_weight()
                if not self._weight_fault.full_text():
                    self.weight_left.emit()
                return True
        return super().eventFilter(watched, event)

    def store_weight(self) -> None:
        """Emit the weight if it was edited."""
        text = self.weight.text()
        if text != self._weight_shown:
            self.weight_entered.emit(text)
