"""The real pages of two models, joined in all their languages."""

from __future__ import annotations

from pathlib import Path

from app.model.joining import join_models
from data.models import load_model_source, model_to_yaml
from data.models.checks import checked_model
from data.models.yaml.text import read_yaml


def test_the_english_and_german_pages_give_22_areas_in_both_languages(shared: Path) -> None:
    english = shared / "testdata" / "models" / "cncf-cloud-native" / "en-v2-1d0b7e8"
    german = shared / "testdata" / "cartografos-de"
    joined = join_models(load_model_source([english]).model, load_model_source([german]).model)

    assert joined.report.areas == 22
    assert joined.report.cells == {"en": 110, "de": 110}
    assert {match.how for match in joined.report.matches} == {"id"}
    assert checked_model(read_yaml(model_to_yaml(joined.model)), "joined") == joined.model


def test_four_languages_of_the_platform_model_join_by_position(shared: Path) -> None:
    pages = shared / "testdata" / "models" / "cncf-platform-engineering"
    model = load_model_source([pages / "en" / "v1" / "index.md"]).model
    for language in ("es", "ja", "zh"):
        joined = join_models(model, load_model_source([pages / language / "v1" / "index.md"]).model)
        model = joined.model

    assert joined.report.cells == dict.fromkeys(("en", "es", "ja", "zh"), 20)
    assert [area.name.in_language("es") for area in model.areas] == [
        "Inversión", "Adopción", "Interfaces", "Operaciones", "Medición",
    ]  # fmt: skip
    assert model.area(model.areas[0].id).name.in_language("ja") == "投資"
