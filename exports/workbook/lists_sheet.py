"""Hidden sheet: drop-down lists, chart data, and the stamp of the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.session.rating import CONFIDENCE_WORDS
from app.session.step_details import APPROVAL_WORDS, CERTAINTY_WORDS
from exports.workbook.book import Sheet
from exports.workbook.plan_report import status_words
from exports.workbook.report import Report
from exports.workbook.styles import BODY

STATUS, LEVELS, TARGETS, CONFIDENCE, STAMP_KEY, STAMP_VALUE = 1, 2, 3, 4, 6, 7
DIMENSION_NAME, DIMENSION_LABEL, DIMENSION_MEAN, DIMENSION_TARGET, DIMENSION_EARLIER = range(8, 13)
LEVEL_WORDS = 5
NEXT_GAP, NEXT_STEP = 42, 43
"""Widest gaps and next steps: numbers of areas, places of steps; the lists of areas end before."""
QUARTERS, APPROVALS, CERTAINTIES = 90, 91, 92
"""The lists of the comparison end before."""
FIRST_QUARTER_STEP = 93
"""Places of the steps of the first quarter, those of the second beside."""
CURVE_QUARTER, CURVE_AVERAGE, CURVE_TARGET = 95, 96, 97
FIRST = 2
STAMP_VERSION = 1


@dataclass(frozen=True, slots=True)
class Lists:
    """Ranges of the entries of drop-downs and of the levels in page 1's sentences."""

    sheet: Sheet
    status: str
    levels: str
    targets: str
    confidence: str
    level_words: str
    periods: str
    quarters: str
    approvals: str
    certainties: str

    def level_in_words(self, level: str) -> str:
        """Expression: the level that ``level`` gives, with its name: ``2 (Operate)``."""
        return f"INDEX({self.level_words},MATCH({level},{self.levels},0))"


def write_lists(sheet: Sheet, report: Report, exported_with: str) -> Lists:
    """Fill the drop-downs and the stamp; the columns for charts are filled by their sheets."""
    sheet.raw.sheet_state = "hidden"
    model = report.model
    whole = [Fraction(level.number) for level in model.levels]
    halves = [level + Fraction(1, 2) for level in whole[:-1]] if report.session.half_levels else []
    write_heads(sheet, report)
    _write_stamp(sheet, report, exported_with)
    levels = sorted(whole + halves)
    quarters = _write_words(sheet, QUARTERS, (*report.periods, report.later))
    return Lists(
        sheet,
        level_words=_write_words(sheet, LEVEL_WORDS, tuple(map(report.level_in_words, levels))),
        status=_write_words(sheet, STATUS, status_words(report.tr)),
        levels=_write_numbers(sheet, LEVELS, levels),
        targets=_write_numbers(sheet, TARGETS, whole),
        confidence=_write_words(
            sheet, CONFIDENCE, tuple(map(report.tr.gettext, CONFIDENCE_WORDS.values()))
        ),
        periods=sheet.span(QUARTERS, FIRST, FIRST + len(report.periods) - 1),
        quarters=quarters,
        approvals=_write_words(
            sheet, APPROVALS, tuple(map(report.tr.gettext, APPROVAL_WORDS.values()))
        ),
        certainties=_write_words(
            sheet, CERTAINTIES, tuple(map(report.tr.gettext, CERTAINTY_WORDS.values()))
        ),
    )


def write_heads(sheet: Sheet, report: Report) -> None:
    """Column headings, for readers who unhide the sheet."""
    tr = report.tr
    heads = {
        STATUS: tr.gettext("Status"),
        LEVELS: tr.gettext("Levels"),
        TARGETS: tr.gettext("Targets"),
        CONFIDENCE: tr.gettext("Confidence"),
        LEVEL_WORDS: tr.gettext("Level"),
        QUARTERS: tr.gettext("Quarter"),
        APPROVALS: tr.gettext("Approval"),
        CERTAINTIES: tr.gettext("Confidence"),
        STAMP_KEY: tr.gettext("Stamp of this export"),
        NEXT_GAP: tr.gettext("Widest gaps"),
        NEXT_STEP: tr.gettext("Next steps"),
        DIMENSION_NAME: tr.gettext("Dimension"),
        DIMENSION_LABEL: tr.gettext("Dimension and state"),
        DIMENSION_MEAN: tr.gettext("Current"),
        DIMENSION_TARGET: tr.gettext("Target"),
        DIMENSION_EARLIER: tr.gettext("Earlier"),
    }
    for column, head in heads.items():
        sheet.write_label(1, column, head)


def _write_words(sheet: Sheet, column: int, entries: Sequence[str]) -> str:
    for row, entry in enumerate(entries, FIRST):
        sheet.write_user_text(row, column, entry)
    return sheet.span(column, FIRST, FIRST + len(entries) - 1)


def _write_numbers(sheet: Sheet, column: int, entries: Sequence[Fraction]) -> str:
    for row, entry in enumerate(entries, FIRST):
        sheet.number(row, column, entry, BODY)
    return sheet.span(column, FIRST, FIRST + len(entries) - 1)


def _write_stamp(sheet: Sheet, report: Report, exported_with: str) -> None:
    """Record the origin of this workbook, for reading it back later."""
    stamp = {
        "stamp_version": str(STAMP_VERSION),
        "exported_with": exported_with,
        "exported_on": report.today.isoformat(),
        "language": report.language,
        "session_id": report.session.id,
        "session_date": report.session.date.isoformat(),
        "model_id": report.model.id,
        "model_version": report.model.content_version,
    }
    for row, (key, value) in enumerate(stamp.items(), FIRST):
        sheet.write_label(row, STAMP_KEY, key)
        sheet.write_user_text(row, STAMP_VALUE, value)
