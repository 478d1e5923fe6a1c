"""Figures as picture files: PNG, SVG and PDF with title, description and language."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from app.errors import InvalidInput
from app.words.texts import N_, Translator
from exports.radar.described import described_pdf, described_svg, png_texts
from exports.radar.plotting import Figure

CHART_ENDINGS = (".png", ".svg", ".pdf")
_PNG_SCALE = 2

PICTURE_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "stufenplan",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "axes.unicode_minus": True,
}
"""Settings of matplotlib under which pictures are drawn and saved."""


def check_ending(ending: str) -> None:
    """Raise ``InvalidInput`` for an ending that no picture has."""
    if ending not in CHART_ENDINGS:
        raise InvalidInput(
            N_("A chart is written to a file that ends in one of {known}, not “{name}”."),
            known=" ".join(CHART_ENDINGS),
            name=ending,
        )


def picture_bytes(
    figure: Figure, ending: str, title: str, said: str, tr: Translator, *, transparent: bool = False
) -> bytes:
    """A figure as the content of a picture file, the same bytes every time.

    ``said`` describes it for those who do not see it.
    """
    named = {"Title": title}
    pdf = {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None}
    metadata: dict[str, dict[str, Any]] = {
        "png": {"Software": None, **png_texts(title, said, tr)},
        "svg": {"Date": None, **named},
        "pdf": {**pdf, **named, "Subject": said},
    }
    kind = ending.lstrip(".")
    file = BytesIO()
    figure.savefig(
        file,
        format=kind,
        dpi=72 * _PNG_SCALE,
        metadata=metadata[kind],
        transparent=transparent,
    )
    picture = file.getvalue()
    if ending == ".svg":
        return described_svg(picture, title, said, tr)
    return described_pdf(picture, tr) if ending == ".pdf" else picture
