"""A line of words that says less where there is no room for all of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

LEAST_LETTERS = 6
"""Fewer letters of a name than these say nothing."""


class FittingLabel(QLabel):
    """Takes the room that is left: it shows all its words, else their beginning and the short ones they end with.

    Where not even that fits it shows the short ones alone, cut with an ellipsis at worst.

    Its text is always the whole one, and so is its tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, words: str, short: str = "") -> None:
        """Show these words, or the short ones where they do not fit."""
        self._short = short
        self.setText(words)
        self.setToolTip(words)

    def shown(self) -> str:
        """Return what there is room for."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        words = self.text()
        if self._short and metrics.horizontalAdvance(words) > room:
            head, tail = words.removesuffix(self._short), f" {self._short}"
            left = room - metrics.horizontalAdvance(tail)
            if head != words and left > metrics.averageCharWidth() * LEAST_LETTERS:
                return metrics.elidedText(head.rstrip(), Qt.TextElideMode.ElideRight, left) + tail
            words = self._short
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            self.palette(),
            self.isEnabled(),
            self.shown(),
            self.foregroundRole(),
        )
