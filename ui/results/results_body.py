"""Widgets and layout of the results page, and their visibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from exports.palette import Palette
from ui.context import Context
from ui.results.chart_legend import ChartLegend
from ui.results.dumbbells import Dumbbells
from ui.results.heat_map import HeatMap
from ui.results.key_figures import KeyFigures
from ui.results.profile_table import ProfileTable
from ui.results.step_list import StepList
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, make_card, make_label
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.flow_layout import SideBySide, scroll_around
from ui.widgets.page_space import fit_space, is_low
from ui.widgets.page_tabs import PageTabs
from ui.widgets.radar_placeholder import RadarPlaceholder
from ui.widgets.tab_row import tab_row, view_tab, width_of_tabs

if TYPE_CHECKING:
    from exports.radar.data import By

BY_DIMENSION, BY_AREA, HEAT, TABLE = "by-dimension", "by-area", "heat-map", "table"
GAPS, STEPS = "gaps", "steps"
_LEAST_RADAR = 330
"""The heat map stands below the radar only where the radar keeps this height."""


class ResultsBody(QWidget):
    """A bar with buttons, the profile at the left, key figures and gaps or steps at the right."""

    #: Another form of the profile is shown.
    view_changed = Signal()
    #: Gaps are shown instead of steps, or the other way round.
    list_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs_of_pages = PageTabs(context, "results")
        self.view = BY_AREA
        self._heat_is_below = False
        self._build()
        for name, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_view(name))
        for name, tab in self.lists.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_list(name))

    def _build(self) -> None:
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._build_bar())
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._build_profile())
        self._columns.addLayout(self._build_right())
        self._scroll = scroll_around(inside)
        self._outer.addWidget(self._scroll, 1)
        TYPE.changed.connect(self._fit)

    def _build_bar(self) -> QWidget:
        self.compare = PressButton("compare-with")
        self.remark = ElidedLabel("secondary")
        self.remark.setObjectName("compare-remark")
        self.copy_button = PressButton("chart-copy")
        self.save_button = PressButton("chart-save")
        self.export_button = PressButton("export", "primary")
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(self.tabs_of_pages)
        left.addWidget(self.compare)
        left.addWidget(self.remark, 1)
        for button in (self.copy_button, self.save_button, self.export_button):
            right.addWidget(button)
        for row in (left, right):
            row.setSpacing(8)
        return SideBySide(left, right)

    def _build_profile(self) -> QFrame:
        self._profile, layout = make_card()
        self._profile.setObjectName("profile-card")
        self._profile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._profile_heading = make_label("heading")
        self.tabs = {
            name: view_tab(f"show-{name}") for name in (BY_DIMENSION, BY_AREA, HEAT, TABLE)
        }
        layout.addLayout(tab_row(self._profile_heading, self.tabs, self))
        self._chart = self._build_chart()
        self.table = ProfileTable()
        self._heat_alone = QVBoxLayout()
        self._heat_alone.setContentsMargins(0, 8, 0, 0)
        self._heat_alone.addStretch(1)
        heat_page = QWidget()
        heat_page.setLayout(self._heat_alone)
        self._heat_scroll = scroll_around(heat_page)
        self._stack = QStackedWidget()
        for widget in (self._chart, self._heat_scroll, self.table):
            self._stack.addWidget(widget)
        layout.addWidget(self._stack, 1)
        return self._profile

    def _build_chart(self) -> QWidget:
        chart = QWidget()
        self._chart_layout = QVBoxLayout(chart)
        self._chart_layout.setContentsMargins(0, 0, 0, 0)
        self._chart_layout.setSpacing(8)
        self._placeholder = RadarPlaceholder()
        self._chart_layout.addWidget(self._placeholder, 1)
        self.legend = ChartLegend()
        self.legend.setObjectName("chart-legend")
        self._chart_layout.addWidget(self.legend)
        self.heat = HeatMap()
        return chart

    def _build_right(self) -> QVBoxLayout:
        self.figures = KeyFigures()
        card, layout = make_card()
        self._gaps_card = card
        card.setObjectName("gaps-card")
        card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._gaps_heading = make_label("heading")
        self.lists = {name: view_tab(f"show-{name}") for name in (GAPS, STEPS)}
        layout.addLayout(tab_row(self._gaps_heading, self.lists, self))
        self.gap_legend = ChartLegend(align_right=True)
        self.gap_legend.setObjectName("gap-legend")
        self.gaps = Dumbbells()
        gaps = QWidget()
        below = QVBoxLayout(gaps)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.gap_legend)
        below.addWidget(self.gaps, 1)
        self.steps = StepList()
        self._nothing = make_label("lead", wrap=True)
        self._nothing.setObjectName("nothing-here")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.to_scoring = PressButton("go-scoring", "primary")
        self._list_stack = QStackedWidget()
        for widget in (gaps, self.steps, self._build_empty_state()):
            self._list_stack.addWidget(widget)
        layout.addWidget(self._list_stack, 1)
        right = QVBoxLayout()
        right.addWidget(self.figures)
        right.addWidget(card, 1)
        self._right = right
        return right

    def _build_empty_state(self) -> QWidget:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._nothing)
        layout.addWidget(self.to_scoring, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return inside

    def retranslate(self, tr: Translator) -> None:
        """Set every text that does not depend on the session."""
        set_heading(self._profile_heading, tr.gettext("Profile"))
        tabs = {
            BY_DIMENSION: tr.gettext("Dimensions"),
            BY_AREA: tr.gettext("Areas"),
            HEAT: tr.gettext("Heat map"),
            TABLE: tr.gettext("Table"),
        }
        for name, text in tabs.items():
            self.tabs[name].set_text(text, tr.gettext("Profile: {view}", view=text))
        self.lists[GAPS].set_text(tr.gettext("Gaps"))
        self.lists[STEPS].set_text(tr.gettext("Next steps"))
        self.gaps.set_texts(tr.gettext("Gaps, widest first"), tr.gettext("gap"))
        self.steps.set_name(tr.gettext("Next steps"))
        self.table.set_name(tr.gettext("Profile as a table"))
        self.heat.setAccessibleName(tr.gettext("Heat map of all areas"))
        self.copy_button.set_text(tr.gettext("Copy chart"))
        self.save_button.set_text(tr.gettext("Save chart…"))
        self.export_button.set_text(tr.gettext("Export…"))
        self.to_scoring.set_text(tr.gettext("Go to scoring"))

    def apply_theme(self, theme: Palette) -> None:
        """Set the colours."""
        for part in (self.gaps, self.steps, self.table, self.heat, self._placeholder):
            part.apply_theme(theme)

    # ---- what is shown -----------------------------------------------------------------------

    def show_view(self, name: str) -> None:
        """Show the profile ``by-dimension``, ``by-area``, as ``heat-map`` or as ``table``."""
        self.view = name
        self.tabs[name].setChecked(True)
        pages = {HEAT: self._heat_scroll, TABLE: self.table}
        self._stack.setCurrentWidget(pages.get(name, self._chart))
        self.view_changed.emit()
        self._fit_heat()

    def show_list(self, name: str) -> None:
        """Show ``gaps`` or ``steps``."""
        self.lists[name].setChecked(True)
        self.list_changed.emit()

    def toggle_table(self) -> None:
        """Show the profile as a table, or by area again."""
        self.show_view(BY_AREA if self.view == TABLE else TABLE)
        if self.view == TABLE:
            self.table.take_focus()
        else:
            self.focus_list()

    @property
    def by(self) -> By:
        """Kind of axes of the radar."""
        return "dimension" if self.view == BY_DIMENSION else "area"

    @property
    def shows_gaps(self) -> bool:
        """True for gaps, False for steps."""
        return self.lists[GAPS].isChecked()

    def show_rows(self, heading: str) -> None:
        """Show gaps or steps under this heading."""
        set_heading(self._gaps_heading, heading)
        self._list_stack.setCurrentIndex(0 if self.shows_gaps else 1)

    def show_nothing(self, heading: str, sentence: str, *, leads_to_scoring: bool) -> None:
        """Show a sentence instead of gaps or steps."""
        set_heading(self._gaps_heading, heading)
        self._nothing.setText(sentence)
        self.to_scoring.setVisible(leads_to_scoring)
        self._list_stack.setCurrentIndex(2)

    def focus_list(self) -> None:
        """Give gaps or steps the focus."""
        shown = self.gaps if self.shows_gaps else self.steps
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_radar(self, radar: QWidget) -> None:
        """Replace the placeholder by the radar."""
        self._chart_layout.replaceWidget(self._placeholder, radar)
        self._placeholder.hide()

    # ---- size --------------------------------------------------------------------------------

    def scroll_range(self) -> int:
        """Pixels by which the content is higher than the page."""
        return self._scroll.verticalScrollBar().maximum()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit white space and columns to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        narrow, stacked = width < scaled(1160), width < scaled(900)
        fit_space(self, self._outer, (self._columns, self._right), is_narrow=narrow)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self._profile.setMinimumHeight(scaled(440 if stacked else 340))
        self._gaps_card.setMinimumHeight(scaled(320 if stacked else 200))
        self.figures.set_columns(2 if width < scaled(700) else 4)
        share = 44 if narrow or width >= scaled(1400) else 46
        self._columns.setStretch(0, 0 if stacked else share)
        self._columns.setStretch(1, 0 if stacked else 100 - share)
        self.figures.set_low(is_low(self) or narrow)
        self._fit_heat()

    def _fit_heat(self) -> None:
        """The heat map stands below the radar where both fit, else it has a tab of its own."""
        inside = round(self.width() * 0.43) - 64
        self.heat.set_room(0)
        room = self.height() - scaled(150) - self.heat.heightForWidth(max(inside, 200))
        below = room >= scaled(_LEAST_RADAR) and self.width() >= scaled(1160)
        if below != self._heat_is_below or self.heat.parent() is None:
            self._heat_is_below = below
            if below:
                self._chart_layout.addWidget(self.heat)
            else:
                self._heat_alone.insertWidget(0, self.heat)
            self.heat.show()
        if not below:
            self.heat.set_room(self.height() - scaled(130))
        self.tabs[HEAT].setVisible(not below)
        if below and self.view == HEAT:
            self.show_view(BY_AREA)
        wanted = width_of_tabs(self.tabs) + self._profile_heading.sizeHint().width() + 48
        share = 1 if self.width() < scaled(900) else 0.43
        self._profile_heading.setVisible(wanted <= round(self.width() * share))
