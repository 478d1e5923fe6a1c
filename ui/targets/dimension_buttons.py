"""Buttons in the row of a dimension: one target for all its areas, date and sponsor for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words.texts import Translator
from exports.palette import Palette
from ui.targets.level_chip import LevelChip
from ui.widgets.basics import make_label
from ui.widgets.controls import PressButton

MOST_CHIPS = 3
"""Lower levels are set by Shift and a digit."""


class DimensionButtons(QWidget):
    """Stands at the right of the row; reached by Tab where the current area is one of its own."""

    #: Id of the dimension and the target level for all its areas.
    level_chosen = Signal(str, int)
    #: Id of the dimension.
    details_wanted = Signal(str)

    def __init__(self, dimension_id: str, levels: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"dimension-{dimension_id}")
        self._all_to = make_label("secondary")
        first = max(0, len(levels) - MOST_CHIPS)
        self._count, self._first = len(levels), first
        self.chips = [
            LevelChip(f"all-to-{level}-{dimension_id}", level) for level in levels[first:]
        ]
        self.details = PressButton(f"details-{dimension_id}", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self._all_to)
        row.addSpacing(4)
        for chip in self.chips:
            row.addWidget(chip)
            chip.clicked.connect(
                lambda _checked=False, level=chip.level: self.level_chosen.emit(dimension_id, level)
            )
        row.addSpacing(8)
        row.addWidget(self.details)
        self.details.clicked.connect(lambda: self.details_wanted.emit(dimension_id))

    @property
    def buttons(self) -> tuple[PressButton, ...]:
        """All buttons, from left to right."""
        return (*self.chips, self.details)

    def fill(self, name: str, theme: Palette, tr: Translator) -> None:
        """Set texts and colours for a dimension of this name."""
        self._all_to.setText(tr.gettext("All to"))
        for place, chip in enumerate(self.chips, self._first):
            spoken = tr.gettext("{dimension}: all targets to {level}", dimension=name,
                                level=chip.level)  # fmt: skip
            chip.setAccessibleName(spoken)
            chip.setToolTip(spoken)
            chip.show_level(place, self._count, theme)
        self.details.set_text(
            tr.gettext("Date and sponsor…"),
            tr.gettext("{dimension}: date and sponsor for all areas…", dimension=name),
        )

    def let_tab_in(self, is_current: bool) -> None:
        """Let Tab reach the buttons of the current dimension only."""
        policy = Qt.FocusPolicy.TabFocus if is_current else Qt.FocusPolicy.NoFocus
        for button in self.buttons:
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)
