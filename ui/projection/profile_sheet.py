"""Sheet with the radar and the table of the levels that the plan leads to by a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.figures.scoring import ScoringState
from app.jobs import import_lock
from app.words.texts import Translator
from exports.radar.data import By, RadarData
from ui.context import Context
from ui.dialogs.base import Sheet
from ui.projection.projection_model import Projection, projection_of
from ui.results.chart_legend import ChartLegend, LegendItem
from ui.results.profile_table import ProfileTable
from ui.roadmap.outcome import status_of
from ui.type_scale import scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.fields import Slider
from ui.widgets.flow_layout import SideBySide
from ui.widgets.radar_placeholder import RadarPlaceholder
from ui.widgets.tab_row import add_tabs, view_tab
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.widgets.radar_view import RadarView

_RADAR_AFTER_MS = 30
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_THEN = 2


class ProfileSheet(Sheet):
    """Left and right lead from now to the last quarter; follows the plan while it is open."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        tr = context.texts
        super().__init__(
            "profile-sheet",
            tr.gettext("Profile by the end of a quarter"),
            tr.gettext("If every step is done by the end of its last quarter."),
            parent,
        )
        self._context, self._workspace, self._tr = context, workspace, tr
        self.radar: RadarView | None = None
        self._build()
        self._connect()
        self.want(1180, 640)
        self._follow_plan()
        self.slider.setValue(self.slider.maximum())
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(_RADAR_AFTER_MS, self, self.load_radar)

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        tr = self._tr
        self.slider = Slider()
        self.slider.setObjectName("profile-quarter")
        self.slider.setAccessibleName(tr.gettext("Quarter"))
        self.slider.setPageStep(4)
        self.slider.setFixedSize(scaled(280), scaled(28))
        self.moment, self.averages = make_label("strong"), make_label("")
        self.reached, self.status = make_label("", wrap=True), make_label("secondary")
        self.tabs = {by: view_tab(f"profile-by-{by}") for by in ("dimension", "area")}
        self.tabs["dimension"].set_text(tr.gettext("By dimension"))
        self.tabs["area"].set_text(tr.gettext("By area"))
        self.legend = ChartLegend()
        self.table = ProfileTable()
        self.table.emphasise(_THEN, _THEN)
        self.table.set_name(tr.gettext("Levels today, then, and their targets"))
        self._placeholder = RadarPlaceholder()
        chosen, tabs, below, columns = (QHBoxLayout() for _ in range(4))
        below.addWidget(self.reached, 1)
        below.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        chosen.setSpacing(8)
        for part in (self.slider, self.moment, self.averages):
            chosen.addWidget(part)
        chosen.addStretch(1)
        tabs.addStretch(1)
        add_tabs(tabs, self.tabs, self)
        self._top = SideBySide(chosen, tabs)
        self._chart = QVBoxLayout()
        self._chart.addWidget(self._placeholder, 1)
        self._chart.addWidget(self.legend)
        columns.setSpacing(16)
        columns.addLayout(self._chart, 5)
        columns.addWidget(self.table, 4)
        self.body.addWidget(self._top)
        self.body.addLayout(below)
        self.body.addLayout(columns, 1)
        self.add_button("close", tr.gettext("Close"), is_primary=True).clicked.connect(self.reject)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(lambda _period: self._on_moved())
        for tab in self.tabs.values():
            tab.clicked.connect(lambda _checked=False: self._show_axes())
        self.table.view.installEventFilter(self)
        self._workspace.plan.changed.connect(self._follow_plan)
        self._context.theme_changed.connect(self.fill)

    def load_radar(self) -> None:
        """Put the radar where its placeholder is; matplotlib is imported now at the latest."""
        if self.radar is not None:
            return
        with import_lock:
            from ui.widgets.radar_view import RadarView

        self.radar = radar = RadarView(self._context, self._workspace, self._by, parent=self)
        radar.show_projected(self.shown.projected)
        radar.laid_out.connect(self._fill_legend)
        self._chart.replaceWidget(self._placeholder, radar)
        self._placeholder.deleteLater()
        radar.show()

    # ---- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the next or previous quarter wherever the focus is."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.slider.setValue(self.slider.value() + step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep left and right from the table, whose rows are selected whole."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    # ---- filling -----------------------------------------------------------------------------

    @property
    def shown(self) -> Projection:
        """The profile that is shown now."""
        return self._shown

    @property
    def _by(self) -> By:
        return "area" if self.tabs["area"].isChecked() else "dimension"

    def _follow_plan(self) -> None:
        self.slider.setRange(0, self._workspace.plan.current.plan.problem.limits.periods)
        self.fill()

    def _on_moved(self) -> None:
        self.fill()
        announce(self.slider, self.shown.sentence)

    def _show_axes(self) -> None:
        if self.radar is not None:
            self.radar.set_by(self._by)
        self._fill_legend()

    def fill(self) -> None:
        """Show the chosen quarter."""
        tr, session, current = self._tr, self._workspace.session, self._workspace.plan.current
        self._shown = shown = projection_of(session, current.plan, self.slider.value(), tr)
        self.slider.setAccessibleDescription(shown.sentence)
        self.moment.setText(shown.moment)
        self.averages.setText(shown.averages)
        self.reached.setText(shown.reached)
        self._top.refit()
        self.status.setText(status_of(current, tr))
        self.table.apply_theme(self._context.theme)
        self.table.fill(shown.rows, shown.headings, len(session.model.levels))
        self._placeholder_theme()
        if self.radar is not None:
            self.radar.show_projected(shown.projected)
        self._fill_legend()

    def _placeholder_theme(self) -> None:
        if self.radar is None:
            self._placeholder.apply_theme(self._context.theme)

    def _fill_legend(self) -> None:
        if self.radar is not None:
            items = legend_items(self.radar.data(), self._tr, is_numbered=self.radar.is_numbered)
            self.legend.fill(items, self._context.theme)


def legend_items(data: RadarData, tr: Translator, *, is_numbered: bool) -> tuple[LegendItem, ...]:
    """The lines and marks of the radar; ``is_numbered`` if its axes carry numbers."""
    legend, states = data.legend, data.states()
    items = [
        LegendItem("today", legend.current),
        LegendItem("projected", legend.projected),
        LegendItem("target", legend.target),
    ]
    if ScoringState.UNSCORED in states:
        items.append(LegendItem("unscored", legend.unscored))
    if ScoringState.NOT_APPLICABLE in states:
        items.append(LegendItem("not_applicable", legend.not_applicable))
    if is_numbered:
        items.append(LegendItem("number", tr.gettext("numbers as in the table")))
    return tuple(items)
