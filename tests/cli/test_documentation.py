"""The command line documentation lists exactly the existing commands and options."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.words.texts import LANGUAGES
from stufenplan.cli import program

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


def commands(
    group: click.Command = program, path: tuple[str, ...] = ("stufenplan",)
) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(path), group
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())


@pytest.fixture(scope="module")
def sections() -> dict[str, tuple[str, str]]:
    """Command to the rest of its heading (the arguments) and the text below it."""
    found = {}
    parts = re.split(r"^##+ `(stufenplan[^`]*)`$", PAGE.read_text(encoding="utf-8"), flags=re.M)
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        words = [word for word in heading.split() if re.fullmatch(r"[a-z-]+", word)]
        found[" ".join(words)] = (" ".join(heading.split()[len(words) :]), text)
    return found


def options_of(command: click.Command) -> set[str]:
    named = {option for parameter in command.params for option in parameter.opts}
    return {option for option in named if option.startswith("--")}


def test_every_command_has_its_section_and_every_section_its_command(
    sections: dict[str, tuple[str, str]],
) -> None:
    assert set(sections) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_section_of_a_command_lists_exactly_its_options(
    sections: dict[str, tuple[str, str]], name: str
) -> None:
    listed = set(re.findall(r"^\| `(--[a-z-]+)", sections[name][1], flags=re.M))
    assert listed - {"--help"} == options_of(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_heading_of_a_command_shows_its_arguments(
    sections: dict[str, tuple[str, str]], name: str
) -> None:
    arguments = [p.metavar for p in COMMANDS[name].params if isinstance(p, click.Argument)]
    assert sections[name][0] == " ".join(str(argument) for argument in arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_explains_itself(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_every_answer_can_be_had_as_json_where_something_is_shown() -> None:
    silent = {"stufenplan model export", "stufenplan session export", "stufenplan session chart"}
    plain = {
        name
        for name, command in COMMANDS.items()
        if not isinstance(command, click.Group) and "--json" not in options_of(command)
    }
    assert plain == silent  # these write the file that was named


def test_the_languages_of_the_page_are_those_of_the_program() -> None:
    assert "--language " + r"\|".join(LANGUAGES) in PAGE.read_text(encoding="utf-8")
