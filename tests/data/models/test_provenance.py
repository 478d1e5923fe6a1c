"""Origin of pages: as named by the user, else read from their git checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.model.maturity_model import Source
from data.models import load_model_source
from data.models.git_checkout import checkout_of, public_address
from data.models.provenance import Origin, licence_name

PAGE = "# Level {level}\n\n## People\n\n### Skills\n\nThe skills at this level.\n"
MIT = "MIT License\n\nPermission is hereby granted, free of charge, to any person\nobtaining a copy"

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Runs git in the checkout, whatever this machine's settings are."""
    program = shutil.which("git")
    if program is None:
        pytest.skip("git is not on this machine")
    people = [f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    settings = dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull)
    environment = {**os.environ, **dict.fromkeys(people, "a@b"), **settings}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(name, None)

    def call(*arguments: str, folder: Path = tmp_path / "checkout") -> str:
        folder.mkdir(exist_ok=True)
        return subprocess.run(
            [program, *arguments], cwd=folder, env=environment, check=True,
            capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    return call


@pytest.fixture
def checkout(git: Git, tmp_path: Path) -> Path:
    """A checkout with two pages in ``site/en`` and a licence, everything committed."""
    git("init", "--quiet", "--initial-branch=main")
    return filled(git, tmp_path / "checkout")


def filled(git: Git, root: Path) -> Path:
    pages = root / "site" / "en"
    pages.mkdir(parents=True)
    for level in (1, 2):
        (pages / f"level-{level}.md").write_text(PAGE.format(level=level), encoding="utf-8")
    (root / "LICENSE").write_text(MIT, encoding="utf-8")
    git("remote", "add", "origin", "https://someone:secret@example.org/models/maturity.git")
    git("add", ".")
    git("commit", "--quiet", "-m", "Pages")
    return root


def first_source(*paths: Path, origin: Origin | None = None) -> Source:
    return load_model_source(list(paths), "en", origin=origin).model.sources[0]


def test_repository_commit_and_licence_come_from_the_checkout(checkout: Path, git: Git) -> None:
    commit = git("rev-parse", "HEAD")

    assert first_source(checkout / "site" / "en") == Source(
        "models/maturity: site/en", "https://example.org/models/maturity", commit, "MIT"
    )
    page = checkout / "site" / "en" / "level-1.md"
    assert first_source(page).title == "models/maturity: site/en/level-1.md"


def test_the_same_pages_are_the_same_model_in_a_checkout_and_outside(
    checkout: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(checkout / "site" / "en", tmp_path / "copied")
    inside = load_model_source([checkout / "site" / "en"], "en").model
    outside = load_model_source([copied], "en").model

    assert (inside.id, inside.content_version) == (outside.id, outside.content_version)
    assert inside.sources[1:] == outside.sources


@pytest.mark.parametrize("version", ["2", "4"])
def test_a_page_that_was_changed_marks_the_commit(version: str, checkout: Path, git: Git) -> None:
    git("update-index", "--index-version", version)
    commit = git("rev-parse", "HEAD")
    page = checkout / "site" / "en" / "level-2.md"
    with_other_ends = page.read_bytes().replace(b"\n", b"\r\n")
    page.write_bytes(with_other_ends)
    assert first_source(page.parent).commit == commit
    page.write_bytes(with_other_ends.replace(b"The skills", b"Our skills"))
    assert first_source(page.parent).commit == f"{commit}-dirty"


def test_pages_git_does_not_know_do_not_come_from_the_checkout(checkout: Path) -> None:
    pages = checkout / "notes"
    pages.mkdir()
    (pages / "level-1.md").write_text(PAGE.format(level=1), encoding="utf-8")

    assert first_source(pages) == Source("level-1.md: Level 1")


def test_a_further_work_tree_a_packed_and_a_detached_head_are_read(
    checkout: Path, git: Git, tmp_path: Path
) -> None:
    commit = git("rev-parse", "HEAD")
    git("pack-refs", "--all")
    assert first_source(checkout / "site" / "en").commit == commit
    git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    further = first_source(tmp_path / "tree" / "site" / "en")
    assert (further.commit, further.repository) == (commit, "https://example.org/models/maturity")


def test_a_checkout_with_sha_256_is_read(git: Git, tmp_path: Path) -> None:
    git("init", "--quiet", "--object-format=sha256")
    root = filled(git, tmp_path / "checkout")

    assert first_source(root / "site" / "en").commit == git("rev-parse", "HEAD")


def test_what_was_named_counts_more_than_the_checkout(checkout: Path) -> None:
    named = Origin("Our model", "https://example.org/x", licence="CC-BY-4.0")
    source = first_source(checkout / "site" / "en", origin=named)

    assert (source.title, source.repository) == ("Our model", "https://example.org/x")
    assert source.licence == "CC-BY-4.0"
    assert len(source.commit) == 40


def test_a_licence_alone_can_be_named(tmp_path: Path) -> None:
    page = tmp_path / "level-1.md"
    page.write_text(PAGE.format(level=1), encoding="utf-8")

    assert first_source(page, origin=Origin(licence="CC-BY-4.0")).licence == "CC-BY-4.0"


@pytest.mark.parametrize("name", ["HEAD", "index", "config"])
@pytest.mark.parametrize("content", [b"", b"\xff\x00DIRC", b"DIRC\0\0\0\2\xff\xff\xff\xff"])
def test_a_damaged_checkout_keeps_no_page_from_being_read(
    name: str, content: bytes, checkout: Path
) -> None:
    (checkout / ".git" / name).write_bytes(content)

    assert load_model_source([checkout / "site" / "en"], "en").report.areas == 1


def test_outside_of_a_checkout_there_is_none(tmp_path: Path) -> None:
    assert checkout_of(tmp_path) is None


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("git@github.com:cncf/cartografos.git", "https://github.com/cncf/cartografos"),
        ("https://me:token@example.org/a/b.git", "https://example.org/a/b"),
        ("ssh://git@example.org:2222/a/b", "https://example.org/a/b"),
        ("https://example.org:8443/a/b/", "https://example.org:8443/a/b"),
        ("/srv/git/client.git", ""),
        ("file:///srv/git/client.git", ""),
        ("C:\\work\\client", ""),
        ("../neighbour", ""),
        ("https://[broken", ""),
    ],
)
def test_an_address_loses_its_password_and_a_local_one_is_kept_to_us(
    url: str, address: str
) -> None:
    assert public_address(url) == address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MIT, "MIT"),
        ("                Apache License\n          Version 2.0, January 2004", "Apache-2.0"),
        ("Attribution-ShareAlike 4.0 International\n===", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution 4.0 International Public License", "CC-BY-4.0"),
        ("// SPDX-License-Identifier: EUPL-1.2\n", "EUPL-1.2"),
        ("GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007", "GPL-3.0"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        ("# House licence 7\n\nAsk us.", "House licence 7"),
        ("\n", ""),
    ],
)
def test_a_licence_is_named_by_its_text(text: str, name: str) -> None:
    assert licence_name(text) == name
