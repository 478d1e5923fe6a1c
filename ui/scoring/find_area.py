"""Search for an area by name, in a pop-up list over the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from ui.widgets.basics import make_label, plain_tool_tip

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_AREA_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Findable:
    """An area that can be found: id, name as shown, and everything it may be called."""

    area_id: str
    shown: str
    names: tuple[str, ...]


def matches(query: str, name: str) -> bool:
    """True if a name holds every word of the query.

    Case and accents play no part: ``uberblick``, ``UEBERBLICK`` and ``Überblick`` are the same.
    """
    spellings = _spellings(name)
    return all(
        any(word in spelling for word in _spellings(part) for spelling in spellings)
        for part in query.split()
    )


def starts_a_word(query: str, name: str) -> bool:
    """True if a word of the name begins with the query; such areas come first."""
    return any(
        f" {said}".find(f" {asked}") >= 0
        for asked in _spellings(query.strip())
        for said in _spellings(name)
    )


def _spellings(text: str) -> set[str]:
    folded = unicodedata.normalize("NFC", text).casefold()
    bare = unicodedata.normalize("NFKD", folded)
    without_marks = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return {folded, without_marks, folded.translate(_GERMAN)}


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
        self._list = QListWidget()
        self._list.setObjectName("find-area-list")
        self._list.setProperty("role", "picks")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self._pick)
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

    def open(self, areas: Sequence[Findable]) -> None:
        """Show the field, empty, with all areas below."""
        self._areas = tuple(areas)
        self._field.clear()
        self._fill()
        self.place()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """Stay centred near the top of the page."""
        page = self.parentWidget()
        if page is None:
            return
        width = min(420, page.width() - 48)
        height = min(400, page.height() - 48)
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
        return super().eventFilter(watched, event)

    def _on_key_pressed(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps and self._list.count():
            row = self._list.currentRow() + steps[key]
            self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self._list.currentItem()
            if item is not None:
                self._pick(item)
            return True
        if key == Qt.Key.Key_Escape:
            self._leave()
            return True
        return False

    def _fill(self) -> None:
        query = self._field.text()
        found = [area for area in self._areas if any(matches(query, n) for n in area.names)]
        found.sort(key=lambda area: not any(starts_a_word(query, n) for n in area.names))
        self._list.clear()
        for area in found:
            item = QListWidgetItem(area.shown)
            item.setData(_AREA_ROLE, area.area_id)
            item.setToolTip(plain_tool_tip(area.shown))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._nothing.setVisible(not found)

    def _pick(self, item: QListWidgetItem) -> None:
        area_id = item.data(_AREA_ROLE)
        self._leave()
        self.area_chosen.emit(area_id)

    def _leave(self) -> None:
        page = self.parentWidget()
        self.hide()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
