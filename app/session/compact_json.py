"""The JSON that columns and logs hold."""

from __future__ import annotations

import json


def compact_json(value: object) -> str:
    """JSON without blanks, other alphabets kept readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
