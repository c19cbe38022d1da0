"""With the mouse, a person brings the embedded engine's own masks to the exact mattes of the test shoot."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pipeline.batch.ingest import scan
from pipeline.run.line import process_image
from pipeline.run.pictures import read_mask
from pipeline.settings import load_settings
from pipeline.store.store import Store
from pipeline.strokes import Stroke
from pipeline.tools.toolbox import open_toolbox
from reviewer.app import open_window
from reviewer.images.geometry import apply
from reviewer.views.window import MainWindow
from reviewer.widgets.brush_hand import SIZE_SWING

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, SHIFT, ALT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
Points = tuple[tuple[float, float, float], ...]


def around(x: float, y: float, across: float, down: float, start: float = 0, end: float = 360) -> Points:
    """The points of an ellipse, or of an arc of it in degrees, as a hand draws it."""
    angles = np.radians(np.linspace(start, end, 73))
    return tuple((x + across * c, y + down * s, 1.0) for c, s in zip(np.cos(angles), np.sin(angles), strict=True))


RING = (
    Stroke(around(554.5, 639, 165, 190), radius=13),
    Stroke(around(552, 639, 203, 228), radius=8.5),
    Stroke(
        ((520, 352, 1), (541, 402, 1), (585, 402, 1), (603, 368, 1), (598, 352, 1), (524, 352, 1)),
        radius=8,
    ),
    Stroke(((552, 893, 1), (600, 886, 1), (640, 870, 1)), radius=13, adds=False),
)
"""The inner rim, the outer rim and the stone's outline added, the shadow below erased."""

MUG = (
    Stroke(((340, 464, 1), (385, 455, 1), (470, 452, 1), (560, 450, 1), (650, 452, 1), (720, 456, 1)), 55, adds=False),
    Stroke(((330, 600, 1), (334, 760, 1), (340, 860, 1)), radius=34, adds=False),
    Stroke((*around(780.5, 697.5, 64, 64, -98, 98), (771, 761, 1), (771, 634, 1)), radius=20, adds=False),
    Stroke(((795, 670, 1), (795, 726, 1)), radius=46, adds=False),
    Stroke(((381, 540, 1), (382, 600, 1)), radius=15),
    Stroke(((396, 530, 1), (460, 526, 1)), radius=15),
    Stroke(((722, 530, 1), (738, 536, 1), (738, 560, 1)), radius=15),
    Stroke(around(780.5, 697.5, 104, 104, -92, 92), radius=19.5),
)
"""Above the rim, left of the mug and inside the handle erased; the rim's corners and the handle added."""
NAMES = {"ring-silver": RING, "mug-white-on-white": MUG}


@pytest.fixture
def window(shared: Path, tmp_path: Path, themed, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on a studio in which the line has processed both photos."""
    settings, folder = load_settings(), tmp_path / "studio"
    toolbox = open_toolbox(settings)
    photos = [shared / "shoot" / f"{name}.png" for name in NAMES]
    with Store(folder) as store:
        store.add_batch("b", "", scan(photos, files=store.files, settings=settings).images)
        for claim in store.claim("b", owner="test", count=2, lease_seconds=600):
            outcome = process_image(claim.record, store.files, toolbox, settings)
            store.record(outcome, owner="test", token=claim.token)
    opened = open_window(folder, "b", settings, executor="threads")
    opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    opened.resize(1440, 980)
    opened.show()
    qtbot.waitUntil(lambda: opened.session.queue.total == len(NAMES), timeout=30_000)
    yield opened
    opened.close()
    opened.deleteLater()


def screen(window: MainWindow, x: float, y: float) -> QPoint:
    place = apply(window.repair_panel.canvas.to_screen(), (x, y))
    return QPoint(round(place[0] - 0.5), round(place[1] - 0.5))


def pull(window: MainWindow, stroke: Stroke) -> None:
    """Take the brush, make it hard and size it by Alt and the right button, and drag it along the stroke's points."""
    canvas, hand = window.repair_panel.canvas, window.repair.tool.brush
    QTest.keyClick(canvas, Qt.Key.Key_B if stroke.adds else Qt.Key.Key_E)
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight, SHIFT)
    middle = canvas.rect().center()
    way = QPoint(round(math.log(stroke.radius / hand.brush.radius) / SIZE_SWING), 0)
    QTest.mousePress(canvas, RIGHT, ALT, middle)
    QTest.mouseMove(canvas, middle + way)
    QTest.mouseRelease(canvas, RIGHT, ALT, middle + way)
    assert hand.brush.radius == pytest.approx(stroke.radius, rel=0.01)
    places = [screen(window, x, y) for x, y, _ in stroke.points]
    assert all(canvas.rect().contains(place) for place in places), "the person sees what they paint"
    QTest.mouseMove(canvas, places[0])
    QTest.mousePress(canvas, LEFT, NONE, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, NONE, places[-1])


def overlap(mask: np.ndarray, matte: np.ndarray) -> float:
    found, true = mask >= 0.5, matte >= 0.5
    return (found & true).sum() / (found | true).sum()


def repair(window: MainWindow, qtbot: QtBot, image: int, strokes: tuple[Stroke, ...]) -> str:
    """Repair an image at 1:1 and save it; returns the SHA-256 of the new mask."""
    window.session.show_image(image)
    qtbot.waitUntil(lambda: (window.compare.canvas.painted or (0,))[0] == image, timeout=30_000)
    QTest.keyClick(window.compare.canvas, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.repair.active, timeout=30_000)
    canvas, middle = window.repair_panel.canvas, window.repair_panel.canvas.rect().center()
    QTest.mouseMove(canvas, middle)
    QTest.keyClick(canvas, Qt.Key.Key_1, CONTROL)
    low = screen(window, 560, max(y + stroke.radius for stroke in strokes for _, y, _ in stroke.points))
    if low.y() >= canvas.height():
        lift = QPoint(0, canvas.height() - 10 - low.y())
        QTest.mousePress(canvas, MIDDLE, NONE, middle)
        QTest.mouseMove(canvas, middle + lift)
        QTest.mouseRelease(canvas, MIDDLE, NONE, middle + lift)
    for stroke in strokes:
        pull(window, stroke)
    with qtbot.waitSignal(window.repair.saved, timeout=120_000) as saved:
        QTest.keyClick(canvas, Qt.Key.Key_S, CONTROL)
    return saved.args[0].outcome.mask


def test_at_most_twelve_drags_of_the_mouse_repair_ring_and_mug(window, qtbot, shared, tmp_path) -> None:
    with Store(tmp_path / "studio") as store:
        images = {Path(entry.record.file).stem: entry.record.id for entry in store.entries("b")}
        for name, strokes in NAMES.items():
            image = images[name]
            matte = np.asarray(Image.open(shared / "shoot" / f"{name}.alpha.png"), np.float32) / 255
            before = read_mask(store.files.read(store.entry(image).version.outcome.mask))
            after = read_mask(store.files.read(repair(window, qtbot, image, strokes)))
            assert len(strokes) <= 12
            assert overlap(before, matte) < 0.9, "there is something to repair"
            assert overlap(after, matte) >= 0.97
