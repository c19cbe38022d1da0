"""Where a person paints: the original at any zoom, its mask over it, and the brush; only what changed is drawn anew."""

import math

from PySide6.QtCore import QEvent
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtGui import QPointingDevice
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import QTabletEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from pipeline.model import Box
from reviewer.images.board import PLAIN
from reviewer.images.board import RUBYLITH
from reviewer.images.board import Board
from reviewer.images.board import screen_part
from reviewer.images.draft import HOLE
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import fit_view
from reviewer.images.geometry import next_zoom
from reviewer.images.geometry import panned
from reviewer.images.geometry import product_to_screen
from reviewer.images.geometry import screen_to_product
from reviewer.images.geometry import zoomed_at
from reviewer.images.pyramid import Pixels
from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.widgets.brush_hand import HARDNESS_SWING
from reviewer.widgets.brush_hand import SIZE_SWING
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import Intent
from reviewer.widgets.brush_hand import Pulling
from reviewer.widgets.brush_hand import with_key
from reviewer.widgets.brush_paint import RING_ROOM
from reviewer.widgets.brush_paint import paint_ring
from reviewer.widgets.canvas_hand import wheel_steps
from reviewer.widgets.canvas_paint import begin_device_pixels
from reviewer.widgets.canvas_paint import wrapped

MARGIN = 3


