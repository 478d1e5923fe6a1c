"""Sentences about variants of a plan: scenarios and frozen versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from app.planning.alerts import StepAlerts
from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.planning.scenarios import Move, current_scenario
from app.planning.versions import Standing, VersionProgress, last_quarter_over
from app.session.plan_versions import PlanVersion
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.plan_words import days_in_words, period_in_words, quarter_in_words
from app.words.texts import N_, Translator

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def scenario_in_words(session: Session, tr: Translator) -> str:
    """Name of the scenario that is planned; *changed* where none is, empty without scenarios."""
    found = current_scenario(session)
    if found is not None:
        return found.name
    return tr.gettext("(changed)") if session.scenarios else ""


def proposed_scenario_name(session: Session, tr: Translator) -> str:
    """A name that no scenario has yet: *Plan A* and so on."""
    taken = {each.name.casefold() for each in session.scenarios}
    names = (tr.gettext("Plan {letter}", letter=letter) for letter in _LETTERS)
    return next((name for name in names if name.casefold() not in taken), "")


# ---- scenarios side by side --------------------------------------------------------------------


def end_in_words(plan: Plan, tr: Translator) -> str:
    """The quarter by whose end every step is done; else that the horizon is too short."""
    limits = plan.problem.limits
    ends = [plan.last_period(key) for key in plan.starts]
    if not ends:
        return tr.gettext("nothing to do")
    if None in ends:
        return tr.ngettext("not within {n} quarter", "not within {n} quarters", limits.periods)
    return period_in_words(limits, max(end for end in ends if end is not None), tr)


def place_then_in_words(quarter: Quarter | None, tr: Translator, *, is_planned: bool = True) -> str:
    """The quarter of a step, *Later*, or that a plan does not have it."""
    if not is_planned:
        return tr.gettext("not planned")
    return tr.gettext("Later") if quarter is None else quarter_in_words(quarter)


def moves_summary_in_words(moves: Sequence[Move], tr: Translator) -> str:
    """Number of steps that another plan moves, adds and leaves out."""
    new, gone = sum(each.is_new for each in moves), sum(each.is_gone for each in moves)
    moved = len(moves) - new - gone
    parts = []
    if moved:
        parts.append(tr.ngettext("{n} step moves", "{n} steps move", moved))
    if new:
        parts.append(tr.ngettext("{n} step is new", "{n} steps are new", new))
    if gone:
        parts.append(tr.ngettext("{n} step is gone", "{n} steps are gone", gone))
    if not parts:
        return tr.gettext("No step moves: both plans place every step in the same quarter.")
    return tr.gettext("From left to right: {changes}.", changes=", ".join(parts))


# ---- frozen versions ---------------------------------------------------------------------------

STANDING_WORDS = {
    Standing.DONE: N_("done"),
    Standing.REACHED: N_("level reached"),
    Standing.DROPPED: N_("dropped"),
    Standing.OVERDUE: N_("overdue"),
    Standing.BLOCKED: N_("blocked"),
    Standing.RUNNING: N_("in progress"),
    Standing.COMING: N_("to come"),
    Standing.LATER: N_("without a quarter"),
}


def version_name(version: PlanVersion, tr: Translator) -> str:
    """Number of a version with its remark: *Version 2: before the board*."""
    if not version.remark:
        return tr.gettext("Version {number}", number=version.number)
    return tr.gettext("Version {number}: {remark}", number=version.number, remark=version.remark)


def version_then_in_words(version: PlanVersion, tr: Translator) -> str:
    """Figures of a version: steps, those for later, days, and the average."""
    placed = [step for step in version.steps if step.last_quarter is not None]
    days = days_in_words(sum((step.effort for step in placed), Fraction(0)), tr)
    later = len(version.steps) - len(placed)
    said = tr.gettext(
        "Planned then: {placed} steps of {days}, {later} later.",
        placed=len(placed), days=days, later=later,
    )  # fmt: skip
    ends = [step.last_quarter for step in placed if step.last_quarter is not None]
    if not ends or not version.means:
        return said
    average = tr.gettext(
        "Average {now} → {then} by the end of {quarter}.",
        now=tr.number(version.means[0], MEAN_PLACES),
        then=tr.number(version.means[-1], MEAN_PLACES),
        quarter=quarter_in_words(max(ends)),
    )
    return f"{said} {average}"


def version_now_in_words(progress: VersionProgress, today: date, tr: Translator) -> str:
    """State of a version: what is due, done, overdue, blocked and moved, and the averages."""
    over = quarter_in_words(last_quarter_over(today))
    counts = Counter(step.standing for step in progress.steps)
    if progress.due:
        due = tr.ngettext(
            "{n} step was due by the end of {quarter}, {done} of it done.",
            "{n} steps were due by the end of {quarter}, {done} of them done.",
            progress.due, quarter=over, done=progress.done,
        )  # fmt: skip
    else:
        due = tr.gettext("No step was due by the end of {quarter}.", quarter=over)
    states = tr.gettext(
        "Overdue: {overdue}, blocked: {blocked}, in another quarter now: {moved}.",
        overdue=counts[Standing.OVERDUE],
        blocked=counts[Standing.BLOCKED],
        moved=sum(step.is_moved for step in progress.steps),
    )
    parts = [due, states]
    if progress.expected is not None and progress.actual is not None:
        parts.append(
            tr.gettext(
                "Average expected {expected}, actual {actual}.",
                expected=tr.number(progress.expected, MEAN_PLACES),
                actual=tr.number(progress.actual, MEAN_PLACES),
            )
        )
    return " ".join(parts)


# ---- what wants attention ----------------------------------------------------------------------


def alerts_in_words(alerts: StepAlerts, tr: Translator) -> str:
    """Number of steps overdue and blocked; empty without any."""
    parts = []
    if alerts.overdue:
        parts.append(tr.gettext("{n} overdue", n=len(alerts.overdue)))
    if alerts.blocked:
        parts.append(tr.gettext("{n} blocked", n=len(alerts.blocked)))
    return ", ".join(parts)


def alert_in_words(alerts: StepAlerts, key: StepKey, tr: Translator) -> str:
    """Reason why a step wants attention."""
    found = ((alerts.blocked, Standing.BLOCKED), (alerts.overdue, Standing.OVERDUE))
    return ", ".join(tr.gettext(STANDING_WORDS[each]) for keys, each in found if key in keys)
