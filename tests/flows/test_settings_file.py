"""Removal of a deleted client's names from the settings, as Qt writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from data.settings_file import forget_values

NAMES = ("Nordwerk AG", 'Ärzte & Söhne; "GmbH", 100% = 1\\2', "a1b2-c3:d4", "東京")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def written(file: Path, values: dict[str, str]) -> QSettings:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    for key, value in values.items():
        settings.setValue(key, value)
    settings.sync()
    return settings


def left(settings: QSettings) -> dict[str, object]:
    settings.sync()
    return {key: settings.value(key) for key in settings.allKeys()}


@pytest.mark.parametrize("name", NAMES)
def test_values_and_keys_that_are_a_name_go(file: Path, name: str) -> None:
    kept = {"new/organisation": "Other", "reports/other": "/reports/Other", "view/theme": "dark"}
    settings = written(
        file, {**kept, "new/client": name, "top": name.upper(), "deep/er/still": name}
    )
    if name.isascii() and '"' not in name:
        written(file, {f"reports/{name}": "/reports/x", f"deep/{name}/x": "y"})
    forget_values(file, [name], [])
    assert left(settings) == kept


def test_paths_in_which_a_name_stands_go_but_not_where_the_library_lies(file: Path) -> None:
    kept = {"library/path": "/nordwerk ag/x.stufenplan", "user/name": "Nordwerk AG", "z": "Nord"}
    settings = written(file, {**kept, "models/other": "/home/NORDWERK AG/pages"})
    forget_values(file, ["Nordwerk AG"], ["Nordwerk AG"])
    assert left(settings) == kept


def test_short_names_are_not_looked_for_inside_of_paths(file: Path) -> None:
    settings = written(file, {"models/other": "/home/pit/pages", "client": "IT"})
    forget_values(file, ["IT"], ["IT"])
    assert left(settings) == {"models/other": "/home/pit/pages"}


def test_a_file_that_is_missing_or_no_text_stays_as_it_is(file: Path) -> None:
    forget_values(file, ["x"], [])
    assert not file.exists()
    file.write_bytes(b"[a]\nb=\xff x\n")
    forget_values(file, ["x"], [])
    assert file.read_bytes() == b"[a]\nb=\xff x\n"


def test_a_file_in_which_nothing_stands_is_not_written_again(file: Path) -> None:
    written(file, {"view/theme": "dark"})
    before = file.stat().st_mtime_ns, file.stat().st_ino
    forget_values(file, ["Nordwerk AG"], ["Nordwerk AG"])
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before
