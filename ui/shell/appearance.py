"""Language and theme: selected, persisted, and applied to Qt."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from ui.context import Context
from ui.shell.actions import Actions
from ui.shell.application import running_application
from ui.shell.settings import Settings
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
        context.set_theme(self._theme_name())
        actions.check("theme", f"view.{settings.theme}")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def choose_language(self, language: str) -> None:
        """Switch to a language, now and for the next start."""
        self._settings.put("view/language", language)
        self._context.set_language(language)

    def choose_theme(self, choice: str) -> None:
        """Switch to ``light``, ``dark``, or with ``system`` to what the system has."""
        self._settings.put("view/theme", choice)
        self._context.set_theme(self._theme_name())

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

    def _theme_name(self) -> str:
        choice = self._settings.theme
        if choice != "system":
            return choice
        scheme = QGuiApplication.styleHints().colorScheme()
        return "dark" if scheme is Qt.ColorScheme.Dark else "light"

    def _on_scheme_changed(self) -> None:
        if self._settings.theme == "system":
            self._context.set_theme(self._theme_name())
