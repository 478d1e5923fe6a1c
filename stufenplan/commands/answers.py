"""Keys of the answers in JSON, with types and meanings.

The schemas and the tables of ``docs/json.md`` are generated from these classes, and the type
checker holds the answers to them. Imported for that only, so that no command loads pydantic.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from exports.json_keys import meaning

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class SessionHead(TypedDict):
    """First keys of every answer about a session."""

    id: Annotated[str, meaning("Id of the session.")]
    organisation: Annotated[str, meaning("Name of the organisation.")]
    unit: Annotated[
        str | None,
        meaning("Name of the unit, after those of the units above it: `IT / Platform team`."),
    ]
    title: Annotated[str, meaning("Title.")]
    date: Annotated[Day, meaning("Day of the session.")]


class SessionCreated(SessionHead):
    """A new session."""

    language: Annotated[str, meaning("Language of the model's texts.")]
    model: Annotated[str, meaning("Id of the model.")]


class OtherNameEntry(TypedDict):
    """A client or unit that has another name elsewhere."""

    here: Annotated[str, meaning("Name in this library, which stays.")]
    there: Annotated[str, meaning("Name where the session comes from.")]


class SessionNew(SessionCreated):
    """A session that was created."""

    left_behind: Annotated[
        list[str],
        meaning(
            "Sentences about what could not be taken along from the session named by `--from`, in"
            " the language of the command."
        ),
    ]


class SessionImported(SessionCreated):
    """A session that was imported."""

    outcome: Annotated[
        Literal["added", "extended", "identical", "newer_here", "kept_both"],
        meaning(
            "New; known, and extended by what followed; known already; known, and newer here; or "
            "different, and kept as a second one."
        ),
    ]


class SessionEntry(SessionHead):
    """A session in the list of sessions."""

    model: Annotated[str, meaning("Id of the model.")]
    model_name: Annotated[str, meaning("Name of the model.")]
    scored: Annotated[int, meaning("How many areas have a level.")]
    applicable: Annotated[int, meaning("How many areas apply.")]


class SessionList(TypedDict):
    """The list of sessions."""

    sessions: Annotated[list[SessionEntry], meaning("Last opened first.")]


class SessionEdited(TypedDict):
    """A corrected session."""

    id: Annotated[str, meaning("Id of the session.")]
    changed: Annotated[
        list[str],
        meaning(
            "Keys of `session show` that differ now, such as `title`, `organisation` or `unit`."
        ),
    ]
    saved_at: Annotated[str | None, meaning("When it was stored; null when nothing had to be.")]


class SessionScored(TypedDict):
    """Imported scores."""

    id: Annotated[str, meaning("Id of the session.")]
    changed: Annotated[list[str], meaning("Ids of the areas that look different now.")]
    saved_at: Annotated[str | None, meaning("When it was stored; null when nothing had to be.")]


class GradeReason(TypedDict):
    """A reason why a grade is not better."""

    code: Annotated[
        Literal["scale", "scope", "few_areas", "people_unknown", "other_people"],
        meaning("The reason in one word."),
    ]
    text: Annotated[str, meaning("The reason as a sentence.")]


class MovedBy(TypedDict):
    """One part of a change."""

    cause: Annotated[
        Literal["model", "applicable", "weights", "scored"],
        meaning("Each on top of those before: model, areas that apply, weights, scores."),
    ]
    by: Annotated[float | None, meaning("Difference it makes; null where nothing counts.")]
    mean: Annotated[float | None, meaning("The average after it.")]
    areas: Annotated[list[str], meaning("Ids of the areas that make the difference.")]


class WhyMoved(TypedDict):
    """Why an average over all scored areas moved from one session to the next."""

    before: Annotated[float | None, meaning("The average in the earlier session.")]
    after: Annotated[float | None, meaning("The average in the later session.")]
    parts: Annotated[list[MovedBy], meaning("Four parts that add up to the difference.")]


class ComparedMean(TypedDict):
    """An average of the areas that all sessions have in common."""

    id: Annotated[str, meaning("`overall`, or id of the dimension in the latest model.")]
    areas: Annotated[int, meaning("How many areas all sessions have in common.")]
    means: Annotated[
        list[float], meaning("Per session, oldest first, with the weights of the latest.")
    ]
    difference: Annotated[float, meaning("From the session before to the latest.")]
    why: Annotated[
        list[WhyMoved], meaning("From each session to the next, over all its scored areas.")
    ]


class ComparedArea(TypedDict):
    """An area over time."""

    id: Annotated[str, meaning("Id in the latest model; the earlier one of an area that is gone.")]
    dimension: Annotated[str, meaning("Id of its dimension.")]
    relations: Annotated[
        list[Literal["same", "equivalent", "edited", "gone", "new"]],
        meaning("How it relates to the area of each earlier session."),
    ]
    levels: Annotated[
        list[float | None], meaning("Per session; null while open, not applicable or not there.")
    ]
    applicable: Annotated[
        list[bool | None], meaning("Per session; null where the model has no such area.")
    ]
    weight: Annotated[float, meaning("Weight in the latest session.")]
    difference: Annotated[
        float | None,
        meaning("From the one before to the latest; null unless common to all, and for grade C."),
    ]


class FulfilledCondition(TypedDict):
    """A condition of a grade that two sessions fulfil."""

    code: Annotated[
        Literal["scale", "scope", "scope_confirmed", "areas", "people"],
        meaning("The condition in one word."),
    ]
    text: Annotated[str, meaning("The condition as a sentence.")]


class ComparedPair(TypedDict):
    """Two of the sessions."""

    earlier: Annotated[str, meaning("Id of the earlier session.")]
    later: Annotated[str, meaning("Id of the later session.")]
    grade: Annotated[Literal["A", "B", "C"], meaning("The grade of these two.")]
    reasons: Annotated[list[GradeReason], meaning("What keeps them from a better grade.")]
    fulfilled: Annotated[list[FulfilledCondition], meaning("What they fulfil.")]
    same: Annotated[int, meaning("Areas that apply with the same texts.")]
    comparable: Annotated[int, meaning("The same, with areas that people called equivalent.")]
    applicable: Annotated[int, meaning("Areas that apply in either session.")]


class ComparedHint(TypedDict):
    """A level of an area that shares something with one of today; it never counts."""

    area: Annotated[str, meaning("Id of the area in the latest model.")]
    session: Annotated[str, meaning("Id of the earlier session.")]
    area_then: Annotated[str, meaning("Id of the area in its model.")]
    relation: Annotated[
        Literal["part_of", "covers", "overlaps"],
        meaning("Of the area then: a part of that of today, covers it, or overlaps with it."),
    ]
    level: Annotated[float | None, meaning("Its level then; null without one.")]


class DecidedEntry(TypedDict):
    """A decision on two sessions."""

    verdict: Annotated[
        Literal["equal", "part_of", "covers", "overlaps", "different"],
        meaning("Relation of then to now."),
    ]
    area_then: Annotated[str | None, meaning("Id in the earlier model; null unless on areas.")]
    area_now: Annotated[str | None, meaning("Id in the later model; null unless on areas.")]
    review: Annotated[str | None, meaning("Id of the review; null for a mapping of models.")]
    by: Annotated[str, meaning("Who decided; empty when not stated.")]
    at: Annotated[str | None, meaning("When it was decided; null for a mapping of models.")]


class ReviewEntry(TypedDict):
    """What people may decide on two sessions."""

    earlier: Annotated[str, meaning("Id of the earlier session.")]
    later: Annotated[str, meaning("Id of the later session.")]
    subject: Annotated[Literal["area", "scope", "people"], meaning("The subject.")]
    relation: Annotated[
        Literal["equivalent", "edited", "gone", "new"] | None,
        meaning("How the area relates; null for scope and people."),
    ]
    area_then: Annotated[str | None, meaning("Id in the earlier model; null for a new area.")]
    area_now: Annotated[str | None, meaning("Id in the later model; null for one that is gone.")]
    candidates: Annotated[
        list[str], meaning("Ids of new areas for one that is gone, and the reverse.")
    ]
    text: Annotated[str, meaning("The question as a sentence.")]
    open: Annotated[bool, meaning("True while nothing is decided.")]
    decided: Annotated[list[DecidedEntry], meaning("What was decided, by whom and when.")]


class SessionReviewed(TypedDict):
    """What there is to decide on two sessions, and what was decided."""

    earlier: Annotated[SessionHead, meaning("The earlier session.")]
    later: Annotated[SessionHead, meaning("The later session.")]
    review: Annotated[
        list[ReviewEntry],
        meaning("Scope and people, then areas that are not the same in both models."),
    ]


class StepOutcomeEntry(TypedDict):
    """A step of the earlier session, or a level reached without one."""

    level: Annotated[int, meaning("Level to which it leads.")]
    status: Annotated[
        Literal["open", "in_progress", "blocked", "done", "dropped"],
        meaning("Its status in the earlier session."),
    ]
    due: Annotated[bool, meaning("True if it should have been done by the later session.")]
    quarter: Annotated[
        str | None, meaning("Last quarter by the version; null for *Later* and without one.")
    ]
    outcome: Annotated[
        Literal[
            "done_moved",
            "done_not_moved",
            "done_not_comparable",
            "moved_without_step",
            "moved_early",
            "moved_not_done",
            "not_done",
            "dropped",
            "coming",
        ],
        meaning("What became of it: is it done, and is the level reached."),
    ]


class PlannedAreaEntry(TypedDict):
    """Plan and outcome of an area."""

    area: Annotated[str, meaning("Id of the area; the earlier one of an area that is gone.")]
    before: Annotated[float, meaning("Level in the earlier session.")]
    planned: Annotated[
        int | None, meaning("Highest level that was due; without a version the agreed target.")
    ]
    achieved: Annotated[
        float | None, meaning("Level in the later session; null if not comparable.")
    ]
    steps: Annotated[list[StepOutcomeEntry], meaning("Lowest level first.")]


class PlannedEntry(TypedDict):
    """The plan of the session before the latest, and its outcome."""

    earlier: Annotated[str, meaning("Id of the session with the plan.")]
    later: Annotated[str, meaning("Id of the latest session.")]
    version: Annotated[
        int | None, meaning("Number of the version of the plan that counts; null without one.")
    ]
    due: Annotated[int, meaning("Steps that should have been done by the latest session.")]
    done: Annotated[int, meaning("How many of these are marked as done.")]
    areas: Annotated[
        list[PlannedAreaEntry], meaning("Areas with steps; without those that are not scored yet.")
    ]


class SessionComparison(TypedDict):
    """Sessions over time."""

    sessions: Annotated[list[SessionHead], meaning("Oldest first.")]
    grade: Annotated[
        Literal["A", "B", "C"], meaning("A like for like, B with caution, C not comparable.")
    ]
    reasons: Annotated[list[GradeReason], meaning("What keeps the worst pair from a better grade.")]
    same: Annotated[int, meaning("Areas of the worst pair that apply with the same texts.")]
    comparable: Annotated[int, meaning("The same, with areas that people called equivalent.")]
    applicable: Annotated[int, meaning("Areas of the worst pair that apply in either session.")]
    common: Annotated[list[str], meaning("Ids of areas scored each time that ask the same.")]
    overall: Annotated[ComparedMean | None, meaning("All common areas; null for grade C.")]
    dimensions: Annotated[
        list[ComparedMean] | None, meaning("Dimensions with a common area; null for grade C.")
    ]
    areas: Annotated[
        list[ComparedArea], meaning("Areas of the latest model, then those that are gone.")
    ]
    risen: Annotated[
        list[str] | None,
        meaning("Ids of areas with a higher level than the time before; null for grade C."),
    ]
    fallen: Annotated[
        list[str] | None,
        meaning("Ids of areas with a lower level than the time before; null for grade C."),
    ]
    newly_open: Annotated[
        list[str], meaning("Ids of areas that had a level, apply, and have none in the latest.")
    ]
    planned: Annotated[
        PlannedEntry | None,
        meaning("Null for grade C, several units, and where the session before had no plan."),
    ]
    pairs: Annotated[list[ComparedPair], meaning("Every two of the sessions, with their grade.")]
    hints: Annotated[list[ComparedHint], meaning("Levels of areas that share something.")]
    review: Annotated[
        list[ReviewEntry], meaning("Edited, gone and new areas, other scopes, and the people.")
    ]


class LevelEntry(TypedDict):
    """A level of an area."""

    area: Annotated[str, meaning("Id of the area.")]
    level: Annotated[int, meaning("Level.")]


class PathEntry(TypedDict):
    """A level on the way to a target."""

    level: Annotated[int, meaning("Level on the way to the target.")]
    by: Annotated[str, meaning("Day by which it is to be reached.")]


class TargetEntry(TypedDict):
    """The target of an area."""

    area: Annotated[str, meaning("Id of the area.")]
    name: Annotated[str, meaning("Name of the area in the session's language.")]
    level: Annotated[float | None, meaning("Stored level; null while it has none.")]
    target: Annotated[int, meaning("The agreed level, else the highest of the model.")]
    state: Annotated[
        Literal["discussed", "decided_against", "not_discussed"] | None,
        meaning(
            "Agreed; agreed to stay at the level; or not agreed, so that the highest level is"
            " assumed. Null where the area does not apply."
        ),
    ]
    date: Annotated[str | None, meaning("Day by which it is to be reached; null when not stated.")]
    reason: Annotated[str, meaning("Why this target; empty when not stated.")]
    sponsor: Annotated[str, meaning("Who stands for it; empty when not stated.")]
    path: Annotated[list[PathEntry], meaning("Levels on the way, in ascending order.")]
    implied: Annotated[
        int | None,
        meaning("Higher level that a planned step of another area needs; null for none."),
    ]
    needed_by: Annotated[LevelEntry | None, meaning("The step that needs it; null for none.")]


class SessionTargets(TypedDict):
    """Targets of a session."""

    id: Annotated[str, meaning("Id of the session.")]
    changed: Annotated[
        list[str], meaning("Ids of the areas that look different now; empty without a file.")
    ]
    saved_at: Annotated[str | None, meaning("When it was stored; null when nothing had to be.")]
    targets: Annotated[list[TargetEntry], meaning("One per area, in model order.")]
    problem: Annotated[
        str | None,
        meaning("Why no implied target is known: prerequisites in a circle; else null."),
    ]


class PlannedStepEntry(LevelEntry):
    """A step of a plan."""

    order: Annotated[int, meaning("Place in the order of priority, from 0.")]
    priority: Annotated[float, meaning("Weight · gap · benefit / effort.")]
    inherited_priority: Annotated[
        float, meaning("The highest priority among the step and all that wait for it.")
    ]
    effort: Annotated[float, meaning("Person-days.")]
    duration: Annotated[int, meaning("How many periods it takes.")]
    start: Annotated[int | None, meaning("Its first period, from 1; null for *Later*.")]
    unscheduled_reason: Annotated[
        Literal["no_room", "too_large", "too_long", "waits", "too_late", "pin", "not_worth"] | None,
        meaning(
            "Why it is left for later: no period has room; more than any period's capacity; longer"
            " than all periods; a step it needs is left for later, or ends too late; its pin does"
            " not hold; other steps bring more. Null where it has a start."
        ),
    ]
    requires: Annotated[list[LevelEntry], meaning("Steps of the plan that end before it begins.")]
    owner: Annotated[str | None, meaning("Who answers for it; null when not stated.")]


class PlannedPeriodEntry(TypedDict):
    """A period of a plan."""

    quarter: Annotated[str | None, meaning("Its quarter, `2027-Q1`; null where none is known.")]
    used: Annotated[float, meaning("Person-days used.")]
    capacity: Annotated[float, meaning("Person-days there are; 0 in a blocked period.")]
    projected_mean: Annotated[
        float | None, meaning("Average of all scored areas at its end; null for none.")
    ]


class ImpliedTargetEntry(LevelEntry):
    """A target that was not agreed."""

    needed_by: Annotated[LevelEntry, meaning("The step that requires this level.")]


class ClashEntry(TypedDict):
    """A requirement that does not hold."""

    wish: Annotated[
        Literal["pin", "due", "first_period", "capacity", "team", "parallel", "blocked", "budget"],
        meaning("What was asked for."),
    ]
    area: Annotated[str | None, meaning("Id of the area of a pin or fixed date.")]
    level: Annotated[int | None, meaning("Level of a pin or fixed date.")]
    number: Annotated[
        int | None,
        meaning(
            "Period of a pin, fixed date or block; steps of the first period; steps in parallel;"
            " year of a budget."
        ),
    ]
    team: Annotated[str | None, meaning("Id of the team.")]
    text: Annotated[str, meaning("What was asked for, in words.")]


class PlanAnswer(TypedDict):
    """A plan."""

    status: Annotated[
        Literal["proven", "within", "priority", "infeasible"],
        meaning(
            "Proven best; within what `best_bound` leaves open; by priority; or by priority"
            " because not everything can hold."
        ),
    ]
    value: Annotated[
        float,
        meaning("Sum of weight · benefit · (periods − last period + 1) over the placed steps."),
    ]
    best_bound: Annotated[float | None, meaning("No plan has more value; null by priority.")]
    lower_bound: Annotated[
        int | None,
        meaning("Period before which no plan can end; null if the capacity never suffices."),
    ]
    steps: Annotated[list[PlannedStepEntry], meaning("By priority, each after all that it needs.")]
    periods: Annotated[list[PlannedPeriodEntry], meaning("One entry per period.")]
    implied_targets: Annotated[
        list[ImpliedTargetEntry], meaning("Levels that planned steps require of other areas.")
    ]
    clash: Annotated[
        list[ClashEntry],
        meaning("What the plan misses; where infeasible, a set that holds without any one of it."),
    ]
    undecided: Annotated[
        int,
        meaning(
            "Where infeasible: how many of `clash` may not be needed, as the time did not suffice."
        ),
    ]


class LateTargetEntry(LevelEntry):
    """A level with a date that the plan does not keep."""

    by: Annotated[Day, meaning("The day that was agreed.")]
    reached: Annotated[
        int | None, meaning("The period by whose end the level is reached; null for *Later*.")
    ]


class SessionPlan(SessionHead, PlanAnswer):
    """The plan of a session."""

    done: Annotated[
        list[LevelEntry],
        meaning("Steps that are done: they count as reached and are not planned any more."),
    ]
    left_out: Annotated[
        list[LevelEntry], meaning("Steps that were dropped, and those that need one of them.")
    ]
    late_targets: Annotated[
        list[LateTargetEntry],
        meaning("Targets, and levels on the way to them, that are reached after their date."),
    ]


class SessionQuestion(SessionHead):
    """The answer to a question to the plan of a session."""

    question: Annotated[
        str, meaning("`capacity`, `end`, or a level of a dimension such as `technology:3`.")
    ]
    found: Annotated[
        float | None,
        meaning(
            "Person-days per period, the period by whose end all steps are done, or person-days"
            " of all steps; null if there is none or none was found."
        ),
    ]
    at_least: Annotated[
        float | None,
        meaning("No less is possible; null if the capacity never suffices."),
    ]
    proven: Annotated[
        bool,
        meaning("True if `found` is the least possible, or if it is certain that there is none."),
    ]
    cost: Annotated[float | None, meaning("Cost of all steps of a level of a dimension.")]
    fits: Annotated[
        bool | None,
        meaning("If the steps of a level of a dimension fit into the periods; null if unknown."),
    ]
    steps: Annotated[list[LevelEntry], meaning("The steps that are asked about.")]
    text: Annotated[list[str], meaning("The answer in words, one sentence or two each.")]


class TeamHead(SessionHead):
    """The latest session of a unit."""

    unit_id: Annotated[str, meaning("Id of the unit; empty for the organisation itself.")]


class MeanOfDimension(TypedDict):
    """A dimension over all teams."""

    id: Annotated[str, meaning("Id of the dimension.")]
    mean: Annotated[float | None, meaning("Mean of its areas in all teams; null for none.")]


class RolledUpUnit(TypedDict):
    """A unit with everything below it."""

    id: Annotated[str, meaning("Id of the unit.")]
    name: Annotated[str, meaning("Name after those of the units above it.")]
    parent: Annotated[str | None, meaning("Id of the unit above.")]
    mean: Annotated[float | None, meaning("Mean of all its areas; null while none is scored.")]
    areas: Annotated[int, meaning("How many levels are in it.")]
    teams: Annotated[int, meaning("How many latest sessions are in it.")]


class LevelOfTeam(TypedDict):
    """A team's level of an area."""

    unit: Annotated[str, meaning("Id of the unit.")]
    level: Annotated[float, meaning("Its level.")]


