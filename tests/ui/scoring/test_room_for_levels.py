"""The levels have the room: what of their texts is in view at which size of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import built_window, leave
from fakes import FakeServices, builtin_model
from PySide6.QtWidgets import QApplication

from app.session.session import NewSession
from ui.scoring.level_cards import LevelCard
from ui.shell.settings import Settings
from ui.shell.shell import Shell

AREAS = [area.id for area in builtin_model().areas]
SOME = ("people.overview", "process.change-control", "business.outcomes")
LANGUAGES = ("de", "en")
NOTE = "Das Plattformteam ist seit Juli offizielles Kompetenzzentrum. " * 4


@pytest.fixture(scope="module")
def pages(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Shell]]:
    """A window per language, on a session of which every second area has a long reason."""
    assert qapp
    shells = {}
    for language in LANGUAGES:
        folder = tmp_path_factory.mktemp("room")
        services, settings = FakeServices(folder), Settings(folder / "settings.ini")
        settings.put("view/theme", "light")
        library = services.open_library(services.default_library(), create=True)
        shell = built_window(services, settings, language)
        shell.libraries.open_at_start(None)
        shell.frame.show()
        new = NewSession("Nordwerk AG", builtin_model(), "Workshop", "Team", language=language)
        shell.flows.sessions.open(library.create_session(new).id)
        for area_id in AREAS[::2]:
            shell.workspace.workshop.set_level(area_id, 3)
            shell.workspace.workshop.set_note(area_id, NOTE)
        shells[language] = shell
    yield shells
    for shell in shells.values():
        leave(shell)


def cards_of(shell: Shell, area_id: str, size: tuple[int, int]) -> list[LevelCard]:
    """The level cards of an area in a window of this size."""
    shell.frame.resize(*size)
    shell.workspace.go_to(area_id)
    shell.show_page("scoring")
    QApplication.processEvents()
    return shell.frame.findChildren(LevelCard)


def in_view(card: LevelCard) -> tuple[bool, int, bool]:
    """If the sentence is in view, how many indicators are, and if that is everything."""
    paragraphs = card.reading.paragraphs()
    shown = paragraphs[: len(paragraphs) - card.reading.hidden_below()]
    sentence = [paragraph for paragraph in paragraphs if not paragraph.is_item]
    indicators = sum(paragraph.is_item for paragraph in shown)
    return shown[: len(sentence)] == tuple(sentence), indicators, shown == paragraphs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "area_ids", [SOME, pytest.param(tuple(AREAS), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_small_laptop_shows_the_sentence_and_two_indicators_of_every_level(
    pages: dict[str, Shell], language: str, area_ids: tuple[str, ...]
) -> None:
    for area_id in area_ids:
        for card in cards_of(pages[language], area_id, (1280, 720)):
            has_sentence, indicators, is_all = in_view(card)
            assert has_sentence, (area_id, card.number)
            assert is_all or indicators >= 2, (area_id, card.number, indicators)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "area_ids", [SOME, pytest.param(tuple(AREAS), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_usual_screen_shows_four_of_five_levels_whole(
    pages: dict[str, Shell], language: str, area_ids: tuple[str, ...]
) -> None:
    for area_id in area_ids:
        whole = [in_view(card)[2] for card in cards_of(pages[language], area_id, (1440, 900))]
        assert sum(whole) >= 4, (area_id, whole)
