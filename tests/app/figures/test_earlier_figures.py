"""Comparison with an earlier session: only comparable areas count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from app.figures.earlier import earlier_figures
from app.figures.scoring import profile
from app.model.codec import model_from_document, model_to_document
from app.model.comparability import Obstacle, comparable_area_ids
from app.model.maturity_model import LevelDescription, LocalText, MaturityModel
from app.session.rating import Rating
from app.session.session import Session
from data.models.builtin import builtin_model

Models = Callable[..., MaturityModel]
Sessions = Callable[..., Session]


@pytest.fixture
def scored(a_session: Sessions) -> Callable[..., Session]:
    """A session on a model with the levels of its first areas; ``None`` leaves an area out."""

    def make(model: MaturityModel, *levels: int | None) -> Session:
        ratings = [
            Rating(
                area.id,
                None if level is None else Fraction(level),
                not_applicable="outside" if level is None else None,
            )
            for area, level in zip(model.areas, levels, strict=False)
        ]
        return a_session(model, *ratings)

    return make


def reworded(model: MaturityModel, *area_ids: str) -> MaturityModel:
    """The model with other level texts for these areas."""
    says = (LevelDescription(3, short=LocalText.of(en="Something else.")),)
    return replace(
        model,
        dimensions=tuple(
            replace(
                dimension,
                areas=tuple(
                    replace(area, levels=says) if area.id in area_ids else area
                    for area in dimension.areas
                ),
            )
            for dimension in model.dimensions
        ),
    )


def test_a_higher_average_of_other_areas_is_no_change(
    a_model: Models, scored: Callable[..., Session]
) -> None:
    """The vector of our method, section 10: 2.4 became 3.0, but nothing has moved."""
    model = a_model({"D": 7})  # a, b, c, d, e, f, g
    then = scored(model, 2, 3, 1, 4, None, 2)
    now = scored(model, 3, 3, None, 3, 2)
    now = now.with_rating(Rating("D.6", Fraction(4)))
    assert profile(then).overall.mean == Fraction(12, 5)
    assert profile(now).overall.mean == 3
    change = earlier_figures(model, "en", then).change(profile(now))
    assert change is not None
    assert change.by == 0
    assert change.areas == 3
    assert earlier_figures(model, "en", then).overall(profile(now)) is None


def test_the_same_areas_and_weights_show_the_average_then(
    a_model: Models, scored: Callable[..., Session]
) -> None:
    model = a_model({"D": 2})
    figures = earlier_figures(model, "en", scored(model, 1, 2))
    assert figures.overall(profile(scored(model, 3, 5))) == Fraction(3, 2)
    heavier = scored(model, 3, 5).with_rating(Rating("D.0", Fraction(3), weight=Fraction(2)))
    assert figures.overall(profile(heavier)) is None


def test_an_average_of_other_areas_is_not_shown_beside_todays(
    a_model: Models, scored: Callable[..., Session]
) -> None:
    """One dimension stays, one is taken out in part, one weighs differently, one is open."""
    model = a_model({"D": 2, "E": 2, "F": 2, "G": 2})
    figures = earlier_figures(model, "en", scored(model, 1, 2, 1, 2, 1, 2, 1, 2))
    now = scored(model, 3, 4, 3, None, 3, 4)
    now = now.with_rating(Rating("F.0", Fraction(3), weight=Fraction(2)))
    assert figures.means(profile(now)) == {"D": Fraction(3, 2), "G": Fraction(3, 2)}
    assert figures.withheld(profile(now)) == 2
    begun = now.with_rating(Rating("G.0", Fraction(4)))
    assert figures.means(profile(begun)) == {"D": Fraction(3, 2)}
    done = begun.with_rating(Rating("G.1", Fraction(4)))
    assert figures.means(profile(done)) == {"D": Fraction(3, 2), "G": Fraction(3, 2)}


def test_areas_with_other_texts_are_hidden_and_counted(
    a_model: Models, scored: Callable[..., Session]
) -> None:
    model = a_model({"D": 2, "E": 1})
    figures = earlier_figures(reworded(model, "D.0"), "en", scored(model, 1, 2, 4))
    assert figures.levels == {"D.1": 2, "E.0": 4}
    assert figures.means(profile(scored(model, 2, 3, 5))) == {"E": 4}
    assert figures.left_out == {Obstacle.TEXTS: 1}


def test_another_scale_makes_no_area_comparable(
    a_model: Models, scored: Callable[..., Session]
) -> None:
    four = a_model({"D": 1}, levels=4)
    from_zero = a_model({"D": 1}, levels=4, lowest=0)
    assert comparable_area_ids(four, from_zero, ["en"]) == frozenset()
    assert comparable_area_ids(four, a_model({"D": 1}, levels=5), ["en"]) == frozenset()
    figures = earlier_figures(four, "en", scored(from_zero, 3))
    assert (figures.levels, figures.left_out) == ({}, {Obstacle.SCALE: 1})
    assert figures.means(profile(scored(four, 3))) == {}


def test_the_general_description_of_a_level_counts_where_an_area_has_no_text_of_its_own(
    a_model: Models,
) -> None:
    model = reworded(a_model({"D": 2}), "D.0")  # with a text at level 3 alone

    def with_description(level: int) -> MaturityModel:
        levels = [
            replace(each, description=LocalText.of(en="New.")) if each.number == level else each
            for each in model.levels
        ]
        return replace(model, levels=tuple(levels))

    assert comparable_area_ids(with_description(3), model, ["en"]) == {"D.0"}
    assert comparable_area_ids(with_description(2), model, ["en"]) == frozenset()
    both = with_description(2)
    assert comparable_area_ids(both, both, ["en"]) == {"D.0", "D.1"}


def test_an_unscored_area_is_not_shown_as_a_low_one(
    a_model: Models, a_session: Sessions, scored: Callable[..., Session]
) -> None:
    model = a_model({"D": 2})
    figures = earlier_figures(model, "en", a_session(model, Rating("D.0", Fraction(3))))
    assert figures.levels == {"D.0": 3}
    now = profile(scored(model, 3, 3))
    assert earlier_figures(model, "en", a_session(model)).means(now) == {}
    assert (
        earlier_figures(model, "en", a_session(model)).change(profile(scored(model, 3, 3))) is None
    )


def only_english(model: MaturityModel) -> MaturityModel:
    """The model before German was added."""

    def pruned(value: object) -> object:
        if isinstance(value, dict):
            return {key: pruned(each) for key, each in value.items() if key != "de"}
        return [pruned(each) for each in value] if isinstance(value, list) else value

    document = pruned(model_to_document(model))
    assert isinstance(document, dict)
    return model_from_document(document | {"languages": ["en"]})


def test_adding_a_language_keeps_every_area_comparable(
    a_model: Models, scored: Callable[..., Session]
) -> None:
    """Sessions ran on the English model; today's runs on the same one with German added."""
    english = only_english(builtin_model())
    then = replace(scored(english, *[2] * len(english.areas)), language="en")
    for language in ("en", "de"):
        figures = earlier_figures(builtin_model(), language, then)
        assert len(figures.levels) == len(builtin_model().areas) == 22
        assert figures.left_out == {}
