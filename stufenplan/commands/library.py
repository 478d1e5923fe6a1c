"""Commands ``library``: check, backup, backups, restore, merge, portfolio, deletions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from app.deletions import Kind, Target
from app.errors import AppError, NewerFile, UnusableLibrary
from app.ports import Backup, MergeReport
from app.words.deletion_words import KINDS
from app.words.taken_in import decisions_in_words, other_name_in_words
from app.words.texts import N_
from stufenplan.commands.console import (
    FILE,
    TEXT,
    Console,
    Group,
    json_option,
    one_line,
    pass_console,
    print_json,
    print_table,
    write,
)
from stufenplan.commands.deleting import (
    HOW_TO_TAKE_IN,
    DeletionAnswers,
    delete,
    deletion_entry,
    deletion_options,
    with_deleted_option,
)
from stufenplan.commands.naming import merge_clients, merge_units, rename_client, rename_unit
from stufenplan.commands.opened import find_client, find_unit, library_path, opened
from stufenplan.commands.portfolio import list_portfolio

if TYPE_CHECKING:
    from stufenplan.commands.answers import (
        BackupEntry,
        BackupList,
        DeletionList,
        LibraryChecked,
        LibraryMerged,
        LibraryRestored,
    )

_OCCASIONS = {
    "manual": N_("by hand"),
    "timer": N_("while working"),
    "close": N_("when closed"),
    "merge": N_("before a merge"),
    "import": N_("before an import"),
    "deletion": N_("after a deletion"),
    "migration": N_("before an upgrade"),
}
"""Reasons for a backup in words; the JSON has the short names."""

DAMAGED = 1
"""Exit code of a check that found problems."""


@click.group(cls=Group, help=N_("The library file: check it, back it up, restore, merge."))
def library() -> None:
    """Everything about the library file."""


@library.command("check", help=N_("Look at the whole library and name every problem."))
@json_option
@pass_console
def _check_library(console: Console, as_json: bool) -> int:
    sentences = [one_line(problem.say(console.translator)) for problem in _problems(console)]
    problems = list(dict.fromkeys(sentences))  # report a session with ten damaged scores once
    if as_json:
        answer: LibraryChecked = {"ok": not problems, "problems": problems}
        print_json(answer)
    elif not problems:
        console.say("ok")
    else:
        for problem in problems:
            write(problem, err=True)
    return DAMAGED if problems else 0


def _problems(console: Console) -> tuple[AppError, ...]:
    """All problems of the library; if it cannot be opened, that error alone."""
    try:
        with opened(console, check=False) as found:
            return found.check()
    except NewerFile:
        raise
    except UnusableLibrary as damage:
        if not library_path(console).exists():
            raise
        return (damage,)


@library.command("backup", help=N_("Make a verified backup now and print where it is."))
@json_option
@pass_console
def _back_up_library(console: Console, as_json: bool) -> None:
    with opened(console) as found:
        backup = found.back_up()
    if as_json:
        print_json(_backup_entry(backup))
    else:
        write(str(backup.path))


@library.command("backups", help=N_("List the backups of the library, newest first."))
@json_option
@pass_console
def _list_library_backups(console: Console, as_json: bool) -> None:
    from data.library.backups import list_backups

    backups = list_backups(library_path(console))
    if as_json:
        answer: BackupList = {"backups": [_backup_entry(backup) for backup in backups]}
        print_json(answer)
        return
    if not backups:
        console.say(N_("There is no backup of this library yet."))
        return
    tr = console.translator
    heads = [tr.gettext(head) for head in (N_("Time"), N_("Created"), N_("Size (kB)"), N_("File"))]
    rows = [
        [
            backup.at.strftime("%Y-%m-%d %H:%M:%S"),
            tr.gettext(_OCCASIONS.get(backup.reason, backup.reason)),
            tr.number(-(-backup.size // 1000)),
            str(backup.path),
        ]
        for backup in backups
    ]
    print_table(heads, rows, right=frozenset({2}))


@library.command("restore", help=N_("Write a backup to a new file; nothing is overwritten."))
@click.argument("backup", type=FILE, metavar="BACKUP")
@click.argument("new_file", type=FILE, metavar="NEWFILE")
@json_option
@pass_console
def _restore_library(console: Console, backup: Path, new_file: Path, as_json: bool) -> None:
    from data.library.backups import restore_backup

    restore_backup(backup, new_file)
    if as_json:
        answer: LibraryRestored = {"path": str(new_file)}
        print_json(answer)
    else:
        console.say(N_("Wrote {path}."), path=new_file)


@library.command("merge", help=N_("Import the sessions of another library."))
@click.argument("other", type=FILE, metavar="OTHER")
@with_deleted_option
@json_option
@pass_console
def _merge_library(console: Console, other: Path, with_deleted: bool, as_json: bool) -> None:
    with opened(console) as found:
        report = found.merge(other, with_deleted=with_deleted)
    if as_json:
        answer: LibraryMerged = {
            "added": list(report.added),
            "extended": list(report.extended),
            "identical": list(report.identical),
            "newer_here": list(report.newer_here),
            "kept_both": list(report.kept_both),
            "other_names": [
                {"here": each.here, "there": each.there} for each in report.other_names
            ],
            "deleted_here": [
                {"title": each.title, "date": each.day.isoformat()} for each in report.deleted_here
            ],
            "reviews": report.reviews,
            "mappings": report.mappings,
        }
        print_json(answer)
    else:
        _say_merged(console, report)


def _say_merged(console: Console, report: MergeReport) -> None:
    said = (
        (N_("New: {title}"), report.added),
        (N_("Continued there, extended here: {title}"), report.extended),
        (N_("Known already: {title}"), report.identical),
        (N_("Known already, and newer here: {title}"), report.newer_here),
        (N_("Differs, both versions kept: {title}"), report.kept_both),
    )
    for template, titles in said:
        for title in titles:
            console.say(template, title=title)
    for sentence in decisions_in_words(report, console.translator):
        write(sentence)
    for name in report.other_names:
        write(other_name_in_words(name, console.translator))
    for deleted in report.deleted_here:
        write(deleted.say(console.translator))
    if report.deleted_here:
        console.say(HOW_TO_TAKE_IN)
    elif not any(titles for _, titles in said):
        console.say(N_("The other library has no sessions."))


for _command in (list_portfolio, rename_client, merge_clients, rename_unit, merge_units):
    library.add_command(_command)


@library.command(
    "delete-client",
    help=N_("Delete an organisation for good, with its units, sessions and all traces."),
)
@click.argument("client", type=TEXT, metavar="CLIENT")
@deletion_options
@pass_console
def _delete_client(console: Console, client: str, **answers: Unpack[DeletionAnswers]) -> int:
    with opened(console) as found:
        target = Target(Kind.CLIENT, find_client(found, client).id)
        return delete(console, found, target, **answers)


@library.command(
    "delete-unit",
    help=N_("Delete a unit for good, with the units below it, sessions and all traces."),
)
@click.argument("client", type=TEXT, metavar="CLIENT")
@click.argument("unit", type=TEXT, metavar="UNIT")
@deletion_options
@pass_console
def _delete_unit(
    console: Console, client: str, unit: str, **answers: Unpack[DeletionAnswers]
) -> int:
    with opened(console) as found:
        target = Target(Kind.UNIT, find_unit(found, find_client(found, client), unit).id)
        return delete(console, found, target, **answers)


@library.command("deletions", help=N_("List what was deleted for good: when, and by whom."))
@json_option
@pass_console
def _list_deletions(console: Console, as_json: bool) -> None:
    with opened(console) as found:
        records = found.deletions.records()
    if as_json:
        answer: DeletionList = {"deletions": [deletion_entry(record) for record in records]}
        print_json(answer)
        return
    if not records:
        console.say(N_("Nothing was deleted from this library for good."))
        return
    tr = console.translator
    heads = (N_("Time"), N_("Deleted"), N_("Units"), N_("Sessions"), N_("By"))
    rows = [
        [
            record.at.strftime("%Y-%m-%d %H:%M:%S"),
            tr.gettext(KINDS[record.kind]),
            tr.number(record.units),
            tr.number(record.sessions),
            record.by,
        ]
        for record in records
    ]
    print_table([tr.gettext(head) for head in heads], rows, right=frozenset({2, 3}))


def _backup_entry(backup: Backup) -> BackupEntry:
    return {
        "path": str(backup.path),
        "at": backup.at.isoformat(),
        "reason": backup.reason,
        "size": backup.size,
    }
