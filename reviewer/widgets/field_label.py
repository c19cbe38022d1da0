"""The name of a field in a form, on the same line as what stands in the field."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QWidget


class FieldLabel(QLabel):
    """As tall as its field: a form would put a lower label to the field's top, two pixels above its text."""

    def __init__(self, title: str, field: QWidget) -> None:
        super().__init__(title)
        self._field = field
        self.setBuddy(field)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint.expandedTo(QSize(0, self._field.sizeHint().height()))
