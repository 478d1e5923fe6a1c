"""A mapping file is taken as a whole, or refused with all its faults, their lines and a way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.comparison.mappings import RELATIONS, MappedAreas, ModelMapping, ModelVersion
from app.comparison.reviews import Verdict
from app.errors import InvalidFile
from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.words.texts import Translator
from data.models.mappings.reader import read_mapping
from data.models.mappings.writer import mapping_to_yaml
from data.models.yaml.reader import read_model

Read = Callable[[str], ModelMapping]
Faults = Callable[..., list[str]]

EQUAL = Verdict.EQUAL


def model_of(model_id: str, version: str, **said: str) -> MaturityModel:
    text = LocalText.of(en="x")
    areas = tuple(
        Area(each, text, text, levels=(LevelDescription(1, LocalText.of(en=words)),))
        for each, words in said.items()
    )
    levels = tuple(Level(number, text) for number in (1, 2))
    return MaturityModel(
        model_id, version, ("en",), text, levels, (Dimension("D", text, areas=areas),)
    )


MODELS = (
    model_of("m", "1", audit="audit", backup="backup", culture="old", deploy="d"),
    model_of("m", "2", audit="audit", copies="copies", culture="new", deploy="other", x="y"),
    model_of("m", "3", audit="audit"),
)
V1, V2, V3 = (ModelVersion("m", str(number)) for number in (1, 2, 3))
FILE = """\
format: stufenplan-mapping
format_version: 1
from: {model: m, version: "1"}
to: {model: m, version: 2}
source: Release notes of version 2
pairs:
  - {from: backup, to: copies, relation: equal}
  - {from: culture, to: x, relation: part_of}
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ModelMapping]:
    def from_text(content: str, known: Sequence[ModelMapping] = ()) -> ModelMapping:
        path = tmp_path / "mapping.yaml"
        path.write_text(content, encoding="utf-8")
        return read_mapping(path, MODELS, known)

    return from_text


@pytest.fixture
def faults_of(read: Callable[..., ModelMapping]) -> Faults:
    def faults(content: str, known: Sequence[ModelMapping] = ()) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            read(content, known)
        english = Translator("en")
        assert caught.value.say(english) == "mapping.yaml cannot be used as a mapping."
        return caught.value.lines(english)

    return faults


def with_pairs(*pairs: str) -> str:
    head = FILE[: FILE.index("pairs:")]
    return head + "pairs:\n" + "".join(f"  - {{{pair}}}\n" for pair in pairs)


def test_a_mapping_arrives_with_the_areas_that_did_not_change(read: Read) -> None:
    assert read(FILE) == ModelMapping(
        V1,
        V2,
        (
            MappedAreas("audit", "audit", EQUAL),
            MappedAreas("backup", "copies", EQUAL),
            MappedAreas("culture", "x", Verdict.PART_OF),
        ),
        "Release notes of version 2",
    )


def test_what_is_written_is_read_again(read: Read) -> None:
    mapping = read(FILE)
    text = mapping_to_yaml(mapping)
    assert "  - {from: backup, to: copies, relation: equal}\n" in text
    assert read(text) == mapping


