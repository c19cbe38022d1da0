"""The canvas, driven by real mouse and wheel events, judged by the pixels it really shows."""

import json
import sys
from dataclasses import asdict

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from skimage.color import deltaE_ciede2000

from pipeline.model import Frame
from reviewer.images.gallery import Pair
from reviewer.images.geometry import IDENTITY
from reviewer.images.geometry import Rect
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import apply
from reviewer.images.geometry import invert
from reviewer.images.layers import Layer
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import build_pyramid
from reviewer.images.pyramid import stand_in
from reviewer.widgets import canvas_paint
from reviewer.widgets.canvas import CompareCanvas
from reviewer.widgets.canvas_paint import Captions
from reviewer.widgets.canvas_paint import PaneMemory
from reviewer.widgets.panes import ONION
from reviewer.widgets.panes import SPLIT
from reviewer.widgets.panes import Look
from reviewer.widgets.pixel_readout import read_out

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


def test_what_was_rendered_ahead_stays_when_the_full_size_is_dropped(canvas) -> None:
    memory, picture = PaneMemory(), build_pyramid(noise(1200, 1000, 5))
    affine, part = (0.3, 0.0, 0.0, 0.0, 0.3, 0.0), Rect(0, 0, 400, 300)
    memory.prepare(picture, affine, part)
    assert memory.holds(picture, affine, part)
    assert memory.holds(picture.halved(), affine, part)
    assert not memory.holds(build_pyramid(noise(1200, 1000, 6)), affine, part)


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


