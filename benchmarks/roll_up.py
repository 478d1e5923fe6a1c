"""Roll-up of teams read from a library: 800 teams compared with 50, per team."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

from app.comparison.teams import latest_of_each_unit, team_groups
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.rating import Rating
from app.session.session import NewSession
from benchmarks.measure import Row, exponent, in_turns, milliseconds
from benchmarks.samples import DAY

SIZES = (50, 100, 200, 400, 800)
PER_DEPARTMENT = 10


def measure() -> list[Row]:
    """Load the latest session of each team, roll up the tree, find spreads and who can ask whom."""
    from data.library.library import open_library
    from data.models.builtin import builtin_model

    model = builtin_model("cloud-native")
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "teams.stufenplan", create=True)
        clients = {size: _client_with(library, size, model) for size in SIZES}

        def per_team(size: int) -> float:
            return milliseconds(lambda: _roll_up(library, clients[size], size)) / size

        ours, bare = in_turns(lambda: per_team(SIZES[-1]), lambda: per_team(SIZES[0]))
        took = {size: min(per_team(size) for _ in range(3)) * size for size in SIZES}
        library.close()
    slope = exponent(list(took), list(took.values()))
    times = ", ".join(f"{size} in {ms:.0f} ms" for size, ms in took.items())
    note = f"teams {times}; exponent {slope:.2f}"
    name = f"roll-up of {SIZES[-1]} teams, per team, against {SIZES[0]}"
    return [Row(name, ours, bare, "ms", 1.3, note)]


def _client_with(library: Library, teams: int, model: MaturityModel) -> str:
    """A client with departments of ten teams, each with a scored session; its id."""
    name = f"Client with {teams} teams"
    for number in range(teams):
        ratings = tuple(
            Rating(area.id, level=Fraction(1 + (number + index) % 5))
            for index, area in enumerate(model.areas)
        )
        unit = f"Department {number // PER_DEPARTMENT}/Team {number}"
        library.create_session(
            NewSession(name, model, f"W {number}", unit, date=DAY, ratings=ratings)
        )
    return library.add_organisation(name).id


def _roll_up(library: Library, client_id: str, teams: int) -> None:
    latest = latest_of_each_unit(library.dated_sessions(client_id))
    units = library.units(client_id)
    (group,) = team_groups([library.load_session(each.id) for each in latest])
    rolled = group.roll_up(units)
    asked = [question for area in group.widest for question in area.questions]
    if len(group.teams) != teams or len(rolled) < teams or not asked or not group.overall.mean:
        raise SystemExit("teams are missing")
