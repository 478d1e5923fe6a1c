"""Pages and flows rarely need to test for a missing library or session."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[3] / "ui"
#: What there may be or not: by the name of a variable or attribute, underscores aside.
_PARTS = {"context", "library", "workshop", "workspace"}
_QUESTIONS = {"has_library", "has_session"}
MOST_TESTS = 15


def name_of(node: ast.expr) -> str:
    """``library`` for ``library``, ``self._library`` and ``self.state.library``."""
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_")
    return node.id.lstrip("_") if isinstance(node, ast.Name) else ""


def asked(node: ast.AST) -> list[ast.expr]:
    """The expressions that a node tests for being there."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is | ast.IsNot):
        is_none = isinstance(node.comparators[0], ast.Constant)
        return [node.left] if is_none else []
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return [node.test]
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    return [node.operand] if isinstance(node, ast.UnaryOp) else []


def none_tests(tree: ast.AST) -> list[str]:
    """Every test for a context, library, workshop or workspace, as it is written."""
    tested = [each for node in ast.walk(tree) for each in asked(node)]
    return [ast.unparse(each) for each in tested if name_of(each) in _PARTS]


def questions(tree: ast.AST) -> list[str]:
    """Every ``has_library`` and ``has_session``, which is a None test by another name."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return [ast.unparse(node) for node in found if node.attr in _QUESTIONS]


@cache
def parsed(path: Path) -> ast.AST:
    """The syntax tree of a file, which several tests look into."""
    return ast.parse(path.read_text(encoding="utf-8"))


def in_files(
    find: Callable[[ast.AST], list[str]], folder: Path, *, but: str = ""
) -> list[tuple[str, str]]:
    """File and code of everything that is found below a folder."""
    return [
        (path.name, code)
        for path in sorted(folder.rglob("*.py"))
        if path.name != but
        for code in find(parsed(path))
    ]


def test_the_window_rarely_asks_what_is_open() -> None:
    found = in_files(none_tests, UI) + in_files(questions, UI, but="open_state.py")
    assert len(found) <= MOST_TESTS, found


@pytest.mark.parametrize("page", ["library", "teams", "scoring", "results", "widgets"])
def test_no_page_asks_if_there_is_a_session(page: str) -> None:
    assert in_files(none_tests, UI / page) == []
    assert in_files(questions, UI / page) == []


@pytest.mark.parametrize(
    "code",
    [
        "if context.library is None: ...",
        "x = self._workshop is not None",
        "x = library if library else None",
        "x = ready and self.context",
        "x = not workspace",
    ],
)
def test_every_way_to_ask_is_found(code: str) -> None:
    assert len(none_tests(ast.parse(code))) == 1


def test_a_none_test_by_another_name_is_found() -> None:
    assert questions(ast.parse("if self.state.has_session: ...")) == ["self.state.has_session"]


def test_other_questions_do_not_count() -> None:
    assert none_tests(ast.parse("if area is None or not notices or library.notices: ...")) == []