class AreaOfTeams(TypedDict):
    """An area in all teams."""

    id: Annotated[str, meaning("Id of the area.")]
    dimension: Annotated[str, meaning("Id of its dimension.")]
    levels: Annotated[list[LevelOfTeam], meaning("Of the teams that have one.")]
    spread: Annotated[float, meaning("Levels from the lowest team to the highest.")]


class AskedTeam(TypedDict):
    """A team that can ask others about an area."""

    area: Annotated[str, meaning("Id of the area.")]
    unit: Annotated[str, meaning("Id of the unit that can ask.")]
    ask: Annotated[list[str], meaning("Ids of units that are two or more levels ahead.")]


class NobodyAbove(TypedDict):
    """Areas in which nobody inside can be asked."""

    level: Annotated[int, meaning("The level that was asked for.")]
    areas: Annotated[list[str], meaning("Ids of areas in which no team is above it.")]


class TeamsOnModel(TypedDict):
    """Teams whose latest sessions are on one model."""

    model: Annotated[str, meaning("Id of the model.")]
    scopes_differ: Annotated[bool, meaning("True if totals of teams are not to be compared.")]
    teams: Annotated[list[TeamHead], meaning("In alphabetical order.")]
    overall: Annotated[float | None, meaning("Mean of all areas of all teams, weight 1 each.")]
    areas_counted: Annotated[int, meaning("How many levels are in it.")]
    dimensions: Annotated[list[MeanOfDimension], meaning("In the order of the model.")]
    units: Annotated[list[RolledUpUnit], meaning("The tree, units above before those below.")]
    areas: Annotated[list[AreaOfTeams], meaning("In the order of the model.")]
    widest: Annotated[list[str], meaning("Ids of areas in which teams differ, widest first.")]
    can_ask: Annotated[list[AskedTeam], meaning("Who can ask whom, area by area.")]
    nobody_above: Annotated[NobodyAbove, meaning("Where nobody inside can be asked.")]


