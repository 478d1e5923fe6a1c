"""Comparison of sessions of a library, with the decisions that are stored there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.comparison.comparison import Comparison, compare
from app.comparison.judging import StoredDecisions

if TYPE_CHECKING:
    from app.ports import Library


def compare_in_library(
    library: Library,
    session_ids: Sequence[str],
    *,
    same_people: bool | None = None,
    same_scope: bool = False,
) -> Comparison:
    """Compare sessions of a library by the reviews of their client and the mappings of models.

    See :func:`app.comparison.comparison.compare`. Raises ``NotFound`` for an id that is not there,
    and ``InvalidInput``.
    """
    sessions = [library.load_session(session_id) for session_id in session_ids]
    client_id = sessions[0].organisation.id if sessions else ""
    judge = stored_decisions(library, client_id)
    return compare(sessions, judge=judge, same_people=same_people, same_scope=same_scope)


def stored_decisions(library: Library, client_id: str) -> StoredDecisions:
    """The judge by the reviews of a client and the mappings of a library, as they stand."""
    return StoredDecisions(library.reviews.of(client_id), library.mappings.all())
