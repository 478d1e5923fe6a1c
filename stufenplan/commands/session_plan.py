"""Command ``session plan``: the plan of a session, or of a planning problem in a file."""

from __future__ import annotations

import gettext
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypedDict, Unpack

import click

from app.errors import InvalidInput
from app.planning.best import DEFAULT_TIME_LIMIT
from app.planning.deriving import TOO_MANY_FIGURES
from app.planning.planning import make_plan
from app.planning.problem import MOST_PERIODS, StepKey
from app.planning.session_problem import planned_session
from app.session.plan_settings import PlanOrder, PlanSettings
from app.session.quarters import NO_QUARTER, Quarter
from app.words.texts import N_
from stufenplan.commands.console import (
    FILE,
    TEXT,
    Command,
    Console,
    Number,
    WholeNumber,
    json_option,
    option,
    pass_console,
    print_json,
    write,
)
from stufenplan.commands.opened import find_session, opened
from stufenplan.commands.plan_keys import plan_keys, session_plan_keys
from stufenplan.commands.plan_questions import answer_question
from stufenplan.commands.plan_text import print_plan, print_session_plan


class Replaced(TypedDict):
    """Options that replace a value of the session or the file; ``None`` where not given."""

    capacity: tuple[Fraction, ...] | None
    periods: int | None
    start: Quarter | None


class QuarterType(click.ParamType[Quarter]):
    """A quarter such as 2027-Q1."""

    name = "quarter"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Quarter:
        """Parse the quarter; raises ``BadParameter``."""
        try:
            return value if isinstance(value, Quarter) else Quarter.parse(value)
        except InvalidInput:
            self.fail(gettext.gettext(NO_QUARTER), param, ctx)


class CapacityType(click.ParamType[tuple[Fraction, ...]]):
    """Person-days per period, separated by commas."""

    name = "capacity"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Fraction, ...]:
        """Parse the figures; raises ``BadParameter``."""
        if isinstance(value, tuple):
            return value
        figures = [self._figure(text.strip()) for text in value.split(",")]
        found = tuple(each for each in figures if each is not None)
        if len(found) < len(figures):
            text = gettext.gettext(
                "“{text}” is no capacity. Give person-days per period, such as 40 or 40,40,60."
            )
            self.fail(text.format(text=value), param, ctx)
        return found

    @staticmethod
    def _figure(text: str) -> Fraction | None:
        """A decimal number that is 0 or more; ``None`` for anything else."""
        whole, _, decimals = text.partition(".")
        if not (whole + decimals).isascii() or not (whole + decimals).isdigit() or len(text) > 12:
            return None
        return Fraction(text)


@click.command(
    "plan", cls=Command, help=N_("Plan the steps to the targets into quarters, as capacity allows.")
)
@click.argument("session_id", type=TEXT, required=False, metavar="[SESSION]")
@option(
    "--input",
    "file",
    type=FILE,
    default=None,
    metavar="FILE.json",
    help=N_("A planning problem to plan instead of a session."),
)
@option(
    "--by",
    "order",
    type=click.Choice([each.value for each in PlanOrder]),
    default=None,
    help=N_("The best plan, or one by priority. Otherwise as the session says, else best."),
)
@option(
    "--capacity",
    type=CapacityType(),
    default=None,
    metavar="DAYS",
    help=N_("Person-days per period, the last of several going on, such as 40 or 40,40,60."),
)
@option(
    "--periods",
    type=WholeNumber(1, MOST_PERIODS),
    default=None,
    metavar="N",
    help=N_("Number of periods."),
)
@option(
    "--start",
    type=QuarterType(),
    default=None,
    metavar="YYYY-QN",
    help=N_("The quarter of period 1, such as 2027-Q1."),
)
@option(
    "--time-limit",
    type=Number(0.01, 3600),
    default=DEFAULT_TIME_LIMIT,
    metavar="SECONDS",
    help=N_("How long to look for the best plan. Otherwise 2 seconds."),
)
@option(
    "--question",
    type=TEXT,
    default=None,
    metavar="QUESTION",
    help=N_(
        "Instead of the plan: capacity (smallest one for all steps), end (earliest one), or the"
        " least effort for a level of a dimension, such as technology:3."
    ),
)
@json_option
@pass_console
def plan(
    console: Console,
    /,
    session_id: str | None,
    file: Path | None,
    order: str | None,
    time_limit: float,
    question: str | None,
    as_json: bool,
    **replaced: Unpack[Replaced],
) -> None:
    """Plan and show the plan; nothing is stored."""
    if (session_id is None) == (file is None):
        raise InvalidInput(N_("Please name either a session, or a file with --input."))
    if question is not None and file is not None:
        raise InvalidInput(N_("Questions are answered for sessions only."))
    wanted = None if order is None else PlanOrder(order)
    tr = console.translator
    if file is not None:
        from data.plans.instance import Overrides, read_instance

        problem = read_instance(file, Overrides(**replaced))
        made = make_plan(problem, wanted or PlanOrder.BEST, time_limit=time_limit)
        if as_json:
            print_json(plan_keys(made, _bare_name, tr))
        else:
            print_plan(made, _bare_name, tr)
        return
    with opened(console) as library:
        session = find_session(library, session_id or "")
    session = replace(session, plan=_settings(session.plan, **replaced))
    if question is not None:
        answer = answer_question(session, question, tr, time_limit)
        if as_json:
            print_json(answer)
        else:
            for sentence in answer["text"]:
                write(sentence)
        return
    planned = planned_session(session)
    made = make_plan(planned.problem, wanted or session.plan.order, time_limit=time_limit)
    if as_json:
        print_json(session_plan_keys(session, planned, made, tr))
    else:
        print_session_plan(session, planned, made, tr)


def _bare_name(key: StepKey) -> str:
    """Area and level of a step, in a problem without names."""
    return f"{key[0]} {key[1]}"


def _settings(plan: PlanSettings, **replaced: Unpack[Replaced]) -> PlanSettings:
    """The settings with the values of options in place of their own."""
    capacity, periods = replaced["capacity"], replaced["periods"] or plan.periods
    if capacity is not None and len(capacity) > periods:
        raise InvalidInput(TOO_MANY_FIGURES, count=len(capacity), periods=periods)
    return replace(
        plan,
        capacity=plan.capacity if capacity is None else capacity,
        periods=periods,
        start=replaced["start"] or plan.start,
    )
