"""German texts follow the glossary and German typography."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "app" / "words" / "locale" / "de" / "LC_MESSAGES" / "stufenplan.po"

#: A pattern that must not occur, and what to write instead.
AVOIDED = {
    r"Sitzung": "Workshop",
    r"Vertrauen": "Belastbarkeit",
    r"Vermutung": "nur geschätzt",
    r"Gesamtwert|Hauptzahl": "Mittelwert",
    r"Gesamtstufe": "überall erreicht",
    r"\bHeute\b": "Ist",
    r"Radar": "Netzdiagramm",
    r"Reifeprofil": "Reifegradprofil",
    r"Abdeckung": "bewertete Bereiche",
    r"Anmerkung": "Begründung",
    r"[Nn]iedrigster (Wert|Bereich)|[Hh]öchster (Wert|Bereich)": "niedrigste, höchste Stufe",
    r"\b([Aa]uf|[Ee]in)(nehmen|genommen|gefügt|fügen|zufügen|lesen|gelesen)\b": "importieren",
    r"[Zz]usammenführen|[Üü]bernommen": "importieren",
    r"[Aa]nhalten|[Aa]ngehalten": "abbrechen",
    r"[Ww]ird .*gebraucht|[Hh]ier werden .*gebraucht": "Hier muss … stehen.",
    r"zweimal vorhanden": "kommt doppelt vor",
    r"\bfasst\b": "darf höchstens … lang sein",
    r"\b[Nn]ichts (wurde|wird)\b|(?<![Ee]s )\bwurde nichts\b": "es wurde nichts …",
    r"dieses Namens": "mit diesem Namen",
    r"\bLevels?\b|\b[Ff]ahrplan\b": "Stufe, Roadmap",
    r"\b([Dd]u|[Dd]ein|[Dd]ich)\b": "Sie",
    r"[\"”]": "„…“",
    r", (oder|und) \w+ Sie\b": "no comma between two requests",
    r"[a-zäöüß][.!?][A-ZÄÖÜ]": "a space between sentences, or a text of another message",
    r" …|(?<=[\d}]) (%|MB|GB|kB|s\b)": "a no-break space",
    r"\bn\. a\.|\bz\. B\.": "a no-break space",
}

#: Clauses that need the comma after them.
_SUBORDINATE = re.compile(r", (?:bis|falls|wenn|dass)\b[^,.]*,")


def texts() -> Iterator[str]:
    """Every German text of the catalogue, plurals one by one."""
    catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="de")
    for message in catalogue:
        if message.id:
            yield from message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize(("pattern", "better"), AVOIDED.items(), ids=AVOIDED.values())
def test_german_texts_avoid_what_the_glossary_replaced(pattern: str, better: str) -> None:
    avoided = re.compile(pattern)
    found = [text for text in texts() if avoided.search(_SUBORDINATE.sub("", text))]
    assert found == [], f"write: {better}"


def test_the_patterns_find_what_they_are_for() -> None:
    wrong = (
        "Neue Sitzung", "Exportieren …", "0 %", "{limit} MB", "Hier wird eine Liste gebraucht.",
        "Legen Sie ihn an, oder wählen Sie einen anderen.", "Nichts wurde geändert.",
    )  # fmt: skip
    for text in wrong:
        assert any(re.search(pattern, text) for pattern in AVOIDED), text


def test_a_share_of_many_has_a_form_for_one() -> None:
    """*1 of 1 areas* is no sentence: such texts have two forms, or name what is counted first."""
    catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="de")
    shares = re.compile(r"\} of \{\w+\} (?:\w+ )?\w+s\b")
    single = [message.id for message in catalogue if isinstance(message.id, str)]
    assert [text for text in single if shares.search(text)] == []
