"""The first sheet, one page for those who decide: where we stand and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from app.figures.scoring import AreaFigures
from app.model.maturity_model import Dimension
from app.roadmap.steps import Step
from exports.workbook.book import PIXELS_PER_WIDTH, Sheet, counted, literal, live, mark, point
from exports.workbook.charts import Column, ProfileData, add_profile_chart
from exports.workbook.figures import Figure, Spans, group_figures, overall_figures, spans_of
from exports.workbook.lists_sheet import (
    DIMENSION_EARLIER,
    DIMENSION_LABEL,
    DIMENSION_MEAN,
    DIMENSION_TARGET,
    FIRST,
    Lists,
)
from exports.workbook.profile_sheet import AreaTable
from exports.workbook.profile_sheet import Col as AreaCol
from exports.workbook.report import FIRST_STEPS, WIDEST_GAPS, Report
from exports.workbook.styles import (
    ACCENT,
    BODY,
    HEADER,
    HEADER_NUMBER,
    LEAD,
    NOTICE,
    QUIET,
    ROW,
    ROW_NUMBER,
    SECONDARY,
    SECTION,
    TITLE,
    WRAPPED,
    Style,
    dimension_text,
    level_shade,
    text_on,
)

_LEFT, _RIGHT = 2, 25
_GRID_WIDTH = 8.0
_TILES = 4
_TILE = 6
_NAME, _MEAN, _LOWEST, _HIGHEST, _TARGET, _SCORED = 12, 17, 19, 21, 23, 25
_CHART_POINTS = 245
_LONG_NAME = 30
_MOST_ON_ONE_PAGE = 9
_MOST_LEVELS_WITH_WORDS = 6
_KEY = Style(size=26, bold=True, vertical="center", horizontal="left")
_KEY_LABEL = Style(size=9, bold=True, colour=SECONDARY, vertical="bottom", line_above=ACCENT)


@dataclass(frozen=True, slots=True)
class Summary:
    """Where the method sheet finds the figures of the first page."""

    figures: dict[str, Figure]


def write_summary(sheet: Sheet, report: Report, areas: AreaTable, lists: Lists) -> Summary:
    """Fill the sheet."""
    sheet.widths(2, *[_GRID_WIDTH] * (_RIGHT - _LEFT + 1), 2)
    crowded = len(report.model.dimensions) > _MOST_ON_ONE_PAGE
    sheet.print_setup(report, report.tr.gettext("Summary"), one_page=not crowded)
    row = _write_head(sheet, report)
    tiles = row
    row = _write_notices(sheet, report, areas, row + 3)
    row, means = _write_dimensions(sheet, report, areas, lists, row + 1)
    figures = dict(overall_figures(report, areas, means))
    _write_tiles(sheet, report, areas, tiles, figures)
    row = _write_words(sheet, report, areas, row + 1)
    _write_levels(sheet, report, row + 1)
    return Summary(figures)


def _write_head(sheet: Sheet, report: Report) -> int:
    tr, session = report.tr, report.session
    sheet.write_user_text(1, _LEFT, session.organisation.name, TITLE)
    sheet.height(1, 34)
    sheet.write_user_text(2, _LEFT, report.subject, LEAD)
    sheet.height(2, 20)
    scale = tr.gettext(
        "levels {lowest} to {highest}",
        lowest=report.model.lowest_level,
        highest=report.model.highest_level,
    )
    facts = f"{tr.long_date(session.date)} · {report.model_line}, {scale}"
    sheet.write_user_text(3, _LEFT, facts, BODY)
    sheet.height(3, 17)
    row = 4
    scope = tr.gettext("Scope: {scope}", scope=session.scope or tr.gettext("not stated"))
    sheet.write_user_text(row, _LEFT, scope, WRAPPED)
    sheet.merge(row, _LEFT, _RIGHT)
    sheet.fit_height(row, (scope, sheet.width_of(_LEFT, _RIGHT), WRAPPED))
    sheet.height(row + 1, 8)
    return row + 2


# ---- key figures ------------------------------------------------------------------------------


def _write_tiles(
    sheet: Sheet, report: Report, areas: AreaTable, row: int, figures: dict[str, Figure]
) -> None:
    tr = report.tr
    spans = spans_of(areas)
    counts = figures["scored"], figures["applicable"]

    def average(n: int, said: object) -> str:
        return tr.ngettext("Average of {n} area", "Average of {n} areas", n, n=said)

    count = report.figures.overall.scored
    label = (counted(average, spans.scored), average(count, count))
    _tile(sheet, row, 0, label, _lowest(report, areas, spans))
    _value(sheet, row, 0, figures["mean_of_areas"], report.one_place)
    _tile(sheet, row, 1, tr.gettext("Average gap to target"), _gap_total(report, spans, figures))
    _value(sheet, row, 1, figures["mean_gap"], report.one_place)
    meaning = tr.gettext("0% is the lowest level everywhere, 100% is every target reached.")
    _tile(sheet, row, 2, tr.gettext("Progress to target"), meaning)
    _value(sheet, row, 2, figures["progress_to_target"], report.percent)
    _tile(sheet, row, 3, tr.gettext("Areas scored"), _left_out(report, areas, spans))
    sheet.formula(
        row + 1,
        _tile_column(3),
        f'{counts[0].formula}&" / "&{counts[1].formula}',
        f"{counts[0].value} / {counts[1].value}",
        _KEY,
    )
    for line, height in enumerate((18, 36, 27)):
        sheet.height(row + line, height)


def _tile_column(tile: int) -> int:
    return _LEFT + tile * _TILE


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


def _write_notices(sheet: Sheet, report: Report, areas: AreaTable, row: int) -> int:
    """What a reader must know before believing the figures; the row stays when all is settled."""
    tr, figures = report.tr, report.figures
    undiscussed = sum(a.is_applicable and not a.target_agreed for a in figures.areas)
    words = tr.gettext("not agreed")
    count = f"COUNTIF({areas.span(AreaCol.TARGET_STATE)},{literal(words)})"
    highest = report.model.highest_level

    def notice(n: int, said: object) -> str:
        return tr.ngettext(
            "No target was agreed for {n} area; level {level} is assumed.",
            "No target was agreed for {n} areas; level {level} is assumed.",
            n,
            n=said,
            level=highest,
        )

    style = Style(size=9, bold=True, colour=NOTICE, vertical="center")
    result = notice(undiscussed, undiscussed) if undiscussed else ""
    sheet.formula(row, _LEFT, f'IF({count}=0,"",{counted(notice, count)})', result, style)
    sheet.height(row, 18 if undiscussed else 8)
    return row + 1


# ---- dimensions ---------------------------------------------------------------------------------


def _write_dimensions(
    sheet: Sheet, report: Report, areas: AreaTable, lists: Lists, row: int
) -> tuple[int, str]:
    """Radar and table side by side; the next free row and the range of the means."""
    tr = report.tr
    _section(sheet, row, _LEFT, _NAME - 2, tr.gettext("Profile by dimension"))
    _section(sheet, row, _NAME, _RIGHT, tr.gettext("Dimensions in figures"))
    sheet.height(row, 20)
    _dimension_header(sheet, report, row + 1)
    first = row + 2
    dimensions = report.model.dimensions
    height = max(18.0, (_CHART_POINTS - 30) / (len(dimensions) + 2))
    for number, dimension in enumerate(dimensions):
        figures = group_figures(report, areas, dimension.id)
        style = replace(ROW, colour=dimension_text(number), bold=True, vertical="center")
        name = report.dimension_names[dimension.id]
        _dimension_row(sheet, first + number, (name, style), figures, report.one_place)
        _write_chart_row(sheet, report, lists, first + number, number, dimension)
    last = first + len(dimensions) - 1
    total = replace(ROW, bold=True, vertical="center", line_above=ACCENT)
    all_areas = group_figures(report, areas, None)
    _dimension_row(sheet, last + 1, (tr.gettext("All areas"), total), all_areas, report.one_place)
    _staged_row(sheet, report, areas, last + 2)
    for line in range(first, last + 3):
        sheet.height(line, height)
    _add_radar(sheet, report, lists, row + 1, 30 + height * (len(dimensions) + 2))
    return last + 3, sheet.span(_MEAN, first, last)


def _dimension_header(sheet: Sheet, report: Report, row: int) -> None:
    tr = report.tr
    heads = {
        _MEAN: tr.gettext("Mean"),
        _LOWEST: tr.gettext("Lowest level"),
        _HIGHEST: tr.gettext("Highest level"),
        _TARGET: tr.gettext("Target"),
        _SCORED: tr.gettext("Scored"),
    }
    sheet.apply_style(row, _NAME + 1, _RIGHT, HEADER)
    sheet.write_label(row, _NAME, tr.gettext("Dimension"), replace(HEADER, wrap=False))
    for column, head in heads.items():
        at_edge = column == _SCORED
        sheet.write_label(
            row, column, head, replace(HEADER_NUMBER, wrap=False, indent=int(at_edge))
        )
    sheet.height(row, 30)


def _dimension_row(
    sheet: Sheet,
    row: int,
    name: tuple[str, Style],
    figures: dict[str, Figure],
    one_place: str,
) -> None:
    words, style = name
    number = replace(ROW_NUMBER, vertical="center", line_above=style.line_above)
    sheet.apply_style(row, _NAME + 1, _RIGHT, number)
    long = len(words) > _LONG_NAME
    sheet.write_user_text(row, _NAME, words, replace(style, wrap=long))
    if long:
        sheet.merge(row, _NAME, _MEAN - 2)
    columns = (
        (_MEAN, figures["mean"], replace(number, number_format=one_place, bold=True)),
        (_LOWEST, figures["floor"], number),
        (_HIGHEST, figures["ceiling"], number),
        (_TARGET, figures["target_mean"], replace(number, number_format=one_place)),
    )
    for column, figure, look in columns:
        sheet.figure(row, column, figure.formula, figure.value, look)
    scored, applicable = figures["scored"], figures["applicable"]
    formula = f'{scored.formula}&" / "&{applicable.formula}'
    at_edge = replace(number, indent=1)
    sheet.formula(row, _SCORED, formula, f"{scored.value} / {applicable.value}", at_edge)


def _staged_row(sheet: Sheet, report: Report, areas: AreaTable, row: int) -> None:
    """The level that every applicable area has reached, known once all are scored."""
    tr, figures = report.tr, report.figures
    spans = spans_of(areas)
    applicable = spans.applicable(report.unscored_state(applicable=False))
    reached = tr.gettext("Every applicable area has reached level {level}.", level=mark(0))
    missing = f"({applicable}-{spans.scored})"

    def still_open(n: int, said: object) -> str:
        return tr.ngettext(
            "Level reached by every area: known once {n} more area is scored.",
            "Level reached by every area: known once {n} more areas are scored.",
            n,
            n=said,
        )

    nothing = tr.gettext("No area is applicable.")
    formula = (
        f"IF({applicable}=0,{live(nothing)},IF({missing}=0,"
        f"{live(reached, f'MIN({spans.levels})')},{counted(still_open, missing)}))"
    )
    if figures.overall.applicable == 0:
        result = nothing
    elif figures.staged_level is None:
        result = still_open(figures.open_count, figures.open_count)
    else:
        result = tr.gettext(
            "Every applicable area has reached level {level}.",
            level=tr.number(figures.staged_level),
        )
    sheet.formula(row, _NAME, formula, result, replace(QUIET, vertical="center", wrap=False))


def _write_chart_row(
    sheet: Sheet, report: Report, lists: Lists, row: int, number: int, dimension: Dimension
) -> None:
    """What the radar reads: a dimension without a figure is left out instead of drawn at zero."""
    group = report.figures.dimension(dimension.id)
    at = FIRST + number
    mean, target, name = (sheet.at(row, column) for column in (_MEAN, _TARGET, _NAME))
    state = report.state(group) if group.mean is None else report.unscored_state(applicable=True)
    target_sheet = lists.sheet
    target_sheet.formula(
        at,
        DIMENSION_LABEL,
        f'IF(ISNUMBER({mean}),{name},{name}&" ("&{literal(state)}&")")',
        _dimension_label(report, dimension),
        BODY,
    )
    target_sheet.formula(
        at, DIMENSION_MEAN, f"IF(ISNUMBER({mean}),{mean},NA())", point(group.mean), BODY
    )
    target_sheet.formula(
        at,
        DIMENSION_TARGET,
        f"IF(ISNUMBER({target}),{target},NA())",
        point(group.target_mean),
        BODY,
    )
    target_sheet.number(at, DIMENSION_EARLIER, report.earlier_means.get(dimension.id), BODY)


def _dimension_label(report: Report, dimension: Dimension) -> str:
    group = report.figures.dimension(dimension.id)
    name = report.dimension_names[dimension.id]
    return name if group.mean is not None else f"{name} ({report.state(group)})"


def _add_radar(sheet: Sheet, report: Report, lists: Lists, row: int, points: float) -> None:
    tr = report.tr
    dimensions = report.model.dimensions
    groups = report.figures.dimensions
    last = FIRST + len(dimensions) - 1
    source = lists.sheet

    def column(col: int, name: str, values: Sequence[object]) -> Column:
        return Column(
            name,
            source.at(1, col),
            source.span(col, FIRST, last),
            list(values),  # type: ignore[arg-type]
        )

    earlier = None
    if report.earlier is not None and report.earlier_means:
        source.write_label(1, DIMENSION_EARLIER, tr.month(report.earlier.date))
        then = [point(report.earlier_means.get(d.id)) for d in dimensions]
        earlier = column(DIMENSION_EARLIER, tr.month(report.earlier.date), then)
    data = ProfileData(
        labels_at=source.span(DIMENSION_LABEL, FIRST, last),
        labels=[_dimension_label(report, d) for d in dimensions],
        current=column(DIMENSION_MEAN, tr.gettext("Current"), [point(g.mean) for g in groups]),
        target=column(
            DIMENSION_TARGET, tr.gettext("Target"), [point(g.target_mean) for g in groups]
        ),
        earlier=earlier,
        lowest=report.model.lowest_level,
        highest=report.model.highest_level,
    )
    columns = _NAME - 1 - _LEFT
    width = columns * _GRID_WIDTH * PIXELS_PER_WIDTH * 2.54 / 96
    add_profile_chart(sheet, data, f"{get_column_letter(_LEFT)}{row}", width, points * 2.54 / 72)


# ---- words --------------------------------------------------------------------------------------


def _section(sheet: Sheet, row: int, first: int, last: int, text: str) -> None:
    sheet.write_label(row, first, text, SECTION)
    sheet.apply_style(row, first + 1, last, SECTION)


def _write_words(sheet: Sheet, report: Report, areas: AreaTable, row: int) -> int:
    """The widest gaps and the first steps, in words, side by side."""
    tr = report.tr
    middle = _LEFT + 12
    _section(sheet, row, _LEFT, middle - 2, tr.gettext("Widest gaps"))
    _section(sheet, row, middle, _RIGHT, tr.gettext("Next steps"))
    sheet.height(row, 22)
    gaps = report.figures.widest_gaps()[:WIDEST_GAPS]
    steps = _first_steps(report)
    row += 1
    for index in range(max(len(gaps), len(steps), 1)):
        left = _gap_words(report, gaps, index)
        right = _step_words(report, steps, index)
        _entry(sheet, row, _LEFT, middle - 2, left)
        _entry(sheet, row, middle, _RIGHT, right)
        if index < len(gaps):
            _live_levels(sheet, report, areas, row, middle - 2, gaps[index])
        width = sheet.width_of(_LEFT, middle - 2)
        sheet.height(row, 16)
        sheet.fit_height(row + 1, (left[2], width, QUIET), (right[2], width, QUIET))
        row += 2
    note = tr.gettext(
        "Text as of {date}. The figures on this page update when you edit the sheet "
        "“{sheet}”; the text does not.",
        date=tr.long_date(report.today),
        sheet=areas.sheet.raw.title,
    )
    sheet.write_label(row, _LEFT, note, Style(size=8, italic=True, colour=SECONDARY))
    return row + 1


def _entry(sheet: Sheet, row: int, first: int, last: int, words: tuple[str, str, str]) -> None:
    """A heading with its levels at the right, and a sentence or two below."""
    heading, levels, text = words
    bold = Style(bold=True, vertical="center")
    sheet.write_user_text(row, first, heading, bold)
    sheet.write_user_text(row, last, levels, replace(bold, horizontal="right", colour=ACCENT))
    sheet.write_user_text(row + 1, first, text, QUIET)
    sheet.merge(row + 1, first, last)


def _live_levels(
    sheet: Sheet, report: Report, areas: AreaTable, row: int, column: int, area: AreaFigures
) -> None:
    """Current and target level of a gap, as they stand in the profile now."""
    number = str(report.numbers[area.area_id])
    level, target = (areas.look_up(c, number) for c in (AreaCol.LEVEL, AreaCol.TARGET))
    tr = report.tr
    style = Style(bold=True, vertical="center", horizontal="right", colour=ACCENT)
    result = f"{tr.number(area.level)} → {tr.number(area.target)}"
    sheet.formula(row, column, f'{level}&" → "&{target}', result, style)


def _gap_words(report: Report, gaps: Sequence[AreaFigures], index: int) -> tuple[str, str, str]:
    tr = report.tr
    if not gaps and index == 0:
        if report.figures.overall.scored:
            return tr.gettext("All targets reached: no gap is left in the scored areas."), "", ""
        if report.figures.overall.applicable == 0:
            return tr.gettext("No area is applicable."), "", ""
        return tr.gettext("Nothing is scored yet."), "", ""
    if index >= len(gaps) or gaps[index].level is None:
        return "", "", ""
    area = gaps[index]
    assert area.level is not None
    now = tr.gettext("Current: level {level}.", level=report.level_in_words(area.level))
    today = report.description(area.area_id, int(area.level))
    goal = tr.gettext("Target: level {level}.", level=report.level_in_words(area.target))
    then = report.description(area.area_id, area.target)
    dimension = report.dimension_names[area.dimension_id]
    name = report.area_names[area.area_id]
    heading = f"{index + 1}  {name}"
    if dimension.casefold() not in name.casefold():
        heading += f" · {dimension}"
    return heading, "", " ".join(part for part in (now, today, goal, then) if part)


def _first_steps(report: Report) -> Sequence[Step]:
    return report.steps[:FIRST_STEPS]


def _step_words(report: Report, steps: Sequence[Step], index: int) -> tuple[str, str, str]:
    tr = report.tr
    if not steps and index == 0:
        return tr.gettext("No step is open."), "", ""
    if index >= len(steps):
        return "", "", ""
    step = steps[index]
    levels = f"{tr.number(step.from_level)} → {step.to_level}"
    actions = report.actions(step)
    text = " ".join(actions[:1]) or report.description(step.area_id, step.to_level)
    return f"{index + 1}  {report.area_names[step.area_id]}", levels, text


# ---- levels -------------------------------------------------------------------------------------


def _write_levels(sheet: Sheet, report: Report, row: int) -> None:
    """What the levels mean, as a strip from pale to dark."""
    model = report.model
    _section(sheet, row, _LEFT, _RIGHT, report.tr.gettext("What the levels mean"))
    sheet.height(row, 22)
    sheet.height(row + 1, 20)
    columns = _RIGHT - _LEFT + 1
    bounds = [_LEFT + columns * i // len(model.levels) for i in range(len(model.levels) + 1)]
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
