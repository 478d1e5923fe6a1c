"""Upgrades a library of an earlier release, after a verified backup."""

from __future__ import annotations

from datetime import datetime

from data.library import migrations, schema
from data.library.backups import BEFORE_UPGRADE, back_up
from data.library.check import faults_of
from data.library.database import transaction
from data.library.opening import LockedFile
from data.library.readers import refuse_foreign_schema
from data.library.storage_errors import as_unavailable


def bring_up_to_date(file: LockedFile, now: datetime) -> None:
    """Run pending migrations, all in one transaction; no-op if there are none.

    A private copy needs no backup: it would never be deleted.
    Raises ``UnusableLibrary`` for a file that fails the check before or after, and
    ``StorageUnavailable`` when the backup or the migration cannot be stored; the file is then as
    it was.
    """
    if file.schema_version == schema.SCHEMA_VERSION:
        return
    for fault in faults_of(file.connection, file.path):
        raise fault
    if not file.is_copy:
        back_up(file.connection, file.path, BEFORE_UPGRADE, now)
    connection = file.connection
    with as_unavailable(file.path):
        # Steps that rebuild a table must not set off what references do on deletion.
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with transaction(connection):
                migrations.run_pending(connection)
                connection.execute("UPDATE library_info SET app_version = ?", [schema.APP_VERSION])
                refuse_foreign_schema(connection, file.path)
                for fault in faults_of(connection, file.path):
                    raise fault
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
        file.remember()
    file.schema_version = schema.SCHEMA_VERSION