class RollUp(TypedDict):
    """Teams of one organisation."""

    organisation: Annotated[str, meaning("Name of the organisation.")]
    unit: Annotated[str | None, meaning("The unit that was asked for; null for all.")]
    models: Annotated[list[TeamsOnModel], meaning("One entry per model, most teams first.")]


class ModelEntry(TypedDict):
    """A model in the list of models."""

    id: Annotated[str, meaning("Id of the model.")]
    name: Annotated[str, meaning("Name in the language of the command.")]
    content_version: Annotated[str, meaning("Version of its content.")]
    languages: Annotated[list[str], meaning("Languages of its texts.")]
    dimensions: Annotated[int, meaning("How many dimensions.")]
    areas: Annotated[int, meaning("How many areas.")]
    lowest_level: Annotated[int, meaning("Lowest level of the scale.")]
    highest_level: Annotated[int, meaning("Highest level of the scale.")]
    built_in: Annotated[bool, meaning("True if it comes with the program.")]
    digest: Annotated[str, meaning("SHA-256 of its content.")]


class ModelList(TypedDict):
    """The list of models."""

    models: Annotated[list[ModelEntry], meaning("Built-in ones first.")]


class LeftOverEntry(TypedDict):
    """A part of a page, or a whole page, that became no area."""

    file: Annotated[str, meaning("File.")]
    line: Annotated[int, meaning("Line of its heading.")]
    heading: Annotated[str, meaning("The heading.")]
    reason: Annotated[str, meaning("Why, in the user's language.")]
    optional: Annotated[bool, meaning("True if `--with-optional` makes an area of it.")]


