"""Prerequisites of a session in words: of an area, and of an implied target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.planning.deriving import Need
from app.planning.problem import ImpliedTarget, Problem, StepKey
from app.planning.session_problem import need_of
from app.session.session import Session
from app.words.texts import N_, Translator
from ui.targets.selected_card import PrerequisiteLine, Way

_WAYS = {Way.OVERRULE: N_("Overrule…"), Way.RESTORE: N_("Restore"), Way.REMOVE: N_("Remove")}


@dataclass(frozen=True, slots=True)
class Known:
    """A prerequisite of the model, or one added in the room at ``index`` of the plan's list."""

    need: Need
    reason: str
    index: int = -1


def known_prerequisites(session: Session) -> Iterator[Known]:
    """All prerequisites, those of the model first; of unknown areas none."""
    model = session.model
    for each in model.prerequisites:
        yield Known(need_of(each), each.reason.line_in(session.language))
    for index, added in enumerate(session.plan.prerequisites):
        if model.has_area(added.area_id) and model.has_area(added.required_area_id):
            yield Known(need_of(added), added.reason, index)


def prerequisite_lines(
    session: Session, area_id: str, planned_to: int, tr: Translator
) -> tuple[PrerequisiteLine, ...]:
    """The prerequisites of an area's steps up to a level, and all that were added or overruled."""
    overruled = {need_of(each): index for index, each in enumerate(session.plan.overruled)}
    lines = []
    for known in known_prerequisites(session):
        if known.need.step[0] != area_id:
            continue
        needs = _needs(session, known, tr)
        place = overruled.get(known.need)
        if place is not None:
            why = session.plan.overruled[place].reason
            text = tr.gettext("{needs} – overruled: {reason}", needs=needs, reason=why)
            lines.append(_line(known, text, Way.RESTORE, tr, place))
        elif known.index >= 0:
            lines.append(_line(known, _with_reason(needs, known.reason), Way.REMOVE, tr))
        elif _is_planned(session, known.need.step, planned_to) and not _is_met(session, known):
            lines.append(_line(known, needs, Way.OVERRULE, tr))
    return tuple(lines)


def _line(
    known: Known, text: str, way: Way, tr: Translator, index: int | None = None
) -> PrerequisiteLine:
    words = tr.gettext(_WAYS[way])
    place = known.index if index is None else index
    return PrerequisiteLine(text, way, words, known.need, known.reason, place)


def _is_planned(session: Session, step: StepKey, planned_to: int) -> bool:
    level = session.rating(step[0]).level
    return level is not None and level < step[1] <= planned_to


def _needs(session: Session, known: Known, tr: Translator) -> str:
    """``Level 4 needs Policy creation 3``, with the state of what it needs."""
    area_id, level = known.need.requires
    words = tr.gettext(
        "Level {level} needs {area} {required}",
        level=known.need.step[1],
        area=session.label_of(area_id),
        required=level,
    )
    rating = session.rating(area_id)
    if not rating.is_applicable:
        return tr.gettext("{words} (not applicable, counts as met)", words=words)
    if rating.level is None:
        return tr.gettext("{words} (needs scoring)", words=words)
    return tr.gettext("{words} (met)", words=words) if _is_met(session, known) else words


def _is_met(session: Session, known: Known) -> bool:
    area_id, required = known.need.requires
    level = session.rating(area_id).level
    return level is not None and level >= required


def _with_reason(text: str, reason: str) -> str:
    return f"{text}: {reason}" if reason else text


def root_cause(problem: Problem, implied: ImpliedTarget) -> StepKey:
    """The step to an agreed target that an implied one goes back to, through others if need be."""
    by_area = {each.area_id: each for each in problem.implied}
    agreed = {area.id: area.agreed_target for area in problem.areas}
    cause, seen = implied.needed_by, {implied.area_id}
    while cause[1] > agreed[cause[0]] and cause[0] in by_area and cause[0] not in seen:
        seen.add(cause[0])
        cause = by_area[cause[0]].needed_by
    return cause


def why_implied(session: Session, implied: ImpliedTarget, tr: Translator) -> str:
    """``Security & policy 5 needs it: exceptions can be minimised only once …``."""
    area_id, level = implied.needed_by
    needs = tr.gettext("{area} {level} needs it", area=session.label_of(area_id), level=level)
    return _with_reason(needs, reason_of(session, implied))


def reason_of(session: Session, implied: ImpliedTarget) -> str:
    """The reason of the prerequisite that implies a target; empty where none was given."""
    wanted = Need(implied.needed_by, (implied.area_id, implied.level))
    return next((k.reason for k in known_prerequisites(session) if k.need == wanted), "")
