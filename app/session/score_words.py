"""Words for the columns and values of score CSV, as people and their spreadsheets write them.

Headings are what a written file has, in the language of its readers. Understood are those of every
language, and what else our window and workbook call the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.model.maturity_model import MaturityModel
from app.session.rating import CONFIDENCE_WORDS, Confidence
from app.words.texts import LANGUAGES, N_, translator_for

ID, DIMENSION = "id", "dimension"

READ_AS_WINDOWS = N_(
    "The file is not in UTF-8 and was read as Windows-1252. Please check the umlauts, or save it as"
    " CSV UTF-8."
)

_ALSO_CONFIDENCE = {
    Confidence.GUESS: "guessed|only a guess|geschätzt|geraten|Schätzung",
    Confidence.EXAMPLE: "example|Beispiel",
    Confidence.EVIDENCE: "evidence|Nachweis|Nachweis abgelegt|Nachweis vorhanden|belegt",
}
_NO_VALUE = ("–", "—", "not scored", "nicht bewertet")
_NOT_APPLICABLE = ("not applicable", "n/a", "nicht anwendbar", "entfällt")
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@dataclass(frozen=True)
class Vocabulary:
    """The columns of a kind of file: each with its heading, and with others that mean the same."""

    headings: Mapping[str, str]
    also: Mapping[str, str]
    """Further words by column, parted by bars."""

    def column_of(self, heading: str) -> str:
        """The column that a heading means; the heading in small letters where it is unknown."""
        key, columns = _heading_key(heading), self._columns_by_heading
        return columns.get(key) or columns.get(_REMARK.sub("", key)) or key.replace(" ", "_")

    def headings_known(self) -> tuple[str, ...]:
        """Everything that :meth:`column_of` understands, for proposals."""
        return tuple(self._columns_by_heading)

    @cached_property
    def _columns_by_heading(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, heading in self.headings.items():
            words = [column, *(translator_for(code).gettext(heading) for code in LANGUAGES)]
            for word in (*words, *self.also.get(column, "").split("|")):
                if word:
                    found.setdefault(_heading_key(word), column)
        return found


SCORES = Vocabulary(
    {
        ID: N_("Id"),
        DIMENSION: N_("Dimension"),
        "area": N_("Area"),
        "level": N_("Level"),
        "target": N_("Target"),
        "weight": N_("Weight"),
        "confidence": N_("Confidence"),
        "note": N_("Reason"),
        "not_applicable_reason": N_("Not applicable because"),
        "target_date": N_("Target date"),
        "target_reason": N_("Reason for the target"),
        "target_sponsor": N_("Sponsor"),
    },
    {
        ID: "Area id|Bereichskennung|ID des Bereichs",
        "area": "Area name|Bereichsname|Name|Bezeichnung|Label",
        "level": "Current|Current level|Today|Maturity level|Ist|Ist-Stufe|Aktuelle Stufe|Heute|"
        "Reifegrad|Reifegradstufe|Einstufung|Bewertung",
        "target": "Target level|Goal|Zielstufe|Soll|Soll-Stufe",
        "weight": "Weighting|Gewichtung",
        "confidence": "Certainty|Sicherheit|Verlässlichkeit",
        "note": "Comment|Notes|Rationale|Kommentar|Anmerkung|Bemerkung|Notiz",
        "not_applicable_reason": "Not applicable|Reason not applicable|Nicht anwendbar|Grund|"
        "Nicht anwendbar, weil|Grund für nicht anwendbar|Grund (nicht anwendbar)",
        "target_date": "Target by|Zieldatum|Ziel bis",
        "target_reason": "Why this target|Target reason|Zielbegründung",
        "target_sponsor": "Target sponsor|Sponsorin|Sponsor des Ziels",
    },
)
"""Score CSV."""

_OF_TARGETS = (ID, DIMENSION, "area", "target", "target_date", "target_reason", "target_sponsor")
TARGETS = Vocabulary(
    {column: SCORES.headings[column] for column in _OF_TARGETS},
    {
        **SCORES.also,
        "target_date": SCORES.also["target_date"]
        + "|Date|By|By when|Due|Termin|Datum|Bis|Bis wann",
        "target_reason": SCORES.also["target_reason"]
        + "|Reason|Why|Why this level|Rationale|Comment|Begründung|Grund|Warum|Kommentar",
    },
)
"""CSV of targets, in which a reason is that for the target."""


def folded(text: str) -> str:
    """The text for comparing, without regard to case, spacing and invisible characters."""
    shown = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown).casefold().split())


def confidence_of(cell: str) -> Confidence | None:
    """The confidence that a word means."""
    return _confidence_by_word().get(folded(cell))


def says_no_value(cell: str) -> bool:
    """True for what window and workbook show where there is no level."""
    return folded(cell) in _NO_VALUE


def says_not_applicable(cell: str) -> bool:
    """True for the words that stand in place of a level."""
    return folded(cell) in _NOT_APPLICABLE


def _heading_key(heading: str) -> str:
    return folded(heading.replace("_", " ")).rstrip(" :*")


@lru_cache(maxsize=1)
def _confidence_by_word() -> dict[str, Confidence]:
    return {
        folded(word): each
        for each, words in CONFIDENCE_WORDS.items()
        for word in (
            each.value,
            *(translator_for(code).gettext(words) for code in LANGUAGES),
            *_ALSO_CONFIDENCE[each].split("|"),
        )
    }


_LEVEL_WORDS = ("Level", "Maturity level", "Stufe", "Reifegrad", "Reifegradstufe", "Reifestufe")


def _beside(name: str) -> tuple[str, ...]:
    """Ways to write the name of a level behind its number."""
    return (f" ({name})", f" {name}", f" – {name}", f" - {name}", f": {name}")


def levels_by_word(model: MaturityModel) -> dict[str, str]:
    """Folded words to the number they mean: ``3 (Scale)``, ``Level 3``, ``Scale``."""
    found: dict[str, str] = {}
    for level in model.levels:
        number = str(level.number)
        names = {level.name.line_in(code) for code in model.languages} - {""}
        words = [f"{word} {number}" for word in _LEVEL_WORDS]
        starts = (number, *words)
        for name in names:
            words += [f"{start}{end}" for start in starts for end in _beside(name)]
            if not any(sign.isdigit() for sign in name):
                words.append(name)
        for word in words:
            key = folded(word)
            found[key] = number if found.get(key, number) == number else word
    return found
