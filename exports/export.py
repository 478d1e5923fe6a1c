"""Entry point for all exports: formats, and writing a session to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InvalidInput
from app.jobs import Progress, import_lock
from app.planning.projected_profile import planned_period, projected
from app.ports import Library
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.texts import N_, translator_for
from exports.comparison.choice import ChartChoice, ChartKind
from exports.report_names import ReportKind

if TYPE_CHECKING:
    from app.comparison.comparison import Comparison
    from app.planning.plan import Plan

Job = Callable[[Progress | None], None]

_PICTURES = (".png", ".svg", ".pdf")
_NOT_BUILT = (".pptx", ".pdf", ".md")


class ExportKind(Enum):
    """Kinds of export: the report, and the allowed file name endings.

    The first ending is the one to propose.
    """

    WORKBOOK = ReportKind.ROADMAP, (".xlsx",)
    AREA_CHART = ReportKind.RADAR_BY_AREA, _PICTURES
    DIMENSION_CHART = ReportKind.RADAR_BY_DIMENSION, _PICTURES
    SCORES = ReportKind.SCORES, (".csv",)
    JSON = ReportKind.SESSION, (".json",)
    LIBRARY = ReportKind.SESSION, (".stufenplan",)
    OVERLAY = ReportKind.OVERLAY, _PICTURES
    WATERFALL = ReportKind.WATERFALL, _PICTURES
    TREND = ReportKind.TREND, _PICTURES

    def __init__(self, report: ReportKind, endings: tuple[str, ...]) -> None:
        self.report = report
        self.endings = endings

    @property
    def has_language(self) -> bool:
        """True if the file is written for readers of one language."""
        return self.report is not ReportKind.SESSION

    @property
    def is_picture(self) -> bool:
        """True for charts."""
        return self.endings == _PICTURES

    @property
    def has_comparison(self) -> bool:
        """True if an earlier session can be shown in the file."""
        return self.has_language and self.report is not ReportKind.SCORES


CHARTS = {"area": ExportKind.AREA_CHART, "dimension": ExportKind.DIMENSION_CHART}
COMPARISON_CHARTS = {
    ChartKind.OVERLAY: ExportKind.OVERLAY,
    ChartKind.WATERFALL: ExportKind.WATERFALL,
    ChartKind.TREND: ExportKind.TREND,
}
_REPORTS = {ending: kind for kind in ExportKind if not kind.is_picture for ending in kind.endings}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Kind and target of an export.

    ``earlier_id`` names a session to compare with, or is empty. ``model_language`` is that of the
    labels of a chart where it is not ``language``; ``transparent`` gives a chart no ground.
    ``comparison`` is drawn as ``chart`` says for the kinds of ``COMPARISON_CHARTS``; a workbook
    shows it whole, instead of one with the earlier session. ``after`` is the quarter by whose end a
    radar also shows the levels that the plan leads to.
    """

    kind: ExportKind
    target: Path
    language: str
    earlier_id: str = ""
    model_language: str = ""
    transparent: bool = False
    comparison: Comparison | None = None
    chart: ChartChoice | None = None
    after: Quarter | None = None


def comparison_request(
    comparison: Comparison,
    chart: ChartChoice,
    target: Path,
    language: str,
    model_language: str = "",
) -> ExportRequest:
    """The request for a chart of a comparison; raises ``InvalidInput`` for another ending."""
    kind = _picture_kind(target, COMPARISON_CHARTS[chart.kind])
    return ExportRequest(
        kind, target, language, model_language=model_language, comparison=comparison, chart=chart
    )


def report_kind(target: Path) -> ExportKind:
    """The kind of report for a file extension.

    Raises ``InvalidInput`` for a picture, an unknown ending and one that is not built yet.
    """
    ending = target.suffix.lower()
    known = " ".join(_REPORTS)
    if ending in _REPORTS:
        return _REPORTS[ending]
    if ending in _NOT_BUILT:
        raise InvalidInput(
            N_("{ending} is not available yet. A session is written as {known}."),
            ending=ending,
            known=known,
        )
    if ending in _PICTURES:
        raise InvalidInput(N_("Pictures come from “session chart”."))
    raise InvalidInput(
        N_("The ending of “{name}” is not known. A session is written as {known}."),
        name=target.name,
        known=known,
    )