class MatchEntry(TypedDict):
    """A section of a page that became an area."""

    area: Annotated[str, meaning("Id of the area.")]
    level: Annotated[int, meaning("Level.")]
    heading: Annotated[str, meaning("The heading.")]
    file: Annotated[str, meaning("File.")]
    line: Annotated[int, meaning("Line of its heading.")]
    how: Annotated[
        Literal["heading", "position", "new"],
        meaning("Found by its heading, by its place, or new."),
    ]


class EmptyEntry(LevelEntry):
    """An area without any text at a level."""


Filled = dict[str, Annotated[int, meaning("Number of areas filled at this level.")]]


class PageLanguageEntry(TypedDict):
    """A page in another language than the others."""

    file: Annotated[str, meaning("File.")]
    language: Annotated[str, meaning("The language it seems to be in.")]


class ModelImported(TypedDict):
    """What an import found."""

    id: Annotated[str, meaning("Id of the model.")]
    language: Annotated[str, meaning("Language of the pages; empty for a model file.")]
    in_other_languages: Annotated[
        list[PageLanguageEntry], meaning("Pages that seem to be in another language.")
    ]
    dimensions: Annotated[int, meaning("How many dimensions it has.")]
    areas: Annotated[int, meaning("How many areas it has.")]
    filled: Annotated[Filled, meaning("Level to the number of areas with a text for it.")]
    left_over: Annotated[list[LeftOverEntry], meaning("Sections that became no area.")]
    matched: Annotated[list[MatchEntry], meaning("Sections that became areas.")]
    empty: Annotated[list[EmptyEntry], meaning("Areas without any text at a level.")]


