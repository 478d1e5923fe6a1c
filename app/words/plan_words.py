"""Sentences about a plan: how good it is, why a step stands where it does, what clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from app.planning.plan import Clash, Plan, PlanStatus, Reason, Unscheduled, Wish
from app.planning.problem import Limits, PlannedStep, Problem, StepKey
from app.planning.why import WhyNotEarlier, why_here
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.numbers import rounded
from app.words.texts import Translator

NameOf = Callable[[StepKey], str]
"""Name of a step as it stands within a sentence."""

_DAY_PLACES = 1
_PRIORITY_PLACES = 2
_MOST_SLIPS = 3


# ---- names and figures ------------------------------------------------------------------------


def step_name(session: Session, key: StepKey) -> str:
    """Label of the area and the level reached, such as ``CI/CD 3``."""
    return f"{session.label_of(key[0])} {key[1]}"


def step_namer(session: Session) -> NameOf:
    """Names of the steps of a session."""
    return lambda key: step_name(session, key)


def quarter_in_words(quarter: Quarter) -> str:
    """A quarter as it is read: ``Q1 2027``."""
    return f"Q{quarter.number} {quarter.year}"


def period_in_words(limits: Limits, period: int, tr: Translator) -> str:
    """The quarter of a period (from 1), or its number where no start is known."""
    quarter = limits.quarter_of(period)
    return tr.gettext("quarter {n}", n=period) if quarter is None else quarter_in_words(quarter)


def place_in_plan(plan: Plan, key: StepKey, tr: Translator) -> str:
    """The quarter that a step begins in, or *Later*."""
    start = plan.starts[key]
    return tr.gettext("Later") if start is None else period_in_words(plan.problem.limits, start, tr)


def days_in_words(days: Fraction, tr: Translator) -> str:
    """Person-days in brief: ``15 d``."""
    return tr.gettext("{n} d", n=tr.number(rounded(days, _DAY_PLACES)))


def quarters_in_words(count: int, tr: Translator) -> str:
    """A number of quarters."""
    return tr.ngettext("{n} quarter", "{n} quarters", count)


def priority_in_words(priority: Fraction, tr: Translator) -> str:
    """A priority, with two decimals."""
    return tr.number(priority, _PRIORITY_PLACES)


# ---- how good the plan is ---------------------------------------------------------------------


def percent_from_best(plan: Plan) -> int:
    """Whole per cent that the plan may be below the best possible, rounded up; at least 1."""
    bound = plan.best_bound
    if bound is None or not bound:
        return 1
    return max(1, ceil((bound - plan.value) / bound * 100))


def percent_of_value(part: Fraction, plan: Plan, tr: Translator) -> str:
    """A part of what the plan brings, in per cent with one decimal."""
    share = part / plan.value * 100 if plan.value else Fraction(0)
    if share < Fraction(1, 10):
        return tr.gettext("less than {n}%", n=tr.number(Fraction(1, 10), 1))
    return tr.gettext("{n}%", n=tr.number(share, 1))


def status_in_words(plan: Plan, tr: Translator) -> str:
    """Quality of the plan; never more than is proven."""
    if plan.status is PlanStatus.PROVEN:
        return tr.gettext("proven best plan")
    if plan.status is PlanStatus.WITHIN:
        return tr.gettext("within {n}% of the best possible", n=percent_from_best(plan))
    if plan.status is PlanStatus.INFEASIBLE:
        return tr.gettext("not everything can hold")
    return tr.gettext("by priority")


def status_sentence(plan: Plan, tr: Translator) -> str:
    """Quality of the plan with its meaning, as a sentence."""
    status = status_in_words(plan, tr)
    return f"{status[:1].upper()}{status[1:]}: {status_explained(plan, tr)}"


def status_explained(plan: Plan, tr: Translator) -> str:
    """One sentence on what the status means."""
    if plan.status is PlanStatus.PROVEN:
        return tr.gettext("No other plan within these limits brings more maturity sooner.")
    if plan.status is PlanStatus.WITHIN:
        return tr.gettext(
            "A better plan may exist, but it would bring at most {n}% more.",
            n=_percent_more(plan),
        )
    if plan.status is PlanStatus.INFEASIBLE:
        return tr.gettext("No plan can hold everything that was asked for.")
    if plan.by_best:
        return tr.gettext("No best plan was found, so the steps are placed in order of priority.")
    return tr.gettext("The steps are placed in order of priority, each as early as it fits.")


def _percent_more(plan: Plan) -> int:
    bound = plan.best_bound
    if bound is None or not plan.value:
        return 100
    return max(1, ceil((bound - plan.value) / plan.value * 100))


def lower_bound_in_words(steps: int, bound: int | None, tr: Translator) -> str:
    """Least number of quarters for all steps; ``None`` where the capacity never suffices."""
    if bound is None:
        return tr.ngettext(
            "the capacity never suffices for {n} step",
            "the capacity never suffices for all {n} steps",
            steps,
        )
    if not steps:
        return ""
    return tr.gettext(
        "all {steps} need {quarters} or more", steps=steps, quarters=quarters_in_words(bound, tr)
    )


# ---- later ------------------------------------------------------------------------------------


def reason_in_words(plan: Plan, key: StepKey, name_of: NameOf, tr: Translator) -> str:
    """Reason why a step is left for later."""
    reason = plan.reasons.get(key)
    if reason is None:
        return ""
    if reason.kind is Unscheduled.WAITS and reason.step is not None:
        return tr.gettext("waits for {step}, which comes later", step=name_of(reason.step))
    if reason.kind is Unscheduled.TOO_LATE and reason.step is not None:
        return tr.gettext("too few quarters are left after {step}", step=name_of(reason.step))
    return _reason_of_its_own(plan.problem.step(key), reason, tr)


def _reason_of_its_own(step: PlannedStep, reason: Reason, tr: Translator) -> str:
    """A reason that has to do with no other step."""
    if reason.kind is Unscheduled.NO_ROOM:
        return _no_room(step, reason, tr)
    if reason.kind is Unscheduled.TOO_LARGE and reason.limit is Wish.TEAM:
        return tr.gettext(
            "{days}: more than {team} has in a quarter ({most}). Split it or give it more"
            " quarters.",
            days=days_in_words(step.demand, tr),
            team=step.team,
            most=days_in_words(reason.free, tr),
        )
    if reason.kind is Unscheduled.TOO_LARGE:
        return tr.gettext(
            "{days}: more than one quarter ({most}). Split it or give it more quarters.",
            days=days_in_words(step.demand, tr),
            most=days_in_words(reason.free, tr),
        )
    if reason.kind is Unscheduled.TOO_LONG:
        return tr.gettext(
            "takes {quarters}, more than are planned", quarters=quarters_in_words(step.duration, tr)
        )
    if reason.kind is Unscheduled.PIN:
        return tr.gettext("its pin cannot hold")
    return tr.gettext("there is room, but other steps bring more with it")


def _no_room(step: PlannedStep, reason: Reason, tr: Translator) -> str:
    days, free = days_in_words(step.demand, tr), days_in_words(reason.free, tr)
    if reason.limit in (Wish.CAPACITY, Wish.TEAM) and reason.free >= step.demand:
        return tr.ngettext(
            "no quarter has room within all limits",
            "no {n} quarters in a row have room within all limits",
            step.duration,
        )
    if reason.limit is Wish.TEAM:
        return tr.gettext(
            "{days}: {team} has at most {free} free in any quarter",
            days=days, team=step.team, free=free,
        )  # fmt: skip
    if reason.limit is Wish.PARALLEL:
        return tr.gettext("no quarter may take another step")
    if reason.limit is Wish.BLOCKED:
        return tr.gettext(
            "needs {quarters} without a block", quarters=quarters_in_words(step.duration, tr)
        )
    if reason.limit is Wish.BUDGET:
        return tr.gettext("the budget of no year covers it")
    return tr.gettext("{days}: at most {free} free in any quarter", days=days, free=free)


# ---- clashes ----------------------------------------------------------------------------------


def wish_in_words(clash: Clash, limits: Limits, name_of: NameOf, tr: Translator) -> str:
    """One wish or limit as it stands in a list."""
    number = clash.number or 0
    step = "" if clash.step is None else name_of(clash.step)
    if clash.wish is Wish.PIN:
        return tr.gettext(
            "{step} begins in {quarter}", step=step, quarter=period_in_words(limits, number, tr)
        )
    if clash.wish is Wish.DUE:
        return tr.gettext(
            "{step} is done by the end of {quarter}",
            step=step,
            quarter=period_in_words(limits, number, tr),
        )
    if clash.wish is Wish.FIRST_PERIOD:
        return tr.ngettext(
            "at least {n} step is done in {quarter}",
            "at least {n} steps are done in {quarter}",
            number,
            quarter=period_in_words(limits, 1, tr),
        )
    return _limit_in_words(clash, limits, tr)


def _limit_in_words(clash: Clash, limits: Limits, tr: Translator) -> str:
    number = clash.number or 0
    if clash.wish is Wish.TEAM:
        return tr.gettext("the capacity of {team}", team=clash.team)
    if clash.wish is Wish.PARALLEL:
        return tr.ngettext("at most {n} step at once", "at most {n} steps at once", number)
    if clash.wish is Wish.BLOCKED:
        return tr.gettext("{quarter} is blocked", quarter=period_in_words(limits, number, tr))
    if clash.wish is Wish.BUDGET:
        return tr.gettext("the budget of {year}", year=number)
    return tr.gettext("the capacity")


def clash_in_words(plan: Plan, name_of: NameOf, tr: Translator) -> str:
    """Wishes that cannot hold together, or that a plan by priority misses; empty for none."""
    limits = plan.problem.limits
    if plan.status is PlanStatus.INFEASIBLE:
        return contradiction_in_words(plan.clash, limits, name_of, tr, undecided=plan.undecided)
    if not plan.clash:
        return ""
    return tr.gettext(
        "By priority, this does not hold: {wishes}.",
        wishes=_wishes_in_words(plan.clash, limits, name_of, tr),
    )


def contradiction_in_words(
    clash: Sequence[Clash], limits: Limits, name_of: NameOf, tr: Translator, *, undecided: int
) -> str:
    """Wishes proven not to hold together; ``undecided`` of them may not be needed for that."""
    if not clash:
        return ""
    wishes = _wishes_in_words(clash, limits, name_of, tr)
    if len(clash) == 1:
        return tr.gettext("This cannot hold: {wishes}.", wishes=wishes)
    if undecided:
        return tr.gettext(
            "These cannot all hold: {wishes}. The time did not suffice to find out which of them"
            " are enough for that.",
            wishes=wishes,
        )
    return tr.gettext(
        "These cannot all hold: {wishes}. Dropping any one of them resolves it.", wishes=wishes
    )


def _wishes_in_words(
    clash: Sequence[Clash], limits: Limits, name_of: NameOf, tr: Translator
) -> str:
    return "; ".join(wish_in_words(each, limits, name_of, tr) for each in clash)


# ---- why here ---------------------------------------------------------------------------------


def formula_in_words(step: PlannedStep, tr: Translator) -> str:
    """The inputs of a step's own priority."""
    return tr.gettext(
        "weight {weight} × gap {gap} × benefit {benefit} ÷ {days}",
        weight=tr.number(step.weight),
        gap=step.gap,
        benefit=tr.number(step.benefit),
        days=days_in_words(step.effort, tr),
    )


