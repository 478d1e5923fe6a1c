"""Builds sessions and models for the tests of exports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Literal

from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.plan_settings import (
    AddedPrerequisite,
    Budget,
    IntermediateTarget,
    Milestone,
    Overruled,
    PlanOrder,
    PlanSettings,
    TeamCapacity,
)
from app.session.plan_versions import FrozenStep, PlanVersion
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.scenarios import Pin, Scenario, ScenarioArea
from app.session.session import Session
from app.session.step_details import (
    Approval,
    Certainty,
    Effort,
    PlannedAction,
    StepDetails,
    StepStatus,
)
from app.session.units import Affiliation, Organisation, Unit

PDF = b"pdf"
PDF_DIGEST = hashlib.sha256(PDF).hexdigest()

Score = Fraction | float | int | Literal["n/a"] | None

LEVELS: list[Score] = [
    2, 3, 2, 2, 3, 1, 3, 4, 3, 2, 3, 2, "n/a", 1, 4, 4, 3, 3, 2, 2, 3, 1,
]  # fmt: skip
TARGETS = [4, 4, 4, 4, 4, 3, 5, 5, 5, 5, 5, 3, None, 3, 5, 5, 5, 4, 4, 5, 4, 3]
"""The example of the method paper, sections 6 and 7."""
EARLIER_LEVELS: list[Score] = [2, 2, 2, 1, 3, 1, 2, 4, 2, 1, 2, 2, 1, 1, 3, 3, 2, 2, 2, 2, 2, 1]


def scored(
    model: MaturityModel,
    levels: Sequence[Score],
    targets: Sequence[int | None] = (),
    **details: object,
) -> Session:
    """A session with these levels in model order."""
    ratings = {}
    for index, area in enumerate(model.areas):
        level = levels[index] if index < len(levels) else None
        target = targets[index] if index < len(targets) else None
        if level == "n/a":
            ratings[area.id] = Rating(area.id, not_applicable="Done by the parent company")
        else:
            exact = None if level is None else Fraction(str(level))
            ratings[area.id] = Rating(area.id, level=exact, target=target)
    session = Session(
        id="session-1",
        affiliation=Affiliation(
            Organisation("organisation-1", "Nordwerk AG"),
            (Unit("unit-1", "organisation-1", "Platform team"),),
        ),
        title="Workshop November",
        date=date(2026, 11, 23),
        language="de",
        model=model,
        scope="Customer portal",
        ratings={key: rating for key, rating in ratings.items() if rating != Rating(key)},
    )
    return replace(session, **details)  # type: ignore[arg-type]


DAY = date(2027, 6, 30)
STEP = StepDetails(
    5, "Portal", (PlannedAction("own-1", "Build it", "S", "dev", True),), "Teams serve themselves",
    "Namespaces", "0", "40", "Ana", "Platform", Fraction(5),
    Effort(Fraction(15), Fraction(10), Fraction(25)), "M", Fraction(1200), 2, "Two people only",
    Certainty.MEDIUM, StepStatus.BLOCKED, DAY, Quarter(2027, 1), Approval.APPROVED, "Head of IT",
    DAY,
)  # fmt: skip
"""Details of a step in which nothing has its default."""


def planned(session: Session) -> Session:
    """The session with a plan and an area in which nothing has its default."""
    first, second = (area.id for area in session.model.areas[:2])
    plan = PlanSettings(
        Quarter(2027, 1), 6, (Fraction(80),), (TeamCapacity("SRE", (Fraction(20),)),), 4,
        (Quarter(2027, 3),), (Budget(2027, Fraction(90_000)),), 2, PlanOrder.PRIORITY,
        (("S", Fraction(3)),), (Milestone(DAY, "Audit"),),
        (AddedPrerequisite(first, 4, second, 3, "because"),),
        (Overruled(first, 5, second, 4, "bought"),),
    )  # fmt: skip
    rating = replace(
        session.rating(first),
        target_date=DAY,
        target_reason="Agreed with the board",
        target_sponsor="CISO",
        target_path=(IntermediateTarget(3, date(2027, 3, 31)),),
        steps=(STEP,),
    )
    version = PlanVersion(
        1, datetime(2026, 11, 12, 17, 5, tzinfo=timezone(timedelta(hours=1))), "Ana", "Board",
        Quarter(2027, 1), (Fraction(5, 2), Fraction(11, 4)),
        (FrozenStep(first, 5, Quarter(2027, 1), 2, Fraction(15), Fraction(1200), "Ana"),),
    )  # fmt: skip
    pins = (Pin(5, Quarter(2027, 2)),)
    scenario = Scenario("Plan B", plan, (ScenarioArea(first, 4, Fraction(2), pins),))
    return replace(
        session.with_rating(rating), plan=plan, scenarios=(scenario,), plan_versions=(version,)
    )


def with_steps(session: Session, **steps: StepDetails) -> Session:
    """The session with details of steps by id of the area, dots and dashes as underscores."""
    names = {area.id.replace(".", "_").replace("-", "_"): area.id for area in session.model.areas}
    for name, details in steps.items():
        rating = session.rating(names[name])
        session = session.with_rating(replace(rating, steps=(*rating.steps, details)))
    return session


def fully_planned(model: MaturityModel, text: str = "") -> Session:
    """A session with every field of a plan in use; ``text`` stands in all that hold text."""
    shared = PlannedAction("shared", text or "Shared workshop", "M", "lead")
    own = PlannedAction("own", text or "Own action", "S")
    session = with_steps(
        scored(model, LEVELS, TARGETS),
        policy_compliance=StepDetails(
            2, title=text or "First audit", owner=text or "Internal audit",
            approval=Approval.APPROVED, approved_by=text or "Head of IT", cost=Fraction(12_000),
            risk=text or "Nobody has time", confidence=Certainty.LOW, outcome=text or "Audits pass",
            kpi=text or "Checks", kpi_baseline=text or "0", kpi_target=text or "8",
        ),
        process_security=StepDetails(
            3, owner=text or "Security team", approval=Approval.DEFERRED, duration=2,
            effort=Effort(Fraction(25), Fraction(20), Fraction(40)), team=text or "SRE",
            cost=Fraction(5_000),
        ),
        people_upskilling=StepDetails(2, status=StepStatus.DONE, benefit=Fraction(3)),
        technology_security_policy=StepDetails(3, status=StepStatus.DROPPED),
        business_outcomes=StepDetails(2, actions=(shared, own), approval=Approval.REJECTED),
        process_change_control=StepDetails(4, actions=(shared,), effort_class="L"),
        technology_testing=StepDetails(4, actions=(shared,), due=date(2027, 6, 30)),
    )  # fmt: skip
    first = session.rating(model.areas[0].id)
    first = replace(
        first, target_date=date(2027, 12, 31), target_reason=text or "Board wants it",
        target_sponsor=text or "CIO",
    )  # fmt: skip
    plan = PlanSettings(
        capacity=(Fraction(80), Fraction(60), Fraction(75)),
        teams=(TeamCapacity(text or "SRE", (Fraction(20),)),),
        parallel=5,
        budgets=(Budget(2027, Fraction(20_000)), Budget(2028, Fraction(10_000))),
        efforts=(("M", Fraction(18)),),
    )
    return replace(session.with_rating(first), plan=plan)


def wide_model(dimensions: int, areas_each: int, levels: int = 5) -> MaturityModel:
    """A model of any size, with repeated area names."""
    numbers = range(1, levels + 1)
    return MaturityModel(
        id="wide",
        content_version="1",
        languages=("en",),
        name=LocalText.of(en="Wide"),
        levels=tuple(Level(n, LocalText.of(en=f"Name {n}")) for n in numbers),
        dimensions=tuple(
            Dimension(
                f"d{d}",
                LocalText.of(en=f"Dimension {d}"),
                areas=tuple(
                    Area(
                        f"d{d}.a{a}",
                        LocalText.of(en=f"Area {a}"),
                        LocalText.of(en=f"Area {a}"),
                        levels=tuple(
                            LevelDescription(n, LocalText.of(en=f"Short {n}")) for n in numbers
                        ),
                    )
                    for a in range(areas_each)
                ),
            )
            for d in range(dimensions)
        ),
    )
