"""Main window without content: geometry, first paint, keys, drag and drop, closing.

It is painted before the rest of the program is loaded, so it imports little. Once ``painted`` is
emitted, :class:`ui.shell.shell.Shell` replaces the empty background.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator, translator_for
from exports.palette import PALETTES
from ui.shell.application import running_application
from ui.shell.brand import BRAND, HEADER_HEIGHT
from ui.shell.menus import Menus
from ui.shell.placement import (
    SMALLEST,
    available_for,
    first_place,
    fitted,
    has_room_for_default,
)
from ui.shell.settings import Settings
from ui.system_colours import SYSTEM_COLOURS
from ui.theme import apply_theme, apply_type_size
from ui.trace import mark
from ui.type_scale import body_for, font_pixels, scaled

REMEMBER_AFTER_MS = 400
NO_PAINT_MS = 2_000


class MainWindow(QMainWindow):
    """The frame around the shell."""

    #: Emitted once, after the first paint.
    painted = Signal()
    #: The window fills the screen now, or does so no longer.
    full_screen_changed = Signal(bool)
    #: What had the focus is gone; whatever comes next in the Tab order must not get it by chance.
    focus_orphaned = Signal()
    #: Files were dropped on the window (``list[Path]``).
    files_dropped = Signal(object)
    #: Esc was pressed, and neither a field nor the page had a use for it.
    escape_pressed = Signal()
    #: A key of the digit row was pressed that types another sign there, as on a French keyboard.
    digit_pressed = Signal(str)

    def __init__(self, settings: Settings, language: str) -> None:
        super().__init__()
        self.settings = settings
        self.texts: Translator = translator_for(language)
        #: Called before closing; returns False to keep the window open.
        self.prepare_to_close: Callable[[], bool] = lambda: True
        self._was_painted = False
        self._placed_size = QSize()
        self._wants_all = False
        self._reached_by_tab: QWidget | None = None
        self.setObjectName("main-window")
        self.setWindowTitle(BRAND)
        self.setMinimumSize(*SMALLEST)
        is_chosen = settings.theme in PALETTES
        theme = PALETTES[settings.theme] if is_chosen else SYSTEM_COLOURS.theme()
        apply_theme(running_application(), theme)
        self.menus = Menus(self.menuBar())
        self.menus.retranslate_titles(self.texts)
        self.setCentralWidget(_empty_ground())
        running_application().fontChanged.connect(self.fit_type)
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(REMEMBER_AFTER_MS)
        self._remember.timeout.connect(self.remember_place)

    # ---- place on the screen -----------------------------------------------------------------

    def show_at_last_place(self) -> None:
        """Show the window where it was, inside of a screen; never in full screen."""
        if self.settings.geometry.isEmpty() or not self.restoreGeometry(self.settings.geometry):
            self._take_first_place()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._move_onto_screen()
        self._placed_size = self.size()
        self.fit_type()
        self.show()
        QTimer.singleShot(NO_PAINT_MS, self, self._on_painted)

    def _take_first_place(self) -> None:
        available = QGuiApplication.primaryScreen().availableGeometry()
        self.setGeometry(first_place(available))
        self._wants_all = not has_room_for_default(available)

    def _settle(self) -> None:
        """Take the place that is right with the frame, whose size is known now."""
        if self.size() != self._placed_size:
            return
        if self._wants_all:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        else:
            self._move_onto_screen()

    def _move_onto_screen(self) -> None:
        """Take no more room than the screen has, and stay inside of it."""
        if self.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            return
        frame = self.frameGeometry()
        place = fitted(frame, available_for(frame))
        if place != frame:
            self.resize(self.size() - frame.size() + place.size())
            self.move(place.topLeft())

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to the size before."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # ---- size of the type --------------------------------------------------------------------

    def fit_type(self) -> None:
        """Let the type follow the size of the window, the system's font and the zoom."""
        font = font_pixels(QApplication.font())
        body = body_for(self.width(), self.height(), font, self.settings.zoom)
        apply_type_size(running_application(), body)

    def set_zoom(self, zoom: int) -> None:
        """Show all type in so many per cent of its usual size, now and after the next start."""
        self.settings.put("view/zoom", str(zoom))
        self.fit_type()

    def remember_place(self) -> None:
        """Store size and position for the next start."""
        self._remember.stop()
        self.settings.put("window/geometry", self.saveGeometry())

    def bring_forward(self) -> None:
        """Raise and activate the window: the program was started a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    # ---- Qt's events -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            mark("painted")
            self._settle()
            self.painted.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            from ui.shell.keys import belongs_to

            focused = QApplication.focusWidget()
            by_tab = focused is not None and focused is self._reached_by_tab
            if belongs_to(focused, event, reached_by_tab=by_tab):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from ui.shell.keys import digit_by_place

        if event.isAutoRepeat():
            return
        digit = digit_by_place(event)
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        elif digit:
            self.digit_pressed.emit(digit)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move with Tab; away from what is hidden or disabled, Qt asks for a move, too."""
        left = QApplication.focusWidget()
        if left is not None and not (left.isVisible() and left.isEnabled()):
            self.focus_orphaned.emit()
            if QApplication.focusWidget() is not left:
                return True
        moved = super().focusNextPrevChild(next)
        self._reached_by_tab = QApplication.focusWidget()
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_type()
        self._remember.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._remember.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.full_screen_changed.emit(self.isFullScreen())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event)
        if files:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.files_dropped.emit(files))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything is saved, or once the user has confirmed."""
        if not self.prepare_to_close():
            event.ignore()
            return
        super().closeEvent(event)


def dropped_files(event: QDropEvent) -> list[Path]:
    """The local files of a drop."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _empty_ground() -> QWidget:
    """Content of the first paint below the menus: a bar with the program's name."""
    ground = QWidget()
    bar = QFrame(ground)
    bar.setProperty("role", "bar")
    bar.setFixedHeight(scaled(HEADER_HEIGHT))
    brand = QLabel(BRAND)
    brand.setProperty("role", "brand")
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(brand)
    row.addStretch(1)
    rule = QFrame()
    rule.setProperty("role", "rule")
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(bar)
    layout.addWidget(rule)
    layout.addStretch(1)
    return ground
