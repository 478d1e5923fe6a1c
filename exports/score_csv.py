"""Scores as CSV for a spreadsheet; ``data/sessions/score_csv.py`` reads it back unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

from app.session.rating import CONFIDENCE_WORDS, Rating
from app.session.score_words import SCORES
from app.session.session import Session
from app.words.formula_guard import guarded
from app.words.texts import Translator
from data.files import write_document_bytes

_DECIMALS = 20


def write_scores(session: Session, target: Path, translator: Translator) -> None:
    """Write all ratings, one area a row, as Excel opens it in the readers' language.

    UTF-8 with a byte order mark; in German with semicolons and decimal commas. Raises
    ``StorageUnavailable`` when the file cannot be written; the old file is then untouched.
    """
    write_document_bytes(target, score_text(session, translator).encode("utf-8-sig"))


def score_text(session: Session, translator: Translator) -> str:
    """The content of the file."""
    stream = io.StringIO(newline="")
    delimiter = ";" if translator.language == "de" else ","
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([translator.gettext(heading) for heading in SCORES.headings.values()])
    for dimension, area in session.model.entries():
        names = (dimension.name, area.label or area.name)
        shown = [text.line_in(session.language) for text in names]
        cells = (area.id, *shown, *_cells(session.rating(area.id), translator))
        writer.writerow([guarded(cell) for cell in cells])
    return stream.getvalue()


def _cells(rating: Rating, tr: Translator) -> Iterator[str]:
    yield "" if rating.level is None else _number(rating.level, tr)
    yield "" if rating.target is None else str(rating.target)
    yield _number(rating.weight, tr)
    yield "" if rating.confidence is None else tr.gettext(CONFIDENCE_WORDS[rating.confidence])
    yield rating.note
    yield rating.not_applicable or ""
    yield "" if rating.target_date is None else rating.target_date.isoformat()
    yield rating.target_reason
    yield rating.target_sponsor


def _number(value: Fraction, tr: Translator) -> str:
    """The number in full, with at most 20 decimal places."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        short = exact.quantize(Decimal(1).scaleb(-_DECIMALS), ROUND_HALF_UP)
    text = f"{short:f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if tr.language == "de" else text
