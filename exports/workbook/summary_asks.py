"""Summary sheet: the decisions that the plan asks for, with room for what was decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from app.session.step_details import APPROVAL_WORDS, Approval
from app.words.plan_words import period_in_words
from exports.workbook.book import (
    Sheet,
    counted,
    literal,
    live,
    mark,
    shown,
    text_height,
)
from exports.workbook.plan_figures import PlanSources
from exports.workbook.planned import StepRow
from exports.workbook.profile_table import Col as AreaCol
from exports.workbook.report import Report
from exports.workbook.step_columns import Col
from exports.workbook.styles import (
    ACCENT,
    QUIET,
    ROW_TO_FILL,
    SECTION,
    Style,
)
from exports.workbook.summary_grid import ENTRY, LEFT, RIGHT, write_section

_QUARTERS_SHOWN = 2
_DECISION, _WHO = RIGHT - 7, RIGHT - 3
_NUMBER = Style(size=12, bold=True, colour=ACCENT, vertical="center", horizontal="left")

Said = tuple[str, str]
"""A formula and its result, both a text."""
Ask = tuple[Said | str, Said | str]
"""Headline and detail; a text alone is as of the export."""


def shown_quarters(report: Report) -> int:
    """How many quarters page 1 shows step by step."""
    return min(_QUARTERS_SHOWN, len(report.periods))


def quarter_name(report: Report, period: int) -> str:
    """A quarter as it stands in a sentence, ``Q1 2027``."""
    return period_in_words(report.plan.problem.limits, period, report.tr)


def _begin_soon(report: Report) -> list[StepRow]:
    """Steps of the first two quarters."""
    last = shown_quarters(report)
    return [step for step in report.steps if step.start is not None and step.start <= last]


def _begins(plan: PlanSources, last: int) -> str:
    """Factor: 1 for steps that begin in one of the first quarters; rows without a step have 0."""
    return f"{plan.steps.planned},--({plan.steps.span(Col.START)}<={last})"


def write_asks(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    """Decisions that the plan needs, each with room for what was decided and by whom."""
    tr = report.tr
    write_section(sheet, row, LEFT, RIGHT, tr.gettext("What we ask you to decide"))
    head = replace(SECTION, size=9, wrap=False)
    sheet.write_label(row, _DECISION, tr.pgettext("what was decided", "Decision"), head)
    sheet.write_label(row, _WHO, tr.gettext("Who, by when"), head)
    sheet.height(row, 22)
    asks = [ask(report, plan) for ask in (_ask_capacity, _ask_approval, _ask_owners, _ask_sponsors)]
    if report.implied:
        asks.append(_ask_implied(report))
    width = sheet.width_of(LEFT + 1, _DECISION - 2)
    for number, (headline, detail) in enumerate(asks, 1):
        row += 1
        sheet.write_label(row, LEFT, str(number), _NUMBER)
        for line, said, look, least in (
            (row, headline, ENTRY, 16.0),
            (row + 1, detail, QUIET, 14.0),
        ):
            if isinstance(said, str):
                sheet.write_user_text(line, LEFT + 1, said, look)
            else:
                sheet.formula(line, LEFT + 1, *said, look)
            sheet.merge(line, LEFT + 1, _DECISION - 2)
            text = said if isinstance(said, str) else said[1]
            sheet.height(line, max(least, text_height(text, width, look)))
        for first, last in ((_DECISION, _WHO - 1), (_WHO, RIGHT)):
            for line in (row, row + 1):
                sheet.apply_style(line, first, last, ROW_TO_FILL)
            sheet.leave_open(row, first, ROW_TO_FILL)
            sheet.merge(row, first, last, 2)
        row += 1
    return row + 1


def _while_left(left: str, count: int, ask: Callable[[int, object], str], settled: str) -> Said:
    """What is asked for while something is left, else that it is settled."""
    formula = f"IF({left}=0,{literal(settled)},{counted(ask, left)})"
    return formula, ask(count, count) if count else settled


def _ask_capacity(report: Report, plan: PlanSources) -> Ask:
    tr, limits = report.tr, report.plan.problem.limits
    span, used = (plan.quarters.span(line) for line in (plan.quarters.capacity, plan.quarters.used))
    total = sum(limits.capacity, Fraction(0))
    assumed = tr.gettext("The capacity is an assumption: none was agreed yet.")
    after = "" if report.session.plan.capacity else f" {assumed}"

    def even(days: object) -> str:
        return tr.gettext("Provide {n} person-days a quarter", n=days)

    def uneven(days: object, quarters: object) -> str:
        return tr.gettext("Provide {n} person-days in {k} quarters", n=days, k=quarters)

    def detail(days: object, in_all: object) -> str:
        said = tr.gettext(
            "{used} of {total} person-days from {first} to {last} are planned.",
            used=days, total=in_all,
            first=quarter_name(report, 1), last=quarter_name(report, len(report.periods)),
        )  # fmt: skip
        return said + after

    formula = (
        f"IF(MAX({span})=MIN({span}),{live(even(mark(0)), f'MAX({span})')},"
        f"{live(uneven(mark(0), mark(1)), f'SUM({span})', str(len(report.periods)))})"
    )
    is_even = len(set(limits.capacity)) == 1
    result = (
        even(shown(limits.capacity[0])) if is_even else uneven(shown(total), len(report.periods))
    )
    days = sum(plan.figures.used, Fraction(0))
    return (formula, result), (
        live(detail(mark(0), mark(1)), f"SUM({used})", f"SUM({span})"),
        detail(shown(days), shown(total)),
    )


def _ask_approval(report: Report, plan: PlanSources) -> Ask:
    tr, steps = report.tr, plan.steps
    soon, last = _begin_soon(report), shown_quarters(report)
    quarter = quarter_name(report, last)

    def approve(n: int, said: object) -> str:
        return tr.ngettext(
            "Approve {n} step that begins by the end of {quarter}",
            "Approve {n} steps that begin by the end of {quarter}",
            n, n=said, quarter=quarter,
        )  # fmt: skip

    words = {each: tr.gettext(word) for each, word in APPROVAL_WORDS.items()}
    begins = _begins(plan, last)

    def with_approval(approval: Approval) -> str:
        same = f"--({steps.span(Col.APPROVAL)}={literal(words[approval])})"
        return f"SUMPRODUCT({begins},{same})"

    settled = tr.gettext(
        "All steps that begin by the end of {quarter} are decided on.", quarter=quarter
    )
    done = with_approval(Approval.APPROVED)
    refused = with_approval(Approval.REJECTED)
    left = f"(SUMPRODUCT({begins})-{done}-{refused})"
    decided = (Approval.APPROVED, Approval.REJECTED)
    count = sum(step.details.approval not in decided for step in soon)

    def so_far(days: object, approved: object) -> str:
        return tr.gettext("{days} person-days; approved so far: {n}", days=days, n=approved)

    def others(approval: Approval, n: object) -> str:
        return tr.gettext("; {state}: {n}", state=words[approval], n=n)

    days = f"SUM({plan.quarters.span(plan.quarters.used, 1, last)})"
    formula = live(so_far(mark(0), mark(1)), days, done)
    agreed = sum(step.details.approval is Approval.APPROVED for step in soon)
    result = so_far(shown(sum(plan.figures.used[:last], Fraction(0))), agreed)
    for approval in (Approval.DEFERRED, Approval.REJECTED):
        number = with_approval(approval)
        formula += f'&IF({number}=0,"",{live(others(approval, mark(0)), number)})'
        known = sum(step.details.approval is approval for step in soon)
        result += others(approval, known) if known else ""
    return _while_left(left, count, approve, settled), (formula, result)


def _ask_owners(report: Report, plan: PlanSources) -> Ask:
    tr, steps = report.tr, plan.steps
    soon, last = _begin_soon(report), shown_quarters(report)
    quarter = quarter_name(report, last)

    def name(n: int, said: object) -> str:
        return tr.ngettext(
            "Name an owner for {n} step that begins by the end of {quarter}",
            "Name an owner for {n} steps that begin by the end of {quarter}",
            n, n=said, quarter=quarter,
        )  # fmt: skip

    settled = tr.gettext(
        "Every step that begins by the end of {quarter} has an owner.", quarter=quarter
    )
    left = f'SUMPRODUCT({_begins(plan, last)},--({steps.span(Col.OWNER)}=""))'
    count = sum(not step.details.owner for step in soon)
    alone = sum(not step.details.owner for step in report.steps if step.is_open)
    template = tr.gettext("Open steps without an owner in all: {n}", n=mark(0))
    detail = live(template, steps.without_owner), template.replace(mark(0), str(alone))
    return _while_left(left, count, name, settled), detail


def _ask_sponsors(report: Report, plan: PlanSources) -> Ask:
    tr, table = report.tr, plan.table

    def name(n: int, said: object) -> str:
        return tr.ngettext(
            "Name a sponsor for {n} target", "Name a sponsor for {n} targets", n, n=said
        )

    settled = tr.gettext("Every target that is not reached has a sponsor.")
    gaps, sponsors = table.span(AreaCol.GAP), table.span(AreaCol.SPONSOR)
    left = f'SUMPRODUCT(--ISNUMBER({gaps}),--({gaps}<>0),--({sponsors}=""))'
    without = [
        area for area in report.figures.areas
        if area.gap and not report.session.rating(area.area_id).target_sponsor
    ]  # fmt: skip
    states, words = table.span(AreaCol.TARGET_STATE), literal(tr.gettext("not agreed"))
    template = tr.gettext("Targets that were not agreed yet: {n}", n=mark(0))
    formula = live(template, f"COUNTIF({states},{words})")
    open_targets = sum(a.is_applicable and not a.target_agreed for a in report.figures.areas)
    headline = _while_left(left, len(without), name, settled)
    return headline, (formula, template.replace(mark(0), str(open_targets)))


def _ask_implied(report: Report) -> Ask:
    """Targets that were not agreed, but that planned steps of other areas need."""
    tr, count = report.tr, len(report.implied)
    headline = tr.ngettext(
        "Confirm {n} target that other steps need",
        "Confirm {n} targets that other steps need",
        count,
    )
    names = (
        tr.gettext(
            "{area} at level {level} (for {step})",
            area=report.area_names[each.area_id],
            level=each.level,
            step=report.step_name(each.needed_by),
        )
        for each in report.implied.values()
    )
    return headline, "; ".join(names)
