"""Card of the current area: texts of the levels, intermediate targets, prerequisites."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.planning.deriving import Need
from app.words.texts import Translator
from exports.palette import Palette
from ui.targets.level_chip import HEIGHT, LevelChip
from ui.targets.typed_field import TypedField
from ui.widgets.basics import (
    ColourMark,
    ElidedLabel,
    discard,
    lay_out_card,
    make_label,
    plain_tool_tip,
    set_role,
)
from ui.widgets.controls import PressButton


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level of the area: its position on the scale, its text, and what it is today."""

    level: int
    position: int
    text: str
    remark: str
    is_target: bool


class Way(StrEnum):
    """Ways to treat a prerequisite."""

    OVERRULE = "overrule"
    RESTORE = "restore"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class PrerequisiteLine:
    """A prerequisite of the area in words, and the way out of it or back.

    ``index`` is its place among the overruled or added ones that it is taken out of.
    """

    text: str
    way: Way
    words: str
    need: Need
    reason: str
    index: int = -1


@dataclass(frozen=True, slots=True)
class SelectedArea:
    """Everything on the card."""

    area_id: str
    name: str
    dimension: int
    levels: tuple[LevelLine, ...]
    level_count: int
    path: str
    prerequisites: tuple[PrerequisiteLine, ...]
    can_decide: bool


class SelectedCard(QFrame):
    """The target is a sentence, not a number: the levels from today's on with their texts."""

    #: The level that is to be the target.
    level_chosen = Signal(int)
    prerequisite_wanted = Signal()
    #: The way of this ``PrerequisiteLine`` is to be taken.
    way_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selected-card")
        self._lines: list[QWidget] = []
        self._shown: tuple[object, ...] = ()
        self.chips: list[LevelChip] = []
        self._texts: list[tuple[QLabel, QLabel]] = []
        layout = lay_out_card(self)
        layout.setSpacing(6)
        self._mark = ColourMark()
        self._name = ElidedLabel("lead-strong")
        self._name.setObjectName("selected-area")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._mark)
        top.addWidget(self._name, 1)
        self._levels = QGridLayout()
        self._levels.setHorizontalSpacing(8)
        self._levels.setVerticalSpacing(4)
        self._levels.setColumnStretch(1, 1)
        self._way_label = make_label("secondary")
        self.path = TypedField("target-path")
        self.path.setMinimumHeight(HEIGHT)
        self._way_label.setBuddy(self.path)
        way = QHBoxLayout()
        way.setSpacing(8)
        way.addWidget(self._way_label)
        way.addWidget(self.path, 1)
        self._needs = QVBoxLayout()
        self._needs.setSpacing(2)
        self.add = PressButton("add-prerequisite", "link")
        self.add.clicked.connect(self.prerequisite_wanted)
        top.addWidget(self.add)
        layout.addLayout(top)
        layout.addLayout(self._levels)
        layout.addLayout(way)
        layout.addLayout(self._needs)

    def retranslate(self, tr: Translator) -> None:
        """Set the texts that no area has."""
        self._way_label.setText(tr.gettext("On the way"))
        self.path.setAccessibleName(tr.gettext("Intermediate targets"))
        hint = tr.gettext("For example: 3 by Q1 2027, 4 by Q3 2027")
        self.path.setAccessibleDescription(hint)
        self.path.setPlaceholderText(tr.gettext("e.g. 3 by Q1 2027"))
        self.add.set_text(tr.gettext("Add prerequisite…"))

    def fill(self, area: SelectedArea, theme: Palette, tr: Translator) -> None:
        """Show an area."""
        self.path.show_text(area.area_id, area.path)
        shown = (area, theme, tr.language)
        if shown == self._shown:
            return
        self._shown = shown
        self._mark.set_colour(theme.dimension_mark(area.dimension))
        self._name.setText(area.name)
        self.path.apply_theme(theme)
        for widget in (self.path, self._way_label, self.add):
            widget.setVisible(area.can_decide)
        self._fill_levels(area, theme, tr)
        self._fill_prerequisites(area)

    def _fill_levels(self, area: SelectedArea, theme: Palette, tr: Translator) -> None:
        wanted = [line.level for line in area.levels]
        if wanted != [chip.level for chip in self.chips]:
            self._make_levels(area)
        for place, (line, chip) in enumerate(zip(area.levels, self.chips, strict=True)):
            chip.show_level(line.position, area.level_count, theme)
            spoken = tr.gettext("Target level {level}: {text}", level=line.level, text=line.text)
            parts = (spoken, line.remark)
            chip.setAccessibleName(", ".join(part for part in parts if part))
            chip.setEnabled(area.can_decide)
            text, remark = self._texts[place]
            set_role(text, "strong" if line.is_target else "")
            text.setText(line.text)
            remark.setText(line.remark)
            remark.setVisible(bool(line.remark))
            self._levels.removeWidget(text)  # without a remark it has the room of both
            columns = 1 if line.remark else 2
            self._levels.addWidget(text, place, 1, 1, columns, Qt.AlignmentFlag.AlignVCenter)

    def _make_levels(self, area: SelectedArea) -> None:
        for widget in (*self.chips, *chain.from_iterable(self._texts)):
            self._levels.removeWidget(widget)
            discard(widget)
        self.chips, self._texts = [], []
        top = Qt.AlignmentFlag.AlignTop
        for row, line in enumerate(area.levels):
            chip = LevelChip(f"target-to-{line.level}", line.level)
            chip.clicked.connect(
                lambda _checked=False, level=line.level: self.level_chosen.emit(level)
            )
            text, remark = make_label(wrap=True), make_label("secondary")
            self._levels.addWidget(chip, row, 0, top)
            self._levels.addWidget(remark, row, 2, top)
            self.chips.append(chip)
            self._texts.append((text, remark))

    def _fill_prerequisites(self, area: SelectedArea) -> None:
        for line in self._lines:
            self._needs.removeWidget(line)
            discard(line)
        self._lines = [self._line(each) for each in area.prerequisites]
        for line in self._lines:
            self._needs.addWidget(line)
            line.show()

    def _line(self, shown: PrerequisiteLine) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = make_label("secondary", wrap=True)
        words.setText(shown.text)
        row.addWidget(words, 1)
        area_id, level = shown.need.requires
        button = PressButton(f"{shown.way}-{shown.need.step[1]}-{area_id}-{level}", "link")
        button.set_text(shown.words, f"{shown.words} {shown.text}")
        button.setToolTip(plain_tool_tip(shown.reason))
        button.clicked.connect(lambda: self.way_wanted.emit(shown))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line
