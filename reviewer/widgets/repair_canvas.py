"""Where a person repairs: the original at any zoom, its mask over it, and the hand at work; only changes are drawn."""

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
from reviewer.images.geometry import Affine
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
from reviewer.widgets.canvas_hand import wheel_steps
from reviewer.widgets.canvas_paint import begin_device_pixels
from reviewer.widgets.canvas_paint import wrapped
from reviewer.widgets.hand import Hand
from reviewer.widgets.hand import Touch

MARGIN = 3
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NO_BUTTON = Qt.MouseButton.NoButton


class RepairCanvas(QWidget):
    """Shows a board and lets a hand work on it.

    Attributes:
        board: what is worked on, None while there is nothing; view: zoom and centre in the original's pixels.
        hand: what the pointer does; look: how mask and picture are shown together.

    Signals:
        hinted(str): what a drag will do is something else now; viewed(ViewState): zoom or place changed.
        pointed(Point or None): the pointer is at that point of the original, or left the canvas.
    """

    hinted = Signal(str)
    viewed, pointed = Signal(object), Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.view, self.look, self.hand = ViewState(), RUBYLITH, Hand(self)
        self._screen: Pixels | None = None
        self._before = self._panning = self._grabbed = self._ring = False
        self._pointer: Point | None = None
        self._held = Qt.KeyboardModifier.NoModifier
        self._down = NO_BUTTON
        self._hint = ""
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(translate("Retouch", "Original to paint on"))
        self.setMinimumSize(QSize(320, 240))

    def take(self, hand: Hand) -> None:
        """Let another hand work from now on."""
        if self._down is not NO_BUTTON:
            self._release(self._touch(self._down))
        self.hand.leave()
        self.hand = hand
        self.setCursor(hand.cursor)
        self.tell_hint()
        self.update()

    def show_board(self, board: Board | None) -> None:
        """Work on this from now on, shown whole."""
        self.board, self._before, self._down = board, False, NO_BUTTON
        self.hand.forget()
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

    def show_place(self, box: Box) -> None:
        """Show a box of the original at 1:1 in the middle, or smaller where it is larger than the canvas."""
        room = self.room()
        zoom = min(1.0, room.width / max(1, box[2] - box[0]), room.height / max(1, box[3] - box[1]))
        self._look(ViewState(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), zoom, fit=False))

    def redraw(self, box: Box | None = None) -> None:
        """Draw a box of the original anew, or everything."""
        if self.board is None or self._screen is None or box is None:
            self._screen = None
            self.update()
            return
        part = screen_part(self.to_screen(), box, MARGIN, self.room())
        if part is not None:
            rows, columns = slice(part.y, part.y + part.height), slice(part.x, part.x + part.width)
            self._screen[rows, columns] = self._drawn(part)
            self._update_part(part)

    def redraw_overlay(self) -> None:
        """Draw anew what the hand lays over the picture."""
        area = self.hand.area(self.to_screen(), self.devicePixelRatioF())
        if area is None:
            self.update()
        elif area.width:
            self._update_part(area)

    def tell_hint(self) -> None:
        """Say what a drag will do, where that has changed."""
        panning = translate("Retouch", "Drag: moves the picture. The wheel zooms.")
        hint = panning if self._panning else self.hand.hint(self._held)
        if hint != self._hint:
            self._hint = hint
            self.hinted.emit(hint)

    def room(self) -> Rect:
        """Return where the picture is shown, in device pixels."""
        ratio = self.devicePixelRatioF()
        return Rect(0, 0, max(1, math.ceil(self.width() * ratio)), max(1, math.ceil(self.height() * ratio)))

    def to_screen(self) -> Affine:
        """Return the original's pixels → device pixels."""
        return product_to_screen(self.view, self.room())

    def original_point(self, point: Point) -> Point:
        """Return the original's point under a device pixel."""
        return screen_to_product(self.view, self.room(), point)

    def _drawn(self, part: Rect) -> Pixels:
        look = PLAIN if self._before else self.look
        return self.board.draw(self.to_screen(), part, look, QColor(PALETTE.canvas).red())

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
            if not self._before:
                self.hand.paint(painter, self.to_screen(), ratio)
        if self._ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(PALETTE.focus), ratio))
            painter.drawRect(QRectF(0, 0, room.width - 1, room.height - 1))
        painter.end()

    def _move(self, event: QMouseEvent | QWheelEvent | QTabletEvent) -> Point:
        """Note where the pointer is; returns how far it came."""
        before, ratio = self._pointer, self.devicePixelRatioF()
        self._pointer = event.position().x() * ratio, event.position().y() * ratio
        self._held = event.modifiers()
        self.pointed.emit(self.original_point(self._pointer))
        return (self._pointer[0] - before[0], self._pointer[1] - before[1]) if before else (0.0, 0.0)

    def _touch(self, button: Qt.MouseButton, pressure: float = 1.0, *, erases: bool = False, clicks: int = 1) -> Touch:
        pointer = self._pointer or (0.0, 0.0)
        return Touch(
            self.original_point(pointer), pointer, self.view.zoom, self._held, button, pressure, erases, clicks
        )

    def _press(self, touch: Touch) -> None:
        if self.board is None:
            return
        self._down = touch.button
        self.redraw_overlay()
        self.hand.press(touch)
        self.redraw_overlay()
        self.tell_hint()

    def _go_on(self, touch: Touch) -> None:
        if self.board is None:
            return
        self.redraw_overlay()
        self.hand.move(touch)
        self.redraw_overlay()
        self.tell_hint()

    def _release(self, touch: Touch) -> None:
        if self._down is NO_BUTTON or self.board is None:
            return
        self._down = NO_BUTTON
        self.redraw_overlay()
        self.hand.release(touch)
        self.redraw_overlay()
        self.tell_hint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._move(event)
        button = event.button()
        if button == MIDDLE or (button == LEFT and self._panning):
            self._grabbed = True
        elif button in (LEFT, RIGHT):
            self._press(self._touch(button))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._move(event)
        if event.button() == LEFT and not self._panning:
            self._press(self._touch(LEFT, clicks=2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = self._move(event)
        if self._grabbed and self.board is not None:
            self._look(panned(self.view, moved, self.board.size))
        else:
            self._go_on(self._touch(self._down))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._move(event)
        if event.button() == self._down:
            self._release(self._touch(event.button()))
        self._grabbed = False
        self.tell_hint()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pressure and the other end of the pen reach the hand; without a stroke the platform makes mouse events."""
        self._move(event)
        erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QEvent.Type.TabletPress and event.button() == LEFT:
            if self._panning:
                self._grabbed = True
            else:
                self._press(self._touch(LEFT, event.pressure(), erases=erases))
        elif event.type() == QEvent.Type.TabletRelease:
            self._grabbed = False
            self._release(self._touch(LEFT, event.pressure(), erases=erases))
        elif self._down == LEFT:
            self._go_on(self._touch(LEFT, event.pressure(), erases=erases))
        else:
            event.ignore()
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._move(event)
        steps = wheel_steps(event)
        if steps and self._down is NO_BUTTON:
            self.zoom_to(next_zoom(self.view.zoom, steps), self._pointer)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._pan_by_key(True)
        elif event.key() == Qt.Key.Key_Tab:
            self.show_before(True)
        elif event.key() not in (Qt.Key.Key_Alt, Qt.Key.Key_Shift) and not self._key(event):
            super().keyPressEvent(event)
        self._note_held(with_key(event, down=True))

    def _key(self, event: QKeyEvent) -> bool:
        if self.board is None:
            return False
        self.redraw_overlay()
        taken = self.hand.key(event)
        self.redraw_overlay()
        return taken

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._pan_by_key(False)
        elif event.key() == Qt.Key.Key_Tab:
            self.show_before(False)
        elif event.key() not in (Qt.Key.Key_Alt, Qt.Key.Key_Shift):
            super().keyReleaseEvent(event)
        self._note_held(with_key(event, down=False))

    def _pan_by_key(self, panning: bool) -> None:
        self._panning = panning
        self.setCursor(Qt.CursorShape.OpenHandCursor if panning else self.hand.cursor)
        if panning:
            self.redraw_overlay()
            self.hand.leave()

    def _note_held(self, held: Qt.KeyboardModifier) -> None:
        self._held = held
        self.redraw_overlay()
        self.tell_hint()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab is held for the original; Shift+Tab leads out of the picture.
        return not forward and super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self._pan_by_key(False)
        self._note_held(Qt.KeyboardModifier.NoModifier)
        self.show_before(False)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()

    def leaveEvent(self, event: QEvent) -> None:
        self.redraw_overlay()
        self._pointer = None
        self.pointed.emit(None)
        if self._down is NO_BUTTON:
            self.hand.leave()


def with_key(event: QKeyEvent, *, down: bool) -> Qt.KeyboardModifier:
    """Return the modifiers after this key; platforms differ in whether the event holds them already."""
    held = event.modifiers()
    for key, modifier in (
        (Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    ):
        if event.key() == key:
            held = held | modifier if down else held & ~modifier
    return held
