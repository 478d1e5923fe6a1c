"""Organisations and their units: tables ``organisation`` and ``unit``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.errors import NotFound
from app.session.names import checked_name
from app.session.units import MAX_UNIT_LEVELS, Organisation, Unit
from app.words.sorting import sort_key
from app.words.texts import N_
from data.library import columns
from data.library.columns import with_digest
from data.library.database import Tables
from data.library.keys import name_key
from data.library.log import ChangeLog


class Units(Tables):
    """Organisations and units of one library."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        super().__init__(connection)
        self._log = log

    def organisations(self) -> tuple[Organisation, ...]:
        """All, by name."""
        found = (Organisation(*row) for row in self.rows("SELECT id, name FROM organisation"))
        return tuple(sorted(found, key=lambda each: sort_key(each.name)))

    def organisation(self, organisation_id: str) -> Organisation:
        """The one with this id; raises ``NotFound``."""
        row = self.row("SELECT id, name FROM organisation WHERE id = ?", (organisation_id,))
        if row is None:
            raise NotFound(N_("There is no organisation “{id}”."), id=organisation_id)
        return Organisation(*row)

    def organisation_named(self, name: str) -> Organisation | None:
        """The one of this name, whatever its case."""
        row = self.row("SELECT id, name FROM organisation WHERE name_key = ?", (name_key(name),))
        return None if row is None else Organisation(*row)

    def add_organisation(self, organisation: Organisation, now: datetime) -> None:
        """Store a new one."""
        row = {
            "id": organisation.id,
            "name": organisation.name,
            "name_key": name_key(organisation.name),
        }
        self.insert("organisation", with_digest(columns.ORGANISATION, row))
        self._log.append("organisation", {"id": organisation.id, "name": organisation.name}, now)

    def known_organisation(self, organisation_id: str) -> Organisation | None:
        """The one with this id, or the one it was merged into."""
        current = self._current_id("organisation", organisation_id)
        return None if current is None else self.organisation(current)

    def known_unit(self, unit_id: str) -> Unit | None:
        """The one with this id, or the one it was merged into."""
        current = self._current_id("unit", unit_id)
        return None if current is None else self.unit(current)

    def _current_id(self, table: str, some_id: str) -> str | None:
        if self.has(table, "id", some_id):
            return some_id
        current = self._log.merged_into(table, some_id)
        return current if self.has(table, "id", current) else None

    def ids(self) -> dict[str, str]:
        """The ids of all organisations and units, each with that of its organisation."""
        sql = "SELECT id, id FROM organisation UNION ALL SELECT id, organisation_id FROM unit"
        return dict(self.rows(sql))

    def has_organisation_id(self, organisation_id: str) -> bool:
        """True if this id is taken."""
        return self.has("organisation", "id", organisation_id)

    def units(self, organisation_id: str) -> tuple[Unit, ...]:
        """The tree of an organisation, parents before children."""
        rows = self.rows(
            "WITH RECURSIVE tree (id, level) AS ("
            " SELECT id, 0 FROM unit WHERE organisation_id = ? AND parent_id IS NULL"
            " UNION ALL SELECT unit.id, level + 1"
            " FROM unit JOIN tree ON unit.parent_id = tree.id WHERE level < 100)"
            " SELECT unit.id, organisation_id, name, kind, parent_id"
            " FROM tree JOIN unit ON unit.id = tree.id",
            (organisation_id,),
        )
        found = (self._unit_from(row) for row in rows)
        return tuple(sorted(found, key=lambda unit: [*map(sort_key, (*unit.above, unit.name))]))

    def unit(self, unit_id: str) -> Unit:
        """The one with this id; raises ``NotFound``."""
        row = self.row(
            "SELECT id, organisation_id, name, kind, parent_id FROM unit WHERE id = ?", (unit_id,)
        )
        if row is None:
            raise NotFound(N_("There is no unit “{id}”."), id=unit_id)
        return self._unit_from(row)

    def _unit_from(self, row: Sequence[Any]) -> Unit:
        unit_id, organisation_id, name, kind, parent_id = row
        above = self.names_down_to(parent_id)
        return Unit(unit_id, organisation_id, name, kind, parent_id, above)

    def names_down_to(self, unit_id: str | None) -> tuple[str, ...]:
        """The names from the top of the organisation down to this unit; none for ``None``."""
        names: list[str] = []
        # bounded, because in a file that was tampered with units may run in a circle
        while unit_id is not None and len(names) < MAX_UNIT_LEVELS:
            row = self.row("SELECT name, parent_id FROM unit WHERE id = ?", (unit_id,))
            if row is None:
                break
            name, unit_id = row
            names.insert(0, name)
        return tuple(names)

    def unit_path(self, unit: Unit | None) -> tuple[Unit, ...]:
        """The units from the top of the organisation down to this one."""
        path: list[Unit] = []
        while unit is not None and unit not in path:
            path.insert(0, unit)
            unit = None if unit.parent_id is None else self.unit(unit.parent_id)
        return tuple(path)

    def unit_named(self, organisation_id: str, name: str, parent_id: str | None) -> Unit | None:
        """The one of this name below this parent, whatever its case."""
        row = self.row(
            "SELECT id, organisation_id, name, kind, parent_id FROM unit"
            " WHERE organisation_id = ? AND coalesce(parent_id, '') = ? AND name_key = ?",
            (organisation_id, parent_id or "", name_key(name)),
        )
        return None if row is None else self._unit_from(row)

    def has_unit_id(self, unit_id: str) -> bool:
        """True if this id is taken."""
        return self.has("unit", "id", unit_id)

    def add_unit(self, unit: Unit, now: datetime) -> None:
        """Store a new one."""
        row = {
            "id": unit.id,
            "organisation_id": unit.organisation_id,
            "parent_id": unit.parent_id,
            "name": unit.name,
            "name_key": name_key(unit.name),
            "kind": unit.kind,
        }
        self.insert("unit", with_digest(columns.UNIT, row))
        self._log.append("unit", logged_unit(unit), now)

    # ---- created where missing ---------------------------------------------------------------

    def organisation_by(self, name: str, now: datetime) -> Organisation:
        """The organisation of this name, created where missing; raises ``InvalidInput``."""
        name = checked_name(name, N_("Please enter the name of the organisation."))
        known = self.organisation_named(name)
        if known is None:
            known = Organisation(uuid4().hex, name)
            self.add_organisation(known, now)
        return known

    def unit_by(
        self, organisation_id: str, name: str, kind: str, parent_id: str | None, now: datetime
    ) -> Unit:
        """The unit of this name below this parent, created where missing."""
        name = checked_name(name, N_("Please enter the name of the unit."))
        known = self.unit_named(organisation_id, name, parent_id)
        if known is None:
            above = self.names_down_to(parent_id)
            known = Unit(uuid4().hex, organisation_id, name, kind, parent_id, above)
            self.add_unit(known, now)
        return known


def logged_unit(unit: Unit) -> dict[str, str | None]:
    """Log content about a unit."""
    return {
        "id": unit.id,
        "name": unit.name,
        "organisation_id": unit.organisation_id,
        "parent_id": unit.parent_id,
    }
