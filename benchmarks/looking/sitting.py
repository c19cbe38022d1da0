"""A sitting at the real window: opened on the pairs, keys pressed, and the line flat out beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from benchmarks.looking.clock import loop_until
from benchmarks.looking.made import BATCH
from benchmarks.looking.made import WORK
from benchmarks.looking.made import Place
from reviewer.app import open_window
from reviewer.desk import Progress
from reviewer.views.window import MainWindow
from reviewer.widgets.panes import Look

VIEWPORT = (1920, 1080)


@contextmanager
def opened(place: Place) -> Iterator[MainWindow]:
    """Open the window on the pairs, with the first one on the screen, and close it again."""
    window = open_window(place.studio, BATCH, place.settings)
    window.resize(*VIEWPORT)
    window.show()
    try:
        loop_until(lambda: window.compare.canvas.painted is not None)
        window.compare.canvas.recall(Look())
        window.compare.canvas.fit()
        yield window
    finally:
        window.close()
        # The next sitting shall not pay for the memory of this one.
        window.compare.canvas.show_pair(None)
        window.session.desk.pictures.gallery.forget()
        window.deleteLater()


@contextmanager
def busy_line(window: MainWindow) -> Iterator[None]:
    """Let the real line process photos in its worker processes; begins when they are at work."""
    desk, batches, wanted = window.session.desk, iter(WORK), True

    def go_on(progress: Progress) -> None:
        # Batches of an earlier sitting are done at once.
        if wanted and not progress.running and (name := next(batches, None)):
            QTimer.singleShot(0, lambda: desk.continue_batch(name))

    desk.progress.connect(go_on)
    go_on(desk.progress_now)
    loop_until(lambda: desk.progress_now.phase == "processing" and desk.progress_now.total > 0)
    try:
        yield
    finally:
        wanted = False
        desk.cancel()
        loop_until(lambda: not desk.progress_now.running)
        desk.progress.disconnect(go_on)


def neighbour(window: MainWindow) -> int:
    """Return the next image of the list in the direction of travel; at its ends the way turns."""
    session = window.session
    row = session.queue.position(session.current) or 0
    by = -1 if session.bringing.backwards else 1
    by = by if 0 <= row + by < len(session.queue) else -by
    return session.queue.image_at(row + by)


def press_towards(window: MainWindow, target: int) -> None:
    """Press the arrow key that leads to a neighbour."""
    queue = window.session.queue
    ahead = (queue.position(target) or 0) > (queue.position(window.session.current) or 0)
    QTest.keyClick(window, Qt.Key.Key_Right if ahead else Qt.Key.Key_Left)
