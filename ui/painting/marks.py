"""Markers of legends, lists and charts, such as dots, dashes and triangles.

Each mark is a tuple of parts around its centre, in pixels with y downwards; colours are names of
fields of the palette.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from exports.palette import Palette
from ui.type_scale import scale

Mark = Literal[
    "today", "target", "earlier", "projected",
    "dot", "circle", "bar", "between", "apart",
    "unscored", "not_applicable", "number",
    "today_flag", "target_flag", "earlier_flag",
    "now", "scored", "open", "left_out",
    "above", "guess", "bare",
    "tick",
]  # fmt: skip
"""By row: lines of a radar; a dumbbell; axes of a radar; flags above level cards; areas of the
agenda; points to settle; what is decided."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dashes`` alternate between line and gap, in widths of the line."""

    colour: str
    width: float
    begin: tuple[float, float]
    end: tuple[float, float]
    dashes: tuple[float, ...] = ()
    flat: bool = False

    def paint(self, painter: QPainter, centre: QPointF, palette: Palette) -> None:
        """Paint it around a point."""
        pen = QPen(QColor(getattr(palette, self.colour)), self.width)
        if self.dashes:
            pen.setDashPattern(self.dashes)
        if self.flat:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(centre + QPointF(*self.begin), centre + QPointF(*self.end))


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle, or an open one where ``line`` is the width of its outline."""

    colour: str
    radius: float
    line: float = 0.0
    inside: str = ""

    def paint(self, painter: QPainter, centre: QPointF, palette: Palette) -> None:
        """Paint it around a point."""
        colour = QColor(getattr(palette, self.colour))
        if self.line:
            painter.setPen(QPen(colour, self.line))
            inside = QColor(getattr(palette, self.inside)) if self.inside else None
            painter.setBrush(Qt.BrushStyle.NoBrush if inside is None else inside)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        painter.drawEllipse(centre, self.radius, self.radius)


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon."""

    colour: str
    corners: tuple[tuple[float, float], ...]

    def paint(self, painter: QPainter, centre: QPointF, palette: Palette) -> None:
        """Paint it around a point."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(palette, self.colour)))
        painter.drawPolygon(QPolygonF([centre + QPointF(*corner) for corner in self.corners]))


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter or digit."""

    colour: str
    text: str
    pixels: int = 13

    def paint(self, painter: QPainter, centre: QPointF, palette: Palette) -> None:
        """Paint it around a point."""
        font = QFont(painter.font())
        font.setPixelSize(self.pixels)  # the painter is scaled already
        painter.setFont(font)
        painter.setPen(QColor(getattr(palette, self.colour)))
        box = QRectF(centre.x() - 9, centre.y() - 9, 18, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)


Part = Line | Disc | Shape | Sign

_CIRCLE = 4.5
MARKS: dict[Mark, tuple[Part, ...]] = {
    "today": (Line("current", 1.8, (-9, 0), (9, 0)), Disc("current", 2.8)),
    "target": (Line("target", 1.2, (-9, 0), (9, 0), (4, 2.5), flat=True),),
    "earlier": (Line("earlier", 1.2, (-9, 0), (9, 0)),),
    "projected": (
        Line("current", 1.4, (-9, 0), (9, 0)),
        Disc("current", 3.6, line=1.4, inside="surface"),
    ),
    "dot": (Disc("current", 5),),
    "circle": (Disc("secondary", _CIRCLE, line=1.3),),
    "bar": (Line("target", 2, (0, -6), (0, 6)),),
    "between": (Disc("earlier", 3),),
    "apart": (Shape("current", ((-4, -4), (4, -4), (4, 4), (-4, 4))),),
    "unscored": (Disc("secondary", 3, line=1.3),),
    "not_applicable": (
        Line("secondary", 1.2, (-3, -3), (3, 3)),
        Line("secondary", 1.2, (-3, 3), (3, -3)),
    ),
    "number": (Sign("secondary", "1", 11),),
    "today_flag": (Shape("accent", ((-6, -2), (6, -2), (6, 3), (-6, 3))),),
    "target_flag": (Line("target", 1.6, (-6, 0), (6, 0), (2.2, 1.4), flat=True),),
    "earlier_flag": (Line("earlier", 2, (-6, 0), (6, 0), flat=True),),
    "now": (Shape("accent", ((-3.5, -5), (5, 0), (-3.5, 5))),),
    "scored": (Disc("accent", _CIRCLE),),
    "open": (Disc("accent", 4, line=1.2),),
    "left_out": (Line("secondary", 1.6, (-4, 0), (4, 0)),),
    "above": (Shape("accent", ((-4, 3.5), (0, -3.5), (4, 3.5))),),
    "guess": (Sign("accent", "?"),),
    "bare": (Sign("accent", "–"),),
    "tick": (
        Line("accent", 1.8, (-4, 0), (-1.2, 3.2)),
        Line("accent", 1.8, (-1.2, 3.2), (4.2, -3.6)),
    ),
}


def paint_mark(painter: QPainter, centre: QPointF, mark: Mark, palette: Palette) -> None:
    """Paint a mark around a point; pen, brush and font of the painter stay."""
    for part in MARKS[mark]:
        paint_part(painter, centre, part, palette)


def paint_part(painter: QPainter, centre: QPointF, part: Part, palette: Palette) -> None:
    """Paint one part of a mark around a point, as large as the type is."""
    painter.save()
    painter.translate(centre)
    painter.scale(scale(), scale())
    part.paint(painter, QPointF(0, 0), palette)
    painter.restore()
