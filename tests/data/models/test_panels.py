"""Tabs, collapsible blocks, admonitions and definition lists, as site generators write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import load_model_source
from data.models.import_report import ImportedModel
from data.models.pages.panels import unfold

Read = Callable[..., ImportedModel]

MKDOCS_TABS = """
=== "Level 1: Start"

    nobody

=== "Level 2: Run"
    everybody

    ```
    # code
    ```
"""
ADMONITIONS = """
!!! note "Level 1: Start"

    nobody

???+ "Level 2: Run"

\teverybody
\t
\t```
\t# code
\t```
"""
DETAILS = """
<details open>
<summary><b>Level 1</b>: Start</summary>
nobody
</details>
<details><summary>
<h4>Level 2: Run</h4>
</summary>

everybody

```
# code
```

</details>
"""
DOCUSAURUS = """
<Tabs>
  <TabItem value="1" label="Level 1: Start">nobody</TabItem>
  <TabItem value="2" label="Level 2: Run">

everybody

```
# code
```

  </TabItem>
</Tabs>
"""
CONTAINERS = """
::: details Level 1: Start
nobody
:::

:::note[Level 2: Run]
everybody

```
# code
```
:::
"""
MYST = """
::::{tab-set}
:::{tab-item} Level 1: Start
nobody
:::
:::{tab-item} Level 2: Run
everybody

```
# code
```
:::
::::
"""
HUGO = """
{{< tabpane >}}
{{% tab header="Level 1: Start" %}}
nobody
{{% /tab %}}
{{% tab header="Level 2: Run" %}}
everybody

```
# code
```
{{< /tabpane >}}
"""
LIQUID = """
{% tabs %}
{% tab title="Level 1: Start" %}
nobody
{% endtab %}
{% tab title="Level 2: Run" %}
everybody

```
# code
```
{% endtab %}
{% endtabs %}
"""
DEFINITIONS = """
Level 1: Start
: nobody

**Level 2: Run**

:   everybody

    ```
    # code
    ```
"""
WAYS = {
    "mkdocs": MKDOCS_TABS, "admonitions": ADMONITIONS, "details": DETAILS, "mdx": DOCUSAURUS,
    "containers": CONTAINERS, "myst": MYST, "hugo": HUGO, "liquid": LIQUID,
    "definitions": DEFINITIONS,
}  # fmt: skip


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a page, or several given by name."""

    def call(page: str = "", **pages: str) -> ImportedModel:
        for name, text in pages.items() if pages else [("page", page)]:
            path = tmp_path / f"{name.replace('_', '-')}.md"
            path.write_text(text, encoding="utf-8")
        return load_model_source([tmp_path], "en")

    return call


def _texts(imported: ImportedModel) -> dict[str, dict[int, str]]:
    return {
        area.name.in_language("en"): {
            each.level: each.summary.in_language("en") for each in area.levels
        }
        for area in imported.model.areas
    }


def _left_over(imported: ImportedModel) -> list[tuple[int, str]]:
    return [(part.line, part.heading) for part in imported.report.left_over]


@pytest.mark.parametrize("way", WAYS)
def test_each_level_in_a_block_of_its_own_is_read(way: str, read: Read) -> None:
    page = f"# Check\n\n## Skills\n{WAYS[way]}\n## Teams\n{WAYS[way].replace('body', 'team')}"

    imported = read(page)

    assert _texts(imported) == {
        "Skills": {1: "nobody", 2: "everybody\n\n```\n# code\n```"},
        "Teams": {1: "noteam", 2: "everyteam\n\n```\n# code\n```"},
    }
    names = [level.name.in_language("en") for level in imported.model.levels]
    assert names == ["Start", "Run"]
    assert imported.report.left_over == ()


@pytest.mark.parametrize("way", sorted(set(WAYS) - {"definitions"}))
def test_a_text_behind_the_blocks_is_no_part_of_the_last_level(way: str, read: Read) -> None:
    page = f"# Check\n\n## Skills\n{WAYS[way]}\nBehind.\n\n## Teams\n* Level 1: one\n* Level 2: two"

    imported = read(page)

    assert _texts(imported)["Skills"][2] == "everybody\n\n```\n# code\n```"
    assert _left_over(imported) == [(page.split("\n").index("Behind.") + 1, "Skills")]


