"""Fills the widgets of the compare page from the chosen sessions."""

from __future__ import annotations

from collections.abc import Sequence

from app.comparison.comparison import Comparison
from app.model.comparability import have_same_scale
from app.session.session import Session
from app.words.comparison import (
    are_of_one_unit,
    grade_in_words,
    session_mark,
    session_name,
    signed,
)
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from ui.compare.changes_card import moved_lists
from ui.compare.chosen_sessions import ChosenSessions
from ui.compare.compare_body import CompareBody
from ui.compare.compared_rows import compared_rows, total_rows
from ui.compare.compared_table import TableHead
from ui.compare.grade_card import grade_words
from ui.compare.planned_card import planned_words
from ui.compare.session_chips import Chip
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, key_in_words, move_hint
from ui.results.chart_legend import LegendItem


class CompareFilling:
    """One method for each part that can change on its own, and ``fill_all``."""

    def __init__(self, context: Context, chosen: ChosenSessions, body: CompareBody) -> None:
        self._context = context
        self._chosen = chosen
        self._body = body
        self._drawn: Comparison | None = None
        self._drawn_as: tuple[object, ...] = ()

    @property
    def _language(self) -> str:
        return self._chosen.workspace.session.language

    def fill_all(self) -> None:
        """Fill everything but the charts."""
        tr, body = self._context.texts, self._body
        compared = self._chosen.comparison()
        self._fill_chips(compared, tr)
        self._fill_hints(tr)
        body.next.fill(self._chosen.workspace.session.next_date, tr)
        if compared is None:
            body.show_nothing(
                self._chosen.nothing_in_words(tr), can_add=bool(self._chosen.offered())
            )
            return
        body.grade.fill(grade_words(compared, self._language, tr), self._context.theme, tr)
        before = compared.sessions[-2]
        heading = tr.gettext("Since {month}", month=tr.month(before.date))
        if not are_of_one_unit(compared.sessions[-2:]):
            heading = tr.gettext(
                "Beside {session}", session=session_name(before, compared.sessions, tr)
            )
        body.changes.fill(
            heading,
            self._average(compared, tr),
            moved_lists(compared, self._language, tr),
            self._context.theme,
            tr,
        )
        body.planned.fill(planned_words(compared, self._language, tr))
        body.allow_differences(compared.allows_differences)
        self._fill_table(compared, tr)
        self._fill_legend(compared, tr)
        body.show_comparison()

    @staticmethod
    def _average(compared: Comparison, tr: Translator) -> str:
        """The headline now and before, on the common areas, in a sentence."""
        overall = compared.overall
        if overall is None:
            return ""
        if not are_of_one_unit(compared.sessions[-2:]):
            return ""  # the table has both, beside one another
        before, now = (tr.number(mean, MEAN_PLACES) for mean in overall.means[-2:])
        return tr.ngettext(
            "Average of the {n} area that all share: {before} then, {now} now ({change}).",
            "Average of the {n} areas that all share: {before} then, {now} now ({change}).",
            overall.areas,
            before=before,
            now=now,
            change=signed(overall.difference, tr, MEAN_PLACES),
        )

    def fill_charts(self) -> None:
        """Draw the charts of the comparison; what they show already they do not lay out again."""
        context, compared = self._context, self._chosen.comparison()
        drawn_as = (context.theme, context.texts.language, self._language)
        if compared is None or (compared is self._drawn and drawn_as == self._drawn_as):
            return
        self._drawn, self._drawn_as = compared, drawn_as
        self._body.overlay.fill(compared, context.theme, context.texts)
        self._body.why.fill(compared, self._language, context.theme, context.texts)

    def forget(self) -> None:
        """Clear names and charts, which would be shown until others are drawn."""
        context, body = self._context, self._body
        self._drawn = None
        body.chips.fill((), context.theme, context.texts)
        body.planned.fill(None)
        body.overlay.forget(context.theme, context.texts)
        body.why.forget(context.theme, context.texts)

    def fill_order(self) -> None:
        """Show the areas in the order that is chosen."""
        compared = self._chosen.comparison()
        if compared is not None:
            self._fill_table(compared, self._context.texts)

    def spoken(self) -> str:
        """The comparison in a sentence, for screen readers."""
        compared, tr = self._chosen.comparison(), self._context.texts
        if compared is None:
            return self._chosen.nothing_in_words(tr)
        count = tr.ngettext("{n} session compared", "{n} sessions compared", len(compared.sessions))
        return f"{count}: {grade_in_words(compared.graded, tr)}"

    def _fill_chips(self, compared: Comparison | None, tr: Translator) -> None:
        open_session = self._chosen.workspace.session
        sessions = (open_session,) if compared is None else compared.sessions
        chips = [
            Chip(
                session.id,
                session_name(session, sessions, tr),
                _named_in_full(session, tr),
                session.id == open_session.id,
            )
            for session in sessions
        ]
        self._body.chips.fill(chips, self._context.theme, tr)
        is_full = self._chosen.is_full
        button = self._body.chips.add_button
        button.setEnabled(not is_full)
        button.setToolTip(tr.gettext("Six sessions at most.") if is_full else "")

    def _fill_table(self, compared: Comparison, tr: Translator) -> None:
        body, language = self._body, self._language
        models = [session.model for session in compared.sessions]
        is_one_scale = all(have_same_scale(models[-1], model) for model in models)
        shows_marks = compared.allows_differences and is_one_scale
        levels = tuple(level.number for level in models[-1].levels) if shows_marks else ()
        head = TableHead(
            tuple(_two_lines(session, compared.sessions, tr) for session in compared.sessions),
            tr.gettext("Area"),
            _word_of_difference(compared, tr) if compared.allows_differences else "",
            levels,
        )
        body.table.fill(
            head,
            compared_rows(compared, language, tr, body.order),
            total_rows(compared, language, tr),
        )

    def _fill_legend(self, compared: Comparison, tr: Translator) -> None:
        items: list[LegendItem] = []
        if compared.allows_differences:
            first, *between, latest = compared.sessions
            items.append(LegendItem("circle", tr.short_date(first.date)))
            if between:
                day = tr.short_date(between[0].date)
                words = day if len(between) == 1 else tr.gettext("in between")
                items.append(LegendItem("between", words))
            items.append(LegendItem("dot", tr.short_date(latest.date)))
            if any(area.difference is None for area in compared.areas):
                items.append(LegendItem("apart", tr.gettext("not comparable")))
        self._body.legend.fill(tuple(items), self._context.theme)
        self._body.fit_legend()

    def _fill_hints(self, tr: Translator) -> None:
        actions = (
            ("chart.other_axes", tr.gettext("dimensions or areas")),
            ("chart.order", tr.gettext("order")),
            ("chart.levels", tr.gettext("heat map")),
            ("keys", tr.gettext("all keys")),
        )
        self._body.hints.set_hints(
            [
                move_hint(tr.gettext("area"), tr),
                ([key_in_words("Return", tr)], tr.gettext("scoring")),
                *action_hints(actions, self._context.keys, tr),
            ]
        )


def _word_of_difference(compared: Comparison, tr: Translator) -> str:
    """Only a unit can change from one session to the next."""
    is_over_time = are_of_one_unit(compared.sessions[-2:])
    return tr.gettext("change") if is_over_time else tr.gettext("difference")


def _named_in_full(session: Session, tr: Translator) -> str:
    unit = session.unit.full_name if session.unit else ""
    return ", ".join(part for part in (tr.long_date(session.date), unit, session.title) if part)


def _two_lines(session: Session, among: Sequence[Session], tr: Translator) -> tuple[str, str]:
    """The date on two lines, the year below, or what tells sessions of one day apart."""
    written = tr.short_date(session.date)
    year = str(session.date.year)
    mark = session_mark(session, among)
    has_twin = sum(each.date == session.date for each in among) > 1
    return written.removesuffix(year).strip(), mark if has_twin and mark else year