def strip(paint, *words: str) -> QImage:
    image = QImage(500, 60, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint(painter, QRect(20, 10, 400, 32), *words)
    painter.end()
    return image


def test_a_caption_from_memory_is_the_one_that_would_be_drawn(themed, monkeypatch) -> None:
    captions, drawn = Captions(), []
    plain = canvas_paint.paint_caption
    monkeypatch.setattr(canvas_paint, "paint_caption", lambda *given: (drawn.append(given), plain(*given)))
    for words in (("Original", "6000 × 4000   25%"), ("Result", "small copy, loading the file")) * 3:
        assert strip(captions.paint, *words) == strip(plain, *words)
    assert len(drawn) == 2
    monkeypatch.setattr(canvas_paint.PALETTE, "panel", "#123456")
    assert strip(captions.paint, *words) == strip(plain, *words), "another theme is another caption"


def test_this_qt_drops_no_reference_of_none(canvas) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference to None per void call, and aborts after some thousands."""
    before = sys.getrefcount(None)
    for _ in range(200):
        canvas.update()
    assert sys.getrefcount(None) >= before - 50


def test_the_onion_shows_the_original_through_the_result(canvas) -> None:
    black, white = np.zeros((1000, 1200, 3), np.uint8), np.full((900, 900, 3), 255, np.uint8)
    canvas.show_pair(pair_of(black, white))
    canvas.set_mode(ONION)
    pane = canvas.panes()[0].rect
    at = pane.y + pane.height // 2, pane.x + pane.width // 2
    for share, seen in ((0.0, 255), (0.25, 191), (1.0, 0)):
        canvas.set_onion(share)
        assert int(grabbed(canvas)[at][0]) == pytest.approx(seen, abs=2)
    canvas.change_onion(-20)
    assert (grabbed(canvas)[at] == 255).all()


def test_a_layer_lies_exactly_over_its_part_of_the_result(canvas) -> None:
    original, result = noise(1200, 1000, 1), noise(900, 900, 2)
    canvas.show_pair(pair_of(original, result))
    canvas.zoom_to(1.0, at=(600.0, 300.0))
    region = canvas.region()
    rows, columns = region.grid
    turned = np.ascontiguousarray(255 - canvas.pair.result.levels[0][rows, columns])
    turned[..., 3] = 255
    before = grabbed(canvas)
    canvas.show_layer(Layer("turned", Pyramid((turned,), turned.shape[1::-1]), region.affine, "turned"))
    after = grabbed(canvas)
    pane = canvas.panes()[1].rect
    inside = np.s_[pane.y : pane.y + pane.height, pane.x : pane.x + pane.width]
    left, top = apply(canvas.affine("result", pane), (0, 0))
    inner = np.s_[max(pane.y, round(top)) : pane.y + pane.height, max(pane.x, round(left)) : pane.x + pane.width]
    assert np.array_equal(after[inner], 255 - before[inner])
    before[inside] = after[inside]
    before[: pane.y] = after[: pane.y]
    assert np.array_equal(before, after), "nothing else may change"


def test_halves_are_true_when_shown_small_and_a_proxy_at_one_to_one(canvas) -> None:
    original, result = build_pyramid(noise(1200, 1000, 1)), build_pyramid(noise(900, 900, 2)).halved()
    canvas.show_pair(Pair(1, 7, original, result, FRAME))
    canvas.zoom_to(0.4)
    canvas.grab()
    assert canvas.painted == canvas.sharp == (1, 7)
    canvas.zoom_to(1.0)
    canvas.grab()
    assert canvas.painted is None
    assert canvas.sharp is None
    canvas.show_pair(Pair(1, 7, original, build_pyramid(noise(900, 900, 2)), FRAME))
    canvas.grab()
    assert canvas.painted == (1, 7)


def test_a_true_result_beside_a_small_original_is_sharp_but_not_decided(qtbot, canvas) -> None:
    small = stand_in(np.zeros((250, 300, 4), np.uint8), (1200, 1000))
    canvas.show_pair(Pair(1, 7, small, build_pyramid(noise(900, 900, 2)), FRAME, exact=False))
    with qtbot.waitSignal(canvas.sharpened):
        canvas.update()
    assert canvas.painted is None
    assert [canvas._serves(pane) for pane in canvas.panes()] == [False, True]


def test_the_minimap_leads_to_the_place_that_is_pressed(qtbot, canvas) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    canvas.set_minimap(True)
    assert canvas._minimap() is None, "the whole product is in sight"
    canvas.zoom_to(2.0)
    area = canvas._minimap()
    assert area is not None
    place = QPoint(area.x + area.width // 4, area.y + area.height * 3 // 4)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert canvas.view.center == pytest.approx((225, 675), abs=10)
    assert canvas.view.zoom == 2.0


@pytest.mark.parametrize("fit", [True, False])
def test_a_look_is_the_same_in_the_next_sitting(qtbot, canvas, fit) -> None:
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    canvas.set_mode(SPLIT)
    if not fit:
        canvas.zoom_to(2.0, at=(500.0, 300.0))
    kept = json.loads(json.dumps(asdict(canvas.look())))
    another = CompareCanvas()
    qtbot.addWidget(another)
    another.resize(801, 533)
    another.recall(Look.of(kept))
    another.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    assert (another.mode, another.view.fit) == (SPLIT, fit)
    assert another.view.zoom == pytest.approx(canvas.view.zoom)
    assert another.view.center == pytest.approx(canvas.view.center, abs=0.01)


def test_a_look_that_makes_no_sense_is_the_usual_one() -> None:
    assert Look.of({"mode": "sideways", "zoom": "big", "carries": 1, "x": 0.25}) == Look(x=0.25)


def test_who_wishes_so_sees_every_image_whole_first(canvas) -> None:
    canvas.carries = False
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    canvas.zoom_to(2.0)
    canvas.show_pair(pair_of(noise(1200, 1000, 1), noise(900, 900, 2)))
    assert canvas.view.zoom == 2.0, "the same image stays as it is"
    canvas.show_pair(pair_of(noise(1200, 1000, 3), noise(900, 900, 4), image=2))
    assert canvas.view.fit


def test_the_readout_knows_lab_the_distance_to_white_and_the_mask(canvas) -> None:
    white = np.full((900, 900, 3), 255, np.uint8)
    readout = read_out(pair_of(noise(1200, 1000, 1), white), (10.5, 20.5), np.full((900, 900), 51, np.uint8))
    assert readout.lab == pytest.approx((100, 0, 0), abs=0.01)
    assert readout.white == pytest.approx(0, abs=0.01)
    assert readout.mask == 51
    red = np.full_like(white, (200, 30, 40))
    cover, samples = np.zeros((900, 900), np.uint8), np.arange(1000 * 1200 * 3, dtype=np.uint32) % 65536
    samples = samples.astype(np.uint16).reshape(1000, 1200, 3)
    deep = read_out(pair_of(noise(1200, 1000, 1), red), (10.5, 20.5), cover, samples)
    assert deep.white == pytest.approx(float(deltaE_ciede2000(deep.lab, (100, 0, 0))), abs=0.01)
    assert deep.samples == tuple(samples[20 + 50, 10 + 100].tolist())
    grey = read_out(pair_of(noise(1200, 1000, 1), white // 2), (10.5, 20.5))
    assert grey.samples is None
    assert grey.lab == pytest.approx((53.2, 0, 0), abs=0.6)
    assert grey.mask is None
