"""The chart can be requested while the window is still warming up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BOTH_AT_ONCE = """
import sys, threading, time
from stufenplan.services import LocalServices
from app.jobs import import_lock

class Slow:
    def find_spec(self, name, path, target=None):
        if name.startswith(("matplotlib", "numpy")):
            time.sleep(0.002)

from ui.scoring import scoring_page
sys.meta_path.insert(0, Slow())
faults = []
threading.excepthook = lambda args: faults.append(args.exc_value)
thread = threading.Thread(target=LocalServices().warm_up)
thread.start()
time.sleep(float(sys.argv[1]))
class Page:
    class body:
        class side:
            set_radar = staticmethod(lambda make: print("radar"))
scoring_page.ScoringPage._load_radar(Page)
thread.join()
sys.exit(bool(faults))
"""


@pytest.mark.slow
@pytest.mark.parametrize("delay", ["0.1", "0.2", "0.3", "0.4", "0.5"])
def test_a_radar_that_is_wanted_during_the_warm_up_comes(delay: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOTH_AT_ONCE, delay],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "radar"), done.stderr
