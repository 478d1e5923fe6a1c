"""A mapping between two versions of a model from what was decided on sessions with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.comparison.judging import (
    AreaDecision,
    StoredDecisions,
    newest_first,
    without_contradictions,
)
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
    found = [
        decision
        for of_client in (*reviews, ())  # mappings hold without any client, too
        for decision in _decisions(earlier, later, of_client, known)
    ]
    unchanged = unchanged_area_ids(earlier, later)
    for each in without_contradictions(sorted(found, key=newest_first), unchanged):
        if each.verdict is not Verdict.DIFFERENT:
            yield MappedAreas(each.area_then, each.area_now, each.verdict)


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
