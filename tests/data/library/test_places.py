"""Warnings about unsafe locations of a library."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from data.library.library import open_library
from data.library.places import is_network_path, synchronised_by


@pytest.mark.parametrize(
    ("place", "service"),
    [
        (PureWindowsPath(r"C:\Users\a\OneDrive - Firma GmbH\x.stufenplan"), "OneDrive"),
        (PurePosixPath("/home/a/Dropbox (Team)/x.stufenplan"), "Dropbox"),
        (PurePosixPath("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x"), "iCloud"),
        (PurePosixPath("/home/a/Nextcloud2/x.stufenplan"), "Nextcloud"),
        (PurePosixPath("/home/a/work/onedrive.stufenplan"), None),
        (PurePosixPath("/home/a/work/x.stufenplan"), None),
    ],
)
def test_folders_of_synchronising_services_are_known_by_name(
    place: PurePosixPath | PureWindowsPath, service: str | None
) -> None:
    assert synchronised_by(place) == service


def test_a_path_that_names_a_computer_is_a_network_path() -> None:
    assert is_network_path(r"\\server\share\x.stufenplan")
    assert not is_network_path(r"\\?\C:\x.stufenplan")
    assert not is_network_path("/home/a/x.stufenplan")


def test_opening_in_such_a_folder_works_and_warns(tmp_path: Path) -> None:
    library = open_library(tmp_path / "OneDrive - Acme" / "x.stufenplan", create=True)
    assert [str(notice) for notice in library.notices if "OneDrive" in str(notice)]
    library.close()
    library = open_library(tmp_path / "local" / "x.stufenplan", create=True)
    assert library.notices == ()
    library.close()
