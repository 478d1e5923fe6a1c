"""The texts of an area then and now, level by level, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.model.comparability import normalised_text
from app.session.session import Session
from app.words.plain_text import plain_text
from app.words.texts import Translator
from ui.type_scale import scaled
from ui.widgets.basics import discard, make_label

_LAST_ROW = 100


@dataclass(frozen=True, slots=True)
class TextPair:
    """A heading with the text then and now; an empty text says nothing."""

    heading: str
    then: str
    now: str

    @property
    def is_same(self) -> bool:
        """True if both say the same, white space and marks aside."""
        return normalised_text(self.then) == normalised_text(self.now)


def level_pairs(
    earlier: Session, area_then: str, later: Session, area_now: str, tr: Translator
) -> tuple[TextPair, ...]:
    """The texts of each level as the groups read them; an empty id has none."""
    numbers = dict.fromkeys(
        level.number for session in (later, earlier) for level in session.model.levels
    )
    return tuple(
        TextPair(
            tr.gettext("Level {level}", level=number),
            _level_text(earlier, area_then, number),
            _level_text(later, area_now, number),
        )
        for number in sorted(numbers)
    )


def _level_text(session: Session, area_id: str, number: int) -> str:
    model, language = session.model, session.language
    known = {level.number for level in model.levels}
    if not area_id or number not in known:
        return ""
    return "\n".join(_sentences(session, area_id, number, language))


def _sentences(session: Session, area_id: str, number: int, language: str) -> Iterator[str]:
    model = session.model
    description = model.area(area_id).description_of(number)
    indicators = (indicator.text for indicator in description.indicators)
    general = model.general_text(area_id, number)
    for text in (general, description.short, description.summary):
        if said := plain_text(text.in_language(language)):
            yield said
    for text in indicators:
        if said := plain_text(text.in_language(language)):
            yield f"• {said}"


class TextPairs(QWidget):
    """Two columns of texts; where they differ is said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, scaled(8), 0)
        self._grid.setHorizontalSpacing(scaled(16))
        self._grid.setVerticalSpacing(scaled(6))
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._labels: list[QLabel] = []

    def fill(self, heads: tuple[str, str], pairs: Sequence[TextPair], tr: Translator) -> None:
        """Show these texts below the two headings."""
        for label in self._labels:
            self._grid.removeWidget(label)
            discard(label)
        self._labels = []
        for column, head in enumerate(heads, 1):
            self._put(make_label("strong", wrap=True), head, 0, column)
        self._grid.setRowStretch(_LAST_ROW, 1)  # what is left stays below
        for row, pair in enumerate(pairs, 1):
            differs = "" if pair.is_same else tr.gettext("differs")
            heading = f"{pair.heading}\n{differs}" if differs else pair.heading
            self._put(make_label("strong" if differs else "secondary"), heading.strip(), row, 0)
            role = "" if differs else "secondary"
            for column, text in enumerate((pair.then, pair.now), 1):
                self._put(make_label(role, wrap=True), text or "–", row, column)

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the texts are in this width: the area around would not ask again."""
        self.setMinimumHeight(max(0, self._grid.heightForWidth(self.width())))

    def _put(self, label: QLabel, text: str, row: int, column: int) -> None:
        label.setText(text)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(label, row, column)
        label.show()  # else the layout counts it from the next round of the event loop only
        self._labels.append(label)
