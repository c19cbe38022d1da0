"""Answers for widgets that may be gone: a dialog that was closed meanwhile takes none."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

Answer = TypeVar("Answer")


def while_alive(widget: QWidget, call: Callable[[Answer], None]) -> Callable[[Answer], None]:
    """Return `call` for as long as the widget exists; afterwards its answers fall silent."""

    def take(answer: Answer) -> None:
        if isValid(widget):
            call(answer)

    return take
