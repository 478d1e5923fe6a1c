"""Card with the effects of the targets: steps, person-days, averages, earliest end."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.planning.effects import Effect
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import quarter_in_words
from app.words.texts import Translator
from ui.widgets.basics import discard, lay_out_card, make_frame, make_label, plain_tool_tip
from ui.widgets.controls import set_heading
from ui.widgets.readers import present_as

_SHARES = (20, 19)
"""Shares of the two figures in the width: so that the words below stand on one line each."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One set of targets, named, with its effect."""

    name: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything on the card: sets of targets, the first one as they are, and remarks below.

    ``fault`` is said in place of everything else: nothing can be planned.
    """

    lines: tuple[EffectLine, ...] = ()
    remarks: tuple[str, ...] = ()
    areas: int = 0
    fault: str = ""


def days(effect: Effect, tr: Translator) -> str:
    """Person-days as a whole number."""
    return tr.number(effect.days, 0)


def days_in_words(effect: Effect, tr: Translator) -> str:
    """The words below the number of person-days, with the range where there is one."""
    if not effect.is_range:
        return tr.gettext("person-days")
    low, high = (tr.number(each, 0) for each in (effect.low, effect.high))
    return tr.gettext("person-days, {low} to {high}", low=low, high=high)


def in_words(line: EffectLine, tr: Translator) -> str:
    """One set of targets as a sentence."""
    effect = line.effect
    steps = tr.ngettext("{n} step", "{n} steps", effect.steps)
    effort = f"{days(effect, tr)} {days_in_words(effect, tr)}"
    average = tr.gettext(
        "average {now} → {then}",
        now=tr.number(effect.mean_now, MEAN_PLACES),
        then=tr.number(effect.mean_then, MEAN_PLACES),
    )
    said = f"{line.name}: {steps}, {effort}, {average}"
    if effect.end is None:
        return said
    end = tr.gettext("earliest end {quarter}", quarter=quarter_in_words(effect.end))
    return f"{said}, {end}"


class EffectsCard(QFrame):
    """Two large figures, a table of sets of targets, and remarks; one thing for readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("effects-card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present_as(self, QAccessible.Role.StaticText)
        self._cells: list[QLabel] = []
        self._is_low: bool | None = None
        self._has_remarks = False
        layout = lay_out_card(self)
        self._layout = layout
        self._heading = make_label("heading")
        self._fault = make_label("warning", wrap=True)
        self._fault.setObjectName("effects-fault")
        layout.addWidget(self._heading)
        layout.addWidget(self._fault)
        layout.addWidget(self._build_figures())
        self._rule = make_frame("rule")
        layout.addWidget(self._rule)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        layout.addWidget(self._table)
        self._remarks = make_label("secondary", wrap=True)
        self._remarks.setObjectName("effects-remarks")
        layout.addWidget(self._remarks)

    def _build_figures(self) -> QWidget:
        self._figures = QWidget()
        grid = QGridLayout(self._figures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for column, share in enumerate(_SHARES):
            grid.setColumnStretch(column, share)
        self._average, self._days = make_label("figure"), make_label("figure")
        self._average_words, self._days_words = (make_label("secondary", wrap=True) for _ in "12")
        self._average.setObjectName("effects-average")
        self._days.setObjectName("effects-days")
        for column, (figure, words) in enumerate(
            ((self._average, self._average_words), (self._days, self._days_words))
        ):
            grid.addWidget(figure, 0, column)
            grid.addWidget(words, 1, column, Qt.AlignmentFlag.AlignTop)
        return self._figures

    def fill(self, effects: Effects, tr: Translator) -> None:
        """Show these effects."""
        heading = tr.gettext("Effects of these targets")
        set_heading(self._heading, heading)
        self.setAccessibleName(heading)
        said = [in_words(line, tr) for line in effects.lines]
        self.setAccessibleDescription(
            " · ".join([effects.fault] if effects.fault else [*said, *effects.remarks])
        )
        has_lines = bool(effects.lines) and not effects.fault
        for widget in (self._figures, self._rule, self._table):
            widget.setVisible(has_lines)
        self._fault.setText(effects.fault)
        self._fault.setVisible(bool(effects.fault))
        self._remarks.setText(" ".join(effects.remarks))
        self._has_remarks = bool(effects.remarks) and not effects.fault
        self._show_remarks()
        if has_lines:
            self._fill_figures(effects, tr)
            self._fill_table(effects, tr)

    def _fill_figures(self, effects: Effects, tr: Translator) -> None:
        effect = effects.lines[0].effect
        now, then = (tr.number(mean, MEAN_PLACES) for mean in (effect.mean_now, effect.mean_then))
        self._average.setText(f"{now} → {then}")
        self._average_words.setText(
            tr.ngettext("average of {n} area", "average of {n} areas", effects.areas)
        )
        self._days.setText(days(effect, tr))
        self._days_words.setText(days_in_words(effect, tr))

    def _fill_table(self, effects: Effects, tr: Translator) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            discard(cell)
        self._cells = []
        heads = (
            tr.gettext("steps"), tr.gettext("days"), tr.pgettext("column", "average"),
            tr.gettext("earliest end"),
        )  # fmt: skip
        for column, words in enumerate(heads, 1):
            self._add(words, 0, column, "secondary")
        for row, line in enumerate(effects.lines, 1):
            effect = line.effect
            end = "–" if effect.end is None else quarter_in_words(effect.end)
            figures = (
                str(effect.steps), days(effect, tr), tr.number(effect.mean_then, MEAN_PLACES), end,
            )  # fmt: skip
            self._add(line.name, row, 0, "strong" if row == 1 else "")
            for column, figure in enumerate(figures, 1):
                self._add(figure, row, column, "")

    def _add(self, words: str, row: int, column: int, role: str) -> None:
        cell = make_label(role, wrap=column == 0, parent=self._table)
        cell.setText(words)
        if column:
            cell.setAlignment(_RIGHT)
        self._grid.addWidget(cell, row, column)
        self._cells.append(cell)
        cell.show()

    def set_low(self, low: bool) -> None:
        """Less white space, for low windows."""
        if low == self._is_low:
            return
        self._is_low = low
        margin = 8 if low else 12
        self._layout.setContentsMargins(margin + 4, margin, margin + 4, margin)
        self._layout.setSpacing(4 if low else 8)
        self._grid.setVerticalSpacing(2 if low else 4)
        self._show_remarks()

    def _show_remarks(self) -> None:
        """Show the remarks where there is room; else they are the tool tip."""
        is_shown = self._has_remarks and not (self._is_low and not self._table.isHidden())
        self._remarks.setVisible(is_shown)
        self.setToolTip("" if is_shown else plain_tool_tip(self._remarks.text()))
