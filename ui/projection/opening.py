"""Opens the sheet with the projected profile from a page of the roadmap."""

from __future__ import annotations

from app.errors import InvalidInput
from app.words.texts import N_
from ui.widgets.page import SessionPage

NOTHING_TO_PROJECT = N_(
    "Nothing is scored yet, so there is no profile to project. Please score an area first."
)


def open_profile(page: SessionPage) -> None:
    """Show the profile by quarters; raises ``AppError`` where there is no plan."""
    from ui.projection.profile_sheet import ProfileSheet

    page.context.flush_pending_edits()
    current = page.workspace.plan.current
    if current.fault is not None:
        raise current.fault
    if not current.problem.areas:
        raise InvalidInput(NOTHING_TO_PROJECT)
    ProfileSheet(page.context, page.workspace, page.window()).open()
