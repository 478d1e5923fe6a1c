"""Sentences about variants of a plan: scenarios, frozen versions, answers to questions."""

from __future__ import annotations

from app.planning.scenarios import is_current
from app.session.scenarios import Scenario
from app.session.session import Session
from app.words.texts import Translator

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def current_scenario(session: Session) -> Scenario | None:
    """The first scenario that the session is planned as."""
    return next((each for each in session.scenarios if is_current(session, each)), None)


def scenario_in_words(session: Session, tr: Translator) -> str:
    """Name of the scenario that is planned; *changed* where none is, empty without scenarios."""
    found = current_scenario(session)
    if found is not None:
        return found.name
    return tr.gettext("(changed)") if session.scenarios else ""


def proposed_scenario_name(session: Session, tr: Translator) -> str:
    """A name that no scenario has yet: *Plan A* and so on."""
    taken = {each.name.casefold() for each in session.scenarios}
    names = (tr.gettext("Plan {letter}", letter=letter) for letter in _LETTERS)
    return next((name for name in names if name.casefold() not in taken), "")