class JoinMatchEntry(TypedDict):
    """An area that both models have."""

    area: Annotated[str, meaning("Id of the area.")]
    other: Annotated[str, meaning("Its id in the second model.")]
    how: Annotated[Literal["id", "position"], meaning("Found by its id or by its place.")]


class LeftOutEntry(TypedDict):
    """A part that only the second model has."""

    kind: Annotated[Literal["area", "indicator", "action", "prerequisite"], meaning("What it is.")]
    id: Annotated[str, meaning("Its id in the second model.")]
    name: Annotated[str, meaning("Its name or text.")]


class JoinedLanguageEntry(TypedDict):
    """A language of a joined model."""

    language: Annotated[str, meaning("The language.")]
    described: Annotated[int, meaning("How many levels of areas have a text in it.")]


class ModelJoined(TypedDict):
    """Two languages of one model, joined."""

    id: Annotated[str, meaning("Id of the model.")]
    content_version: Annotated[str, meaning("Version of its content.")]
    languages: Annotated[list[str], meaning("Its languages, the added ones last.")]
    dimensions: Annotated[int, meaning("How many dimensions it has.")]
    areas: Annotated[int, meaning("How many areas it has.")]
    described: Annotated[
        int, meaning("How many levels of areas have a text in at least one language.")
    ]
    texts: Annotated[list[JoinedLanguageEntry], meaning("One entry per language.")]
    matched: Annotated[list[JoinMatchEntry], meaning("Areas that both models have.")]
    untranslated: Annotated[list[str], meaning("Ids of areas that the second model lacks.")]
    left_out: Annotated[list[LeftOutEntry], meaning("Parts that only the second model has.")]
    differing: Annotated[
        int, meaning("Texts that differ in a language both have; the first model's were kept.")
    ]
    imported: Annotated[
        list[ModelImported], meaning("What the import of each found that is a file or folder.")
    ]


