"""Portable file names for reports, such as ``2026-11-23_Client_Roadmap.xlsx``."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from app.session.session import Session
from app.words.characters import visible_text
from app.words.texts import N_, Translator

MAX_SLUG_BYTES = 80
"""Bytes of a name made from user text; file systems take 255 for the whole name."""

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s_]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


class ReportKind(StrEnum):
    """Kind of report; part of the file name."""

    ROADMAP = N_("Roadmap")
    RADAR_BY_AREA = N_("Radar by area")
    RADAR_BY_DIMENSION = N_("Radar by dimension")
    SCORES = N_("Scores")
    SESSION = N_("Session")
    OVERLAY = N_("Profiles compared")
    WATERFALL = N_("Reasons for the change")
    TREND = N_("Averages over time")


def suggested_name(session: Session, kind: ReportKind, translator: Translator, ending: str) -> str:
    """A name such as ``2026-11-23_Client_Roadmap.xlsx``; legal on Linux, macOS and Windows.

    ``ending`` comes without its dot.
    """
    client = safe_name(session.organisation.name) or safe_name(session.title) or "Client"
    word = safe_name(translator.gettext(kind.value))
    return f"{session.date.isoformat()}_{client}_{word}.{ending}"


def safe_name(text: str) -> str:
    """A part of a file name made from user text; empty when nothing usable is left.

    Unicode form NFC, at most 80 bytes of UTF-8, without characters that a system forbids, without
    invisible ones, without dots or blanks at the ends, and never a name that Windows reserves.
    """
    visible = visible_text(unicodedata.normalize("NFC", text))
    name = _NOT_IN_NAMES.sub("-", visible).strip("-. ")
    while len(name.encode("utf-8")) > MAX_SLUG_BYTES:
        name = name[:-1]
    name = name.rstrip("-. ")
    return f"{name}-" if _RESERVED.fullmatch(name) else name
