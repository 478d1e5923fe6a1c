"""Documents match the code: links, paths, commands and keys exist."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from stufenplan import __version__
from stufenplan.cli import program
from ui.shell.actions import SPEC_BY_ID, TABLE

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
IMAGES = ROOT / "docs" / "images"
DECISIONS = ROOT / "docs" / "decisions"
LARGEST_PICTURE = 200_000
"""In bytes; pictures are part of every clone."""

DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("data/models/builtin/*.md"),
    ]
)
FOLDERS = ("app", "benchmarks", "data", "docs", "exports", "stufenplan", "tests", "tools", "ui")
NOT_IN_A_CLONE = {"stufenplan/_bundle"}
"""Named in documents, but there only in an installed wheel."""

TYPING_KEYS = {"Esc"}
"""Keys that belong to a text field and to no action."""


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def code_blocks(document: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(document), flags=re.M | re.S)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def links_of(document: Path) -> list[str]:
    found: list[str] = re.findall(r"\]\(([^)\s]+)\)", without_code(text_of(document)))
    return [link for link in found if not link.startswith(("http://", "https://"))]


def anchors_of(document: Path) -> set[str]:
    """The names that headings get on the usual code hosts."""
    headings = re.findall(r"^#+ (.+)$", text_of(document), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def leads_somewhere(document: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (document.parent / place).resolve() if place else document
    return target.exists() and (not anchor or anchor in anchors_of(target))


def paths_in(document: Path) -> set[str]:
    """What looks like a file or folder of the repository, in code marks or a block of code."""
    folders = "|".join(FOLDERS)
    pieces = re.findall(r"`[^`\n]+`|^```.*?^```", text_of(document), flags=re.M | re.S)
    path = rf"(?<![\w/.-])(?:{folders})/[\w./-]*"
    return {found.rstrip("/.") for piece in pieces for found in re.findall(path, piece)}


def commands_in(document: Path) -> list[str]:
    """Every command of the document's shell blocks and code marks, without its remark."""
    lines = [line for block in code_blocks(document, "sh") for line in block.splitlines()]
    lines += re.findall(r"`((?:stufenplan|python3|\.venv/bin/python) [^`\n]+)`", text_of(document))
    return [command for line in lines if (command := re.sub(r"\s#.*", "", line).strip())]


def problem_with_call(arguments: list[str], command: click.Command = program) -> str:
    """Why the command line would not understand these arguments; empty if it would."""
    context = click.Context(command, info_name=command.name)
    try:
        if isinstance(command, click.Group):
            parser = command.make_parser(context)
            parser.allow_interspersed_args = False
            _, rest, _ = parser.parse_args(list(arguments))
            if not rest:
                return ""
            _, inner, rest = command.resolve_command(context, rest)
            return problem_with_call(rest, inner) if inner else f"no command {rest}"
        _, rest, _ = command.make_parser(context).parse_args(list(arguments))
    except click.UsageError as error:
        return str(error)
    return f"too many arguments: {rest}" if rest else ""


def readme_calls() -> Iterator[list[str]]:
    """What the README gives to ``stufenplan``, directly or through ``start.py``."""
    for command in commands_in(README):
        words = shlex.split(command)
        if words[0] == "stufenplan":
            yield words[1:]
        elif words[:2] == ["python3", "start.py"] and words[2:3] not in (
            [],
            ["test"],
            ["--system-packages"],
        ):
            yield words[3:] if words[2] == "--" else words[2:]


# ---- links, paths, lists -------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [link for link in links_of(document) if not leads_somewhere(document, link)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    named = paths_in(document) - NOT_IN_A_CLONE

    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_the_architecture_names_every_folder_and_the_way_of_a_key_press() -> None:
    named = paths_in(ROOT / "docs" / "ARCHITECTURE.md")

    assert {"app", "data", "exports", "ui", "stufenplan", "tests", "tools"} <= named
    assert {
        "ui/shell/actions.py",
        "app/workshop/workshop.py",
        "data/library/library.py",
        "app/figures/scoring.py",
    } <= named


def test_the_readme_lists_every_document() -> None:
    listed = {(ROOT / link.partition("#")[0]).resolve() for link in links_of(README)}
    of_their_own = {
        document
        for document in DOCUMENTS
        if document.parent not in {DECISIONS, ROOT / "data/models/builtin"}
    }

    assert sorted(map(name_of, of_their_own - listed - {README})) == []


def test_decisions_are_numbered_without_gaps_and_listed_with_their_titles() -> None:
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    titles = [text_of(record).splitlines()[0] for record in records]
    rows = [
        f"| {number} | [{title.partition('. ')[2]}]({record.name}) |"
        for number, (record, title) in enumerate(zip(records, titles, strict=True), 1)
    ]

    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    assert [title.partition(".")[0] for title in titles] == [
        f"# {number}" for number in range(1, len(records) + 1)
    ]
    assert re.findall(r"^\| \d+ .*$", text_of(DECISIONS / "README.md"), flags=re.M) == rows


