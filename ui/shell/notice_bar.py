"""Non-modal notices over the page, with buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from ui.shell.keys import takes_text
from ui.type_scale import scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.flow_layout import FittingScroll

SHORT_MS, MS_PER_SIGN = 8_000, 80
"""Display time of a confirmation: minimum, and time per character of longer texts."""
MOST_NOTICES = 4
WIDEST, MARGIN = 520, 16
"""In pixels; the width follows the type scale."""
LOWEST = 60
"""Least height of the notices that scroll: one short notice."""


@dataclass(frozen=True, slots=True)
class NoticeButton:
    """Text and callback of a button."""

    text: str
    run: Callable[[], None]
    is_primary: bool = False


class Notice(QFrame):
    """One notice: a sentence, optional details, buttons, and a close button.

    Confirmations disappear after a while; warnings and everything with buttons stay. What cannot be
    closed can be folded to its sentence, so that it does not cover the page for long.
    """

    closed = Signal()
    #: Esc was pressed in a notice that cannot be closed: the focus goes back.
    left = Signal()

    def __init__(self, *, warning: bool, closable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice-warning" if warning else "notice")
        self.setProperty("role", "warning" if warning else "notice")
        self.is_warning = warning
        self.is_closable = closable
        self.is_folded = False
        #: Shows the notice again, in the language of that moment.
        self.again: Callable[[], object] | None = None
        #: True if it has a meaning in other sessions, too.
        self.outlives_session = False
        self._buttons: list[QPushButton] = []
        self._wanted: tuple[NoticeButton, ...] = ()
        self._words = ("", "")
        self._build(closable=closable)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        self._close.clicked.connect(self.closed)
        self._fold.clicked.connect(lambda: self.fold(not self.is_folded))

    def _build(self, *, closable: bool) -> None:
        role = "warning" if self.is_warning else ""
        self._text = make_label("warning-strong" if self.is_warning else "strong", wrap=True)
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
        self._close = self._made_small("notice-close", "×")
        self._close.setVisible(closable)
        self._fold = self._made_small("notice-fold", "–")
        self._fold.setVisible(not closable)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addLayout(words, 1)
        for small in (self._fold, self._close):
            first.addWidget(small, 0, Qt.AlignmentFlag.AlignTop)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(self._row)

    def _made_small(self, name: str, sign: str) -> QPushButton:
        small = QPushButton(sign, self)
        small.setObjectName(name)
        small.setProperty("role", "close")
        small.setFixedSize(28, 28)
        _keep_keys(small)
        return small

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

    @property
    def holds_focus(self) -> bool:
        """True if one of its buttons has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def take_focus(self) -> None:
        """Put the focus on the first button, else on the one that closes."""
        self.fold(False)
        button = self._buttons[0] if self._buttons else self._close
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, or goes back."""
        if event.key() == Qt.Key.Key_Escape:
            (self.closed if self.is_closable else self.left).emit()
        else:
            super().keyPressEvent(event)

    def fill(
        self, text: str, details: str, buttons: Sequence[NoticeButton], tr: Translator
    ) -> None:
        """Set sentence, details and buttons; without buttons, a confirmation disappears."""
        self._text.setText(text)
        self._details.setText(details)
        self.setAccessibleName(f"{text} {details}".strip())
        self._close.setAccessibleName(tr.gettext("Close this notice"))
        self._close.setToolTip(tr.gettext("Close this notice"))
        self._words = (
            tr.gettext("Show less of this notice"),
            tr.gettext("Show all of this notice"),
        )
        # A button with the same text is kept, with its focus, and gets the new callback.
        self._wanted = tuple(buttons)
        if [button.text() for button in self._buttons] != [wanted.text for wanted in buttons]:
            self._replace_buttons()
        self.fold(self.is_folded)
        if self.is_warning or buttons:
            self._timer.stop()
        else:
            self._timer.start(max(SHORT_MS, MS_PER_SIGN * len(text + details)))

    def fold(self, folded: bool) -> None:
        """Show the sentence alone, or details and buttons, too."""
        self.is_folded = folded
        self._details.setVisible(bool(self.details) and not folded)
        for button in self._buttons:
            button.setVisible(not folded)
        self._fold.setText("+" if folded else "–")
        self._fold.setAccessibleName(self._words[folded])
        self._fold.setToolTip(self._words[folded])

    def _expire(self) -> None:
        """Close, but not while hovered or focused."""
        if self.underMouse() or self.holds_focus:
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
            self._row.insertWidget(place, button)

    def _made(self, place: int, wanted: NoticeButton) -> QPushButton:
        button = QPushButton(wanted.text, self)
        button.setAccessibleName(wanted.text)
        _keep_keys(button)
        if wanted.is_primary:
            button.setProperty("role", "primary")
        button.setAutoDefault(True)
        button.clicked.connect(lambda _checked=False: self._wanted[place].run())
        return button


class NoticeBar(QWidget):
    """All notices, one below the other, in a corner over the page.

    Those that cannot be closed are pinned above the others, which scroll. ``room`` says where
    they may lie, in coordinates of the parent; they keep clear of a field with typed text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice-bar")
        self.room: Callable[[], QRect] = self.parent_rect
        self._came_from: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self._pinned = QVBoxLayout()
        inside = QWidget()
        self._others = QVBoxLayout(inside)
        self._scroll = FittingScroll(LOWEST)
        self._scroll.set_content(inside)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_newest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
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
        outlives_session: bool = False,
    ) -> Notice:
        """Show a notice; one with the same ``key`` (by default its text) is replaced.

        ``again`` shows it again after a change of language; every lasting notice needs it. A
        notice ends with the session it was shown in unless it ``outlives_session``.
        """
        key = key or text
        notice = self._by_key.get(key)
        if notice is not None and notice.is_warning != warning:  # a refusal after a success
            self.withdraw(key)
            notice = None
        if notice is None:
            notice = self._added(key, warning=warning, closable=closable)
        if (notice.text, notice.details) != (text, details):
            announce(self, f"{text} {details}".strip(), urgent=warning)
        notice.again, notice.outlives_session = again, outlives_session
        notice.fill(text, details, buttons, self._tr)
        self.place()
        return notice

    def end_session(self) -> None:
        """Withdraw what belongs to the session that was left, and update the words of the rest."""
        for key, notice in tuple(self._by_key.items()):
            if not notice.outlives_session:
                self.withdraw(key)
            elif notice.again is not None:
                notice.again()

    def end_library(self) -> None:
        """Withdraw everything: another library is open."""
        for key in tuple(self._by_key):
            self.withdraw(key)

    def close_newest(self) -> None:
        """Close the newest notice that can be closed; without one, fold those that cannot."""
        closable = [key for key, notice in self._by_key.items() if notice.is_closable]
        if closable:
            self._by_key[closable[-1]].closed.emit()
        for notice in self.notices if not closable else ():
            notice.fold(True)

    def focus_next(self) -> None:
        """Put the focus into the newest notice, from there into the one before it, and so on."""
        newest_first = self.notices[::-1]
        at = [notice.holds_focus for notice in newest_first]
        following = at.index(True) + 1 if True in at else 0
        if newest_first:
            newest_first[following % len(newest_first)].take_focus()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keep clear of the field in use; remember where the focus came from."""
        if now is not None and self.isAncestorOf(now):
            if before is not None and not self.isAncestorOf(before):
                self._came_from = before
                before.destroyed.connect(self._forget_origin)
        elif self._by_key:
            self.place()

    def _forget_origin(self) -> None:
        self._came_from = None

    def _leave(self) -> None:
        """Give the focus back to where it came from."""
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self, key: str) -> None:
        """Remove a notice. Idempotent."""
        notice = self._by_key.pop(key, None)
        if notice is not None:
            if notice.holds_focus:
                self._leave()
            notice.hide()
            for layout in (self._pinned, self._others):
                layout.removeWidget(notice)
            notice.deleteLater()
        self.place()

    # ---- place -------------------------------------------------------------------------------

    def parent_rect(self) -> QRect:
        """The whole parent."""
        parent = self.parentWidget()
        return self.rect() if parent is None else parent.rect()

    def place(self) -> None:
        """Lie in a corner of the room, as tall as the notices, clear of what is being typed."""
        self._scroll.setVisible(self._others.count() > 0)
        self.setVisible(bool(self._by_key))
        if self.parentWidget() is None or not self._by_key:
            return
        room = self.room().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        width = min(scaled(WIDEST), room.width())
        height = self._fitted_height(width, room.height())
        size = QSize(width, height)
        self.setGeometry(_clear_corner(room, size, self._field_in_use()))
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Follow the notices when their sizes change."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return done

    def _fitted_height(self, width: int, tallest: int) -> int:
        """Height of the notices; those that can be closed scroll where they would fill the room."""
        pinned = self._pinned.heightForWidth(width) if self._pinned.count() else 0
        gap = self._pinned.spacing() if pinned else 0
        if not self._others.count():
            return min(pinned, tallest)
        self._scroll.set_tallest(max(LOWEST, tallest // 2 - pinned - gap))
        self._scroll.resize(width, self._scroll.height())
        self._scroll.refit()
        return min(pinned + gap + self._scroll.height(), tallest)

    def _field_in_use(self) -> QRect:
        """The field with the focus, with the card it is in; empty if nothing is being typed."""
        field, parent = QApplication.focusWidget(), self.parentWidget()
        if field is None or parent is None or not takes_text(field):
            return QRect()
        if not parent.isAncestorOf(field):
            return QRect()
        card: QWidget | None = field
        while card is not None and card is not parent and card.property("role") != "card":
            card = card.parentWidget()
        around = card if card is not None and card is not parent else field
        return QRect(around.mapTo(parent, QPoint(0, 0)), around.size())

    def _show_newest(self, _lowest: int, _highest: int) -> None:
        newest = next(reversed(self._by_key.values()), None)
        if newest is not None and self._others.indexOf(newest) >= 0:
            self._scroll.ensureWidgetVisible(newest)

    def _added(self, key: str, *, warning: bool, closable: bool) -> Notice:
        notice = Notice(warning=warning, closable=closable, parent=self)
        notice.closed.connect(lambda: self.withdraw(key))
        notice.left.connect(self._leave)
        self._by_key[key] = notice
        (self._others if closable else self._pinned).addWidget(notice)
        self._drop_old_ones()
        return notice

    def _drop_old_ones(self) -> None:
        """Drop the oldest confirmations above a maximum; warnings stay."""
        quiet = [key for key, notice in self._by_key.items() if notice.objectName() == "notice"]
        for key in quiet[: max(0, len(quiet) - MOST_NOTICES)]:
            self.withdraw(key)


def _keep_keys(button: QPushButton) -> None:
    """Space presses it, and does not go on to the next area."""
    from ui.widgets.controls import keep_keys  # not needed before the first notice

    keep_keys(button)


def _clear_corner(room: QRect, size: QSize, kept_clear: QRect) -> QRect:
    """The corner of the room, bottom right first, where the least of a field is covered."""
    left, right = room.left(), room.right() + 1 - size.width()
    top, bottom = room.top(), room.bottom() + 1 - size.height()
    corners = [QRect(QPoint(x, y), size) for x, y in
               ((right, bottom), (right, top), (left, bottom), (left, top))]  # fmt: skip

    def covered(corner: QRect) -> int:
        shared = corner & kept_clear
        return shared.width() * shared.height()

    return min(corners, key=covered)
