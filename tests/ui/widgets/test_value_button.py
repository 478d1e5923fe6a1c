"""A value that opens a menu, with a remark beside it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from exports.palette import LIGHT
from ui.widgets.controls import ValueButton


def test_a_long_value_is_shortened_before_its_remark_goes(qtbot: QtBot) -> None:
    button = ValueButton("target")
    qtbot.addWidget(button)
    button.apply_theme(LIGHT)
    button.resize(160, 28)
    button.set_value("5 – Optimisation of everything", "", "")
    agreed = button.grab().toImage()
    button.set_value("5 – Optimisation of everything", "assumed", "")
    assumed = button.grab().toImage()
    assert assumed != agreed
    assert button.toolTip() == "5 – Optimisation of everything assumed"
    # The beginning, which tells the level, is the same.
    assert assumed.copy(0, 0, 30, 28) == agreed.copy(0, 0, 30, 28)
