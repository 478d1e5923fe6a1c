"""Changes in words: the name of a step in the menu, in the log and in notices."""

from __future__ import annotations

from fractions import Fraction

from app.model.maturity_model import MaturityModel
from app.words.texts import N_, Translator
from app.workshop.history import Change, Edit, checkpoints_set_by

_AREA_TEXTS = {
    "target": N_("Set target of {area} to {value}"),
    "weight": N_("Set weight of {area} to {value}"),
    "confidence": N_("Set confidence of {area}"),
    "note": N_("Edit reason for {area}"),
    "evidence": N_("Change evidence for {area}"),
}
_DETAIL_TEXTS = {
    "title": N_("Change title"),
    "date": N_("Change date"),
    "language": N_("Change model language"),
    "scope": N_("Change scope"),
    "half_levels": N_("Change half levels"),
}


def describe_change(
    change: Change, model: MaturityModel, language: str, translator: Translator
) -> str:
    """What a change does, in a few words; ``language`` is that of the model's texts."""
    areas = sorted(change.area_ids, key=model.position_of)
    if len(areas) > 1:
        return translator.ngettext("Change {n} area", "Change {n} areas", len(areas))
    if not areas:
        return _describe_detail(change.edits[0], translator)
    return describe_edit(
        model.area(areas[0]).label.in_language(language),
        {edit.field: edit.after for edit in change.edits if edit.area_id is not None},
        translator,
    )


def describe_edit(area: str, after: dict[str, object], translator: Translator) -> str:
    """What happens to one area, from its name and the new values by field."""
    if after.get("not_applicable") is not None:
        return translator.gettext("Mark {area} not applicable", area=area)
    if "level" in after:
        level = after["level"]
        if level is None:
            return translator.gettext("Clear level of {area}", area=area)
        return translator.gettext(
            "Set {area} to {value}", area=area, value=_said(level, translator)
        )
    if "not_applicable" in after:
        return translator.gettext("Mark {area} applicable", area=area)
    field, value = next(iter(after.items()))
    if field == "target" and value is None:
        return translator.gettext("Clear target of {area}", area=area)
    return translator.gettext(_AREA_TEXTS[field], area=area, value=_said(value, translator))


def _describe_detail(edit: Edit, translator: Translator) -> str:
    if edit.field != "milestones":
        return translator.gettext(_DETAIL_TEXTS[edit.field])
    for checkpoint in checkpoints_set_by(edit):
        return translator.gettext("Save checkpoint “{name}”", name=checkpoint.name)
    gone = next((checkpoint.name for checkpoint in checkpoints_set_by(edit.inverse())), "")
    return translator.gettext("Remove checkpoint “{name}”", name=gone)


def _said(value: object, translator: Translator) -> str:
    return translator.number(value) if isinstance(value, Fraction | int) else str(value)
