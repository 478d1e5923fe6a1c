"""Small radars: the profile in the list of sessions, and a radar as an icon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from exports.palette import Palette
from exports.radar.geometry import FEWEST_AXES, Point, RadarGeometry, ring_share

_BAR, _BAR_SPACE = 16.0, 4.0


def radar_in(box: QRectF, count: int, margin: float = 0) -> RadarGeometry:
    """The largest radar in a box, ``margin`` from its edges."""
    radius = min(box.width(), box.height()) / 2 - margin
    return RadarGeometry(box.center().x(), box.center().y(), radius, count, up=-1)


def bars_in(box: QRectF, count: int) -> list[QRectF]:
    """Upright bars in the middle of a box: where a radar would have no area."""
    if not count:
        return []
    width = min(_BAR, box.width() / count - _BAR_SPACE)
    step = width + _BAR_SPACE
    left = box.center().x() - step * count / 2 + _BAR_SPACE / 2
    return [
        QRectF(left + place * step, box.top() + 2, width, box.height() - 4)
        for place in range(count)
    ]


def paint_ring(painter: QPainter, radar: RadarGeometry, share: float, pen: QPen) -> None:
    """Paint one ring of a radar."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_polygon(radar.ring(share)))


def paint_profile(
    painter: QPainter,
    radar: RadarGeometry,
    shares: Sequence[float | None],
    palette: Palette,
    *,
    line: float,
) -> list[QPointF]:
    """Paint a filled profile; returns its corners. An axis without a share has none."""
    corners = [
        QPointF(*radar.point(place, share))
        for place, share in enumerate(shares)
        if share is not None
    ]
    filling = QColor(palette.current_fill)
    filling.setAlphaF(palette.fill_alpha)
    painter.setBrush(filling)
    painter.setPen(QPen(QColor(palette.current), line))
    if len(corners) >= FEWEST_AXES:
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.drawPolyline(QPolygonF(corners))
    return corners


def paint_mini_profile(
    painter: QPainter,
    box: QRectF,
    shares: Sequence[float | None],
    palette: Palette,
    earlier: Sequence[float | None] = (),
) -> None:
    """Paint a profile in a small box: a radar, or bars for one or two axes.

    ``shares`` run from 0 (centre) to 1 (highest level). An axis without one has no corner; it
    never looks like the lowest level. ``earlier`` is a thin line below a radar.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPen(QColor(palette.frame), 1)
    if len(shares) >= FEWEST_AXES:
        radar = radar_in(box, len(shares), margin=2)
        paint_ring(painter, radar, 1, outline)
        _paint_earlier(painter, radar, earlier, palette)
        corners = paint_profile(painter, radar, shares, palette, line=1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.current))
        for corner in corners:
            painter.drawEllipse(corner, 1.8, 1.8)
    else:
        for bar, share in zip(bars_in(box, len(shares)), shares, strict=True):
            painter.setPen(outline)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar)
            bar.setTop(bar.bottom() - bar.height() * (share or 0))
            painter.fillRect(bar, QColor(palette.current))
    painter.restore()


def ring_shares(means: Iterable[Fraction | None], lowest: int, highest: int) -> list[float | None]:
    """Distances of means from the centre of a radar, 0 to 1; ``None`` for one that is missing."""
    return [None if mean is None else ring_share(mean, lowest, highest) for mean in means]


def _paint_earlier(
    painter: QPainter, radar: RadarGeometry, shares: Sequence[float | None], palette: Palette
) -> None:
    corners = [
        QPointF(*radar.point(place, share))
        for place, share in enumerate(shares)
        if share is not None
    ]
    painter.setPen(QPen(QColor(palette.earlier), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(corners))


def paint_no_profile(painter: QPainter, box: QRectF, palette: Palette, axes: int = 5) -> None:
    """Paint the dashed outline of a small radar of which nothing is known yet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(palette.frame), 1)
    pen.setDashPattern([3, 3])
    paint_ring(painter, radar_in(box, axes, margin=2), 1, pen)
    painter.restore()


def _polygon(points: Sequence[Point]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
