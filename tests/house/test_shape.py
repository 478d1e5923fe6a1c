"""Structure of the code: no import cycles between files, no oversized classes."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "data", "exports", "ui", "stufenplan")
MOST_METHODS = 30


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.Module, known: set[str]) -> set[str]:
    """The modules of ours that a module imports anywhere: at the top, in functions, for types.

    A string that is a module's name counts too, since ``import_module`` takes one.
    """
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found.update(submodules or {node.module})
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found & known


def first_circle(trees: dict[str, ast.Module]) -> list[str]:
    """The modules of one import circle, each followed by its importer; empty if there is none."""
    graph = {name: imported(tree, set(trees)) - {name} for name, tree in trees.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def large_classes(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Class to its number of methods, for classes above ``MOST_METHODS``."""
    return {
        f"{name}.{node.name}": methods
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and (methods := sum(isinstance(item, ast.FunctionDef) for item in node.body)) > MOST_METHODS
    }


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Module name to syntax tree, for every file of the program."""
    return {
        module_name(path): ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def test_no_files_import_each_other_in_a_circle(trees: dict[str, ast.Module]) -> None:
    assert first_circle(trees) == []


def test_no_class_has_more_methods_than_a_reader_can_hold(trees: dict[str, ast.Module]) -> None:
    assert large_classes(trees) == {}


@pytest.mark.parametrize(
    "way_back",
    ["import a", "from a import name", "def late():\n    import a", "import_module('a')"],
)
def test_a_circle_is_found_however_it_is_imported(way_back: str) -> None:
    trees = {"a": ast.parse("from b import c"), "b.c": ast.parse(way_back), "d": ast.parse("")}

    assert set(first_circle(trees)) == {"a", "b.c"}


def test_a_large_class_is_found() -> None:
    methods = "".join(f"    def m{n}(self): ...\n" for n in range(MOST_METHODS + 1))

    assert large_classes({"a": ast.parse(f"class Big:\n{methods}")}) == {"a.Big": 31}


CHANGED_BY_THE_WHEEL = (
    "QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit",
    "QDateTimeEdit", "QSlider", "QDial", "QTabBar", "QTabWidget",
)  # fmt: skip


def test_the_wheel_changes_no_field_that_does_not_have_the_focus(
    trees: dict[str, ast.Module],
) -> None:
    made = {
        f"{name}:{node.lineno} {called}"
        for name, tree in trees.items()
        if name != "ui.widgets.fields"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.ClassDef)
        for each in ([node.func] if isinstance(node, ast.Call) else node.bases)
        if (called := ast.unparse(each).rpartition(".")[2]) in CHANGED_BY_THE_WHEEL
    }
    assert made == set(), "make it from a class of ui/widgets/fields.py"
