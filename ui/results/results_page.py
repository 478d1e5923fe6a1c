"""The results page: the profile, four key figures, the gaps and the next steps of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.figures.earlier import EarlierFigures
from app.jobs import import_lock
from app.roadmap.steps import roadmap
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from ui.context import Context
from ui.dialogs.files import ask_save_file, documents_folder
from ui.results.chart_legend import ChartLegend, LegendItem
from ui.results.dumbbells import Dumbbells, gap_rows
from ui.results.heat_map import HeatMap, columns_of
from ui.results.key_figures import KeyFigures, key_figures
from ui.results.profile_table import ProfileTable, table_rows
from ui.results.step_list import StepList, step_rows
from ui.widgets.basics import ElidedLabel, make_card, make_label, menu_text
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.page import Page
from ui.widgets.side_profile import RadarPlaceholder

if TYPE_CHECKING:
    from exports.radar.data import By
    from ui.widgets.radar_view import RadarView

RADAR_AFTER_MS = 60
BY_DIMENSION, BY_AREA, HEAT, TABLE = "by-dimension", "by-area", "heat-map", "table"
GAPS, STEPS = "gaps", "steps"
_LEAST_RADAR = 330
"""The heat map stands below the radar only where the radar keeps this height."""
CHART_FILTERS = ("PNG (*.png)", "SVG (*.svg)", "PDF (*.pdf)")


class ResultsPage(Page):
    """What a session comes to, on one page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("results-page")
        self.radar: RadarView | None = None
        self._is_stale = True
        self._view = BY_AREA
        self._heat_is_below = False
        self._folder = documents_folder()
        self._build()
        self._connect()
        self.retranslate()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(self._build_bar())
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._build_profile())
        self._columns.addLayout(self._build_right())
        self._outer.addLayout(self._columns, 1)

    def _build_bar(self) -> QHBoxLayout:
        self.compare = PressButton("compare-with")
        self._menu = QMenu(self.compare)
        self.compare.setMenu(self._menu)
        self._remark = ElidedLabel("secondary")
        self._remark.setObjectName("compare-remark")
        self.copy_button = PressButton("chart-copy")
        self.save_button = PressButton("chart-save")
        self.export_button = PressButton("export", "primary")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.compare)
        bar.addWidget(self._remark, 1)
        for button in (self.copy_button, self.save_button, self.export_button):
            bar.addWidget(button)
        return bar

    def _build_profile(self) -> QFrame:
        self._profile, layout = make_card()
        self._profile.setObjectName("profile-card")
        self._profile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._profile_heading = make_label("heading")
        self.tabs = {name: _tab(f"show-{name}") for name in (BY_DIMENSION, BY_AREA, HEAT, TABLE)}
        layout.addLayout(_tab_row(self._profile_heading, self.tabs, self))
        self._chart = self._build_chart()
        self.table = ProfileTable()
        self._heat_alone = QVBoxLayout()
        self._heat_alone.setContentsMargins(0, 8, 0, 0)
        self._heat_alone.addStretch(1)
        heat_page = QWidget()
        heat_page.setLayout(self._heat_alone)
        self._heat_scroll = _scroll(heat_page)
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
        card.setObjectName("gaps-card")
        card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._gaps_heading = make_label("heading")
        self.lists = {name: _tab(f"show-{name}") for name in (GAPS, STEPS)}
        layout.addLayout(_tab_row(self._gaps_heading, self.lists, self))
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
        self._to_scoring = PressButton("go-scoring", "primary")
        self._list_stack = QStackedWidget()
        for widget in (gaps, self.steps, self._invitation()):
            self._list_stack.addWidget(widget)
        layout.addWidget(self._list_stack, 1)
        right = QVBoxLayout()
        right.addWidget(self.figures)
        right.addWidget(card, 1)
        self._right = right
        return right

    def _invitation(self) -> QWidget:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._nothing)
        layout.addWidget(self._to_scoring, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return inside

    def _connect(self) -> None:
        context = self.context
        context.session_opened.connect(self._on_session_opened)
        context.areas_changed.connect(self._on_changed)
        context.earlier_changed.connect(self._on_changed)
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._on_changed)
        for name, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_view(name))
        for name, tab in self.lists.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_list(name))
        for widget in (self.gaps, self.steps, self.table, self.heat):
            widget.area_chosen.connect(self._go_to)
        self.copy_button.clicked.connect(lambda: self._attempt(self.copy_chart))
        self.save_button.clicked.connect(lambda: self._attempt(self.ask_where_to_save))
        self.export_button.clicked.connect(lambda: self._trigger("session.export"))
        self._to_scoring.clicked.connect(lambda: context.page_requested.emit("scoring"))
        self._menu.aboutToShow.connect(self._fill_menu)

    # ---- what the window asks of a page ------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Charts by key; nothing without a session."""
        if self.context.workshop is None:
            return {}
        return {
            "chart.by_dimension": lambda: self.show_view(BY_DIMENSION),
            "chart.by_area": lambda: self.show_view(BY_AREA),
            "chart.table": self._toggle_table,
            "chart.copy": self.copy_chart,
            "chart.save": self.ask_where_to_save,
        }

    def on_shown(self) -> None:
        """Show what has changed meanwhile; load the radar once the page is painted."""
        if self._is_stale:
            self._fill()
        (self.gaps if self.lists[GAPS].isChecked() else self.steps).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
        QTimer.singleShot(RADAR_AFTER_MS, self, self.load_radar)

    def retranslate(self) -> None:
        """Set every text."""
        tr = self.context.texts
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
        self._to_scoring.set_text(tr.gettext("Go to scoring"))
        self._fill()

    # ---- choosing ----------------------------------------------------------------------------

    def show_view(self, name: str) -> None:
        """Show the profile ``by-dimension``, ``by-area``, as ``heat-map`` or as ``table``."""
        self._view = name
        self.tabs[name].setChecked(True)
        pages = {HEAT: self._heat_scroll, TABLE: self.table}
        self._stack.setCurrentWidget(pages.get(name, self._chart))
        if self.radar is not None and name in (BY_DIMENSION, BY_AREA):
            self.radar.set_by(self._by())
        self._fill_legends(self.context.texts)
        self._fit_heat()

    def show_list(self, name: str) -> None:
        """Show ``gaps`` or ``steps``."""
        self.lists[name].setChecked(True)
        self._fill_list()

    def _toggle_table(self) -> None:
        self.show_view(BY_AREA if self._view == TABLE else TABLE)

    def _by(self) -> By:
        return "dimension" if self._view == BY_DIMENSION else "area"

    def _go_to(self, area_id: str) -> None:
        self.context.go_to(area_id)
        self.context.page_requested.emit("scoring")

    def _trigger(self, action_id: str) -> None:
        """Run an action of the window that is not ours."""
        action = self.window().findChild(QAction, f"action-{action_id}")
        if isinstance(action, QAction):
            action.trigger()

    def _attempt(self, what: Callable[[], None]) -> None:
        try:
            what()
        except AppError as error:
            self.context.error_raised.emit(error)

    # ---- comparing ---------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        context, tr = self.context, self.context.texts
        self._menu.clear()
        if context.library is None or context.workshop is None:
            return
        chosen = "" if context.earlier is None else context.earlier.id
        found = context.library.earlier_sessions(context.session.id)
        for summary in found:
            text = " · ".join(part for part in (tr.long_date(summary.date), summary.title) if part)
            self._add_choice(text, summary.id, is_chosen=summary.id == chosen)
        if found:
            self._menu.addSeparator()
            self._add_choice(tr.gettext("No comparison"), None, is_chosen=not chosen)
        else:
            none = tr.gettext("There is no earlier session of this organisation and unit.")
            self._menu.addAction(none).setEnabled(False)

    def _add_choice(self, text: str, session_id: str | None, *, is_chosen: bool) -> None:
        action = self._menu.addAction(menu_text(text))
        action.setCheckable(True)
        action.setChecked(is_chosen)
        action.triggered.connect(
            lambda: self._attempt(lambda: self.context.compare_with(session_id))
        )

    # ---- charts ------------------------------------------------------------------------------

    def load_radar(self) -> None:
        """Put the radar where its placeholder was; matplotlib is imported now at the latest."""
        if self.radar is not None:
            return
        with import_lock:
            from ui.widgets.radar_view import RadarView

        self.radar = RadarView(self.context, self._by())
        self._chart_layout.replaceWidget(self._placeholder, self.radar)
        self._placeholder.hide()
        self.radar.area_chosen.connect(self._go_to)
        self.radar.laid_out.connect(lambda: self._fill_legends(self.context.texts))
        self.radar.show()

    def copy_chart(self) -> None:
        """Put the chart that is shown, or was last, on the clipboard."""
        self.load_radar()
        if self.radar is not None:
            self.radar.copy()
            said = self.context.texts.gettext("The chart is on the clipboard.")
            self.context.notice_raised.emit(said)

    def ask_where_to_save(self) -> None:
        """Ask for a file name; its ending decides between PNG, SVG and PDF."""
        from exports.files import ReportKind, suggested_name

        context, tr = self.context, self.context.texts
        kind = ReportKind.RADAR_BY_AREA
        if self._by() == "dimension":
            kind = ReportKind.RADAR_BY_DIMENSION
        name = suggested_name(context.session, kind, tr, "png")
        dialog = ask_save_file(
            self,
            tr.gettext("Save the chart"),
            self._folder / name,
            ";;".join(CHART_FILTERS),
            lambda target: self._attempt(lambda: self.save_chart(target)),
        )
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(chosen.partition("*.")[2].rstrip(")"))
        )

    def save_chart(self, target: Path) -> None:
        """Write the chart; errors as for ``exports.radar.picture.save_chart``."""
        from exports.radar.picture import save_chart

        context, tr = self.context, self.context.texts
        save_chart(context.session, target, self._by(), translator=tr, earlier=context.earlier)
        self._folder = target.parent
        self.context.notice_raised.emit(tr.gettext("{name} was written.", name=target.name))

    # ---- filling -----------------------------------------------------------------------------

    def _on_session_opened(self) -> None:
        self._on_changed()

    def _on_changed(self, _area_ids: object = None) -> None:
        if self.isVisible():
            self._fill()
        else:
            self._is_stale = True

    def _fill(self) -> None:
        context = self.context
        self._apply_theme()
        if context.workshop is None:
            return
        self._is_stale = False
        tr = context.texts
        self._fill_compare(tr)
        self.figures.fill(
            key_figures(context.figures, context.earlier, context.before, tr), context.theme
        )
        self._fill_list()
        session = context.session
        columns = columns_of(session, context.figures, tr)
        self.heat.fill(columns, len(session.model.levels), session.language)
        self._fill_table(tr)
        self.show_view(self._view)

    def _fill_compare(self, tr: Translator) -> None:
        earlier, before = self.context.earlier, self.context.before
        if earlier is None:
            self.compare.set_text(tr.gettext("Compare with…"))
        else:
            month = tr.month(earlier.date)
            self.compare.set_text(tr.gettext("Compare with {month}", month=month))
        self._remark.setText("" if before is None else " ".join(self._left_out(before, tr)))

    def _left_out(self, before: EarlierFigures, tr: Translator) -> Iterator[str]:
        """What of the earlier session is not shown, and why."""
        if before.hidden:
            yield tr.ngettext(
                "{n} area is not comparable: its level texts differ.",
                "{n} areas are not comparable: their level texts differ.",
                before.hidden,
            )
        withheld = before.withheld(self.context.figures)
        if withheld:
            yield tr.ngettext(
                "The earlier average of {n} dimension is left out:"
                " other areas or weights counted then.",
                "The earlier averages of {n} dimensions are left out:"
                " other areas or weights counted then.",
                withheld,
            )

    def _fill_legends(self, tr: Translator) -> None:
        context = self.context
        if context.workshop is None:
            return
        overall, before = context.figures.overall, context.before
        today = LegendItem("today", _with_mean(tr.gettext("Current"), overall.mean, tr))
        target = LegendItem("target", _with_mean(tr.gettext("Target"), overall.target_mean, tr))
        items, gap_items = [today, target], []
        is_by_area = self._by() == "area"
        if context.earlier is not None and before is not None:
            month = tr.month(context.earlier.date)
            if before.levels if is_by_area else before.means(context.figures):
                then = _with_mean(month, before.overall(context.figures), tr)
                items.append(LegendItem("earlier", then))
            if before.levels:
                gap_items.append(LegendItem("circle", month))
        groups = context.figures.dimensions
        has_open = any(not group.scored and group.applicable for group in groups)
        if context.figures.open_count if is_by_area else has_open:
            items.append(LegendItem("unscored", tr.gettext("not scored")))
        has_left_out = any(not group.applicable for group in groups)
        if context.figures.not_applicable_count if is_by_area else has_left_out:
            items.append(LegendItem("not_applicable", tr.gettext("not applicable")))
        if self.radar is not None and self.radar.is_numbered:
            items.append(LegendItem("number", tr.gettext("numbers as in the table")))
        gap_items += [
            LegendItem("dot", tr.gettext("Current")),
            LegendItem("bar", tr.gettext("Target")),
        ]
        self.legend.fill(tuple(items), context.theme)
        self.gap_legend.fill(tuple(gap_items), context.theme)

    def _fill_list(self) -> None:
        """Gaps or steps; a calm sentence where there are none."""
        context, tr = self.context, self.context.texts
        if context.workshop is None:
            return
        session, figures = context.session, context.figures
        is_gaps = self.lists[GAPS].isChecked()
        gaps, steps = tr.gettext("Gaps, widest first"), tr.gettext("Steps, most urgent first")
        set_heading(self._gaps_heading, gaps if is_gaps else steps)
        sentence = self._why_empty(is_gaps=is_gaps)
        if sentence:
            self._nothing.setText(sentence)
            self._to_scoring.setVisible(figures.open_count > 0)
            self._list_stack.setCurrentIndex(2)
            return
        if is_gaps:
            model = session.model
            rows = gap_rows(session, figures, context.before, tr)
            self.gaps.fill(rows, model.lowest_level, model.highest_level)
        else:
            self.steps.fill(step_rows(session, roadmap(session, figures), tr))
        self._list_stack.setCurrentIndex(0 if is_gaps else 1)

    def _why_empty(self, *, is_gaps: bool) -> str:
        figures, tr = self.context.figures, self.context.texts
        if not figures.overall.total:
            return tr.gettext("This model has no areas to score.")
        if not figures.overall.applicable:
            return tr.gettext("Every area is marked not applicable, so there is no gap to show.")
        if not figures.overall.scored:
            return tr.gettext(
                "Nothing is scored yet. Gaps and steps appear here with the first level."
            )
        if not is_gaps and not figures.total_gap:
            return tr.gettext("All targets reached: no step is open in the scored areas.")
        return ""

    def _fill_table(self, tr: Translator) -> None:
        context = self.context
        headings = [
            tr.gettext("Area"),
            tr.gettext("Current"),
            tr.gettext("Target"),
            tr.gettext("Gap"),
        ]
        before = context.before
        if context.earlier is not None and before is not None and before.levels:
            headings.append(tr.month(context.earlier.date))
        rows = table_rows(context.session, context.figures, before, tr)
        self.table.fill(rows, tuple(headings), len(context.session.model.levels))

    def _apply_theme(self) -> None:
        theme = self.context.theme
        for part in (self.gaps, self.steps, self.table, self.heat, self._placeholder):
            part.apply_theme(theme)

    # ---- size --------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Smaller than any window we support, so that the page never holds one open."""
        return QSize(760, 440)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit white space and columns to the new size."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        low, narrow = height < 640, width < 1160
        margin = 12 if low or narrow else 16
        self._outer.setContentsMargins(margin, 8 if low else 12, margin, margin)
        self._outer.setSpacing(8 if low else 12)
        for layout in (self._columns, self._right):
            layout.setSpacing(8 if low else 12)
        share = 44 if narrow or width >= 1400 else 46
        self._columns.setStretch(0, share)
        self._columns.setStretch(1, 100 - share)
        self.figures.set_low(low or narrow)
        self._fit_heat()

    def _fit_heat(self) -> None:
        """The heat map stands below the radar where both fit, else it has a tab of its own."""
        inside = round(self.width() * 0.43) - 64
        self.heat.set_room(0)
        room = self.height() - 150 - self.heat.heightForWidth(max(inside, 200))
        below = room >= _LEAST_RADAR and self.width() >= 1160
        if below != self._heat_is_below or self.heat.parent() is None:
            self._heat_is_below = below
            if below:
                self._chart_layout.addWidget(self.heat)
            else:
                self._heat_alone.insertWidget(0, self.heat)
            self.heat.show()
        if not below:
            self.heat.set_room(self.height() - 130)
        self.tabs[HEAT].setVisible(not below)
        if below and self._view == HEAT:
            self.show_view(BY_AREA)
        wanted = sum(tab.sizeHint().width() + 4 for tab in self.tabs.values() if not tab.isHidden())
        wanted += self._profile_heading.sizeHint().width() + 48
        self._profile_heading.setVisible(wanted <= round(self.width() * 0.43))


def _with_mean(word: str, mean: object, tr: Translator) -> str:
    from fractions import Fraction

    return f"{word} {tr.number(mean, MEAN_PLACES)}" if isinstance(mean, Fraction) else word


def _tab(name: str) -> PressButton:
    tab = PressButton(name, "tab")
    tab.setCheckable(True)
    return tab


def _tab_row(heading: QWidget, tabs: Mapping[str, PressButton], owner: QWidget) -> QHBoxLayout:
    """A heading and tabs of which one is chosen."""
    group = QButtonGroup(owner)
    group.setExclusive(True)
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(heading)
    row.addStretch(1)
    for place, tab in enumerate(tabs.values()):
        group.addButton(tab)
        tab.setChecked(place == 0)
        row.addWidget(tab)
    return row


def _scroll(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    scroll.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return scroll
