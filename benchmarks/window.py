"""The review window on 24-megapixel pairs at 1920 × 1080: milliseconds of wall (`wall`) or processor (the rest).

`idle` and `busy` say whether the real line ran flat out in its worker processes meanwhile. Frames are the time of the
window's own thread; everything runs offscreen, where the raster window does the same work as on a screen.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.looking import frames
from benchmarks.looking import moving
from benchmarks.looking import overlays
from benchmarks.looking import painting
from benchmarks.looking import queue
from benchmarks.looking import start
from benchmarks.looking import steadiness
from benchmarks.looking.making import made
from benchmarks.report import finish
from reviewer.app import settle
from reviewer.theme import install_theme

GROUPS = (start, queue, moving, steadiness, overlays, frames, painting)
PAIRS, QUICK_PAIRS = 6, 3


def main() -> int:
    """Measure every group and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer frames, the same figures")
    parser.add_argument("--full", action="store_true", help="ten minutes of mixed work and 2,000 images")
    parser.add_argument("--only", help="one group of figures")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the pairs there, or use those that are there")
    options = parser.parse_args()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    install_theme(application)
    # As the window itself does once it is open.
    settle()
    with tempfile.TemporaryDirectory() as folder:
        pairs = QUICK_PAIRS if options.quick else PAIRS
        place = made(options.keep or Path(folder), pairs, with_queue=options.only in (None, "queue"))
        figures: dict[str, float] = {}
        for group in GROUPS:
            name = group.__name__.rsplit(".", 1)[-1]
            if options.only in (None, name):
                extra = {"full": True} if options.full and group is steadiness else {}
                wall, before = time.monotonic(), _processor_seconds()
                found = group.measure(place, quick=options.quick, **extra)
                spent = f"{time.monotonic() - wall:.0f} s, {_processor_seconds() - before:.0f} s of processors"
                print(f"{name} ({spent}): {found}", file=sys.stderr)
                figures |= found
    goals = {name: goal for group in GROUPS for name, goal in group.GOALS.items()}
    return finish("window", figures, goals)


def _processor_seconds() -> float:
    """Return what this process and those that it ended have used."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    sys.exit(main())
