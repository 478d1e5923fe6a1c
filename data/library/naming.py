"""Renames and merges organisations and units of an open library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.errors import InvalidInput
from app.naming import Joining, Renaming
from app.session.units import Organisation
from app.words.texts import N_
from data.library.access import Access
from data.library.backup_schedule import BackupSchedule


class SqliteNaming:
    """Implements ``app.naming.Naming`` for an open library."""

    def __init__(
        self, access: Access, backups: BackupSchedule, now: Callable[[], datetime]
    ) -> None:
        self._access = access
        self._backups = backups
        self._now = now

    def rename_organisation(self, organisation_id: str, name: str) -> Renaming | None:
        """Give an organisation another name; ``None`` if it has this one already."""
        with self._access.writing() as store:
            return store.clients.rename_organisation(organisation_id, name, self._now())

    def rename_unit(self, unit_id: str, name: str) -> Renaming | None:
        """Give a unit another name; ``None`` if it has this one already."""
        with self._access.writing() as store:
            return store.clients.rename_unit(unit_id, name, self._now())

    def take_back(self, renaming: Renaming) -> None:
        """Give the name before back, as a change that the log shows."""
        place = renaming.place
        with self._access.writing() as store:
            units, clients = store.units, store.clients
            is_client = isinstance(place, Organisation)
            known = units.organisation(place.id) if is_client else units.unit(place.id)
            if known.name != place.name:
                raise InvalidInput(
                    N_("“{name}” was renamed again in the meantime; nothing was taken back."),
                    name=place.name,
                )
            rename = clients.rename_organisation if is_client else clients.rename_unit
            rename(place.id, renaming.before, self._now(), renaming.entry)

    def merge_organisations(self, organisation_id: str, into_id: str) -> Joining:
        """Move everything of an organisation to another one, after a backup."""
        self._access.refuse_read_only()
        with self._access.reading() as store:
            name = store.clients.organisations_to_merge(organisation_id, into_id)[0].name
        backup = self._backups.back_up("merge").path
        with self._access.writing() as store:
            count = store.clients.merge_organisations(organisation_id, into_id, self._now())
            return Joining(store.units.organisation(into_id), name, count, backup)

    def merge_units(self, unit_id: str, into_id: str) -> Joining:
        """Move everything of a unit to another one of the same organisation, after a backup."""
        self._access.refuse_read_only()
        with self._access.reading() as store:
            name = store.clients.units_to_merge(unit_id, into_id)[0].full_name
        backup = self._backups.back_up("merge").path
        with self._access.writing() as store:
            count = store.clients.merge_units(unit_id, into_id, self._now())
            return Joining(store.units.unit(into_id), name, count, backup)
