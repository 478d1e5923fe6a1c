"""Make the pictures of the README from the sample: ``python tools/screenshots.py [--out FOLDER]``.

The real window is opened without a screen on a library of its own, so that anybody can repeat it
and no picture shows anything that the program does not. The picture of the workbook needs
LibreOffice and poppler; where they are missing, the old one stays.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything can import Qt

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402

from app.comparison.comparison import compare  # noqa: E402
from app.planning.planning import make_plan  # noqa: E402
from app.planning.session_problem import session_problem  # noqa: E402
from app.sample import create_sample  # noqa: E402
from data.library.library import open_library  # noqa: E402
from data.models.builtin import builtin_model  # noqa: E402
from exports.workbook.workbook import write_workbook  # noqa: E402
from stufenplan.services import LocalServices  # noqa: E402
from stufenplan.window import Application  # noqa: E402
from ui.context import Context  # noqa: E402
from ui.shell.settings import Settings  # noqa: E402
from ui.shell.shell import Shell  # noqa: E402
from ui.shell.window import MainWindow  # noqa: E402

OUT = ROOT / "docs" / "images"
KEPT_EXACTLY = 64
LARGEST = 200_000
"""No picture weighs more (bytes): they are part of every clone."""
WAIT_S = 20.0
SETTLE_S = 1.2
"""Notices, the check of the library and matplotlib come a moment after the first paint."""
Colours = NDArray[np.uint8]
AREA = "process.ci-cd"
PAGE_DPI = 110


class Picture(NamedTuple):
    """One picture of the window."""

    name: str
    page: str
    language: str = "en"
    theme: str = "light"
    size: tuple[int, int] = (1440, 900)


PICTURES = (
    Picture("scoring", "scoring"),
    Picture("results", "results"),
    Picture("compare", "compare"),
    Picture("targets", "targets"),
    Picture("board", "board"),
    Picture("timeline", "timeline"),
    Picture("library", "library", size=(1440, 600)),
    Picture("scoring-dark", "scoring", theme="dark"),
    Picture("results-german", "results", language="de"),
)


def photograph(application: Application, picture: Picture, folder: Path, out: Path) -> Path:
    """Open the window on the sample, go to the page and save what is painted."""
    with open_shell(application, picture, folder) as shell:
        if picture.page != "library":
            _open_latest_session(shell, picture.page)
        pause(application, SETTLE_S)
        target = out / f"{picture.name}.png"
        shell.frame.grab().save(str(target))
    shrink(target)
    return target


@contextmanager
def open_shell(application: Application, picture: Picture, folder: Path) -> Iterator[Shell]:
    """The real window, built as the launcher builds it, on a fresh library with the sample."""
    library = folder / picture.name / "workshops.stufenplan"
    library.parent.mkdir()
    with closing(open_library(library, create=True)) as fresh:
        LocalServices().create_sample(fresh, picture.language)
    settings = Settings(library.with_name("settings.ini"))
    settings.put("view/theme", picture.theme)
    window = MainWindow(settings, picture.language)
    window.show_at_last_place()
    window.resize(*picture.size)
    wait_until(application, window.isVisible)
    shell = Shell(window, Context(LocalServices(), window, window.texts))
    shell.libraries.open_at_start(library)
    try:
        yield shell
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _open_latest_session(shell: Shell, page: str) -> None:
    summaries = shell.state.library.session_summaries()
    shell.state.open_session(max(summaries, key=lambda summary: summary.date).id)
    shell.workspace.go_to(AREA)
    shell.show_page(page)


def photograph_workbook(folder: Path, out: Path) -> Path | None:
    """The first printed page of the sample's workbook, or nothing where a tool is missing."""
    if shutil.which("soffice") is None or shutil.which("pdftoppm") is None:
        return None
    with closing(open_library(folder / "workbook.stufenplan", create=True)) as library:
        sample = create_sample(library, builtin_model(), "en")
        earlier, latest = (library.load_session(id_) for id_ in sample.session_ids[-2:])
    book = folder / "workbook.xlsx"
    compared = compare((earlier, latest))
    plan = make_plan(session_problem(latest), latest.plan.order)
    write_workbook(latest, book, "en", today=latest.date, comparison=compared, plan=plan)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, book)
    page = folder / "workbook"
    _run("pdftoppm", "-png", "-singlefile", "-r", PAGE_DPI, book.with_suffix(".pdf"), page)
    target = out / "workbook.png"
    shutil.copyfile(page.with_suffix(".png"), target)
    shrink(target)
    return target


def _run(*command: str | int | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=180)


def shrink(picture: Path) -> None:
    """Save a picture with 256 colours, and complain when it is still too large.

    The most frequent colours stay as they are; the rest of the palette is spread over the others.
    Pillow's own choice would merge the colours of the dimensions, which are small but mean
    something, and its own look-up would shift the ground of the window.
    """
    with Image.open(picture) as full:
        pixels = np.asarray(full.convert("RGB"))
    colours, places, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    palette = _palette(colours[np.argsort(-counts)])
    distance = np.square(colours[:, None].astype(int) - palette[None].astype(int)).sum(axis=2)
    nearest = distance.argmin(axis=1).astype(np.uint8)
    small = Image.fromarray(nearest[places.reshape(pixels.shape[:2])])
    small.putpalette(palette.tobytes())
    small.save(picture, optimize=True)
    if picture.stat().st_size > LARGEST:
        raise SystemExit(f"{picture.name} has {picture.stat().st_size} bytes, more than {LARGEST}.")


def _palette(by_frequency: Colours) -> Colours:
    """At most 256 colours for a picture whose colours are given, the most frequent first."""
    exact, rest = by_frequency[:KEPT_EXACTLY], by_frequency[KEPT_EXACTLY:]
    if not len(rest):
        return exact
    spread = Image.fromarray(rest[None]).quantize(
        256 - len(exact), method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    return np.vstack([exact, np.array(spread.getpalette(), np.uint8).reshape(-1, 3)])


def wait_until(application: Application, is_so: Callable[[], bool]) -> None:
    """Process events until a condition holds."""
    end = time.monotonic() + WAIT_S
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("The window was not ready in time.")
        application.processEvents()


def pause(application: Application, seconds: float) -> None:
    """Process events for a while."""
    end = time.monotonic() + seconds
    wait_until(application, lambda: time.monotonic() > end)


def main() -> int:
    """Command line entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="where the pictures go")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="stufenplan-pictures-") as name:
        folder = Path(name)
        os.environ["STUFENPLAN_DATA_DIR"] = str(folder / "data")
        os.environ["STUFENPLAN_SETTINGS"] = str(folder / "settings.ini")
        application = Application(sys.argv[:1])
        faults: list[BaseException] = []
        sys.excepthook = lambda _kind, fault, _trace: faults.append(fault)
        for picture in PICTURES:
            sys.stdout.write(f"{photograph(application, picture, folder, out)}\n")
            if faults:  # slots swallow exceptions, and a picture without its radar looks finished
                raise SystemExit(f"{picture.name}: {faults[0]!r}")
        sys.stdout.write(f"{photograph_workbook(folder, out) or 'no LibreOffice, no workbook'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
