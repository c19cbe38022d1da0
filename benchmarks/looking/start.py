"""From the start of the program to the first row of the queue on the screen: processor seconds of a new process."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.looking.made import BATCH
from benchmarks.looking.made import Place

GOALS = {"start_to_first_row_processor_seconds": ("<=", 0.8)}
HERE = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys, time
from pathlib import Path
from reviewer.__main__ import begin
begin()
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv[:1])
from pipeline.settings import load_settings
from reviewer.app import open_window
window = open_window(Path(sys.argv[1]), sys.argv[2], load_settings(Path(sys.argv[1])))
window.resize(1920, 1080)
window.show()
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and len(window.session.queue):
            print(json.dumps(time.process_time()), flush=True)
            watched.removeEventFilter(self)
            application.quit()
        return False
watch = Watch()
window.queue_panel.list.viewport().installEventFilter(watch)
application.exec()
window.close()
"""


def measure(place: Place, *, quick: bool) -> dict[str, float]:
    """Return the best of several starts, the first of which warms the disk's memory."""
    starts = [_start(place) for _ in range(3 if quick else 8)]
    return {"start_to_first_row_processor_seconds": min(starts)}


def _start(place: Place) -> float:
    command = [sys.executable, "-c", PROGRAM, str(place.studio), BATCH]
    # What is installed has its bytecode beside it: the first start shall be allowed to write what is missing.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(json.loads(done.stdout.strip().splitlines()[-1]))
