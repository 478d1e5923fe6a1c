"""Sheet of the areas over time: the levels of every session side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from openpyxl.utils import get_column_letter

from app.comparison.comparison import AreaOverTime
from app.comparison.relations import AreaPair, Relation, counts
from exports.workbook.area_lists import AreaLists, ListCol
from exports.workbook.book import Sheet, here, shown, width_of_words
from exports.workbook.compared import Compared, NamedArea, key_of
from exports.workbook.comparison_table import (
    AREA,
    DIMENSION,
    DIMENSION_NUMBER,
    FIRST,
    HEADER_ROW,
    ID,
    NUMBER,
    RELATION_KEYS,
    TABLE_NAME,
    ComparisonTable,
)
from exports.workbook.profile_sheet import shade_levels
from exports.workbook.stored_values import Result
from exports.workbook.styles import (
    HEADER,
    HEADER_LEVEL,
    HEADER_NUMBER,
    LINK,
    QUIET,
    ROW,
    ROW_BOLD,
    ROW_LEVEL,
    ROW_LEVEL_BOLD,
    ROW_NOTICE,
    ROW_NUMBER,
    SIGNED,
    Style,
    dimension_row,
)
from exports.workbook.table_header import write_title

_WIDEST_NAME = 34
_LEAST_HEIGHT = 16.0
_LEVEL_WIDTH = 12.0


def table_place(sheet: Sheet, compared: Compared) -> ComparisonTable:
    """Place of the table."""
    comparison = compared.comparison
    last = FIRST + len(comparison.areas) - 1
    return ComparisonTable(sheet, last, len(comparison.sessions), comparison.allows_differences)


def write_compared_areas(
    table: ComparisonTable, compared: Compared, areas: AreaLists, page: str
) -> None:
    """Fill the sheet; ``page`` is the name of the sheet with the comparison as a whole."""
    sheet, tr, report = table.sheet, compared.tr, compared.report
    title = tr.gettext("Comparison by area")
    sheet.widths(*_widths(table, compared).values())
    sheet.hide_columns(*table.hidden)
    write_title(sheet, report, title)
    sheet.write_label(2, NUMBER, _explanation(table, compared), replace(QUIET, wrap=False))
    sheet.write_label(3, NUMBER, tr.gettext("To the comparison as a whole"), LINK)
    sheet.link_to(3, NUMBER, page, "A1")
    heads = _heads(table, compared)
    for column, (head, style) in heads.items():
        sheet.write_user_text(HEADER_ROW, column, head, style)
    visible = (column for column in heads if column not in table.hidden)
    pieces = ((heads[c][0], sheet.width_of(c, c), heads[c][1]) for c in visible)
    sheet.fit_height(HEADER_ROW, *pieces, least=28)
    pairs = {pair.key: pair for pair in compared.comparison.steps[-1]}
    for row, named in enumerate(compared.areas, FIRST):
        _write_names(table, compared, row, named)
        _write_levels(table, compared, areas, row, named.area)
        if table.has_differences:
            _write_difference(table, row, named.area)
            _write_step(table, compared, row, pairs.get(key_of(named.area)))
        _write_weight(table, compared, areas, row, named.area)
    sheet.add_table(TABLE_NAME, HEADER_ROW, NUMBER, table.last, table.wording)
    sheet.raw.freeze_panes = f"{get_column_letter(AREA + 1)}{FIRST}"
    sheet.raw.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    for number, session in enumerate(compared.comparison.sessions):
        column = table.level(number)
        shade_levels(sheet, session.model, (column, column), FIRST, table.last)


def _widths(table: ComparisonTable, compared: Compared) -> dict[int, float]:
    hidden = dict.fromkeys(range(1, table.wording + 1), 9.0)
    levels = {table.level(n): _LEVEL_WIDTH for n in range(table.sessions)}
    differences = {table.difference: 12.0} if table.has_differences else {}
    return {
        **hidden,
        NUMBER: 6.0,
        DIMENSION: _name_width(20, compared.dimension_names, ROW),
        AREA: _name_width(30, compared.names, ROW_BOLD),
        **levels,
        **differences,
        table.weight: 10.0,
        table.wording: 26.0,
    }


def _name_width(least: float, names: Mapping[Any, str], style: Style) -> float:
    return max(least, min(ceil(width_of_words(names.values(), style)), _WIDEST_NAME))


def _explanation(table: ComparisonTable, compared: Compared) -> str:
    tr = compared.tr
    words = tr.gettext(
        "{open}: not scored. {out}: not applicable. –: the model of that session has no such area.",
        open=compared.open,
        out=compared.not_applicable,
    )
    if not table.has_differences:
        return words
    return " ".join(
        (
            tr.gettext(
                "A difference stands where an area asks the same and is scored in all sessions."
            ),
            words,
        )
    )


def _heads(table: ComparisonTable, compared: Compared) -> dict[int, tuple[str, Style]]:
    tr = compared.tr
    levels = {table.level(n): (head, HEADER_LEVEL) for n, head in enumerate(compared.heads)}
    differences = {
        table.asks_the_same: (tr.gettext("Asks the same"), HEADER_NUMBER),
        table.common: (tr.gettext("Common"), HEADER_NUMBER),
        table.difference: (tr.gettext("Difference"), HEADER_LEVEL),
        table.relation: (tr.gettext("Relation"), HEADER_NUMBER),
        table.dimension_before: (tr.gettext("Earlier dimension no."), HEADER_NUMBER),
        table.weight_before: (tr.gettext("Earlier weight"), HEADER_NUMBER),
    }
    return {
        NUMBER: (tr.gettext("No."), HEADER_NUMBER),
        DIMENSION_NUMBER: (tr.gettext("Dimension no."), HEADER_NUMBER),
        ID: (tr.gettext("Area id"), HEADER),
        DIMENSION: (tr.gettext("Dimension"), HEADER),
        AREA: (tr.gettext("Area"), HEADER),
        **levels,
        **(differences if table.has_differences else {}),
        table.weight: (tr.gettext("Weight"), HEADER_NUMBER),
        table.wording: (tr.gettext("Texts"), HEADER),
    }


# ---- a row ------------------------------------------------------------------------------------


def _write_names(table: ComparisonTable, compared: Compared, row: int, named: NamedArea) -> None:
    sheet, area = table.sheet, named.area
    place = compared.dimension_numbers.get(area.dimension_id)
    dimension = compared.dimension_names[area.dimension_id]
    look = ROW if place is None else dimension_row(place - 1)
    wording = compared.wording(area)
    is_same = set(area.relations) <= {Relation.SAME, Relation.EQUIVALENT}
    sheet.number(row, NUMBER, named.number, ROW_NUMBER)
    sheet.number(row, DIMENSION_NUMBER, place or 0, ROW_NUMBER)
    sheet.write_user_text(row, ID, area.area_id, ROW)
    sheet.write_user_text(row, DIMENSION, dimension, look)
    sheet.write_user_text(row, AREA, named.name, ROW_BOLD)
    sheet.write_label(row, table.wording, wording, ROW if is_same else ROW_NOTICE)
    texts = {
        DIMENSION: (dimension, ROW),
        AREA: (named.name, ROW_BOLD),
        table.wording: (wording, ROW),
    }
    sheet.fit_cells(row, texts, _LEAST_HEIGHT)


def _write_levels(
    table: ComparisonTable, compared: Compared, areas: AreaLists, row: int, area: AreaOverTime
) -> None:
    """The levels; those of the session in this workbook follow its profile."""
    sheet = table.sheet
    for number, rating in enumerate(area.ratings):
        column = table.level(number)
        is_latest = column == table.latest
        look = ROW_LEVEL_BOLD if is_latest else ROW_LEVEL
        level = rating.level if rating is not None and counts(rating) else None
        if is_latest and compared.follows_profile and rating is not None:
            key = here(row, NUMBER)
            cells = (areas.look_up(each, key) for each in (ListCol.LEVEL, ListCol.STATE))
            result: Result = compared.state(rating) if level is None else shown(level)
            sheet.formula(row, column, compared.level_words(*cells), result, look)
        elif level is None:
            sheet.write_label(row, column, compared.state(rating), look)
        else:
            sheet.number(row, column, level, look)


def _write_difference(table: ComparisonTable, row: int, area: AreaOverTime) -> None:
    sheet = table.sheet
    is_same = all(relation.is_comparable for relation in area.relations)
    is_common = area.difference is not None
    first, last = here(row, table.level(0)), here(row, table.latest)
    same, common = here(row, table.asks_the_same), here(row, table.common)
    sheet.number(row, table.asks_the_same, int(is_same), ROW_NUMBER)
    scored = f"COUNT({first}:{last})={table.sessions}"
    sheet.formula(row, table.common, f"IF(AND({same}=1,{scored}),1,0)", int(is_common), ROW_NUMBER)
    result: Result = "" if area.difference is None else shown(area.difference)
    formula = f'IF({common}=1,{last}-{here(row, table.before)},"")'
    sheet.formula(row, table.difference, formula, result, replace(ROW_LEVEL, number_format=SIGNED))


def _write_step(
    table: ComparisonTable, compared: Compared, row: int, pair: AreaPair | None
) -> None:
    """Way of the area from the session before to the latest, for the parts of a change."""
    sheet, numbers = table.sheet, compared.dimension_numbers
    key = 0 if pair is None else RELATION_KEYS[pair.relation]
    then = None if pair is None else pair.earlier
    dimension = "" if pair is None or pair.dimension_then is None else pair.dimension_then
    sheet.number(row, table.relation, key, ROW_NUMBER)
    sheet.number(row, table.dimension_before, numbers.get(dimension, 0), ROW_NUMBER)
    sheet.number(row, table.weight_before, None if then is None else then.weight, ROW_NUMBER)


def _write_weight(
    table: ComparisonTable, compared: Compared, areas: AreaLists, row: int, area: AreaOverTime
) -> None:
    rating = area.ratings[-1]
    weight = None if rating is None else rating.weight
    if weight is not None and compared.follows_profile:
        look_up = areas.look_up(ListCol.WEIGHT, here(row, NUMBER))
        table.sheet.formula(row, table.weight, look_up, shown(weight), ROW_NUMBER)
    else:
        table.sheet.number(row, table.weight, weight, ROW_NUMBER)
