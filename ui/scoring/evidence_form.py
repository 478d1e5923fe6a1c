"""Form for new evidence: link or file, and title."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.widgets.announcer import show_fault_at
from ui.widgets.basics import make_label
from ui.widgets.controls import PressButton, focus_field

_LONGEST_PATH = 4096


class EvidenceForm(QWidget):
    """One field takes a link or the path of a file; Enter adds, Esc leaves."""

    #: Address and title of a link.
    link_entered = Signal(str, str)
    #: A file that exists.
    file_entered = Signal(Path)
    left = Signal()
    #: There is more or less to show than before.
    room_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialog_title = ""
        self._area_id = ""
        self._drafts: dict[str, tuple[str, str]] = {}
        self._build()
        self._connect()

    def _build(self) -> None:
        self.address = QLineEdit()
        self.address.setObjectName("evidence-address")
        self.title = QLineEdit()
        self.title.setObjectName("evidence-title")
        self._browse = PressButton("evidence-browse")
        self._add = PressButton("evidence-add", "primary")
        #: Placed beside the heading of the card, because the form has no spare width.
        self.cancel = PressButton("evidence-cancel", "link")
        self._fault = make_label("warning", wrap=True)
        self._fault.hide()
        self._fault.setObjectName("evidence-fault")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        # Rows of their own: no button must take room from the field of the other.
        for field, button in ((self.address, self._browse), (self.title, self._add)):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(field, 1)
            row.addWidget(button)
            layout.addLayout(row)
        layout.addWidget(self._fault)
        layout.addStretch(1)

    def _connect(self) -> None:
        self._browse.clicked.connect(self._choose_file)
        self._add.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        self.address.textChanged.connect(self._on_address_changed)
        for field in (self.address, self.title):
            field.returnPressed.connect(self.submit)

    def retranslate(self, tr: Translator) -> None:
        """Set the texts."""
        self.address.setPlaceholderText(tr.gettext("Link, or the path of a file"))
        self.address.setAccessibleName(tr.gettext("Evidence"))
        self.title.setPlaceholderText(tr.gettext("Title (optional)"))
        self.title.setAccessibleName(tr.gettext("What the evidence is called"))
        self._browse.set_text(tr.gettext("Choose file …"))
        self._add.set_text(tr.gettext("Add"), tr.gettext("Add evidence"))
        self.cancel.set_text(tr.gettext("Cancel"))
        self._dialog_title = tr.gettext("Choose a file as evidence")

    def start(self, area_id: str) -> None:
        """Open the form for an area and focus the first field; restores its draft."""
        self._area_id = area_id
        address, title = self._drafts.pop(area_id, ("", ""))
        self.address.setText(address)
        self.title.setText(title)
        self.show_fault("")
        focus_field(self.address)

    def put_aside(self) -> None:
        """Keep the draft until the form is opened on its area again."""
        begun = (self.address.text(), self.title.text())
        if any(text.strip() for text in begun):
            self._drafts[self._area_id] = begun

    def forget(self) -> None:
        """Discard drafts: they must not show in another session."""
        self._drafts.clear()

    def show_fault(self, sentence: str) -> None:
        """Show an error below the fields."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self.room_wanted.emit()
        show_fault_at(self.address, sentence)

    def needed_height(self, width: int) -> int:
        """Height in which nothing is cut."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():  # only while there is a fault
            return layout.totalHeightForWidth(width)
        return self.sizeHint().height()

    def submit(self) -> None:
        """Emit the input as a link or a file."""
        text = self.address.text().strip()
        path = file_named(text)
        if path is not None:
            self.file_entered.emit(path)
        else:
            self.link_entered.emit(text, self.title.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Enter belongs to the fields."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _on_address_changed(self, text: str) -> None:
        # A file keeps its own name, so a title would be thrown away. A path on a server is looked
        # up only when it is handed over: the server may take its time.
        on_server = text.startswith(("\\\\", "//"))
        self.title.setEnabled(on_server or file_named(text.strip()) is None)
        self.show_fault("")

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self._dialog_title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        self.address.setText(path)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)


def file_named(text: str) -> Path | None:
    """The file a text names, or ``None``; what looks like a link is never looked up as a file."""
    if not text or "://" in text or len(text) > _LONGEST_PATH or "\0" in text:
        return None
    path = Path(text.strip('"'))
    try:
        return path if path.is_absolute() and path.is_file() else None
    except OSError:
        return None
