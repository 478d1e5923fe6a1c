"""Titles and states of steps, as they are read on cards, in tables and in reports."""

from __future__ import annotations

from app.planning.efforts import step_actions
from app.planning.problem import StepKey
from app.session.session import Session
from app.session.step_details import (
    APPROVAL_WORDS,
    STATUS_WORDS,
    Approval,
    StepDetails,
    StepStatus,
)
from app.words.plain_text import plain_text
from app.words.texts import Translator


def details_of(session: Session, key: StepKey) -> StepDetails:
    """Details entered for a step."""
    return session.step(*key)


def goal_of(session: Session, key: StepKey) -> str:
    """An area as it is once the step is done: its outcome, else the model's sentence."""
    entered = details_of(session, key).outcome
    if entered:
        return entered
    language = session.language
    short = session.model.area(key[0]).description_of(key[1]).short
    text = plain_text(short.in_language(language))
    return text or plain_text(session.model.general_text(*key).in_language(language))


def title_of(session: Session, key: StepKey) -> str:
    """A step's short title, else its first action, else what it leads to; may be empty."""
    entered = details_of(session, key).title
    if entered:
        return entered
    first = next((action.text for action in step_actions(session, key) if action.text), "")
    return " ".join((first or goal_of(session, key)).split())


def way_of(session: Session, key: StepKey, tr: Translator) -> str:
    """From which level to which: ``2 → 3``; the first step may begin at a half level."""
    level = session.rating(key[0]).level
    begin = key[1] - 1 if level is None or level < key[1] - 1 else level
    return f"{tr.number(begin)} → {key[1]}"


def approval_in_words(details: StepDetails, tr: Translator) -> str:
    """Approval with who and when, as far as known."""
    said = tr.gettext(APPROVAL_WORDS[details.approval])
    when = "" if details.approved_on is None else tr.short_date(details.approved_on)
    return ", ".join(part for part in (said, details.approved_by, when) if part)


def state_in_words(details: StepDetails, tr: Translator) -> str:
    """Status where the step is begun or out of the running, else its approval."""
    if details.status is not StepStatus.OPEN:
        return tr.gettext(STATUS_WORDS[details.status])
    said = tr.gettext(APPROVAL_WORDS[details.approval])
    return f"✓ {said}" if details.approval is Approval.APPROVED else said
