"""A model file is read completely, or rejected with all its faults at once."""

from __future__ import annotations

import errno
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidFile, StorageUnavailable
from app.model.maturity_model import LevelDescription, MaturityModel
from app.words.texts import Translator
from data.models.yaml.reader import read_model
from data.models.yaml.text import read_yaml

Refused = Callable[[Callable[[], object]], list[str]]
Faults = Callable[..., list[str]]


@pytest.fixture
def small(files: Path) -> MaturityModel:
    return read_model(files / "two-languages.yaml")


@pytest.fixture
def text(files: Path) -> str:
    return (files / "two-languages.yaml").read_text(encoding="utf-8")


@pytest.fixture
def faults_of(tmp_path: Path, refused: Refused) -> Faults:
    """The lines that say what is wrong with this content of a model file."""

    def faults(content: str | bytes) -> list[str]:
        path = tmp_path / "model.yaml"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return refused(lambda: read_model(path))

    return faults


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


# What is read


def test_every_part_of_a_model_file_arrives(small: MaturityModel) -> None:
    area = small.area("people.skills")
    assert (small.id, small.content_version, small.languages) == ("small", "1.10", ("de", "en"))
    assert small.description.in_language("de") == "Zwei Bereiche reichen, um alles zu zeigen."
    assert small.sources[0].licence == "CC0-1.0"
    assert [level.name.in_language("en") for level in small.levels] == ["Start", "Middle", "Goal"]
    assert small.efforts[0].text.as_dict() == {"de": "Klein", "en": "Small"}
    assert small.roles[0].id == "lead"
    assert area.question.in_language("en") == "What are we able to do?"
    assert area.description_of(1).short.in_language("de") == "Wenig."
    assert area.description_of(1).indicators[0].id == "people.skills.1.1"
    assert (area.actions[0].from_level, area.actions[0].to_level) == (1, 2)
    assert (area.actions[0].effort, area.actions[0].role) == ("S", "lead")
    assert small.prerequisites[0].required_area_id == "people.skills"
    assert small.prerequisites[0].required_level == 2


def test_words_that_look_like_truth_values_or_numbers_stay_texts(text: str, tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(changed(text, "en: Small model", "en: NO"), encoding="utf-8")

    model = read_model(path)

    assert model.name.in_language("en") == "NO"
    assert model.content_version == "1.10"


def test_empty_level_cells_are_legal(small: MaturityModel) -> None:
    assert small.area("people.skills").description_of(2).is_empty
    assert small.area("technology.tools").levels == ()


def test_ten_levels_from_zero_in_one_language_in_any_order_are_read(files: Path) -> None:
    model = read_model(files / "ten-levels-one-language.yaml")

    assert [level.number for level in model.levels] == list(range(10))
    assert model.levels[9].name.as_dict() == {"de": "Neun"}
    descriptions = model.area("d.leer").levels
    assert descriptions[0] == LevelDescription(0)
    assert descriptions[1].summary.in_language("en") == "Alles."


def test_two_levels_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "{format_version: 1, id: m, content_version: '1', languages: [en], name: {en: M},"
        " levels: [{level: 0, name: {en: No}}, {level: 1, name: {en: Yes}}],"
        " dimensions: [{id: d, name: {en: D}, areas: [{id: a, name: {en: A}, label: {en: A}}]}]}",
        encoding="utf-8",
    )

    assert (read_model(path).lowest_level, read_model(path).highest_level) == (0, 1)


