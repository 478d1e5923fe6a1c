"""Draws a scene on a matplotlib figure."""

from __future__ import annotations

from typing import Any

from exports.comparison.scene import Dot, Mark, Scene, Shape, Stroke, Words
from exports.palette import Palette
from exports.radar.artists import page_axes
from exports.radar.lettering import text_width, write_text
from exports.radar.plotting import Axes, Figure, FigureCanvasAgg, Line2D, Outline, PathPatch


def printed_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points, with the letters of picture files."""
    return text_width(text, size, "bold" if bold else "normal")


def drawn(scene: Scene, colours: Palette) -> Figure:
    """A figure of the size of a scene, with everything on it."""
    figure = Figure(figsize=(scene.width / 72, scene.height / 72), dpi=72)
    FigureCanvasAgg(figure)
    axes = page_axes(figure, colours)
    for order, mark in enumerate(scene.marks):
        _draw(axes, mark, order)
    return figure


def _draw(axes: Axes, mark: Mark, order: int) -> None:
    if isinstance(mark, Words):
        write_text(
            axes, mark.x, mark.y, mark.text, mark.size, mark.colour, ha=mark.align,
            va="center_baseline", fontweight="bold" if mark.bold else "normal", zorder=order,
        )  # fmt: skip
    elif isinstance(mark, Stroke):
        xs, ys = zip(*mark.points, strict=True)
        more: dict[str, Any] = {"linestyle": (0, mark.dashes)} if mark.dashes else {}
        line = Line2D(
            xs, ys, color=mark.colour, linewidth=mark.width, solid_capstyle="butt",
            dash_capstyle="butt", solid_joinstyle="round", **more,
        )  # fmt: skip
        line.set_zorder(order)
        axes.add_line(line)
    elif isinstance(mark, Dot):
        line = Line2D(
            [mark.x], [mark.y], linestyle="none", marker="o", markersize=2 * mark.radius,
            markerfacecolor=mark.inside or mark.colour, markeredgecolor=mark.colour,
            markeredgewidth=1.4 if mark.inside else 0.0,
        )  # fmt: skip
        line.set_zorder(order)
        axes.add_line(line)
    else:
        axes.add_patch(_polygon(mark, order))


def _polygon(shape: Shape, order: int) -> PathPatch:
    points = [*shape.points, shape.points[0]]
    codes = [int(Outline.MOVETO), *[int(Outline.LINETO)] * (len(points) - 2)]
    outline = Outline(points, [*codes, int(Outline.CLOSEPOLY)])
    return PathPatch(
        outline,
        facecolor=shape.fill or "none",
        alpha=shape.opacity if shape.opacity < 1 else None,
        edgecolor=shape.outline or "none",
        linewidth=shape.width if shape.outline else 0.0,
        zorder=order,
    )
