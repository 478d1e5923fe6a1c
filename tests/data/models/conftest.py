"""Model files and pages for the tests of importers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import InvalidFile
from app.words.texts import Translator

FILES = Path(__file__).parents[2] / "files" / "models"
SHARED = Path(__file__).parents[3].parent / "shared"

Refused = Callable[[Callable[[], object]], list[str]]


@pytest.fixture(scope="session")
def files() -> Path:
    """Our own small model files and pages."""
    return FILES


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real pages, which stand beside the repository on some machines."""
    if not SHARED.is_dir():
        pytest.skip("the real pages are not on this machine")
    return SHARED


@pytest.fixture
def english() -> Translator:
    return Translator("en")


@pytest.fixture
def refused(english: Translator) -> Refused:
    """Calls something that must refuse a file, and gives the lines that say why."""

    def call(read: Callable[[], object]) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            read()
        assert caught.value.faults
        assert caught.value.say(english).endswith("cannot be used as a maturity model.")
        return caught.value.lines(english)

    return call


@pytest.fixture
def answer(english: Translator) -> Callable[[Callable[[], object]], object]:
    """What a reader gives back: its result, or the lines that say why it refused."""

    def call(read: Callable[[], object]) -> object:
        try:
            return read()
        except InvalidFile as error:
            return error.lines(english)

    return call
