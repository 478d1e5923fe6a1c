"""Bar that marks an area as not applicable: asks for the reason, then shows it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.widgets.announcer import announce, show_fault_at
from ui.widgets.basics import ElidedLabel, make_label
from ui.widgets.controls import PressButton, focus_field


class NotApplicableBar(QFrame):
    """Hidden while an area simply applies; a field while a reason is typed; else the reason.

    A level that was pressed has to be confirmed here.
    """

    reason_entered = Signal(str)
    made_applicable = Signal()
    left = Signal()
    #: The answers to :meth:`ask_level`.
    level_confirmed = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("not-applicable-bar")
        self._is_asking = False
        self._doubted: int | None = None
        self._tr = Translator()
        self._shown: tuple[str, str | None] = ("", None)
        self._drafts: dict[str, str] = {}
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self._caption = make_label("strong")
        self._reason = ElidedLabel()
        self._reason.setObjectName("not-applicable-reason")
        self.field = QLineEdit()
        self.field.setObjectName("not-applicable-field")
        self.field.installEventFilter(self)
        self._store = PressButton("not-applicable-store", "primary")
        self._leave = PressButton("not-applicable-cancel")
        self._change = PressButton("not-applicable-change", "link")
        self._apply = PressButton("make-applicable", "link")
        self._confirm = PressButton("score-all-the-same", "primary")
        self._keep = PressButton("keep-not-applicable")
        self._fault = make_label("warning", wrap=True)
        self._fault.setObjectName("not-applicable-fault")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._caption)
        row.addWidget(self._reason, 1)
        row.addWidget(self.field, 1)
        for button in self._buttons():
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._fault)

    def _buttons(self) -> tuple[PressButton, ...]:
        asked = (self._confirm, self._keep)
        return (self._store, self._leave, self._change, self._apply, *asked)

    def _connect(self) -> None:
        self._confirm.clicked.connect(self.level_confirmed)
        self._keep.clicked.connect(self.kept)
        self._store.clicked.connect(self._submit)
        self._leave.clicked.connect(self.close_field)
        self._change.clicked.connect(self.ask)
        self._apply.clicked.connect(self.made_applicable)

    def retranslate(self, tr: Translator) -> None:
        """Set the texts."""
        self._tr = tr
        self._name_question()
        self.field.setPlaceholderText(tr.gettext("Why does this area not apply?"))
        self.field.setAccessibleName(tr.gettext("Not applicable, with reason"))
        self._store.set_text(tr.gettext("Store"), tr.gettext("Store the reason"))
        self._leave.set_text(tr.gettext("Cancel"))
        self._change.set_text(tr.gettext("Change reason"))
        self._apply.set_text(tr.gettext("Make applicable"))

    def fill(self, area_id: str, reason: str | None) -> None:
        """Show the reason of an area, or nothing for an applicable one.

        A reason that is being typed for the same area is left alone; one that was begun for
        another area is shown again when the field is opened there.
        """
        if self._is_asking and (area_id, reason) == self._shown:
            return
        if self._is_asking and area_id != self._shown[0] and self.field.text().strip():
            self._drafts[self._shown[0]] = self.field.text()
        self._is_asking = False
        self._shown = (area_id, reason)
        self._reason.setText(reason or "")
        self._show_parts(is_out=reason is not None)

    def ask_level(self, level: int | None) -> None:
        """Ask if a level is meant although the area does not apply; ``None`` ends the question."""
        self._doubted = level
        self._name_question()
        self._show_parts(is_out=self._shown[1] is not None)
        if level is not None:
            announce(self, self._caption.text())

    def _name_question(self) -> None:
        tr, level = self._tr, self._doubted
        question = tr.gettext("Not applicable – score {level} all the same?", level=level)
        self._caption.setText(tr.gettext("Not applicable") if level is None else question)
        self._confirm.set_text(tr.gettext("Score {level}", level=level))
        self._keep.set_text(tr.gettext("Keep"), tr.gettext("Keep it not applicable"))

    def remember(self, area_id: str, reason: str) -> None:
        """Propose this reason when the area is taken out the next time."""
        self._drafts[area_id] = reason

    def ask(self) -> None:
        """Ask for the reason, with the focus in the field."""
        self._is_asking = True
        begun = self._drafts.pop(self._shown[0], "")
        if self.field.text() != (text := begun or self._reason.full_text()):
            self.field.setText(text)
        self._fault.clear()
        self._show_parts(is_out=bool(self._reason.full_text()))

    def forget(self) -> None:
        """Discard drafts: they must not show in another session."""
        self._is_asking = False
        self._drafts.clear()

    @property
    def is_asking(self) -> bool:
        """True while a reason is being typed."""
        return self._is_asking

    def show_fault(self, sentence: str) -> None:
        """Show an error about the reason; the typed text stays."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        show_fault_at(self.field, sentence)

    def close_field(self) -> None:
        """Leave without a change."""
        self._is_asking = False
        self._show_parts(is_out=bool(self._reason.full_text()))
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter stores, Esc leaves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._submit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_field()
                return True
        return super().eventFilter(watched, event)

    def _submit(self) -> None:
        self.reason_entered.emit(self.field.text())

    def _show_parts(self, *, is_out: bool) -> None:
        asking, doubting = self._is_asking, self._doubted is not None and not self._is_asking
        while_asking: tuple[QWidget, ...] = (self.field, self._store, self._leave)
        while_shown: tuple[QWidget, ...] = (self._change, self._apply)
        while_doubting: tuple[QWidget, ...] = (self._confirm, self._keep)
        self._fault.setVisible(False)
        self.setVisible(asking or is_out)
        if asking:
            for widget in while_asking:
                widget.show()
            # Before the button that was pressed is hidden: the focus goes to one place only.
            focus_field(self.field)
        for widget in while_shown:
            widget.setVisible(not asking and not doubting)
        for widget in while_doubting:
            widget.setVisible(doubting)
        for widget in while_asking:
            widget.setVisible(asking)
        self._reason.setVisible(not asking)
