"""Charts of a comparison in the window: overlay, waterfall and trend.

Painted from the same scenes as picture files, without matplotlib, so that the page is there at
once; only copying draws a picture.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from app.comparison.comparison import Comparison
from app.jobs import import_lock
from app.words.formula_guard import guarded_cells
from app.words.texts import Translator, translator_for
from exports.comparison.charts import ChartOfComparison, Placed, chart_of, text_table
from exports.comparison.choice import ChartChoice, ChartKind
from exports.comparison.scene import Dot, Mark, Scene, Shape, Words
from exports.palette import LIGHT, Palette
from exports.radar.data import By
from ui.type_scale import SMALLEST, TYPE, scale
from ui.widgets.basics import plain_tool_tip
from ui.widgets.chart_clipboard import chart_data, put_on_clipboard
from ui.widgets.flow_layout import scroll_around, scrolled_by_key
from ui.widgets.readers import present_as


class ScenePainter:
    """Paints a scene at the size of the type, with the font of a widget."""

    def __init__(self, font: QFont, factor: float) -> None:
        self._font, self._factor = font, factor
        self._metrics: dict[tuple[float, bool], QFontMetricsF] = {}
        self._widths: dict[tuple[str, float, bool], float] = {}

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of a line of text in points of the scene."""
        found = self._widths.get((text, size, bold))
        if found is None:
            if (size, bold) not in self._metrics:
                self._metrics[size, bold] = QFontMetricsF(self._sized(size, bold=bold))
            found = self._metrics[size, bold].horizontalAdvance(text) / self._factor + 0.5
            self._widths[text, size, bold] = found
        return found

    def paint(self, painter: QPainter, scene: Scene) -> None:
        """Paint everything, with the origin of the painter at the upper left of the scene."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in scene.marks:
            self._paint(painter, mark, scene.height)

    def _sized(self, size: float, *, bold: bool) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(max(SMALLEST, round(size * self._factor)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _paint(self, painter: QPainter, mark: Mark, height: float) -> None:
        def at(x: float, y: float) -> QPointF:
            return QPointF(x * self._factor, (height - y) * self._factor)

        if isinstance(mark, Words):
            self._write(painter, mark, at(mark.left, mark.y))
        elif isinstance(mark, Dot):
            painter.setPen(_pen(mark.colour, 1.4 * self._factor, shown=bool(mark.inside)))
            painter.setBrush(QColor(mark.inside or mark.colour))
            radius = mark.radius * self._factor
            painter.drawEllipse(at(mark.x, mark.y), radius, radius)
        elif isinstance(mark, Shape):
            fill = QColor(mark.fill) if mark.fill else QColor(0, 0, 0, 0)
            if mark.fill:
                fill.setAlphaF(mark.opacity)
            painter.setPen(_pen(mark.outline, mark.width * self._factor, shown=bool(mark.outline)))
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([at(*point) for point in mark.points]))
        else:
            pen = _pen(mark.colour, mark.width * self._factor)
            if mark.dashes:
                pen.setDashPattern(mark.dashes)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([at(*point) for point in mark.points]))

    def _write(self, painter: QPainter, words: Words, left: QPointF) -> None:
        painter.setFont(self._sized(words.size, bold=words.bold))
        painter.setPen(QColor(words.colour))
        half = words.size * self._factor
        box = QRectF(left.x(), left.y() - half, words.width * self._factor + 2, 2 * half)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags | Qt.TextFlag.TextDontClip, words.text)


def _pen(colour: str, width: float, *, shown: bool = True) -> QPen:
    if not shown:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


_INSET = 4.0


class SceneCanvas(QWidget):
    """A scene, laid out again for every size, palette and type; without one it is empty."""

    def __init__(self, theme: Palette = LIGHT) -> None:
        super().__init__()
        #: Lays the scene out; ``None`` without one.
        self.placed: Placed | None = None
        self.theme = theme
        self._has_focus = False
        self._scene: Scene | None = None
        self._laid_out_for: tuple[object, ...] = ()
        self._painted_with: tuple[tuple[str, float], ScenePainter] | None = None

    def show_focus(self, has_focus: bool) -> None:
        """Show by a line at the edge if the scene has the focus."""
        self._has_focus = has_focus
        self.update()

    def scene(self, width: int, height: int) -> Scene | None:
        """The scene in a frame of so many pixels."""
        if self.placed is None or min(width, height) < 2:
            return None
        key = (self.placed, self.theme, width, height, scale(), self.font().key())
        if key != self._laid_out_for:
            self._laid_out_for = key
            inset = _INSET * scale()
            self._scene = self.placed(
                max(width - 2 * inset, 20) / scale(),
                max(height - 2 * inset, 20) / scale(),
                self.theme,
                self._painting().width,
            )
        return self._scene

    def said_at(self, x: float, y: float) -> str:
        """The figures at a point, empty where there is nothing."""
        scene = self.scene(self.width(), self.height())
        if scene is None:
            return ""
        return scene.text_at(x / scale() - _INSET, scene.height - (y / scale() - _INSET))

    def _painting(self) -> ScenePainter:
        """Measures and paints with the font of this widget and the size of the type."""
        key = self.font().key(), scale()
        if self._painted_with is None or self._painted_with[0] != key:
            self._painted_with = key, ScenePainter(self.font(), scale())
        return self._painted_with[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        scene = self.scene(self.width(), self.height())
        if scene is not None:
            painter.save()
            painter.translate(_INSET * scale(), _INSET * scale())
            self._painting().paint(painter, scene)
            painter.restore()
        if self._has_focus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QColor(self.theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class ComparisonView(QWidget):
    """A chart of a comparison: read by screen readers, pointed at, copied.

    Shows nothing where the grade forbids the chart; ``chart`` is ``None`` then.
    """

    def __init__(self, choice: ChartChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"comparison-{choice.kind.value}")
        self._choice = choice
        self._comparison: Comparison | None = None
        self._texts: Translator = translator_for("en")
        self._chart: ChartOfComparison | None = None
        self._canvas = SceneCanvas()
        self._canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._room = scroll_around(self._canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._room)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present_as(self, QAccessible.Role.Graphic)
        TYPE.changed.connect(self._fit)

    @property
    def chart(self) -> ChartOfComparison | None:
        """The chart with its words; ``None`` where there is none."""
        return self._chart

    @property
    def choice(self) -> ChartChoice:
        """The part of the comparison that is shown."""
        return self._choice

    @property
    def scene(self) -> Scene | None:
        """All that is painted, at the size of this moment."""
        return self._canvas.scene(self._canvas.width(), self._canvas.height())

    def show_comparison(
        self, comparison: Comparison | None, translator: Translator, theme: Palette
    ) -> None:
        """Show this comparison in this language and these colours."""
        self._comparison, self._texts, self._canvas.theme = comparison, translator, theme
        self._fill()

    def choose(self, choice: ChartChoice) -> None:
        """Show another part of the comparison."""
        if choice != self._choice:
            self._choice = choice
            self._fill()

    def copy(self) -> None:
        """Put the chart on the clipboard; does nothing where there is none."""
        if self._comparison is not None and self.chart is not None:
            put_on_clipboard(self._mime_data(self._comparison, self.chart))

    def _mime_data(self, comparison: Comparison, chart: ChartOfComparison) -> QMimeData:
        """The chart in the formats other programs understand."""
        with import_lock:
            from exports.comparison.picture import comparison_picture

        png, svg = (
            comparison_picture(comparison, ending, self._choice, translator=self._texts)
            for ending in (".png", ".svg")
        )
        return chart_data(png, svg, guarded_cells(text_table(chart.rows)))

    def _fill(self) -> None:
        compared, tr = self._comparison, self._texts
        chart = None if compared is None else chart_of(compared, self._choice, tr)
        self._chart, self._canvas.placed = chart, None if chart is None else chart.placed
        self.setAccessibleName("" if chart is None else chart.heading)
        self.setAccessibleDescription("" if chart is None else chart.said)
        self._fit()
        self._canvas.update()

    def _fit(self) -> None:
        """Give the canvas the height its chart needs; laid out once it is to be seen."""
        if not self.isVisible():
            return
        bar = self._room.verticalScrollBar().sizeHint().width()
        scene = self._canvas.scene(self.width(), self.height())
        room = (self.height() - 2 * _INSET * scale()) / scale()
        if scene is not None and scene.height > room + 0.5:
            scene = self._canvas.scene(self.width() - bar, self.height())
        else:
            scene = None
        height = 0 if scene is None else ceil((scene.height + 2 * _INSET) * scale())
        self._canvas.setMinimumHeight(height)

    # ---- events ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._canvas.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._canvas.show_focus(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll a chart that is higher than its room; every other key is for the page."""
        if not scrolled_by_key(self._room, event.key()):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._canvas.mapFrom(self, event.pos())
            said = self.said_at(place.x(), place.y())
            QToolTip.showText(event.globalPos(), plain_tool_tip(said))
            return True
        return super().event(event)

    def said_at(self, x: float, y: float) -> str:
        """The figures at a point of the chart, empty where there is nothing."""
        return self._canvas.said_at(x, y)

    def sizeHint(self) -> QSize:
        return QSize(360, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)


class OverlayView(ComparisonView):
    """Profiles over one another, by area or dimension."""

    def __init__(self, by: By = "dimension", parent: QWidget | None = None) -> None:
        super().__init__(ChartChoice(ChartKind.OVERLAY, by), parent)

    @property
    def is_numbered(self) -> bool:
        """True if the axes carry numbers because their names did not fit."""
        return self.scene is not None and self.scene.is_numbered

    def set_by(self, by: By) -> None:
        """Give areas or dimensions an axis each."""
        self.choose(replace(self.choice, by=by))


class WaterfallView(ComparisonView):
    """A change from one session to the next, and its parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ChartChoice(ChartKind.WATERFALL), parent)

    def set_group(self, group: str) -> None:
        """Explain the average of a dimension, or that of all areas for an empty id."""
        self.choose(replace(self.choice, group=group))

    def set_step(self, step: int) -> None:
        """Explain the change to the session after this one, counted from 0; -1 is the last."""
        self.choose(replace(self.choice, step=step))


class TrendView(ComparisonView):
    """Averages over time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ChartChoice(ChartKind.TREND), parent)