def chart_kind(target: Path, by: str) -> ExportKind:
    """The kind of a radar by ``area`` or ``dimension``; raises ``InvalidInput`` for its ending."""
    return _picture_kind(target, CHARTS[by])


def _picture_kind(target: Path, kind: ExportKind) -> ExportKind:
    if target.suffix.lower() not in kind.endings:
        raise InvalidInput(
            N_("A chart is written to a file that ends in one of {known}, not “{name}”."),
            known=" ".join(kind.endings),
            name=target.name,
        )
    return kind


def begin_export(
    request: ExportRequest, session: Session, library: Library, exported_with: str
) -> Job:
    """Read all that is needed from the library; the job returned then writes the file.

    The job may run in another thread than the library's. A library file is written by the
    library itself, before this returns. ``exported_with`` is the program's version. Both raise
    ``StorageUnavailable`` and ``InvalidInput``, the job ``Cancelled`` too.
    """
    if request.kind is ExportKind.LIBRARY:
        library.export_session(session.id, request.target)
        return lambda _progress: None
    if request.kind is ExportKind.JSON:
        return _json_job(request, session, library, exported_with)
    if request.kind is ExportKind.SCORES:
        return _scores_job(request, session)
    if request.comparison is not None and request.chart is not None:
        return _comparison_chart_job(request, request.comparison, request.chart)
    if request.kind is ExportKind.WORKBOOK:
        compared = _comparison(request, session, library)
        return _workbook_job(request, session, compared, exported_with)
    earlier = library.load_session(request.earlier_id) if request.earlier_id else None
    return _chart_job(request, session, earlier)


def _json_job(
    request: ExportRequest, session: Session, library: Library, exported_with: str
) -> Job:
    from exports.session_json import write_session_json

    whole = library.whole_session(session.id)

    def job(progress: Progress | None) -> None:
        write_session_json(whole, request.target, exported_with=exported_with, progress=progress)

    return job


def _scores_job(request: ExportRequest, session: Session) -> Job:
    def job(_progress: Progress | None) -> None:
        from exports.score_csv import write_scores

        write_scores(session, request.target, translator_for(request.language))

    return job


def _comparison(request: ExportRequest, session: Session, library: Library) -> Comparison | None:
    """The comparison of a workbook; raises ``InvalidInput`` for another client."""
    if request.comparison is not None or not request.earlier_id:
        return request.comparison
    from app.comparison.comparison import compare
    from app.comparison.stored import stored_decisions

    # The session as it is on screen: not all of it may be saved.
    sessions = library.load_session(request.earlier_id), session
    return compare(sessions, judge=stored_decisions(library, session.organisation.id))


def _workbook_job(
    request: ExportRequest, session: Session, comparison: Comparison | None, exported_with: str
) -> Job:
    def job(progress: Progress | None) -> None:
        with import_lock:
            from exports.workbook.workbook import write_workbook

        write_workbook(
            session,
            request.target,
            request.language,
            today=date.today(),  # noqa: DTZ011 (the day on a report is the local one)
            comparison=comparison,
            plan=_plan_of(session),
            progress=progress,
            exported_with=exported_with,
        )

    return job


def _chart_job(request: ExportRequest, session: Session, earlier: Session | None) -> Job:
    period = 0 if request.after is None else planned_period(session, request.after)

    def job(_progress: Progress | None) -> None:
        with import_lock:
            from exports.radar.picture import save_chart

        save_chart(
            session,
            request.target,
            "area" if request.kind is ExportKind.AREA_CHART else "dimension",
            translator=translator_for(request.language),
            earlier=earlier,
            projected=projected(session, _plan_of(session), period) if period else None,
            language=request.model_language or request.language,
            transparent=request.transparent,
        )

    return job


def _plan_of(session: Session) -> Plan:
    """The plan that the session's settings ask for."""
    with import_lock:
        from app.planning.planning import make_plan  # with it comes the solver
        from app.planning.session_problem import session_problem

    return make_plan(session_problem(session), session.plan.order)


def _comparison_chart_job(
    request: ExportRequest, comparison: Comparison, chart: ChartChoice
) -> Job:
    def job(_progress: Progress | None) -> None:
        with import_lock:
            from exports.comparison.picture import save_comparison_chart

        save_comparison_chart(
            comparison,
            request.target,
            chart,
            translator=translator_for(request.language),
            language=request.model_language or request.language,
            transparent=request.transparent,
        )

    return job
