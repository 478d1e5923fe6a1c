"""Cards with the charts of a comparison and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.comparison.comparison import Comparison
from app.words.comparison import are_of_one_unit
from app.words.texts import Translator
from exports.comparison.charts import ChartOfComparison
from exports.comparison.overlay import MOST_LINES
from exports.palette import Palette
from ui.compare.charts import ComparisonView, OverlayView, TrendView, WaterfallView
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, discard, lay_out_card, make_label
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.fields import Choice
from ui.widgets.tab_row import tab_row, view_tab, width_of_tabs

BY_DIMENSION, BY_AREA, TREND = "dimension", "area", "trend"
_OVERLAY, _MULTIPLES, _WATERFALL = 300, 480, 245


class OverlayCard(QFrame):
    """Profiles over one another by dimension or area, or the averages over time.

    Views that the grade forbids have no tab; without any the card is hidden.
    """

    #: Another view is shown.
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overlay-card")
        self._view = BY_DIMENSION
        self._headings: dict[str, str] = {}
        self._has_multiples = False
        self._heading = make_label("heading")
        self.tabs = {name: view_tab(f"overlay-{name}") for name in (BY_DIMENSION, BY_AREA, TREND)}
        self.views: dict[str, ComparisonView] = {
            BY_DIMENSION: OverlayView("dimension"),
            BY_AREA: OverlayView("area"),
            TREND: TrendView(),
        }
        layout = lay_out_card(self)
        layout.addLayout(tab_row(self._heading, self.tabs, self))
        for view in self.views.values():
            layout.addWidget(view)
        for name, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_view(name))
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for view in self.views.values():
            view.setFixedHeight(scaled(_MULTIPLES if self._has_multiples else _OVERLAY))

    @property
    def shown(self) -> ComparisonView | None:
        """The chart that is shown."""
        view = self.views[self._view]
        return None if view.chart is None else view

    def retranslate(self, tr: Translator) -> None:
        """Set every text that does not depend on the sessions."""
        words = {
            BY_DIMENSION: tr.gettext("Dimensions"),
            BY_AREA: tr.gettext("Areas"),
            TREND: tr.gettext("Trend"),
        }
        for name, text in words.items():
            self.tabs[name].set_text(text, tr.gettext("Chart: {view}", view=text))

    def fill(self, compared: Comparison, theme: Palette, tr: Translator) -> None:
        """Show this comparison."""
        for name, view in self.views.items():
            view.show_comparison(compared, tr, theme)
            self.tabs[name].setVisible(view.chart is not None)
        allowed = [name for name, view in self.views.items() if view.chart is not None]
        self.setVisible(bool(allowed))
        self._headings = {TREND: tr.gettext("Trend")}
        self._headings |= dict.fromkeys((BY_DIMENSION, BY_AREA), tr.gettext("Overlay"))
        self._has_multiples = len(compared.sessions) > MOST_LINES
        self._fit()
        self._show(self._view if self._view in allowed or not allowed else allowed[0])

    def forget(self, theme: Palette, tr: Translator) -> None:
        """Show no comparison."""
        for view in self.views.values():
            view.show_comparison(None, tr, theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the heading where it fits beside the tabs."""
        super().resizeEvent(event)
        self._fit_heading()

    def _fit_heading(self) -> None:
        wanted = width_of_tabs(self.tabs) + self._heading.sizeHint().width() + 56
        self._heading.setVisible(wanted <= self.width())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the tabs: the heading gives way."""
        return QSize(width_of_tabs(self.tabs) + 34, super().minimumSizeHint().height())

    def show_view(self, name: str) -> None:
        """Show ``dimension``, ``area`` or ``trend``, where it is allowed."""
        if self.views[name].chart is not None:
            self._show(name)
            self.view_changed.emit()

    def toggle(self) -> None:
        """Give areas an axis each, or dimensions again."""
        self.show_view(BY_DIMENSION if self._view == BY_AREA else BY_AREA)

    def _show(self, name: str) -> None:
        self._view = name
        set_heading(self._heading, self._headings[name])
        self._fit_heading()
        self.tabs[name].setChecked(True)
        for each, view in self.views.items():
            view.setVisible(each == name)


class WhyCard(QFrame):
    """Why an average moved: a waterfall, and its parts in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why-card")
        self._compared: Comparison | None = None
        self._heading = ElidedLabel("heading")
        self.copy_button = PressButton("copy-why", "link")
        self.group = Choice()
        self.group.setObjectName("why-group")
        self.step = Choice()
        self.step.setObjectName("why-step")
        self.view = WaterfallView()
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(4)
        self._shown: list[QWidget] = []
        self._build()
        self.group.activated.connect(lambda _row: self._choose())
        self.step.activated.connect(lambda _row: self._choose())
        TYPE.changed.connect(self._fit)
        self._fit()

    def _build(self) -> None:
        layout = lay_out_card(self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading, 1)
        head.addWidget(self.copy_button)
        layout.addLayout(head)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        self.group.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.group.setMinimumContentsLength(6)
        self.step.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        choices.addWidget(self.group, 1)
        choices.addWidget(self.step)
        layout.addLayout(choices)
        layout.addWidget(self.view)
        layout.addLayout(self._sentences)

    def _fit(self) -> None:
        self.view.setFixedHeight(scaled(_WATERFALL))

    def fill(self, compared: Comparison, language: str, theme: Palette, tr: Translator) -> None:
        """Show this comparison; hidden where the grade forbids it."""
        is_same = self._compared is not None and _ids(self._compared) == _ids(compared)
        self._compared = compared
        over_time = are_of_one_unit(compared.sessions)
        set_heading(
            self._heading,
            tr.gettext("Why did the average move?")
            if over_time
            else tr.gettext("Why the averages differ"),
        )
        self.copy_button.set_text(
            tr.gettext("Copy"), tr.gettext("Copy the chart of why the average moved")
        )
        self._offer(
            self.group,
            [("", tr.gettext("All areas"))]
            + [
                (dimension.id, dimension.name.line_in(language))
                for dimension in compared.latest.model.dimensions
                if dimension.id in {mean.id for mean in compared.dimensions}
            ],
            keep=True,
        )
        pairs = zip(compared.sessions, compared.sessions[1:], strict=False)
        steps = [
            (place, tr.gettext("until {date}", date=tr.short_date(other.date)))
            for place, (_, other) in enumerate(pairs)
        ]
        self._offer(self.step, steps, keep=is_same)
        if not is_same:
            self.step.setCurrentIndex(len(steps) - 1)
        self.step.setVisible(len(steps) > 1)
        self.group.setAccessibleName(tr.gettext("Average to explain"))
        self.step.setAccessibleName(tr.gettext("Sessions between which it moved"))
        self.view.show_comparison(None, tr, theme)  # the old one may not have this step
        self._choose_quietly()
        self.view.show_comparison(compared, tr, theme)
        self._show_sentences(self.view.chart)
        self.setVisible(self.view.chart is not None)

    def forget(self, theme: Palette, tr: Translator) -> None:
        """Show no comparison."""
        self._compared = None
        self.view.show_comparison(None, tr, theme)
        self._show_sentences(None)

    @staticmethod
    def _offer(choice: Choice, items: Sequence[tuple[object, str]], *, keep: bool) -> None:
        before = choice.currentData() if keep else None
        choice.clear()
        for data, words in items:
            choice.addItem(words, data)
        choice.setCurrentIndex(max(0, choice.findData(before)) if keep else 0)

    def _choose(self) -> None:
        self._choose_quietly()
        self._show_sentences(self.view.chart)

    def _choose_quietly(self) -> None:
        self.view.set_group(str(self.group.currentData() or ""))
        self.view.set_step(int(self.step.currentData() or 0))

    def _show_sentences(self, chart: ChartOfComparison | None) -> None:
        for line in self._shown:
            self._sentences.removeWidget(line)
            discard(line)
        self._shown = []
        for figure, sentence in () if chart is None else chart.sentences:
            line = _Sentence(figure, sentence)
            self._shown.append(line)
            self._sentences.addWidget(line)
            line.show()  # else only the next round of the event loop might


def _ids(compared: Comparison) -> list[str]:
    return [session.id for session in compared.sessions]


class _Sentence(QWidget):
    """A figure and what made it."""

    def __init__(self, figure: str, sentence: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = make_label("" if figure else "secondary", wrap=True)
        words.setText(sentence)
        if figure:
            number = make_label("strong")
            number.setText(figure)
            number.setMinimumWidth(scaled(40))
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
