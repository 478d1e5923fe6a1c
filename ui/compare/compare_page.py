"""The compare page: two to six sessions of a client over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.compare.chart_cards import BY_AREA, BY_DIMENSION
from ui.compare.chosen_sessions import ChosenSessions
from ui.compare.compare_body import CompareBody
from ui.compare.compare_filling import CompareFilling
from ui.compare.compared_rows import BY_CHANGE, BY_FALL, MODEL_ORDER
from ui.compare.review_dialog import ReviewDialog
from ui.compare.session_picker import SessionPicker
from ui.context import Context
from ui.results.chart_page import ChartPage
from ui.widgets.announcer import announce
from ui.workspace import Workspace

if TYPE_CHECKING:
    from exports.comparison.choice import ChartChoice
    from ui.compare.charts import ComparisonView

CHARTS_AFTER_MS = 20
_ORDER_OF_ALL = {"fallen": BY_FALL, "risen": BY_CHANGE, "newly-open": MODEL_ORDER}


class ComparePage(ChartPage):
    """Changes between sessions, as far as they are comparable."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName("compare-page")
        self.chosen = ChosenSessions(context, workspace)
        self.body = CompareBody(context)
        self._filling = CompareFilling(context, self.chosen, self.body)
        #: Charts take longest, so they come once the rest is painted.
        self._charts = QTimer(self)
        self._charts.setSingleShot(True)
        self._charts.timeout.connect(self.fill_charts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self._connect()
        self._follow(workspace)
        self.retranslate()

    def _connect(self) -> None:
        context, body = self.context, self.body
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self.on_changed)
        body.order_changed.connect(self._filling.fill_order)
        body.table.area_chosen.connect(self._go_to)
        body.changes.area_chosen.connect(self._go_to)
        body.changes.order_wanted.connect(self._show_all_of)
        body.grade.review_pressed.connect(self.review)
        body.chips.removed.connect(self.remove)
        body.chips.add_pressed.connect(self.ask_which)
        body.add_first.clicked.connect(self.ask_which)
        body.export_button.clicked.connect(lambda: self.trigger("session.export"))
        body.why.copy_button.clicked.connect(lambda: self._copy(body.why.view))
        body.copy_button.clicked.connect(self.copy_chart)
        body.back.clicked.connect(lambda: context.page_requested.emit("results"))
        body.next.date_pressed.connect(context.next_workshop_requested)
        body.next.teams_pressed.connect(lambda: context.page_requested.emit("teams"))

    def _follow(self, workspace: Workspace) -> None:
        workspace.compared = self.chosen.comparison
        workspace.areas_changed.connect(self.on_changed)
        workspace.earlier_changed.connect(self.on_changed)
        workspace.others_changed.connect(self._on_others_changed)

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        is_other_client = workspace.session.organisation != self.workspace.session.organisation
        super().set_workspace(workspace)
        if is_other_client:
            self._filling.forget()
        self.chosen.set_workspace(workspace)
        self._follow(workspace)
        self.on_changed()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Orders and views by key."""
        body = self.body
        return {
            "chart.by_dimension": lambda: body.overlay.show_view(BY_DIMENSION),
            "chart.by_area": lambda: body.overlay.show_view(BY_AREA),
            "chart.other_axes": body.overlay.toggle,
            "chart.order": body.next_order,
            "chart.levels": body.toggle_heat,
            "chart.copy": self.copy_chart,
            "chart.save": self.ask_where_to_save,
        }

    def take_focus(self) -> None:
        """Put the focus on the areas."""
        self.body.focus_list()

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.context.texts.gettext("Compare"))
        self.body.retranslate(self.context.texts)
        self.on_changed()

    # ---- reactions ---------------------------------------------------------------------------

    def _on_others_changed(self) -> None:
        self.chosen.look_again()
        self.on_changed()

    def fill(self) -> None:
        """Show everything as it is now, the charts a little later."""
        super().fill()
        self.body.apply_theme(self.context.theme)
        self._filling.fill_all()
        self._charts.start(CHARTS_AFTER_MS)

    def fill_charts(self) -> None:
        """Draw the charts now."""
        self._charts.stop()
        self._filling.fill_charts()

    def _show_all_of(self, name: str) -> None:
        self.body.show_order(_ORDER_OF_ALL[name])
        self.body.focus_list()

    # ---- deciding ----------------------------------------------------------------------------

    def review(self) -> None:
        """Let people decide what the sessions have in common."""
        dialog = ReviewDialog(
            self.context.texts,
            self.chosen.comparison,
            self.workspace.library.reviews,
            self.context.user_name(),
            self.window(),
        )
        dialog.decided.connect(self._on_decided)
        dialog.open()

    def _on_decided(self) -> None:
        self.chosen.judge_again()
        self.on_changed()

    # ---- choosing sessions -------------------------------------------------------------------

    def ask_which(self) -> None:
        """Offer the other sessions of the client."""
        picker = SessionPicker(self.context.texts, self.chosen.offered(), self.window())
        picker.session_picked.connect(self.add)
        picker.open()

    def add(self, session_id: str) -> None:
        """Compare with this session, too."""
        self.chosen.add(session_id)
        self._show_choice()

    def remove(self, session_id: str) -> None:
        """Compare with this session no longer."""
        self.chosen.remove(session_id)
        self._show_choice()

    def _show_choice(self) -> None:
        compared = self.body.shows_comparison
        self.fill()
        if self.body.shows_comparison != compared:  # what had the focus may be hidden now
            self.take_focus()
        announce(self, self._filling.spoken())

    # ---- charts ------------------------------------------------------------------------------

    def _chart(self) -> ComparisonView | None:
        """The chart that is meant: the waterfall while it has the focus, else the overlay."""
        self.fill_charts()
        why = self.body.why.view
        if not self.body.shows_comparison:
            return None
        return why if why.hasFocus() and why.chart is not None else self.body.overlay.shown

    def copy_chart(self) -> None:
        """Put the chart on the clipboard."""
        self._copy(self._chart())

    def _copy(self, chart: ComparisonView | None) -> None:
        tr = self.context.texts
        if chart is None:
            self.context.notice_raised.emit(tr.gettext("There is no chart to copy."))
            return
        chart.copy()
        self.context.notice_raised.emit(tr.gettext("The chart is on the clipboard."))

    def ask_where_to_save(self) -> None:
        """Ask for a file name; its ending decides between PNG, SVG and PDF."""
        from exports.export import COMPARISON_CHARTS

        tr, chart = self.context.texts, self._chart()
        if chart is None:
            self.context.notice_raised.emit(tr.gettext("There is no chart to save."))
            return
        choice = chart.choice
        self.ask_chart_place(
            COMPARISON_CHARTS[choice.kind].report, lambda target: self.save_chart(choice, target)
        )

    def save_chart(self, choice: ChartChoice, target: Path) -> None:
        """Request a chart as a file; raises ``InvalidInput`` for another ending."""
        from exports.export import comparison_request

        compared, session = self.chosen.comparison(), self.workspace.session
        if compared is None:
            return
        language = self.context.texts.language
        self.context.export_requested.emit(
            comparison_request(compared, choice, target, language, session.language)
        )
        self.remember_place(target)

    # ---- leading elsewhere -------------------------------------------------------------------

    def _go_to(self, area_id: str) -> None:
        if self.workspace.session.model.has_area(area_id):
            self.workspace.go_to(area_id)
            self.context.page_requested.emit("scoring")
        else:
            tr = self.context.texts
            self.context.notice_raised.emit(
                tr.gettext("The model of the open session does not have this area.")
            )
