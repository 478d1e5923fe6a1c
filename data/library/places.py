"""Detects unsafe locations of a library: synchronised folders and network drives.

Such programs copy the file while it is being written, or bring back an older one. People lose
data exactly there, so the window warns; it does not forbid.

A place is recognised by what it is: by the type of its mount or drive, by the files that a
service keeps in its folder, and by the names that services give their folders.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

from app.errors import AppError
from app.words.texts import N_

_NAMES = {
    "OneDrive": ("onedrive",),
    "Dropbox": ("dropbox",),
    "Google Drive": (
        "google drive", "googledrive", "my drive", "meine ablage",
        "shared drives", "geteilte ablagen",
    ),
    "iCloud": ("icloud drive", "iclouddrive", "com~apple~clouddocs", "mobile documents"),
    "Nextcloud": ("nextcloud",),
    "ownCloud": ("owncloud",),
    "MagentaCLOUD": ("magentacloud",),
    "HiDrive": ("hidrive", "strato hidrive", "ionos hidrive"),
    "pCloud": ("pcloud drive", "pclouddrive", "pcloud sync"),
    "MEGA": ("megasync", "mega sync"),
    "Box": ("box sync",),
    "Proton Drive": ("proton drive", "protondrive"),
    "Seafile": ("seafile",),
    "Syncthing": ("syncthing",),
    "Synology Drive": ("synologydrive", "synology drive"),
    "kDrive": ("kdrive",),
    "luckycloud": ("luckycloud",),
    "Tresorit": ("tresorit drive",),
}  # fmt: skip
"""Service to the names of its folders; a number or an account may follow, see ``_is_named``."""

_NAMES_AT_HOME = {"Box": ("box",), "MEGA": ("mega",), "Syncthing": ("sync",)}
"""Names that mean a service only directly in a home folder."""

_HOMES = ("home", "users", "benutzer")

_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    ".shortcut-targets-by-id": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".seafile-data": "Seafile",
}
"""Files that services keep at the top of their folders."""

_SYNC_DATABASES = (".sync_", "._sync_")
"""Beginnings of the databases that Nextcloud and its relatives keep there; they end in ``.db``."""

_NETWORK_TYPES = frozenset({
    "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "davfs",
    "webdav", "afs", "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "9p", "sshfs", "rclone",
    "s3fs", "gcsfuse", "gvfsd-fuse", "davfs2", "google-drive-ocamlfuse", "onedriver", "pcloud",
    "fuse-nfs", "smbnetfs", "curlftpfs", "moosefs", "mfs", "cephfs", "goofys", "blobfuse2",
})  # fmt: skip
"""Types of file systems that lie on another computer, without ``fuse.`` in front."""

_DRIVE_REMOTE = 4
_MOUNTS = Path("/proc/self/mountinfo")


def warnings_about(library: Path) -> tuple[AppError, ...]:
    """Warnings about the location of a library; usually none."""
    named = Path(os.path.abspath(library))  # noqa: PTH100 (a link into such a folder counts by its name)
    real = Path(os.path.realpath(library))
    if is_network_path(str(named)) or is_on_network_drive(real):
        return (
            AppError(
                N_(
                    "“{name}” lies on a network drive; a lost connection can damage the "
                    "library. Please keep it on this computer and share only copies."
                ),
                name=library.name,
            ),
        )
    service = synchronised_by(named) or synchronised_by(real) or marked_by(real)
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


# ---- synchronised folders ---------------------------------------------------------------------


def synchronised_by(place: PurePath) -> str | None:
    """The service that keeps one of the folders above in step, by the folder's name."""
    folders = [part.casefold() for part in place.parts[:-1]]
    for position, folder in enumerate(folders):
        before = folders[position - 1] if position else ""
        if before == "cloudstorage" and "library" in folders:
            return _provider(place.parts[position])
        for service, names in _NAMES.items():
            if any(_is_named(folder, name) for name in names):
                return service
        is_at_home = position >= 2 and folders[position - 2] in _HOMES
        for service, names in _NAMES_AT_HOME.items():
            if is_at_home and folder in names:
                return service
    return None


