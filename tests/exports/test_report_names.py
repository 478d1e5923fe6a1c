"""Report file names contain date, client and kind, and are portable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.session import Session
from app.session.units import Affiliation, Organisation
from app.words.texts import translator_for
from exports.report_names import ReportKind, safe_name, suggested_name


@given(st.text())
def test_any_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode("utf-8")) <= 81
    assert not set(name) & set('<>:"/\\|?*\0\n\t')
    assert name == name.strip(". ")
    assert name.upper() not in {"CON", "NUL", "PRN", "AUX", "COM1", "LPT9"}
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nordwerk AG", "Nordwerk-AG"),
        ("Stadt Köln / Amt 5", "Stadt-Köln-Amt-5"),
        ("a\u0308hnlich", "ähnlich"),
        ("../../etc", "etc"),
        ("CON", "CON-"),
        ("  ... ", ""),
        ("ü" * 200, "ü" * 40),
        ("left\u202egnp.exe", "left-gnp.exe"),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_the_suggested_name_says_when_who_and_what(session: Session) -> None:
    english = suggested_name(session, ReportKind.ROADMAP, translator_for("en"), "xlsx")
    assert english == "2026-11-23_Nordwerk-AG_Roadmap.xlsx"


def test_a_client_without_a_usable_name_still_gets_a_file(session: Session) -> None:
    nameless = replace(session, affiliation=Affiliation(Organisation("o", "???")), title="//")
    name = suggested_name(nameless, ReportKind.ROADMAP, translator_for("en"), "xlsx")
    assert name == "2026-11-23_Client_Roadmap.xlsx"
