"""Profiles and spread as a picture and as a table, for the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.words.formula_guard import guarded_cells
from app.words.texts import Translator
from exports.palette import PAPER
from ui.painting.marks import paint_mark
from ui.painting.rows import LEFT, RIGHT, sized
from ui.painting.squares import SQUARE, paint_square
from ui.teams.profile_list import COMPACT, LARGE, TeamProfiles, paint_team_profile
from ui.teams.spread_list import ROW_HEIGHT, SpreadPainter, SpreadRow
from ui.teams.teams_shown import Scope, counted_teams
from ui.type_scale import scaled

_WIDTH, _MARGIN, _HEADING, _SCALE = 960, 16, 28, 20
_SHARPNESS = 2
_MOST_PROFILES = 60
"""Of more teams the spread alone is in the picture."""


def teams_mime_data(
    scope: Scope, profiles: TeamProfiles, rows: tuple[SpreadRow, ...], font: QFont, tr: Translator
) -> QMimeData:
    """The chart in the formats other programs understand."""
    mime = QMimeData()
    mime.setImageData(_Picture(scope, profiles, rows, font, tr).image())
    mime.setText(guarded_cells(_table(scope, rows, tr)))
    return mime


def _table(scope: Scope, rows: tuple[SpreadRow, ...], tr: Translator) -> str:
    """A line per area in the order of the chart, with the level of each team."""
    teams = scope.group.teams
    lines = [[tr.gettext("Area"), *(scope.board.names[team.id] for team in teams)]]
    for row in rows:
        levels = (team.levels.get(row.area_id) for team in teams)
        lines.append([row.label, *("" if each is None else tr.number(each) for each in levels)])
    return "\n".join("\t".join(line) for line in lines)


class _Picture:
    """Heading, legend, profiles in a grid, and the spread of every area."""

    def __init__(
        self,
        scope: Scope,
        profiles: TeamProfiles,
        rows: tuple[SpreadRow, ...],
        font: QFont,
        tr: Translator,
    ) -> None:
        self._scope, self._rows, self._font, self._tr = scope, rows, font, tr
        self._profiles = profiles if len(profiles) <= _MOST_PROFILES else ()
        self._width = scaled(_WIDTH)
        room = self._width - 2 * scaled(_MARGIN)
        self._is_large = len(self._profiles) <= room // scaled(LARGE[0])
        least, height = LARGE if self._is_large else COMPACT
        self._columns = max(1, room // scaled(least))
        self._cell = (room // self._columns, scaled(height))
        self._spread = SpreadPainter()
        self._spread.theme = PAPER
        if len(scope.group.teams) > 1:
            self._spread.set_scope(scope, "")
            self._spread.take(rows, font, tr.gettext("spread"))
        else:
            self._rows = ()

    def image(self) -> QImage:
        """The picture, twice as sharp as the screen."""
        lines = -(-len(self._profiles) // self._columns)
        height = 2 * scaled(_MARGIN) + 2 * scaled(_HEADING) + lines * self._cell[1]
        if self._rows:
            height += scaled(_HEADING) + scaled(_SCALE) + len(self._rows) * scaled(ROW_HEIGHT)
        image = QImage(
            self._width * _SHARPNESS, height * _SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(_SHARPNESS)
        image.fill(QColor(PAPER.surface))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        top = self._paint_head(painter, scaled(_MARGIN))
        top = self._paint_profiles(painter, top)
        if self._rows:
            self._paint_spread(painter, top)
        painter.end()
        return image

    def _paint_head(self, painter: QPainter, top: int) -> int:
        scope, tr, margin = self._scope, self._tr, scaled(_MARGIN)
        box = QRect(margin, top, self._width - 2 * margin, scaled(_HEADING))
        parts = (
            scope.board.names[scope.unit_id],
            scope.group.model.name.line_in(tr.language),
            counted_teams(len(scope.group.teams), tr),
        )
        painter.setPen(QColor(PAPER.text))
        painter.setFont(sized(self._font, 15, QFont.Weight.DemiBold))
        painter.drawText(box, LEFT, " · ".join(filter(None, parts)))
        below = box.translated(0, scaled(_HEADING))
        painter.setFont(sized(self._font, 12))
        x = below.left()
        for mark, words in (
            ("today", tr.gettext("team")),
            ("earlier", tr.gettext("all areas of all teams")),
        ):
            paint_mark(painter, QPointF(x + scaled(10), below.center().y()), mark, PAPER)  # type: ignore[arg-type]
            painter.setPen(QColor(PAPER.text))
            x += scaled(26)
            painter.drawText(QRect(x, below.top(), below.width(), below.height()), LEFT, words)
            x += painter.fontMetrics().horizontalAdvance(words) + scaled(18)
        painter.setPen(QColor(PAPER.secondary))
        painter.drawText(below, RIGHT, tr.gettext("Latest session of each team"))
        painter.setFont(self._font)
        return below.bottom()

    def _paint_profiles(self, painter: QPainter, top: int) -> int:
        width, height = self._cell
        for number, row in enumerate(self._profiles):
            line, column = divmod(number, self._columns)
            box = QRect(scaled(_MARGIN) + column * width, top + line * height, width, height)
            paint_team_profile(painter, box, row, PAPER, is_large=self._is_large)
        return top + -(-len(self._profiles) // self._columns) * height

    def _paint_spread(self, painter: QPainter, top: int) -> None:
        tr, margin, row_height = self._tr, scaled(_MARGIN), scaled(ROW_HEIGHT)
        box = QRect(margin, top, self._width - 2 * margin, scaled(_HEADING))
        painter.setFont(sized(self._font, 13, QFont.Weight.DemiBold))
        painter.setPen(QColor(PAPER.text))
        painter.drawText(box, LEFT, tr.gettext("Spread between teams, widest first"))
        scale = QRect(box.left(), box.bottom(), box.width(), scaled(_SCALE))
        self._spread.paint_scale(painter, scale, tr.gettext("Area"), tr.gettext("spread"))
        side = scaled(SQUARE)
        for number, row in enumerate(self._rows):
            y = scale.bottom() + number * row_height
            where = QRect(box.left(), y, box.width(), row_height)
            square = QRectF(where.left() + 4, where.center().y() - side / 2, side, side)
            paint_square(painter, square, PAPER.dimension_mark(row.dimension))
            painter.setFont(self._font)
            painter.setPen(Qt.PenStyle.NoPen)
            self._spread.paint(painter, where, row)
