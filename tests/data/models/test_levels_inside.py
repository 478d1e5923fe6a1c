"""Pages that describe the levels inside: headings, tabs, list items, bold lines, tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.maturity_model import MaturityModel
from data.models import load_model_source
from data.models.checks import checked_model
from data.models.import_report import ImportedModel
from data.models.yaml.text import read_yaml
from data.models.yaml.writer import model_to_yaml

Read = Callable[..., ImportedModel]

# Texts of two areas at two levels, written in every way there is.
TEXTS = {
    "skills": {1: "Nobody knows.", 2: "Some know."},
    "teams": {1: "Alone.", 2: "Together."},
}

HEADINGS = """
# Check

## Skills

### Level 1: Start

Nobody knows.

### Level 2: Run

Some know.

## Teams

### Level 1: Start

Alone.

### Level 2: Run

Together.
"""

ITEMS = """
# Check

## Skills

Why skills matter.

* Level 1: Nobody knows.

* Level 2: Some know.

## Teams

1. **Level 1:** Alone.
2. **Level 2:** Together.
"""

BOLD_LINES = """
---
title: Check
---

## Skills

**Level 1:** Nobody knows.

**Level 2** Some know.

## Teams

Level 1: Alone.

Level 2: Together.
"""

NAMED_LISTS = """
# Check

## All areas

**Skills**

* Level 1: Nobody knows.
* Level 2: Some know.

**Teams**

* Level 1: Alone.
* Level 2: Together.
"""

NESTED_LISTS = """
# Check

## All areas

- Skills
  - Level 1: Nobody knows.
  - Level 2: Some know.
- Teams
  - Level 1: Alone.
  - Level 2: Together.
"""

ROW_FOR_EACH_LEVEL = """
# Check

## Skills

| Level | Text |
|-------|------|
| 1 | Nobody knows. |
| 2 | Some know. |

## Teams

Maturity level | Text
--- | ---
Level 1 | Alone.
Level 2 | Together.
"""

TABLES_OF_HTML = """
# Check

## Skills

<table>
<thead>
  <tr>
    <th>Level</th>
    <th>Text</th>
  </tr>
</thead>
<tr><td>1</td><td>Nobody knows.</td></tr>
<tr><td>2</td><td><p>Some
  know.</p></td></tr>
</table>

## Teams

<table><tr><td>Level 1</td><td>Alone.</td></tr><tr><td>Level 2</td><td>Together.</td></tr></table>
"""

COLUMN_FOR_EACH_LEVEL = """
# Check

| Area | Level 1: Start | Level 2: Run |
|---|---|---|
| Skills | Nobody knows. | Some know. |
| Teams | Alone. | Together. |
"""

ROW_FOR_EACH_AREA_AND_LEVEL = """
# Check

| Area | Level | Text |
|---|---|---|
| Skills | L1 | Nobody knows. |
| | L2 | Some know. |
| Teams | L1 | Alone. |
| | L2 | Together. |
"""

COLUMN_FOR_EACH_AREA = """
# Check

| Stufe | Skills | Teams |
|---|---|---|
| 1: Start | Nobody knows. | Alone. |
| 2: Run | Some know. | Together. |
"""

COLUMN_OF_NAMES = """
# Check

## Skills

| Level | Name | Description |
|---|---|---|
| 1 | Start | Nobody knows. |
| 2 | Run | Some know. |

## Teams

| Level | Name | Description |
|---|---|---|
| 1 | Start | Alone. |
| 2 | Run | Together. |
"""

WITH_ITS_LEVELS_IN_GENERAL = """
# Check

## The levels

| Level | Name | Meaning |
|---|---|---|
| 1 | Start | You begin. |
| 2 | Run | It works. |

""" + HEADINGS.replace("# Check", "", 1)

HEADINGS_WITH_THE_AREA = """
# Check

## Skills – Level 1

Nobody knows.

## Skills – Level 2

Some know.

## Teams – Level 1

Alone.

## Teams – Level 2

Together.
"""

AREAS_UNDER_LEVELS = """
# Check

## Level 1: Start

### Skills

Nobody knows.

### Teams

Alone.

## Level 2: Run

### Skills

Some know.

### Teams

Together.
"""

TABS = """
---
title: Check
---

## Detail

<div>
{{< tabs total="2" >}}
{{< tab tabName="Skills" >}}

<h4 class="q"><i>Who knows?</i></h4>

### Level 1, Start — nobody

Nobody knows.

### Level 2, Run — some

Some know.

{{< /tab >}}
{{< tab tabName="Teams" >}}

### Level 1, Start — one

Alone.

### Level 2, Run — two

Together.

{{< /tab >}}
{{< /tabs >}}
</div>

