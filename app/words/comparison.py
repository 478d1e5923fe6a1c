"""Sentences about comparisons: their grade, what they leave out, and why a figure moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from app.comparison.causes import Cause, Part
from app.comparison.comparison import AreaOverTime, Comparison
from app.comparison.grade import Grade, Graded, Reason
from app.comparison.relations import AreaPair, Relation, counts
from app.comparison.reviews import Verdict
from app.figures.earlier import EarlierFigures
from app.model.comparability import Obstacle
from app.session.rating import Rating
from app.session.session import Session
from app.words.numbers import NO_NUMBER, rounded
from app.words.texts import N_, Translator

PART_PLACES = 2
"""Parts of a change are often smaller than a tenth."""

MOST_NAMED = 4
"""Areas that a sentence names; of more it says how many."""

GRADE_WORDS = {
    Grade.A: N_("like for like"),
    Grade.B: N_("with caution"),
    Grade.C: N_("not comparable"),
}
GRADE_TITLES = {
    Grade.A: N_("Comparable like for like"),
    Grade.B: N_("Comparable with caution"),
    Grade.C: N_("Not comparable"),
}
"""Words beside the letter of a grade."""

CAUSE_WORDS = {
    Cause.MODEL: N_("The model: areas that were reworded, added or removed"),
    Cause.APPLICABLE: N_("Other areas apply or are scored"),
    Cause.WEIGHTS: N_("Other weights"),
    Cause.SCORED: N_("Areas that were scored differently"),
}
"""In the order in which a change is split; each part comes on top of those before."""

CAUSE_NAMES = {
    Cause.MODEL: N_("Model"),
    Cause.APPLICABLE: N_("Which areas apply"),
    Cause.WEIGHTS: N_("Weights"),
    Cause.SCORED: N_("Re-scored"),
}
"""Short, for charts and tables."""


def grade_in_words(graded: Graded, tr: Translator) -> str:
    """The grade in a few words: ``B, with caution``."""
    return f"{graded.grade.value}, {tr.gettext(GRADE_WORDS[graded.grade])}"


def reason_in_words(reason: Reason, graded: Graded, tr: Translator) -> str:
    """Why the grade is not better, in a sentence."""
    if reason is Reason.FEW_AREAS:
        return tr.gettext(
            "Areas that ask the same each time: {same} of {n} that applied.",
            n=graded.applicable,
            same=graded.comparable if graded.grade is Grade.C else graded.same,
        )
    return tr.gettext(_REASON_WORDS[reason])


_REASON_WORDS = {
    Reason.SCALE: N_("The scales have different levels."),
    Reason.SCOPE: N_("The scope is described differently."),
    Reason.PEOPLE_UNKNOWN: N_("Nobody has said if mostly the same people took part."),
    Reason.OTHER_PEOPLE: N_("Mostly other people took part."),
}


def what_holds(compared: Comparison, tr: Translator) -> str:
    """The sentence on which grade A rests; other grades have their reasons instead."""
    return tr.gettext(
        "Same scale, same scope, mostly the same people; areas that ask the same: {same} of {n}.",
        same=compared.graded.same,
        n=compared.graded.applicable,
    )


def consequence_in_words(compared: Comparison, tr: Translator) -> str:
    """The sentence on what the grade allows to be shown."""
    if not compared.allows_differences:
        return tr.gettext("So: levels side by side only; no differences, no averages, no trend.")
    n = len(compared.common_ids)
    if not n:
        return tr.gettext("So: no differences, because no area is scored every time.")
    if compared.graded.grade is Grade.A:
        return tr.ngettext(
            "So: differences, averages and trend of the {n} area that all share.",
            "So: differences, averages and trends of the {n} areas that all share.",
            n,
        )
    return tr.ngettext(
        "So: differences only on the {n} area that all share, and no trend line.",
        "So: differences only on the {n} areas that all share, and no trend line.",
        n,
    )


def remark_in_words(area: AreaOverTime, compared: Comparison, tr: Translator) -> str:
    """Why an area has no difference, or what is special about it, in a few words.

    Empty where nothing is: the area was scored the last two times, and asks the same.
    """
    return next(_remarks(area, compared, tr), "")


def _remarks(area: AreaOverTime, compared: Comparison, tr: Translator) -> Iterator[str]:
    today, then = area.ratings[-1], area.ratings[-2]
    relation = area.relations[-1]
    if today is None:
        yield tr.gettext("no longer in the model")
    elif then is None:
        yield tr.gettext("new in the model")
    elif relation is Relation.EDITED:
        yield _edited(area, compared, tr)
    elif not are_of_one_unit(compared.sessions[-2:]) and _state(today) != _state(then):
        # Two teams are no way that one of them went, so nothing is new.
        both_apply = today.is_applicable and then.is_applicable
        yield tr.gettext(_SCORED_IN_ONE if both_apply else _APPLICABLE_IN_ONE)
    elif not today.is_applicable:
        if then.is_applicable:
            yield tr.gettext("no longer applicable")
    elif today.level is None:
        yield tr.gettext("newly open") if counts(then) else tr.gettext("not scored")
    elif not then.is_applicable:
        yield tr.gettext("newly applicable")
    elif then.level is None:
        yield tr.gettext("newly scored")
    elif relation is Relation.EQUIVALENT:
        yield tr.gettext("text changed, asks the same")
    elif area.difference is None and compared.allows_differences:
        yield from _earlier_obstacles(area, compared, tr)


_SCORED_IN_ONE = N_("scored in one only")
_APPLICABLE_IN_ONE = N_("applicable in one only")


def _state(rating: Rating) -> tuple[bool, bool]:
    return rating.is_applicable, counts(rating)


def _edited(area: AreaOverTime, compared: Comparison, tr: Translator) -> str:
    decisions = compared.pair(*compared.sessions[-2:]).judged.areas
    different = {each.area_now for each in decisions if each.verdict is Verdict.DIFFERENT}
    if area.area_id in different:
        return tr.gettext("text changed, asks something else")
    return tr.gettext("text changed")


def _earlier_obstacles(area: AreaOverTime, compared: Comparison, tr: Translator) -> Iterator[str]:
    """Obstacles to a difference in sessions before the last two, newest first."""
    for number in range(len(area.ratings) - 3, -1, -1):
        rating, relation = area.ratings[number], area.relations[number]
        month = tr.month(compared.sessions[number].date)
        if rating is None:
            yield tr.gettext("not in the model of {month}", month=month)
        elif not relation.is_comparable:
            yield tr.gettext("text changed since {month}", month=month)
        elif not rating.is_applicable:
            yield tr.gettext("not applicable in {month}", month=month)
        elif rating.level is None:
            yield tr.gettext("not scored in {month}", month=month)


def left_out_in_words(
    before: EarlierFigures, now: Session, earlier: Session, tr: Translator
) -> Iterator[str]:
    """One sentence for each reason; none where every area that was scored then is compared."""
    if not before.left_out:
        return
    if not before.levels and now.model.id != earlier.model.id:
        yield tr.gettext(
            "Nothing is compared: that session used another model, “{model}”.",
            model=earlier.model.name.line_in(tr.language) or earlier.model.id,
        )
        return
    for obstacle, n in sorted(before.left_out.items()):
        yield _reason(obstacle, n, tr)


def _reason(obstacle: Obstacle, n: int, tr: Translator) -> str:
    if obstacle is Obstacle.SCALE:
        return tr.ngettext(
            "{n} area is not comparable: the model then had other levels.",
            "{n} areas are not comparable: the model then had other levels.",
            n,
        )
    if obstacle is Obstacle.AREA:
        return tr.ngettext(
            "{n} area is not comparable: the model of today does not have it.",
            "{n} areas are not comparable: the model of today does not have them.",
            n,
        )
    return tr.ngettext(
        "{n} area is not comparable: its level texts differ.",
        "{n} areas are not comparable: their level texts differ.",
        n,
    )


# ---- numbers and names -------------------------------------------------------------------------


def signed(value: Fraction | None, tr: Translator, places: int | None = None) -> str:
    """A difference with its sign: ``+0.04``, ``−1``; ``±0.0`` where it rounds to nothing."""
    if value is None:
        return NO_NUMBER
    written = tr.number(value, places)
    shown = rounded(value, 3 if places is None else places)
    if shown > 0:
        return f"+{written}"
    return f"±{written}" if places and not shown else written


def session_name(session: Session, among: Sequence[Session], tr: Translator) -> str:
    """The date, with unit or title where the others make it necessary."""
    day = tr.short_date(session.date)
    return " · ".join(part for part in (day, session_mark(session, among)) if part)


def session_mark(session: Session, among: Sequence[Session]) -> str:
    """The unit, the title or both, where sessions are not told apart by their dates alone."""
    parts = []
    if not are_of_one_unit(among):
        parts.append(session.unit.name if session.unit else session.organisation.name)
    place = (session.date, _unit_id(session))
    if sum((each.date, _unit_id(each)) == place for each in among) > 1:
        parts.append(session.title)
    return " · ".join(part for part in parts if part)


def are_of_one_unit(sessions: Iterable[Session]) -> bool:
    """True if all sessions are of the same unit, or all of the organisation itself."""
    return len({_unit_id(session) for session in sessions}) == 1


def _unit_id(session: Session) -> str:
    return session.unit.id if session.unit else ""


def area_name(area_id: str, sessions: Sequence[Session], language: str) -> str:
    """The label of an area in the model of the latest session that has it, else its id."""
    for session in reversed(sessions):
        if session.model.has_area(area_id):
            return session.model.area(area_id).label.line_in(language) or area_id
    return area_id


# ---- why a figure moved ------------------------------------------------------------------------


def part_in_words(
    part: Part,
    pairs: Sequence[AreaPair],
    sessions: tuple[Session, Session],
    tr: Translator,
    language: str = "",
) -> str:
    """The areas that make a part of a change, in one or more sentences.

    ``pairs`` are those of the two ``sessions``, earlier and later; ``language`` is that of the
    names of areas, the later session's own by default.
    """
    place = {area_id: number for number, area_id in enumerate(part.area_ids)}
    told = _Told(sessions, tr, language or sessions[-1].language)
    found = sorted(
        (pair for pair in pairs if pair.area_id in place), key=lambda pair: place[pair.area_id]
    )
    return " ".join(told.sentences(part.cause, found)) or tr.gettext("No difference.")


Pairs = Sequence[AreaPair]


def _level(rating: Rating | None) -> Fraction | None:
    return rating.level if rating is not None and counts(rating) else None


def _weight(rating: Rating | None) -> Fraction | None:
    return None if rating is None else rating.weight


def _rise(pair: AreaPair) -> Fraction:
    return (_level(pair.later) or Fraction(0)) - (_level(pair.earlier) or Fraction(0))


_OVER_TIME = (
    (N_("{area} rose from {before} to {now}."), N_("{n} areas rose: {areas}.")),
    (N_("{area} fell from {before} to {now}."), N_("{n} areas fell: {areas}.")),
)
_ELSEWHERE = (
    (N_("{area} is higher: {now}, not {before}."), N_("{n} areas are higher: {areas}.")),
    (N_("{area} is lower: {now}, not {before}."), N_("{n} areas are lower: {areas}.")),
)
"""Sentences about one area and about several, upwards and downwards."""


class _Told:
    """Sentences about the areas of one part, in a language."""

    def __init__(self, sessions: Sequence[Session], tr: Translator, language: str) -> None:
        self._sessions, self._tr, self._language = sessions, tr, language

    def sentences(self, cause: Cause, pairs: Pairs) -> Iterator[str]:
        """A sentence for each kind of change that occurs."""
        if cause is Cause.MODEL:
            yield from self._of_model(pairs)
        elif cause is Cause.APPLICABLE:
            there = [pair for pair in pairs if pair.earlier and pair.later]
            yield from self._entering([pair for pair in there if not counts(pair.earlier)])
            yield from self._leaving([pair for pair in there if counts(pair.earlier)])
        elif cause is Cause.WEIGHTS:
            one = N_("{area} weighs {now} instead of {before}.")
            both = [pair for pair in pairs if _level(pair.later) is not None]
            yield from self._say(both, one, N_("{n} areas weigh differently: {areas}."), _weight)
        else:
            yield from self._levels(
                [pair for pair in pairs if counts(pair.earlier) and counts(pair.later)]
            )

    def _of_model(self, pairs: Pairs) -> Iterator[str]:
        yield from self._say(
            [pair for pair in pairs if pair.relation is Relation.EDITED],
            N_("{area} has new texts: {before} before, {now} under the new text."),
            N_("{n} areas have new texts: {areas}."),
        )
        yield from self._say(
            [pair for pair in pairs if pair.relation is Relation.NEW],
            N_("{area} is new in the model, level {now}."),
            N_("{n} areas are new in the model: {areas}."),
        )
        yield from self._say(
            [pair for pair in pairs if pair.relation is Relation.GONE],
            N_("{area} is no longer in the model, level {before} before."),
            N_("{n} areas are no longer in the model: {areas}."),
        )

    def _entering(self, pairs: Pairs) -> Iterator[str]:
        did_apply = [pair for pair in pairs if pair.earlier and pair.earlier.is_applicable]
        yield from self._say(
            [pair for pair in pairs if pair not in did_apply],
            N_("{area} applies now, level {now}."),
            N_("{n} areas apply now: {areas}."),
        )
        yield from self._say(
            did_apply,
            N_("{area} was open and is scored now, level {now}."),
            N_("{n} areas are scored that were open: {areas}."),
        )

    def _leaving(self, pairs: Pairs) -> Iterator[str]:
        still_apply = [pair for pair in pairs if pair.later and pair.later.is_applicable]
        yield from self._say(
            [pair for pair in pairs if pair not in still_apply],
            N_("{area} no longer applies, level {before} before."),
            N_("{n} areas no longer apply: {areas}."),
        )
        yield from self._say(
            still_apply,
            N_("{area} is open now, level {before} before."),
            N_("{n} areas are open now: {areas}."),
        )

    def _levels(self, pairs: Pairs) -> Iterator[str]:
        """Areas of one unit rise and fall; those of another are higher or lower."""
        rises, falls = _OVER_TIME if are_of_one_unit(self._sessions) else _ELSEWHERE
        widest = sorted(pairs, key=lambda pair: -abs(_rise(pair)))
        yield from self._say([pair for pair in widest if _rise(pair) > 0], *rises)
        yield from self._say([pair for pair in widest if _rise(pair) < 0], *falls)

    def _say(
        self,
        pairs: Pairs,
        one: str,
        more: str,
        value: Callable[[Rating | None], Fraction | None] = _level,
    ) -> Iterator[str]:
        """The sentence about one area or about several, none about none."""
        tr = self._tr
        if len(pairs) == 1:
            before, now = (tr.number(value(each)) for each in (pairs[0].earlier, pairs[0].later))
            yield tr.gettext(one, area=self._name(pairs[0]), before=before, now=now)
        elif pairs:
            yield tr.gettext(more, n=len(pairs), areas=self._listed(pairs, value))

    def _name(self, pair: AreaPair) -> str:
        """The label of today; an area that is gone has that of its model, whatever came after."""
        is_gone = pair.relation is Relation.GONE
        sessions = self._sessions[:1] if is_gone else self._sessions
        return area_name(pair.area_id, sessions, self._language)

    def _listed(self, pairs: Pairs, value: Callable[[Rating | None], Fraction | None]) -> str:
        """Names with their values: ``CI/CD (2 → 3), Compliance (1 → 2) and 3 more``."""
        tr = self._tr
        named = pairs if len(pairs) <= MOST_NAMED + 1 else pairs[:MOST_NAMED]
        texts = []
        for pair in named:
            found = (value(pair.earlier), value(pair.later))
            values = " → ".join(tr.number(each) for each in found if each is not None)
            texts.append(f"{self._name(pair)} ({values})")
        listed = ", ".join(texts)
        left = len(pairs) - len(named)
        if not left:
            return listed
        return tr.ngettext("{areas} and {n} more", "{areas} and {n} more", left, areas=listed)