class MappedVersion(TypedDict):
    """One version of a model."""

    model: Annotated[str, meaning("Id of the model.")]
    version: Annotated[str, meaning("Version of its content.")]


class MappedPair(TypedDict):
    """An area of the older version and one of the newer."""

    then: Annotated[str, meaning("Id in the older version.")]
    now: Annotated[str, meaning("Id in the newer version.")]
    relation: Annotated[
        str, meaning("`equal`, `part_of`, `covers` or `overlaps`, of the old area.")
    ]


class MappingEntry(TypedDict):
    """A mapping between versions of a model."""

    earlier: Annotated[MappedVersion, meaning("The older version.")]
    later: Annotated[MappedVersion, meaning("The newer version.")]
    source: Annotated[str, meaning("Who says so; empty when not stated.")]
    digest: Annotated[str, meaning("SHA-256 of its canonical form.")]
    pairs: Annotated[
        list[MappedPair], meaning("Its areas, with those that did not change between the versions.")
    ]


class MappingList(TypedDict):
    """Mappings in a library."""

    mappings: Annotated[list[MappingEntry], meaning("Those in force, oldest first.")]


class UsableModel(TypedDict):
    """First key of a check's answer."""

    ok: Annotated[Literal[True], meaning("The file can be used.")]


class ModelChecked(UsableModel, ModelImported):
    """What a check of a model file found."""


