"""The evidence form stays usable in small windows and with long texts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.words.texts import translator_for
from ui.scoring.evidence_form import EvidenceForm


def test_the_address_keeps_half_of_a_narrow_form(qtbot: QtBot) -> None:
    form = EvidenceForm()
    qtbot.addWidget(form)
    form.retranslate(translator_for("de"))
    form.resize(320, 110)
    form.show()
    assert form.address.width() * 2 >= form.width()
    assert form.title.geometry().bottom() < form.height()
    wanted = form.title.fontMetrics().horizontalAdvance(form.title.placeholderText())
    assert form.title.width() >= wanted + 24


@pytest.mark.parametrize("fault", ["", "This is no address that anybody could open from here."])
def test_the_form_asks_for_as_much_height_as_its_last_button_needs(
    qtbot: QtBot, fault: str
) -> None:
    form = EvidenceForm()
    qtbot.addWidget(form)
    form.retranslate(translator_for("de"))
    form.resize(320, 40)
    form.show_fault(fault)
    form.show()
    form.resize(320, form.needed_height(320))
    (add,) = [each for each in form.findChildren(QPushButton) if each.text() == "Hinzufügen"]
    assert add.height() >= add.minimumSizeHint().height()
    assert add.geometry().bottom() < form.height()
