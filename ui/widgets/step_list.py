"""The next steps: the roadmap in its order, each step with its first action."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.comparability import normalised_text
from app.roadmap import Step
from app.session import Session
from app.texts import Translator
from ui.theme import LIGHT, Theme
from ui.widgets.basics import plain_tool_tip

ROW_HEIGHT = 46
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: its place, area, way, and what is done first or waited for."""

    area_id: str
    number: str
    label: str
    way: str
    detail: str
    dimension: int
    sentence: str


def step_rows(session: Session, steps: tuple[Step, ...], tr: Translator) -> tuple[StepRow, ...]:
    """The steps in words, in their order."""
    places = {d.id: place for place, d in enumerate(session.model.dimensions)}
    rows: list[StepRow] = []
    for number, step in enumerate(steps, 1):
        label = session.model.area(step.area_id).label.in_language(session.language)
        way = f"{tr.number(step.from_level)} → {tr.number(step.to_level)}"
        detail = _detail(session, step, tr)
        sentence = tr.gettext(
            "{number}. {area}: from level {from_level} to {to_level}",
            number=number,
            area=label,
            from_level=tr.number(step.from_level),
            to_level=tr.number(step.to_level),
        )
        rows.append(
            StepRow(
                area_id=step.area_id,
                number=str(number),
                label=label,
                way=way,
                detail=detail,
                dimension=places[session.model.dimension_of(step.area_id).id],
                sentence=f"{sentence}. {detail}" if detail else sentence,
            )
        )
    return tuple(rows)


def _detail(session: Session, step: Step, tr: Translator) -> str:
    """The first action; where the model has none, what the step leads to."""
    for action in step.actions:
        text = normalised_text(action.text.in_language(session.language))
        if text:
            return text
    goal = session.model.area(step.area_id).description_of(step.to_level)
    text = normalised_text(goal.short.in_language(session.language))
    return tr.gettext("Goal: {text}", text=text) if text else ""


class _StepModel(QAbstractListModel):
    """The steps as a list; a screen reader gets each as a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[StepRow, ...] = ()

    def show_rows(self, rows: tuple[StepRow, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.label} {row.way}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(row.sentence)
        return None


class _StepDelegate(QStyledItemDelegate):
    """Paints a step on two lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.number_width = 24

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _StepModel):
            return
        row = model.rows[index.row()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        flags = QStyle.StateFlag
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & flags.State_MouseOver or (
            state & flags.State_Selected and state & flags.State_HasFocus
        ):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selected))
            painter.drawRoundedRect(rect.adjusted(0, 1, -1, -1), 6, 6)
        self._paint_words(painter, rect, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, row: StepRow) -> None:
        theme = self.theme
        upper = QRect(rect.left(), rect.top() + 4, rect.width() - 8, 20)
        number = QRect(upper.left(), upper.top(), self.number_width, upper.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.secondary))
        painter.drawText(number, right, row.number)
        mark = QRectF(number.right() + 9, upper.center().y() - 4, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.dimension_mark(row.dimension)))
        painter.drawRoundedRect(mark, 2, 2)
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = upper.adjusted(self.number_width + 26, 0, 0, 0)
        painter.setPen(QColor(theme.text))
        plain = painter.font()
        painter.setFont(bold)
        way = painter.fontMetrics().horizontalAdvance(row.way) + 12
        painter.drawText(words, right, row.way)
        painter.setFont(plain)
        self._elided(painter, words.adjusted(0, 0, -way, 0), left, row.label)
        small = QFont(plain)
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(theme.secondary))
        self._elided(painter, words.translated(0, 18), left, row.detail)

    @staticmethod
    def _elided(painter: QPainter, where: QRect, align: Qt.AlignmentFlag, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, align, shown)


class StepList(QWidget):
    """All steps; Enter or a click leads to the area of a step."""

    #: The id of an area somebody wants to look at.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _StepModel(self)
        self._delegate = _StepDelegate(self)
        self._list = QListView()
        self._list.setObjectName("step-list")
        self._list.setProperty("role", "picks")
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        self.setFocusProxy(self._list)
        self._list.activated.connect(self._on_activated)
        self._list.clicked.connect(self._on_activated)

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """What is shown, in order."""
        return self._model.rows

    def fill(self, rows: tuple[StepRow, ...]) -> None:
        """Show these steps."""
        metrics = self.fontMetrics()
        self._delegate.number_width = metrics.horizontalAdvance(str(len(rows))) + 8
        self._model.show_rows(rows)

    def set_name(self, name: str) -> None:
        """What a screen reader calls the list."""
        self._list.setAccessibleName(name)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def _on_activated(self, index: QModelIndex) -> None:
        self.area_chosen.emit(self._model.rows[index.row()].area_id)
