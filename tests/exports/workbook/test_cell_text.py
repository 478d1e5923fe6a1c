"""User text is stored in a cell as text, and can be read back."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.workbook.cell_text import (
    CUT_MARK,
    MAX_CELL_UNITS,
    cell_text,
    line_text,
    print_text,
    put_text,
)

HOSTILE = [
    "=1+1", "=cmd|'/c calc'!A0", "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)",
    "\t=1+1", "\r=1+1", "#N/A", "#REF!", "{=1}", "_x0041_", "a\x0bb", "\x00\x07", "\ud800",
    "\ufffe\uffff", "'quoted", "TRUE", "1e5", "2026-01-01", "<b>&amp;</b>", "x" * 40_000,
    "\N{GRINNING FACE}" * 20_000, "\u202edrawkcab", "_x005F_" * 6_000, "a\r\nb",
]  # fmt: skip


def _stored(text: str) -> object:
    book = Workbook()
    assert book.active is not None
    put_text(book.active["A1"], text)
    file = BytesIO()
    book.save(file)
    sheet = load_workbook(file).active
    assert sheet is not None
    assert sheet["A1"].data_type in ("s", "n")  # an empty text reads back as an empty cell
    assert sheet["A1"].quotePrefix
    return sheet["A1"].value


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_as_text(text: str) -> None:
    assert (_stored(text) or "") == cell_text(text)


@given(st.text())
@example("_x000d__x000D_")
def test_any_text_is_stored_as_text(text: str) -> None:
    assert (_stored(text) or "") == cell_text(text)


@given(st.text())
def test_a_cell_text_can_be_written_as_xml_and_fits(text: str) -> None:
    safe = cell_text(text)
    safe.encode("utf-8")
    assert len(safe.encode("utf-16-le")) // 2 <= MAX_CELL_UNITS
    assert not any(ord(c) < 32 and c != "\n" for c in safe)


def test_ordinary_text_is_not_touched() -> None:
    text = "Zwei Teams – „so“; 50 % & mehr\nzweite Zeile = gut"
    assert cell_text(text) == text


def test_decomposed_letters_are_composed() -> None:
    assert cell_text("A\u0308") == "Ä"


def test_what_looks_like_an_escape_is_escaped() -> None:
    assert cell_text("_x0041_") == "_x005F_x0041_"


def test_an_emoji_counts_as_two_units_and_the_cut_is_visible() -> None:
    cut = cell_text("\N{GRINNING FACE}" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_CELL_UNITS
    assert cut.endswith(CUT_MARK)
    assert cut.startswith("\N{GRINNING FACE}" * 15_990)


def test_a_title_stays_on_one_line_and_in_its_direction() -> None:
    assert line_text(" a\n\u202eb\tc ") == "a b c"
    assert line_text("x" * 300, 10) == "x" * 9 + "…"


def test_an_ampersand_in_a_page_header_is_no_code() -> None:
    assert print_text("Müller & Söhne &P") == "Müller && Söhne &&P"


@given(st.text())
@example("a\u0308")
@example("\u00a0x")
def test_the_short_cut_for_plain_texts_changes_nothing(text: str) -> None:
    slowly = cell_text("\x07" + text)  # a control character rules the short cut out and goes itself
    assert cell_text(text) == slowly
    assert line_text(text) == line_text("\x07 " + text)
