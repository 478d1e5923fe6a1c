"""Painting of the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from app.planning.problem import StepKey
from ui.board.card_painting import paint_head
from ui.painting.rows import draw_shortened, sized
from ui.timeline.curve_painting import LABEL, CurvePainter, paint_title
from ui.timeline.timeline_area import TimelineArea
from ui.timeline.timeline_layout import HEAD, LATER, PAD, path_of
from ui.timeline.timeline_model import Bar
from ui.timeline.timeline_painting import (
    paint_arrow,
    paint_bar_of_step,
    paint_day_line,
    paint_diamond,
    paint_names,
    paint_postponed,
)
from ui.type_scale import scaled

_RADIUS = 8
_DRAGGED = 0.8


class TimelineCanvas(TimelineArea):
    """Paints the timeline."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.timeline.columns:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for card in (self._upper(), self._lower())[: 2 if self._has_curve else 1]:
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.setBrush(QColor(self.theme.surface))
            painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        self._paint_stripes(painter)
        self._paint_lines(painter)
        self._paint_heads(painter)
        if self._has_curve:
            self._paint_curve(painter)
        self._paint_marks(painter)
        self._paint_steps(painter)

    def _paint_stripes(self, painter: QPainter) -> None:
        """The ground of every other quarter, in both cards alike."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.ground))
        below = self._curve_box().adjusted(0, -scaled(16), 0, 0)
        for area in (self._rows(), below) if self._has_curve else (self._rows(),):
            painter.setClipRect(area)
            for place in range(0, len(self.timeline.columns), 2):
                left = self._x(place)
                painter.drawRect(QRectF(left, area.top(), self.placed.column, area.height()))
        painter.setClipping(False)

    def _paint_heads(self, painter: QPainter) -> None:
        columns, upper = self._columns(), self._upper()
        painter.setClipRect(columns)
        for place, column in enumerate(self.timeline.columns):
            left = round(self._x(place)) + scaled(8)
            box = QRect(left, upper.top() + scaled(8), self.placed.column - scaled(24), HEAD)
            # The average stands in the curve below, and what is free in the spoken sentence.
            shown = replace(column, figure=column.figure or column.note, note="", average="")
            paint_head(painter, box, shown, self.theme)
        painter.setClipping(False)
        painter.setPen(QColor(self.theme.text))
        font = painter.font()
        painter.setFont(sized(font, 14, font.Weight.Bold))
        box = QRect(columns.right() + scaled(PAD) // 2, upper.top() + scaled(8),
                    scaled(LATER) - scaled(PAD), scaled(20))  # fmt: skip
        draw_shortened(painter, box, self._tr.gettext("Later"))
        painter.setFont(font)

    def _paint_lines(self, painter: QPainter) -> None:
        """Names of groups and areas, and a hair line above every group but the first."""
        rows, upper = self._rows(), self._upper()
        painter.setClipRect(QRect(upper.left(), rows.top(), upper.width(), rows.height()))
        selected = self.placed.line_of(self._key)
        for line in self.placed.rows:
            top = line.top + self._shift().y()
            if top + line.height < rows.top() or top > rows.bottom():
                continue
            if line.group is not None and line.top:
                painter.setPen(QPen(QColor(self.theme.line), 1))
                painter.drawLine(upper.left() + 1, top, upper.right() - 1, top)
            box = QRect(upper.left() + scaled(PAD), top, self._names() - 2 * scaled(PAD),
                        line.height)  # fmt: skip
            paint_names(painter, box, line, self.theme, is_selected=line is selected)
        painter.setClipping(False)

    def _paint_steps(self, painter: QPainter) -> None:
        rows, upper = self._rows(), self._upper()
        painter.setClipRect(rows)
        self._paint_arrows(painter)
        self._paint_those_in(painter, rows, self.placed.bars, self._shift())
        later = QRect(rows.right() + 1, rows.top(), upper.right() - rows.right(), rows.height())
        painter.setClipRect(later)
        self._paint_those_in(painter, later, self.placed.later, self._shift(later=True))
        painter.setClipping(False)
        if self.drag is not None and self._key is not None:
            shift = self.drag.at.x() - self.drag.begin.x()
            painter.setOpacity(_DRAGGED)
            self._paint_step(painter, self._key, self.selected_place().translated(shift, 0))
            painter.setOpacity(1)

    def _paint_those_in(
        self, painter: QPainter, room: QRect, places: Mapping[StepKey, QRect], shift: QPoint
    ) -> None:
        """Paint the steps that are seen in a part of the view."""
        seen = room.translated(-shift)
        for key, place in places.items():
            if place.intersects(seen):
                self._paint_step(painter, key, place.translated(shift))

    def _paint_step(self, painter: QPainter, key: StepKey, where: QRect) -> None:
        step, place = self.timeline.steps[key], self._places[key[0]]
        ring = 0.0
        if key == self._key:
            ring = 2.0 if self.hasFocus() else 1.5
        if isinstance(step, Bar):
            paint_bar_of_step(painter, where, step, place, self.theme, ring=ring)
        else:
            paint_postponed(painter, where, step, place, self.theme, ring=ring)

    def _paint_arrows(self, painter: QPainter) -> None:
        """Those of the selected step last and in the accent colour; the others on request."""
        shift = QPointF(self._shift())
        for is_own in (False, True):
            for lane, arrow in enumerate(self.timeline.arrows):
                if (self._key in (arrow.before, arrow.after)) is not is_own:
                    continue
                if is_own or self.shows_arrows:
                    corners = [corner + shift for corner in path_of(arrow, lane, self.placed)]
                    colour = self.theme.accent if is_own else self.theme.frame
                    paint_arrow(painter, corners, colour, width=1.8 if is_own else 1.1)

    # ---- the curve ---------------------------------------------------------------------------

    def _paint_curve(self, painter: QPainter) -> None:
        curve, lower, box = self.timeline.curve, self._lower(), self._curve_box()
        title = QRect(lower.left() + scaled(PAD), lower.top() + scaled(12),
                      self._names() - 2 * scaled(PAD), lower.height())  # fmt: skip
        paint_title(painter, title, curve, self._tr, self.theme)
        if not curve.points:
            return
        last = self._x(len(self.timeline.columns))
        grid = QRect(box.left(), box.top(), min(box.width(), round(last) - box.left()),
                     box.height())  # fmt: skip
        curves = CurvePainter(painter, curve, grid, self._x, self.theme)
        curves.paint_grid()
        beyond = scaled(8) if last <= box.right() + 1 else 0  # room for the last dot
        painter.setClipRect(QRect(box.left() - scaled(8), lower.top(),
                                  box.width() + scaled(8) + beyond, lower.height()))  # fmt: skip
        curves.paint_line()
        painter.setClipping(False)
        left = box.right() + scaled(PAD) // 2
        curves.paint_ends(QRect(left, box.top(), lower.right() - left, box.height()))

    def _paint_marks(self, painter: QPainter) -> None:
        """Milestones: a sign at the head, a dotted line through both cards, words at the bottom."""
        columns, rows, lower = self._columns(), self._rows(), self._lower()
        painter.setClipRect(columns.adjusted(-scaled(8), 0, scaled(8), 0))
        font = painter.font()
        painter.setFont(sized(font, 11))
        bottom = self._curve_box().bottom()
        for mark, (left, line) in zip(self.timeline.marks, self._label_lines(), strict=True):
            x = self._x(mark.at)
            paint_day_line(painter, x, rows.top(), rows.bottom(), self.theme)
            paint_diamond(painter, QPointF(x, rows.top() - scaled(1)), self.theme)
            if not self._has_curve:
                continue  # its words are a tool tip
            paint_day_line(painter, x, lower.top() + 1, bottom, self.theme)
            top = bottom + scaled(6) + line * scaled(LABEL)
            paint_diamond(painter, QPointF(left + scaled(5), top + scaled(LABEL) / 2), self.theme)
            words = QRect(round(left) + scaled(14), top,
                          max(0, columns.right() - round(left) - scaled(14)),
                          scaled(LABEL))  # fmt: skip
            painter.setPen(QColor(self.theme.text))
            draw_shortened(painter, words, mark.text)
        painter.setFont(font)
        painter.setClipping(False)
