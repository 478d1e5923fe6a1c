"""Command ``demo``: add the fictional sample organisation to a library."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.ports import Library
from app.session.session import Session
from app.words.texts import N_, translator_for
from exports.export import ExportKind, ExportRequest, begin_export
from stufenplan import __version__
from stufenplan.commands.console import (
    FILE,
    Command,
    Console,
    json_option,
    language_option,
    option,
    pass_console,
    print_json,
    write,
)
from stufenplan.commands.opened import SHORT_ID, library_path, opened

if TYPE_CHECKING:
    from stufenplan.commands.answers import Sample


@click.command(
    cls=Command, help=N_("Put a fictional organisation with its workshops into the library.")
)
@option(
    "--large",
    is_flag=True,
    help=N_("Also two more teams, a third workshop, and a newer version of the model."),
)
@language_option(N_("The language of the sample. Otherwise that of the answers."))
@option(
    "--export",
    "folder",
    type=FILE,
    metavar="FOLDER",
    default=None,
    help=N_("Also write the workbook and the radar pictures of the latest workshop there."),
)
@json_option
@pass_console
def demo(
    console: Console, large: bool, language: str | None, folder: Path | None, as_json: bool
) -> None:
    """Create the sample and optionally export its workbook and charts."""
    from app.sample import create_sample
    from data.models.builtin import builtin_model

    language = language or console.language
    with opened(console, create=True) as library:
        sample = create_sample(library, builtin_model(), language, large=large)
        sessions = [library.load_session(session_id) for session_id in sample.session_ids]
        history = [each for each in sessions if each.id in sample.units[0].session_ids]
        files = [] if folder is None else _export(library, history, folder, language)
    if as_json:
        answer: Sample = {
            "library": str(library_path(console)),
            "organisation": sessions[-1].organisation.name,
            "sessions": list(sample.session_ids),
            "units": [
                {"name": unit.name, "sessions": list(unit.session_ids)} for unit in sample.units
            ],
            "created": sample.created,
            "files": [str(file) for file in files],
        }
        print_json(answer)
    else:
        _report(console, sessions, created=sample.created)
        if files:
            console.say(N_("Wrote:"))
            for file in files:
                write(str(file))
        else:
            _suggest(console, history, with_teams=large)


def _export(library: Library, sessions: list[Session], folder: Path, language: str) -> list[Path]:
    """Export workbook and radars of the latest session, compared with the earlier one."""
    from data.files import write_error
    from exports.report_names import suggested_name

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, folder) from error
    earlier, latest = sessions[-2], sessions[-1]
    translator = translator_for(language)
    files = []
    for kind in (ExportKind.WORKBOOK, ExportKind.AREA_CHART, ExportKind.DIMENSION_CHART):
        ending = kind.endings[0].lstrip(".")
        file = folder / suggested_name(latest, kind.report, translator, ending)
        request = ExportRequest(kind, file, language, earlier.id)
        begin_export(request, latest, library, __version__)(None)
        files.append(file)
    return files


def _report(console: Console, sessions: list[Session], *, created: bool) -> None:
    organisation = sessions[-1].organisation.name
    if created:
        console.say(
            N_("The sample “{organisation}” is in {path}."),
            organisation=organisation,
            path=library_path(console),
        )
    else:
        console.say(
            N_("The sample “{organisation}” is in {path} already."),
            organisation=organisation,
            path=library_path(console),
        )
    units = {session.unit for session in sessions}
    for found in sessions:
        unit = f" · {found.unit.full_name}" if found.unit and len(units) > 1 else ""
        write(f"  {found.id}  {found.date.isoformat()}  {found.title}{unit}")


def _suggest(console: Console, history: list[Session], *, with_teams: bool) -> None:
    """Print what to try next with the sessions of one team."""
    call = "stufenplan"
    if console.library is not None:
        call += f" --library {shlex.quote(str(console.library))}"
    ids = [session.id[:SHORT_ID] for session in history]
    console.say(N_("Next, open the window with the first of these, or try the others:"))
    write(f"  {call}")
    write(f"  {call} session show {ids[-1]}")
    if with_teams:
        write(f"  {call} session compare {' '.join(ids)}")
        write(f"  {call} unit rollup {shlex.quote(history[-1].organisation.name)}")
    write(f"  {call} session export {ids[-1]} roadmap.xlsx")
