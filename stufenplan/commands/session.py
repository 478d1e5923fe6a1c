"""Commands ``session``: new, list, show, score, export, import, delete, chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from app.comparison.comparison import oldest_first
from app.comparison.stored import compare_in_library
from app.deletions import DeletedHere, Kind, Target
from app.errors import InvalidInput
from app.ports import Library, Outcome
from app.session.quarters import Quarter
from app.session.session import Session, SessionSummary
from app.words.texts import N_
from exports.export import CHARTS, ExportRequest, begin_export, chart_kind, report_kind
from stufenplan import __version__
from stufenplan.commands.comparison import compare_sessions
from stufenplan.commands.console import (
    FILE,
    TEXT,
    WRONG_INPUT,
    Console,
    Group,
    json_option,
    language_option,
    option,
    pass_console,
    print_json,
    print_table,
)
from stufenplan.commands.csv_import import import_csv, say_imported
from stufenplan.commands.deleting import (
    HOW_TO_TAKE_IN,
    DeletionAnswers,
    delete,
    deletion_options,
    with_deleted_option,
)
from stufenplan.commands.opened import (
    SHORT_ID,
    find_session,
    opened,
)
from stufenplan.commands.session_edit import edit
from stufenplan.commands.session_heads import created_answer, say_added, session_head
from stufenplan.commands.session_new import new
from stufenplan.commands.session_plan import QuarterType, plan
from stufenplan.commands.session_review import review
from stufenplan.commands.session_targets import targets
from stufenplan.commands.session_text import print_session

if TYPE_CHECKING:
    from stufenplan.commands.answers import (
        SessionEntry,
        SessionImported,
        SessionList,
        SessionScored,
    )

_IMPORTED = {
    Outcome.ADDED: N_("Imported session {id}: {organisation}, {title}"),
    Outcome.EXTENDED: N_("Extended session {id}: {organisation}, {title}"),
    Outcome.IDENTICAL: N_("Session {id} is here already: {organisation}, {title}"),
    Outcome.NEWER_HERE: N_("Session {id} is here already, and newer: {organisation}, {title}"),
    Outcome.KEPT_BOTH: N_("Kept as a second version, session {id}: {organisation}, {title}"),
}


@click.group(cls=Group, help=N_("Sessions: one organisation, one model, one day."))
def session() -> None:
    """Everything about sessions."""


session.add_command(new)


@session.command("list", help=N_("List sessions, last opened first."))
@option(
    "--search",
    type=TEXT,
    default="",
    metavar="TEXT",
    help=N_("Part of organisation, unit or title."),
)
@json_option
@pass_console
def _list_sessions(console: Console, search: str, as_json: bool) -> None:
    with opened(console) as library:
        summaries = library.session_summaries(search)
    if as_json:
        listed = [_summary_entry(item, console.language) for item in summaries]
        answer: SessionList = {"sessions": listed}
        print_json(answer)
        return
    if not summaries:
        console.say(N_("No session was found."))
        return
    tr = console.translator
    heads = (N_("Id"), N_("Date"), N_("Organisation"), N_("Unit"), N_("Title"), N_("Scored"))
    rows = [
        [
            item.id[:SHORT_ID],
            item.date.isoformat(),
            item.organisation.name,
            item.unit.full_name if item.unit is not None else "",
            item.title,
            tr.gettext("{scored} of {all}", scored=item.scored, all=item.applicable),
        ]
        for item in summaries
    ]
    print_table([tr.gettext(head) for head in heads], rows, right=frozenset({5}))


@session.command("show", help=N_("Show a session: levels, targets, gaps and the roadmap."))
@click.argument("session_id", type=TEXT, metavar="SESSION")
@json_option
@pass_console
def _show_session(console: Console, session_id: str, as_json: bool) -> None:
    with opened(console) as library:
        found = find_session(library, session_id)
    if as_json:
        from exports.session_json import show_document

        print_json(show_document(found))
    else:
        print_session(found, console.translator)


session.add_command(edit)


@session.command("score", help=N_("Import levels, targets and reasons from a CSV file."))
@click.argument("session_id", type=TEXT, metavar="SESSION")
@click.argument("file", type=FILE, metavar="FILE.csv")
@json_option
@pass_console
def _score_session(console: Console, session_id: str, file: Path, as_json: bool) -> None:
    from data.sessions.score_csv import read_score_file

    with opened(console) as library:
        before = find_session(library, session_id)
        imported = import_csv(library, before, file, read_score_file)
    if as_json:
        answer: SessionScored = {
            "id": before.id,
            "changed": list(imported.changed),
            "saved_at": imported.saved_at_text,
        }
        print_json(answer)
        return
    say_imported(console, imported)


session.add_command(targets)


@session.command(
    "export",
    help=N_("Write a session to a file; its ending says what: .xlsx .csv .json .stufenplan"),
)
@click.argument("session_id", type=TEXT, metavar="SESSION")
@click.argument("file", type=FILE, metavar="FILE")
@language_option(N_("The language of the report. Otherwise that of the answers."))
@option(
    "--earlier",
    type=TEXT,
    multiple=True,
    metavar="SESSION",
    help=N_("An earlier session to compare with; up to five times in a workbook."),
)
@pass_console
def _export_session(
    console: Console, session_id: str, file: Path, language: str | None, earlier: tuple[str, ...]
) -> None:
    request = ExportRequest(report_kind(file), file, language or console.language)
    _export(console, session_id, request, earlier)


@session.command("import", help=N_("Import a session from the JSON file of an export."))
@click.argument("file", type=FILE, metavar="FILE.json")
@with_deleted_option
@json_option
@pass_console
def _import_session(console: Console, file: Path, with_deleted: bool, as_json: bool) -> int | None:
    from data.sessions.document import read_session

    whole = read_session(file)  # before the library: a faulty file must not leave an empty one
    try:
        with opened(console, create=True) as library:
            taken = library.import_session(whole, with_deleted=with_deleted)
    except DeletedHere as deleted:
        console.complain(deleted)
        console.remark(HOW_TO_TAKE_IN)
        return WRONG_INPUT
    if as_json:
        answer: SessionImported = {**created_answer(taken.session), "outcome": taken.outcome.value}
        print_json(answer)
    else:
        say_added(console, taken.session, _IMPORTED[taken.outcome])
    return None


@session.command(
    "delete", help=N_("Delete a session for good, with all that the program keeps of it.")
)
@click.argument("session_id", type=TEXT, metavar="SESSION")
@option("--for-good", is_flag=True, help=N_("It cannot be brought back (required)."))
@deletion_options
@pass_console
def _delete_session(
    console: Console, session_id: str, for_good: bool, **answers: Unpack[DeletionAnswers]
) -> int:
    if not for_good:
        raise InvalidInput(
            N_("A deleted session cannot be brought back. Add --for-good if you want that.")
        )
    with opened(console) as library:
        found = find_session(library, session_id)
        return delete(console, library, Target(Kind.SESSION, found.id), **answers)


@session.command("chart", help=N_("Draw the radar of a session to a .png, .svg or .pdf file."))
@click.argument("session_id", type=TEXT, metavar="SESSION")
@click.argument("file", type=FILE, metavar="FILE")
@option(
    "--by",
    type=click.Choice(tuple(CHARTS)),
    default="area",
    help=N_("What has an axis of its own. Otherwise areas."),
)
@language_option(N_("The language of the picture. Otherwise that of the answers."))
@option(
    "--earlier",
    type=TEXT,
    default=None,
    metavar="SESSION",
    help=N_("An earlier session to show beside it."),
)
@option(
    "--after",
    type=QuarterType(),
    default=None,
    metavar="YYYY-QN",
    help=N_("Also the levels that the plan leads to by the end of a quarter, such as 2027-Q4."),
)
@option(
    "--transparent",
    is_flag=True,
    help=N_("Leave the ground transparent. Otherwise it is white."),
)
@pass_console
def _chart_session(
    console: Console,
    session_id: str,
    file: Path,
    by: str,
    language: str | None,
    earlier: str | None,
    after: Quarter | None,
    transparent: bool,
) -> None:
    spoken = language or console.language
    request = ExportRequest(
        chart_kind(file, by), file, spoken, transparent=transparent, after=after
    )
    _export(console, session_id, request, () if earlier is None else (earlier,))


def _export(
    console: Console, session_id: str, request: ExportRequest, earlier: Sequence[str]
) -> None:
    """Export to a file; the library is closed before the slow part."""
    with opened(console) as library:
        found = find_session(library, session_id)
        if earlier:
            ids = [_earlier_id(library, found, wanted) for wanted in earlier]
            request = replace(request, earlier_id=ids[0])
            if len(ids) > 1:
                compared = compare_in_library(library, (*ids, found.id))
                request = replace(request, comparison=compared)
        job = begin_export(request, found, library, __version__)
    job(None)
    console.say(N_("Wrote {path}."), path=request.target)


# ---- options of commands ----------------------------------------------------------------------


def _earlier_id(library: Library, found: Session, wanted: str) -> str:
    """Id of the session to compare with: one that comparisons put before it."""
    earlier = find_session(library, wanted)
    if oldest_first(earlier) >= oldest_first(found):
        raise InvalidInput(
            N_("“{earlier}” is not earlier than “{title}”. Choose a session with an earlier date."),
            earlier=earlier.title,
            title=found.title,
        )
    return earlier.id


# ---- answers -----------------------------------------------------------------------------------


def _summary_entry(item: SessionSummary, language: str) -> SessionEntry:
    names = dict(item.model_name)
    return {
        **session_head(item),
        "model": item.model_id,
        "model_name": names.get(language) or next(iter(names.values()), ""),
        "scored": item.scored,
        "applicable": item.applicable,
    }


session.add_command(compare_sessions)
session.add_command(review)
session.add_command(plan)
