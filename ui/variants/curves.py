"""Curves of the average of plans, painted as in the comparison of sessions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QHelpEvent
from PySide6.QtWidgets import QToolTip

from app.words.texts import Translator
from exports.comparison.trend import TrendData, spoken_trend, trend_scene
from exports.palette import Palette
from ui.compare.charts import SceneCanvas
from ui.type_scale import scaled
from ui.widgets.basics import plain_tool_tip
from ui.widgets.readers import present_as

_HEIGHT = 180


class Curves(SceneCanvas):
    """Shows nothing until it is filled."""

    def __init__(self, theme: Palette) -> None:
        super().__init__(theme)
        self.setObjectName("plan-curves")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present_as(self, QAccessible.Role.Graphic)
        self.setFixedHeight(scaled(_HEIGHT))

    def fill(self, data: TrendData | None, tr: Translator) -> None:
        """Show these curves."""
        self.placed = None if data is None else partial(trend_scene, data)
        self.setAccessibleName(tr.gettext("Projected average by quarter"))
        self.setAccessibleDescription("" if data is None else spoken_trend(data, tr))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_focus(False)

    def event(self, event: QEvent) -> bool:
        """Tell the figure at a point."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.said_at(event.x(), event.y())
            QToolTip.showText(event.globalPos(), plain_tool_tip(said))
            return True
        return super().event(event)
