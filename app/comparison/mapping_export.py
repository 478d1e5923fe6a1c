"""A mapping between two versions of a model from what was decided on sessions with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from app.comparison.judging import AreaDecision, StoredDecisions
from app.comparison.mappings import (
    MappedAreas,
    ModelMapping,
    mapping_between,
    unchanged_area_ids,
)
from app.comparison.reviews import Review, Verdict
from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.session import Session
from app.session.units import Affiliation, Organisation
from app.words.texts import N_

_NEVER = datetime.min.replace(tzinfo=UTC)


def mapping_of_decisions(
    earlier: MaturityModel,
    later: MaturityModel,
    reviews: Iterable[Sequence[Review]],
    known: Sequence[ModelMapping],
    source: str = "",
) -> ModelMapping:
    """The mapping from a version of a model to another, with the areas that did not change.

    ``reviews`` are those of each client; newer ones count more, and all of them more than the
    mappings that are ``known``. No client is named. Raises ``InvalidInput`` where the two are one
    version, and where no area is related to any other.
    """
    made = mapping_between(earlier, later, _pairs(earlier, later, reviews, known), source)
    if not made.pairs:
        raise InvalidInput(
            N_(
                "Nothing is known about how {earlier} and {later} relate. Decide on areas of two"
                " sessions with them first."
            ),
            earlier=made.earlier,
            later=made.later,
        )
    return made


def _pairs(
    earlier: MaturityModel,
    later: MaturityModel,
    reviews: Iterable[Sequence[Review]],
    known: Sequence[ModelMapping],
) -> Iterator[MappedAreas]:
    """One relation for two areas at most, and one equal area for each."""
    met: set[tuple[str, str]] = set()
    equal = {(side, each) for each in unchanged_area_ids(earlier, later) for side in (0, 1)}
    found = [
        decision
        for of_client in (*reviews, ())  # mappings hold without any client, too
        for decision in _decisions(earlier, later, of_client, known)
    ]
    for each in sorted(found, key=_newest_first):
        ends = each.area_then, each.area_now
        sides = set(enumerate(ends))
        if ends in met or (each.verdict is Verdict.EQUAL and sides & equal):
            continue
        met.add(ends)
        if each.verdict is Verdict.EQUAL:
            equal |= sides
        if each.verdict is not Verdict.DIFFERENT:
            yield MappedAreas(*ends, each.verdict)


def _decisions(
    earlier: MaturityModel,
    later: MaturityModel,
    reviews: Sequence[Review],
    known: Sequence[ModelMapping],
) -> Iterator[AreaDecision]:
    """Those that would hold for sessions on both models in one of their languages."""
    judge = StoredDecisions(reviews, known)
    client = reviews[0].organisation_id if reviews else ""
    affiliation = Affiliation(Organisation(client, ""))
    for language in dict.fromkeys((*earlier.languages, *later.languages)):
        one, other = (
            Session(name, affiliation, "", date.min, language, model)
            for name, model in (("earlier", earlier), ("later", later))
        )
        yield from judge(one, other).areas


def _newest_first(decision: AreaDecision) -> tuple[bool, float, str, str]:
    at = max((review.at for review in decision.reviews), default=_NEVER)
    return (
        not decision.reviews,
        -(at - _NEVER).total_seconds(),
        decision.area_then,
        decision.area_now,
    )
