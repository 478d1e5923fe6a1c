"""Side panel: live profile, figures and open points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.figures.open_points import OpenPoint as Kind
from app.figures.open_points import open_areas
from app.figures.scoring import Profile
from app.session.session import Session
from app.words.averages import average_in_words
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.marks import Mark, paint_mark
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import discard, make_frame, make_label
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.flow_layout import FlowLayout, scroll_around
from ui.widgets.radar_placeholder import RadarPlaceholder
from ui.widgets.themed import ThemedWidget

NAMED_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something to settle: a sentence, the area it leads to, and its mark."""

    sentence: str
    area_id: str
    mark: Mark


def open_points(session: Session, figures: Profile, tr: Translator) -> list[OpenPoint]:
    """Open points, most urgent first; each links to the first area concerned."""
    points: list[OpenPoint] = []
    found = open_areas(session, figures)
    for number, kind in enumerate((Kind.UNSCORED, Kind.GUESS, Kind.BARE)):
        if found[kind]:
            points.append(_counted(number, found[kind], tr))
    above = [area for area in figures.areas if area.area_id in found[Kind.ABOVE_TARGET]]
    for area in above[:NAMED_AT_MOST]:
        sentence = tr.gettext(
            "{area}: level {level} is above the target {target}",
            area=session.label_of(area.area_id),
            level=tr.number(area.level),
            target=area.target,
        )
        points.append(OpenPoint(sentence, area.area_id, "above"))
    if len(above) > NAMED_AT_MOST:
        rest = above[NAMED_AT_MOST:]
        sentence = tr.ngettext(
            "{n} more area above its target", "{n} more areas above their target", len(rest)
        )
        points.append(OpenPoint(sentence, rest[0].area_id, "above"))
    return points


def _counted(number: int, area_ids: Sequence[str], tr: Translator) -> OpenPoint:
    n = len(area_ids)
    marks: tuple[Mark, ...] = ("open", "guess", "bare")
    sentences = (
        tr.ngettext("{n} area still open", "{n} areas still open", n),
        tr.ngettext("{n} level is a guess", "{n} levels are guesses", n),
        tr.ngettext(
            "{n} level without reason or evidence", "{n} levels without reason or evidence", n
        ),
    )
    return OpenPoint(sentences[number], area_ids[0], marks[number])


