"""Scores from CSV: import, and rejection of every kind of bad file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidFile
from app.model.maturity_model import Area, Dimension, Level, LocalText, MaturityModel
from app.session.field_types.texts import NOTE_TOO_LONG, Text
from app.session.fields import declared
from app.session.rating import RATING, Confidence, Rating
from app.session.score_words import confidence_of
from app.session.session import Session
from app.session.units import Affiliation, Organisation
from app.words.numbers import exact, plain
from app.words.texts import translator_for
from data.sessions.score_cells import clean
from data.sessions.score_csv import (
    MAX_BYTES,
    MAX_ROWS,
    Wanted,
    read_score_file,
    read_scores,
)
from exports.score_csv import write_scores

HEADER = "area,level,target,weight,confidence,note,not_applicable_reason"

Read = Callable[..., Wanted]
Refuse = Callable[..., list[str]]


def area(area_id: str, de: str, en: str) -> Area:
    return Area(area_id, LocalText.of(de=de, en=en), LocalText.of(de=de, en=en))


@pytest.fixture
def session() -> Session:
    model = MaturityModel(
        id="small",
        content_version="1",
        languages=("de", "en"),
        name=LocalText.of(de="Klein", en="Small"),
        levels=tuple(Level(n, LocalText.of(en=f"Level {n}")) for n in range(1, 6)),
        dimensions=(
            Dimension(
                "people",
                LocalText.of(en="People"),
                areas=(
                    area("people.teams", "Teams", "Teams"),
                    area("people.security", "Sicherheit", "Security"),
                ),
            ),
            Dimension(
                "process",
                LocalText.of(en="Process"),
                areas=(
                    area("process.security", "Sicherheit", "Security"),
                    area("process.oel", "Öl und Gas", "Oil and gas"),
                ),
            ),
        ),
    )
    affiliation = Affiliation(Organisation("o", "Nordwerk"))
    return Session("s", affiliation, "Workshop", date(2026, 11, 23), "en", model)


@pytest.fixture
def read(tmp_path: Path, session: Session) -> Read:
    def read(content: str | bytes, session: Session = session) -> Wanted:
        file = tmp_path / "scores.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_scores(file, session)

    return read


@pytest.fixture
def refusal(read: Read) -> Refuse:
    """The lines with which a file is refused."""

    def refusal(content: str | bytes, **more: Session) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            read(content, **more)
        return caught.value.lines(translator_for("en"))

    return refusal


# ---- what is taken over ------------------------------------------------------------------------


def test_every_column_reaches_its_field(read: Read) -> None:
    row = 'people.teams,3,4,1.5,evidence,"Two teams, one platform",'
    assert read(f"{HEADER}\n{row}\n") == {
        ("people.teams", "level"): 3,
        ("people.teams", "target"): 4,
        ("people.teams", "weight"): Fraction(3, 2),
        ("people.teams", "confidence"): Confidence.EVIDENCE,
        ("people.teams", "note"): "Two teams, one platform",
    }


def test_a_reason_takes_an_area_out(read: Read) -> None:
    wanted = read("area,level,not_applicable_reason\npeople.teams,,Bought from outside\n")
    assert wanted == {("people.teams", "not_applicable"): "Bought from outside"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_tells_the_separator(read: Read, separator: str) -> None:
    text = "area|level|note\npeople.teams|2|one\n".replace("|", separator)
    assert read(text) == {("people.teams", "level"): 2, ("people.teams", "note"): "one"}


def test_commas_in_notes_do_not_hide_the_semicolon(read: Read) -> None:
    text = "area;level;note\npeople.teams;2;a, b, c, d, e, f\n"
    assert read(text)["people.teams", "note"] == "a, b, c, d, e, f"


@pytest.mark.parametrize("weight", ["1.5", "1,5", " 1,50 ", "+1.5", "\uff11,\uff15"])
def test_a_weight_has_a_decimal_point_or_comma(read: Read, weight: str) -> None:
    assert read(f"area;level;weight\npeople.teams;;{weight}\n") == {
        ("people.teams", "weight"): Fraction(3, 2)
    }


def test_a_weight_may_have_all_the_decimals_that_json_shows(read: Read) -> None:
    weights = read("area;weight;level\npeople.teams;0.3333333333333333;\n")
    assert weights["people.teams", "weight"] == Fraction("0.3333333333333333")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_files_of_all_systems_and_a_byte_order_mark_are_read(read: Read, line_end: str) -> None:
    text = "\ufeffarea,level\n\npeople.teams,2\n,\nprocess.oel,5\n".replace("\n", line_end)
    assert read(text) == {("people.teams", "level"): 2, ("process.oel", "level"): 5}


def test_columns_may_come_in_any_order_and_case(read: Read) -> None:
    assert read('"Not applicable reason",LEVEL,"Area"\n,4,people.teams\n') == {
        ("people.teams", "level"): 4
    }


@pytest.mark.parametrize(
    ("cell", "area_id"),
    [
        ("people.teams", "people.teams"),
        ("PEOPLE.TEAMS", "people.teams"),
        ("Teams", "people.teams"),
        ("Öl und Gas", "process.oel"),
        ("O\u0308l und Gas", "process.oel"),
        ("oil and gas", "process.oel"),
    ],
)
def test_an_area_is_named_by_id_or_by_a_name_of_its_own(
    read: Read, cell: str, area_id: str
) -> None:
    assert list(read(f"area,level\n{cell},2\n")) == [(area_id, "level")]


def test_an_empty_cell_leaves_what_is_there_and_a_dash_clears_it(read: Read) -> None:
    assert read(f"{HEADER}\npeople.teams,,,,,,\n") == {}
    assert read(f"{HEADER}\npeople.teams,-,-,-,-,-,-\n") == {
        ("people.teams", "level"): None,
        ("people.teams", "target"): None,
        ("people.teams", "weight"): 1,
        ("people.teams", "confidence"): None,
        ("people.teams", "note"): "",
        ("people.teams", "not_applicable"): None,
    }


def test_a_level_makes_an_area_applicable_again(read: Read, session: Session) -> None:
    out = session.with_rating(Rating("people.teams", not_applicable="Not ours"))
    assert read("area,level\npeople.teams,2\n", out) == {
        ("people.teams", "level"): 2,
        ("people.teams", "not_applicable"): None,
    }


@pytest.mark.parametrize("level", ["2.5", "2,5", "2.50"])
def test_half_levels_are_read_where_the_session_has_them(
    read: Read, session: Session, level: str
) -> None:
    halves = replace(session, half_levels=True)
    assert read(f"area;level\npeople.teams;{level}\n", halves) == {
        ("people.teams", "level"): Fraction(5, 2)
    }


@pytest.mark.parametrize("text", ["=1+1", "+49 40 1234", "-5 %", "@team", "=cmd|'/c calc'!A0"])
def test_the_guard_of_a_spreadsheet_export_is_taken_off(read: Read, text: str) -> None:
    assert read(f'area,level,note\npeople.teams,,"\'{text}"\n')["people.teams", "note"] == text


def test_an_apostrophe_that_guards_nothing_stays(read: Read) -> None:
    assert read("area,level,note\npeople.teams,,'tis so\n")["people.teams", "note"] == "'tis so"


def test_a_note_keeps_its_line_breaks_and_rows_their_line_numbers(
    read: Read, refusal: Refuse
) -> None:
    text = 'area,level,note\npeople.teams,2,"one\r\ntwo"\nprocess.oel,{},\n'
    assert read(text.format("3"))["people.teams", "note"] == "one\ntwo"
    assert refusal(text.format("9")) == ["line 4: level: Level 9 is not on the scale from 1 to 5."]


# ---- files as spreadsheets write them ----------------------------------------------------------


def test_cells_that_are_missing_at_the_end_of_a_row_are_empty(read: Read) -> None:
    assert read(f"{HEADER}\npeople.teams,2\nprocess.oel\n") == {("people.teams", "level"): 2}


@pytest.mark.parametrize(
    "first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=;;;", "\ufeff\ufeffsep=;"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_that_names_the_separator_is_no_header(
    read: Read, refusal: Refuse, first: str, line_end: str
) -> None:
    text = f"{first}\narea;level\npeople.teams;{{}}\n".replace("\n", line_end)
    assert read(text.format(3)) == {("people.teams", "level"): 3}
    assert refusal(text.format(9)) == ["line 3: level: Level 9 is not on the scale from 1 to 5."]


@pytest.mark.parametrize("separator", ["|", "\t", ","])
def test_any_separator_can_be_named(read: Read, separator: str) -> None:
    text = f"sep={separator}\narea|level|note\npeople.teams|3|a;b\n".replace("|", separator)
    assert read(text)["people.teams", "note"] == "a;b"


@pytest.mark.parametrize("sign", ["\ufeff", "\u200b", "\u00ad", "\u200e", "\u2060", "\u200d"])
def test_invisible_characters_around_names_and_numbers_do_not_count(read: Read, sign: str) -> None:
    text = f"{sign}area;le{sign}vel;note{sign}\n{sign}people.te{sign}ams;{sign}3{sign};{sign}\n"
    assert read(text) == {("people.teams", "level"): 3}
    assert (
        read(f"area;level;note\nÖl und{sign} Gas;{sign}-;{sign}x\n")["process.oel", "level"] is None
    )


def test_joiners_inside_a_reason_stay(read: Read) -> None:
    family = "\N{MAN}\u200d\N{WOMAN}"
    assert read(f"area;level;note\npeople.teams;;{family}\n")["people.teams", "note"] == family


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_encoding_of_excel_is_read(
    read: Read, tmp_path: Path, session: Session, encoding: str
) -> None:
    content = "area\tlevel\tnote\nÖl und Gas\t3\tläuft für „alle“ – groß\n".encode(encoding)
    assert read(content)["process.oel", "note"] == "läuft für „alle“ – groß"
    found = read_score_file(tmp_path / "scores.csv", session)
    assert (found.rows, found.is_guessed) == (1, encoding == "cp1252")


@pytest.mark.parametrize(
    "header",
    [
        "Bereich;Stufe;Ziel;Gewicht;Belastbarkeit;Begründung;Nicht anwendbar, weil",
        "Kennung;Ist;Zielstufe;Gewichtung;Sicherheit;Kommentar;Nicht anwendbar",
        "Area;Current;Target;Weight;Confidence;Reason;Not applicable because",
        "bereich*;Stufe (1–5);ZIEL:;Gewicht;Belastbarkeit;Anmerkung;Grund",
    ],
)
def test_headings_of_our_window_and_workbook_are_understood(read: Read, header: str) -> None:
    row = "people.teams;3;4;1,5;Nachweis liegt vor;Läuft.;"
    assert read(f"{header}\n{row}\n") == {
        ("people.teams", "level"): 3,
        ("people.teams", "target"): 4,
        ("people.teams", "weight"): Fraction(3, 2),
        ("people.teams", "confidence"): Confidence.EVIDENCE,
        ("people.teams", "note"): "Läuft.",
    }


@pytest.mark.parametrize(
    ("word", "confidence"),
    [
        ("Nachweis abgelegt", Confidence.EVIDENCE),
        ("evidence filed", Confidence.EVIDENCE),
        ("Beispiel gezeigt", Confidence.EXAMPLE),
        ("Example", Confidence.EXAMPLE),
        ("nur geschätzt", Confidence.GUESS),
        ("GUESS", Confidence.GUESS),
    ],
)
def test_words_for_a_confidence_are_understood(
    read: Read, word: str, confidence: Confidence
) -> None:
    wanted = read(f"area;level;confidence\npeople.teams;;{word}\n")
    assert wanted == {("people.teams", "confidence"): confidence}


@pytest.mark.parametrize(
    "level", ["3", "3 (Level 3)", "Stufe 3", "level 3", "3,0", "Reifegrad 3", "Stufe 3: Level 3"]
)
def test_a_level_may_stand_with_its_name(read: Read, level: str) -> None:
    assert read(f"area;level\npeople.teams;{level}\n") == {("people.teams", "level"): 3}


@pytest.mark.parametrize("level", ["–", "nicht bewertet", "Not scored"])
def test_the_words_for_no_level_leave_what_is_there(read: Read, level: str) -> None:
    assert read(f"area;level\npeople.teams;{level}\n") == {}


def test_an_area_that_is_out_may_say_so_in_the_level_too(read: Read, refusal: Refuse) -> None:
    text = "Bereich;Stufe;Nicht anwendbar\nTeams;nicht anwendbar;{}\n"
    assert read(text.format("Zugekauft")) == {("people.teams", "not_applicable"): "Zugekauft"}
    (line,) = refusal(text.format(""))
    assert line.startswith("line 2: Stufe: “nicht anwendbar” is not a level.")


def test_the_id_goes_before_the_name_and_the_dimension_is_for_people(read: Read) -> None:
    text = "Kennung;Dimension;Bereich;Stufe\nprocess.security;Prozesse;Sicherheit;2\n;;Teams;3\n"
    assert read(text) == {("process.security", "level"): 2, ("people.teams", "level"): 3}


def test_the_soft_line_break_of_word_is_a_line_break(read: Read) -> None:
    text = "area;level;note\npeople.teams;3\v;first\vsecond\v\n"
    assert read(text) == {
        ("people.teams", "level"): 3,
        ("people.teams", "note"): "first\nsecond",
    }


@pytest.mark.parametrize("language", ["de", "en"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_written_reads_back_equal(
    tmp_path: Path, session: Session, language: str, data: st.DataObject
) -> None:
    signs = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff")
    texts = st.text(signs | st.sampled_from("'=+-@\n\"; ,"), max_size=12)
    text = texts.filter(lambda text: bool(clean(text)) and clean(text) == text)
    rating = Rating(
        "people.teams",
        level=data.draw(st.none() | st.integers(2, 10).map(lambda n: Fraction(n, 2))),
        target=data.draw(st.none() | st.integers(1, 5)),
        weight=exact(plain(data.draw(st.fractions(Fraction(1, 64), 10, max_denominator=64)))),
        confidence=data.draw(st.none() | st.sampled_from(Confidence)),
        note=data.draw(st.just("") | text | text.map(lambda t: f"'-{t}") | st.just("-")),
    )
    before = replace(session, half_levels=True).with_rating(rating)
    file = tmp_path / "out.csv"

    write_scores(before, file, translator_for(language))

    wanted = read_scores(file, replace(session, half_levels=True))
    fields = ("level", "target", "weight", "confidence", "note")
    kept = {name: wanted.get(("people.teams", name)) or None for name in fields}
    expected = {name: getattr(rating, name) or None for name in fields}
    assert kept == expected


# ---- what is refused ---------------------------------------------------------------------------


def test_every_faulty_cell_is_named_with_its_line_and_column(refusal: Refuse) -> None:
    rows = [
        "people.teams,6,0,11,sure,,",
        "xyz,3,4,1,guess,,",
        "process.oel,2.5,x,0,,,",
        "process.oel,3,,,,,not ours",
    ]
    assert refusal("\n".join([HEADER, *rows])) == [
        "line 2: level: Level 6 is not on the scale from 1 to 5.",
        "line 2: target: Level 0 is not on the scale from 1 to 5.",
        "line 2: weight: A weight is greater than 0 and at most 10.",
        "line 2: confidence: “sure” is not a confidence. "
        "Possible values: guess, example shown, evidence filed.",
        "line 3: area: The model has no area “xyz”.",
        "line 4: level: This session allows whole levels only. Please enter a whole number.",
        "line 4: target: “x” is not a level. Levels run from 1 to 5.",
        "line 4: weight: A weight is greater than 0 and at most 10.",
        "line 5: area: “process.oel” is in line 4 already; each area may appear only once.",
        "line 5: not_applicable_reason: The row has a level and a reason why the area does not "
        "apply; please keep one of them.",
    ]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("area,target", "The column “Level” is missing."),
        ("level,target", "The column “Area” is missing."),
        ("area,level,level", "The column “level” appears twice."),
        ("area,level,wieght", "The column “wieght” is not known. Did you mean “Weight”?"),
        ("area,,level", "A column between others has no name."),
    ],
)
def test_columns_must_be_known_present_and_single(
    refusal: Refuse, header: str, sentence: str
) -> None:
    assert refusal(f"{header}\npeople.teams,2\n") == [f"line 1: {sentence}"]


def test_an_unknown_column_without_a_likely_meaning_gets_the_list(refusal: Refuse) -> None:
    (line,) = refusal("area,level,qzx\npeople.teams,2,\n")
    assert "Possible columns: Area, Level, Target, Weight, Confidence, Reason, Not" in line


def test_a_typing_error_in_an_area_gets_a_proposal(refusal: Refuse) -> None:
    assert refusal("area,level\npeople.temas,2\n") == [
        "line 2: area: The model has no area “people.temas”. Did you mean “people.teams”?"
    ]


def test_a_name_of_several_areas_is_not_guessed(refusal: Refuse) -> None:
    (line,) = refusal("area,level\nSecurity,2\n")
    assert "people.security, process.security" in line


def test_one_area_under_two_names_is_still_there_twice(refusal: Refuse) -> None:
    (line,) = refusal("area,level\npeople.teams,2\nTeams,3\n")
    assert line.startswith("line 3: area: “Teams” is in line 2 already")


@pytest.mark.parametrize("level", ["three", "1_0", "nan", "inf", "1e0", "3 4", "½", "0x3", "--2"])
def test_what_is_no_plain_number_is_no_level(refusal: Refuse, level: str) -> None:
    assert refusal(f"area,level\npeople.teams,{level}\n") == [
        f"line 2: level: “{level}” is not a level. Levels run from 1 to 5."
    ]


@pytest.mark.parametrize("level", ["6", "0", "-1", "\u22121", "100000"])
def test_a_level_off_the_scale_is_refused(refusal: Refuse, level: str) -> None:
    (line,) = refusal(f"area,level\npeople.teams,{level}\n")
    assert line == f"line 2: level: Level {level} is not on the scale from 1 to 5."


def test_a_quarter_is_no_level_even_with_half_levels(refusal: Refuse, session: Session) -> None:
    (line,) = refusal("area,level\npeople.teams,2.25\n", session=replace(session, half_levels=True))
    assert line.endswith("A level is a whole number or a half, such as 3 or 3.5.")


def test_a_decimal_comma_in_a_comma_file_is_noticed(refusal: Refuse) -> None:
    (line,) = refusal("area,level,weight\npeople.teams,2,1,5\n")
    assert line.startswith("line 2: The row has 4 cells, the header has 3.")


@pytest.mark.parametrize("row", ['people.teams,"2', 'people.teams,"2"x', '"people.teams,2\n3'])
def test_a_stray_quotation_mark_does_not_swallow_the_rest(refusal: Refuse, row: str) -> None:
    lines = refusal(f"area,level\nprocess.oel,2\n{row}\nprocess.security,3\n")
    assert lines == ["line 3: A quotation mark is missing or too much in the row that begins here."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        ("area,level\n".encode("utf-16") + b"\x00", "The file is damaged"),
        (
            "area,level\npeople.teams,größer\n".encode() + b"\xff",
            "line 3: The text is not in UTF-8",
        ),
        (b"area,level\npeople.teams,\x81\xff\n", "line 2: The text is not in UTF-8; save"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is not a text file."),
        (b"area,level\n", "The file has a header line but no rows."),
        (b";", "The file has no header line: all of its cells are empty."),
        (b'sep=;\n;;\n"";\n', "The file has no header line: all of its cells are empty."),
        (b"x" * (MAX_BYTES + 1), "The file is larger than 1 MB."),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused(refusal: Refuse, content: bytes, sentence: str) -> None:
    (line,) = refusal(content)
    assert sentence in line


def test_far_too_many_columns_are_one_fault(refusal: Refuse) -> None:
    (line,) = refusal("area;level;" + ";".join(f"column{n}" for n in range(20_000)) + "\n;\n")
    assert line.startswith("line 1: The header has 20002 columns. Possible columns: Area, Level,")


def test_cells_without_a_name_at_the_end_are_no_columns(read: Read) -> None:
    assert read(f"area;level{';' * 500}\npeople.teams;3\n") == {("people.teams", "level"): 3}


def test_too_many_rows_are_refused(refusal: Refuse) -> None:
    lines = refusal("area,level\n" + "people.teams,2\n" * (MAX_ROWS + 1))
    assert f"line {MAX_ROWS + 2}: The file has more than {MAX_ROWS} rows." in lines or (
        lines[-1].startswith("Further faults, not listed here: ")
    )


@pytest.mark.parametrize("length", [20_001, 140_000])
def test_a_note_that_is_too_long_is_refused(refusal: Refuse, length: int) -> None:
    (line,) = refusal(f"area,level,note\npeople.teams,2,{'x' * length}\n")
    assert line.startswith("line 2")
    assert "A reason can have at most 20000 characters." in line


def test_control_characters_are_refused(refusal: Refuse) -> None:
    (line,) = refusal("area,level,note\npeople.teams,2,bell\x07\n")
    assert line == (
        "line 2: note: The invisible control character U+0007 is not allowed in a text."
    )


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, session: Session) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InvalidFile) as caught:
            read_scores(path, session)
        assert len(caught.value.lines(translator_for("en"))) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: f"{HEADER}\n{t}")))
def test_whatever_is_in_the_file_is_read_or_refused(
    read: Read, session: Session, content: bytes | str
) -> None:
    if isinstance(content, str):
        content = content.encode("utf-8", "replace")
    try:
        wanted = read(content)
    except InvalidFile as refused:
        assert refused.faults  # noqa: PT017 (either outcome is right, but it must say why)
    else:
        assert all(session.model.has_area(area_id or "") for area_id, _ in wanted)


@dataclass(frozen=True, slots=True)
class MoodRating(Rating):
    """A rating with a field that is declared here and nowhere else."""

    mood: str = field(
        default="",
        metadata=declared(Text(NOTE_TOO_LONG), words="Mood of {area}", csv_column="mood"),
    )


def test_a_declared_field_has_its_column(
    monkeypatch: pytest.MonkeyPatch, read: Read, refusal: Refuse
) -> None:
    monkeypatch.setattr(RATING, "holder", MoodRating)
    wanted = read("area,level,mood\npeople.teams,,cheerful\n")
    assert wanted == {("people.teams", "mood"): "cheerful"}
    (line,) = refusal("area,level,mod\npeople.teams,2,\n")
    assert line.endswith("Did you mean “mood”?")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("word", ["hoch", "mittel", "niedrig", "high", "sicher"])
def test_other_words_for_confidence_are_refused_with_those_that_are_read(
    language: str, word: str, tmp_path: Path, session: Session
) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(f"{HEADER}\npeople.teams,3,4,1,{word},,\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_scores(file, session)

    (line,) = caught.value.lines(translator_for(language))

    assert f"{word}" in line
    words = line.rpartition(": ")[2].rstrip(".").split(", ")
    assert [confidence_of(each) for each in words] == list(Confidence)


def test_columns_are_called_in_the_language_of_the_reader(tmp_path: Path, session: Session) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("Bereich;Quelle;Stuhfe\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_scores(file, session)

    assert caught.value.lines(translator_for("de")) == [
        "Zeile 1: Die Spalte „Quelle“ ist nicht bekannt. Möglich sind: Bereich; Stufe; Ziel;"
        " Gewicht; Belastbarkeit; Begründung; Nicht anwendbar, weil; Zieltermin;"
        " Begründung des Ziels; Sponsor.",
        "Zeile 1: Die Spalte „Stuhfe“ ist nicht bekannt. Meinten Sie „Stufe“?",
        "Zeile 1: Die Spalte „Stufe“ fehlt.",
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_named_as_one_with_the_way_out(refusal: Refuse, content: bytes) -> None:
    assert refusal(content) == [
        "This is a workbook. Please save the sheet as “CSV UTF-8” and choose that."
    ]
