"""The sample: plausible, bilingual, idempotent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import StorageUnavailable
from app.model.comparability import comparable_area_ids
from app.sample import content_of, create_sample, reworded
from data.library.library import open_library
from data.models.builtin import builtin_model

Call = Callable[..., Any]

LARGE = content_of("sample_large.toml")
"""The content of the small sample and what the large one adds."""


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


def test_the_latest_session_of_the_sample_has_targets_with_reasons_and_a_plan(
    call: Call, sample: list[str]
) -> None:
    targets = call("session", "targets", sample[1], "--json").json["targets"]
    states = [entry["state"] for entry in targets]
    assert (states.count("discussed"), states.count("decided_against")) == (19, 1)
    assert [entry["area"] for entry in targets if entry["state"] == "not_discussed"] == [
        "technology.release"
    ]
    assert (
        sum(bool(entry["date"] and entry["reason"] and entry["sponsor"]) for entry in targets) == 17
    )
    assert [(entry["area"], entry["implied"]) for entry in targets if entry["implied"]] == [
        ("policy.creation", 4)
    ]
    plan = call("session", "plan", sample[1], "--by", "priority", "--json").json
    assert [period["capacity"] for period in plan["periods"]] == [80, 80, 60, 80, 80]
    assert plan["periods"][0]["quarter"] == "2027-Q1"
    assert plan["clash"] == []
    assert {"too_large", "no_room"} <= {step["unscheduled_reason"] for step in plan["steps"]}
    assert sum(bool(step["owner"]) for step in plan["steps"]) >= 20


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


# ---- the large sample ----------------------------------------------------------------------------


def test_the_large_sample_has_three_teams_four_dates_and_two_versions_of_a_model(
    call: Call, large: dict[str, Any]
) -> None:
    assert {unit["name"]: len(unit["sessions"]) for unit in large["units"]} == {
        "IT / Platform team": 3, "Digital sales / Payments team": 1, "IT / Data team": 1,
        "Plant Hamm": 0,
    }  # fmt: skip
    shown = [call("session", "show", each, "--json").json for each in large["sessions"]]
    dates = [session["date"] for session in shown]
    assert dates == sorted(dates)
    assert len(set(dates)) == 4
    versions = [session["model"]["content_version"] for session in shown]
    assert versions == [builtin_model().content_version] * 2 + ["2027.04-nordwerk"] * 3
    assert large["units"][0]["sessions"] == large["sessions"][:3]
    assert call("library", "check").code == 0


def test_the_large_sample_says_when_they_meet_again_and_what_belongs_together(
    call: Call, large: dict[str, Any]
) -> None:
    shown = [call("session", "show", each, "--json").json for each in large["sessions"]]
    team = shown[:3]
    assert [each["next_date"] for each in team[:2]] == [each["date"] for each in team[1:]]
    assert all(each["next_date"] > each["date"] for each in shown)
    assert {each["facilitator"] for each in shown} == {"Ines Albers"}
    assert [each["tags"] for each in shown[2:]] == [
        ["IT strategy 2027"], ["IT strategy 2027", "spare parts shop"], ["IT strategy 2027"],
    ]  # fmt: skip


def test_the_version_of_the_large_sample_rewords_one_area_in_both_languages_and_says_so() -> None:
    then = builtin_model()
    ((version, changes),) = LARGE["model"].items()
    now = reworded(then, version, changes)
    areas = {area.id for area in then.areas}
    for language in ("de", "en"):
        same = comparable_area_ids(now, then, (language,))
        assert areas - same == {"process.audit-logs"}, language
    assert (now.id, now.name, now.areas[0]) == (then.id, then.name, then.areas[0])
    assert now.sources[:-1] == then.sources
    assert now.sources[-1].title.endswith(f"all else as in version {then.content_version}")
    told = [
        text
        for each in changes["area"]["process.audit-logs"]["level"].values()
        for text in each.values()
    ] + list(changes["area"]["process.audit-logs"]["indicator"].values())
    read = [
        text
        for level in now.area("process.audit-logs").levels
        for text in (level.short, level.summary, *(each.text for each in level.indicators))
    ]
    assert [text for text in told if text not in [each.as_dict() for each in read]] == []


def test_the_platform_team_moved_for_all_four_reasons(call: Call, large: dict[str, Any]) -> None:
    history = large["units"][0]["sessions"]
    answer = call("session", "compare", *history, "--json").json
    assert (answer["grade"], answer["applicable"], answer["same"]) == ("B", 22, 20)
    assert [pair["grade"] for pair in answer["pairs"]] == ["A", "B", "B"]
    assert [reason["code"] for reason in answer["reasons"]] == ["other_people"]
    assert len(answer["common"]) == 19
    assert [round(mean, 1) for mean in answer["overall"]["means"]] == [1.9, 2.7, 2.9]
    assert "people.upskilling" in answer["fallen"]
    assert len(answer["fallen"]) == 1
    moved = answer["overall"]["why"][1]
    assert (round(moved["before"], 2), round(moved["after"], 2)) == (2.64, 2.92)
    assert [(part["cause"], round(part["by"], 2)) for part in moved["parts"]] == [
        ("model", 0.04), ("applicable", -0.02), ("weights", -0.02), ("scored", 0.28),
    ]  # fmt: skip
    assert [part["areas"] for part in moved["parts"][:3]] == [
        ["process.audit-logs"], ["technology.application-patterns"], ["business.outcomes"],
    ]  # fmt: skip


def test_the_text_tells_the_grade_of_each_pair_and_what_follows(
    call: Call, large: dict[str, Any]
) -> None:
    said = call("session", "compare", *large["units"][0]["sessions"]).out
    lines = [line.strip() for line in said.splitlines()]
    begin = lines.index("Comparison: B, with caution")
    assert lines[begin + 1 : begin + 5] == [
        "12 Mar 2026 – 12 Nov 2026: A, like for like.",
        "12 Mar 2026 – 5 May 2027: B, with caution. Mostly other people took part.",
        "12 Nov 2026 – 5 May 2027: B, with caution. Mostly other people took part.",
        "So: differences only on the 19 areas that all share, and no trend line.",
    ]
    assert "Not decided yet" not in said, "the people and the new text were decided on"
    assert not any(line.startswith("→") or line.endswith("→") for line in lines)
    (business,) = (line.split() for line in lines if line.startswith("Business outcomes "))
    assert " ".join(business[2:]) == "open 2 3 – not scored in March 2026"
    (audit,) = (line.split() for line in lines if line.startswith("Audit and logs "))
    assert " ".join(audit[3:]) == "3 2 3 – text changed, asks something else"
    (patterns,) = (line.split() for line in lines if line.startswith("Application patterns "))
    assert " ".join(patterns[2:]) == "n/a n/a 2 – newly applicable"


def test_three_teams_of_the_large_sample_come_to_2_6_together(
    call: Call, large: dict[str, Any]
) -> None:
    assert large["organisation"] == "Nordwerk AG"
    (group,) = call("unit", "rollup", "Nordwerk AG", "--json").json["models"]
    assert (len(group["teams"]), group["areas_counted"]) == (3, 66)
    assert round(group["overall"], 1) == 2.6
    assert [round(each["mean"], 1) for each in group["dimensions"]] == [2.7, 2.7, 2.2, 2.5, 2.7]
    assert group["scopes_differ"]
    spread = {area["id"]: area["spread"] for area in group["areas"]}
    assert sum(each == 2 for each in spread.values()) == 7
    assert group["nobody_above"]["areas"] == ["policy.overview"]
    asked = {other for each in group["can_ask"] for other in each["ask"]}
    assert asked == {each["unit_id"] for each in group["teams"]}, "each team is asked once"


@pytest.mark.parametrize("small_first", [True, False])
def test_small_and_large_sample_share_their_sessions(call: Call, small_first: bool) -> None:
    small, large = ("demo", "--json"), ("demo", "--large", "--json")
    first, second = (small, large) if small_first else (large, small)
    answers = [call(*each).json for each in (first, second, first, second)]
    assert [answer["created"] for answer in answers] == [True, small_first, False, False]
    plain, more = answers[:2] if small_first else reversed(answers[:2])
    assert more["sessions"][:2] == plain["sessions"]
    assert len(call("session", "list", "--json").json["sessions"]) == 5
    place = "Platform team" if small_first else "IT / Platform team"
    assert more["units"][0]["name"] == plain["units"][0]["name"] == place


def test_the_large_sample_speaks_german_too(call: Call) -> None:
    answer = call("demo", "--large", "--language", "de", "--json").json
    assert [unit["name"] for unit in answer["units"]] == [
        "IT / Plattformteam", "Digitaler Vertrieb / Zahlungsteam", "IT / Datenteam", "Werk Hamm",
    ]  # fmt: skip
    said = call("session", "compare", *answer["units"][0]["sessions"], language="de").out
    assert "Gesunken: Weiterbildung −1 (3 → 2)" in said


def test_the_large_sample_stays_the_same_when_asked_again(
    call: Call, large: dict[str, Any]
) -> None:
    again = call("demo", "--large", "--json").json
    assert again == {**large, "library": again["library"], "created": False}
    printed = call("demo", "--large").out
    assert "session compare" in printed
    assert "unit rollup 'Nordwerk AG'" in printed


def test_decisions_of_the_large_sample_are_stored_once(library: Path) -> None:
    opened = open_library(library, create=True)
    try:
        for _ in range(2):
            create_sample(opened, builtin_model(), "en", large=True)
        (client,) = opened.organisations()
        reviews = opened.reviews.of(client.id)
    finally:
        opened.close()
    assert [(each.subject, each.verdict, each.area_now, each.by) for each in reviews] == [
        ("people", "equal", "", "Ines Albers"),
        ("people", "different", "", "Ines Albers"),
        ("area", "different", "process.audit-logs", "Ines Albers"),
    ]


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


@pytest.mark.parametrize(
    "workshop", LARGE["session"], ids=lambda each: f"{each['unit']}-{each['date']}"
)
def test_every_area_of_the_model_is_decided_in_both_languages(workshop: dict[str, Any]) -> None:
    assert list(workshop["area"]) == [area.id for area in builtin_model().areas]
    for area_id, decided in workshop["area"].items():
        for text in (decided.get("not_applicable", decided), *decided.get("evidence", ())):
            assert text["de"], area_id
            assert text["en"], area_id
            assert text["de"] != text["en"], area_id
        assert ("target_reason" in decided) == ("target_sponsor" in decided), area_id
        for link in decided.get("evidence", ()):
            assert link["address"].startswith("https://example.org/")


def test_the_sample_shows_what_became_of_the_plan_of_spring(call: Call, sample: list[str]) -> None:
    planned = call("session", "compare", *sample, "--json").json["planned"]
    assert (planned["version"], planned["due"], planned["done"]) == (1, 11, 9)
    found: dict[str, list[str]] = {}
    for area in planned["areas"]:
        for step in area["steps"]:
            found.setdefault(step["outcome"], []).append(f"{area['area']} {step['level']}")
    assert len(found["done_moved"]) == 8
    assert found["done_not_moved"] == ["process.audit-logs 4"]
    assert found["moved_early"] == ["people.teams 3"]
    assert found["not_done"] == ["people.organisational-change 3"]
    assert found["dropped"] == ["technology.testing 3"]
    assert "technology.infrastructure 4" in found["moved_without_step"]


def test_plan_and_steps_of_the_sample_are_told_in_both_languages() -> None:
    spring, workshop = (each for each in LARGE["session"] if "plan" in each)
    assert spring["version"]["by"].keys() == {"de", "en"}
    planned = (*spring["step"].values(), *workshop["step"].values())
    steps = [step for area in planned for step in area.values()]
    texts = [value for step in steps for value in step.values() if isinstance(value, dict)]
    texts += [
        decided[key]
        for decided in workshop["area"].values()
        for key in ("target_reason", "target_sponsor")
        if key in decided
    ]
    texts += [*workshop["plan"]["milestones"], *workshop["plan"]["teams"]]
    assert len(texts) > 100
    assert all(text["de"] and text["en"] for text in texts)
