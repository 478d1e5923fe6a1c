"""Cards with the levels of one area, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.marks import Mark, paint_mark
from ui.painting.rows import draw_shortened, sized
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import discard, make_label
from ui.widgets.controls import FittedName, free_to_uncheck, keep_keys
from ui.widgets.flowing_text import Paragraph
from ui.widgets.reading_area import ReadingArea

GAP = 8
NARROWEST_CARD = 112
_FLAG_HEIGHT = 20
_LEAST_CARD = 170
"""Height in which a card shows at least its sentence; below that the page scrolls."""
_FRAME = 5
"""The marks of today and target lie within these pixels from the edge of a card."""

_TODAY = "today"
_FLAGS: dict[str, Mark] = {
    _TODAY: "today_flag",
    "target": "target_flag",
    "earlier": "earlier_flag",
    "expected": "tick",
}


@dataclass(frozen=True, slots=True)
class LevelText:
    """Texts of one card and their language; ``spoken`` names the level."""

    number: int
    name: str
    paragraphs: tuple[Paragraph, ...]
    spoken: str
    language: str


@dataclass(frozen=True, slots=True)
class LevelMarks:
    """Levels of today, target and an earlier session; ``None`` if there is nothing to show.

    ``today`` is the whole level the chosen card has, ``flags`` holds per card the words above it
    as pairs of kind (``today``, ``target``, ``earlier``, ``expected``) and text.
    """

    today: int | None = None
    target: int | None = None
    muted: bool = False
    choosing_target: bool = False
    flags: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class LevelCard(QAbstractButton):
    """One level as a card that can be pressed; long text scrolls inside it."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.setObjectName(f"level-card-{number}")
        self.setCheckable(True)
        self.setAutoExclusive(True)  # a radio button for screen readers
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(64, 56)
        self._theme = LIGHT
        self._shade = LIGHT.levels[0]
        self._is_target = False
        self._muted = False
        self._choosing_target = False
        self._state = (False, False, False, False)
        self._outline = QPainterPath()
        self._cap = QPainterPath()
        keep_keys(self)
        self._build()

    def _build(self) -> None:
        self._digit = make_label("number")
        self._name = FittedName()
        header = QHBoxLayout()
        header.setContentsMargins(11, 0, 0, 0)
        header.setSpacing(7)
        header.addWidget(self._digit)
        header.addWidget(self._name, 1)
        self.reading = ReadingArea()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 5, 1)
        layout.setSpacing(2)
        layout.addLayout(header)
        body = QHBoxLayout()
        body.setContentsMargins(11, 0, 1, 0)
        body.addWidget(self.reading)
        layout.addLayout(body, 1)

    def set_text(self, text: LevelText) -> None:
        """Show another area's text for this level."""
        self._digit.setText(str(text.number))
        self._name.set_text(text.name)
        self.reading.set_paragraphs(text.paragraphs, text.language)
        self.setAccessibleDescription(self.reading.plain_text())

    def set_spoken(self, spoken: str) -> None:
        """Set the accessible name."""
        self.setAccessibleName(spoken)

    def set_state(self, marks: LevelMarks) -> None:
        """Show if this is the current level or the target."""
        chosen = marks.today == self.number
        state = (chosen, marks.target == self.number, marks.muted, marks.choosing_target)
        if state == self._state:
            return
        before, self._state = self._state, state
        _, self._is_target, self._muted, self._choosing_target = state
        self._check(chosen)
        if state[2:] != before[2:] or self._choosing_target:
            self._colour_texts()
            self.update()
        else:
            inside = self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)
            self.update(QRegion(self.rect()) - QRegion(inside))

    def _check(self, chosen: bool) -> None:
        """Only the frame shows it; Qt would have the text painted again, which takes longer."""
        self.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)
        with free_to_uncheck(self):
            self.setChecked(chosen)
        self.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)

    def apply_theme(self, theme: Palette, shade: str) -> None:
        """Take the colours; ``shade`` is that of the level."""
        self._theme = theme
        self._shade = shade
        self._colour_texts()
        self.update()

    def _colour_texts(self) -> None:
        colour = self._theme.secondary if self._muted else self._theme.text
        ground = self._theme.ground if self._muted else self._theme.surface
        self.reading.set_colours(colour, self._theme.secondary, ground, self._theme.accent)
        self._name.set_colour(colour)
        palette = self._digit.palette()
        palette.setColor(self._digit.foregroundRole(), QColor(colour))
        self._digit.setPalette(palette)

    def needed_height(self) -> int:
        """Height in which the whole text is in view."""
        return self.height() - self.reading.height() + self.reading.needed_height()

    # ---- what happens ------------------------------------------------------------------------

    def nextCheckState(self) -> None:
        """Only the session decides which card is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; up and down scroll the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.reading.scroll_on(down=event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """All cards stay in the Tab order, where Qt would leave only the chosen one."""
        QWidget.focusInEvent(self, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._outline = QPainterPath()
        self._outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        strip = QPainterPath()
        strip.addRect(QRectF(0, 0, self.width(), 6))
        self._cap = self._outline.intersected(strip)

    def sizeHint(self) -> QSize:
        return QSize(150, 240)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = QColor(self._theme.ground if self._muted else self._theme.surface)
        painter.fillPath(self._outline, ground)
        self._paint_shade(painter)
        painter.strokePath(self._outline, QPen(QColor(self._border_colour()), 1))
        self._paint_frame(painter, frame)

    def _paint_shade(self, painter: QPainter) -> None:
        painter.setOpacity(0.4 if self._muted else 1)
        painter.fillPath(self._cap, QColor(self._shade))
        painter.setOpacity(1)

    def _border_colour(self) -> str:
        return self._theme.secondary if self.underMouse() else self._theme.line

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        accent, target = QColor(self._theme.accent), QColor(self._theme.target)
        dashed = QPen(target, 1.6, Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([4, 3])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked() and not self._muted:
            painter.setPen(QPen(accent, 3))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 7.5, 7.5)
        elif self._is_target and not self._muted:
            # The shade is the upper edge; dashes across it would flicker before the eyes.
            painter.save()
            painter.setClipRect(frame.adjusted(-1, 7, 1, 1))
            painter.setPen(dashed)
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 7.5, 7.5)
            painter.restore()
        if self._choosing_target and not self._is_target:
            dashed.setColor(accent)
            painter.setPen(dashed)
            painter.drawRoundedRect(frame.adjusted(4, 4, -4, -4), 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(accent, 1.5))
            painter.drawRoundedRect(frame.adjusted(4, 4, -4, -4), 5, 5)


class LevelCards(QWidget):
    """All levels of the scale, in one row or in as many as the width needs.

    A label above each card names it as the current level, the target or an earlier one.
    """

    #: The number of the card that was pressed.
    level_chosen = Signal(int)
    #: There are other cards than before.
    cards_made = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("level-cards")
        self._cards: list[LevelCard] = []
        self._marks = LevelMarks()
        self._theme = LIGHT
        self._tr = Translator()
        TYPE.changed.connect(self._arrange)

    def cards(self) -> Sequence[LevelCard]:
        """The cards from the lowest to the highest level."""
        return tuple(self._cards)

    def set_texts(self, texts: Sequence[LevelText]) -> None:
        """Show the level texts of an area; cards are rebuilt only for another scale."""
        if [card.number for card in self._cards] != [text.number for text in texts]:
            self._make_cards([text.number for text in texts])
        for card, text in zip(self._cards, texts, strict=True):
            card.set_text(text)

    def retranslate(self, tr: Translator) -> None:
        """Set the language of the words about texts that go on."""
        self._tr = tr
        for card in self._cards:
            card.reading.retranslate(tr)

    def scroll_on(self, *, down: bool) -> bool:
        """Scroll all texts; returns False where there is nothing more in this direction."""
        moved = [card.reading.scroll_on(down=down) for card in self._cards]
        return any(moved)

    def set_marks(self, marks: LevelMarks, spoken: Sequence[str]) -> None:
        """Show today's level, target and earlier level; ``spoken`` is one sentence per card."""
        if marks.flags != self._marks.flags:
            for card in self._cards:  # only the strips: the cards look after themselves
                self.update(self._strip_above(card))
        self._marks = marks
        for card, sentence in zip(self._cards, spoken, strict=True):
            card.set_spoken(sentence)
            card.set_state(marks)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._theme = theme
        count = len(self._cards)
        for position, card in enumerate(self._cards):
            card.apply_theme(theme, theme.level_colours(position, count)[0])
        self.update()

    def needed_height(self) -> int:
        """Height in which all texts are wholly in view."""
        needed = max((card.needed_height() for card in self._cards), default=0)
        rows = -(-len(self._cards) // self.columns())
        return rows * (scaled(_FLAG_HEIGHT) + needed)

    def columns(self) -> int:
        """Number of cards side by side."""
        count = max(len(self._cards), 1)
        rows = 1
        while rows < count:
            columns = -(-count // rows)
            if (self.width() - GAP * (columns - 1)) / columns >= scaled(NARROWEST_CARD):
                return columns
            rows += 1
        return 1

    def minimumSizeHint(self) -> QSize:
        rows = -(-len(self._cards) // self.columns())
        return QSize(320, max(1, rows) * scaled(_FLAG_HEIGHT + _LEAST_CARD))

    def sizeHint(self) -> QSize:
        # No more than they need at least: the page around them would scroll instead of this text.
        return QSize(760, self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), 12))
        for card in self._cards:
            flags = self._marks.flags.get(card.number, ())
            strip = self._strip_above(card)
            for kind, text in flags if event.region().intersects(strip) else ():
                strip.setLeft(self._paint_flag(painter, strip, kind, text))

    @staticmethod
    def _strip_above(card: LevelCard) -> QRect:
        height = scaled(_FLAG_HEIGHT)
        return QRect(card.x() + 2, card.y() - height, card.width() - 2, height - 2)

    def _make_cards(self, numbers: Sequence[int]) -> None:
        for card in self._cards:
            discard(card)
        self._cards = [LevelCard(number, self) for number in numbers]
        for card in self._cards:
            card.clicked.connect(lambda _=False, n=card.number: self.level_chosen.emit(n))
            card.reading.retranslate(self._tr)
            card.show()
        self.apply_theme(self._theme)
        self._arrange()
        self.cards_made.emit()

    def _arrange(self) -> None:
        if not self._cards:
            return
        columns = self.columns()
        rows = -(-len(self._cards) // columns)
        width = (self.width() - GAP * (columns - 1)) / columns
        above = scaled(_FLAG_HEIGHT)
        height = (self.height() - above * rows) / rows
        for index, card in enumerate(self._cards):
            row, column = divmod(index, columns)
            left = round(column * (width + GAP))
            right = round(column * (width + GAP) + width)
            top = round(row * (height + above)) + above
            bottom = round((row + 1) * (height + above))
            card.setGeometry(QRect(QPoint(left, top), QPoint(right - 1, bottom - 1)))
        self.updateGeometry()

    def _paint_flag(self, painter: QPainter, strip: QRect, kind: str, text: str) -> int:
        if strip.width() < scaled(28):
            return strip.right()
        middle = strip.center().y() + 1
        centre = QPointF(strip.left() + scaled(6), middle - 1)
        paint_mark(painter, centre, _FLAGS[kind], self._theme)
        words = strip.adjusted(scaled(17), 0, 0, 0)
        painter.setPen(QColor(self._theme.text if kind == _TODAY else self._theme.secondary))
        return words.left() + draw_shortened(painter, words, text) + 10
