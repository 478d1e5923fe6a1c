"""Header bar: breadcrumb, saving state, undo, and page buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.words.texts import Translator
from ui.pages import FIRST_PAGES, PAGE_BY_NAME
from ui.shell.brand import BRAND, HEADER_HEIGHT
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, make_frame, make_label, set_role
from ui.widgets.controls import ChoiceButton, SteadyButton
from ui.widgets.flow_layout import SideBySide

FAMILIES = ("library", "scoring", "results", "roadmap")


class HeaderBar(QWidget):
    """Brand, session, saved time, undo and a button for each family of pages."""

    page_chosen = Signal(str)
    #: The name of the session was clicked.
    title_pressed = Signal()
    undo_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header-bar")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._bar = make_frame("bar", self)
        TYPE.changed.connect(self._fit)
        self._fit()
        brand = make_label("brand")
        brand.setText(BRAND)
        self.title = _Title("place")
        self.title.setObjectName("session-title")
        self.saved = make_label("place")
        self.saved.setObjectName("saved-time")
        self.undo = _button("undo-button")
        self._pages = {family: ChoiceButton(f"to-{family}") for family in FAMILIES}
        self._brand = brand
        self._place, row = QHBoxLayout(), QHBoxLayout()
        self._place.addWidget(brand)
        self._place.addSpacing(8)
        self._place.addWidget(self.title, 1)
        self._place.addWidget(self.saved)  # above the buttons, where they fill a row of their own
        self._place.addSpacing(4)
        row.addStretch(1)
        row.addWidget(self.undo)
        for each in (self._place, row):
            each.setSpacing(8)
        self._rows = SideBySide(self._place, row)
        inside = QHBoxLayout(self._bar)
        inside.setContentsMargins(16, 0, 16, 0)
        inside.addWidget(self._rows)
        for button in self._pages.values():
            row.addWidget(button)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._bar)

    def _fit(self) -> None:
        self._bar.setMinimumHeight(scaled(HEADER_HEIGHT))

    def _connect(self) -> None:
        self.undo.clicked.connect(self.undo_pressed)
        self.title.pressed.connect(self.title_pressed)
        for family, button in self._pages.items():
            first = FIRST_PAGES[family].name
            button.clicked.connect(lambda _checked=False, name=first: self.page_chosen.emit(name))

    def page_button(self, family: str) -> QPushButton:
        """The button that leads to a family of pages."""
        return self._pages[family]

    def show_saved(self, text: str, *, warning: bool) -> None:
        """Show the saving state; ``warning`` makes it stand out."""
        set_role(self.saved, "warning-strong" if warning else "place")
        self.saved.setText(text)
        self.saved.setVisible(bool(text))

    def retranslate(self, tr: Translator) -> None:
        """Set every text but those of the session."""
        self.undo.setText("↶ " + tr.gettext("Undo"))
        self.undo.setAccessibleName(tr.gettext("Undo"))
        words = {
            "library": tr.gettext("Library"),
            "scoring": tr.gettext("Scoring"),
            "results": tr.gettext("Results"),
            "roadmap": tr.gettext("Roadmap"),
        }
        for name, word in words.items():
            self._pages[name].setText(word)
            self._pages[name].setAccessibleName(word)

    def show_page(self, name: str, *, has_session: bool) -> None:
        """Mark the family of the page that is shown; some need a session."""
        for key, button in self._pages.items():
            button.setChecked(key == PAGE_BY_NAME[name].family)
            button.setVisible(has_session or not FIRST_PAGES[key].needs_session)
        self.undo.setVisible(has_session)

    def show_undo(self, text: str, step: str, *, possible: bool) -> None:
        """Show a tool tip; ``step``, for screen readers, is what undo takes back."""
        self.undo.setEnabled(possible)
        self.undo.setToolTip(text)
        self.undo.setAccessibleDescription(step)


class _Title(ElidedLabel):
    """The name of the session; a click is for the mouse what a key is for the keyboard."""

    pressed = Signal()

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that the text can be clicked."""
        shapes = Qt.CursorShape
        on_text = self._is_on_text(event)
        self.setCursor(shapes.PointingHandCursor if on_text else shapes.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on the text."""
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_text(event):
            self.pressed.emit()

    def _is_on_text(self, event: QMouseEvent) -> bool:
        is_inside = 0 <= event.position().x() <= self.sizeHint().width()
        return bool(self.full_text()) and is_inside


def _button(name: str) -> SteadyButton:
    button = SteadyButton()
    button.setObjectName(name)
    # A click leaves the keys with the page.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
