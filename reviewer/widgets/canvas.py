"""The compare canvas: original and result under one view. It draws and says where the pointer is; it decides nothing.

All geometry is in device pixels; every pane maps its source through the pair's frame into product coordinates, so one
`ViewState` keeps both panes on the same product point.
"""

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from reviewer.images.gallery import Pair
from reviewer.images.geometry import IDENTITY
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import carried
from reviewer.images.geometry import clamp_zoom
from reviewer.images.geometry import fit_view
from reviewer.images.geometry import next_zoom
from reviewer.images.geometry import original_to_product
from reviewer.images.geometry import panned
from reviewer.images.geometry import product_to_screen
from reviewer.images.geometry import scale_of
from reviewer.images.geometry import screen_to_product
from reviewer.images.geometry import source_to_screen
from reviewer.images.geometry import zoomed_at
from reviewer.images.layers import Layer
from reviewer.images.pyramid import Pyramid
from reviewer.theme import PALETTE
from reviewer.widgets.canvas_paint import PaneMemory
from reviewer.widgets.canvas_paint import begin_device_pixels
from reviewer.widgets.canvas_paint import paint_badge
from reviewer.widgets.canvas_paint import paint_caption
from reviewer.widgets.canvas_paint import paint_cross
from reviewer.widgets.canvas_paint import paint_divider
from reviewer.widgets.canvas_paint import paint_outline
from reviewer.widgets.marks import Marks
from reviewer.widgets.marks import Polygon
from reviewer.widgets.marks import bounds
from reviewer.widgets.marks import paint_evidence
from reviewer.widgets.panes import CAPTION_HEIGHT
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT
from reviewer.widgets.panes import Pane
from reviewer.widgets.panes import lay_panes
from reviewer.widgets.panes import read_out

WHEEL_STEP = 120
SPLIT_REACH = 8
LOOK_MARGIN = 0.1


