"""Renames and merges organisations and units, inside a transaction of the caller.

Every row that changes gets an entry in the log that says what is true of it now, and every session
whose row follows gets one with its client and unit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.errors import InvalidInput, NameTaken
from app.naming import Renaming
from app.session.names import checked_name
from app.session.units import MAX_UNIT_LEVELS, Organisation, Unit
from app.words.texts import N_
from data.library import columns
from data.library.columns import Columns, Row, with_digest
from data.library.database import Tables
from data.library.keys import name_key
from data.library.log import ChangeLog
from data.library.reviews import ReviewRows
from data.library.sessions import Sessions
from data.library.units import Units, logged_unit


class ClientChanges(Tables):
    """Changes to the organisations and units of one library."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: ChangeLog,
        units: Units,
        sessions: Sessions,
        reviews: ReviewRows,
    ) -> None:
        super().__init__(connection)
        self._log = log
        self._units = units
        self._sessions = sessions
        self._reviews = reviews

    # ---- renaming ------------------------------------------------------------------------------

    def rename_organisation(
        self, organisation_id: str, name: str, now: datetime, reverses: str = ""
    ) -> Renaming | None:
        """Give an organisation another name; ``None`` if it has this one already."""
        known = self._units.organisation(organisation_id)
        name = checked_name(name, N_("Please enter the name of the organisation."))
        if name == known.name:
            return None
        other = self._units.organisation_named(name)
        if other is not None and other.id != known.id:
            raise NameTaken(
                N_(
                    "There is an organisation “{name}” already. Choose another name, or merge the"
                    " two."
                ),
                other_id=other.id,
                name=other.name,
            )
        self._update("organisation", columns.ORGANISATION, known.id, _named(name))
        content = {"id": known.id, "name": name, "before": known.name}
        entry = self._logged("organisation", content, now, reverses)
        self._settle_sessions({known.id}, now)
        return Renaming(Organisation(known.id, name), known.name, entry)

    def rename_unit(
        self, unit_id: str, name: str, now: datetime, reverses: str = ""
    ) -> Renaming | None:
        """Give a unit another name; ``None`` if it has this one already."""
        known = self._units.unit(unit_id)
        name = checked_name(name, N_("Please enter the name of the unit."))
        if name == known.name:
            return None
        other = self._units.unit_named(known.organisation_id, name, known.parent_id)
        if other is not None and other.id != known.id:
            raise NameTaken(
                N_("There is a unit “{name}” already. Choose another name, or merge the two."),
                other_id=other.id,
                name=other.full_name,
            )
        self._update("unit", columns.UNIT, known.id, _named(name))
        renamed = self._units.unit(unit_id)
        content = {**logged_unit(renamed), "before": known.name}
        entry = self._logged("unit", content, now, reverses)
        self._settle_sessions({known.organisation_id}, now)
        return Renaming(renamed, known.name, entry)

    # ---- merging -------------------------------------------------------------------------------

    def merge_organisations(self, organisation_id: str, into_id: str, now: datetime) -> int:
        """Move everything to another organisation; returns the number of sessions that came."""
        known, into = self.organisations_to_merge(organisation_id, into_id)
        count = self._count("organisation_id", {known.id})
        self._delete("organisation", known.id, into.id, now)
        for unit in self._units_below(known.id, None):
            self._move(unit, into.id, None, now)
        self._reviews.move(known.id, into.id, now)
        self._refuse_deep_trees(into.id)
        self._settle_sessions({known.id, into.id}, now)
        return count

    def merge_units(self, unit_id: str, into_id: str, now: datetime) -> int:
        """Move everything to another unit; returns the number of sessions that came."""
        known, into = self.units_to_merge(unit_id, into_id)
        count = self._count("unit_id", {known.id, *(unit.id for unit in self._tree_below(known))})
        self._merge(known, into, now)
        self._refuse_deep_trees(into.organisation_id)
        self._settle_sessions({into.organisation_id}, now)
        return count

    def organisations_to_merge(
        self, organisation_id: str, into_id: str
    ) -> tuple[Organisation, Organisation]:
        """The two; raises ``InvalidInput`` where they cannot be merged, and ``NotFound``."""
        known, into = self._units.organisation(organisation_id), self._units.organisation(into_id)
        if known.id == into.id:
            raise InvalidInput(N_("Choose another organisation to merge it with."))
        return known, into

    def units_to_merge(self, unit_id: str, into_id: str) -> tuple[Unit, Unit]:
        """The two; see :meth:`organisations_to_merge`."""
        known, into = self._units.unit(unit_id), self._units.unit(into_id)
        if known.id == into.id:
            raise InvalidInput(N_("Choose another unit to merge it with."))
        if known.organisation_id != into.organisation_id:
            raise InvalidInput(N_("The unit belongs to another organisation."))
        if known in self._units.unit_path(into):
            raise InvalidInput(
                N_(
                    "“{into}” is a part of “{name}”. Merge it the other way round, and rename the"
                    " unit afterwards."
                ),
                into=into.full_name,
                name=known.full_name,
            )
        return known, into

    def _merge(self, unit: Unit, into: Unit, now: datetime) -> None:
        self._delete("unit", unit.id, into.id, now)
        for child in self._units_below(unit.organisation_id, unit.id):
            self._move(child, into.organisation_id, into.id, now)

    def _move(self, unit: Unit, organisation_id: str, parent_id: str | None, now: datetime) -> None:
        """Move a unit and those below it; one of the same name there takes it in."""
        twin = self._units.unit_named(organisation_id, unit.name, parent_id)
        if twin is not None and twin.id != unit.id:
            self._merge(unit, twin, now)
            return
        place: Row = {"organisation_id": organisation_id, "parent_id": parent_id}
        below = self._units_below(unit.organisation_id, unit.id)
        self._update("unit", columns.UNIT, unit.id, place)
        self._logged("unit", {"id": unit.id, "name": unit.name, **place}, now)
        if organisation_id != unit.organisation_id:
            for child in below:
                self._move(child, organisation_id, unit.id, now)

    def _delete(self, table: str, gone_id: str, into_id: str, now: datetime) -> None:
        """Delete a row; those that refer to it follow before the transaction ends."""
        self.connection.execute("PRAGMA defer_foreign_keys = ON")
        self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (gone_id,))
        self._logged(table, {"id": gone_id, "into": into_id}, now)

    # ---- rows ----------------------------------------------------------------------------------

    def _update(self, table: str, covered: Columns, row_id: str, values: Row) -> None:
        (row,) = self.records(covered, f"FROM {table} WHERE id = ?", (row_id,))
        self.update(table, with_digest(covered, row | values))

    def _logged(
        self, table: str, content: dict[str, Any], now: datetime, reverses: str = ""
    ) -> str:
        entry_id = uuid4().hex
        self._log.append(table, content, now, entry_id=entry_id, reverses=reverses)
        return entry_id

    def _settle_sessions(self, organisation_ids: Collection[str], now: datetime) -> None:
        for organisation_id in organisation_ids:
            sql = "SELECT id FROM session WHERE organisation_id = ? ORDER BY rowid"
            for (session_id,) in self.rows(sql, (organisation_id,)):
                self._sessions.settle(session_id, now)

    def _units_below(self, organisation_id: str, parent_id: str | None) -> list[Unit]:
        sql = "SELECT id FROM unit WHERE organisation_id = ? AND parent_id IS ? ORDER BY rowid"
        return [self._units.unit(row[0]) for row in self.rows(sql, (organisation_id, parent_id))]

    def _tree_below(self, unit: Unit) -> list[Unit]:
        children = self._units_below(unit.organisation_id, unit.id)
        return [each for child in children for each in (child, *self._tree_below(child))]

    def _count(self, column: str, ids: Collection[str]) -> int:
        marks = ", ".join("?" * len(ids))
        (count,) = self.row(f"SELECT count(*) FROM session WHERE {column} IN ({marks})", tuple(ids))
        return int(count)

    def _refuse_deep_trees(self, organisation_id: str) -> None:
        for unit in self._units.units(organisation_id):
            if len(self._units.unit_path(unit)) > MAX_UNIT_LEVELS:
                raise InvalidInput(
                    N_("Units are nested at most {most} deep."), most=MAX_UNIT_LEVELS
                )


def _named(name: str) -> Row:
    return {"name": name, "name_key": name_key(name)}
