"""Reads what is typed into the forms of the plan, and writes values as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from app.errors import InvalidInput
from app.session.plan_settings import Budget, TeamCapacity
from app.session.quarters import Quarter
from app.words.numbers import exact
from app.words.plan_words import quarter_in_words
from app.words.target_days import named_quarter
from app.words.texts import N_, Translator

NO_NUMBER = N_("“{text}” is not a number. Please enter one such as 12 or 12.5.")
NO_QUARTER = N_("“{text}” is not a quarter. Please enter one such as Q1 2027.")
NO_TEAM = N_("“{text}” is not a team. Please enter a name, a colon and days, such as IT: 20.")
NO_BUDGET = N_("“{text}” is not a budget. Please enter a year, a colon and an amount.")
NO_CLASS = N_("“{text}” is not an effort. Please enter a class, a colon and days, such as S: 5.")
_BETWEEN = re.compile(r"[;\s]+|,\s+")


def typed_number(text: str) -> Fraction | None:
    """A number with a point or a comma; ``None`` for a blank. Raises ``InvalidInput``."""
    cleaned = text.strip()
    if not cleaned:
        return None
    try:
        return exact(cleaned.replace(",", "."))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise InvalidInput(NO_NUMBER, text=cleaned) from None


def typed_numbers(text: str) -> tuple[Fraction, ...]:
    """Numbers with spaces, semicolons, or commas and spaces between them."""
    pieces = (piece for piece in _BETWEEN.split(text.strip().rstrip(",;")) if piece)
    numbers = (typed_number(piece) for piece in pieces)
    return tuple(number for number in numbers if number is not None)


def typed_quarter(text: str) -> Quarter | None:
    """A quarter such as ``Q1 2027`` or ``2027-Q1``; ``None`` for a blank."""
    cleaned = text.strip()
    if not cleaned:
        return None
    quarter = named_quarter(cleaned)
    if quarter is None:
        raise InvalidInput(NO_QUARTER, text=cleaned)
    return quarter


def typed_quarters(text: str) -> tuple[Quarter, ...]:
    """Quarters with commas or semicolons between them."""
    quarters = (typed_quarter(piece) for piece in re.split(r"[,;\n]", text))
    return tuple(sorted({quarter for quarter in quarters if quarter is not None}))


def typed_teams(text: str) -> tuple[TeamCapacity, ...]:
    """A line for each team: its name, a colon, and its days a quarter."""
    teams = []
    for line in _lines(text):
        name, colon, figures = line.rpartition(":")
        days = typed_numbers(figures) if colon and name.strip() else ()
        if not days:
            raise InvalidInput(NO_TEAM, text=line)
        teams.append(TeamCapacity(name.strip(), days))
    return tuple(teams)


def typed_budgets(text: str) -> tuple[Budget, ...]:
    """A line for each year: the year, a colon, and the amount."""
    budgets = []
    for line in _lines(text):
        year, _, figure = line.partition(":")
        amount = typed_number(figure.replace(" ", ""))
        if amount is None or not year.strip().isdecimal():
            raise InvalidInput(NO_BUDGET, text=line)
        budgets.append(Budget(int(year), amount))
    return tuple(budgets)


def typed_efforts(text: str) -> tuple[tuple[str, Fraction], ...]:
    """Effort classes with their days: ``S: 5; M: 15``."""
    efforts = []
    for piece in re.split(r"[;\n]|,\s", text):
        if not piece.strip():
            continue
        name, colon, figure = piece.partition(":")
        days = typed_number(figure) if colon else None
        if days is None or not name.strip():
            raise InvalidInput(NO_CLASS, text=piece.strip())
        efforts.append((name.strip(), days))
    return tuple(efforts)


def written_numbers(numbers: Iterable[Fraction], tr: Translator) -> str:
    """Numbers as they are typed."""
    return "; ".join(tr.number(number) for number in numbers)


def written_quarters(quarters: Iterable[Quarter]) -> str:
    """Quarters as they are typed."""
    return ", ".join(quarter_in_words(quarter) for quarter in quarters)


def written_teams(teams: Sequence[TeamCapacity], tr: Translator) -> str:
    """Teams as they are typed."""
    return "\n".join(f"{team.name}: {written_numbers(team.capacity, tr)}" for team in teams)


def written_budgets(budgets: Sequence[Budget], tr: Translator) -> str:
    """Budgets as they are typed."""
    return "\n".join(f"{budget.year}: {tr.number(budget.amount)}" for budget in budgets)


def written_efforts(efforts: Iterable[tuple[str, Fraction]], tr: Translator) -> str:
    """Effort classes as they are typed."""
    return "; ".join(f"{name}: {tr.number(days)}" for name, days in efforts)


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
