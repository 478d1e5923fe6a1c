"""The evidence form stays usable in small windows and with long texts."""

from __future__ import annotations

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
