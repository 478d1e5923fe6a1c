"""Levels in titles, headings and file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import InvalidFile
from data.models import load_model_source
from data.models.pages.levels import (
    find_label,
    leading_number,
    level_in_name,
    name_before,
    name_beside,
)


@pytest.mark.parametrize(
    ("title", "level", "name"),
    [
        ("Level 5 - Optimierung", 5, "Optimierung"),
        ("LEVEL 2 – OPERATE", 2, "OPERATE"),
        ("Optimising (Level 5)", 5, "Optimising"),
        ("Level 1: 5 teams", 1, "5 teams"),
        ("Level 4 – 24/7 operations", 4, "24/7 operations"),
        ("Level 3 of 5: Scale", 3, "Scale"),
        ("Level one: Build", 1, "Build"),
        ("Level 3 – 2026 edition", 3, "2026 edition"),
        ("Maturity Level 2", 2, ""),
        ("L3: Scale", 3, "Scale"),
        ("2nd level: Run", 2, "Run"),
        ("0️⃣ Stage 0: Adopting", 0, "Adopting"),
        ("Stufe 2: Betrieb", 2, "Betrieb"),
        ("3. Stufe: Ausbau", 3, "Ausbau"),
        ("Reifegradstufe III – Skalieren", 3, "Skalieren"),
        ("Ausbaustufe 2", 2, ""),
        ("Niveau 3 : Échelle", 3, "Échelle"),
        ("Nivel 1, Provisional", 1, "Provisional"),
        ("Estágio 4 – Otimizado", 4, "Otimizado"),
        ("Livello 2: Gestito", 2, "Gestito"),
        ("Volwassenheidsniveau 4: Beheerst", 4, "Beheerst"),
        ("Уровень 3. Рост", 3, "Рост"),
        ("级别 1 - 建设", 1, "建设"),
        ("第一阶段，临时性", 1, "临时性"),
        ("第 3 级：可扩展", 3, "可扩展"),
        ("成熟度レベル３：拡大", 3, "拡大"),
    ],
)
def test_a_level_is_a_number_beside_a_word_for_level(title: str, level: int, name: str) -> None:
    label = find_label(title)

    assert label is not None
    assert (label.number, name_beside(title)) == (level, name)


@pytest.mark.parametrize(
    "title",
    [
        "S2C2F", "client 7", "Kunde 7", "Handbook v5", "Level 2.0", "Cloud check 2.0", "3. Scale",
        "Level 1 to 5", "Stufe 1 bis 5", "Level 1–5 at a glance", "Level 1, 2 and 3", "Levels 1-5",
        "5-level model", "Level up in 3 steps", "Multilevel 3", "Step 3", "ISO 27001", "",
    ],
)  # fmt: skip
def test_other_numbers_and_several_levels_state_no_level(title: str) -> None:
    assert find_label(title) is None


def test_a_file_name_states_a_level_in_words() -> None:
    stated = ("level-3", "stufe3", "L3", "level_3-v2", "reifegrad 3", "stage-3-run", "niveau_03")
    assert {level_in_name(name) for name in stated} == {3}
    silent = ("client-7", "s2c2f", "model-v2", "v5", "2026", "page-1", "03-scale", "3", "README")
    assert {level_in_name(name) for name in silent} == {None}


def test_a_file_name_may_be_or_begin_with_a_number() -> None:
    names = ("3", "03-scale", "3 Ausbau", "2026-x", "2026", "v3", "3rd", "")
    assert [leading_number(name) for name in names] == [3, 3, 3, None, None, None, None, None]


def test_the_name_of_the_model_precedes_the_level() -> None:
    assert name_before("Cloud check 2.0 – Level 4: Improve") == "Cloud check 2.0"
    assert name_before("Level 4: Improve") == ""


def test_phases_are_levels_only_where_nothing_else_is(tmp_path: Path) -> None:
    inside = "# M\n## Skills\n### Phase 1: Start\nfew\n### Phase 2\nmany\n"
    (tmp_path / "phases.md").write_text(inside, encoding="utf-8")
    model = load_model_source([tmp_path], "en").model
    assert [level.name.in_language("en") for level in model.levels] == ["Start", "Phase 2"]

    (tmp_path / "m.md").write_text(inside.replace("Phase", "Level"), encoding="utf-8")
    report = load_model_source([tmp_path], "en").report
    assert [part.file for part in report.left_over] == ["phases.md"]


def test_several_titles_with_phases_are_pages_for_levels_but_one_is_not(tmp_path: Path) -> None:
    page = "# Phase {}\n## People\n### Skills\nfew\n"
    (tmp_path / "a.md").write_text(page.format("1"), encoding="utf-8")
    with pytest.raises(InvalidFile):
        load_model_source([tmp_path], "en")

    (tmp_path / "b.md").write_text(page.format("II: Run"), encoding="utf-8")
    model = load_model_source([tmp_path], "en").model
    assert [level.name.in_language("en") for level in model.levels[:2]] == [
        "Phase 1",
        "Phase II: Run",
    ]
