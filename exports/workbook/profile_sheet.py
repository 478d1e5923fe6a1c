"""Profile sheet: the table all figures are computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.figures.scoring import AreaFigures
from app.model.maturity_model import Area, Dimension, MaturityModel
from app.planning.target_state import TargetState, target_state
from app.session.evidence import Evidence, EvidenceKind
from app.session.field_types.numbers import MAX_WEIGHT
from app.session.rating import Rating
from exports.workbook.area_lists import AreaLists, ListCol
from exports.workbook.book import DASH, Sheet, here, literal
from exports.workbook.entry_rules import add_choice, add_day_rule, add_rule
from exports.workbook.links import link_target
from exports.workbook.lists_sheet import Lists
from exports.workbook.name_columns import with_room_for_names
from exports.workbook.profile_table import FIRST, HEADER_ROW, TABLE_NAME, AreaTable, Col
from exports.workbook.report import Report
from exports.workbook.styles import (
    DAY_FORMATS,
    LINK,
    QUIET,
    QUIET_MARK,
    ROW,
    ROW_BOLD,
    ROW_LEVEL,
    ROW_LEVEL_BOLD,
    ROW_LINK,
    ROW_NOTICE,
    ROW_NUMBER,
    ROW_TO_FILL,
    SECONDARY,
    WHITE,
    dimension_row,
    level_shade,
    text_on,
)
from exports.workbook.table_header import write_header, write_title

_WIDTHS = {
    Col.NUMBER: 6,
    Col.ID: 10,
    Col.DIMENSION_NUMBER: 6,
    Col.DIMENSION: 20,
    Col.AREA: 28,
    Col.EARLIER: 9,
    Col.LEVEL: 9,
    Col.TARGET: 9,
    Col.COUNTED_TARGET: 9,
    Col.GAP: 9,
    Col.WEIGHT: 10,
    Col.COUNTED_WEIGHT: 10,
    Col.WEIGHTED_GAP: 12,
    Col.STATE: 17,
    Col.TARGET_STATE: 17,
    Col.TARGET_DATE: 12,
    Col.SPONSOR: 18,
    Col.TARGET_REASON: 26,
    Col.CONFIDENCE: 18,
    Col.NOTE: 33,
    Col.EVIDENCE: 30,
    Col.ROADMAP: 22,
}
_NUMBERS = (Col.NUMBER, Col.GAP, Col.WEIGHT, Col.WEIGHTED_GAP)
_LEVELS = (Col.EARLIER, Col.LEVEL, Col.TARGET)
_HIDDEN = (Col.ID, Col.DIMENSION_NUMBER, Col.COUNTED_TARGET, Col.COUNTED_WEIGHT)
_LEAST_HEIGHT = 16.0


def table_place(sheet: Sheet, report: Report) -> AreaTable:
    """Place of the table of areas."""
    numbers = {d.id: number for number, d in enumerate(report.model.dimensions, 1)}
    return AreaTable(sheet, FIRST + len(report.numbers) - 1, numbers)


def write_profile(
    table: AreaTable,
    report: Report,
    lists: Lists,
    areas: AreaLists,
    links: Links,
    step: Callable[[], None],
) -> None:
    """Fill the sheet; ``step`` is called once per area."""
    sheet = table.sheet
    tr = report.tr
    title = tr.gettext("Profile by area")
    sheet.widths(*with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA).values())
    sheet.hide_columns(*_HIDDEN, *_unused(report))
    write_title(sheet, report, title)
    explanation = tr.gettext(
        "Change current level, target or weight here: figures, charts and page 1 follow. An empty "
        "target, or one in grey italics, is not agreed and means level {highest}.",
        highest=report.model.highest_level,
    )
    sheet.write_label(2, Col.NUMBER, explanation, replace(QUIET, wrap=False))
    sheet.write_label(3, Col.NUMBER, tr.gettext("To the radar by area"), LINK)
    sheet.link_to(3, Col.NUMBER, links.radar, "A1")
    if links.evidence:
        sheet.write_label(3, Col.EVIDENCE, tr.gettext("To the evidence"), LINK)
        sheet.link_to(3, Col.EVIDENCE, links.evidence, "A1")
    write_header(sheet, HEADER_ROW, heads(report), numbers=_NUMBERS, centred=_LEVELS)
    for number, dimension, area, figures, rating in report.rows():
        row = FIRST + number - 1
        _write_keys(table, report, row, (number, dimension, area))
        _write_figures(sheet, report, row, figures)
        _write_words(sheet, report, areas, row, (figures, rating))
        step()
    sheet.add_table(TABLE_NAME, HEADER_ROW, Col.NUMBER, table.last, Col.ROADMAP)
    sheet.raw.freeze_panes = f"{get_column_letter(Col.AREA + 1)}{FIRST}"
    _add_rules(table, report, lists)


def _unused(report: Report) -> Iterator[Col]:
    """Columns that no area has anything for."""
    ratings = report.session.all_ratings()
    used = {
        Col.EARLIER: bool(report.earlier_levels),
        Col.TARGET_DATE: any(rating.target_date for rating in ratings),
        Col.TARGET_REASON: any(rating.target_reason for rating in ratings),
    }
    return (column for column, is_used in used.items() if not is_used)


def heads(report: Report) -> dict[Col, str]:
    """The header of the table."""
    tr = report.tr
    earlier = report.earlier
    return {
        Col.NUMBER: tr.gettext("No."),
        Col.ID: tr.gettext("Area id"),
        Col.DIMENSION_NUMBER: tr.gettext("Dimension no."),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.EARLIER: tr.gettext("Earlier") if earlier is None else tr.month(earlier.date),
        Col.LEVEL: tr.gettext("Current"),
        Col.TARGET: tr.gettext("Target"),
        Col.COUNTED_TARGET: tr.gettext("Target counted"),
        Col.GAP: tr.gettext("Gap"),
        Col.WEIGHT: tr.gettext("Weight"),
        Col.COUNTED_WEIGHT: tr.gettext("Weight counted"),
        Col.WEIGHTED_GAP: tr.gettext("Weighted gap"),
        Col.STATE: tr.gettext("State"),
        Col.TARGET_STATE: tr.gettext("Target is"),
        Col.TARGET_DATE: tr.gettext("Target by"),
        Col.SPONSOR: tr.gettext("Sponsor"),
        Col.TARGET_REASON: tr.gettext("Why this target"),
        Col.CONFIDENCE: tr.gettext("Confidence"),
        Col.NOTE: tr.gettext("Reason"),
        Col.EVIDENCE: tr.gettext("Evidence"),
        Col.ROADMAP: tr.gettext("Roadmap"),
    }


@dataclass(frozen=True, slots=True)
class Links:
    """Names of the sheets that the table links to; ``evidence`` is empty without one."""

    radar: str
    evidence: str


# ---- a row ----------------------------------------------------------------------------------


def _write_keys(
    table: AreaTable, report: Report, row: int, entry: tuple[int, Dimension, Area]
) -> None:
    sheet = table.sheet
    number, dimension, area = entry
    look = dimension_row(report.dimension_numbers[dimension.id])
    sheet.number(row, Col.NUMBER, number, ROW_NUMBER)
    sheet.write_user_text(row, Col.ID, area.id, ROW)
    sheet.number(row, Col.DIMENSION_NUMBER, table.dimension_numbers[dimension.id], ROW_NUMBER)
    sheet.write_user_text(row, Col.DIMENSION, report.dimension_names[dimension.id], look)
    sheet.write_user_text(row, Col.AREA, report.area_names[area.id], ROW_BOLD)


def _write_figures(sheet: Sheet, report: Report, row: int, figures: AreaFigures) -> None:
    """Levels and what follows from them; formulas refer to their own row only."""
    level, target, counted, gap, weight, counted_weight = (
        here(row, column)
        for column in (
            Col.LEVEL, Col.TARGET, Col.COUNTED_TARGET, Col.GAP, Col.WEIGHT, Col.COUNTED_WEIGHT,
        )
    )  # fmt: skip
    highest = report.model.highest_level
    sheet.number(row, Col.EARLIER, report.earlier_levels.get(figures.area_id), ROW_LEVEL)
    sheet.number(row, Col.LEVEL, figures.level, ROW_LEVEL_BOLD)
    if figures.is_applicable and not figures.target_agreed:
        # A formula, which a typed target replaces: so an assumed level is told from an agreed one.
        sheet.formula(row, Col.TARGET, str(highest), highest, ROW_LEVEL)
    else:
        agreed = figures.target if figures.is_applicable else None
        sheet.number(row, Col.TARGET, agreed, ROW_LEVEL)
    sheet.formula(
        row,
        Col.COUNTED_TARGET,
        f"IF(ISNUMBER({target}),{target},{highest})",
        figures.target,
        ROW_LEVEL,
    )
    missing = f"IF(ISNUMBER({level}),MAX(0,{counted}-{level}),{DASH})"
    sheet.figure(row, Col.GAP, missing, figures.gap, ROW_NUMBER)
    sheet.number(row, Col.WEIGHT, figures.weight, ROW_NUMBER)
    or_one = f"IF(ISNUMBER({weight}),{weight},1)"
    sheet.figure(row, Col.COUNTED_WEIGHT, or_one, figures.weight, ROW_NUMBER)
    weighted = f"IF(ISNUMBER({gap}),{gap}*{counted_weight},{DASH})"
    sheet.figure(row, Col.WEIGHTED_GAP, weighted, figures.weighted_gap, ROW_NUMBER)


def _write_words(
    sheet: Sheet,
    report: Report,
    areas: AreaLists,
    row: int,
    entry: tuple[AreaFigures, Rating],
) -> None:
    figures, rating = entry
    tr = report.tr
    level, target, state = (here(row, c) for c in (Col.LEVEL, Col.TARGET, Col.STATE))
    scored = literal(tr.gettext("scored"))
    otherwise = literal(report.unscored_state(figures.is_applicable))
    state_words = f"IF(ISNUMBER({level}),{scored},{otherwise})"
    sheet.formula(row, Col.STATE, state_words, report.state(figures), ROW)
    out = literal(report.unscored_state(applicable=False))
    agreed, open_words = (literal(tr.gettext(words)) for words in ("agreed", "not agreed"))
    against = literal(tr.gettext("decided against"))
    stays = f"AND(ISNUMBER({level}),{target}=INT(N({level})))"
    agreement = (
        f'IF({state}={out},"",IF(AND(ISNUMBER({target}),NOT(_xlfn.ISFORMULA({target}))),'
        f"IF({stays},{against},{agreed}),{open_words}))"
    )
    sheet.formula(row, Col.TARGET_STATE, agreement, _target_state(report, figures), ROW)
    day = replace(ROW_TO_FILL, number_format=DAY_FORMATS[tr.language], horizontal="left")
    sheet.day(row, Col.TARGET_DATE, rating.target_date, day)
    sheet.write_entry(row, Col.SPONSOR, rating.target_sponsor, ROW_TO_FILL)
    sheet.write_user_text(row, Col.TARGET_REASON, rating.target_reason, ROW)
    sheet.write_label(row, Col.CONFIDENCE, report.confidence(rating.confidence), ROW)
    note = _note(report, rating)
    evidence = "\n".join(map(_evidence, rating.evidence))
    sheet.write_user_text(row, Col.NOTE, note, ROW)
    _write_evidence(sheet, row, evidence, rating)
    export_again = literal(tr.gettext("new export adds steps"))
    due = areas.look_up(ListCol.MISSING, here(row, Col.NUMBER))
    sheet.formula(row, Col.ROADMAP, f'IF({due}=1,{export_again},"")', "", ROW_NOTICE)
    texts = {
        Col.DIMENSION: (report.dimension_names[figures.dimension_id], ROW),
        Col.AREA: (report.area_names[figures.area_id], ROW_BOLD),
        Col.SPONSOR: (rating.target_sponsor, ROW),
        Col.TARGET_REASON: (rating.target_reason, ROW),
        Col.NOTE: (note, ROW),
        Col.EVIDENCE: (evidence, ROW),
    }
    sheet.fit_cells(row, texts, _LEAST_HEIGHT)


def _write_evidence(sheet: Sheet, row: int, text: str, rating: Rating) -> None:
    """The evidence as text; a single link is live, several are on the sheet of evidence.

    A cell has one link only, and LibreOffice sets a cell with a link on one line.
    """
    links = [evidence_link(evidence) for evidence in rating.evidence]
    target = links[0] if len(links) == 1 else None
    sheet.write_user_text(row, Col.EVIDENCE, text, ROW if target is None else ROW_LINK)
    if target is not None:
        sheet.link(row, Col.EVIDENCE, target)


def evidence_link(evidence: Evidence) -> str | None:
    """Address of a piece of evidence; files lie in the library and have no link."""
    return link_target(evidence.address) if evidence.kind is EvidenceKind.LINK else None


def _target_state(report: Report, figures: AreaFigures) -> str:
    if not figures.is_applicable:
        return ""
    state = target_state(report.session, figures.area_id)
    if state is TargetState.DECIDED_AGAINST:
        return report.tr.gettext("decided against")
    if figures.target_agreed:
        return report.tr.gettext("agreed")
    return report.tr.gettext("not agreed")


def _note(report: Report, rating: Rating) -> str:
    parts = [rating.note]
    if rating.not_applicable is not None:
        parts.insert(0, report.tr.gettext("Not applicable: {reason}", reason=rating.not_applicable))
    return "\n".join(part for part in parts if part)


def _evidence(evidence: Evidence) -> str:
    if evidence.title in ("", evidence.address):
        return evidence.address
    return f"{evidence.title} ({evidence.address})"


# ---- rules of the table -------------------------------------------------------------------------


def _add_rules(table: AreaTable, report: Report, lists: Lists) -> None:
    sheet, tr = table.sheet, report.tr
    first, last = FIRST, table.last
    complaint = tr.gettext("Please choose a level of the scale, or leave the cell empty.")
    rows = first, last
    add_choice(sheet, report, Col.LEVEL, rows, lists.levels, complaint)
    add_choice(sheet, report, Col.TARGET, rows, lists.targets, complaint)
    add_choice(sheet, report, Col.CONFIDENCE, rows, lists.confidence)
    weight = DataValidation(
        type="decimal", operator="between", formula1="0.001", formula2=str(MAX_WEIGHT)
    )
    most = tr.gettext("A weight is greater than 0 and at most {most}.", most=tr.number(MAX_WEIGHT))
    add_rule(sheet, Col.WEIGHT, rows, weight, most)
    add_day_rule(sheet, report, Col.TARGET_DATE, rows)
    shade_levels(sheet, report.model, (Col.LEVEL, Col.LEVEL), first, last)
    sheet.mark_where(
        _range(Col.STATE, first, last),
        f"NOT(ISNUMBER(${get_column_letter(Col.LEVEL)}{first}))",
        font=Font(italic=True, color=SECONDARY),
        fill=PatternFill("lightUp", fgColor=QUIET_MARK, bgColor=WHITE),
    )
    open_words = literal(tr.gettext("not agreed"))
    sheet.mark_where(
        _range(Col.TARGET, first, last),
        f"${get_column_letter(Col.TARGET_STATE)}{first}={open_words}",
        font=Font(italic=True, color=SECONDARY),
    )


def shade_levels(
    sheet: Sheet, model: MaturityModel, columns: tuple[int, int], first: int, last: int
) -> None:
    """Each level on its shade; the number in it stays readable in grey."""
    left, right = (get_column_letter(column) for column in columns)
    place, cell = f"{left}{first}:{right}{last}", f"{left}{first}"
    for level in model.levels:
        ground = level_shade(level.number, model.lowest_level, model.highest_level)
        sheet.mark_where(
            place,
            f"AND(ISNUMBER({cell}),INT({cell})={level.number})",
            font=Font(color=text_on(ground)),
            fill=PatternFill("solid", bgColor=ground, fgColor=ground),
        )


def _range(column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    return f"{letter}{first}:{letter}{last}"
