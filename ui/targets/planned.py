"""The planning problem of the open session, computed once per change."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import InvalidInput
from app.planning.effects import implied_levels
from app.planning.problem import ImpliedTarget, Problem
from app.planning.session_problem import session_problem
from app.session.session import Session
from ui.targets.prerequisites import root_cause


@dataclass(frozen=True)
class Planned:
    """A session and its problem, or why it has none."""

    session: Session
    problem: Problem | None
    fault: InvalidInput | None = None

    @classmethod
    def of(cls, session: Session) -> Planned:
        """Derive the problem; prerequisites in a circle become the fault."""
        try:
            return cls(session, session_problem(session))
        except InvalidInput as fault:
            return cls(session, None, fault)

    @property
    def implied(self) -> dict[str, int]:
        """By area the level that others require above its target."""
        return {} if self.problem is None else implied_levels(self.problem)

    def question_for(self, area_id: str) -> ImpliedTarget | None:
        """The implied target to ask about: of this area, else because of it, else the first."""
        if self.problem is None or not self.problem.implied:
            return None
        implied = self.problem.implied
        own = next((each for each in implied if each.area_id == area_id), None)
        caused = (each for each in implied if root_cause(self.problem, each)[0] == area_id)
        return own or next(caused, implied[0])
