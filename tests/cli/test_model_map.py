"""``model map``: mappings between versions of a model are taken in, listed, written, withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Call = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
MODEL = """\
format_version: 1
id: small
content_version: "{version}"
languages: [en]
name: {{en: Small}}
levels:
  - {{level: 1, name: {{en: Start}}}}
  - {{level: 2, name: {{en: Goal}}}}
  - {{level: 3, name: {{en: More}}}}
dimensions:
  - id: people
    name: {{en: People}}
    areas:
"""
AREA = """\
      - id: {id}
        name: {{en: {name}}}
        label: {{en: {name}}}
        levels: [{{level: 1, short: {{en: {text}}}}}]
"""
AREAS = {
    "1": {"same": "same", "other": "other", "old": "old", "wide": "wide", "edited": "before"},
    "2": {"same": "same", "other": "other", "new": "new", "part": "part", "edited": "after"},
    "3": {"same": "same", "newest": "x"},
}
MAPPING = """\
format: stufenplan-mapping
format_version: 1
from: {model: small, version: "1"}
to: {model: small, version: "2"}
source: Release notes
pairs:
  - {from: old, to: new, relation: equal}
  - {from: wide, to: part, relation: covers}
"""


def two_versions(call: Call, folder: Path) -> tuple[str, ...]:
    ids = []
    for version, areas in AREAS.items():
        text = MODEL.format(version=version) + "".join(
            AREA.format(id=key, name=key.title(), text=said) for key, said in areas.items()
        )
        file = folder / f"model-{version}.yaml"
        file.write_text(text, encoding="utf-8")
        assert call("model", "import", file).code == 0
        if version == "3":
            break
        new = ("session", "new", "--model", "small", "--organisation", "Nordwerk")
        ids.append(call(*new, "--date", f"202{version}-03-02", "--json").json["id"])
        scores = folder / "scores.csv"
        rows = "".join(f"{key};{version}\n" for key in areas)
        scores.write_text(f"area;level\n{rows}", encoding="utf-8")
        assert call("session", "score", ids[-1], scores).code == 0
    return tuple(ids)


@pytest.fixture
def sessions(arrange: Callable[..., tuple[str, ...]]) -> tuple[str, ...]:
    """A session on each of two versions of a model, a year apart."""
    return arrange(two_versions)


@pytest.fixture
def mapping(tmp_path: Path, sessions: tuple[str, ...]) -> Path:
    file = tmp_path / "mapping.yaml"
    file.write_text(MAPPING, encoding="utf-8")
    return file


def schema(name: str) -> Any:
    return json.loads((ROOT / f"docs/json-schema/{name}.schema.json").read_text("utf-8"))


def relations(call: Call, sessions: tuple[str, ...]) -> dict[str, str]:
    answer = call("session", "compare", *sessions, "--json").json
    return {area["id"]: area["relations"][0] for area in answer["areas"]}


def test_a_mapping_that_is_taken_in_carries_levels_over(
    call: Call, sessions: tuple[str, ...], mapping: Path
) -> None:
    assert relations(call, sessions)["new"] == "new"
    said = call("model", "map", mapping).out
    assert said.splitlines() == [
        "The mapping is in the library.",
        "small 1 → small 2 (Release notes)",
        "  3 areas are equal; 1 covers another",
        "  equal     old → new",
        "  covers    wide → part",
    ]
    found = call("session", "compare", *sessions, "--json").json
    assert {area["id"]: area["relations"][0] for area in found["areas"]} == {
        "same": "same", "other": "same", "new": "equivalent", "part": "new", "edited": "edited",
        "wide": "gone",
    }  # fmt: skip
    assert found["hints"] == [
        {"area": "part", "session": sessions[0], "area_then": "wide", "relation": "covers",
         "level": 1}
    ]  # fmt: skip
    assert (
        "Part asks part of what “Wide” asked: level 1 then"
        in call("session", "compare", *sessions).out
    )


def test_mappings_are_listed_and_withdrawn(
    call: Call, sessions: tuple[str, ...], mapping: Path
) -> None:
    assert call("model", "map").out == "There is no mapping in this library.\n"
    taken = call("model", "map", mapping, "--json").json
    jsonschema.validate(taken, schema("model-mapping"))
    assert call("model", "map", mapping, "--json").json == taken
    listed = call("model", "map", "--json").json
    jsonschema.validate(listed, schema("model-map"))
    assert listed == {"mappings": [taken]}
    assert "small 1 → small 2" in call("model", "map").out
    gone = call("model", "map", "--withdraw", "small@1", "small@2", "--json").json
    assert gone == taken
    assert call("model", "map", "--json").json == {"mappings": []}
    assert relations(call, sessions)["new"] == "new"
    again = call("model", "map", "--withdraw", "small@1", "small@2")
    assert again.code == 2


def test_a_file_is_written_from_decisions_and_read_again(
    call: Call, sessions: tuple[str, ...], mapping: Path, library: Path, tmp_path: Path
) -> None:
    from app.comparison.reviews import NewReview, Subject, Verdict
    from data.library.library import open_library

    opened = open_library(library)
    for verdict, then, now in ((Verdict.EQUAL, "old", "new"), (Verdict.PART_OF, "edited", "part")):
        opened.reviews.decide(NewReview(*sessions, Subject.AREA, verdict, then, now, "Jo"))
    opened.close()
    file = tmp_path / "written.yaml"
    answer = call(
        "model", "map", "--export", "small@1", "small@2", file, "--source", "Us", "--json"
    ).json
    assert [tuple(pair.values()) for pair in answer["pairs"]] == [
        ("edited", "part", "part_of"),
        ("old", "new", "equal"),
        ("other", "other", "equal"),
        ("same", "same", "equal"),
    ]
    assert "Nordwerk" not in file.read_text("utf-8")
    assert call("model", "map", file, "--json").json == answer


def test_a_circle_over_three_versions_is_refused(
    call: Call, sessions: tuple[str, ...], mapping: Path, tmp_path: Path
) -> None:
    assert call("model", "map", mapping).code == 0
    text = MAPPING[: MAPPING.index("  - {from")] + "  - {from: same, to: same, relation: equal}\n"
    for then, now in (("2", "3"), ("3", "1")):
        file = tmp_path / f"{then}.yaml"
        file.write_text(
            text.replace('version: "1"', f'version: "{then}"', 1).replace(
                'small, version: "2"}\nsource', f'small, version: "{now}"}}\nsource'
            ),
            encoding="utf-8",
        )
        answer = call("model", "map", file)
    assert answer.code == 2
    assert "small 3 → small 1 → small 2 → small 3" in answer.err
    assert len(call("model", "map", "--json").json["mappings"]) == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--export", "small@1", "small@2"), "Name the file"),
        (("--withdraw", "small@1", "small@2", "FILE"), "stands alone"),
        (("--export", "small", "small@2", "FILE"), "Known are: small@1, small@2, small@3."),
        (("--export", "nothing@1", "small@2", "FILE"), "does not name one version"),
        (("--export", "small@1", "small@1", "FILE"), "Both versions are the same, small 1."),
        (("--export", "small@1", "cloud-native", "FILE"), "Nothing is known about how"),
        (("--export", "small@1", "small@2", "map.json"), "ends in .yaml"),
        (("FILE",), "There is no such file"),
    ],
)
def test_wrong_calls_are_refused_with_the_way_out(
    call: Call,
    sessions: tuple[str, ...],
    tmp_path: Path,
    arguments: tuple[str, ...],
    complaint: str,
) -> None:
    file = tmp_path / "out.yaml"
    given = [file if each == "FILE" else each for each in arguments]
    answer = call("model", "map", *given)
    assert answer.code == 2
    assert complaint in answer.err
    assert answer.out == ""
    assert not file.exists()