def own_priority_in_words(plan: Plan, key: StepKey, tr: Translator) -> str:
    """A step's own priority with its inputs."""
    return tr.gettext(
        "Own priority {priority}: {formula}.",
        priority=priority_in_words(plan.priorities[key].own, tr),
        formula=formula_in_words(plan.problem.step(key), tr),
    )


def inherited_in_words(plan: Plan, key: StepKey, name_of: NameOf, tr: Translator) -> str:
    """The priority a step inherits, and from which one; empty where none is larger."""
    priority = plan.priorities[key]
    if priority.cause == key or priority.inherited == priority.own:
        return ""
    return tr.gettext(
        "Counts as {priority}, because {step} needs it: {formula}.",
        priority=priority_in_words(priority.inherited, tr),
        step=name_of(priority.cause),
        formula=formula_in_words(plan.problem.step(priority.cause), tr),
    )


def unlocks_in_words(plan: Plan, key: StepKey, tr: Translator) -> str:
    """Number of steps that wait for this one; empty for none."""
    count = plan.priorities[key].unlocks
    if not count:
        return ""
    return tr.ngettext("{n} step waits for it.", "{n} steps wait for it.", count)


def place_in_words(plan: Plan, key: StepKey, name_of: NameOf, tr: Translator) -> str:
    """Reason for the quarter of a step: prerequisites, and quarters that are full."""
    problem, start = plan.problem, plan.starts.get(key)
    if start is None:
        said = reason_in_words(plan, key, name_of, tr)
        return said and tr.gettext("Later: {reason}.", reason=said.rstrip("."))
    quarter = period_in_words(problem.limits, start, tr)
    if problem.limits.pins.get(key) == start:
        return tr.gettext("Pinned to {quarter}.", quarter=quarter)
    last = _last_needed(plan, key)
    first = 1 if last is None else (plan.last_period(last) or 0) + 1
    if start == first:
        if last is None:
            return tr.gettext("Nothing to wait for: it begins in the first quarter.")
        return tr.gettext(
            "{quarter} is the first quarter after {step} is done.",
            quarter=quarter, step=name_of(last),
        )  # fmt: skip
    possible = period_in_words(problem.limits, first, tr)
    waited = (
        tr.gettext("Nothing to wait for, so {quarter} was possible.", quarter=possible)
        if last is None
        else tr.gettext(
            "After {step}, {quarter} was possible.", step=name_of(last), quarter=possible
        )
    )
    return f"{waited} {_why_later_than_possible(plan, key, quarter, tr)}"


