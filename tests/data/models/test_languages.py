"""The language of pages: front matter, names, script, frequent words, or asked for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.words.texts import Translator
from data.models import load_model_source
from data.models.languages import PageSigns, language_of_text, recognised_language
from data.models.pages.ids import slug

Refused = Callable[[Callable[[], object]], list[str]]

TEXTS = {
    "en": "The teams deploy on their own, and changes are tested before they go live.",
    "de": "Die Teams liefern selbst aus, und Änderungen werden vorher geprüft.",
    "fr": "Les équipes déploient elles-mêmes et les changements sont testés avant la sortie.",
    "es": "Los equipos despliegan por su cuenta y los cambios se prueban antes de publicarlos.",
    "it": "I team rilasciano da soli e le modifiche sono verificate prima della pubblicazione.",
    "pt": "As equipes publicam por conta própria e as mudanças são testadas antes de entrar no ar.",
    "nl": "De teams brengen zelf uit en de wijzigingen worden vooraf getest door het platform.",
    "ja": "チームは自分たちでデプロイし、変更は公開前にテストされます。",
    "zh": "团队自行部署，变更在上线之前经过测试。Kubernetes 已经就绪。",
    "ko": "팀은 스스로 배포하고 변경 사항은 공개 전에 테스트됩니다.",
    "ru": "Команды сами выпускают изменения, и они проверяются до выхода.",
    "uk": "Команди самі випускають зміни, і вони перевіряються до виходу.",
    "pl": "Zespoły same wdrażają zmiany i są one sprawdzane przed publikacją, a nie po niej.",
    "sv": "Lagen driftsätter själva och ändringarna testas innan de är synliga för alla.",
    "el": "Οι ομάδες δημοσιεύουν μόνες τους και οι αλλαγές ελέγχονται.",
}
SWAHILI = (
    "Timu hutoa mabadiliko yao wenyewe kila siku bila kusubiri idhini ya mtu mwingine yeyote."
    " Mabadiliko hayo hukaguliwa kwanza kisha huonyeshwa kwa wateja wote waliochagua huduma hizi."
    " Viongozi hupokea taarifa za maendeleo kila wiki pamoja na mapendekezo ya kuboresha kazi."
)


def write(path: Path, text: str, title: str = "Level 1", front: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = f"---\ntitle: {title}\n{front}---\n\n## Aaa\n\n### Bbb\n\n{text}\n"
    path.write_text(content, encoding="utf-8")
    return path


def languages_of(*paths: Path) -> tuple[str, ...]:
    return load_model_source(list(paths)).model.languages


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language: str, tmp_path: Path) -> None:
    assert language_of_text(TEXTS[language]) == language
    assert languages_of(write(tmp_path / "level-1.md", TEXTS[language])) == (language,)


@pytest.mark.parametrize("front", ["language: fr", "lang: FR", "locale: fr", "language: Français"])
def test_front_matter_counts_more_than_anything_else(front: str, tmp_path: Path) -> None:
    path = write(tmp_path / "de" / "level-1.md", TEXTS["en"], front=f"{front}\n")

    assert languages_of(path) == ("fr",)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("content/fr/level-1.md", "Hmm", "fr"),
        ("content/pt_br/v1/level-1.md", TEXTS["pt"], "pt-BR"),
        ("zh-Hant/level-1.md", TEXTS["zh"], "zh-Hant"),
        ("pages-nl/level-1.md", "Hmm", "nl"),
        ("es-v2-1a2b/level-1.md", "Hmm", "es"),
        ("ja/level-1.md", "変更管理", "ja"),
        ("cy/level-1.md", "Mae'r timau'n cyhoeddi eu newidiadau eu hunain bob dydd.", "cy"),
        ("italiano/level-1.md", "Hmm", "it"),
        ("x/level-1.de.md", "Hmm", "de"),
    ],
)
def test_a_name_tells_the_language(name: str, text: str, language: str, tmp_path: Path) -> None:
    assert languages_of(write(tmp_path / name, text)) == (language,)


@pytest.mark.parametrize("folder", ["it", "team-it", "no", "de", "go-live"])
def test_a_folder_does_not_count_against_what_the_pages_say(folder: str, tmp_path: Path) -> None:
    assert languages_of(write(tmp_path / folder / "level-1.md", TEXTS["en"])) == ("en",)


def test_a_set_of_mixed_languages_is_named_as_such(tmp_path: Path, english: Translator) -> None:
    for level, language in enumerate(("zh", "zh", "en"), start=1):
        write(tmp_path / f"level-{level}.md", TEXTS[language], f"Level {level}")

    imported = load_model_source([tmp_path])

    assert imported.model.languages == ("zh",)
    assert imported.report.in_other_languages == (("level-3.md", "en"),)
    assert "1 page seems to be in another language: level-3.md (en)" in imported.report.lines(
        english
    )


def test_where_nothing_tells_the_language_it_is_asked_for(tmp_path: Path, refused: Refused) -> None:
    path = write(tmp_path / "x1" / "level-1.md", SWAHILI)

    (line,) = refused(lambda: load_model_source([path]))
    assert line.startswith("The language of the pages was not recognised; please choose it")
    assert load_model_source([path], "sw").model.languages == ("sw",)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Level 1", "en"),
        ("Stufe 1", "de"),
        ("Nivel 1", "es"),
        ("Nível 1", "pt"),
        ("Livello 1", "it"),
    ],
)
def test_with_hardly_any_text_the_word_for_level_decides(
    title: str, language: str, tmp_path: Path
) -> None:
    assert languages_of(write(tmp_path / "level-1.md", "Kubernetes", title)) == (language,)


def test_a_word_for_level_of_two_languages_decides_nothing(
    tmp_path: Path, refused: Refused
) -> None:
    path = write(tmp_path / "level-1.md", "Kubernetes", "Niveau 1")

    assert len(refused(lambda: load_model_source([path]))) == 1


@pytest.mark.parametrize("title", ["Level 1", "Уровень 1"])
@pytest.mark.parametrize("text", ["Команды не обучены.", "الفرق ليس لديها تدريب"])
def test_latin_words_for_level_say_nothing_of_a_text_in_other_letters(
    title: str, text: str, tmp_path: Path, refused: Refused
) -> None:
    path = write(tmp_path / "level-1.md", text, title)

    (line,) = refused(lambda: load_model_source([path]))
    assert line.startswith("The language of the pages was not recognised")


def test_code_and_addresses_are_no_words() -> None:
    code = "```\nthe and for with from that\n```\n`the` https://the.and.for/with x@the.com"

    assert language_of_text(f"{TEXTS['de']}\n{code}") == "de"
    assert language_of_text(code) is None


def test_without_pages_there_is_no_language() -> None:
    assert recognised_language([]) is None
    assert recognised_language([PageSigns("a", Path("/x1/a.md"), "", "")]) is None


@pytest.mark.parametrize(
    "text", ["<a" * 200_000, "{{" * 200_000, "a" * 400_000, "```\n" * 100_000, "a@" * 200_000]
)
def test_no_text_takes_long(text: str) -> None:
    started = time.monotonic()
    language_of_text(text)
    assert time.monotonic() - started < 2


# Ids and names in every script


@pytest.mark.parametrize(
    ("heading", "id_"),
    [
        ("Change control", "change-control"),
        ("Größe & Übersicht", "groesse-uebersicht"),
        ("Łódź", "lodz"),
        ("CI/CD", "ci-cd"),
    ],
)
def test_a_latin_heading_gives_a_readable_id(heading: str, id_: str) -> None:
    assert slug(heading, 40) == id_


@pytest.mark.parametrize(
    "heading", ["变更管理", "CI/CD 流程", "Управление", "स्तर", "!!!", "セキュリティ"]
)
def test_another_heading_gives_a_stable_id_of_its_own(heading: str) -> None:
    found = slug(heading, 40)

    assert re.fullmatch(r"(?:ci-cd-)?[0-9a-f]{8}", found)
    assert slug(f" {heading} ", 40) == found
    assert slug(f"{heading} 2", 40) != found


def test_an_area_has_the_same_id_alone_and_in_a_folder(tmp_path: Path) -> None:
    for level in (1, 2, 3):
        extra = "### 审计\n\n文字在这里。\n\n" if level == 1 else ""
        process = f"## 流程\n\n{extra}### 安全\n\n文字在这里。\n\n"
        content = f"# 级别 {level}：扩展\n\n{process}## 人员\n\n### 安全\n\n变更。\n"
        (tmp_path / f"level-{level}.md").write_text(content, encoding="utf-8")

    together = load_model_source([tmp_path]).model
    alone = load_model_source([tmp_path / "level-3.md"]).model

    assert together.languages == alone.languages == ("zh",)
    assert len(together.areas) == 3
    assert {area.id for area in alone.areas} < {area.id for area in together.areas}
    assert together.area(alone.areas[0].id).name.in_language("zh") == "安全"
    assert together.level(2).name.in_language("zh") == "扩展"
    assert together.level(5).name.in_language("zh") == "第5级"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Niveau 1 – Mise en place", "Mise en place"),
        ("Nivel 1: Operar", "Operar"),
        ("Livello 1 - Costruzione", "Costruzione"),
        ("Nível 1 — Construir", "Construir"),
        ("第1级：构建", "构建"),
        ("レベル1：構築", "構築"),
        ("Stufe 1 - Aufbau", "Aufbau"),
        ("Level 1 - Build", "Build"),
    ],
)
def test_a_level_name_is_cleaned_in_every_language(title: str, name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", TEXTS["en"], f'"{title}"')

    assert load_model_source([path], "en").model.level(1).name.in_language("en") == name


@pytest.mark.parametrize(
    ("folder", "language"),
    [
        ("cncf-cloud-native/en-v4-0139812", "en"),
        ("cncf-cloud-native/zh-v3-6a0b38c", "zh"),
        ("cncf-platform-engineering/en/v1/index.md", "en"),
        ("cncf-platform-engineering/es/v1/index.md", "es"),
        ("cncf-platform-engineering/ja/v1/index.md", "ja"),
        ("cncf-platform-engineering/zh/v1/index.md", "zh"),
    ],
)
def test_the_real_pages_are_recognised(folder: str, language: str, shared: Path) -> None:
    imported = load_model_source([shared / "testdata" / "models" / folder])

    assert imported.model.languages == (language,)
    mixed = [("level-3/index.md", "en")] if "zh-v3" in folder else []
    assert list(imported.report.in_other_languages) == mixed
