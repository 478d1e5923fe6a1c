"""Menu bar: titles for the first paint, entries once actions exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from app.words.texts import N_, Translator

if TYPE_CHECKING:
    from ui.shell.actions import Actions

_TITLES = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("session", N_("&Session")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)
#: Submenu to the prefix of the actions it holds.
_GROUPS = {
    "levels": "level.",
    "targets": "targets.",
    "dimension": "dimension.",
    "roadmap": "plan.",
    "results": "chart.",
    "colours": "view.",
    "language": "language.",
}


class Menus:
    """The menus of a menu bar by key; those of ``_TITLES`` exist from the start."""

    def __init__(self, bar: QMenuBar) -> None:
        self._by_key = {key: bar.addMenu("") for key, _ in _TITLES}

    def retranslate_titles(self, tr: Translator) -> None:
        """Set the texts of the first paint."""
        for key, title in _TITLES:
            _name(self._by_key[key], tr.gettext(title))

    def fill(self, actions: Actions) -> None:
        """Add entries and submenus."""
        from ui.shell.actions import MENUS  # not needed for the first paint

        for key, entries in MENUS:
            for entry in entries:
                self._add_entry(self._by_key[key], entry, actions)
        for key, prefix in _GROUPS.items():
            for id_, action in actions.by_id.items():
                if id_.startswith(prefix):
                    self._by_key[key].addAction(action)

    def _add_entry(self, menu: QMenu, entry: str, actions: Actions) -> None:
        if entry == "-":
            menu.addSeparator()
        elif entry.startswith(">"):
            self._by_key[entry[1:]] = menu.addMenu("")
        else:
            menu.addAction(actions[entry])

    def retranslate(self, tr: Translator) -> None:
        """Set the titles of menus and submenus."""
        from ui.shell.actions import SUBMENUS

        self.retranslate_titles(tr)
        for key, title in SUBMENUS.items():
            _name(self._by_key[key], tr.gettext(title))

    def fill_model_languages(
        self, languages: tuple[str, ...], current: str, choose: Callable[[str], None]
    ) -> None:
        """Offer the languages of the session's model; fewer than two leave the menu disabled."""
        from ui.languages import language_name

        menu = self._by_key["model_language"]
        menu.clear()
        menu.menuAction().setEnabled(len(languages) > 1)
        # Clearing the menu takes its actions, not their group: a new one each time would pile up.
        group = menu.findChild(QActionGroup) or QActionGroup(menu)
        for code in languages:
            action = menu.addAction(language_name(code))
            action.setObjectName(f"action-model_language.{code}")
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(code == current)
            action.triggered.connect(lambda _checked=False, code=code: choose(code))


def _name(menu: QMenu, title: str) -> None:
    """Set title and accessible name, which Qt would take from the window."""
    menu.setTitle(title)
    menu.setAccessibleName(title.replace("&", ""))