def _why_later_than_possible(plan: Plan, key: StepKey, quarter: str, tr: Translator) -> str:
    if plan.status in (PlanStatus.PROVEN, PlanStatus.WITHIN):
        return _no_room_before(plan, key, quarter, tr)
    return tr.gettext(
        "At its turn ({turn} of {count}), {quarter} was the first quarter with room for its"
        " {days}.",
        turn=plan.priorities[key].rank + 1,
        count=len(plan.priorities),
        quarter=quarter,
        days=days_in_words(plan.problem.step(key).demand, tr),
    )


def _no_room_before(plan: Plan, key: StepKey, quarter: str, tr: Translator) -> str:
    """Limits that forbid an earlier start with the other steps where the best plan has them."""
    step, full = plan.problem.step(key), why_here(plan, key).full
    kinds = [Clash(wish, team=step.team, number=plan.problem.limits.parallel)
             for wish in dict.fromkeys(full.values()) if wish is not Wish.BLOCKED]  # fmt: skip
    if not kinds:
        return tr.gettext("No step may run before {quarter}.", quarter=quarter)
    limits = ", ".join(_kind_in_words(each, tr) for each in kinds)
    return tr.gettext(
        "Beside the other steps there is no room before {quarter} ({limits}).",
        quarter=quarter, limits=limits,
    )  # fmt: skip


