"""Plots in the window's look: bars and a line with intervals, zoomed by the wheel, each bar to be clicked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QWidget

from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font

BAR_WIDTH = 0.72
LEAST_HEIGHT = 168
PRESS_PIXELS = 4
MOST_TICKS = 8
FEW = 5
"""Up to so many, every count has its number; there is no half an image."""


@dataclass(frozen=True)
class Bars:
    """One series of bars beside others: a name for the legend, a height for each place, and a colour of the palette."""

    name: str
    heights: tuple[float, ...]
    color: str


class Plot(pg.PlotWidget):
    """Bars or a line over named places.

    Signals:
        pressed(int, int): the person clicked the bar or point at that place, of that series.
    """

    pressed = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=QColor(PALETTE.panel))
        self.setAccessibleName(name)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setMenuEnabled(False)
        self.hideButtons()
        # Counts begin at zero, so only the places can be zoomed and moved.
        self.setMouseEnabled(x=True, y=False)
        self._places, self._series = 0, 1
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(QColor(PALETTE.line))
            axis.setTextPen(QColor(PALETTE.soft))
            axis.setTickFont(font(TYPE.small))
        self.scene().sigMouseClicked.connect(self._on_click)
        self.nothing = QLabel(translate("Figures", "nothing to count yet"), self)
        self.nothing.setObjectName("smallFaint")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame(0, 0)

    def sizeHint(self) -> QSize:
        return QSize(2 * LEAST_HEIGHT, LEAST_HEIGHT)

    def show_bars(self, places: Sequence[str], series: Sequence[Bars]) -> None:
        """Show these series, side by side at each place."""
        self._begin(places)
        self._series = max(1, len(series))
        width = BAR_WIDTH / max(1, len(series))
        for turn, bars in enumerate(series):
            middle = (turn - (len(series) - 1) / 2) * width
            # A bar of no height would be drawn as a line.
            spots = [place + middle for place, height in enumerate(bars.heights) if height]
            heights, color = [height for height in bars.heights if height], QColor(bars.color)
            self.addItem(pg.BarGraphItem(x=spots, height=heights, width=width * 0.92, brush=color, pen=color))
        highest = max((height for bars in series for height in bars.heights), default=0)
        self._frame(len(places), highest, counts=True)

    def show_line(
        self, places: Sequence[str], values: Sequence[float], lows: Sequence[float], highs: Sequence[float]
    ) -> None:
        """Show values with their intervals."""
        self._begin(places)
        spots = list(range(len(places)))
        middles = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
        heights = [high - low for low, high in zip(lows, highs, strict=True)]
        pen = pg.mkPen(QColor(PALETTE.faint), width=1)
        if spots:
            x, y, height = (np.asarray(values, float) for values in (spots, middles, heights))
            item = pg.ErrorBarItem(x=x, y=y, height=height, beam=0.2, pen=pen)
            self.addItem(item)
            mark = QColor(PALETTE.work)
            self.plot(spots, list(values), pen=pg.mkPen(mark, width=2), symbol="o", symbolSize=6, symbolBrush=mark)
        self._frame(len(places), max(highs, default=0.0))

    def _begin(self, places: Sequence[str]) -> None:
        self.clear()
        self._places, self._series = len(places), 1
        step = max(1, -(-len(places) // MOST_TICKS))
        ticks = [(place, name) for place, name in enumerate(places) if place % step == 0]
        self.getAxis("bottom").setTicks([ticks])

    def show_all(self) -> None:
        """Show every place again."""
        self.setXRange(-0.6, max(self._places, 1) - 0.4, padding=0)

    def _frame(self, places: int, highest: float, *, counts: bool = False) -> None:
        self.setLimits(xMin=-0.7, xMax=max(places, 1) - 0.3, minXRange=2)
        self.show_all()
        self.setYRange(0, highest or 1, padding=0.05)
        every = 1 if counts and highest <= FEW else None
        self.getAxis("left").setTickSpacing(major=every, minor=every)
        # Numbers along an axis would claim a scale where nothing was counted.
        for side in ("left", "bottom"):
            self.getAxis(side).setStyle(showValues=highest > 0)
        self.nothing.setVisible(highest <= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The view resizes itself while it is made, before it has anything of ours.
        if "nothing" in self.__dict__:
            self.nothing.setGeometry(self.rect())

    def _on_click(self, event: object) -> None:
        button, spot = event.button(), event.scenePos()
        if button is not Qt.MouseButton.LeftButton:
            return
        if event.double():
            self.show_all()
            return
        self.press_at(self.getViewBox().mapSceneToView(QPointF(spot)).x())

    def press_at(self, spot: float) -> None:
        """Take a click at a place on the axis of places."""
        place = round(spot)
        if 0 <= place < self._places:
            series = math.floor(((spot - place) / BAR_WIDTH + 0.5) * self._series)
            self.pressed.emit(place, min(max(series, 0), self._series - 1))
