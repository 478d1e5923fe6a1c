"""Deleting for good on the command line: options, confirmation and answer of three commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from app.deletions import Choices, Deletion, Target
from app.ports import Deleted, DeletionPlan, Library
from app.session.session import FACILITATOR
from app.words.deletion_words import names_it, what_goes, what_stays, what_went
from app.words.texts import N_
from stufenplan.commands.console import (
    DONE,
    FAILED,
    TEXT,
    Console,
    json_option,
    option,
    print_json,
    write,
)
from stufenplan.environment import settings_file

if TYPE_CHECKING:
    from stufenplan.commands.answers import DeletionDone, DeletionEntry

Function = TypeVar("Function", bound=Callable[..., object])


HOW_TO_TAKE_IN = N_("Add --with-deleted to take it in all the same.")

with_deleted_option = option(
    "--with-deleted",
    is_flag=True,
    help=N_("Take in what was deleted here for good, too."),
)


def deletion_options(function: Function) -> Function:
    """Decorator that adds the options of a command that deletes for good."""
    for decorate in reversed(
        (
            option(
                "--with-backups",
                "backups",
                is_flag=True,
                help=N_("Delete the backups that hold it, too, with all else in them."),
            ),
            option(
                "--keep-models",
                "keep_models",
                is_flag=True,
                help=N_("Keep imported models that no other session uses."),
            ),
            option(
                "--facilitator",
                type=TEXT,
                default="",
                envvar="STUFENPLAN_FACILITATOR",
                metavar="NAME",
                help=N_(
                    "Who deletes it, for the log. Otherwise STUFENPLAN_FACILITATOR, else nobody."
                ),
            ),
            option("--yes", "is_sure", is_flag=True, help=N_("Do not ask first.")),
            json_option,
        )
    ):
        function = decorate(function)
    return function


class DeletionAnswers(TypedDict):
    """The values of :func:`deletion_options`."""

    backups: bool
    keep_models: bool
    facilitator: str
    is_sure: bool
    as_json: bool


def delete(
    console: Console, library: Library, target: Target, **answers: Unpack[DeletionAnswers]
) -> int:
    """Ask, delete, and report; returns the exit code."""
    if library.read_only is not None:
        raise library.read_only
    by = str(FACILITATOR.typed(answers["facilitator"]))
    choices = Choices(answers["backups"], models=not answers["keep_models"])
    if not answers["is_sure"] and not _is_confirmed(
        console, library.deletions.plan(target), choices
    ):
        console.remark(N_("Nothing was deleted."))
        return 1
    deleted = library.deletions.delete(target, by, choices, settings=settings_file())
    if answers["as_json"]:
        print_json(_answer(deleted))
    else:
        for line in what_went(deleted, console.translator):
            write(line)
    for remaining in deleted.remaining:
        console.complain(remaining)
    return FAILED if deleted.remaining else DONE


def _is_confirmed(console: Console, plan: DeletionPlan, choices: Choices) -> bool:
    """Tell what goes and what stays, and have the name typed; standard output stays empty."""
    tr = console.translator
    write(tr.gettext("This is deleted for good and cannot be brought back:"), err=True)
    for line in what_goes(plan, choices, tr):
        write(f"- {line}", err=True)
    write(tr.gettext("This stays:"), err=True)
    for line in what_stays(plan, choices, tr):
        write(f"- {line}", err=True)
    question = tr.gettext("Type “{name}” to delete it", name=plan.name)
    try:
        typed = click.prompt(question, default="", show_default=False, err=True)
    except click.exceptions.Abort:  # nobody there to ask
        write(err=True)
        return False
    return names_it(str(typed), plan)


def deletion_entry(record: Deletion) -> DeletionEntry:
    """A recorded deletion in the form of the JSON answers."""
    return {
        "kind": record.kind.value,
        "sessions": record.sessions,
        "units": record.units,
        "at": record.at.isoformat(),
        "by": record.by,
    }


def _answer(deleted: Deleted) -> DeletionDone:
    return {
        **deletion_entry(deleted.record),
        "backups": deleted.backups,
        "kept_backups": deleted.kept_backups,
        "remaining": [str(error) for error in deleted.remaining],
    }
