"""Texts of the level cards, and markers for current, target and earlier level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.model.maturity_model import Area, LevelDescription, LocalText
from app.planning.expected import ExpectedLevel
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import Translator
from ui.scoring.level_cards import LevelMarks, LevelText
from ui.widgets.flowing_text import Paragraph, paragraphs_of


def level_texts(session: Session, area: Area, tr: Translator, *, whole: bool) -> list[LevelText]:
    """One text per level, lowest first; ``whole`` adds the summary to the short sentence."""
    texts = []
    for level in session.model.levels:
        name = level.name.line_in(session.language)
        description = area.description_of(level.number)
        general = session.model.general_text(area.id, level.number)
        paragraphs = _paragraphs(description, session.language, tr, whole=whole)
        paragraphs = paragraphs or _general_paragraphs(general, session.language, tr)
        written = f"{level.number} – {name}" if name else str(level.number)
        spoken = tr.gettext("Level {level}", level=written)
        texts.append(LevelText(level.number, name, tuple(paragraphs), spoken, session.language))
    return texts


def _general_paragraphs(general: LocalText, language: str, tr: Translator) -> list[Paragraph]:
    """The general description of a level, marked as such."""
    said = paragraphs_of(general.in_language(language))
    if not said:
        empty = tr.gettext("The model does not describe this level.")
        return [Paragraph(empty, small=True, quiet=True)]
    mark = tr.gettext("In general, not for this area alone:")
    return [Paragraph(mark, small=True, quiet=True), *said]


def _paragraphs(
    description: LevelDescription, language: str, tr: Translator, *, whole: bool
) -> list[Paragraph]:
    short = paragraphs_of(description.short.in_language(language))
    summary = description.summary.in_language(language)
    paragraphs = list(short)
    if not short:
        paragraphs = paragraphs_of(summary)
    elif whole:
        paragraphs += paragraphs_of(summary, small=True, quiet=True)
    for indicator in description.indicators:
        text = " ".join(p.text for p in paragraphs_of(indicator.text.in_language(language)))
        if text:
            paragraphs.append(Paragraph(text, is_item=True, small=True))
    return paragraphs


def has_summaries(area: Area, language: str) -> bool:
    """True if a level has a summary besides its short sentence."""
    return any(
        each.short.in_language(language).strip() and each.summary.in_language(language).strip()
        for each in area.levels
    )


@dataclass(frozen=True, slots=True)
class EarlierLevel:
    """The level an area had in an earlier session that may be compared, and when.

    ``expected`` is the level that steps done since lead to, of a decided area.
    """

    level: Fraction
    day: date
    expected: ExpectedLevel | None = None


def level_marks(
    session: Session,
    rating: Rating,
    earlier: EarlierLevel | None,
    tr: Translator,
    *,
    choosing_target: bool,
) -> LevelMarks:
    """Places of today's level, the target and an earlier session's level."""
    flags: dict[int, list[tuple[str, str]]] = {}
    today = int(rating.level) if rating.is_scored and rating.level is not None else None
    if rating.level is not None and today is not None:
        text = tr.gettext("Current")
        if rating.level.denominator != 1:
            text = tr.gettext("Current {level}", level=tr.number(rating.level))
        flags.setdefault(today, []).append(("today", text))
    target = session.target_of(rating.area_id)
    if rating.is_applicable:
        flags.setdefault(target, []).append(("target", tr.gettext("Target")))
    if earlier is not None:
        text = tr.month(earlier.day)
        if earlier.level.denominator != 1:
            text = f"{text} {tr.number(earlier.level)}"
        flags.setdefault(int(earlier.level), []).append(("earlier", text))
        if earlier.expected is not None:
            flags.setdefault(earlier.expected.level, []).append(
                ("expected", tr.gettext("Expected"))
            )
    return LevelMarks(
        today=today,
        target=target,
        muted=not rating.is_applicable,
        choosing_target=choosing_target,
        flags={level: tuple(listed) for level, listed in flags.items()},
    )


def spoken_states(texts: list[LevelText], marks: LevelMarks, tr: Translator) -> list[str]:
    """The names of the cards for screen readers: the level, then what the marks above it say."""
    said = []
    for text in texts:
        marked = ", ".join(_spoken_flag(*flag, tr) for flag in marks.flags.get(text.number, ()))
        said.append(
            tr.gettext("{level}: {marks}", level=text.spoken, marks=marked)
            if marked
            else text.spoken
        )
    return said


def _spoken_flag(kind: str, text: str, tr: Translator) -> str:
    """A mark above a card; that of an earlier session shows only its month."""
    return tr.gettext("in {month}", month=text) if kind == "earlier" else text
