"""A finished file in the place of its image's result, for as long as somebody looks at it."""

from typing import TYPE_CHECKING

from pipeline.model import Entry
from reviewer.desk import Desk
from reviewer.language import translate
from reviewer.models.queue import QueueModel
from reviewer.widgets.canvas import CompareCanvas

if TYPE_CHECKING:
    from pipeline.run.judge import Judged


class Lending:
    """Knows which file that is.

    Attributes:
        lent: its image as the file shows it, None while results themselves are shown.
    """

    def __init__(self, desk: Desk, queue: QueueModel, canvas: CompareCanvas) -> None:
        self._desk, self._queue, self._canvas = desk, queue, canvas
        self.lent: Entry | None = None

    def lend(self, judged: "Judged | None") -> None:
        """Show this file from now on, None for the results themselves."""
        self.lent = judged.entry if judged is not None else None
        self._desk.judging.lend(judged)
        words = translate("Window", "{file} as it decodes, rules of {platform}")
        self._canvas.show_file(words.format(file=judged.path.name, platform=judged.platform) if judged else "")

    def entry(self, image: int | None) -> Entry | None:
        """Return what is to be shown of an image: the file that was asked for, else its current version."""
        if self.lent is not None and self.lent.record.id == image:
            return self.lent
        return self._queue.entry(image) if image is not None else None
