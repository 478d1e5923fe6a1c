"""Mapping of clients and units of another library to this one.

The same id is the same client, whatever its name, also where it was merged into another one here.
Otherwise the same name is, unless the other library knows our client as well, under another name.
Units likewise, within their client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from uuid import uuid4

from app.session.names import MAX_NAME_LENGTH
from app.session.units import Affiliation, Organisation, Unit
from app.session.whole import WholeSession
from app.workshop.history import Edit
from data.library.units import Units


class Placing:
    """Finds the client and units of sessions from elsewhere, or adds them.

    ``foreign`` holds the ids of all clients and units of the other library, each with that of its
    client there. What ``was_deleted`` here for good is not added again.
    """

    def __init__(
        self,
        units: Units,
        foreign: Mapping[str, str],
        now: datetime,
        was_deleted: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._units = units
        self._foreign = foreign
        self._now = now
        self._was_deleted = was_deleted
        self._placed: dict[Affiliation, Affiliation] = {}

    def whole(self, whole: WholeSession) -> WholeSession:
        """The session with clients and units of ours, also those of its changes."""
        session = replace(whole.session, affiliation=self.placed(whole.session.affiliation))
        changes = tuple(
            replace(change, edits=tuple(map(self._edit, change.edits))) for change in whole.changes
        )
        return replace(whole, session=session, changes=changes)

    def _edit(self, edit: Edit) -> Edit:
        before, after = edit.before, edit.after
        if isinstance(before, Affiliation) and isinstance(after, Affiliation):
            return replace(edit, before=self.placed(before), after=self.placed(after))
        return edit

    def found(self, wanted: Affiliation) -> Affiliation:
        """The client and unit here; what is unknown stays as it is."""
        organisation = self._organisation(wanted.organisation)
        if organisation is None:
            return wanted
        unit = self._unit(wanted.units, organisation)
        if unit is None and wanted.units:
            return Affiliation(organisation, wanted.units)
        return Affiliation(organisation, self._units.unit_path(unit))

    def placed(self, wanted: Affiliation) -> Affiliation:
        """The client and unit here, added where they are unknown.

        What was deleted for good, here or over there, has no name.
        """
        if wanted not in self._placed:
            self._placed[wanted] = self._place(wanted)
        return self._placed[wanted]

    def _place(self, wanted: Affiliation) -> Affiliation:
        if not wanted.is_named:
            return wanted
        if self._is_gone(wanted):
            return wanted.without_names
        organisation = self._organisation_for(wanted.organisation)
        unit = self._unit_for(wanted.units, organisation)
        return Affiliation(organisation, self._units.unit_path(unit))

    def _is_gone(self, wanted: Affiliation) -> bool:
        """True if something of it was deleted here and would be added again."""
        organisation = self._organisation(wanted.organisation)
        if organisation is None:
            return any(self._was_deleted(part.id) for part in wanted.parts)
        paths = (wanted.units[:length] for length in range(1, len(wanted.units) + 1))
        return any(
            self._unit(path, organisation) is None and self._was_deleted(path[-1].id)
            for path in paths
        )

    # ---- finding -----------------------------------------------------------------------------

    def _organisation(self, wanted: Organisation) -> Organisation | None:
        known = self._units.known_organisation(wanted.id)
        named = self._units.organisation_named(wanted.name)
        return known or (None if named is None or named.id in self._foreign else named)

    def _unit(self, path: tuple[Unit, ...], organisation: Organisation) -> Unit | None:
        """The last unit of a path; ``None`` where it is unknown."""
        if not path:
            return None
        wanted, above = path[-1], path[:-1]
        known = self._units.known_unit(wanted.id)
        if known is not None and known.organisation_id == organisation.id:
            return known
        parent = self._unit(above, organisation)
        if above and parent is None:
            return None
        named = self._unit_named(wanted.name, organisation, parent)
        # Of two clients that are one here, units of the same name are one as well.
        are_told_apart = named and self._foreign.get(named.id) == wanted.organisation_id
        return None if are_told_apart else named

    def _unit_named(
        self, name: str, organisation: Organisation, parent: Unit | None
    ) -> Unit | None:
        parent_id = None if parent is None else parent.id
        return self._units.unit_named(organisation.id, name, parent_id)

    # ---- adding ------------------------------------------------------------------------------

    def _organisation_for(self, wanted: Organisation) -> Organisation:
        known = self._organisation(wanted)
        if known is None:
            name = _free_name(wanted.name, self._units.organisation_named)
            known = Organisation(wanted.id or uuid4().hex, name)
            self._units.add_organisation(known, self._now)
        return known

    def _unit_for(self, path: tuple[Unit, ...], organisation: Organisation) -> Unit | None:
        known = self._unit(path, organisation)
        if known is not None or not path:
            return known
        wanted, parent = path[-1], self._unit_for(path[:-1], organisation)
        name = _free_name(wanted.name, lambda name: self._unit_named(name, organisation, parent))
        taken = not wanted.id or self._units.has_unit_id(wanted.id)
        unit = Unit(
            uuid4().hex if taken else wanted.id,
            organisation.id,
            name,
            wanted.kind,
            None if parent is None else parent.id,
            () if parent is None else parent.names,
        )
        self._units.add_unit(unit, self._now)
        return unit


def places_of(whole: WholeSession) -> dict[str, str]:
    """The ids of all clients and units that a session refers to, each with that of its client."""
    found = [whole.session.affiliation]
    for change in whole.changes:
        for edit in change.edits:
            found += [
                value for value in (edit.before, edit.after) if isinstance(value, Affiliation)
            ]
    clients = {each.organisation.id: each.organisation.id for each in found}
    return clients | {unit.id: unit.organisation_id for each in found for unit in each.units}


def _free_name(name: str, named: Callable[[str], object]) -> str:
    """The name, with a number where another client or unit has it."""
    candidate, number = name, count(2)
    while named(candidate) is not None:
        suffix = f" ({next(number)})"
        candidate = name[: MAX_NAME_LENGTH - len(suffix)] + suffix
    return candidate