@pytest.mark.parametrize(
    "area",
    ['=== "{}"\n\n    * Level 1: one\n    * Level 2: two\n',
     '=== "{}"\n\n    ### Level 1\n    one\n    ### Level 2\n    two\n',
     '=== "{}"\n\n    === "Level 1"\n        one\n    === "Level 2"\n        two\n',
     "<details><summary>{}</summary>\n\n| Level | Text |\n|-|-|\n| 1 | one |\n| 2 | two |\n"
     "</details>\n"],
)  # fmt: skip
def test_a_block_with_all_levels_is_an_area(area: str, read: Read) -> None:
    imported = read(f"# Check\n\n{area.format('Skills')}\n{area.format('Teams')}\nThe end.\n")

    assert _texts(imported) == {"Skills": {1: "one", 2: "two"}, "Teams": {1: "one", 2: "two"}}
    assert len(imported.report.left_over) == 1


@pytest.mark.parametrize("way", ["mkdocs", "details", "mdx"])
def test_a_block_for_each_level_may_hold_the_areas(way: str, read: Read) -> None:
    indent = "    " if way == "mkdocs" else ""
    areas = "\n".join(f"{indent}{line}" for line in ("### Skills", "WHO", "", "### Teams", "one"))
    page = WAYS[way].split("```")[0].replace("nobody", f"\n\n{areas}\n")

    imported = read(f"# Check\n{page.replace('everybody', areas.replace('WHO', 'many').strip())}")

    assert _texts(imported)["Skills"][1] == "WHO"
    assert _texts(imported)["Teams"][1] == "one"


def test_blocks_without_levels_stay_in_the_text_around_them(read: Read) -> None:
    page = """# Check

## Skills

### Level 1
nobody

!!! note "Level 2 preview"

    Some try.

### Level 2
<details><summary>Example</summary>
An example.
</details>
everybody
"""
    imported = read(page)

    assert _texts(imported)["Skills"][1].split() == [
        "nobody",
        "**Level",
        "2",
        "preview**",
        "Some",
        "try.",
    ]
    assert _texts(imported)["Skills"][2].split() == ["**Example**", "An", "example.", "everybody"]
    assert imported.report.left_over == ()


def test_tabs_on_a_page_for_a_level_keep_their_names(read: Read) -> None:
    page = '# Level 1\n## People\n### Skills\n=== "Small"\n    few\n=== "Large"\n    many\n'
    text = _texts(read(page))["Skills"][1]
    assert text.split() == ["**Small**", "few", "**Large**", "many"]


def test_blocks_in_code_and_comments_are_none(read: Read) -> None:
    page = """# Check

```
<details><summary>Level 1</summary>
=== "Level 2"
```
<!-- <details>
<summary>Level 1</summary> -->
Use `<details><summary>Level 2</summary>`.

## Skills
### Level 1
nobody
### Level 2
everybody
"""
    assert _texts(read(page)) == {"Skills": {1: "nobody", 2: "everybody"}}


def test_lines_behind_unfolded_blocks_keep_their_numbers(read: Read) -> None:
    page = f"# Check\n## Skills\n{MKDOCS_TABS}\n## Glossary\nWords.\n"
    assert _left_over(read(page)) == [(page.split("\n").index("## Glossary") + 1, "Glossary")]


def test_a_heading_right_behind_an_end_tag_is_a_heading(read: Read) -> None:
    page = (
        "# Check\n## Skills\n<table>\n<tr><td>x</td></tr>\n</table>\n## Teams\n"
        "* Level 1: one\n* Level 2: two\n"
    )
    imported = read(page)
    assert _texts(imported) == {"Teams": {1: "one", 2: "two"}}
    assert _left_over(imported) == [(2, "Skills")]


