"""The published pages of the two CNCF models, where they stand beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.words.texts import Translator
from data.models import load_model_source
from data.models.builtin import builtin_model

SHARED = Path(__file__).parents[3].parent / "shared"
MODELS = SHARED / "testdata" / "models"


def expected_sets() -> dict[str, dict[str, Any]]:
    """Expected counts of each set of pages, by its folder."""
    if not MODELS.is_dir():
        return {}
    document = json.loads((MODELS / "expected.json").read_text(encoding="utf-8"))
    return {name: counts for name, counts in document.items() if name.startswith("cncf-")}


@pytest.mark.parametrize("name", expected_sets() or ["none"])
def test_published_pages_give_the_expected_counts(name: str, shared: Path) -> None:
    wanted = expected_sets()[name]
    imported = load_model_source([shared / "testdata" / "models" / name])
    report = imported.report

    assert report.dimensions == wanted["dimensions"]
    assert report.areas == wanted["areas"]
    assert sum(report.filled.values()) == wanted["cells"]
    assert report.empty == ()
    levels = [level.number for level in imported.model.levels]
    assert levels == wanted.get("levels", [1, 2, 3, 4, 5])
    assert any(part.is_optional for part in report.left_over) == ("optional" in wanted)
    assert len(report.lines(Translator("en"))) <= 12


def optional_levels(words: str) -> dict[str, list[int]]:
    """``CNCF Certifications L2-5, Example KPIs L1`` as levels by the last word of the name."""
    found = {}
    for part in words.split(", "):
        name, _, levels = part.rpartition(" L")
        first, _, last = levels.partition("-")
        found[name.split()[-1]] = list(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize(
    "name", [name for name, counts in expected_sets().items() if "optional" in counts] or ["none"]
)
def test_certifications_and_sample_figures_are_areas_on_request(name: str, shared: Path) -> None:
    wanted = expected_sets()[name]
    optional = optional_levels(wanted["optional"])
    path = shared / "testdata" / "models" / name

    imported = load_model_source([path], with_optional=True)

    assert imported.report.areas == wanted["areas"] + len(optional)
    assert not any(part.is_optional for part in imported.report.left_over)
    added = {
        area.name.in_language("en").split()[-1]: [each.level for each in area.levels]
        for area in imported.model.areas
        if area.name.in_language("en").split()[-1] in optional
    }
    assert added == optional


def test_a_page_of_version_4_alone_has_all_its_areas(shared: Path) -> None:
    folder = shared / "testdata" / "models" / "cncf-cloud-native" / "en-v4-0139812"
    for level in range(1, 6):
        report = load_model_source([folder / f"level-{level}" / "index.md"]).report
        assert (report.dimensions, report.areas, report.filled[level]) == (5, 23, 23)


def test_areas_that_the_built_in_model_knows_keep_their_ids(shared: Path) -> None:
    folder = shared / "testdata" / "models" / "cncf-cloud-native"
    known = {area.id for area in builtin_model().areas}
    for name, new in (("en-v2-1d0b7e8", 0), ("en-v3-652eac2", 1), ("en-v4-0139812", 8)):
        model = load_model_source([folder / name]).model
        assert len({area.id for area in model.areas} - known) == new


def test_four_stub_pages_do_not_refuse_the_written_one(shared: Path) -> None:
    folder = shared / "testdata" / "models" / "cncf-cloud-native" / "stubs-771ab42"
    imported = load_model_source([folder])

    assert imported.report.filled == {1: 22, 2: 0, 3: 0, 4: 0, 5: 0}
    empty = [part.file for part in imported.report.left_over if part.heading.startswith("Level")]
    assert empty == [f"level-{level}/index.md" for level in range(2, 6)]
    assert imported.model.level(5).name.in_language("en") == "Optimize"


def test_the_chinese_pages_are_as_many_areas(shared: Path) -> None:
    folder = shared / "testdata" / "models" / "cncf-cloud-native" / "zh-v3-6a0b38c"
    for language in (None, "zh"):
        report = load_model_source([folder], language=language).report
        assert (report.dimensions, report.areas, sum(report.filled.values())) == (5, 23, 115)
        assert report.in_other_languages == (("level-3/index.md", "en"),)


@pytest.mark.parametrize("language", ["en", "es", "ja", "zh"])
def test_the_platform_model_is_the_same_in_every_language(language: str, shared: Path) -> None:
    folder = shared / "testdata" / "models" / "cncf-platform-engineering" / language / "v1"
    imported = load_model_source([folder], language=language)

    assert (imported.report.dimensions, imported.report.areas) == (1, 5)
    assert imported.report.filled == dict.fromkeys(range(1, 5), 5)
    for area in imported.model.areas:
        assert area.question
        assert all(each.short for each in area.levels)


def test_other_pages_of_a_site_are_no_levels(shared: Path, refused: Any) -> None:
    folder = shared / "testdata" / "models" / "cncf-cloud-native" / "site-en-v4"

    assert len(refused(lambda: load_model_source([folder]))) == 6
