"""Entry point: write the workbook with summary, profile, gaps, roadmap and method."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter

from app.comparison.comparison import Comparison
from app.errors import StorageUnavailable
from app.jobs import Progress
from app.jobs import report as report_progress
from app.planning.plan import Plan
from app.session.session import Session
from app.words.numbers import exact, plain
from app.words.texts import N_
from data.files import write_document
from exports.workbook.actions_sheet import action_place, write_actions
from exports.workbook.area_lists import AreaLists, write_area_lists
from exports.workbook.book import Book, Sheet
from exports.workbook.cell_text import line_text
from exports.workbook.compared import Compared
from exports.workbook.compared_areas_sheet import table_place as comparison_place
from exports.workbook.compared_areas_sheet import write_compared_areas
from exports.workbook.comparison_lists import write_comparison_lists
from exports.workbook.comparison_sheet import write_comparison
from exports.workbook.evidence_sheet import write_evidence
from exports.workbook.lists_sheet import write_lists
from exports.workbook.method_sheet import write_method
from exports.workbook.openpyxl_inside import MAIN_NAMESPACE, save_with_values
from exports.workbook.plan_figures import PlanSources, plan_figures
from exports.workbook.profile_sheet import Links, table_place, write_profile
from exports.workbook.profile_table import FIRST as FIRST_AREA
from exports.workbook.profile_table import AreaTable
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.quarter_plan import quarter_place
from exports.workbook.quarters_sheet import write_quarters
from exports.workbook.radar_sheet import write_radar
from exports.workbook.report import Report
from exports.workbook.results_sheet import write_results
from exports.workbook.risks_sheet import risk_place, write_risks
from exports.workbook.step_columns import FIRST as FIRST_STEP
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.step_columns import StepTable
from exports.workbook.step_lists import StepLists, write_step_lists
from exports.workbook.steps_sheet import StepSources, step_place, write_steps
from exports.workbook.summary_sheet import Links as PageLinks
from exports.workbook.summary_sheet import write_summary
from exports.workbook.theme import themed

_TELL_EVERY = 25


def write_workbook(
    session: Session,
    target: Path,
    language: str,
    *,
    today: date,
    comparison: Comparison | None = None,
    plan: Plan | None = None,
    progress: Progress | None = None,
    exported_with: str = "",
) -> None:
    """Write the workbook in one language, our words and the model's texts alike.

    ``today`` is the day of the export, ``comparison`` sets the session beside others, ``plan`` is
    that of the session (made by priority unless given), ``exported_with`` is the program's version.
    The old file stays as it was until the new one is complete and has been read back. Raises
    ``StorageUnavailable`` and ``Cancelled``.
    """
    report = Report(session, language, today, comparison, plan)
    total = 2 * len(report.numbers) + 2 * len(report.steps)
    count = _Counter(progress, total)
    book = Book()
    areas, steps = _fill(book, report, count, exported_with)

    def write(file: BinaryIO) -> None:
        save_with_values(book.workbook, book.values, book.chart_texts, file)
        count.step()
        file.flush()
        _read_back(file, report, areas, steps)

    write_document(target, write)
    report_progress(progress, total, total)


class _Counter:
    """Throttled progress: often enough to cancel quickly, not so often as to slow down."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def step(self) -> None:
        self._done += 1
        if self._done % _TELL_EVERY == 1:
            report_progress(self._progress, min(self._done, self._total), self._total)