def test_a_file_that_was_taken_already_is_no_fault(read: Callable[..., ModelMapping]) -> None:
    mapping = read(FILE)
    assert read(FILE, [mapping]) == mapping


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (
            FILE.replace("version: 2", "version: 9"),
            [
                "line 4: to.version: Of the model “m” no version 9 is known, only: 1, 2, 3. Import"
                " that version first, or correct it."
            ],
        ),
        (
            FILE.replace("{model: m, version: 2}", "{model: other, version: 2}"),
            [
                "line 4: to.model: The model “other” is not known. Import it first, or correct its"
                " id."
            ],
        ),
        (
            FILE.replace("version: 2", "version: 1"),
            [
                "line 4: to: Both versions are the same, m 1. A mapping leads from one version to"
                " another."
            ],
        ),
        (
            with_pairs("from: bakup, to: zzz, relation: equal"),
            [
                "line 7: pairs.0.from: m 1 has no area “bakup”. Did you mean “backup”?",
                "line 7: pairs.0.to: m 2 has no area “zzz”.",
            ],
        ),
        (
            with_pairs(
                "from: backup, to: copies, relation: equal",
                "from: backup, to: x, relation: equal",
                "from: deploy, to: copies, relation: equal",
                "from: backup, to: copies, relation: overlaps",
            ),
            [
                "line 8: pairs.1.from: “backup” is equal to another area already, in line 7. An"
                " area can be equal to only one.",
                "line 9: pairs.2.to: “copies” is equal to another area already, in line 7. An"
                " area can be equal to only one.",
                "line 10: pairs.3: This pair is there twice, in line 7 too.",
            ],
        ),
        (
            with_pairs("from: audit, to: copies, relation: equal"),
            [
                "line 7: pairs.0.from: “audit” has the same texts in both versions, so it is equal"
                " to itself and to no other area."
            ],
        ),
        (
            with_pairs("from: backup, to: copies, relation: same", "from: backup"),
            [
                "line 7: pairs.0.relation: same is not a relation. Possible are: equal, part_of,"
                " covers, overlaps.",
                "line 8: pairs.1.to: The key to is missing.",
                "line 8: pairs.1.relation: The key relation is missing.",
            ],
        ),
        (
            with_pairs("from: backup, to: copies, relation: different"),
            [
                "line 7: pairs.0.relation: different is not a relation. Possible are: equal,"
                " part_of, covers, overlaps."
            ],
        ),
        (
            FILE.replace(": stufenplan-mapping", ": x").replace("_version: 1", "_version: 2"),
            [
                "line 1: format: A mapping file has stufenplan-mapping here, not x.",
                "line 2: format_version: This program reads mapping files with format_version 1,"
                " not 2; a newer version of the program may be needed.",
            ],
        ),
        (
            FILE.replace("source:", "sources:"),
            ["line 5: sources: The key sources is not known here; did you mean source?"],
        ),
        ("", ["The file is empty."]),
        ("[1, 2]", ["line 1: Keys with values are expected here, one in each line below."]),
        (
            FILE[: FILE.index("pairs:")] + "pairs: []\n",
            ["line 6: pairs: There are too few entries: 0; at least 1 must be there."],
        ),
        (
            FILE.replace("source: Release", "source: !!python/object Release"),
            ["line 5: source: Type tags with ! are not allowed; remove the tag."],
        ),
        (
            FILE.replace("{model: m, version: 2}", "&a {model: m, version: 2}"),
            None,
        ),
        (FILE + "---\na: b\n", None),
        (FILE.replace("source: R", "source: \tR\n\tR"), None),
        ("pairs: " + "[" * 1000, None),
        ("- " * 60_000, None),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_every_fault(
    faults_of: Faults, content: str, lines: list[str] | None
) -> None:
    found = faults_of(content)
    assert lines is None or found == lines


def test_two_equals_on_one_line_are_found(faults_of: Faults) -> None:
    pairs = (
        "{from: backup, to: copies, relation: equal}, {from: deploy, to: copies, relation: equal}"
    )
    content = FILE[: FILE.index("pairs:")] + f"pairs: [{pairs}]\n"
    assert faults_of(content)[0].startswith("line 6: pairs.1.to: “copies” is equal to another area")


def test_a_circle_of_versions_is_named_with_its_path(faults_of: Faults) -> None:
    known = [
        ModelMapping(V2, V3, (MappedAreas("audit", "audit", EQUAL),)),
        ModelMapping(V3, V1, (MappedAreas("audit", "audit", EQUAL),)),
    ]
    assert faults_of(FILE, known) == [
        "line 4: to: The versions would form a circle: m 1 → m 2 → m 3 → m 1. A mapping leads from"
        " an older version to a newer one."
    ]


def test_another_mapping_of_the_same_versions_is_refused_with_the_way_out(
    faults_of: Faults,
) -> None:
    known = [ModelMapping(V1, V2, (MappedAreas("audit", "audit", EQUAL),))]
    assert faults_of(FILE, known) == [
        "line 4: to: There is another mapping from m 1 to m 2 already. Withdraw that one first."
    ]


def test_a_mapping_that_is_imported_as_a_model_is_sent_to_its_command(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(FILE, encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_model(path)
    assert caught.value.lines(Translator("en")) == [
        "This is a mapping between versions of a model. “stufenplan model map” takes it in."
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(InvalidFile) as caught:
        read_mapping(path, MODELS, ())
    assert caught.value.lines(Translator("de"))


IDS = ("audit", "backup", "culture", "deploy", "copies", "x")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), st.sampled_from(RELATIONS)
    ),
    st.text(max_size=300),
)
def test_every_mapping_is_read_as_it_was_written(
    tmp_path: Path, pairs: dict[tuple[str, str], Verdict], source: str
) -> None:
    """Those that are not valid are refused."""
    said = " ".join(c for c in source if c.isprintable()).strip()
    mapping = ModelMapping(
        V1, V2, tuple(MappedAreas(*ends, to) for ends, to in pairs.items()), said
    )
    path = tmp_path / "written.yaml"
    path.write_text(mapping_to_yaml(mapping), encoding="utf-8")
    try:
        found = read_mapping(path, MODELS, ())
    except InvalidFile:
        return
    assert set(found.pairs) == {*mapping.pairs, MappedAreas("audit", "audit", EQUAL)}
    assert found.source == mapping.source
