"""Merging and importing while a session is open, on the real library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from conftest import built_window, leave
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from app.workshop.workshop import Workshop
from data.library.library import open_library
from data.models.builtin import builtin_model
from exports.session_json import write_session_json
from stufenplan.services import LocalServices
from ui.shell.settings import Settings
from ui.shell.shell import Shell


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, settings: Settings) -> Iterator[Shell]:
    """The window with the only session open; in a copy it went on, and its client was renamed."""
    services = LocalServices()
    library = services.open_library(tmp_path / "work.stufenplan", create=True)
    new = NewSession("Nordwerk", builtin_model(), "Spring", date=date(2026, 11, 3))
    session = library.create_session(new)
    Workshop(session, library).set_level("process.ci-cd", 3)
    write_session_json(library.whole_session(session.id), tmp_path / "old.json", exported_with="1")
    library.close()
    shutil.copyfile(tmp_path / "work.stufenplan", tmp_path / "copy.stufenplan")
    with closing(open_library(tmp_path / "copy.stufenplan")) as copy:
        Workshop(copy.load_session(session.id), copy).set_level("process.ci-cd", 4)
        copy.naming.rename_organisation(session.organisation.id, "Nordwerk SE")
    window = built_window(services, settings)
    window.libraries.open_at_start(tmp_path / "work.stufenplan")
    window.frame.show()
    qtbot.addWidget(window.frame)
    window.flows.sessions.open(session.id)
    yield window
    leave(window)


def test_the_open_session_is_extended_by_a_merge_and_goes_on_from_there(
    shell: Shell, tmp_path: Path
) -> None:
    shell.flows.merging.merge_from(tmp_path / "copy.stufenplan")
    assert shell.page_name == "scoring"
    assert shell.workspace.session.rating("process.ci-cd").level == 4
    assert shell.header.title.text().startswith("Nordwerk · Spring")
    assert shell.notices.notice("merged").details.splitlines() == [
        "1 session was continued there and is extended here.",
        "Spring",
        "“Nordwerk SE” is called “Nordwerk” in this library; that name stays.",
    ]
    shell.workspace.workshop.undo()
    assert shell.workspace.session.rating("process.ci-cd").level == 3


def test_a_merge_names_the_sessions_of_other_clients_on_request_only(
    shell: Shell, tmp_path: Path
) -> None:
    with closing(open_library(tmp_path / "copy.stufenplan")) as copy:
        copy.create_session(NewSession("Sparkasse", builtin_model(), "Sparkasse 2026"))
    shell.flows.merging.merge_from(tmp_path / "copy.stufenplan")
    notice = shell.notices.notice("merged")
    assert notice.details.splitlines() == [
        "1 session is new.",
        "1 session was continued there and is extended here.",
        "1 organisation or unit has another name there; the name here stays.",
    ]
    (show,) = [button for button in notice.buttons if button.text() == "Show titles"]
    show.click()
    assert notice.details.splitlines() == [
        "1 session is new.",
        "Sparkasse 2026",
        "1 session was continued there and is extended here.",
        "Spring",
        "“Nordwerk SE” is called “Nordwerk” in this library; that name stays.",
    ]
    assert [button.text() for button in notice.buttons] == ["OK"]


def test_an_older_file_of_the_open_session_changes_nothing_and_says_so(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    shell.workspace.workshop.set_level("process.ci-cd", 5)
    shell.flows.imports.read(tmp_path / "old.json")
    qtbot.waitUntil(lambda: shell.notices.notice("session-taken") is not None)
    assert shell.notices.notice("session-taken").text == (
        "This session was here already, newer than in the file; nothing was changed."
    )
    assert shell.workspace.session.rating("process.ci-cd").level == 5
    assert shell.state.library.session_count() == 1
