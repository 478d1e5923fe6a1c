"""Curves of the average of plans, painted as in the comparison of sessions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.words.texts import Translator
from exports.comparison.scene import Scene
from exports.comparison.trend import TrendData, spoken_trend, trend_scene
from exports.palette import Palette
from ui.compare.charts import ScenePainter
from ui.type_scale import scale, scaled
from ui.widgets.basics import plain_tool_tip
from ui.widgets.readers import present_as

_HEIGHT, _INSET = 180, 4.0


class Curves(QWidget):
    """Shows nothing until it is filled."""

    def __init__(self, theme: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan-curves")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = theme
        self.data: TrendData | None = None
        present_as(self, QAccessible.Role.Graphic)
        self.setFixedHeight(scaled(_HEIGHT))

    def fill(self, data: TrendData | None, tr: Translator) -> None:
        """Show these curves."""
        self.data = data
        self.setAccessibleName(tr.gettext("Projected average by quarter"))
        self.setAccessibleDescription("" if data is None else spoken_trend(data, tr))
        self.update()

    def scene(self, pen: ScenePainter) -> Scene | None:
        """All that is painted, at the size of this moment; ``None`` without curves."""
        if self.data is None:
            return None
        width, height = (each / scale() - 2 * _INSET for each in (self.width(), self.height()))
        return trend_scene(self.data, width, height, self._theme, pen.width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, pen = QPainter(self), ScenePainter(self.font(), scale())
        scene = self.scene(pen)
        if scene is not None:
            painter.save()
            painter.translate(_INSET * scale(), _INSET * scale())
            pen.paint(painter, scene)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QColor(self._theme.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Tell the figure at a point."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            scene = self.scene(ScenePainter(self.font(), scale()))
            if scene is not None:
                x, y = (each / scale() - _INSET for each in (event.x(), event.y()))
                said = scene.text_at(x, scene.height - y)
                QToolTip.showText(event.globalPos(), plain_tool_tip(said))
            return True
        return super().event(event)
