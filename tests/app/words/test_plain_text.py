"""Model texts lose their Markdown markup and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words.plain_text import MAX_PARSED, TextBlock, inline_text, plain_text, text_blocks


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
        "no: C#, #1, 100 % | 50 %",
        "[TODO] (later)",
        "Größe ≥ 3 – „so“ …",
    ],
)
def test_a_sign_that_means_itself_stays(text: str) -> None:
    assert plain_text(text) == text


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
        ("quoted<br>text, <b>bold</b>, <i class='fa fa-x'></i> icon", "quoted text, bold, icon"),
        ("words <!-- a note --> stay", "words stay"),
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
        assert block.text == " ".join(block.text.split())
    assert plain_text(text) == " ".join(block.text for block in text_blocks(text))


@pytest.mark.parametrize(
    "part",
    ["[](", "<a", "*a ", "[", "![", "*a_ ", "[a]: ", "{{<", "a<!--", "a*b", "__a", "> ", "`a``"],
)
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
