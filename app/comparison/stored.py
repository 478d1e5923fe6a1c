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
    """Compare sessions of a library by the reviews of their client.

    See :func:`app.comparison.comparison.compare`. Raises ``NotFound`` for an id that is not there,
    and ``InvalidInput``.
    """
    sessions = [library.load_session(session_id) for session_id in session_ids]
    reviews = library.reviews.of(sessions[0].organisation.id) if sessions else ()
    return compare(
        sessions,
        judge=StoredDecisions(reviews, ()),
        same_people=same_people,
        same_scope=same_scope,
    )
