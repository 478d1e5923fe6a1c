"""The tables of one library, one object per subject."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from data.library.affiliations import Affiliations
from data.library.client_changes import ClientChanges
from data.library.files import Files
from data.library.log import ChangeLog
from data.library.mappings import MappingRows
from data.library.models import Models
from data.library.positions import Positions
from data.library.reviews import ReviewRows
from data.library.sessions import Sessions
from data.library.units import Units

if TYPE_CHECKING:
    from data.library.marks import DeletedMarks


class Store:
    """Reads and writes of single things, inside a transaction of the caller.

    Nothing here begins or ends a transaction and nothing translates errors.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.log = ChangeLog(connection)
        self.units = Units(connection, self.log)
        self.affiliations = Affiliations(self.units, self.was_deleted)
        self.models = Models(connection, self.log)
        self.sessions = Sessions(connection, self.log, self.affiliations, self.models)
        self.reviews = ReviewRows(connection, self.log)
        self.mappings = MappingRows(connection, self.log)
        self.clients = ClientChanges(connection, self.log, self.units, self.sessions, self.reviews)
        self.files = Files(connection, self.log)
        self.positions = Positions(connection)

    def library_id(self) -> str:
        """Id that a library shares with its copies."""
        row = self.connection.execute("SELECT library_id FROM library_info").fetchone()
        return "" if row is None else str(row[0])

    def deleted_marks(self) -> DeletedMarks:
        """Recognises what was deleted for good until now."""
        from data.library.marks import DeletedMarks

        return DeletedMarks(self.connection, self.library_id())

    def was_deleted(self, any_id: str) -> bool:
        """True if a session, unit, client or mapping was deleted for good and is not here again."""
        return self.deleted_marks().deleted_at([any_id]) is not None

    def touch(self) -> None:
        """Write something that changes nothing, so that the transaction has something to commit."""
        self.connection.execute("UPDATE library_info SET app_version = app_version")