def test_code_in_the_item_of_a_level_is_kept(read: Read) -> None:
    page = "# C\n## Skills\n* Level 1: run\n\n  ```\n  * Level 2: code\n  ```\n* Level 2: all\n"
    assert _texts(read(page)) == {"Skills": {1: "run\n\n```\n* Level 2: code\n```", 2: "all"}}


@pytest.mark.parametrize("item", ["* Level 2-3: some", "* **Levels 2 to 3**: some"])
def test_an_item_on_several_levels_is_reported_and_no_part_of_another(
    item: str, read: Read
) -> None:
    imported = read(f"# C\n## Skills\n* Level 1: few\n{item}\n* Level 4: all\n")

    assert _texts(imported) == {"Skills": {1: "few", 4: "all"}}
    (part,) = imported.report.left_over
    assert (part.line, part.template) == (
        4,
        "It states several levels; describe each level by itself.",
    )


UNCLOSED = "A code block that begins here is not closed; what follows counts as code."


def test_a_code_block_that_is_never_closed_is_reported_with_its_line(read: Read) -> None:
    page = "# Level 1\n## People\n### Skills\nfew\n\n```yaml\na: 1\n\n### Teams\none\n"
    (part,) = read(page).report.left_over
    assert (part.file, part.line, part.template) == ("page.md", 6, UNCLOSED)


def test_a_code_block_that_only_the_next_one_closes_is_reported(read: Read) -> None:
    page = "# Level 1\n## People\n### Skills\n```\na\n### Teams\none\n```sh\nb\n```\n## More\nx\n"
    (part,) = read(page).report.left_over
    assert (part.line, part.template) == (4, UNCLOSED)


@pytest.mark.parametrize("code", ["```\na\n```", "~~~\n```\n~~~", "````\n```\n````", "    a"])
def test_closed_code_is_not_reported(code: str, read: Read) -> None:
    assert read(f"# Level 1\n## People\n### Skills\nfew\n\n{code}\n").report.left_over == ()


def test_an_open_code_block_is_named_where_it_hides_all_levels(
    tmp_path: Path, refused: Callable[[Callable[[], object]], list[str]]
) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Check\n```\n## Skills\n### Level 1\nx\n### Level 2\ny\n", encoding="utf-8")

    lines = refused(lambda: load_model_source([path], "en"))

    assert lines[0].startswith("page.md: No level was found")
    assert lines[1] == f"line 2: page.md: {UNCLOSED}"


FRAGMENTS = (
    '=== "{}"', '    {}', '    === "{}"', "        {}", '!!! note "{}"', "<details>",
    "<details><summary>{}</summary>", "<summary>{}</summary> {}", "<summary>", "</summary>",
    "</details>", "```", "~~~", "{}", "# {}", "* Level 1: {}", "::: details {}", ":::",
    ":::note[{}]", '{{{{< tab "{}" >}}}}', "{{{{< /tab >}}}}", "{{{{< /tabs >}}}}",
    '{{% tab title="{}" %}}', "{{% endtab %}}", '<TabItem label="{}">{}', "</TabItem>",
    "<!-- {}", "--> {}", "`<details>` {}", "", "<table>", "<table><caption>{}</caption>",
    "<tr><td>{}", "<tr><th>{}</th>", "<td>{} {}</td>", "</tr>", "</table>", "</table> {}",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
def test_unfolding_loses_no_word_and_no_line(fragments: list[str]) -> None:
    words = iter(f"w{n}w" for n in range(100))
    lines = [each.format(*(next(words) for _ in range(each.count("{}")))) for each in fragments]

    page = unfold(lines, 1)

    said = re.findall(r"w\d+w", "\n".join(lines))
    assert sorted(re.findall(r"w\d+w", "\n".join(page.lines))) == sorted(said)
    assert page.numbers == sorted(page.numbers)
    assert set(page.numbers) <= set(range(1, len(lines) + 1))
    assert all(0 <= panel.start < panel.end <= len(page.lines) for panel in page.panels)
    ends = [(a.end, b.start, b.end) for a, b in combinations(page.panels, 2)]
    assert all(end <= start or inner <= end for end, start, inner in ends)