All the best.
"""

WAYS = {
    "headings": HEADINGS,
    "items": ITEMS,
    "items with boxes": ITEMS.replace("* Level", "- [ ] Level").replace("1. **", "- [x] **"),
    "bold lines": BOLD_LINES,
    "named lists": NAMED_LISTS,
    "nested lists": NESTED_LISTS,
    "lists nested by tabs": NESTED_LISTS.replace("  - ", "\t- "),
    "items with icons": ITEMS.replace("Level 1", "🥉 Level 1").replace("Level 2", "2️⃣ Level 2"),
    "row for each level": ROW_FOR_EACH_LEVEL,
    "tables of HTML": TABLES_OF_HTML,
    "column for each level": COLUMN_FOR_EACH_LEVEL,
    "row for each area and level": ROW_FOR_EACH_AREA_AND_LEVEL,
    "column for each area": COLUMN_FOR_EACH_AREA,
    "column of names": COLUMN_OF_NAMES,
    "with its levels in general": WITH_ITS_LEVELS_IN_GENERAL,
    "headings with the area": HEADINGS_WITH_THE_AREA,
    "areas under levels": AREAS_UNDER_LEVELS,
    "tabs": TABS,
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads pages given as ``name=content``; the model they make is a valid model file."""

    def read(**pages: str) -> ImportedModel:
        folder = tmp_path / "client 7 v5"
        folder.mkdir()
        for name, content in pages.items():
            (folder / f"{name}.md").write_text(content.lstrip("\n"), encoding="utf-8")
        imported = load_model_source([folder], language="en")
        assert checked_model(read_yaml(model_to_yaml(imported.model)), "m.yaml") == imported.model
        return imported

    return read


def texts_of(model: MaturityModel) -> dict[str, dict[int, str]]:
    """The texts of each area, by the last part of its id."""
    return {
        area.id.rpartition(".")[2]: {
            each.level: each.summary.in_language("en") for each in area.levels
        }
        for area in model.areas
    }


@pytest.mark.parametrize("way", WAYS)
def test_the_levels_of_an_area_are_found_however_they_are_written(way: str, read: Read) -> None:
    imported = read(page=WAYS[way])

    assert texts_of(imported.model) == TEXTS
    assert [level.number for level in imported.model.levels] == [1, 2]
    assert imported.report.dimensions == 1
    assert imported.report.filled == {1: 2, 2: 2}


@pytest.mark.parametrize(
    "way",
    [
        "headings", "column for each level", "column for each area", "column of names",
        "with its levels in general", "areas under levels", "tabs",
    ],
)  # fmt: skip
def test_levels_are_called_as_the_page_calls_them(way: str, read: Read) -> None:
    model = read(page=WAYS[way]).model

    assert [level.name.in_language("en") for level in model.levels] == ["Start", "Run"]


def test_tabs_are_areas_with_question_and_short_texts(read: Read) -> None:
    imported = read(page=TABS)
    skills, teams = imported.model.areas

    assert skills.question.in_language("en") == "Who knows?"
    assert [each.short.in_language("en") for each in skills.levels] == ["nobody", "some"]
    assert [each.short.in_language("en") for each in teams.levels] == ["one", "two"]
    assert imported.model.dimensions[0].name.in_language("en") == "Check"


def test_what_is_no_name_of_a_level_is_the_short_text_of_its_area(read: Read) -> None:
    page = "# C\n## A\n### Level 1: None\nx\n### Level 2: Few\nx\n"
    model = read(page=page + page[4:].replace("A", "B").replace("None", "Never")).model

    assert [level.name.in_language("en") for level in model.levels] == ["Level 1", "Few"]
    assert [each.short.in_language("en") for area in model.areas for each in area.levels] == [
        "None", "", "Never", "",
    ]  # fmt: skip


def test_an_item_keeps_its_lists_and_paragraphs(read: Read) -> None:
    page = """
# Check

## Skills

* Level 1: Nobody knows
  yet.

  - first
    - deeper
  - second

* Level 2: Some know:
- a list that is not indented
- goes on

  A paragraph of that list.
  **Level 3:** A line that lost its mark.
* Level 4: All know.

This belongs to no level.
"""

    imported = read(page=page)

    assert texts_of(imported.model)["skills"] == {
        1: "Nobody knows\nyet.\n\n- first\n  - deeper\n- second",
        2: "Some know:\n- a list that is not indented\n- goes on\n\nA paragraph of that list.",
        3: "A line that lost its mark.",
        4: "All know.",
    }
    (part,) = imported.report.left_over
    assert (part.heading, part.template[:22]) == ("Skills", "The text stands before")