class LibraryChecked(TypedDict):
    """The state of a library."""

    ok: Annotated[bool, meaning("True if the library is sound.")]
    problems: Annotated[
        list[str], meaning("What is wrong, one sentence each, in the user's language.")
    ]


class BackupEntry(TypedDict):
    """A backup."""

    path: Annotated[str, meaning("File of the backup.")]
    at: Annotated[str, meaning("When it was made, with offset.")]
    reason: Annotated[str, meaning("Why it was made, such as `open`, `migration`, `manual`.")]
    size: Annotated[int, meaning("Size in bytes.")]


class BackupList(TypedDict):
    """The backups of a library."""

    backups: Annotated[list[BackupEntry], meaning("Newest first.")]


class LibraryRestored(TypedDict):
    """A restored backup."""

    path: Annotated[str, meaning("The new library file.")]


class DeletedSessionEntry(TypedDict):
    """A session elsewhere that was deleted here for good."""

    title: Annotated[str, meaning("Its title there.")]
    date: Annotated[str, meaning("When it was deleted here.")]


class LibraryMerged(TypedDict):
    """What a merge did."""

    added: Annotated[list[str], meaning("Titles of sessions that are new here.")]
    extended: Annotated[
        list[str], meaning("Titles of sessions that were continued there and are extended here.")
    ]
    identical: Annotated[list[str], meaning("Titles of sessions that were here already.")]
    newer_here: Annotated[
        list[str], meaning("Titles of sessions that were continued here; nothing was changed.")
    ]
    kept_both: Annotated[
        list[str], meaning("Titles of sessions that differ and were kept as a second one.")
    ]
    other_names: Annotated[
        list[OtherNameEntry], meaning("Clients and units that have another name there.")
    ]
    deleted_here: Annotated[
        list[DeletedSessionEntry],
        meaning("Sessions that were deleted here for good and not taken in."),
    ]
    reviews: Annotated[int, meaning("How many reviews were added, or withdrawn elsewhere.")]
    mappings: Annotated[
        int, meaning("How many mappings of models were added, or withdrawn elsewhere.")
    ]


class UsedModel(TypedDict):
    """A model that a client uses."""

    id: Annotated[str, meaning("Id of the model.")]
    name: Annotated[str, meaning("Name of the model.")]


