"""Score import dialog: shows what a CSV file would change before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.session.rating import CONFIDENCE_WORDS, Confidence
from app.session.score_words import READ_AS_WINDOWS, SCORES
from app.session.session import Session
from app.words.texts import Translator
from ui.dialogs.base import Sheet
from ui.dialogs.text_dialog import read_only_text
from ui.services import ImportedScores

_COLUMN_OF_FIELD = {"not_applicable": "not_applicable_reason"}
_LONGEST = 80


def changed_areas(session: Session, read: ImportedScores) -> tuple[str, ...]:
    """Ids of the areas that would change, in model order."""
    changed = {
        area_id
        for (area_id, name), value in read.wanted.items()
        if area_id is not None and getattr(session.rating(area_id), name) != value
    }
    return tuple(area.id for area in session.model.areas if area.id in changed)


def change_lines(session: Session, read: ImportedScores, tr: Translator) -> list[str]:
    """One line for each area: its name, and every field with its old and new value."""
    return [
        f"{session.label_of(area_id)}: " + " · ".join(_changes(session, area_id, read, tr))
        for area_id in changed_areas(session, read)
    ]


def _changes(session: Session, area_id: str, read: ImportedScores, tr: Translator) -> Iterable[str]:
    for (changed_id, name), value in read.wanted.items():
        before = getattr(session.rating(area_id), name)
        if changed_id == area_id and before != value:
            column = _COLUMN_OF_FIELD.get(name, name)
            word = tr.gettext(SCORES.headings[column]) if column in SCORES.headings else column
            yield f"{word} {_shown(before, tr)} → {_shown(value, tr)}"


def _shown(value: object, tr: Translator) -> str:
    if isinstance(value, Confidence):
        return tr.gettext(CONFIDENCE_WORDS[value])
    if isinstance(value, Fraction | int):
        return tr.number(value)
    if isinstance(value, date):
        return tr.short_date(value)
    text = " ".join(str(value or "").split())
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return tr.gettext("“{text}”", text=text) if text else "–"


class ScoreImportDialog(Sheet):
    """The changes of a file, to be taken over or not."""

    accepted_scores = Signal()

    def __init__(
        self,
        tr: Translator,
        session: Session,
        name: str,
        read: ImportedScores,
        parent: QWidget | None = None,
    ) -> None:
        lines = change_lines(session, read, tr)
        lead = tr.ngettext(
            "“{name}” changes {n} area. One step of undo takes it all back.",
            "“{name}” changes {n} areas. One step of undo takes it all back.",
            len(lines),
            name=name,
        )
        super().__init__("score-import", tr.gettext("Import scores from CSV"), lead, parent)
        self.changes = read_only_text("\n".join(lines), tr.gettext("What changes"))
        self.body.addWidget(self.changes, 1)
        if read.is_guessed:
            self.show_fault(tr.gettext(READ_AS_WINDOWS))
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        take = self.add_button("import-scores", tr.gettext("Import"), is_primary=True)
        take.clicked.connect(self._take)
        self.want(760, 480)
        take.setFocus()

    def _take(self) -> None:
        self.accept()
        self.accepted_scores.emit()
