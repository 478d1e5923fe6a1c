"""The built-in model is complete, current and quick to read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from app.errors import NotFound
from app.model.codec import model_to_document
from data.models.build import derived_files
from data.models.builtin import MODELS_FOLDER, builtin_model, builtin_models
from data.models.checks import checked_model
from data.models.yaml.reader import read_model
from data.models.yaml.text import read_yaml
from data.models.yaml.writer import SCHEMA_NAME

ROOT = Path(__file__).parents[3]
YAML_PATH = MODELS_FOLDER / "cloud-native.yaml"


def test_the_model_has_its_dimensions_areas_and_levels() -> None:
    model = builtin_model()

    assert [model.id for model in builtin_models()] == ["cloud-native"]
    assert model.languages == ("de", "en")
    assert [len(dimension.areas) for dimension in model.dimensions] == [6, 5, 3, 7, 1]
    assert len(model.areas) == 22
    assert [level.name.in_language("de") for level in model.levels] == [
        "Aufbau", "Betrieb", "Skalierung", "Verbesserung", "Optimierung",
    ]  # fmt: skip


def test_every_cell_is_filled_in_both_languages() -> None:
    for area in builtin_model().areas:
        assert set(area.label.as_dict()) == {"de", "en"}
        assert [description.level for description in area.levels] == [1, 2, 3, 4, 5]
        for description in area.levels:
            assert 2 <= len(description.indicators) <= 4
            for text in (
                description.short,
                description.summary,
                *(indicator.text for indicator in description.indicators),
            ):
                assert all(text.as_dict()[language].strip() for language in ("de", "en"))


@pytest.mark.slow
def test_nothing_of_the_yaml_file_is_lost() -> None:
    plain = YAML(typ="safe", pure=True).load(YAML_PATH.read_text(encoding="utf-8"))

    assert model_to_document(builtin_model()) == plain


def test_derived_files_are_current() -> None:
    """If not: ``python tools/derived.py``."""
    for path, content in derived_files().items():
        assert path.read_text(encoding="utf-8") == content, path.name


@pytest.mark.slow
def test_the_model_differs_from_the_one_in_the_shared_folder_in_its_wording_alone(
    shared: Path,
) -> None:
    first = leaves(model_to_document(read_model(shared / "model" / "cloud-native.yaml")))
    ours = leaves(model_to_document(builtin_model()))

    reworded = {place for place in ours if ours[place] != first.get(place)}

    assert first.keys() == ours.keys()
    assert {place[-1] for place in reworded} == {"content_version", "de", "en"}
    assert len(reworded) == 45


def leaves(value: object, place: tuple[object, ...] = ()) -> dict[tuple[object, ...], object]:
    """The single values of a document by their places."""
    if isinstance(value, dict):
        items: list[tuple[object, object]] = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return {place: value}
    return {
        where: leaf for key, inner in items for where, leaf in leaves(inner, (*place, key)).items()
    }


def test_the_model_file_names_its_schema() -> None:
    first_line = YAML_PATH.read_text(encoding="utf-8").split("\n", 1)[0]

    assert first_line == f"# yaml-language-server: $schema=../{SCHEMA_NAME}"
    assert (MODELS_FOLDER / ".." / SCHEMA_NAME).is_file()


def test_the_schema_accepts_the_model_and_refuses_slips() -> None:
    schema = json.loads((MODELS_FOLDER.parent / SCHEMA_NAME).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    document = model_to_document(builtin_model())

    assert not list(validator.iter_errors(document))
    assert list(validator.iter_errors({**document, "leves": []}))
    assert list(validator.iter_errors({**document, "levels": [{"level": 11, "name": {"de": "x"}}]}))


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(NotFound, match="nothing"):
        builtin_model("nothing")


def test_reading_it_loads_no_yaml_reader_and_no_checker() -> None:
    script = (
        "import sys; from data.models.builtin import builtin_model; builtin_model();"
        " print([name for name in ('ruamel', 'pydantic', 'sqlite3') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_the_documentation_shows_a_valid_model_and_knows_every_key() -> None:
    text = (ROOT / "docs" / "model-files.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n", 1)[1].split("```", 1)[0]
    schema = json.loads((MODELS_FOLDER.parent / SCHEMA_NAME).read_text(encoding="utf-8"))
    keys = {*schema["properties"]}.union(
        *(definition["properties"] for definition in schema["$defs"].values())
    )

    assert len(checked_model(read_yaml(example), "model-files.md").areas) == 2
    assert {key for key in keys if f"`{key}`" not in text} == set()
