"""Widgets and layout of the compare page, and their visibility."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from exports.palette import Palette
from ui.compare.changes_card import ChangesCard
from ui.compare.chart_cards import OverlayCard, WhyCard
from ui.compare.compared_rows import BY_CHANGE, BY_FALL, MODEL_ORDER
from ui.compare.compared_table import ComparedTable
from ui.compare.grade_card import GradeCard
from ui.compare.next_card import NextCard
from ui.compare.planned_card import PlannedCard
from ui.compare.session_chips import SessionChips
from ui.context import Context
from ui.results.chart_legend import ChartLegend
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, make_bar, make_card, make_label
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.flow_layout import SideBySide, scroll_around
from ui.widgets.key_hints import KeyHints
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs
from ui.widgets.tab_row import add_tabs, view_tab

ORDERS = (MODEL_ORDER, BY_CHANGE, BY_FALL)
TABLE, HEAT = "table", "heat-map"
_THREE_COLUMNS, _TWO_COLUMNS = 1180, 800


class CompareBody(QWidget):
    """A bar with the sessions, the grade at the left, the areas in the middle, causes at the right.

    Left and right scroll on their own, so that head and totals of the table stay in view.
    """

    #: Another order of the areas is wanted.
    order_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order, self.view = MODEL_ORDER, TABLE
        self.tabs_of_pages = PageTabs(context, "compare")
        self._build()
        for name, tab in self.orders.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_order(name))
        for name, tab in self.views.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_view(name))
        self.table.marks_changed.connect(self.fit_legend)
        TYPE.changed.connect(self._fit)

    def _build(self) -> None:
        self._outer = QVBoxLayout()
        self._outer.addWidget(self._build_bar())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_columns())
        self._stack.addWidget(self._build_empty_state())
        self._outer.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._outer, 1)
        whole.addWidget(self._build_footer())

    def _build_bar(self) -> QWidget:
        self.chips = SessionChips()
        self.copy_button = PressButton("chart-copy")
        self.export_button = PressButton("export", "primary")
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(self.tabs_of_pages, 0, Qt.AlignmentFlag.AlignTop)
        left.addStretch(1)
        right.addWidget(self.chips, 1)
        right.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        for row in (left, right):
            row.setSpacing(8)
        self._bar = SideBySide(left, right)
        return self._bar

    def _build_columns(self) -> QWidget:
        self.grade = GradeCard()
        self.changes = ChangesCard()
        self.next = NextCard()
        self.overlay = OverlayCard()
        self.why = WhyCard()
        self.planned = PlannedCard()
        self._left, self._left_layout = _column(self.grade, self.overlay)
        self._at_right = (self.changes, self.why, self.planned, self.next)
        self._right, self._right_layout = _column(*self._at_right)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._build_table())
        self._columns.addWidget(self._right)
        self._page = scroll_around(inside)
        return self._page

    def _build_table(self) -> QWidget:
        card, layout = make_card()
        card.setObjectName("areas-card")
        card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._areas_card = card
        self._areas_heading = make_label("heading")
        self.orders = {name: view_tab(f"order-{name}") for name in ORDERS}
        self.views = {name: view_tab(f"areas-as-{name}") for name in (TABLE, HEAT)}
        orders, views = QHBoxLayout(), QHBoxLayout()
        orders.addWidget(self._areas_heading)
        orders.addSpacing(8)
        for row in (orders, views):
            row.setSpacing(4)
        add_tabs(orders, self.orders, self)
        orders.addStretch(1)
        views.addStretch(1)
        add_tabs(views, self.views, self)
        self._head_row = SideBySide(orders, views)
        self.table = ComparedTable()
        self.legend = ChartLegend()
        self.legend.setObjectName("compare-legend")
        layout.addWidget(self._head_row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.legend)
        return card

    def _build_empty_state(self) -> QWidget:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(8, 40, 8, 0)
        layout.setSpacing(16)
        self._nothing = make_label("lead", wrap=True)
        self._nothing.setObjectName("nothing-to-compare")
        self.add_first = PressButton("add-first-session", "primary")
        layout.addWidget(self._nothing)
        layout.addWidget(self.add_first, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return inside

    def _build_footer(self) -> QWidget:
        frame, row = make_bar()
        self.back = PressButton("to-results")
        self.remark = ElidedLabel("secondary")
        self.remark.setObjectName("self-assessment")
        self.hints = KeyHints()
        row.addWidget(self.back)
        row.addWidget(self.remark, 3)
        row.addWidget(self.hints, 2)
        return frame

    def retranslate(self, tr: Translator) -> None:
        """Set every text that does not depend on the sessions."""
        self.overlay.retranslate(tr)
        set_heading(self._areas_heading, tr.gettext("Areas"))
        orders = {
            MODEL_ORDER: tr.gettext("Model order"),
            BY_CHANGE: tr.gettext("By change"),
            BY_FALL: tr.gettext("By fall"),
        }
        for name, text in orders.items():
            self.orders[name].set_text(text, tr.gettext("Order of the areas: {order}", order=text))
        views = {TABLE: tr.gettext("Table"), HEAT: tr.gettext("Heat map")}
        for name, text in views.items():
            self.views[name].set_text(text, tr.gettext("Areas: {view}", view=text))
        self.table.set_names(
            tr.gettext("Areas with their levels in every session"),
            tr.gettext("Averages of the common areas"),
        )
        self.chips.add_button.set_text(tr.gettext("+ Session"), tr.gettext("Add a session"))
        self.add_first.set_text(tr.gettext("+ Session"), tr.gettext("Add a session"))
        self.copy_button.set_text(tr.gettext("Copy chart"))
        self.export_button.set_text(tr.gettext("Export…"))
        self.back.set_text(tr.gettext("← Results"), tr.gettext("Results"))
        self.remark.setText(
            tr.gettext(
                "Self-assessment of the people in the room."
                " No statement about other teams or other companies."
            )
        )

    def apply_theme(self, theme: Palette) -> None:
        """Set the colours."""
        self.table.apply_theme(theme)

    # ---- what is shown -----------------------------------------------------------------------

    def show_order(self, name: str) -> None:
        """Sort the areas: ``model-order``, ``by-change`` or ``by-fall``."""
        self.order = name
        self.orders[name].setChecked(True)
        self.order_changed.emit()

    def next_order(self) -> None:
        """Sort the areas in the next order; without differences there is only one."""
        allowed = [name for name, tab in self.orders.items() if not tab.isHidden()]
        if not allowed:
            return
        place = allowed.index(self.order) if self.order in allowed else -1
        self.show_order(allowed[(place + 1) % len(allowed)])

    def show_view(self, name: str) -> None:
        """Show the areas as ``table`` or ``heat-map``."""
        self.view = name
        self.views[name].setChecked(True)
        self.table.show_levels_only(name == HEAT)
        self.fit_legend()

    def toggle_heat(self) -> None:
        """Show the areas as a heat map, or as a table again."""
        self.show_view(TABLE if self.view == HEAT else HEAT)
        self.focus_list()

    def allow_differences(self, is_allowed: bool) -> None:
        """Offer the orders by change only where there are differences."""
        for name in (BY_CHANGE, BY_FALL):
            self.orders[name].setVisible(is_allowed)
        self.orders[MODEL_ORDER].setVisible(is_allowed)
        if not is_allowed and self.order != MODEL_ORDER:
            self.order = MODEL_ORDER
            self.orders[MODEL_ORDER].setChecked(True)
        self._head_row.refit()

    def show_comparison(self) -> None:
        """Show the cards."""
        self._stack.setCurrentIndex(0)
        self._fit()

    def show_nothing(self, sentence: str, *, can_add: bool) -> None:
        """Show a sentence instead of the cards."""
        self._nothing.setText(sentence)
        self.add_first.setVisible(can_add)
        self._stack.setCurrentIndex(1)

    @property
    def shows_comparison(self) -> bool:
        """True if there is something to compare."""
        return self._stack.currentIndex() == 0

    def focus_list(self) -> None:
        """Give the areas the focus, or the button that adds a session."""
        if self.shows_comparison:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.add_first.isHidden():
            self.add_first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- size --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit white space and columns to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        is_wide, is_narrow = width >= scaled(_THREE_COLUMNS), width < scaled(_TWO_COLUMNS)
        inner = (self._columns, self._left_layout, self._right_layout)
        fit_space(self, self._outer, inner, is_narrow=not is_wide, above_footer=True)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._place_cards(beside=is_wide)
        self._right.setVisible(is_wide)
        shares = (27, 46, 27) if is_wide else (0, 0, 0) if is_narrow else (38, 62, 0)
        for place, share in enumerate(shares):
            self._columns.setStretch(place, share)
        self._areas_card.setMinimumHeight(scaled(420 if is_narrow else 260))
        self._left.setMinimumHeight(self._height_of_left() if is_narrow else 0)

    def fit_legend(self) -> None:
        """Explain the marks of the dumbbells where there are some."""
        self.legend.setVisible(self.table.shows_marks)

    def _place_cards(self, *, beside: bool) -> None:
        """Put the cards of the right column there, or below those at the left."""
        layout = self._right_layout if beside else self._left_layout
        if layout.indexOf(self.changes) < 0:
            for place, card in enumerate(self._at_right, 1 if layout is self._left_layout else 0):
                layout.insertWidget(place, card)

    def _height_of_left(self) -> int:
        margin = self._outer.contentsMargins()
        width, layout = self.width() - margin.left() - margin.right(), self._left_layout
        return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())


def _column(*cards: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    """Cards below each other that scroll where they are higher than the page."""
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    for card in cards:
        layout.addWidget(card)
    layout.addStretch(1)
    scroll = scroll_around(inside)
    scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    return scroll, layout
