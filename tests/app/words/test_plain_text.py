"""Model texts lose their Markdown markup and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.words.plain_text import (
    MAX_PARSED,
    TextBlock,
    inline_text,
    listed_text,
    plain_text,
    text_blocks,
)

TYPED = (
    "> 90 % of the builds", "# of incidents", "#1", "C#", "1. January", "2) second", "-5", "+ 5 %",
    "2*3*4", "2**10", "a*b*c", "x**2 + y**2", "f(*args, **kwargs)", "5 * 3", "{a*b}*{c*d}",
    "char *argv[], char **envp", "*.py", "**/*.py", "src/**/*.ts", "*error*log", "a_b_c", "_id",
    "__init__", "__init__.py", '__name__ == "__main__"', "a.__class__.__name__", "/_x_y_/z",
    "https://example.org/_a_/b*c*d?x=1&copy=2", "www.example.org", "a@example.org", "~/.ssh",
    "List<String>", "Map<K, List<V>>", "Option<i>", "Vec<u8>", "Foo<Table>", "<p>", "<client-name>",
    "<user>@<host>", "<T>", "</T>", "<team@…>", "a <b and c> d", "if a<b then c>d", "<details>",
    "<your name>", "<- ->", "<=>", "x < y > z", "<key>=<value>", "<env:prod>", "<user@host>",
    "AT&T", "a && b", "&c", "C:\\*.txt", "C:\\temp\\*.log", "\\\\server\\share", "\\d+\\.\\d+",
    "[x]", "[TODO]", "[a](b)", "f[0](x)", "array[i](j)", "[min](max.)", "a[1][2]", "[[ -f x ]]",
    "{{ var }}", "${{ github.ref }}", "<%= x %>", "<?php", "<!DOCTYPE html>", "a || b", "Yes|No",
    "--flag", "***", "==", "*)", "5* hotel", "p*-value", "10:30", ":rocket:", "50 %*",
    "90\u00a0%", "!important", "^2", "H~2~O", "~5 min~", "$5 and $10", "'x'", '"*"', "`", "``",
)  # fmt: skip
"""Nothing of this is markup, wherever it stands in a sentence."""


@pytest.mark.parametrize(
    "text",
    [
        "> 90 % of the builds succeed.",
        "> 5 releases a week",
        "# of incidents is known",
        "1. January is the cut-off date",
        "Where is <client name> today?",
        "List<String>, Map<Key, Value> and Option<T>",
        "Write to <team@…>",
        "never 2*3*4 nested maps, a*b, 2**3**4",
        "f(*args, **kwargs)",
        "rename __init__.py, call __new__(cls) for snake_case and a__b",
        "5 * 3 < 16 & so on",
        "-5 degrees",
        "---",
        "--",
        "no: C#, #1, 100 % | 50 %",
        "[TODO] (later)",
        "Größe ≥ 3 – „so“ …",
    ],
)
def test_a_sign_that_means_itself_stays(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_text_stays_in_sentences_names_and_lists(text: str) -> None:
    for sentence in (text, f"{text} is so", f"see {text}", f"({text})", f"„{text}“, yes"):
        assert plain_text(sentence) == sentence
        assert inline_text(sentence) == sentence
    assert text_blocks(f"Goals:\n\n- {text}\n- x {text}\n") == (
        TextBlock("Goals:"),
        TextBlock(text, is_item=True),
        TextBlock(f"x {text}", is_item=True),
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Use `List<String>` and `2*3`", "Use List<String> and 2*3"),
        ("a \\* b, \\<x>, 1\\. no", "a * b, <x>, 1. no"),
        ("~~old~~ ***new*** _so_ __bold__ Dev**Ops**", "old new so bold DevOps"),
        ("at <https://example.org/a_b>, <team@example.org>",
         "at https://example.org/a_b, team@example.org"),
        ("see [the *page*](https://example.org/a_b) now", "see the page now"),
        ("see [the page][1] now\n\n[1]: https://example.org", "see the page now"),
        ("![logo](logo.png) CI/CD", "logo CI/CD"),
        ("Plan &mdash; do, R&amp;D, &lt;x&gt;", "Plan — do, R&D, <x>"),
        ("<h3>Head</h3>text", "Head text"),
        ("<details><summary>More</summary>text</details>", "More text"),
        ("Look at <img src=x.png alt='A & B'> here", "Look at A & B here"),
        ("10<sup>6</sup> a day, 10<sup>-3</sup> s, H<sub>2</sub>O", "10⁶ a day, 10⁻³ s, H2O"),
        ("our 1<sup>st</sup> step", "our 1st step"),
        ("quoted<br>text, <b>bold</b>, <i class='fa fa-x'></i> icon", "quoted text, bold, icon"),
        ("words <!-- a note --> stay", "words stay"),
        ("[//]: # (a note)\n[comment]: <> (another)\n\nwords", "words"),
        ("[//]: # (a note) words", "[//]: # (a note) words"),
        ("{{< icon star >}} Stars {{% note %}}", "Stars"),
        ("## Head ##\n\nText", "Head Text"),
        ("Head\n====\nText", "Head Text"),
        ("> quoted\n> text", "quoted text"),
        ("| Practice | State |\n|---|---|\n| Reviews | *some* |",
         "Practice | State Reviews | some"),
        ("<div>\n<b>x</b> y\n</div>", "x y"),
        ("one  two\nthree", "one two three"),
        ("", ""),
    ],
)  # fmt: skip
def test_marks_go_and_words_stay(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_blocks_are_told_apart_and_numbers_stay() -> None:
    assert text_blocks("Intro\ntwo:\n\n- one\n  and more\n- two\n\n3. third\n4. fourth") == (
        TextBlock("Intro two:"),
        TextBlock("one and more", is_item=True),
        TextBlock("two", is_item=True),
        TextBlock("3. third"),
        TextBlock("4. fourth"),
    )
    assert text_blocks("First.\n \nSecond.") == (TextBlock("First."), TextBlock("Second."))


def test_signs_stay_inside_longer_texts_too() -> None:
    assert text_blocks("Goals:\n\n- > 90 % green\n- >= 3 a day\n\n> 5 incidents\n\n# of them") == (
        TextBlock("Goals:"),
        TextBlock("> 90 % green", is_item=True),
        TextBlock(">= 3 a day", is_item=True),
        TextBlock("> 5 incidents"),
        TextBlock("# of them"),
    )


def test_code_keeps_its_lines_and_loses_its_language() -> None:
    assert text_blocks("```yaml\na: *1*\nb: 2\n```") == (TextBlock("a: *1*"), TextBlock("b: 2"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+ fast\n- costly", ["+ fast", "- costly"]),
        ("Below\n>= target\nand\n> 80 %", ["Below >= target and > 80 %"]),
        ("# Incidents a month\n# Changes a week", ["# Incidents a month # Changes a week"]),
        ("Turnover\n-\nCosts\n=\nProfit", ["Turnover - Costs = Profit"]),
        ("|a|b|\n|-|-|\n|1|2|3|\n|4|", ["a | b", "1 | 2 | 3", "4 |"]),
        ("1. - a\n2. b", ["1.", "a", "2. b"]),
        ("~~~ very important\nmore", ["~~~ very important more"]),
        ("<Menu> opens\n\n<summary> of it", ["<Menu> opens", "<summary> of it"]),
        ("<div class='x'>\n\ninside\n\n</details>", ["inside"]),
        ("<ul>\n<li>a\n<li>b\n</ul>", ["a b"]),
        ("<style>\np {}\n</style>\n\ntext", ["text"]),
        ("Option<i> is\nno <i>tag</i>", ["Option<i> is no tag"]),
        ("<!-- never closed\nmore", ["<!-- never closed more"]),
        (
            "[Note]: draft\n\n[1]: https://example.org",
            ["[Note]: draft", "[1]: https://example.org"],
        ),
        ("> " * 60 + "x", ["> " * 60 + "x"]),
        ("这是**重要**的。これは**重要。**です", ["这是重要的。これは重要。です"]),
        ("**Cloud**-Native, **a**/**b**, *x*-y, (*z*)", ["Cloud-Native, a/b, x-y, (z)"]),
        ("**/etc** and **C++**, **50 %**, ***x*** *`y`*", ["/etc and C++, 50 %, x y"]),
    ],
)
def test_only_clear_markup_is_taken_off(text: str, shown: list[str]) -> None:
    assert [block.text for block in text_blocks(text)] == shown


def test_items_and_rows_stay_apart_on_one_line() -> None:
    assert listed_text("Goals:\n- one\n- two") == "Goals: • one • two"
    assert listed_text("|a|b|\n|-|-|\n|1|2|") == "a | b; 1 | 2"
    assert listed_text("- alone") == "alone"
    assert listed_text("") == ""


def test_a_heading_is_no_block() -> None:
    assert inline_text("1. **People**\n- R&amp;D") == "1. People - R&D"


@given(
    st.text(
        st.characters(codec="utf-8") | st.sampled_from("\n #>-*_`[]()<&;|1.{%}!\\~"), max_size=80
    )
)
def test_any_text_gives_lines_without_outer_spaces(text: str) -> None:
    for block in text_blocks(text):
        assert block.text
        assert block.text == block.text.strip()
        assert not re.search(r"[\t\n\r]|  ", block.text)
    assert plain_text(text) == " ".join(block.text for block in text_blocks(text))


@given(st.lists(st.sampled_from(TYPED) | st.text("aÄß7 ,.;", max_size=8), max_size=6))
def test_sentences_of_typed_texts_come_out_unchanged(parts: list[str]) -> None:
    # Two of them may make a pair: in “*argv / 5* hotel” the stars are emphasis.
    for mark in "*_~`":
        assume(sum(mark in part for part in parts) <= 1)
    sentence = " ".join(("see", *" / ".join(parts).split()))

    assert plain_text(sentence) == sentence


@given(st.text("aB1 \n#>-*_`|~+=.)\\:!", max_size=60))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    assume("```" not in text and "~~~" not in text)

    kept = [sign for sign in plain_text(text) if sign.isalnum()]
    assert kept == [sign for sign in text if sign.isalnum()]


@pytest.mark.parametrize(
    "part",
    [
        "[](", "<a", "*a ", "[", pytest.param("![", marks=pytest.mark.slow), "*a_ ", "[a]: ", "{{<",
        "a<!--", "a*b", "__a", "> ", "`a``",
    ],
)  # fmt: skip
def test_no_text_takes_long(part: str) -> None:
    for length in (MAX_PARSED, 300_000):
        started = time.monotonic()

        assert plain_text((part * length)[:length])
        assert time.monotonic() - started < 8


def test_the_parser_is_imported_with_the_first_mark_only() -> None:
    program = (
        "import sys\n"
        "from app.words.plain_text import plain_text\n"
        "plain_text('Zwei Teams – „so“; 50 % & mehr, CI/CD (gut)\\n\\nund - noch + 1 = 2')\n"
        "assert 'markdown_it' not in sys.modules\n"
        "plain_text('*so*')\n"
        "assert 'markdown_it' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
