"""Sample data: a fictional organisation, small or large, as described in files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.comparison.reviews import NewReview, Subject, Verdict
from app.model.maturity_model import Area, LocalText, MaturityModel, Source
from app.planning.by_priority import plan_by_priority
from app.planning.session_problem import session_problem
from app.planning.versions import frozen
from app.ports import Library
from app.session.evidence import Evidence, EvidenceKind
from app.session.plan_settings import (
    IntermediateTarget,
    Milestone,
    PlanSettings,
    TeamCapacity,
)
from app.session.plan_versions import PlanVersion
from app.session.quarters import Quarter
from app.session.rating import Confidence
from app.session.session import NewSession, Session
from app.session.step_details import Approval, Certainty, Effort, StepDetails, StepStatus
from app.session.units import unit_names
from app.words.numbers import exact
from app.words.texts import DEFAULT_LANGUAGE
from app.workshop.validation import Wanted
from app.workshop.workshop import Workshop

_SMALL, _LARGE = "sample.toml", "sample_large.toml"
_LANGUAGES = ("de", "en")

Content = Mapping[str, Any]
"""A part of a file with sample data."""


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit of the sample by its full name, with its sessions, earliest first."""

    name: str
    session_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample's sessions, earliest first; ``created`` is True if anything was missing.

    ``units`` are in the order of the file, the one with a history first.
    """

    session_ids: tuple[str, ...]
    created: bool
    units: tuple[SampleUnit, ...]


def create_sample(
    library: Library, model: MaturityModel, language: str, *, large: bool = False
) -> Sample:
    """Put the sample into a library, in German or English (others get English).

    ``model`` is the built-in model ``cloud-native``. The ``large`` sample holds the small one, and
    more units and sessions. What is there already stays as it is, and an attempt that was
    interrupted is completed. Errors as for ``SessionRepository``.
    """
    language = language if language in _LANGUAGES else DEFAULT_LANGUAGE
    return _Creation(library, model, language, content_of(_LARGE if large else _SMALL)).all()


def content_of(name: str) -> Content:
    """The content of a file with sample data, together with that of the file it continues."""
    content = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    if "continues" not in content:
        return content
    begin = content_of(content["continues"])
    units = {key: {**begin["unit"].get(key, {}), **own} for key, own in content["unit"].items()}
    return {
        **begin,
        **content,
        "unit": {**begin["unit"], **units},
        "session": [*begin["session"], *content["session"]],
    }


def reworded(model: MaturityModel, content_version: str, changes: Content) -> MaturityModel:
    """A version of a model with some texts of areas changed, as the sample's file tells them.

    Its last source says so. Raises ``KeyError`` for an area that the model lacks.
    """
    changed = {
        area_id: _reworded_area(model.area(area_id), texts)
        for area_id, texts in changes["area"].items()
    }
    return replace(
        model,
        content_version=content_version,
        sources=(*model.sources, Source(changes["source"].format(version=model.content_version))),
        dimensions=tuple(
            replace(each, areas=tuple(changed.get(area.id, area) for area in each.areas))
            for each in model.dimensions
        ),
    )


def _reworded_area(area: Area, texts: Content) -> Area:
    levels = []
    for each in area.levels:
        said = texts.get("level", {}).get(str(each.level), {})
        levels.append(
            replace(
                each,
                short=_reworded_text(each.short, said.get("short")),
                summary=_reworded_text(each.summary, said.get("summary")),
                indicators=tuple(
                    replace(one, text=_reworded_text(one.text, texts["indicator"].get(one.id)))
                    for one in each.indicators
                ),
            )
        )
    return replace(area, levels=tuple(levels))


def _reworded_text(text: LocalText, said: Mapping[str, str] | None) -> LocalText:
    return LocalText.of(text.as_dict(), **said) if said else text


class _Creation:
    """One call of :func:`create_sample`."""

    def __init__(
        self, library: Library, model: MaturityModel, language: str, content: Content
    ) -> None:
        self._library, self._language, self._content = library, language, content
        versions = content.get("model", {}).items()
        self._models = {version: reworded(model, version, changes) for version, changes in versions}
        self._models[""] = model
        self._known = self._known_sessions()
        self._ids: dict[tuple[str, date], str] = {}  # by key of the unit and day
        self._created = False

    def all(self) -> Sample:
        """Create what is missing, sessions in the order of the file."""
        for workshop in self._content["session"]:
            self._session(workshop)
        units = tuple(self._unit(key) for key in self._content["unit"])
        in_order = sorted(self._ids, key=lambda each: each[1])
        return Sample(tuple(self._ids[each] for each in in_order), self._created, units)

    def _known_sessions(self) -> dict[tuple[str, str, date], str]:
        """The organisation's sessions by unit, title and date."""
        organisation = self._content["organisation"]
        return {
            (summary.unit.name, summary.title, summary.date): summary.id
            for summary in self._library.session_summaries(organisation)
            if summary.organisation.name == organisation and summary.unit is not None
        }

    def _session(self, workshop: Content) -> None:
        names = unit_names(self._content["unit"][workshop["unit"]][self._language])
        key = (names[-1], workshop["title"][self._language], workshop["date"])
        if key not in self._known:
            self._known[key] = self._library.create_session(self._new_session(workshop)).id
            self._created = True
        session_id = self._ids[workshop["unit"], workshop["date"]] = self._known[key]
        if self._library.changes(session_id):  # work on the sample is left alone
            return
        session = self._library.load_session(session_id)
        for review in self._reviews(workshop):
            self._library.reviews.decide(review)
        _fill(self._library, session, workshop, self._language)
        self._created = True

    def _new_session(self, workshop: Content) -> NewSession:
        unit = self._content["unit"][workshop["unit"]]
        return NewSession(
            organisation=self._content["organisation"],
            model=self._models[workshop.get("model", "")],
            title=workshop["title"][self._language],
            unit=self._path(workshop["unit"]),
            date=workshop["date"],
            language=self._language,
            scope=unit["scope"][self._language],
            facilitator=self._content.get("facilitator", ""),
            next_date=workshop["next"],
            tags=tuple(workshop.get("tags", {}).get(self._language, ())),
        )

    def _path(self, key: str) -> str:
        """The path of a unit: where it stands already, else as the file has it."""
        path: str = self._content["unit"][key][self._language]
        units = self._library.units(self._organisation_id) if self._organisation_id else ()
        return next((unit.path for unit in units if unit.name == unit_names(path)[-1]), path)

    @property
    def _organisation_id(self) -> str:
        """Empty while the library does not have the organisation."""
        name = self._content["organisation"]
        return next((each.id for each in self._library.organisations() if each.name == name), "")

    def _unit(self, key: str) -> SampleUnit:
        """A unit with its sessions; one without any is created where it is missing."""
        found = sorted((day, id_) for (unit, day), id_ in self._ids.items() if unit == key)
        names = unit_names(self._path(key))
        units = {unit.names for unit in self._library.units(self._organisation_id)}
        if names not in units:
            kind = self._content["unit"][key]["kind"]
            self._library.add_unit(self._organisation_id, names[-1], kind)
            self._created = True
        return SampleUnit(" / ".join(names), tuple(id_ for _, id_ in found))

    def _reviews(self, workshop: Content) -> Iterator[NewReview]:
        """Decisions on the unit's sessions that were made in this one."""
        for said in workshop.get("review", ()):
            subject = said["subject"]
            is_people = subject == Subject.PEOPLE
            yield NewReview(
                self._ids[workshop["unit"], said["earlier"]],
                self._ids[workshop["unit"], said["later"]],
                Subject.PEOPLE if is_people else Subject.AREA,
                Verdict(said["verdict"]),
                area_then="" if is_people else subject,
                area_now="" if is_people else subject,
                by=self._content["facilitator"],
            )


