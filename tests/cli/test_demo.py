"""The sample: plausible, bilingual, idempotent."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import StorageUnavailable
from app.sample import create_sample
from data.library.library import open_library
from data.models.builtin import builtin_model

Call = Callable[..., Any]

CONTENT = tomllib.loads(
    (Path(__file__).parents[2] / "app" / "sample.toml").read_text(encoding="utf-8")
)


def test_the_sample_is_two_workshops_eight_months_apart(call: Call, sample: list[str]) -> None:
    shown = [call("session", "show", session, "--json").json for session in sample]
    days = [date.fromisoformat(session["date"]) for session in shown]
    assert (days[1].year - days[0].year) * 12 + days[1].month - days[0].month == 8
    means = [session["overall"]["mean_of_areas"] for session in shown]
    assert means[0] < means[1]
    assert shown[0]["overall"]["staged_level"] is None  # one area was left open
    assert shown[1]["overall"]["staged_level"] == 2


def test_the_sample_shows_what_a_session_can_hold(call: Call, sample: list[str]) -> None:
    areas = call("session", "show", sample[1], "--json").json["areas"]
    assert any(area["not_applicable"] for area in areas)
    assert {area["confidence"] for area in areas} >= {"example", "evidence"}
    assert any(area["target_agreed"] for area in areas)
    assert any(not area["target_agreed"] for area in areas)
    assert any(area["weight"] != 1 for area in areas)
    assert any(area["evidence"] for area in areas)
    earlier = call("session", "show", sample[0], "--json").json["areas"]
    fell = [
        now["id"]
        for before, now in zip(earlier, areas, strict=True)
        if before["level"] and now["level"] and now["level"] < before["level"]
    ]
    assert fell == ["process.audit-logs"]


def test_asking_again_adds_nothing(call: Call, sample: list[str]) -> None:
    again = call("demo", "--json").json
    assert (again["created"], again["sessions"]) == (False, sample)
    assert "already" in call("demo").out
    assert len(call("session", "list", "--json").json["sessions"]) == 2


def test_the_sample_speaks_german_too(call: Call) -> None:
    answer = call("demo", "--language", "de", "--json")
    shown = call("session", "show", answer.json["sessions"][1], "--json").json
    assert shown["language"] == "de"
    assert shown["unit"]["name"] == "Plattformteam"
    notes = {area["id"]: area["note"] for area in shown["areas"]}
    assert notes["process.audit-logs"].startswith("Herabgestuft")


def test_work_on_the_sample_is_left_alone(
    call: Call, sample: list[str], scores: Callable[..., Path]
) -> None:
    call("session", "score", sample[1], scores("process.ci-cd,5,,,"))
    call("demo")
    areas = call("session", "show", sample[1], "--json").json["areas"]
    assert {area["id"]: area["level"] for area in areas}["process.ci-cd"] == 5


def test_an_interrupted_sample_is_completed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_library(library, create=True)
    try:
        with monkeypatch.context() as patch:

            def refuse(*_: object) -> None:
                raise StorageUnavailable("The disk is full.")

            patch.setattr(opened, "record", refuse)
            with pytest.raises(StorageUnavailable):
                create_sample(opened, builtin_model(), "en")
        sample = create_sample(opened, builtin_model(), "en")
        assert sample.created
        assert len(opened.session_summaries()) == 2
        scored = [s.is_scored for s in opened.load_session(sample.session_ids[0]).all_ratings()]
        assert sum(scored) == 20
    finally:
        opened.close()


@pytest.mark.slow
def test_the_tour_without_a_screen_leaves_workbook_and_pictures(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "sample"
    answer = call("demo", "--export", folder)
    assert answer.code == 0, answer.err
    printed = [Path(line) for line in answer.out.splitlines() if line.startswith(str(folder))]
    assert sorted(path.suffix for path in printed) == [".png", ".png", ".xlsx"]
    assert all(path.stat().st_size > 10_000 for path in printed)
    assert call("demo", "--export", folder, "--json").json["files"] == [str(p) for p in printed]


def test_a_folder_that_cannot_be_is_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = call("demo", "--export", tmp_path / "file" / "folder", "--json")
    assert answer.code == 2
    assert "Traceback" not in answer.err
    answer = call("demo", "--export", tmp_path / "file")
    assert answer.code == 1
    assert answer.err.endswith(
        "“file” is a file, so no folder of this name can be made. Choose another name.\n"
    )


@pytest.mark.parametrize("workshop", CONTENT["session"], ids=lambda w: str(w["date"]))
def test_every_area_of_the_model_is_decided_in_both_languages(workshop: dict[str, Any]) -> None:
    assert list(workshop["area"]) == [area.id for area in builtin_model().areas]
    for area_id, decided in workshop["area"].items():
        for text in (decided.get("not_applicable", decided), *decided.get("evidence", ())):
            assert text["de"], area_id
            assert text["en"], area_id
            assert text["de"] != text["en"], area_id
        for link in decided.get("evidence", ()):
            assert link["address"].startswith("https://example.org/")
