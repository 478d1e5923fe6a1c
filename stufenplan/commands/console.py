"""How the command line speaks: its language, its help, its tables and its JSON."""

from __future__ import annotations

import difflib
import errno
import json
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from app.errors import AppError, InvalidInput
from app.words.characters import has_half, terminal_text
from app.words.texts import DEFAULT_LANGUAGE, LANGUAGES, N_, Translator, translator_for

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class Console:
    """What all commands share: the library that was named, and the language of the answers."""

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


class UsageProblem(click.UsageError):
    """A wrong call, with a sentence that can be translated."""

    def __init__(
        self, template: str, /, ctx: click.Context | None = None, **values: object
    ) -> None:
        super().__init__(template.format(**values), ctx)
        self.template = template
        self.values = values


def one_line(text: str) -> str:
    """The text without line breaks: an error takes one line each."""
    return " ".join(text.split())


def write(text: str = "", *, err: bool = False) -> None:
    """Write a line of text; what would command the terminal is shown as a replacement mark."""
    click.echo(terminal_text(text), err=err)


def print_json(document: object) -> None:
    """Write a document as JSON, readable whatever encoding the console has."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    text = json.dumps(document, ensure_ascii=encoding != "utf8", indent=2, allow_nan=False)
    click.echo(text)


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
    """How many cells of a terminal the text takes: Chinese characters two, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


# ---- help in the reader's language -------------------------------------------------------------


def _console(ctx: click.Context) -> Console:
    return ctx.find_object(Console) or Console(DEFAULT_LANGUAGE)


def _translated(ctx: click.Context, text: str | None) -> str:
    """The text in the reader's language; empty texts stay empty (gettext has a head for them)."""
    return _console(ctx).translator.gettext(text) if text else ""


class _TranslatedHelp(click.Command):
    """A command whose help is in the reader's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is called."""
        translator = _console(ctx).translator
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(
            ctx.command_path, " ".join(pieces), prefix=translator.gettext("Usage:") + " "
        )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_translated(ctx, self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All options, each with its sentence."""
        records = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                text = _translated(ctx, getattr(parameter, "help", None))
                if parameter.required:
                    required = _translated(ctx, N_("(required)"))
                    text = f"{text} {required}"
                records.append((record[0], text))
        with formatter.section(_translated(ctx, N_("Options"))):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = N_("Show this help.")
        return option


class Command(_TranslatedHelp):
    """One command."""

    allow_extra_args = True  # so that the sentence about them is ours

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raises ``UsageProblem`` for one too many."""
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise UsageProblem(N_("One argument too many: “{text}”."), ctx=ctx, text=left[0])
        return left


class Group(_TranslatedHelp, click.Group):
    """Several commands under one noun."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All options, then all commands."""
        _TranslatedHelp.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands, each with its sentence."""
        records = [(name, _translated(ctx, self.commands[name].help)) for name in self.commands]
        with formatter.section(_translated(ctx, N_("Commands"))):
            formatter.write_dl(records)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of work and not of the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command a word names; a typing error gets a proposal."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is not None:
            return name, command, args[1:]
        if name.startswith("-"):
            return super().resolve_command(ctx, args)
        close = difflib.get_close_matches(name, self.commands, 1)
        if close:
            template = N_("There is no command “{name}”. Did you mean “{close}”?")
            raise UsageProblem(template, ctx=ctx, name=name, close=close[0])
        raise UsageProblem(
            N_("There is no command “{name}”. Available commands: {known}."),
            ctx=ctx,
            name=name,
            known=", ".join(self.commands),
        )


Group.group_class = Group


# ---- values of options -------------------------------------------------------------------------


class DateType(click.ParamType[date]):
    """A date in the form year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; raises ``UsageProblem`` for what is none."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            template = N_("“{text}” is not a date. Dates look like 2026-11-24.")
            raise UsageProblem(template, ctx=ctx, text=value) from None


class ChoiceType(click.ParamType[str]):
    """One of a few words."""

    name = "choice"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The words, as the help shows them."""
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; raises ``UsageProblem`` for another one."""
        if value in self.words:
            return str(value)
        raise UsageProblem(
            N_("“{text}” is not possible for {option}. Possible values: {known}."),
            ctx=ctx,
            text=value,
            option=param.opts[-1] if param is not None else "",
            known=", ".join(self.words),
        )


class FileType(click.ParamType[Path]):
    """A file or folder, there or yet to be made."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; raises ``InvalidInput`` for one that no file can have."""
        return usable_path(Path(value))


_NO_NAMES = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL, errno.EILSEQ})


def usable_path(path: Path) -> Path:
    """The path itself; raises ``InvalidInput`` where no file can be read or made there."""
    try:
        path.stat()
    except ValueError:
        raise InvalidInput(_NO_FILE_NAME, name=_shortened(path.name)) from None
    except OSError as error:
        if error.errno in _NO_NAMES:
            raise InvalidInput(_NO_FILE_NAME, name=_shortened(path.name)) from None
        if error.errno == errno.ENOTDIR:
            raise InvalidInput(
                N_("A part of “{path}” is a file, so no other file can lie in it."), path=path
            ) from None
        # anything else is said by whoever reads or writes there
    return path


_NO_FILE_NAME = N_("“{name}” cannot be used as a file name here. Choose a shorter, plainer one.")


def _shortened(name: str, most: int = 60) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


class TextType(click.ParamType[str]):
    """A text; bytes that are no characters arrive as half characters, which nothing can hold."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text; raises ``UsageProblem`` for half characters."""
        text = str(value)
        if not has_half(text):
            return text
        raise UsageProblem(N_("“{text}” is not text in UTF-8."), ctx=ctx, text=text)


DATE = DateType()
TEXT = TextType()
LANGUAGE = ChoiceType(LANGUAGES)
FILE = FileType()


def json_option(function: Function) -> Function:
    """The switch that asks for JSON."""
    return click.option("--json", "as_json", is_flag=True, help=N_("Answer in JSON."))(function)


def language_option(help_text: str) -> Callable[[Function], Function]:
    """The option of a command that has a language of its own, such as that of a report."""
    return click.option("--language", type=LANGUAGE, default=None, help=help_text)


# ---- errors ------------------------------------------------------------------------------------


def usage_sentence(error: click.ClickException, translator: Translator) -> str:
    """A wrong call in one line, with the way to the help."""
    sentence = one_line(_usage_text(error, translator))
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return sentence
    help_call = f"{context.command_path} --help"
    return sentence + " " + translator.gettext("Help: {command}", command=help_call)


def _usage_text(error: click.ClickException, translator: Translator) -> str:
    """The sentence for a mistake that click has found; rare ones stay in its own English."""
    match error:
        case UsageProblem():
            return translator.gettext(error.template, **error.values)
        case click.NoSuchOption():
            return _no_such_option(error, translator)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return translator.gettext("{parameter} is missing.", parameter=_named(parameter))
        case click.BadOptionUsage():
            option = error.option_name
            return translator.gettext("The option {option} needs a value.", option=option)
        case click.exceptions.NoArgsIsHelpError():
            return translator.gettext("Please name a command.")
        case _:
            return error.format_message()


def _no_such_option(error: click.NoSuchOption, translator: Translator) -> str:
    option = error.option_name
    if not error.possibilities:
        return translator.gettext("There is no option {option}.", option=option)
    close = sorted(error.possibilities)[0]
    return translator.gettext(
        "There is no option {option}. Did you mean {close}?", option=option, close=close
    )


def _named(parameter: click.Parameter) -> str:
    if parameter.param_type_name == "option":
        return parameter.opts[-1]
    return parameter.metavar or parameter.name or ""
