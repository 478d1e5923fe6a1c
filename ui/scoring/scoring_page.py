"""The scoring page: one area at a time, its levels side by side, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.jobs import import_lock
from ui.context import Context
from ui.scoring.area_navigation import AreaNavigation
from ui.scoring.rating_edits import RatingEdits
from ui.scoring.reason_edits import ReasonEdits
from ui.scoring.scoring_body import ScoringBody
from ui.scoring.scoring_filling import ScoringFilling
from ui.scoring.scoring_state import ScoringState
from ui.scoring.spoken_scoring import SpokenScoring
from ui.shell.application import running_application
from ui.type_scale import TYPE
from ui.widgets.page import SessionPage
from ui.workspace import Workspace

RADAR_AFTER_MS = 60


class ScoringPage(SessionPage):
    """Puts widgets, filling and edits together, and reacts to changes of the workspace."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName("scoring-page")
        # A click beside the text fields gives the keys back to the levels.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._state = ScoringState(context, workspace)
        self.body = ScoringBody(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # Notices may leave less room than the parts would like.
        self.body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout.addWidget(self.body)
        self._filling = ScoringFilling(self._state, self.body)
        self._reason = ReasonEdits(self._state, self.body.reason, self)
        self._rating = RatingEdits(self._state, self.body, self)
        self._navigation = AreaNavigation(self._state, self.body, self)
        self._spoken = SpokenScoring(self._state, self)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter = [QKeySequence(key) for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)]
        self._enter = QShortcut(enter[0], self)
        self._enter.setKeys(enter)
        self._enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for answer in (self._escape, self._enter):
            answer.setAutoRepeat(False)
        self._enable_answers()
        self._connect()
        self._follow(workspace)
        self.retranslate()

    def _connect(self) -> None:
        TYPE.changed.connect(self._fit)
        self.context.language_changed.connect(self.retranslate)
        self.context.theme_changed.connect(self._apply_theme)
        self.context.keys.changed.connect(self._filling.fill_keys)
        self._escape.activated.connect(self._rating.cancel)
        self._enter.activated.connect(self._rating.confirm_level)
        self._rating.doubt_changed.connect(self._on_doubt_changed)
        self._rating.target_mode_changed.connect(self._on_target_mode_changed)
        self._rating.weight_stored.connect(self._filling.fill_decision)
        self._rating.nothing_changed.connect(self._spoken.say_unchanged)
        self._rating.finished.connect(self.take_focus)
        self._reason.started.connect(self._rating.cancel)
        self._reason.finished.connect(self.take_focus)
        running_application().focusChanged.connect(self._on_focus_changed)
        self.body.header.whole_toggled.connect(self._filling.fill_levels)

    def _follow(self, workspace: Workspace) -> None:
        workspace.areas_changed.connect(self._on_areas_changed)
        workspace.earlier_changed.connect(self._on_earlier_changed)
        workspace.position_changed.connect(self._on_position_changed)

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session; drafts of the previous one are dropped."""
        super().set_workspace(workspace)
        self._state.workspace = workspace
        self._rating.cancel()
        self._follow(workspace)
        self._navigation.find_area.hide()
        self.body.not_applicable.forget()
        self.body.reason.close_form()
        self.body.reason.form.forget()
        self._filling.fill_all()
        self.body.agenda.view.bring_into_view()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Handlers of the keys; without areas only the way on."""
        if self._state.area is None:
            return {"go_on": self._navigation.go_on}
        return {
            **self._rating.handlers(),
            **self._reason.handlers(),
            **self._navigation.handlers(),
        }

    def on_shown(self) -> None:
        """Show what other pages changed, take the focus, load the radar once it is painted."""
        self._filling.fill_all()
        self._spoken.name_page()
        self.take_focus()
        QTimer.singleShot(RADAR_AFTER_MS, self, self._load_radar)

    def room_for_notices(self) -> QRect:
        """Everything above the key bar."""
        keys = self.body.keys
        return self.rect().adjusted(0, 0, 0, -keys.height()) if keys.isVisible() else self.rect()

    def retranslate(self) -> None:
        """Set every text."""
        self.body.retranslate(self.context.texts)
        self._navigation.find_area.retranslate(self.context.texts)
        self._apply_theme()
        self._filling.fill_all()
        self._spoken.name_page()

    # ---- reactions ---------------------------------------------------------------------------

    def _on_areas_changed(self, area_ids: frozenset[str]) -> None:
        if not area_ids and self._filling.is_up_to_date:
            return
        if not area_ids or self._state.area is None:
            self._filling.fill_all()
            self._spoken.name_page()
            return
        if self._state.area_id in area_ids:
            self._rating.stop_doubting()
            self._filling.fill_marks()
            self._filling.fill_details()
            self._spoken.say_change()
        self._filling.fill_agenda()
        self._filling.fill_side()

    def _on_earlier_changed(self) -> None:
        self._filling.fill_all()

    def _on_position_changed(self, _area_id: str) -> None:
        self._rating.cancel()
        self.body.reason.put_form_aside()
        self.body.reason.show_fault("")
        self._filling.fill_area()
        self._spoken.say_area()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Show the keys of what has the focus; those of menus and other windows are theirs."""
        if now is not None and self.isVisible() and now.window() is self.window():
            self._filling.fill_keys()

    def _enable_answers(self) -> None:
        """Esc and Enter act on the page only while there is something to answer."""
        is_doubted = self._state.doubted_level is not None
        self._escape.setEnabled(is_doubted or self._state.is_choosing_target)
        self._enter.setEnabled(is_doubted)

    def _on_doubt_changed(self) -> None:
        self._enable_answers()
        self.body.not_applicable.ask_level(self._state.doubted_level)
        self._filling.fill_keys()
        self._spoken.say_doubt()

    def _on_target_mode_changed(self) -> None:
        self._enable_answers()
        self._filling.fill_marks()
        self._filling.fill_keys()
        self._spoken.say_target_mode()

    def _apply_theme(self) -> None:
        self.body.apply_theme(self.context.theme)
        self._filling.fill_colours()

    def _load_radar(self) -> None:
        with import_lock:
            from ui.widgets.radar_view import RadarView

        def make(parent: QWidget) -> QWidget:
            radar = RadarView(
                self.context, self.workspace, compact=True, is_scoring=True, parent=parent
            )
            self.workspace_changed.connect(radar.set_workspace)
            return radar

        self.body.side.set_radar(make)

    # ---- size --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down scroll the texts of the levels."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.body.scroll_on(down=event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1280, 740)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.body.fit(self.width(), self.height())
        self._navigation.find_area.place()
        self._filling.fill_agenda()
