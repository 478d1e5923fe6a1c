"""Makes pictures readable for machines: title, description and language."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from app.figures.scoring import ScoringState
from app.words.texts import Translator
from exports.radar.data import Axis, RadarData

_OWN_TITLE = re.compile(rb"\s*<title>[^<]*</title>")
_SVG = re.compile(rb"<svg\b[^>]*>")
_FAMILY = re.compile(rb"(font(?:-family)?:[^;\"]*?)('DejaVu Sans')(?=[;\"])")
_CATALOG = re.compile(rb"(\d+) 0 obj\s*<<([^<>]*?/Type\s*/Catalog[^<>]*?)>>\s*endobj")
_SIZE = re.compile(rb"/Size (\d+)")
_INFO = re.compile(rb"/Info (\d+ 0 R)")
_START = re.compile(rb"startxref\s+(\d+)")


def description(data: RadarData, tr: Translator) -> str:
    """The profile in words: every axis with its level, the projected one, and its target."""
    words = "; ".join(f"{axis.label}: {_level(axis, data, tr)}" for axis in data.axes)
    legend = data.legend
    named = (legend.current, legend.projected, legend.target)
    averages = ", ".join(part for part in named if part)
    return f"{data.subtitle}. {averages}. {words}."


def described_svg(svg: bytes, title: str, said: str, tr: Translator) -> bytes:
    """The drawing with ``<title>``, ``<desc>`` and language, and a choice of fonts for its text."""
    named = _FAMILY.sub(rb"\1\2, Verdana, Arial, sans-serif", _OWN_TITLE.sub(b"", svg, count=1))
    head = f'<title id="title">{escape(title)}</title><desc id="description">{escape(said)}</desc>'
    marks = f' role="img" aria-labelledby="title description" xml:lang={quoteattr(tr.language)}>'

    def opened(found: re.Match[bytes]) -> bytes:
        return found.group()[:-1] + marks.encode() + b"\n" + head.encode("utf-8")

    return _SVG.sub(opened, named, count=1)


def png_texts(title: str, said: str, tr: Translator) -> dict[str, str]:
    """The text chunks of a PNG: title and description, marked with their language."""
    from PIL.PngImagePlugin import iTXt

    texts = {"Title": title, "Description": said}
    return {
        key: iTXt(" ".join(text.split()), tr.language, "") for key, text in texts.items() if text
    }


def described_pdf(pdf: bytes, tr: Translator) -> bytes:
    """The document with its language, and its title shown; appended as PDF allows.

    matplotlib has no option for either. Unchanged where its form is not the known one.
    """
    catalog, size, start = _CATALOG.search(pdf), _SIZE.search(pdf), _START.findall(pdf)
    if not (catalog and size and start):
        return pdf
    number, content = catalog.groups()
    more = f" /Lang ({tr.language}) /ViewerPreferences << /DisplayDocTitle true >> ".encode()
    place = len(pdf)
    info = _INFO.search(pdf)
    trailer = b"/Size %s /Root %s 0 R /Prev %s" % (size[1], number, start[-1])
    trailer += b" /Info " + info[1] if info else b""
    body = b"%s 0 obj\n<<%s%s>>\nendobj\n" % (number, content, more)
    entry = b"xref\n%s 1\n%010d 00000 n \n" % (number, place)
    end = b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, place + len(body))
    return pdf + body + entry + end


def _level(axis: Axis, data: RadarData, tr: Translator) -> str:
    if axis.state is ScoringState.SCORED:
        values = (axis.current, axis.projected, axis.target)
        return " → ".join(tr.number(value) for value in values if value is not None)
    is_unscored = axis.state is ScoringState.UNSCORED
    return data.legend.unscored if is_unscored else data.legend.not_applicable
