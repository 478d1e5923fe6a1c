"""Radar widget: full redraw on a new layout, blitting when only levels change."""

from __future__ import annotations

from math import atan2, ceil, hypot, pi
from typing import Any

import PySide6.QtCore  # noqa: F401 (matplotlib takes the Qt that is there first)

from exports.radar.plotting import Bbox, Figure  # before anything else of matplotlib

# isort: split
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QVBoxLayout, QWidget

from app.figures.scoring import ScoringState
from app.planning.projected_profile import Projected
from app.words.formula_guard import guarded_cells
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from exports.palette import Palette
from exports.radar.artists import Chart, Drawing
from exports.radar.data import Axis, By, RadarData, radar_data
from exports.radar.multiples import draw_profile, height_of_multiples, is_divided
from exports.radar.picture import chart_bytes
from exports.radar.plan import PAD
from ui.context import Context
from ui.type_scale import TYPE, scale
from ui.widgets.basics import plain_tool_tip
from ui.widgets.chart_clipboard import chart_data, put_on_clipboard
from ui.widgets.flow_layout import scrolled_by_key
from ui.widgets.readers import present_as
from ui.workspace import Workspace

_POINTS_PER_INCH = 72
"""One point of the figure is one pixel of the window, so letters have the window's sizes; where
the type of the window is larger, so is a point."""


