"""Keys of actions as the user has chosen them.

WCAG 2.1.4: who speaks to the computer, or presses keys by accident, must be able to switch keys
without Ctrl or Alt off, or change them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from app.model.scale import key_of_level
from ui.shell.actions import SPEC_BY_ID, TABLE, ActionSpec, level_action
from ui.shell.settings import Settings

_SWITCH, _KEY = "keys/single", "keys/{id}"
TWINS = ("Shift+?", "Enter")
"""Second ways to write a key, which would be read as keys of their own."""
_FIXED = ("Tab", "Shift+Tab", "Backtab", "Esc", "Up", "Down", "Home", "End", "Backspace", "Menu")


def is_single(key: str) -> bool:
    """True for a letter, digit or sign without Ctrl or Alt."""
    return len(key.removeprefix("Shift+")) == 1


class KeyChoices(QObject):
    """The keys of the table, with the changes and the switch of the settings."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings: Settings | None = None
        self._chosen: dict[str, str] = {}
        self.are_single_keys_on = True

    def remember_in(self, settings: Settings) -> None:
        """Take the choices from the settings, and keep later ones there."""
        self._settings = settings
        self.are_single_keys_on = settings.flag(_SWITCH, default=True)
        stored = {spec.id: settings.text(_KEY.format(id=spec.id)) for spec in changeable()}
        self._chosen = {
            id_: key for id_, key in stored.items() if key and not self.why_not(id_, key)
        }
        self.changed.emit()

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """The keys an action has now."""
        usual, chosen = SPEC_BY_ID[action_id].keys, self._chosen.get(action_id)
        if chosen is not None:
            usual = (chosen, *(key for key in usual if not is_single(key)))
        return tuple(key for key in usual if self.are_single_keys_on or not is_single(key))

    def shown(self, action_id: str) -> str:
        """The shortest key of an action; empty if it has none."""
        keys = self.keys_of(action_id)
        return min(keys, key=lambda key: (key in TWINS, len(key)), default="")

    def level_keys(self, levels: Sequence[int]) -> dict[int, str]:
        """The keys that set the levels of a scale, as far as they have one."""
        keys = {level: self.shown(level_action(level)) for level in levels}
        return {level: key for level, key in keys.items() if key}

    def has_usual_digits(self, levels: Sequence[int]) -> bool:
        """True if every level of a scale is set by the digit it is named after."""
        usual = {level: key_of_level(level) for level in levels}
        return self.level_keys(levels) == usual

    def why_not(self, action_id: str, key: str) -> ActionSpec | str:
        """Present meaning of a key: another action, or the key itself if its meaning is fixed."""
        if key in _FIXED:
            return key
        others = (spec for spec in TABLE if spec.id != action_id)
        return next((spec for spec in others if key in self._all_keys(spec)), "")

    def change(self, action_id: str, key: str) -> None:
        """Give an action another key in place of its single ones."""
        self._chosen[action_id] = key
        self._keep(_KEY.format(id=action_id), key)

    def reset(self, action_id: str) -> None:
        """Give an action its usual key again."""
        self._chosen.pop(action_id, None)
        self._keep(_KEY.format(id=action_id), "")

    def switch_single_keys(self, on: bool) -> None:
        """Let letters, digits and signs act alone, or not."""
        self.are_single_keys_on = on
        self._keep(_SWITCH, on)

    def _all_keys(self, spec: ActionSpec) -> tuple[str, ...]:
        """The keys of an action, its usual ones too: it may get them back at any time."""
        return (*spec.keys, self._chosen.get(spec.id, ""))

    def _keep(self, key: str, value: str | bool) -> None:
        if self._settings is not None:
            self._settings.put(key, value)
        self.changed.emit()


def changeable() -> tuple[ActionSpec, ...]:
    """The actions with a single key; other keys stay as they are."""
    return tuple(spec for spec in TABLE if any(is_single(key) for key in spec.keys))


def portable(sequence: QKeySequence) -> str:
    """A key as the table writes it; the number pad's digits are digits."""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText).removeprefix("Num+")
