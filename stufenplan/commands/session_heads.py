"""First keys of every answer about a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.session.session import Session, SessionSummary

if TYPE_CHECKING:
    from stufenplan.commands.answers import SessionCreated, SessionHead
    from stufenplan.commands.console import Console


def session_head(item: Session | SessionSummary) -> SessionHead:
    """Which session it is."""
    return {
        "id": item.id,
        "organisation": item.organisation.name,
        "unit": None if item.unit is None else item.unit.full_name,
        "title": item.title,
        "date": item.date.isoformat(),
    }


def created_answer(created: Session) -> SessionCreated:
    """A session that was added."""
    return {**session_head(created), "language": created.language, "model": created.model.id}


def say_added(console: Console, new: Session, sentence: str) -> None:
    """Say which session was added."""
    console.say(sentence, id=new.id, organisation=new.organisation.name, title=new.title)