def test_sentences_that_speak_of_levels_and_code_are_text(read: Read) -> None:
    page = """
# Check

## Level 1: Start

Level 1 of the model is where you begin.

- Level 1 teams may skip Level 2.

```
* Level 2: code
```

## Level 2: Run

Level 2 is next.
"""

    model = read(page=page).model

    assert [area.id for area in model.areas] == ["check.check"]
    assert "* Level 2: code" in texts_of(model)["check"][1]
    assert texts_of(model)["check"][2] == "Level 2 is next."


def test_several_rows_of_a_table_at_one_level_are_a_list(read: Read) -> None:
    page = """
# Check

| **Practice** | ID | Maturity Level | Requirement |
| --- | --- | --- | --- |
| *Skills* | S-1 | L1 | Read. |
| | S-2 | L1 | Write \\| sign. |
| | S-3 | L3 | Teach. |
| *Teams* | T-1 | L2 | Meet. |
"""

    imported = read(page=page)

    assert texts_of(imported.model) == {
        "skills": {
            1: "- **ID:** S-1; **Requirement:** Read.\n"
            "- **ID:** S-2; **Requirement:** Write | sign.",
            3: "- **ID:** S-3; **Requirement:** Teach.",
        },
        "teams": {2: "- **ID:** T-1; **Requirement:** Meet."},
    }
    assert [level.number for level in imported.model.levels] == [1, 2, 3]


def test_a_table_that_only_mentions_levels_is_no_area(read: Read) -> None:
    threats = "\n## Threats\n\n| Threat | Answered by level |\n|---|---|\n| a | L1 |\n| b | L2 |\n"

    imported = read(page=HEADINGS + threats)

    assert texts_of(imported.model) == TEXTS
    assert [part.heading for part in imported.report.left_over] == ["Threats"]


def test_a_page_for_each_dimension_is_called_by_what_its_title_alone_says(read: Read) -> None:
    process = ITEMS.replace("# Check", "# Team check, process").replace("Skills", "Delivery")
    imported = read(
        people=ITEMS.replace("# Check", "# Team check \\- People"),
        process=process,
        prologue=PROLOGUE,
        thanks="# Team check – Thanks\n\nThank you.\n",
    )
    model = imported.model

    assert [each.name.in_language("en") for each in model.dimensions] == ["People", "process"]
    assert model.name.in_language("en") == "Team check (imported pages)"
    assert [area.id for area in model.areas] == [
        "people.skills", "people.teams", "process.delivery", "process.teams",
    ]  # fmt: skip
    assert {part.file for part in imported.report.left_over} >= {"prologue.md", "thanks.md"}


def test_a_page_alone_is_the_dimension_its_title_ends_with(read: Read) -> None:
    page = ITEMS.replace("# Check", "---\ntitle: Team check - Tools\ndescription: How.\n---")

    model = read(page=page).model

    assert model.dimensions[0].name.in_language("en") == "Tools"
    assert model.name.in_language("en") == "Team check (imported pages)"
    assert model.description.in_language("en") == "How."


PROLOGUE = """
# Team check – Prologue

## Navigation

Links.

## Aim

Get better.

## Audience

You.

## Journey

* **Level 1: Start**
You begin.

* [**Level 2 \\- Run**](https://example.org/2) It works.
"""


def test_a_page_that_only_lists_the_levels_names_and_describes_them(read: Read) -> None:
    model = read(check=ITEMS, prologue=PROLOGUE).model

    assert [level.name.in_language("en") for level in model.levels] == ["Start", "Run"]
    assert [level.description.in_language("en") for level in model.levels] == [
        "You begin.", "It works.",
    ]  # fmt: skip
    assert texts_of(model) == TEXTS


