"""The compare canvas: original and result under one view. It shows, and says what is pointed at; it decides nothing."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import QWheelEvent

from reviewer.images.gallery import Pair
from reviewer.images.geometry import IDENTITY
from reviewer.images.geometry import Point
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import carried
from reviewer.images.geometry import clamp_zoom
from reviewer.images.geometry import fit_view
from reviewer.images.geometry import next_zoom
from reviewer.images.geometry import original_to_product
from reviewer.images.geometry import panned
from reviewer.images.geometry import screen_to_product
from reviewer.images.geometry import source_to_screen
from reviewer.images.geometry import zoomed_at
from reviewer.images.layers import Layer
from reviewer.images.pyramid import Pixels
from reviewer.widgets.canvas_hand import Hold
from reviewer.widgets.canvas_hand import wheel_steps
from reviewer.widgets.canvas_panes import PaneCanvas
from reviewer.widgets.canvas_panes import shown_key
from reviewer.widgets.marks import Marks
from reviewer.widgets.marks import Polygon
from reviewer.widgets.marks import bounds
from reviewer.widgets.minimap import product_at
from reviewer.widgets.panes import ONION
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT
from reviewer.widgets.panes import Look
from reviewer.widgets.panes import lay_panes
from reviewer.widgets.pixel_readout import read_out

SPLIT_REACH = 8
LOOK_MARGIN = 0.1
ONION_STEP = 0.1


class CompareCanvas(PaneCanvas):
    """Shows a pair.

    Attributes:
        view: zoom and centre in product coordinates, for both panes.
        mode: "side_by_side", "split" or "onion".
        carries: zoom and place stay for the next image; else every image is shown whole first.
        with_minimap: whether the whole is shown small in a corner while only a part is seen.
        painted: (image, version) of what is really on the screen, None while any of it is a stand-in.
        sharp: the same, while only the result has to be its file's own pixels.

    Signals:
        appeared: new exact pixels are on the screen for the first time; sharpened: so far only the result's.
        viewed(ViewState): zoom, place, mode or size changed.
        pointed(Readout or None): the pointer moved over the product, or left it.
    """

    def show_pair(self, pair: Pair | None) -> None:
        """Show other pixels; zoom and place stay, relative to the product, unless the view fits itself."""
        before, self._pair = self._pair, pair
        if shown_key(pair) != self.painted:
            self.painted = self.sharp = None
        other = before is None or pair is None or before.image != pair.image
        if other:
            self._layer = self._marks = self._cover = self._samples = None
        if other and not self.carries:
            self.view = ViewState(fit=True)
        if pair is not None and self._recalled is not None:
            self.view, self._recalled = carried(self._recalled, (1.0, 1.0), pair.size), None
        if pair is not None and not self.view.fit and before is not None and before.size != pair.size:
            self.view = carried(self.view, before.size, pair.size)
        self._settle()
        self._report_pointer()

    def prepare(self, pair: Pair) -> None:
        """Render the pair that probably comes next as it will be shown, while there is time."""
        panes = lay_panes(self._device_size(), self.devicePixelRatioF(), self.mode, both=pair.result is not None)
        fitted = self.view.fit or not self.carries
        view = fit_view(pair.size, panes[-1].rect) if fitted else self.view
        if self.mode == SIDE_BY_SIDE and (fitted or self._pair is None or self._pair.size == pair.size):
            for pane in panes:
                picture = pair.original if pane.source == "original" else pair.result
                inner = original_to_product(pair.frame) if pane.source == "original" else IDENTITY
                if picture is not None:
                    self._memory.prepare(picture, source_to_screen(view, pane.rect, inner), pane.rect)

    def show_file(self, words: str) -> None:
        """Say that the result is a finished file, in these words; "" for the result itself."""
        if words != self._file:
            self._file = words
            self.update()

    def show_layer(self, layer: Layer | None) -> None:
        """Lay a layer over the result, or none."""
        self._layer = layer
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
        """Show both pictures side by side, one over the other with a divider, or one through the other."""
        self.mode = mode
        self._memory.forget()
        self._settle()

    @property
    def blinking(self) -> bool:
        """Whether the original is shown in the place of the result."""
        return self._blinking

    def set_blink(self, blinking: bool) -> None:
        """Show the original in place of the result, while it is held; nothing else changes."""
        if self._blinking != blinking:
            self._blinking = blinking
            self.update()

    def set_panning_key(self, down: bool) -> None:
        """Remember that the key for dragging is held."""
        self._hand.panning_key = down
        self._show_cursor()

    def recall(self, look: Look) -> None:
        """Look as before; zoom and place are taken up by the first pair."""
        self.mode, self.carries, self.with_minimap, self._onion = look.mode, look.carries, look.minimap, look.onion
        if not look.fit:
            self._recalled = ViewState((look.x, look.y), clamp_zoom(look.zoom), fit=False)
        self._settle()

    def look(self) -> Look:
        """Return how this person looks now."""
        width, height = self._pair.size if self._pair is not None else (1, 1)
        x, y = (min(max(value, 0.0), 1.0) for value in (self.view.center[0] / width, self.view.center[1] / height))
        fit = self.view.fit or self._pair is None
        return Look(self.mode, fit, self.view.zoom, x, y, self.carries, self.with_minimap, self._onion)

    def show_cover(self, image: int, cover: Pixels, samples: NDArray[np.uint16] | None = None) -> None:
        """Take for the readout an image's mask in its result's frame, and its original's samples beyond 8 bits."""
        if self._pair is not None and self._pair.image == image:
            self._cover, self._samples = cover, samples
            self._report_pointer()

    @property
    def knows_cover(self) -> bool:
        """Say whether the readout knows the mask."""
        return self._cover is not None

    def change_onion(self, steps: float) -> None:
        """Let more or less of the original shine through."""
        self.set_onion(self._onion + steps * ONION_STEP)

    def set_onion(self, share: float) -> None:
        """Show the original through the result, 0 (not at all) to 1."""
        self._onion = min(max(share, 0.0), 1.0)
        self.update()

    def set_minimap(self, shown: bool) -> None:
        """Show the minimap where there is more than the pane shows, or never."""
        self.with_minimap = shown
        self.update()

    def fit(self) -> None:
        """Show the whole product, now and for the images to come."""
        self.view = ViewState(fit=True)
        self._settle()

    def zoom_to(self, zoom: float, at: Point | None = None) -> None:
        """Zoom to device pixels per result pixel, around a screen point (default: the pointer, else the middle)."""
        pane, pointer = self._pane_at(at or self._hand.pointer), self._hand.pointer
        if pane is not None:
            self._look(zoomed_at(self.view, pane.rect, at or pointer or pane.rect.center, zoom))

    def zoom_by(self, steps: float) -> None:
        """Zoom some steps closer, or further away."""
        self.zoom_to(next_zoom(self.view.zoom, steps))

    def toggle_zoom(self) -> None:
        """Switch between the whole product and 1:1 at the pointer."""
        if self.view.fit:
            self.zoom_to(1.0)
        else:
            self.fit()

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

    def _report_pointer(self) -> None:
        pointer = self._hand.pointer
        pane = self._pane_at(pointer) if pointer is not None else None
        if pane is None or self._pair is None or pointer is None or not pane.rect.contains(pointer):
            self.pointed.emit(None)
            return
        point = screen_to_product(self.view, pane.rect, pointer)
        self.pointed.emit(read_out(self._pair, point, self._cover, self._samples))

    def _show_cursor(self) -> None:
        self.setCursor(self._hand.cursor(near_split=self._near_split()))

    def _near_split(self) -> bool:
        pointer = self._hand.pointer
        if self.mode != SPLIT or self._pair is None or self._pair.result is None or pointer is None:
            return False
        pane = self.panes()[-1].rect
        reach = SPLIT_REACH * self.devicePixelRatioF()
        return abs(pointer[0] - pane.x - pane.width * self._split) <= reach

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
        self._hand.move(event, self.devicePixelRatioF())
        steps = wheel_steps(event)
        if steps and self.mode == ONION and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.change_onion(steps)
        elif steps:
            self.zoom_to(next_zoom(self.view.zoom, steps), self._hand.pointer)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        hand = self._hand
        hand.move(event, self.devicePixelRatioF())
        left, area = event.button() == Qt.MouseButton.LeftButton, self._minimap()
        if left and area is not None and hand.pointer is not None and area.contains(hand.pointer):
            hand.holds = Hold.MINIMAP
            self._follow_minimap()
        elif left or event.button() == Qt.MouseButton.MiddleButton:
            on_split = left and self._near_split() and not hand.panning_key
            hand.holds = Hold.SPLIT if on_split else Hold.PICTURE
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._hand
        moved = hand.move(event, self.devicePixelRatioF())
        if hand.holds is Hold.PICTURE and self._pair is not None:
            self._look(panned(self.view, moved, self._pair.size))
            return
        if hand.holds is Hold.MINIMAP:
            self._follow_minimap()
            return
        if hand.holds is Hold.SPLIT and hand.pointer is not None:
            pane = self.panes()[-1].rect
            self._split = min(max((hand.pointer[0] - pane.x) / pane.width, 0.0), 1.0)
        self._show_cursor()
        self._report_pointer()
        self.update()

    def _follow_minimap(self) -> None:
        area = self._minimap()
        if area is not None and self._pair is not None and self._hand.pointer is not None:
            center = product_at(area, self._pair.size, self._hand.pointer)
            self._look(ViewState(center, self.view.zoom, fit=False))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.holds = Hold.NOTHING
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hand.move(event, self.devicePixelRatioF())
        self.toggle_zoom()

    def leaveEvent(self, event: object) -> None:
        self._hand.pointer = None
        self._report_pointer()
        self.update()
