"""Office theme of the workbook, so that added content gets the product's colours and font."""

from __future__ import annotations

import re

from openpyxl import Workbook
from openpyxl.writer.theme import theme_xml

from exports.workbook.styles import ACCENT, DIMENSION_MARKS, TYPEFACE

_ACCENTS = 6
"""Number of accent colours in an Office theme."""


def themed(workbook: Workbook) -> None:
    """Replace the accent colours and typefaces of the standard theme."""
    theme = theme_xml
    for number, colour in enumerate((ACCENT, *DIMENSION_MARKS[: _ACCENTS - 1]), 1):
        accent = rf'(<a:accent{number}>\s*<a:srgbClr val=")[0-9A-F]{{6}}'
        theme = re.sub(accent, rf"\g<1>{colour}", theme)
    for typeface in ("Cambria", "Calibri"):
        theme = theme.replace(
            f'<a:latin typeface="{typeface}"/>', f'<a:latin typeface="{TYPEFACE}"/>'
        )
    workbook.loaded_theme = theme