def _is_named(folder: str, name: str) -> bool:
    """True for the name itself, and with a number or an account behind it.

    That is how services tell several accounts apart: ``Nextcloud2``, ``Dropbox (Team)``,
    ``OneDrive - Company``, ``GoogleDrive-anna@example.org``. A folder about a service, such as
    ``Dropbox migration``, is none.
    """
    if not folder.startswith(name):
        return False
    rest = folder[len(name) :]
    return (
        not rest
        or rest.isdecimal()
        or (rest.startswith((" (", "(")) and rest.endswith(")"))
        or (name == "onedrive" and rest.startswith((" - ", " – ")))
        or (rest.startswith("-") and "@" in rest)
    )


def _provider(folder: str) -> str:
    """The service of a folder in macOS's ``Library/CloudStorage``, such as ``OneDrive-Firma``."""
    begins = folder.split("-", maxsplit=1)[0]
    for service, names in _NAMES.items():
        if begins.casefold() in names:
            return service
    return begins


def marked_by(place: Path) -> str | None:
    """The service whose own files lie in one of the folders above."""
    for folder in place.parents[:-1]:
        try:
            names = [entry.name.casefold() for entry in folder.iterdir()]
        except OSError:
            continue
        service = _service_of(names)
        if service is not None:
            return service
    return None


def _service_of(names: Iterable[str]) -> str | None:
    for name in names:
        if name in _MARKERS:
            return _MARKERS[name]
        if name.startswith(_SYNC_DATABASES) and name.endswith(".db"):
            return "Nextcloud"
    return None


# ---- network drives ---------------------------------------------------------------------------


def is_network_path(place: str) -> bool:
    """True for a UNC path, which names a computer."""
    if place.casefold().startswith(("\\\\?\\unc\\", "//?/unc/")):
        return True
    return place.startswith(("\\\\", "//")) and not place.startswith(("\\\\?\\", "\\\\.\\"))


def is_on_network_drive(place: Path) -> bool:
    """True if the system has the place mounted from another computer; False where unknown."""
    if sys.platform == "win32":
        import ctypes

        is_remote = int(ctypes.windll.kernel32.GetDriveTypeW(place.anchor)) == _DRIVE_REMOTE
    else:
        kind = _type_on_macos(place) if sys.platform == "darwin" else _type_on_linux(place)
        is_remote = kind.casefold().removeprefix("fuse.") in _NETWORK_TYPES
    return is_remote


def _type_on_linux(place: Path) -> str:
    """The type of file system by ``/proc``; empty where there is none."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return type_of_mount(mounts, str(place))


def type_of_mount(mounts: str, place: str) -> str:
    """The type of file system a path lies on, by the lines of ``/proc/self/mountinfo``."""
    found, kind = -1, ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields, types = left.split(" "), right.split(" ")
        if len(fields) <= 4:
            continue
        point = _unescaped(fields[4])
        is_above = place == point or place.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= found:  # of two at one place, the later one is visible
            found, kind = len(point), types[0]
    return kind


def _unescaped(text: str) -> str:
    """A mount point without the octal escapes for space, tab, line end and backslash."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text


def _type_on_macos(place: Path) -> str:
    """The type of file system by ``mount``; empty where it does not say."""
    if place.parts[1:2] != ("Volumes",):
        return ""  # what is mounted elsewhere is the computer's own
    import subprocess

    try:
        listed = subprocess.run(
            ["/sbin/mount"], capture_output=True, encoding="utf-8", errors="replace", timeout=2,
            check=False,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return type_in_listing(listed, str(place))


def type_in_listing(listed: str, place: str) -> str:
    """The type of file system a path lies on, by the lines of macOS's ``mount``.

    A line is ``//anna@server/share on /Volumes/share (smbfs, nodev, nosuid)``.
    """
    found, kind = -1, ""
    for line in listed.splitlines():
        _, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        is_above = place == point or place.startswith(point.rstrip("/") + "/")
        if point and is_above and len(point) >= found:
            found, kind = len(point), options.split(",")[0].rstrip(")")
    return kind