class LegendEntry(ThemedWidget):
    """A mark and its word."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._text = make_label("secondary")
        layout = QHBoxLayout(self)
        self._row = layout
        layout.addWidget(self._text)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._row.setContentsMargins(scaled(18), 0, scaled(12), 0)

    def set_text(self, text: str) -> None:
        """Set the label of the marker."""
        self._text.setText(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QPointF(scaled(6), self.height() // 2 - 1), self._mark, self.theme)


class SideProfile(QFrame):
    """Radar by dimension, overall mean, and a list of open points."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)
    #: Other points are listed than before.
    points_made = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setObjectName("profile-column")
        self._points: list[OpenPoint] | None = None
        self._theme = LIGHT
        self._build()

    def _build(self) -> None:
        self._profile_heading = make_label("heading")
        self._placeholder = RadarPlaceholder()
        self._radar: QWidget = self._placeholder
        self._radar_room = QVBoxLayout()
        self._radar_room.setContentsMargins(0, 0, 0, 0)
        self._radar_room.addWidget(self._radar)
        marks: tuple[Mark, ...] = ("today_flag", "target_flag", "earlier_flag")
        self._legend = [LegendEntry(mark) for mark in marks]
        legend = FlowLayout()
        for entry in self._legend:
            legend.addWidget(entry)
        self._points_heading = make_label("heading")
        words = QVBoxLayout()
        words.setContentsMargins(12, 0, 12, 0)
        words.setSpacing(8)
        words.addLayout(legend)
        words.addLayout(self._figures())
        words.addWidget(make_frame("rule"))
        words.addWidget(self._points_heading)
        words.addWidget(self._points_area(), 1)
        # The radar needs the width for its labels: its margin is narrower than that of words.
        self._profile_heading.setContentsMargins(12, 0, 12, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 16, 4, 8)
        layout.setSpacing(8)
        layout.addWidget(self._profile_heading)
        layout.addLayout(self._radar_room)
        layout.addLayout(words, 1)

    def _figures(self) -> QHBoxLayout:
        self._mean = make_label("figure")
        self._mean.setObjectName("overall-mean")
        self._meaning = make_label("secondary", wrap=True)
        self._meaning.setObjectName("overall-meaning")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._mean)
        row.addWidget(self._meaning, 1)
        return row

    def _points_area(self) -> QScrollArea:
        inside = QWidget()
        self._points_box = QVBoxLayout(inside)
        self._points_box.setContentsMargins(0, 0, 0, 0)
        self._points_box.setSpacing(2)
        self._points_box.addStretch(1)
        return scroll_around(inside)

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self, tr: Translator) -> None:
        """Set the texts that do not depend on the session."""
        set_heading(self._profile_heading, tr.gettext("Profile"))
        set_heading(self._points_heading, tr.gettext("To settle"))
        self._legend[0].set_text(tr.gettext("Current"))
        self._legend[1].set_text(tr.gettext("Target"))
        self._points = None

    def fill(
        self, session: Session, figures: Profile, earlier: Session | None, tr: Translator
    ) -> None:
        """Show the figures and the open points."""
        overall = figures.overall
        self._mean.setVisible(overall.mean is not None)
        self._mean.setText(tr.number(overall.mean, MEAN_PLACES))
        if overall.scored:
            average = average_in_words(figures, tr)
            lowest = tr.gettext("lowest {level}", level=tr.number(overall.floor))
            self._meaning.setText(f"{average}\n{lowest}")
        else:
            self._meaning.setText(tr.gettext("Nothing is scored yet."))
        self._legend[2].setVisible(earlier is not None)
        if earlier is not None:
            self._legend[2].set_text(tr.month(earlier.date))
        self._fill_points(open_points(session, figures, tr), tr)

    def points(self) -> list[PointButton]:
        """The open points, from top to bottom."""
        items = (self._points_box.itemAt(row) for row in range(self._points_box.count()))
        found = (item.widget() for item in items if item is not None)
        return [point for point in found if isinstance(point, PointButton)]

    def set_radar(self, make: Callable[[QWidget], QWidget]) -> None:
        """Put the radar where its placeholder was."""
        if self._radar is not self._placeholder:
            return
        radar = make(self)
        self._radar_room.replaceWidget(self._placeholder, radar)
        radar.setFixedHeight(self._placeholder.height())
        self._placeholder.hide()
        self._radar = radar
        radar.show()

    def set_radar_height(self, height: int) -> None:
        """Give the radar this much room."""
        self._radar.setFixedHeight(height)
        self._placeholder.setFixedHeight(height)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._theme = theme
        self._points = None
        self._placeholder.apply_theme(theme)
        for entry in self._legend:
            entry.apply_theme(theme)

    def _fill_points(self, points: list[OpenPoint], tr: Translator) -> None:
        if points == self._points:
            return
        self._points = points
        while self._points_box.count() > 1:
            item = self._points_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                discard(widget)
        rows: list[QWidget] = [self._row(point) for point in points]
        if not rows:
            rows.append(self._muted_label(tr.gettext("Nothing open: every level has a reason.")))
        for position, row in enumerate(rows):
            self._points_box.insertWidget(position, row)
        self.points_made.emit()

    def _row(self, point: OpenPoint) -> QWidget:
        row = PointButton(point, self._theme)
        row.clicked.connect(lambda: self.area_chosen.emit(point.area_id))
        return row

    @staticmethod
    def _muted_label(sentence: str) -> QLabel:
        label = make_label("secondary", wrap=True)
        label.setText(sentence)
        return label


class PointButton(PressButton):
    """An open point on as many lines as it needs; pressing it goes to the area."""

    def __init__(self, point: OpenPoint, theme: Palette, parent: QWidget | None = None) -> None:
        super().__init__(f"point-{point.mark}-{point.area_id}", "link", parent)
        self.setAccessibleName(point.sentence)
        self._mark = point.mark
        self._theme = theme
        self._label = make_label(wrap=True)
        self._label.setText(point.sentence)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(22), 4, 4, 4)
        layout.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(scaled(28), self._label.heightForWidth(width - scaled(22) - 4) + 8)

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then the mark: ○ open, ? guess, ▲ above the target, – no reason."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QPointF(scaled(11), scaled(14)), self._mark, self._theme)
