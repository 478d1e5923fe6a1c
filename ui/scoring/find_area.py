"""Search for an area by name, in a pop-up list over the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.context import Context
from ui.scoring.area_search import rank
from ui.scoring.found_areas import Findable, FoundAreas, FoundDelegate, findable_areas
from ui.type_scale import scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.controls import focus_field
from ui.widgets.row_model import Index
from ui.workspace import Workspace


class FindArea(QFrame):
    """A field and the areas that match; Enter goes there, Esc leaves."""

    #: The id of the area that was picked.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("find-area")
        self.setProperty("role", "card")
        self._areas: tuple[Findable, ...] = ()
        self._field = QLineEdit()
        self._field.setObjectName("find-area-field")
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._fill)
        self._list = QListView()
        self._list.setViewport(QWidget())
        self._list.setObjectName("find-area-list")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._rows = FoundAreas(self)
        self._delegate = FoundDelegate(self._list)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.clicked.connect(self._pick)
        self._nothing = make_label("secondary", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._field)
        layout.addWidget(self._nothing)
        layout.addWidget(self._list, 1)
        self.hide()

    def retranslate(self, tr: Translator) -> None:
        """Set the texts."""
        self._field.setPlaceholderText(tr.gettext("Part of the name"))
        self._field.setAccessibleName(tr.gettext("Find an area"))
        self._list.setAccessibleName(tr.gettext("Areas found"))
        self._nothing.setText(tr.gettext("No area has this name."))

    def open(self, context: Context, workspace: Workspace) -> None:
        """Store what is typed, and show the field, empty, with all areas of a session below."""
        context.flush_pending_edits()
        session, figures = workspace.session, workspace.figures
        self._areas = tuple(findable_areas(session, figures, context.texts))
        self._delegate.theme = context.theme
        self._fill()
        self.show()
        self.raise_()
        focus_field(self._field)

    def place(self) -> None:
        """Stay centred near the top of the page, no taller than what was found."""
        page = self.parentWidget()
        if page is None:
            return
        width = min(scaled(460), page.width() - 48)
        rows = self._list.sizeHintForRow(0) * self._rows.rowCount()
        around = self.sizeHint().height() - self._list.sizeHint().height()
        height = min(around + max(rows, 0) + 4, scaled(400), page.height() - 48)
        self.setGeometry((page.width() - width) // 2, 24, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list, pick or leave; leaving the field closes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key_pressed(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # Whatever is typed here is a search; only the keys with Ctrl stay with the window.
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
            return False
        if isinstance(event, QFocusEvent) and event.lostFocus():
            popup = event.reason() == Qt.FocusReason.PopupFocusReason
            if not popup and QApplication.activePopupWidget() is None:
                self.hide()
                # Not when it opens: readers would take the emptied field for the one they know.
                self._areas = ()
                self._field.clear()
        return super().eventFilter(watched, event)

    def _on_key_pressed(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        count, current = self._rows.rowCount(), self._list.currentIndex()
        if key in steps and count:
            self._choose(max(0, min(current.row() + steps[key], count - 1)))
            chosen = self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
            announce(self._field, str(chosen))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current.isValid():
                self._pick(current)
            return True
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave()
            return True
        return False

    def _fill(self) -> None:
        query = self._field.text()
        ranked = [(rank(query, area.names), area) for area in self._areas]
        found = [(place, area) for place, area in ranked if place is not None]
        self._rows.show_rows([area for _, area in sorted(found, key=lambda each: each[0])])
        self._choose(0)
        self._nothing.setVisible(not found)
        self._list.setVisible(bool(found))
        self.place()

    def _choose(self, row: int) -> None:
        self._list.setCurrentIndex(self._rows.index(row))

    def _pick(self, index: Index) -> None:
        found: Findable = index.data(FoundAreas.RowRole)
        self._leave()
        self.area_chosen.emit(found.row.id)

    def _leave(self) -> None:
        page = self.parentWidget()
        self.hide()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
