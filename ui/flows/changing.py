"""Preconditions of flows that change the library behind the open session."""

from __future__ import annotations

from ui.flows.host import Host


def may_change_library(host: Host) -> bool:
    """True if the open session may be read again afterwards; otherwise a notice says why not."""
    host.context.flush_pending_edits()
    if host.state.is_saved:
        return True
    host.notices.show_notice(
        host.context.texts.gettext("This can be done once everything here is saved."),
        warning=True,
    )
    return False
