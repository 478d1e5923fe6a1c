"""Details of a step that were entered for it: actions, effort, owner, approval and others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.session.quarters import Quarter
from app.words.texts import N_


class StepStatus(StrEnum):
    """Progress of a step."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class Approval(StrEnum):
    """Decision of leadership on a step."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DEFERRED = "deferred"
    REJECTED = "rejected"


class Certainty(StrEnum):
    """Confidence of the group in the figures of a step."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


STATUS_WORDS = {
    StepStatus.OPEN: N_("open"),
    StepStatus.IN_PROGRESS: N_("in progress"),
    StepStatus.BLOCKED: N_("blocked"),
    StepStatus.DONE: N_("done"),
    StepStatus.DROPPED: N_("dropped"),
}
APPROVAL_WORDS = {
    Approval.PROPOSED: N_("proposed"),
    Approval.APPROVED: N_("approved"),
    Approval.DEFERRED: N_("deferred"),
    Approval.REJECTED: N_("rejected"),
}
CERTAINTY_WORDS = {
    Certainty.LOW: N_("low"),
    Certainty.MEDIUM: N_("medium"),
    Certainty.HIGH: N_("high"),
}
"""The words users read, as they stand within a line."""

BENEFITS = (1, 2, 3, 5, 8)
MAX_SHORT_TITLE = 24


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One action of a step.

    An action with the same ``id`` in several steps is one action that serves all of them: the
    first in model order pays for it, the others show it as shared. ``effort`` is an effort class
    of the model such as S, or empty.
    """

    id: str
    text: str
    effort: str = ""
    role: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-days of a step as they were entered: likely, and low and high where given."""

    likely: Fraction
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class StepDetails:
    """Everything entered for the step that raises an area to ``level``.

    ``actions`` is ``None`` while the model's actions stand. ``effort`` is ``None`` while it comes
    from the actions, ``effort_class`` a class such as M instead of days. ``benefit``,
    ``duration`` (in quarters) and ``cost`` are ``None`` while their defaults count. ``due`` is a
    fixed date, ``pin`` a fixed first quarter. Approval keeps who and when.
    """

    level: int
    title: str = ""
    actions: tuple[PlannedAction, ...] | None = None
    outcome: str = ""
    kpi: str = ""
    kpi_baseline: str = ""
    kpi_target: str = ""
    owner: str = ""
    team: str = ""
    benefit: Fraction | None = None
    effort: Effort | None = None
    effort_class: str = ""
    cost: Fraction | None = None
    duration: int | None = None
    risk: str = ""
    confidence: Certainty | None = None
    status: StepStatus = StepStatus.OPEN
    due: date | None = None
    pin: Quarter | None = None
    approval: Approval = Approval.PROPOSED
    approved_by: str = ""
    approved_on: date | None = None
