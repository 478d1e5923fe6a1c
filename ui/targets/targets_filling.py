"""Fills the widgets of the targets page from the open session."""

from __future__ import annotations

from math import floor

from PySide6.QtWidgets import QApplication

from app.figures.scoring import Profile
from app.planning.effects import (
    effect_of,
    effect_with_defaults,
    steps_to_the_top,
)
from app.planning.problem import Limits
from app.session.session import Session
from app.words.plan_words import quarter_in_words
from app.words.target_days import path_in_words
from app.words.texts import Translator
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, key_in_words, move_hint
from ui.targets.confirm_card import Question
from ui.targets.effects_card import EffectLine, Effects
from ui.targets.planned import Planned
from ui.targets.prerequisites import prerequisite_lines, root_cause, why_implied
from ui.targets.selected_card import LevelLine, SelectedArea
from ui.targets.target_columns import Head
from ui.targets.target_rows import TargetRow, discussed, target_rows
from ui.targets.targets_body import TargetsBody
from ui.widgets.key_hints import Hint
from ui.workspace import Workspace


class TargetsFilling:
    """One method for each part that can change on its own, and ``fill_all``."""

    def __init__(self, context: Context, workspace: Workspace, body: TargetsBody) -> None:
        self._context = context
        self.workspace = workspace
        self._body = body
        self._planned: Planned | None = None

    @property
    def session(self) -> Session:
        """The open session."""
        return self.workspace.session

    @property
    def planned(self) -> Planned:
        """Session and problem, derived once per change."""
        if self._planned is None or self._planned.session is not self.session:
            self._planned = Planned.of(self.session)
        return self._planned

    def fill_all(self) -> None:
        """Fill everything."""
        tr, body, session = self._context.texts, self._body, self.session
        levels = tuple(level.number for level in session.model.levels)
        head = Head(
            tr.gettext("Area"), tr.gettext("Level"), tr.gettext("By when"),
            tr.gettext("Why this level"), tr.gettext("Sponsor"), tr.pgettext("target", "State"),
            levels,
        )  # fmt: skip
        rows = target_rows(session, self.workspace.figures, self.planned.implied, tr)
        body.table.fill(head, rows, self.workspace.area_id)
        self._fill_remark(tr)
        self._fill_count(tr)
        body.effects.fill(self._effects(tr), tr)
        body.effects.setVisible(self.workspace.figures.overall.applicable > 0)
        body.offer_defaults(discussed(session).waiting, default_level(session), tr)
        body.next.setEnabled(discussed(session).waiting > 0)
        self.fill_area()

    def fill_area(self) -> None:
        """Fill what belongs to the current area."""
        tr, body = self._context.texts, self._body
        body.table.show_area(self.workspace.area_id)
        self.fill_hints()
        row = body.table.current
        body.selected.setVisible(row is not None)
        body.confirm.fill(self._question(tr), tr)
        if row is not None:
            body.selected.fill(self._selected(row, tr), self._context.theme, tr)

    # ---- parts -------------------------------------------------------------------------------

    def _fill_remark(self, tr: Translator) -> None:
        figures = self.workspace.figures.overall
        sentence, leads = "", False
        if not figures.total:
            sentence = tr.gettext("This model has no areas to score.")
        elif not figures.applicable:
            sentence = tr.gettext("No area applies here, so there are no targets.")
        elif not figures.scored:
            sentence = tr.gettext(
                "Nothing is scored yet. Targets can be agreed already; steps follow from levels."
            )
            leads = True
        self._body.show_remark(sentence, leads_to_scoring=leads)

    def _fill_count(self, tr: Translator) -> None:
        found = discussed(self.session)
        parts = []
        if found.applicable:
            parts.append(
                tr.ngettext(
                    "{done} of {n} target discussed", "{done} of {n} targets discussed",
                    found.applicable, done=found.done,
                )
            )  # fmt: skip
        if count := len(self.planned.implied):
            parts.append(to_confirm(count, tr))
        self._body.show_count(" · ".join(parts))

    def _effects(self, tr: Translator) -> Effects:
        session, planned = self.session, self.planned
        if planned.problem is None:
            fault = "" if planned.fault is None else planned.fault.say(tr)
            return Effects(fault=fault)
        figures: Profile = self.workspace.figures
        if not figures.overall.scored:
            return Effects(remarks=(tr.gettext("Steps follow once areas are scored."),))
        problem = planned.problem
        lines = [
            EffectLine(
                tr.pgettext("targets", "Now"), effect_of(session, problem, with_implied=False)
            )
        ]
        remarks = [_capacity(session, problem.limits, tr)]
        if problem.implied:
            words = tr.gettext("Implied confirmed")
            lines.append(EffectLine(words, effect_of(session, problem, with_implied=True)))
            remarks.append(tr.gettext("Plans include implied targets in any case."))
        if discussed(session).waiting:
            level = default_level(session)
            words = tr.gettext("and defaults to {level}", level=level)
            lines.append(EffectLine(words, effect_with_defaults(session, level)))
        top, count = session.model.highest_level, steps_to_the_top(session)
        remarks.append(
            tr.ngettext(
                "Level {level} everywhere would be {n} step.",
                "Level {level} everywhere would be {n} steps.",
                count,
                level=top,
            )
        )
        return Effects(tuple(lines), tuple(remarks), figures.overall.scored)

    def _question(self, tr: Translator) -> Question | None:
        session, planned = self.session, self.planned
        asked = planned.question_for(self.workspace.area_id)
        if asked is None or planned.problem is None:
            return None
        cause = root_cause(planned.problem, asked)
        target = session.target_of(asked.area_id)
        name = f"{session.label_of(asked.area_id)} {target} → {asked.level}"
        return Question(
            len(planned.problem.implied),
            name,
            why_implied(session, asked, tr),
            asked.level,
            session.label_of(cause[0]),
            cause[1] - 1,
        )

    def _selected(self, row: TargetRow, tr: Translator) -> SelectedArea:
        session = self.session
        model, rating = session.model, session.rating(row.area_id)
        numbers = [level.number for level in model.levels]
        first = numbers[0] if row.current is None else floor(row.current)
        levels = tuple(
            LevelLine(
                number,
                place,
                _level_text(session, row.area_id, number),
                self._remark_of(row, number, tr),
                number == row.target and row.state is not None,
            )
            for place, number in enumerate(numbers)
            if number >= min(first, row.target)
        )
        return SelectedArea(
            row.area_id,
            session.label_of(row.area_id),
            row.dimension,
            levels,
            len(numbers),
            path_in_words(rating.target_path, tr),
            prerequisite_lines(session, row.area_id, max(row.target, row.implied or 0), tr),
            row.state is not None,
        )

    @staticmethod
    def _remark_of(row: TargetRow, number: int, tr: Translator) -> str:
        if row.state is None:
            return ""
        is_today = row.current is not None and number == floor(row.current)
        parts = [tr.pgettext("level", "current")] if is_today else []
        if number == row.target:
            words = tr.pgettext("target", "assumed") if row.is_open else tr.gettext("target")
            parts.append(words)
        if number == row.implied:
            parts.append(tr.pgettext("target", "implied"))
        return ", ".join(parts)

    def fill_hints(self) -> None:
        """Show the keys that act where the focus is."""
        is_typing = QApplication.focusWidget() in self._body.fields
        tr = self._context.texts
        self._body.hints.set_hints(_field_hints(tr) if is_typing else self._list_hints(tr))

    def _list_hints(self, tr: Translator) -> list[Hint]:
        model, keys = self.session.model, self._context.keys
        first, last = str(model.lowest_level), str(min(model.highest_level, 9))
        digits: list[Hint] = []
        if keys.has_usual_digits([level.number for level in model.levels]):
            digits = [([first, last], tr.gettext("target"))]
        whole: list[Hint] = []
        if keys.are_single_keys_on:
            whole = [([key_in_words(f"Shift+{first}", tr), last], tr.gettext("whole dimension"))]
        asked = self.planned.question_for(self.workspace.area_id)
        confirm = [] if asked is None else [("targets.confirm", tr.gettext("confirm"))]
        actions = [
            *confirm,
            ("targets.against", tr.gettext("decided against")),
            ("note", tr.gettext("reason")),
            ("targets.sponsor", tr.gettext("sponsor")),
        ]
        return [
            move_hint(tr.gettext("area"), tr),
            *digits,
            *action_hints(actions, keys, tr),
            *whole,
            *action_hints((("keys", tr.gettext("all keys")),), keys, tr),
        ]


