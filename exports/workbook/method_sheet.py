"""Method sheet: how each figure is computed, its confidence and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from app.comparison.comparison import Comparison
from app.model.maturity_model import MaturityModel, Source
from app.planning.plan import PlanStatus
from app.words.texts import LANGUAGES, Translator
from exports.workbook.book import Sheet
from exports.workbook.figures import Figure
from exports.workbook.report import Report
from exports.workbook.styles import (
    DAY_FORMATS,
    QUIET,
    ROW,
    ROW_BOLD,
    ROW_DAY,
    ROW_NUMBER,
    SECTION,
    TITLE,
)

_TERM, _TEXT, _VALUE = 2, 3, 4
_WIDTHS = (2, 32, 112, 14)
_BUILT_IN_MODEL = "cloud-native"

Pair = tuple[str, str | date]


def write_method(
    sheet: Sheet, report: Report, figures: Mapping[str, Figure], exported_with: str
) -> None:
    """Fill the sheet."""
    tr = report.tr
    title = tr.gettext("Method")
    sheet.widths(*_WIDTHS)
    sheet.print_setup(report, title)
    sheet.write_label(1, _TERM, title, TITLE)
    sheet.height(1, 32)
    facts = _facts(report, exported_with)
    row = _write_pairs(sheet, 2, tr.gettext("This report"), facts, DAY_FORMATS[tr.language])
    row = _write_figures(sheet, report, row + 1, figures)
    sheet.new_page(row + 1)
    row = _write_pairs(sheet, row + 1, tr.gettext("Rules"), _rules(report))
    limits = tr.gettext("What the figures do not say")
    row = _write_pairs(sheet, row + 1, limits, _limits(tr))
    sheet.new_page(row + 1)
    row = _write_pairs(sheet, row + 1, tr.gettext("About this workbook"), _about(report))
    _write_pairs(sheet, row + 1, tr.gettext("Sources and licences"), _sources(report))


def _write_pairs(
    sheet: Sheet, row: int, title: str, pairs: Iterator[Pair], day_format: str = ""
) -> int:
    """A section of terms and texts, or days; the row after it."""
    _section(sheet, row, title)
    for term, text in pairs:
        row += 1
        sheet.write_user_text(row, _TERM, term, ROW_BOLD)
        sheet.apply_style(row, _VALUE, _VALUE, ROW)
        if isinstance(text, date):
            sheet.day(row, _TEXT, text, replace(ROW_DAY, number_format=day_format))
        else:
            sheet.write_user_text(row, _TEXT, text, ROW)
            _fit(sheet, row, term, text)
    return row + 1


def _fit(sheet: Sheet, row: int, term: str, text: str) -> None:
    pieces = ((term, _WIDTHS[_TERM - 1] - 3, ROW_BOLD), (text, _WIDTHS[_TEXT - 1] - 2, ROW))
    sheet.fit_height(row, *pieces, least=16, keep=False)


def _section(sheet: Sheet, row: int, title: str) -> None:
    sheet.write_label(row, _TERM, title, SECTION)
    sheet.apply_style(row, _TEXT, _VALUE, SECTION)
    sheet.height(row, 24)


def _write_figures(sheet: Sheet, report: Report, row: int, figures: Mapping[str, Figure]) -> int:
    """Every key figure with its formula in words and its value at full precision."""
    _section(sheet, row, report.tr.gettext("Figures"))
    for key, (name, explanation) in figure_words(report).items():
        row += 1
        sheet.write_label(row, _TERM, name, ROW_BOLD)
        sheet.write_label(row, _TEXT, explanation, ROW)
        _fit(sheet, row, name, explanation)
        figure = figures[key]
        sheet.figure(row, _VALUE, figure.formula, figure.value, ROW_NUMBER)
    row += 1
    note = report.tr.gettext("Full precision; other sheets show the rounded figures.")
    sheet.write_label(row, _TEXT, note, replace(QUIET, wrap=False))
    return row + 1


def figure_words(report: Report) -> dict[str, tuple[str, str]]:
    """Name and formula in words of every figure, by its key in the JSON."""
    tr = report.tr
    lowest = report.model.lowest_level
    return {
        "mean_of_areas": (
            tr.gettext("Average of all areas"),
            tr.gettext(
                "Headline: sum of weight × level over the sum of weights, of all applicable areas "
                "with a level."
            ),
        ),
        "mean_of_dimensions": (
            tr.gettext("Mean of the dimension means"),
            tr.gettext(
                "Every dimension with a level counts the same, however many areas it has. For "
                "comparison with other methods; not the headline."
            ),
        ),
        "floor": (
            tr.gettext("Lowest level"),
            tr.gettext("The lowest level of all areas with a level."),
        ),
        "ceiling": (
            tr.gettext("Highest level"),
            tr.gettext("The highest level of all areas with a level."),
        ),
        "staged_level": (
            tr.gettext("Reached by all areas"),
            tr.gettext(
                "The level that every applicable area has reached: the lowest of all. Known only "
                "once every applicable area has a level."
            ),
        ),
        "target_mean": (
            tr.gettext("Average target"),
            tr.gettext("Weighted mean of the targets of the same areas."),
        ),
        "mean_gap": (
            tr.gettext("Average gap to target"),
            tr.gettext("Sum of the weighted gaps over the sum of weights."),
        ),
        "total_gap": (
            tr.gettext("Total gap"),
            tr.gettext(
                "Sum of the gaps. Gap of an area: target minus level, never below 0; "
                "exceeding one target does not offset a gap elsewhere."
            ),
        ),
        "total_weighted_gap": (
            tr.gettext("Total weighted gap"),
            tr.gettext("Sum of gap × weight."),
        ),
        "progress_to_target": (
            tr.gettext("Progress to target"),
            tr.gettext(
                "Sum of weight × (the lower of level and target − {lowest}) over the sum of "
                "weight × (target − {lowest}); {lowest} is the lowest level of the scale. "
                "1 is every target reached.",
                lowest=lowest,
            ),
        ),
        "percent_to_target": (
            tr.gettext("Percent to target after OWASP SAMM"),
            tr.gettext(
                "1 minus the sum of gaps over the sum of targets. Given for comparison only: it "
                "does not begin at 0 where the scale begins at 1."
            ),
        ),
        "scored": (
            tr.gettext("Areas scored"),
            tr.gettext("Applicable areas with a level."),
        ),
        "applicable": (
            tr.gettext("Areas applicable"),
            tr.gettext("Areas that count for this organisation."),
        ),
        "total": (
            tr.gettext("Areas of the model"),
            tr.gettext("All areas of the model, applicable or not."),
        ),
    }


def _facts(report: Report, exported_with: str) -> Iterator[Pair]:
    tr, session = report.tr, report.session
    yield tr.gettext("Organisation"), session.organisation.name
    if session.unit is not None:
        yield tr.gettext("Unit"), session.unit.full_name
    yield tr.gettext("Session"), session.title
    yield tr.gettext("Date of the session"), session.date
    yield tr.gettext("Scope"), session.scope or tr.gettext("not stated")
    yield tr.gettext("Model"), report.model_line
    if report.earlier is not None:
        yield tr.gettext("Compared with"), _comparison(report)
        yield tr.gettext("Date of the earlier session"), report.earlier.date
    yield tr.gettext("Exported"), report.today
    if exported_with:
        yield tr.gettext("Exported with"), f"Stufenplan {exported_with}"


def _comparison(report: Report) -> str:
    tr, earlier = report.tr, report.earlier
    if earlier is None:
        return ""
    n = len(report.earlier_levels)
    areas = tr.ngettext(
        "{title}, {date}: shown for {n} area whose level texts are identical in both sessions.",
        "{title}, {date}: shown for {n} areas whose level texts are identical in both sessions.",
        n,
        title=earlier.title,
        date=tr.long_date(earlier.date),
    )
    dimensions = tr.gettext(
        "Earlier averages of dimensions are shown where the same areas counted with the same"
        " weights."
    )
    if report.comparison is not None and not report.comparison.allows_differences:
        dimensions = tr.gettext("The sessions are not comparable, so averages are not shown.")
    return " ".join((areas, *report.left_out, dimensions))


def _rules(report: Report) -> Iterator[Pair]:
    tr, model = report.tr, report.model
    yield (
        tr.gettext("Level"),
        tr.gettext(
            "What a group decided after discussion, from {lowest} to {highest}. A level includes "
            "the levels below it. Levels are steps of a ladder, not amounts.",
            lowest=model.lowest_level,
            highest=model.highest_level,
        ),
    )
    if report.session.half_levels:
        yield (
            tr.gettext("Half levels"),
            tr.gettext("This session allows half levels; the next step leads to the whole one."),
        )
    yield (
        tr.gettext("Not scored"),
        tr.gettext("No level was decided. The area is part of no mean, no gap and no step."),
    )
    yield (
        tr.gettext("Not applicable"),
        tr.gettext("Taken out with a reason. The area leaves numerator and denominator."),
    )
    yield (
        tr.gettext("Target"),
        tr.gettext(
            "Agreed level per area. Where none was agreed or the cell is empty, level {highest} is "
            "assumed and the area is marked as “not agreed”.",
            highest=model.highest_level,
        ),
    )
    yield (
        tr.gettext("Weight"),
        tr.gettext("How much an area counts: greater than 0, at most 10; 1 unless set."),
    )
    yield (
        tr.gettext("Widest gaps"),
        tr.gettext(
            "Areas by gap, the widest first. Where weights differ from 1: by weight × gap, then by "
            "gap. What is still equal stands in the order of the model."
        ),
    )
    yield (
        tr.gettext("Steps"),
        tr.gettext("Every gap becomes steps of one level each, with the actions of the model."),
    )
    yield (
        tr.gettext("Priority"),
        tr.gettext(
            "Weight × (target − level of the step + 1) × benefit / person-days. The benefit is 1 "
            "until it is estimated."
        ),
    )
    yield (
        tr.gettext("Person-days"),
        tr.gettext(
            "As entered for the step, else the sum of its actions by effort class; an action that "
            "serves several steps is paid by the first. Where nothing is known, 1."
        ),
    )
    yield (
        tr.gettext("Open steps"),
        tr.gettext(
            "Counted and named as next steps are those that are neither done nor dropped, whose "
            "level is not reached and that do not lie beyond the target."
        ),
    )
    yield (
        tr.gettext("Order of steps"),
        tr.gettext(
            "By quarter, then highest priority first, where a step inherits the highest priority "
            "of all steps that wait for it; then own priority, number of steps that wait for it, "
            "lower level, order of the model. No step stands before one that it needs."
        ),
    )
    yield from _plan_rules(report)
    if report.comparison is not None:
        yield from _comparison_rules(report.comparison, tr)
    yield (
        tr.gettext("Rounding"),
        tr.gettext(
            "Half away from zero, on the exact value and only where a figure is shown: means with "
            "one decimal place, percentages without."
        ),
    )


def _plan_rules(report: Report) -> Iterator[Pair]:
    tr = report.tr
    rule = tr.gettext(
        "In order of priority, each step begins in the first quarter in which all it needs is done "
        "and its days are free. A rule of thumb: a better plan may exist."
    )
    if report.plan.by_best and report.plan.status is not PlanStatus.PRIORITY:
        rule = tr.gettext(
            "Wanted is the plan with the largest sum of weight × benefit × number of quarters in "
            "which the level of a step is in effect, among all plans within prerequisites, "
            "capacity and fixed dates. It is called proven best only where the solver says so."
        )
    yield tr.gettext("Quarters of the steps"), rule
    yield (
        tr.gettext("Projected average"),
        tr.gettext(
            "Average of all areas if every step is done as planned: the levels of the steps that "
            "end by then count, of an area only up to the first one that is missing."
        ),
    )


def _comparison_rules(comparison: Comparison, tr: Translator) -> Iterator[Pair]:
    yield (
        tr.gettext("Comparable sessions"),
        tr.gettext(
            "A: same scale and scope, at least 80% of the areas that apply with the same texts, "
            "mostly the same people. B: same scale and scope, at least 60% of the areas. C: "
            "otherwise; levels stand side by side only. Of several sessions the two that compare "
            "worst decide."
        ),
    )
    if comparison.overall is None:
        return
    yield (
        tr.gettext("Averages compared"),
        tr.gettext(
            "Of the areas that ask the same and are scored in all sessions, always with the "
            "weights of the latest, so that no average moves only because other areas count or "
            "weigh more."
        ),
    )
    yield (
        tr.gettext("Why an average moved"),
        tr.gettext(
            "The change of the average of all scored areas in four parts, each on top of those "
            "before. Model: reworded areas take their new level, removed ones leave, new ones "
            "enter. Which areas apply: areas leave and enter. Then the weights, then the levels of "
            "the latest session."
        ),
    )


def _limits(tr: Translator) -> Iterator[Pair]:
    yield (
        tr.gettext("Self-assessment"),
        tr.gettext("The levels are a group's own judgement; agreement does not prove them right."),
    )
    yield (
        tr.gettext("A mean is no level"),
        tr.gettext(
            "An average of 3.4 does not mean level 3. Look at the profile and the lowest level."
        ),
    )
    yield (
        tr.gettext("Small differences"),
        tr.gettext("A mean that moves by 0.1 to 0.3 is no proof of progress."),
    )
    yield (
        tr.gettext("Ranks, not quantities"),
        tr.gettext("Level 4 is not twice level 2, and higher is not better for everyone."),
    )
    yield (
        tr.gettext("No ranking"),
        tr.gettext(
            "The figures are not a ranking of teams, people or companies, and not a benchmark."
        ),
    )
    yield (
        tr.gettext("No certificate"),
        tr.gettext("This is no certified CMMI, ISO or CNCF result."),
    )
    yield (
        tr.gettext("No savings"),
        tr.gettext("No savings or business results follow from a level by itself."),
    )


def _about(report: Report) -> Iterator[Pair]:
    tr = report.tr
    yield (
        tr.gettext("Live figures"),
        tr.gettext(
            "Figures are formulas over the table on the sheet “{sheet}”. Change current level, "
            "target or weight there, and figures, charts and page 1 follow. All tables can be "
            "sorted and filtered.",
            sheet=tr.pgettext("sheet of the workbook", "Profile"),
        ),
    )
    yield (
        tr.gettext("Fixed parts"),
        tr.gettext(
            "Which steps there are, their numbers and their texts are as of the export. A step "
            "whose level is reached, or that lies beyond the target, is struck through and leaves "
            "the next steps; where a lower level or a higher target asks for more steps, the row "
            "says that a new export adds them."
        ),
    )
    yield (
        tr.gettext("Hidden parts"),
        tr.gettext(
            "Some columns of the tables and one sheet with lists are hidden. They are purely "
            "technical: ids of areas and steps, drop-down lists and values of the charts."
        ),
    )


def _sources(report: Report) -> Iterator[Pair]:
    tr = report.tr
    for source in report.model.sources:
        yield source.title, _origin(source)
    if not report.model.sources:
        name = report.model.name.line_in(report.session.language)
        yield name, tr.gettext("The model names no source.")
    if _is_worded_by_us(report.model):
        yield (
            tr.gettext("Licence note"),
            tr.gettext(
                "Facts come from the Cloud Native Maturity Model of the Cloud Native Computing "
                "Foundation (Apache License 2.0); the wording is our own. This is not an official "
                "CNCF product."
            ),
        )


def _is_worded_by_us(model: MaturityModel) -> bool:
    """True for the built-in model; languages that were joined to it are worded by others."""
    return model.id == _BUILT_IN_MODEL and set(model.languages) <= set(LANGUAGES)


def _origin(source: Source) -> str:
    return " · ".join(part for part in (source.repository, source.commit, source.licence) if part)