def _fill(library: Library, session: Session, workshop: Content, language: str) -> None:
    """Enter all levels, targets, notes, steps and the plan as one step."""
    door = Workshop(session, library)
    wanted: Wanted = {}
    for area_id, decided in workshop["area"].items():
        wanted |= _wanted(area_id, decided, language)
    for area_id, steps in workshop.get("step", {}).items():
        wanted[area_id, "steps"] = tuple(
            _step(int(level), entered, language) for level, entered in steps.items()
        )
    if "plan" in workshop:
        wanted[None, "plan"] = _plan(workshop["plan"], language)
    if "version" in workshop:
        wanted[None, "plan_versions"] = (_version(session, wanted, workshop["version"], language),)
    door.change_all(wanted)
    if door.unsaved:
        raise door.unsaved[0].reason


def _version(session: Session, wanted: Wanted, said: Content, language: str) -> PlanVersion:
    """The plan by priority as it was frozen, before any step was begun."""
    before_any_step = {
        (area_id, name): tuple(replace(step, status=StepStatus.OPEN) for step in value)
        for (area_id, name), value in wanted.items()
        if name == "steps" and isinstance(value, tuple)
    }
    session = session.with_values({**wanted, **before_any_step})
    plan = plan_by_priority(session_problem(session))
    return frozen(session, plan, at=said["at"], by=said["by"][language])


