"""Sessions of a model with two dimensions, and one targets page that shows them in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from fakes import FakeLibrary, FakeServices
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from target_models import NOVEMBER, two_dimensions

from app.model.maturity_model import MaturityModel
from app.session.rating import Rating
from app.session.session import NewSession, Session
from exports.palette import LIGHT
from ui.context import Context
from ui.open_state import OpenState
from ui.targets.targets_page import TargetsPage
from ui.theme import apply_theme, apply_type_size
from ui.type_scale import DRAWN

Show = Callable[[Session], TargetsPage]
Add = Callable[..., Session]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> FakeServices:
    return FakeServices(tmp_path_factory.mktemp("targets"))


@pytest.fixture(scope="module")
def context(qapp: QApplication, services: FakeServices) -> Iterator[Context]:
    """The context of all tests of a module."""
    apply_theme(qapp, LIGHT)
    apply_type_size(qapp, DRAWN)
    context = Context(services)
    yield context
    context.deleteLater()


@pytest.fixture(scope="module")
def state(context: Context, services: FakeServices) -> OpenState:
    state = OpenState(context, context)
    state.open_library(services.open_library(services.default_library(), create=True))
    return state


@pytest.fixture
def library(state: OpenState) -> Iterator[FakeLibrary]:
    library = state.library
    assert isinstance(library, FakeLibrary)
    yield library
    library.read_only = None


@pytest.fixture
def add(library: FakeLibrary) -> Add:
    """Adds a session with these levels; ``"n/a"`` for an area that does not apply."""

    def added(
        *levels: int | str | None, model: MaturityModel | None = None, **targets: int
    ) -> Session:
        model = model or two_dimensions()
        ratings = tuple(
            Rating(area.id, not_applicable="Not ours")
            if level == "n/a"
            else Rating(
                area.id,
                None if level is None else Fraction(level),
                target=targets.get(area.id.partition(".")[0]),
            )
            for area, level in zip(model.areas, levels, strict=True)
        )
        new = NewSession(
            "Nordwerk AG", model, "Workshop", "Platform team", NOVEMBER, ratings=ratings
        )
        return library.create_session(new)

    return added


@pytest.fixture(scope="module")
def one_page(context: Context, state: OpenState, services: FakeServices) -> Iterator[TargetsPage]:
    """The page of all tests of a module, first on an unscored session."""
    library = services.libraries[services.default_library()]
    state.open_session(library.create_session(NewSession("A", two_dimensions(), "First")).id)
    page = TargetsPage(context, state.workspace)
    state.session_opened.connect(lambda: page.set_workspace(state.workspace))
    page.resize(1280, 650)
    page.show()
    page.on_shown()
    QApplication.processEvents()
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def show(qapp: QApplication, one_page: TargetsPage, state: OpenState) -> Iterator[Show]:
    """Opens a session and shows the page."""

    def shown(session: Session) -> TargetsPage:
        state.open_session(session.id)
        one_page.activateWindow()
        one_page.on_shown()
        qapp.processEvents()
        return one_page

    yield shown
    for dialog in one_page.findChildren(QDialog):
        dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
