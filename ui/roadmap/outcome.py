"""Outcome of planning: how good the plan is, what cannot hold, which steps have moved."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.planning.problem import StepKey
from app.words.plan_words import (
    clash_in_words,
    moves_in_words,
    status_in_words,
    status_sentence,
    step_namer,
)
from app.words.texts import Translator
from ui.roadmap.plan_source import CurrentPlan
from ui.widgets.announcer import announce

_MOVES_HEARD = 4


def status_of(current: CurrentPlan, tr: Translator) -> str:
    """Quality of the plan that is shown, in few words."""
    if current.is_solving:
        return tr.gettext("looking for the best plan …")
    if current.is_outdated:
        return tr.gettext("the last plan that held")
    return status_in_words(current.plan, tr)


def clash_of(current: CurrentPlan, tr: Translator) -> str:
    """Wishes that are missed or cannot hold together; empty for none."""
    return clash_in_words(current.own, step_namer(current.session), tr)


def remark_of(current: CurrentPlan, tr: Translator) -> str:
    """One line on the plan: how good it is, or what does not hold; empty without steps."""
    if current.is_solving:
        return status_of(current, tr)
    if current.is_outdated:
        shown = tr.gettext("Shown is the last plan that held.")
        return f"{clash_of(current, tr)} {shown}"
    if current.clash:
        return clash_of(current, tr)
    return status_sentence(current.plan, tr) if current.plan.starts else ""


class Outcome:
    """Announces on a page what clashes, or which steps have moved since the last settled plan."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._starts: Mapping[StepKey, int | None] | None = None
        self._clash = ""

    def forget(self) -> None:
        """Begin with the next plan; it is one of another session."""
        self._starts, self._clash = None, ""

    def announce(self, current: CurrentPlan, tr: Translator) -> None:
        """Say what has become of the plan, once it is settled."""
        if current.is_solving:
            return
        before, self._starts = self._starts, current.plan.starts
        clash = clash_of(current, tr)
        if clash != self._clash:
            self._clash = clash
            announce(self._page, clash)
        if before is None or before == current.plan.starts:
            return
        moves = moves_in_words(
            before,
            current.plan.starts,
            current.plan.problem.limits,
            step_namer(current.session),
            tr,
            most=_MOVES_HEARD,
        )
        if moves:
            announce(self._page, f"{status_of(current, tr)}: {moves}")