def test_levels_in_general_are_described_by_the_page_itself(read: Read) -> None:
    model = read(page=WITH_ITS_LEVELS_IN_GENERAL).model

    assert [level.description.in_language("en") for level in model.levels] == [
        "You begin.", "It works.",
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Service levels", "Stages of delivery", "Level of care"])
def test_an_area_may_have_levels_in_its_name(heading: str, read: Read) -> None:
    model = read(page=ITEMS.replace("Skills", heading)).model

    assert [area.name.in_language("en") for area in model.areas] == [heading, "Teams"]


def test_headings_above_the_areas_of_one_page_are_dimensions(read: Read) -> None:
    page = HEADINGS.replace("\n## ", "\n### ").replace("\n### Level", "\n#### Level")
    people = page.replace("# Check\n", "# Check\n\n## People\n\nAbout people.\n", 1)
    tools = page.partition("\n### ")[2].replace("Skills", "Build").replace("Teams", "Test")

    model = read(page=people + "\n## Tools\n\n### " + tools).model

    assert [area.id for area in model.areas] == [
        "people.skills", "people.teams", "tools.build", "tools.test",
    ]  # fmt: skip
    assert model.dimensions[0].description.in_language("en") == "About people."


def test_everything_around_the_levels_is_reported(read: Read) -> None:
    imported = read(check=ITEMS + "\n## Reading list\n\nBooks.\n", list_="# List\n\n- a\n")

    assert [(part.file, part.heading) for part in imported.report.left_over] == [
        ("list_.md", ""), ("check.md", "Skills"), ("check.md", "Reading list"),
    ]  # fmt: skip


def test_pages_for_one_level_each_go_before_pages_with_levels_inside(read: Read) -> None:
    level = "---\ntitle: Level {0}\n---\n## A\n### B\nText {0}.\n"

    imported = read(one=level.format(1), two=level.format(2), overview=ITEMS)

    assert texts_of(imported.model) == {"b": {1: "Text 1.", 2: "Text 2."}}
    assert [part.file for part in imported.report.left_over] == ["overview.md"]


def test_a_scale_may_begin_at_0_and_is_as_long_as_the_page_says(read: Read) -> None:
    page = "# C\n## 0️⃣ Stage 0: None\nx\n## Stage 1: Some\nx\n### Detail\ny\n## Stage 2: All\nx\n"

    model = read(page=page).model

    assert [level.number for level in model.levels] == [0, 1, 2]
    assert texts_of(model)["c"][1] == "x\n### Detail\ny"


def test_a_file_for_each_dimension_may_have_its_areas_under_each_level(read: Read) -> None:
    imported = read(
        people=AREAS_UNDER_LEVELS.replace("# Check", "# Check – People\n\n## About\n\nRead on."),
        tools=AREAS_UNDER_LEVELS.replace("# Check", "# Check – Tools").replace("Skills", "Build"),
    )

    assert [area.id for area in imported.model.areas] == [
        "people.skills", "people.teams", "tools.build", "tools.teams",
    ]  # fmt: skip
    assert imported.report.filled == {1: 4, 2: 4}
    assert [part.heading for part in imported.report.left_over] == ["About"]


def test_a_file_with_whole_levels_has_dimensions_and_level_descriptions(read: Read) -> None:
    level = (
        "# Stage {0}: {1}\n\nOn {1}.\n\n## People\n\n### Skills\n\nA{0}.\n\n### Teams\n\nB{0}.\n"
    )
    tools = "\n## Tools\n\n### Build\n\nC{0}.\n\n"
    page = "".join((level + tools).format(n, name) for n, name in enumerate(("Start", "Run"), 1))

    model = read(page="---\ntitle: Whole\n---\n" + page).model

    assert [area.id for area in model.areas] == ["people.skills", "people.teams", "tools.build"]
    assert texts_of(model)["build"] == {1: "C1.", 2: "C2."}
    assert [level.description.in_language("en") for level in model.levels] == [
        "On Start.", "On Run.",
    ]  # fmt: skip


def test_a_scale_of_eleven_levels_and_higher_numbers_are_refused(
    tmp_path: Path, refused: Callable[[Callable[[], object]], list[str]]
) -> None:
    path = tmp_path / "page.md"
    path.write_text("# C\n## A\n* Level 0: none\n* Level 10: all\n", encoding="utf-8")
    assert "at most 10 levels" in refused(lambda: load_model_source([path]))[0]
    path.write_text("# C\n## A\n* Level 11: none\n* Level 12: all\n", encoding="utf-8")
    assert "No level was found" in refused(lambda: load_model_source([path]))[0]


signs = st.text(st.sampled_from("#|-*+1:.>[]_`{}<\n\n\t aL"), max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(st.one_of(signs, st.sampled_from(sorted(WAYS.values()))), max_size=4))
def test_any_page_with_levels_inside_is_a_valid_model_or_refused(
    parts: list[str], tmp_path: Path, answer: Callable[..., object]
) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Check\n" + "\n".join(parts), encoding="utf-8")

    imported = answer(lambda: load_model_source([path], language="en"))

    assert imported
    if isinstance(imported, ImportedModel):
        assert checked_model(read_yaml(model_to_yaml(imported.model)), "m.yaml") == imported.model


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "* Level 1: a", "Level 1: a", "| 1 | a |", '{{< tab name="a" >}}' * 3, "### Level 1: a",
        "**Level 2:** b", "| a | L1 | b |", "level " * 8, "1. Level 1 ", "a" * 40, "- a:",
    ],
)  # fmt: skip
def test_very_long_pages_are_read_or_refused_quickly(
    line: str, tmp_path: Path, answer: Callable[..., object]
) -> None:
    path = tmp_path / "page.md"
    head = "# C\n## A\n* Level 1: a\n* Level 2: b\n\n| Area | Level | Text |\n|---|---|---|\n"
    for between in ("\n", "\n\n"):
        path.write_text(head + (line + between) * 9_000, encoding="utf-8")
        before = perf_counter()
        assert answer(lambda: load_model_source([path], language="en"))
        assert perf_counter() - before < 20
