"""Language and theme: selected, persisted, and applied to Qt."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QGuiApplication

from exports.palette import PALETTES, Palette
from ui.context import Context
from ui.shell.actions import Actions
from ui.shell.application import running_application
from ui.shell.settings import Settings
from ui.system_colours import SYSTEM_COLOURS
from ui.theme import apply_theme


class Appearance(QObject):
    """Keeps theme and language of the context as chosen by the user or the system."""

    def __init__(
        self, context: Context, settings: Settings, actions: Actions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._settings = settings
        self._actions = actions
        self._qt_texts = QTranslator(self)
        context.set_palette(self._palette())
        actions.check("theme", f"view.{settings.theme}")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)

    def choose_language(self, language: str) -> None:
        """Switch to a language, now and for the next start."""
        self._settings.put("view/language", language)
        self._context.set_language(language)

    def choose_theme(self, choice: str) -> None:
        """Switch to ``light``, ``dark``, or with ``system`` to what the system has."""
        self._settings.put("view/theme", choice)
        self._context.set_palette(self._palette())

    def show_colours(self) -> None:
        """Give the whole program the colours of the context's theme."""
        apply_theme(running_application(), self._context.theme)
        self._actions.check("theme", f"view.{self._settings.theme}")

    def load_qt_texts(self) -> None:
        """Set Qt's own buttons and dates in the context's language."""
        language = self._context.texts.language
        QLocale.setDefault(QLocale(language))
        application = running_application()
        application.removeTranslator(self._qt_texts)
        self._qt_texts.deleteLater()
        self._qt_texts = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self._qt_texts.load(f"qtbase_{language}", folder):
            application.installTranslator(self._qt_texts)

    def _palette(self) -> Palette:
        choice = self._settings.theme
        return SYSTEM_COLOURS.theme() if choice == "system" else PALETTES[choice]

    def _on_system_changed(self) -> None:
        if self._settings.theme == "system":
            SYSTEM_COLOURS.read_again()
            palette = self._palette()
            if palette != self._context.theme:
                self._context.set_palette(palette)