class CompareCanvas(QWidget):
    """Shows a pair.

    Attributes:
        view: zoom and centre in product coordinates, for both panes.
        mode: "side_by_side" or "split".
        painted: (image, version) of what is really on the screen, None while it is a stand-in or nothing.

    Signals:
        appeared: new exact pixels are on the screen for the first time.
        viewed(ViewState): zoom or place changed.
        pointed(Readout or None): the pointer moved over the product, or left it.
    """

    appeared = Signal()
    viewed = Signal(object)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.mode = ViewState(), SIDE_BY_SIDE
        self.painted: tuple[int, int | None] | None = None
        self._pair: Pair | None = None
        self._layer: Layer | None = None
        self._marks: Marks | None = None
        self._blinking, self._panning_key = False, False
        self._pointer: Point | None = None
        self._dragged: QPoint | None = None
        self._moves_split = False
        self._split = 0.5
        self._memory = PaneMemory()
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Original and result")
        self.setMinimumSize(QSize(320, 240))

    @property
    def pair(self) -> Pair | None:
        """What is shown, or about to be painted."""
        return self._pair

    def show_pair(self, pair: Pair | None) -> None:
        """Show other pixels; zoom and place stay, relative to the product, unless the view fits itself."""
        before, self._pair = self._pair, pair
        if _shown(pair) != self.painted:
            self.painted = None
        if before is None or pair is None or before.image != pair.image:
            self._layer = self._marks = None
        self._memory.forget()
        if pair is not None and not self.view.fit and before is not None and before.size != pair.size:
            self.view = carried(self.view, before.size, pair.size)
        self._settle()
        self._report_pointer()

    def show_layer(self, layer: Layer | None) -> None:
        """Show a layer instead of the result."""
        self._layer = layer
        self._memory.forget()
        self.update()

    def show_marks(self, marks: Marks | None) -> None:
        """Outline places of evidence in all panes, or none."""
        self._marks = marks
        self.update()

    def look_at(self, place: Polygon) -> None:
        """Bring a place in product coordinates into the middle at 1:1, or as close as shows all of it."""
        left, top, right, bottom = bounds(place)
        pane, room = self.panes()[-1].rect, 1 - 2 * LOOK_MARGIN
        whole = min(pane.width * room / max(right - left, 1), pane.height * room / max(bottom - top, 1))
        self._look(ViewState(((left + right) / 2, (top + bottom) / 2), clamp_zoom(min(1.0, whole)), fit=False))

    def set_mode(self, mode: str) -> None:
        """Show both pictures side by side, or one over the other with a divider."""
        self.mode = mode
        self._settle()

    def set_blink(self, blinking: bool) -> None:
        """Show the original in place of the result, while it is held; nothing else changes."""
        if self._blinking != blinking:
            self._blinking = blinking
            self.update()

    def set_panning_key(self, down: bool) -> None:
        """Remember that the key for dragging is held."""
        self._panning_key = down
        self._show_cursor()

    def fit(self) -> None:
        """Show the whole product, now and for the images to come."""
        self.view = ViewState(fit=True)
        self._settle()

    def zoom_to(self, zoom: float, at: Point | None = None) -> None:
        """Zoom to device pixels per result pixel, around a screen point (default: the pointer, else the middle)."""
        pane = self._pane_at(at or self._pointer)
        if pane is not None:
            self._look(zoomed_at(self.view, pane.rect, at or self._pointer or pane.rect.center, zoom))

    def zoom_by(self, steps: float) -> None:
        """Zoom some steps closer, or further away."""
        self.zoom_to(next_zoom(self.view.zoom, steps))

    def toggle_zoom(self) -> None:
        """Switch between the whole product and 1:1 at the pointer."""
        if self.view.fit:
            self.zoom_to(1.0)
        else:
            self.fit()

    def panes(self) -> tuple[Pane, ...]:
        """Return the panes as they lie now, in device pixels."""
        ratio = self.devicePixelRatioF()
        both = self._pair is not None and self._pair.result is not None
        return lay_panes((int(self.width() * ratio), int(self.height() * ratio)), ratio, self.mode, both=both)

    def affine(self, source: str, pane: Rect) -> Affine:
        """Return source pixels → screen for "original" or "result" in that pane."""
        frame = self._pair.frame if self._pair else None
        inner = original_to_product(frame) if source == "original" else IDENTITY
        return source_to_screen(self.view, pane, inner)

    def _settle(self) -> None:
        if self._pair is not None and self.view.fit:
            self.view = fit_view(self._pair.size, self.panes()[-1].rect)
        self.viewed.emit(self.view)
        self.update()

    def _look(self, view: ViewState) -> None:
        self.view = view
        self.viewed.emit(view)
        self._report_pointer()
        self.update()

    def _pane_at(self, point: Point | None) -> Pane | None:
        panes = self.panes()
        if self._pair is None:
            return None
        return next((pane for pane in panes if point is not None and pane.rect.contains(point)), panes[-1])

    def _picture(self, source: str) -> Pyramid | None:
        if self._pair is None:
            return None
        if source == "original":
            return self._pair.original
        return self._layer.pyramid if self._layer is not None else self._pair.result

    def _paint_pane(self, painter: QPainter, pane: Pane) -> None:
        source = "original" if self._blinking else pane.source
        self._blit(painter, source, pane.rect)
        if self.mode == SPLIT and pane.source == "result" and not self._blinking:
            at = round(pane.rect.width * self._split)
            self._blit(painter, "original", Rect(pane.rect.x, pane.rect.y, at, pane.rect.height), pane.rect)
            paint_divider(painter, pane.rect.x + at, pane.rect, self.devicePixelRatioF())

    def _blit(self, painter: QPainter, source: str, part: Rect, pane: Rect | None = None) -> None:
        """Draw a source into `part` of a pane; what did not move since the last time comes from memory."""
        picture = self._picture(source)
        if picture is None or part.width < 1:
            return
        self._memory.draw(painter, picture, self.affine(source, pane or part), part)

    def _paint_marks(self, painter: QPainter) -> None:
        panes, pair = self.panes(), self._pair
        if pair is None:
            return
        ratio = self.devicePixelRatioF()
        for pane in panes if self._marks is not None else ():
            paint_evidence(painter, self._marks, product_to_screen(self.view, pane.rect), pane.rect, ratio)
        first = panes[0]
        if pair.frame is not None and first.source == "original":
            paint_outline(painter, product_to_screen(self.view, first.rect), pair.size, first.rect, ratio)
        under = self._pane_at(self._pointer) if self._pointer is not None else None
        if under is None or self._pointer is None or not under.rect.contains(self._pointer):
            return
        for pane in panes:
            if pane != under:
                x, y = self._pointer[0] - under.rect.x + pane.rect.x, self._pointer[1]
                paint_cross(painter, (x, y), pane.rect, ratio)

    def _paint_captions(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        for pane in self.panes():
            area = QRect(round(pane.rect.x / ratio), 0, round(pane.rect.width / ratio), CAPTION_HEIGHT)
            both = self.mode == SPLIT and pane.source == "result"
            paint_caption(painter, area, "Original  |  Result" if both else pane.source.title(), self._facts(pane))
            if self._pair is not None and not self._pair.exact:
                paint_badge(painter, area.translated(0, CAPTION_HEIGHT), "PROXY")

    def _facts(self, pane: Pane) -> str:
        picture = self._picture(pane.source)
        if picture is None or self._pair is None:
            return ""
        if not self._pair.exact:
            return "small copy, loading the file"
        layered = self._layer is not None and pane.source == "result"
        facts = self._layer.sentence if layered else f"{picture.size[0]} × {picture.size[1]}"
        return f"{facts}   {scale_of(self.affine(pane.source, pane.rect)):.0%}"

    def _report_pointer(self) -> None:
        pane = self._pane_at(self._pointer) if self._pointer is not None else None
        if pane is None or self._pair is None or self._pointer is None or not pane.rect.contains(self._pointer):
            self.pointed.emit(None)
            return
        self.pointed.emit(read_out(self._pair, screen_to_product(self.view, pane.rect, self._pointer)))

    def _device_point(self, event: QMouseEvent | QWheelEvent) -> Point:
        ratio = self.devicePixelRatioF()
        return event.position().x() * ratio, event.position().y() * ratio

    def _show_cursor(self) -> None:
        if self._dragged is not None and not self._moves_split:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._panning_key:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._moves_split or self._near_split():
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)

    def _near_split(self) -> bool:
        if self.mode != SPLIT or self._pair is None or self._pair.result is None or self._pointer is None:
            return False
        pane = self.panes()[-1].rect
        reach = SPLIT_REACH * self.devicePixelRatioF()
        return abs(self._pointer[0] - pane.x - pane.width * self._split) <= reach

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(PALETTE.canvas))
        painter.save()
        begin_device_pixels(painter, self.devicePixelRatioF())
        for pane in self.panes():
            self._paint_pane(painter, pane)
        self._paint_marks(painter)
        painter.restore()
        self._paint_captions(painter)
        if self._ring:
            painter.setPen(QColor(PALETTE.focus))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        shown = _shown(self._pair)
        if shown != self.painted and event.rect().contains(self.rect()):
            self.painted = shown
            if shown is not None:
                self.appeared.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._memory.forget()
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._pointer = self._device_point(event)
        steps = event.angleDelta().y() / WHEEL_STEP
        if steps:
            self.zoom_to(next_zoom(self.view.zoom, steps), self._pointer)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pointer = self._device_point(event)
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            on_split = event.button() == Qt.MouseButton.LeftButton and self._near_split()
            self._moves_split = on_split and not self._panning_key
            self._dragged = event.position().toPoint()
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._pointer = self._pointer, self._device_point(event)
        if self._moves_split:
            pane = self.panes()[-1].rect
            self._split = min(max((self._pointer[0] - pane.x) / pane.width, 0.0), 1.0)
        elif self._dragged is not None and before is not None and self._pair is not None:
            moved = (self._pointer[0] - before[0], self._pointer[1] - before[1])
            self._look(panned(self.view, moved, self._pair.size))
            return
        self._show_cursor()
        self._report_pointer()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged, self._moves_split = None, False
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer = self._device_point(event)
        self.toggle_zoom()

    def leaveEvent(self, event: object) -> None:
        self._pointer = None
        self._report_pointer()
        self.update()


def _shown(pair: Pair | None) -> tuple[int, int | None] | None:
    return (pair.image, pair.version) if pair is not None and pair.exact else None
