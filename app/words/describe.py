"""Descriptions of changes, for the Edit menu, the change log and notices."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.model.maturity_model import MaturityModel
from app.session.rating import RATING
from app.session.session import SESSION
from app.words.texts import Translator
from app.workshop.history import Change, Edit


def describe_change(
    change: Change, model: MaturityModel, language: str, translator: Translator
) -> str:
    """Describe a change in a few words; ``language`` is that of the model's texts."""
    areas = sorted(change.area_ids, key=model.position_of)
    if len(areas) > 1:
        return translator.ngettext("Change {n} area", "Change {n} areas", len(areas))
    if not areas and len(change.edits) > 1:
        return translator.gettext("Edit session")
    if not areas:
        return _describe_detail(change.edits[0], translator)
    return describe_edit(
        model.area(areas[0]).label.line_in(language),
        {edit.field: edit.after for edit in change.edits if edit.area_id is not None},
        translator,
    )


def proposed_title(day: date, translator: Translator) -> str:
    """Default title of a session."""
    return translator.gettext("Maturity workshop {date}", date=translator.short_date(day))


def describe_edit(area: str, after: dict[str, object], translator: Translator) -> str:
    """Describe a change to one area, given its name and the new values by field."""
    name = _leading(after)
    field, value = RATING[name], after[name]
    words = field.cleared if value is None and field.cleared else field.words
    if callable(words):
        words, values = words(None, value)
        return translator.gettext(words, area=area, **values)
    return translator.gettext(words, area=area, value=_said(value, translator))


def _leading(after: dict[str, object]) -> str:
    """The field that names the step where several are set at once."""
    if after.get("not_applicable") is not None:
        return "not_applicable"
    return next((name for name in ("level", "not_applicable") if name in after), next(iter(after)))


def _describe_detail(edit: Edit, translator: Translator) -> str:
    words = SESSION[edit.field].words
    if callable(words):
        words, values = words(edit.before, edit.after)
        return translator.gettext(words, **values)
    return translator.gettext(words)


def _said(value: object, translator: Translator) -> str:
    return translator.number(value) if isinstance(value, Fraction | int) else str(value)
