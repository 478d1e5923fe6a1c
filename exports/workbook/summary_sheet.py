"""Summary sheet: key figures, and the plan to decide on, on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exports.workbook.area_lists import ListCol
from exports.workbook.book import (
    Sheet,
    counted,
    literal,
    live,
    mark,
    text_height,
)
from exports.workbook.cell_text import line_text
from exports.workbook.figures import Figure, Spans, overall_figures, spans_of
from exports.workbook.plan_figures import PlanSources
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
)
from exports.workbook.summary_grid import GRID_WIDTH, LEFT, RIGHT, fit_page
from exports.workbook.summary_plan import write_plan

_TILE = 6
_DATE_COLUMNS = 2
_NOTICE = Style(size=9, bold=True, colour=NOTICE, vertical="center")
_KEY = Style(size=26, bold=True, vertical="center", horizontal="left")
_KEY_LABEL = Style(size=9, bold=True, colour=SECONDARY, vertical="bottom", line_above=ACCENT)


@dataclass(frozen=True, slots=True)
class Links:
    """Sheets that page 1 leads to, beside those of the plan."""

    results: Sheet
    comparison: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Cells of the figures of the first page, for the method sheet."""

    figures: dict[str, Figure]


def write_summary(
    sheet: Sheet, report: Report, plan: PlanSources, links: Links, means: str
) -> Summary:
    """Fill the sheet; ``means`` is the range of the averages by dimension."""
    sheet.widths(2, *[GRID_WIDTH] * (RIGHT - LEFT + 1), 2)
    row = _write_head(sheet, report, plan, links)
    figures = dict(overall_figures(report, plan.table, means))
    _write_tiles(sheet, report, plan.table, row, figures)
    row = _write_notices(sheet, report, plan, row + 3)
    last = write_plan(sheet, report, plan, row)
    fit_page(sheet, report, report.tr.gettext("Summary"), last)
    return Summary(figures)


def _write_head(sheet: Sheet, report: Report, plan: PlanSources, links: Links) -> int:
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
    _write_links(sheet, report, plan, links, row + 1)
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


def _write_links(sheet: Sheet, report: Report, plan: PlanSources, links: Links, row: int) -> None:
    """To the two tables that are meant to be changed, and to the comparison if there is one."""
    tr = report.tr
    places = [
        (LEFT, tr.gettext("Change levels and targets"), plan.table.sheet, HEADER_ROW),
        (LEFT + _TILE, tr.gettext("Fill in the roadmap"), plan.steps.sheet, HEADER_ROW),
        (LEFT + 2 * _TILE, tr.gettext("Profile, gaps and next steps"), links.results, 1),
    ]
    if links.comparison is not None:
        text = tr.gettext("Compare with earlier sessions")
        places.append((LEFT + 3 * _TILE, text, links.comparison, 1))
    for column, text, target, line in places:
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


def _write_notices(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    """Write the caveats of figures and plan; the first row stays even if there are none."""
    tr, figures = report.tr, report.figures
    undiscussed = sum(a.is_applicable and not a.target_agreed for a in figures.areas)
    words = tr.gettext("not agreed")
    count = f"COUNTIF({plan.table.span(AreaCol.TARGET_STATE)},{literal(words)})"
    missing = f"SUM({plan.areas.span(ListCol.MISSING)})"
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

    result = notice(undiscussed, undiscussed) if undiscussed else ""
    over, broken = _plan_notices(report, plan)
    formula = (
        f'TRIM(IF({count}=0,"",{counted(notice, count)})'
        f'&IF({missing}=0,"",{counted(export_again, missing)}){over[0]}{broken[0]})'
    )
    sheet.formula(row, LEFT, formula, f"{result}{over[1]}{broken[1]}".strip(), _NOTICE)
    sheet.height(row, 18)
    if report.clash:
        row += 1
        sheet.write_user_text(row, LEFT, report.clash, replace(_NOTICE, wrap=True))
        sheet.merge(row, LEFT, RIGHT)
        sheet.fit_height(row, (report.clash, sheet.width_of(LEFT, RIGHT), _NOTICE), least=18)
    return row + 1


def _plan_notices(report: Report, plan: PlanSources) -> tuple[tuple[str, str], tuple[str, str]]:
    """More days than there are, and steps out of order: pieces of a formula and of its result."""
    tr, quarters = report.tr, plan.quarters
    if not report.steps:
        return ("", ""), ("", "")

    def over(n: int, said: object) -> str:
        return tr.ngettext(
            " {n} quarter needs more days than there are.",
            " {n} quarters need more days than there are.",
            n,
            n=said,
        )

    def broken(n: int, said: object) -> str:
        return tr.ngettext(
            " {n} step does not stand in order: see the sheet “{sheet}”.",
            " {n} steps do not stand in order: see the sheet “{sheet}”.",
            n,
            n=said,
            sheet=plan.risks.sheet.raw.title,
        )

    full = f'COUNTIF({quarters.span(quarters.free)},"<0")'
    limits = report.plan.problem.limits.capacity
    beyond = sum(used > free for used, free in zip(plan.figures.used, limits, strict=True))
    wrong = f"({plan.risks.broken})"
    known = plan.risks.broken_at_export(report)
    return (
        (f'&IF({full}=0,"",{counted(over, full)})', over(beyond, beyond) if beyond else ""),
        (f'&IF({wrong}=0,"",{counted(broken, wrong)})', broken(known, known) if known else ""),
    )
