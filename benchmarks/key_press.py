"""One key press, from the key to the durable score and the repainted radar.

Compared with the minimum: one durable commit of one value, and blitting the moving parts of a
bare radar of the same size.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Row
from benchmarks.samples import library_with

PRESSES = 100
WARM_UP = 10
FRAME_MS = 1000 / 60
WINDOW = (1440, 900)
CORNERS = 5
_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
_PRAGMAS = ("journal_mode = TRUNCATE", "synchronous = FULL", "locking_mode = EXCLUSIVE")
"""What our library does for its durability; ``_prove_durable`` looks that it really does."""


def measure() -> list[Row]:
    """Score in the real window, offscreen; both sides alternate."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["STUFENPLAN_SETTINGS"] = str(folder / "settings.ini")
        scoring = _Scoring(folder)
        bare = _Bare(folder, scoring.canvas)
        for _ in range(WARM_UP):
            scoring.press()
            bare.once()
        ours_times, bare_times = [], []
        for _ in range(PRESSES):
            bare_times.append(bare.once())
            ours_times.append(scoring.press())
        scoring.leave()
        _prove_durable(scoring)
    radar_times, page_times = zip(*ours_times, strict=True)
    ours, least = statistics.median(radar_times), statistics.median(bare_times)
    slow = statistics.quantiles(page_times, n=20)[-1]
    note = (
        f"with all else of the page {statistics.median(page_times):.1f} ms, 95 of 100 within"
        f" {slow:.1f} ms; one frame of 60 Hz is {FRAME_MS:.1f} ms"
    )
    return [Row("key press to saved score and painted radar", ours, least, "ms", 3.0, note)]


class _Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class _Scoring:
    """The program on its scoring page, with all 22 areas of the built-in model scored."""

    def __init__(self, folder: Path) -> None:
        from data.models.builtin import builtin_model

        self.library_file = folder / "library.stufenplan"
        library_with(self.library_file, 1, builtin_model("cloud-native"))
        self._application = QApplication.instance() or QApplication([])
        self._open(folder)
        self.canvas = self._canvas()
        self._paints = _Paints()
        self.canvas.installEventFilter(self._paints)
        self.levels: list[int] = []

    def _open(self, folder: Path) -> None:
        from stufenplan.services import LocalServices
        from ui.context import Context
        from ui.shell.settings import Settings
        from ui.shell.shell import Shell
        from ui.shell.window import MainWindow

        self._window = window = MainWindow(Settings(folder / "settings.ini"), "en")
        window.resize(*WINDOW)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        shell = Shell(window, Context(LocalServices(), window))
        shell.libraries.open_at_start(self.library_file)
        shell.state.open_session(shell.state.library.session_summaries(limit=1)[0].id)
        shell.show_page("scoring")
        self._workspace = shell.workspace

    def _canvas(self) -> Any:
        """The radar's canvas after its first paint."""
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            QTest.qWait(20)
            found = [c for c in self._window.findChildren(FigureCanvasQTAgg) if c.isVisible()]
            if found:
                QTest.qWait(400)
                return found[0]
        raise SystemExit("the radar did not appear")

    def press(self) -> tuple[float, float]:
        """Press the key of another level.

        Returns milliseconds until the score is stored and the radar painted, and until the event
        queue of the whole window is empty.
        """
        level = (len(self.levels) + 1) % len(_KEYS)  # the first area stands at level 1
        if QApplication.activeWindow() is not self._window:
            self._window.activateWindow()
            QTest.qWaitForWindowActive(self._window)
        before, painted = self._picture(), self._paints.count
        began = time.perf_counter()
        QTest.keyClick(self._window, _KEYS[level])
        radar = (time.perf_counter() - began) * 1000
        self.levels.append(level + 1)
        self._prove_done(painted, before)
        again = time.perf_counter()
        QApplication.processEvents()
        return radar, radar + (time.perf_counter() - again) * 1000

    def _prove_done(self, painted: int, before: QImage) -> None:
        workshop = self._workspace.workshop
        if workshop.unsaved or workshop.saved_at is None:
            raise SystemExit("the key press was not acknowledged by the store")
        if workshop.session.rating(self._workspace.area_id).level != self.levels[-1]:
            raise SystemExit("the key press did not score")
        if self._paints.count == painted or self._picture() == before:
            raise SystemExit("the key press did not repaint the radar")

    def _picture(self) -> QImage:
        """The current content of the canvas."""
        canvas = self.canvas
        width, height = canvas.get_width_height(physical=True)
        picture = QImage(canvas.buffer_rgba(), width, height, QImage.Format.Format_RGBA8888)
        return picture.copy()

    def leave(self) -> None:
        """Close the window and the library."""
        self._window.close()
        QApplication.processEvents()


