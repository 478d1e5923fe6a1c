"""The entry point writes every format, for window and command line."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import Cancelled, InvalidInput
from app.planning.by_priority import plan_by_priority
from app.planning.projected_profile import Projected, projected
from app.planning.session_problem import plan_start, session_problem
from app.sample import create_sample
from app.session.plan_settings import PlanOrder
from app.session.quarters import Quarter
from app.session.session import Session
from data.library.library import SqliteLibrary, open_library
from data.models.builtin import builtin_model
from exports.export import ExportKind, ExportRequest, begin_export, chart_kind, report_kind


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SqliteLibrary]:
    opened = open_library(tmp_path / "library.stufenplan", create=True)
    yield opened
    opened.close()


@pytest.fixture
def sample(library: SqliteLibrary) -> tuple[Session, Session]:
    """The sample's workshops, the earlier one first."""
    earlier, latest = create_sample(library, builtin_model(), "en").session_ids
    return library.load_session(earlier), library.load_session(latest)


class _Stopped:
    """Progress of a job that was cancelled."""

    def step(self, done: int, total: int) -> None:
        raise Cancelled


@pytest.mark.parametrize(
    ("kind", "name", "beginning"),
    [
        (ExportKind.WORKBOOK, "roadmap.xlsx", b"PK"),
        (ExportKind.AREA_CHART, "areas.png", b"\x89PNG"),
        (ExportKind.DIMENSION_CHART, "dimensions.svg", b"<?xml"),
        (ExportKind.DIMENSION_CHART, "dimensions.pdf", b"%PDF"),
        (ExportKind.SCORES, "scores.csv", b"\xef\xbb\xbfKennung;Dimension;Bereich;Stufe"),
        (ExportKind.JSON, "session.json", b"{"),
        (ExportKind.LIBRARY, "session.stufenplan", b"SQLite format 3"),
    ],
)
def test_every_kind_is_written_in_another_thread_than_the_librarys(
    library: SqliteLibrary,
    sample: tuple[Session, Session],
    tmp_path: Path,
    kind: ExportKind,
    name: str,
    beginning: bytes,
) -> None:
    earlier, latest = sample
    request = ExportRequest(kind, tmp_path / name, "de", earlier.id)
    job = begin_export(request, latest, library, "0.1.0")
    with ThreadPoolExecutor(1) as worker:
        worker.submit(job, None).result()
    assert request.target.read_bytes().startswith(beginning)


def test_a_workbook_carries_the_plan_in_the_order_of_the_session(
    library: SqliteLibrary, sample: tuple[Session, Session], tmp_path: Path
) -> None:
    latest = sample[1]
    assert latest.plan.order is PlanOrder.BEST
    target = tmp_path / "roadmap.xlsx"
    begin_export(ExportRequest(ExportKind.WORKBOOK, target, "en"), latest, library, "0.1.0")(None)
    page = load_workbook(target, data_only=True).worksheets[0]
    words = [cell for row in page.iter_rows(values_only=True) for cell in row]
    assert [text for text in words if str(text).startswith("Proven best plan: ")]


def test_a_cancelled_export_leaves_the_old_file(
    library: SqliteLibrary, sample: tuple[Session, Session], tmp_path: Path
) -> None:
    target = tmp_path / "roadmap.xlsx"
    target.write_bytes(b"old")
    request = ExportRequest(ExportKind.WORKBOOK, target, "en")
    with pytest.raises(Cancelled):
        begin_export(request, sample[1], library, "0.1.0")(_Stopped())
    assert target.read_bytes() == b"old"


def test_the_ending_says_what_is_written() -> None:
    assert report_kind(Path("REPORT.XLSX")) is ExportKind.WORKBOOK
    assert report_kind(Path("session.json")) is ExportKind.JSON
    assert chart_kind(Path("radar.svg"), "dimension") is ExportKind.DIMENSION_CHART


@pytest.mark.parametrize("name", ["report.pptx", "report.pdf", "radar.png", "report"])
def test_what_is_no_report_yet_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(InvalidInput):
        report_kind(Path(name))


def test_a_radar_after_a_quarter_shows_the_plan_of_the_session(
    library: SqliteLibrary,
    sample: tuple[Session, Session],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[Projected] = []
    monkeypatch.setattr(
        "exports.radar.picture.save_chart", lambda *_, projected, **__: drawn.append(projected)
    )
    latest = sample[1]
    latest = replace(latest, plan=replace(latest.plan, order=PlanOrder.PRIORITY))
    quarter = plan_start(latest).plus(1)
    request = ExportRequest(ExportKind.AREA_CHART, Path("radar.png"), "en", after=quarter)
    begin_export(request, latest, library, "0.1.0")(None)
    plan = plan_by_priority(session_problem(latest))
    assert drawn == [projected(latest, plan, 2)]


def test_a_radar_after_a_quarter_without_a_plan_is_refused(
    library: SqliteLibrary, sample: tuple[Session, Session]
) -> None:
    request = ExportRequest(ExportKind.AREA_CHART, Path("radar.png"), "en", after=Quarter(2050, 1))
    with pytest.raises(InvalidInput, match="Choose a quarter"):
        begin_export(request, sample[1], library, "0.1.0")
