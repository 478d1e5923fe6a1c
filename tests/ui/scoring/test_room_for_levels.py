"""The levels have the room: what of their texts is in view at which size of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import built_window, leave
from fakes import FakeServices, builtin_model
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.session.session import NewSession
from ui.scoring.level_cards import LevelCard
from ui.scoring.reason_card import ReasonCard
from ui.shell.settings import Settings
from ui.shell.shell import Shell
from ui.widgets.flow_layout import FittingScroll
from ui.widgets.flowing_text import FlowingText

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
    shell.frame.fit_type()  # the window in the other language may have left another size
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


def test_a_text_that_goes_on_says_how_much_more_there_is(pages: dict[str, Shell]) -> None:
    card = cards_of(pages["de"], "business.outcomes", (1280, 720))[4]
    hidden = card.reading.hidden_below()
    assert hidden > 0
    more = card.reading.findChild(QWidget, "more")
    assert more.isVisible()
    assert more.accessibleName() == f"{hidden} weitere"
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert card.reading.hidden_below() < hidden
    assert pages["de"].workspace.session.rating("business.outcomes").level is None


def test_a_text_that_fits_says_nothing_about_more(pages: dict[str, Shell]) -> None:
    card = cards_of(pages["en"], "people.overview", (1440, 900))[0]
    assert card.reading.hidden_below() == 0
    assert not card.reading.findChild(QWidget, "more").isVisible()


def test_the_arrow_keys_scroll_the_texts_of_all_levels(pages: dict[str, Shell]) -> None:
    shell = pages["de"]
    cards = cards_of(shell, "business.outcomes", (1280, 720))
    before = [card.reading.hidden_below() for card in cards]
    for _ in range(12):
        QTest.keyClick(shell.page, Qt.Key.Key_Down)
    assert sum(before) > 0
    assert [card.reading.hidden_below() for card in cards] == [0] * 5
    for _ in range(12):
        QTest.keyClick(shell.page, Qt.Key.Key_Up)
    assert [card.reading.hidden_below() for card in cards] == before


def test_the_reason_grows_while_it_is_used_and_shrinks_again(
    qtbot: QtBot, pages: dict[str, Shell]
) -> None:
    shell = pages["de"]
    cards = cards_of(shell, "process.overview", (1280, 720))
    reason = shell.frame.findChild(ReasonCard)
    small, high = reason.height(), cards[0].height()
    with qtbot.waitActive(shell.frame):
        shell.frame.activateWindow()
    shell.actions_table.run("note")
    qtbot.waitUntil(lambda: reason.height() > small)
    qtbot.waitUntil(lambda: cards[0].height() < high)
    assert shell.frame.rect().contains(reason.mapTo(shell.frame, reason.rect().bottomRight()))
    shell.page.setFocus()
    qtbot.waitUntil(lambda: (reason.height(), cards[0].height()) == (small, high))


def test_a_note_that_is_cut_shows_whole_lines_and_the_rest_as_a_tooltip(
    pages: dict[str, Shell],
) -> None:
    shell = pages["de"]
    cards_of(shell, "business.outcomes", (1280, 720))
    shell.workspace.workshop.set_note("business.outcomes", NOTE * 3)
    QApplication.processEvents()
    note = shell.frame.findChild(ReasonCard).note
    note.repaint()
    assert note.viewport().height() % note.line_height() <= 3
    assert NOTE.strip() in note.toolTip()


@pytest.mark.parametrize(
    "size",
    [
        (1280, 720),
        *(pytest.param(each, marks=pytest.mark.slow) for each in ((1440, 900), (1920, 1080))),
    ],
)
def test_the_short_sentence_has_one_size_in_all_areas(
    pages: dict[str, Shell], size: tuple[int, int]
) -> None:
    heights = set()
    for area_id in AREAS:
        for card in cards_of(pages["de"], area_id, size)[:1]:
            layout = card.reading.findChild(FlowingText)._placed[0][0]
            heights.add(layout.font().pixelSize())
    assert len(heights) == 1


@pytest.mark.parametrize(
    "size",
    [
        (1280, 720),
        *(pytest.param(each, marks=pytest.mark.slow) for each in ((960, 540), (1440, 900))),
    ],
)
def test_no_page_scrolls_where_all_its_parts_fit(
    qtbot: QtBot, pages: dict[str, Shell], size: tuple[int, int]
) -> None:
    shell = pages["de"]
    cards_of(shell, "people.overview", size)
    assert shell.page_named(shell.page_name).body.scroll_range() == 0
    if size[1] >= 720:
        shell.show_page("results")
        qtbot.waitUntil(lambda: shell.frame.findChild(QWidget, "radar") is not None)
        QApplication.processEvents()
        assert shell.page_named(shell.page_name).body.scroll_range() == 0


def test_evidence_that_finds_no_room_can_be_scrolled_to(
    qtbot: QtBot, pages: dict[str, Shell]
) -> None:
    shell = pages["de"]
    area_id = AREAS[0]
    cards_of(shell, area_id, (960, 540))
    for number in (1, 2):
        shell.workspace.workshop.add_link(
            area_id, f"https://example.org/{number}", f"Nachweis mit einem langen Namen {number}"
        )
    reason = shell.frame.findChild(ReasonCard)
    strip = reason.findChild(FittingScroll, "evidence-strip")
    qtbot.waitUntil(lambda: strip.verticalScrollBar().isVisible())
    qtbot.waitUntil(lambda: strip.mapTo(reason, strip.rect().bottomLeft()).y() < reason.height())
