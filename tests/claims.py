"""Words that claim more than a self-assessment can: significance, proof, and rankings."""

from __future__ import annotations

import re

_RANKED = {
    "en": r"teams?|units?|departments?|clients?|organisations?|companies|company|sessions?|people",
    "de": r"Teams?|Einheit(?:en)?|Abteilung(?:en)?|Kunden?|Organisation(?:en)?|Unternehmen",
}

CLAIMS = {
    "en": (
        r"\bsignifican\w*",
        r"\b(?:dis)?prov(?:e[ns]?|ed|ing)\b|\bproofs?\b",
        r"\brank(?:s|ed|ing|ings)?\b|\bleague table|\bleader ?board|\brunner-up\b",
        r"\b(?:winner|loser|champion)s?\b|\btop (?:\d+|ten|three)\b|\b(?:place|no\.) 1\b",
        rf"\b(?:best|worst|strongest|weakest|leading) (?:{_RANKED['en']})\b",
        r"\boutperform\w*|\b(?:better|worse) than\b",
    ),
    "de": (
        r"\bsignifikan\w*",
        r"\bbeweis\w*|\b(?:ge)?beleg(?:e|t|en)\b|\bnachweislich\w*",
        r"\bRang(?:liste|folge|platz)?\b|\bRanking|\bBestenliste|\bTabellenführer",
        r"\b(?:Ge|Be)?[Ss]ieger|\bGewinner|\bVerlierer|\bSpitzenreiter|\bSchlusslicht|\bPlatz \d",
        rf"\b(?:best|schlechtest|stärkst|schwächst|führend)e[nrs]? (?:{_RANKED['de']})\b",
        r"\b(?:besser|schlechter) als\b",
    ),
}
"""Patterns by language; case does not count."""

_DENIALS = {
    "en": (
        "is no proof of progress",
        "does not prove them right",
        "No ranking",
        "not a ranking of",
        "nothing is ranked",
        "Ranks, not quantities",
        "Proven best",  # of a plan, for which a solver gives the proof
        "proven best",
        "`proven`",
    ),
    "de": (
        "belegt keinen Fortschritt",
        "belegt nicht, dass sie stimmt",
        "Keine Rangliste",
        "weder als Rangliste",
        "Rangfolge, keine Menge",
        "bilden eine Rangfolge; sie sind keine Mengen",
        "Nachweislich der beste",  # of a plan
        "nachweislich der beste",
        "“ belegt. Bitte wählen Sie eine andere Taste",
    ),
}
"""Sentences that say what is not claimed, what is proven of plans, and a key that is taken."""


def claims_in(text: str, language: str) -> list[str]:
    """The words of a text in a language (``de`` or ``en``) that claim too much."""
    text = " ".join(text.split())
    for denial in _DENIALS[language]:
        text = text.replace(denial, "")
    return [
        found.group()
        for pattern in CLAIMS[language]
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]