def _field_hints(tr: Translator) -> list[Hint]:
    """Keys that act in a field of the current row."""
    return [
        ([key_in_words("Return", tr)], tr.gettext("store")),
        ([key_in_words("Esc", tr)], tr.gettext("back to the areas")),
        ([key_in_words("Tab", tr)], tr.gettext("next field")),
        move_hint(tr.gettext("area"), tr),
        ([key_in_words("Ctrl+Z", tr)], tr.gettext("undo word")),
    ]


def to_confirm(count: int, tr: Translator) -> str:
    """Number of implied targets to be confirmed."""
    return tr.ngettext("{n} to confirm", "{n} to confirm", count)


def default_level(session: Session) -> int:
    """The level that is offered for all targets not discussed: one below the highest."""
    return max(session.model.lowest_level, session.model.highest_level - 1)


def _level_text(session: Session, area_id: str, number: int) -> str:
    """The short sentence of a level, else its summary, its general text, or its name."""
    model, language = session.model, session.language
    described = model.area(area_id).description_of(number)
    found = described.short or described.summary or model.general_text(area_id, number)
    return found.line_in(language) or model.level(number).name.line_in(language)


def _capacity(session: Session, limits: Limits, tr: Translator) -> str:
    """The capacity that the earliest ends rest on, as a sentence."""
    start = "" if limits.start is None else quarter_in_words(limits.start)
    figures = [each for each in limits.capacity if each] or [limits.capacity[0]]
    days = "–".join(tr.number(each) for each in sorted({min(figures), max(figures)}))
    if not session.plan.capacity:
        return tr.gettext(
            "At {days} person-days a quarter from {quarter}, an assumption until agreed.",
            days=days,
            quarter=start,
        )
    return tr.gettext("At {days} person-days a quarter from {quarter}.", days=days, quarter=start)
