"""Base class of dialogs: title, explanation, body and buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.words.texts import Translator
from ui.shell.placement import FRAME
from ui.type_scale import scaled
from ui.widgets.announcer import announce, show_fault_at
from ui.widgets.basics import make_label, set_role
from ui.widgets.flow_layout import FlowLayout, make_plain, take_in

_AROUND = 200
"""Height of title, lead and buttons, and a little more."""
_NOT_BY_CONTENT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class _Body(QScrollArea):
    """The middle of a dialog: as high as its content, and scrolled where the screen is lower."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        make_plain(self)
        self.setWidgetResizable(True)
        take_in(self, inside)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the content, at most what the screen has beside title and buttons."""
        layout = self._inside.layout()
        needed = self._inside.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(width)
        return min(needed, max(scaled(80), room_on_screen(self).height() - scaled(_AROUND)))

    def sizeHint(self) -> QSize:
        return QSize(self._inside.sizeHint().width(), self.heightForWidth(self._inner_width()))

    def minimumSizeHint(self) -> QSize:
        # The scroll bar stands beside the content: counted in, it never lies over the right edge.
        bar = self.verticalScrollBar().sizeHint().width()
        width = self._inside.minimumSizeHint().width() + bar
        least = self._inside.minimumSizeHint().height()
        return QSize(width, min(least, self.heightForWidth(self._inner_width())))

    def _inner_width(self) -> int:
        return max(self.width(), self._inside.minimumSizeHint().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the content."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def room_on_screen(widget: QWidget) -> QSize:
    """The largest size of a dialog: its screen without the frame, or the window behind it."""
    room = widget.screen().availableGeometry().size() - FRAME
    behind = widget.window().parentWidget()
    return room if behind is None else room.expandedTo(behind.window().size())


class Sheet(QDialog):
    """A dialog that is opened with ``open()`` and deleted when it is closed.

    Its texts are set once, in the language the window has then.
    """

    def __init__(self, name: str, title: str, lead: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = make_label("title", wrap=True, parent=self)
        heading.setText(title)
        self.lead = make_label("secondary", wrap=True, parent=self)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.error = make_label("warning-strong", wrap=True)
        self.error.setObjectName("dialog-error")
        self.error.hide()
        self.buttons = FlowLayout(spacing=8, align_right=True)
        page = QWidget()
        page.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._drawn_size = QSize(0, 0)
        self._is_fitted = False
        self._opened_height = self._followed_height = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(self.lead)
        layout.addSpacing(8)
        layout.addWidget(_Body(page), 1)
        layout.addWidget(self.error)
        layout.addSpacing(12)
        layout.addLayout(self.buttons)

    def add_button(self, name: str, text: str, *, is_primary: bool = False) -> QPushButton:
        """A button at the right end; the primary one answers to Enter in a field."""
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(True)  # Enter presses the button that has the focus
        button.setDefault(is_primary)
        if is_primary:
            button.setProperty("role", "primary")
        self.buttons.addWidget(button)
        return button

    def want(self, width: int, height: int = 0) -> None:
        """Open in this size, drawn for the usual type; never larger than the screen."""
        self._drawn_size = QSize(width, height)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_fitted:
            self._is_fitted = True
            self._fit_to_screen()

    def _fit_to_screen(self) -> None:
        available = room_on_screen(self)
        width = max(scaled(self._drawn_size.width()), self.minimumSizeHint().width())
        width = min(width or self.sizeHint().width(), available.width())
        layout = self.layout()
        needed = layout.totalHeightForWidth(width) if layout else 0
        height = max(scaled(self._drawn_size.height()), needed)
        self.resize(width, min(height, available.height()))
        self._opened_height = self._followed_height = self.height()

    def event(self, event: QEvent) -> bool:
        """Shrink again when a sentence that made the dialog grow is gone."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._is_fitted:
            self._follow_content()
        return done

    def _follow_content(self) -> None:
        """Stay as high as the content needs, unless another height was chosen."""
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout else 0
        wanted = min(max(needed, self._opened_height), room_on_screen(self).height())
        if wanted > self.height() or self.height() == self._followed_height:
            self.resize(self.width(), wanted)
        if self.height() == wanted:
            self._followed_height = wanted

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move with Tab; when what had the focus is gone, the next Space must press nothing."""
        left = QApplication.focusWidget()
        if left is not None and not (left.isVisible() and left.isEnabled()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().focusNextPrevChild(next)

    def show_fault(self, sentence: str) -> None:
        """Show an error above the buttons; an empty sentence hides it."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        announce(self, sentence, urgent=True)

    def accept_after(self, change: Callable[[], object], tr: Translator) -> bool:
        """Make a change and close; show an ``AppError`` instead. True once it is made."""
        try:
            change()
        except AppError as error:
            self.show_fault(error.say(tr))
            return False
        self.accept()
        return True


class Form(QGridLayout):
    """Labels at the left, fields at the right, and room for a remark below every field."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(4)
        self.setColumnStretch(1, 1)
        self._remarks: dict[QWidget, QLabel] = {}

    def add_field(
        self, label: str, field: QWidget, hint: str = "", beside: QWidget | None = None
    ) -> None:
        """One line of the form; ``hint`` stands below the field until there is a fault."""
        row = self.rowCount()
        words = make_label()
        words.setText(label)
        words.setBuddy(field)
        if not (
            isinstance(field, QAbstractButton) and field.text()
        ):  # it is named by its own words
            field.setAccessibleName(label)
            line = field.lineEdit() if isinstance(field, QComboBox) else None
            if line is not None:
                line.setAccessibleName(label)
        if isinstance(field, QComboBox):  # the longest name it offers must not set the width
            field.setSizeAdjustPolicy(_NOT_BY_CONTENT)
            field.setMinimumContentsLength(12)
        remark = make_label("secondary", wrap=True)
        remark.setContentsMargins(0, 0, 0, 8)  # nearer to its own field than to the next one
        remark.setText(hint)
        remark.setProperty("hint", hint)
        if not hint:  # showing it before it has a parent would open a window of its own
            remark.hide()
        field.setAccessibleDescription(hint)
        self.addWidget(words, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if beside is None:
            self.addWidget(field, row, 1)
        else:
            line_of_two = QHBoxLayout()  # leaves no gap where the second one is hidden
            line_of_two.setSpacing(8)
            line_of_two.addWidget(field, 1)
            line_of_two.addWidget(beside)
            self.addLayout(line_of_two, row, 1)
        self.addWidget(remark, row + 1, 1)
        self.setRowMinimumHeight(row + 1, 6)
        self._remarks[field] = remark

    def set_hint(self, field: QWidget, hint: str) -> None:
        """Show another hint below a field."""
        self._remarks[field].setProperty("hint", hint)
        self.show_fault(field, "")

    def show_fault(self, field: QWidget, sentence: str) -> None:
        """Show an error at a field; an empty sentence restores its hint."""
        remark = self._remarks[field]
        remark.setText(sentence or str(remark.property("hint")))
        remark.setVisible(bool(remark.text()))
        show_fault_at(field, sentence, str(remark.property("hint")))
        set_role(remark, "warning" if sentence else "secondary")

    def fault_at(self, field: QWidget) -> str:
        """The fault shown at a field."""
        remark = self._remarks[field]
        return remark.text() if remark.property("role") == "warning" else ""
