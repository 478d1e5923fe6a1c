"""Sentences of a roadmap page whose plan has no step."""

from __future__ import annotations

from app.words.texts import Translator
from ui.roadmap.plan_source import CurrentPlan
from ui.widgets.empty_state import EmptyState, Offer
from ui.widgets.page import SessionPage


def fill_empty_plan(
    empty: EmptyState, page: SessionPage, current: CurrentPlan, tr: Translator
) -> None:
    """Say why there is no step, and lead to what can be done about it."""
    ways: tuple[Offer, ...] = ()
    if current.fault is not None:
        title, said = tr.gettext("There is no plan"), current.fault.say(tr)
    elif page.workspace.figures.overall.scored:
        title = tr.gettext("No step is open")
        said = tr.gettext("All scored areas have reached their targets.")
    elif not any(rating.is_applicable for rating in current.session.all_ratings()):
        title = tr.gettext("There is no plan")
        said = tr.gettext("No area applies, so there is no step to plan.")
    else:
        title = tr.gettext("Nothing is scored yet")
        said = tr.gettext(
            "The plan has a step for every level between current and target. Score the first"
            " areas, and they appear here."
        )
        words = tr.gettext("Go to scoring")
        ways = (("plan-to-scoring", words, lambda: page.context.page_requested.emit("scoring")),)
    empty.fill(title, said, ways)