class BrushCanvas(QWidget):
    """Paints on a board.

    Attributes:
        board: what is painted on, None while there is nothing; view: zoom and centre in the original's pixels.
        brush: what a drag paints with; look: how mask and picture are shown together.

    Signals:
        pulled(Pull): a stroke was painted to its end; brush_changed(Brush): it has another size or hardness.
        intended(Intent): what a drag will do is something else now; viewed(ViewState): zoom or place changed.
    """

    pulled = Signal(object)
    brush_changed = Signal(object)
    intended = Signal(object)
    viewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.view, self.brush, self.look = ViewState(), Brush(), RUBYLITH
        self._screen: Pixels | None = None
        self._before = self._panning = self._grabbed = False
        self._pulling = Pulling()
        self._pointer: Point | None = None
        self._held = Qt.KeyboardModifier.NoModifier
        self._swung: tuple[Point, Brush] | None = None
        self._intent = Intent.ADD
        self._ring = False
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(translate("Retouch", "Original to paint on"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(QSize(320, 240))

    def show_board(self, board: Board | None) -> None:
        """Paint on this from now on, shown whole."""
        self.board, self._pulling, self._before = board, Pulling(), False
        self.fit()

    def show_look(self, look: str) -> None:
        """Show mask and picture together in another way."""
        self.look = look
        self.redraw()

    def show_before(self, before: bool) -> None:
        """Show the original alone while it is held."""
        if self._before != before:
            self._before = before
            self.redraw()

    def set_brush(self, brush: Brush) -> None:
        """Paint with this from now on."""
        self._update_ring()
        self.brush = brush
        self._update_ring()
        self.brush_changed.emit(brush)
        self._tell_intent()

    def fit(self) -> None:
        """Show the whole original."""
        self.view = ViewState(fit=True)
        self._settle()

    def zoom_to(self, zoom: float, at: Point | None = None) -> None:
        """Zoom to device pixels per pixel of the original, around a screen point (default: the pointer)."""
        if self.board is not None:
            at = at or self._pointer or self.room().center
            self._look(zoomed_at(self.view, self.room(), at, zoom))

    def zoom_by(self, steps: float) -> None:
        """Zoom some steps closer, or further away."""
        self.zoom_to(next_zoom(self.view.zoom, steps))

    def toggle_zoom(self) -> None:
        """Switch between the whole and 1:1 at the pointer."""
        if self.view.fit:
            self.zoom_to(1.0)
        else:
            self.fit()

    def redraw(self, box: Box | None = None) -> None:
        """Draw a box of the original anew, or everything."""
        if self.board is None or self._screen is None or box is None:
            self._screen = None
            self.update()
            return
        part = screen_part(product_to_screen(self.view, self.room()), box, MARGIN, self.room())
        if part is not None:
            rows, columns = slice(part.y, part.y + part.height), slice(part.x, part.x + part.width)
            self._screen[rows, columns] = self._drawn(part)
            self._update_part(part)

    def room(self) -> Rect:
        """Return where the picture is shown, in device pixels."""
        ratio = self.devicePixelRatioF()
        return Rect(0, 0, max(1, math.ceil(self.width() * ratio)), max(1, math.ceil(self.height() * ratio)))

    def original_point(self, point: Point) -> Point:
        """Return the original's point under a device pixel."""
        return screen_to_product(self.view, self.room(), point)

    def _drawn(self, part: Rect) -> Pixels:
        look = PLAIN if self._before else self.look
        ground = QColor(PALETTE.canvas).red()
        return self.board.draw(product_to_screen(self.view, self.room()), part, look, ground)

    def _settle(self) -> None:
        if self.board is not None and self.view.fit:
            self.view = fit_view(self.board.size, self.room())
        self._look(self.view)

    def _look(self, view: ViewState) -> None:
        self.view = view
        self.redraw()
        self.viewed.emit(view)

    def _update_part(self, part: Rect) -> None:
        ratio = self.devicePixelRatioF()
        left, top = math.floor(part.x / ratio), math.floor(part.y / ratio)
        right, bottom = math.ceil((part.x + part.width) / ratio), math.ceil((part.y + part.height) / ratio)
        self.update(QRect(left, top, right - left, bottom - top))

    def _ring_radius(self) -> float:
        return self.brush.radius * self.view.zoom

    def _update_ring(self) -> None:
        if self._pointer is None:
            return
        reach = math.ceil(self._ring_radius()) + RING_ROOM
        x, y = int(self._pointer[0]), int(self._pointer[1])
        self._update_part(Rect(x - reach, y - reach, 2 * reach, 2 * reach))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        begin_device_pixels(painter, ratio)
        room = self.room()
        if self.board is None:
            painter.fillRect(QRect(0, 0, room.width, room.height), QColor(PALETTE.canvas))
        else:
            if self._screen is None:
                self._screen = self._drawn(room)
            area = event.rect()
            left, top = math.floor(area.left() * ratio), math.floor(area.top() * ratio)
            right, bottom = math.ceil((area.right() + 1) * ratio), math.ceil((area.bottom() + 1) * ratio)
            part = QRectF(left, top, right - left, bottom - top)
            painter.drawImage(part.topLeft(), wrapped(self._screen), part)
        if self._pointer is not None and self.board is not None and not self._panning:
            paint_ring(painter, self._pointer, self._ring_radius(), self.brush.hardness, ratio)
        if self._ring:
            painter.setPen(QPen(QColor(PALETTE.focus), ratio))
            painter.drawRect(QRectF(0, 0, room.width - 1, room.height - 1))
        painter.end()

    def _move(self, event: QMouseEvent | QWheelEvent | QTabletEvent) -> Point:
        """Note where the pointer is; returns how far it came."""
        self._update_ring()
        before, ratio = self._pointer, self.devicePixelRatioF()
        self._pointer = event.position().x() * ratio, event.position().y() * ratio
        self._update_ring()
        self._note_held(event.modifiers())
        return (self._pointer[0] - before[0], self._pointer[1] - before[1]) if before else (0.0, 0.0)

    def _note_held(self, held: Qt.KeyboardModifier) -> None:
        self._held = held
        self._tell_intent()

    def intent(self) -> Intent:
        """Return what a press would do now."""
        if self._panning:
            return Intent.PAN
        adds = self.brush.adds != bool(self._held & Qt.KeyboardModifier.AltModifier)
        if self._held & Qt.KeyboardModifier.ShiftModifier:
            return Intent.LINE
        if self.brush.layer == HOLE:
            return Intent.HOLE if adds else Intent.UNHOLE
        return Intent.ADD if adds else Intent.ERASE

    def _tell_intent(self) -> None:
        intent = Intent.SIZE if self._swung is not None else self.intent()
        if intent is not self._intent:
            self._intent = intent
            self.intended.emit(intent)

    def _press(self, pressure: float, *, erases: bool = False) -> None:
        if self.board is None or self._pointer is None:
            return
        adds = self.brush.adds != bool(self._held & Qt.KeyboardModifier.AltModifier)
        straight = bool(self._held & Qt.KeyboardModifier.ShiftModifier)
        point = self.original_point(self._pointer)
        self._pulling.begin(self.brush, point, pressure, adds=adds and not erases, straight=straight)
        self._paint_on()

    def _draw_to(self, pressure: float) -> None:
        if self._pulling.pull is not None and self._pointer is not None:
            self._pulling.go_on(self.original_point(self._pointer), pressure)
            self._paint_on()

    def _paint_on(self) -> None:
        pulling = self._pulling
        if self.board is not None and pulling.pull is not None:
            box, pulling.painted = self.board.draw_pull(pulling.pull, pulling.painted)
            self.redraw(box)

    def _release(self) -> None:
        done = self._pulling.finish()
        if done is not None:
            self.pulled.emit(done)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._move(event)
        left, alt = event.button() == Qt.MouseButton.LeftButton, self._held & Qt.KeyboardModifier.AltModifier
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._panning):
            self._grabbed = True
        elif event.button() == Qt.MouseButton.RightButton and alt and self._pointer is not None:
            self._swung = self._pointer, self.brush
            self._tell_intent()
        elif left:
            self._press(1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._swung is not None:
            self._swing(event)
            return
        moved = self._move(event)
        if self._grabbed and self.board is not None:
            self._look(panned(self.view, moved, self.board.size))
        elif not self._held & Qt.KeyboardModifier.ShiftModifier:
            self._draw_to(1.0)

    def _swing(self, event: QMouseEvent) -> None:
        """Size by the way to the right, hardness by the way up; the ring stays where the drag began."""
        start, brush = self._swung
        ratio = self.devicePixelRatioF()
        across, down = event.position().x() * ratio - start[0], event.position().y() * ratio - start[1]
        grown = brush.with_radius(brush.radius * math.exp(across * SIZE_SWING))
        self.set_brush(grown.harder(-down * HARDNESS_SWING))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._pulling.pull is not None:
            if self._held & Qt.KeyboardModifier.ShiftModifier:
                self._move(event)
                self._draw_to(1.0)
            self._release()
        self._grabbed, self._swung = False, None
        self._tell_intent()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pressure sizes the brush; the other end of the pen erases."""
        self._move(event)
        erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            if self._panning:
                self._grabbed = True
            else:
                self._press(event.pressure(), erases=erases)
        elif event.type() == QEvent.Type.TabletRelease:
            self._grabbed = False
            self._release()
        elif self._pulling.pull is not None:
            self._draw_to(event.pressure())
        else:
            # Without a stroke the platform makes mouse events of it: hovering, panning.
            event.ignore()
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._move(event)
        steps = wheel_steps(event)
        if steps and self._pulling.pull is None:
            self.zoom_to(next_zoom(self.view.zoom, steps), self._pointer)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._panning = True
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self._update_ring()
        elif event.key() == Qt.Key.Key_Tab:
            self.show_before(True)
        elif event.key() not in (Qt.Key.Key_Alt, Qt.Key.Key_Shift):
            super().keyPressEvent(event)
        self._note_held(with_key(event, down=True))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._panning = False
            self.setCursor(Qt.CursorShape.CrossCursor)
            self._update_ring()
        elif event.key() == Qt.Key.Key_Tab:
            self.show_before(False)
        elif event.key() not in (Qt.Key.Key_Alt, Qt.Key.Key_Shift):
            super().keyReleaseEvent(event)
        self._note_held(with_key(event, down=False))

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab is held for the original; Shift+Tab leads out of the picture.
        return not forward and super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = self._panning = False
        self._note_held(Qt.KeyboardModifier.NoModifier)
        self.show_before(False)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()

    def leaveEvent(self, event: QEvent) -> None:
        self._update_ring()
        self._pointer = None
