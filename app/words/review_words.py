"""Sentences about what people decide on compared sessions: conditions, questions, hints."""

from __future__ import annotations

from app.comparison.comparison import Comparison, Hint, SessionPair
from app.comparison.grade import Condition
from app.comparison.questions import Question
from app.comparison.relations import Relation, counts
from app.comparison.reviews import Review, Subject, Verdict
from app.session.session import Session
from app.words.comparison import area_name, session_mark
from app.words.texts import N_, Translator

VERDICT_WORDS = {
    Verdict.EQUAL: N_("asks the same"),
    Verdict.PART_OF: N_("is a part of the new area"),
    Verdict.COVERS: N_("covers the new area, and more"),
    Verdict.OVERLAPS: N_("overlaps with the new area"),
    Verdict.DIFFERENT: N_("asks something else"),
}
"""Of the old area, as choices and as decisions."""

SAME_WORDS = {Verdict.EQUAL: N_("the same"), Verdict.DIFFERENT: N_("not the same")}
"""Of scope and people."""

_CONDITION_WORDS = {
    Condition.SCOPE: N_("Same scope."),
    Condition.SCOPE_CONFIRMED: N_("The scope is described differently, but means the same."),
    Condition.PEOPLE: N_("Mostly the same people took part."),
}
_PAIR_QUESTIONS = {
    Subject.SCOPE: N_("Does the scope mean the same on {then} and on {now}?"),
    Subject.PEOPLE: N_("Did mostly the same people take part on {then} and on {now}?"),
}
_HINTS = {
    Verdict.PART_OF: N_("asks what “{area}” asked, and more: level {level} then"),
    Verdict.COVERS: N_("asks part of what “{area}” asked: level {level} then"),
    Verdict.OVERLAPS: N_("asks some of what “{area}” asked: level {level} then"),
}
_UNSCORED_HINTS = {
    Verdict.PART_OF: N_("asks what “{area}” asked, and more: no level then"),
    Verdict.COVERS: N_("asks part of what “{area}” asked: no level then"),
    Verdict.OVERLAPS: N_("asks some of what “{area}” asked: no level then"),
}


def condition_in_words(condition: Condition, pair: SessionPair, tr: Translator) -> str:
    """A condition of a grade that two sessions fulfil, in a sentence."""
    if condition is Condition.SCALE:
        model = pair.later.model
        return tr.gettext(
            "Same scale, {lowest} to {highest}.",
            lowest=model.lowest_level,
            highest=model.highest_level,
        )
    if condition is Condition.AREAS:
        return tr.gettext(
            "Areas that ask the same each time: {same} of {n} that applied.",
            same=pair.graded.same,
            n=pair.graded.applicable,
        )
    return tr.gettext(_CONDITION_WORDS[condition])


def question_in_words(question: Question, compared: Comparison, tr: Translator) -> str:
    """A question on two sessions, in a sentence; of a new area that it is new."""
    pair = question.pair
    if question.subject is not Subject.AREA:
        return tr.gettext(
            _PAIR_QUESTIONS[question.subject],
            then=_day(pair.earlier, pair, tr),
            now=_day(pair.later, pair, tr),
        )

    def name(area_id: str) -> str:
        return area_name(area_id, compared.sessions, pair.later.language)

    if question.relation is Relation.NEW:
        return tr.gettext("“{area}” is new in the model.", area=name(question.area_now))
    if question.relation is Relation.GONE:
        if not question.candidates:
            return tr.gettext("“{area}” is no longer in the model.", area=name(question.area_then))
        return tr.gettext(
            "“{area}” is no longer in the model. Does a new area ask the same: {others}?",
            area=name(question.area_then),
            others=", ".join(name(each) for each in question.candidates),
        )
    if question.area_then == question.area_now:
        return tr.gettext(
            "The texts of “{area}” were edited. Do they still ask the same?",
            area=name(question.area_now),
        )
    return tr.gettext(
        "Does “{area}” ask the same as “{before}” before?",
        area=name(question.area_now),
        before=name(question.area_then),
    )


def _day(session: Session, pair: SessionPair, tr: Translator) -> str:
    """The date of one of two sessions, with unit or title if both are of the same day."""
    day = tr.long_date(session.date)
    if pair.earlier.date != pair.later.date:
        return day
    return f"{day} ({session_mark(session, (pair.earlier, pair.later))})"


def hint_in_words(hint: Hint, compared: Comparison, tr: Translator) -> str:
    """A hint on an area of today, to be put behind its name."""
    decision, rating = hint.decision, hint.rating
    area = area_name(decision.area_then, compared.sessions, compared.latest.language)
    if not counts(rating):
        return tr.gettext(_UNSCORED_HINTS[decision.verdict], area=area)
    return tr.gettext(_HINTS[decision.verdict], area=area, level=tr.number(rating.level))


def review_in_words(review: Review, tr: Translator) -> str:
    """The decision, by whom and when: ``asks the same (Jo, 3 Nov 2026)``."""
    words = VERDICT_WORDS if review.subject is Subject.AREA else SAME_WORDS
    said = (review.by, tr.short_date(review.at.date()))
    return f"{tr.gettext(words[review.verdict])} ({', '.join(each for each in said if each)})"
