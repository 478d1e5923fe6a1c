"""First keys of every answer about a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.session.session import Session, SessionSummary

if TYPE_CHECKING:
    from stufenplan.commands.answers import SessionHead


def session_head(item: Session | SessionSummary) -> SessionHead:
    """Which session it is."""
    return {
        "id": item.id,
        "organisation": item.organisation.name,
        "unit": None if item.unit is None else item.unit.full_name,
        "title": item.title,
        "date": item.date.isoformat(),
    }
