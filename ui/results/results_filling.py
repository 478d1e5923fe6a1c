"""Fills the widgets of the results page from the session."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from app.figures.earlier import EarlierFigures
from app.figures.scoring import ScoringState
from app.planning.roadmap import roadmap
from app.words.comparison import left_out_in_words
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from ui.context import Context
from ui.results.chart_legend import LegendItem
from ui.results.dumbbells import gap_rows, gaps_heading
from ui.results.heat_map import columns_of
from ui.results.key_figures import key_figures
from ui.results.profile_table import table_rows
from ui.results.results_body import ResultsBody
from ui.results.step_list import step_rows
from ui.workspace import Workspace


class ResultsFilling:
    """One method for each part that can change on its own, and ``fill_all``."""

    def __init__(self, context: Context, workspace: Workspace, body: ResultsBody) -> None:
        self._context = context
        self.workspace = workspace
        self._body = body

    def fill_all(self) -> None:
        """Fill everything."""
        context, workspace, body = self._context, self.workspace, self._body
        tr, session, figures = context.texts, workspace.session, workspace.figures
        self._fill_comparison(tr)
        body.figures.fill(
            key_figures(figures, workspace.earlier, workspace.before, tr), context.theme
        )
        self.fill_list()
        columns = columns_of(session, figures, tr)
        body.heat.fill(columns, len(session.model.levels), session.language)
        self._fill_table(tr)
        body.show_view(body.view)

    def _fill_comparison(self, tr: Translator) -> None:
        earlier, before = self.workspace.earlier, self.workspace.before
        if earlier is None:
            self._body.compare.set_text(tr.gettext("Compare with…"))
        else:
            month = tr.month(earlier.date)
            self._body.compare.set_text(tr.gettext("Compare with {month}", month=month))
        self._body.remark.setText("" if before is None else " ".join(self._left_out(before, tr)))

    def _left_out(self, before: EarlierFigures, tr: Translator) -> Iterator[str]:
        """Parts of the earlier session that are not shown, with the reason."""
        workspace = self.workspace
        if workspace.earlier is not None:
            yield from left_out_in_words(before, workspace.session, workspace.earlier, tr)
        withheld = before.withheld(self.workspace.figures)
        if withheld:
            yield tr.ngettext(
                "The earlier average of {n} dimension is left out:"
                " other areas or weights counted then.",
                "The earlier averages of {n} dimensions are left out:"
                " other areas or weights counted then.",
                withheld,
            )

    def fill_legends(self, *, is_numbered: bool) -> None:
        """Explain the marks of profile and gaps; ``is_numbered`` if the radar has numbers."""
        workspace, tr = self.workspace, self._context.texts
        figures, before = workspace.figures, workspace.before
        items = [
            LegendItem("today", _with_mean(tr.gettext("Current"), figures.overall.mean, tr)),
            LegendItem("target", _with_mean(tr.gettext("Target"), figures.overall.target_mean, tr)),
        ]
        gap_items = []
        is_by_area = self._body.by == "area"
        if workspace.earlier is not None and before is not None:
            month = tr.month(workspace.earlier.date)
            if before.levels if is_by_area else before.means(figures):
                then = _with_mean(month, before.overall(figures), tr)
                items.append(LegendItem("earlier", then))
            if before.levels:
                gap_items.append(LegendItem("circle", month))
        states = {each.state for each in (figures.areas if is_by_area else figures.dimensions)}
        if ScoringState.UNSCORED in states:
            items.append(LegendItem("unscored", tr.gettext("not scored")))
        if ScoringState.NOT_APPLICABLE in states:
            items.append(LegendItem("not_applicable", tr.gettext("not applicable")))
        if is_numbered:
            items.append(LegendItem("number", tr.gettext("numbers as in the table")))
        gap_items += [
            LegendItem("dot", tr.gettext("Current")),
            LegendItem("bar", tr.gettext("Target")),
        ]
        self._body.legend.fill(tuple(items), self._context.theme)
        self._body.gap_legend.fill(tuple(gap_items), self._context.theme)

    def fill_list(self) -> None:
        """Show gaps or steps; a calm sentence where there are none."""
        workspace, tr, body = self.workspace, self._context.texts, self._body
        session, figures, is_gaps = workspace.session, workspace.figures, body.shows_gaps
        gaps, steps = gaps_heading(figures, tr), tr.gettext("Steps, most urgent first")
        heading = gaps if is_gaps else steps
        sentence = self._why_empty(is_gaps=is_gaps)
        if sentence:
            body.show_nothing(heading, sentence, leads_to_scoring=figures.open_count > 0)
            return
        if is_gaps:
            model = session.model
            rows = gap_rows(session, figures, workspace.before, tr)
            body.gaps.set_texts(gaps, tr.gettext("gap"))
            body.gaps.fill(rows, model.lowest_level, model.highest_level)
        else:
            body.steps.fill(step_rows(session, roadmap(session), tr))
        body.show_rows(heading)

    def _why_empty(self, *, is_gaps: bool) -> str:
        figures, tr = self.workspace.figures, self._context.texts
        if not figures.overall.total:
            return tr.gettext("This model has no areas to score.")
        if not figures.overall.applicable:
            return tr.gettext("Every area is marked not applicable, so there is no gap to show.")
        if not figures.overall.scored:
            return tr.gettext(
                "Nothing is scored yet. Gaps and steps appear here with the first level."
            )
        if not is_gaps and not figures.total_gap:
            return tr.gettext("All targets reached: no step is open in the scored areas.")
        return ""

    def _fill_table(self, tr: Translator) -> None:
        workspace = self.workspace
        headings = [
            tr.gettext("Area"),
            tr.gettext("Current"),
            tr.gettext("Target"),
            tr.gettext("Gap"),
        ]
        before = workspace.before
        if workspace.earlier is not None and before is not None and before.levels:
            headings.append(tr.month(workspace.earlier.date))
        rows = table_rows(workspace.session, workspace.figures, before, tr)
        self._body.table.fill(rows, tuple(headings), len(workspace.session.model.levels))


def _with_mean(word: str, mean: object, tr: Translator) -> str:
    return f"{word} {tr.number(mean, MEAN_PLACES)}" if isinstance(mean, Fraction) else word
