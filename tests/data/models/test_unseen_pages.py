"""Pages of kinds that were not seen before."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model.joining import join_models
from app.model.maturity_model import MaturityModel
from data.models import load_model_source
from data.models.languages import language_of_text
from data.models.pages.levels import find_label


def _read(folder: Path, **pages: str) -> MaturityModel:
    for name, text in pages.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return load_model_source([folder], "en").model


def _texts(model: MaturityModel) -> dict[str, dict[int, str]]:
    return {
        area.id: {each.level: each.summary.in_language("en") for each in area.levels}
        for area in model.areas
    }


@pytest.mark.parametrize(
    "title",
    [
        "Niveau de maturité 2 : Géré",
        "Nivel de madurez 2: Gestionado",
        "Livello di maturità 2: Gestito",
        "Nível de maturidade 2",
        "Level of maturity 2",
    ],
)
def test_level_of_maturity_is_read(title: str) -> None:
    found = find_label(title)
    assert found is not None
    assert found.number == 2


def test_areas_may_stand_behind_their_level(tmp_path: Path) -> None:
    page = (
        "# M\n## Level 1 Skills\nfew\n## Level 1 Teams\none\n## Level 2 Skills\nmany\n"
        "## Level 2 Teams\ntwo\n"
    )
    texts = _texts(_read(tmp_path, m=page))
    assert texts == {"m.skills": {1: "few", 2: "many"}, "m.teams": {1: "one", 2: "two"}}


def test_a_level_that_is_described_twice_keeps_both_texts(tmp_path: Path) -> None:
    page = "# M\n## Skills\n### Level 1: Start\na\n### Level 1: Start\nb\n### Level 2: Run\nc\n"
    assert _texts(_read(tmp_path, m=page)) == {"m.skills": {1: "a\n\nb", 2: "c"}}


def test_heading_inside_a_level_is_told_once(tmp_path: Path) -> None:
    page = "# M\n## Training\n### Level 1\none\n### Level 2: Managed\ntwo\n#### Level 2 details\nx"
    texts = _texts(_read(tmp_path, m=page))
    assert texts["m.training"][2] == "two\n#### Level 2 details\nx"


def test_level_below_the_heading_of_another_is_no_part_of_it(tmp_path: Path) -> None:
    page = "# M\n## T\n### Level 1\none\n#### Level 2\ntwo\n#### More\nof 1\n### Level 3\nthree"
    texts = _texts(_read(tmp_path, m=page))
    assert texts["m.t"] == {1: "one\n\n#### More\nof 1", 2: "two", 3: "three"}


def test_bar_within_code_loses_no_text_of_a_table(tmp_path: Path) -> None:
    page = "# M\n## P\n| Level | A | B |\n|---|---|---|\n| 1 | x | `a|b` |\n| 2 | y | z |\n"
    assert _texts(_read(tmp_path, m=page))["p.b"][1] == "`a|b`"


def test_second_row_of_a_level_is_no_area(tmp_path: Path) -> None:
    page = (
        "# M\n## P\n### T\n| Level | Text |\n|---|---|\n| Level 1 | a |\n| | b |\n| Level 2 | c |\n"
    )
    texts = _texts(_read(tmp_path, m=page))
    assert list(texts) == ["p.t"]
    assert texts["p.t"] == {1: "a\n\nb", 2: "c"}


def test_single_letter_tells_no_language() -> None:
    assert language_of_text("Roles: d.") is None
    assert language_of_text("l’équipe d'abord") == "fr"


def test_dimension_without_a_text_is_no_area(tmp_path: Path) -> None:
    one = "# Level 1\n## People\n## Process\n### Release\nby hand\n"
    two = "# Level 2\n## People\n### Training\nyes\n## Process\n### Release\nscript\n## Policy\n"
    texts = _texts(_read(tmp_path, level_1=one, level_2=two))
    assert list(texts) == ["people.training", "process.release"]


def test_dimensions_in_another_order_are_joined_by_their_number_of_areas(tmp_path: Path) -> None:
    pages = {
        "en": "# Level 1\n## Aim\n### A\na\n## Base\n### B\nb\n### C\nc\n",
        "zh": "# 级别 1\n## 基础\n### 乙\n二\n### 丙\n三\n## 目标\n### 甲\n一\n",
    }
    models = []
    for language, page in pages.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "level-1.md").write_text(page, encoding="utf-8")
        models.append(load_model_source([tmp_path / language], language).model)
    joined = join_models(models[0], models[1]).model
    names = {area.id: area.name.in_language("zh") for area in joined.areas}
    assert names == {"aim.a": "甲", "base.b": "乙", "base.c": "丙"}


def test_a_heading_without_a_text_is_reported(tmp_path: Path) -> None:
    for level in (1, 2):
        page = f"# Level {level}\n## People\n### Training\nText {level}\n## Policy\n"
        (tmp_path / f"level-{level}.md").write_text(page, encoding="utf-8")
    found = load_model_source([tmp_path], "en")
    assert [each.heading for each in found.report.left_over] == ["Policy", "Policy"]
    assert [area.id for area in found.model.areas] == ["people.training"]