class LastSession(TypedDict):
    """The latest session of a client in which an area has a level."""

    id: Annotated[str, meaning("Id of the session.")]
    unit: Annotated[str | None, meaning("Name of its unit; null for the organisation as a whole.")]
    title: Annotated[str, meaning("Title.")]
    date: Annotated[Day, meaning("Day of the session.")]
    facilitator: Annotated[str, meaning("Who ran it; may be empty.")]


class NextWorkshop(TypedDict):
    """The next workshop of a client."""

    date: Annotated[Day, meaning("Its day.")]
    unit: Annotated[str | None, meaning("Name of its unit; null for the organisation as a whole.")]
    days: Annotated[int, meaning("Days from today; negative when overdue.")]
    state: Annotated[
        Literal["overdue", "soon", "later"], meaning("Soon is within 28 days, today included.")
    ]
    first: Annotated[bool, meaning("True if nothing was assessed there before.")]


class PortfolioClient(TypedDict):
    """A client in the portfolio."""

    id: Annotated[str, meaning("Id of the organisation.")]
    organisation: Annotated[str, meaning("Name of the organisation.")]
    units: Annotated[
        int, meaning("How many units it has; departments count if they had a session themselves.")
    ]
    units_assessed: Annotated[int, meaning("In how many of them an area has a level.")]
    models: Annotated[
        list[UsedModel], meaning("The models in use, that of the latest session first.")
    ]
    last: Annotated[
        LastSession | None, meaning("Its latest session with a level; null if there is none.")
    ]
    next: Annotated[
        NextWorkshop | None, meaning("The earliest next workshop; null if none is agreed.")
    ]
    tags: Annotated[list[str], meaning("Tags of its current sessions, in alphabetical order.")]


class Portfolio(TypedDict):
    """All clients of the library that fit."""

    today: Annotated[Day, meaning("The day the answer is for.")]
    overdue: Annotated[int, meaning("How many of these clients are overdue.")]
    clients: Annotated[list[PortfolioClient], meaning("In the order asked for; never by level.")]


class PlaceRenamed(TypedDict):
    """Result of a rename."""

    id: Annotated[str, meaning("Id of the organisation or unit.")]
    before: Annotated[str, meaning("Name before.")]
    name: Annotated[str, meaning("Name now.")]


class PlacesMerged(TypedDict):
    """Result of a merge of organisations or units."""

    id: Annotated[str, meaning("Id of the organisation or unit that stays.")]
    merged: Annotated[str, meaning("Name of the one that became part of it.")]
    into: Annotated[str, meaning("Name of the one that stays.")]
    sessions: Annotated[int, meaning("How many sessions came to it.")]
    backup: Annotated[str, meaning("The backup that was made before.")]


class DeletionEntry(TypedDict):
    """A deletion as the library remembers it."""

    kind: Annotated[str, meaning("What was deleted: `session`, `unit` or `client`.")]
    sessions: Annotated[int, meaning("How many sessions went.")]
    units: Annotated[int, meaning("How many units went.")]
    at: Annotated[str, meaning("When it was deleted, with offset.")]
    by: Annotated[str, meaning("Who deleted it; may be empty.")]


class DeletionDone(DeletionEntry):
    """Result of a deletion."""

    backups: Annotated[int, meaning("How many backups went with it.")]
    kept_backups: Annotated[int, meaning("How many backups still hold it.")]
    remaining: Annotated[
        list[str],
        meaning(
            "What could not be removed yet, one sentence each; it is tried again when the library"
            " is opened next."
        ),
    ]


class DeletionList(TypedDict):
    """The deletions in a library."""

    deletions: Annotated[list[DeletionEntry], meaning("Oldest first.")]


class UnitOfSample(TypedDict):
    """A unit of the sample."""

    name: Annotated[str, meaning("Its name, with those of the units above it.")]
    sessions: Annotated[list[str], meaning("Ids of its sessions, earliest first; may be none.")]


class Sample(TypedDict):
    """The sample."""

    library: Annotated[str, meaning("File of the library that holds it.")]
    organisation: Annotated[str, meaning("Name of the fictional organisation.")]
    sessions: Annotated[list[str], meaning("Ids of its sessions, earliest first.")]
    units: Annotated[
        list[UnitOfSample], meaning("Its units, the one with a history of workshops first.")
    ]
    created: Annotated[bool, meaning("True if it was created by this call.")]
    files: Annotated[list[str], meaning("Files that were written for `--export`.")]
