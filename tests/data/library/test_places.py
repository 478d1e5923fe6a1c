"""Warnings about unsafe locations of a library."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from data.library import places
from data.library.library import open_library
from data.library.places import (
    is_network_path,
    marked_by,
    synchronised_by,
    type_in_listing,
    type_of_mount,
    warnings_about,
)

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home/a/Kunden\\040alt rw,relatime shared:2 - cifs //server/share rw
31 22 0:41 / /run/user/1000/gvfs rw,nosuid - fuse.gvfsd-fuse gvfsd-fuse rw
32 22 0:42 / /mnt/cloud rw - fuse.rclone drive: rw
33 22 0:43 / /mnt/stick rw - vfat /dev/sdb1 rw
34 22 0:44 / /mnt/over rw - nfs4 server:/over rw
35 34 0:45 / /mnt/over rw - ext4 /dev/sdc1 rw
"""
LISTED = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@server/Kunden on /Volumes/Kunden (smbfs, nodev, nosuid, mounted by anna)
/dev/disk4s1 on /Volumes/Stick (on) (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("place", "service"),
    [
        (PureWindowsPath(r"C:\Users\a\OneDrive - Firma GmbH\x.stufenplan"), "OneDrive"),
        (PurePosixPath("/home/a/Dropbox (Team)/x.stufenplan"), "Dropbox"),
        (PurePosixPath("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x"), "iCloud"),
        (PurePosixPath("/home/a/Nextcloud2/x.stufenplan"), "Nextcloud"),
        (PureWindowsPath(r"G:\Meine Ablage\Kunden\x.stufenplan"), "Google Drive"),
        (PureWindowsPath(r"G:\Geteilte Ablagen\Team\x.stufenplan"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\a\OneDrive\x.stufenplan"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\a\MagentaCLOUD\x.stufenplan"), "MagentaCLOUD"),
        (PureWindowsPath(r"C:\Users\a\HiDrive\x.stufenplan"), "HiDrive"),
        (PurePosixPath("/home/a/SynologyDrive/Kunden/x.stufenplan"), "Synology Drive"),
        (PureWindowsPath(r"C:\Users\a\Box\x.stufenplan"), "Box"),
        (PurePosixPath("/Users/a/Library/CloudStorage/Box-Box/x"), "Box"),
        (PurePosixPath("/Users/a/Library/CloudStorage/OneDrive-Firma/x"), "OneDrive"),
        (
            PurePosixPath("/Users/a/Library/CloudStorage/GoogleDrive-a@b.de/Meine Ablage/x"),
            "Google Drive",
        ),
        (PurePosixPath("/Users/a/Library/CloudStorage/Neues-a/x"), "Neues"),
        (PurePosixPath("/home/a/work/onedrive.stufenplan"), None),
        (PurePosixPath("/home/a/Dropbox migration/x.stufenplan"), None),
        (PurePosixPath("/home/a/Dropbox - alte Kunden/x.stufenplan"), None),
        (PurePosixPath("/home/a/icloud-notes/x.stufenplan"), None),
        (PurePosixPath("/home/a/OneDriveAudit/x.stufenplan"), None),
        (PurePosixPath("/home/a/Kunden/Box/x.stufenplan"), None),
        (PurePosixPath("/home/a/work/sync/x.stufenplan"), None),
        (PurePosixPath("/home/a/work/x.stufenplan"), None),
    ],
)
def test_folders_of_synchronising_services_are_known_by_name(
    place: PurePosixPath | PureWindowsPath, service: str | None
) -> None:
    assert synchronised_by(place) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".sync_1a2b3c.db", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropboxes", None),
    ],
)
def test_folders_are_known_by_the_files_of_their_service(
    tmp_path: Path, marker: str, service: str | None
) -> None:
    folder = tmp_path / "Daten" / "Kunden"
    folder.mkdir(parents=True)
    (tmp_path / "Daten" / marker).touch()
    assert marked_by(folder / "x.stufenplan") == service


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/a/Kunden alt/x.stufenplan", "cifs"),
        ("/home/a/Kunden alter/x.stufenplan", "ext4"),
        ("/run/user/1000/gvfs/smb-share:server=s/x.stufenplan", "fuse.gvfsd-fuse"),
        ("/mnt/stick/x.stufenplan", "vfat"),
        ("/mnt/over/x.stufenplan", "ext4"),
    ],
)
def test_the_mount_of_a_place_is_the_innermost_visible_one(place: str, kind: str) -> None:
    assert type_of_mount(MOUNTS, place) == kind


def test_macos_tells_the_type_of_a_volume() -> None:
    assert type_in_listing(LISTED, "/Volumes/Kunden/x.stufenplan") == "smbfs"
    assert type_in_listing(LISTED, "/Volumes/Stick (on)/x.stufenplan") == "msdos"
    assert type_in_listing(LISTED, "/Users/a/x.stufenplan") == "apfs"


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are read from Linux's /proc")
@pytest.mark.parametrize(("folder", "warns"), [("cloud", True), ("stick", False)])
def test_a_library_on_a_mounted_network_drive_warns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, warns: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.replace("/mnt", str(tmp_path)), encoding="utf-8")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    said = [str(warning) for warning in warnings_about(tmp_path / folder / "x.stufenplan")]
    assert [("network drive" in each) for each in said] == [True] * warns


def test_a_path_that_names_a_computer_is_a_network_path() -> None:
    assert is_network_path(r"\\server\share\x.stufenplan")
    assert is_network_path(r"\\?\UNC\server\share\x.stufenplan")
    assert not is_network_path(r"\\?\C:\x.stufenplan")
    assert not is_network_path("/home/a/x.stufenplan")


def test_opening_in_such_a_folder_works_and_warns(tmp_path: Path) -> None:
    library = open_library(tmp_path / "OneDrive - Acme" / "x.stufenplan", create=True)
    assert [str(notice) for notice in library.notices if "OneDrive" in str(notice)]
    library.close()
    library = open_library(tmp_path / "local" / "x.stufenplan", create=True)
    assert library.notices == ()
    library.close()
