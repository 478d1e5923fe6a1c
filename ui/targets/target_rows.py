"""Rows of the table of targets, computed from a session: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.figures.scoring import AreaFigures, GroupFigures, Profile
from app.model.maturity_model import Dimension
from app.planning.target_state import TARGET_STATE_WORDS, TargetState, not_discussed, target_state
from app.session.rating import Rating
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.target_days import day_in_words
from app.words.texts import Translator


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """The heading of a dimension: mean of levels and targets, and how many wait to be discussed.

    Nothing can be decided where none of its areas applies.
    """

    dimension_id: str
    label: str
    dimension: int
    mean: str
    remark: str
    sentence: str
    can_decide: bool = True
    area_id: str = ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One area with its target.

    ``remark`` stands in place of the levels where there are none to show. ``implied`` is the level
    that steps of other areas require above the target. ``default`` says in words that the highest
    level counts because none is agreed. Nothing can be decided on an area without ``state``:
    it does not apply.
    """

    area_id: str
    label: str
    dimension: int
    current: Fraction | None
    target: int
    implied: int | None
    way: str
    by: str
    reason: str
    sponsor: str
    default: str
    state: TargetState | None
    state_words: str
    remark: str
    sentence: str

    @property
    def is_open(self) -> bool:
        """True if the target is still to be discussed."""
        return self.state is TargetState.NOT_DISCUSSED

    @property
    def wants_a_look(self) -> bool:
        """True if something is to be decided: the target itself, or an implied one."""
        return self.is_open or self.implied is not None


Row = DimensionRow | TargetRow


@dataclass(frozen=True, slots=True)
class Discussed:
    """Number of the areas that apply whose target was discussed."""

    done: int
    applicable: int

    @property
    def waiting(self) -> int:
        """Number of areas whose target is not discussed."""
        return self.applicable - self.done


def discussed(session: Session) -> Discussed:
    """Count the areas that apply, and those of them with a discussed target."""
    ratings = [rating for rating in session.all_ratings() if rating.is_applicable]
    return Discussed(sum(rating.target is not None for rating in ratings), len(ratings))


def target_rows(
    session: Session, figures: Profile, implied: Mapping[str, int], tr: Translator
) -> tuple[Row, ...]:
    """A heading for each dimension, and its areas below it, in model order.

    ``implied`` holds by area the level that others require above its target.
    """
    rows: list[Row] = []
    waiting = frozenset(not_discussed(session))
    for place, dimension in enumerate(session.model.dimensions):
        name = dimension.name.line_in(session.language)
        rows.append(
            _dimension_row(dimension, figures.dimension(dimension.id), name, place, waiting, tr)
        )
        rows.extend(
            _target_row(session, figures.area(area.id), implied.get(area.id), name, place, tr)
            for area in dimension.areas
        )
    return tuple(rows)


def _dimension_row(
    dimension: Dimension,
    group: GroupFigures,
    name: str,
    place: int,
    waiting: Collection[str],
    tr: Translator,
) -> DimensionRow:
    mean = ""
    parts = [name]
    if group.mean is not None and group.target_mean is not None:
        now, then = (tr.number(each, MEAN_PLACES) for each in (group.mean, group.target_mean))
        mean = f"{now} → {then}"
        parts.append(tr.gettext("mean {level}, target {target}", level=now, target=then))
    count = sum(area.id in waiting for area in dimension.areas)
    remark = tr.ngettext("{n} not discussed", "{n} not discussed", count) if count else ""
    parts += [remark] if remark else []
    return DimensionRow(group.id, name, place, mean, remark, ", ".join(parts), group.applicable > 0)


def _target_row(
    session: Session,
    area: AreaFigures,
    implied: int | None,
    dimension_name: str,
    place: int,
    tr: Translator,
) -> TargetRow:
    rating = session.rating(area.area_id)
    label = session.label_of(area.area_id)
    spoken = tr.gettext("{area} ({dimension})", area=label, dimension=dimension_name)
    if not area.is_applicable:
        reason = " ".join((rating.not_applicable or "").split())
        remark = tr.gettext("not applicable: {reason}", reason=reason)
        return TargetRow(
            area.area_id, label, place, None, area.target, None,
            "", "", "", "", "", None, "", remark, f"{spoken}: {remark}",
        )  # fmt: skip
    state = target_state(session, area.area_id)
    by = day_in_words(rating.target_date, tr)
    target = tr.number(area.target)
    now = "–" if area.level is None else tr.number(area.level)
    default = "" if rating.target is not None else tr.gettext("level {n} by default", n=area.target)
    words = tr.gettext(TARGET_STATE_WORDS[state])
    if implied is not None:
        words = tr.gettext("{level} implied", level=implied)
    return TargetRow(
        area_id=area.area_id,
        label=label,
        dimension=place,
        current=area.level,
        target=area.target,
        implied=implied,
        way=f"{now} → {target}",
        by=by,
        reason=_one_line(rating.target_reason),
        sponsor=_one_line(rating.target_sponsor),
        default=default,
        state=state,
        state_words=words,
        remark=tr.gettext("needs scoring") if area.level is None else "",
        sentence=_sentence(area, rating, implied, state, spoken, tr),
    )


def _sentence(
    area: AreaFigures,
    rating: Rating,
    implied: int | None,
    state: TargetState,
    spoken: str,
    tr: Translator,
) -> str:
    """The row in words."""
    target = tr.number(area.target)
    if area.level is None:
        parts = [tr.gettext("{area}: not scored, target {target}", area=spoken, target=target)]
    else:
        level = tr.number(area.level)
        parts = [
            tr.gettext("{area}: level {level}, target {target}", area=spoken, level=level,
                       target=target)
        ]  # fmt: skip
    parts.append(tr.gettext(TARGET_STATE_WORDS[state]))
    if implied is not None:
        parts.append(tr.gettext("level {level} implied by other targets", level=implied))
    if area.is_over_target and state is not TargetState.DECIDED_AGAINST:
        parts.append(tr.gettext("above the target"))
    if rating.target_date is not None:
        day = day_in_words(rating.target_date, tr)
        parts.append(tr.gettext("by {date}", date=day))
    if rating.target_sponsor:
        parts.append(tr.gettext("sponsor: {name}", name=_one_line(rating.target_sponsor)))
    if rating.target_reason:
        parts.append(tr.gettext("reason: {reason}", reason=_one_line(rating.target_reason)))
    return ", ".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())
