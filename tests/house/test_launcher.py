"""The launcher opens the window or runs a command, and explains failures."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from stufenplan import __main__ as launcher
from stufenplan.arguments import WindowRequest, window_request
from stufenplan.environment import settings_file, system_language
from stufenplan.setup import qt_libraries, screen

ROOT = Path(__file__).resolve().parents[2]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="about Linux")


@pytest.mark.parametrize(
    ("arguments", "library"),
    [
        ([], None),
        (["--library", "a.stufenplan"], Path("a.stufenplan")),
        (["--library=a.stufenplan"], Path("a.stufenplan")),
        (["folder/a.stufenplan"], Path("folder/a.stufenplan")),
    ],
)
def test_the_window_opens_without_a_command(arguments: list[str], library: Path | None) -> None:
    assert window_request(arguments, {}) == WindowRequest(library)


@pytest.mark.parametrize(
    "arguments",
    [["demo"], ["--version"], ["--help"], ["--library", "a.stufenplan", "demo"], ["--library"]],
)
def test_a_command_opens_no_window_even_where_a_file_has_its_name(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").write_text("notes", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert window_request(arguments, {}) is None


def test_the_variable_names_the_library_unless_an_argument_does() -> None:
    environment = {"STUFENPLAN_LIBRARY": "from_variable.stufenplan"}

    assert window_request([], environment) == WindowRequest(Path("from_variable.stufenplan"))
    assert window_request(["x.stufenplan"], environment) == WindowRequest(Path("x.stufenplan"))


@pytest.fixture
def foreign_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of another program that bears the name of one of our folders."""
    module = ModuleType("app")
    module.__path__ = [str(tmp_path / "app")]
    monkeypatch.setitem(sys.modules, "app", module)
    return tmp_path / "app"


def test_a_loaded_package_of_the_same_name_ends_in_one_sentence(
    foreign_app: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launcher.main([]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert str(foreign_app) in launcher.use_own_code()


def test_our_code_is_found_where_the_folder_holds_another_app(tmp_path: Path) -> None:
    for name in ("app", "data", "ui", "exports"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hijacked')\n", encoding="utf-8")
    code = "import stufenplan.__main__ as m; print(m.use_own_code()); import app.words.texts"
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.append({str(ROOT)!r}); {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stderr


@linux_only
@pytest.mark.parametrize(
    ("screen_variables", "missing", "has_apt", "words"),
    [
        ({}, "", True, "stufenplan --help"),
        ({"DISPLAY": ":4321.0"}, "", True, "“:4321.0”"),
        ({"WAYLAND_DISPLAY": "wayland-9"}, "", True, "“wayland-9”"),
        ({"DISPLAY": ":7"}, "libxcb-cursor.so.0", True, "-install-recommends libxcb-cursor0\n"),
        ({"DISPLAY": ":7"}, "libEGL.so.1", False, "libEGL.so.1. Install them with your package"),
    ],
)
def test_what_a_window_lacks_is_named_before_qt_ends_the_process(
    screen_variables: dict[str, str],
    missing: str,
    has_apt: bool,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**screen_variables, "XDG_RUNTIME_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(qt_libraries, "can_load", lambda soname: soname != missing)
    monkeypatch.setattr(qt_libraries, "uses_apt", lambda: has_apt)

    assert launcher.main([]) == 1
    problem = capsys.readouterr().err
    assert words in problem
    assert problem.count("\n") == 1


@linux_only
def test_a_screen_counts_as_gone_only_where_nobody_can_listen(tmp_path: Path) -> None:
    import socket

    there = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        assert screen.silent_screen(there) == "wayland-0"
        server.listen()
        assert screen.silent_screen(there) == ""
        assert screen.silent_screen({**there, "DISPLAY": ":4321"}) == ""

    assert screen.silent_screen({**there, "DISPLAY": ":4321"}) == ":4321"
    for elsewhere in ("far.example:0", "[::1]:4321", "odd", ":99999", ":x"):
        assert screen.silent_screen({"DISPLAY": elsewhere}) == ""
    assert screen.silent_screen({"DISPLAY": ":4321", "QT_QPA_PLATFORM": "offscreen"}) == ""


def test_qt_leaves_the_import_of_python_in_place_and_reads_no_source_of_ours() -> None:
    code = (
        "import builtins, linecache; own = builtins.__import__;"
        "from stufenplan.plain_imports import import_qt; import_qt();"
        "import ui.shell.window, PySide6.QtNetwork;"
        "print(builtins.__import__ is own, [f for f in linecache.cache if 'theme' in f])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stdout.strip()) == (0, "True []"), result.stderr


@linux_only
@pytest.mark.parametrize(
    ("environment", "package"),
    [
        ({"DISPLAY": ":0"}, "libxcb-cursor0"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-client0"),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, "libxcb-cursor0"),
    ],
)
def test_only_the_libraries_of_this_screen_are_asked_for(
    environment: dict[str, str], package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qt_libraries, "can_load", lambda soname: False)
    asked = {library.package for library in qt_libraries.missing_for_window(environment)}
    without = {library.package for library in qt_libraries.missing_without_screen()}

    other = {"libxcb-cursor0", "libwayland-client0"} - {package}
    assert package in asked
    assert without < asked
    assert not other & asked


@pytest.mark.parametrize(
    ("release", "package"),
    [
        ("ID=debian\nVERSION_CODENAME=bookworm\n", "libglib2.0-0"),
        ("ID=debian\nVERSION_CODENAME=trixie\n", "libglib2.0-0t64"),
        ("ID=ubuntu\nUBUNTU_CODENAME=jammy\n", "libglib2.0-0"),
        ('ID=ubuntu\nVERSION_CODENAME="noble"\n', "libglib2.0-0t64"),
        ("ID=linuxmint\nVERSION_CODENAME=virginia\nUBUNTU_CODENAME=jammy\n", "libglib2.0-0"),
    ],
)
def test_packages_are_named_as_the_release_names_them(
    release: str, package: str, tmp_path: Path
) -> None:
    file = tmp_path / "os-release"
    file.write_text(release, encoding="utf-8")

    assert qt_libraries.packages_for(qt_libraries.QT_LIBRARIES[:1], file) == (package,)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "STUFENPLAN_LANGUAGE": "de"}, "de"),
        ({"LANGUAGE": "de:en", "LANG": "en_US.UTF-8"}, "de"),
    ],
)
def test_the_language_follows_the_surroundings(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


def test_the_settings_can_be_moved(tmp_path: Path) -> None:
    environment = {"STUFENPLAN_SETTINGS": str(tmp_path / "s.ini")}

    assert settings_file(environment) == tmp_path / "s.ini"


def test_without_a_console_the_program_speaks_into_a_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back afterwards
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(launcher, "main", lambda: sys.stderr.write("in use"))

    launcher.window()
    sys.stdout.close()

    log = (tmp_path / "data" / "stufenplan.log").read_text(encoding="utf-8")
    assert "in use" in log