def _kind_in_words(clash: Clash, tr: Translator) -> str:
    """A kind of limit in brief."""
    if clash.wish is Wish.TEAM:
        return tr.gettext("capacity of {team}", team=clash.team)
    if clash.wish is Wish.PARALLEL:
        number = clash.number or 0
        return tr.ngettext("at most {n} step at once", "at most {n} steps at once", number)
    if clash.wish is Wish.BUDGET:
        return tr.gettext("budget")
    return tr.gettext("capacity")


def _last_needed(plan: Plan, key: StepKey) -> StepKey | None:
    """The prerequisite that is done last; ``None`` without one."""
    placed = [each for each in plan.problem.requires.get(key, ()) if plan.starts[each] is not None]
    return max(placed, key=lambda each: plan.last_period(each) or 0, default=None)


# ---- what moves -------------------------------------------------------------------------------


def moves_in_words(
    before: Mapping[StepKey, int | None],
    after: Mapping[StepKey, int | None],
    limits: Limits,
    name_of: NameOf,
    tr: Translator,
    *,
    but: Iterable[StepKey] = (),
    most: int = 2,
) -> str:
    """Which steps get another period, as a part of a sentence; empty for none.

    The first ``most`` are named, the others counted; the steps in ``but`` are not mentioned.
    """
    left_out = set(but)
    moved = [k for k in after if k not in left_out and k in before and before[k] != after[k]]
    return _first_named([_move(name_of(key), after[key], limits, tr) for key in moved], most, tr)


