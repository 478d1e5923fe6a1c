"""No text becomes a formula in a spreadsheet, and every guard comes off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words.formula_guard import guarded, guarded_cells, unguarded

BEGINNINGS = "=+-@"


@given(st.text(st.sampled_from("'=+-@ab \t") | st.characters(), max_size=20))
def test_a_guard_comes_off_again(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in tuple(BEGINNINGS)


@pytest.mark.parametrize("sign", [*BEGINNINGS, "\uff1d"])
def test_every_pasted_cell_is_guarded(sign: str) -> None:
    assert guarded_cells(f"{sign}1\ta\t{sign}2\nb\t\n{sign}") == (
        f"'{sign}1\ta\t'{sign}2\nb\t\n'{sign}"
    )
