"""The command line: the same services as the window, for scripts and machines without a screen."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from app.errors import AppError, InvalidFile, InvalidInput, UnusableLibrary
from app.words.texts import LANGUAGES, N_, Translator
from stufenplan import __version__
from stufenplan.commands.console import (
    FILE,
    LANGUAGE,
    Console,
    Group,
    UsageProblem,
    one_line,
    pass_console,
    usage_sentence,
    write,
)
from stufenplan.commands.demo import demo
from stufenplan.commands.library import library
from stufenplan.commands.model import model
from stufenplan.commands.session import session
from stufenplan.environment import system_language

DONE, FAILED, WRONG_INPUT = 0, 1, 2
"""Exit codes: done; the surroundings or we failed; the call or what was handed in is wrong."""

PAGE_ENDING = ".md"


def _set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Early, because the help is written before any other option is looked at."""
    console = ctx.find_object(Console)
    if value is not None and console is not None:
        console.language = value


@click.group(
    name="stufenplan",
    cls=Group,
    invoke_without_command=True,  # so that the sentence about it is ours
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    help=N_("Score an organisation on a maturity model. Without a command the window opens."),
)
@click.option(
    "--library",
    type=FILE,
    metavar="FILE",
    help=N_("The library to work on. Otherwise STUFENPLAN_LIBRARY, else your own library."),
)
@click.option(
    "--language",
    type=LANGUAGE,
    is_eager=True,
    expose_value=False,
    callback=_set_language,
    help=N_("The language of the answers. Otherwise STUFENPLAN_LANGUAGE, else your system's."),
)
@click.version_option(
    __version__, message="%(prog)s %(version)s", help=N_("Show the version of the program.")
)
@pass_console
def program(console: Console, library: Path | None) -> None:
    """Note what all commands share."""
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        raise UsageProblem(N_("Please name a command."), ctx=ctx)
    console.library = library


for _command in (model, session, library, demo):
    program.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every error is one line on standard error."""
    _keep_odd_characters_from_failing()
    console = Console(_named_language(arguments) or system_language())
    try:
        result = program.main(
            list(arguments), prog_name="stufenplan", standalone_mode=False, obj=console
        )
    except click.exceptions.Abort:  # Ctrl+C: whoever pressed it knows
        return FAILED
    except click.ClickException as error:
        write(usage_sentence(error, console.translator), err=True)
        return WRONG_INPUT
    except AppError as error:
        return _say_error(error, console)
    except SystemExit as closed_pipe:  # click's answer when the reader of a pipe has gone
        return closed_pipe.code if isinstance(closed_pipe.code, int) else FAILED
    except Exception as bug:  # noqa: BLE001 (the last door: one line, never a traceback)
        return _say_bug(bug, console)
    return result if isinstance(result, int) else DONE


def _named_language(arguments: Sequence[str]) -> str:
    """What ``--language`` before the command names; empty where it names none of ours.

    click looks at no option's value when another option is not known, and the answer to that
    should be in this language too.
    """
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        name, _, value = rest.pop(0).partition("=")
        if name in ("--language", "--library") and not value and rest:
            value = rest.pop(0)
        if name == "--language":
            return value if value in LANGUAGES else ""
    return ""


def _say_error(error: AppError, console: Console) -> int:
    if isinstance(error, InvalidFile) and error.faults:
        for line in _fault_lines(error, console.translator):
            write(one_line(line), err=True)
    else:
        console.complain(error)
    return WRONG_INPUT if isinstance(error, InvalidInput | UnusableLibrary) else FAILED


def _fault_lines(error: InvalidFile, translator: Translator) -> Iterator[str]:
    """One line per fault, each with the name of its file in front.

    The faults of several pages name their page as their place.
    """
    file = str(error.values.get("file") or error.values.get("name") or "")
    for fault, line in zip(error.faults, error.lines(translator), strict=True):
        if fault.path == file or fault.path.lower().endswith(PAGE_ENDING):
            alone = InvalidFile(error.template, [replace(fault, path="")], **error.values)
            yield f"{fault.path}: {alone.lines(translator)[0]}"
        else:
            yield f"{file}: {line}" if file else line


def _say_bug(bug: Exception, console: Console) -> int:
    if os.environ.get("STUFENPLAN_DEBUG"):
        traceback.print_exception(bug)
        return FAILED
    text = console.translator.gettext(
        "Unexpected error ({kind}: {detail}). Please report it together with the output of "
        "STUFENPLAN_DEBUG=1.",
        kind=type(bug).__name__,
        detail=str(bug),
    )
    write(one_line(text), err=True)
    return FAILED


def _keep_odd_characters_from_failing() -> None:
    """A console that has no “→” shows a question mark instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
