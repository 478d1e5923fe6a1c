"""Any text in a session survives export and import, or is rejected with its location."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.errors import InvalidFile
from app.session.rating import Rating
from app.session.session import Session
from app.session.whole import WholeSession
from app.words.characters import first_unprintable
from app.words.texts import Translator
from data.sessions.document import read_session
from data.sessions.score_csv import read_scores
from exports.session_json import json_text, session_to_document

AREA = "people.0"
texts = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("\t\n\r\x00\x07\x1b\x7f\x85\u2028\ufeff\ufffe\uffff\ufdd0\U0001fffe'=;,\"\\"),
    max_size=60,
)


def as_json(session: Session) -> str:
    return json_text(session_to_document(WholeSession(session), exported_with="1"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
@example(text="\ufffe\uffff\ufdd0\x00\x85")
def test_a_note_survives_json(text: str, session: Session, tmp_path: Path) -> None:
    noted = replace(session, ratings={AREA: Rating(AREA, note=text)})
    path = tmp_path / "session.json"
    path.write_text(as_json(noted), "utf-8", newline="")

    assert read_session(path).session.rating(AREA).note == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
@example(text="'=1+1")
@example(text="a\r\n\ufffe")
@example(text="\x1f")
def test_a_note_survives_csv_or_its_character_is_named(
    text: str, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["area", "level", "note"], [AREA, "2", f"x{text}"]])
    soft = f"x{text}".replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    expected = unicodedata.normalize("NFC", soft.replace("\ufeff", ""))

    code = first_unprintable(text.replace("\v", "\n"))
    if code is None:
        assert read_scores(path, session)[AREA, "note"] == expected.strip()
        return
    with pytest.raises(InvalidFile) as caught:
        read_scores(path, session)
    (line,) = caught.value.lines(Translator("en"))
    assert f"character {code} is not allowed" in line or "This is not a text file." in line


def test_half_a_character_is_refused_in_json(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_text(as_json(session).replace(session.title, "half \\ud800"), "utf-8")

    with pytest.raises(InvalidFile) as caught:
        read_session(path)
    assert "half a character" in " ".join(caught.value.lines(Translator("en")))
