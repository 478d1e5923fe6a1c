"""The pinned PySide6 does not have the fault of 6.12.0 on Python 3.11 (docs/decisions/0001)."""

import subprocess
import sys

RING_AND_RENAME = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rung = Signal(bool)

application = QCoreApplication([])
bell = Bell()
heard = []
bell.rung.connect(heard.append)
before = sys.getrefcount(True)
for _ in range(2000):
    bell.rung.emit(False)
for number in range(20000):
    bell.setObjectName(str(number))
lost = before - sys.getrefcount(True)
print(len(heard), bell.objectName(), "lost" if lost > 100 else "kept")
"""


def test_thousands_of_signals_and_names_neither_abort_nor_eat_references() -> None:
    result = subprocess.run(
        [sys.executable, "-c", RING_AND_RENAME], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stdout.split()) == (0, ["2000", "19999", "kept"]), (
        result.stderr
    )