def test_the_changelog_begins_with_the_version_there_is() -> None:
    first = re.search(r"^## (\S+?),? ", text_of(ROOT / "CHANGELOG.md"), flags=re.M)

    assert first is not None
    assert first.group(1) == __version__


def test_every_package_that_is_installed_is_credited() -> None:
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    packages = set(re.findall(r"^([\w.-]+)==", pins, flags=re.M))
    credits_text = re.sub(r"[._]", "-", text_of(ROOT / "THIRD-PARTY.md")).lower()

    assert sorted(name for name in packages if name.lower() not in credits_text) == []


# ---- pictures ------------------------------------------------------------------------------------


def test_every_picture_is_shown_by_the_readme_and_light_enough_for_a_clone() -> None:
    pictures = {name_of(path): path.stat().st_size for path in IMAGES.iterdir()}

    assert set(pictures) <= set(links_of(README))
    assert {name for name, size in pictures.items() if size > LARGEST_PICTURE} == set()


# ---- commands ------------------------------------------------------------------------------------


def test_the_command_line_understands_every_call_of_the_readme() -> None:
    calls = list(readme_calls())
    problems = [(call, problem) for call in calls if (problem := problem_with_call(call))]

    assert len(calls) >= 8
    assert problems == []


def test_a_wrong_call_would_be_noticed() -> None:
    assert problem_with_call(["session", "show", "Spring 2027", "--jason"]) != ""
    assert problem_with_call(["sessions", "list"]) != ""
    assert problem_with_call(["library", "restore", "a", "b", "c"]) != ""


@pytest.mark.parametrize("document", [README, ROOT / "CONTRIBUTING.md"], ids=name_of)
def test_every_module_and_script_that_is_to_be_run_exists(document: Path) -> None:
    commands = " ; ".join(commands_in(document))
    modules = re.findall(r"python3? -m ([\w.]+)", commands)
    scripts = re.findall(r"python3? ([\w/]+\.py)", commands)

    assert scripts
    assert [name for name in modules if find_spec(name) is None] == []
    assert [name for name in scripts if not (ROOT / name).exists()] == []


@pytest.mark.slow
def test_the_round_of_the_readme_works_as_it_is_written(tmp_path: Path) -> None:
    (csv,) = code_blocks(README, "csv")
    (tmp_path / "scores.csv").write_text(csv, encoding="utf-8")
    for call in readme_calls():
        if any(word in {"FOLDER", "BACKUP"} for word in call):
            continue  # shows the form of a call, not a call
        done = subprocess.run(
            [sys.executable, "-c", "from stufenplan.__main__ import main; exit(main())", *call],
            cwd=tmp_path,
            env=_environment(tmp_path),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, (call, done.stderr)

    made = {path.name for path in tmp_path.iterdir() if path.stat().st_size}
    assert {"trial.stufenplan", "roadmap.xlsx", "radar.png", "my-model.yaml"} <= made


# ---- words ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["catalogues.py", "derived.py"])
def test_what_a_tool_makes_is_current(tool: str) -> None:
    check = subprocess.run(
        [sys.executable, str(ROOT / "tools" / tool), "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert check.stderr.splitlines() == []


def test_the_german_words_of_the_glossary_are_those_of_the_catalogue() -> None:
    catalogue = ROOT / "app" / "words" / "locale" / "de" / "LC_MESSAGES" / "stufenplan.po"
    with catalogue.open("rb") as file:
        said = " ".join(str(message.string) for message in read_po(file)).lower()
    rows = re.findall(r"^\| .+? \| (.+?) \|", text_of(ROOT / "docs" / "GLOSSARY.md"), flags=re.M)
    words = [word for row in rows[1:] for word in row.lower().split(", ") if word.strip("-")]

    assert len(words) > 30
    assert [word for word in words if word not in said] == []


def test_the_keys_of_the_first_workshop_are_those_of_the_window() -> None:
    section = text_of(README).partition("## A first workshop")[2].partition("\n## ")[0]
    keys = set(re.findall(r"`([^`]+)`", section))
    real = {key for spec in TABLE for key in spec.keys}

    assert keys - TYPING_KEYS - real == set()


def test_the_menus_that_the_readme_names_are_those_of_the_window() -> None:
    texts = {spec.text for spec in SPEC_BY_ID.values() if spec.group == "file"}
    named = re.findall(r"\*File > ([^*]+)\*", text_of(README))

    assert named
    assert [name for name in named if not any(text.startswith(name) for text in texts)] == []


def _environment(folder: Path) -> dict[str, str]:
    own = {
        "PYTHONPATH": str(ROOT),
        "STUFENPLAN_DATA_DIR": str(folder / "user-data"),
        "STUFENPLAN_LANGUAGE": "en",
    }
    return dict(os.environ, **own)
