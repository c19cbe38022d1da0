"""Run by test_device_scales.py in a process of its own, since Qt reads the screen's scale once at start."""

import math
import sys

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Frame
from reviewer.images.gallery import Pair
from reviewer.images.geometry import apply
from reviewer.images.pyramid import build_pyramid
from reviewer.widgets.canvas import CompareCanvas


def main() -> None:
    """Print the device scale and which share of the result's pixels on the screen equals the file's."""
    application = QApplication([])
    rng = np.random.default_rng(0)
    result = rng.integers(0, 256, (2000, 2000, 3), dtype=np.uint8)
    frame = Frame((1.0, 0.0, 0.3, 0.0, 1.0, 0.4), (2000, 2000))
    window, canvas = QWidget(), CompareCanvas()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(13, 11, 7, 5)
    layout.addWidget(canvas)
    window.resize(903, 611)
    window.show()
    canvas.show_pair(Pair(1, 1, build_pyramid(result[::-1].copy()), build_pyramid(result), frame))
    canvas.zoom_to(1.0)
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    ratio, pane = canvas.devicePixelRatioF(), canvas.panes()[1].rect
    left, top = (round(value) for value in apply(canvas.affine("result", pane), (0, 0)))
    x0, y0 = math.floor(13 * ratio + 0.5) + pane.x, math.floor(11 * ratio + 0.5) + pane.y
    shown = data[y0 : y0 + pane.height - 1, x0 : x0 + pane.width - 1, 2::-1]
    wanted = result[pane.y - top :, pane.x - left :][: shown.shape[0], : shown.shape[1]]
    equal = (shown == wanted).all(axis=2).mean()
    print(ratio, equal)
    window.close()
    application.quit()


if __name__ == "__main__":
    main()
    sys.exit(0)
