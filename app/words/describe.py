"""Descriptions of changes, for the Edit menu, the change log and notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from app.model.maturity_model import MaturityModel
from app.session.rating import RATING
from app.session.session import SESSION
from app.words.texts import Translator
from app.workshop.history import Change, Edit

_LEADING = ("level", "not_applicable", "target")


def describe_change(
    change: Change, model: MaturityModel, language: str, translator: Translator
) -> str:
    """Describe a change in a few words; ``language`` is that of the model's texts."""
    areas = sorted(change.area_ids, key=model.position_of)
    if len(areas) > 1 and change.edits[0].field == "target":
        return translator.ngettext("Set target of {n} area", "Set targets of {n} areas", len(areas))
    if len(areas) > 1:
        return translator.ngettext("Change {n} area", "Change {n} areas", len(areas))
    if not areas and len(change.edits) > 1:
        return translator.gettext("Edit session")
    if not areas:
        return _describe_detail(change.edits[0], translator)
    edits = {edit.field: edit for edit in change.edits if edit.area_id is not None}
    return _describe_edit(model.area(areas[0]).label.line_in(language), edits, translator)


def proposed_title(day: date, translator: Translator) -> str:
    """Default title of a session."""
    return translator.gettext("Maturity workshop {date}", date=translator.short_date(day))


def _describe_edit(area: str, edits: Mapping[str, Edit], translator: Translator) -> str:
    """Describe a change to one area, given its name and the edits by field."""
    edit = edits[_leading(edits)]
    field = RATING[edit.field]
    words = field.cleared if edit.after is None and field.cleared else field.words
    if callable(words):
        words, values = words(edit.before, edit.after)
        return translator.gettext(words, area=area, **values)
    return translator.gettext(words, area=area, value=_said(edit.after, translator))


def _leading(edits: Mapping[str, Edit]) -> str:
    """The field that names the step where several are set at once."""
    if "not_applicable" in edits and edits["not_applicable"].after is not None:
        return "not_applicable"
    return next((name for name in _LEADING if name in edits), next(iter(edits)))


def _describe_detail(edit: Edit, translator: Translator) -> str:
    words = SESSION[edit.field].words
    if callable(words):
        words, values = words(edit.before, edit.after)
        return translator.gettext(words, **values)
    return translator.gettext(words)


def _said(value: object, translator: Translator) -> str:
    return translator.number(value) if isinstance(value, Fraction | int) else str(value)
