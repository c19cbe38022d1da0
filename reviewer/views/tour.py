"""The tour of two minutes: what each part of the window is for, beside the part itself."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.actions import key_words
from reviewer.language import translate
from reviewer.widgets.coach import Coach


@dataclass(frozen=True)
class Stop:
    """One step: the name of the part it stands beside, a title, and words; `{command}` in them stands for its keys."""

    part: str
    title: str
    words: str


STOPS: tuple[Stop, ...] = (
    Stop(
        "lists",
        QT_TRANSLATE_NOOP("Tour", "Lists of what waits"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "“Review” is for your eyes, “Edit” for your hands. The numbers are live while the line works. "
            "{next} goes to the next image.",
        ),
    ),
    Stop(
        "pictures",
        QT_TRANSLATE_NOOP("Tour", "Original and result"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Both move together: the wheel zooms at the pointer, dragging moves, {toggle_zoom} shows real pixels. "
            "Hold {blink} to see the original in the result's place.",
        ),
    ),
    Stop(
        "evidence",
        QT_TRANSLATE_NOOP("Tour", "Evidence, not opinion"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "{white} marks every background pixel that is not exactly white, {difference} shows what has changed. "
            "{next_place} goes through all marked places, worst first.",
        ),
    ),
    Stop(
        "score",
        QT_TRANSLATE_NOOP("Tour", "Why it is here"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Failed gates stand on top in words, then the score and its four parts. Click a finding to see its place.",
        ),
    ),
    Stop(
        "decide",
        QT_TRANSLATE_NOOP("Tour", "One key, one decision"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "{approve} approves and shows the next image. {redo} sends it back to be mended, {reject} asks for a new "
            "shot; one more key says why. {undo} takes the last decision back.",
        ),
    ),
    Stop(
        "open",
        QT_TRANSLATE_NOOP("Tour", "Your own photos"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Drop a folder anywhere in the window, or open it here. You see what sheet.csv matches before anything "
            "is added. Originals are copied and never changed.",
        ),
    ),
    Stop(
        "menu",
        QT_TRANSLATE_NOOP("Tour", "Everything else"),
        QT_TRANSLATE_NOOP(
            "Tour", "Settings, themes, languages and your own keys are in this menu. {keys} shows all keys at any time."
        ),
    ),
)


class Tour(QObject):
    """Walks through the stops; not modal, so everything may be tried meanwhile.

    Signals:
        ended: it was seen to its end, or skipped.
    """

    ended = Signal()

    def __init__(self, window: QWidget, parts: Mapping[str, Callable[[], QWidget]]) -> None:
        super().__init__(window)
        self._window, self._parts, self.step = window, parts, 0
        self.coach = Coach(window)
        self.coach.forward.connect(self.forward)
        self.coach.back.connect(self.back)
        self.coach.skipped.connect(self.end)
        window.installEventFilter(self)
        self._show()

    def forward(self) -> None:
        """Go to the next stop; after the last one the tour ends."""
        if self.step + 1 < len(STOPS):
            self.step += 1
            self._show()
        else:
            self.end()

    def back(self) -> None:
        """Go back to the stop before."""
        self.step = max(0, self.step - 1)
        self._show()

    def end(self) -> None:
        """Leave."""
        self._window.removeEventFilter(self)
        self.coach.leave()
        self.ended.emit()

    def _show(self) -> None:
        stop = STOPS[self.step]
        words = translate("Tour", stop.words).format_map(_Keys())
        title, target = translate("Tour", stop.title), self._parts[stop.part]()
        self.coach.say(title, words, step=self.step + 1, steps=len(STOPS), target=target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.coach.settle()
        return super().eventFilter(watched, event)


class _Keys(dict[str, str]):
    """The keys of the command that a text names."""

    def __missing__(self, name: str) -> str:
        return key_words(name)