class RadarCanvas(FigureCanvasQTAgg):
    """Draws one profile: a cached background image, and the values over it."""

    laid_out = Signal()

    def __init__(self, colours: Palette, *, compact: bool) -> None:
        canvas: Any = super()  # matplotlib's own classes carry no annotations
        canvas.__init__(Figure(dpi=_POINTS_PER_INCH * scale()))
        self._agg: Any = self
        self.colours = colours
        self._compact = compact
        self._has_focus = False
        self._data: RadarData | None = None
        self._drawing: Drawing = Drawing()
        self._ground: object = None
        self._lasting_ground: object = None
        self._lasting_state: object = None
        self._laid_out_for: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.mpl_connect("draw_event", self._on_drawn)
        TYPE.changed.connect(self._on_type_changed)

    def _on_type_changed(self) -> None:
        self._agg.draw_idle()

    def _fit_points(self) -> None:
        """Let the points be as large as the type is now."""
        dpi = _POINTS_PER_INCH * scale() * self.device_pixel_ratio
        if self.figure.dpi != dpi:
            inch = dpi / self.device_pixel_ratio
            self.figure.dpi = dpi
            self.figure.set_size_inches(self.width() / inch, self.height() / inch, forward=False)

    def show_focus(self, has_focus: bool) -> None:
        """Show by a line at the edge if the chart has the focus."""
        self._has_focus = has_focus
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas: Any = super()
        canvas.paintEvent(event)
        if self._has_focus:
            painter = QPainter(self)
            painter.setPen(QColor(self.colours.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def show_data(self, data: RadarData | None) -> bool:
        """Show these values: at once where only values differ (``True``), else with the paint."""
        self._data = data
        if self._layout_key() == self._laid_out_for and self._ground is not None:
            self.repaint_values()
            return True
        if self.isVisible():
            self._agg.draw_idle()
        return False

    def set_colours(self, colours: Palette) -> None:
        """Take these colours."""
        self.colours = colours
        self._agg.draw_idle()

    def repaint_values(self) -> None:
        """Restore the background, draw the values over it and blit both."""
        if self._ground is None or self._data is None:
            self.draw()
            return
        self._drawing.show(self._data)
        self._draw_values()
        self._agg.blit(self._moving_box())

    def _moving_box(self) -> Any:
        """The part of the canvas in which something moves, on whole pixels."""
        reach, ratio = self._drawing.reach, self.device_pixel_ratio
        if reach is None or ratio != int(ratio):
            return self.figure.bbox
        each = scale()
        left, bottom = max(int(reach.left * each), 0), max(int(reach.bottom * each), 0)
        right = min(ceil((reach.left + reach.width) * each), self.width())
        top = min(ceil((reach.bottom + reach.height) * each), self.height())
        return Bbox.from_extents(left * ratio, bottom * ratio, right * ratio, top * ratio)

    def draw(self) -> None:
        """Redraw everything, laid out for the current size."""
        if self.width() < 2 or self.height() < 2:
            return
        self._fit_points()
        key = self._layout_key()
        is_new = key != self._laid_out_for
        if is_new:
            self._laid_out_for = key
            self._ground = None
            self.figure.clear()
            self._drawing = Drawing()
            self.figure.set_facecolor(self.colours.surface)
            if self._data is not None:
                self._drawing = draw_profile(
                    self.figure, self._data, self.colours, compact=self._compact, animated=True
                )
        elif self._data is not None:
            self._drawing.show(self._data)
        canvas: Any = super()
        canvas.draw()
        if is_new:
            self.laid_out.emit()

    @property
    def data(self) -> RadarData | None:
        """The data shown."""
        return self._data

    @property
    def drawing(self) -> Drawing:
        """The current drawing."""
        return self._drawing

    def _layout_key(self) -> tuple[object, ...]:
        """Everything the background depends on."""
        data = self._data
        if data is None:
            return (None, self.colours)
        axes = tuple((axis.id, axis.label, axis.dimension) for axis in data.axes)
        levels = (data.lowest, data.highest)
        size = (self.width(), self.height(), self.device_pixel_ratio, TYPE.body)
        return (axes, levels, size, self.colours)

    def _on_drawn(self, _event: object) -> None:
        self._ground = self._agg.copy_from_bbox(self.figure.bbox)
        self._lasting_ground = None
        self._draw_values()

    def _draw_values(self) -> None:
        """Draw animated artists over the background; rarely changing ones are cached."""
        drawing = self._drawing
        renderer = self._agg.get_renderer()
        if self._lasting_ground is None or self._lasting_state is not drawing.lasting_state:
            self._agg.restore_region(self._ground)
            for artist in drawing.moving[: drawing.lasting]:
                artist.draw(renderer)
            self._lasting_state = drawing.lasting_state
            self._lasting_ground = self._agg.copy_from_bbox(self.figure.bbox)
        else:
            self._agg.restore_region(self._lasting_ground)
        for artist in drawing.moving[drawing.lasting :]:
            artist.draw(renderer)


class _ScrollingRoom(QScrollArea):
    """Room for the canvas, which is as high as the small radars of a profile with many axes."""

    def __init__(self, canvas: RadarCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(canvas)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        TYPE.changed.connect(self.fit)

    def fit(self) -> None:
        """Give the canvas the height its profile needs."""
        data = self._canvas.data
        height = 0
        if data is not None and is_divided(data):
            bar = self.verticalScrollBar().sizeHint().width()
            width = max(self.width() - bar, 1) / scale()
            height = ceil(height_of_multiples(data, width) * scale())
        self._canvas.setMinimumHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)


class RadarView(QWidget):
    """The profile of a workspace ``by`` area or dimension; follows its changes.

    ``compact`` is for a side column: without the numbers of the rings. With ``is_scoring``, earlier
    levels of undecided areas are left out if the session hides them. Pointing at an axis shows its
    values, a click on that of an area leads there.
    """

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)
    #: Emitted after a new layout, for another size or other axes.
    laid_out = Signal()

    def __init__(
        self,
        context: Context,
        workspace: Workspace,
        by: By = "dimension",
        compact: bool = False,
        is_scoring: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace = workspace
        self._by: By = by
        self._is_scoring = is_scoring
        self._projected: Projected | None = None
        self._is_stale = True
        self.setObjectName(f"radar-{by}" if compact else "radar")
        self.canvas = RadarCanvas(context.theme, compact=compact)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present_as(self, QAccessible.Role.Graphic)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._room = _ScrollingRoom(self.canvas)
        layout.addWidget(self._room)
        self.setMouseTracking(True)
        self._connect()
        self._follow(workspace)
        self._fill()

    def _connect(self) -> None:
        self._context.language_changed.connect(self._on_changed)
        self._context.theme_changed.connect(self._on_theme_changed)
        self.canvas.laid_out.connect(self.laid_out)

    def _follow(self, workspace: Workspace) -> None:
        workspace.figures_changed.connect(self._on_changed)
        workspace.earlier_changed.connect(self._on_changed)

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        self._workspace = workspace
        self._follow(workspace)
        self._on_changed()

    @property
    def is_numbered(self) -> bool:
        """True if the axes carry the numbers of the table because their names did not fit."""
        plan = self.canvas.drawing.plan
        return plan is not None and plan.is_numbered

    def axis_at(self, where: QPoint) -> Axis | None:
        """The axis whose spoke or label is at a point of the widget."""
        place = self.canvas.mapFrom(self, where)
        x, y = place.x() / scale(), (self.canvas.height() - place.y()) / scale()
        found = (_axis_in(chart, x, y) for chart in self.canvas.drawing.charts)
        return next((axis for axis in found if axis is not None), None)

    @property
    def by(self) -> By:
        """Kind of the axes: ``area`` or ``dimension``."""
        return self._by

    def set_by(self, by: By) -> None:
        """Give areas or dimensions an axis each."""
        if by != self._by:
            self._by = by
            self._on_changed()

    def show_projected(self, projected: Projected) -> None:
        """Show the levels that a plan leads to, in place of those of an earlier session."""
        self._projected = projected
        self._on_changed()

    def repaint_now(self) -> None:
        """Show the session's present values; returns when they are on the screen."""
        if not self._fill():
            self.canvas.draw()
            self.canvas.repaint()

    def data(self) -> RadarData:
        """The data shown."""
        workspace = self._workspace
        if self._projected is not None:
            return radar_data(
                workspace.session,
                workspace.figures,
                self._by,
                translator=self._context.texts,
                projected=self._projected,
            )
        before = workspace.before_while_scoring if self._is_scoring else workspace.before
        return radar_data(
            workspace.session,
            workspace.figures,
            self._by,
            translator=self._context.texts,
            earlier=workspace.earlier,
            before=before,
        )

    def copy(self) -> None:
        """Put the chart on the clipboard: as a picture, as SVG, and as a table in text."""
        put_on_clipboard(self.mime_data())

    def mime_data(self) -> QMimeData:
        """The chart in the formats other programs understand."""
        table = guarded_cells(text_table(self.data(), self._context.texts))
        return chart_data(self._picture(".png"), self._picture(".svg"), table)

    def _picture(self, ending: str) -> bytes:
        return chart_bytes(
            self._workspace.session,
            ending,
            self._by,
            translator=self._context.texts,
            earlier=None if self._projected else self._workspace.earlier,
            projected=self._projected,
        )

    # ---- events ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._fill()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.canvas.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.canvas.show_focus(False)

    def sizeHint(self) -> QSize:
        return QSize(480, 300)  # more where there is room; the page must not scroll for it

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll small radars by the arrow keys; every other key is for the page."""
        if not scrolled_by_key(self._room, event.key()):
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        leads = self._by == "area" and self.axis_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        axis = self.axis_at(event.position().toPoint())
        if axis is not None and self._by == "area":
            self.area_chosen.emit(axis.id)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            axis, data = self.axis_at(event.pos()), self.canvas.data
            said = "" if axis is None or data is None else _said(axis, data, self._context.texts)
            QToolTip.showText(event.globalPos(), plain_tool_tip(said))
            return True
        return super().event(event)

    def _on_changed(self, _area_ids: object = None) -> None:
        if self.isVisible():
            self._fill()
        else:
            self._is_stale = True

    def _on_theme_changed(self) -> None:
        self.canvas.set_colours(self._context.theme)

    def _fill(self) -> bool:
        """Show the values; True if they are on the screen already."""
        self._is_stale = False
        data = self.data()
        sentence = spoken(data, self._context.texts)
        name = self._context.texts.gettext("Maturity profile")
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        is_shown = self.canvas.show_data(data)
        if not is_shown:  # measuring the labels of many axes takes longer than drawing them
            self._room.fit()
        return is_shown


def _axis_in(chart: Chart, x: float, y: float) -> Axis | None:
    """The axis of a radar whose spoke or label is at a point of the drawing."""
    x, y, plan = x - chart.frame.left, y - chart.frame.bottom, chart.plan
    for axis, label in zip(chart.axes, plan.labels, strict=True):
        if label is not None and label.covers(x, y):
            return axis
    x, y = x - plan.x, y - plan.y
    if not plan.radius * 0.2 <= hypot(x, y) <= plan.radius + PAD:
        return None
    turn = atan2(x, y) / (2 * pi) % 1
    return chart.axes[round(turn * len(chart.axes)) % len(chart.axes)]


def spoken(data: RadarData, tr: Translator) -> str:
    """The chart in one sentence with its numbers, for screen readers."""
    return "; ".join(_said(axis, data, tr) for axis in data.axes)


def _said(axis: Axis, data: RadarData, tr: Translator) -> str:
    """One axis with its values: ``CI/CD: 4, target 5``."""
    places = MEAN_PLACES if data.by == "dimension" else None
    if axis.state is ScoringState.NOT_APPLICABLE:
        value = data.legend.not_applicable
    elif axis.current is None:
        value = data.legend.unscored
    else:
        value = tr.gettext(
            "{level}, target {target}",
            level=tr.number(axis.current, places),
            target=tr.number(axis.target, places),
        )
    said = tr.gettext("{area}: {value}", area=axis.label, value=value)
    if axis.earlier is not None:
        said += ", " + tr.gettext("earlier {level}", level=tr.number(axis.earlier, places))
    if axis.projected is not None:
        said += f". {data.projected}: {tr.number(axis.projected, places)}"
    return said


def text_table(data: RadarData, tr: Translator) -> str:
    """The chart's values as lines of tab-separated columns, as spreadsheets take them."""
    word = tr.gettext("Area") if data.by == "area" else tr.gettext("Dimension")
    head = [word, tr.gettext("Current"), tr.gettext("Target")]
    if data.has_earlier:
        head.append(tr.gettext("Earlier"))
    if data.projected:
        head.append(data.projected)
    places = MEAN_PLACES if data.by == "dimension" else None
    rows = [head]
    for axis in data.axes:
        unscored = {
            ScoringState.UNSCORED: data.legend.unscored,
            ScoringState.NOT_APPLICABLE: data.legend.not_applicable,
        }
        row = [
            axis.label,
            unscored.get(axis.state) or tr.number(axis.current, places),
            "" if axis.target is None else tr.number(axis.target, places),
        ]
        if data.has_earlier:
            row.append("" if axis.earlier is None else tr.number(axis.earlier, places))
        if data.projected:
            row.append("" if axis.projected is None else tr.number(axis.projected, places))
        rows.append(row)
    return "\n".join("\t".join(row) for row in rows) + "\n"
