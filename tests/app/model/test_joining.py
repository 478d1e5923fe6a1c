"""Joining two languages of one model: by id, else by position, with a report."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import pytest

from app.errors import InvalidInput
from app.model.codec import model_from_document, model_to_document
from app.model.joining import join_models
from app.model.maturity_model import Area, Dimension, LevelDescription, LocalText, MaturityModel
from app.model.pairing import pair_up
from app.words.texts import Translator, translator_for
from data.models.builtin import builtin_model

Pages = Callable[..., MaturityModel]


def only(model: MaturityModel, language: str) -> MaturityModel:
    """A model in one of its languages."""
    others = set(model.languages) - {language}

    def pruned(value: object) -> object:
        if isinstance(value, dict):
            return {key: pruned(each) for key, each in value.items() if key not in others}
        return [pruned(each) for each in value] if isinstance(value, list) else value

    document = pruned(model_to_document(model))
    assert isinstance(document, dict)
    return model_from_document(document | {"languages": [language]})


@pytest.fixture
def pages(a_model: Callable[..., MaturityModel]) -> Pages:
    """A model in one language, as pages give it: dimension to its areas, ids from the names."""

    def make(language: str, /, **areas: Sequence[str]) -> MaturityModel:
        def said(text: str) -> LocalText:
            return LocalText.of({language: text})

        def area(dimension: str, name: str) -> Area:
            levels = tuple(
                LevelDescription(level, summary=said(f"{name} {level} ({language})"))
                for level in (1, 2)
            )
            return Area(f"{dimension}.{name}", said(name), said(name), levels=levels)

        scale = a_model({"D": 1}, levels=2)
        return dataclasses.replace(
            scale,
            id=f"pages-{language}",
            content_version="1",
            languages=(language,),
            name=said("Model"),
            levels=tuple(
                dataclasses.replace(level, name=said(f"{level.number} ({language})"))
                for level in scale.levels
            ),
            dimensions=tuple(
                Dimension(key, said(key), areas=tuple(area(key, name) for name in names))
                for key, names in areas.items()
            ),
        )

    return make


def test_a_model_taken_apart_into_its_languages_is_joined_without_loss() -> None:
    whole = builtin_model()
    joined = join_models(only(whole, "de"), only(whole, "en"))

    assert dataclasses.replace(joined.model, content_version=whole.content_version) == whole
    assert joined.report.cells == {"de": 110, "en": 110}
    assert {match.how for match in joined.report.matches} == {"id"}
    assert joined.report.left_out == joined.report.untranslated == ()
    assert joined.model.content_version == f"{whole.content_version} + en {whole.content_version}"


def test_areas_with_other_ids_go_by_position_between_known_ones(pages: Pages) -> None:
    german = pages("de", people=["Können", "teams", "Wandel"], technik=["Werkzeuge"])
    english = pages("en", people=["skills", "teams", "change"], technology=["tools"])
    joined = join_models(english, german)

    assert [(match.area_id, match.other_id, match.how) for match in joined.report.matches] == [
        ("people.skills", "people.Können", "position"),
        ("people.teams", "people.teams", "id"),
        ("people.change", "people.Wandel", "position"),
        ("technology.tools", "technik.Werkzeuge", "position"),
    ]
    assert "people.skills ← „Können“" in "\n".join(joined.report.lines(translator_for("de")))
    skills = joined.model.area("people.skills")
    assert skills.name == LocalText.of(en="skills", de="Können")
    assert skills.description_of(2).summary.in_language("de") == "Können 2 (de)"
    assert joined.model.level(1).name.as_dict() == {"en": "1 (en)", "de": "1 (de)"}
    assert joined.model.dimensions[1].name.in_language("de") == "technik"


def test_where_numbers_differ_nothing_is_guessed_and_all_is_reported(pages: Pages) -> None:
    english = pages("en", people=["teams", "cost", "change"])
    german = pages("de", people=["teams", "Wandel"])
    joined = join_models(english, german)

    assert [match.area_id for match in joined.report.matches] == ["people.teams"]
    assert joined.report.untranslated == ("people.cost", "people.change")
    assert [(part.kind, part.id) for part in joined.report.left_out] == [("area", "people.Wandel")]
    assert joined.model.area("people.cost").name.as_dict() == {"en": "cost", "de": "cost"}
    assert joined.report.lines(Translator("en"))[3:] == [
        "1 area was matched by its id.",
        "2 areas have no counterpart and keep their texts (de missing): people.cost, people.change",
        "1 area that only “pages-de” has was left out: Wandel",
    ]


def test_an_area_that_moved_to_another_dimension_is_found_by_its_id(pages: Pages) -> None:
    english = pages("en", people=["teams", "skills"], tools=["build"])
    german = pages("de", people=["Können"], tools=["bauen", "x"])
    moved = dataclasses.replace(german.dimensions[1].areas[1], id="people.teams")
    tools = dataclasses.replace(german.dimensions[1], areas=(german.dimensions[1].areas[0], moved))
    joined = join_models(
        english, dataclasses.replace(german, dimensions=(german.dimensions[0], tools))
    )

    assert {match.area_id: match.other_id for match in joined.report.matches} == {
        "people.teams": "people.teams",
        "people.skills": "people.Können",
        "tools.build": "tools.bauen",
    }


def test_the_first_models_text_is_kept_where_both_have_one(pages: Pages) -> None:
    english = pages("en", people=["teams"])
    both = join_models(pages("en", people=["teams"]), pages("de", people=["teams"])).model
    reworded = dataclasses.replace(both, name=LocalText.of(en="Another model", de="Modell"))
    joined = join_models(english, reworded)

    assert joined.model.name == LocalText.of(en="Model", de="Modell")
    assert joined.report.differing == 1


def test_labels_stay_distinct_where_a_name_had_to_be_borrowed(pages: Pages) -> None:
    english = pages("en", people=["teams", "Wandel"])
    german = pages("de", people=["teams", "a", "b"])
    area = dataclasses.replace(german.areas[0], label=LocalText.of(de="wandel"))
    first = dataclasses.replace(german.dimensions[0], areas=(area, *german.areas[1:]))
    joined = join_models(english, dataclasses.replace(german, dimensions=(first,)))

    labels = [area.label.in_language("de") for area in joined.model.areas]
    assert labels == ["wandel", "Wandel (people)"]


def test_a_model_without_a_new_language_is_refused(pages: Pages) -> None:
    with pytest.raises(InvalidInput, match="has no language that"):
        join_models(pages("en", people=["teams"]), pages("en", people=["groups"]))


def test_another_scale_is_refused(pages: Pages) -> None:
    german = pages("de", people=["teams"])
    higher = LevelDescription(3, summary=LocalText.of(de="Mehr."))
    area = dataclasses.replace(german.areas[0], levels=(higher,))
    dimension = dataclasses.replace(german.dimensions[0], areas=(area,))
    taller = dataclasses.replace(german, dimensions=(dimension,))

    with pytest.raises(InvalidInput, match="describes level 3, but the scale of “pages-en” goes"):
        join_models(pages("en", people=["teams"]), taller)


def test_models_without_anything_in_common_are_refused(pages: Pages) -> None:
    with pytest.raises(InvalidInput, match="corresponds to one of"):
        join_models(pages("en", people=["teams"]), pages("de", a=["b"], c=["d"]))


def test_pairs_that_do_not_fit_are_no_pairs(pages: Pages) -> None:
    ours, theirs = pages("en", d=["a", "b"]).areas, pages("de", d=["x", "y"]).areas

    assert pair_up(ours, theirs, lambda *_: False) == []
    assert [pair.how for pair in pair_up(ours, theirs)] == ["position", "position"]
    assert pair_up(ours, [theirs[0], *reversed(ours)])[0].theirs is ours[0]
