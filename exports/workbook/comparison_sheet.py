"""Comparison sheet: grade and reasons, what moved, averages over time, and why they moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.comparison.causes import Cause, Movement
from app.comparison.comparison import MeanOverTime
from app.comparison.grade import Grade
from app.comparison.planned import planned_and_achieved
from app.session.session import Session
from app.words.comparison import (
    CAUSE_NAMES,
    CAUSE_WORDS,
    GRADE_TITLES,
    consequence_in_words,
    part_in_words,
    reason_in_words,
    what_holds,
)
from app.words.planned_words import outcome_lines, planned_summary
from exports.workbook.book import (
    PIXELS_PER_WIDTH,
    Sheet,
    here,
    literal,
    page_height_for,
    shown,
    text_height,
)
from exports.workbook.compared import Compared
from exports.workbook.comparison_charts import (
    CHART_POINTS,
    Averages,
    Place,
    add_overlays,
    add_trend,
    add_waterfall,
    has_waterfall,
    overlay_count,
)
from exports.workbook.comparison_figures import Group, difference
from exports.workbook.comparison_lists import ComparisonLists, ListCol, Named
from exports.workbook.comparison_table import HEADER_ROW, ComparisonTable
from exports.workbook.figures import Figure
from exports.workbook.lists_sheet import FIRST
from exports.workbook.styles import (
    ACCENT,
    BODY,
    DAY_FORMATS,
    HEADER,
    HEADER_NUMBER,
    LEAD,
    LINK,
    NOTICE,
    NOTICE_GROUND,
    ONE_PLACE,
    QUIET,
    ROW,
    ROW_DAY,
    ROW_NUMBER,
    SECTION,
    SIGNED_MEAN,
    SIGNED_PART,
    TITLE,
    TWO_PLACES,
    WHITE,
    WRAPPED,
    Style,
    dimension_text,
)
from exports.workbook.summary_grid import GRID_WIDTH, LEFT, RIGHT, write_section

_MIDDLE = LEFT + 12
_LETTER = Style(
    size=26, bold=True, horizontal="center", vertical="center", colour=NOTICE, fill=NOTICE_GROUND
)
_GRADE = Style(size=14, bold=True, vertical="center", wrap=True, indent=1)
_BOLD = replace(WRAPPED, bold=True)
_LINE = replace(ROW, vertical="center")
_NUMBER = replace(ROW_NUMBER, vertical="center")
_DATE, _TITLE, _UNIT, _MODEL, _SCORED = _MIDDLE, _MIDDLE + 2, _MIDDLE + 5, _MIDDLE + 8, RIGHT
_COUNT, _MEANS, _MEAN_COLUMNS = LEFT + 6, LEFT + 8, 2
_BEFORE, _PART_COLUMNS = LEFT + 6, 3
_LABEL_COLUMNS, _OUTCOME_COLUMNS = 4, 6
_USUAL, _AIRY, _HEADER_POINTS = 18.0, 26.0, 24.0
_LONG_LEGEND = 40.0
"""More room for a legend with the names of units."""


def write_comparison(
    sheet: Sheet, compared: Compared, table: ComparisonTable, lists: ComparisonLists
) -> None:
    """Fill the sheet."""
    tr = compared.tr
    title = tr.pgettext("sheet of the workbook", "Comparison")
    sheet.widths(2, *[GRID_WIDTH] * (RIGHT - LEFT + 1), 2)
    sheet.print_setup(compared.report, title)
    sheet.write_label(1, LEFT, title, TITLE)
    sheet.height(1, 34)
    sessions = compared.comparison.sessions
    client = sessions[-1].organisation.name
    lead = tr.gettext("{client} · {n} sessions compared", client=client, n=len(sessions))
    sheet.write_user_text(2, LEFT, lead, LEAD)
    sheet.height(2, 20)
    sheet.write_label(3, LEFT, tr.gettext("To the areas side by side"), LINK)
    sheet.link_to(3, LEFT, table.sheet.raw.title, f"A{HEADER_ROW}")
    row = _write_grade(sheet, compared, 4)
    row = _write_moved(sheet, compared, lists, row + 1)
    row = _write_planned(sheet, compared, row)
    if not compared.has_totals:
        return
    row, averages = _write_averages(sheet, compared, table, row + 1)
    row = _write_overlays(sheet, compared, lists, averages, row)
    row = _write_causes(sheet, compared, table, lists.sheet, row + 1)
    if compared.comparison.allows_trends:
        place = _chart_row(sheet, row + 1, RIGHT - LEFT + 1)
        add_trend(sheet, compared, lists.sheet, averages, place)


def _write_overlays(
    sheet: Sheet, compared: Compared, lists: ComparisonLists, averages: Averages, row: int
) -> int:
    """Radars at the right of the averages where there is room, else below; the next free row."""
    count = overlay_count(compared)
    if not count:
        return row
    if count == 1:
        first = min(averages.rows.values()) - 1
        left = _mean_column(len(averages.columns)) + _MEAN_COLUMNS + 1
        height = CHART_POINTS + (_LONG_LEGEND if compared.has_several_units else 0.0)
        table = sheet.points(first, averages.all_areas)
        if table < height:
            sheet.height(row, height - table)
            row += 1
        places = [Place(first, left, RIGHT - left + 1, max(height, table))]
    else:
        below = _chart_row(sheet, row + 1, _MIDDLE - 1 - LEFT)
        places = [below, replace(below, column=_MIDDLE)]
        row += 2
    add_overlays(sheet, compared, lists.sheet, averages, places)
    return row


def _chart_row(sheet: Sheet, row: int, columns: int) -> Place:
    """A row as high as a chart, on a new page if it does not fit on this one."""
    _new_page_unless_it_fits(sheet, row, CHART_POINTS)
    sheet.height(row, CHART_POINTS)
    return Place(row, LEFT, columns)


def _new_page_unless_it_fits(sheet: Sheet, row: int, points: float) -> None:
    """Begin a new page with a row if so many points more do not fit."""
    width = sheet.width_of(1, RIGHT + 1) * PIXELS_PER_WIDTH * 2.54 / 96
    page = page_height_for(width) * 72 / 2.54
    begins = [each.id + 1 for each in sheet.raw.row_breaks.brk]
    used = sheet.points(max([1, *begins]), row - 1)
    if used + points > page:
        sheet.new_page(row)


# ---- grade and sessions -----------------------------------------------------------------------


def _write_grade(sheet: Sheet, compared: Compared, row: int) -> int:
    """Grade and reasons at the left, the sessions at the right; the next free row."""
    tr, grade = compared.tr, compared.comparison.graded.grade
    write_section(sheet, row, LEFT, _MIDDLE - 2, tr.gettext("How comparable?"))
    write_section(sheet, row, _MIDDLE, RIGHT, tr.gettext("Sessions"))
    sheet.height(row, 22)
    row += 1
    letter = replace(_LETTER, colour=WHITE, fill=ACCENT) if grade is Grade.A else _LETTER
    sheet.write_label(row, LEFT, grade.value, letter)
    sheet.apply_style(row, LEFT + 1, LEFT + 1, letter)
    sheet.merge(row, LEFT, LEFT + 1)
    sheet.write_label(row, LEFT + 2, tr.gettext(GRADE_TITLES[grade]), _GRADE)
    sheet.merge(row, LEFT + 2, _MIDDLE - 2)
    _write_session_heads(sheet, compared, row)
    sheet.height(row, 32)
    lines, sessions = list(_grade_lines(compared)), compared.comparison.sessions
    for offset in range(max(len(lines), len(sessions))):
        row += 1
        least = _USUAL
        if offset < len(lines):
            text, look = lines[offset]
            sheet.write_label(row, LEFT, text, look)
            sheet.merge(row, LEFT, _MIDDLE - 2)
            least = max(least, text_height(text, sheet.width_of(LEFT, _MIDDLE - 2), look))
        if offset < len(sessions):
            least = max(least, _write_session(sheet, compared, row, sessions[offset]))
        sheet.height(row, least)
    return row + 1


def _grade_lines(compared: Compared) -> Iterator[tuple[str, Style]]:
    """Reasons, then what follows from them."""
    tr, comparison = compared.tr, compared.comparison
    for reason, pairs in comparison.reasons:
        graded = max((pair.graded for pair in pairs), key=lambda each: each.grade)
        yield reason_in_words(reason, graded, tr), WRAPPED
    if not comparison.reasons:
        yield what_holds(comparison, tr), WRAPPED
    elif len(comparison.sessions) > 2:
        yield tr.gettext("The two sessions that compare worst decide on the grade."), QUIET
    yield consequence_in_words(comparison, tr), _BOLD
    yield tr.gettext("Grade and reasons are those of the export."), QUIET


def _write_session_heads(sheet: Sheet, compared: Compared, row: int) -> None:
    tr = compared.tr
    sheet.apply_style(row, _MIDDLE, RIGHT, HEADER)
    heads = {
        _DATE: tr.gettext("Date"),
        _TITLE: tr.gettext("Session"),
        _UNIT: tr.gettext("Unit"),
        _MODEL: tr.gettext("Model"),
        _SCORED: tr.gettext("Scored"),
    }
    for column, head in heads.items():
        style = HEADER_NUMBER if column == _SCORED else HEADER
        sheet.write_label(row, column, head, replace(style, wrap=False))


def _write_session(sheet: Sheet, compared: Compared, row: int, session: Session) -> float:
    """One of the sessions compared; the height its row needs."""
    tr = compared.tr
    model = session.model
    scale = tr.gettext(
        "levels {lowest} to {highest}", lowest=model.lowest_level, highest=model.highest_level
    )
    day_look = replace(ROW_DAY, number_format=DAY_FORMATS[tr.language], vertical="center")
    sheet.apply_style(row, _MIDDLE, RIGHT, _LINE)
    sheet.day(row, _DATE, session.date, day_look)
    sheet.merge(row, _DATE, _TITLE - 1)
    texts = (
        (_TITLE, _UNIT, session.title),
        (_UNIT, _MODEL, "" if session.unit is None else session.unit.full_name),
        (_MODEL, _SCORED, f"{model.content_version}, {scale}"),
    )
    heights = []
    for first, after, text in texts:
        sheet.write_user_text(row, first, text, _LINE)
        sheet.merge(row, first, after - 1)
        heights.append(text_height(text, sheet.width_of(first, after - 1), _LINE))
    applicable = [rating for rating in session.all_ratings() if rating.is_applicable]
    scored = sum(rating.level is not None for rating in applicable)
    sheet.write_label(row, _SCORED, f"{scored} / {len(applicable)}", replace(_NUMBER, indent=0))
    return max(heights)


# ---- what moved ---------------------------------------------------------------------------------


def _write_moved(sheet: Sheet, compared: Compared, lists: ComparisonLists, row: int) -> int:
    """Areas that rose, fell and are open again, in words; returns the next free row."""
    tr = compared.tr
    since = tr.gettext("Since {date}", date=compared.heads[-2])
    if compared.has_several_units:
        since = tr.gettext("Beside {session}", session=compared.heads[-2])
    elif lists.risen is not None:
        since = tr.gettext("What moved since {date}", date=compared.heads[-2])
    write_section(sheet, row, LEFT, RIGHT, "")
    sheet.write_user_text(row, LEFT, since, SECTION)
    sheet.height(row, 24)
    entries: tuple[tuple[str, Named | None], ...] = (
        (tr.gettext("Risen"), lists.risen),
        (tr.gettext("Fallen"), lists.fallen),
        (tr.gettext("Newly open"), lists.newly_open),
    )
    if compared.has_several_units:  # two teams are no way that one of them went
        entries = (
            (tr.gettext("Higher"), lists.risen),
            (tr.gettext("Lower"), lists.fallen),
            (tr.gettext("Open here"), lists.newly_open),
        )
    for label, named in entries:
        if named is not None:
            row += 1
            _write_named(sheet, row, label, named)
    return row + 1


def _write_named(sheet: Sheet, row: int, label: str, named: Named) -> None:
    first = LEFT + _LABEL_COLUMNS
    sheet.apply_style(row, LEFT, RIGHT, _LINE)
    formula = f'{literal(label + " (")}&{named.count}&")"'
    sheet.formula(row, LEFT, formula, f"{label} ({named.known})", replace(_LINE, bold=True))
    sheet.merge(row, LEFT, first - 1)
    sheet.formula(row, first, *named.words, _LINE)
    sheet.merge(row, first, RIGHT)
    sheet.fit_height(row, (named.words[1], sheet.width_of(first, RIGHT), _LINE), least=_USUAL)


def _write_planned(sheet: Sheet, compared: Compared, row: int) -> int:
    """Write the outcome of the steps of the session before, if known; returns the next row."""
    tr, comparison = compared.tr, compared.comparison
    found = planned_and_achieved(comparison)
    if found is None:
        return row
    row = begin = row + 1
    write_section(sheet, row, LEFT, RIGHT, tr.gettext("Planned against achieved"))
    sheet.height(row, 24)
    row += 1
    note = tr.gettext("Status and levels are those of the export.")
    summary = f"{planned_summary(found, tr)} {note}"
    sheet.write_label(row, LEFT, summary, WRAPPED)
    sheet.merge(row, LEFT, RIGHT)
    sheet.fit_height(row, (summary, sheet.width_of(LEFT, RIGHT), WRAPPED), least=_USUAL)
    first = LEFT + _OUTCOME_COLUMNS
    bold = replace(_LINE, bold=True)
    for line in outcome_lines(found, comparison.sessions, compared.report.language, tr):
        row += 1
        sheet.apply_style(row, LEFT, RIGHT, _LINE)
        label = f"{line.heading} ({line.count})"
        sheet.write_label(row, LEFT, label, bold)
        sheet.merge(row, LEFT, first - 1)
        sheet.write_user_text(row, first, line.areas, _LINE)
        sheet.merge(row, first, RIGHT)
        pieces = (
            (label, sheet.width_of(LEFT, first - 1), bold),
            (line.areas, sheet.width_of(first, RIGHT), _LINE),
        )
        sheet.fit_height(row, *pieces, least=_USUAL)
    _new_page_unless_it_fits(sheet, begin, sheet.points(begin, row))
    return row + 1


# ---- averages -----------------------------------------------------------------------------------


def _write_averages(
    sheet: Sheet, compared: Compared, table: ComparisonTable, row: int
) -> tuple[int, Averages]:
    """The averages of the common areas over time; the next free row, and where they stand."""
    tr, comparison = compared.tr, compared.comparison
    title = tr.gettext("Averages of the areas that all share, with the weights of the latest")
    write_section(sheet, row, LEFT, RIGHT, title)
    sheet.height(row, 24)
    row += 1
    _write_average_heads(sheet, compared, table, row)
    known = {group.id: group for group in comparison.dimensions}
    rows: dict[str, int] = {}
    begin = row - 1
    least = _AIRY if overlay_count(compared) == 1 else _USUAL
    for number, dimension in enumerate(comparison.latest.model.dimensions, 1):
        row += 1
        rows[dimension.id] = row
        style = replace(_LINE, colour=dimension_text(number - 1), bold=True)
        name = compared.dimension_names[dimension.id]
        group = Group(table, number), known.get(dimension.id)
        _write_average(sheet, table, row, (name, style, least), group)
    row += 1
    total = replace(_LINE, bold=True, line_above=ACCENT)
    everything = Group(table), comparison.overall
    _write_average(sheet, table, row, (tr.gettext("All areas"), total, least), everything)
    points = sheet.points(begin, row)
    if overlay_count(compared) == 1:
        points = max(points, CHART_POINTS + _LONG_LEGEND)
    _new_page_unless_it_fits(sheet, begin, points)
    return row + 1, Averages(rows, row, tuple(map(_mean_column, range(table.sessions))))


def _mean_column(session: int) -> int:
    return _MEANS + session * _MEAN_COLUMNS


def _write_average_heads(
    sheet: Sheet, compared: Compared, table: ComparisonTable, row: int
) -> None:
    tr = compared.tr
    last = _mean_column(table.sessions) + _MEAN_COLUMNS - 1
    sheet.apply_style(row, LEFT, last, HEADER_NUMBER)
    sheet.write_label(row, LEFT, tr.gettext("Dimension"), HEADER)
    sheet.merge(row, LEFT, _COUNT - 1)
    heads = [(_COUNT, tr.gettext("Areas"))]
    heads += [(_mean_column(number), head) for number, head in enumerate(compared.heads)]
    heads.append((_mean_column(table.sessions), tr.gettext("Difference")))
    width = sheet.width_of(_COUNT, _COUNT + _MEAN_COLUMNS - 1)
    for column, head in heads:
        sheet.write_user_text(row, column, head, HEADER_NUMBER)
        sheet.merge(row, column, column + _MEAN_COLUMNS - 1)
    pieces = ((head, width, HEADER_NUMBER) for _, head in heads)
    sheet.fit_height(row, *pieces, least=_HEADER_POINTS)


def _write_average(
    sheet: Sheet,
    table: ComparisonTable,
    row: int,
    name: tuple[str, Style, float],
    group: tuple[Group, MeanOverTime | None],
) -> None:
    words, style, least = name
    figures, known = group
    number = replace(_NUMBER, line_above=style.line_above)
    last = _mean_column(table.sessions)
    sheet.apply_style(row, LEFT, last + _MEAN_COLUMNS - 1, number)
    sheet.write_user_text(row, LEFT, words, style)
    sheet.merge(row, LEFT, _COUNT - 1)
    cells = [(_COUNT, figures.areas(known), number)]
    mean = replace(number, number_format=ONE_PLACE)
    for session in range(table.sessions):
        look = replace(mean, bold=True) if session == table.sessions - 1 else mean
        cells.append((_mean_column(session), figures.mean(session, known), look))
    later, earlier = here(row, last - _MEAN_COLUMNS), here(row, last - 2 * _MEAN_COLUMNS)
    by = difference(later, earlier, None if known is None else known.difference)
    cells.append((last, by, replace(number, number_format=SIGNED_MEAN)))
    for column, figure, look in cells:
        sheet.figure(row, column, figure.formula, figure.value, look)
        sheet.merge(row, column, column + _MEAN_COLUMNS - 1)
    sheet.fit_height(row, (words, sheet.width_of(LEFT, _COUNT - 1), style), least=least)


# ---- why ----------------------------------------------------------------------------------------


def _write_causes(
    sheet: Sheet, compared: Compared, table: ComparisonTable, lists: Sheet, row: int
) -> int:
    """The waterfall with its sentences, and all parts as a table; the next free row."""
    tr, comparison = compared.tr, compared.comparison
    overall = comparison.overall
    assert overall is not None
    moved = overall.why[-1]
    ends = {"then": compared.heads[-2], "now": compared.heads[-1]}
    title = tr.gettext("Why did the average of all scored areas move, {then} to {now}?", **ends)
    if compared.has_several_units:
        title = tr.gettext("Why do the averages of all scored areas differ: {then}, {now}?", **ends)
    begin = row
    write_section(sheet, row, LEFT, RIGHT, "")
    sheet.write_user_text(row, LEFT, title, SECTION)
    sheet.height(row, 24)
    groups = [(None, overall), *((each.id, each) for each in comparison.dimensions)]
    first = row + 1 + (len(Cause) + 4 if has_waterfall(moved) else 1)
    parts = first + 1
    stages = {}
    for offset, (dimension_id, group) in enumerate(groups):
        figures = Group(table, compared.dimension_numbers.get(dimension_id or ""))
        stages[parts + offset] = _write_stages(lists, FIRST + offset, figures, group.why[-1])
    if has_waterfall(moved):
        _write_sentences(sheet, compared, parts, row + 1)
        add_waterfall(sheet, compared, lists, moved, Place(row + 1, LEFT))
        points = sheet.points(row + 1, first - 2)
        if points < CHART_POINTS:
            sheet.height(first - 2, sheet.points(first - 2, first - 2) + CHART_POINTS - points)
    _write_part_heads(sheet, compared, first)
    for offset, (dimension_id, group) in enumerate(groups):
        _write_parts(sheet, compared, parts + offset, (dimension_id, group), stages[parts + offset])
    note = tr.gettext(
        "In this order, each part on top of those before; together they are the whole change. All "
        "areas that were scored count here, with the weights of their session; the averages above "
        "are those of the shared areas."
    )
    last = parts + len(groups)
    sheet.write_label(last, LEFT, note, QUIET)
    sheet.merge(last, LEFT, RIGHT)
    sheet.fit_height(last, (note, sheet.width_of(LEFT, RIGHT), QUIET))
    _new_page_unless_it_fits(sheet, begin, sheet.points(begin, last))
    return last + 1


def _write_stages(lists: Sheet, row: int, group: Group, moved: Movement) -> tuple[str, ...]:
    """The average before and after each part, on the hidden sheet; the places."""
    places = []
    for offset, figure in enumerate(group.stages(moved)):
        column = ListCol.STAGE + offset
        lists.figure(row, column, figure.formula, figure.value, BODY)
        places.append(lists.at(row, column))
    return tuple(places)


def _write_part_heads(sheet: Sheet, compared: Compared, row: int) -> None:
    tr = compared.tr
    heads = [
        compared.heads[-2],
        *(tr.gettext(CAUSE_NAMES[cause]) for cause in Cause),
        compared.heads[-1],
    ]
    last = _BEFORE + len(heads) * _PART_COLUMNS - 1
    sheet.apply_style(row, LEFT, last, HEADER_NUMBER)
    sheet.write_label(row, LEFT, tr.gettext("Dimension"), HEADER)
    sheet.merge(row, LEFT, _BEFORE - 1)
    width = sheet.width_of(_BEFORE, _BEFORE + _PART_COLUMNS - 1)
    for offset, head in enumerate(heads):
        column = _BEFORE + offset * _PART_COLUMNS
        sheet.write_user_text(row, column, head, HEADER_NUMBER)
        sheet.merge(row, column, column + _PART_COLUMNS - 1)
    sheet.fit_height(row, *((head, width, HEADER_NUMBER) for head in heads), least=24)


def _write_parts(
    sheet: Sheet,
    compared: Compared,
    row: int,
    group: tuple[str | None, MeanOverTime],
    stages: tuple[str, ...],
) -> None:
    """The average before, the four parts, and the average after as their sum."""
    dimension_id, known = group
    moved = known.why[-1]
    if dimension_id is None:
        name, style = compared.tr.gettext("All areas"), replace(_LINE, bold=True, line_below=ACCENT)
    else:
        number = compared.dimension_numbers[dimension_id]
        name = compared.dimension_names[dimension_id]
        style = replace(_LINE, colour=dimension_text(number - 1), bold=True)
    look = replace(_NUMBER, line_below=style.line_below, number_format=TWO_PLACES)
    columns = [_BEFORE + offset * _PART_COLUMNS for offset in range(len(Cause) + 2)]
    sheet.apply_style(row, LEFT, columns[-1] + _PART_COLUMNS - 1, look)
    sheet.write_user_text(row, LEFT, name, style)
    sheet.merge(row, LEFT, _BEFORE - 1)
    cells = [Figure(stages[0], moved.before)]
    for offset, part in enumerate(moved.parts):
        cells.append(difference(stages[offset + 1], stages[offset], part.by))
    span = f"{here(row, columns[0])}:{here(row, columns[-2])}"
    everything = f"IF(COUNT({span})={len(cells)},SUM({span}),{stages[-1]})"
    cells.append(Figure(everything, moved.after))
    for offset, (column, figure) in enumerate(zip(columns, cells, strict=True)):
        is_part = 0 < offset <= len(Cause)
        signed = replace(look, number_format=SIGNED_PART) if is_part else replace(look, bold=True)
        sheet.figure(row, column, figure.formula, figure.value, signed)
        sheet.merge(row, column, column + _PART_COLUMNS - 1)
    sheet.fit_height(row, (name, sheet.width_of(LEFT, _BEFORE - 1), style), least=_USUAL)


def _write_sentences(sheet: Sheet, compared: Compared, parts: int, row: int) -> None:
    """Each part beside the waterfall: its figure, its name and the areas that make it."""
    tr, comparison = compared.tr, compared.comparison
    assert comparison.overall is not None
    moved = comparison.overall.why[-1]
    sessions = (comparison.sessions[-2], comparison.sessions[-1])
    value = Style(bold=True, horizontal="right", number_format=SIGNED_PART)
    for offset, part in enumerate(moved.parts):
        at = row + offset
        place = here(parts, _BEFORE + (offset + 1) * _PART_COLUMNS)
        sheet.formula(at, _MIDDLE, place, shown(part.by), value)
        if compared.has_several_units:
            words = tr.gettext(CAUSE_WORDS[part.cause])
        else:
            said = part_in_words(part, moved.pairs, sessions, tr, compared.report.language)
            words = f"{tr.gettext(CAUSE_NAMES[part.cause])}: {said}"
        sheet.write_user_text(at, _MIDDLE + 1, words, replace(WRAPPED, indent=1))
        sheet.merge(at, _MIDDLE + 1, RIGHT)
        width = sheet.width_of(_MIDDLE + 1, RIGHT)
        sheet.fit_height(at, (words, width, replace(WRAPPED, indent=1)), least=30)
    note = tr.gettext("The sentences are those of the export.")
    sheet.write_label(row + len(moved.parts), _MIDDLE + 1, note, replace(QUIET, indent=1))
    sheet.merge(row + len(moved.parts), _MIDDLE + 1, RIGHT)
