"""Detects unsafe locations of a library: synchronised folders and network drives.

Such programs copy the file while it is being written, or bring back an older one. People lose
data exactly there, so the window warns; it does not forbid.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from app.errors import AppError
from app.words.texts import N_

_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}


def warnings_about(library: Path) -> tuple[AppError, ...]:
    """What a person should know about the place of a library; nothing as a rule."""
    place = Path(os.path.abspath(library))  # noqa: PTH100 (a link into such a folder counts by its name)
    if is_network_path(str(place)):
        return (
            AppError(
                N_(
                    "“{name}” lies on a network drive; a lost connection can damage the "
                    "library. Please keep it on this computer and share only copies."
                ),
                name=library.name,
            ),
        )
    service = synchronised_by(place)
    if service is None:
        return ()
    return (
        AppError(
            N_(
                "“{name}” lies in a folder that {service} synchronises; this can damage an "
                "open library. Please keep it in another folder and share only copies."
            ),
            name=library.name,
            service=service,
        ),
    )


def synchronised_by(place: PurePath) -> str | None:
    """The service that keeps one of the folders above in step, by the folder's name."""
    for part in place.parts[:-1]:
        folder = part.casefold()
        for beginning, service in _SERVICES.items():
            # "OneDrive - Company", "Dropbox (Team)", "Nextcloud2"
            if folder.startswith(beginning):
                return service
    return None


def is_network_path(place: str) -> bool:
    """True for a UNC path, which names a computer."""
    return place.startswith(("\\\\", "//")) and not place.startswith(("\\\\?\\", "\\\\.\\"))
