"""Last opened sessions and areas: table ``position``, which is not part of the content.

Positions are neither logged nor part of a digest.
"""

from __future__ import annotations

from datetime import datetime

from data.library.database import Tables


class Positions(Tables):
    """Session and area that were open last, and the order in which sessions were opened."""

    def remember(self, session_id: str, area_id: str | None, now: datetime) -> None:
        """Note that a session was opened, and at which area."""
        self.connection.execute(
            "INSERT INTO position (session_id, area_id, opened, opened_at)"
            " VALUES (?, ?, (SELECT coalesce(max(opened), 0) + 1 FROM position), ?)"
            " ON CONFLICT (session_id) DO UPDATE SET area_id = excluded.area_id,"
            " opened = excluded.opened, opened_at = excluded.opened_at",
            (session_id, area_id, now.isoformat(timespec="seconds")),
        )

    def of(self, session_id: str) -> str | None:
        """The area that was open last in this session."""
        row = self.row("SELECT area_id FROM position WHERE session_id = ?", (session_id,))
        return None if row is None else row[0]

    def last(self) -> tuple[str, str] | None:
        """Session and area that were open last."""
        row = self.row(
            "SELECT session_id, area_id FROM position JOIN session ON session.id = session_id"
            " WHERE area_id IS NOT NULL AND archived = 0 ORDER BY opened DESC LIMIT 1"
        )
        return None if row is None else (row[0], row[1])