def _fill(
    book: Book, report: Report, count: _Counter, exported_with: str
) -> tuple[AreaTable, StepTable]:
    tr = report.tr
    summary = book.sheet(tr.pgettext("sheet of the workbook", "Summary"))
    results = book.sheet(tr.pgettext("sheet of the workbook", "Results"))
    profile = book.sheet(tr.pgettext("sheet of the workbook", "Profile"))
    radar = book.sheet(tr.pgettext("sheet of the workbook", "Radar"))
    gaps = book.sheet(tr.pgettext("sheet of the workbook", "Gaps and roadmap"))
    quarters = book.sheet(tr.pgettext("sheet of the workbook", "Quarter plan"))
    risks = book.sheet(tr.pgettext("sheet of the workbook", "Dependencies and risks"))
    actions = book.sheet(tr.pgettext("sheet of the workbook", "Actions"))
    evidence = None
    if report.has_evidence:
        evidence = book.sheet(tr.pgettext("sheet of the workbook", "Evidence"))
    over_time = None
    if report.comparison is not None:
        over_time = (
            book.sheet(tr.pgettext("sheet of the workbook", "Comparison")),
            book.sheet(tr.pgettext("sheet of the workbook", "Comparison by area")),
        )
    method = book.sheet(tr.pgettext("sheet of the workbook", "Method"))
    lists = write_lists(
        book.sheet(tr.pgettext("sheet of the workbook", "Lists")), report, exported_with
    )
    table = table_place(profile, report)
    areas = write_area_lists(lists, report, table)
    links = Links(radar.raw.title, "" if evidence is None else evidence.raw.title)
    write_profile(table, report, lists, areas, links, count.step)
    write_radar(radar, report, table, areas)
    steps, found = step_place(gaps, report), StepLists(lists.sheet, len(report.steps))
    plan = PlanSources(
        table=table,
        areas=areas,
        steps=steps,
        step_lists=found,
        quarters=quarter_place(quarters, report),
        risks=risk_place(risks, report),
        lists=lists,
        figures=plan_figures(report, table, steps, found),
    )
    _write_plan(report, plan, actions, count)
    if evidence is not None:
        write_evidence(evidence, report)
    if report.comparison is not None and over_time is not None:
        _write_over_time(*over_time, Compared(report, report.comparison), areas)
    page = None if over_time is None else over_time[0]
    means = write_results(results, report, plan)
    first_page = write_summary(summary, report, plan, PageLinks(results, page), means)
    write_method(method, report, first_page.figures, exported_with)
    book.close()
    book.workbook.active = 0
    book.workbook.properties = _properties(report)
    themed(book.workbook)
    return table, steps


def _write_plan(report: Report, plan: PlanSources, actions: Sheet, count: _Counter) -> None:
    """The steps: as a table, by quarter, with what they need, and their actions."""
    place = action_place(actions, report)
    sources = StepSources(plan.areas, plan.lists, plan.step_lists, place)
    write_steps(plan.steps, report, sources, count.step)
    write_step_lists(plan.lists, report, plan.areas, plan.steps, plan.step_lists)
    write_quarters(report, plan, count.step)
    write_risks(plan.risks, report, plan.steps, plan.step_lists, plan.lists)
    write_actions(actions, report, plan.steps, plan.lists, place)


def _write_over_time(page: Sheet, by_area: Sheet, compared: Compared, areas: AreaLists) -> None:
    """The session beside others: as a whole, and area by area."""
    table = comparison_place(by_area, compared)
    write_compared_areas(table, compared, areas, page.raw.title)
    write_comparison(page, compared, table, write_comparison_lists(areas.sheet, compared, table))


def _properties(report: Report) -> DocumentProperties:
    session, tr = report.session, report.tr
    title = tr.gettext("Gaps and roadmap: {client}", client=session.organisation.name)
    return DocumentProperties(
        creator="Stufenplan",
        title=line_text(title),
        subject=line_text(report.subject),
        description=line_text(session.scope),
        keywords=line_text(report.model_line),
        language=report.language,
        category=tr.gettext("Maturity assessment"),
    )


# ---- reading back ---------------------------------------------------------------------------


def _read_back(file: BinaryIO, report: Report, areas: AreaTable, steps: StepTable) -> None:
    """Read the written file back and compare it before reporting success."""
    wanted = [plain(area.level) for area in report.figures.areas if area.level is not None]
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            levels = _numbers(archive, 3, AreaCol.LEVEL, FIRST_AREA, areas.last)
            targets = _numbers(archive, 5, StepCol.TO, FIRST_STEP, steps.last)
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise _incomplete() from error
    same = levels == wanted and targets == [s.to_level for s in report.steps]
    if not same:
        raise _incomplete()


def _incomplete() -> StorageUnavailable:
    return StorageUnavailable(
        N_(
            "The workbook was not written correctly, so it was discarded. Please try again "
            "or choose another drive."
        )
    )


def _numbers(archive: ZipFile, sheet: int, column: int, first: int, last: int) -> list[int | float]:
    """The numbers in a column of a written sheet, from one row to another."""
    letter = get_column_letter(column)
    root = etree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    texts: Any = root.xpath(
        "m:sheetData/m:row[@r >= $first and @r <= $last]/m:c[starts-with(@r, $letter)]/m:v/text()",
        namespaces={"m": MAIN_NAMESPACE},
        first=first,
        last=last,
        letter=letter,
    )
    return [plain(exact(str(text))) for text in texts]
