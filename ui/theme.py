"""Palette and style sheet of the window: colours from ``exports/palette.py``, sizes of the type."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from exports.palette import LIGHT, Palette
from ui.system_colours import SYSTEM_COLOURS
from ui.type_scale import TYPE, scaled, type_pixels

_RESOURCES = Path(__file__).with_name("resources")
_THEME = "stufenplan-theme"
"""Property of the application that holds the palette it has now."""
_STYLED = "stufenplan-styled"
_FONT_SIZE = re.compile(r"(?<=font-size: )(\d+)(?=px)")
_LENGTH = re.compile(r"\b(\d+)(?=px)")


def apply_theme(application: QApplication, theme: Palette) -> None:
    """Give the whole program these colours: Fusion, our palette, a short style sheet.

    Nothing is done where it has them already, because Qt would style every widget again.
    """
    application.setProperty(_THEME, theme)
    palette, sheet = _palette(theme), style_sheet(theme)
    if application.styleSheet() == sheet and application.palette() == palette:
        return
    if application.property(_STYLED) is None:  # Qt would restyle every widget each time
        application.setProperty(_STYLED, True)
        application.setStyle("Fusion")
    if application.palette() != palette:
        SYSTEM_COLOURS.set_own(palette)
        application.setPalette(palette)
    application.setStyleSheet(sheet)


def apply_type_size(application: QApplication, body: int) -> None:
    """Give the whole program running text of so many pixels."""
    if body == TYPE.body:
        return
    TYPE.body = body
    apply_theme(application, application.property(_THEME) or LIGHT)
    TYPE.changed.emit()


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


def style_sheet(theme: Palette) -> str:
    """``resources/window.qss`` with the colours of this palette, in the current size of type."""
    return _style_sheet(theme, TYPE.body)


@cache
def _style_sheet(theme: Palette, _body: int) -> str:
    template = _sized((_RESOURCES / "window.qss").read_text(encoding="utf-8"))
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    return _StyleSheet(template).substitute(
        colours,
        resources=_RESOURCES.as_posix(),
        # Qt's own file dialog draws its arrows in black.
        under_black_arrows=theme.secondary if theme.is_dark else theme.surface,
    )


def _sized(template: str) -> str:
    """The lengths in a style sheet by the type scale; hair lines stay hair lines."""
    parts = _FONT_SIZE.split(template)
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = str(type_pixels(int(part)))
        else:
            parts[place] = _LENGTH.sub(_scaled_length, part)
    return "".join(parts)


def _scaled_length(found: re.Match[str]) -> str:
    drawn = int(found[0])
    return str(drawn if drawn <= 1 else scaled(drawn))
