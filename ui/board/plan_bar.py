"""Bar above the board: capacity, order, and what the plan brings."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from app.session.plan_settings import PlanOrder
from app.words.texts import Translator
from exports.palette import Palette
from ui.board.bar_model import PlanFigures
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_label, menu_text
from ui.widgets.controls import ValueButton
from ui.widgets.fields import NumberField, Slider
from ui.widgets.flow_layout import FlowLayout

MOST_DAYS = 9999
_STORED_AFTER_MS = 500
_WIDE = 1340


class _DaysField(NumberField):
    """The capacity; Enter keeps it and leaves the field, Esc leaves it as it was."""

    entered = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.given_up.emit()


class PlanBar(QFrame):
    """Shows the figures of the plan; tries capacities out before one is stored."""

    #: Plan with this capacity for now, without storing it.
    capacity_tried = Signal(int)
    #: Keep this capacity.
    capacity_chosen = Signal(int)
    order_chosen = Signal(object)
    #: The keys belong to the board again.
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan-bar")
        self.setProperty("role", "card")
        self._is_filling = False
        self._groups: list[QWidget] = []
        self._averages_in_words: tuple[str, ...] = ("", "")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_STORED_AFTER_MS)
        self._wait.timeout.connect(self.store)
        self._build()
        self._connect()
        self._fit()

    def _build(self) -> None:
        self.field, self.slider = _DaysField(), Slider()
        self.field.setObjectName("capacity-field")
        self.slider.setObjectName("capacity-slider")
        self.field.setRange(0, MOST_DAYS)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._capacity, self._unit = make_label("secondary"), make_label("")
        self._exceptions = make_label("secondary")
        self.order = ValueButton("plan-order")
        self._menu = QMenu(self.order)
        self.order.setMenu(self._menu)
        self.status, self._steps = make_label("strong"), make_label("")
        self.status.setObjectName("plan-status")
        self.alerts = make_label("warning-strong")
        self.alerts.setObjectName("plan-alerts")
        self._averages = make_label("")
        self._averages.setObjectName("plan-averages")
        flow = FlowLayout(spacing=8)
        for group in (
            (self._capacity, self.field, self._unit, self.slider, self._exceptions),
            (self.order, self.status),
            (self._steps, self.alerts),
            (self._averages,),
        ):
            self._groups.append(_group(*group))
            flow.addWidget(self._groups[-1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 5, 14, 5)
        layout.addLayout(flow)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._on_slider)
        self.field.valueChanged.connect(self._on_field)
        self.field.editingFinished.connect(self.store)
        self.field.entered.connect(self.left)
        self.field.given_up.connect(self._give_up)
        self.slider.sliderReleased.connect(self.store)
        TYPE.changed.connect(self._fit)

    def _fit(self) -> None:
        self.slider.setFixedWidth(scaled(96))
        self.field.setFixedWidth(scaled(76))
        self.field.setMinimumHeight(scaled(28))
        self.slider.setMinimumHeight(scaled(28))
        self.order.setMinimumHeight(scaled(28))
        for group in self._groups:
            group.setMinimumHeight(scaled(28))

    # ---- capacity ----------------------------------------------------------------------------

    def _on_slider(self, days: int) -> None:
        if not self._is_filling:
            self.field.setValue(days)

    def _on_field(self, days: int) -> None:
        if self._is_filling:
            return
        self._show_on_slider(days)
        self.capacity_tried.emit(days)
        self._wait.start()

    def _show_on_slider(self, days: int) -> None:
        self._is_filling = True
        self.slider.setMaximum(max(self.slider.maximum(), days))
        self.slider.setValue(days)
        self._is_filling = False

    def store(self) -> None:
        """Keep the capacity that is tried out, unless the slider is still held."""
        if self.slider.isSliderDown():
            return
        if self._wait.isActive() or self.sender() is self._wait:
            self._wait.stop()
            self.capacity_chosen.emit(self.field.value())

    def _give_up(self) -> None:
        self._wait.stop()
        self.left.emit()

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self, tr: Translator) -> None:
        """Set every text but the figures."""
        self._capacity.setText(tr.gettext("Capacity"))
        self._unit.setText(tr.gettext("days a quarter"))
        self.field.setAccessibleName(tr.gettext("Capacity in person-days a quarter"))
        self.slider.setAccessibleName(tr.gettext("Capacity in person-days a quarter"))
        self._menu.clear()
        self._menu.setAccessibleName(tr.gettext("Order of the plan"))
        for order in PlanOrder:
            action = self._menu.addAction(menu_text(order_in_words(order, tr)))
            action.triggered.connect(
                lambda _checked=False, order=order: self.order_chosen.emit(order)
            )

    def fill(self, figures: PlanFigures, order: PlanOrder, tr: Translator) -> None:
        """Show the figures of a plan."""
        if not (self._wait.isActive() or self.field.hasFocus() or self.slider.isSliderDown()):
            self._is_filling = True
            self.slider.setRange(0, max(120, figures.capacity * 2))
            self.field.setValue(figures.capacity)
            self.slider.setValue(figures.capacity)
            self._is_filling = False
        remark = figures.exceptions
        if figures.is_assumed:
            remark = tr.gettext("assumed, not agreed")
        _show(self._exceptions, remark)
        words = order_in_words(order, tr)
        self.order.set_value(words, "", tr.gettext("Order: {order}", order=words))
        self.status.setText(figures.status)
        self.status.setToolTip(figures.explained)
        self.status.setAccessibleDescription(figures.explained)
        self._steps.setText(figures.steps)
        _show(self.alerts, figures.alerts)
        self._averages_in_words = tuple(
            averages_in_words(figures, tr, is_brief=is_brief) for is_brief in (False, True)
        )
        self._show_averages()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_averages()

    def show_averages(self, are_shown: bool) -> None:
        """Show the averages, or leave their room to the cards."""
        self._groups[-1].setVisible(are_shown)

    def _show_averages(self) -> None:
        """In a narrow window the average at the end alone."""
        self._averages.setText(self._averages_in_words[self.width() < scaled(_WIDE)])

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.order.apply_theme(theme)

    def focus_capacity(self) -> None:
        """Put the focus into the field for the capacity."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()


def order_in_words(order: PlanOrder, tr: Translator) -> str:
    """Name of a way to order the plan."""
    return tr.gettext("best plan") if order is PlanOrder.BEST else tr.gettext("by priority")


def averages_in_words(figures: PlanFigures, tr: Translator, *, is_brief: bool) -> str:
    """Growth of the average: now, in the middle unless in brief, at the end, and the target."""
    if not figures.averages:
        return ""
    shown = (figures.averages[0], *figures.averages[-1 if is_brief else 1 :])
    way = " → ".join(" ".join(part for part in each if part) for each in dict.fromkeys(shown))
    return tr.gettext("Average {way}, target {target}", way=way, target=figures.target)


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _group(*widgets: QWidget) -> QWidget:
    """Widgets that stay side by side."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    return group
