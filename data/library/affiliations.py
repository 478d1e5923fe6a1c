"""Which organisation and unit a session belongs to: stored rows for what changes refer to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.errors import InvalidInput
from app.session.field_types.affiliations import GONE
from app.session.units import Affiliation, Organisation, Unit, affiliation_along
from app.words.texts import N_
from app.workshop.history import Change, Edit
from data.library.units import Units

_GONE_ID = "deleted"
"""Stands for the ids of what was deleted for good."""


class Affiliations:
    """Organisations and paths of units of one library."""

    def __init__(self, units: Units, was_deleted: Callable[[str], bool]) -> None:
        self._units = units
        self._was_deleted = was_deleted

    def of(self, organisation_id: str, unit_id: str | None) -> Affiliation:
        """An organisation and the path to a unit; raises ``NotFound``."""
        unit = None if unit_id is None else self._units.unit(unit_id)
        return Affiliation(self._units.organisation(organisation_id), self._units.unit_path(unit))

    def current(self, organisation_id: str, unit_id: str | None) -> Affiliation:
        """Like :meth:`of`, also for what was merged into something else."""
        organisation = self._units.known_organisation(organisation_id)
        unit = None if unit_id is None else self._units.known_unit(unit_id)
        return self.of(
            organisation_id if organisation is None else organisation.id,
            unit_id if unit is None else unit.id,
        )

    def named(self, change: Change) -> Change:
        """A change from the log, with the names of the organisations and units it refers to.

        What was deleted stays without a name.
        """
        if all(edit.field != "affiliation" for edit in change.edits):
            return change
        return replace(change, edits=tuple(map(self._named, change.edits)))

    def _named(self, edit: Edit) -> Edit:
        before, after = edit.before, edit.after
        if isinstance(before, Affiliation) and isinstance(after, Affiliation):
            return replace(edit, before=self._logged(before), after=self._logged(after))
        return edit

    def _logged(self, wanted: Affiliation) -> Affiliation:
        """The stored rows for ids from the log.

        The client of that time may be here again, after its units became those of another one: a
        unit is where it is now.
        """
        unit = None if wanted.unit is None else self._units.known_unit(wanted.unit.id)
        if unit is not None:
            return self.of(unit.organisation_id, unit.id)
        found = self.located(wanted)
        # What it was merged into before it was deleted is not known any more: all of it is one.
        if not found.organisation.name:
            return Affiliation(Organisation(_GONE_ID, ""))
        path = ((part.id if part.name else _GONE_ID, part.name, part.kind) for part in found.units)
        return affiliation_along(found.organisation, path)

    def located(self, wanted: Affiliation) -> Affiliation:
        """The stored rows with these ids, else with these names; what has none stays as it is.

        Raises ``InvalidInput`` for a unit of another organisation.
        """
        organisation = self._organisation(wanted.organisation) or wanted.organisation
        path: list[Unit] = []
        for unit in wanted.units:
            known = self._unit(unit, organisation.id, path[-1].id if path else None)
            path = [*path, unit] if known is None else list(self._units.unit_path(known))
        return affiliation_along(organisation, ((unit.id, unit.name, unit.kind) for unit in path))

    def kept(self, wanted: Affiliation, now: datetime) -> Affiliation:
        """Like :meth:`located`, with rows for what had none.

        Raises ``InvalidInput`` for what was deleted, also where a name is remembered elsewhere.
        """
        found = self.located(wanted)
        if not found.is_named:
            raise InvalidInput(GONE)
        if not self._units.has_organisation_id(found.organisation.id):
            self._refuse_deleted(found.organisation.id)
            self._units.add_organisation(found.organisation, now)
        for unit in found.units:
            if not self._units.has_unit_id(unit.id):
                self._refuse_deleted(unit.id)
                self._units.add_unit(unit, now)
        return found

    def _refuse_deleted(self, any_id: str) -> None:
        if self._was_deleted(any_id):
            raise InvalidInput(GONE)

    def _organisation(self, wanted: Organisation) -> Organisation | None:
        known = self._units.known_organisation(wanted.id)
        return known or self._units.organisation_named(wanted.name)

    def _unit(self, wanted: Unit, organisation_id: str, parent_id: str | None) -> Unit | None:
        known = self._units.known_unit(wanted.id)
        if known is None:
            return self._units.unit_named(organisation_id, wanted.name, parent_id)
        if known.organisation_id != organisation_id:
            raise InvalidInput(N_("The unit belongs to another organisation."))
        return known
