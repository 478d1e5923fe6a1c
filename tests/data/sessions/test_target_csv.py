"""Targets from CSV: level, date, reason and sponsor, as spreadsheets write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import InvalidFile
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import translator_for
from data.sessions.score_csv import Wanted, read_scores, read_target_file
from exports.score_csv import write_scores

DAY = date(2027, 6, 30)
Read = Callable[[str], Wanted]


@pytest.fixture
def read(tmp_path: Path, session: Session) -> Read:
    def read(content: str) -> Wanted:
        file = tmp_path / "targets.csv"
        file.write_text(content, encoding="utf-8")
        return read_target_file(file, session).wanted

    return read


@pytest.mark.parametrize(
    "header",
    [
        "area,target,target_date,target_reason,target_sponsor",
        "Area,Target,Target date,Reason,Sponsor",
        "Id,Target,By,Why,Sponsor",
        "Bereich,Ziel,Zieltermin,Begründung,Sponsor",
        "Bereich,Zielstufe,Termin,Begründung des Ziels,Sponsor des Ziels",
    ],
)
def test_headings_of_both_languages_are_understood(read: Read, header: str) -> None:
    assert read(f"{header}\npeople.0,4,2027-06-30,Enough,CISO\n") == {
        ("people.0", "target"): 4,
        ("people.0", "target_date"): DAY,
        ("people.0", "target_reason"): "Enough",
        ("people.0", "target_sponsor"): "CISO",
    }


@pytest.mark.parametrize(
    "cell",
    [
        "2027-06-30", "30.06.2027", "30.6.2027", "6/30/2027", "30/06/2027", "Q2 2027", "2027-Q2",
        "q2/2027", "2027 Q2",
    ],
)  # fmt: skip
def test_dates_are_read_as_spreadsheets_write_them(read: Read, cell: str) -> None:
    assert read(f"area;date\npeople.0;{cell}\n") == {("people.0", "target_date"): DAY}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("soon", "“soon” is not a date. Write it as 2027-06-30, 30.06.2027 or Q2 2027."),
        ("31.06.2027", "“31.06.2027” is not a date."),
        ("2027-6-30", "“2027-6-30” is not a date."),
        ("20270630", "“20270630” is not a date."),
        ("Q5 2027", "“Q5 2027” is not a date."),
        ("Q1 0000", "“Q1 0000” is not a date."),
        ("٢٠٢٧-06-30", "is not a date."),
        ("5/6/2027", "“5/6/2027” could begin with the day or with the month."),
    ],
)
def test_a_date_that_is_none_or_unclear_is_refused(read: Read, cell: str, said: str) -> None:
    with pytest.raises(InvalidFile) as refused:
        read(f"area;date\npeople.0;{cell}\n")
    (line,) = refused.value.lines(translator_for("en"))
    assert line.startswith("line 2: date: ")
    assert said in line


def test_every_faulty_row_is_named(read: Read) -> None:
    with pytest.raises(InvalidFile) as refused:
        read("area,target,date,confidence\npeople.0,9,soon,guess\n")
    assert refused.value.lines(translator_for("en"))[0].startswith(
        "line 1: The column “confidence” is not known. Possible columns: Area, Target, Target date"
    )
    with pytest.raises(InvalidFile) as refused:
        read("Bereich;Ziel;Termin\npeople.0;9;bald\nnowhere;3;\npeople.1;2,5;\n")
    assert refused.value.lines(translator_for("de")) == [
        "Zeile 2: Ziel: Stufe 9 liegt nicht auf der Skala von 1 bis 5.",
        "Zeile 2: Termin: „bald“ ist kein Datum. Schreiben Sie 2027-06-30, 30.06.2027 oder"
        " Q2 2027.",
        "Zeile 3: Bereich: Das Modell hat keinen Bereich „nowhere“.",
        "Zeile 4: Ziel: Ein Ziel ist eine ganze Stufe.",
    ]


def test_an_empty_cell_leaves_what_is_there_and_a_hyphen_takes_it_back(read: Read) -> None:
    wanted = read("area;target;date;reason;sponsor\npeople.0;-;-;-;-\npeople.1;;;;\n")
    assert wanted == {
        ("people.0", "target"): None,
        ("people.0", "target_date"): None,
        ("people.0", "target_reason"): "",
        ("people.0", "target_sponsor"): "",
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_targets_come_back_from_score_csv_as_they_were(
    session: Session, tmp_path: Path, language: str
) -> None:
    rating = Rating(
        "people.0", target=4, target_date=DAY, target_reason="=Enough", target_sponsor="CISO; board"
    )
    file = tmp_path / "scores.csv"
    write_scores(session.with_rating(rating), file, translator_for(language))
    wanted = read_scores(file, session)
    values = {name: value for (area, name), value in wanted.items() if area == "people.0"}
    assert replace(Rating("people.0"), **values) == rating
