"""Which pixels are brought: those of the image that is shown, and of those that probably come next."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from pipeline.model import Entry
from reviewer.desk import Desk
from reviewer.images.gallery import Pair
from reviewer.images.geometry import ViewState
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import stand_in
from reviewer.models.queue import QueueModel
from reviewer.models.thumbnails import Thumbnails
from reviewer.widgets.canvas import CompareCanvas

AHEAD, BEHIND = 2, 1
NEAR = 4
"""So many entries to each side of the one shown are read before anybody goes there."""
HALF = 0.5


class Bringing(QObject):
    """Knows the direction of travel and how close the person looks.

    Attributes:
        backwards: whether the last step went to the image before.
    """

    def __init__(
        self,
        desk: Desk,
        queue: QueueModel,
        canvas: CompareCanvas,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._queue, self._canvas, self._thumbnails = desk, queue, canvas, thumbnails
        self.backwards = self._close = False

    def open(self, entry: Entry) -> Pair | None:
        """Return an image's pixels where they are in memory; else the desk tells when they are."""
        self._close = self._is_close(self._canvas.view)
        self._desk.pictures.gallery.side = self._canvas.longest_side
        return self._desk.open(entry, self.neighbours(entry.record.id), close=self._close)

    def comes_closer(self, view: ViewState) -> bool:
        """Say whether the person looks closer than when the last image was opened: more has to be decoded now."""
        return self._is_close(view) and not self._close

    def read_near(self, image: int | None) -> None:
        """Read all about the images around this one, before anybody goes there."""
        row = self._queue.position(image) if image is not None else None
        if row is not None:
            self._queue.want_entries(self._queue.around(row, NEAR, NEAR))

    def neighbours(self, image: int) -> Sequence[Entry]:
        """Return what is known of the next images in the direction of travel, then of those behind."""
        row = self._queue.position(image)
        if row is None:
            return ()
        if not self.backwards:
            near = self._queue.around(row, AHEAD, BEHIND)
        else:
            near = [*self._queue.around(row, 0, AHEAD), *self._queue.around(row, BEHIND, 0)]
        return [entry for entry in map(self._queue.entry, near) if entry is not None]

    def stand_in(self, entry: Entry) -> Pair | None:
        """Return what is in memory of an image's files, with small copies, drawn as large, for what is not.

        None where there is not even a small copy.
        """
        outcome = entry.version.outcome if entry.version else None
        if outcome is None or outcome.frame is None or entry.version is None:
            return None
        size = entry.record.width, entry.record.height
        original = self._picture(entry.record.sha256, outcome.original_thumbnail, size)
        result = self._picture(outcome.result, outcome.thumbnail, outcome.frame.size)
        if original is None or result is None:
            return None
        return Pair(entry.record.id, entry.version.id, original, result, outcome.frame, exact=False)

    def _picture(self, sha: str | None, thumbnail: str | None, size: tuple[int, int]) -> Pyramid | None:
        here, small = self._desk.pictures.gallery.picture(sha), self._thumbnails.picture(thumbnail)
        return here if here is not None or small is None else stand_in(small, size)

    @staticmethod
    def _is_close(view: ViewState) -> bool:
        return not view.fit and view.zoom > HALF
