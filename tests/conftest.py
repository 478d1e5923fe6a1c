"""Fixtures for all tests: no screen, isolated settings, no leaked windows, time limits."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything can import Qt

import gc
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

# Everything that Hypothesis would set otherwise where CI is set is named here.
settings.register_profile(
    "fast",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long",
    max_examples=500,
    deadline=None,
    derandomize=False,
    database=None,
    print_blob=True,  # a failure prints the decorator that reproduces it
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("fast")

FAST_SEED = 1
"""Order of the fast tests and seed of `random` in them: the same answer every time."""

MEMORY_DISK = Path("/dev/shm")
"""Linux's files in memory. The fast tests write there: they sync thousands of times."""

LEAST_ROOM = 2 * 1024**3
"""Bytes free on the memory disk below which the tests keep to the usual temporary folder."""

SLOW_TEST_TIMEOUT = 900
"""Seconds a slow test may take unless it names its own limit."""

PERSONAL_VARIABLES = (
    "STUFENPLAN_LIBRARY",
    "STUFENPLAN_LANGUAGE",
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
)
"""Environment variables a developer may have set, hidden from tests."""

_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the slow tests too")


@pytest.hookimpl(tryfirst=True)  # before pytest-randomly draws a seed and prints it
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--all"):
        settings.load_profile("long")
        return
    if config.getoption("randomly_seed", None) == "default":
        config.option.randomly_seed = FAST_SEED
    if MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free >= LEAST_ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Exempt what was imported from garbage collection, and collect less often.

    Tests leave little garbage, but each full collection walks through all modules and test items.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip slow tests unless requested (`--all`, or any `-m` expression)."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SLOW_TEST_TIMEOUT))
    if config.getoption("--all") or config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    if report.failed:
        item.stash[_failed] = True
    return report


def _use_folder(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the program keep settings and user data in a folder; ignore the system language."""
    patch.setenv("STUFENPLAN_DATA_DIR", str(folder / "data"))
    patch.setenv("STUFENPLAN_SETTINGS", str(folder / "settings.ini"))
    patch.setenv("LANG", "C.UTF-8")
    for name in PERSONAL_VARIABLES:
        patch.delenv(name, raising=False)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a library that is in use be refused at once; waiting a second is tested by itself."""
    for module in ("opening", "readers"):
        monkeypatch.setattr(f"data.library.{module}.LOCK_WAIT_SECONDS", 0.02)


@pytest.fixture(scope="session", autouse=True)
def shared_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Isolate what fixtures make that several tests share."""
    with pytest.MonkeyPatch.context() as patch:
        _use_folder(patch, tmp_path_factory.mktemp("shared"))
        yield


@pytest.fixture(scope="session")
def user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths of folders not used yet."""
    parent = tmp_path_factory.mktemp("users")
    return (parent / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_user_folders(user_folders: Iterator[Path]) -> Iterator[Path]:
    """Isolate settings and user data of each test."""
    folder = next(user_folders)
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        _use_folder(patch, folder)
        yield folder


@pytest.fixture
def write_protected() -> Iterator[Callable[[Path], None]]:
    """Make a folder and its files read-only, also for root, until the end of the test."""
    undo: list[Callable[[], object]] = []

    def protect(folder: Path) -> None:
        if os.name == "posix" and os.getuid() == 0:  # root may write whatever the permissions say
            run = partial(subprocess.run, check=True, capture_output=True)
            try:
                run(["mount", "--bind", str(folder), str(folder)])
                undo.append(lambda: run(["umount", "--lazy", str(folder)]))
                run(["mount", "-o", "remount,bind,ro", str(folder)])
            except (OSError, subprocess.CalledProcessError):
                pytest.skip("nothing can be mounted here")
            return
        for path in (*folder.iterdir(), folder):
            mode = path.stat().st_mode
            undo.append(partial(path.chmod, mode))
            path.chmod(mode & ~0o222)

    yield protect
    for step in reversed(undo):
        step()


@pytest.fixture(autouse=True)
def no_message_boxes() -> Iterator[None]:
    """Forbid message boxes, which would block forever; the program uses notices instead."""
    widgets: Any = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        yield
        return

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("A message box was opened; show a notice in the window instead.")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("exec", "information", "question", "warning", "critical", "about"):
            patch.setattr(widgets.QMessageBox, name, refuse)
        yield


@pytest.fixture(autouse=True)
def no_forgotten_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaks a window, because that would disturb the next one."""
    before = set(_top_level_widgets())
    yield
    if _top_level_widgets().keys() - before:
        gc.collect()  # cycles of Python and Qt objects may simply not have been collected yet
    left = [widget for address, widget in _top_level_widgets().items() if address not in before]
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    _finish_deletions()
    if names and not request.node.stash.get(_failed, False):
        pytest.fail(f"Windows left open: {', '.join(names)}. Add them to qtbot.")


def _top_level_widgets() -> dict[int, Any]:
    """All existing top-level widgets by address, except tool tips, which Qt owns."""
    widgets: Any = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    _finish_deletions()
    shiboken: Any = sys.modules["shiboken6"]
    return {
        shiboken.getCppPointer(widget)[0]: widget
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.metaObject().className() != "QTipLabel" and widget.parent() is None
    }


def _finish_deletions() -> None:
    """Process pending `deleteLater` calls."""
    core: Any = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
