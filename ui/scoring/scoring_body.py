"""Widgets and layout of the scoring page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.words.texts import Translator
from exports.palette import Palette
from ui.scoring.agenda_list import COMPACT_WIDTH, Agenda
from ui.scoring.area_header import AreaHeader
from ui.scoring.decision_card import DecisionCard
from ui.scoring.key_bar import KeyBar
from ui.scoring.level_cards import LevelCards
from ui.scoring.not_applicable_bar import NotApplicableBar
from ui.scoring.reason_card import ReasonCard
from ui.scoring.side_profile import SideProfile
from ui.type_scale import scaled
from ui.widgets.basics import make_frame, make_label
from ui.widgets.controls import follow_in_tabs
from ui.widgets.flow_layout import scroll_around


class ScoringBody(QWidget):
    """Agenda, area and profile side by side, the key bar below them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.agenda = Agenda()
        self.side = SideProfile()
        self.keys = KeyBar()
        self._limit = 0
        self._nothing = make_label("lead", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.agenda)
        columns.addWidget(make_frame("upright-rule"))
        self._scroll = scroll_around(self._build_centre())
        columns.addWidget(self._scroll, 1)
        columns.addWidget(self._nothing, 1)
        columns.addWidget(make_frame("upright-rule"))
        columns.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(columns, 1)
        layout.addWidget(make_frame("rule"))
        layout.addWidget(self.keys)
        self.levels.cards_made.connect(self._order_tabs)
        self.side.points_made.connect(self._order_tabs)

    def _build_centre(self) -> QWidget:
        self._centre = QWidget()
        self.header = AreaHeader()
        self.not_applicable = NotApplicableBar()
        self.levels = LevelCards()
        self.reason = ReasonCard()
        self.decision = DecisionCard()
        self._lower = lower = QGridLayout()
        lower.setSpacing(12)
        lower.addWidget(self.reason, 0, 0)
        lower.addWidget(self.decision, 0, 1)
        for card in (self.reason, self.decision):
            # The widths follow the stretch alone: a long level name must not move the border.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        lower.setColumnStretch(0, 3)
        lower.setColumnStretch(1, 4)
        # Not at once: the wish comes while the parts are being laid out, too.
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.timeout.connect(self.fit_lower)
        for card in (self.reason, self.decision):
            card.room_wanted.connect(self._fit_soon.start)
        self._centre_layout = QVBoxLayout(self._centre)
        self._centre_layout.addWidget(self.header)
        self._centre_layout.addWidget(self.not_applicable)
        self._centre_layout.addWidget(self.levels, 1)
        self._centre_layout.addLayout(lower)
        return self._centre

    def _order_tabs(self) -> None:
        """Tab in reading order: agenda, header, levels, reason, decision, points, key bar."""
        follow_in_tabs(self.header.switch, [*self.levels.cards(), self.reason.add])
        follow_in_tabs(self.decision.weight, self.side.points())

    def show_area(self, *, exists: bool) -> None:
        """Show the widgets of an area, or a sentence for a model that has none."""
        self._scroll.setVisible(exists)
        self._nothing.setVisible(not exists)

    def retranslate(self, tr: Translator) -> None:
        """Set every text that does not depend on the session."""
        self._nothing.setText(tr.gettext("This model has no areas to score."))
        for part in (
            self.header, self.not_applicable, self.levels, self.decision, self.reason, self.side,
        ):  # fmt: skip
            part.retranslate(tr)

    def apply_theme(self, theme: Palette) -> None:
        """Set the colours."""
        for part in (
            self.agenda, self.header, self.side, self.levels, self.reason, self.decision,
        ):  # fmt: skip
            part.apply_theme(theme)

    def fit(self, width: int, height: int) -> None:
        """Fit to a size: narrow shrinks the columns at the sides, low loses white space first."""
        narrow, wide, low = width < scaled(1160), width >= scaled(1400), height < scaled(760)
        tiny = width < scaled(1000)
        columns = scaled(COMPACT_WIDTH if narrow else (256 if wide else 200))
        side = scaled(296 if wide else 222)
        self.agenda.set_compact(narrow)
        self.agenda.setFixedWidth(columns)
        self.side.setVisible(not tiny)
        self.side.setFixedWidth(side)
        self.side.set_radar_height(min(side - 32, round(height * (0.3 if low else 0.38))))
        margin = 24 if wide else 12
        self._centre_layout.setContentsMargins(margin, 8 if low else 16, margin, 8 if low else 12)
        self._centre_layout.setSpacing(6 if low else 10)
        self.header.set_low(low)
        self.header.prefer_whole(width >= scaled(1700) and height >= scaled(860))
        centre = width - columns - (0 if tiny else side)
        self.decision.arrange(rows=2 if centre >= scaled(700) else 4)
        self._limit = scaled(100 if low else 140)
        self.fit_lower()
        self._fit_soon.start()

    def fit_lower(self) -> None:
        """Reason and decision as high as their content, so that the levels have the rest."""
        least = self.decision.needed_height()
        # Both from the same pass of the layout: sums of old and new heights would never settle.
        shared = self.levels.geometry().height() + self._lower.geometry().height()
        limit = max(self._limit, shared - self.levels.needed_height())
        if self.reason.is_used:
            limit = max(limit, self.height() * 2 // 5)
        height = max(least, min(self.reason.needed_height(), limit))
        self._fit_soon.stop()
        if (self.reason.minimumHeight(), self.decision.minimumHeight()) != (height, height):
            self.reason.setFixedHeight(height)
            self.decision.setFixedHeight(height)
            self._centre_layout.invalidate()
        self._centre_layout.activate()
        if self.reason.is_used:
            self._scroll.ensureWidgetVisible(self.reason)

    def scroll_range(self) -> int:
        """Pixels by which the area is higher than the page."""
        return self._scroll.verticalScrollBar().maximum()

    def scroll_on(self, *, down: bool) -> None:
        """Scroll the page where it is higher than the window, else the texts of the levels."""
        bar = self._scroll.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + (scaled(48) if down else -scaled(48)))
        if bar.value() == before:
            self.levels.scroll_on(down=down)
