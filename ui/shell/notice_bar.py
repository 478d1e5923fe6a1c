"""Non-modal notices between header and page, with buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.flow_layout import FittingScroll

SHORT_MS, MS_PER_SIGN = 8_000, 80
"""Display time of a confirmation: minimum, and time per character of longer texts."""
MOST_NOTICES = 4
TALLEST = 116
"""Height of two short notices: a window 640 px high still has room for the page."""


@dataclass(frozen=True, slots=True)
class NoticeButton:
    """Text and callback of a button."""

    text: str
    run: Callable[[], None]
    is_primary: bool = False


class Notice(QFrame):
    """One notice: a sentence, optional details, buttons, and a close button.

    Confirmations disappear after a while; warnings and everything with buttons stay.
    """

    closed = Signal()

    def __init__(self, *, warning: bool, closable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice-warning" if warning else "notice")
        self.setProperty("role", "warning" if warning else "notice")
        self._is_warning = warning
        #: Shows the notice again, in the language of that moment.
        self.again: Callable[[], object] | None = None
        self._buttons: list[QPushButton] = []
        self._wanted: tuple[NoticeButton, ...] = ()
        self._build(closable=closable)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        self._close.clicked.connect(self.closed)

    def _build(self, *, closable: bool) -> None:
        role = "warning" if self._is_warning else ""
        self._text = make_label("warning-strong" if self._is_warning else "strong", wrap=True)
        self._text.setObjectName("notice-text")
        self._details = make_label(role, wrap=True)
        self._details.setObjectName("notice-details")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._text)
        words.addWidget(self._details)
        # Without a parent, showing it would open a window of its own and move the focus there.
        self._close = QPushButton("×", self)
        self._close.setObjectName("notice-close")
        self._close.setProperty("role", "close")
        self._close.setFixedSize(28, 28)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setVisible(closable)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def disappears(self) -> bool:
        """True for a confirmation, which disappears after a while."""
        return self._timer.isActive()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    @property
    def details(self) -> str:
        """The text below the sentence."""
        return self._details.text()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, from left to right."""
        return tuple(self._buttons)

    def fill(
        self, text: str, details: str, buttons: Sequence[NoticeButton], tr: Translator
    ) -> None:
        """Set sentence, details and buttons; without buttons, a confirmation disappears."""
        self._text.setText(text)
        self._details.setText(details)
        self._details.setVisible(bool(details))
        self.setAccessibleName(f"{text} {details}".strip())
        self._close.setAccessibleName(tr.gettext("Close this notice"))
        self._close.setToolTip(tr.gettext("Close this notice"))
        # A button with the same text is kept, with its focus, and gets the new callback.
        self._wanted = tuple(buttons)
        if [button.text() for button in self._buttons] != [wanted.text for wanted in buttons]:
            self._replace_buttons()
        if self._is_warning or buttons:
            self._timer.stop()
        else:
            self._timer.start(max(SHORT_MS, MS_PER_SIGN * len(text + details)))

    def _expire(self) -> None:
        """Close, but not while hovered or focused."""
        if self.underMouse() or self._close.hasFocus():
            self._timer.start(SHORT_MS)
        else:
            self.closed.emit()

    def _replace_buttons(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._made(place, each) for place, each in enumerate(self._wanted)]
        for place, button in enumerate(self._buttons, start=1):
            self._row.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignTop)

    def _made(self, place: int, wanted: NoticeButton) -> QPushButton:
        button = QPushButton(wanted.text, self)
        button.setAccessibleName(wanted.text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if wanted.is_primary:
            button.setProperty("role", "primary")
        button.setAutoDefault(True)
        button.clicked.connect(lambda _checked=False: self._wanted[place].run())
        return button


class NoticeBar(QWidget):
    """All notices, one below the other.

    Those that cannot be closed are pinned above the others, which scroll.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice-bar")
        self._pinned = QVBoxLayout()
        inside = QWidget()
        self._others = QVBoxLayout(inside)
        self._scroll = FittingScroll(TALLEST)
        self._scroll.set_content(inside)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_newest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 0)
        layout.addLayout(self._pinned)
        layout.addWidget(self._scroll)
        for each in (layout, self._pinned, self._others):
            each.setSpacing(8)
        self._others.setContentsMargins(0, 0, 0, 0)
        self._by_key: dict[str, Notice] = {}
        self._tr = Translator()
        self._count = 0
        self.hide()

    def retranslate(self, tr: Translator) -> None:
        """Show lasting notices again in this language; withdraw the others."""
        self._tr = tr
        for key, notice in tuple(self._by_key.items()):
            if notice.again is not None or notice.disappears:
                self.withdraw(key)
            if notice.again is not None:
                notice.again()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The visible notices, oldest first."""
        return tuple(self._by_key.values())

    def notice(self, key: str) -> Notice | None:
        """The notice with this key, if it is shown."""
        return self._by_key.get(key)

    def show_notice(
        self,
        text: str,
        *,
        warning: bool = False,
        details: str = "",
        buttons: Sequence[NoticeButton] = (),
        key: str = "",
        closable: bool = True,
        again: Callable[[], object] | None = None,
    ) -> Notice:
        """Show a notice; one with the same ``key`` (by default its text) is replaced.

        ``again`` shows it again after a change of language; every lasting notice needs it.
        """
        key = key or text
        notice = self._by_key.get(key)
        if notice is None:
            notice = self._added(key, warning=warning, closable=closable)
        if (notice.text, notice.details) != (text, details):
            announce(self, f"{text} {details}".strip(), urgent=warning)
        notice.again = again
        notice.fill(text, details, buttons, self._tr)
        self._refit()
        return notice

    def withdraw(self, key: str) -> None:
        """Remove a notice. Idempotent."""
        notice = self._by_key.pop(key, None)
        if notice is not None:
            notice.hide()
            for layout in (self._pinned, self._others):
                layout.removeWidget(notice)
            notice.deleteLater()
        self._refit()

    def _refit(self) -> None:
        """Fit the height to the notices."""
        self._scroll.setVisible(self._others.count() > 0)
        self._scroll.refit()
        self.setVisible(bool(self._by_key))

    def _show_newest(self, _lowest: int, _highest: int) -> None:
        newest = next(reversed(self._by_key.values()), None)
        if newest is not None and self._others.indexOf(newest) >= 0:
            self._scroll.ensureWidgetVisible(newest)

    def _added(self, key: str, *, warning: bool, closable: bool) -> Notice:
        notice = Notice(warning=warning, closable=closable, parent=self)
        notice.closed.connect(lambda: self.withdraw(key))
        self._by_key[key] = notice
        (self._others if closable else self._pinned).addWidget(notice)
        self._drop_old_ones()
        return notice

    def _drop_old_ones(self) -> None:
        """Drop the oldest confirmations above a maximum; warnings stay."""
        quiet = [key for key, notice in self._by_key.items() if notice.objectName() == "notice"]
        for key in quiet[: max(0, len(quiet) - MOST_NOTICES)]:
            self.withdraw(key)
