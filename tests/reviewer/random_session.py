"""A sitting that presses random keys and prints every decision that was confirmed; it ends when it is killed.

Run as a program with a studio's folder and a seed.
"""

import os
import random
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pipeline.settings import load_settings
from reviewer.app import open_window

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = (
    *((Qt.Key.Key_P, NONE),) * 6,
    (Qt.Key.Key_C, NONE),
    (Qt.Key.Key_X, NONE),
    (Qt.Key.Key_R, NONE),
    *((Qt.Key.Key_9, NONE),) * 2,
    (Qt.Key.Key_Right, NONE),
    (Qt.Key.Key_Left, NONE),
    (Qt.Key.Key_Home, NONE),
    (Qt.Key.Key_Z, CTRL),
)
MILLISECONDS = 4
VIRTUAL_SECONDS = 0.05


def main(studio: Path, seed: int) -> None:
    """Press keys until somebody kills this process."""
    application = QApplication([])
    window = open_window(studio, None, load_settings(studio), executor="threads")
    window.show()
    ticks, rng = [0], random.Random(seed)
    window.session.deciding._clock = lambda: ticks[0] * VIRTUAL_SECONDS

    def confirm(decision: object) -> None:
        print(decision.id, decision.image, decision.action.value, flush=True)

    def press() -> None:
        ticks[0] += 1
        key, modifier = rng.choice(KEYS)
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        if not len(window.session.queue) and window.session.queue.settled:
            window.session.choose_filter("all")

    window.session.desk.decided.connect(confirm)
    timer = QTimer(interval=MILLISECONDS)
    timer.timeout.connect(press)
    timer.start()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
