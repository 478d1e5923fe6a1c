"""The results page: profile, key figures, gaps and next steps of a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from app.jobs import import_lock
from ui.context import Context
from ui.results.chart_page import ChartPage
from ui.results.results_body import BY_AREA, BY_DIMENSION, ResultsBody
from ui.results.results_filling import ResultsFilling
from ui.widgets.basics import menu_text
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.widgets.radar_view import RadarView

RADAR_AFTER_MS = 60


class ResultsPage(ChartPage):
    """The results of a session on one page."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName("results-page")
        self.radar: RadarView | None = None
        self.body = ResultsBody(context)
        self._menu = QMenu(self.body.compare)
        self.body.compare.setMenu(self._menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self._filling = ResultsFilling(context, workspace, self.body)
        self._connect()
        self._follow(workspace)
        self.retranslate()

    def _connect(self) -> None:
        context, body = self.context, self.body
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self.on_changed)
        body.view_changed.connect(self._on_view_changed)
        body.list_changed.connect(self._on_list_changed)
        for widget in (body.gaps, body.steps, body.table, body.heat):
            widget.area_chosen.connect(self._go_to)
        body.copy_button.clicked.connect(lambda: self.attempt(self.copy_chart))
        body.save_button.clicked.connect(lambda: self.attempt(self.ask_where_to_save))
        body.export_button.clicked.connect(lambda: self.trigger("session.export"))
        body.to_scoring.clicked.connect(lambda: context.page_requested.emit("scoring"))
        self._menu.aboutToShow.connect(self._fill_menu)

    def _follow(self, workspace: Workspace) -> None:
        workspace.areas_changed.connect(self.on_changed)
        workspace.earlier_changed.connect(self.on_changed)

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        super().set_workspace(workspace)
        self._filling.workspace = workspace
        self._follow(workspace)
        self.on_changed()
        for view in self.findChildren(QAbstractItemView):  # the place was one of that session
            view.setCurrentIndex(QModelIndex())
            view.scrollToTop()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Charts by key."""
        return {
            "chart.by_dimension": lambda: self.body.show_view(BY_DIMENSION),
            "chart.by_area": lambda: self.body.show_view(BY_AREA),
            "chart.table": self.body.toggle_table,
            "chart.copy": self.copy_chart,
            "chart.save": self.ask_where_to_save,
        }

    def on_shown(self) -> None:
        """Show what has changed meanwhile; load the radar once the page is painted."""
        super().on_shown()
        QTimer.singleShot(RADAR_AFTER_MS, self, self.load_radar)

    def take_focus(self) -> None:
        """Put the focus on gaps or steps."""
        self.body.focus_list()

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.context.texts.gettext("Results"))
        self.body.retranslate(self.context.texts)
        self.fill()

    # ---- reactions ---------------------------------------------------------------------------

    def fill(self) -> None:
        """Show everything as it is now."""
        super().fill()
        self.body.apply_theme(self.context.theme)
        self._filling.fill_all()

    def _on_view_changed(self) -> None:
        if self.radar is not None and self.body.view in (BY_DIMENSION, BY_AREA):
            self.radar.set_by(self.body.by)
        self._fill_legends()

    def _on_list_changed(self) -> None:
        self._filling.fill_list()

    def _fill_legends(self) -> None:
        is_numbered = self.radar is not None and self.radar.is_numbered
        self._filling.fill_legends(is_numbered=is_numbered)

    # ---- leading elsewhere -------------------------------------------------------------------

    def _go_to(self, area_id: str) -> None:
        self.workspace.go_to(area_id)
        self.context.page_requested.emit("scoring")

    # ---- comparing ---------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        workspace, tr = self.workspace, self.context.texts
        self._menu.setAccessibleName(self.body.compare.accessibleName())
        self._menu.clear()
        chosen = "" if workspace.earlier is None else workspace.earlier.id
        found = workspace.library.earlier_sessions(workspace.session.id)
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
            lambda: self.attempt(lambda: self.workspace.compare_with(session_id))
        )

    # ---- charts ------------------------------------------------------------------------------

    def load_radar(self) -> None:
        """Put the radar where its placeholder was; matplotlib is imported now at the latest."""
        self._loaded_radar()

    def _loaded_radar(self) -> RadarView:
        if self.radar is not None:
            return self.radar
        with import_lock:
            from ui.widgets.radar_view import RadarView

        self.radar = radar = RadarView(self.context, self.workspace, self.body.by)
        self.workspace_changed.connect(radar.set_workspace)
        self.body.set_radar(radar)
        radar.area_chosen.connect(self._go_to)
        radar.laid_out.connect(self._fill_legends)
        radar.show()
        return radar

    def copy_chart(self) -> None:
        """Put the chart that is shown, or was last, on the clipboard."""
        self._loaded_radar().copy()
        self.context.notice_raised.emit(
            self.context.texts.gettext("The chart is on the clipboard.")
        )

    def ask_where_to_save(self) -> None:
        """Ask for a file name; its ending decides between PNG, SVG and PDF."""
        from exports.export import CHARTS

        self.ask_chart_place(CHARTS[self.body.by].report, self.save_chart)

    def save_chart(self, target: Path) -> None:
        """Request the chart as a file; raises ``InvalidInput`` for another ending."""
        from exports.export import ExportRequest, chart_kind

        earlier, session = self.workspace.earlier, self.workspace.session
        self.context.export_requested.emit(
            ExportRequest(
                chart_kind(target, self.body.by),
                target,
                self.context.texts.language,
                "" if earlier is None else earlier.id,
                session.language,
            )
        )
        self.remember_place(target)
