"""Evidence sheet: one piece of evidence per row, with live links."""

from __future__ import annotations

from enum import IntEnum

from openpyxl.utils import get_column_letter

from app.session.evidence import EvidenceKind
from exports.workbook.book import Sheet
from exports.workbook.name_columns import with_room_for_names
from exports.workbook.profile_sheet import evidence_link
from exports.workbook.report import Report
from exports.workbook.styles import (
    ROW,
    ROW_BOLD,
    ROW_LINK,
    ROW_NUMBER,
    dimension_row,
)
from exports.workbook.table_header import write_header, write_title

TABLE_NAME = "Evidence"
HEADER_ROW = 3


class Col(IntEnum):
    """The columns of the table of evidence."""

    NUMBER = 1
    DIMENSION = 2
    AREA = 3
    KIND = 4
    TITLE = 5
    ADDRESS = 6


_WIDTHS = {
    Col.NUMBER: 6,
    Col.DIMENSION: 20,
    Col.AREA: 30,
    Col.KIND: 22,
    Col.TITLE: 40,
    Col.ADDRESS: 60,
}


def write_evidence(sheet: Sheet, report: Report) -> None:
    """Fill the sheet; the session has at least one piece of evidence."""
    tr = report.tr
    title = tr.gettext("Evidence")
    sheet.widths(*with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA).values())
    write_title(sheet, report, title)
    heads = {
        Col.NUMBER: tr.gettext("No."),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.KIND: tr.gettext("Kind"),
        Col.TITLE: tr.gettext("Title"),
        Col.ADDRESS: tr.gettext("Address or file name"),
    }
    write_header(sheet, HEADER_ROW, heads, numbers=(Col.NUMBER,))
    row = HEADER_ROW
    kinds = {
        EvidenceKind.LINK: tr.pgettext("kind of evidence", "Link"),
        EvidenceKind.FILE: tr.pgettext("kind of evidence", "File in the library"),
    }
    for _, dimension, area, _, rating in report.rows():
        for evidence in rating.evidence:
            row += 1
            target = evidence_link(evidence)
            texts = {
                Col.DIMENSION: (
                    report.dimension_names[dimension.id],
                    dimension_row(report.dimension_numbers[dimension.id]),
                ),
                Col.AREA: (report.area_names[area.id], ROW_BOLD),
                Col.KIND: (kinds[evidence.kind], ROW),
                Col.TITLE: (evidence.title, ROW),
                Col.ADDRESS: (evidence.address, ROW if target is None else ROW_LINK),
            }
            sheet.number(row, Col.NUMBER, row - HEADER_ROW, ROW_NUMBER)
            for column, (text, style) in texts.items():
                sheet.write_user_text(row, column, text, style)
            if target is not None:
                sheet.link(row, Col.ADDRESS, target)
            sheet.fit_cells(row, texts, 16.0)
    sheet.add_table(TABLE_NAME, HEADER_ROW, Col.NUMBER, row, Col.ADDRESS)
    sheet.raw.freeze_panes = f"{get_column_letter(Col.KIND)}{HEADER_ROW + 1}"
