"""Output of the command line: translated help and errors, tables, JSON."""

from __future__ import annotations

import errno
import gettext
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isnan, nan
from pathlib import Path
from typing import Any, TypeVar

import click

from app.errors import AppError, InvalidInput, StorageUnavailable
from app.model.ids import NO_ID, is_id
from app.words.characters import has_half, terminal_text
from app.words.language_tags import canonical_tag, is_language_tag
from app.words.texts import DOMAIN, LANGUAGES, LOCALE_FOLDER, N_, Translator, translator_for
from data.files import BAD_NAME, Cause, cause_of

DONE, FAILED, WRONG_INPUT = 0, 1, 2
"""Exit codes: success, environment or internal failure, invalid input."""

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class Console:
    """Context shared by all commands: the library, and the language of the output."""

    language: str
    library: Path | None = None

    @property
    def translator(self) -> Translator:
        """The translator of our own texts."""
        return translator_for(self.language)

    def say(self, template: str, /, **values: object) -> None:
        """One sentence on standard output."""
        write(self.translator.gettext(template, **values))

    def remark(self, template: str, /, **values: object) -> None:
        """One sentence on standard error, so that JSON on standard output stays alone."""
        write(self.translator.gettext(template, **values), err=True)

    def complain(self, error: AppError) -> None:
        """An error, in one line on standard error."""
        write(one_line(error.say(self.translator)), err=True)


pass_console = click.make_pass_decorator(Console)


def one_line(text: str) -> str:
    """Replace line breaks by spaces: every error takes one line."""
    return " ".join(text.split())


def write(text: str = "", *, err: bool = False) -> None:
    """Write a line of text, with control characters replaced."""
    _echo(terminal_text(text), err=err)


def _echo(text: str, *, err: bool = False) -> None:
    """Write a text; raises ``StorageUnavailable`` where standard output takes no more.

    A reader that has gone (EPIPE) ends the command quietly, which click sees to.
    """
    try:
        click.echo(text, err=err)
    except OSError as error:
        if err or error.errno == errno.EPIPE:
            raise
        _drop_output()
        raise StorageUnavailable(
            N_(
                "The answer cannot be written ({detail}). What the command changed is stored; "
                "send the output elsewhere, or look with “stufenplan session show”."
            ),
            detail=error.strerror or type(error).__name__,
        ) from error


def _drop_output() -> None:
    """Forget what is still buffered: Python would complain about it once more when it exits."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def shows(text: Callable[[click.Context], str]) -> Callable[..., None]:
    """The callback of an option that shows a text instead of running a command."""

    def show(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            _echo(text(context))
            context.exit()

    return show


def print_json(document: object) -> None:
    """Write a document as JSON, readable whatever encoding the console has."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    text = json.dumps(document, ensure_ascii=encoding != "utf8", indent=2, allow_nan=False)
    _echo(text)


