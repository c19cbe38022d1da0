"""How a person looks: modes, what stays for the next image, blinking by itself, and the keys that work while held."""

import time
from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent

from reviewer.actions import held_command
from reviewer.language import translate
from reviewer.views.compare_panel import ComparePanel
from reviewer.widgets.panes import ONION
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT

TAP_SECONDS = 0.3
BLINK_MILLISECONDS = 500
"""Half a second each: twice as fast would come near what people with photosensitivity must not see."""
CARRIES = QT_TRANSLATE_NOOP("Window", "Zoom and place stay for the next image.")
FITS = QT_TRANSLATE_NOOP("Window", "Every image is shown whole first.")


class Viewing(QObject):
    """Takes the commands of the group "Look" that concern the canvas alone."""

    def __init__(self, compare: ComparePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._compare, self._canvas = compare, compare.canvas
        self._down: dict[int, str] = {}
        self._tapped_at, self._tapped_view = 0.0, self._canvas.view
        self._blink = QTimer(self, interval=BLINK_MILLISECONDS)
        self._blink.timeout.connect(lambda: self._canvas.set_blink(not self._canvas.blinking))

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the commands do, by their names."""
        canvas = self._canvas
        return {
            "toggle_zoom": canvas.toggle_zoom,
            "fit": canvas.fit,
            "actual": lambda: canvas.zoom_to(1.0),
            "double": lambda: canvas.zoom_to(2.0),
            "zoom_in": lambda: canvas.zoom_by(1),
            "zoom_out": lambda: canvas.zoom_by(-1),
            "side_by_side": lambda: self.set_mode(SIDE_BY_SIDE),
            "split": lambda: self.set_mode(SPLIT),
            "onion": lambda: self.set_mode(ONION),
            "onion_more": lambda: canvas.change_onion(1),
            "onion_less": lambda: canvas.change_onion(-1),
            "auto_blink": self.toggle_blinking,
            "carry": self._toggle_carrying,
            "minimap": self._toggle_minimap,
        }

    def set_mode(self, mode: str) -> None:
        """Show the pictures in another mode; a second press on the same key leads back."""
        self._canvas.set_mode(SIDE_BY_SIDE if mode == self._canvas.mode else mode)
        self._compare.show_look(self._canvas.look())

    def toggle_blinking(self) -> None:
        """Show original and result in turns, hard cut, until this is asked again."""
        if self._blink.isActive():
            self.rest()
        else:
            self._canvas.set_blink(True)
            self._blink.start()

    def rest(self) -> bool:
        """Blink no more, and take all keys for released; returns whether it blinked by itself."""
        blinked = self._blink.isActive()
        self._blink.stop()
        self._down.clear()
        self._canvas.set_blink(False)
        self._canvas.set_panning_key(False)
        return blinked

    def press(self, event: QKeyEvent) -> bool:
        """Take a key that works while it is down; returns whether it is one."""
        name = held_command(event)
        if name == "blink":
            self._blink.stop()
            self._canvas.set_blink(True)
        elif name == "pan":
            self._tapped_at, self._tapped_view = time.monotonic(), self._canvas.view
            self._canvas.set_panning_key(True)
        if name:
            self._down[event.key()] = name
        return bool(name)

    def release(self, event: QKeyEvent) -> bool:
        """Take the end of such a key; returns whether it was one."""
        name = self._down.pop(event.key(), "")
        if name == "blink":
            self._canvas.set_blink(False)
        elif name == "pan":
            self._canvas.set_panning_key(False)
            if time.monotonic() - self._tapped_at < TAP_SECONDS and self._canvas.view == self._tapped_view:
                self._canvas.toggle_zoom()
        return bool(name)

    def _toggle_carrying(self) -> None:
        canvas = self._canvas
        canvas.carries = not canvas.carries
        self._compare.show_look(canvas.look())
        self._compare.toast.say(translate("Window", CARRIES if canvas.carries else FITS))

    def _toggle_minimap(self) -> None:
        self._canvas.set_minimap(not self._canvas.with_minimap)
        self._compare.show_look(self._canvas.look())
