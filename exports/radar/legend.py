"""Legend of a picture file: lines and markers as the radar draws them, with labels."""

from __future__ import annotations

from collections.abc import Sequence

from app.figures.scoring import ScoringState
from exports.palette import Palette
from exports.radar.artists import axis_mark, profile_lines
from exports.radar.data import RadarData
from exports.radar.lettering import text_width, write_text
from exports.radar.plotting import Axes, Line2D

LegendEntry = tuple[str, str]
_SWATCH = 24.0
_LARGEST_DOT = 5.0


def legend_rows(data: RadarData, width: float) -> list[list[LegendEntry]]:
    """The entries that apply, in as many rows as they need."""
    states = data.states()
    legend = data.legend
    entries = [
        ("current", legend.current, True),
        ("projected", legend.projected, bool(data.projected)),
        ("target", legend.target, True),
        ("earlier", legend.earlier, data.has_earlier),
        ("unscored", legend.unscored, ScoringState.UNSCORED in states),
        ("not_applicable", legend.not_applicable, ScoringState.NOT_APPLICABLE in states),
    ]
    rows: list[list[LegendEntry]] = [[]]
    used = 0.0
    for kind, text, applies in entries:
        if not applies:
            continue
        room = _SWATCH + text_width(text, 11) + 20
        if used + room > width and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append((kind, text))
        used += room
    return rows


def draw_legend(
    axes: Axes, entries: Sequence[LegendEntry], x: float, y: float, colours: Palette
) -> None:
    """Draw one row of entries from ``x`` on, on the line ``y``."""
    for kind, text in entries:
        axes.add_line(_swatch(kind, x, y, colours))
        write_text(axes, x + _SWATCH, y, text, 11, colours.text, va="center_baseline")
        x += _SWATCH + text_width(text, 11) + 20


def _swatch(kind: str, x: float, y: float, colours: Palette) -> Line2D:
    looks = profile_lines(colours)
    if kind in looks:
        line = Line2D([x, x + 9, x + 18], [y, y, y], **looks[kind])
        line.set_markersize(min(line.get_markersize(), _LARGEST_DOT))
        return line
    mark = axis_mark("o" if kind == "unscored" else "x", colours.secondary)
    mark.set_data([x + 9], [y])
    return mark
