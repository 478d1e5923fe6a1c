"""Sentences about what was planned and achieved, and about levels to expect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.comparison.planned import AreaOutcome, Outcome, PlannedAndAchieved, StepOutcome
from app.comparison.relations import Relation
from app.planning.expected import ExpectedLevel
from app.session.session import Session
from app.session.step_details import STATUS_WORDS, StepStatus
from app.words.comparison import area_name
from app.words.plan_words import quarter_in_words
from app.words.texts import N_, Translator

OUTCOME_WORDS = {
    Outcome.DONE_MOVED: N_("Done and moved"),
    Outcome.DONE_NOT_MOVED: N_("Done but not moved"),
    Outcome.DONE_NOT_COMPARABLE: N_("Done, not comparable"),
    Outcome.MOVED_WITHOUT_STEP: N_("Moved without a step"),
    Outcome.MOVED_EARLY: N_("Moved earlier than planned"),
    Outcome.MOVED_NOT_DONE: N_("Moved, step not marked as done"),
    Outcome.NOT_DONE: N_("Not done"),
    Outcome.DROPPED: N_("Dropped"),
}
"""Headings of the groups; steps that are still coming have none."""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """Steps with one outcome: their number, the heading, and their areas with levels."""

    outcome: Outcome
    count: int
    heading: str
    areas: str

    @property
    def sentence(self) -> str:
        """The whole line."""
        return f"{self.heading}: {self.count} – {self.areas}"


def outcome_lines(
    found: PlannedAndAchieved, sessions: Sequence[Session], language: str, tr: Translator
) -> tuple[OutcomeLine, ...]:
    """A line for each outcome that occurs; ``language`` is that of the names of areas."""
    lines = []
    for outcome, heading in OUTCOME_WORDS.items():
        areas = found.having(outcome)
        named = [
            f"{area_name(area.area_id, sessions, language)} {_steps(area, steps, outcome, tr)}"
            for area, steps in areas
        ]
        if named:
            count = sum(len(steps) for _, steps in areas)
            lines.append(OutcomeLine(outcome, count, tr.gettext(heading), "; ".join(named)))
    return tuple(lines)


def _steps(
    area: AreaOutcome, steps: Sequence[StepOutcome], outcome: Outcome, tr: Translator
) -> str:
    """The levels of steps, with a remark: ``3, 4 (is at 2)``."""
    levels = ", ".join(str(step.level) for step in steps)
    remark = "; ".join(dict.fromkeys(_remarks(area, steps, outcome, tr)))
    return f"{levels} ({remark})" if remark else levels


def _remarks(
    area: AreaOutcome, steps: Sequence[StepOutcome], outcome: Outcome, tr: Translator
) -> Iterator[str]:
    if outcome is Outcome.DONE_NOT_MOVED:
        yield tr.gettext("is at {level}", level=tr.number(area.achieved))
    elif outcome is Outcome.DONE_NOT_COMPARABLE:
        yield tr.gettext(_NOT_COMPARABLE.get(area.relation, N_("no longer applicable")))
    elif outcome is Outcome.MOVED_EARLY:
        quarters = [step.quarter for step in steps if step.quarter is not None]
        if quarters:
            yield tr.gettext("planned for {quarter}", quarter=quarter_in_words(quarters[0]))
    elif outcome in (Outcome.NOT_DONE, Outcome.MOVED_NOT_DONE):
        for step in steps:
            if step.status is not StepStatus.OPEN:
                yield tr.gettext(STATUS_WORDS[step.status])
    elif outcome is Outcome.MOVED_WITHOUT_STEP and StepStatus.DROPPED in {s.status for s in steps}:
        yield tr.gettext(STATUS_WORDS[StepStatus.DROPPED])


_NOT_COMPARABLE = {
    Relation.EDITED: N_("text changed"),
    Relation.GONE: N_("no longer in the model"),
}


def planned_summary(found: PlannedAndAchieved, tr: Translator) -> str:
    """Number of steps due and done, and the source of that, in two sentences."""
    counted = (
        tr.ngettext(
            "{n} step was due, {done} done.",
            "{n} steps were due, {done} of them done.",
            found.due,
            done=found.done,
        )
        if found.due
        else tr.gettext("No step was due.")
    )
    version = found.version
    if version is None:
        source = tr.gettext("No version was frozen: steps, targets and their dates count.")
    else:
        source = tr.gettext(
            "Measured by version {number} of {date}.",
            number=version.number,
            date=tr.short_date(version.at.date()),
        )
    return f"{counted} {source}"


# ---- levels to expect --------------------------------------------------------------------------


def expected_in_words(expected: ExpectedLevel, tr: Translator) -> str:
    """The expected level and why: ``Expected 4: step to 4 was done``."""
    *before, last = (str(level) for level in expected.done)
    if not before:
        return tr.gettext("Expected {level}: step to {done} was done", level=last, done=last)
    done = tr.gettext("{levels} and {last}", levels=", ".join(before), last=last)
    return tr.gettext("Expected {level}: steps to {done} were done", level=last, done=done)


def decided_beside_expected(expected: ExpectedLevel, level: Fraction, tr: Translator) -> str:
    """The expectation beside the level that was decided, which may be below it."""
    words = expected_in_words(expected, tr)
    if level >= expected.level:
        return words
    if level < expected.done[0]:
        return tr.gettext("{expected}. Done but not moved.", expected=words)
    return tr.gettext(
        "{expected}. Done but not moved to {level}.", expected=words, level=expected.level
    )
