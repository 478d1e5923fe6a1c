"""One key press, from the key to the durable score and the repainted radar, against the least
that this can be: blitting a bare polygon on a canvas of the same size, and one durable commit."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.samples import library_with

PRESSES = 60
FRAME_MS = 1000 / 60


def measure() -> list[Row]:
    """Score in the real window, offscreen, at 1440 by 900."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["STUFENPLAN_DATA_DIR"] = str(folder / "data")
        os.environ["STUFENPLAN_SETTINGS"] = str(folder / "settings.ini")
        press, size, leave = _window(folder)
        bare = _bare(folder, size)
        press()
        bare()
        ours_times, bare_times = [], []
        for _ in range(PRESSES):
            bare_times.append(bare())
            ours_times.append(press())
        leave()
    ours, least = statistics.median(ours_times), statistics.median(bare_times)
    slow = statistics.quantiles(ours_times, n=20)[-1]
    note = f"95th percentile {slow:.1f} ms; one frame of 60 Hz is {FRAME_MS:.1f} ms"
    return [Row("key press to saved score and radar", ours, least, "ms", 3.0, note)]


def _window(folder: Path) -> tuple[Callable[[], float], tuple[int, int], Callable[[], None]]:
    """A window on the scoring page; the first function presses a key and says how long it took."""
    from data.model_files.builtin import builtin_model

    library_file = folder / "library.stufenplan"
    library_with(library_file, 1, builtin_model("cloud-native"))
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from stufenplan.window_services import LocalServices
    from ui.context import Context
    from ui.settings import Settings
    from ui.window import MainWindow

    application = QApplication([])
    window = MainWindow(Settings(folder / "settings.ini"), "en")
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.furnish(Context(LocalServices(), window))
    window.libraries.open_at_start(library_file)
    context = window.context
    assert context is not None
    assert context.library is not None
    context.open_session(context.library.session_summaries(limit=1)[0].id)
    window.show_page("scoring")
    canvas = _wait_for_canvas(application, window)
    workshop = context.workshop
    assert workshop is not None
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    count = 0

    def press() -> float:
        nonlocal count
        count += 1
        level = count % 5
        if application.activeWindow() is not window:
            window.activateWindow()
            QTest.qWaitForWindowActive(window)
        began = time.perf_counter()
        QTest.keyClick(window, keys[level])
        application.processEvents()
        took = (time.perf_counter() - began) * 1000
        if workshop.session.rating(context.area_id).level != level + 1:
            raise SystemExit("the key press did not score")
        return took

    def leave() -> None:
        window.close()
        application.processEvents()

    return press, canvas, leave


def _wait_for_canvas(application: object, window: object) -> tuple[int, int]:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(application, QApplication)
    assert isinstance(window, QWidget)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        application.processEvents()
        found = [c for c in window.findChildren(FigureCanvasQTAgg) if c.isVisible()]
        if found:
            for _ in range(20):
                application.processEvents()
                time.sleep(0.01)
            return found[0].width(), found[0].height()
        time.sleep(0.01)
    raise SystemExit("the radar did not appear")


def _bare(folder: Path, size: tuple[int, int]) -> Callable[[], float]:
    """A canvas with one polygon that blits, and an SQLite file with our durability."""
    import math

    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    figure = Figure()
    canvas = FigureCanvasQTAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-6, 6), ylim=(-6, 6))
    axes.set_axis_off()
    line = Line2D([], [], animated=True)
    axes.add_line(line)
    canvas.resize(*size)
    # Keys go to the active window, and that has to stay ours.
    canvas.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    canvas.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
    canvas.show()
    canvas.draw()
    background = canvas.copy_from_bbox(figure.bbox)
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=truncate", "synchronous=full", "locking_mode=exclusive"):
        connection.execute(f"pragma {pragma}")
    connection.execute("create table score (area text primary key, level integer) strict")
    connection.execute("insert into score values ('a', 1)")
    count = 0

    def once() -> float:
        nonlocal count
        count += 1
        began = time.perf_counter()
        connection.execute("update score set level = ? where area = 'a'", (count % 5 + 1,))
        radius = count % 5 + 1
        angles = [2 * math.pi * i / 5 for i in range(6)]
        line.set_data(
            [radius * math.sin(a) for a in angles], [radius * math.cos(a) for a in angles]
        )
        canvas.restore_region(background)
        axes.draw_artist(line)
        canvas.blit(figure.bbox)
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000

    return once
