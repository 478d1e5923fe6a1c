"""Sentences for screen readers on the scoring page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.session.rating import Rating
from app.session.session import Session
from app.words.planned_words import decided_beside_expected
from app.words.texts import Translator
from ui.scoring.decision_card import confidence_text, level_name
from ui.scoring.scoring_state import ScoringState
from ui.widgets.announcer import announce
from ui.workspace import Workspace


def area_in_words(session: Session, area_id: str, tr: Translator) -> str:
    """An area with its decision: ``CI/CD: level 4 – Improve, target 5``."""
    rating, language = session.rating(area_id), session.language
    name = session.model.area(area_id).label.line_in(language)
    if rating.not_applicable is not None:
        return tr.gettext(
            "{area}: not applicable, {reason}", area=name, reason=rating.not_applicable
        )
    target = tr.number(session.target_of(area_id))
    if rating.target is None:
        assumed = tr.pgettext("target", "assumed")
        target = f"{target} {assumed}"
    if rating.level is None:
        return tr.gettext("{area}: not scored, target {target}", area=name, target=target)
    level = level_name(session.model, rating.level, language, tr)
    return tr.gettext(
        "{area}: level {level}, target {target}", area=name, level=level, target=target
    )


def details_in_words(before: Rating, after: Rating, tr: Translator) -> str:
    """Other changes of a decision; empty if nothing has, or only the reason.

    A reason is heard while it is typed.
    """
    if before.confidence != after.confidence:
        return tr.gettext("Confidence: {value}", value=confidence_text(after.confidence, tr))
    if before.weight != after.weight:
        return tr.gettext("Weight: {value}", value=tr.number(after.weight))
    if before.evidence != after.evidence:
        n = len(after.evidence)
        return tr.ngettext("{n} piece of evidence", "{n} pieces of evidence", n)
    return ""


def expected_beside_level(workspace: Workspace, area_id: str, tr: Translator) -> str:
    """The level expected from done steps, beside the decided one; empty without either."""
    expected, level = workspace.expected_level(area_id), workspace.session.rating(area_id).level
    if expected is None or level is None:
        return ""
    return decided_beside_expected(expected, level, tr)


class SpokenScoring:
    """Names the page by its area and the decision on it, and announces what has changed."""

    def __init__(self, state: ScoringState, page: QWidget) -> None:
        self._state = state
        self._page = page
        self._rating: Rating | None = None

    def name_page(self) -> None:
        """Name and describe the page, without an announcement."""
        state, tr = self._state, self._state.context.texts
        area = state.area
        if area is None:
            self._rating = None
            self._page.setAccessibleName(tr.gettext("Scoring"))
            self._page.setAccessibleDescription(tr.gettext("This model has no areas to score."))
            return
        self._rating = state.rating
        said = area_in_words(state.session, area.id, tr)
        expected = expected_beside_level(state.workspace, area.id, tr)
        self._page.setAccessibleName(f"{said}. {expected}" if expected else said)

    def say_area(self) -> None:
        """Say which area it is and what is decided on it."""
        self.name_page()
        area, session = self._state.area, self._state.session
        if area is not None:
            self._page.setAccessibleDescription(area.question.line_in(session.language))
            self._say(self._page.accessibleName())

    def say_unchanged(self) -> None:
        """Say that the decision is what it was."""
        tr, name = self._state.context.texts, self._page.accessibleName()
        self._say(tr.gettext("Unchanged. {area}", area=name))

    def say_change(self) -> None:
        """Say how the decision on the current area differs from what was said last."""
        named, before = self._page.accessibleName(), self._rating
        self.name_page()
        name, after = self._page.accessibleName(), self._rating
        if name != named:
            self._say(name)
        elif before is not None and after is not None and before.area_id == after.area_id:
            self._say(details_in_words(before, after, self._state.context.texts))

    def say_target_mode(self) -> None:
        """Say what the digits do now."""
        tr, model = self._state.context.texts, self._state.session.model
        if self._state.is_choosing_target:
            lowest, highest = model.lowest_level, model.highest_level
            sentence = tr.gettext(
                "Target: press {lowest}–{highest}", lowest=lowest, highest=highest
            )
        else:
            sentence = tr.gettext("The digits set the level again.")
        self._say(sentence)

    def say_doubt(self) -> None:
        """Ask what the page asks about an area that is not applicable."""
        tr, level = self._state.context.texts, self._state.doubted_level
        if level is not None:
            asked = tr.gettext("Not applicable – score {level} all the same?", level=level)
            keys = tr.gettext("Enter or the digit again scores, Esc keeps.")
            self._say(f"{asked} {keys}")

    def _say(self, sentence: str) -> None:
        if self._page.isVisible():
            announce(self._page, sentence)
