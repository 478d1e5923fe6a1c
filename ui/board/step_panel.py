"""Side panel of the board: reasons for the place of a step, and all its details."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from exports.palette import Palette
from ui.board.board_layout import broken_lines
from ui.board.panel_model import Fact, Panel
from ui.type_scale import scaled
from ui.widgets.basics import ColourMark, discard, make_frame, make_label
from ui.widgets.controls import PressButton, keep_keys, set_heading
from ui.widgets.flow_layout import FlowLayout, scroll_around

_WIDTH, _NARROWEST, _SHARE = 316, 230, 0.225
_BOX, _MOST_LINES = 34, 8


class ActionBox(QCheckBox):
    """One action with a box to tick once it is done; its words are broken to the width."""

    def __init__(self, action_id: str, words: str, language: str) -> None:
        super().__init__()
        self.setObjectName(f"action-{action_id}")
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words, self._language = words, language
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(scaled(80), self.width() - scaled(_BOX))
        lines = broken_lines(
            self._words, room, QFontMetrics(self.font()), self._language, _MOST_LINES
        )
        text = "\n".join(lines).replace("&", "&&")
        if text != self.text():
            self.setText(text)
            self.setToolTip(self._words if lines and lines[-1].endswith("…") else "")


class StepPanel(QFrame):
    """Filled for the selected step; its buttons only say what is wanted."""

    #: Move by so many quarters and pin.
    move_wanted = Signal(int)
    pin_wanted = Signal()
    edit_wanted = Signal()
    own_action_wanted = Signal()
    why_wanted = Signal()
    #: An action was ticked or unticked: its id, and if it is done.
    action_ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step-panel")
        self.setProperty("role", "card")
        self._shown: Panel | None = None
        self._boxes: list[ActionBox] = []
        self._build()
        self.fit(0)

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, scaled(6), 0)
        self._column.setSpacing(6)
        self._build_head()
        self._build_why()
        self._links_rule = make_frame("rule")
        self._column.addWidget(self._links_rule)
        self._links = _Facts()
        self._column.addWidget(self._links)
        self._column.addWidget(make_frame("rule"))
        self._build_actions()
        self._column.addWidget(make_frame("rule"))
        self._facts = _Facts()
        self._column.addWidget(self._facts)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 12, 8, 10)
        outer.addWidget(scroll_around(inside), 1)
        outer.addLayout(self._build_buttons())

    def _build_head(self) -> None:
        self._mark = ColourMark()
        self._place = make_label("secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._place, 1)
        self._title = make_label("lead-strong", wrap=True)
        self._title.setObjectName("step-title")
        self._goal = make_label("", wrap=True)
        self._column.addLayout(row)
        self._column.addWidget(self._title)
        self._column.addWidget(self._goal)
        self._column.addWidget(make_frame("rule"))

    def _build_why(self) -> None:
        self._why_heading = make_label("heading")
        self.why_button = PressButton("why-earlier", "link")
        row = QHBoxLayout()
        row.addWidget(self._why_heading)
        row.addStretch(1)
        self._why_key = make_label("key")
        row.addWidget(self._why_key)
        self._why = make_label("", wrap=True)
        self._why.setObjectName("why-here")
        self._earlier = make_label("", wrap=True)
        self._earlier.setObjectName("why-not-earlier")
        self._column.addLayout(row)
        self._column.addWidget(self._why)
        self._column.addWidget(self._earlier)
        self._column.addWidget(self.why_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.offer = PressButton("better-plan", "link")
        self.offer.hide()
        self._column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_actions(self) -> None:
        self._do_heading = make_label("heading")
        self._actions = QVBoxLayout()
        self._actions.setSpacing(0)
        self.own_action = PressButton("own-action", "link")
        self._column.addWidget(self._do_heading)
        self._column.addLayout(self._actions)
        self._column.addWidget(self.own_action, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_buttons(self) -> FlowLayout:
        self.earlier = PressButton("move-earlier", "compact")
        self.later = PressButton("move-later", "compact")
        self.pin = PressButton("pin-step", "compact")
        self.edit = PressButton("edit-step", "compact")
        row = FlowLayout(spacing=4)
        for button in (self.earlier, self.later, self.pin, self.edit):
            row.addWidget(button)
        self.earlier.clicked.connect(lambda: self.move_wanted.emit(-1))
        self.later.clicked.connect(lambda: self.move_wanted.emit(1))
        self.pin.clicked.connect(self.pin_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.own_action.clicked.connect(self.own_action_wanted)
        self.why_button.clicked.connect(self.why_wanted)
        return row

    def fit(self, room: int) -> None:
        """Take a share of the width that board and panel have, as far as that is needed."""
        self.setFixedWidth(min(scaled(_WIDTH), max(scaled(_NARROWEST), round(room * _SHARE))))

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self, tr: Translator, why_key: str) -> None:
        """Set the texts that are the same for every step."""
        set_heading(self._why_heading, tr.gettext("Why here?"))
        set_heading(self._do_heading, tr.gettext("Do"))
        self._why_key.setText(why_key)
        self._why_key.setVisible(bool(why_key))
        own = tr.gettext("Own action")
        self.own_action.set_text(f"+ {own}", tr.gettext("Add an own action"))
        self.why_button.set_text(tr.gettext("Why not earlier?"))
        self.offer.set_text(tr.gettext("Use the better plan"))
        self.edit.set_text(tr.gettext("Edit"), tr.gettext("Edit the step"))
        self._shown = None

    def fill(self, panel: Panel, tr: Translator, language: str, theme: Palette) -> None:
        """Show a step."""
        self._mark.set_colour(theme.dimension_mark(panel.dimension))
        if self._shown == panel:
            return
        self._shown = panel
        self._place.setText(panel.place)
        self._title.setText(panel.title)
        self._goal.setText(panel.goal)
        self._goal.setVisible(bool(panel.goal) and panel.goal != panel.title)
        self._why.setText("\n".join(panel.why))
        self.show_earlier("")
        self.why_button.setVisible(panel.is_best and bool(panel.earlier))
        self._links.fill(panel.links)
        for each in (self._links_rule, self._links):
            each.setVisible(bool(panel.links))
        self._fill_actions(panel, tr, language)
        self._facts.fill(panel.facts)
        self._name_moves(panel, tr)

    def show_earlier(self, sentences: str, *, has_offer: bool = False) -> None:
        """Show the answer to why a step does not begin earlier; empty hides it.

        ``has_offer`` if looking for it has brought a better plan.
        """
        self._earlier.setText(sentences)
        self._earlier.setVisible(bool(sentences))
        self.offer.setVisible(has_offer)
        if sentences:
            self.why_button.hide()

    def said(self) -> str:
        """The reasons that are shown, for screen readers."""
        parts = (self._why.text().replace("\n", " "), self._earlier.text())
        return " ".join(part for part in parts if part)

    def _fill_actions(self, panel: Panel, tr: Translator, language: str) -> None:
        for box in self._boxes:
            discard(box)
        self._boxes = []
        for action in panel.actions:
            words = action.text
            remark = [action.effort] if action.effort else []
            if action.id in panel.shared:
                remark.append(tr.gettext("shared"))
            if remark:
                words = f"{words} ({', '.join(remark)})"
            box = ActionBox(action.id, words, language)
            keep_keys(box)
            box.setChecked(action.done)
            box.toggled.connect(
                lambda done, action_id=action.id: self.action_ticked.emit(action_id, done)
            )
            self._actions.addWidget(box)
            self._boxes.append(box)

    def _name_moves(self, panel: Panel, tr: Translator) -> None:
        earlier, later = panel.earlier.split(" ")[0], panel.later.split(" ")[0]
        self.earlier.set_text(
            f"← {earlier}" if earlier else "←",
            tr.gettext("Move to {quarter} and pin", quarter=panel.earlier or "–"),
        )
        self.later.set_text(
            f"{later} →" if later else "→",
            tr.gettext("Move to {quarter} and pin", quarter=panel.later or "–"),
        )
        self.earlier.setEnabled(bool(panel.earlier))
        self.later.setEnabled(bool(panel.later))
        if panel.is_pinned:
            self.pin.set_text(tr.gettext("Unpin"), tr.gettext("Unpin the step"))
        else:
            self.pin.set_text(tr.gettext("Pin"), tr.gettext("Pin the step to its quarter"))


class _Facts(QWidget):
    """Labels at the left and values at the right; rows are kept for the next step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []

    def fill(self, facts: Iterable[Fact]) -> None:
        """Show these lines."""
        shown = tuple(facts)
        while len(self._rows) < len(shown):
            self._add_row()
        for place, (label, value) in enumerate(self._rows):
            is_used = place < len(shown)
            label.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                fact = shown[place]
                label.setText(fact.label)
                remark = f" · {fact.remark}" if fact.remark else ""
                value.setText(f"{fact.value}{remark}")

    def _add_row(self) -> None:
        label, value = make_label("secondary"), make_label("", wrap=True)
        row = len(self._rows)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._rows.append((label, value))