def test_a_language_may_be_missing_outside_names_and_labels(text: str, tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(changed(text, ", en: It runs.", ""), encoding="utf-8")

    assert read_model(path).level(2).description.in_language("en") == "Es läuft."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_end_are_understood(
    encoding: str, line_end: str, text: str, tmp_path: Path, small: MaturityModel
) -> None:
    path = tmp_path / "model.yaml"
    path.write_bytes(text.replace("\n", line_end).encode(encoding))

    assert read_model(path) == small


def test_texts_come_in_one_unicode_form(text: str, tmp_path: Path, small: MaturityModel) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(text.replace("ö", "o\u0308"), encoding="utf-8")

    assert read_model(path) == small


# What is refused: the file itself


def test_a_missing_file_is_named(tmp_path: Path, refused: Refused) -> None:
    assert refused(lambda: read_model(tmp_path / "none.yaml")) == [
        "There is no such file or folder."
    ]


def test_a_folder_is_no_model_file(tmp_path: Path, refused: Refused) -> None:
    assert refused(lambda: read_model(tmp_path)) == ["This is not a file that can be read as text."]


def test_a_path_no_system_can_hold_is_refused(refused: Refused) -> None:
    assert refused(lambda: read_model(Path("a\0b.yaml"))) == ["There is no such file or folder."]


def test_a_forbidden_file_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.yaml"
    path.write_text("id: a", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so no chmod here

    with pytest.raises(StorageUnavailable, match=r"“model\.yaml” may not be read"):
        read_model(path)


def test_fifty_megabytes_are_refused_by_their_size_without_being_read(
    tmp_path: Path, refused: Refused
) -> None:
    path = tmp_path / "model.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)

    tracemalloc.start()
    try:
        lines = refused(lambda: read_model(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert lines == ["The file has 50000 kB; at most 1000 kB are read."]
    assert peak < 2_000_000


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"# only a comment\n"])
def test_an_empty_file_is_refused(content: bytes, faults_of: Faults) -> None:
    assert faults_of(content) == ["The file is empty."]


def test_windows_1252_is_recognised_with_its_line(text: str, faults_of: Faults) -> None:
    assert faults_of(text.encode("cp1252")) == [
        "line 20: The text is not in UTF-8; it looks like Windows-1252. Save the file as UTF-8."
    ]


def test_bytes_of_no_known_encoding_are_refused(faults_of: Faults) -> None:
    assert faults_of(b"id: a\nname: \x81\n") == [
        "line 2: The text is not in UTF-8; save the file as UTF-8."
    ]


def test_utf_16_that_breaks_off_is_refused(text: str, faults_of: Faults) -> None:
    assert faults_of(text.encode("utf-16")[:-1]) == [
        "The file is damaged: it is not readable as text to its end."
    ]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0", b"SQLite format 3\0rest"])
def test_a_binary_file_is_no_text(content: bytes, faults_of: Faults) -> None:
    assert faults_of(content)[0].endswith("This is not a text file.")


def test_control_characters_are_named_with_their_lines(text: str, faults_of: Faults) -> None:
    content = changed(changed(text, "id: small", "id: sm\x07all"), "Wenig.", "We\x85nig.")

    assert faults_of(content) == [
        "line 3: The invisible control character U+0007 is not allowed in a text.",
        "line 38: The invisible control character U+0085 is not allowed in a text.",
    ]


# What is refused: the YAML


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: 1\nb:\n\tc: 2\n\td: 3\n", "line 3: There is a tab in the indentation"),
        ("a: 1\nb: 2\na: 3\n", "line 3: a: The key a appears twice; the first one is in line 1."),
        ("a: &x 1\n", "line 1: a: Anchors with & are not allowed"),
        ("a: &x 1\nb: &x 2\n", "line 2: b: Anchors with & are not allowed"),
        ("a: 1\nb: *a\n", "line 2: b: References with * are not allowed"),
        ("a: 1\n<<: {b: 2}\n", "line 2: Merge keys (<<) are not allowed"),
        ("a: !!python/object/apply:os.system [x]\n", "line 1: a: Type tags with ! are not allowed"),
        ("%YAML 1.1\n---\na: no\n", "line 2: Directives that begin with a percent sign"),
        ("a: 1\n---\nb: 2\n", "line 2: A second document begins here"),
        ("a: b: c\n", "line 1: A colon is not expected here"),
        ("a: 1\nb: @x\n", "line 2: A value begins with a character that has a meaning"),
        ("a: 1\nb: 'x\nc: 2\n", "line 2: A quotation mark is not closed"),
        ('a: "\\q"\n', "line 1: There is an unknown backslash sequence"),
        ("a:\n  b: 1\n c: 2\n", "line 3: The indentation does not fit the lines above."),
        ("a: [1, 2\nb: 3\n", "line 2: A bracket is not closed"),
        ("a: 1\nfoo\nb: 2\n", "line 3: A colon is missing after a key"),
        ("? [a, b]\n: c\n", "line 1: A key must be a plain text."),
        ('a: "\\ud800"\n', "line 1: a: The text has an invisible control character or half"),
        ('a: "\\UFFFFFFFF"\n', "line 1: This is not readable as YAML"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_in_yaml_is_named_with_its_line(
    content: str, line: str, faults_of: Faults
) -> None:
    assert any(each.startswith(line) for each in faults_of(content)), faults_of(content)


@pytest.mark.parametrize(
    ("content", "data"),
    [
        ("a:\tb\nc: \td\ne\t: f", {"a": "b", "c": "d", "e": "f"}),
        ("-\tx\n- \ty", ["x", "y"]),
        ("- a:\tb\n  c:\t'd'\t# why", [{"a": "b", "c": "d"}]),
        ("a:\t{b:\tc,\td: [e,\tf]}\t\nc: d", {"a": {"b": "c", "d": ["e", "f"]}, "c": "d"}),
        ('{\n\t"a":\t1,\n\t"b": [\n\t\t2\n\t]\n}', {"a": "1", "b": ["2"]}),
        ("a: b\tc  \t\nd: e", {"a": "b\tc", "d": "e"}),
        ("a:\t\n  b: c\n\t\n  d: e\n\t# note\nf: g", {"a": {"b": "c", "d": "e"}, "f": "g"}),
        ("a: b\n \t \n\t\n  c\n  \td\nd: e", {"a": "b\n\nc d", "d": "e"}),
        ("a: |\t# text\n  b\tc\nd: >2-\t\n  e\n  f", {"a": "b\tc\n", "d": "e f"}),
    ],
)
def test_a_tab_between_values_is_legal(content: str, data: object) -> None:
    document = read_yaml(content)

    assert (document.data, document.faults) == (data, [])


@given(
    st.lists(
        st.tuples(
            # No block of text: there a tab is part of the value.
            st.sampled_from(["b: {x: y}", "- c", "# d", "e: f # g", "'h': \"i\"", ""]),
            st.sampled_from(["", "\t", " \t ", "\t# k"]),
        ),
        max_size=6,
    )
)
def test_a_tab_at_the_end_of_a_line_changes_nothing(lines: list[tuple[str, str]]) -> None:
    with_tabs = read_yaml("\n".join(text + end for text, end in lines))
    with_blanks = read_yaml("\n".join(text + end.replace("\t", " ") for text, end in lines))

    assert with_tabs.data == with_blanks.data
    assert len(with_tabs.faults) == len(with_blanks.faults)


@pytest.mark.parametrize("nothing", ["", "~", "null", "\tnull\t"])
def test_null_counts_as_left_out(nothing: str) -> None:
    document = read_yaml(
        f"a: {nothing}\nb: {{de: x, en: {nothing or '~'}}}\nnull: 'null'\nc: \"~\""
    )

    assert document.data == {"b": {"de": "x"}, "null": "null", "c": "~"}


def test_after_a_syntax_fault_nothing_is_said_about_missing_keys(faults_of: Faults) -> None:
    assert len(faults_of("a: [1, 2\nb: 3\n")) == 1


def test_every_tabbed_line_is_named(faults_of: Faults) -> None:
    found = faults_of("a:\n\tb: 1\n\tc: 2\n")

    assert [line.split(":")[0] for line in found] == ["line 2", "line 3"]


# What is refused: the form


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("format_version: 1", "format_version: 2",
         "line 2: format_version: This program reads model files with format_version 1, not 2;"),
        ("format_version: 1\n", "", "line 2: format_version: The key format_version is missing."),
        ("id: small", "id: größe!", "line 3: id: größe! cannot be an id"),
        ("content_version:", "contentversion:",
         "line 4: contentversion: The key contentversion is not known here; did you mean"
         " content_version?"),
        ("languages: [de, en]", "languages: [de, English]",
         "line 5: languages.1: English is not a language code such as de or en."),
        ("languages: [de, en]", "languages: []",
         "line 5: languages: There are too few entries: 0; at least 1 must be there."),
        ("languages: [de, en]", "languages: [de, en, de]",
         "line 5: languages.2: The language de appears twice."),
        ("languages: [de, en]", "languages: [de, en, DE]",
         "line 5: languages.2: The language de appears twice."),
        ("name: {de: Kleines Modell, en: Small model}", "name: Small model",
         "line 6: name: Keys with values are expected here"),
        (", en: Small model", "", "line 6: name: The text in the language en is missing."),
        ("de: Kleines Modell", "de: [1]", "line 6: name.de: A text is expected here."),
        ("  - level: 2\n", "  - level: zwei\n",
         "line 18: levels.1.level: zwei is not a whole number."),
        ("  - level: 3\n", "  - level: 11\n",
         "line 21: levels.2.level: 11 is too large; the largest possible number is 10."),
        ("  - level: 1\n", "  - level: -1\n",
         "line 16: levels.0.level: -1 is too small; the smallest possible number is 0."),
        ("  - level: 3\n", "  - level: 4\n", "line 15: levels: Level 3 is missing in the scale."),
        ("  - level: 3\n", "  - level: 2\n", "line 21: levels.2.level: Level 2 appears twice."),
        ("en: Goal}", "en: Goal, fr: But}",
         "line 22: levels.2.name.fr: fr is neither a known key here nor a declared language."),
        ("en: Small}", "en: Small, hint: x}",
         "line 24: efforts.0.hint: hint is neither a known key here nor a declared language."),
        ("{id: S, de: Klein, en: Small}", "{id: S}",
         "line 24: efforts.0: A text is missing here in any language."),
        ("headings: [People]", "headings: People",
         "line 30: dimensions.0.headings: A list is expected here"),
        ("question:", "queston:",
         "line 35: dimensions.0.areas.0.queston: The key queston is not known here; did you mean"
         " question?"),
        ("short: {de: Wenig., en: Little.}", "short: {de: Wenig., enn: Little.}",
         "did you mean en?"),
        ("{id: S, de: Klein, en: Small}", "{id: S, de: Klein, texts: {de: Klein}}",
         "line 24: efforts.0.texts.de: The language de appears twice."),
        ("{id: S, de: Klein, en: Small}", "{id: S, de: Klein, texts: {fr: Petit}}",
         "line 24: efforts.0.texts.fr: fr is neither a known key here nor a declared language."),
        ("{id: S, de: Klein, en: Small}", "{id: S, texts: Klein}",
         "line 24: efforts.0.texts: Keys with values are expected here"),
        ("          - level: 3\n", "          - level: 4\n",
         "Level 4 is not on the scale of this model (1 to 3)."),
        ("          - level: 3\n", "          - level: 1\n",
         "line 42: dimensions.0.areas.0.levels.1.level: Level 1 appears twice."),
        ("to: 2", "to: 1", "An action must lead to a higher level."),
        ("effort: S", "effort: s",
         "The effort s is not declared under efforts; did you mean S?"),
        ("owner: lead", "owner: boss", "The owner boss is not declared under roles."),
        ("  - id: technology\n", "  - id: people\n",
         "line 52: dimensions.1.id: The id people appears twice; the first one is in line 28."),
        ("      - id: technology.tools", "      - id: people.skills",
         "The id people.skills appears twice; the first one is in line 32."),
        ("label: {de: Werkzeuge, en: Tools}", "label: {de: KÖNNEN, en: Tools}",
         "The label KÖNNEN appears twice; the first one is in line 34."),
        ("area: technology.tools", "area: technology.tool",
         "There is no area with the id technology.tool; did you mean technology.tools?"),
        ("requires: {area: people.skills, level: 2}", "requires: {area: nothing, level: 7}",
         "There is no area with the id nothing."),
        ("requires: {area: people.skills, level: 2}", "requires: {area: people.skills, level: 7}",
         "Level 7 is not on the scale of this model (1 to 3)."),
        ("    requires: {area: people.skills, level: 2}\n", "",
         "prerequisites.0.requires: The key requires is missing."),
    ],
)  # fmt: skip
def test_a_slip_in_a_model_file_is_named_with_line_path_and_sentence(
    old: str, new: str, expected: str, text: str, faults_of: Faults
) -> None:
    found = faults_of(changed(text, old, new))

    assert any(expected in line for line in found), found
    assert all(line.startswith("line ") for line in found)


def test_a_file_that_is_no_group_of_keys_is_refused(faults_of: Faults) -> None:
    for content in ("hello", "- a\n- b\n", "3"):
        assert faults_of(content) == [
            "line 1: Keys with values are expected here, one in each line below."
        ]


def test_a_repeated_prerequisite_indicator_or_action_id_is_named(
    text: str, faults_of: Faults
) -> None:
    indicator = "              - {id: people.skills.1.1, de: Eine Person weiß Bescheid., en: One person knows.}\n"  # noqa: E501

    assert any("The id people.skills.1.1 appears twice" in line
               for line in faults_of(changed(text, indicator, indicator * 2)))  # fmt: skip


def test_a_circle_of_prerequisites_is_told_step_by_step(text: str, faults_of: Faults) -> None:
    circle = """\
  - id: pre-02
    area: people.skills
    level: 1
    requires: {area: technology.tools, level: 3}
"""

    assert faults_of(text + circle) == [
        "line 59: prerequisites.0: These prerequisites form a circle, so none can be met:"
        " technology.tools 3 → people.skills 2 → people.skills 1 → technology.tools 3"
    ]


def test_an_area_that_requires_its_own_higher_level_is_a_circle(
    text: str, faults_of: Faults
) -> None:
    own = changed(
        text,
        "requires: {area: people.skills, level: 2}",
        "requires: {area: technology.tools, level: 3}",
    )

    assert faults_of(own) == [
        "line 59: prerequisites.0: These prerequisites form a circle, so none can be met:"
        " technology.tools 3 → technology.tools 3"
    ]


def test_each_of_several_circles_is_told(text: str, faults_of: Faults) -> None:
    circles = """\
  - {id: pre-02, area: people.skills, level: 1, requires: {area: technology.tools, level: 3}}
  - {id: pre-03, area: people.skills, level: 3, requires: {area: people.skills, level: 3}}
"""

    assert faults_of(text + circles) == [
        "line 59: prerequisites.0: These prerequisites form a circle, so none can be met:"
        " technology.tools 3 → people.skills 2 → people.skills 1 → technology.tools 3",
        "line 65: prerequisites.2: These prerequisites form a circle, so none can be met:"
        " people.skills 3 → people.skills 3",
    ]


def test_all_faults_are_told_at_once_in_the_order_of_lines(text: str, faults_of: Faults) -> None:
    content = changed(text, "id: small", "id: größe!")
    content = changed(content, "name: {de: Menschen", "name: &n {de: Menschen")
    content = changed(content, "owner: lead", "owner: boss")
    content = changed(content, "  - id: technology\n", "  - id: people\n")

    found = faults_of(content)

    assert [line.split(":")[0] for line in found] == ["line 3", "line 29", "line 49", "line 52"]


def test_more_than_a_hundred_faults_are_summed_up(faults_of: Faults) -> None:
    found = faults_of("".join(f"key{number}: 1\n" for number in range(500)))

    assert len(found) == 101
    assert found[-1].startswith("Further faults, not listed here: ")


def test_faults_are_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text("id: [\n", encoding="utf-8")

    with pytest.raises(InvalidFile) as caught:
        read_model(path)

    for language in ("de", "en"):
        assert caught.value.lines(Translator(language))


# Hostile files


ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{previous}'] * 9)}]\n"
    for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_an_alias_bomb_is_refused_line_by_line_without_being_expanded(faults_of: Faults) -> None:
    started = time.monotonic()
    found = faults_of(ALIAS_BOMB)

    assert time.monotonic() - started < 2
    assert found[0].startswith("line 1: a: Anchors with & are not allowed")
    assert any(line.startswith("line 9") for line in found)


MEGABYTE = 1_000_000
WORST_CASES = {
    "brackets": "[" * 100_000,
    "a megabyte of brackets": "[" * MEGABYTE,
    "braces": "{" * 100_000,
    "nested lists": "- " * 100_000,
    "nested keys": "".join(" " * depth + "a:\n" for depth in range(1_300)),
    "endless list": "[" + "a," * (MEGABYTE // 2) + "]",
    "endless keys": "".join(f"a{number}: 1\n" for number in range(MEGABYTE // 13)),
    "aliases": "[" + "*a," * (MEGABYTE // 3) + "]",
    "one tag": "a: !" + "x" * (MEGABYTE - 10) + " 1",
    "one tag of exclamation marks": "a: !" + "!" * (MEGABYTE - 10) + " 1",
    "one tag of dots": "a: !" + "." * (MEGABYTE - 10) + " 1",
    "one tag like a path": "a: !" + "/x" * (MEGABYTE // 2 - 10) + " 1",
    "one anchor": "a: &" + "x" * (MEGABYTE - 10) + " 1",
    "one word": "a: " + "x" * (MEGABYTE - 10),
    "folded lines": "a: >\n" + " x\n" * (MEGABYTE // 3 - 10),
    "escapes": 'a: "' + "\\n" * (MEGABYTE // 2 - 10) + '"',
    "percent signs": "%a\n" * (MEGABYTE // 3),
    "areas that are not there": "id: a\nprerequisites:\n"
    + "".join(f"- {{id: p{n}, area: x{n}, requires: {{area: y{n}}}}}\n" for n in range(6_000)),
    "levels": "languages: [de]\nlevels:\n" + "- {level: 1}\n" * 15_000,
}


@pytest.mark.parametrize("content", WORST_CASES.values(), ids=WORST_CASES.keys())
@pytest.mark.slow
@pytest.mark.timeout(120)
def test_no_megabyte_of_text_takes_long(content: str, faults_of: Faults) -> None:
    started = time.monotonic()
    found = faults_of(content)

    assert found
    assert time.monotonic() - started < 30  # 2.5 s on the slowest machine we tried


@pytest.mark.slow
def test_a_megabyte_of_keys_takes_little_memory(tmp_path: Path, refused: Refused) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(WORST_CASES["endless keys"], encoding="utf-8")

    tracemalloc.start()
    try:
        refused(lambda: read_model(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 200_000_000


def test_nesting_is_cut_off_early(faults_of: Faults) -> None:
    started = time.monotonic()

    assert faults_of("[" * 100_000) == [
        "line 1: The values are nested more than 20 deep; check the brackets."
    ]
    assert time.monotonic() - started < 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused_in_sentences(content: bytes, faults_of: Faults) -> None:
    assert all(faults_of(content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.text(st.sampled_from("ab:-#&*!|>%@`'\"[]{},?\\ \n\t<=~0"), max_size=80))
def test_any_text_of_yaml_signs_is_read_or_refused(content: str) -> None:
    document = read_yaml(content)

    assert document.faults or document.is_complete


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_model_file_is_read_or_refused_in_sentences(
    data: st.DataObject, text: str, tmp_path: Path, answer: Callable[..., object]
) -> None:
    content = text.encode("utf-8")
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    path = tmp_path / "model.yaml"
    path.write_bytes(content[:start] + data.draw(st.binary(max_size=5)) + content[start + length :])

    assert answer(lambda: read_model(path))
