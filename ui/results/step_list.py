"""List of next steps, in roadmap order, each with its first action."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.planning.efforts import step_actions
from app.planning.roadmap import RoadmapStep
from app.session.session import Session
from app.words.plain_text import plain_text
from app.words.plan_words import beyond_target, step_name
from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.rows import RIGHT, draw_shortened, sized
from ui.results.area_rows import AreaList, Row, RowDelegate
from ui.type_scale import scaled

ROW_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: number, area, levels, and first action or unmet prerequisite."""

    area_id: str
    number: str
    label: str
    way: str
    detail: str
    dimension: int
    sentence: str


def step_rows(
    session: Session, steps: tuple[RoadmapStep, ...], tr: Translator
) -> tuple[StepRow, ...]:
    """The rows of the steps, in roadmap order."""
    places = {d.id: place for place, d in enumerate(session.model.dimensions)}
    rows: list[StepRow] = []
    for number, step in enumerate(steps, 1):
        label = session.label_of(step.area_id)
        dimension = session.model.dimension_of(step.area_id)
        place = dimension.name.line_in(session.language)
        way = f"{tr.number(step.from_level)} → {tr.number(step.to_level)}"
        detail = _detail(session, step, tr)
        sentence = tr.gettext(
            "{number}. {area}: from level {from_level} to {to_level}",
            number=number,
            area=tr.gettext("{area} ({dimension})", area=label, dimension=place),
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
                dimension=places[dimension.id],
                sentence=f"{sentence}. {detail}" if detail else sentence,
            )
        )
    return tuple(rows)


def _detail(session: Session, step: RoadmapStep, tr: Translator) -> str:
    """Reason to go beyond the target, else the first action, else the goal of the step."""
    if step.needed_by is not None:
        return beyond_target(step_name(session, step.needed_by), tr)
    for action in step_actions(session, step.key):
        if action.text:
            return action.text
    goal = session.model.area(step.area_id).description_of(step.to_level)
    text = plain_text(goal.short.in_language(session.language))
    general = session.model.general_text(step.area_id, step.to_level)
    said = plain_text(general.in_language(session.language))
    if said:
        text = tr.gettext("In general: {text}", text=said)
    return tr.gettext("Goal: {text}", text=text) if text else ""


class _StepDelegate(RowDelegate):
    """Paints a step on two lines."""

    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT)
        self.number_width = 24

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if isinstance(row, StepRow):
            self._paint_words(painter, rect, row)

    def _paint_words(self, painter: QPainter, rect: QRect, row: StepRow) -> None:
        theme = self.theme
        upper = QRect(rect.left(), rect.top() + scaled(4), rect.width() - 8, scaled(20))
        number = QRect(upper.left(), upper.top(), self.number_width, upper.height())
        painter.setPen(QColor(theme.secondary))
        painter.drawText(number, RIGHT, row.number)
        self.paint_mark(painter, number.right() + scaled(9), upper.center().y(), row.dimension)
        words = upper.adjusted(self.number_width + scaled(26), 0, 0, 0)
        painter.setPen(QColor(theme.text))
        plain = painter.font()
        painter.setFont(sized(plain, weight=QFont.Weight.DemiBold))
        way = painter.fontMetrics().horizontalAdvance(row.way) + 12
        painter.drawText(words, RIGHT, row.way)
        painter.setFont(plain)
        draw_shortened(painter, words.adjusted(0, 0, -way, 0), row.label)
        painter.setFont(sized(plain, 12))
        painter.setPen(QColor(theme.secondary))
        draw_shortened(painter, words.translated(0, scaled(18)), row.detail)


class StepList(QWidget):
    """All steps; Enter or a click leads to the area of a step."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StepRow, ...] = ()
        self._delegate = _StepDelegate()
        self._list = AreaList("step-list", self._delegate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        self.setFocusProxy(self._list)
        self._list.area_chosen.connect(self.area_chosen)

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """The rows shown, in order."""
        return self._rows

    def fill(self, rows: tuple[StepRow, ...]) -> None:
        """Show these steps."""
        metrics = self.fontMetrics()
        self._delegate.number_width = metrics.horizontalAdvance(str(len(rows))) + 8
        self._rows = rows
        self._list.show_rows(rows)

    def set_name(self, name: str) -> None:
        """Set the accessible name of the list."""
        self._list.setAccessibleName(name)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._list.apply_theme(theme)
