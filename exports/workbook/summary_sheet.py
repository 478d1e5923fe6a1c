"""Summary sheet: key figures, widest gaps and first steps on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exports.workbook.area_lists import ListCol
from exports.workbook.book import (
    PIXELS_PER_WIDTH,
    Sheet,
    counted,
    literal,
    live,
    mark,
    page_height_for,
    text_height,
)
from exports.workbook.cell_text import line_text
from exports.workbook.figures import Figure, Spans, overall_figures, spans_of
from exports.workbook.profile_table import HEADER_ROW, AreaTable
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.report import Report
from exports.workbook.styles import (
    ACCENT,
    DAY_FORMATS,
    LEAD,
    LINK,
    NOTICE,
    ONE_PLACE,
    PERCENT,
    QUIET,
    SECONDARY,
    TITLE,
    WRAPPED,
    Style,
    level_shade,
    text_on,
)
from exports.workbook.summary_dimensions import write_dimensions
from exports.workbook.summary_grid import GRID_WIDTH, LEFT, RIGHT, write_section
from exports.workbook.summary_words import Sources, write_gaps_and_steps

_TILE = 6
_DATE_COLUMNS = 2
_MOST_SHRUNK = 1.35
"""Height in pages up to which the sheet is shrunk to one page."""
_MOST_LEVELS_WITH_WORDS = 6
_KEY = Style(size=26, bold=True, vertical="center", horizontal="left")
_KEY_LABEL = Style(size=9, bold=True, colour=SECONDARY, vertical="bottom", line_above=ACCENT)


@dataclass(frozen=True, slots=True)
class Summary:
    """Cells of the figures of the first page, for the method sheet."""

    figures: dict[str, Figure]


def write_summary(sheet: Sheet, report: Report, sources: Sources) -> Summary:
    """Fill the sheet."""
    areas = sources.table
    sheet.widths(2, *[GRID_WIDTH] * (RIGHT - LEFT + 1), 2)
    row = _write_head(sheet, report, sources)
    tiles = row
    row = _write_notices(sheet, report, sources, row + 3)
    row, means = write_dimensions(sheet, report, areas, sources.lists, row + 1)
    figures = dict(overall_figures(report, areas, means))
    _write_tiles(sheet, report, areas, tiles, figures)
    gaps = row + 1
    row = write_gaps_and_steps(sheet, report, sources, gaps)
    last = _write_levels(sheet, report, row + 1)
    width = sheet.width_of(1, RIGHT + 1) * PIXELS_PER_WIDTH * 2.54 / 96
    pages = sheet.points(1, last) * 2.54 / 72 / page_height_for(width)
    sheet.print_setup(report, report.tr.gettext("Summary"), one_page=pages <= _MOST_SHRUNK)
    if pages > _MOST_SHRUNK:
        sheet.new_page(gaps)
    return Summary(figures)


def _write_head(sheet: Sheet, report: Report, sources: Sources) -> int:
    tr, session = report.tr, report.session
    width = sheet.width_of(LEFT, RIGHT)
    lead = replace(LEAD, wrap=True)
    for row, text, look, least in (
        (1, line_text(session.organisation.name), replace(TITLE, wrap=True), 34),
        (2, report.subject, lead, 20),
    ):
        sheet.write_user_text(row, LEFT, text, look)
        sheet.merge(row, LEFT, RIGHT)
        sheet.fit_height(row, (text, width, look), least=least)
    _write_facts(sheet, report, 3)
    row = 4
    scope = tr.gettext("Scope: {scope}", scope=session.scope or tr.gettext("not stated"))
    sheet.write_user_text(row, LEFT, scope, WRAPPED)
    sheet.merge(row, LEFT, RIGHT)
    sheet.fit_height(row, (scope, width, WRAPPED))
    _write_links(sheet, report, sources, row + 1)
    return row + 2


def _write_facts(sheet: Sheet, report: Report, row: int) -> None:
    """Date, model and scale."""
    tr, session = report.tr, report.session
    scale = tr.gettext(
        "levels {lowest} to {highest}",
        lowest=report.model.lowest_level,
        highest=report.model.highest_level,
    )
    facts = f"{report.model_line}, {scale}"
    sheet.day(
        row,
        LEFT,
        session.date,
        Style(horizontal="left", number_format=DAY_FORMATS[report.tr.language]),
    )
    sheet.merge(row, LEFT, LEFT + _DATE_COLUMNS - 1)
    sheet.write_user_text(row, LEFT + _DATE_COLUMNS, facts, WRAPPED)
    sheet.merge(row, LEFT + _DATE_COLUMNS, RIGHT)
    room = sheet.width_of(LEFT + _DATE_COLUMNS, RIGHT)
    sheet.fit_height(row, (facts, room, WRAPPED), least=17)


def _write_links(sheet: Sheet, report: Report, sources: Sources, row: int) -> None:
    """To the two tables that are meant to be changed, and to the comparison if there is one."""
    tr = report.tr
    links = [
        (LEFT, tr.gettext("Change levels and targets"), sources.table.sheet, HEADER_ROW),
        (LEFT + _TILE, tr.gettext("Fill in the roadmap"), sources.steps.sheet, HEADER_ROW),
    ]
    if sources.comparison is not None:
        text = tr.gettext("Compare with earlier sessions")
        links.append((LEFT + 2 * _TILE, text, sources.comparison, 1))
    for column, text, target, line in links:
        sheet.write_label(row, column, text, LINK)
        sheet.link_to(row, column, target.raw.title, f"A{line}")
    sheet.height(row, 18)


# ---- key figures ------------------------------------------------------------------------------


def _write_tiles(
    sheet: Sheet, report: Report, areas: AreaTable, row: int, figures: dict[str, Figure]
) -> None:
    tr = report.tr
    spans = spans_of(areas)
    counts = figures["scored"], figures["applicable"]

    def average(n: int, said: object) -> str:
        return tr.ngettext("Average of {n} area", "Average of {n} areas", n, n=said)

    def weighted_average(n: int, said: object) -> str:
        return tr.ngettext(
            "Weighted average of {n} area", "Weighted average of {n} areas", n, n=said
        )

    def label(plain: tuple[str, str], weighted: tuple[str, str]) -> tuple[str, str]:
        """A formula and its result: the label for the weights as they are."""
        formula = f"IF({spans.is_weighted},{weighted[0]},{plain[0]})"
        return formula, weighted[1] if report.figures.is_weighted else plain[1]

    def words(text: str) -> tuple[str, str]:
        return literal(text), text

    count = report.figures.overall.scored
    averages = label(
        (counted(average, spans.scored), average(count, count)),
        (counted(weighted_average, spans.scored), weighted_average(count, count)),
    )
    gap = label(
        words(tr.gettext("Average gap to target")),
        words(tr.gettext("Weighted average gap to target")),
    )
    progress = label(
        words(tr.gettext("Progress to target")), words(tr.gettext("Weighted progress to target"))
    )
    _tile(sheet, row, 0, averages, _lowest(report, areas, spans))
    _value(sheet, row, 0, figures["mean_of_areas"], ONE_PLACE)
    _tile(sheet, row, 1, gap, _gap_total(report, spans, figures))
    _value(sheet, row, 1, figures["mean_gap"], ONE_PLACE)
    meaning = tr.gettext("0% is the lowest level everywhere, 100% is every target reached.")
    _tile(sheet, row, 2, progress, meaning)
    _value(sheet, row, 2, figures["progress_to_target"], PERCENT)
    _tile(sheet, row, 3, tr.gettext("Areas scored"), _left_out(report, areas, spans))
    sheet.formula(
        row + 1,
        _tile_column(3),
        f'{counts[0].formula}&" / "&{counts[1].formula}',
        f"{counts[0].value} / {counts[1].value}",
        _KEY,
    )
    for line, height in enumerate((_label_height(sheet, averages[1], gap[1], progress[1]), 36, 27)):
        sheet.height(row + line, height)


def _label_height(sheet: Sheet, *labels: str) -> float:
    """Height of the row of labels, at least for two lines of the longest weighted label."""
    width = sheet.width_of(LEFT, LEFT + _TILE - 2)
    return max(18.0, *(text_height(label, width, _KEY_LABEL) for label in labels))


def _tile_column(tile: int) -> int:
    return LEFT + tile * _TILE


def _tile(
    sheet: Sheet, row: int, tile: int, label: str | tuple[str, str], below: str | tuple[str, str]
) -> None:
    """Label and explanation of a key figure; live ones are a formula and its result."""
    first, last = _tile_column(tile), _tile_column(tile) + _TILE - 2
    for line, text, style in ((row, label, _KEY_LABEL), (row + 2, below, QUIET)):
        if isinstance(text, tuple):
            sheet.formula(line, first, text[0], text[1], style)
        else:
            sheet.write_label(line, first, text, style)
    sheet.apply_style(row, first + 1, last, _KEY_LABEL)
    sheet.merge(row + 1, first, last)
    sheet.merge(row + 2, first, last)


def _value(sheet: Sheet, row: int, tile: int, figure: Figure, number_format: str) -> None:
    style = replace(_KEY, number_format=number_format)
    sheet.figure(row + 1, _tile_column(tile), figure.formula, figure.value, style)


def _lowest(report: Report, areas: AreaTable, spans: Spans) -> tuple[str, str]:
    """The lowest area by name, or how many share the lowest level."""
    tr, figures = report.tr, report.figures
    floor = f"MIN({spans.levels})"
    lowest = [a for a in figures.areas if a.level is not None and a.level == figures.overall.floor]
    name = f"INDEX({areas.span(AreaCol.AREA)},MATCH({floor},{spans.levels},0))"
    nothing = tr.gettext("Nothing is scored yet.")
    alone = tr.gettext("Lowest: {area}, level {level}", area=mark(0), level=mark(1))
    several = tr.gettext("Lowest: level {level} in {n} areas", level=mark(0), n=mark(1))
    sharing = f"COUNTIF({spans.levels},{floor})"
    formula = (
        f"IF({spans.scored}=0,{live(nothing)},IF({sharing}=1,{live(alone, name, floor)},"
        f"{live(several, floor, sharing)}))"
    )
    if not lowest:
        return formula, nothing
    level = tr.number(figures.overall.floor)
    if len(lowest) > 1:
        return formula, tr.gettext("Lowest: level {level} in {n} areas", level=level, n=len(lowest))
    area = report.area_names[lowest[0].area_id]
    return formula, tr.gettext("Lowest: {area}, level {level}", area=area, level=level)


def _gap_total(report: Report, spans: Spans, figures: dict[str, Figure]) -> tuple[str, str]:
    tr = report.tr
    below = f'COUNTIF({spans.gaps},">0")'
    total = figures["total_gap"].formula
    template = tr.gettext("Sum of gaps: {gap} · areas below target: {n}", gap=mark(0), n=mark(1))
    return live(template, total, below), tr.gettext(
        "Sum of gaps: {gap} · areas below target: {n}",
        gap=tr.number(report.figures.total_gap),
        n=len(report.figures.widest_gaps()),
    )


def _left_out(report: Report, areas: AreaTable, spans: Spans) -> tuple[str, str]:
    tr, figures = report.tr, report.figures
    out = f"(ROWS({spans.levels})-{spans.applicable(report.unscored_state(applicable=False))})"
    opened = f"({spans.applicable(report.unscored_state(applicable=False))}-{spans.scored})"
    template = tr.gettext("open: {k}; not applicable: {n}", k=mark(0), n=mark(1))
    return live(template, opened, out), tr.gettext(
        "open: {k}; not applicable: {n}", k=figures.open_count, n=figures.not_applicable_count
    )


def _write_notices(sheet: Sheet, report: Report, sources: Sources, row: int) -> int:
    """Write the caveats of the figures; the row stays even if there are none."""
    tr, figures = report.tr, report.figures
    undiscussed = sum(a.is_applicable and not a.target_agreed for a in figures.areas)
    words = tr.gettext("not agreed")
    count = f"COUNTIF({sources.table.span(AreaCol.TARGET_STATE)},{literal(words)})"
    missing = f"SUM({sources.areas.span(ListCol.MISSING)})"
    highest = report.model.highest_level

    def notice(n: int, said: object) -> str:
        return tr.ngettext(
            "No target was agreed for {n} area; level {level} is assumed.",
            "No target was agreed for {n} areas; level {level} is assumed.",
            n,
            n=said,
            level=highest,
        )

    def export_again(n: int, said: object) -> str:
        return tr.ngettext(
            " A new export adds the missing steps of {n} area.",
            " A new export adds the missing steps of {n} areas.",
            n,
            n=said,
        )

    style = Style(size=9, bold=True, colour=NOTICE, vertical="center")
    result = notice(undiscussed, undiscussed) if undiscussed else ""
    formula = (
        f'TRIM(IF({count}=0,"",{counted(notice, count)})'
        f'&IF({missing}=0,"",{counted(export_again, missing)}))'
    )
    sheet.formula(row, LEFT, formula, result, style)
    sheet.height(row, 18)
    return row + 1


# ---- levels -------------------------------------------------------------------------------------


def _write_levels(sheet: Sheet, report: Report, row: int) -> int:
    """The levels' meanings as a strip from pale to dark; the last row."""
    model = report.model
    write_section(sheet, row, LEFT, RIGHT, report.tr.gettext("What the levels mean"))
    sheet.height(row, 22)
    sheet.height(row + 1, 20)
    columns = RIGHT - LEFT + 1
    bounds = [LEFT + columns * i // len(model.levels) for i in range(len(model.levels) + 1)]
    pieces = []
    for index, level in enumerate(model.levels):
        first, last = bounds[index], bounds[index + 1] - 1
        ground = level_shade(level.number, model.lowest_level, model.highest_level)
        look = Style(
            size=10, bold=True, fill=ground, colour=text_on(ground), vertical="center", indent=1
        )
        name = report.level_name(level.number)
        sheet.write_user_text(
            row + 1, first, f"{level.number}  {name}" if name else str(level.number), look
        )
        sheet.apply_style(row + 1, first + 1, last, look)
        if len(model.levels) <= _MOST_LEVELS_WITH_WORDS:
            words, small = report.said(level.description), replace(QUIET, size=8, indent=1)
            sheet.write_user_text(row + 2, first, words, small)
            sheet.merge(row + 2, first, last)
            pieces.append((words, sheet.width_of(first, last) - 2, small))
    if pieces:
        sheet.fit_height(row + 2, *pieces)
    return row + 2
