"""Persistent user settings: window geometry, language, theme, folders.

Kept in an INI file and written at once, so that a killed program restarts as it was.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.type_scale import ZOOMS

THEME_CHOICES = ("system", "light", "dark")

_NAMING_A_CLIENT = ("new/organisation", "export/folder", "import/folder")
"""Kept by earlier releases, and seen by whichever client came next."""


class Settings:
    """Values by key in the file at ``path``; defaults for missing and unreadable ones."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)
        for key in _NAMING_A_CLIENT:
            self._store.remove(key)

    def text(self, key: str, default: str = "") -> str:
        """A text value."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A boolean value."""
        return self.text(key, "yes" if default else "no") == "yes"

    def put(self, key: str, value: str | bool | QByteArray) -> None:
        """Store a value and sync, best effort."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if self._store.value(key) != value:
            self._store.setValue(key, value)
            self._store.sync()

    def remove(self, key: str) -> None:
        """Remove a value, best effort. Idempotent."""
        if self._store.contains(key):
            self._store.remove(key)
            self._store.sync()

    @property
    def path(self) -> Path:
        """The settings file."""
        return Path(self._store.fileName())

    def read_again(self) -> None:
        """Take over what was changed in the file behind our back."""
        self._store.sync()

    @property
    def geometry(self) -> QByteArray:
        """Window geometry in Qt's format; empty before the first start."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @property
    def user_name(self) -> str:
        """Name of the person at the keyboard; empty until it was entered."""
        return self.text("user/name")

    def set_user_name(self, name: str) -> None:
        """Store the name on one line, cut to its maximum length."""
        from app.session.names import MAX_NAME_LENGTH
        from app.words.characters import single_line

        self.put("user/name", single_line(name)[:MAX_NAME_LENGTH])

    @property
    def zoom(self) -> int:
        """Size of the type in per cent, one of ``ZOOMS``."""
        zoom = self.text("view/zoom", "100")
        return int(zoom) if zoom in map(str, ZOOMS) else 100

    @property
    def theme(self) -> str:
        """One of ``THEME_CHOICES``."""
        choice = self.text("view/theme", "system")
        return choice if choice in THEME_CHOICES else "system"
