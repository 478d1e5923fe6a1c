"""Colours of the system: light, dark, or the few of a high contrast."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from exports.palette import DARK, LIGHT, Palette, contrast, high_contrast, saturation

_PURE = 20.0
"""Contrast of text that no ordinary theme has: pure white on pure black, or the other way round."""
_LEAST_COLOURED = 7.0
_COLOURED = 0.5
_MAIN = (
    QPalette.ColorRole.Window,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Highlight,
)


class SystemColours:
    """Colours of the system before the window set its own palette, and those it asks for now."""

    def __init__(self) -> None:
        self._own: QPalette | None = None
        self._system: QPalette | None = None

    def set_own(self, palette: QPalette) -> None:
        """Remember the palette that the window gives the program."""
        self.palette()
        self._own = palette

    def palette(self) -> QPalette:
        """The palette of the system; once the window has set its own, the one before."""
        shown = QGuiApplication.palette()
        if self._system is None or self._own is None or not _are_alike(shown, self._own):
            self._system = QPalette(shown)
        return self._system

    def read_again(self) -> None:
        """Ask the platform for its palette: it has said that something has changed."""
        QGuiApplication.setPalette(QPalette())
        self._system = QPalette(QGuiApplication.palette())
        if self._own is not None:
            QGuiApplication.setPalette(self._own)

    def theme(self) -> Palette:
        """The palette of ours that goes with it."""
        palette = self.palette()
        if self.has_high_contrast(palette):
            return high_contrast(
                ground=_colour(palette, QPalette.ColorRole.Window),
                text=_colour(palette, QPalette.ColorRole.WindowText),
                accent=_colour(palette, QPalette.ColorRole.Highlight),
                on_accent=_colour(palette, QPalette.ColorRole.HighlightedText),
            )
        scheme = QGuiApplication.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            ground = palette.color(QPalette.ColorRole.Window)
            return DARK if ground.lightness() < 128 else LIGHT
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT

    @staticmethod
    def has_high_contrast(palette: QPalette) -> bool:
        """True if the platform says so, or if only such a theme has these colours."""
        if _platform_wants_contrast():
            return True
        ground = _colour(palette, QPalette.ColorRole.Window)
        text = _colour(palette, QPalette.ColorRole.WindowText)
        ratio = contrast(ground, text)
        return ratio >= _PURE or (ratio >= _LEAST_COLOURED and saturation(text) >= _COLOURED)


SYSTEM_COLOURS = SystemColours()


def _platform_wants_contrast() -> bool:
    """Contrast preference of the platform, from newer versions of Qt."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast)


def _are_alike(one: QPalette, other: QPalette) -> bool:
    """True if two palettes have the same main colours; Qt fills in what one leaves open."""
    return all(_colour(one, role) == _colour(other, role) for role in _MAIN)


def _colour(palette: QPalette, role: QPalette.ColorRole) -> str:
    colour: QColor = palette.color(QPalette.ColorGroup.Active, role)
    return colour.name(QColor.NameFormat.HexRgb).upper()
