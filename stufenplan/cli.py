"""Command line entry point: the same services as the window, without a screen."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from app.errors import AppError, InvalidFile, InvalidInput, OutOfMemory, UnusableLibrary
from app.words.texts import LANGUAGES, N_, Translator
from stufenplan import __version__
from stufenplan.commands.console import (
    DONE,
    FAILED,
    FILE,
    LANGUAGE,
    WRONG_INPUT,
    Console,
    Group,
    clicks_language,
    one_line,
    option,
    pass_console,
    shows,
    usage_sentence,
    write,
)
from stufenplan.commands.demo import demo
from stufenplan.commands.library import library
from stufenplan.commands.model import model
from stufenplan.commands.session import session
from stufenplan.commands.unit import unit
from stufenplan.environment import system_language

PAGE_ENDING = ".md"


@click.group(
    name="stufenplan",
    cls=Group,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    subcommand_metavar="[COMMAND] [ARGS]...",
    help=N_("Score an organisation on a maturity model. Without a command the window opens."),
)
@option(
    "--library",
    type=FILE,
    metavar="FILE",
    help=N_("The library to work on. Otherwise STUFENPLAN_LIBRARY, else your own library."),
)
@option(
    "--language",
    type=LANGUAGE,
    expose_value=False,  # needed before click parses, see _named_language
    help=N_("The language of the answers. Otherwise STUFENPLAN_LANGUAGE, else your system's."),
)
@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=shows(lambda context: f"{context.info_name} {__version__}"),
    help=N_("Show the version of the program."),
)
@pass_console
def program(console: Console, library: Path | None) -> None:
    """Store what all commands share."""
    console.library = library


for _command in (model, session, unit, library, demo):
    program.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every error is one line on standard error."""
    _replace_unencodable_characters()
    console = Console(_named_language(arguments) or system_language())
    with clicks_language(console.language):
        return _run(arguments, console)


def _run(arguments: Sequence[str], console: Console) -> int:
    try:
        result = program.main(
            list(arguments), prog_name="stufenplan", standalone_mode=False, obj=console
        )
    except click.exceptions.Abort:  # Ctrl+C needs no message
        return FAILED
    except click.ClickException as error:
        write(usage_sentence(error, console.translator), err=True)
        return WRONG_INPUT
    except AppError as error:
        return _say_error(error, console)
    except SystemExit as closed_pipe:  # raised by click on EPIPE
        return closed_pipe.code if isinstance(closed_pipe.code, int) else FAILED
    except Exception as bug:  # noqa: BLE001 (last resort: one line, no traceback)
        return _say_bug(bug, console)
    return result if isinstance(result, int) else DONE


def _named_language(arguments: Sequence[str]) -> str:
    """Value of ``--language`` before the command; empty if missing or not one of ours.

    Read before click parses, because its messages about other options need the language, too.
    """
    rest, language = list(arguments), ""
    while rest and rest[0].startswith("-"):
        name, _, value = rest.pop(0).partition("=")
        if name in ("--language", "--library") and not value and rest:
            value = rest.pop(0)
        if name == "--language" and value in LANGUAGES:
            language = value
    return language


def _say_error(error: AppError, console: Console) -> int:
    if isinstance(error, InvalidFile) and error.faults:
        for line in _fault_lines(error, console.translator):
            write(one_line(line), err=True)
    else:
        console.complain(error)
    return WRONG_INPUT if isinstance(error, InvalidInput | UnusableLibrary) else FAILED


def _fault_lines(error: InvalidFile, translator: Translator) -> Iterator[str]:
    """One line per fault, each prefixed with its file; faults of pages name their own page."""
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
    if isinstance(bug, MemoryError):
        return _say_error(OutOfMemory(), console)
    text = console.translator.gettext(
        "Unexpected error ({kind}: {detail}). Please report it together with the output of "
        "STUFENPLAN_DEBUG=1.",
        kind=type(bug).__name__,
        detail=str(bug),
    )
    write(one_line(text), err=True)
    return FAILED


def _replace_unencodable_characters() -> None:
    """Make a console without “→” print a question mark instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
