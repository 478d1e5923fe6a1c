"""Tables of HTML as rows of Markdown."""

from __future__ import annotations

from time import perf_counter

import pytest

from data.models.pages.html_tables import rows_of_table


def written(html: str) -> list[str]:
    """The lines a table becomes."""
    rows = rows_of_table(html)
    assert rows is not None
    return [text for _, text in rows]


def test_cells_over_several_columns_and_rows_are_in_each() -> None:
    assert written(
        "<table><tr><th>Area<th>Level 1<th>Level 2</tr>"
        "<tr><td rowspan=2>Skills<td colspan=2>few</tr><tr><td>a<td>b</tr>"
        "<tr><td colspan=3><b>Work</b></tr></table>"
    ) == [
        "| Area | Level 1 | Level 2 |",
        "| --- | --- | --- |",
        "| Skills | few | few |",
        "| Skills | a | b |",
        "| <b>Work</b> |  |  |",
    ]


def test_texts_and_captions_stay_and_bars_end_no_cell() -> None:
    html = "<table><caption>All</caption>\n<tr>\n<td>a|b &mdash; <i>c</i><br>\nd\n</td></table>"
    assert rows_of_table(html) == [
        (0, "All"),
        (0, ""),
        (1, "| a\\|b &mdash; <i>c</i> <br> d |"),
        (1, "| --- |"),
    ]


@pytest.mark.parametrize("html", ["<table></table>", "<table><tr><td><table></table></table>"])
def test_what_is_no_plain_table_stays_as_it_is(html: str) -> None:
    assert rows_of_table(html) is None


@pytest.mark.slow
@pytest.mark.parametrize("part", ["<a ", "&a", "<td>", "<tr><td rowspan=50 colspan=50>", "<!--"])
def test_no_table_takes_long(part: str) -> None:
    before = perf_counter()
    rows_of_table("<table><tr><td>" + part * (99_000 // len(part)) + "</table>")
    assert perf_counter() - before < 5
