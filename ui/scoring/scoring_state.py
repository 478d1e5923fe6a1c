"""State shared by the parts of the scoring page: workspace, current area, target mode."""

from __future__ import annotations

from app.model.maturity_model import Area
from app.session.rating import Rating
from app.session.session import Session
from app.workshop.workshop import Workshop
from ui.context import Context
from ui.workspace import Workspace


class ScoringState:
    """Shared by the page, its filling and its edits."""

    def __init__(self, context: Context, workspace: Workspace) -> None:
        self.context = context
        self.workspace = workspace
        #: True while digits and cards set the target instead of the level.
        self.is_choosing_target = False
        #: The level that was pressed on an area that is not applicable, until it is confirmed.
        self.doubted_level: int | None = None

    @property
    def workshop(self) -> Workshop:
        """The workshop that makes all changes."""
        return self.workspace.workshop

    @property
    def session(self) -> Session:
        """The open session."""
        return self.workspace.session

    @property
    def area_id(self) -> str:
        """Id of the current area; empty if the model has no areas."""
        return self.workspace.area_id

    @property
    def area(self) -> Area | None:
        """The current area; ``None`` if the model has no areas."""
        return self.session.model.area(self.area_id) if self.area_id else None

    @property
    def rating(self) -> Rating:
        """The rating of the current area."""
        return self.session.rating(self.area_id)

    @property
    def position(self) -> int:
        """Position of the current area in the model, from 0."""
        return self.session.model.position_of(self.area_id) if self.area_id else 0
