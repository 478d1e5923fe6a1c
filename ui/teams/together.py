"""All areas of all teams: one figure, the dimensions, and what the figures do not say."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from ui.painting.rows import RIGHT, draw_shortened, sized
from ui.painting.squares import SQUARE, paint_square
from ui.teams.teams_shown import ORGANISATION, Scope, counted_teams
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_frame, make_label
from ui.widgets.controls import set_heading
from ui.widgets.themed import ThemedWidget

_ROW = 23


class DimensionMeans(ThemedWidget):
    """A line per dimension: mark, name, mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        TYPE.changed.connect(self.updateGeometry)

    def fill(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show these names and means."""
        self.rows = rows
        self.setAccessibleName(", ".join(f"{name} {mean}" for name, mean in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(_ROW) * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain, bold = self.font(), sized(self.font(), weight=QFont.Weight.DemiBold)
        side = scaled(SQUARE)
        for place, (name, mean) in enumerate(self.rows):
            box = QRect(0, place * scaled(_ROW), self.width(), scaled(_ROW))
            corner = QPointF(0, box.center().y() - side / 2 + 0.5)
            square = QRectF(corner.x(), corner.y(), side, side)
            paint_square(painter, square, self.theme.dimension_mark(place))
            painter.setPen(QColor(self.theme.text))
            painter.setFont(bold)
            painter.drawText(box, RIGHT, mean)
            used = painter.fontMetrics().horizontalAdvance(mean) + scaled(6)
            painter.setFont(plain)
            draw_shortened(painter, box.adjusted(scaled(16), 0, -used, 0), name)


class Together(QWidget):
    """The figure with its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = make_label("heading", wrap=True)
        self.figure = make_label("figure")
        self._meaning = make_label("secondary", wrap=True)
        self.dimensions = DimensionMeans()
        self._rule = make_frame("rule")
        self.sentences = tuple(make_label("secondary", wrap=True) for _ in range(4))
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.figure)
        beside.addWidget(self._meaning, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addLayout(beside)
        layout.addSpacing(4)
        layout.addWidget(self.dimensions)
        layout.addSpacing(6)
        layout.addWidget(self._rule)
        layout.addSpacing(4)
        for sentence in self.sentences:
            layout.addWidget(sentence)
        layout.addStretch(1)

    def fill(self, scope: Scope, tr: Translator) -> None:
        """Show what the teams come to together."""
        overall, language = scope.overall, tr.language
        heading = tr.gettext("All areas of all teams")
        if scope.unit_id != ORGANISATION:
            heading = tr.gettext("All areas in {unit}", unit=scope.board.names[scope.unit_id])
        set_heading(self._heading, heading)
        self.figure.setText(tr.number(overall.mean, MEAN_PLACES))
        self._meaning.setText(
            tr.ngettext(
                "average of {n} area in {teams}, weight 1",
                "average of {n} areas in {teams}, weight 1 each",
                overall.areas,
                teams=counted_teams(overall.teams, tr),
            )
        )
        names = {each.id: each.name.line_in(language) for each in scope.group.model.dimensions}
        self.dimensions.fill(
            tuple((names[id_], tr.number(mean, MEAN_PLACES)) for id_, mean in scope.dimensions)
        )
        for label, words in zip(self.sentences, _sentences(scope, tr), strict=True):
            label.setText(words)
            label.setVisible(bool(words))

    def forget(self) -> None:
        """Name no unit and show no figure."""
        set_heading(self._heading, "")
        for label in (self.figure, self._meaning, *self.sentences):
            label.setText("")
        self.dimensions.fill(())


def _sentences(scope: Scope, tr: Translator) -> tuple[str, ...]:
    """Sentences on how it is counted, what is not compared, and what does not count."""
    counted = tr.gettext(
        "Counted from the areas themselves, never averages of averages. In alphabetical order:"
        " a level says what a team needs, not how good it is."
    )
    differ = ""
    if scope.group.scopes_differ:
        differ = tr.gettext(
            "Their scopes differ, so they stand side by side: no differences of totals."
        )
    reworded = unreadable = ""
    if scope.left_out:
        reworded = tr.ngettext(
            "{n} level does not count: its area is worded differently in another version of the"
            " model.",
            "{n} levels do not count: their areas are worded differently in another version of the"
            " model.",
            scope.left_out,
        )
    if scope.board.client.unreadable:
        unreadable = tr.ngettext(
            "{n} session could not be read and does not count. Check the library in the File menu.",
            "{n} sessions could not be read and do not count. Check the library in the File menu.",
            scope.board.client.unreadable,
        )
    return counted, differ, reworded, unreadable
