"""Areas that fell, rose or are open again since the session before, as lists in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.comparison.comparison import AreaOverTime, Comparison
from app.comparison.relations import counts
from app.words.comparison import are_of_one_unit, area_name
from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.rows import RIGHT, draw_shortened, sized
from ui.results.area_rows import AreaList, Row, RowDelegate
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import lay_out_card, make_label
from ui.widgets.controls import PressButton, set_heading

ROW_HEIGHT = 25
_CLOSEST = 24
MOST_ROWS = 8
"""Of more areas the first ones are listed, and the table has the rest."""


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One area and how its level moved."""

    area_id: str
    label: str
    way: str
    dimension: int
    sentence: str


@dataclass(frozen=True, slots=True)
class MovedList:
    """A heading with the number of its areas, or the words that there is none, and their rows."""

    name: str
    heading: str
    rows: tuple[MovedRow, ...]


def moved_lists(compared: Comparison, language: str, tr: Translator) -> tuple[MovedList, ...]:
    """Areas that fell, rose or are open again; falls and rises only where the grade allows them."""
    is_one_unit = are_of_one_unit(compared.sessions[-2:])
    lists: list[tuple[str, str, Sequence[AreaOverTime]]] = []
    if compared.allows_differences:
        fell = tr.gettext("Fallen") if is_one_unit else tr.gettext("Lower")
        rose = tr.gettext("Risen") if is_one_unit else tr.gettext("Higher")
        lists = [("fallen", fell, compared.fallen), ("risen", rose, compared.risen)]
    if is_one_unit:
        lists.append(("newly-open", tr.gettext("Newly open"), compared.newly_open))
    return tuple(
        MovedList(name, _counted(heading, areas, tr), _rows(compared, areas, language, tr))
        for name, heading, areas in lists
    )


def _counted(heading: str, areas: Sequence[AreaOverTime], tr: Translator) -> str:
    count = str(len(areas)) if areas else tr.gettext("none")
    return f"{heading}: {count}"


def _rows(
    compared: Comparison, areas: Sequence[AreaOverTime], language: str, tr: Translator
) -> tuple[MovedRow, ...]:
    places = {each.id: place for place, each in enumerate(compared.latest.model.dimensions)}
    rows = []
    for area in areas:
        label = area_name(area.area_id, compared.sessions, language)
        levels = [each.level if counts(each) else None for each in area.ratings if each]
        before = next((each for each in reversed(levels[:-1]) if each is not None), None)
        today = levels[-1]
        if not are_of_one_unit(compared.sessions[-2:]):
            way = f"{tr.number(before)} | {tr.number(today)}"
            now = tr.number(today)
        elif today is None:
            way = tr.gettext("was {level}", level=tr.number(before))
            now = tr.gettext("not scored")
        else:
            way, now = f"{tr.number(before)} → {tr.number(today)}", tr.number(today)
        sentence = tr.gettext(
            "{area}: from {before} to {now}", area=label, before=tr.number(before), now=now
        )
        place = places.get(area.dimension_id, -1)
        rows.append(MovedRow(area.area_id, label, way, place, sentence))
    return tuple(rows)


class _MovedDelegate(RowDelegate):
    """Paints mark, area, and both levels."""

    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT, _CLOSEST)

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if not isinstance(row, MovedRow):
            return
        if row.dimension >= 0:
            self.paint_mark(painter, rect.left() + 4, rect.center().y(), row.dimension)
        painter.setPen(QColor(self.theme.text))
        plain = painter.font()
        painter.setFont(sized(plain, weight=QFont.Weight.DemiBold))
        inside = rect.adjusted(scaled(20), 0, -6, 0)
        way = painter.fontMetrics().horizontalAdvance(row.way) + scaled(12)
        painter.drawText(inside, RIGHT, row.way)
        painter.setFont(plain)
        draw_shortened(painter, inside.adjusted(0, 0, -way, 0), row.label)


class _Section(QWidget):
    """A heading, its rows or a few words, and a way to the rest."""

    area_chosen = Signal(str)
    all_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._heading = make_label("strong")
        self._delegate = _MovedDelegate()
        self.list = AreaList(f"{name}-list", self._delegate)
        self._more = PressButton(f"more-{name}", "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self._heading, self.list, self._more):
            layout.addWidget(widget)
        self.rows: tuple[MovedRow, ...] = ()
        self.list.area_chosen.connect(self.area_chosen)
        self._more.clicked.connect(self.all_wanted)
        TYPE.changed.connect(self._fit)

    def fill(self, moved: MovedList, theme: Palette, tr: Translator) -> None:
        self.rows = moved.rows
        self._heading.setText(moved.heading)
        shown = moved.rows if len(moved.rows) <= MOST_ROWS + 1 else moved.rows[:MOST_ROWS]
        self.list.setVisible(bool(shown))
        self.list.setAccessibleName(moved.heading)
        self.list.show_rows(shown)
        self.list.apply_theme(theme)
        left = len(moved.rows) - len(shown)
        self._more.setVisible(left > 0)
        if left:
            self._more.set_text(tr.ngettext("{n} more in the table", "{n} more in the table", left))
        self._fit()

    def _fit(self) -> None:
        count = self.list.model().rowCount()
        self.list.setFixedHeight(max(1, count * scaled(ROW_HEIGHT)))


class ChangesCard(QFrame):
    """The card with a section for each list."""

    area_chosen = Signal(str)
    #: The order in which the table shows all of a list.
    order_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changes-card")
        self._heading = make_label("heading")
        self._average = make_label(wrap=True)
        self._average.setObjectName("average-moved")
        inside = lay_out_card(self)
        inside.addWidget(self._heading)
        inside.addWidget(self._average)
        self.sections = {name: _Section(name) for name in ("fallen", "risen", "newly-open")}
        for name, section in self.sections.items():
            section.area_chosen.connect(self.area_chosen)
            section.all_wanted.connect(lambda name=name: self.order_wanted.emit(name))
            inside.addWidget(section)

    def fill(
        self,
        heading: str,
        average: str,
        lists: Sequence[MovedList],
        theme: Palette,
        tr: Translator,
    ) -> None:
        """Show these lists and no others; ``average`` is a sentence above them, or empty."""
        self.setVisible(bool(average or lists))
        set_heading(self._heading, heading)
        self._average.setText(average)
        self._average.setVisible(bool(average))
        by_name = {each.name: each for each in lists}
        for name, section in self.sections.items():
            section.setVisible(name in by_name)
            if name in by_name:
                section.fill(by_name[name], theme, tr)
