"""Dialogs of the window itself: settings, shortcuts, about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import Context
from ui.open_state import OpenState
from ui.shell.appearance import Appearance
from ui.shell.settings import THEME_CHOICES, Settings


class FrameDialogs(QObject):
    """Opens the dialogs, and handles the choices that are in the menus as well."""

    def __init__(
        self,
        context: Context,
        state: OpenState,
        appearance: Appearance,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._state = state
        self._appearance = appearance
        self._settings = settings
        self._window = window

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Actions that are always possible."""
        own: dict[str, Callable[[], None]] = {
            "settings": self.open_settings,
            "keys": self.open_keys,
            "about": self.open_about,
        }
        for choice in THEME_CHOICES:
            own[f"view.{choice}"] = partial(self._appearance.choose_theme, choice)
        for language in ("de", "en"):
            own[f"language.{language}"] = partial(self._appearance.choose_language, language)
        return own

    def open_settings(self) -> None:
        """Open the dialog of language and colours."""
        from ui.dialogs.settings_dialog import SettingsDialog

        settings = self._settings
        dialog = SettingsDialog(
            self._context.texts,
            settings.theme,
            settings.user_name,
            self._window,
            single_keys=self._context.keys.are_single_keys_on,
        )

        def change_language(language: str) -> None:
            """A dialog keeps the language it was made in, so another one replaces it."""
            self._appearance.choose_language(language)
            dialog.accept()
            self.open_settings()

        dialog.language_chosen.connect(change_language)
        dialog.theme_chosen.connect(self._appearance.choose_theme)
        dialog.name_changed.connect(settings.set_user_name)
        dialog.single_keys_switched.connect(self._context.keys.switch_single_keys)
        dialog.keys_wanted.connect(self.open_key_choices)
        dialog.open()

    def open_key_choices(self) -> None:
        """Open the dialog that changes keys, over the settings."""
        from ui.dialogs.key_choices_dialog import KeyChoicesDialog

        behind = QApplication.activeModalWidget() or self._window
        KeyChoicesDialog(self._context.texts, self._context.keys, behind).open()

    def open_keys(self) -> None:
        """Open the sheet of all keys."""
        from ui.dialogs.key_sheet import KeySheet

        levels = self._state.workspace.session.model.levels if self._state.has_session else ()
        numbers = [level.number for level in levels]
        KeySheet(self._context.texts, numbers, self._window, keys=self._context.keys).open()

    def open_about(self) -> None:
        """Open the dialog of version, licence and origin of the model."""
        from ui.dialogs.about import AboutDialog

        models = self._context.services.builtin_models()
        AboutDialog(self._context.texts, models, self._window).open()
