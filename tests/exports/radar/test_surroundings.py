"""Nobody's settings of matplotlib change a picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

from app.session.session import Session
from app.words.texts import translator_for
from exports.radar.picture import chart_bytes

ROOT = Path(__file__).resolve().parents[3]
EN = translator_for("en")

PROGRAM = """
import hashlib
from app.words.texts import translator_for
from data.models.builtin import builtin_model
from exports.radar.picture import chart_bytes
from tests.exports.samples import LEVELS, scored
en = translator_for("en")
for ending in (".png", ".svg", ".pdf"):
    content = chart_bytes(scored(builtin_model(), LEVELS), ending, translator=en)
    print(hashlib.sha256(content).hexdigest())
"""


@pytest.mark.parametrize("ending", [".png", ".svg", pytest.param(".pdf", marks=pytest.mark.slow)])
def test_settings_made_in_this_program_change_no_picture(session: Session, ending: str) -> None:
    plain = chart_bytes(session, ending, translator=EN)
    own = {
        "text.usetex": True,
        "path.sketch": (10, 100, 20),
        "savefig.facecolor": "red",
        "savefig.bbox": "tight",
        "axes.facecolor": "blue",
        "font.size": 30,
        "svg.fonttype": "none",
    }

    with mpl.rc_context(own):
        assert chart_bytes(session, ending, translator=EN) == plain


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken", [b"text.usetex: True\npath.sketch: (10, 100, 20)\n", b"\xff\xfe no text at all"]
)
def test_settings_of_the_surroundings_change_no_picture(tmp_path: Path, broken: bytes) -> None:
    places = [tmp_path / name for name in ("here", "there", "home/matplotlib")]
    for place in places:
        place.mkdir(parents=True)
        (place / "matplotlibrc").write_bytes(broken)
    own = {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MATPLOTLIBRC": str(places[1]),
        "MPLCONFIGDIR": str(places[2]),
        "XDG_CONFIG_HOME": str(tmp_path / "home"),
    }

    def pictures(folder: Path, **variables: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    plain = pictures(ROOT)

    assert len(plain.split()) == 3
    assert pictures(places[0], **own) == plain
