"""Keyboard shortcuts on one sheet, generated from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.model.scale import USUAL_HIGHEST_LEVEL, key_of_level, keys_of_levels
from app.words.texts import N_, Translator
from ui.dialogs.base import Sheet, room_on_screen
from ui.shell.actions import TABLE, dimension_action, is_of_level, said
from ui.shell.key_choices import TWINS, KeyChoices
from ui.widgets.basics import make_label
from ui.widgets.controls import set_heading
from ui.widgets.key_hints import Hint
from ui.widgets.readers import present_as

#: Columns of the sheet: headings with the groups of actions below them.
_COLUMNS = (
    ((N_("Scoring"), ("levels", "session")), (N_("Roadmap"), ("roadmap",))),
    (
        (N_("Undo and find"), ("edit",)),
        (N_("Pages and help"), ("view", "help")),
        (N_("Library"), ("library",)),
    ),
    (
        (N_("Files"), ("file",)),
        (N_("Results"), ("results",)),
        (N_("Targets"), ("dimension", "targets")),
        (N_("While typing"), ("typing",)),
    ),
)
_TYPING = (
    (("Esc", "Ctrl+Return"), N_("Leave the reason, which is kept")),
    (("Esc",), N_("Cancel in every other field")),
    (("Tab",), N_("Go to the next field")),
    (("Ctrl+Z",), N_("Take back the last word typed")),
)
_READING = ((("Up", "Down"), N_("Scroll the texts of the levels")),)
_BESIDE_TYPING = ((("Esc",), N_("Cancel, or close the newest notice")),)
_SHOWN_KEYS = 2
_USUAL_LEVELS = range(1, USUAL_HIGHEST_LEVEL + 1)
WIDEST, HIGHEST = 1120, 400
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


class KeySheet(Sheet):
    """The sheet; any of its own keys closes it again."""

    def __init__(
        self,
        tr: Translator,
        levels: Sequence[int],
        parent: QWidget | None = None,
        *,
        keys: KeyChoices | None = None,
    ) -> None:
        self._keys = keys or KeyChoices()
        lead = tr.gettext(
            "Letters, digits, Space, Del and the arrows do nothing to the session while you type"
            " in a text field. The digits of the number pad work as well."
        )
        super().__init__("key-sheet", tr.gettext("All keys"), lead, parent)
        sheet = QWidget()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, sheet)
        columns.setContentsMargins(8, 4, 8, 4)
        columns.setSpacing(32)
        for blocks in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(4)
            for heading, groups in blocks:
                self._add_block(column, tr, heading, groups, levels)
                column.addSpacing(12)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(tr.gettext("All keys"))
        self._scroll.setProperty("role", "reading")
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(sheet)
        self.body.addWidget(self._scroll)
        close = self.add_button("close-dialog", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)
        self._columns, self._sheet = columns, sheet
        self.want(WIDEST, HIGHEST)

    def showEvent(self, event: QShowEvent) -> None:
        """Columns side by side where they fit; not larger than the window behind it."""
        super().showEvent(event)
        window = self.parentWidget()
        room = room_on_screen(self) if window is None else window.size() - QSize(48, 24)
        widest = min(self.width(), room.width())
        if self._sheet.minimumSizeHint().width() > widest - 58:
            self._columns.setDirection(QBoxLayout.Direction.TopToBottom)
        needed = self._sheet.heightForWidth(widest - 58)
        around = self.sizeHint().height() - self._scroll.sizeHint().height()
        highest = max(needed, self._sheet.sizeHint().height()) + around + 8
        self.resize(widest, min(room.height(), highest))

    def _add_block(
        self,
        column: QVBoxLayout,
        tr: Translator,
        heading: str,
        groups: Sequence[str],
        levels: Sequence[int],
    ) -> None:
        title = make_label("heading")
        set_heading(title, tr.gettext(heading))
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (keys, words) in enumerate(_lines(groups, levels, self._keys, tr)):
            grid.addWidget(_caps(keys), row, 0, Qt.AlignmentFlag.AlignTop)
            label = make_label(wrap=True)
            label.setText(words)
            written = "".join(keys) if "–" in keys else " / ".join(keys)
            label.setAccessibleName(f"{written}: {words}")
            grid.addWidget(label, row, 1)
        column.addLayout(grid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return  # the key that has opened the sheet is still held
        if event.text() == "?" or event.key() == Qt.Key.Key_F1:
            self.accept()
        else:
            super().keyPressEvent(event)


def _lines(
    groups: Sequence[str], levels: Sequence[int], keys: KeyChoices, tr: Translator
) -> Iterator[tuple[Sequence[str], str]]:
    """Keys and what they do; the digits are one line."""
    if "levels" in groups:
        yield from _level_lines(levels or _USUAL_LEVELS, keys, tr)
    if "dimension" in groups:
        yield from _dimension_lines(levels or _USUAL_LEVELS, keys, tr)
    fixed = {"typing": _TYPING, "view": _BESIDE_TYPING, "session": _READING}
    for group in groups:
        for own, words in fixed.get(group, ()):
            yield [key_in_words(key, tr) for key in own], tr.gettext(words)
    for spec in TABLE:
        named = [key for key in keys.keys_of(spec.id) if key not in TWINS]
        if spec.group in groups and named and not is_of_level(spec):
            shown = dict.fromkeys(key_in_words(key, tr) for key in named)
            yield list(shown)[:_SHOWN_KEYS], said(spec, tr).rstrip("…")


def _level_lines(
    scale: Sequence[int], keys: KeyChoices, tr: Translator
) -> Iterator[tuple[Sequence[str], str]]:
    if not keys.has_usual_digits(scale):
        for level, key in keys.level_keys(scale).items():
            yield (key_in_words(key, tr),), tr.gettext("Level {level}", level=level)
        return
    first, last = keys_of_levels(scale)
    yield (first, "–", last), tr.gettext("Set the level")
    if last != key_of_level(scale[-1]):
        yield (key_of_level(scale[-1]),), tr.gettext("Level {level}", level=scale[-1])


def _dimension_lines(
    scale: Sequence[int], keys: KeyChoices, tr: Translator
) -> Iterator[tuple[Sequence[str], str]]:
    first, last = (keys.shown(dimension_action(int(key))) for key in keys_of_levels(scale))
    if first and last:
        shown = key_in_words(first, tr), key_in_words(last, tr)
        yield (shown[0], "–", shown[1]), tr.gettext("Targets of the whole dimension")


def key_in_words(key: str, tr: Translator) -> str:
    """Native name of a key.

    Qt's German words are those of its manual; where macOS shows a sign instead, the sign stays.
    """
    written = _native(key)
    last = key.rpartition("+")[2]
    word, qt_word = _ARROWS.get(last) or _key_words(tr).get(last), _native(last)
    return written.removesuffix(qt_word) + word if word and len(qt_word) > 1 else written


def action_hints(
    actions: Iterable[tuple[str, str]], keys: KeyChoices, tr: Translator
) -> list[Hint]:
    """Keys of actions, given by id, with what they do; those without a key are left out."""
    shown = ((keys.shown(action_id), words) for action_id, words in actions)
    return [([key_in_words(key, tr)], words) for key, words in shown if key]


def move_hint(words: str, tr: Translator) -> Hint:
    """The keys that move up and down in a list."""
    return [key_in_words("Up", tr), key_in_words("Down", tr)], words


def _key_words(tr: Translator) -> dict[str, str]:
    return {
        "Return": tr.pgettext("key", "Return"),
        "PgDown": tr.pgettext("key", "PgDown"),
        "PgUp": tr.pgettext("key", "PgUp"),
    }


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _caps(keys: Sequence[str]) -> QWidget:
    """The keys; screen readers get them with the words beside them."""
    caps = QWidget()
    present_as(caps, QAccessible.Role.Client)
    row = QHBoxLayout(caps)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for key in keys:
        cap = make_label("" if key == "–" else "key")
        cap.setText(key)
        row.addWidget(cap)
    row.addStretch(1)
    return caps
