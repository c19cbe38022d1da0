"""What the status line of the repair room says of the pixel under the pointer."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from reviewer.images.geometry import Point
from reviewer.views.pixel_words import readout_words
from reviewer.widgets.pixel_readout import read_board

if TYPE_CHECKING:
    from reviewer.views.retouch import Retouch


class RetouchPixel(QObject):
    """Follows the pointer; the file's own 16-bit values are read once somebody points at an image."""

    def __init__(self, retouch: "Retouch") -> None:
        super().__init__(retouch)
        self._retouch = retouch
        self._asked: int | None = None
        self._samples: NDArray[np.uint16] | None = None
        self._point: Point | None = None
        retouch.canvas.pointed.connect(self._follow)
        retouch.changed.connect(lambda _: self._follow(self._point))
        retouch.left.connect(self._forget)

    def _forget(self) -> None:
        self._asked = self._samples = None
        self._follow(None)

    def _follow(self, point: Point | None) -> None:
        self._point, board = point, self._retouch.board
        if point is not None:
            self._read()
        readout = None if point is None or board is None else read_board(board, point, self._samples)
        self._retouch.panel.readout.setText("" if readout is None else readout_words(readout))

    def _read(self) -> None:
        entry = self._retouch.entry
        if entry is None or self._asked == entry.record.id:
            return
        self._asked = image = entry.record.id

        def take(samples: NDArray[np.uint16] | None) -> None:
            if self._asked == image:
                self._samples = samples
                self._follow(self._point)

        self._retouch.desk.repair.samples(entry, take, failed=self._retouch.tell)