def _wanted(area_id: str, decided: Content, language: str) -> Wanted:
    wanted: Wanted = {}
    if "not_applicable" in decided:
        wanted[area_id, "not_applicable"] = decided["not_applicable"][language]
    if "level" in decided:
        wanted[area_id, "level"] = exact(decided["level"])
    if "target" in decided:
        wanted[area_id, "target"] = decided["target"]
    if "target_date" in decided:
        wanted[area_id, "target_date"] = decided["target_date"]
    if "target_reason" in decided:
        wanted[area_id, "target_reason"] = decided["target_reason"][language]
        wanted[area_id, "target_sponsor"] = decided["target_sponsor"][language]
    if "target_path" in decided:
        wanted[area_id, "target_path"] = tuple(
            IntermediateTarget(each["level"], each["by"]) for each in decided["target_path"]
        )
    if "weight" in decided:
        wanted[area_id, "weight"] = exact(decided["weight"])
    if "confidence" in decided:
        wanted[area_id, "confidence"] = Confidence(decided["confidence"])
    if language in decided:
        wanted[area_id, "note"] = decided[language]
    if "evidence" in decided:
        wanted[area_id, "evidence"] = tuple(
            Evidence(uuid4().hex, EvidenceKind.LINK, link[language], link["address"])
            for link in decided["evidence"]
        )
    return wanted


_STEP_TEXTS = (
    "title", "outcome", "kpi", "kpi_baseline", "kpi_target", "owner", "team", "risk", "approved_by"
)  # fmt: skip


def _step(level: int, entered: Content, language: str) -> StepDetails:
    """The details of a step as the file has them."""
    days = entered["days"]
    low, likely, high = days if isinstance(days, list) else (None, days, None)
    return StepDetails(
        level,
        **{name: entered[name][language] for name in _STEP_TEXTS if name in entered},
        benefit=Fraction(entered["benefit"]),
        effort=Effort(Fraction(likely), _optional(low), _optional(high)),
        cost=_optional(entered.get("cost")),
        duration=entered.get("duration"),
        confidence=Certainty(entered["confidence"]) if "confidence" in entered else None,
        status=StepStatus(entered.get("status", StepStatus.OPEN)),
        due=entered.get("due"),
        pin=Quarter.parse(entered["pin"]) if "pin" in entered else None,
        approval=Approval(entered.get("approval", Approval.PROPOSED)),
        approved_on=entered.get("approved_on"),
    )


def _optional(number: int | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _plan(entered: Content, language: str) -> PlanSettings:
    """The settings of the plan as the file has them."""
    return PlanSettings(
        start=Quarter.parse(entered["start"]),
        periods=entered["periods"],
        capacity=tuple(map(Fraction, entered["capacity"])),
        teams=tuple(
            TeamCapacity(team[language], tuple(map(Fraction, team["capacity"])))
            for team in entered.get("teams", ())
        ),
        milestones=tuple(
            Milestone(each["day"], each[language]) for each in entered.get("milestones", ())
        ),
    )
