"""Card with the reason for a level: note and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.session.evidence import Evidence, EvidenceKind
from app.session.field_types.texts import MAX_NOTE_LENGTH
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.fades import paint_fade
from ui.scoring.evidence_form import EvidenceForm
from ui.type_scale import TYPE, scaled
from ui.widgets.announcer import show_fault_at
from ui.widgets.basics import ElidedLabel, discard, make_label, plain_tool_tip
from ui.widgets.controls import PressButton, follow_in_tabs, set_heading
from ui.widgets.flow_layout import FittingScroll, FlowLayout
from ui.widgets.store_delay import StoreDelay

_HEADING_HEIGHT = 24
_ROW_HEIGHT = 28
"""Of a line of evidence."""
_LINES_IN_USE = 5
_ROUND_NOTE = 6
"""Border, padding and margins above and below the lines of a note."""
_FADE = 64
_USE_ENDS_AFTER_MS = 60


class NoteEditor(QPlainTextEdit):
    """Editor of the note; stores while it is typed, with a debounce, and on losing focus.

    The text is announced by :attr:`note_typed` together with the area it was typed for, so that
    it can never land on another one.
    """

    #: Area id and text.
    note_typed = Signal(str, str)
    #: True when typed text begins to wait, False when the stored note is shown in its place.
    waiting_changed = Signal(bool)
    #: The user is done with the note; the focus returns to the page.
    left = Signal()
    #: More was typed or pasted than a note holds.
    grew_too_long = Signal()
    #: The focus has gone elsewhere; the step is complete.
    focus_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note-editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "value")
        self.document().setDocumentMargin(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        # The window undoes typing here word by word (ui/shell/text_undo.py), and in the session
        # as one step.
        self.setUndoRedoEnabled(False)
        self._ground = LIGHT.surface
        self._lines = 1
        self._area_id = ""
        self._is_typed = False
        self.delay = StoreDelay(self)
        self.delay.due.connect(self.flush)
        self.textChanged.connect(self._on_text_changed)

    def show_note(self, area_id: str, note: str) -> None:
        """Show the note of an area; text being typed for the same area is kept."""
        if area_id == self._area_id and (self._is_typed or note == self.toPlainText()):
            return
        self.flush()
        position = self.textCursor().position() if area_id == self._area_id else 0
        self._area_id = area_id
        self.blockSignals(True)
        self.setPlainText(note)
        self.blockSignals(False)
        self.waiting_changed.emit(False)
        cursor = self.textCursor()
        cursor.setPosition(min(position, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def flush(self) -> None:
        """Emit pending input. Idempotent."""
        self.delay.stop()
        if self._is_typed:
            self._is_typed = False
            self.note_typed.emit(self._area_id, self.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Enter go back to the levels."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and with_control):
            self.flush()
            self.left.emit()
            return
        if (
            event.text().isprintable()
            and not with_control
            and not self._has_room(len(event.text()))
        ):
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole lines only; the rest of the height stays empty."""
        super().resizeEvent(event)
        line = self.line_height()
        room = self.height() - _ROUND_NOTE
        self.setViewportMargins(0, 0, 0, room % line if room > line else 0)
        self._lines = max(1, room // line)

    def line_height(self) -> int:
        """Height of a line; the layout of a text rounds up."""
        return ceil(QFontMetricsF(self.font()).lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the last line fade where the note goes on below it."""
        super().paintEvent(event)
        goes_on = self.document().size().height() > self._lines and not self.hasFocus()
        tip = plain_tool_tip(self.toPlainText()) if goes_on else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
        if goes_on:
            room = self.viewport().rect()
            room.setLeft(room.right() - scaled(_FADE))
            room.setTop((self._lines - 1) * self.line_height())
            paint_fade(QPainter(self.viewport()), room, self._ground, to_right=True)

    def set_ground(self, colour: str) -> None:
        """The colour behind the text."""
        self._ground = colour

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
        self.focus_left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text only, and only what fits: half a text would look like all of it."""
        if source.hasText() and self._has_room(len(source.text())):
            self.insertPlainText(source.text())

    def _has_room(self, more: int) -> bool:
        """True if so many characters still fit; otherwise ``grew_too_long`` is emitted."""
        selected = len(self.textCursor().selectedText())
        length = self.document().characterCount() - 1 - selected + more
        if more and length > MAX_NOTE_LENGTH:
            self.flush()  # storing clears the sentence, so it must not come later
            self.grew_too_long.emit()
            return False
        return True

    def _on_text_changed(self) -> None:
        self.delay.touch()
        if not self._is_typed:
            self._is_typed = True
            self.waiting_changed.emit(True)


class _Use(QObject):
    """Tells when a field begins and ends to have the focus.

    The end waits until no mouse button is down: what is being clicked must not move away.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_used = False
        self._ending = QTimer(self)
        self._ending.setSingleShot(True)
        self._ending.setInterval(_USE_ENDS_AFTER_MS)
        self._ending.timeout.connect(self._end)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._ending.stop()
            if not self.is_used:
                self.is_used = True
                self.changed.emit()
        elif event.type() == QEvent.Type.FocusOut:
            self._ending.start()
        return False

    def _end(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._ending.start()
            return
        self.is_used = False
        self.changed.emit()


class ReasonCard(QFrame):
    """Note editor, evidence line, and the form for new evidence in their place."""

    evidence_opened = Signal(str)
    evidence_removed = Signal(str)
    file_dropped = Signal(Path)
    form_wanted = Signal()
    #: The card needs another height than before.
    room_wanted = Signal()
    #: The form goes while it has the focus, which has to be moved.
    focus_released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("reason-card")
        self.setAcceptDrops(True)
        self._evidence: tuple[Evidence, ...] | None = None
        self._entries: list[QWidget] = []
        self._build()

    def _build(self) -> None:
        self._heading = ElidedLabel("heading")
        self.note = NoteEditor()
        self.add = PressButton("add-evidence", "link")
        self.add.clicked.connect(self.form_wanted)
        top = QHBoxLayout()
        top.setContentsMargins(5, 0, 0, 0)
        top.addWidget(self._heading, 1)
        top.addWidget(self.add)
        self.form = EvidenceForm()
        self.form.cancel.hide()
        self.form.room_wanted.connect(self.room_wanted)
        top.addWidget(self.form.cancel)
        self._fault = make_label("warning", wrap=True)
        self._fault.hide()
        self._line = FlowLayout()
        self._read = QWidget()
        read = QVBoxLayout(self._read)
        read.setContentsMargins(0, 0, 0, 0)
        read.setSpacing(4)
        read.addWidget(self.note, 1)
        read.addWidget(self._fault)
        read.addWidget(self._evidence_strip())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._read)
        self._stack.addWidget(self.form)
        layout = QVBoxLayout(self)
        # Field and links have an inner margin of their own; their words align with the heading.
        layout.setContentsMargins(11, 6, 12, 4)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._use = _Use(self)
        self._use.changed.connect(self._on_use_changed)
        self.note.installEventFilter(self._use)
        self.note.document().documentLayout().documentSizeChanged.connect(self._on_text_resized)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for fixed in (self._heading, self.add, self.form.cancel):
            fixed.setFixedHeight(scaled(_HEADING_HEIGHT))
        self._fit_strip()

    def _fit_strip(self) -> None:
        """Two rows of evidence, one where the card is too low: what is below must scroll."""
        row = scaled(_ROW_HEIGHT)
        beside = self._height_around() + self.note.line_height() + _ROUND_NOTE + 4
        self._strip.set_tallest(2 * row if self.height() >= beside + 2 * row else row)
        self._strip.refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    @staticmethod
    def _height_around() -> int:
        """Height of the heading and the space around the content."""
        return scaled(_HEADING_HEIGHT) + 10 + 2

    def _on_use_changed(self) -> None:
        # A bar that comes and goes with the height would wrap the text again each time.
        policy = Qt.ScrollBarPolicy
        used = self._use.is_used
        self.note.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if used else policy.ScrollBarAlwaysOff
        )
        if not used:
            self.note.verticalScrollBar().setValue(0)
        self.room_wanted.emit()

    def _on_text_resized(self) -> None:
        self.room_wanted.emit()

    @property
    def is_used(self) -> bool:
        """True while the note is being written or the form for evidence is open."""
        return self._use.is_used or self._stack.currentWidget() is self.form

    def needed_height(self) -> int:
        """Height in which nothing is cut, with room to write on while it is used."""
        around = self._height_around()
        if self._stack.currentWidget() is self.form:
            return around + self.form.needed_height(self._stack.width())
        lines = round(self.note.document().size().height())
        if self._use.is_used:
            lines = max(lines + 1, _LINES_IN_USE)
        height = around + lines * self.note.line_height() + _ROUND_NOTE
        for below in (self._fault, self._strip):
            if not below.isHidden() and (below is not self._strip or self._evidence):
                height += 4 + below.sizeHint().height()
        return height

    def _evidence_strip(self) -> QWidget:
        """As many lines as the evidence needs, two of them in sight."""
        inside = QWidget()
        inside.setLayout(self._line)
        self._strip = FittingScroll(2 * _ROW_HEIGHT)
        self._strip.setObjectName("evidence-strip")
        self._strip.set_content(inside)
        return self._strip

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self, tr: Translator) -> None:
        """Set the texts."""
        set_heading(self._heading, tr.gettext("Reason and evidence"))
        self.note.setPlaceholderText(
            tr.gettext("Why this level? An example, a deviation, what was agreed …")
        )
        self.note.setAccessibleName(tr.gettext("Reason"))
        self.add.set_text(tr.gettext("+ Evidence"), tr.gettext("Add evidence"))
        self.form.retranslate(tr)
        self._evidence = None

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.note.set_ground(theme.surface)

    def fill_evidence(self, evidence: Sequence[Evidence], tr: Translator) -> None:
        """Show the evidence as links."""
        if self._evidence == tuple(evidence):
            return
        self._evidence = tuple(evidence)
        for entry_widget in self._entries:
            self._line.removeWidget(entry_widget)
            discard(entry_widget)
        self._entries = [self._entry(entry, tr) for entry in self._evidence]
        for widget in self._entries:
            self._line.addWidget(widget)
        follow_in_tabs(self.note, [b for e in self._entries for b in e.findChildren(PressButton)])
        self._strip.setVisible(bool(self._entries))
        self._fit_strip()
        self.room_wanted.emit()

    def _entry(self, entry: Evidence, tr: Translator) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(self._link(entry, tr))
        row.addWidget(self._remover(entry, tr))
        return both

    def show_fault(self, sentence: str) -> None:
        """Show an error below the note; an empty text hides it."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        show_fault_at(self.note, sentence)
        self.room_wanted.emit()

    def _link(self, entry: Evidence, tr: Translator) -> PressButton:
        is_link = entry.kind is EvidenceKind.LINK
        kind = tr.gettext("link") if is_link else tr.gettext("file")
        link = PressButton(f"evidence-{entry.id}", "link")
        title = link.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideMiddle, scaled(220)
        )
        text = tr.pgettext("evidence", "{title} ({kind})", title=title, kind=kind)
        full = tr.pgettext("evidence", "{title} ({kind})", title=entry.title, kind=kind)
        link.set_text(text.replace("&", "&&"), tr.gettext("Open {evidence}", evidence=full))
        link.setToolTip(plain_tool_tip(entry.address if is_link else entry.title))
        link.clicked.connect(lambda: self.evidence_opened.emit(entry.id))
        return link

    def _remover(self, entry: Evidence, tr: Translator) -> PressButton:
        remover = PressButton(f"remove-evidence-{entry.id}", "link")
        remover.setMinimumWidth(24)
        remover.set_text("×", tr.gettext("Remove {evidence}", evidence=entry.title))
        remover.setToolTip(plain_tool_tip(tr.gettext("Remove {evidence}", evidence=entry.title)))
        remover.clicked.connect(lambda: self.evidence_removed.emit(entry.id))
        return remover

    # ---- the form ----------------------------------------------------------------------------

    def open_form(self, area_id: str) -> None:
        """Show the form for new evidence, with the focus in its first field."""
        if self._stack.currentWidget() is self.form:
            self.form.address.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._show_form(True)
        self.form.start(area_id)

    def open_form_for_fault(self, area_id: str, sentence: str) -> None:
        """Show in the form why something was not attached; the input stays."""
        self.open_form(area_id)
        self.form.show_fault(sentence)

    def put_form_aside(self) -> None:
        """Return to note and evidence; the draft is kept for its area."""
        if self._stack.currentWidget() is self.form:
            self.form.put_aside()
        self.close_form()

    def close_form(self) -> None:
        """Return to note and evidence."""
        self._show_form(False)

    def _show_form(self, shown: bool) -> None:
        focused = QApplication.focusWidget()
        if not shown and focused is not None and self._belongs_to_form(focused):
            self.focus_released.emit()
        self._stack.setCurrentWidget(self.form if shown else self._read)
        self.form.cancel.setVisible(shown)
        self.add.setVisible(not shown)
        self.room_wanted.emit()

    def _belongs_to_form(self, widget: QWidget) -> bool:
        return widget is self.form.cancel or self.form.isAncestorOf(widget)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Every dropped file becomes evidence."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.file_dropped.emit(Path(url.toLocalFile()))
        event.acceptProposedAction()