def _prove_durable(scoring: _Scoring) -> None:
    """Check on another connection that the log holds every pressed level, in order."""
    connection = sqlite3.connect(f"{scoring.library_file.as_uri()}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT content FROM change_log WHERE origin = 'do' ORDER BY seq DESC LIMIT ?",
        (len(scoring.levels),),
    ).fetchall()
    connection.close()
    stored = [json.loads(content)["edits"][0]["after"] for (content,) in reversed(rows)]
    if stored != scoring.levels:
        raise SystemExit("not every key press is in the library")


@dataclass(frozen=True, slots=True)
class _Radar:
    """A bare radar: its canvas, its cached background and the two artists that move."""

    canvas: Any
    ground: object
    filling: Any
    line: Any


class _Bare:
    """A radar that blits a filled polygon, and an SQLite file with our durability settings."""

    def __init__(self, folder: Path, canvas: Any) -> None:
        self._radar = _bare_radar(canvas.width(), canvas.height())
        self._connection = connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE score (area TEXT PRIMARY KEY, level INTEGER) STRICT")
        connection.execute("INSERT INTO score VALUES ('a', 1)")
        self._count = 0

    def once(self) -> float:
        """Commit another level and paint it; returns milliseconds."""
        self._count += 1
        level = self._count % len(_KEYS) + 1
        radar = self._radar
        began = time.perf_counter()
        self._connection.execute("UPDATE score SET level = ? WHERE area = 'a'", (level,))
        corners = _corners(level)
        radar.line.set_data(*zip(*corners, strict=True))
        radar.filling.set_xy(corners)
        radar.canvas.restore_region(radar.ground)
        radar.canvas.figure.draw_artist(radar.filling)
        radar.canvas.figure.draw_artist(radar.line)
        radar.canvas.blit(radar.canvas.figure.bbox)
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000


def _corners(level: int) -> list[tuple[float, float]]:
    """A polygon with one corner at this level."""
    levels = [level, *[2 + corner % 3 for corner in range(1, CORNERS)], level]
    return [
        (value * math.sin(2 * math.pi * i / CORNERS), value * math.cos(2 * math.pi * i / CORNERS))
        for i, value in enumerate(levels)
    ]


def _bare_radar(width: int, height: int) -> _Radar:
    """Blitting as documented by matplotlib: a cached background, animated artists over it."""
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon

    figure = Figure(dpi=72)
    make_canvas: Any = FigureCanvasQTAgg  # carries no annotations
    canvas = make_canvas(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-6, 6), ylim=(-6, 6))
    axes.set_axis_off()
    for level in range(1, 6):
        xs, ys = zip(*[_ring_corner(level, i) for i in range(CORNERS + 1)], strict=True)
        axes.add_line(Line2D(xs, ys, color="#cccccc", linewidth=0.8))
    filling = Polygon(_corners(1), facecolor="#14545C", alpha=0.18, linewidth=0, animated=True)
    line = Line2D([], [], color="#14545C", linewidth=1.8, marker="o", markersize=4, animated=True)
    axes.add_patch(filling)
    axes.add_line(line)
    canvas.resize(width, height)
    # Keys go to the active window, and that has to stay ours.
    canvas.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    canvas.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
    canvas.show()
    canvas.draw()
    return _Radar(canvas, canvas.copy_from_bbox(figure.bbox), filling, line)


def _ring_corner(level: int, corner: int) -> tuple[float, float]:
    angle = 2 * math.pi * corner / CORNERS
    return level * math.sin(angle), level * math.cos(angle)
