"""Changes to variants of the plan: scenarios and frozen versions."""

from __future__ import annotations

from app.errors import InvalidInput
from app.planning.scenarios import scenario_of, scenario_values
from app.session.field_types.plan_variants import SCENARIOS
from app.session.plan_versions import PlanVersion
from app.session.scenarios import Scenario
from app.words.texts import N_
from app.workshop.planning import Planning

NO_SCENARIO = N_("There is no scenario “{name}”.")


class PlanVariants(Planning):
    """A running session whose plan has alternatives and frozen versions."""

    def keep_scenario(self, name: str) -> Scenario:
        """Keep the plan as it is now under a name; a scenario of the same name is replaced.

        Raises ``InvalidInput`` for an empty name.
        """
        wanted = scenario_of(self._session, name)
        scenario: Scenario = SCENARIOS.typed((wanted,), self._session.model)[0]
        others = self._session.scenarios
        same = [each.name.casefold() == scenario.name.casefold() for each in others]
        if any(same):
            kept = tuple(
                scenario if is_same else each for each, is_same in zip(others, same, strict=True)
            )
        else:
            kept = (*others, scenario)
        self._change({(None, "scenarios"): kept})
        return scenario

    def remove_scenario(self, name: str) -> None:
        """Remove a scenario; raises ``InvalidInput`` for an unknown one."""
        scenario = self._scenario(name)
        kept = tuple(each for each in self._session.scenarios if each != scenario)
        self._change({(None, "scenarios"): kept})

    def use_scenario(self, name: str) -> None:
        """Make a scenario the plan of the session, as one step.

        Raises ``InvalidInput`` for an unknown one.
        """
        wanted = dict(scenario_values(self._session, self._scenario(name)))
        if wanted:
            self._change(wanted)

    def freeze_plan(self, version: PlanVersion) -> None:
        """Add a version (:func:`app.planning.versions.frozen`)."""
        self._change({(None, "plan_versions"): (*self._session.plan_versions, version)})

    def _scenario(self, name: str) -> Scenario:
        for scenario in self._session.scenarios:
            if scenario.name == name:
                return scenario
        raise InvalidInput(NO_SCENARIO, name=name)
