"""The canvas, driven by real mouse and wheel events, judged by the pixels it really shows."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from pipeline.model import Frame
from reviewer.images.gallery import Pair
from reviewer.images.geometry import IDENTITY
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import apply
from reviewer.images.geometry import invert
from reviewer.images.pyramid import build_pyramid
from reviewer.images.pyramid import stand_in
from reviewer.widgets.canvas import SPLIT
from reviewer.widgets.canvas import CompareCanvas

FRAME = Frame((1.0, 0.0, -100.0, 0.0, 1.0, -50.0), (900, 900))


def noise(width: int, height: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def pair_of(original: np.ndarray, result: np.ndarray, *, image: int = 1, exact: bool = True) -> Pair:
    return Pair(image, 7, build_pyramid(original), build_pyramid(result), FRAME, exact=exact)


def grabbed(canvas: CompareCanvas) -> np.ndarray:
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return data[:, : image.width(), 2::-1].copy()


@pytest.fixture
def canvas(qtbot, themed) -> CompareCanvas:
    made = CompareCanvas()
    qtbot.addWidget(made)
    made.resize(801, 533)
    made.show()
    qtbot.waitExposed(made)
    return made


def wheel(canvas: CompareCanvas, at: QPointF, steps: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_at_one_to_one_every_pixel_is_the_files(canvas) -> None:
    original, result = noise(1200, 1000, 1), noise(900, 900, 2)
    canvas.show_pair(pair_of(original, result))
    canvas.zoom_to(1.0, at=(600.0, 300.0))
    shot = grabbed(canvas)
    for pane, pixels in zip(canvas.panes(), (original, result), strict=True):
        left, top = (round(value) for value in apply(canvas.affine(pane.source, pane.rect), (0, 0)))
        area = pane.rect
        ys, xs = np.mgrid[area.y : area.y + area.height, area.x : area.x + area.width]
        inside = (ys - top >= 0) & (ys - top < pixels.shape[0]) & (xs - left >= 0) & (xs - left < pixels.shape[1])
        if pane.source == "original":
            inside &= ~_outline(canvas, ys, xs)
        assert inside.sum() > 100_000
        assert np.array_equal(shot[ys[inside], xs[inside]], pixels[ys[inside] - top, xs[inside] - left])


def _outline(canvas: CompareCanvas, ys: np.ndarray, xs: np.ndarray) -> np.ndarray:
    """Where the dashed outline of the frame covers the original."""
    pane = canvas.panes()[0].rect
    left, top = apply(canvas.affine("result", pane), (0, 0))
    right, bottom = left + 900 * canvas.view.zoom, top + 900 * canvas.view.zoom
    near = [np.abs(xs - left) <= 1, np.abs(xs - right) <= 1, np.abs(ys - top) <= 1, np.abs(ys - bottom) <= 1]
    return np.logical_or.reduce(near)


def test_at_one_to_one_it_still_is_when_drawn_from_memory(canvas) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    canvas.zoom_to(1.0)
    first = grabbed(canvas)
    assert np.array_equal(first, grabbed(canvas))
    assert np.array_equal(first, grabbed(canvas))


def test_the_wheel_zooms_at_the_pointer(canvas) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    at = (620.0, 300.0)
    pane = canvas.panes()[1].rect
    before = apply(invert(canvas.affine("result", pane)), at)
    wheel(canvas, QPointF(*at), 3)
    after = apply(invert(canvas.affine("result", pane)), at)
    assert not canvas.view.fit
    assert after == pytest.approx(before, abs=1.5 / canvas.view.zoom)


def test_dragging_moves_both_panes_alike(qtbot, canvas) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    canvas.zoom_to(1.0)
    left, right = (pane.rect for pane in canvas.panes())
    before = canvas.affine("original", left), canvas.affine("result", right)
    qtbot.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(200, 300))
    qtbot.mouseMove(canvas, QPoint(230, 280))
    qtbot.mouseMove(canvas, QPoint(260, 260))
    qtbot.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(260, 260))
    after = canvas.affine("original", left), canvas.affine("result", right)
    for was, now in zip(before, after, strict=True):
        assert (now[2] - was[2], now[5] - was[5]) == pytest.approx((60, -40), abs=1)


def test_blinking_shows_the_original_in_the_place_of_the_result_and_moves_nothing_else(canvas) -> None:
    original, result = noise(1200, 1000, 1), noise(900, 900, 2)
    canvas.show_pair(pair_of(original, result))
    canvas.zoom_to(1.0)
    steady = grabbed(canvas)
    canvas.set_blink(True)
    blinking = grabbed(canvas)
    canvas.set_blink(False)
    right = canvas.panes()[1].rect
    assert np.array_equal(steady[:, : right.x], blinking[:, : right.x])
    assert np.array_equal(steady[: right.y], blinking[: right.y])
    middle = (slice(right.y + 200, right.y + 210), slice(right.x + 200, right.x + 210))
    assert not np.array_equal(steady[middle], blinking[middle])
    assert np.array_equal(steady, grabbed(canvas))


def test_the_split_shows_both_and_its_divider_can_be_dragged(qtbot, canvas) -> None:
    original = np.zeros((1000, 1200, 3), np.uint8)
    canvas.show_pair(pair_of(original, np.full((900, 900, 3), 255, np.uint8)))
    canvas.set_mode(SPLIT)
    pane = canvas.panes()[0].rect
    row = pane.y + pane.height // 2 + 60
    middle = pane.x + pane.width // 2
    shot = grabbed(canvas)
    assert tuple(shot[row, middle - 20]) == (0, 0, 0)
    assert tuple(shot[row, middle + 20]) == (255, 255, 255)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(middle, row))
    qtbot.mouseMove(canvas, QPoint(middle + 100, row))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(middle + 100, row))
    assert tuple(grabbed(canvas)[row, middle + 80]) == (0, 0, 0)


def test_only_what_was_painted_exactly_counts_as_seen(qtbot, canvas) -> None:
    original, result = noise(1200, 1000, 1), noise(900, 900, 2)
    preview = Pair(3, 9, stand_in(np.zeros((64, 64, 4), np.uint8), (1200, 1000)), None, None, exact=False)
    canvas.show_pair(preview)
    canvas.grab()
    assert canvas.painted is None
    canvas.show_pair(pair_of(original, result, image=3))
    assert canvas.painted is None
    with qtbot.waitSignal(canvas.appeared):
        canvas.update()
    assert canvas.painted == (3, 7)
    canvas.show_pair(pair_of(original, result, image=4))
    assert canvas.painted is None


def test_zoom_and_place_survive_the_next_image(canvas) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    canvas.zoom_to(2.0, at=(500.0, 300.0))
    view = canvas.view
    canvas.show_pair(pair_of(noise(1200, 1000, 3), noise(900, 900, 4), image=2))
    assert canvas.view == view


def test_a_fitted_view_fits_the_next_image_and_the_next_size(canvas) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    zoom = canvas.view.zoom
    canvas.resize(1200, 900)
    assert canvas.view.fit
    assert canvas.view.zoom > zoom


def test_the_readout_gives_the_values_of_the_files(qtbot, canvas) -> None:
    original, result = noise(1200, 1000, 1), noise(900, 900, 2)
    canvas.show_pair(pair_of(original, result))
    canvas.zoom_to(2.0)
    seen = []
    canvas.pointed.connect(seen.append)
    right = canvas.panes()[1].rect
    qtbot.mouseMove(canvas, QPoint(right.x + 100, right.y + 100))
    x, y = seen[-1].point
    assert seen[-1].result == tuple(result[y, x])
    assert seen[-1].original == tuple(original[y + 50, x + 100])


def test_the_ghost_cross_stands_at_the_same_product_point(qtbot, canvas) -> None:
    white = np.full((1000, 1200, 3), 255, np.uint8)
    canvas.show_pair(pair_of(white, white[:900, :900]))
    canvas.view = ViewState((450.0, 450.0), 1.0, fit=False)
    left, right = (pane.rect for pane in canvas.panes())
    plain = grabbed(canvas)
    qtbot.mouseMove(canvas, QPoint(left.x + 150, left.y + 200))
    marked = grabbed(canvas)
    rows, columns = np.nonzero((plain != marked).any(axis=2))
    assert columns.min() >= right.x
    assert (columns.min() + columns.max()) / 2 == pytest.approx(right.x + 150, abs=1.5)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(right.y + 200, abs=1.5)


def test_an_image_without_a_result_fills_one_pane(canvas) -> None:
    canvas.show_pair(Pair(1, None, build_pyramid(noise(1200, 1000, 1)), None, None))
    assert [pane.source for pane in canvas.panes()] == ["original"]
    assert canvas.affine("original", canvas.panes()[0].rect) == canvas.affine("result", canvas.panes()[0].rect)
    assert IDENTITY[0] == 1.0


def test_this_qt_drops_no_reference_of_none(canvas) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference to None per void call, and aborts after some thousands."""
    before = sys.getrefcount(None)
    for _ in range(200):
        canvas.update()
    assert sys.getrefcount(None) >= before - 50
