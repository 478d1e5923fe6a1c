"""Recognises sections that are no areas to be scored: certifications and sample figures."""

from __future__ import annotations

import re
from typing import Literal

OptionalKind = Literal["certifications", "samples"]

_CERTIFICATIONS = re.compile(
    r"(?:certifications?|certificates?|zertifi(?:kate?|zierung(?:en)?)|certifica(?:ciones|ción|dos?"
    r"|ções|ção|ti|zioni|zione|ten|at)|certificering(?:en)?|сертификаци[ияй]+|сертификаты?"
    r"|认证|認證|認定|認証|인증)$",
    re.IGNORECASE,
)
_SAMPLE = (
    r"(?:examples?|samples?|beispiele?|muster|exemples?|ejemplos?|esemp[io]+|exemplos?"
    r"|voorbeeld(?:en)?|пример\w*|示例|样例|範例|サンプル|例|예시)"
)
_SAMPLES = re.compile(
    rf"{_SAMPLE}[\s\-]*(?:von |of |de |di |van )?\s*(?:kpis?|kennzahlen|indicators?|metrics?)"
    rf"|(?:kpis?|kennzahlen)[\s\-:(的の]*{_SAMPLE}",
    re.IGNORECASE,
)


def optional_kind(heading: str) -> OptionalKind | None:
    """Kind of a section that is not to be scored, judged by its heading."""
    if _CERTIFICATIONS.search(heading.rstrip(" .:()")):
        return "certifications"
    return "samples" if _SAMPLES.search(heading) else None
