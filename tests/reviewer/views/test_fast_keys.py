"""Five hundred random keys, twenty a second: nothing is decided that was not on the screen."""

import random

from made_studios import Plan
from made_studios import build_studio
from PySide6.QtCore import QEventLoop
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from random_session import KEYS
from random_session import MILLISECONDS
from random_session import VIRTUAL_SECONDS

from pipeline.model import State

IMAGES, PRESSES = 60, 500


def test_five_hundred_keys_decide_only_what_was_on_the_screen(qtbot, show, tmp_path) -> None:
    studio = build_studio(tmp_path / "studio", [Plan(State.REVIEW)] * IMAGES)
    window = show(studio)
    canvas, deciding, desk = window.compare.canvas, window.session.deciding, window.session.desk
    qtbot.waitUntil(lambda: deciding.aim() is not None)
    clock = _Clock()
    deciding._clock = clock
    seen, decided, kept_at = {}, [], clock()
    canvas.appeared.connect(lambda: seen.setdefault(canvas.painted, []).append(clock()))
    seen[canvas.painted] = [kept_at]
    plain = desk._decide

    def spy(image, action, version, **more) -> None:
        decided.append((image, version, canvas.painted, canvas.pair.exact, clock() - seen[(image, version)][-1]))
        plain(image, action, version, **more)

    desk._decide = spy
    _press(window, clock)
    assert len(decided) > 40
    for image, version, painted, exact, seconds in decided:
        assert painted == (image, version)
        assert exact
        assert seconds >= studio.settings.review.settle_milliseconds / 1000 - 1e-9
    window.close()
    with studio.open() as store:
        written = [one for one in store.all_decisions() if one.retracts is None]
    assert {(one.image, one.version) for one in written} <= {(image, version) for image, version, *_ in decided}


class _Clock:
    """Seconds that pass with the keys."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _press(window, clock: _Clock) -> None:
    rng, loop, left = random.Random(6), QEventLoop(), [PRESSES]

    def press() -> None:
        clock.now += VIRTUAL_SECONDS
        key, modifier = rng.choice(KEYS)
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        left[0] -= 1
        if not left[0]:
            timer.stop()
            loop.quit()

    timer = QTimer(interval=MILLISECONDS)
    timer.timeout.connect(press)
    timer.start()
    loop.exec()
