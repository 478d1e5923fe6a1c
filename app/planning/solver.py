"""Binary programs for HiGHS, the only module that imports highspy."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import accumulate
from math import isfinite
from typing import TYPE_CHECKING, Any

from app.jobs import import_lock

if TYPE_CHECKING:
    import highspy

SEED = 0

MAX_MAGNITUDE = 10**8
"""Largest sum of coefficients of a row or objective whose last unit counts.

HiGHS computes in doubles, 16 digits, with absolute tolerances of 1e-6: up to here an error of a
whole unit is out of its reach, so that its bound may be rounded down to one.
"""

_OPTIONS: Mapping[str, bool | int | float | str] = {
    "threads": 1,
    "parallel": "off",
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,  # objectives are whole numbers
    # Measured on 40 plans of 22 areas: a third of the time that the defaults take.
    "mip_allow_restart": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_pool_soft_limit": 10,
}

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """Lower ≤ Σ coefficient · variable ≤ upper, in whole numbers; ``None`` leaves a side open."""

    terms: Mapping[int, int]
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True)
class Program:
    """Maximise Σ coefficient · variable over variables that are 0 or 1.

    ``variables`` is their number; they are counted from 0.
    """

    variables: int
    objective: Mapping[int, int]
    rows: Sequence[Row] = field(default=())


class Ending(Enum):
    """End of a search."""

    FINISHED = auto()
    INFEASIBLE = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """Result of a search.

    ``chosen`` are the variables that are 1, ``None`` where no solution was found. ``bound`` is
    the largest value that a solution can have in the solver's floating-point numbers; ``None``
    where nothing is known.
    """

    ending: Ending
    chosen: frozenset[int] | None = None
    bound: float | None = None


class Deadline:
    """Time that several searches share, in seconds from now."""

    def __init__(self, seconds: float, cancelled: Cancelled | None = None) -> None:
        self._ends = time.monotonic() + seconds
        self._cancelled = cancelled

    def part(self, share: float) -> Deadline:
        """A deadline after a share of the time that is left."""
        return Deadline(self.seconds * share, self._cancelled)

    @property
    def seconds(self) -> float:
        """Seconds that are left, 0 once it has passed or was cancelled."""
        if self._cancelled is not None and self._cancelled():
            return 0.0
        return max(0.0, self._ends - time.monotonic())


def load() -> bool:
    """Import the solver, so that no deadline runs meanwhile; False if there is none."""
    try:
        with import_lock:
            import highspy  # noqa: F401
    except Exception:  # noqa: BLE001 (whatever fails, the plan by priority stands)
        return False
    return True


def solve(
    program: Program, deadline: Deadline, start: Collection[int] = (), seed: int = SEED
) -> Answer | None:
    """Search for a best solution with one thread; ``None`` where there is no working solver.

    ``start`` are the variables of a known solution that are 1. The same program ends with the
    same answer unless the deadline stops it.
    """
    if not load():
        return None
    try:
        return _solve(program, deadline, start, seed)
    except Exception:  # noqa: BLE001 (whatever fails, the plan by priority stands)
        return None


def _solve(
    program: Program, deadline: Deadline, start: Collection[int], seed: int
) -> Answer | None:
    import highspy

    if not program.variables:
        return _without_variables(program)
    seconds = deadline.seconds
    if not seconds:
        return Answer(Ending.STOPPED)
    highs = silent_solver()
    for option, value in {**_OPTIONS, "random_seed": seed, "time_limit": seconds}.items():
        highs.setOptionValue(option, value)
    highs.passModel(model_of(program))
    if start:
        known = highspy.HighsSolution()
        known.col_value = [1.0 if i in start else 0.0 for i in range(program.variables)]
        highs.setSolution(known)

    def stop_if_cancelled(event: Any) -> None:
        if not deadline.seconds:
            event.interrupt()

    highs.cbMipInterrupt += stop_if_cancelled
    highs.cbSimplexInterrupt += stop_if_cancelled
    highs.run()
    return _answer(highs, program)


def silent_solver() -> Any:
    """A solver that prints nothing."""
    import highspy

    class Silent(highspy.Highs):
        """Silent before the first callback, with which the solver introduces itself on stdout."""

        def enableCallbacks(self) -> None:  # noqa: N802 (the name of highspy)
            self.silent()
            enable: Callable[[], None] = super().enableCallbacks
            enable()

    new: Callable[[], Any] = Silent  # highspy annotates neither this nor the method above
    return new()


def _without_variables(program: Program) -> Answer:
    if any(row.lower is not None and row.lower > 0 for row in program.rows):
        return Answer(Ending.INFEASIBLE)
    return Answer(Ending.FINISHED, frozenset(), 0.0)


def model_of(program: Program) -> highspy.HighsLp:
    """The program in the solver's form."""
    import highspy

    free = highspy.kHighsInf
    model = highspy.HighsLp()
    model.num_col_ = program.variables
    model.num_row_ = len(program.rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = [float(program.objective.get(i, 0)) for i in range(program.variables)]
    model.col_lower_ = [0.0] * program.variables
    model.col_upper_ = [1.0] * program.variables
    model.integrality_ = [highspy.HighsVarType.kInteger] * program.variables
    model.row_lower_ = [-free if row.lower is None else float(row.lower) for row in program.rows]
    model.row_upper_ = [free if row.upper is None else float(row.upper) for row in program.rows]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_ = program.variables
    matrix.num_row_ = len(program.rows)
    matrix.start_ = [0, *accumulate(len(row.terms) for row in program.rows)]
    matrix.index_ = [i for row in program.rows for i in row.terms]
    matrix.value_ = [float(c) for row in program.rows for c in row.terms.values()]
    return model


def _answer(highs: Any, program: Program) -> Answer:
    import highspy

    status = highs.getModelStatus()
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,  # nothing here is unbounded
    ):
        return Answer(Ending.INFEASIBLE)
    finished = status == highspy.HighsModelStatus.kOptimal
    info = highs.getInfo()
    chosen = None
    if info.primal_solution_status == highspy.kSolutionStatusFeasible:
        values = highs.getSolution().col_value
        chosen = frozenset(i for i, value in enumerate(values) if value > 0.5)
    bound = info.mip_dual_bound
    return Answer(
        Ending.FINISHED if finished else Ending.STOPPED,
        chosen,
        bound if isfinite(bound) else None,
    )