def _first_named(moves: Sequence[str], most: int, tr: Translator) -> str:
    """The first moves, and how many steps more there are."""
    rest = len(moves) - most
    more = [tr.ngettext("{n} more step", "{n} more steps", rest)] if rest > 0 else []
    return ", ".join([*moves[:most], *more])


def _move(name: str, period: int | None, limits: Limits, tr: Translator) -> str:
    if period is None:
        return tr.gettext("{step} to Later", step=name)
    return tr.gettext("{step} to {quarter}", step=name, quarter=period_in_words(limits, period, tr))


def not_earlier_in_words(plan: Plan, answer: WhyNotEarlier, name_of: NameOf, tr: Translator) -> str:
    """Cost of having a step done a quarter earlier, and the steps that would slip."""
    limits = plan.problem.limits
    if answer.by is None:
        return tr.gettext("It begins in the first quarter already.")
    quarter = period_in_words(limits, answer.by, tr)
    if answer.plan is None:
        return _impossible(answer, quarter, limits, name_of, tr)
    cost = _cost(plan, answer, quarter, tr)
    slips = [_move(name_of(slip.step), slip.to, limits, tr) for slip in answer.slips]
    if not slips:
        return cost
    moves = _first_named(slips, _MOST_SLIPS, tr)
    slipping = tr.gettext("These would slip: {moves}.", moves=moves)
    return f"{cost} {slipping}"


def _impossible(
    answer: WhyNotEarlier, quarter: str, limits: Limits, name_of: NameOf, tr: Translator
) -> str:
    if answer.takes is not None:
        return tr.gettext(
            "It cannot be done by the end of {quarter}: it takes {quarters}.",
            quarter=quarter,
            quarters=quarters_in_words(answer.takes, tr),
        )
    if answer.waits_for:
        names = ", ".join(map(name_of, answer.waits_for))
        return tr.gettext(
            "It cannot be done by the end of {quarter}: it needs {steps} first.",
            quarter=quarter,
            steps=names,
        )
    if answer.clash:
        return tr.gettext(
            "It cannot be done by the end of {quarter} because of: {wishes}.",
            quarter=quarter,
            wishes=_wishes_in_words(answer.clash, limits, name_of, tr),
        )
    return tr.gettext("No plan with it done by the end of {quarter} was found.", quarter=quarter)


def _cost(plan: Plan, answer: WhyNotEarlier, quarter: str, tr: Translator) -> str:
    if answer.loss < 0:
        return tr.gettext(
            "Done by the end of {quarter}, the plan would even bring more: pin it earlier.",
            quarter=quarter,
        )
    if not answer.loss:
        return tr.gettext(
            "Done by the end of {quarter}, the plan would bring the same.", quarter=quarter
        )
    share = percent_of_value(answer.loss, plan, tr)
    if answer.is_proven:
        return tr.gettext(
            "Done by the end of {quarter}, the plan would bring {share} less.",
            quarter=quarter, share=share,
        )  # fmt: skip
    return tr.gettext(
        "Done by the end of {quarter}, the plan would bring up to {share} less.",
        quarter=quarter, share=share,
    )  # fmt: skip


def implied_in_words(problem: Problem, key: StepKey, name_of: NameOf, tr: Translator) -> str:
    """The remark on a step that is planned only because another one needs it; else empty."""
    needed_by = problem.needed_by(key)
    return "" if needed_by is None else beyond_target(name_of(needed_by), tr)


def beyond_target(needed_by: str, tr: Translator) -> str:
    """The remark on a step beyond the agreed target, which the named one needs."""
    return tr.gettext("Beyond the agreed target: {step} needs it.", step=needed_by)
