"""Which keys the bar at the bottom of the scoring page shows: those that act where the focus is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from app.model.scale import key_of_level, keys_of_levels
from app.words.texts import N_, Translator
from ui.dialogs.key_sheet import action_hints, key_in_words
from ui.scoring.scoring_state import ScoringState
from ui.shell.actions import level_action
from ui.shell.key_choices import KeyChoices
from ui.shell.keys import takes_text
from ui.widgets.key_hints import Hint

_STORE, _CANCEL = ("Return", N_("store")), ("Esc", N_("cancel"))
_NEXT_FIELD, _LAST_WORD = ("Tab", N_("next field")), ("Ctrl+Z", N_("undo word"))
_EVIDENCE = (("Return", N_("add")), _CANCEL, _NEXT_FIELD, _LAST_WORD)
#: Keys of the text fields by object name.
_FIELDS = {
    "note-editor": (("Esc", N_("back to the levels")), _NEXT_FIELD, _LAST_WORD),
    "weight-field": (_STORE, _CANCEL, _NEXT_FIELD),
    "not-applicable-field": (_STORE, _CANCEL, _LAST_WORD),
    "evidence-address": _EVIDENCE,
    "evidence-title": _EVIDENCE,
    "find-area-field": (("Up", N_("up")), ("Down", N_("down")), ("Return", N_("go there")),
                        ("Esc", N_("close"))),
}  # fmt: skip
_OTHER_FIELDS = (_CANCEL, _NEXT_FIELD)
_LIST = (("Up", N_("up")), ("Down", N_("down")))
_BUTTON = (("Space", N_("press")), ("Tab", N_("next field")))


def key_hints(state: ScoringState, focused: QWidget | None) -> tuple[str, list[Hint]]:
    """Name of the mode, if there is one, and the keys with what they do; most useful first."""
    tr = state.context.texts
    if takes_text(focused) and focused is not None:
        return "", _said(_FIELDS.get(focused.objectName(), _OTHER_FIELDS), tr)
    if state.doubted_level is not None:
        return tr.gettext("Not applicable"), _doubt_hints(
            state.doubted_level, state.context.keys, tr
        )
    levels = [level.number for level in state.session.model.levels]
    if state.is_choosing_target:
        mode = tr.gettext("Target: press {lowest}–{highest}", lowest=levels[0], highest=levels[-1])
        return mode, _target_hints(levels, state.context.keys, tr)
    own: Iterable[tuple[str, str]] = ()
    if isinstance(focused, QAbstractItemView):
        own = _LIST
    elif isinstance(focused, QAbstractButton):
        own = _BUTTON
    return "", [*_said(own, tr), *_scoring_hints(state, levels)]


def _said(keys: Iterable[tuple[str, str]], tr: Translator) -> list[Hint]:
    return [([key_in_words(key, tr)], tr.gettext(words)) for key, words in keys]


def _doubt_hints(level: int, keys: KeyChoices, tr: Translator) -> list[Hint]:
    score = tr.gettext("Score {level}", level=level)
    own = keys.shown(level_action(level))
    again: list[Hint] = [([key_in_words(own, tr)], score)] if own else []
    return [
        *again,
        ([key_in_words("Return", tr)], score),
        ([key_in_words("Esc", tr)], tr.gettext("Keep it not applicable")),
    ]


def _target_hints(levels: Sequence[int], keys: KeyChoices, tr: Translator) -> list[Hint]:
    return [
        *_level_hints(levels, tr.gettext("target"), keys, tr),
        ([key_in_words("Del", tr)], tr.gettext("clear target")),
        ([key_in_words("Esc", tr)], tr.gettext("cancel")),
    ]


def _scoring_hints(state: ScoringState, levels: Sequence[int]) -> list[Hint]:
    tr = state.context.texts
    keys = state.context.keys
    half = [("level.half", tr.gettext("half"))] if state.session.half_levels else []
    actions = [
        *half,
        ("not_applicable", tr.gettext("not applicable")),
        ("note", tr.gettext("reason")),
        ("target", tr.gettext("target")),
        ("evidence", tr.gettext("evidence")),
        ("keys", tr.gettext("all keys")),
    ]
    return [
        *_level_hints(levels, tr.gettext("score"), keys, tr),
        *action_hints(actions, keys, tr),
    ]


def _level_hints(levels: Sequence[int], words: str, keys: KeyChoices, tr: Translator) -> list[Hint]:
    """The digits; level 10 has a key of its own, and so has every level with another key."""
    if not keys.has_usual_digits(levels):
        own = keys.level_keys(levels).items()
        return [
            ([key_in_words(key, tr)], tr.gettext("Level {level}", level=level))
            for level, key in own
        ]
    hints: list[Hint] = [(keys_of_levels(levels), words)]
    if levels[-1] > 9:
        last = tr.gettext("Level {level}", level=levels[-1])
        hints.append(([key_of_level(levels[-1])], last))
    return hints
