"""The window's palette and style sheet: colours from ``exports/palette.py``, and type."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from exports.palette import Palette

_RESOURCES = Path(__file__).with_name("resources")


def apply_theme(application: QApplication, theme: Palette) -> None:
    """Give the whole program these colours: Fusion, our palette, a short style sheet."""
    application.setStyle("Fusion")
    application.setPalette(_palette(theme))
    application.setStyleSheet(style_sheet(theme))


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


def style_sheet(theme: Palette) -> str:
    """The few accents that a palette cannot express, chosen by the dynamic property ``role``.

    Roles of labels: ``title`` 22 px, ``lead`` 15 px secondary, ``heading`` (small capitals-like
    section heading), ``secondary``, ``strong``, ``figure`` (key figure), ``number`` (of a
    level), ``key`` (key cap), ``mode`` (keys mean something special), ``warning``. Of frames:
    ``card``, ``bar`` (header and footer), ``side`` (side column), ``rule`` and
    ``upright-rule`` (hair lines), ``warning``. Of buttons: ``primary`` (the one filled button),
    ``quiet`` (without a frame), ``link`` (reads as a link). Of fields: ``value`` (looks like
    text until it is used). Of lists: ``picks`` (a list to pick from). Of scroll areas:
    ``reading`` (reached by Tab to be scrolled by keys).
    """
    t = theme
    resources = _RESOURCES.as_posix()
    under_black_arrows = t.secondary if t.is_dark else t.surface
    return f"""
    QWidget {{ font-size: 13px; }}
    QLabel[role="title"] {{ font-size: 22px; font-weight: 600; }}
    QLabel[role="brand"] {{ font-size: 15px; font-weight: 700; }}
    QLabel[role="lead"] {{ font-size: 15px; color: {t.secondary}; }}
    QLabel[role="heading"] {{ font-size: 12px; font-weight: 600; color: {t.secondary};
        letter-spacing: 0.5px; }}
    QLabel[role="secondary"] {{ font-size: 12px; color: {t.secondary}; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="number"] {{ font-size: 22px; font-weight: 700; }}
    QLabel[role="figure"] {{ font-size: 28px; font-weight: 600; }}
    QLabel[role="key"] {{ font-size: 11px; color: {t.secondary}; background: {t.surface};
        border: 1px solid {t.line}; border-radius: 3px; padding: 0px 4px; }}
    QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line};
        border-radius: 8px; }}
    QFrame[role="bar"] {{ background: {t.surface}; border: none; }}
    QFrame[role="side"] {{ background: {t.surface}; border: none; }}
    QFrame[role="rule"] {{ background: {t.line}; border: none; max-height: 1px;
        min-height: 1px; }}
    QFrame[role="upright-rule"] {{ background: {t.line}; border: none; max-width: 1px;
        min-width: 1px; }}
    QFrame[role="warning"] {{ background: {t.warning_ground}; border: 1px solid {t.warning};
        border-radius: 6px; }}
    QLabel[role="mode"] {{ background: {t.accent}; color: {t.on_accent}; font-weight: 600;
        border-radius: 6px; padding: 4px 12px; }}
    QLabel[role="warning"] {{ color: {t.warning}; background: transparent; border: none; }}
    QLabel[role="place"] {{ font-size: 14px; color: {t.secondary}; }}
    QLabel[role="warning-strong"] {{ color: {t.warning}; font-weight: 700;
        background: transparent; border: none; }}
    QFrame[role="notice"] {{ background: {t.selected}; border: 1px solid {t.line};
        border-radius: 6px; }}
    QPushButton, QToolButton {{ background: {t.surface}; border: 1px solid {t.line};
        border-radius: 6px; padding: 5px 12px; min-height: 18px; }}
    QPushButton:hover, QToolButton:hover {{ background: {t.selected}; }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {t.accent}; outline: none; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.secondary}; }}
    QPushButton[role="primary"], QToolButton[role="primary"] {{ background: {t.accent};
        color: {t.on_accent}; border-color: {t.accent}; }}
    QPushButton[role="primary"]:focus {{ border: 3px double {t.on_accent};
        padding: 3px 10px; }}
    QPushButton[role="primary"]:disabled {{ background: {t.line}; color: {t.secondary};
        border-color: {t.line}; }}
    QPushButton[role="quiet"], QToolButton[role="quiet"] {{ background: transparent;
        border-color: transparent; }}
    QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{
        border-color: {t.accent}; }}
    QPushButton[role="close"] {{ background: transparent; border-color: transparent;
        padding: 0; font-size: 16px; }}
    QPushButton[role="close"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="tab"] {{ background: transparent; border-color: transparent;
        color: {t.secondary}; }}
    QPushButton[role="tab"]:hover {{ color: {t.text}; background: {t.selected}; }}
    QPushButton[role="tab"]:checked {{ color: {t.accent}; background: {t.selected}; }}
    QPushButton[role="tab"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="link"] {{ background: transparent; border: 1px solid transparent;
        border-radius: 4px; color: {t.accent}; padding: 2px 4px; text-align: left; }}
    QPushButton[role="link"]:hover {{ background: {t.selected}; }}
    QPushButton[role="link"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="link"]:disabled {{ color: {t.secondary}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox {{
        background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px;
        padding: 4px 8px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
    QSpinBox:focus, QDoubleSpinBox:focus {{ border: 1px solid {t.accent}; }}
    QLineEdit[role="value"], QPlainTextEdit[role="value"] {{ background: transparent;
        border-color: transparent; padding: 1px 4px; }}
    QLineEdit[role="value"] {{ font-weight: 600; padding: 1px 2px 1px 1px; }}
    QLineEdit[role="value"]:hover, QPlainTextEdit[role="value"]:hover {{
        border-color: {t.line}; }}
    QLineEdit[role="value"]:focus, QPlainTextEdit[role="value"]:focus {{
        background: {t.surface}; border-color: {t.accent}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{resources}/chevron-{t.name}.svg");
        width: 12px; height: 12px; }}
    QComboBox:disabled {{ color: {t.secondary}; background: {t.ground}; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line};
        selection-background-color: {t.selected}; selection-color: {t.text}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: 14px; height: 14px;
        border: 1px solid {t.secondary}; background: {t.surface}; }}
    QCheckBox::indicator {{ border-radius: 3px; }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url("{resources}/check-{t.name}.svg"); }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent}; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {t.accent}; }}
    QTreeView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; }}
    QTreeView:focus {{ border: 1px solid {t.accent}; }}
    QTreeView::item {{ padding: 5px 4px; border: none; }}
    QTreeView::item:selected {{ background: {t.selected}; color: {t.text}; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.secondary}; border: none;
        border-bottom: 1px solid {t.line}; padding: 6px 8px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea[role="reading"] {{ border: 1px solid transparent; border-radius: 6px; }}
    QScrollArea[role="reading"]:focus {{ border-color: {t.accent}; }}
    QScrollBar:vertical {{ background: transparent; width: 7px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 7px; margin: 0; }}
    QScrollBar::handle {{ background: {t.scroll}; border-radius: 3px; margin: 1px; }}
    QScrollBar::handle:vertical {{ min-height: 24px; }}
    QScrollBar::handle:horizontal {{ min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {t.secondary}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QListWidget[role="picks"] {{ background: transparent; border: none; outline: none; }}
    QListWidget[role="picks"]::item {{ padding: 5px 8px; border-radius: 6px; color: {t.text}; }}
    QListWidget[role="picks"]::item:hover, QListWidget[role="picks"]::item:selected {{
        background: {t.selected}; color: {t.text}; }}
    QFileDialog QToolButton {{ padding: 2px; background: {under_black_arrows}; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {t.surface}; }}
    QCalendarWidget QToolButton {{ background: transparent; border-color: transparent;
        color: {t.text}; }}
    QCalendarWidget QToolButton:hover {{ background: {t.selected}; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
        padding: 4px; }}
    QMenuBar {{ background: {t.surface}; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.line}; }}
    QMenu::item {{ padding: 5px 24px 5px 16px; }}
    QMenu::item:selected, QMenuBar::item:selected {{ background: {t.selected}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.secondary}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 0; }}
    """
