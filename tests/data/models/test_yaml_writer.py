"""An exported model is readable YAML, and equal when read back."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from app.model.maturity_model import LocalText, MaturityModel
from data.models import load_model_source, model_to_yaml
from data.models.builtin import builtin_model
from data.models.checks import checked_model
from data.models.yaml.reader import read_model
from data.models.yaml.text import read_yaml


@pytest.mark.parametrize("name", ["two-languages.yaml", "ten-levels-one-language.yaml"])
def test_a_written_model_reads_back_equal(name: str, files: Path, tmp_path: Path) -> None:
    model = read_model(files / name)
    path = tmp_path / "model.yaml"

    path.write_text(model_to_yaml(model), encoding="utf-8")

    assert load_model_source([path]).model == model


@pytest.mark.slow
def test_the_built_in_model_reads_back_equal_and_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"

    path.write_text(model_to_yaml(builtin_model()), encoding="utf-8")

    text = path.read_text(encoding="utf-8")
    assert read_model(path) == builtin_model()
    assert text.startswith("# yaml-language-server: $schema=model.schema.json\n")
    assert "\n    areas:\n      - id: people.overview\n" in text
    assert "für" in text


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t")
    | st.sampled_from("ab :-#&*!|>%@`'\"[]{},?\\\n"),
    max_size=200,
)


@pytest.mark.slow
@given(texts)
@example("NO")
@example("1.10")
@example("- a\n- b")
@example("a: b # c " * 20)
@example("two  spaces " * 20)
@example("line\u2028separator")
@example("  indented\n\n\nlater")
@example("---\na")
@example("\ufffe")
@example("a\n\uffff\nb")
@example("\ufdd0 \U0001fffe \U0010ffff")
@example("x " * 50 + "\ufffe" + " y" * 50)
def test_any_text_of_a_read_model_survives_writing(text: str) -> None:
    once = read_again(with_text(text))

    assert read_again(once) == once


def with_text(text: str) -> MaturityModel:
    area = builtin_model().areas[0]
    description = dataclasses.replace(
        area.levels[0], summary=LocalText.of(de=text), short=LocalText(), indicators=()
    )
    small_area = dataclasses.replace(area, levels=(description,), actions=())
    dimension = dataclasses.replace(builtin_model().dimensions[0], areas=(small_area,))
    return dataclasses.replace(
        builtin_model(),
        dimensions=(dimension,),
        prerequisites=(),
        efforts=(),
        roles=(),
        sources=(),
    )


def read_again(model: MaturityModel) -> MaturityModel:
    return checked_model(read_yaml(model_to_yaml(model)), "model.yaml")


def test_words_other_programs_take_for_truth_values_are_quoted() -> None:
    text = model_to_yaml(with_text("NO"))

    assert 'de: "NO"' in text
    assert YAML(typ="safe", pure=True).load(text)["content_version"] == "2026.12"