def print_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()
) -> None:
    """Write rows under a head in aligned columns; ``right`` are the columns of numbers."""
    lines = [[" ".join(cell.splitlines()) for cell in line] for line in (head, *rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        gaps = [" " * (width - _width(text)) for text, width in zip(line, widths, strict=True)]
        cells = [
            gap + text if i in right else text + gap
            for i, (text, gap) in enumerate(zip(line, gaps, strict=True))
        ]
        write("  ".join(cells).rstrip())
        if number == 0:
            write("  ".join("─" * width for width in widths))


def _width(text: str) -> int:
    """Width of the text in terminal cells: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


# ---- click in the reader's language ------------------------------------------------------------


@contextmanager
def clicks_language(language: str) -> Iterator[None]:
    """Make click translate its messages, and our help, from our catalogue in this language.

    click calls the module-level ``gettext``, which follows the process: its domain, and LANGUAGE.
    """
    gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    gettext.textdomain(DOMAIN)
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        del os.environ["LANGUAGE"]
        if before is not None:
            os.environ["LANGUAGE"] = before


class _TranslatedHelp:
    """Mixin whose ``help`` is translated each time it is read."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """The help in the language of the command line."""
        return gettext.gettext(self._help) if self._help else self._help

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


class Option(_TranslatedHelp, click.Option):
    """An option."""


option = partial(click.option, cls=Option)


class Command(_TranslatedHelp, click.Command):
    """One command."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = gettext.gettext("Show this help.")
            found.callback = shows(click.Context.get_help)
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        """The whole help in a list of commands: it is one sentence."""
        return self.help or ""


class Group(Command, click.Group):
    """Several commands under one noun."""

    command_class = Command

    def __init__(self, **options: Any) -> None:
        # a missing command is an error in one line, not the whole help
        super().__init__(**{"no_args_is_help": False, **options})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of work and not of the alphabet."""
        return list(self.commands)


Group.group_class = Group


# ---- values of options -------------------------------------------------------------------------


class DateType(click.ParamType[date]):
    """A date in the form year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the date; raises ``BadParameter``."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            text = gettext.gettext("“{text}” is not a date. Dates look like 2026-11-24.")
            self.fail(text.format(text=value), param, ctx)


class OptionalDateType(click.ParamType[date | str]):
    """A date in the form year-month-day; an empty text, given as it is, stands for none."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | str:
        """Parse the date; raises ``BadParameter``."""
        return value if value == "" else DATE.convert(value, param, ctx)


class WholeNumber(click.IntRange):
    """A whole number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Parse the number; raises ``BadParameter``."""
        try:
            number: int = super().convert(value, param, ctx)
        except click.BadParameter:
            text = gettext.gettext("A whole number from {least} to {most} is needed here.")
            self.fail(text.format(least=self.min, most=self.max), param, ctx)
        return number


class Number(click.FloatRange):
    """A number within limits; "nan" is refused, too, which click lets through."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Parse the number; raises ``BadParameter``."""
        number = nan
        with suppress(click.BadParameter):
            number = super().convert(value, param, ctx)
        if isnan(number):
            text = gettext.gettext("A number from {least} to {most} is needed here.")
            self.fail(text.format(least=self.min, most=self.max), param, ctx)
        return number


class FileType(click.ParamType[Path]):
    """Path of a file or folder that need not exist."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Check the path; raises ``InvalidInput`` if no file can exist there."""
        return usable_path(Path(value))


def usable_path(path: Path) -> Path:
    """Return the path; raises ``InvalidInput`` if no file can exist there."""
    try:
        path.stat()
    except ValueError:
        raise InvalidInput(BAD_NAME, name=_shortened(path.name)) from None
    except OSError as error:
        if cause_of(error) is Cause.BAD_NAME:
            raise InvalidInput(BAD_NAME, name=_shortened(path.name)) from None
        if error.errno == errno.ENOTDIR:
            raise InvalidInput(
                N_("A part of “{path}” is a file, so no other file can lie in it."), path=path
            ) from None
        # other errors are reported by the code that reads or writes there
    return path


def _shortened(name: str, most: int = 60) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


class TextType(click.ParamType[str]):
    """Text without lone surrogates, which represent bytes that are not UTF-8."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the text; raises ``BadParameter``."""
        text = str(value)
        if has_half(text):
            message = gettext.gettext("“{text}” is not text in UTF-8.").format(text=text)
            self.fail(message, param, ctx)
        return text


class ModelIdType(click.ParamType[str]):
    """An id for a model."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the id; raises ``BadParameter``."""
        text = str(value)
        if not is_id(text):
            self.fail(gettext.gettext(NO_ID).format(value=text), param, ctx)
        return text


class LanguageTagType(click.ParamType[str]):
    """A language tag (BCP 47)."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the tag and write it in its usual case; raises ``BadParameter``."""
        text = str(value)
        if not is_language_tag(text):
            message = gettext.gettext("“{text}” is not a language tag such as de or pt-BR.")
            self.fail(message.format(text=text), param, ctx)
        return canonical_tag(text)


DATE = DateType()
OPTIONAL_DATE = OptionalDateType()
TEXT = TextType()
LANGUAGE = click.Choice(LANGUAGES)
MODEL_ID = ModelIdType()
LANGUAGE_TAG = LanguageTagType()
FILE = FileType()


def json_option(function: Function) -> Function:
    """Decorator that adds the ``--json`` flag."""
    return option("--json", "as_json", is_flag=True, help=N_("Answer in JSON."))(function)


def language_option(help_text: str) -> Callable[[Function], Function]:
    """Decorator that adds ``--language`` to a command with its own, such as that of a report."""
    return option("--language", type=LANGUAGE, default=None, help=help_text)


def model_language_option(help_text: str) -> Callable[[Function], Function]:
    """Decorator that adds ``--language`` for the texts of a model, which can be in any."""
    return option("--language", type=LANGUAGE_TAG, default=None, metavar="CODE", help=help_text)


# ---- errors ------------------------------------------------------------------------------------


def usage_sentence(error: click.ClickException, translator: Translator) -> str:
    """A wrong call in one line, and where to find the help."""
    quoted = translator.gettext("“{text}”", text=r"\1")
    sentence = re.sub(r"'([^']*)'", quoted, one_line(error.format_message()))
    if not sentence.endswith((".", "?")):
        sentence += "."
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return sentence
    if isinstance(error, click.NoSuchCommand) and not error.possibilities:
        known = ", ".join(getattr(context.command, "commands", ()))
        sentence += " " + translator.gettext("Available commands: {known}.", known=known)
    help_call = f"{context.command_path} --help"
    return sentence + " " + translator.gettext("Help: {command}", command=help_call)
