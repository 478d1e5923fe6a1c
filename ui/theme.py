"""Palette and style sheet of the window: colours from ``exports/palette.py``, and fonts."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from exports.palette import Palette

_RESOURCES = Path(__file__).with_name("resources")


def apply_theme(application: QApplication, theme: Palette) -> None:
    """Give the whole program these colours: Fusion, our palette, a short style sheet.

    Nothing is done where it has them already, because Qt would style every widget again.
    """
    palette, sheet = _palette(theme), style_sheet(theme)
    if application.styleSheet() == sheet and application.palette() == palette:
        return
    application.setStyle("Fusion")
    application.setPalette(palette)
    application.setStyleSheet(sheet)


def _palette(theme: Palette) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.ground,
        role.Text: theme.text,
        role.PlaceholderText: theme.secondary,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.surface,
        role.Midlight: theme.line,
        role.BrightText: theme.warning,
    }
    palette = QPalette()
    for colour_role, colour in colours.items():
        palette.setColor(colour_role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, colour_role, QColor(theme.secondary))
    return palette


class _StyleSheet(Template):
    """A text with colours such as ``@accent`` in it."""

    delimiter = "@"


@cache
def style_sheet(theme: Palette) -> str:
    """``resources/window.qss`` with the colours of this palette."""
    template = (_RESOURCES / "window.qss").read_text(encoding="utf-8")
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    return _StyleSheet(template).substitute(
        colours,
        resources=_RESOURCES.as_posix(),
        # Qt's own file dialog draws its arrows in black.
        under_black_arrows=theme.secondary if theme.is_dark else theme.surface,
    )
